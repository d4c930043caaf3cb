use super::entity_label;
use crate::visible::on_one_line;
use rapporteur_text::{Document, Token};
use unicode_width::UnicodeWidthStr;

const HEADINGS: [&str; 8] = ["#", "token", "lemma", "pos", "tag", "relation", "head", "entity"];

/// Columns at most; a longer cell pushes the ones after it aside.
const CELL_WIDTH_MAX: usize = 24;

/// The annotation as a table for each sentence, for a reader. White-space tokens are left out, so
/// the numbers (token indices of the document) can have gaps.
pub fn text(id: &str, doc: &Document) -> String {
    let sentences: Vec<String> = doc
        .sentences()
        .enumerate()
        .filter_map(|(n, sentence)| {
            let rows: Vec<[String; 8]> = sentence.tokens().filter(|token| !token.is_space()).map(row).collect();
            let heading = format!("sentence {}: {}", n + 1, on_one_line(sentence.text()));
            (!rows.is_empty()).then(|| format!("{heading}\n\n{}", table(&rows)))
        })
        .collect();
    let head = format!("{}: {} tokens, {} sentences\n\n", on_one_line(id), doc.len(), doc.n_sentences());
    head + &sentences.join("\n") + "\n"
}

fn row(token: Token<'_>) -> [String; 8] {
    let head = if token.is_root() { String::new() } else { format!("{} {}", token.head().idx(), token.head().text()) };
    let cells = [
        token.idx().to_string(),
        token.text().to_string(),
        token.lemma().to_string(),
        token.pos().to_string(),
        token.tag().to_string(),
        token.dep().to_string(),
        head,
        entity_label(token).unwrap_or_default(),
    ];
    cells.map(|cell| on_one_line(&cell))
}

fn table(rows: &[[String; 8]]) -> String {
    let headings = HEADINGS.map(String::from);
    let all = || std::iter::once(&headings).chain(rows);
    let widths: [usize; 8] =
        std::array::from_fn(|n| all().map(|row| row[n].width()).max().unwrap_or(0).min(CELL_WIDTH_MAX));
    let mut table = String::new();
    for row in all() {
        let mut line = String::from(" ");
        for (cell, width) in row.iter().zip(widths) {
            line.push(' ');
            line.push_str(cell);
            line.push_str(&" ".repeat((width + 1).saturating_sub(cell.width())));
        }
        table.push_str(line.trim_end());
        table.push('\n');
    }
    table
}
