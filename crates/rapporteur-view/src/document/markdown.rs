//! A document as Markdown: CommonMark with the tables and footnotes that GitHub, Pandoc and others read.

use super::note::{in_marks, parts};
use super::{Block, Document, Inline, Table};

/// The document as Markdown. Words of articles are text in it, whatever they look like.
pub fn to_markdown(document: &Document) -> String {
    let mut markdown = format!("# {}\n", escaped(&document.title));
    for about in &document.about {
        markdown.push_str(&format!("\n*{}*\n", escaped(about)));
    }
    for section in &document.sections {
        markdown.push_str(&format!("\n## {}\n", escaped(&section.heading)));
        let mut is_in_list = false;
        for block in &section.blocks {
            let is_line = matches!(block, Block::Line(_));
            if !(is_line && is_in_list) {
                markdown.push('\n');
            }
            is_in_list = is_line;
            match block {
                Block::Subheading(text) => markdown.push_str(&format!("### {}\n", escaped(text))),
                Block::Remark(text) => markdown.push_str(&format!("*{}*\n", escaped(text))),
                Block::Line(line) => {
                    let indent = "  ".repeat(usize::from(line.level));
                    markdown.push_str(&format!("{indent}- {}\n", content(&line.inlines)));
                }
                Block::Table(table) => markdown.push_str(&self::table(table)),
            }
        }
    }
    if !document.notes.is_empty() {
        markdown.push('\n');
    }
    for (note, number) in document.notes.iter().zip(1..) {
        let (lead, words) = parts(note, document.length);
        markdown.push_str(&format!("[^{number}]: {}{}\n", escaped(&lead), escaped_inside(&words.unwrap_or_default())));
    }
    markdown
}

fn table(table: &Table) -> String {
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut rows = row(table.columns.iter().map(|column| escaped(column)).collect());
    rows.push_str(&row(vec!["---".to_string(); table.columns.len()]));
    for cells in &table.rows {
        rows.push_str(&row(cells.iter().map(|cell| content(cell)).collect()));
    }
    rows
}

fn content(inlines: &[Inline]) -> String {
    let mut content = String::new();
    for (n, inline) in inlines.iter().enumerate() {
        match inline {
            Inline::Text(text) | Inline::Soft(text) if n == 0 => content.push_str(&escaped(text)),
            Inline::Text(text) | Inline::Soft(text) | Inline::Address(text) => content.push_str(&escaped_inside(text)),
            Inline::Strong(text) => content.push_str(&set_off(text, "**")),
            Inline::Warning(text) => content.push_str(&set_off(text, "*")),
            Inline::Quote(words) => content.push_str(&escaped(&in_marks(words))),
            Inline::Note(note) => content.push_str(&format!("[^{}]", note.number())),
        }
    }
    content.trim().to_string()
}

/// Marks hold only where no space stands inside them.
fn set_off(text: &str, mark: &str) -> String {
    let words = text.trim();
    if words.is_empty() {
        return text.to_string();
    }
    let (before, after) = (&text[..text.len() - text.trim_start().len()], &text[text.trim_end().len()..]);
    format!("{before}{mark}{}{mark}{after}", escaped_inside(words))
}

/// [`escaped_inside`] for text that begins a line, where more is markup: marks of lists and headings, numbers with a point.
fn escaped(text: &str) -> String {
    let text = text.trim_start();
    let n_digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let is_number = n_digits > 0 && text[n_digits..].starts_with(['.', ')']);
    if is_number {
        return format!("{}\\{}", &text[..n_digits], escaped_inside(&text[n_digits..]));
    }
    let mark = if text.starts_with(['#', '+', '-', '=', ':']) { "\\" } else { "" };
    format!("{mark}{}", escaped_inside(text))
}

/// Text in which nothing is markup. Entities stand for what HTML is made of, because not every reader of Markdown takes a
/// backslash before it; a backslash takes the rest.
fn escaped_inside(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => escaped.extend(['\\', c]),
            _ => escaped.push(c),
        }
    }
    escaped
}
