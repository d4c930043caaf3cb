//! Words, phrases, speakers, parties, classes, days.

use super::item::{ArticleRef, Items};
use super::order::{BY_ORIGINS, bounds};
use super::paragraphs;
use super::times::days_of;
use super::words::{as_indexed, has_phrase, plain, words_of};
use crate::{Case, Error};
use rapporteur_model::{StatementClass, TargetLayer};
use rusqlite::params_from_iter;
use rusqlite::types::Value;
use std::fmt;
use std::str::FromStr;

/// What is searched for. Written as a line: words, `"phrases in quotation marks"`, and fields with a colon.
///
/// # Example
/// ```
/// let query: rapporteur_store::SearchQuery = "boats \"six months\" speaker:Vale from:2024-03".parse().unwrap();
/// assert_eq!(query.phrases, ["six months"]);
/// assert!("sayer:Vale".parse::<rapporteur_store::SearchQuery>().is_err());
/// assert!("class:nonsense".parse::<rapporteur_store::SearchQuery>().is_err());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchQuery {
    /// Words, all of which must be there, in whatever form.
    pub words: Vec<String>,
    /// Words that must stand just so, case aside.
    pub phrases: Vec<String>,
    /// Part of the name of who speaks.
    pub speaker: Option<String>,
    /// Part of the name of the state or organisation for which somebody speaks.
    pub party: Option<String>,
    /// The class of the act: `demand`, `denial` …
    pub class: Option<String>,
    /// The first day, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// The last day.
    pub to: Option<String>,
}

/// Why a line is no query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchError {
    message: String,
    hint: String,
}

impl SearchError {
    /// What a user can do about it.
    pub fn hint(&self) -> &str {
        &self.hint
    }
}

impl fmt::Display for SearchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for SearchError {}

impl FromStr for SearchQuery {
    type Err = SearchError;

    fn from_str(line: &str) -> Result<Self, SearchError> {
        let mut query = SearchQuery::default();
        for (field, value, is_phrase) in pieces(line) {
            let day = |value: &str, is_first: bool| {
                let days = days_of(value).ok_or_else(|| SearchError {
                    message: format!("{value} is no date"),
                    hint: "write a year, a month or a day: from:2024, from:2024-03, from:2024-03-12".to_string(),
                })?;
                Ok(Some(if is_first { days.0 } else { days.1 }))
            };
            match field.as_deref() {
                None if is_phrase => query.phrases.push(value),
                None => query.words.extend(words_of(&value)),
                Some("speaker") => query.speaker = Some(value),
                Some("party") => query.party = Some(value),
                Some("class") => query.class = Some(class(&value)?),
                Some("from") => query.from = day(&value, true)?,
                Some("to") => query.to = day(&value, false)?,
                Some("date") => (query.from, query.to) = (day(&value, true)?, day(&value, false)?),
                Some(other) => {
                    return Err(SearchError {
                        message: format!("no field is called {other}"),
                        hint: "fields are speaker:, party:, class:, from:, to: and date:; \
                            words with a colon go between quotation marks"
                            .to_string(),
                    });
                }
            }
        }
        if query == SearchQuery::default() {
            return Err(SearchError { message: "nothing to look for".to_string(), hint: "name a word".to_string() });
        }
        Ok(query)
    }
}

/// The name of a class, whatever case it is written in.
fn class(value: &str) -> Result<String, SearchError> {
    let names = StatementClass::ALL.map(StatementClass::name);
    names.into_iter().find(|name| *name == value.to_lowercase()).map(str::to_string).ok_or_else(|| SearchError {
        message: format!("no class is called {value}"),
        hint: format!("classes are {}", names.join(", ")),
    })
}

/// The pieces of a line: a field, its value, and whether that stood between quotation marks.
fn pieces(line: &str) -> Vec<(Option<String>, String, bool)> {
    let line = line.replace(['“', '”', '„'], "\"");
    let mut pieces = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() {
        let word_end = rest.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(rest.len());
        let field = rest[..word_end]
            .split_once(':')
            .filter(|(field, _)| !field.is_empty() && field.bytes().all(|byte| byte.is_ascii_alphabetic()));
        let field = field.map(|(field, _)| field.to_lowercase());
        let value = &rest[field.as_ref().map_or(0, |field| field.len() + 1)..];
        let (value, is_phrase, next) = match value.strip_prefix('"') {
            Some(quoted) => {
                let end = quoted.find('"').unwrap_or(quoted.len());
                (&quoted[..end], true, quoted.get(end + 1..).unwrap_or_default())
            }
            None => {
                let end = value.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(value.len());
                (&value[..end], false, &value[end..])
            }
        };
        if !value.trim().is_empty() {
            pieces.push((field, value.trim().to_string(), is_phrase));
        }
        rest = next.trim_start();
    }
    pieces
}

/// A paragraph that has what was searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextHit {
    /// The article.
    pub article: ArticleRef,
    /// The paragraph, counted from one.
    pub paragraph: usize,
    /// Its words.
    pub exact: String,
    /// Where it begins, in code points of the text.
    pub start: u32,
    /// What of it was found, in bytes of `exact`.
    pub found: Vec<(usize, usize)>,
}

/// Texts in which phrases are looked up, at most: what is asked for is answered in the blink of an eye.
const MAX_SCANNED: usize = 5_000;
/// Marks around what the index has found. They stand in no text: a text that has them is shown without marks.
const MARKS: [char; 2] = ['\u{1}', '\u{2}'];

impl SearchQuery {
    /// Whether only statements can be meant.
    fn is_of_statements(&self) -> bool {
        self.speaker.is_some() || self.party.is_some() || self.class.is_some()
    }

    /// The words and those of the phrases, for the index: words between quotation marks are no operators.
    fn matching(&self) -> Result<Option<String>, rusqlite::Error> {
        let words = self.words.iter().cloned().chain(self.phrases.iter().flat_map(|phrase| words_of(phrase)));
        let words: Vec<String> = as_indexed(words.collect())?.iter().map(|word| format!("\"{word}\"")).collect();
        Ok((!words.is_empty()).then(|| words.join(" AND ")))
    }

    fn has_phrases(&self, text: &str) -> bool {
        if self.phrases.is_empty() {
            return true;
        }
        let text = plain(text);
        self.phrases.iter().all(|phrase| has_phrase(&text, &plain(phrase)))
    }
}

impl Case {
    /// The utterances that have all of what is searched for, those of most independent origins first and the first `offset`
    /// left out; words are looked up
    /// in the fullest wording.
    ///
    /// # Errors
    /// If the file cannot be read or is damaged.
    pub fn search_utterances(
        &self,
        query: &SearchQuery,
        limit: usize,
        offset: usize,
        n_places: usize,
    ) -> Result<Items, Error> {
        let (first, last) = bounds(TargetLayer::Utterance);
        // With the plus the index of hashes is not used: a third of all entries are utterances, and to go through the table
        // takes a quarter of the time of looking each of them up in it.
        let mut conditions = vec!["+e.hash BETWEEN ? AND ?".to_string()];
        let mut values: Vec<Value> = vec![first.into(), last.into()];
        if let Some(matching) = query.matching().map_err(|error| self.fail(error))? {
            conditions.push("e.key IN (SELECT rowid FROM _utterance_index WHERE _utterance_index MATCH ?)".to_string());
            values.push(matching.into());
        }
        if let Some(speaker) = &query.speaker {
            conditions.push(format!("e.actor IN ({})", self.actors_called(speaker)?));
        }
        if let Some(party) = &query.party {
            let keys = self.actors_called(party)?;
            conditions.push(format!("(e.party IN ({keys}) OR e.actor IN ({keys}))"));
        }
        if let Some(class) = &query.class {
            conditions.push("e.kind = ? COLLATE NOCASE".to_string());
            values.push(class.clone().into());
        }
        let day = "coalesce(e.value, (SELECT l.published FROM _lineage l WHERE l.article = e.first))";
        if let Some(from) = &query.from {
            conditions.push(format!("last_day({day}) >= ?"));
            values.push(from.clone().into());
        }
        if let Some(to) = &query.to {
            conditions.push(format!("first_day({day}) <= ?"));
            values.push(to.clone().into());
        }
        let conditions = conditions.join(" AND ");
        let mut keys = self.keys(&conditions, BY_ORIGINS, values)?;
        if query.phrases.is_empty() {
            return self.of_keys(&keys, limit, offset, n_places);
        }
        keys.truncate(MAX_SCANNED);
        let with_phrases = |key: &i64| -> Result<bool, Error> {
            let select = "SELECT substr(t.text, w.first + 1, w.last - w.first) FROM _place w
                JOIN _article a ON a.key = w.article JOIN _text t ON t.key = a.text WHERE w.entry = ?1 AND w.part = 0";
            let read = || {
                let mut select = self.connection.prepare_cached(select)?;
                let mut words = select.query_map([key], |row| row.get::<_, String>(0))?;
                words.next().transpose()
            };
            let words = read().map_err(|error| self.fail(error))?;
            Ok(words.is_some_and(|words| query.has_phrases(&words)))
        };
        let mut found = Vec::new();
        for key in keys {
            if with_phrases(&key)? {
                found.push(key);
            }
        }
        self.of_keys(&found, limit, offset, n_places)
    }

    /// The paragraphs of articles that have all words and phrases, the latest articles first, with whether there are more
    /// articles. None where only statements can be meant.
    ///
    /// # Errors
    /// If the file cannot be read or is damaged.
    pub fn search_texts(&self, query: &SearchQuery, limit: usize) -> Result<(Vec<TextHit>, bool), Error> {
        let matching = query.matching().map_err(|error| self.fail(error))?;
        let Some(matching) = matching.filter(|_| !query.is_of_statements()) else {
            return Ok((Vec::new(), false));
        };
        let mut conditions = String::new();
        let mut values: Vec<Value> = vec![matching.clone().into()];
        for (day, comparison) in
            [(&query.from, "last_day(l.published) >= ?"), (&query.to, "first_day(l.published) <= ?")]
        {
            if let Some(day) = day {
                conditions.push_str(" AND ");
                conditions.push_str(comparison);
                values.push(day.clone().into());
            }
        }
        let select = format!(
            "SELECT a.key, a.text FROM _article a LEFT JOIN _lineage l ON l.article = a.key
            WHERE a.text IN (SELECT rowid FROM _text_index WHERE _text_index MATCH ?){conditions}
            ORDER BY l.published DESC, a.location, a.id"
        );
        let read = || {
            let mut select = self.connection.prepare(&select)?;
            let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
            select.query_map(params_from_iter(&values), row)?.collect::<Result<Vec<(i64, i64)>, _>>()
        };
        let mut hits = Vec::new();
        let mut n_articles = 0;
        for (article, text) in read().map_err(|error| self.fail(error))?.into_iter().take(MAX_SCANNED) {
            if !query.phrases.is_empty() && !query.has_phrases(&self.text_of(article)?) {
                continue;
            }
            if n_articles == limit {
                return Ok((hits, true));
            }
            n_articles += 1;
            hits.extend(self.hits(query, article, text, &matching)?);
        }
        Ok((hits, false))
    }

    /// The paragraph of an article that has most of the words.
    fn hits(&self, query: &SearchQuery, article: i64, text: i64, matching: &str) -> Result<Option<TextHit>, Error> {
        let select =
            "SELECT highlight(_text_index, 0, ?3, ?4) FROM _text_index WHERE rowid = ?1 AND _text_index MATCH ?2";
        let marked: Result<String, _> = self.connection.prepare_cached(select).and_then(|mut select| {
            select.query_row((text, matching, MARKS[0].to_string(), MARKS[1].to_string()), |row| row.get(0))
        });
        let marked = marked.map_err(|error| self.fail(error))?;
        let whole = self.text_of(article)?;
        let marked = if marked.replace(MARKS, "") == whole { marked } else { whole };
        let Some(of) = self.article_ref(article)? else { return Ok(None) };
        let mut best: Option<(usize, TextHit)> = None;
        let mut n_before = 0;
        let mut paragraph = 0;
        for line in marked.split_inclusive('\n') {
            let (plain_line, found) = unmarked(line);
            let is_blank = paragraphs(&plain_line).next().is_none();
            paragraph += usize::from(!is_blank);
            let exact = plain_line.trim_end_matches(['\n', '\r']).to_string();
            let weight = found.len() + if query.has_phrases(&exact) && !query.phrases.is_empty() { 100 } else { 0 };
            if !is_blank && weight > best.as_ref().map_or(0, |(weight, _)| *weight) {
                let hit = TextHit { article: of.clone(), paragraph, exact, start: n_before, found };
                best = Some((weight, hit));
            }
            n_before += plain_line.chars().count() as u32;
        }
        Ok(best.map(|(_, hit)| hit))
    }
}

/// A line without marks, and what stood between them.
fn unmarked(line: &str) -> (String, Vec<(usize, usize)>) {
    let (mut plain, mut found, mut start) = (String::with_capacity(line.len()), Vec::new(), None);
    for c in line.chars() {
        match c {
            c if c == MARKS[0] => start = Some(plain.len()),
            c if c == MARKS[1] => found.extend(start.take().map(|start| (start, plain.len()))),
            c => plain.push(c),
        }
    }
    (plain, found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_words_phrases_and_fields() {
        let query: SearchQuery =
            "boats \"six months\" speaker:\"Oren Vale\" class:demand date:2024-03".parse().unwrap();
        assert_eq!(query.words, ["boats"]);
        assert_eq!(query.phrases, ["six months"]);
        assert_eq!(query.speaker.as_deref(), Some("Oren Vale"));
        assert_eq!(query.class.as_deref(), Some("demand"));
        assert_eq!((query.from.as_deref(), query.to.as_deref()), (Some("2024-03-01"), Some("2024-03-31")));
    }

    #[test]
    fn what_is_no_query_is_an_error_with_a_hint() {
        for line in ["", "   ", "sayer:Vale", "from:yesterday", "\"\""] {
            let error = line.parse::<SearchQuery>().unwrap_err();
            assert!(!error.hint().is_empty(), "{line}");
        }
    }

    #[test]
    fn operators_of_the_index_are_words_like_others() {
        let query: SearchQuery = "boats OR NEAR( \"a\"\" b* -x ^y".parse().unwrap();
        assert_eq!(query.matching().unwrap().unwrap().matches('"').count() % 2, 0);
    }
}
