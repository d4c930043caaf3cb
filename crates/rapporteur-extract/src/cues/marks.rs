//! Marks that report: the colon after a speaker at the start of a line, and the dash between a
//! quotation and the name below it.

use super::CueKind;
use crate::analysis::{Analysis, TokenRange};
use crate::sources::{self, Animacy};

/// A longer run of words before a colon is a clause, not a speaker.
const MAX_SPEAKER_TOKENS: usize = 8;

/// What the mark at the token reports as, if it does.
pub(super) fn at(analysis: &Analysis<'_>, idx: usize) -> Option<CueKind> {
    match analysis.token(idx).text() {
        ":" => speaker_before(analysis, idx).map(|_| CueKind::Colon),
        "-" | "--" | "–" | "—" | "―" => signature_after(analysis, idx).map(|_| CueKind::Dash),
        _ => None,
    }
}

/// The words before a colon, from the start of the paragraph, where they are a name or a noun phrase
/// without a verb.
pub(crate) fn speaker_before(analysis: &Analysis<'_>, colon: usize) -> Option<TokenRange> {
    let paragraph = analysis.paragraph(colon);
    let lowest = colon.saturating_sub(MAX_SPEAKER_TOKENS + 1);
    let is_outside = |idx: &usize| analysis.paragraph(*idx) != paragraph || analysis.token(*idx).text().contains('\n');
    let start = (lowest..colon).rev().find(is_outside).map_or(lowest, |idx| idx + 1);
    let is_mark = |idx: &usize| analysis.is_mark(*idx);
    let start = (start..colon).find(|idx| !is_mark(idx)).unwrap_or(colon);
    let words = TokenRange::new(start, colon);
    let before = (0..start).rev().take(3).find(|idx| !is_mark(idx) || is_outside(idx));
    let begins_line = before.is_none_or(|before| is_outside(&before));
    let is_word =
        |idx: usize| matches!(analysis.token(idx).pos(), "PROPN" | "NOUN" | "ADJ" | "DET" | "ADP" | "CCONJ" | "PART");
    let has_name = (words.start..words.end).any(|idx| {
        analysis.token(idx).pos() == "PROPN" || analysis.lexicon.people.has("document-nouns", analysis.lemma(idx))
    });
    let is_inside = |idx: usize| words.contains(idx);
    let head = (words.start..words.end)
        .map(|idx| analysis.token(idx))
        .find(|token| !is_inside(token.head().idx()) || token.is_root());
    let can_speak = head.is_some_and(|head| {
        let source = sources::noun_phrase(analysis, head.idx(), Some(colon));
        head.pos() == "PROPN" || matches!(sources::can_speak(analysis, source), Animacy::Yes | Animacy::Document)
    });
    let is_speaker = can_speak
        && !words.is_empty()
        && words.len() <= MAX_SPEAKER_TOKENS
        && begins_line
        && has_name
        && (words.start..words.end).all(is_word);
    is_speaker.then_some(words)
}

/// The name after a dash that follows a quotation.
pub(crate) fn signature_after(analysis: &Analysis<'_>, dash: usize) -> Option<TokenRange> {
    let before = (0..dash).rev().take(3).find(|&idx| !analysis.token(idx).is_space())?;
    let quotation = analysis.quotation_mark_of(before)?;
    let is_long = analysis.quotations[quotation].tokens.len() >= 4;
    let is_close = analysis.quotations[quotation].outer_tokens.end == before + 1;
    let is_name = |idx: &usize| analysis.token(*idx).pos() == "PROPN";
    let start = dash + 1;
    let end = (start..analysis.doc.len().min(start + MAX_SPEAKER_TOKENS)).find(|idx| !is_name(idx)).unwrap_or(start);
    (is_long && is_close && end > start).then(|| TokenRange::new(start, end))
}
