//! Lines of a given width, with optional emphasis.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How a text is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Columns in a line; at least 32 are used.
    pub width: usize,
    /// Whether ANSI escape sequences set off headings, references and what is marked.
    pub color: bool,
}

impl Default for Style {
    fn default() -> Self {
        Style { width: 80, color: false }
    }
}

/// How a stretch of text is set off where colour is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Emphasis {
    Plain,
    Bold,
    Dim,
    /// In the colour of this number (ECMA-48, section 8.3.117: 31 to 36).
    Color(u8),
}

/// A text of wrapped lines that grows downwards.
pub(crate) struct Page {
    text: String,
    style: Style,
}

impl Page {
    pub(crate) fn new(style: Style) -> Self {
        // Narrower columns would hold one word a line.
        Page { text: String::new(), style: Style { width: style.width.max(32), ..style } }
    }

    pub(crate) fn width(&self) -> usize {
        self.style.width
    }

    pub(crate) fn finish(self) -> String {
        self.text
    }

    pub(crate) fn blank(&mut self) {
        self.text.push('\n');
    }

    pub(crate) fn heading(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.blank();
        }
        self.paragraph(0, 0, text, Emphasis::Bold);
        self.blank();
    }

    /// `text` wrapped; the first line begins after `indent` columns, the others after `hanging`.
    pub(crate) fn paragraph(&mut self, indent: usize, hanging: usize, text: &str, emphasis: Emphasis) {
        let mut margin = indent;
        for line in wrap(text, self.width().saturating_sub(indent), self.width().saturating_sub(hanging)) {
            self.text.push_str(&" ".repeat(margin));
            self.emphasised(&line, emphasis);
            self.blank();
            margin = hanging;
        }
    }

    /// The headings of a table whose rows follow with the same `indent` and `widths`.
    pub(crate) fn table_head(&mut self, indent: usize, widths: [usize; 3], headings: [&str; 4]) {
        let line = self.row_line(indent, widths, headings);
        self.emphasised(&line, Emphasis::Dim);
        self.blank();
    }

    /// A row of four cells, cut to their width; the last has the rest of the line.
    pub(crate) fn row(&mut self, indent: usize, widths: [usize; 3], cells: [&str; 4]) {
        let line = self.row_line(indent, widths, cells);
        self.text.push_str(&line);
        self.blank();
    }

    /// A name beside `lines`, which stand in the column at `column`; above them where the name has no room there.
    /// All lines but the first are indented by two more.
    pub(crate) fn cells(&mut self, indent: usize, name_width: usize, column: usize, name: &str, lines: &[String]) {
        let is_beside = indent + name_width < column;
        if !is_beside && !name.is_empty() {
            self.paragraph(indent, indent, name, Emphasis::Bold);
        }
        for (n, line) in lines.iter().enumerate() {
            let name = if n == 0 && is_beside { name } else { "" };
            self.text.push_str(&" ".repeat(indent));
            self.emphasised(name, Emphasis::Bold);
            let hanging = if n == 0 { 0 } else { 2 };
            self.text.push_str(&" ".repeat((column + hanging).saturating_sub(indent + name.width())));
            self.text.push_str(line);
            self.blank();
        }
    }

    fn row_line(&self, indent: usize, widths: [usize; 3], cells: [&str; 4]) -> String {
        let mut line = " ".repeat(indent);
        let mut n_columns = indent;
        for (cell, width) in cells.into_iter().zip(widths) {
            let shown = cut(cell, width);
            line.push_str(&shown);
            line.push_str(&" ".repeat(width - shown.width() + 2));
            n_columns += width + 2;
        }
        // A few letters of a title say nothing.
        let rest = self.width().saturating_sub(n_columns);
        if rest >= 8 {
            line.push_str(&cut(cells[3], rest));
        }
        line.trim_end().to_string()
    }

    fn emphasised(&mut self, line: &str, emphasis: Emphasis) {
        self.text.push_str(&emphasised(line, emphasis, self.style));
    }
}

/// The line with the escape sequences around it, where colour is on.
pub(crate) fn emphasised(line: &str, emphasis: Emphasis, style: Style) -> String {
    let code = match emphasis {
        Emphasis::Bold => 1,
        Emphasis::Dim => 2,
        Emphasis::Color(code) => code,
        Emphasis::Plain => 0,
    };
    if !style.color || code == 0 || line.is_empty() { line.to_string() } else { format!("\x1b[{code}m{line}\x1b[0m") }
}

/// `text` in at most `width` columns, with "…" where something had to go.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_string();
    }
    let mut shown = String::new();
    let mut n_columns = 1;
    for c in text.chars() {
        n_columns += c.width().unwrap_or(0);
        if n_columns > width {
            break;
        }
        shown.push(c);
    }
    // A cut between words reads better than one inside, where that costs little.
    let n_bytes_kept = shown.rfind(' ').filter(|&space| shown[space..].width() <= 16);
    format!("{}…", shown[..n_bytes_kept.unwrap_or(shown.len())].trim_end_matches([' ', ',', ';', ':']))
}

/// Breaks `text` at spaces into lines of at most `first` and then `rest` columns. A word that is
/// wider than a line has a line of its own.
pub(crate) fn wrap(text: &str, first: usize, rest: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut n_columns = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let room = if lines.is_empty() { first } else { rest };
        let word_width = word.width();
        if !line.is_empty() && n_columns + 1 + word_width > room {
            lines.push(std::mem::take(&mut line));
            n_columns = 0;
        }
        if !line.is_empty() {
            line.push(' ');
            n_columns += 1;
        }
        line.push_str(word);
        n_columns += word_width;
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_count_columns() {
        assert_eq!(wrap("aa bb cc", 5, 5), ["aa bb", "cc"]);
        assert_eq!(wrap("aa bb cc", 2, 5), ["aa", "bb cc"]);
        assert_eq!(wrap("x https://long.example y", 6, 6), ["x", "https://long.example", "y"]);
        assert_eq!(wrap("汉字 汉字", 5, 5), ["汉字", "汉字"]);
        assert!(wrap("", 5, 5).is_empty());
    }

    #[test]
    fn a_cut_text_says_so_and_fits() {
        assert_eq!(cut("abcdef", 6), "abcdef");
        assert_eq!(cut("abcdef", 4), "abc…");
        assert_eq!(cut("ab cdef", 5), "ab…");
        assert_eq!(cut("汉字汉", 4), "汉…");
    }
}
