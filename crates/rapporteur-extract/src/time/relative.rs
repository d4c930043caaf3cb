//! Points of the calendar that are told by others: so many units before or after, the same unit again.

use super::anchors::Before;
use super::calendar::{self, Level, Stretch, day, month_of, plus_days};
use super::fields::{Field, Fields};
use super::points::base;
use super::reckon::{Place, Reckoned, duration, level_of, unit_of};
use rapporteur_model::TimexAnchor;

/// How long after its end a quarter is still the one that is spoken of.
const REPORTING_DAYS: i32 = 60;

/// "two weeks ago", "three days later", "a year earlier".
pub(super) fn offset(fields: &Fields, place: Place<'_>) -> Option<Reckoned> {
    let is_ahead = fields.get(Field::DIRECTION) == Some(1);
    if fields.has(Field::VAGUE) {
        // "a few days later" tells how long it was, "a few days ago" hardly that.
        return match (fields.get(Field::FROM), is_ahead) {
            (Some(1), _) => duration(fields).map(Reckoned::own),
            (_, true) => Some(Reckoned::own("FUTURE_REF")),
            (_, false) => Some(Reckoned::own("PAST_REF")),
        };
    }
    let sign = if is_ahead { 1 } else { -1 };
    let number = fields.get(Field::NUMBER).unwrap_or(1);
    let unit = unit_of(fields)?;
    let Some(level) = level_of(fields) else {
        // Hours: the day that they lead to.
        let (today, anchor) = base(fields, place, Level::Day)?;
        let stretch = today.plus(sign * if unit == "H" { number / 24 } else { 0 })?;
        return Some(Reckoned { value: stretch.value(), stretch: Some(stretch), anchor });
    };
    // "a year earlier" beside a quarter is the same quarter of the year before.
    if level == Level::Year && number == 1 && !fields.has(Field::FRACTION) {
        let near = place.anchors.last_of_all().filter(|before| before.paragraph + 1 >= place.paragraph);
        if let Some(before) =
            near.filter(|before| matches!(before.stretch.level, Level::Quarter | Level::Half | Level::Month))
        {
            let date = calendar::plus_months(before.stretch.date, 12 * sign)?;
            let stretch = Stretch { date, ..before.stretch };
            return Some(Reckoned { value: stretch.value(), stretch: None, anchor: TimexAnchor::Timex(before.timex) });
        }
    }
    let Some((from, anchor)) = base(fields, place, level) else {
        return duration(fields).map(Reckoned::own);
    };
    let half = fields.has(Field::FRACTION) && level == Level::Year;
    let stretch = if fields.has(Field::FRACTION) && matches!(level, Level::Decade | Level::Century) {
        let years = if level == Level::Decade { 10 } else { 100 };
        let half = number.checked_mul(years)?.checked_add(years / 2)?;
        from.at(Level::Year).plus(sign * half)?
    } else if half {
        from.at(Level::Month).plus(sign * number.checked_mul(12)?.checked_add(6)?)?
    } else {
        from.at(level).plus(sign.checked_mul(number)?)?
    };
    Some(Reckoned { value: stretch.value(), stretch: Some(stretch), anchor })
}

/// "that year", "the quarter", "the year-earlier period".
pub(super) fn same(fields: &Fields, place: Place<'_>) -> Option<Reckoned> {
    let anchors = place.anchors;
    let of = |before: Before| (before.stretch, TimexAnchor::Timex(before.timex));
    // Who speaks of "the quarter" early in one means the one that has ended.
    let ended = |level: Level| {
        let (published, anchor) = anchors.published(Level::Day)?;
        Some((Stretch::new(plus_days(published.date, -REPORTING_DAYS)?, level), anchor))
    };
    let (from, anchor) = match level_of(fields) {
        Some(level @ (Level::Quarter | Level::Half)) => {
            let last = anchors.last(level).map(of);
            last.or_else(|| ended(level))?
        }
        Some(level) => base(fields, place, level).map(|(stretch, anchor)| (stretch.at(level), anchor))?,
        None => {
            let levels = [Level::Month, Level::Quarter, Level::Half, Level::Year];
            let last = levels.into_iter().filter_map(|level| anchors.last(level)).max_by_key(|before| before.timex);
            last.map(of).or_else(|| ended(Level::Quarter))?
        }
    };
    let moved = match (fields.get(Field::YEAR), fields.get(Field::YEAR_SHIFT)) {
        (Some(year), _) => day(year, month_of(from.date), 1)?,
        (None, Some(years)) => calendar::plus_months(from.date, 12 * years)?,
        (None, None) => from.plus(fields.get(Field::SHIFT).unwrap_or(0))?.date,
    };
    let stretch = Stretch { date: moved, ..from };
    // What is only compared with is not what is spoken of next.
    let is_compared = fields.has(Field::YEAR_SHIFT);
    Some(Reckoned { value: stretch.value(), stretch: (!is_compared).then_some(stretch), anchor })
}
