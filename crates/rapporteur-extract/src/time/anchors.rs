//! What an expression may be reckoned from: the article's date, and the expressions before.

use super::calendar::{Level, N_LEVELS, Stretch, day};
use rapporteur_model::{CivilDate, TimexAnchor, TimexIdx};

/// An expression that was resolved before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before {
    pub(super) stretch: Stretch,
    pub(super) timex: TimexIdx,
    /// The paragraph it stands in.
    pub(super) paragraph: u32,
}

/// What is known of the time at a place in the text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Anchors {
    published: Option<Stretch>,
    /// The last expression of each size.
    last: [Option<Before>; N_LEVELS],
}

impl Anchors {
    pub(super) fn new(published: Option<CivilDate>) -> Self {
        Anchors { published: published.and_then(stretch_of), last: Default::default() }
    }

    /// The article's date, where it is told as finely as `level`.
    pub(super) fn published(&self, level: Level) -> Option<(Stretch, TimexAnchor)> {
        let published = self.published.filter(|published| published.level <= level)?;
        Some((published, TimexAnchor::Published))
    }

    /// The last expression before that is told as finely as `level`.
    pub(super) fn before(&self, level: Level) -> Option<(Stretch, TimexAnchor)> {
        let fine = self.last.iter().flatten().filter(|before| before.stretch.level <= level);
        let before = fine.max_by_key(|before| before.timex)?;
        Some((before.stretch, TimexAnchor::Timex(before.timex)))
    }

    /// The last expression before of exactly this size.
    pub(super) fn last(&self, level: Level) -> Option<Before> {
        self.last[level as usize]
    }

    /// The last expression before of any size.
    pub(super) fn last_of_all(&self) -> Option<Before> {
        self.last.iter().flatten().max_by_key(|before| before.timex).copied()
    }

    /// What tells the year where the words do not: the article's date, else the expression before.
    pub(super) fn year(&self) -> Option<(Stretch, TimexAnchor)> {
        self.published(Level::Year).or_else(|| self.before(Level::Year))
    }

    pub(super) fn remember(&mut self, before: Before) {
        self.last[before.stretch.level as usize] = Some(before);
    }
}

/// A date as a stretch of the calendar.
pub(super) fn stretch_of(date: CivilDate) -> Option<Stretch> {
    let (year, month, day_of_month) = date.parts();
    let level = match (month, day_of_month) {
        (Some(_), Some(_)) => Level::Day,
        (Some(_), None) => Level::Month,
        _ => Level::Year,
    };
    let part = |part: Option<u8>| part.map_or(1, i32::from);
    Some(Stretch::new(day(i32::from(year), part(month), part(day_of_month))?, level))
}
