//! What do the parties hold, and on which issues?
//!
//! The object of a stance belongs to an issue of the list of common ones ([`issues`]), or to one that the pile itself
//! shows by the head word of its objects. A position is what a party holds on an issue, with all stances that show it.

mod issues;
mod standing;

use crate::pile::Pile;
use crate::times::is_calendar;
pub(crate) use issues::PileIssues;
pub use issues::{Issues, IssuesError};
use rapporteur_model::{
    ActorId, Issue, IssueId, Position, PositionChange, PositionCondition, PositionStance, Sourcing, Span, Stance,
    StanceIdx, StanceKind, StanceRef, Status,
};
use standing::standing;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Most wordings of an issue that are shown.
const MAX_WORDINGS: usize = 10;

/// What an issue is told by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    /// A position in the list.
    Common(usize),
    /// The stem of the head of an object.
    Found(String),
}

impl Key {
    fn id(&self, issues: &PileIssues<'_>) -> IssueId {
        match self {
            Key::Common(idx) => IssueId::new(issues.get(*idx).key.as_str()),
            Key::Found(stem) => IssueId::new(format!("found/{stem}")),
        }
    }
}

/// A stance of one article with its issue.
struct Report<'a> {
    article_idx: usize,
    stance_idx: usize,
    stance: &'a Stance,
    issue: Key,
    time: Option<String>,
}

/// A report with those who voice it.
type Voiced<'a> = (Report<'a>, BTreeSet<usize>);

/// The issues of the pile, those with most articles first, and what each party holds on them.
pub(crate) fn positions(pile: &Pile<'_>) -> (Vec<Issue>, Vec<Position>) {
    let mut by_issue: BTreeMap<Key, BTreeMap<usize, Vec<Voiced<'_>>>> = BTreeMap::new();
    for article_idx in 0..pile.n_articles() {
        let record = pile.record(article_idx);
        for (stance_idx, stance) in record.stances.iter().enumerate() {
            let holders = stance.parties.iter().filter_map(|party| pile.actor_idx(article_idx, *party));
            let mut voices: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
            for holder in holders {
                voices.entry(pile.party_idx(holder)).or_default().insert(holder);
            }
            if !is_held(pile, article_idx, stance) {
                continue;
            }
            for issue in issues(pile, article_idx, stance) {
                for (party, voices) in &voices {
                    let time = time_of(pile, article_idx, stance);
                    let report = Report { article_idx, stance_idx, stance, issue: issue.clone(), time };
                    let parties = by_issue.entry(issue.clone()).or_default();
                    parties.entry(*party).or_default().push((report, voices.clone()));
                }
            }
        }
    }
    let mut told: Vec<(Reverse<usize>, Issue, Vec<Position>)> = Vec::new();
    for (key, parties) in by_issue {
        let reports = || parties.values().flatten().map(|(report, _)| report);
        let n_articles = reports().map(|report| report.article_idx).collect::<BTreeSet<_>>().len();
        let positions: Vec<Position> =
            parties.iter().map(|(party, reports)| position(pile, *party, &key, reports)).collect();
        let (standing, reason) = standing(pile, &positions);
        let wordings = wordings(pile, reports());
        let name = match &key {
            Key::Common(idx) => pile.issues.get(*idx).name.clone(),
            Key::Found(stem) => wordings.first().cloned().unwrap_or_else(|| stem.clone()),
        };
        let is_common = matches!(key, Key::Common(_));
        let issue = Issue { id: key.id(&pile.issues), name, is_common, wordings, standing, reason };
        told.push((Reverse(n_articles), issue, positions));
    }
    told.sort_by(|(n, issue, _), (m, other, _)| (n, &issue.id).cmp(&(m, &other.id)));
    let mut positions = Vec::new();
    let mut issues = Vec::new();
    for (_, issue, of_issue) in told {
        issues.push(issue);
        positions.extend(of_issue);
    }
    (issues, positions)
}

/// Whether the party takes the stance, and nobody merely asks it to or thinks that it might: a pledge that one side
/// demands of the other is no promise, and a warning of what the party itself will do is a threat.
fn is_held(pile: &Pile<'_>, article_idx: usize, stance: &Stance) -> bool {
    let of_party = pile.record(article_idx).stances.iter().filter(|other| {
        other.parties.iter().any(|party| stance.parties.contains(party)) && other.evidence.overlaps(stance.evidence)
    });
    let mut of_party = of_party.filter(|other| *other != stance);
    let is_told_better = match stance.kind {
        StanceKind::Promise | StanceKind::Offer => of_party.any(|other| {
            other.kind == StanceKind::Demand
                && other.evidence.contains(stance.evidence)
                && other.evidence != stance.evidence
        }),
        StanceKind::Warning => of_party.any(|other| other.kind == StanceKind::Threat),
        _ => false,
    };
    if is_told_better {
        return false;
    }
    let predication = pile.record(article_idx).predications.get(stance.predication.0 as usize);
    match predication.map(|predication| predication.status) {
        // A threat and a warning tell what follows if …
        Some(Status::Conditional) => {
            matches!(stance.kind, StanceKind::Condition | StanceKind::Threat | StanceKind::Warning)
        }
        Some(Status::Demanded) => stance.kind == StanceKind::Condition,
        Some(Status::Hypothetical) => !standing::is_open(stance.kind),
        _ => true,
    }
}

/// The issues of a stance: by its object, else by all words that show it.
fn issues(pile: &Pile<'_>, article_idx: usize, stance: &Stance) -> Vec<Key> {
    let common = |span: Span| pile.issues.about(&pile.stem_set(article_idx, span));
    let of_object = stance.object.as_ref().map(|object| common(object.span)).unwrap_or_default();
    let common = if of_object.is_empty() { common(stance.evidence) } else { of_object };
    if common.is_empty() {
        let head = stance.object.as_ref().and_then(|object| pile.stems_of(&object.head).into_iter().next());
        return head.map(|stem| Key::Found(pile.stem_name(stem).to_string())).into_iter().collect();
    }
    common.into_iter().map(Key::Common).collect()
}

/// When a stance was taken: the value beside its predication, else the day of the article.
fn time_of(pile: &Pile<'_>, article_idx: usize, stance: &Stance) -> Option<String> {
    let record = pile.record(article_idx);
    let predication = record.predications.get(stance.predication.0 as usize);
    let timex = predication.and_then(|predication| record.timexes.get(predication.time?.0 as usize));
    let value = timex.map(|timex| timex.value.clone()).filter(|value| is_calendar(value));
    value.or_else(|| pile.published(article_idx).map(|day| day.to_string()))
}

fn wordings<'r>(pile: &Pile<'_>, reports: impl Iterator<Item = &'r Report<'r>>) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for report in reports {
        let Some(object) = &report.stance.object else { continue };
        let words = pile.words(report.article_idx, object.span);
        *counts.entry(words.split_whitespace().collect::<Vec<_>>().join(" ")).or_default() += 1;
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by(|(a, n), (b, m)| (Reverse(n), a.len(), a).cmp(&(Reverse(m), b.len(), b)));
    counts.into_iter().take(MAX_WORDINGS).map(|(words, _)| words).collect()
}

fn position(pile: &Pile<'_>, party: usize, key: &Key, reports: &[Voiced<'_>]) -> Position {
    let mut by_kind: BTreeMap<StanceKind, Vec<&Voiced<'_>>> = BTreeMap::new();
    for report in reports {
        by_kind.entry(report.0.stance.kind).or_default().push(report);
    }
    let support = |articles: BTreeSet<usize>, voices: &BTreeSet<usize>| {
        let sourcing = voices.iter().map(|voice| pile.sourcing(Some(*voice))).min().unwrap_or(Sourcing::Article);
        pile.support(&articles, sourcing)
    };
    let stance = |(kind, reports): (&StanceKind, &Vec<&Voiced<'_>>)| {
        let voices: BTreeSet<usize> = reports.iter().flat_map(|(_, voices)| voices).copied().collect();
        let others = voices.iter().filter(|voice| **voice != party);
        let times: BTreeSet<&String> = reports.iter().filter_map(|(report, _)| report.time.as_ref()).collect();
        let conditions = reports.iter().filter_map(|(report, _)| condition(pile, report));
        PositionStance {
            kind: *kind,
            voiced_by: others.map(|voice| pile.actor(*voice).id.clone()).collect::<Vec<ActorId>>(),
            first_time: times.first().map(|time| (*time).clone()),
            last_time: times.last().map(|time| (*time).clone()),
            conditions: conditions.collect(),
            reports: reports
                .iter()
                .map(|(report, _)| StanceRef {
                    article: pile.article(report.article_idx).id.clone(),
                    stance: StanceIdx(report.stance_idx as u32),
                })
                .collect(),
            support: support(reports.iter().map(|(report, _)| report.article_idx).collect(), &voices),
        }
    };
    let mut stances: Vec<PositionStance> = by_kind.iter().map(stance).collect();
    stances.sort_by(|a, b| (&a.first_time, a.kind).cmp(&(&b.first_time, b.kind)));
    let voices = reports.iter().flat_map(|(_, voices)| voices).copied().collect();
    Position {
        party: pile.actor(party).id.clone(),
        issue: key.id(&pile.issues),
        changes: changes(&stances),
        stances,
        support: support(reports.iter().map(|(report, _)| report.article_idx).collect(), &voices),
    }
}

/// The words that a stance depends on, and the issue that they are about where it is another.
fn condition(pile: &Pile<'_>, report: &Report<'_>) -> Option<PositionCondition> {
    let span = report.stance.condition?;
    let words = pile.stem_set(report.article_idx, span);
    let linked = pile.issues.about(&words).first().map(|idx| Key::Common(*idx)).filter(|issue| *issue != report.issue);
    let article = pile.article(report.article_idx).id.clone();
    Some(PositionCondition { article, span, linked_issue: linked.map(|issue| issue.id(&pile.issues)) })
}

/// Where a party that held to something came to be open, or the other way round: the later stance begins after the
/// earlier was taken last.
fn changes(stances: &[PositionStance]) -> Vec<PositionChange> {
    let mut changes = Vec::new();
    for from in stances {
        for to in stances.iter().filter(|to| standing::is_open(to.kind) != standing::is_open(from.kind)) {
            let is_taken = |kind| standing::is_open(kind) || standing::is_firm(kind);
            let (Some(before), Some(since)) = (&from.last_time, &to.first_time) else { continue };
            if is_taken(from.kind) && is_taken(to.kind) && before < since && !since.starts_with(before.as_str()) {
                changes.push(PositionChange { from: from.kind, to: to.kind, time: since.clone() });
            }
        }
    }
    changes.sort();
    changes
}
