//! Lines of publication data: "Published: Monday, 10 January 2022, 14:05 GMT".
//!
//! A line is taken apart into dates, times, labels and what else it holds. Whether it is a line of
//! publication data, or begins with some before the first sentence, follows from how little else
//! there is.

use crate::date_forms::date_at;
use crate::dates::{Day, Reading, Token, TokenKind, is_glued, tokens};
use crate::lexicon::{Label, lexicon};
use crate::lines::begins_sentence;

/// A date in a line, with what stands before it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LabelledDate {
    pub(crate) reading: Reading,
    pub(crate) label: Option<Label>,
    /// Bytes of the line.
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// What a line holds besides words of its own.
#[derive(Debug, Default)]
pub(crate) struct DateLine {
    pub(crate) dates: Vec<LabelledDate>,
    /// Number of words that are neither dates nor times nor labels nor what stands beside them.
    pub(crate) n_other_words: usize,
    pub(crate) has_label: bool,
    pub(crate) has_time: bool,
    /// Byte at which the publication data at the start of the line end; 0 if there are none.
    pub(crate) prefix_end: usize,
}

impl DateLine {
    /// Whether nothing but publication data stands in the line.
    pub(crate) fn is_only_dates(&self) -> bool {
        !self.dates.is_empty() && self.n_other_words == 0
    }

    /// Whether it is a line of publication data whose date is missing or cut off.
    pub(crate) fn is_only_labels(&self) -> bool {
        (self.has_label || self.has_time) && self.dates.is_empty() && self.n_other_words == 0
    }
}

/// Of a longer line the beginning is looked at: lines of publication data are short, and what is glued to a first
/// sentence stands before it.
const MAX_LINE_BYTES: usize = 4096;

/// Takes `line` apart.
pub(crate) fn parse(line: &str) -> DateLine {
    let tokens = tokens(&line[..line.floor_char_boundary(MAX_LINE_BYTES)]);
    let lexicon = lexicon();
    let mut parsed = DateLine::default();
    let mut label = None;
    let mut weekday = None;
    let mut idx = 0;
    while idx < tokens.len() {
        let token = tokens[idx];
        if let Some((reading, n)) = date_at(&tokens[idx..]).filter(|_| !is_glued(&tokens, idx)) {
            let end = tokens[idx + n - 1].end();
            let reading = settle_by_weekday(reading, weekday);
            parsed.dates.push(LabelledDate { reading, label, start: token.start, end });
            parsed.extend_prefix(end);
            idx += n;
            continue;
        }
        if let Some(n) = time_at(&tokens[idx..]) {
            parsed.has_time = true;
            parsed.extend_prefix(tokens[idx + n - 1].end());
            idx += n;
            continue;
        }
        let word = token.text.to_lowercase();
        match token.kind {
            TokenKind::Mark => {}
            TokenKind::Word if lexicon.labels.contains_key(word.as_str()) => {
                label = Some(lexicon.labels[word.as_str()]);
                parsed.has_label = true;
            }
            TokenKind::Word if lexicon.weekdays.contains_key(word.as_str()) => {
                weekday = Some(lexicon.weekdays[word.as_str()]);
            }
            TokenKind::Word if lexicon.fillers.contains(word.as_str()) => {}
            TokenKind::Word if is_zone(&token, &word) || lexicon.time_words.contains(word.as_str()) => {
                parsed.extend_prefix(token.end());
            }
            _ => parsed.n_other_words += 1,
        }
        idx += 1;
    }
    parsed
}

impl DateLine {
    /// Publication data up to `end`, if nothing else stood before it and a date is among it.
    fn extend_prefix(&mut self, end: usize) {
        if self.n_other_words == 0 && !self.dates.is_empty() {
            self.prefix_end = end;
        }
    }
}

/// Zones are written in capitals; "et" and "pt" are also words.
fn is_zone(token: &Token, word: &str) -> bool {
    lexicon().zones.contains(word) && !token.text.contains(char::is_lowercase)
}

/// 18:21, 18:21:05, 6.21 pm, 6 PM, 18h21, +01:00: how many tokens a time takes.
fn time_at(tokens: &[Token]) -> Option<usize> {
    let is_number = |idx: usize| tokens.get(idx).is_some_and(|t| t.kind == TokenKind::Number && t.text.len() <= 2);
    if tokens.first().is_some_and(|t| t.is("+")) {
        return tokens.get(1).filter(|t| t.kind == TokenKind::Number).map(|_| 2);
    }
    if !is_number(0) {
        return None;
    }
    let half_of_day = |idx: usize| {
        let is_letter = |at: usize, letters: &[&str]| {
            tokens.get(at).is_some_and(|t| letters.iter().any(|letter| t.text.eq_ignore_ascii_case(letter)))
        };
        if is_letter(idx, &["am", "pm"]) {
            Some(1)
        } else if is_letter(idx, &["a", "p"]) && is_letter(idx + 1, &["."]) && is_letter(idx + 2, &["m"]) {
            Some(3 + usize::from(is_letter(idx + 3, &["."])))
        } else {
            None
        }
    };
    let joined =
        |idx: usize, marks: &[&str]| tokens.get(idx).is_some_and(|t| marks.contains(&t.text)) && is_number(idx + 1);
    let mut n = 1;
    let mut is_time = false;
    while joined(n, &[":", "h"]) && n <= 3 {
        n += 2;
        is_time = true;
    }
    if !is_time && joined(1, &["."]) && half_of_day(3).is_some() {
        n = 3;
    }
    // Fractions of a second: 18:21:05.123
    if is_time
        && tokens.get(n).is_some_and(|t| t.is("."))
        && tokens.get(n + 1).is_some_and(|t| t.kind == TokenKind::Number)
    {
        n += 2;
    }
    match half_of_day(n) {
        Some(more) => Some(n + more),
        None => is_time.then_some(n),
    }
}

/// A weekday beside an open date settles it if only one reading falls on it.
fn settle_by_weekday(reading: Reading, weekday: Option<u8>) -> Reading {
    match (reading, weekday) {
        (Reading::Either { month_first, day_first }, Some(weekday)) => {
            let falls = |day: Day| day.weekday() == weekday;
            match (falls(month_first), falls(day_first)) {
                (true, false) => Reading::Day(month_first),
                (false, true) => Reading::Day(day_first),
                _ => reading,
            }
        }
        _ => reading,
    }
}

/// Where the report begins in a line that begins with publication data: "date 2022-01-10 The talks
/// …". `None` where the line is not of that kind; a date that is part of its sentence ("January 9,
/// 2022 was …", "On 9 January 2022, …") does not count.
pub(crate) fn glued_report_start(line: &str, parsed: &DateLine) -> Option<usize> {
    if parsed.prefix_end == 0 || parsed.n_other_words == 0 {
        return None;
    }
    let rest = &line[parsed.prefix_end..];
    let report = rest
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '-' | '–' | '—' | ':' | '•' | '·' | '.'));
    let first_word = line.split_whitespace().next().unwrap_or_default().to_lowercase();
    let begins_clause = lexicon().fillers.contains(first_word.as_str());
    (begins_sentence(report) && !begins_clause).then_some(line.len() - report.len())
}
