//! From what the words of an expression tell to its value.

use super::anchors::Anchors;
use super::calendar::{Level, Stretch};
use super::fields::{Field, Fields, PARTS, SEASONS, UNITS};
use super::rules::Reckoning;
use super::tense::Direction;
use super::{points, relative};
use rapporteur_model::TimexAnchor;

/// The value of an expression.
#[derive(Debug, Clone)]
pub(super) struct Reckoned {
    pub(super) value: String,
    /// What later expressions may be reckoned from.
    pub(super) stretch: Option<Stretch>,
    pub(super) anchor: TimexAnchor,
}

impl Reckoned {
    pub(super) fn own(value: impl Into<String>) -> Self {
        Reckoned { value: value.into(), stretch: None, anchor: TimexAnchor::Own }
    }
}

/// What is known at the place of an expression.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'p> {
    pub(super) anchors: &'p Anchors,
    pub(super) direction: Direction,
    pub(super) paragraph: u32,
}

/// The value of an expression; `None` where its words turn out to name no time.
pub(super) fn value(reckoning: Reckoning, fields: &Fields, place: Place<'_>) -> Option<Reckoned> {
    match reckoning {
        Reckoning::Point => points::point(fields, place),
        Reckoning::Offset => relative::offset(fields, place),
        Reckoning::Same => relative::same(fields, place),
        Reckoning::Duration => duration(fields).map(Reckoned::own),
        Reckoning::Set => set(fields).map(Reckoned::own),
        Reckoning::Reference => {
            let reference = fields.get(Field::REF)?;
            let names = ["PAST_REF", "PRESENT_REF", "FUTURE_REF"];
            Some(Reckoned::own(*names.get(usize::try_from(reference).ok()?)?))
        }
        Reckoning::Nothing => None,
    }
}

/// The unit as the data files write it.
pub(super) fn unit_of(fields: &Fields) -> Option<&'static str> {
    UNITS.get(usize::try_from(fields.get(Field::UNIT)?).ok()?).copied()
}

/// "seven hours" → `PT7H`; "four or five minutes" → `PT4M/PT5M`; "several weeks" → `PXW`.
pub(super) fn duration(fields: &Fields) -> Option<String> {
    if fields.has(Field::VAGUE) && !fields.has(Field::UNIT) {
        return Some("PXX".to_string());
    }
    let unit = unit_of(fields)?;
    if fields.has(Field::VAGUE) {
        return Some(length("X", unit));
    }
    let number = fields.get(Field::NUMBER).unwrap_or(1);
    if let Some(high) = fields.get(Field::HIGH) {
        return Some(format!("{}/{}", counted(number, unit), counted(high, unit)));
    }
    Some(match fields.get(Field::FRACTION) {
        None => counted(number, unit),
        Some(5) => with_half(number, unit),
        Some(tenths) => length(&format!("{number}.{tenths}"), unit),
    })
}

/// Decades and centuries are counted in years, halves in months.
fn counted(number: i32, unit: &str) -> String {
    let (factor, unit) = match unit {
        "DE" => (10, "Y"),
        "CE" => (100, "Y"),
        "ML" => (1000, "Y"),
        "HY" => (6, "MO"),
        "SE" => (3, "MO"),
        unit => (1, unit),
    };
    length(&number.saturating_mul(factor).to_string(), unit)
}

fn with_half(number: i32, unit: &str) -> String {
    let (rest, whole) = match unit {
        "Y" => ("6M", "Y"),
        "MO" => return length(&format!("{number}.5"), unit),
        "D" => ("T12H", "D"),
        "H" => ("30M", "H"),
        "MIN" => ("30S", "MIN"),
        "DE" => return length(&number.saturating_mul(10).saturating_add(5).to_string(), "Y"),
        "CE" => return length(&number.saturating_mul(100).saturating_add(50).to_string(), "Y"),
        unit => return length(&format!("{number}.5"), unit),
    };
    match number {
        0 if rest.starts_with('T') || whole == "Y" => format!("P{rest}"),
        0 => format!("PT{rest}"),
        _ => length(&number.to_string(), whole) + rest,
    }
}

/// `P3D`, `PT3H`.
fn length(number: &str, unit: &str) -> String {
    match unit {
        "S" | "H" => format!("PT{number}{unit}"),
        "MIN" => format!("PT{number}M"),
        "MO" => format!("P{number}M"),
        unit => format!("P{number}{unit}"),
    }
}

/// "every Monday" → `XXXX-WXX-1`; "daily" → `P1D`.
fn set(fields: &Fields) -> Option<String> {
    let part = |value: String| match part_of(fields) {
        Some(part) => value + &part,
        None => value,
    };
    if let Some(weekday) = fields.get(Field::WEEKDAY) {
        return Some(part(format!("XXXX-WXX-{weekday}")));
    }
    match (fields.get(Field::MONTH), fields.get(Field::DAY)) {
        (Some(month), Some(day)) => return Some(part(format!("XXXX-{month:02}-{day:02}"))),
        (Some(month), None) => return Some(format!("XXXX-{month:02}")),
        _ => {}
    }
    if let Some(season) = fields.get(Field::SEASON) {
        return Some(format!("XXXX-{}", SEASONS.get(usize::try_from(season).ok()?)?));
    }
    if unit_of(fields).is_none() {
        return part_of(fields).map(|part| format!("XXXX-XX-XX{part}"));
    }
    if unit_of(fields) == Some("WE") && fields.get(Field::NUMBER).is_none() {
        return Some("XXXX-WXX-WE".to_string());
    }
    duration(fields)
}

/// The time of the day: `T09:00`, `TMO`.
pub(super) fn part_of(fields: &Fields) -> Option<String> {
    if let Some(clock) = fields.get(Field::CLOCK) {
        return (clock % 100 < 60).then(|| format!("T{:02}:{:02}", clock / 100, clock % 100));
    }
    if let Some(hour) = fields.get(Field::HOUR) {
        let hour = match fields.get(Field::MERIDIEM) {
            Some(0) if hour <= 12 => hour % 12,
            Some(1) if hour <= 12 => hour % 12 + 12,
            // "6 o'clock in the evening"
            None if hour < 12 && matches!(fields.get(Field::PART), Some(2..=4)) => hour + 12,
            _ => hour,
        };
        let minute = fields.get(Field::MINUTE).unwrap_or(0);
        let second = fields.get(Field::SECOND).map(|second| format!(":{second:02}")).unwrap_or_default();
        return Some(format!("T{hour:02}:{minute:02}{second}"));
    }
    let part = usize::try_from(fields.get(Field::PART)?).ok()?;
    PARTS.get(part).map(|part| format!("T{part}"))
}

/// The size of a unit of the calendar.
pub(super) fn level_of(fields: &Fields) -> Option<Level> {
    Level::of_unit(unit_of(fields)?)
}
