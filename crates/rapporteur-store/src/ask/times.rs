//! TIMEX3 values as stretches of days, so that they can be ordered and held against a range.

use jiff::civil::{ISOWeekDate, Weekday};
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, Error};

/// The first and the last day of a value, as `YYYY-MM-DD`; `None` where it names no days: `P2D`, `FUTURE_REF`.
pub fn days_of(value: &str) -> Option<(String, String)> {
    let date = value.split('T').next()?;
    if date.is_empty() || !date.bytes().next()?.is_ascii_digit() {
        return None;
    }
    let (year, rest) = date.split_once('-').unwrap_or((date, ""));
    if !year.bytes().all(|byte| byte.is_ascii_digit()) || year.len() > 4 {
        return None;
    }
    if year.len() < 4 {
        // A decade or a century.
        return Some((format!("{year:0<4}-01-01"), format!("{year:9<4}-12-31")));
    }
    let number: i64 = year.parse().ok()?;
    let months = |first: u32, last: u32| Some((format!("{year}-{first:02}-01"), format!("{year}-{last:02}-31")));
    match rest {
        "" => months(1, 12),
        "Q1" => months(1, 3),
        "Q2" => months(4, 6),
        "Q3" => months(7, 9),
        "Q4" => months(10, 12),
        "H1" => months(1, 6),
        "H2" => months(7, 12),
        "SP" => months(3, 5),
        "SU" => months(6, 8),
        "FA" => months(9, 11),
        // From December to February: by its greater part.
        "WI" => Some((format!("{year}-12-01"), format!("{:04}-02-31", number + 1))),
        _ if rest.starts_with('W') => week(number, rest.get(1..3)?.parse().ok()?, rest.ends_with("-WE")),
        _ => {
            let (month, day) = rest.split_once('-').unwrap_or((rest, ""));
            // Days are compared as text, and people write 2022-1-9 as well.
            let month = month.parse::<u32>().ok().filter(|month| (1..=12).contains(month))?;
            if day.is_empty() {
                return months(month, month);
            }
            let day = day.parse::<u32>().ok().filter(|day| (1..=31).contains(day))?;
            let day = format!("{year}-{month:02}-{day:02}");
            Some((day.clone(), day))
        }
    }
}

/// The days of a week of ISO 8601.
fn week(year: i64, week: i8, is_weekend: bool) -> Option<(String, String)> {
    let first = if is_weekend { Weekday::Saturday } else { Weekday::Monday };
    let day = |weekday| Some(ISOWeekDate::new(i16::try_from(year).ok()?, week, weekday).ok()?.date().to_string());
    Some((day(first)?, day(Weekday::Sunday)?))
}

/// Makes `first_day(value)`, `last_day(value)` and `has_words(text, words)` known to SQL.
pub(crate) fn register(connection: &Connection) -> Result<(), Error> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("first_day", 1, flags, |context| {
        Ok(context.get::<Option<String>>(0)?.and_then(|value| days_of(&value)).map(|(first, _)| first))
    })?;
    connection.create_scalar_function("last_day", 1, flags, |context| {
        Ok(context.get::<Option<String>>(0)?.and_then(|value| days_of(&value)).map(|(_, last)| last))
    })?;
    connection.create_scalar_function("has_words", 2, flags, |context| {
        let (text, words) = (context.get::<Option<String>>(0)?, context.get::<String>(1)?);
        Ok(text.is_some_and(|text| text.to_lowercase().contains(&words)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_stretches_of_days() {
        let days = |value: &str| days_of(value).map(|(first, last)| format!("{first} {last}"));
        assert_eq!(days("2022-01-12").as_deref(), Some("2022-01-12 2022-01-12"));
        assert_eq!(days("2022-01-12T14:30").as_deref(), Some("2022-01-12 2022-01-12"));
        assert_eq!(days("2022-1-9").as_deref(), Some("2022-01-09 2022-01-09"));
        assert_eq!(days("2022-02").as_deref(), Some("2022-02-01 2022-02-31"));
        assert_eq!(days("2022").as_deref(), Some("2022-01-01 2022-12-31"));
        assert_eq!(days("2022-W02").as_deref(), Some("2022-01-10 2022-01-16"));
        assert_eq!(days("2020-W53").as_deref(), Some("2020-12-28 2021-01-03"));
        assert_eq!(days("2024-W01-WE").as_deref(), Some("2024-01-06 2024-01-07"));
        assert_eq!(days("199").as_deref(), Some("1990-01-01 1999-12-31"));
        assert_eq!(days("2022-Q2").as_deref(), Some("2022-04-01 2022-06-31"));
        for value in ["P2D", "FUTURE_REF", "", "XXXX-12", "2022-13", "T14:30"] {
            assert_eq!(days(value), None, "{value}");
        }
    }
}
