//! How long does extraction take beside the text stage? Both benches do the same five documents one after the other, on
//! one thread: the example coverage, about 1,850 words. The extraction gets articles without furniture and
//! documents that are parsed beforehand, so that it is measured alone; words are known to the text stage after the
//! first round, as they are in a long run.
//!
//! Needs the language model: the folder that `RAPPORTEUR_MODEL` names, or else the installed one.

use divan::Bencher;
use divan::counter::ItemsCount;
use rapporteur_extract::extract;
use rapporteur_model::Article;
use rapporteur_testkit::article;
use rapporteur_text::{Document, Pipeline};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

fn main() {
    if model().join("config.cfg").is_file() {
        divan::main();
    } else {
        eprintln!("no language model in {}: `cargo run --release -- model install` installs it", model().display());
    }
}

const TEXTS: [&str; 5] = [
    include_str!("../../../examples/coverage/daily-news-hub.txt"),
    include_str!("../../../examples/coverage/halsk-observer.txt"),
    include_str!("../../../examples/coverage/lysmar-courier.txt"),
    include_str!("../../../examples/coverage/meridian-press.txt"),
    include_str!("../../../examples/coverage/river-watch-blog.txt"),
];

/// The folder of the language model; where none is named, the binary says where it would be.
fn model() -> &'static Path {
    static MODEL: OnceLock<PathBuf> = OnceLock::new();
    MODEL.get_or_init(|| {
        let ask = || {
            let question = ["run", "--quiet", "--release", "--package", "rapporteur-cli", "--", "model", "path"];
            let answer = Command::new(env!("CARGO")).args(question).output().expect("cargo runs");
            String::from_utf8_lossy(&answer.stdout).trim_end().to_string()
        };
        std::env::var_os("RAPPORTEUR_MODEL").map_or_else(|| ask().into(), PathBuf::from)
    })
}

fn pipeline() -> Pipeline {
    Pipeline::load(model()).expect("the model loads")
}

#[divan::bench]
fn a_text_stage(bencher: Bencher<'_, '_>) {
    let pipeline = pipeline();
    let n_tokens: usize = TEXTS.iter().map(|text| pipeline.annotate(text).len()).sum();
    bencher.counter(ItemsCount::new(n_tokens)).bench(|| {
        for text in TEXTS {
            divan::black_box(pipeline.annotate(text));
        }
    });
}

#[divan::bench]
fn b_extraction(bencher: Bencher<'_, '_>) {
    let pipeline = pipeline();
    let parsed: Vec<(Article, Document)> =
        TEXTS.iter().map(|text| (article("bench", text), pipeline.annotate(text))).collect();
    let n_tokens: usize = parsed.iter().map(|(_, doc)| doc.len()).sum();
    bencher.counter(ItemsCount::new(n_tokens)).bench(|| {
        for (article, doc) in &parsed {
            divan::black_box(extract(article, doc));
        }
    });
}
