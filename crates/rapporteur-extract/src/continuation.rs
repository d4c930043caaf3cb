//! Whose are the quotations that no cue reports? A quotation that stands alone goes on with the last
//! speaker: as part of his statement where a paragraph of quotation follows his words, as a statement
//! of its own otherwise.

use crate::analysis::Analysis;
use crate::statements::{self, Draft};
use rapporteur_model::{StatementClass, StatementKind};

/// A quotation alone counts as speech from this length on, in tokens.
const MIN_TOKENS: usize = 5;

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
        let Some(words) = statements::quoted_words(analysis, idx) else { continue };
        let draft = match last {
            Some(Last::Reported(draft)) => &mut drafts[draft],
            Some(Last::Added(draft)) => &mut added[draft],
            None => continue,
        };
        let end = draft.content.last().map_or(draft.anchor, |&span| analysis.tokens_in(span).end.saturating_sub(1));
        let end = end.max(draft.anchor);
        let n_paragraphs = analysis.paragraph(tokens.start).saturating_sub(analysis.paragraph(end));
        let is_speech = draft.source.is_some() || draft.cue.is_none();
        if n_paragraphs > 1 || !is_speech {
            continue;
        }
        if draft.kind == StatementKind::Direct && (n_paragraphs == 1 || draft.cue.is_none()) {
            draft.content.push(words);
            draft.quoted.push(words);
            continue;
        }
        added.push(Draft {
            kind: StatementKind::Direct,
            class: StatementClass::Speech,
            content: vec![words],
            quoted: vec![words],
            source: None,
            cue: None,
            anchor: tokens.start,
            content_head: None,
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
