//! Whose are the quotations that no cue reports? A quotation that stands alone goes on with the last
//! speaker: as part of his statement where a paragraph of quotation follows his words, as a statement
//! of its own otherwise. Where its paragraph reports nothing before it, but tells what somebody did, it is
//! his: Merrick smiled. “…”

use crate::analysis::Analysis;
use crate::quotations::Quotation;
use crate::sources::{self, Animacy, Source};
use crate::spans;
use crate::statements::{self, Draft};
use rapporteur_model::{Confidence, StatementClass, StatementKind};

/// A quotation alone counts as speech from this length on, in tokens.
const MIN_TOKENS: usize = 5;
/// Nobody acts in a longer sentence: the text has no sentence marks.
const MAX_SENTENCE_TOKENS: usize = 200;

/// Adds the quotations without a cue to `drafts`, which are in the order of their contents.
pub(crate) fn add(analysis: &Analysis<'_>, drafts: &mut Vec<Draft>) {
    let mut is_covered = vec![false; analysis.doc.len()];
    for &span in drafts.iter().flat_map(|draft| &draft.content) {
        let tokens = analysis.tokens_in(span);
        is_covered[tokens.start..tokens.end].fill(true);
    }
    let mut added: Vec<Draft> = Vec::new();
    let n_drafts = drafts.len();
    let mut next = 0;
    let mut last: Option<Last> = None;
    for (idx, quotation) in analysis.quotations.iter().enumerate() {
        while next < n_drafts
            && statements::first_span(&drafts[next]).is_some_and(|span| span.start < quotation.outer.start)
        {
            last = Some(Last::Reported(next));
            next += 1;
        }
        let tokens = quotation.tokens;
        let is_free = !tokens.is_empty() && !is_covered[tokens.start..tokens.end].contains(&true);
        if !is_free || !stands_alone(analysis, idx) {
            continue;
        }
        let Some(words) = spans::quoted_words(analysis, idx) else { continue };
        let draft = match last {
            Some(Last::Reported(draft)) => Some(&mut drafts[draft]),
            Some(Last::Added(draft)) => Some(&mut added[draft]),
            None => None,
        };
        let n_paragraphs = draft.as_ref().map(|draft| analysis.paragraphs_apart(end_of(analysis, draft), tokens.start));
        let source = if n_paragraphs == Some(0) { None } else { actor_before(analysis, quotation) };
        if source.is_none() {
            let Some(draft) = draft else { continue };
            let is_speech = draft.source.is_some() || draft.cue.is_none();
            if n_paragraphs > Some(1) || !is_speech {
                continue;
            }
            if draft.kind == StatementKind::Direct && (n_paragraphs == Some(1) || draft.cue.is_none()) {
                draft.content.push(words);
                draft.quoted.push(words);
                continue;
            }
        }
        added.push(Draft {
            kind: StatementKind::Direct,
            class: StatementClass::Speech,
            content: vec![words],
            quoted: vec![words],
            source,
            cue: None,
            anchor: tokens.start,
            content_head: None,
            confidence: Confidence::Medium,
        });
        last = Some(Last::Added(added.len() - 1));
    }
    drafts.append(&mut added);
}

/// The statement that a quotation may go on with.
#[derive(Debug, Clone, Copy)]
enum Last {
    Reported(usize),
    Added(usize),
}

/// The last token of a statement.
fn end_of(analysis: &Analysis<'_>, draft: &Draft) -> usize {
    let end = draft.content.last().map_or(draft.anchor, |&span| analysis.tokens_in(span).end.saturating_sub(1));
    end.max(draft.anchor)
}

/// The person who acts in the sentence right before a quotation, in its paragraph.
fn actor_before(analysis: &Analysis<'_>, quotation: &Quotation) -> Option<Source> {
    let first = quotation.outer_tokens.start;
    let last = first.checked_sub(1).filter(|&last| analysis.quotation_mark_of(last).is_none())?;
    let sentence = analysis.sentence(last);
    let mut tokens = (sentence.start..sentence.end).take(MAX_SENTENCE_TOKENS);
    let root = tokens.find(|&idx| analysis.token(idx).is_root())?;
    let subject = analysis.token(analysis.subject(root)?);
    let is_beside = analysis.paragraph(sentence.start) == analysis.paragraph(first) && !analysis.is_masked(last);
    let source = sources::noun_phrase(analysis, subject.idx(), Some(root).filter(|&root| root > subject.idx()));
    let is_person = match subject.pos() {
        "PRON" => subject.morph_value("Person") == Some("3") && sources::can_speak(analysis, source) == Animacy::Yes,
        "PROPN" => subject.entity_type() == "PERSON",
        _ => analysis.lexicon.people.has("person-nouns", analysis.lemma(subject.idx())),
    };
    (is_beside && is_person && analysis.quotation_at(subject.idx()).is_none()).then_some(source)
}

/// Whether a quotation is one or more whole sentences, not words in a sentence of the reporter.
fn stands_alone(analysis: &Analysis<'_>, idx: usize) -> bool {
    let quotation = &analysis.quotations[idx];
    let tokens = quotation.tokens;
    if tokens.len() < MIN_TOKENS || analysis.is_masked(tokens.start) {
        return false;
    }
    let text = &analysis.article.text;
    let before = text[..quotation.outer.start.get()].trim_end();
    let after = text[quotation.outer.end.get()..].trim_start_matches(' ');
    let words = quotation.inner.of(text).trim();
    let closing = ['.', '!', '?', '"', '”', '\'', '’', '»', '…'];
    let opens = before.is_empty()
        || before.ends_with(closing)
        || text[before.len()..quotation.outer.start.get()].contains('\n');
    let closes = words.ends_with(['.', '!', '?', '…']) || after.is_empty() || after.starts_with(['.', '\n', '\r']);
    let mut inside = (tokens.start..tokens.end).take(200);
    opens && closes && inside.any(|idx| matches!(analysis.token(idx).pos(), "VERB" | "AUX"))
}
