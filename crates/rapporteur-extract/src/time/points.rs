//! Points of the calendar: what the words leave out comes from the article's date or the expressions before,
//! and the tense tells on which side of it the point lies.

use super::calendar::{self, Level, Stretch, day, monday, month_of, plus_days, weekday, year_of};
use super::fields::{Field, Fields, SEASONS};
use super::reckon::{Place, Reckoned, level_of, part_of, unit_of};
use super::tense::Direction;
use jiff::civil::Date;
use rapporteur_model::TimexAnchor;

/// A date that is so near is meant whatever the tense is: "the dividend was declared payable Dec. 15".
const NEAR_DAYS: i32 = 60;

/// A named point: a day, a month, a quarter, a year.
pub(super) fn point(fields: &Fields, place: Place<'_>) -> Option<Reckoned> {
    let year = year(fields, place);
    let found = named(fields, place, year).or_else(|| shifted(fields, place));
    let found = found
        .or_else(|| year.map(|(year, anchor)| (day(year, 1, 1).map(|date| Stretch::new(date, Level::Year)), anchor)));
    let found = found.or_else(|| {
        // "at 9 a.m.": of the day that was spoken of, else of the article's.
        let is_time = [Field::HOUR, Field::PART, Field::CLOCK].iter().any(|field| fields.has(*field));
        let day = place.anchors.last(Level::Day).filter(|before| before.paragraph == place.paragraph);
        let before = day.map(|before| (before.stretch, TimexAnchor::Timex(before.timex)));
        let (day, anchor) = before.or_else(|| place.anchors.published(Level::Day)).filter(|_| is_time)?;
        Some((Some(day), anchor))
    });
    match found {
        Some((Some(stretch), anchor)) => {
            let part = part_of(fields).filter(|_| stretch.level == Level::Day).unwrap_or_default();
            // A time without an end: "post-war" is everything since.
            let part = if fields.has(Field::OPEN) { "/".to_string() } else { part };
            Some(Reckoned { value: stretch.value() + &part, stretch: Some(stretch), anchor })
        }
        Some((None, _)) => None,
        None => underspecified(fields).map(Reckoned::own),
    }
}

/// The year that the words tell.
fn year(fields: &Fields, place: Place<'_>) -> Option<(i32, TimexAnchor)> {
    if let Some(year) = fields.get(Field::YEAR) {
        return Some((year, TimexAnchor::Own));
    }
    if let Some(short) = fields.get(Field::SHORT_YEAR) {
        let Some((now, _)) = place.anchors.year() else {
            return Some((if short < 30 { 2000 + short } else { 1900 + short }, TimexAnchor::Own));
        };
        // The century in which it is past, or not far ahead.
        let now = year_of(now.date);
        let century = now / 100 * 100;
        let year = if century + short > now + 15 { century - 100 + short } else { century + short };
        return Some((year, TimexAnchor::Published));
    }
    let shift = fields.get(Field::YEAR_SHIFT)?;
    let (base, anchor) = base(fields, place, Level::Year)?;
    Some((year_of(base.date) + shift, anchor))
}

/// What the expression is reckoned from, where that is told as finely as `level`.
pub(super) fn base(fields: &Fields, place: Place<'_>, level: Level) -> Option<(Stretch, TimexAnchor)> {
    let before = fields.get(Field::FROM) == Some(1);
    before.then(|| place.anchors.before(level)).flatten().or_else(|| place.anchors.published(level))
}

type Found = Option<(Option<Stretch>, TimexAnchor)>;

/// Points with names of their own: holidays, days of a month, weekdays, months, seasons, quarters.
fn named(fields: &Fields, place: Place<'_>, year: Option<(i32, TimexAnchor)>) -> Found {
    let get = |field| fields.get(field);
    if let Some(holiday) = get(Field::HOLIDAY) {
        let level = level_of(fields).unwrap_or(Level::Day);
        let of_year = |year| calendar::holiday(holiday, year).map(|date| Stretch::new(date, level));
        return choose(fields, place, year, of_year);
    }
    if let (Some(month), Some(date)) = (get(Field::MONTH), get(Field::DAY)) {
        let found =
            choose(fields, place, year, |year| day(year, month, date).map(|date| Stretch::new(date, Level::Day)));
        // "the week of March 6"
        let level = level_of(fields).unwrap_or(Level::Day);
        return found.map(|(stretch, anchor)| (stretch.map(|stretch| stretch.at(level)), anchor));
    }
    if let (Some(month), Some(wanted), Some(n)) = (get(Field::MONTH), get(Field::WEEKDAY), get(Field::ORDINAL)) {
        let of_year = |year| calendar::nth_weekday(year, month, n, wanted).map(|date| Stretch::new(date, Level::Day));
        return choose(fields, place, year, of_year);
    }
    if let Some(wanted) = get(Field::WEEKDAY) {
        return of_weekday(fields, place, wanted);
    }
    let of_months = |first: i32, level| {
        choose(fields, place, year, move |year| day(year, first, 1).map(|date| Stretch::new(date, level)))
    };
    if let Some(month) = get(Field::MONTH) {
        return of_months(month, Level::Month);
    }
    if let Some(date) = get(Field::DAY) {
        return day_of_month(fields, place, date);
    }
    if let Some(season) = get(Field::SEASON) {
        return of_months(3 * season + 3, Level::Season);
    }
    if let Some(quarter) = get(Field::QUARTER) {
        return of_months(3 * quarter - 2, Level::Quarter);
    }
    if let Some(half) = get(Field::HALF) {
        return of_months(6 * half - 5, Level::Half);
    }
    if let Some(decade) = get(Field::DECADE) {
        // "the '80s": those of the century that was last when they were past.
        let century = place.anchors.year().map_or(1900, |(now, _)| year_of(now.date) / 100 * 100);
        let year = if decade >= 100 { decade / 10 * 10 } else { century + decade };
        let is_ahead = decade < 100 && place.anchors.year().is_some_and(|(now, _)| year > year_of(now.date));
        let year = if is_ahead { year - 100 } else { year };
        return Some((day(year, 1, 1).map(|date| Stretch::new(date, Level::Decade)), TimexAnchor::Own));
    }
    let century = get(Field::CENTURY)?;
    let first = day(100 * (century - 1), 1, 1).or_else(|| day(1, 1, 1));
    Some((first.map(|date| Stretch::new(date, Level::Century)), TimexAnchor::Own))
}

/// The point of the year that is told, or that the article's date, the tense and "last" or "next" lead to.
/// `None` where there is nothing to reckon from, `Some(None)` where there is no such day.
fn choose(
    fields: &Fields,
    place: Place<'_>,
    year: Option<(i32, TimexAnchor)>,
    of_year: impl Fn(i32) -> Option<Stretch>,
) -> Found {
    if let Some((year, anchor)) = year {
        return Some((of_year(year), anchor));
    }
    if fields.has(Field::YEAR_SHIFT) {
        return None;
    }
    let (base, anchor) = base(fields, place, Level::Year).or_else(|| place.anchors.year())?;
    let now = year_of(base.date);
    if base.level == Level::Year || matches!(anchor, TimexAnchor::Timex(_)) {
        return Some((of_year(now), anchor));
    }
    let level = of_year(now).or_else(|| of_year(2000))?.level;
    // Where the base lies in a stretch of this size, that one counts as now.
    let today = if level == Level::Day { base.date } else { Stretch::new(base.date, level).first() };
    let near = |year: i32| of_year(year).map(|stretch| (days_between(today, stretch.date), stretch));
    let candidates: Vec<(i32, Stretch)> = (now - 1..=now + 1).filter_map(near).collect();
    let latest = |is_past: &dyn Fn(i32) -> bool| candidates.iter().rev().find(|(distance, _)| is_past(*distance));
    let first = |is_ahead: &dyn Fn(i32) -> bool| candidates.iter().find(|(distance, _)| is_ahead(*distance));
    let nearest = candidates.iter().min_by_key(|(distance, _)| (distance.abs(), *distance));
    let chosen = match fields.get(Field::SHIFT) {
        Some(0) => candidates.iter().find(|(_, stretch)| year_of(stretch.date) == now),
        Some(shift) if shift < 0 => latest(&|distance| distance < 0),
        Some(_) => first(&|distance| distance > 0),
        None => match place.direction {
            Direction::Back => nearest
                .filter(|(distance, _)| (0..near_days(level)).contains(distance))
                .or_else(|| latest(&|distance| distance <= 0)),
            Direction::Ahead if level == Level::Day => {
                nearest.filter(|(distance, _)| distance.abs() < NEAR_DAYS).or_else(|| first(&|distance| distance >= 0))
            }
            // What companies expect of the third quarter, they expect in October.
            Direction::Ahead if level == Level::Quarter => first(&|distance| distance >= -92),
            Direction::Ahead => first(&|distance| distance >= 0),
            _ if level == Level::Quarter || level == Level::Half => latest(&|distance| distance <= 0),
            _ => nearest,
        },
    };
    Some((chosen.map(|(_, stretch)| *stretch), anchor))
}

/// How near a point ahead must be to be meant beside a past tense.
fn near_days(level: Level) -> i32 {
    match level {
        Level::Day => NEAR_DAYS,
        Level::Month => NEAR_DAYS / 2 + 2,
        _ => 0,
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// "Monday", "last Monday", "Tuesday next week", "on Monday" of a past verb.
fn of_weekday(fields: &Fields, place: Place<'_>, wanted: i32) -> Found {
    let (base, anchor) = base(fields, place, Level::Day)?;
    let today = base.date;
    let is_on = |date: Option<Date>| date.map(|date| Stretch::new(date, Level::Day));
    if let Some(weeks) = fields.get(Field::WEEK_SHIFT) {
        let date = monday(today).and_then(|monday| plus_days(monday, 7 * weeks + wanted - 1));
        return Some((is_on(date), anchor));
    }
    let ahead = (wanted - weekday(today)).rem_euclid(7);
    let days = match (fields.get(Field::SHIFT), place.direction) {
        (Some(0), Direction::Back) => {
            if ahead == 0 {
                0
            } else {
                ahead - 7
            }
        }
        (Some(0), _) => ahead,
        (Some(shift), _) if shift < 0 => ahead - 7,
        (Some(_), _) => {
            if ahead == 0 {
                7
            } else {
                ahead
            }
        }
        (None, Direction::Ahead | Direction::Now) => ahead,
        (None, _) => {
            if ahead == 0 {
                0
            } else {
                ahead - 7
            }
        }
    };
    Some((is_on(plus_days(today, days)), anchor))
}

/// "the 25th": of the month of the article's date, or of the next or the last one.
fn day_of_month(fields: &Fields, place: Place<'_>, date: i32) -> Found {
    if let Some(months) = fields.get(Field::MONTH_SHIFT) {
        let (base, anchor) = base(fields, place, Level::Month)?;
        let month = base.at(Level::Month).plus(months)?;
        let date = day(year_of(month.date), month_of(month.date), date);
        return Some((date.map(|date| Stretch::new(date, Level::Day)), anchor));
    }
    let (base, anchor) = place.anchors.before(Level::Month).or_else(|| base(fields, place, Level::Month))?;
    if base.level == Level::Month {
        let date = day(year_of(base.date), month_of(base.date), date);
        return Some((date.map(|date| Stretch::new(date, Level::Day)), anchor));
    }
    let candidates = (-1..=1).filter_map(|n| {
        let month = base.at(Level::Month).plus(n)?.date;
        day(year_of(month), month_of(month), date).map(|date| (days_between(base.date, date), date))
    });
    let chosen = candidates.min_by_key(|(distance, _)| match place.direction {
        Direction::Back if *distance > 0 => distance + 60,
        Direction::Ahead if *distance < 0 => 60 - distance,
        _ => distance.abs(),
    });
    Some((chosen.map(|(_, date)| Stretch::new(date, Level::Day)), anchor))
}

/// "today", "last week", "next month", "this quarter".
fn shifted(fields: &Fields, place: Place<'_>) -> Found {
    let shifts = [
        (Field::DAY_SHIFT, Level::Day),
        (Field::WEEK_SHIFT, Level::Week),
        (Field::MONTH_SHIFT, Level::Month),
        (Field::QUARTER_SHIFT, Level::Quarter),
    ];
    let by_name = shifts.into_iter().find_map(|(field, level)| Some((fields.get(field)?, level)));
    let (n, level) = by_name.or_else(|| Some((fields.get(Field::SHIFT)?, level_of(fields)?)))?;
    let level = if level == Level::Week && unit_of(fields) == Some("WE") { Level::Weekend } else { level };
    let base = base(fields, place, level)?;
    let start = Stretch::new(base.0.date, level);
    Some((start.plus(n).map(|stretch| Stretch { date: stretch.first(), ..stretch }), base.1))
}

/// What the words alone tell: `XXXX-WXX-1`, `XXXX-08-07`, `XXXX-Q3`. `None` where that is nothing.
fn underspecified(fields: &Fields) -> Option<String> {
    let get = |field| fields.get(field);
    let part = part_of(fields).unwrap_or_default();
    if let (Some(month), Some(day)) = (get(Field::MONTH), get(Field::DAY)) {
        return Some(format!("XXXX-{month:02}-{day:02}{part}"));
    }
    if let Some(weekday) = get(Field::WEEKDAY) {
        return Some(format!("XXXX-WXX-{weekday}{part}"));
    }
    if let Some(month) = get(Field::MONTH) {
        return Some(format!("XXXX-{month:02}"));
    }
    if let Some(day) = get(Field::DAY) {
        return Some(format!("XXXX-XX-{day:02}{part}"));
    }
    if let Some(season) = get(Field::SEASON) {
        return SEASONS.get(usize::try_from(season).ok()?).map(|season| format!("XXXX-{season}"));
    }
    if let Some(quarter) = get(Field::QUARTER) {
        return Some(format!("XXXX-Q{quarter}"));
    }
    if let Some(half) = get(Field::HALF) {
        return Some(format!("XXXX-H{half}"));
    }
    if let Some(holiday) = get(Field::HOLIDAY) {
        return Some(if holiday < 10_000 {
            format!("XXXX-{:02}-{:02}", holiday / 100, holiday % 100)
        } else {
            "XXXX-XX-XX".to_string()
        });
    }
    let level = if get(Field::DAY_SHIFT).is_some() || !part.is_empty() {
        Level::Day
    } else if get(Field::WEEK_SHIFT).is_some() {
        if unit_of(fields) == Some("WE") { Level::Weekend } else { Level::Week }
    } else if get(Field::MONTH_SHIFT).is_some() {
        Level::Month
    } else if get(Field::QUARTER_SHIFT).is_some() {
        Level::Quarter
    } else if get(Field::YEAR_SHIFT).is_some() {
        Level::Year
    } else {
        level_of(fields)?
    };
    Some(unknown(level).to_string() + &part)
}

/// A stretch of which nothing is known but its size.
fn unknown(level: Level) -> &'static str {
    match level {
        Level::Day => "XXXX-XX-XX",
        Level::Week => "XXXX-WXX",
        Level::Weekend => "XXXX-WXX-WE",
        Level::Month => "XXXX-XX",
        Level::Quarter => "XXXX-QX",
        Level::Half => "XXXX-HX",
        Level::Season | Level::Year => "XXXX",
        Level::Decade => "XXX",
        Level::Century => "XX",
        Level::Millennium => "X",
    }
}
