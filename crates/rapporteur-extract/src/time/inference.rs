//! The date of an article that states none, where its own text forces one.
//!
//! A day is taken where the text stands on it: in the dateline of an agency ("KARSK, Jan. 10 (Meridian) —"),
//! beside "today", or where a day that is told in full ("Monday, January 10, 2022") is elsewhere only called
//! "Monday", which nobody writes much later or earlier. A day without its year counts where its weekday fits
//! only one of the years that the text names, or the year after the last of them. Where the days disagree,
//! none is taken.

use super::atoms::Atom;
use super::calendar::{day, weekday};
use super::fields::Field;
use super::matcher::Match;
use crate::analysis::Analysis;
use jiff::civil::Date;
use rapporteur_model::{CivilDate, Evidence, Evidenced};

/// Longest stretch before the date of a dateline, in bytes: a place, a comma.
const MAX_PLACE_BYTES: u32 = 60;

/// More years than an article names.
const MAX_YEARS: usize = 100;

/// A day that the text tells.
struct Told {
    date: Date,
    /// What stands in the text.
    words: String,
    why: Why,
}

/// What shows that the article is of that day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Why {
    Dateline,
    Today,
    SameWeekday,
}

/// The date that the text forces; `None` where it leaves a choice.
pub(super) fn date(analysis: &Analysis<'_>, atoms: &[Atom], matches: &[Match]) -> Option<Evidenced<CivilDate>> {
    let mut years: Vec<i32> = matches.iter().filter_map(|found| found.fields.get(Field::YEAR)).collect();
    years.sort_unstable();
    years.dedup();
    years.truncate(MAX_YEARS);
    let mut bare = [false; 8];
    for found in matches.iter().filter(|found| found.end == found.start + 1) {
        if let Some(weekday) = found.fields.get(Field::WEEKDAY) {
            bare[weekday as usize % 8] = true;
        }
    }
    let told: Vec<Told> =
        (0..matches.len()).filter_map(|idx| told(analysis, atoms, matches, idx, &years, &bare)).collect();
    let best = told.iter().min_by_key(|told| told.why)?;
    if told.iter().any(|other| other.why == best.why && other.date != best.date) {
        return None;
    }
    let Told { date, words, why } = best;
    let value = CivilDate::day(date.year(), date.month().unsigned_abs(), date.day().unsigned_abs())?;
    let reason = match why {
        Why::Dateline => format!("the dateline says “{words}”"),
        Why::Today => format!("the text calls “{words}” today"),
        Why::SameWeekday => {
            format!(
                "the text tells a day as “{words}” and elsewhere only by its weekday; the article is of that day or the days around it"
            )
        }
    };
    Some(Evidenced { value, evidence: Evidence::Inferred(reason) })
}

/// The day of a match, if the text stands on it.
fn told(
    analysis: &Analysis<'_>,
    atoms: &[Atom],
    matches: &[Match],
    idx: usize,
    years: &[i32],
    bare: &[bool; 8],
) -> Option<Told> {
    let found = &matches[idx];
    let (month, day_of_month) = (found.fields.get(Field::MONTH)?, found.fields.get(Field::DAY)?);
    let named = found.fields.get(Field::WEEKDAY);
    let fits =
        |year: i32| day(year, month, day_of_month).filter(|date| named.is_none_or(|named| weekday(*date) == named));
    let date = match (found.fields.get(Field::YEAR), named) {
        (Some(year), _) => fits(year)?,
        (None, Some(_)) => {
            let after = years.last().map(|last| last + 1);
            let mut fitting = years.iter().copied().chain(after).filter_map(fits);
            let date = fitting.next()?;
            if fitting.next().is_some() {
                return None;
            }
            date
        }
        (None, None) => return None,
    };
    let (start, end) = (atoms[found.start].start, atoms[found.end - 1].end);
    let text = analysis.doc.text();
    let why = if is_dateline(analysis, text, start, end) {
        Why::Dateline
    } else if is_beside_today(atoms, matches, idx) {
        Why::Today
    } else if bare[usize::try_from(named?).ok()? % 8] {
        Why::SameWeekday
    } else {
        return None;
    };
    Some(Told { date, words: text.get(start as usize..end as usize)?.to_string(), why })
}

/// "KARSK, Jan. 10, 2022 (Meridian) —": near the start of a paragraph, with a bracket or a dash behind it.
fn is_dateline(analysis: &Analysis<'_>, text: &str, start: u32, end: u32) -> bool {
    let paragraphs = &analysis.article.paragraphs;
    let n_begun = paragraphs.partition_point(|paragraph| paragraph.start.0 <= start);
    let Some(paragraph) = n_begun.checked_sub(1).map(|idx| paragraphs[idx]) else { return false };
    let place = text.get(paragraph.start.get()..start as usize).unwrap_or_default().trim();
    let is_place = start - paragraph.start.0 <= MAX_PLACE_BYTES
        && place.ends_with(',')
        && place.starts_with(char::is_uppercase)
        && !place.contains(['.', '!', '?', ':', ';', '"', '“']);
    let after = text.get(end as usize..paragraph.end.get()).unwrap_or_default().trim_start();
    is_place && after.starts_with(['(', '—', '–', '-', '_', '/'])
}

/// "today, January 10, 2022".
fn is_beside_today(atoms: &[Atom], matches: &[Match], idx: usize) -> bool {
    let found = &matches[idx];
    let is_today = |other: &Match| other.fields.get(Field::DAY_SHIFT) == Some(0) && !other.fields.has(Field::PART);
    let gap = |from: &Match, to: &Match| {
        to.start.checked_sub(from.end).is_some_and(|n| n <= 1)
            && !atoms[from.end..to.start].iter().any(|atom| atom.is_break)
    };
    let before = idx.checked_sub(1).map(|before| &matches[before]);
    before.is_some_and(|before| is_today(before) && gap(before, found))
        || matches.get(idx + 1).is_some_and(|next| is_today(next) && gap(found, next))
}
