//! What the tests of several crates share: articles without a file, where the language model is, and fuzzing.
//!
//! For tests only; no crate of the product depends on it.

mod corrected;
mod coverage;
mod draft;
mod fuzz;
mod pile;
mod reported;

pub use corrected::{anchor, correction, target};
pub use coverage::coverage;
pub use draft::Draft;
pub use fuzz::Fuzz;
pub use pile::{Drawn, pile};
pub use reported::{Done, Holding, Saying, event, said, stance};

use rapporteur_model::{Article, ArticleId, Encoding, Format, Span, TextId};
use std::path::PathBuf;

/// An article of which nothing is known but its name and its text; its paragraphs are the lines.
pub fn article(name: &str, text: &str) -> Article {
    let mut paragraphs = Vec::new();
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        if !words.is_empty() {
            let start = line_start + line.len() - line.trim_start().len();
            paragraphs.push(Span::new(start, start + words.len()));
        }
        line_start += line.len();
    }
    Article {
        id: ArticleId::new(format!("id-{name}")),
        text_id: TextId::new(format!("text-{name}")),
        name: name.into(),
        location: format!("{name}.txt"),
        format: Format::Text,
        encoding: Encoding::Utf8,
        text: text.into(),
        title: None,
        published: None,
        published_at: None,
        modified: None,
        url: None,
        outlet: None,
        byline: None,
        dateline: None,
        credit: None,
        language: None,
        segments: Vec::new(),
        paragraphs,
        furniture: Vec::new(),
        diagnostics: Vec::new(),
    }
}

/// The folder of the language model, which `cargo xtask test` names in `RAPPORTEUR_MODEL`; `None`,
/// said aloud for the test of the given name, where there is none.
pub fn model_folder(test: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("RAPPORTEUR_MODEL").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: {test} (no RAPPORTEUR_MODEL)");
    }
    folder
}
