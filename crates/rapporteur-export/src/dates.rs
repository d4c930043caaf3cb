//! Entries of the timeline with their words, and TIMEX3 values as days of the calendar.

use crate::Error;
use crate::source::{Texts, each_row, integer, text};
use crate::tables::FIRST_PLACES;
use jiff::civil::Date;
use rapporteur_store::{Cell, SqlReader, days_of};

/// An entry of the timeline.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) id: String,
    /// A TIMEX3 value.
    pub(crate) time: String,
    pub(crate) kind: String,
    pub(crate) status: Option<String>,
    /// Whether it lay ahead when it was told.
    pub(crate) is_planned: bool,
    pub(crate) forum: Option<String>,
    pub(crate) n_articles: i64,
    pub(crate) n_origins: (i64, i64),
    /// The words, as the article has them.
    pub(crate) words: String,
    /// The article's short name, title, outlet, location and address.
    pub(crate) article: Article,
}

/// Where the words of an entry stand.
#[derive(Debug, Clone, Default)]
pub(crate) struct Article {
    pub(crate) name: String,
    pub(crate) title: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
}

impl Article {
    /// Its outlet or its name, with its title.
    pub(crate) fn told(&self) -> String {
        let who = self.outlet.clone().unwrap_or_else(|| self.name.clone());
        self.title.as_ref().map_or_else(|| who.clone(), |title| format!("{who}: {title}"))
    }

    /// Its address, where it is one of the web.
    pub(crate) fn web(&self) -> Option<&str> {
        let is_web = |url: &&str| {
            let is_scheme =
                |scheme: &str| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
            (is_scheme("http://") || is_scheme("https://")) && !url.chars().any(|c| c.is_control() || c.is_whitespace())
        };
        self.url.as_deref().filter(is_web)
    }
}

/// All entries by time, each with its words checked against the article.
pub(crate) fn each_entry(
    sql: &mut SqlReader,
    texts: &mut Texts,
    on_entry: &mut dyn FnMut(Entry) -> Result<(), Error>,
) -> Result<(), Error> {
    let question = format!(
        "WITH w AS MATERIALIZED ({FIRST_PLACES} AND layer = 'timeline')
        SELECT t.id, t.time, t.kind, t.status, t.is_planned, t.forum, t.n_articles, t.n_origins_min, t.n_origins_max,
            w.words, w.article, w.start, w.\"end\", a.name, a.title, a.outlet, a.url
        FROM timeline t LEFT JOIN w ON w.item = t.id LEFT JOIN article a ON a.id = w.article
        ORDER BY first_day(t.time), t.time, t.id"
    );
    each_row(sql, &question, &mut |row| {
        let string = |at: usize| text(&row[at]).map(str::to_string);
        let number = |at: usize| integer(&row[at]).unwrap_or_default();
        let status = string(3);
        let words = string(9).unwrap_or_default();
        if let (Some(article), Cell::Integer(start), Cell::Integer(end)) = (text(&row[10]), &row[11], &row[12]) {
            texts.check(article, *start, *end, &words)?;
        }
        on_entry(Entry {
            id: string(0).unwrap_or_default(),
            time: string(1).unwrap_or_default(),
            kind: string(2).unwrap_or_default(),
            is_planned: number(4) != 0 || status.as_deref() == Some("planned"),
            status,
            forum: string(5),
            n_articles: number(6),
            n_origins: (number(7), number(8)),
            words,
            article: Article {
                name: string(13).unwrap_or_default(),
                title: string(14),
                outlet: string(15),
                url: string(16),
            },
        })
    })
}

/// The first and the last day of a value; a month ends with its last day.
pub(crate) fn days(value: &str) -> Option<(Date, Date)> {
    let (first, last) = days_of(value)?;
    let first: Date = first.parse().ok()?;
    let last = last.parse().ok().or_else(|| {
        // Months end with the 31st there, which is after every day of theirs.
        let month: Date = format!("{}-01", last.get(..7)?).parse().ok()?;
        Some(month.last_of_month())
    })?;
    Some((first, last))
}

/// The time of day of a value, "14:30", where it tells one to the minute.
pub(crate) fn time_of_day(value: &str) -> Option<(u8, u8)> {
    let (hour, minute) = value.split_once('T')?.1.split_once(':')?;
    let number = |digits: &str, below: u8| {
        digits
            .parse()
            .ok()
            .filter(|number| *number < below && digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit()))
    };
    Some((number(hour, 24)?, number(minute, 60)?))
}

/// The first code points of words up to the end of a word, with "…" where more follow; white space is one space.
pub(crate) fn shortened(words: &str, n_max: usize) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= n_max {
        return line;
    }
    let start: String = line.chars().take(n_max - 1).collect();
    let cut = start.rfind(' ').filter(|cut| *cut > 0).unwrap_or(start.len());
    format!("{}…", &start[..cut])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_days_and_times() {
        let told = |value| days(value).map(|(first, last)| format!("{first} {last}"));
        assert_eq!(told("2024-02").as_deref(), Some("2024-02-01 2024-02-29"));
        assert_eq!(told("2024-02-30"), None);
        assert_eq!(told("2024-WI").as_deref(), Some("2024-12-01 2025-02-28"));
        assert_eq!(time_of_day("2024-03-12T14:30"), Some((14, 30)));
        for value in ["2024-03-12", "2024-03-12TMO", "2024-03-12T25:00", "2024-03-12T+1:00"] {
            assert_eq!(time_of_day(value), None, "{value}");
        }
    }

    #[test]
    fn words_are_cut_between_words() {
        assert_eq!(shortened("one two\n three", 20), "one two three");
        assert_eq!(shortened("one two three", 9), "one two…");
        assert_eq!(shortened("🙂🙂🙂🙂", 3), "🙂🙂…");
    }
}
