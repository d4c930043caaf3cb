//! Pictures, as numbers that a template writes as SVG; each page has the same numbers as a table beside.

use super::sources::Origin;
use crate::links;
use rapporteur_engine::case::{LinkRow, TimelineDay, days_of};
use rapporteur_model::Relation;
use std::collections::{BTreeMap, HashMap};

/// Most bars of a picture: more are put together by months, then by years.
const MAX_BARS: usize = 64;
/// From so many bars on the one in the middle is named too.
const MIN_BARS_WITH_MIDDLE: usize = 5;
const BARS_WIDTH: usize = 960;
const BARS_HEIGHT: usize = 120;

/// How much there is on each day, in each month or year.
pub(super) struct Bars {
    pub(super) width: usize,
    pub(super) height: usize,
    /// What a bar stands for.
    pub(super) unit: &'static str,
    /// What the first bar is, the one in the middle and the last.
    pub(super) ends: Vec<String>,
    pub(super) bars: Vec<Bar>,
}

pub(super) struct Bar {
    pub(super) label: String,
    pub(super) href: String,
    pub(super) x: usize,
    pub(super) width: usize,
    /// What was told as past or present, at the foot.
    pub(super) told: Part,
    /// What was ahead when it was told, on top.
    pub(super) planned: Part,
}

pub(super) struct Part {
    pub(super) n: usize,
    pub(super) y: usize,
    pub(super) height: usize,
}

/// The bars of the entries between two days; `None` where there are no days.
pub(super) fn bars(days: &[TimelineDay], from: Option<&str>, to: Option<&str>) -> Option<Bars> {
    let inside = |day: &TimelineDay| {
        let (first, last) = days_of(&day.value)?;
        let is_in = from.is_none_or(|from| last.as_str() >= from) && to.is_none_or(|to| first.as_str() <= to);
        // A year has no day: it is no part of the first of its days.
        let precision = match day.value.len() {
            0..=4 => 4,
            5..=7 => 7,
            _ => 10,
        };
        is_in.then_some((first, precision, day.is_planned))
    };
    let days: Vec<(String, usize, bool)> = days.iter().filter_map(inside).collect();
    // By days, months or years: the first of which there are few enough.
    let units = [(10, "day"), (7, "month"), (4, "year")];
    let (counts, unit) = units.into_iter().find_map(|(len, unit)| {
        let mut counts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
        for (day, precision, is_planned) in &days {
            counts.entry(day.get(..len.min(*precision))?).or_default()[usize::from(*is_planned)] += 1;
        }
        (counts.len() <= MAX_BARS).then_some((counts, unit))
    })?;
    let most = counts.values().map(|[told, planned]| told + planned).max()?;
    let step = (BARS_WIDTH / counts.len().max(1)).clamp(1, 48);
    let bar = |(at, (label, [told, planned])): (usize, (&&str, &[usize; 2]))| {
        // What is there is seen, however little it is.
        let height = |n: usize| if n == 0 { 0 } else { (n * BARS_HEIGHT / most).max(2) };
        let (low, high) = (height(*told), height(*planned));
        let (first, last) = days_of(label).unwrap_or_default();
        Bar {
            label: label.to_string(),
            href: links::with("/timeline", &[("from", &first), ("to", &last)]),
            x: at * step,
            width: step.saturating_sub(2).max(1),
            told: Part { n: *told, y: BARS_HEIGHT.saturating_sub(low), height: low },
            planned: Part { n: *planned, y: BARS_HEIGHT.saturating_sub(low + high), height: high },
        }
    };
    let labels: Vec<&&str> = counts.keys().collect();
    let mut ends = vec![0, labels.len() / 2, labels.len() - 1];
    if labels.len() < MIN_BARS_WITH_MIDDLE {
        ends.remove(1);
    }
    ends.dedup();
    Some(Bars {
        ends: ends.into_iter().map(|at| labels[at].to_string()).collect(),
        width: counts.len() * step,
        height: BARS_HEIGHT,
        unit,
        bars: counts.iter().enumerate().map(bar).collect(),
    })
}

/// Origins in the picture of how texts descend: those with most articles.
const MAX_ORIGINS: usize = 24;
const ROW_HEIGHT: usize = 34;
/// Where lines between origins begin and end; the circles stand on the right of it, the names on the right of them.
const LINES_X: usize = 86;

/// The origins one under the other, copies folded, with lines between those that share wording.
pub(super) struct Lineage {
    pub(super) height: usize,
    pub(super) rows: Vec<LineageRow>,
    pub(super) bonds: Vec<Bond>,
    pub(super) n_left: usize,
}

pub(super) struct LineageRow {
    pub(super) y: usize,
    pub(super) name: String,
    pub(super) href: String,
    /// Articles beside the first.
    pub(super) n_copies: usize,
    pub(super) radius: usize,
}

/// A line between two origins.
pub(super) struct Bond {
    pub(super) path: String,
    pub(super) class: &'static str,
    pub(super) title: String,
    pub(super) href: String,
}

pub(super) fn lineage(origins: &[Origin], pairs: &[LinkRow]) -> Lineage {
    let shown = &origins[..origins.len().min(MAX_ORIGINS)];
    let y = |row: usize| row * ROW_HEIGHT + ROW_HEIGHT / 2;
    let rows = shown.iter().enumerate().map(|(at, origin)| LineageRow {
        y: y(at),
        name: origin.name.clone(),
        href: origin.articles.first().map(|article| article.href.clone()).unwrap_or_default(),
        n_copies: origin.articles.len() - 1,
        radius: 5 + origin.articles.len().isqrt().min(8),
    });
    let mut row_of: HashMap<&str, usize> = HashMap::new();
    for (at, origin) in shown.iter().enumerate() {
        row_of.extend(origin.articles.iter().map(|article| (article.id.as_str(), at)));
    }
    // One line for two origins, however many of their articles share something.
    let mut between: BTreeMap<(usize, usize), (&LinkRow, usize)> = BTreeMap::new();
    for pair in pairs {
        let (Some(a), Some(b)) = (row_of.get(pair.a.as_str()), row_of.get(pair.b.as_str())) else { continue };
        if a != b {
            between.entry((*a.min(b), *a.max(b))).or_insert((pair, 0)).1 += 1;
        }
    }
    let bond = |((a, b), (pair, n)): (&(usize, usize), &(&LinkRow, usize))| {
        let bend = LINES_X - 16 - (b - a).min(12) * 5;
        Bond {
            path: format!("M {LINES_X} {} C {bend} {}, {bend} {}, {LINES_X} {}", y(*a), y(*a), y(*b), y(*b)),
            class: if pair.relation == Relation::QuoteOnly { "quote-only" } else { "partial" },
            title: format!("{} and {}: {}", shown[*a].name, shown[*b].name, rapporteur_view::count(*n, "pair")),
            href: links::pair(&pair.a, &pair.b),
        }
    };
    Lineage {
        height: shown.len() * ROW_HEIGHT,
        rows: rows.collect(),
        bonds: between.iter().map(bond).collect(),
        n_left: origins.len() - shown.len(),
    }
}
