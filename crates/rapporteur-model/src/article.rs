use crate::{ArticleId, ByteOffset, CivilDate, Diagnostic, Instant, Span, TextId};
use schemars::JsonSchema;
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
    /// Where it came from: a path as the user gave it, or `-` for standard input; for one of several articles of an
    /// input `#` and which of them follow (`pile.zip#talks/a.html`, `pile.jsonl#12`).
    pub location: String,
    /// What its bytes are.
    pub format: Format,
    /// How the bytes were decoded.
    pub encoding: Encoding,
    /// The decoded text. Never altered: line ends, damage and furniture stay where they were.
    pub text: String,
    /// The headline, where there is one.
    pub title: Option<Evidenced<String>>,
    /// The date of publication, where the article states it or whoever started the reading told it.
    pub published: Option<Evidenced<CivilDate>>,
    /// The moment of publication, where it is known to the minute and with its zone.
    pub published_at: Option<Evidenced<Instant>>,
    /// The date of the last change, where it is told apart from the date of publication.
    pub modified: Option<Evidenced<CivilDate>>,
    /// The address it was published at; of several the one that the page itself calls canonical.
    pub url: Option<Evidenced<String>>,
    /// Who published it: the name of a paper, an agency, a site.
    pub outlet: Option<Evidenced<String>>,
    /// Who wrote it, as written, without "by".
    pub byline: Option<Evidenced<String>>,
    /// The words before the first sentence that tell where it was written: "KARSK, March 9 (ANL) -".
    pub dateline: Option<Evidenced<String>>,
    /// The line that credits an agency or an outlet.
    pub credit: Option<Evidenced<String>>,
    /// The language of the report, as an ISO 639-1 code, or ISO 639-3 where there is none; `None` where the text is
    /// too short to tell.
    pub language: Option<Evidenced<String>>,
    /// Where the lines of the source stand in the text, in order, of a web page and of plain text whose lines were joined into
    /// paragraphs; empty where the text is the source.
    #[serde(default)]
    pub segments: Vec<Segment>,
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
    /// What is known of it in words, where it is known: title, address, outlet, author, dateline, credit, language.
    pub fn told_in_words(&self) -> impl Iterator<Item = &Evidenced<String>> {
        let told = [&self.title, &self.url, &self.outlet, &self.byline, &self.dateline, &self.credit, &self.language];
        told.into_iter().flatten()
    }

    /// The number of the paragraph, counted from one, that holds the start of `span`; `None` where
    /// it starts between paragraphs.
    pub fn paragraph_number(&self, span: Span) -> Option<usize> {
        let n_begun = self.paragraphs.partition_point(|p| p.start <= span.start);
        let last_begun = self.paragraphs.get(n_begun.checked_sub(1)?)?;
        (span.start < last_begun.end).then_some(n_begun)
    }

    /// The kind of furniture that `span` touches first, if any.
    pub fn furniture_at(&self, span: Span) -> Option<FurnitureKind> {
        // In order and without overlaps.
        let next = self.furniture.partition_point(|f| f.span.end <= span.start);
        self.furniture.get(next).filter(|f| f.span.overlaps(span)).map(|f| f.kind)
    }
}

/// A place in an article's text and the place in its source that it was read from. What follows up to the next segment
/// was read from there on, but markup stands between the words of the source, and white space differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Where a line of the article's text begins.
    pub text: ByteOffset,
    /// Where its first words stand: bytes of the source after decoding, before any markup is read.
    pub source: ByteOffset,
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
    /// The input says so beside the text: in the markup of a page, the header of a mail, a field of a feed.
    Metadata(Box<Metadata>),
    /// It follows from something else, named here.
    Inferred(String),
    /// Whoever started the reading said so.
    Given,
}

impl Evidence {
    /// What the input says beside the text: `words` at `place`, see [`Metadata`].
    pub fn metadata(place: impl Into<String>, words: impl Into<String>) -> Self {
        Evidence::Metadata(Box::new(Metadata { place: place.into(), words: words.into() }))
    }
}

/// What an input says beside the text of an article. In a box of its own: an article has ten values with evidence, of which
/// most are not known, and a pile has a million articles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// Where, for a reader who looks it up: `meta property="article:published_time"`, `field "date"`.
    pub place: String,
    /// The words there.
    pub words: String,
}

/// What the bytes of an article are, the archives, feeds and tables around it aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// A web page.
    Html,
    /// The text of a PDF document.
    Pdf,
}

/// How the bytes of an article were turned into text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark; a few broken sequences read as U+FFFD.
    Utf8,
    /// UTF-16, little endian.
    Utf16Le,
    /// UTF-16, big endian.
    Utf16Be,
    /// Windows-1252, which every byte sequence is.
    Windows1252,
    /// Another encoding of the WHATWG Encoding Standard, by its name there in lower case: `windows-1251`, `gbk`.
    Other(String),
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
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
    /// What a site puts into many of its articles; only the whole pile can tell.
    Repeated,
}
