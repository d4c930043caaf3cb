//! The calendar: stretches of it by their size, and how to go from one to another.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// How long a stretch of the calendar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Season,
    Half,
    Year,
    Decade,
    Century,
    Millennium,
}

pub(super) const N_LEVELS: usize = 11;

/// A stretch of the calendar: the one of this size that begins at or holds the date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) date: Date,
    pub(super) level: Level,
}

/// A day of the years that a text may speak of.
pub(super) fn day(year: i32, month: i32, day: i32) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|year| (1..=2999).contains(year))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

pub(super) fn year_of(date: Date) -> i32 {
    i32::from(date.year())
}

pub(super) fn month_of(date: Date) -> i32 {
    i32::from(date.month())
}

/// The date so many days later.
pub(super) fn plus_days(date: Date, n: i32) -> Option<Date> {
    // jiff panics where a span is out of its limits.
    (n.unsigned_abs() < 1_500_000).then(|| date.checked_add(n.days()).ok()).flatten().and_then(checked)
}

/// The date so many months later; the last day of a shorter month.
pub(super) fn plus_months(date: Date, n: i32) -> Option<Date> {
    (n.unsigned_abs() < 40_000).then(|| date.checked_add(n.months()).ok()).flatten().and_then(checked)
}

fn checked(date: Date) -> Option<Date> {
    (1..=2999).contains(&date.year()).then_some(date)
}

/// 1 for Monday to 7 for Sunday.
pub(super) fn weekday(date: Date) -> i32 {
    i32::from(date.weekday().to_monday_one_offset())
}

/// The Monday of the date's week.
pub(super) fn monday(date: Date) -> Option<Date> {
    plus_days(date, 1 - weekday(date))
}

/// The n-th such weekday of a month; the last one for `n` = 5.
pub(super) fn nth_weekday(year: i32, month: i32, n: i32, wanted: i32) -> Option<Date> {
    let wanted = Weekday::from_monday_one_offset(i8::try_from(wanted).ok()?).ok()?;
    let n = if n == 5 { -1 } else { i8::try_from(n).ok()? };
    day(year, month, 1)?.nth_weekday_of_month(n, wanted).ok()
}

/// Easter Sunday of the Gregorian calendar, after Meeus, Astronomical Algorithms (1991), chapter 8.
fn easter(year: i32) -> Option<Date> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    day(year, n / 31, n % 31 + 1)
}

/// The day of a holiday in a year; for how it is written see `fields`.
pub(super) fn holiday(code: i32, year: i32) -> Option<Date> {
    match code {
        80_000.. => plus_days(easter(year)?, code - 90_000),
        10_000.. => {
            let (n, rest) = ((code - 10_000) / 1_000, code % 1_000);
            nth_weekday(year, rest / 10, n, rest % 10)
        }
        _ => day(year, code / 100, code % 100),
    }
}

/// The season that a month is counted to, as an index of the seasons, and the year that it is named by: of
/// January and February the winter that began before.
pub(super) fn season(date: Date) -> (i32, i32) {
    let (year, month) = (year_of(date), month_of(date));
    match month {
        3..=5 => (0, year),
        6..=8 => (1, year),
        9..=11 => (2, year),
        12 => (3, year),
        _ => (3, year - 1),
    }
}

impl Stretch {
    pub(super) fn new(date: Date, level: Level) -> Self {
        Stretch { date, level }
    }

    /// As TIMEX3 writes it.
    pub(super) fn value(self) -> String {
        let (year, month) = (self.date.year(), self.date.month());
        match self.level {
            Level::Day => format!("{year:04}-{month:02}-{:02}", self.date.day()),
            Level::Week | Level::Weekend => {
                let week = self.date.iso_week_date();
                let ending = if self.level == Level::Weekend { "-WE" } else { "" };
                format!("{:04}-W{:02}{ending}", week.year(), week.week())
            }
            Level::Month => format!("{year:04}-{month:02}"),
            Level::Quarter => format!("{year:04}-Q{}", (month - 1) / 3 + 1),
            Level::Half => format!("{year:04}-H{}", (month - 1) / 6 + 1),
            Level::Season => {
                let (season, year) = season(self.date);
                format!("{year:04}-{}", super::fields::SEASONS[season as usize])
            }
            Level::Year => format!("{year:04}"),
            Level::Decade => format!("{:03}", year / 10),
            Level::Century => format!("{:02}", year / 100),
            Level::Millennium => format!("{}", year / 1000),
        }
    }

    /// The stretch so many of its size later.
    pub(super) fn plus(self, n: i32) -> Option<Self> {
        let date = match self.level {
            Level::Day => plus_days(self.date, n)?,
            Level::Week | Level::Weekend => plus_days(self.date, n.checked_mul(7)?)?,
            level => plus_months(self.date, n.checked_mul(level.months())?)?,
        };
        Some(Stretch { date, ..self })
    }

    /// Its first day, as far as it has a size of the calendar.
    pub(super) fn first(self) -> Date {
        let (year, month) = (year_of(self.date), month_of(self.date));
        let of_month = |month: i32| day(year, month, 1).unwrap_or(self.date);
        match self.level {
            Level::Day => self.date,
            Level::Week | Level::Weekend => monday(self.date).unwrap_or(self.date),
            Level::Month => of_month(month),
            Level::Quarter => of_month((month - 1) / 3 * 3 + 1),
            Level::Season if month < 3 => day(year - 1, 12, 1).unwrap_or(self.date),
            Level::Season => of_month(month / 3 * 3),
            Level::Half => of_month((month - 1) / 6 * 6 + 1),
            Level::Year | Level::Decade | Level::Century | Level::Millennium => of_month(1),
        }
    }

    /// The stretch of another size that holds it, or that it begins with.
    pub(super) fn at(self, level: Level) -> Self {
        Stretch { level, ..self }
    }
}

impl Level {
    /// The size of a unit of the data files; `None` for times of a day.
    pub(super) fn of_unit(unit: &str) -> Option<Self> {
        Some(match unit {
            "D" => Level::Day,
            "W" => Level::Week,
            "WE" => Level::Weekend,
            "MO" => Level::Month,
            "Q" => Level::Quarter,
            "SE" => Level::Season,
            "HY" => Level::Half,
            "Y" => Level::Year,
            "DE" => Level::Decade,
            "CE" => Level::Century,
            "ML" => Level::Millennium,
            _ => return None,
        })
    }

    /// How many months it has; 0 for what is shorter.
    fn months(self) -> i32 {
        match self {
            Level::Day | Level::Weekend | Level::Week => 0,
            Level::Month => 1,
            Level::Quarter | Level::Season => 3,
            Level::Half => 6,
            Level::Year => 12,
            Level::Decade => 120,
            Level::Century => 1200,
            Level::Millennium => 12_000,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn movable_holidays_fall_on_their_days() {
        let days = [(90_000, 2024), (89_998, 2022), (14_114, 2023), (15_051, 2024), (1225, 2020)];
        let days = days.map(|(code, year)| holiday(code, year).unwrap().to_string());
        assert_eq!(days, ["2024-03-31", "2022-04-15", "2023-11-23", "2024-05-27", "2020-12-25"]);
    }

    #[test]
    fn no_step_leaves_the_calendar() {
        let first = Stretch::new(day(1, 1, 1).unwrap(), Level::Millennium);
        assert_eq!((first.plus(-1), first.plus(i32::MAX), first.plus(i32::MIN)), (None, None, None));
        assert_eq!(day(2999, 12, 31).and_then(|date| plus_days(date, 1)), None);
    }
}
