//! Whether an event fits a happening.

use crate::happenings::reports::{Report, is_mutual, is_verbal};
use crate::stems::StemSet;
use crate::times::times_fit;
use std::collections::BTreeSet;

/// What is known of a happening from the reports that are in it.
pub(crate) struct Known<'a> {
    pub(crate) members: Vec<usize>,
    times: BTreeSet<&'a str>,
    place: StemSet,
    sources: BTreeSet<usize>,
    targets: BTreeSet<usize>,
    words: StemSet,
    modes: BTreeSet<&'a str>,
}

impl<'a> Known<'a> {
    pub(crate) fn of(reports: &[Report<'a>], members: Vec<usize>) -> Self {
        let mut known = Known {
            members: Vec::new(),
            times: BTreeSet::new(),
            place: StemSet::default(),
            sources: BTreeSet::new(),
            targets: BTreeSet::new(),
            words: StemSet::default(),
            modes: BTreeSet::new(),
        };
        for member in members {
            let report = &reports[member];
            known.members.push(member);
            known.times.extend(report.time);
            known.place.extend(&report.place);
            known.sources.extend(&report.sources);
            known.targets.extend(&report.targets);
            known.words.extend(&report.words);
            known.modes.extend(report.event.mode.as_deref());
        }
        known
    }

    pub(crate) fn join(&mut self, other: Known<'a>) {
        self.members.extend(other.members);
        self.times.extend(other.times);
        self.place.extend(&other.place);
        self.sources.extend(other.sources);
        self.targets.extend(other.targets);
        self.words.extend(&other.words);
        self.modes.extend(other.modes);
    }

    /// How much is known: what has a time, a place and participants is told apart first.
    pub(crate) fn n_known(&self) -> usize {
        [self.times.is_empty(), self.place.is_empty(), self.sources.is_empty(), self.targets.is_empty()]
            .into_iter()
            .filter(|is_empty| !is_empty)
            .count()
    }
}

/// Whether times or participants of two events of one type say that they are two, whatever their wording. Places may
/// differ: a program for synonyms rewrites them.
pub(crate) fn are_apart(a: &Report<'_>, b: &Report<'_>) -> bool {
    let participants_clash = match is_mutual(a.event.kind) {
        true => clash(&a.parties(), &b.parties()),
        false => clash(&a.sources, &b.sources) || clash(&a.targets, &b.targets),
    };
    participants_clash || !times_fit(a.time, b.time)
}

/// How well two happenings of one type fit: `None` where something speaks against it or too little for it. Type,
/// participants, time and place must fit; the words alone never join.
pub(crate) fn fit(reports: &[Report<'_>], a: &Known<'_>, b: &Known<'_>) -> Option<u32> {
    let kind = reports[*a.members.first()?].event.kind;
    let all_fit = a.times.iter().all(|time| b.times.iter().all(|other| times_fit(Some(time), Some(other))));
    if !all_fit || a.place.clashes(&b.place) {
        return None;
    }
    let (sources, targets) = match is_mutual(kind) {
        true => {
            let (all_a, all_b) = (&a.sources | &a.targets, &b.sources | &b.targets);
            if clash(&all_a, &all_b) {
                return None;
            }
            let n_shared = all_a.intersection(&all_b).count();
            (n_shared > 0, n_shared > 1)
        }
        false => {
            if clash(&a.sources, &b.sources) || clash(&a.targets, &b.targets) {
                return None;
            }
            (!a.sources.is_disjoint(&b.sources), !a.targets.is_disjoint(&b.targets))
        }
    };
    let same_day = a.times.iter().any(|time| time.len() >= 8 && b.times.contains(time));
    let same_place = !a.place.is_disjoint(&b.place);
    let same_mode = !a.modes.is_disjoint(&b.modes);
    let n_shared_words = a.words.n_shared(&b.words);
    let percent_words = 100 * n_shared_words / a.words.len().min(b.words.len()).max(1);
    let circumstances = u32::from(sources) + u32::from(targets) + 2 * u32::from(same_day) + u32::from(same_place);
    let wording = u32::from(same_mode) + u32::from(percent_words >= 50);
    let is_enough = match is_verbal(kind) {
        // What is said once more on another day is another act: its words must be the same.
        true => sources && percent_words >= 50 && n_shared_words >= 2 && circumstances >= 1,
        false => circumstances >= 2 && wording >= 1,
    };
    is_enough.then_some(10 * circumstances + wording)
}

/// Both are known, and nothing is in both.
fn clash<T: Ord>(a: &BTreeSet<T>, b: &BTreeSet<T>) -> bool {
    !a.is_empty() && !b.is_empty() && a.is_disjoint(b)
}
