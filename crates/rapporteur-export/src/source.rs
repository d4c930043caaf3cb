//! Where an export gets its rows and texts: questions in SQL over the views of one state of the case, and texts that are
//! compared with what was read.

use crate::Error;
use rapporteur_store::{Case, Cell, SqlLimits, SqlReader};
use std::collections::HashMap;
use std::time::Duration;

/// What is kept of texts at a time: some thousand articles.
const MAX_KEPT_BYTES: usize = 32 << 20;
/// Exports give whole tables; how much of it is in memory is up to who takes the rows.
const LIMITS: SqlLimits = SqlLimits { time: Duration::MAX, rows: usize::MAX, bytes: usize::MAX };

/// Asks a question and hands on each row, until `on_row` fails.
pub(crate) fn each_row(
    sql: &mut SqlReader,
    question: &str,
    on_row: &mut dyn FnMut(Vec<Cell>) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut failed = None;
    let asked = sql.ask(question, LIMITS, &mut |_| {}, &mut |row| {
        if failed.is_none() {
            failed = on_row(row).err();
        }
    });
    match failed {
        Some(error) => Err(error),
        None => Ok(asked?),
    }
}

/// A text, if there is one.
pub(crate) fn text(cell: &Cell) -> Option<&str> {
    match cell {
        Cell::Text(text) => Some(text),
        _ => None,
    }
}

/// A whole number, if there is one.
pub(crate) fn integer(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Integer(number) => Some(*number),
        _ => None,
    }
}

/// The texts of the articles, each checked against what was read.
pub(crate) struct Texts {
    case: Case,
    kept: HashMap<String, Text>,
    n_kept_bytes: usize,
}

/// A text by code points.
pub(crate) struct Text {
    text: String,
    /// Where each code point begins; none where all are one byte.
    starts: Option<Vec<u32>>,
}

impl Text {
    fn new(text: String) -> Self {
        let starts = (!text.is_ascii())
            .then(|| text.char_indices().map(|(start, _)| u32::try_from(start).unwrap_or(u32::MAX)).collect());
        Text { text, starts }
    }

    /// All of it.
    pub(crate) fn whole(&self) -> &str {
        &self.text
    }

    /// The code points from `start` up to `end`.
    pub(crate) fn slice(&self, start: usize, end: usize) -> Option<&str> {
        self.text.get(self.byte(start)?..self.byte(end)?)
    }

    /// Up to `n` code points before `start`, and after `end`.
    pub(crate) fn around(&self, start: usize, end: usize, n: usize) -> (&str, &str) {
        let n_points = self.starts.as_ref().map_or(self.text.len(), Vec::len);
        let before = self.slice(start.saturating_sub(n), start).unwrap_or_default();
        (before, self.slice(end, (end + n).min(n_points)).unwrap_or_default())
    }

    fn byte(&self, point: usize) -> Option<usize> {
        match &self.starts {
            Some(starts) if point == starts.len() => Some(self.text.len()),
            Some(starts) => starts.get(point).map(|&start| start as usize),
            None => Some(point),
        }
    }
}

impl Texts {
    pub(crate) fn new(case: Case) -> Self {
        Texts { case, kept: HashMap::new(), n_kept_bytes: 0 }
    }

    /// The text of an article.
    pub(crate) fn of(&mut self, article: &str) -> Result<&Text, Error> {
        if !self.kept.contains_key(article) {
            let Some((_, text)) = self.case.article(article)? else {
                let hint = "it was taken out meanwhile, or the case is damaged; export again";
                return Err(Error::new(format!("article {article} is not in the case"), hint));
            };
            if self.n_kept_bytes > MAX_KEPT_BYTES {
                self.kept.clear();
                self.n_kept_bytes = 0;
            }
            self.n_kept_bytes += text.len();
            self.kept.insert(article.to_string(), Text::new(text));
        }
        self.kept.get(article).ok_or_else(|| Error::words(article, "words"))
    }

    /// Fails where `words` are not the code points from `start` up to `end` of the article.
    pub(crate) fn check(&mut self, article: &str, start: i64, end: i64, words: &str) -> Result<(), Error> {
        let told = format!("the words at {start} up to {end}");
        let place = usize::try_from(start).ok().zip(usize::try_from(end).ok());
        let text = self.of(article)?;
        let found = place.and_then(|(start, end)| text.slice(start, end));
        if found == Some(words) { Ok(()) } else { Err(Error::words(article, &told)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_code_points() {
        let text = Text::new("a🙂é漢".to_string());
        assert_eq!(text.slice(1, 3), Some("🙂é"));
        assert_eq!(text.slice(3, 4), Some("漢"));
        assert_eq!(text.slice(3, 5), None);
        assert_eq!(text.slice(3, 2), None);
        assert_eq!(text.around(2, 3, 9), ("a🙂", "漢"));
        let plain = Text::new("abc".to_string());
        assert_eq!((plain.slice(1, 3), plain.slice(1, 4)), (Some("bc"), None));
        assert_eq!(plain.around(1, 2, 1), ("a", "c"));
    }
}
