//! How long does extraction take beside the text stage, and which of its stages takes how much? All benches do the
//! same five documents one after the other, on one thread: the example coverage, about 1,850 words. The extraction
//! gets articles without furniture and documents that are parsed beforehand, so that it is measured alone; words are
//! known to the text stage after the first round, as they are in a long run. Each row of `c_up_to` does the stages up
//! to its own: the cost of one is the difference to the row before. `d_knowledge` parses the data files.
//!
//! Needs the language model: the folder that `RAPPORTEUR_MODEL` names, or else the installed one.

use divan::Bencher;
use divan::counter::ItemsCount;
use rapporteur_extract::{Knowledge, Scope, Stage, extract, extract_in_stages};
use rapporteur_model::Article;
use rapporteur_testkit::article;
use rapporteur_text::{Document, Pipeline};
use std::fmt;
use std::ops::ControlFlow;
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

fn parsed() -> Vec<(Article, Document)> {
    let pipeline = pipeline();
    TEXTS.iter().map(|text| (article("bench", text), pipeline.annotate(text))).collect()
}

fn n_tokens(parsed: &[(Article, Document)]) -> ItemsCount {
    ItemsCount::new(parsed.iter().map(|(_, doc)| doc.len()).sum::<usize>())
}

#[divan::bench]
fn b_extraction(bencher: Bencher<'_, '_>) {
    let parsed = parsed();
    bencher.counter(n_tokens(&parsed)).bench(|| {
        for (article, doc) in &parsed {
            divan::black_box(extract(article, doc));
        }
    });
}

/// A stage by its number, which keeps the rows in order.
struct UpTo(usize);

impl fmt::Display for UpTo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}", self.0 + 1, Stage::ALL[self.0])
    }
}

#[divan::bench(args = (0..Stage::ALL.len()).map(UpTo))]
fn c_up_to(bencher: Bencher<'_, '_>, last: &UpTo) {
    let parsed = parsed();
    let knowledge = Knowledge::builtin();
    let until = |stage| if stage == Stage::ALL[last.0] { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
    bencher.counter(n_tokens(&parsed)).bench(|| {
        for (article, doc) in &parsed {
            divan::black_box(extract_in_stages(article, doc, knowledge, Scope::default(), until));
        }
    });
}

#[divan::bench]
fn d_knowledge() -> Knowledge {
    Knowledge::extended(&[]).expect("the data files are well formed")
}
