use crate::{ArticleId, CivilDate, Diagnostic, Span, TextId};
use serde::{Deserialize, Serialize};

/// One input as the source stage hands it on: decoded text, what is known about its publication,
/// and which stretches are the report and which are furniture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Names this input; see [`ArticleId`].
    pub id: ArticleId,
    /// Names its text; equal for identical copies.
    pub text_id: TextId,
    /// Short name to show a reader: the file name without folder and extension. Not unique.
    pub name: String,
    /// Where it came from, as the user gave it: a path, or `-` for standard input.
    pub location: String,
    /// How the bytes were decoded.
    pub encoding: Encoding,
    /// The decoded text. Never altered: line ends, damage and furniture stay where they were.
    pub text: String,
    /// The headline, where there is one.
    pub title: Option<Evidenced<String>>,
    /// The date of publication, where the article states it or whoever started the reading told it.
    pub published: Option<Evidenced<CivilDate>>,
    /// The address it was published at.
    pub url: Option<Evidenced<String>>,
    /// The line that credits an agency or an outlet.
    pub credit: Option<Evidenced<String>>,
    /// Non-blank lines, without the white space around them, in order. A reader is told
    /// "paragraph 3" for the third of them, counted from one.
    pub paragraphs: Vec<Span>,
    /// Stretches that are not the report itself, in order, without overlaps. A mask: the text stage
    /// still reads them.
    pub furniture: Vec<Furniture>,
    /// What was odd about the input.
    pub diagnostics: Vec<Diagnostic>,
}

impl Article {
    /// The number of the paragraph, counted from one, that holds the start of `span`; `None` where
    /// it starts between paragraphs.
    pub fn paragraph_number(&self, span: Span) -> Option<usize> {
        let n_begun = self.paragraphs.partition_point(|p| p.start <= span.start);
        let last_begun = self.paragraphs.get(n_begun.checked_sub(1)?)?;
        (span.start < last_begun.end).then_some(n_begun)
    }

    /// The kind of furniture that `span` touches first, if any.
    pub fn furniture_at(&self, span: Span) -> Option<FurnitureKind> {
        self.furniture.iter().find(|f| f.span.overlaps(span)).map(|f| f.kind)
    }
}

/// A value and what shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidenced<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub evidence: Evidence,
}

/// What shows a value to be so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// The article says so, here.
    Stated(Span),
    /// It follows from something else, named here.
    Inferred(String),
    /// Whoever started the reading said so.
    Given,
}

/// How the bytes of an article were turned into text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark; a few broken sequences read as U+FFFD.
    Utf8,
    /// UTF-16, little endian.
    Utf16Le,
    /// UTF-16, big endian.
    Utf16Be,
    /// Windows-1252, which every byte sequence is: taken where the bytes are no other encoding.
    Windows1252,
}

/// A stretch of an article that is not the report itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Furniture {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: FurnitureKind,
}

/// What a stretch outside the report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FurnitureKind {
    /// The headline. It may hold statements; everything else in this list may not.
    Title,
    /// A line of publication data: date, URL, "posted on".
    Header,
    /// The author's line.
    Byline,
    /// The line that credits an agency or an outlet.
    Credit,
    /// The text under a photo, or its credit.
    Caption,
    /// A heading between paragraphs.
    Heading,
    /// The title of another article, shown as a link.
    LinkBox,
    /// "Share this", "Like", "Follow us", a blog's footer.
    ShareBar,
}
