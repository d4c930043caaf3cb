//! The forms in which dates are written, each a function from the tokens of a line to what they mean.
//!
//! Names of months are those of English, which are taken where they cannot be other words, and those of other
//! languages, which stand between a day and a year.

use crate::dates::{Day, Reading, Token, TokenKind, YEARS};
use crate::lexicon::lexicon;

/// The date that begins with the first of `tokens`, and how many of them it takes.
pub(crate) fn date_at(tokens: &[Token]) -> Option<(Reading, usize)> {
    year_first(tokens)
        .or_else(|| compact(tokens))
        .or_else(|| east_asian(tokens))
        .or_else(|| year_then_month_name(tokens))
        .or_else(|| month_name_first(tokens))
        .or_else(|| day_then_month_name(tokens))
        .or_else(|| day_then_month_number(tokens))
        .or_else(|| numbers_only(tokens))
        .or_else(|| month_and_year(tokens))
}

/// 2022-01-10, 2022/1/10, 2022.01.10
fn year_first(tokens: &[Token]) -> Option<(Reading, usize)> {
    let [year, mark, month, mark2, day, ..] = tokens else { return None };
    let joined = matches!(mark.text, "-" | "/" | "." | "‑") && mark.text == mark2.text && year.text.len() == 4;
    let day = Day::new(year.number()?, small(month)?, small(day)?)?;
    joined.then_some((Reading::Day(day), 5))
}

/// 20220110
fn compact(tokens: &[Token]) -> Option<(Reading, usize)> {
    let first = tokens.first().filter(|token| token.kind == TokenKind::Number && token.text.len() == 8)?;
    let day = Day::new(first.text[..4].parse().ok()?, first.text[4..6].parse().ok()?, first.text[6..].parse().ok()?)?;
    Some((Reading::Day(day), 1))
}

/// 2022年1月10日, 2022년 1월 10일
fn east_asian(tokens: &[Token]) -> Option<(Reading, usize)> {
    let [year, year_mark, month, month_mark, day, day_mark, ..] = tokens else { return None };
    let marks = [(year_mark, ["年", "년"]), (month_mark, ["月", "월"]), (day_mark, ["日", "일"])];
    let is_marked = marks.iter().all(|(token, marks)| marks.iter().any(|mark| token.text.starts_with(mark)));
    let day = Day::new(full_year(year)?, small(month)?, small(day)?)?;
    is_marked.then_some((Reading::Day(day), 6))
}

/// 2022. január 10., 2022-Jan-10, 2022 January 10
fn year_then_month_name(tokens: &[Token]) -> Option<(Reading, usize)> {
    let year = full_year(tokens.first()?)?;
    let at = 1 + skip(tokens, 1, ".") + skip(tokens, 1, "-");
    let month = month_named(tokens.get(at)?)?;
    let at = at + 1;
    let at = at + skip(tokens, at, ".") + skip(tokens, at, "-");
    let day = Day::new(year, month, small(tokens.get(at)?)?)?;
    Some((Reading::Day(day), at + 1))
}

/// January 9, 2022; Jan. 9 2022; January 9th, 2022
fn month_name_first(tokens: &[Token]) -> Option<(Reading, usize)> {
    let month = month_of(tokens.first()?)?;
    let mut at = 1 + skip(tokens, 1, ".") + skip(tokens, 1, "-");
    let day = small(tokens.get(at)?)?;
    at += 1 + ordinal(tokens, at + 1);
    at += skip(tokens, at, ",") + skip(tokens, at, "-");
    let day = Day::new(full_year(tokens.get(at)?)?, month, day)?;
    Some((Reading::Day(day), at + 1))
}

/// 9 January 2022; 9th of Jan., 2022; 09-Jan-2022
fn day_then_month_name(tokens: &[Token]) -> Option<(Reading, usize)> {
    let day = small(tokens.first()?)?;
    let mut at = 1 + ordinal(tokens, 1);
    at += skip(tokens, at, ".");
    at += skip(tokens, at, "-") + skip(tokens, at, "/") + skip_joiner(tokens, at);
    let month = month_named(tokens.get(at)?)?;
    at += 1;
    at += skip(tokens, at, ".");
    at += skip(tokens, at, ",") + skip(tokens, at, "-") + skip(tokens, at, "/") + skip_joiner(tokens, at);
    let day = Day::new(full_year(tokens.get(at)?)?, month, day)?;
    Some((Reading::Day(day), at + 1))
}

/// 9 tháng 1, 2022
fn day_then_month_number(tokens: &[Token]) -> Option<(Reading, usize)> {
    let day = small(tokens.first()?)?;
    if skip_joiner(tokens, 1) == 0 {
        return None;
    }
    let month = small(tokens.get(2)?)?;
    let at = 3 + skip(tokens, 3, ",");
    let at = at + skip_joiner(tokens, at);
    let day = Day::new(full_year(tokens.get(at)?)?, month, day)?;
    Some((Reading::Day(day), at + 1))
}

/// 10.01.2022 (always day first), 01/09/2022, 1-9-2022, 1/9/22
fn numbers_only(tokens: &[Token]) -> Option<(Reading, usize)> {
    let [first, mark, second, mark2, year, rest @ ..] = tokens else { return None };
    if mark.text != mark2.text || tokens.windows(2).take(4).any(|pair| pair[0].end() != pair[1].start) {
        return None;
    }
    let are_full = first.text.len() == 2 && second.text.len() == 2;
    let (first, second) = (small(first)?, small(second)?);
    // "10.10.10.1" is an address of a computer, "1.2.31" a version.
    let goes_on = rest.first().is_some_and(|token| token.start == year.end() && token.is("."))
        && rest.get(1).is_some_and(|token| token.kind == TokenKind::Number);
    let year = match (year.text.len(), mark.text) {
        (4, _) => full_year(year)?,
        // POSIX: two digits from 69 on are of the 20th century.
        (2, "/") | (2, ".") if mark.text == "/" || (are_full && !goes_on) => {
            year.number().map(|yy| if yy < 69 { 2000 + yy } else { 1900 + yy })?
        }
        _ => return None,
    };
    let day_first = Day::new(year, second, first);
    let month_first = Day::new(year, first, second);
    let reading = match (mark.text, month_first, day_first) {
        (".", _, Some(day)) => Reading::Day(day),
        ("/" | "-", Some(a), Some(b)) if a == b => Reading::Day(a),
        ("/" | "-", Some(month_first), Some(day_first)) => Reading::Either { month_first, day_first },
        ("/" | "-", Some(day), None) | ("/" | "-", None, Some(day)) => Reading::Day(day),
        _ => return None,
    };
    Some((reading, 5))
}

/// January 2022
fn month_and_year(tokens: &[Token]) -> Option<(Reading, usize)> {
    let month = month_of(tokens.first()?)?;
    let at = 1 + skip(tokens, 1, ".");
    let at = at + skip(tokens, at, ",");
    let year = full_year(tokens.get(at)?)?;
    Some((Reading::Month(year, month), at + 1))
}

/// The month that a word names by itself.
fn month_of(token: &Token) -> Option<u8> {
    // "may" and "march" in lower case are ordinary words.
    let is_capital = token.text.starts_with(char::is_uppercase);
    let lexicon = lexicon();
    let word = token.text.to_lowercase();
    let english = is_capital.then(|| lexicon.months.get(word.as_str()).copied()).flatten();
    let is_long = word.chars().count() >= MIN_FOREIGN_CHARS;
    english.or_else(|| is_long.then(|| lexicon.months_elsewhere.get(word.as_str()).copied())?)
}

/// The month that a word names beside the number of a day.
pub(crate) fn month_named(token: &Token) -> Option<u8> {
    let lexicon = lexicon();
    let word = token.text.to_lowercase();
    [&lexicon.months, &lexicon.months_elsewhere].iter().find_map(|months| months.get(word.as_str()).copied())
}

/// Shorter names of months in other languages are English words ("set", "out", "ago", "mai", "mag").
const MIN_FOREIGN_CHARS: usize = 4;

/// A number of one or two digits.
fn small(token: &Token) -> Option<u8> {
    (token.text.len() <= 2).then(|| token.number())?.and_then(|number| u8::try_from(number).ok())
}

fn full_year(token: &Token) -> Option<i16> {
    let year = (token.text.len() == 4).then(|| token.number())??;
    YEARS.contains(&year).then_some(year)
}

/// One if the token at `idx` is `text`, to be stepped over.
fn skip(tokens: &[Token], idx: usize, text: &str) -> usize {
    usize::from(tokens.get(idx).is_some_and(|token| token.text.eq_ignore_ascii_case(text)))
}

/// One if the token at `idx` joins day, month and year: 9 of January, 9 de enero de.
fn skip_joiner(tokens: &[Token], idx: usize) -> usize {
    let is_joiner = |token: &Token| lexicon().date_joiners.contains(token.text.to_lowercase().as_str());
    usize::from(tokens.get(idx).is_some_and(is_joiner))
}

/// One if the token at `idx` is the ending of an ordinal number: 9th.
fn ordinal(tokens: &[Token], idx: usize) -> usize {
    let is_ordinal = |token: &Token| {
        tokens[idx - 1].end() == token.start && lexicon().ordinal_endings.contains(token.text.to_lowercase().as_str())
    };
    usize::from(tokens.get(idx).is_some_and(is_ordinal))
}
