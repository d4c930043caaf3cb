//! The exact words of a content: from tokens to bytes, with the quotations that it holds.

use crate::analysis::{Analysis, TokenRange};
use rapporteur_model::Span;

/// The words of a quotation, without space and a comma at the end.
pub(crate) fn quoted_words(analysis: &Analysis<'_>, quotation: usize) -> Option<Span> {
    let inner = analysis.quotations[quotation].inner;
    let words = inner.of(&analysis.article.text);
    let start = inner.start.get() + (words.len() - words.trim_start().len());
    let words = words.trim().trim_end_matches(',').trim_end();
    (!words.is_empty()).then(|| Span::new(start, start + words.len()))
}

/// The bytes of token ranges; a quotation that a range holds in good part is taken whole.
pub(crate) fn spans(analysis: &Analysis<'_>, ranges: &[TokenRange]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for &range in ranges {
        let whole = analysis.bytes(range);
        let mut span = whole;
        let first = analysis.quotations.partition_point(|quotation| quotation.outer.end <= whole.start);
        for quotation in analysis.quotations[first..].iter().take_while(|quotation| quotation.outer.start < whole.end) {
            let begins_inside = quotation.outer.start >= span.start;
            let ends_inside = quotation.outer.end <= span.end;
            let is_long = quotation.outer.len_bytes() > 2 * span.len_bytes();
            if begins_inside != ends_inside && !is_long {
                span = span.hull(quotation.outer);
            }
        }
        match spans.last_mut() {
            Some(last) if span.start <= last.end => *last = last.hull(span),
            _ => spans.push(span),
        }
    }
    spans
}

/// The stretches of `content` that stand inside quotation marks.
pub(crate) fn quoted_parts(analysis: &Analysis<'_>, content: &[Span]) -> Vec<Span> {
    let inside = |span: Span| {
        let first = analysis.quotations.partition_point(|quotation| quotation.inner.end <= span.start);
        let overlapping =
            analysis.quotations[first..].iter().take_while(move |quotation| quotation.inner.start < span.end);
        overlapping.map(move |quotation| Span {
            start: quotation.inner.start.max(span.start),
            end: quotation.inner.end.min(span.end),
        })
    };
    content.iter().flat_map(|&span| inside(span)).filter(|span| !span.is_empty()).collect()
}

/// The words of the one quotation that `content` is, if it is one.
pub(crate) fn whole_quotation(analysis: &Analysis<'_>, content: &[Span]) -> Option<Span> {
    let [span] = content else { return None };
    let words = span.of(&analysis.article.text).trim_end_matches(['.', ',']);
    let end = span.start.get() + words.len();
    let first = analysis.quotations.partition_point(|quotation| quotation.outer.end <= span.start);
    let near = analysis.quotations[first..].iter().take_while(|quotation| quotation.outer.start < span.end);
    let n = near.into_iter().position(|quotation| {
        quotation.outer.start <= span.start
            && end <= quotation.outer.end.get()
            && quotation.inner.end.get() <= span.end.get()
            && quotation.inner.start.get() >= span.start.get()
    })?;
    quoted_words(analysis, first + n)
}
