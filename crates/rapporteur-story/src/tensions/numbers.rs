//! Numbers of one thing that cannot all be right.
//!
//! Two quantities are of one thing where they count the same, their sentences share further words and their articles were
//! published while one matter was in the news. Stretches of time are held against others by what they are of. What is exact
//! only to a bound or about a number is held against others as a range.

use super::{MAX_COMPARED, Reading, Told, is_near, is_told_apart, may_be_one_matter, order, tension};
use crate::pile::Pile;
use crate::stems::StemSet;
use crate::unions::Unions;
use rapporteur_model::{Quantity, QuantityModifier, Span, StanceKind, Tension, TensionKind, TimexKind};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// So many words of two sentences beside what is counted show them to be about one thing, and so many percent of the
/// words of the shorter. Set on the accounts of the example coverage.
const MIN_SHARED_STEMS: usize = 2;
const MIN_PERCENT_SHARED: usize = 15;
/// "About" leaves so much room on both sides.
const APPROXIMATE: f64 = 0.1;

/// A quantity with what it is held against others by.
struct Site {
    article_idx: usize,
    span: Span,
    value: String,
    low: f64,
    high: f64,
    sentence: StemSet,
}

pub(super) fn find(pile: &Pile<'_>, told: &Told<'_>, tensions: &mut Vec<Tension>) {
    let mut by_unit: BTreeMap<Arc<str>, Vec<Site>> = BTreeMap::new();
    for article_idx in 0..pile.n_articles() {
        for quantity in &pile.record(article_idx).quantities {
            if let Some((unit, site)) = site(pile, article_idx, quantity) {
                by_unit.entry(unit).or_default().push(site);
            }
        }
    }
    for (unit, sites) in by_unit {
        let mut unions = Unions::new(sites.len());
        for (n, site) in sites.iter().enumerate() {
            for (other_n, other) in sites[..n].iter().enumerate().rev().take(MAX_COMPARED) {
                let may_be_one = other.article_idx != site.article_idx
                    && !unions.are_one(other_n, n)
                    && may_be_one_matter(pile, other.article_idx, site.article_idx);
                if may_be_one && is_one_thing(site, other) {
                    unions.join(other_n, n);
                }
            }
        }
        for group in unions.groups() {
            let readings = readings(group.iter().map(|n| &sites[*n]));
            if readings.len() > 1 {
                tensions.push(tension(pile, TensionKind::Number, format!("numbers of one thing: {unit}"), readings));
            }
        }
    }
    lengths(pile, told, tensions);
    terms(pile, tensions);
}

fn site(pile: &Pile<'_>, article_idx: usize, quantity: &Quantity) -> Option<(Arc<str>, Site)> {
    let record = pile.record(article_idx);
    // "Two officials said": how many they were is nobody's claim.
    if record.statements.iter().any(|statement| statement.source.is_some_and(|source| source.overlaps(quantity.span))) {
        return None;
    }
    // "Two weeks": everything takes some.
    if record.timexes.iter().any(|timex| timex.span.overlaps(quantity.span)) {
        return None;
    }
    let unit = pile.stems(article_idx, quantity.unit?).pop()?;
    let (low, high) = range(quantity)?;
    let sentence = pile.sentence(article_idx, quantity.span);
    let mut sentence = pile.stems(article_idx, sentence);
    sentence.retain(|stem| *stem != unit);
    pile.without_numbers(&mut sentence);
    let sentence = StemSet::from(sentence);
    let value =
        quantity.upper.as_ref().map_or_else(|| quantity.value.clone(), |upper| format!("{}–{upper}", quantity.value));
    Some((pile.stem_name(unit), Site { article_idx, span: quantity.span, value, low, high, sentence }))
}

/// Between what the number can lie; `None` for a place in an order.
fn range(quantity: &Quantity) -> Option<(f64, f64)> {
    let low: f64 = quantity.value.parse().ok()?;
    let high = quantity.upper.as_deref().map_or(Some(low), |upper| upper.parse().ok())?;
    match quantity.modifier {
        QuantityModifier::Exact => Some((low, high)),
        QuantityModifier::Approximate => Some((low * (1.0 - APPROXIMATE), high * (1.0 + APPROXIMATE))),
        QuantityModifier::MoreThan | QuantityModifier::AtLeast => Some((low, f64::INFINITY)),
        QuantityModifier::LessThan | QuantityModifier::AtMost => Some((0.0, high)),
        QuantityModifier::Ordinal => None,
    }
}

fn is_one_thing(a: &Site, b: &Site) -> bool {
    let n_shared = a.sentence.n_shared(&b.sentence);
    let least = a.sentence.len().min(b.sentence.len()).max(1);
    n_shared >= MIN_SHARED_STEMS && 100 * n_shared >= MIN_PERCENT_SHARED * least
}

/// The numbers of one thing, those together that can be one; empty where an article itself tells them apart.
fn readings<'s>(sites: impl Iterator<Item = &'s Site>) -> Vec<Reading> {
    let mut sites: Vec<&Site> = sites.collect();
    sites.sort_by(|a, b| a.low.total_cmp(&b.low).then(a.high.total_cmp(&b.high)));
    let mut readings: Vec<(f64, Reading)> = Vec::new();
    let mut of_article: BTreeMap<usize, usize> = BTreeMap::new();
    for site in sites {
        match readings.last_mut().filter(|(high, _)| site.low <= *high) {
            Some((high, reading)) => {
                *high = high.max(site.high);
                reading.places.insert((site.article_idx, site.span));
            }
            None => readings.push((site.high, Reading::new(site.value.clone(), [(site.article_idx, site.span)]))),
        }
        if *of_article.entry(site.article_idx).or_insert(readings.len()) != readings.len() {
            return Vec::new();
        }
    }
    readings.into_iter().map(|(_, reading)| reading).collect()
}

/// How long one happening took.
fn lengths(pile: &Pile<'_>, told: &Told<'_>, tensions: &mut Vec<Tension>) {
    for happening in told.happenings.iter().filter(|happening| happening.support.articles.len() > 1) {
        let reports = order::reports(pile, happening);
        let lengths = reports.flat_map(|(article_idx, _, predication)| {
            let before = |span: Span| {
                let gap = predication.trigger.start.get().saturating_sub(span.end.get());
                span.end <= predication.trigger.start && gap <= MAX_GAP_BYTES
            };
            durations(pile, article_idx).filter(move |(_, span)| before(*span)).map(move |found| (article_idx, found))
        });
        push_lengths(pile, "how long it took", lengths, tensions);
    }
}

/// "six hours of talks": the length stands right before what it is of.
const MAX_GAP_BYTES: usize = 4;

/// How long what one party offers or wants is to take, where the words for it agree in part.
fn terms(pile: &Pile<'_>, tensions: &mut Vec<Tension>) {
    let mut by_party: BTreeMap<(usize, StanceKind), Vec<Term<'_>>> = BTreeMap::new();
    for article_idx in 0..pile.n_articles() {
        for stance in &pile.record(article_idx).stances {
            if !matches!(stance.kind, StanceKind::Offer | StanceKind::Demand) {
                continue;
            }
            let words = pile.stem_set(article_idx, stance.evidence);
            let parties = stance.parties.iter().filter_map(|party| pile.actor_idx(article_idx, *party));
            let parties: BTreeSet<usize> = parties.map(|party| pile.party_idx(party)).collect();
            for (value, span) in durations(pile, article_idx).filter(|(_, span)| stance.evidence.contains(*span)) {
                // Two of anything can take months.
                let own = pile.stem_set(article_idx, span);
                for party in &parties {
                    let term = Term { article_idx, value, span, words: words.without(&own) };
                    by_party.entry((*party, stance.kind)).or_default().push(term);
                }
            }
        }
    }
    for terms in by_party.into_values() {
        let mut unions = Unions::new(terms.len());
        for (n, term) in terms.iter().enumerate() {
            for (other_n, other) in terms[..n].iter().enumerate().rev().take(MAX_COMPARED) {
                if is_near(pile, term.article_idx, other.article_idx) && !term.words.is_disjoint(&other.words) {
                    unions.join(other_n, n);
                }
            }
        }
        for group in unions.groups() {
            let terms = group.iter().map(|n| &terms[*n]).map(|term| (term.article_idx, (term.value, term.span)));
            push_lengths(pile, "how long what one party offers or wants is to take", terms, tensions);
        }
    }
}

/// How long something that a party offers or wants is to take.
struct Term<'p> {
    article_idx: usize,
    value: &'p str,
    span: Span,
    /// The stems of the words for it, but for those that tell how long.
    words: StemSet,
}

fn durations<'p>(pile: &'p Pile<'_>, article_idx: usize) -> impl Iterator<Item = (&'p str, Span)> {
    let timexes = pile.record(article_idx).timexes.iter().filter(|timex| timex.kind == TimexKind::Duration);
    timexes.map(|timex| (timex.value.as_str(), timex.span)).filter(|(value, _)| !value.contains('X'))
}

/// The tension between lengths of one thing, where no article has two of them.
fn push_lengths<'p>(
    pile: &Pile<'_>,
    reason: &str,
    lengths: impl Iterator<Item = (usize, (&'p str, Span))>,
    tensions: &mut Vec<Tension>,
) {
    let mut by_length: BTreeMap<&str, Reading> = BTreeMap::new();
    for (article_idx, (value, span)) in lengths {
        by_length.entry(value).or_insert_with(|| Reading::new(value, [])).places.insert((article_idx, span));
    }
    let readings: Vec<Reading> = by_length.into_values().collect();
    if readings.len() > 1 && is_told_apart(&readings) {
        tensions.push(tension(pile, TensionKind::Number, reason, readings));
    }
}
