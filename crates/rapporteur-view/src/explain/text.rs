//! An explanation as text.

use super::{Explained, Explanation};
use crate::Style;
use crate::layers::rows::rows;
use crate::page::{Emphasis, emphasised, wrap};
use crate::visible::on_one_line;
use unicode_width::UnicodeWidthStr;

/// Narrower lines would hold a few words each.
const WIDTH_MIN: usize = 40;

impl Explanation<'_> {
    /// The sentence with the place marked, then each item with its reasons.
    pub fn to_text(&self, style: Style) -> String {
        let style = Style { width: style.width.max(WIDTH_MIN), ..style };
        let mut text = String::new();
        push(&mut text, &self.heading(), Emphasis::Dim, style);
        if let Some(sentence) = self.sentence {
            for row in rows(&self.article.text, sentence, style.width - 2) {
                push(&mut text, &format!("  {}", row.text), Emphasis::Plain, style);
                if let Some(columns) = row.columns(self.place) {
                    let marks = " ".repeat(columns.start + 2) + &"^".repeat(columns.len());
                    push(&mut text, &marks, Emphasis::Color(33), style);
                }
            }
        }
        for item in &self.items {
            text.push('\n');
            item_text(&mut text, item, style);
        }
        text
    }

    /// "talks ¶3, code points 210 to 214".
    fn heading(&self) -> String {
        let [start, end] = [self.place.start, self.place.end].map(|at| self.article.text[..at.get()].chars().count());
        let paragraph = self.article.paragraph_number(self.place);
        let paragraph = paragraph.map(|n| format!(" ¶{n}")).unwrap_or_default();
        let place =
            if end == start + 1 { format!("code point {start}") } else { format!("code points {start} to {end}") };
        format!("{}{paragraph}, {place}", on_one_line(&self.article.name))
    }
}

fn item_text(text: &mut String, item: &Explained, style: Style) {
    let title = emphasised(&item.title, Emphasis::Bold, style);
    let part = emphasised(&format!(" (the place is in its {})", item.part), Emphasis::Dim, style);
    text.push_str(&format!("{title}{part}\n"));
    let name_width = item.facts.iter().map(|fact| fact.name.len()).max().unwrap_or_default();
    let indent = 2 + name_width + 2;
    for fact in &item.facts {
        let name = emphasised(fact.name, Emphasis::Dim, style);
        let space = " ".repeat(name_width - fact.name.width() + 2);
        let room = style.width.saturating_sub(indent).max(16);
        for (n, line) in wrap(&fact.value, room, room).iter().enumerate() {
            let before = if n == 0 { format!("  {name}{space}") } else { " ".repeat(indent) };
            text.push_str(&format!("{before}{line}\n"));
        }
    }
}

fn push(text: &mut String, line: &str, emphasis: Emphasis, style: Style) {
    text.push_str(&emphasised(line, emphasis, style));
    text.push('\n');
}
