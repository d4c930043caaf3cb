//! The candidates that hang on a noun, an adjective or a phrase such as "according to".

use super::edges::{after_complementizer, has_that, infinitive_range, is_infinitive, trim};
use super::{Candidate, ContentKind, frame_preposition, push};
use crate::analysis::{Analysis, TokenRange};
use crate::cues::{CueHit, CueKind};
use crate::lexicon::Frame;
use crate::sources;
use rapporteur_text::Token;

/// A longer apposition of a source is not one but text that was parsed into it.
const MAX_APPOSITION_TOKENS: usize = 14;

pub(super) fn of_noun(analysis: &Analysis<'_>, hit: &CueHit) -> Vec<Candidate> {
    let noun = analysis.token(hit.head);
    let mut found = Vec::new();
    if hit.entry.is_some_and(|entry| entry.takes(Frame::Object)) {
        let ranges = trim(analysis, analysis.below(hit.head)).into_iter().collect();
        found.push(Candidate { kind: ContentKind::Object, ranges, head: hit.head });
    }
    for child in noun.children().filter(|child| child.idx() > noun.idx()) {
        let below = analysis.below(child.idx());
        match child.dep() {
            "acl" | "ccomp" | "xcomp" | "relcl" | "advcl" if is_infinitive(child) => {
                push(
                    analysis,
                    hit,
                    &mut found,
                    ContentKind::Infinitive,
                    infinitive_range(analysis, child),
                    child.idx(),
                );
            }
            "acl" | "ccomp" => {
                let after = TokenRange::new(below.start.max(noun.idx() + 1), below.end);
                if has_that(child) || (child.dep() == "ccomp" && analysis.subject(child.idx()).is_some()) {
                    let after = after_complementizer(child, after);
                    push(analysis, hit, &mut found, ContentKind::Clause, after, child.idx());
                }
            }
            "prep" => {
                if let Some(name) = frame_preposition(hit, child) {
                    let range = TokenRange::new(child.idx() + 1, below.end);
                    push(analysis, hit, &mut found, ContentKind::Prepositional(name), range, child.idx());
                }
            }
            _ => {}
        }
    }
    if hit.kind == CueKind::Adjective {
        of_copula(analysis, hit, &mut found);
    }
    found
}

/// What hangs on the copula although it belongs to the adjective: "is afraid that …".
fn of_copula(analysis: &Analysis<'_>, hit: &CueHit, found: &mut Vec<Candidate>) {
    let copula = analysis.token(hit.head).head();
    if copula.idx() >= hit.head || !hit.words.contains(copula.idx()) {
        return;
    }
    for child in copula.children().filter(|child| child.idx() > hit.head) {
        let below = analysis.below(child.idx());
        if matches!(child.dep(), "ccomp" | "advcl") && has_that(child) {
            let after = after_complementizer(child, below);
            push(analysis, hit, found, ContentKind::Clause, after, child.idx());
        } else if child.dep() == "xcomp" && is_infinitive(child) {
            push(analysis, hit, found, ContentKind::Infinitive, infinitive_range(analysis, child), child.idx());
        } else if child.dep() == "prep"
            && let Some(name) = frame_preposition(hit, child)
        {
            let range = TokenRange::new(child.idx() + 1, below.end);
            push(analysis, hit, found, ContentKind::Prepositional(name), range, child.idx());
        }
    }
}

/// "According to her, the talks failed": the clause without the phrase.
pub(super) fn of_phrase(analysis: &Analysis<'_>, hit: &CueHit) -> Option<Candidate> {
    let phrase = phrase_range(analysis, hit);
    let mut head = analysis.token(hit.head);
    let mut n_steps = 0;
    while !(head.is_root() || (matches!(head.pos(), "VERB" | "AUX") && !phrase.contains(head.idx()))) && n_steps < 12 {
        head = head.head();
        n_steps += 1;
    }
    let sentence = analysis.sentence(hit.head);
    let whole = if phrase.start <= sentence.start + 1 { sentence } else { analysis.below(head.idx()) };
    let pieces = [
        TokenRange::new(whole.start, whole.end.min(phrase.start)),
        TokenRange::new(whole.start.max(phrase.end), whole.end),
    ];
    let ranges: Vec<_> = pieces.into_iter().filter_map(|piece| trim(analysis, piece)).collect();
    let n_words: usize = ranges.iter().map(|range| range.len()).sum();
    (n_words >= 2).then_some(Candidate { kind: ContentKind::ClauseAround, ranges, head: head.idx() })
}

/// "according to" with the noun phrase of its source, up to a comma that closes it.
pub(crate) fn phrase_range(analysis: &Analysis<'_>, hit: &CueHit) -> TokenRange {
    let last = hit.words.end - 1;
    let sentence = analysis.sentence(hit.head);
    let object = analysis.token(last).children().find(|child| child.idx() > last);
    let end = object.map_or(hit.words.end, |object| end_with_apposition(analysis, object));
    TokenRange::new(hit.words.start, end.max(hit.words.end).min(sentence.end))
}

/// The end of a noun phrase with a short apposition between commas after it.
fn end_with_apposition(analysis: &Analysis<'_>, noun: Token<'_>) -> usize {
    let end = sources::noun_phrase(analysis, noun.idx(), None).range.end;
    let apposition = noun.children().filter(|child| child.dep() == "appos").map(|child| analysis.below(child.idx()));
    let mut after =
        apposition.filter(|below| below.start >= end && below.start <= end + 2 && below.len() <= MAX_APPOSITION_TOKENS);
    let relative = noun.children().filter(|child| child.dep() == "relcl").map(|child| analysis.below(child.idx()));
    let opens_relative = |below: &TokenRange| {
        let is_after_comma = below.start == end + 1 && analysis.token(end).text() == ",";
        is_after_comma
            && analysis.lexicon.words.has("relatives", analysis.lower(below.start))
            && below.len() <= 2 * MAX_APPOSITION_TOKENS
    };
    if let Some(relative) = relative.filter(opens_relative).max_by_key(|below| below.end) {
        return relative.end;
    }
    let is_nominal = |below: &TokenRange| {
        !(below.start..below.end).any(|idx| matches!(analysis.token(idx).tag(), "VBZ" | "VBD" | "VBP"))
    };
    after.find(is_nominal).map_or(end, |below| below.end)
}
