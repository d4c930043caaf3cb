//! Where does a quotation come from that stands nowhere word for word, and what is different?
//!
//! Three ways. *Aligning*: most of its words stand in one stretch, others are replaced, added or left out. *Covering*: its
//! parts stand exactly, but elsewhere, in another order, or with words left out between them. *Counting*: nearly all of its
//! words stand in one stretch in another order. Nearly everything aligned goes before all covered, that before the rest. What none of these explains is no altered quotation.

use crate::differences::{Difference, DifferenceKind, as_written};
use crate::form::Kind;
use crate::near::align::{Alignment, align};
use crate::pile::{Match, Needle, Occurrence, Pile};
use hashbrown::{HashMap, HashSet};

mod align;

/// A part of a quotation has so many words, to be told from a phrase that everybody uses; more where it comes from another
/// article than the part before.
const MIN_PART_WORDS: usize = 3;
const MIN_STRANGE_PART_WORDS: usize = 5;
/// Parts of one quotation.
const MAX_PARTS: usize = 4;
/// Between parts of one quotation the article has no more units than these.
const MAX_GAP: usize = 120;
/// Longer quotations are only covered: aligning takes time with the square of the length.
const MAX_ALIGNED: usize = 600;
/// Stretches that are aligned: those that have most of the rare words at the right distance.
const MAX_STRETCHES: usize = 16;
/// Units by which the place of a stretch is told, the rarest ones; a unit that stands in more places tells nothing.
const N_TELLING: usize = 16;
const MAX_TELLING_PLACES: usize = 20_000;
/// So much of the words must stand there, in percent.
const MIN_ALIGNED: usize = 60;
const MIN_COUNTED: usize = 85;
const MIN_COVERED: usize = 60;

/// Some units of the quotation that stand somewhere exactly.
#[derive(Debug, Clone, Copy)]
struct Part {
    /// Units of the quotation.
    start: usize,
    end: usize,
    article: usize,
    /// First unit in the article.
    at: usize,
}

impl Part {
    fn end_at(&self) -> usize {
        self.at + self.end - self.start
    }
}

/// Where the quotation nearly stands.
pub(crate) fn find(pile: &Pile, needle: &Needle<'_>) -> Match {
    let n_words = needle.n_words(0, needle.units.len());
    if n_words < MIN_PART_WORDS {
        return Match::None;
    }
    let parts = cover(pile, needle);
    let n_covered: usize = parts.iter().map(|part| needle.n_words(part.start, part.end)).sum();
    let best = if needle.units.len() <= MAX_ALIGNED { aligned(pile, needle) } else { None };
    if let Some(found) = best.as_ref().and_then(|best| best.told(pile, needle, n_words, MIN_COUNTED)) {
        return found;
    }
    let is_covered = n_covered == n_words && parts.len() > 1;
    if is_covered && let Some(found) = put_together(pile, needle, &parts) {
        return found;
    }
    if let Some(found) =
        best.and_then(|best| best.counted(pile, needle).or_else(|| best.told(pile, needle, n_words, MIN_ALIGNED)))
    {
        return found;
    }
    if parts.len() > 1 && n_covered * 100 >= n_words * MIN_COVERED {
        return put_together(pile, needle, &parts).unwrap_or(Match::None);
    }
    Match::None
}

impl Needle<'_> {
    fn n_words(&self, start: usize, end: usize) -> usize {
        self.units[start..end].iter().filter(|unit| unit.kind == Kind::Word).count()
    }
}

/// The longest parts that stand somewhere, from the beginning on; each where the one before it goes on, if it can.
fn cover(pile: &Pile, needle: &Needle<'_>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut start = 0;
    while start < needle.units.len() && parts.len() < MAX_PARTS {
        let (end, places) = longest(pile, needle, start);
        let n_words = needle.n_words(start, end);
        if n_words < MIN_PART_WORDS {
            start += 1;
            continue;
        }
        let before = parts.last().copied();
        let distance = |&(article, at): &(usize, usize)| match before {
            Some(before) if before.article == article => (0, at.abs_diff(before.end_at())),
            _ => (1, 0),
        };
        let Some(&(article, at)) = places.iter().min_by_key(|place| (distance(place), **place)) else { break };
        let is_strange = before.is_some_and(|before| before.article != article);
        if is_strange && n_words < MIN_STRANGE_PART_WORDS {
            start += 1;
            continue;
        }
        parts.push(Part { start, end, article, at });
        start = end;
    }
    parts
}

/// The longest row of units from `start` on that stands somewhere, and where.
fn longest(pile: &Pile, needle: &Needle<'_>, start: usize) -> (usize, Vec<(usize, usize)>) {
    let Some(form) = needle.forms[start] else { return (start, Vec::new()) };
    let first = pile.places[form as usize].iter();
    let mut places: Vec<(usize, usize)> = first.map(|(article, at)| (*article as usize, *at as usize)).collect();
    let mut end = start + 1;
    while let Some(Some(form)) = needle.forms.get(end) {
        let goes_on =
            |(article, at): &(usize, usize)| pile.articles[*article].forms.get(at + end - start) == Some(form);
        let further: Vec<(usize, usize)> = places.iter().filter(|place| goes_on(place)).copied().collect();
        if further.is_empty() {
            break;
        }
        places = further;
        end += 1;
    }
    (end, places)
}

/// Parts that stand somewhere as a quotation of all: words left out between them, another order, or put together.
fn put_together(pile: &Pile, needle: &Needle<'_>, parts: &[Part]) -> Option<Match> {
    let mut differences = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| parts[before]);
        let start = before.map_or(0, |before| before.end);
        let between = &needle.units[start..part.start];
        if between.iter().any(|unit| unit.kind == Kind::Word) {
            let is = as_written(between, needle.text);
            differences.push(Difference { kind: DifferenceKind::Added, was: String::new(), is });
        }
        let Some(before) = before else { continue };
        let units = &pile.articles[part.article].units;
        let text = &pile.articles[part.article].text;
        let (first, last) = (before.at.min(part.at), before.end_at().max(part.end_at()) - 1);
        let is_one = before.article == part.article
            && before.end_at().abs_diff(part.at) <= MAX_GAP
            && !units[first].span.hull(units[last].span).of(text).contains('\n');
        let kind = match (is_one, before.end_at() <= part.at) {
            (true, true) => DifferenceKind::LeftOut,
            (true, false) => DifferenceKind::Order,
            (false, _) => DifferenceKind::PutTogether,
        };
        let was = if kind == DifferenceKind::LeftOut {
            let was = as_written(&units[before.end_at()..part.at], text);
            // Marks alone.
            if !was.chars().any(char::is_alphanumeric) {
                differences.push(Difference { kind: DifferenceKind::Punctuation, was, is: String::new() });
                continue;
            }
            was
        } else {
            String::new()
        };
        let is = if kind == DifferenceKind::LeftOut {
            String::new()
        } else {
            as_written(&needle.units[part.start..part.end], needle.text)
        };
        differences.push(Difference { kind, was, is });
    }
    let last = parts.last()?;
    let rest = &needle.units[last.end..];
    if rest.iter().any(|unit| unit.kind == Kind::Word) {
        let is = as_written(rest, needle.text);
        differences.push(Difference { kind: DifferenceKind::Added, was: String::new(), is });
    }
    let mut occurrences: Vec<Occurrence> = Vec::new();
    for part in parts {
        let occurrence = pile.occurrence(part.article, &[(part.at, part.end_at())]);
        match occurrences.last_mut().filter(|last| last.article == part.article) {
            Some(last) => last.spans.extend(occurrence.spans),
            None => occurrences.push(occurrence),
        }
    }
    (!differences.is_empty()).then_some(Match::Near(occurrences, differences))
}

/// A stretch of an article, with how the quotation comes from it.
struct Aligned {
    article: usize,
    /// The first unit of the stretch.
    start: usize,
    alignment: Alignment,
}

/// The stretch from which the quotation comes at the least cost.
fn aligned(pile: &Pile, needle: &Needle<'_>) -> Option<Aligned> {
    let n = needle.units.len();
    let all = stretches(pile, needle).into_iter().map(|(article, from)| {
        let units = &pile.articles[article].units;
        let start = from.saturating_sub(n / 2 + 8).min(units.len());
        let end = (from + 2 * n + 32).min(units.len());
        Aligned { article, start, alignment: align(&needle.units, &units[start..end]) }
    });
    all.min_by_key(|one| (one.alignment.cost, one.article, one.start))
}

impl Aligned {
    fn found(&self, pile: &Pile, (first, last): (usize, usize), differences: Vec<Difference>) -> Match {
        let occurrence = pile.occurrence(self.article, &[(self.start + first, self.start + last)]);
        Match::Near(vec![occurrence], differences)
    }

    /// With what is different, where at least so many of the words stand there, in percent.
    fn told(&self, pile: &Pile, needle: &Needle<'_>, n_words: usize, share: usize) -> Option<Match> {
        let Alignment { start, end, n_matched_words, .. } = self.alignment;
        let least = if n_words == MIN_PART_WORDS { MIN_PART_WORDS - 1 } else { MIN_PART_WORDS };
        if n_matched_words < least || n_matched_words * 100 < n_words * share {
            return None;
        }
        let article = &pile.articles[self.article];
        let texts = (article.text.as_str(), needle.text);
        let differences = self.alignment.differences(&needle.units, &article.units[self.start..], texts);
        Some(self.found(pile, (start, end), differences))
    }

    /// With the stretch beside, as long as the quotation, that has nearly all of its words in another order.
    fn counted(&self, pile: &Pile, needle: &Needle<'_>) -> Option<Match> {
        let article = &pile.articles[self.article];
        let units = &article.units[self.start..];
        let n = needle.units.len();
        let mut wanted: HashMap<String, usize> = HashMap::new();
        for unit in needle.units.iter().filter(|unit| unit.kind == Kind::Word) {
            *wanted.entry(unit.text.to_lowercase()).or_default() += 1;
        }
        let n_words: usize = wanted.values().sum();
        let from = self.alignment.start.saturating_sub(n);
        let to = (self.alignment.end + n).min(units.len());
        let n_found = |start: usize| {
            let mut left = wanted.clone();
            let words = units[start..(start + n).min(to)].iter().filter(|unit| unit.kind == Kind::Word);
            let mut has = |word: String| left.get_mut(&word).filter(|n| **n > 0).map(|n| *n -= 1).is_some();
            words.filter(|unit| has(unit.text.to_lowercase())).count()
        };
        let counts = (from..to).map(|start| (start, n_found(start)));
        let (start, n_best) = counts.max_by_key(|(start, n)| (*n, usize::MAX - start))?;
        if n_best <= self.alignment.n_matched_words || n_best * 100 < n_words * MIN_COUNTED {
            return None;
        }
        let end = (start + n).min(to);
        let was = as_written(&units[start..end], &article.text);
        let is = as_written(&needle.units, needle.text);
        Some(self.found(pile, (start, end), vec![Difference { kind: DifferenceKind::Order, was, is }]))
    }
}

/// Where the stretches begin that have most of the telling units at the right distance from each other.
fn stretches(pile: &Pile, needle: &Needle<'_>) -> Vec<(usize, usize)> {
    const BUCKET: usize = 8;
    let n_places = |form: u32| pile.places[form as usize].len();
    let known = needle.forms.iter().enumerate().filter_map(|(at, form)| Some((at, (*form)?)));
    let mut telling: Vec<(usize, u32)> = known
        .filter(|(at, form)| needle.units[*at].kind == Kind::Word && n_places(*form) <= MAX_TELLING_PLACES)
        .collect();
    telling.sort_by_key(|(at, form)| (n_places(*form), *at));
    telling.truncate(N_TELLING);
    let mut votes: HashMap<(usize, usize), usize> = HashMap::new();
    for (at, form) in telling {
        let mut seen: HashSet<(usize, usize)> = HashSet::new();
        for (article, place) in &pile.places[form as usize] {
            let bucket = (*place as usize).saturating_sub(at) / BUCKET;
            // What stands a little further on is of the same stretch.
            for bucket in [bucket, bucket + 1] {
                if seen.insert((*article as usize, bucket)) {
                    *votes.entry((*article as usize, bucket)).or_default() += 1;
                }
            }
        }
    }
    let mut ranked: Vec<((usize, usize), usize)> = votes.into_iter().collect();
    ranked.sort_unstable_by_key(|(place, n)| (usize::MAX - n, *place));
    ranked.truncate(MAX_STRETCHES);
    ranked.into_iter().map(|((article, bucket), _)| (article, bucket * BUCKET)).collect()
}
