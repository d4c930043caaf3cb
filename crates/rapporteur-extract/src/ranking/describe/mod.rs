//! What the models see of a cue, a content, a source and a whole statement.
//!
//! Every function adds features of one item to a sink. A change here makes the weights stale: train
//! again with `cargo xtask train statements`.

mod content;
mod cue;
mod holder;
mod statement;

pub(crate) use content::content;
pub(crate) use cue::cue;
pub(crate) use holder::{holder, no_holder};
pub(crate) use statement::{Parts, class, statement};

use crate::analysis::Analysis;
use crate::lexicon::Cue;

/// The dependents that say most about what a word takes, each once, in a fixed order.
fn dependents(analysis: &Analysis<'_>, token_idx: usize) -> String {
    const SHOWN: [&str; 15] = [
        "acl",
        "acomp",
        "advcl",
        "agent",
        "attr",
        "ccomp",
        "dative",
        "dobj",
        "nsubj",
        "nsubjpass",
        "oprd",
        "parataxis",
        "poss",
        "prep",
        "xcomp",
    ];
    let mut is_there = [false; SHOWN.len()];
    for child in analysis.token(token_idx).children().take(64) {
        if let Some(n) = SHOWN.iter().position(|dep| *dep == child.dep()) {
            is_there[n] = true;
        }
    }
    let mut text = String::new();
    for (dep, _) in SHOWN.iter().zip(is_there).filter(|(_, is_there)| *is_there) {
        text.push_str(dep);
        text.push('+');
    }
    text
}

/// Numbers in steps that grow: 0, 1, 2, 3, 4–5, 6–8, 9–14, 15–30, more.
fn step(n: usize) -> &'static str {
    match n {
        0 => "0",
        1 => "1",
        2 => "2",
        3 => "3",
        4..=5 => "4",
        6..=8 => "6",
        9..=14 => "9",
        15..=30 => "15",
        _ => "31",
    }
}

fn yes(is_so: bool) -> &'static str {
    if is_so { "1" } else { "0" }
}

/// The class that the lists give a cue, or "none".
fn listed(entry: Option<&Cue>) -> &'static str {
    entry.map_or("none", |entry| entry.class.name())
}
