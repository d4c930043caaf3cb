//! A document as one page that needs nothing from outside and runs nothing, on a screen and on paper.
//!
//! The template escapes all text; a content security policy keeps it that way where escaping should fail.

use super::note::{in_marks, parts};
use super::{Block, Document, Inline, Section};
use crate::Error;
use askama::Template;
use std::collections::BTreeSet;

const STYLE_SHEET: &str = include_str!("../../templates/document.css");

/// SHA-256 of [`STYLE_SHEET`] in base64, for the content security policy; a test recomputes it.
const STYLE_SHEET_HASH: &str = "YHVYr5dPxDIUxFe7rD6xUHWWJkqlweqSnU3PIHwKtk0=";

#[derive(Template)]
#[template(path = "document.html")]
struct Page<'d> {
    style_sheet: &'static str,
    style_sheet_hash: &'static str,
    document: &'d Document,
    sections: Vec<SectionView<'d>>,
    notes: Vec<NoteView>,
}

struct SectionView<'d> {
    heading: &'d str,
    blocks: Vec<BlockView<'d>>,
}

/// Blocks as HTML nests them: lines that follow each other are one list, and those below a line a list in it.
enum BlockView<'d> {
    Subheading(&'d str),
    Remark(&'d str),
    List(Vec<Item<'d>>),
    Table { columns: &'d [String], rows: Vec<Vec<Vec<Piece<'d>>>> },
}

struct Item<'d> {
    pieces: Vec<Piece<'d>>,
    below: Vec<Vec<Piece<'d>>>,
}

enum Piece<'d> {
    Text(&'d str),
    Strong(&'d str),
    Quote(String),
    Soft(&'d str),
    Warning(&'d str),
    Address(&'d str),
    /// `is_first` where the note leads back to it.
    Note {
        number: usize,
        is_first: bool,
    },
}

struct NoteView {
    number: usize,
    lead: String,
    words: Option<String>,
}

/// The document as a page of HTML.
///
/// # Errors
/// If the template cannot be filled.
pub fn to_html(document: &Document) -> Result<String, Error> {
    let mut seen = BTreeSet::new();
    let sections = document.sections.iter().map(|section| self::section(section, &mut seen)).collect();
    let notes = document.notes.iter().zip(1..).map(|(note, number)| {
        let (lead, words) = parts(note, document.length);
        NoteView { number, lead, words }
    });
    let page = Page {
        style_sheet: STYLE_SHEET,
        style_sheet_hash: STYLE_SHEET_HASH,
        document,
        sections,
        notes: notes.collect(),
    };
    page.render().map_err(|error| Error::new(error.to_string()))
}

fn section<'d>(section: &'d Section, seen: &mut BTreeSet<usize>) -> SectionView<'d> {
    let mut blocks: Vec<BlockView<'d>> = Vec::new();
    for block in &section.blocks {
        match block {
            Block::Subheading(text) => blocks.push(BlockView::Subheading(text)),
            Block::Remark(text) => blocks.push(BlockView::Remark(text)),
            Block::Line(line) => {
                let pieces = pieces(&line.inlines, seen);
                match blocks.last_mut() {
                    Some(BlockView::List(items)) => match items.last_mut().filter(|_| line.level > 0) {
                        Some(item) => item.below.push(pieces),
                        None => items.push(Item { pieces, below: Vec::new() }),
                    },
                    _ => blocks.push(BlockView::List(vec![Item { pieces, below: Vec::new() }])),
                }
            }
            Block::Table(table) => {
                let row = |row: &'d Vec<Vec<Inline>>| row.iter().map(|cell| pieces(cell, seen)).collect();
                blocks.push(BlockView::Table { columns: &table.columns, rows: table.rows.iter().map(row).collect() });
            }
        }
    }
    SectionView { heading: &section.heading, blocks }
}

fn pieces<'d>(inlines: &'d [Inline], seen: &mut BTreeSet<usize>) -> Vec<Piece<'d>> {
    let piece = |inline: &'d Inline| match inline {
        Inline::Text(text) => Piece::Text(text),
        Inline::Strong(text) => Piece::Strong(text),
        Inline::Quote(words) => Piece::Quote(in_marks(words)),
        Inline::Soft(text) => Piece::Soft(text),
        Inline::Warning(text) => Piece::Warning(text),
        Inline::Address(url) => Piece::Address(url),
        Inline::Note(note) => Piece::Note { number: note.number(), is_first: seen.insert(note.number()) },
    };
    inlines.iter().map(piece).collect()
}
