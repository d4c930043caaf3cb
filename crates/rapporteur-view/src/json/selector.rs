//! Spans as other programs need them: a position and the words there.

use crate::Error;
use rapporteur_model::{Article, CodePoints, Quote, Span};

/// A span of an article with its words.
pub(crate) type Selector<'a> = Quote<'a>;

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
        let fail = || Error::span(&self.article.id, "an item", span);
        let quote = self.code_points.quote(span).ok_or_else(fail)?;
        let is_exact = self.code_points.slice(quote.start, quote.end) == Some(quote.exact);
        is_exact.then_some(quote).ok_or_else(fail)
    }

    pub(crate) fn of_each(&self, spans: &[Span]) -> Result<Vec<Selector<'a>>, Error> {
        spans.iter().map(|&span| self.of(span)).collect()
    }

    pub(crate) fn of_optional(&self, span: Option<Span>) -> Result<Option<Selector<'a>>, Error> {
        span.map(|span| self.of(span)).transpose()
    }
}
