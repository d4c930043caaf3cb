//! The rows of an article with their items below.

use super::Layer;
use super::items::{Item, items, n_items};
use super::rows::{Row, rows};
use crate::Style;
use crate::describe::Told;
use crate::page::{Emphasis, emphasised, wrap};
use crate::visible::on_one_line;
use crate::wording;
use rapporteur_model::{Evidence, Span};
use unicode_width::UnicodeWidthStr;

/// Narrower rows would hold a few words each.
const WIDTH_MIN: usize = 40;
/// Columns that make it worth while to keep what marks mean below them.
const LABEL_WIDTH_MIN: usize = 40;
/// Columns that it may stand further left to be in one line.
const SHIFT_MAX: usize = 12;
/// Between marks and what they mean.
const GAP: &str = "  ";
/// In the margin of lines that are not the article's.
const BELOW: &str = "│";
/// Before a line that says what the marks above it mean.
const HOOK: &str = "└ ";

pub(super) fn paint(told: Told<'_>, sentences: &[Span], layers: &[Layer], style: Style) -> String {
    let n_paragraphs = told.article.paragraphs.len();
    let margin = format!("¶{n_paragraphs}").width() + 2;
    let style = Style { width: style.width.max(WIDTH_MIN), ..style };
    let mut painter = Painter { told, style, margin, text: String::new() };
    painter.head(sentences.len(), layers);
    painter.sentences(sentences, &items(told, layers));
    painter.text
}

struct Painter<'a> {
    told: Told<'a>,
    style: Style,
    /// Columns of the paragraph numbers.
    margin: usize,
    text: String,
}

impl Painter<'_> {
    /// Columns of a row.
    fn width(&self) -> usize {
        self.style.width - self.margin
    }

    /// The name of the article with what there is of each layer, its date and title.
    fn head(&mut self, n_sentences: usize, layers: &[Layer]) {
        let article = self.told.article;
        let shown = Layer::ALL.into_iter().filter(|layer| layers.contains(layer));
        let counts: Vec<String> = shown.map(|layer| n_items(self.told.record, layer)).collect();
        let counts = format!("{}; {}", wording::count(n_sentences, "sentence"), counts.join(", "));
        self.paragraph(&format!("{}: {counts}", on_one_line(&article.name)), Emphasis::Bold);
        let date = article.published.as_ref().or(self.told.record.inferred_date.as_ref());
        let mut about = vec![date.map_or_else(
            || "no date".to_string(),
            |date| match &date.evidence {
                Evidence::Stated(_) | Evidence::Metadata(_) | Evidence::Given => date.value.to_string(),
                Evidence::Inferred(from) => format!("{} (inferred: {})", date.value, on_one_line(from)),
            },
        )];
        about.extend(article.title.as_ref().map(|title| on_one_line(&title.value)));
        self.paragraph(&about.join(" · "), Emphasis::Dim);
    }

    fn paragraph(&mut self, text: &str, emphasis: Emphasis) {
        for line in wrap(text, self.style.width, self.style.width) {
            self.line("", &emphasised(&line, emphasis, self.style));
        }
    }

    /// A line with something in its margin.
    fn line(&mut self, margin: &str, line: &str) {
        self.text.push_str(margin);
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn sentences(&mut self, sentences: &[Span], items: &[Item]) {
        let mut to_come = items.iter().peekable();
        let mut active: Vec<&Item> = Vec::new();
        let mut paragraph_before = None;
        let mut is_dense = false;
        for &sentence in sentences {
            let mut painted = String::new();
            let is_furniture = self.told.article.furniture_at(sentence);
            let paragraph = self.told.article.paragraph_number(sentence);
            let number = paragraph.filter(|_| paragraph != paragraph_before).map(|n| format!("¶{n}"));
            let mut number = number.unwrap_or_default();
            let mut has_items = false;
            let mut last_width = None;
            for row in rows(&self.told.article.text, sentence, self.width()) {
                let end = row.bytes().end;
                active.retain(|item| item.hull().is_some_and(|hull| hull.end.get() > row.bytes().start));
                let mut lines: Vec<String> = active.iter().filter_map(|item| self.going_on(&row, item)).collect();
                while let Some(item) = to_come.next_if(|item| item.hull().is_some_and(|hull| hull.start.get() < end)) {
                    lines.extend(self.beginning(&row, item));
                    active.push(item);
                }
                has_items |= !lines.is_empty();
                last_width = lines.is_empty().then(|| row.text.width());
                let emphasis = if is_furniture.is_some() { Emphasis::Dim } else { Emphasis::Plain };
                painted.push_str(&self.in_margin(&number));
                painted.push_str(&emphasised(&row.text, emphasis, self.style));
                painted.push('\n');
                for line in lines {
                    painted.push_str(&self.below());
                    painted.push_str(&line);
                    painted.push('\n');
                }
                number.clear();
            }
            if let Some(kind) = is_furniture {
                self.add_furniture(&mut painted, last_width, wording::furniture_kind(kind));
            }
            // Sentences with nothing below them stand together.
            if paragraph != paragraph_before || is_dense || has_items {
                self.text.push('\n');
            }
            self.text.push_str(&painted);
            is_dense = has_items;
            paragraph_before = paragraph;
        }
    }

    /// Says what kind of furniture the rows are: after the last, or below where there is no room.
    fn add_furniture(&self, painted: &mut String, last_width: Option<usize>, kind: &str) {
        let kind = format!("[{kind}]");
        let is_room = last_width.is_some_and(|last| last + GAP.len() + kind.width() <= self.width());
        if is_room && painted.ends_with('\n') {
            painted.pop();
            painted.push_str(GAP);
        } else {
            painted.push_str(&self.below());
        }
        painted.push_str(&emphasised(&kind, Emphasis::Dim, self.style));
        painted.push('\n');
    }

    fn in_margin(&self, number: &str) -> String {
        let space = " ".repeat(self.margin.saturating_sub(number.width()));
        emphasised(number, Emphasis::Dim, self.style) + &space
    }

    /// The margin of a line that is not the article's.
    fn below(&self) -> String {
        let margin = format!("{}{BELOW} ", " ".repeat(self.margin - BELOW.width() - 1));
        emphasised(&margin, Emphasis::Dim, self.style)
    }

    /// The marks of an item that began in a row before.
    fn going_on(&self, row: &Row, item: &Item) -> Option<String> {
        let marks = marks(row, item)?;
        let first = marks.width() - marks.trim_start().width();
        let (after, before) = (format!("{GAP}… {}", item.head), format!("{} …{GAP}", item.head));
        let dim = |text: &str| emphasised(text, Emphasis::Dim, self.style);
        Some(if marks.width() + after.width() <= self.width() {
            self.colored(&marks, item) + &dim(&after)
        } else if before.width() <= first {
            " ".repeat(first - before.width()) + &dim(&before) + &self.colored(marks.trim_start(), item)
        } else {
            self.colored(&marks, item)
        })
    }

    /// The marks of an item with what it is: after them, before them, or below them, where there is room.
    fn beginning(&self, row: &Row, item: &Item) -> Vec<String> {
        let Some(marks) = marks(row, item) else { return Vec::new() };
        let label = std::iter::once(item.head.as_str()).chain(item.rest.iter().map(String::as_str));
        let label = label.collect::<Vec<_>>().join(" · ");
        let (marks_width, label_width) = (marks.width(), label.width());
        let first = marks_width - marks.trim_start().width();
        if marks_width + GAP.len() + label_width <= self.width() {
            return vec![self.colored(&marks, item) + GAP + &self.label(&label, item)];
        }
        if label_width + GAP.len() <= first {
            let before = " ".repeat(first - label_width - GAP.len());
            return vec![before + &self.label(&label, item) + GAP + &self.colored(marks.trim_start(), item)];
        }
        // Under the marks; a little further left where all of it then fits into one line, and as far left as
        // it must where there is no room below the marks.
        let room_in_all = self.width() - HOOK.width();
        let fitting = first.min(room_in_all.saturating_sub(label_width));
        let is_near = label_width <= room_in_all && first - fitting <= SHIFT_MAX;
        let is_room = room_in_all.saturating_sub(first) >= LABEL_WIDTH_MIN;
        let indent = if is_room && !is_near { first } else { fitting };
        let room = room_in_all - indent;
        let indent = " ".repeat(indent);
        let hanging = " ".repeat(indent.len() + HOOK.width());
        let wrapped = wrap(&label, room, room).into_iter().enumerate().map(|(n, line)| {
            let before = if n == 0 { format!("{indent}{HOOK}") } else { hanging.clone() };
            emphasised(&before, Emphasis::Dim, self.style) + &self.label(&line, item)
        });
        std::iter::once(self.colored(&marks, item)).chain(wrapped).collect()
    }

    /// What an item is in its colour, what else is told of it in a dim one.
    fn label(&self, line: &str, item: &Item) -> String {
        let (head, rest) = line.strip_prefix(item.head.as_str()).map_or(("", line), |rest| (item.head.as_str(), rest));
        self.colored(head, item) + &emphasised(rest, Emphasis::Dim, self.style)
    }

    fn colored(&self, text: &str, item: &Item) -> String {
        emphasised(text, Emphasis::Color(item.layer.color()), self.style)
    }
}

/// The signs of an item under a row; `None` where it has none there. Of marks that cover each other the
/// later ones show.
fn marks(row: &Row, item: &Item) -> Option<String> {
    let mut signs: Vec<char> = Vec::new();
    for &(span, sign) in &item.marks {
        let Some(columns) = row.columns(span) else { continue };
        if signs.len() < columns.end {
            signs.resize(columns.end, ' ');
        }
        signs[columns].fill(sign);
    }
    (!signs.is_empty()).then(|| signs.into_iter().collect())
}
