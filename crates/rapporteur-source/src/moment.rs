//! Moments as machines and people write them: a date, often with a time of day and a zone.
//!
//! RFC 3339 and ISO 8601 in their variants, RFC 2822, what Unix and Java print, seconds and milliseconds since 1970,
//! digits without marks, and dates as they are written in text ([`date_at`]).

use crate::date_forms::{date_at, month_named};
use crate::dates::{Day, Reading, Token, TokenKind, YEARS, tokens};
use crate::lexicon::lexicon;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use rapporteur_model::{CivilDate, Instant};

/// When something happened, as it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) reading: Reading,
    /// The moment, where the time of day and the zone are told as well.
    pub(crate) at: Option<Instant>,
    /// Whether the zone is that of universal time: the day may be another one where it was published.
    pub(crate) is_universal: bool,
    /// Where the date begins, in bytes of the text.
    pub(crate) start: usize,
}

impl Moment {
    fn of(reading: Reading, start: usize) -> Self {
        Moment { reading, at: None, is_universal: false, start }
    }

    /// The date, where the order of day and month is not open.
    pub(crate) fn date(&self) -> Option<CivilDate> {
        match self.reading {
            Reading::Day(day) => day.civil(),
            Reading::Month(year, month) => CivilDate::month(year, month),
            Reading::Either { .. } => None,
        }
    }
}

/// Longer texts are no dates; only their beginning is read.
const MAX_BYTES: usize = 160;
/// Tokens between a date and its time: "9 March 2031, um 10:30", "2031-03-09 - 10:30".
const MAX_TOKENS_BETWEEN: usize = 4;
/// Numbers are seconds since 1970 from this one on, September 2001: smaller ones have nine digits and are all sorts
/// of numbers.
const MIN_SECONDS: i64 = 1_000_000_000;
/// 1 January 2100, where the years of [`Day`] end.
const MAX_SECONDS: i64 = 4_102_444_800;

/// The moment that a field of an input tells, in whatever form; the first where it tells several.
pub(crate) fn told_date(text: &str) -> Option<Moment> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '"' || c == '\'');
    let text = &text[..text.floor_char_boundary(MAX_BYTES)];
    // As .NET writes milliseconds: "/Date(1931079000000)/".
    let inner = text.strip_prefix("/Date(").and_then(|rest| rest.strip_suffix(")/"));
    digits(inner.unwrap_or(text)).or_else(|| unix(text)).or_else(|| year_and_month(text)).or_else(|| {
        let tokens = tokens(text);
        (0..tokens.len()).find_map(|idx| {
            let (reading, n) = date_at(&tokens[idx..]).filter(|_| !continues_number(&tokens, idx))?;
            Some(with_time(&tokens, reading, idx, idx + n))
        })
    })
}

/// Whether the token at `idx` goes on from digits or letters before it.
fn continues_number(tokens: &[Token], idx: usize) -> bool {
    idx > 0 && tokens[idx - 1].end() == tokens[idx].start && tokens[idx - 1].kind != TokenKind::Mark
}

/// 1931079000, 1931079000000, 20310309, 20310309103000, 203103091030
fn digits(text: &str) -> Option<Moment> {
    let whole = text.split_once('.').map_or(text, |(whole, fraction)| if fraction.len() > 9 { "" } else { whole });
    if whole.is_empty() || !text.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    let seconds = match whole.len() {
        10 => number,
        13 => number / 1000,
        16 => number / 1_000_000,
        8 | 12 | 14 if text == whole => {
            let reading = date_at(&tokens(&text[..8])).map(|(reading, _)| reading)?;
            return Some(Moment::of(reading, 0));
        }
        _ => return None,
    };
    if !(MIN_SECONDS..MAX_SECONDS).contains(&seconds) {
        return None;
    }
    let timestamp = Timestamp::from_second(seconds).ok()?;
    let date = Offset::UTC.to_datetime(timestamp).date();
    let day = Day::new(date.year(), u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?)?;
    let at = Some(Instant::new(timestamp.to_string()));
    Some(Moment { reading: Reading::Day(day), at, is_universal: true, start: 0 })
}

/// 2031-03, 2031/03
fn year_and_month(text: &str) -> Option<Moment> {
    let (year, month) = text.split_once(['-', '/'])?;
    let is_number = |part: &str, len: usize| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
    let (year, month) = (is_number(year, 4) && is_number(month, 2)).then(|| (year.parse().ok(), month.parse().ok()))?;
    let (year, month) = (year?, month?);
    let exists = YEARS.contains(&year) && CivilDate::month(year, month).is_some();
    exists.then(|| Moment::of(Reading::Month(year, month), 0))
}

/// Sun Mar 9 10:30:00 +0000 2031, Sun Mar 09 10:30:00 CET 2031
fn unix(text: &str) -> Option<Moment> {
    let tokens = tokens(text);
    let weekday = tokens.first()?.text.to_lowercase();
    if !lexicon().weekdays.contains_key(weekday.as_str()) {
        return None;
    }
    let month = month_named(tokens.get(1)?)?;
    let day = tokens.get(2)?.number()?;
    let (time, n) = time_of_day(&tokens[3..])?;
    let (offset, n_zone) = zone(&tokens[3 + n..]).map_or((None, 0), |(offset, n)| (Some(offset), n));
    let year = tokens.get(3 + n + n_zone)?.number()?;
    let day = Day::new(year, month, u8::try_from(day).ok()?)?;
    let at = offset.and_then(|offset| instant(day, time, offset));
    Some(Moment { reading: Reading::Day(day), at, is_universal: offset == Some(0), start: tokens[1].start })
}

/// The date of the tokens from `start` to `end` with the time that stands beside it.
fn with_time(tokens: &[Token], reading: Reading, start: usize, end: usize) -> Moment {
    let moment = Moment::of(reading, tokens[start].start);
    let Reading::Day(day) = reading else { return moment };
    let after = (end..tokens.len().min(end + MAX_TOKENS_BETWEEN)).find_map(|idx| {
        let (time, n) = time_of_day(&tokens[idx..])?;
        Some((time, idx + n))
    });
    let Some((time, end)) = after else { return moment };
    let Some((offset, _)) = zone(&tokens[end..]) else { return moment };
    Moment { at: instant(day, time, offset), is_universal: offset == 0, ..moment }
}

/// Seconds since midnight, and how many tokens the time takes: 10:30, 10:30:00, 10:30:00.123, 10h30, 10.30 pm, T103000.
fn time_of_day(tokens: &[Token]) -> Option<(u32, usize)> {
    let number = |idx: usize, max: u32| {
        let token = tokens.get(idx).filter(|token| token.kind == TokenKind::Number && token.text.len() <= 2)?;
        token.text.parse::<u32>().ok().filter(|number| *number <= max)
    };
    let is = |idx: usize, marks: &[&str]| tokens.get(idx).is_some_and(|token| marks.contains(&token.text));
    let first = tokens.first()?;
    if first.kind == TokenKind::Number && first.text.len() == 6 {
        let part = |from: usize| first.text[from..from + 2].parse::<u32>().ok();
        let (hour, minute, second) = (part(0)?, part(2)?, part(4)?);
        return (hour < 24 && minute < 60 && second <= 60).then_some((hour * 3600 + minute * 60 + second.min(59), 1));
    }
    let hour = number(0, 23)?;
    if !is(1, &[":", "h", "."]) {
        return None;
    }
    let minute = number(2, 59)?;
    let (second, mut n) = match is(3, &[":"]).then(|| number(4, 60)).flatten() {
        Some(second) => (second.min(59), 5),
        None => (0, 3),
    };
    if is(n, &[".", ","]) && tokens.get(n + 1).is_some_and(|token| token.kind == TokenKind::Number) {
        n += 2;
    }
    let half = tokens.get(n).map(|token| token.text.to_lowercase()).unwrap_or_default();
    let hour = match half.as_str() {
        "pm" if hour < 12 => hour + 12,
        "am" if hour == 12 => 0,
        _ => hour,
    };
    n += usize::from(half == "pm" || half == "am");
    Some((hour * 3600 + minute * 60 + second, n))
}

/// Seconds east of Greenwich, and how many tokens the zone takes: Z, UTC, CET, +01:00, +0100, GMT+1.
fn zone(tokens: &[Token]) -> Option<(i32, usize)> {
    let first = tokens.first()?;
    let named = lexicon().zone_offsets.get(first.text.to_lowercase().as_str()).copied();
    if let Some(named) = named {
        let sum = if named == 0 { offset_in_digits(&tokens[1..]) } else { None };
        return Some(sum.map_or((named, 1), |(offset, n)| (offset, n + 1)));
    }
    offset_in_digits(tokens)
}

fn offset_in_digits(tokens: &[Token]) -> Option<(i32, usize)> {
    let sign = match tokens.first()?.text {
        "+" => 1,
        "-" | "−" => -1,
        _ => return None,
    };
    let digits = tokens.get(1).filter(|token| token.kind == TokenKind::Number)?;
    let (hours, minutes, n) = match digits.text.len() {
        4 => (digits.text[..2].parse::<i32>().ok()?, digits.text[2..].parse::<i32>().ok()?, 2),
        1 | 2 => {
            let minutes = tokens.get(2).filter(|token| token.is(":")).and_then(|_| tokens.get(3));
            let minutes = minutes.filter(|token| token.text.len() == 2).and_then(|token| token.text.parse().ok());
            (digits.text.parse().ok()?, minutes.unwrap_or(0), if minutes.is_some() { 4 } else { 2 })
        }
        _ => return None,
    };
    (hours <= 14 && minutes < 60).then_some((sign * (hours * 3600 + minutes * 60), n))
}

/// Midnight to the second is the mark of a system that keeps days alone.
fn instant(day: Day, time: u32, offset: i32) -> Option<Instant> {
    if time == 0 {
        return None;
    }
    let part = |number: u32| i8::try_from(number).ok();
    let (month, day_of_month) = (i8::try_from(day.month).ok()?, i8::try_from(day.day).ok()?);
    let (hour, minute, second) = (part(time / 3600)?, part(time / 60 % 60)?, part(time % 60)?);
    let moment = DateTime::new(day.year, month, day_of_month, hour, minute, second, 0).ok()?;
    let timestamp = Offset::from_seconds(offset).ok()?.to_timestamp(moment).ok()?;
    Some(Instant::new(timestamp.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> (String, String) {
        let moment = told_date(text);
        let date = moment.as_ref().and_then(Moment::date).map_or(String::new(), |date| date.to_string());
        (date, moment.and_then(|moment| moment.at).map_or(String::new(), |at| at.to_string()))
    }

    #[test]
    fn moments_are_read_in_every_form_they_are_told_in() {
        for (text, date, at) in [
            ("2031-03-09T10:30:00Z", "2031-03-09", "2031-03-09T10:30:00Z"),
            ("2031-03-09T10:30:00.123+01:00", "2031-03-09", "2031-03-09T09:30:00Z"),
            ("2031-03-09T10:30+0100", "2031-03-09", "2031-03-09T09:30:00Z"),
            ("2031-03-09T23:30:00-05:00", "2031-03-09", "2031-03-10T04:30:00Z"),
            ("2031-03-09 10:30:00 UTC", "2031-03-09", "2031-03-09T10:30:00Z"),
            ("2031-03-09 10:30:00", "2031-03-09", ""),
            ("2031-03-09T00:00:00Z", "2031-03-09", ""),
            ("20310309T103000Z", "2031-03-09", "2031-03-09T10:30:00Z"),
            ("2031-03-09", "2031-03-09", ""),
            ("20310309", "2031-03-09", ""),
            ("20310309103000", "2031-03-09", ""),
            ("2031-03", "2031-03", ""),
            ("2031/13", "", ""),
            ("/Date(1931079000000)/", "2031-03-12", "2031-03-12T10:50:00Z"),
            ("Sun, 09 Mar 2031 10:30:00 +0100", "2031-03-09", "2031-03-09T09:30:00Z"),
            ("9 Mar 2031 10:30:00 EST", "2031-03-09", "2031-03-09T15:30:00Z"),
            ("Sun Mar 09 10:30:00 CET 2031", "2031-03-09", "2031-03-09T09:30:00Z"),
            ("Sun Mar 9 10:30:00 +0000 2031", "2031-03-09", "2031-03-09T10:30:00Z"),
            ("1931079000", "2031-03-12", "2031-03-12T10:50:00Z"),
            ("1931079000000", "2031-03-12", "2031-03-12T10:50:00Z"),
            ("1931079000.25", "2031-03-12", "2031-03-12T10:50:00Z"),
            ("March 9, 2031 at 10:30 PM GMT", "2031-03-09", "2031-03-09T22:30:00Z"),
            ("9. März 2031, 10:30 Uhr", "2031-03-09", ""),
            ("09.03.2031 - 10:30 MEZ", "2031-03-09", "2031-03-09T09:30:00Z"),
            ("03/09/2031", "", ""),
            ("March 2031", "2031-03", ""),
            ("yesterday", "", ""),
            ("0000-99-99", "", ""),
            ("1000000000-01-01", "", ""),
            ("99999999999999999999999999", "", ""),
            ("2031-02-30T25:61:61+99:99", "", ""),
            ("", "", ""),
        ] {
            assert_eq!(read(text), (date.to_string(), at.to_string()), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_harm(text in "([0-9]{1,16}|[-/.:+ TZ,年月]|Mar|März|de|am|GMT|\\PC){0,30}") {
            if let Some(moment) = told_date(&text) {
                prop_assert!(text.trim().len() >= moment.start);
            }
        }

        #[test]
        fn every_day_is_read_as_it_is_written(days in 0i64..47_000, form in 0usize..5) {
            let day = Timestamp::from_second(days * 86_400).unwrap();
            let (year, month, n) = {
                let date = Offset::UTC.to_datetime(day).date();
                (date.year(), date.month(), date.day())
            };
            let text = match form {
                0 => format!("{year}-{month:02}-{n:02}"),
                1 => format!("{n}.{month}.{year}"),
                2 => format!("{year}{month:02}{n:02}"),
                3 => format!("{year}年{month}月{n}日"),
                _ => format!("{n:02}.{month:02}.{year} 10:30"),
            };
            let expected = format!("{year}-{month:02}-{n:02}");
            prop_assert_eq!(read(&text).0, expected);
        }
    }
}
