//! How good is what was learned, how much would more texts help, and what is each kind of evidence worth?

use crate::data::{Annotated, N_FOLDS};
use crate::samples;
use crate::score::{Counts, score};
use rapporteur_extract::training::{Settings, learn};
use rapporteur_extract::{Knowledge, Scope};
use rayon::prelude::*;
use std::fmt::Write;

/// The groups of features that are left out one by one, and all that needs the cue lists.
const LEFT_OUT: [&[&str]; 8] =
    [&[], &["rule"], &["lex"], &["word"], &["tree"], &["quote"], &["shape"], &["rule", "lex"]];

/// The parts of the training set of the learning curve, in percent.
const SHARES: [usize; 5] = [10, 25, 50, 75, 100];

/// Thresholds that are tried in both scopes.
const THRESHOLDS: [f64; 7] = [0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6];

/// Tables in Markdown. `broad` is a set for the scope of attitudes.
pub(crate) fn report(set: &[Annotated], broad: Option<&[Annotated]>) -> String {
    let mut text = confidences(set, broad);
    text.push('\n');
    text.push_str(&thresholds(set, broad));
    text.push_str("\n| learned from | five-fold | broad set, scope attitude |\n|---|---|---|\n");
    for share in SHARES {
        row(&mut text, &format!("{share} % of the articles"), set, broad, share, &Settings::default());
    }
    text.push_str("\n| without | five-fold | broad set, scope attitude |\n|---|---|---|\n");
    for groups in LEFT_OUT {
        let without: Vec<String> = groups.iter().map(|group| (*group).to_string()).collect();
        let name = if without.is_empty() { "nothing".to_string() } else { without.join(", ") };
        row(&mut text, &name, set, broad, 100, &Settings { without });
    }
    text
}

/// How often the statements of each confidence are right.
fn confidences(set: &[Annotated], broad: Option<&[Annotated]>) -> String {
    let settings = Settings::default();
    let folded = cross_validate(set, 100, &settings).precisions();
    let broad = broad.map(|broad| {
        let knowledge = knowledge(set, |_| true, &settings);
        score(&broad.iter().collect::<Vec<_>>(), &knowledge, Scope::Attitude).precisions()
    });
    let mut text = String::from("| confidence | five-fold | broad set, scope attitude |\n|---|---|---|\n");
    for (at, name) in ["low", "medium", "high"].into_iter().enumerate() {
        let cell = |(n, precision): (usize, f64)| format!("{precision:.3} of {n}");
        let broad = broad.map(|broad| cell(broad[at])).unwrap_or_default();
        let _ = writeln!(text, "| {name} | {} | {broad} |", cell(folded[at]));
    }
    text
}

fn row(
    text: &mut String,
    name: &str,
    set: &[Annotated],
    broad: Option<&[Annotated]>,
    share: usize,
    settings: &Settings,
) {
    let folded = cross_validate(set, share, settings);
    let broad = broad.map(|broad| {
        let knowledge = knowledge(set, |annotated| annotated.is_in_share(share), settings);
        score(&broad.iter().collect::<Vec<_>>(), &knowledge, Scope::Attitude).to_string()
    });
    // Writing to a String cannot fail.
    let _ = writeln!(text, "| {name} | {folded} | {} |", broad.unwrap_or_default());
}

/// Every article is scored by weights that were learned without its fold.
fn cross_validate(set: &[Annotated], share: usize, settings: &Settings) -> Counts {
    let of_fold = |fold: u8| {
        let knowledge = knowledge(set, |annotated| annotated.fold() != fold && annotated.is_in_share(share), settings);
        let held_out: Vec<&Annotated> = set.iter().filter(|annotated| annotated.fold() == fold).collect();
        score(&held_out, &knowledge, Scope::Statement)
    };
    let folds: Vec<Counts> = (0..N_FOLDS).into_par_iter().map(of_fold).collect();
    folds.into_iter().fold(Counts::default(), |sum, counts| sum + counts)
}

fn knowledge(set: &[Annotated], keep: impl Fn(&Annotated) -> bool, settings: &Settings) -> Knowledge {
    let weights = learn(&samples(set, keep), settings);
    Knowledge::with_weights(&weights).expect("the weights that were just learned")
}

/// What other thresholds would give, with the same weights.
fn thresholds(set: &[Annotated], broad: Option<&[Annotated]>) -> String {
    let learned = |keep: &(dyn Fn(&Annotated) -> bool + Sync)| learn(&samples(set, keep), &Settings::default());
    let folds: Vec<(Vec<&Annotated>, String)> = (0..N_FOLDS)
        .into_par_iter()
        .map(|fold| {
            let held_out = set.iter().filter(|annotated| annotated.fold() == fold).collect();
            (held_out, learned(&|annotated| annotated.fold() != fold))
        })
        .collect();
    let whole = learned(&|_| true);
    let mut text = String::from("| threshold | five-fold | broad set, scope attitude |\n|---|---|---|\n");
    for threshold in THRESHOLDS {
        let of_fold = |(held_out, weights): &(Vec<&Annotated>, String)| {
            score(held_out, &at_threshold(weights, threshold), Scope::Statement)
        };
        let folded = folds.iter().map(of_fold).fold(Counts::default(), |sum, counts| sum + counts);
        let broad = broad.map(|broad| {
            score(&broad.iter().collect::<Vec<_>>(), &at_threshold(&whole, threshold), Scope::Attitude).to_string()
        });
        let _ = writeln!(text, "| {threshold} | {folded} | {} |", broad.unwrap_or_default());
    }
    text
}

/// The weights with other thresholds for both scopes.
fn at_threshold(weights: &str, threshold: f64) -> Knowledge {
    let replaced = weights.lines().map(|line| match line.split_once('\t') {
        Some(("threshold", rest)) => match rest.split_once('\t') {
            Some((scope @ ("statement" | "attitude"), _)) => format!("threshold\t{scope}\t{threshold}\n"),
            _ => format!("{line}\n"),
        },
        _ => format!("{line}\n"),
    });
    Knowledge::with_weights(&replaced.collect::<String>()).expect("weights with another number")
}
