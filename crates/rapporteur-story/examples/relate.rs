//! Relates a pile and tells how long it took and how much memory, as one line of JSON on standard output.
//!
//! usage: relate PILE [--links FILE | --each] [--write FILE]
//!
//! PILE is a number, for a pile of so many articles drawn by a grammar with a fixed seed, or a file of JSON Lines with
//! `id` and `text`. --links writes the pairs there as JSON Lines, --each relates as bulk does and lets each link go, --write the texts instead of relating them.
//! Times are of one thread: adding the articles (their words), relating them, and both together.

use rapporteur_model::Article;
use serde_json::{Value, json};
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::time::{Duration, Instant};

const SEED: u64 = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let pile = arguments.first().ok_or("usage: relate PILE [--links FILE] [--write FILE]")?;
    let after = |flag: &str| arguments.windows(2).find(|pair| pair[0] == flag).map(|pair| pair[1].clone());
    if let Some(path) = after("--write") {
        let mut file = BufWriter::new(File::create(path)?);
        for text in texts(pile)? {
            let (id, text) = text?;
            writeln!(file, "{}", json!({ "id": id, "text": text }))?;
        }
        return Ok(file.flush()?);
    }
    let mut index = rapporteur_story::LineageIndex::default();
    let (mut adding, mut n_bytes) = (Duration::ZERO, 0);
    for text in texts(pile)? {
        let (id, text) = text?;
        let article: Article = rapporteur_testkit::article(&id, &text);
        n_bytes += article.text.len();
        let start = Instant::now();
        index.add(article, None);
        adding += start.elapsed();
    }
    let n_articles = index.len();
    let start = Instant::now();
    let mut n_links = 0;
    let (articles, story) = if arguments.iter().any(|argument| argument == "--each") {
        index.relate_each(&rapporteur_story::Alone, &mut |_, _| n_links += 1)
    } else {
        index.relate()
    };
    let relating = start.elapsed();
    if let Some(path) = after("--links") {
        let mut file = BufWriter::new(File::create(path)?);
        let name_of: std::collections::BTreeMap<_, _> = articles.iter().map(|a| (&a.id, &a.name)).collect();
        for link in &story.links {
            let (a, b) = (name_of[&link.a], name_of[&link.b]);
            let derived = link.direction.derived.as_ref().map(|id| name_of[id]);
            writeln!(file, "{}", json!({ "a": a, "b": b, "relation": link.relation, "derived": derived }))?;
        }
        file.flush()?;
    }
    let report = json!({
        "n_articles": n_articles,
        "megabytes": n_bytes as f64 / 1e6,
        "n_links": n_links.max(story.links.len()),
        "n_origins": story.origins.len(),
        "adding_s": adding.as_secs_f64(),
        "relating_s": relating.as_secs_f64(),
        "articles_per_s": n_articles as f64 / (adding + relating).as_secs_f64(),
        "peak_memory_mb": peak_memory_mb(),
    });
    println!("{report}");
    Ok(())
}

type Texts = Box<dyn Iterator<Item = Result<(String, String), Box<dyn Error>>>>;

fn texts(pile: &str) -> Result<Texts, Box<dyn Error>> {
    if let Ok(n_articles) = pile.parse() {
        let drawn = rapporteur_testkit::pile(SEED, n_articles);
        return Ok(Box::new(drawn.map(|drawn| Ok((drawn.id, drawn.text)))));
    }
    let lines = BufReader::new(File::open(pile)?).lines();
    Ok(Box::new(lines.map(|line| {
        let value: Value = serde_json::from_str(&line?)?;
        let field = |name: &str| value[name].as_str().map(String::from).ok_or(format!("no {name:?} in a line"));
        Ok((field("id")?, field("text")?))
    })))
}

/// The peak of the resident memory of this process, where the system tells.
fn peak_memory_mb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024)
}
