//! Learning the weights of the ranking from annotated articles.
//!
//! [`learn`] makes the five models of `ranking` from samples and gives them as the text of a file of
//! weights. It is deterministic: fixed order, fixed arithmetic, no randomness. The model that tells
//! statements from other things must see contents and sources as they are chosen for texts that the
//! other models were not trained on, so those are first learned on parts of the samples (stacking:
//! Wolpert 1992).
//!
//! Nothing of this is in the product: it stands behind the feature `training`.

mod examples;
mod gold;

pub use gold::words;
mod learner;
mod priors;

use crate::Knowledge;
use crate::analysis::Analysis;
use crate::inferred::Inferred;
use crate::ranking::Ranker;
use examples::Examples;
use learner::{Learner, Line};
use rapporteur_model::{Article, Span, StatementClass};
use rapporteur_text::Document;
use std::fmt::Write;

/// An annotated article.
#[derive(Debug, Clone, Copy)]
pub struct Sample<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its parse.
    pub doc: &'a Document,
    /// What people found in it.
    pub gold: &'a [GoldStatement],
}

/// A statement as people marked it.
#[derive(Debug, Clone)]
pub struct GoldStatement {
    /// What was said; empty for some act reports.
    pub content: Vec<Span>,
    /// Who said it, where that is written at this place.
    pub source: Option<Span>,
    /// The words that report.
    pub cue: Option<Span>,
    /// The act.
    pub class: StatementClass,
    /// Only the act is reported.
    pub is_act_report: bool,
}

/// How to learn.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Groups of features to leave out ("lex", "rule", "word", "tree", "quote", "shape"), to see what each is
    /// worth.
    pub without: Vec<String>,
}

/// Parts that the samples are cut into for stacking.
const N_PARTS: usize = 5;
/// The thresholds that go with the weights. A cue is looked at from a probability of three in a hundred. The
/// others were set on out-of-part predictions of the training set, for the broad scope on the political
/// development set (docs/RESULTS.md). Nouns whose frame is filled count almost always: the guide counts them,
/// but the people who marked the training set passed over many, so what is learned of them is too strict.
const THRESHOLDS: [(&str, f64); 5] =
    [("cue", -3.5), ("statement", 0.5), ("attitude", 0.45), ("frame", 0.4), ("noun-frame", 0.05)];

/// The file of weights that the samples teach.
///
/// # Panics
/// If the weights that were just written cannot be read, which would be a mistake of this module.
pub fn learn(samples: &[Sample<'_>], settings: &Settings) -> String {
    // Without the weights that are built in: the features may have changed since.
    let knowledge = Knowledge::with_weights(&file(&[])).expect("the weights that were just written");
    let inferred: Vec<Inferred> = samples.iter().map(|sample| Inferred::read(sample.doc, &knowledge)).collect();
    let pairs = samples.iter().zip(&inferred);
    let analyses: Vec<Analysis<'_>> =
        pairs.map(|(sample, inferred)| Analysis::new(sample.article, sample.doc, inferred, &knowledge)).collect();
    let annotated: Vec<(&Analysis<'_>, &[GoldStatement])> =
        analyses.iter().zip(samples).map(|(analysis, sample)| (analysis, sample.gold)).collect();
    let parts_of_speech: Vec<Examples> =
        annotated.iter().map(|(analysis, gold)| Examples::of_parts(analysis, gold)).collect();
    let learn_parts = |is_in: &dyn Fn(usize) -> bool| {
        let mut learner = Learner::new(&settings.without);
        for (_, examples) in parts_of_speech.iter().enumerate().filter(|(idx, _)| is_in(*idx)) {
            learner.add(examples);
        }
        learner.learn()
    };
    let mut whole = Examples::default();
    for part in 0..N_PARTS {
        let lines = learn_parts(&|idx| idx % N_PARTS != part);
        let ranker = Ranker::parse(&file(&lines)).expect("the weights that were just written");
        for (analysis, gold) in annotated.iter().skip(part).step_by(N_PARTS) {
            whole.add_statements(analysis, gold, &ranker);
        }
    }
    let mut learner = Learner::new(&settings.without);
    learner.add(&whole);
    let mut lines = learn_parts(&|_| true);
    lines.extend(learner.learn());
    file(&lines)
}

/// The text of a file of weights.
fn file(lines: &[Line]) -> String {
    let mut text =
        String::from("# Weights of the statement ranking; statement-weights.md tells format, origin and licences.\n");
    for (name, threshold) in THRESHOLDS {
        let _ = writeln!(text, "threshold\t{name}\t{threshold}");
    }
    for (model, feature, weight) in lines {
        let _ = writeln!(text, "{model}\t{feature}\t{weight}");
    }
    text
}
