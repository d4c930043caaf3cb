//! Who did what to whom? Finds the words that tell of events, who takes part, and whether it happened.
//!
//! A trigger with its participants, status, time and place is a *predication*. It is found once; a statement whose cue
//! is the trigger and the event that the trigger tells of share it.

mod antecedents;
mod arguments;
pub(crate) mod frames;
mod matching;
mod participants;
mod predications;
mod setting;
mod status;
mod syntax;

use crate::analysis::Analysis;
use crate::mentions::Found;
use matching::Match;
use predications::Builder;
use rapporteur_model::{EventType, MentionForm, Record, StatementClass};

/// Finds the predications and the events of an article and adds them to its record, which has mentions, actors,
/// statements and times already. `anchors` has for each statement the token of its cue,
/// `reported` for each token the innermost statement whose content holds it.
pub(crate) fn find(
    analysis: &Analysis<'_>,
    found: &[Found<'_>],
    anchors: &[Option<usize>],
    reported: &[Option<u32>],
    record: &mut Record,
) {
    let matches = matches(analysis, anchors, reported, record);
    let times = setting::Times::new(analysis, &record.timexes);
    let statement_of = statements_by_anchor(anchors, analysis.doc.len());
    let mut builder = Builder { analysis, found, times, reported, talks: None, record };
    for anchor in 0..analysis.doc.len() {
        let statement_idx = statement_of[anchor].map(|idx| idx as usize);
        let matched = matches[anchor].as_ref();
        if matched.is_none() && statement_idx.is_none() {
            continue;
        }
        builder.add(anchor, matched, statement_idx);
    }
    antecedents::fill(record);
}

/// For each token the frame that fits it; none for words that belong to the trigger of another.
fn matches<'k>(
    analysis: &Analysis<'k>,
    anchors: &[Option<usize>],
    reported: &[Option<u32>],
    record: &Record,
) -> Vec<Option<Match<'k>>> {
    let n_tokens = analysis.doc.len();
    let in_name = in_names(analysis, record);
    let find = |idx: usize| {
        let is_free = !analysis.is_masked(idx) && !in_name[idx];
        is_free.then(|| matching::find(analysis, idx, reported[idx].is_some())).flatten()
    };
    let mut matches: Vec<Option<Match<'k>>> = (0..n_tokens).map(find).collect();
    for (statement, anchor) in record.statements.iter().zip(anchors) {
        let Some(anchor) = *anchor else { continue };
        // "the possibility", "the prospect": a noun that is no warning by itself warns of nothing.
        if statement.class == StatementClass::Warning && analysis.token(anchor).pos() == "NOUN" {
            continue;
        }
        if matches[anchor].is_none()
            && let Some(frame) = analysis.frames.of_class(statement.class)
        {
            matches[anchor] = Some(matching::of_cue(analysis, frame, anchor));
        }
    }
    let mut is_claimed: Vec<usize> = Vec::new();
    for matched in matches.iter().flatten() {
        let event = matched.frame.event;
        // "threatened sanctions", "accused them of attacks": what is said of the other is an event of its own.
        let is_of_another = |idx: &usize| {
            let other = matches[*idx].as_ref();
            speaks_of_others(event) && other.is_some_and(|other| other.frame.event != event)
        };
        is_claimed.extend(matched.claimed.iter().filter(|idx| !is_of_another(idx)));
    }
    for idx in is_claimed {
        matches[idx] = None;
    }
    matches
}

/// For each token whether it is a part of a name, which tells of nothing: "the Council for Cooperation".
fn in_names(analysis: &Analysis<'_>, record: &Record) -> Vec<bool> {
    let mut in_name = vec![false; analysis.doc.len()];
    for mention in record.mentions.iter().filter(|mention| mention.form == MentionForm::Name) {
        let range = analysis.tokens_in(mention.head);
        in_name[range.start..range.end].fill(true);
    }
    in_name
}

fn statements_by_anchor(anchors: &[Option<usize>], n_tokens: usize) -> Vec<Option<u32>> {
    let mut statement_of = vec![None; n_tokens];
    for (idx, anchor) in anchors.iter().enumerate().rev() {
        if let Some(anchor) = *anchor {
            statement_of[anchor] = u32::try_from(idx).ok();
        }
    }
    statement_of
}

/// Whether an event is about what others do.
fn speaks_of_others(event: EventType) -> bool {
    matches!(event, EventType::Request | EventType::Accuse | EventType::Reject | EventType::Threaten)
}
