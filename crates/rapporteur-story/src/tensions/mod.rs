//! Where can accounts not all stand?
//!
//! Each kind of tension has a room of its own, which gathers *readings*: a value with the words that give it. Readings
//! of one thing that cannot all be true are a tension; where every article of one was published before every article of
//! the other it is a change.

mod attribution;
mod corruption;
mod dates;
mod numbers;
mod order;
mod outcomes;
mod phrases;
mod polarity;
mod wording;

use crate::pile::Pile;
use crate::times::days_apart;
use crate::utterances::{Report, Reports};
use crate::workers::{Workers, each_alone, joined};
use hashbrown::HashMap;
use rapporteur_model::{
    Happening, Place, Sourcing, Span, StatementId, Tension, TensionId, TensionKind, TensionSide, Utterance,
};
use std::collections::{BTreeMap, BTreeSet};

/// Most places that a side cites: enough to check it.
const MAX_PLACES: usize = 3;
/// A thing is held against so many others of its kind: the nearest in the reading.
const MAX_COMPARED: usize = 60;

/// What the story tells so far.
pub(crate) struct Told<'a> {
    pub(crate) reports: &'a Reports<'a>,
    pub(crate) utterances: &'a [Utterance],
    pub(crate) happenings: &'a [Happening],
    /// The utterance that each statement reports, by its position.
    utterance_of: HashMap<&'a StatementId, usize>,
    /// The reports by the ids of their statements.
    by_id: HashMap<&'a StatementId, &'a Report<'a>>,
}

impl<'a> Told<'a> {
    pub(crate) fn new(reports: &'a Reports<'a>, utterances: &'a [Utterance], happenings: &'a [Happening]) -> Self {
        let mut utterance_of = HashMap::new();
        for (idx, utterance) in utterances.iter().enumerate() {
            utterance_of.extend(utterance.reports.iter().map(|report| (report, idx)));
        }
        Told { reports, utterances, happenings, utterance_of, by_id: reports.by_id() }
    }
}

/// One of the readings that clash.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Reading {
    value: String,
    /// Articles with the words, in the order of the reading.
    places: BTreeSet<(usize, Span)>,
}

impl Reading {
    fn new(value: impl Into<String>, places: impl IntoIterator<Item = (usize, Span)>) -> Self {
        Reading { value: value.into(), places: places.into_iter().collect() }
    }
}

/// What looks for the tensions of one kind.
type Room = fn(&Pile<'_>, &Told<'_>, &mut Vec<Tension>);

const ROOMS: [Room; 8] = [
    numbers::find,
    dates::find,
    polarity::find,
    attribution::find,
    order::find,
    wording::find,
    outcomes::find,
    corruption::find,
];

/// The tensions of the pile, by kind and first place.
pub(crate) fn tensions(pile: &Pile<'_>, told: &Told<'_>, workers: &dyn Workers) -> Vec<Tension> {
    let found = each_alone(workers, &ROOMS, |room| {
        let mut tensions = Vec::new();
        room(pile, told, &mut tensions);
        tensions
    });
    let mut tensions = joined(found);
    tensions.sort_by_key(|tension| {
        let first = tension.sides.iter().flat_map(|side| &side.places).next();
        (tension.kind, first.map(|place| (pile.article_idx(&place.article), place.span)), tension.reason.clone())
    });
    tensions.dedup_by(|a, b| a.kind == b.kind && a.sides == b.sides);
    let mut n_with_id: BTreeMap<TensionId, usize> = BTreeMap::new();
    for tension in &mut tensions {
        let n = n_with_id.entry(tension.id.clone()).or_default();
        *n += 1;
        if *n > 1 {
            tension.id = TensionId::new(format!("{}.{n}", tension.id));
        }
    }
    tensions
}

/// The tension between `readings`, those with most articles first.
fn tension(pile: &Pile<'_>, kind: TensionKind, reason: impl Into<String>, mut readings: Vec<Reading>) -> Tension {
    readings.sort_by_key(|reading| {
        let first = reading.places.first().copied();
        (std::cmp::Reverse(articles(reading).len()), first, reading.value.clone())
    });
    let first = readings.iter().filter_map(|reading| reading.places.first()).min();
    let anchor = first.map(|(article_idx, span)| format!("{}.{}", pile.article(*article_idx).id, span.start.get()));
    let is_change = is_change(pile, &readings);
    Tension {
        id: TensionId::new(format!("tension/{}.{}", kind.name(), anchor.unwrap_or_default())),
        kind,
        is_change,
        reason: reason.into(),
        sides: readings.iter().map(|reading| side(pile, reading)).collect(),
    }
}

fn articles(reading: &Reading) -> BTreeSet<usize> {
    reading.places.iter().map(|(article_idx, _)| *article_idx).collect()
}

fn side(pile: &Pile<'_>, reading: &Reading) -> TensionSide {
    // One place of each article first.
    let mut of_articles = BTreeSet::new();
    let (first, more): (Vec<_>, Vec<_>) = reading.places.iter().partition(|(article, _)| of_articles.insert(*article));
    let places = first.into_iter().chain(more).take(MAX_PLACES);
    TensionSide {
        value: reading.value.clone(),
        places: places
            .map(|(article_idx, span)| Place { article: pile.article(article_idx).id.clone(), span })
            .collect(),
        support: pile.support(&articles(reading), Sourcing::Article),
    }
}

/// Whether each reading has its own time: all its articles were published after all those of another. A copy that was
/// altered on the way tells of no change.
fn is_change(pile: &Pile<'_>, readings: &[Reading]) -> bool {
    let all: BTreeSet<usize> = readings.iter().flat_map(articles).collect();
    if pile.support(&all, Sourcing::Article).n_origins_min < readings.len() {
        return false;
    }
    let days = |reading: &Reading| -> Option<Vec<_>> {
        articles(reading).into_iter().map(|article_idx| pile.published(article_idx)).collect()
    };
    let Some(mut ranges) = readings
        .iter()
        .map(|reading| {
            let days = days(reading)?;
            Some((days.iter().min().copied()?, days.iter().max().copied()?))
        })
        .collect::<Option<Vec<_>>>()
    else {
        return false;
    };
    ranges.sort_unstable();
    ranges.len() > 1 && ranges.windows(2).all(|pair| pair[0].1 < pair[1].0)
}

/// Articles so many days apart can tell of one deadline, or of one next meeting.
const MAX_DAYS_APART: u32 = 3;
/// And so many of one number, or of what somebody denies: words that are shared across years are about other things.
const MAX_DAYS_OF_ONE_MATTER: u32 = 31;

/// Whether two articles were published within a few days, as far as that is known.
fn is_near(pile: &Pile<'_>, a: usize, b: usize) -> bool {
    is_within(pile, a, b, MAX_DAYS_APART)
}

/// Whether two articles were published while one matter was in the news, as far as that is known.
fn may_be_one_matter(pile: &Pile<'_>, a: usize, b: usize) -> bool {
    is_within(pile, a, b, MAX_DAYS_OF_ONE_MATTER)
}

fn is_within(pile: &Pile<'_>, a: usize, b: usize, max_days: u32) -> bool {
    let (Some(a), Some(b)) = (pile.published(a), pile.published(b)) else { return true };
    days_apart(a, b).is_none_or(|days| days <= max_days)
}

/// No article has two of the readings: one that has both tells of two things.
fn is_told_apart(readings: &[Reading]) -> bool {
    let n_articles: usize = readings.iter().map(|reading| articles(reading).len()).sum();
    let all: BTreeSet<usize> = readings.iter().flat_map(articles).collect();
    n_articles == all.len()
}
