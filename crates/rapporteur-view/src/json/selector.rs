//! Spans as other programs need them: a position and the words there.

use crate::Error;
use rapporteur_model::{Article, CodePoints, Span};
use serde::Serialize;

/// Characters of context on either side.
const N_CONTEXT_CHARS: usize = 32;

/// A span of an article: TextPositionSelector and TextQuoteSelector of the W3C Web Annotation Data
/// Model (section 4.2) in one object.
#[derive(Debug, Serialize)]
pub(crate) struct Selector<'a> {
    start: u32,
    end: u32,
    exact: &'a str,
    prefix: &'a str,
    suffix: &'a str,
}

/// Makes the selectors of one article.
pub(crate) struct Selectors<'a> {
    article: &'a Article,
    code_points: CodePoints<'a>,
}

impl<'a> Selectors<'a> {
    pub(crate) fn new(article: &'a Article) -> Self {
        Selectors { article, code_points: CodePoints::new(&article.text) }
    }

    /// The selector of a span. The quotation is checked in the direction that a reader of the
    /// export goes: the positions in code points must lead back to the exact words.
    pub(crate) fn of(&self, span: Span) -> Result<Selector<'a>, Error> {
        let text = self.article.text.as_str();
        let fail = || Error::span(&self.article.id, "an item", span);
        let exact = text.get(span.start.get()..span.end.get()).ok_or_else(fail)?;
        let (start, end) = self.code_points.of(span);
        if self.code_points.slice(start, end) != Some(exact) {
            return Err(fail());
        }
        let (before, after) = (&text[..span.start.get()], &text[span.end.get()..]);
        let prefix = before.char_indices().rev().take(N_CONTEXT_CHARS).last().map_or("", |(at, _)| &before[at..]);
        let suffix_end = after.char_indices().nth(N_CONTEXT_CHARS).map_or(after.len(), |(at, _)| at);
        Ok(Selector { start, end, exact, prefix, suffix: &after[..suffix_end] })
    }

    pub(crate) fn of_each(&self, spans: &[Span]) -> Result<Vec<Selector<'a>>, Error> {
        spans.iter().map(|&span| self.of(span)).collect()
    }

    pub(crate) fn of_optional(&self, span: Option<Span>) -> Result<Option<Selector<'a>>, Error> {
        span.map(|span| self.of(span)).transpose()
    }
}
