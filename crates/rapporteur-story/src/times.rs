//! TIMEX3 values held against each other.

use jiff::civil::Date;
use rapporteur_model::CivilDate;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Whether a value stands in the calendar; durations and words such as `PRESENT_REF` do not.
pub(crate) fn is_calendar(value: &str) -> bool {
    value.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether two TIMEX3 values can be of one time: one is unknown, or a coarser form of the other.
pub(crate) fn times_fit(a: Option<&str>, b: Option<&str>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return true };
    let is_week = |value: &str| value.contains('W');
    if !is_calendar(a) || !is_calendar(b) || is_week(a) != is_week(b) {
        return true;
    }
    let (a, b) = (day(a), day(b));
    a.starts_with(b) || b.starts_with(a)
}

/// A value without the time of day.
fn day(value: &str) -> &str {
    value.get(.."2022-01-10".len()).unwrap_or(value)
}

/// The day of a value that names one, with or without a part of it.
pub(crate) fn day_of(value: &str) -> Option<&str> {
    value.get(.."2022-01-10".len()).filter(|day| is_calendar(day) && !day.contains(['W', 'X']))
}

/// The number of days between two days; `None` where one is a month or a year.
pub(crate) fn days_apart(a: CivilDate, b: CivilDate) -> Option<u32> {
    let date = |day: CivilDate| {
        let (year, month, day) = day.parts();
        Date::new(year, i8::try_from(month?).ok()?, i8::try_from(day?).ok()?).ok()
    };
    Some(date(a)?.duration_until(date(b)?).as_hours().unsigned_abs() as u32 / 24)
}

/// The value of most digits that begins with a digit; of equals the most frequent, then the least.
pub(crate) fn most_precise<'v>(values: impl Iterator<Item = &'v str>) -> Option<&'v str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for value in values.filter(|value| is_calendar(value)) {
        *counts.entry(value).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(value, n)| (value.len().min("2022-01-10".len()), *n, Reverse(*value)))
        .map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_fit_where_one_is_coarser_or_unknown() {
        for (a, b) in [
            ("2022-01-09", "2022-01"),
            ("2022-01-09TMO", "2022-01-09"),
            ("PRESENT_REF", "2022"),
            ("2022-W02", "2022-01-09"),
        ] {
            assert!(times_fit(Some(a), Some(b)) && times_fit(Some(b), Some(a)), "{a} {b}");
        }
        assert!(times_fit(None, Some("2022")));
        assert!(!times_fit(Some("2022-01-09"), Some("2022-01-10")));
        assert!(!times_fit(Some("2021"), Some("2022-01-10")));
    }
}
