//! Days of one thing that cannot all be right: deadlines and days of a next meeting.

use super::{MAX_COMPARED, Reading, Told, is_near, is_told_apart, order, tension};
use crate::data_file::{entries, words};
use crate::pile::Pile;
use crate::stems::StemSet;
use crate::times::{day_of, times_fit};
use crate::unions::Unions;
use hashbrown::HashSet;
use rapporteur_model::{CivilDate, EventType, Span, StanceKind, Statement, Status, Tension, TensionKind, TimexKind};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

pub(super) fn find(pile: &Pile<'_>, told: &Told<'_>, tensions: &mut Vec<Tension>) {
    deadlines(pile, told, tensions);
    next_meetings(pile, told, tensions);
}

/// A day that a party sets, with the article's own day.
struct Deadline<'p> {
    article_idx: usize,
    value: &'p str,
    span: Span,
}

/// The last days that one party sets within a few days: what it demands or threatens until then is taken to be one thing.
fn deadlines(pile: &Pile<'_>, told: &Told<'_>, tensions: &mut Vec<Tension>) {
    // A copy out of order may not tell who speaks.
    let speaker = |statement: &Statement| {
        let utterance = &told.utterances[*told.utterance_of.get(&statement.id)?];
        utterance.speaker.as_ref().and_then(|id| pile.actor_idx_of(id))
    };
    let mut by_party: BTreeMap<usize, Vec<Deadline<'_>>> = BTreeMap::new();
    for article_idx in 0..pile.n_articles() {
        let mut days = days_ahead(pile, article_idx);
        days.retain(|(_, span)| is_deadline(pile, article_idx, *span));
        if days.is_empty() {
            continue;
        }
        let record = pile.record(article_idx);
        let said = record
            .statements
            .iter()
            .filter_map(|statement| Some((speaker(statement)?, statement.content.iter().copied().reduce(Span::hull)?)));
        let held = record.stances.iter().filter(|stance| sets_deadlines(stance.kind));
        let held = held.flat_map(|stance| stance.parties.iter().map(|party| (*party, stance.evidence)));
        let held = held.filter_map(|(party, words)| Some((pile.actor_idx(article_idx, party)?, words)));
        for (holder, words) in said.chain(held) {
            let party = pile.party_idx(holder);
            let sentence = pile.sentence(article_idx, words);
            for (value, span) in days.iter().filter(|(_, span)| sentence.contains(*span)) {
                let deadline = Deadline { article_idx, value, span: *span };
                by_party.entry(party).or_default().push(deadline);
            }
        }
    }
    for deadlines in by_party.into_values() {
        let mut unions = Unions::new(deadlines.len());
        for (n, deadline) in deadlines.iter().enumerate() {
            for (other_n, other) in deadlines[..n].iter().enumerate().rev().take(MAX_COMPARED) {
                if is_near(pile, deadline.article_idx, other.article_idx) {
                    unions.join(other_n, n);
                }
            }
        }
        for group in unions.groups() {
            let mut readings: BTreeMap<&str, Reading> = BTreeMap::new();
            for deadline in group.iter().map(|n| &deadlines[*n]) {
                let value = deadline.value;
                let reading = readings.entry(value).or_insert_with(|| Reading::new(value, []));
                reading.places.insert((deadline.article_idx, deadline.span));
            }
            let readings: Vec<Reading> = readings.into_values().collect();
            if readings.len() > 1 && is_told_apart(&readings) {
                tensions.push(tension(pile, TensionKind::Date, "until when one party gives another time", readings));
            }
        }
    }
}

fn sets_deadlines(kind: StanceKind) -> bool {
    matches!(
        kind,
        StanceKind::Demand | StanceKind::Threat | StanceKind::Warning | StanceKind::Condition | StanceKind::RedLine
    )
}

/// Whether the word before the day makes it a last one: "by April 11".
fn is_deadline(pile: &Pile<'_>, article_idx: usize, span: Span) -> bool {
    static DEADLINE_WORDS: LazyLock<HashSet<&str>> =
        LazyLock::new(|| words(include_str!("../../data/deadline-words.txt")));
    let before = pile.article(article_idx).text.get(..span.start.get()).unwrap_or_default();
    let last = before.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    DEADLINE_WORDS.contains(last.as_str())
}

/// Days of the calendar that an article names and that are not before its own.
fn days_ahead<'p>(pile: &Pile<'p>, article_idx: usize) -> Vec<(&'p str, Span)> {
    let today = pile.published(article_idx).map(|day: CivilDate| day.to_string());
    let timexes = pile.record(article_idx).timexes.iter().filter(|timex| timex.kind == TimexKind::Date);
    let days = timexes.filter_map(|timex| Some((day_of(&timex.value)?, timex.span)));
    days.filter(|(day, _)| today.as_deref().is_none_or(|today| *day >= today)).collect()
}

/// Days on which the same parties are to meet once more.
fn next_meetings(pile: &Pile<'_>, told: &Told<'_>, tensions: &mut Vec<Tension>) {
    struct Site {
        parties: BTreeSet<usize>,
        reading: Reading,
    }
    let next = entries(include_str!("../../data/next-meeting-words.txt"));
    let next: StemSet = next.flat_map(|words| pile.stems_of(words)).collect();
    let mut sites: Vec<Site> = Vec::new();
    for happening in told.happenings.iter().filter(|happening| is_meeting(happening.kind)) {
        let mut by_day: BTreeMap<&str, Reading> = BTreeMap::new();
        for (article_idx, _, predication) in order::reports(pile, happening) {
            // An agreement is made today about what lies ahead.
            let is_ahead = happening.kind != EventType::Consult || predication.status != Status::Happened;
            if !is_ahead || predication.status == Status::Denied {
                continue;
            }
            let sentence = pile.sentence(article_idx, predication.trigger);
            let mut days = days_ahead(pile, article_idx);
            days.retain(|(_, span)| sentence.contains(*span));
            if days.is_empty() || pile.stem_set(article_idx, sentence).is_disjoint(&next) {
                continue;
            }
            for (value, span) in days {
                let reading = by_day.entry(value).or_insert_with(|| Reading::new(value, []));
                reading.places.insert((article_idx, span));
            }
        }
        // "The delegations" may be anybody's.
        let actors = happening.sources.iter().chain(&happening.targets).filter_map(|id| pile.actor_idx_of(id));
        let parties: BTreeSet<usize> = actors.filter(|idx| pile.actor(*idx).is_named).collect();
        sites.extend(by_day.into_values().map(|reading| Site { parties: parties.clone(), reading }));
    }
    let mut told_days: Vec<(BTreeSet<usize>, BTreeSet<String>)> = Vec::new();
    for (n, site) in sites.iter().enumerate() {
        for other in sites[..n].iter().rev().take(MAX_COMPARED) {
            let days = [site, other].map(|site| site.reading.places.first().map_or(0, |(article_idx, _)| *article_idx));
            let is_same = may_be_same(&site.parties, &other.parties) && is_near(pile, days[0], days[1]);
            let is_other_day = !times_fit(Some(&site.reading.value), Some(&other.reading.value));
            let readings = vec![other.reading.clone(), site.reading.clone()];
            if !is_same || !is_other_day || !is_told_apart(&readings) {
                continue;
            }
            // One account tells of a meeting in more than one way.
            let parties = &site.parties | &other.parties;
            let values: BTreeSet<String> = readings.iter().map(|reading| reading.value.clone()).collect();
            let is_told = |(known, days): &(BTreeSet<usize>, _)| *days == values && may_be_same(known, &parties);
            if !told_days.iter().any(is_told) {
                told_days.push((parties, values));
                tensions.push(tension(pile, TensionKind::Date, "when the parties meet next", readings));
            }
        }
    }
}

/// Whether the parties of two meetings can be the same: two of them are, or all that is known of one.
fn may_be_same(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> bool {
    let n_shared = a.intersection(b).count();
    n_shared > 1 || a.len().min(b.len()) == n_shared
}

fn is_meeting(kind: EventType) -> bool {
    matches!(kind, EventType::Consult | EventType::Agree | EventType::Cooperate)
}
