//! A document for other programs, in a versioned shape; docs/DOCUMENT.md describes it field by field.

use super::{Block, Document, Inline, Note, Section};
use crate::Error;
use serde_json::{Value, json};

/// Names the format.
const FORMAT: &str = "rapporteur.document";
/// Rises when a field changes its meaning or goes.
const VERSION: u32 = 1;

/// The document as JSON, indented, with a line break at the end.
///
/// # Errors
/// If it cannot be written as JSON.
pub fn to_json(document: &Document) -> Result<String, Error> {
    let export = json!({
        "format": FORMAT,
        "version": VERSION,
        "title": document.title,
        "length": document.length.name(),
        "about": document.about,
        "sections": document.sections.iter().map(section).collect::<Vec<_>>(),
        "notes": document.notes.iter().zip(1..).map(|(note, number)| self::note(note, number)).collect::<Vec<_>>(),
    });
    let mut json = serde_json::to_string_pretty(&export).map_err(|error| Error::new(error.to_string()))?;
    json.push('\n');
    Ok(json)
}

fn section(section: &Section) -> Value {
    json!({ "heading": section.heading, "blocks": section.blocks.iter().map(block).collect::<Vec<_>>() })
}

fn block(block: &Block) -> Value {
    match block {
        Block::Subheading(text) => json!({ "kind": "subheading", "text": text }),
        Block::Remark(text) => json!({ "kind": "remark", "text": text }),
        Block::Line(line) => json!({ "kind": "line", "level": line.level, "content": content(&line.inlines) }),
        Block::Table(table) => json!({
            "kind": "table",
            "columns": table.columns,
            "rows": table.rows.iter().map(|row| row.iter().map(|cell| content(cell)).collect::<Vec<_>>()).collect::<Vec<_>>(),
        }),
    }
}

fn content(inlines: &[Inline]) -> Vec<Value> {
    let inline = |inline: &Inline| match inline {
        Inline::Text(text) => json!({ "kind": "text", "text": text }),
        Inline::Strong(text) => json!({ "kind": "strong", "text": text }),
        Inline::Quote(text) => json!({ "kind": "quote", "text": text }),
        Inline::Soft(text) => json!({ "kind": "soft", "text": text }),
        Inline::Warning(text) => json!({ "kind": "warning", "text": text }),
        Inline::Address(url) => json!({ "kind": "address", "text": url }),
        Inline::Note(note) => json!({ "kind": "note", "number": note.number() }),
    };
    inlines.iter().map(inline).collect()
}

fn note(note: &Note, number: usize) -> Value {
    match note {
        Note::Log(told) => json!({ "number": number, "kind": "log", "text": told }),
        Note::Words(words) => json!({
            "number": number,
            "kind": "words",
            "article": {
                "id": words.article, "name": words.name, "title": words.title, "outlet": words.outlet,
                "published": words.published, "flaws": words.flaws,
            },
            "paragraph": words.paragraph,
            "span": { "start": words.start, "end": words.end, "exact": words.exact },
            "is_cut_before": words.is_cut_before,
            "is_cut_after": words.is_cut_after,
        }),
    }
}
