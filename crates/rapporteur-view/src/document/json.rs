//! A document for other programs, in a versioned shape; docs/DOCUMENT.md describes it field by field.

use super::{Block, Document, Inline, Note};
use crate::Error;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;

/// Names the format.
const FORMAT: &str = "rapporteur.document";
/// Rises when a field changes its meaning or goes.
const VERSION: u32 = 1;

#[derive(Serialize, JsonSchema)]
struct Export<'d> {
    #[schemars(extend("const" = FORMAT))]
    format: &'static str,
    #[schemars(extend("const" = VERSION))]
    version: u32,
    title: &'d str,
    length: &'static str,
    about: &'d [String],
    sections: Vec<SectionJson<'d>>,
    notes: Vec<NoteJson<'d>>,
}

#[derive(Serialize, JsonSchema)]
struct SectionJson<'d> {
    heading: &'d str,
    blocks: Vec<BlockJson<'d>>,
}

#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum BlockJson<'d> {
    Subheading { text: &'d str },
    Remark { text: &'d str },
    Line { level: u8, content: Vec<InlineJson<'d>> },
    Table { columns: &'d [String], rows: Vec<Vec<Vec<InlineJson<'d>>>> },
}

#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum InlineJson<'d> {
    Text { text: &'d str },
    Strong { text: &'d str },
    Quote { text: &'d str },
    Soft { text: &'d str },
    Warning { text: &'d str },
    Address { text: &'d str },
    Note { number: usize },
}

#[derive(Serialize, JsonSchema)]
struct NoteJson<'d> {
    number: usize,
    #[serde(flatten)]
    shown: ShownJson<'d>,
}

/// What a note shows.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum ShownJson<'d> {
    Log {
        text: &'d str,
    },
    Words {
        article: NotedArticleJson<'d>,
        paragraph: usize,
        span: NotedSpanJson<'d>,
        is_cut_before: bool,
        is_cut_after: bool,
    },
}

#[derive(Serialize, JsonSchema)]
struct NotedArticleJson<'d> {
    id: &'d str,
    name: &'d str,
    title: Option<&'d str>,
    outlet: Option<&'d str>,
    published: Option<&'d str>,
    flaws: Option<&'d str>,
}

#[derive(Serialize, JsonSchema)]
struct NotedSpanJson<'d> {
    start: u32,
    end: u32,
    exact: &'d str,
}

/// The schema of a document.
pub fn schema(generator: SchemaGenerator) -> Schema {
    generator.into_root_schema_for::<Export<'_>>()
}

/// The document as JSON, indented, with a line break at the end.
///
/// # Errors
/// If it cannot be written as JSON.
pub fn to_json(document: &Document) -> Result<String, Error> {
    let sections = document.sections.iter();
    let export = Export {
        format: FORMAT,
        version: VERSION,
        title: &document.title,
        length: document.length.name(),
        about: &document.about,
        sections: sections
            .map(|section| SectionJson {
                heading: &section.heading,
                blocks: section.blocks.iter().map(block).collect(),
            })
            .collect(),
        notes: document.notes.iter().zip(1..).map(|(note, number)| NoteJson { number, shown: shown(note) }).collect(),
    };
    let mut json = serde_json::to_string_pretty(&export).map_err(|error| Error::new(error.to_string()))?;
    json.push('\n');
    Ok(json)
}

fn block(block: &Block) -> BlockJson<'_> {
    match block {
        Block::Subheading(text) => BlockJson::Subheading { text },
        Block::Remark(text) => BlockJson::Remark { text },
        Block::Line(line) => BlockJson::Line { level: line.level, content: content(&line.inlines) },
        Block::Table(table) => {
            let rows = table.rows.iter().map(|row| row.iter().map(|cell| content(cell)).collect());
            BlockJson::Table { columns: &table.columns, rows: rows.collect() }
        }
    }
}

fn content(inlines: &[Inline]) -> Vec<InlineJson<'_>> {
    inlines.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> InlineJson<'_> {
    match inline {
        Inline::Text(text) => InlineJson::Text { text },
        Inline::Strong(text) => InlineJson::Strong { text },
        Inline::Quote(text) => InlineJson::Quote { text },
        Inline::Soft(text) => InlineJson::Soft { text },
        Inline::Warning(text) => InlineJson::Warning { text },
        Inline::Address(url) => InlineJson::Address { text: url },
        Inline::Note(note) => InlineJson::Note { number: note.number() },
    }
}

fn shown(note: &Note) -> ShownJson<'_> {
    match note {
        Note::Log(text) => ShownJson::Log { text },
        Note::Words(words) => ShownJson::Words {
            article: NotedArticleJson {
                id: &words.article,
                name: &words.name,
                title: words.title.as_deref(),
                outlet: words.outlet.as_deref(),
                published: words.published.as_deref(),
                flaws: words.flaws.as_deref(),
            },
            paragraph: words.paragraph,
            span: NotedSpanJson { start: words.start, end: words.end, exact: &words.exact },
            is_cut_before: words.is_cut_before,
            is_cut_after: words.is_cut_after,
        },
    }
}
