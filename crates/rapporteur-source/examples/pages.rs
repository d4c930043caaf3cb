//! Reads web pages and says what was found in them, for comparisons with other programs.
//!
//! Input on stdin: JSON Lines `{"id", "url", "html"}`. Output: JSON Lines `{"id", "text", "title", "date", "author",
//! "outlet", "url"}` in the same order; the time that the reading took, without the JSON, goes to stderr.
//!
//! `text` is the report with its headings, a line each, without the headline: what the evaluation set means by the text of
//! a page. Of its 239 texts 8 begin with the headline, while nearly all hold the headings between their paragraphs.

use rapporteur_model::{Article, Evidenced, FurnitureKind};
use rapporteur_source::{Entry, Told, article};
use serde_json::{Value, json};
use std::error::Error;
use std::io::{self, BufRead, Write};
use std::time::{Duration, Instant};

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut spent = Duration::ZERO;
    let mut n_pages = 0;
    for line in io::stdin().lock().lines() {
        let page: Value = serde_json::from_str(&line?)?;
        let entry = entry(&page);
        let start = Instant::now();
        let read = article(&entry);
        spent += start.elapsed();
        n_pages += 1;
        let prediction = match &read {
            Ok(article) => prediction(&page["id"], article),
            Err(_) => json!({"id": page["id"], "text": "", "title": null, "date": null}),
        };
        writeln!(out, "{prediction}")?;
    }
    eprintln!("{n_pages} pages in {:.3} s", spent.as_secs_f64());
    Ok(())
}

fn entry(page: &Value) -> Entry {
    let words = |name: &str| page[name].as_str().unwrap_or_default().to_string();
    Entry {
        location: words("id"),
        raw_location: words("id").into_bytes(),
        bytes: words("html").into_bytes(),
        media_type: Some("text/html".to_string()),
        told: Told::default(),
    }
}

fn prediction(id: &Value, article: &Article) -> Value {
    let covers = |span: rapporteur_model::Span, kind: FurnitureKind, furniture: &rapporteur_model::Furniture| {
        kind != FurnitureKind::Heading && furniture.span.start <= span.start && furniture.span.end >= span.end
    };
    let is_report = |span: &&rapporteur_model::Span| {
        let mut furniture = article.furniture.iter();
        !furniture.any(|furniture| covers(**span, furniture.kind, furniture))
    };
    let lines: Vec<&str> = article.paragraphs.iter().filter(is_report).map(|span| span.of(&article.text)).collect();
    let value = |known: &Option<Evidenced<String>>| known.as_ref().map(|known| known.value.clone());
    json!({
        "id": id,
        "text": lines.join("\n"),
        "title": value(&article.title),
        "date": article.published.as_ref().map(|published| published.value.to_string()),
        "author": value(&article.byline),
        "outlet": value(&article.outlet),
        "url": value(&article.url),
    })
}
