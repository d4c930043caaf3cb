//! What a rule can learn from the words it matches: named numbers, each with the values it may take.

/// One thing that the words of an expression tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Field(u8);

/// The fields by name, with their least and greatest value, or the symbols that stand for 0, 1, 2 …
/// The symbols are those of TIMEX3 where it has some.
const FIELDS: &[(&str, Values)] = &[
    ("year", Values::From(1, 2999)),
    ("month", Values::From(1, 12)),
    ("day", Values::From(1, 31)),
    ("weekday", Values::From(1, 7)),
    ("season", Values::Named(SEASONS)),
    ("quarter", Values::From(1, 4)),
    ("half", Values::From(1, 2)),
    ("holiday", Values::Holiday),
    ("part", Values::Named(PARTS)),
    ("hour", Values::From(0, 24)),
    ("minute", Values::From(0, 59)),
    ("second", Values::From(0, 59)),
    ("meridiem", Values::Named(&["AM", "PM"])),
    ("unit", Values::Named(UNITS)),
    ("number", Values::From(0, 999_999_999)),
    ("high", Values::From(0, 999_999_999)),
    ("fraction", Values::From(1, 9)),
    ("ordinal", Values::From(1, 31)),
    ("year-shift", Values::From(-9, 9)),
    ("quarter-shift", Values::From(-9, 9)),
    ("month-shift", Values::From(-9, 9)),
    ("week-shift", Values::From(-9, 9)),
    ("day-shift", Values::From(-9, 9)),
    ("shift", Values::From(-9, 9)),
    ("direction", Values::Named(&["AGO", "AHEAD"])),
    ("from", Values::Named(&["PUBLISHED", "BEFORE"])),
    ("mod", Values::Named(MODIFIERS)),
    ("quant", Values::From(1, 1)),
    ("frequency", Values::From(1, 99)),
    ("ref", Values::Named(&["PAST_REF", "PRESENT_REF", "FUTURE_REF"])),
    ("decade", Values::From(0, 2999)),
    ("century", Values::From(1, 30)),
    ("short-year", Values::From(0, 99)),
    ("vague", Values::From(1, 1)),
    ("compact", Values::From(10_000_101, 29_991_231)),
    ("first", Values::From(1, 31)),
    ("second-number", Values::From(1, 31)),
    ("clock", Values::From(0, 2400)),
    ("open", Values::From(1, 1)),
];

/// What stands behind a field's numbers.
#[derive(Debug, Clone, Copy)]
enum Values {
    From(i32, i32),
    Named(&'static [&'static str]),
    Holiday,
}

pub(super) const SEASONS: &[&str] = &["SP", "SU", "FA", "WI"];
pub(super) const PARTS: &[&str] = &["MO", "MI", "AF", "EV", "NI", "DT"];
pub(super) const UNITS: &[&str] = &["S", "MIN", "H", "D", "W", "WE", "MO", "Q", "SE", "HY", "Y", "DE", "CE", "ML"];
pub(super) const MODIFIERS: &[&str] = &[
    "BEFORE",
    "AFTER",
    "ON_OR_BEFORE",
    "ON_OR_AFTER",
    "LESS_THAN",
    "MORE_THAN",
    "EQUAL_OR_LESS",
    "EQUAL_OR_MORE",
    "START",
    "MID",
    "END",
    "APPROX",
];

macro_rules! fields {
    ($($name:ident = $idx:literal),+ $(,)?) => {
        impl Field {
            $(pub(super) const $name: Field = Field($idx);)+
        }
        #[cfg(test)]
        const NAMED: &[(&str, u8)] = &[$((stringify!($name), $idx)),+];
    };
}

fields! {
    YEAR = 0, MONTH = 1, DAY = 2, WEEKDAY = 3, SEASON = 4, QUARTER = 5, HALF = 6, HOLIDAY = 7, PART = 8, HOUR = 9,
    MINUTE = 10, SECOND = 11, MERIDIEM = 12, UNIT = 13, NUMBER = 14, HIGH = 15, FRACTION = 16, ORDINAL = 17,
    YEAR_SHIFT = 18, QUARTER_SHIFT = 19, MONTH_SHIFT = 20, WEEK_SHIFT = 21, DAY_SHIFT = 22, SHIFT = 23,
    DIRECTION = 24, FROM = 25, MOD = 26, QUANT = 27, FREQUENCY = 28, REF = 29, DECADE = 30, CENTURY = 31,
    SHORT_YEAR = 32, VAGUE = 33, COMPACT = 34, FIRST = 35, SECOND_NUMBER = 36, CLOCK = 37,
    OPEN = 38,
}

impl Field {
    /// The field of this name.
    pub(super) fn named(name: &str) -> Option<Field> {
        FIELDS.iter().position(|(known, _)| *known == name).map(|idx| Field(idx as u8))
    }

    /// Whether the field may have the value.
    pub(super) fn takes(self, value: i32) -> bool {
        match FIELDS[usize::from(self.0)].1 {
            Values::From(least, most) => (least..=most).contains(&value),
            Values::Named(names) => usize::try_from(value).is_ok_and(|value| value < names.len()),
            Values::Holiday => true,
        }
    }

    /// The value as it is written in a data file: a number, or one of the field's symbols.
    pub(super) fn parse(self, text: &str) -> Option<i32> {
        let value = match FIELDS[usize::from(self.0)].1 {
            Values::From(..) => text.parse().ok()?,
            Values::Named(names) => i32::try_from(names.iter().position(|name| *name == text)?).ok()?,
            Values::Holiday => holiday(text)?,
        };
        self.takes(value).then_some(value)
    }

    /// What the field may have, for the hint of an error.
    pub(super) fn choices(self) -> String {
        match FIELDS[usize::from(self.0)].1 {
            Values::From(least, most) => format!("{least} to {most}"),
            Values::Named(names) => names.join(", "),
            Values::Holiday => "MONTH-DAY, MONTH-Nth-WEEKDAY, MONTH-last-WEEKDAY, easter+DAYS, easter-DAYS".to_string(),
        }
    }
}

/// `12-25`; `11-4th-4`, the fourth Thursday of November; `5-last-1`, the last Monday of May; `easter-2`.
/// Kept as 100 × month + day; as 10,000 + 1,000 × n + 10 × month + weekday with 5 for the last; as 90,000 + days from Easter.
fn holiday(text: &str) -> Option<i32> {
    if let Some(days) = text.strip_prefix("easter") {
        let days: i32 = if days.is_empty() { 0 } else { days.parse().ok()? };
        return (-99..=99).contains(&days).then_some(90_000 + days);
    }
    let mut parts = text.split('-');
    let month: i32 = parts.next()?.parse().ok().filter(|month| (1..=12).contains(month))?;
    let second = parts.next()?;
    let Some(weekday) = parts.next() else {
        let day: i32 = second.parse().ok().filter(|day| (1..=31).contains(day))?;
        return Some(100 * month + day);
    };
    let nth = ["1st", "2nd", "3rd", "4th", "last"].iter().position(|name| *name == second)?;
    let weekday: i32 = weekday.parse().ok().filter(|weekday| (1..=7).contains(weekday))?;
    Some(10_000 + 1_000 * i32::try_from(nth + 1).ok()? + 10 * month + weekday)
}

/// What one match tells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    values: [Option<i32>; FIELDS.len()],
}

impl Fields {
    /// Of a field that is set twice the last value counts.
    pub(super) fn of(captures: &[(Field, i32)]) -> Self {
        let mut fields = Fields { values: [None; FIELDS.len()] };
        for &(field, value) in captures {
            fields.values[usize::from(field.0)] = Some(value);
        }
        fields
    }

    pub(super) fn get(&self, field: Field) -> Option<i32> {
        self.values[usize::from(field.0)]
    }

    pub(super) fn set(&mut self, field: Field, value: i32) {
        self.values[usize::from(field.0)] = Some(value);
    }

    pub(super) fn has(&self, field: Field) -> bool {
        self.get(field).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_stands_at_its_place() {
        assert_eq!(NAMED.len(), FIELDS.len());
        for &(name, idx) in NAMED {
            assert_eq!(Field::named(&name.to_lowercase().replace('_', "-")), Some(Field(idx)), "{name}");
        }
    }

    #[test]
    fn holidays_are_read() {
        let read: Vec<Option<i32>> =
            ["12-25", "11-4th-4", "5-last-1", "easter-2", "easter", "13-1", "1-9th-1"].map(holiday).into();
        assert_eq!(read, [Some(1225), Some(14_114), Some(15_051), Some(89_998), Some(90_000), None, None]);
    }
}
