use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A calendar date with the precision at which it was given: a year, a month, or a day.
///
/// Writes itself as ISO 8601: `2022`, `2022-01`, `2022-01-10`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(into = "String", try_from = "String")]
pub struct CivilDate {
    year: i16,
    month: Option<u8>,
    day: Option<u8>,
}

impl CivilDate {
    /// A day of the Gregorian calendar; `None` where there is no such day or the year is not 1..=9999.
    pub fn day(year: i16, month: u8, day: u8) -> Option<Self> {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let n_days = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        let valid = (1..=9999).contains(&year) && (1..=n_days).contains(&day);
        valid.then_some(CivilDate { year, month: Some(month), day: Some(day) })
    }

    /// A month of a year; `None` where there is no such month.
    pub fn month(year: i16, month: u8) -> Option<Self> {
        Self::day(year, month, 1).map(|date| CivilDate { day: None, ..date })
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// Year, month and day of the month, the latter two as far as they were given.
    pub fn parts(self) -> (i16, Option<u8>, Option<u8>) {
        (self.year, self.month, self.day)
    }
}

impl fmt::Display for CivilDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl From<CivilDate> for String {
    fn from(date: CivilDate) -> String {
        date.to_string()
    }
}

impl TryFrom<String> for CivilDate {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let fail = || format!("not a date: {text:?}");
        let mut parts = text.split('-');
        let year = parts.next().and_then(|p| p.parse().ok()).ok_or_else(fail)?;
        let mut number = || parts.next().map(|p| p.parse::<u8>().map_err(|_| fail())).transpose();
        let date = match (number()?, number()?) {
            (None, _) => Self::day(year, 1, 1).map(|date| CivilDate { month: None, day: None, ..date }),
            (Some(month), None) => Self::month(year, month),
            (Some(month), Some(day)) => Self::day(year, month, day),
        };
        date.ok_or_else(fail)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_exist_are_dates() {
        assert!(CivilDate::day(2024, 2, 29).is_some());
        assert!(CivilDate::day(2023, 2, 29).is_none());
        assert!(CivilDate::day(1900, 2, 29).is_none());
        assert!(CivilDate::day(2022, 13, 1).is_none());
        assert!(CivilDate::day(2022, 4, 31).is_none());
    }

    #[test]
    fn a_date_reads_back_what_it_writes() {
        for text in ["2022", "2022-01", "2022-01-10"] {
            assert_eq!(CivilDate::try_from(text.to_string()).unwrap().to_string(), text);
        }
        assert!(CivilDate::try_from("2022-02-30".to_string()).is_err());
    }
}
