//! The brief as a document that an analyst hands over: what a case says, with a note to the exact words behind every line.
//!
//! [`compose`] puts questions to a case and lays the answers out as a [`Document`], which knows nothing about formats;
//! [`to_markdown`], [`to_html`], [`to_docx`] and [`to_json`] write it. All text in a document is on one line and shows
//! controls instead of obeying them (`visible`); what a format takes for markup is escaped by its writer.
//!
//! A line says nothing that no article says: numbers are counted, kinds and standings are what was found, and words in
//! quotation marks stand in an article as they are shown. They are compared with the article's text once more when a
//! document is composed.

mod compose;
mod docx;
mod html;
mod json;
mod markdown;
mod note;

pub use compose::compose;
pub use docx::to_docx;
pub use html::to_html;
pub use json::{schema, to_json};
pub use markdown::to_markdown;

/// How a brief as Markdown begins.
pub const MARKDOWN_START: &str = "# Brief: ";
/// How a brief as JSON begins.
pub const JSON_START: &str = "{\n  \"format\": \"rapporteur.document\"";
/// How a brief as DOCX ends, as long as no word processor has saved it.
pub const DOCX_END: &str = "A brief as Rapporteur wrote it";

/// How long a brief is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// The first of everything: about one printed page with its notes.
    Page,
    /// Everything, up to limits that docs/DOCUMENT.md tells.
    Full,
}

impl Length {
    /// The name, as it is written in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Length::Page => "page",
            Length::Full => "full",
        }
    }
}

/// A brief with its notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What it is about.
    pub title: String,
    /// How long it was asked to be.
    pub length: Length,
    /// How to read it and what it was composed from: remarks on the document itself.
    pub about: Vec<String>,
    /// The sections, in the order of reading.
    pub sections: Vec<Section>,
    /// The notes, each once, in the order in which lines first refer to them.
    pub notes: Vec<Note>,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its heading.
    pub heading: String,
    /// What stands under it.
    pub blocks: Vec<Block>,
}

/// Something that stands on lines of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading inside a section.
    Subheading(String),
    /// An item of a list.
    Line(Line),
    /// Rows under named columns.
    Table(Table),
    /// A remark on the document itself, as how much was left out. It claims nothing and has no note.
    Remark(String),
}

/// An item of a list; it has at least one note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// 0, or 1 for what belongs to the line before.
    pub level: u8,
    /// What it says.
    pub inlines: Vec<Inline>,
}

/// Rows under named columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The names of the columns, the first that of the rows.
    pub columns: Vec<String>,
    /// How wide each column is beside the others.
    pub widths: Vec<u32>,
    /// The rows, each with a cell for each column and at least one note.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// A stretch of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Plain words.
    Text(String),
    /// What a line is about.
    Strong(String),
    /// Words of an article, without the quotation marks that set them off.
    Quote(String),
    /// What stands behind a line: how many articles, which kind.
    Soft(String),
    /// A reservation that must not be overlooked.
    Warning(String),
    /// An address of the web, `http` or `https`.
    Address(String),
    /// A reference to a note.
    Note(NoteIdx),
}

/// Position of a note in [`Document::notes`]; readers are shown it counted from one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteIdx(pub usize);

impl NoteIdx {
    /// The number that readers are shown.
    pub fn number(self) -> usize {
        self.0 + 1
    }
}

/// What shows a line to be so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Words of an article.
    Words(Box<NoteWords>),
    /// What the case itself notes: a run, a correction by hand.
    Log(String),
}

/// Exact words of an article, with what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteWords {
    /// The article's id.
    pub article: String,
    /// Its short name.
    pub name: String,
    /// Its headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// When, as it states or as others tell.
    pub published: Option<String>,
    /// What is wrong with its text.
    pub flaws: Option<String>,
    /// The paragraph in which the words begin, counted from one.
    pub paragraph: usize,
    /// Position of the first code point.
    pub start: u32,
    /// Position after the last.
    pub end: u32,
    /// The words as they stand in the article, with its controls and line breaks.
    pub exact: String,
    /// Whether the sentence begins before them.
    pub is_cut_before: bool,
    /// Whether the sentence goes on after them.
    pub is_cut_after: bool,
}

impl Document {
    /// The inlines of each line and of each row.
    pub fn lines(&self) -> impl Iterator<Item = Vec<&Inline>> {
        self.sections.iter().flat_map(|section| &section.blocks).flat_map(|block| match block {
            Block::Line(line) => vec![line.inlines.iter().collect()],
            Block::Table(table) => table.rows.iter().map(|row| row.iter().flatten().collect()).collect(),
            Block::Subheading(_) | Block::Remark(_) => Vec::new(),
        })
    }
}
