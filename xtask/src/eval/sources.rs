//! Predictions of what needs no language model: which texts are copies of which, and what of a page is its article.

use super::pile::{Pile, read_set};
use super::predict::run_over;
use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use serde::Deserialize;
use serde_json::{Value, json};
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

/// What `rapporteur sources --json` gives, as far as it is scored.
#[derive(Deserialize)]
struct Sources {
    articles: Vec<Located>,
    links: Vec<Link>,
}

#[derive(Deserialize)]
struct Located {
    location: String,
}

#[derive(Deserialize)]
struct Link {
    a: usize,
    b: usize,
    relation: String,
}

/// The pairs of a set that share wording, related as one pile.
pub(super) fn reuse(binary: &Path, name: &str, set: &Path) -> Result<Vec<Value>> {
    let pile = Pile::write(read_set(set)?)?;
    let output = run_over(binary, &["sources", "--json"], &[], name, pile.folder.path())?;
    let sources: Sources =
        serde_json::from_slice(&output).context("the output of `sources --json` is not as documented")?;
    let id = |article: usize| -> Result<&str> {
        let location = &sources.articles.get(article).context("a link leads nowhere")?.location;
        let stem = Path::new(location).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        Ok(&pile.text_of(stem)?.id)
    };
    let row = |link: &Link| Ok(json!({ "a": id(link.a)?, "b": id(link.b)?, "relation": link.relation }));
    sources.links.iter().map(row).collect()
}

/// A page of a set.
#[derive(Deserialize)]
struct Page {
    id: String,
    url: Option<String>,
    html: String,
}

/// A line of `rapporteur articles --json`, as far as it is scored.
#[derive(Deserialize)]
struct Article {
    location: String,
    body: String,
    title: Option<Told>,
    published: Option<Told>,
}

#[derive(Deserialize)]
struct Told {
    value: String,
}

/// Text, title and date of the pages of a set.
pub(super) fn extraction(binary: &Path, name: &str, set: &Path) -> Result<Vec<Value>> {
    let lines = BufReader::new(GzDecoder::new(File::open(set)?)).lines();
    let pages: Vec<Page> = lines.map(|line| Ok(serde_json::from_str(&line?)?)).collect::<Result<_>>()?;
    let folder = tempfile::Builder::new().prefix("rapporteur-eval").tempdir().context("no temporary folder")?;
    let path = folder.path().join("pages.jsonl");
    let mut file = BufWriter::new(File::create(&path)?);
    for page in &pages {
        // Nothing that is annotated is handed over.
        writeln!(file, "{}", json!({ "url": page.url, "html": page.html }))?;
    }
    file.flush()?;
    let output = run_over(binary, &["articles", "--json"], &[], name, &path)?;
    let row = |line: &[u8]| -> Result<Value> {
        let article: Article = serde_json::from_slice(line).context("a line of `articles` is not as documented")?;
        let number = article.location.rsplit_once('#').and_then(|(_, number)| number.parse::<usize>().ok());
        let page = number.and_then(|number| pages.get(number.checked_sub(1)?)).context("an article of no line")?;
        Ok(json!({
            "id": page.id,
            "text": article.body,
            "title": article.title.map(|title| title.value),
            "date": article.published.map(|date| date.value),
        }))
    };
    output.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(row).collect()
}
