//! A document as DOCX (ECMA-376, Office Open XML) with footnotes of its own.
//!
//! Libraries that write DOCX make footnotes without separators and without the mark that stands before their text, and
//! number them over the whole process, so that the same document would not give the same bytes. What a brief needs is
//! little: paragraphs, tables, lists and notes, which are written here. Times in the archive are fixed, and nothing is drawn
//! by chance.

mod parts;
mod xml;

use super::note::{in_marks, parts as parts_of_note};
use super::{Block, DOCX_END, Document, Inline, NoteIdx, Table};
use crate::Error;
use std::collections::BTreeSet;
use std::io::{Cursor, Write};
use xml::{Run, escaped, run};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Width of the text of a page of A4 with margins of 20 mm, in twentieths of a point.
const PAGE_WIDTH: u32 = 9638;
/// Ids that the separators of notes have; those of notes follow.
const N_SEPARATORS: usize = 2;

/// The document as the bytes of a DOCX file; the same document gives the same bytes.
///
/// # Errors
/// If the archive cannot be written.
pub fn to_docx(document: &Document) -> Result<Vec<u8>, Error> {
    let fail = |error: &dyn std::fmt::Display| Error::new(error.to_string());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.set_comment(DOCX_END).map_err(|error| fail(&error))?;
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        // The first moment that the format knows.
        .last_modified_time(DateTime::default());
    let contents = [
        ("[Content_Types].xml", parts::CONTENT_TYPES.to_string()),
        ("_rels/.rels", parts::RELATIONS.to_string()),
        ("docProps/core.xml", parts::core(&document.title)),
        ("word/document.xml", body(document)),
        ("word/_rels/document.xml.rels", parts::DOCUMENT_RELATIONS.to_string()),
        ("word/styles.xml", parts::styles(document.length)),
        ("word/numbering.xml", parts::NUMBERING.to_string()),
        ("word/settings.xml", parts::SETTINGS.to_string()),
        ("word/footer1.xml", parts::footer(&document.title)),
        ("word/footnotes.xml", footnotes(document)),
    ];
    for (name, content) in contents {
        archive.start_file(name, options).map_err(|error| fail(&error))?;
        archive.write_all(content.as_bytes()).map_err(|error| fail(&error))?;
    }
    Ok(archive.finish().map_err(|error| fail(&error))?.into_inner())
}

fn body(document: &Document) -> String {
    let mut seen = BTreeSet::new();
    let mut body = paragraph("Title", &run(&document.title, Run::Plain));
    for about in &document.about {
        body.push_str(&paragraph("Remark", &run(about, Run::Plain)));
    }
    for section in &document.sections {
        body.push_str(&paragraph("Heading1", &run(&section.heading, Run::Plain)));
        for block in &section.blocks {
            match block {
                Block::Subheading(text) => body.push_str(&paragraph("Heading2", &run(text, Run::Plain))),
                Block::Remark(text) => body.push_str(&paragraph("Remark", &run(text, Run::Plain))),
                Block::Line(line) => {
                    let style = if line.level == 0 { "ListBullet" } else { "ListBullet2" };
                    body.push_str(&paragraph(style, &content(&line.inlines, &mut seen)));
                }
                Block::Table(table) => body.push_str(&self::table(table, &mut seen)),
            }
        }
    }
    parts::document(&body)
}

fn paragraph(style: &str, content: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{content}</w:p>")
}

fn content(inlines: &[Inline], seen: &mut BTreeSet<NoteIdx>) -> String {
    let mut content = String::new();
    let mut is_after_note = false;
    for inline in inlines {
        // Two numbers side by side would read as one.
        let is_note = matches!(inline, Inline::Note(_));
        if is_note && is_after_note {
            content.push_str(&run(",", Run::Raised));
        }
        is_after_note = is_note;
        content.push_str(&match inline {
            Inline::Text(text) => run(text, Run::Plain),
            Inline::Address(text) | Inline::Soft(text) => run(text, Run::Soft),
            Inline::Strong(text) => run(text, Run::Strong),
            Inline::Warning(text) => run(text, Run::Warning),
            Inline::Quote(words) => run(&in_marks(words), Run::Quote),
            Inline::Note(note) => reference(*note, seen.insert(*note)),
        });
    }
    content
}

/// A reference to a note. Word knows one reference to each; further ones are cross-references to the number of the first,
/// which Word and LibreOffice keep up to date.
fn reference(note: NoteIdx, is_first: bool) -> String {
    let (id, number) = (note.0 + N_SEPARATORS, note.number());
    let style = "<w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr>";
    if is_first {
        return format!(
            "<w:bookmarkStart w:id=\"{number}\" w:name=\"_RefNote{number}\"/><w:r>{style}<w:footnoteReference \
             w:id=\"{id}\"/></w:r><w:bookmarkEnd w:id=\"{number}\"/>"
        );
    }
    let part = |kind: &str| format!("<w:r>{style}<w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    format!(
        "{}<w:r>{style}<w:instrText xml:space=\"preserve\"> NOTEREF _RefNote{number} \\f \\h </w:instrText></w:r>{}<w:r>{style}<w:t>{number}</w:t></w:r>{}",
        part("begin"),
        part("separate"),
        part("end")
    )
}

fn table(table: &Table, seen: &mut BTreeSet<NoteIdx>) -> String {
    let total: u32 = table.widths.iter().sum::<u32>().max(1);
    let widths: Vec<u32> = table.widths.iter().map(|width| PAGE_WIDTH * width / total).collect();
    let grid: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
    let cell = |width: u32, content: String, style: &str| {
        format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{}</w:tc>", paragraph(style, &content))
    };
    let head: String = widths
        .iter()
        .zip(&table.columns)
        .map(|(width, column)| cell(*width, run(column, Run::Strong), "TableText"))
        .collect();
    let mut rows = format!("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>");
    for row in &table.rows {
        let cells: String =
            widths.iter().zip(row).map(|(width, inlines)| cell(*width, content(inlines, seen), "TableText")).collect();
        rows.push_str(&format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"));
    }
    format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"BriefTable\"/><w:tblW w:w=\"{PAGE_WIDTH}\" w:type=\"dxa\"/><w:tblLayout \
         w:type=\"fixed\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>{}",
        paragraph("AfterTable", "")
    )
}

fn footnotes(document: &Document) -> String {
    let mut notes = String::new();
    for (note_idx, note) in document.notes.iter().enumerate() {
        let (lead, words) = parts_of_note(note, document.length);
        let words = words.map(|words| run(&words, Run::Quote)).unwrap_or_default();
        let mark = "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r>";
        let text = paragraph("FootnoteText", &format!("{mark}{}{words}", run(&format!(" {lead}"), Run::Plain)));
        notes.push_str(&format!("<w:footnote w:id=\"{}\">{text}</w:footnote>", note_idx + N_SEPARATORS));
    }
    parts::footnotes(&notes)
}
