//! A story as rows: an entry for each item, with the places of the words it rests on.

use crate::digest::digest;
use hashbrown::{HashMap, HashSet};
use rapporteur_model::{
    ActorId, Article, ArticleId, CodePoints, Place, Polarity, Record, Span, Statement, StatementId, Story, Support,
    TargetLayer, Uttered,
};
use rayon::prelude::*;
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeSet;

/// An entry on its way into the file.
#[derive(Debug, Serialize)]
pub(super) struct NewEntry {
    pub(super) layer: i64,
    pub(super) id: String,
    pub(super) label: Option<String>,
    pub(super) kind: Option<String>,
    /// Ids of other entries.
    pub(super) actor: Option<String>,
    pub(super) party: Option<String>,
    pub(super) issue: Option<String>,
    pub(super) value: Option<String>,
    pub(super) status: Option<String>,
    pub(super) n_articles: i64,
    pub(super) n_origins_min: i64,
    pub(super) n_origins_max: i64,
    pub(super) sourcing: Option<String>,
    pub(super) first: Option<i64>,
    pub(super) facts: Option<String>,
    /// Sorted, without two alike.
    pub(super) places: Vec<NewPlace>,
}

/// A place of an entry: its part, the article's key, and a stretch in code points.
pub(super) type NewPlace = (i64, i64, u32, u32);

impl NewEntry {
    fn new(layer: TargetLayer, id: String) -> Self {
        NewEntry {
            layer: number_of(layer),
            id,
            label: None,
            kind: None,
            actor: None,
            party: None,
            issue: None,
            value: None,
            status: None,
            n_articles: 0,
            n_origins_min: 0,
            n_origins_max: 0,
            sourcing: None,
            first: None,
            facts: None,
            places: Vec::new(),
        }
    }

    pub(super) fn digest(&self) -> i64 {
        digest(&[&postcard::to_allocvec(self).unwrap_or_default()])
    }
}

/// The number of a layer of entries in the file; the order of the views.
pub(crate) fn number_of(layer: TargetLayer) -> i64 {
    match layer {
        TargetLayer::Actor => 1,
        TargetLayer::Utterance => 2,
        TargetLayer::Happening => 3,
        TargetLayer::Issue => 4,
        TargetLayer::Position => 5,
        TargetLayer::Timeline => 6,
        TargetLayer::Tension => 7,
        TargetLayer::Article => 8,
        TargetLayer::Outlet => 9,
    }
}

/// The layer of entries that has this number.
pub(crate) fn layer_of(number: i64) -> Option<TargetLayer> {
    TargetLayer::ALL.into_iter().find(|layer| number_of(*layer) == number)
}

/// What the rows are made of.
pub(super) struct Told<'a> {
    articles: &'a [Article],
    records: &'a [Record],
    story: &'a Story,
    idx_of: HashMap<&'a ArticleId, usize>,
    code_points: Vec<CodePoints<'a>>,
    keys: Vec<i64>,
    statements: HashMap<&'a StatementId, (usize, &'a Statement)>,
    parties: HashMap<&'a ActorId, &'a ActorId>,
    phrases: &'a HashMap<String, i64>,
}

impl<'a> Told<'a> {
    /// `records` are those that the story was told of, in the order of `articles`. Articles that the file does not have
    /// are left out.
    pub(super) fn new(
        articles: &'a [Article],
        records: &'a [Record],
        story: &'a Story,
        keys: &HashMap<ArticleId, i64>,
        phrases: &'a HashMap<String, i64>,
    ) -> Self {
        let statements = records
            .iter()
            .enumerate()
            .flat_map(|(idx, record)| record.statements.iter().map(move |statement| (&statement.id, (idx, statement))));
        let by_key: HashMap<&str, &ActorId> =
            story.actors.iter().rev().filter_map(|actor| Some((actor.entity_key.as_deref()?, &actor.id))).collect();
        let parties = story.actors.iter().filter_map(|actor| {
            let affiliation = actor.code.as_ref().and_then(|code| code.affiliation.as_deref());
            let party = by_key.get(actor.allegiance.as_deref().or(affiliation)?)?;
            (**party != actor.id).then_some((&actor.id, *party))
        });
        Told {
            phrases,
            parties: parties.collect(),
            statements: statements.collect(),
            keys: articles.iter().map(|article| keys.get(&article.id).copied().unwrap_or_default()).collect(),
            code_points: articles.iter().map(|article| CodePoints::new(&article.text)).collect(),
            idx_of: articles.iter().enumerate().map(|(idx, article)| (&article.id, idx)).collect(),
            articles,
            records,
            story,
        }
    }

    /// The articles, each with its key.
    pub(super) fn articles(&self) -> impl Iterator<Item = (&'a Article, &'a Record, i64)> {
        self.articles.iter().zip(self.records).zip(&self.keys).map(|((article, record), key)| (article, record, *key))
    }

    pub(super) fn key_of(&self, id: &ArticleId) -> Option<i64> {
        self.idx_of.get(id).map(|idx| self.keys[*idx])
    }

    /// The entries, each with its digest, those that others refer to first.
    pub(super) fn entries(&self) -> Vec<(NewEntry, i64)> {
        use TargetLayer::{Actor, Happening, Issue, Position, Tension, Timeline, Utterance};
        let of_layer = |layer: &TargetLayer| -> Vec<NewEntry> {
            match layer {
                TargetLayer::Actor => self.actors().collect(),
                TargetLayer::Issue => self.issues().collect(),
                TargetLayer::Utterance => self.utterances().collect(),
                TargetLayer::Happening => self.happenings().collect(),
                TargetLayer::Position => self.positions().collect(),
                TargetLayer::Timeline => self.timeline().collect(),
                TargetLayer::Tension => self.tensions().collect(),
                TargetLayer::Article | TargetLayer::Outlet => Vec::new(),
            }
        };
        // What others may refer to comes before the utterances.
        let layers = [Actor, Issue, Utterance, Happening, Position, Timeline, Tension];
        let layers: Vec<Vec<NewEntry>> = layers.par_iter().map(of_layer).collect();
        let entries: Vec<NewEntry> = layers.into_iter().flatten().collect();
        let known: HashSet<String> = entries
            .iter()
            .take_while(|entry| entry.layer != number_of(TargetLayer::Utterance))
            .map(|entry| entry.id.clone())
            .collect();
        let finished = |mut entry: NewEntry| {
            entry.places.sort_unstable();
            entry.places.dedup();
            for named in [&mut entry.actor, &mut entry.party, &mut entry.issue] {
                *named = named.take().filter(|id| known.contains(id));
            }
            let digest = entry.digest();
            (entry, digest)
        };
        entries.into_par_iter().map(finished).collect()
    }

    /// Where words stand, as a place of `part`.
    fn at(&self, part: usize, article_idx: usize, span: Span) -> NewPlace {
        let (start, end) = self.code_points[article_idx].of(span);
        (part as i64, self.keys[article_idx], start, end)
    }

    fn place(&self, part: usize, place: &Place) -> Option<NewPlace> {
        Some(self.at(part, *self.idx_of.get(&place.article)?, place.span))
    }

    /// The words of a statement as they stand, from the first to the last; of an act report its cue.
    fn statement(&self, part: usize, id: &StatementId) -> Option<NewPlace> {
        let (article_idx, statement) = self.statements.get(id)?;
        let content = statement.content.iter().copied().reduce(Span::hull);
        Some(self.at(part, *article_idx, content.or(statement.cue)?))
    }

    fn supported(&self, entry: NewEntry, support: &Support) -> NewEntry {
        NewEntry {
            n_articles: support.articles.len() as i64,
            n_origins_min: support.n_origins_min as i64,
            n_origins_max: support.n_origins_max as i64,
            sourcing: Some(name_of(&support.sourcing)),
            first: support.first.as_ref().and_then(|id| self.key_of(id)),
            ..entry
        }
    }

    /// The numbers of reasons.
    fn phrases<'p>(&self, reasons: impl Iterator<Item = &'p str>) -> Option<Vec<i64>> {
        let numbers: Vec<i64> = reasons.filter_map(|reason| self.phrases.get(reason).copied()).collect();
        (!numbers.is_empty()).then_some(numbers)
    }

    fn actors(&self) -> impl Iterator<Item = NewEntry> {
        let mut n_statements: HashMap<(usize, u32), i64> = HashMap::new();
        for (idx, record) in self.records.iter().enumerate() {
            for speaker in record.statements.iter().filter_map(|statement| statement.speaker) {
                *n_statements.entry((idx, speaker.0)).or_default() += 1;
            }
        }
        self.story.actors.iter().map(move |actor| {
            let (mut places, mut articles) = (Vec::new(), Vec::new());
            let mut n_said = 0;
            for member in &actor.members {
                let Some(&idx) = self.idx_of.get(&member.article) else { continue };
                articles.push(idx);
                n_said += n_statements.get(&(idx, member.actor.0)).copied().unwrap_or_default();
                let record = &self.records[idx];
                let mentions = record.actors.get(member.actor.0 as usize).map(|actor| actor.mentions.as_slice());
                // The first mention of each article: all of them would be the largest table of the file.
                let first = mentions.unwrap_or_default().first();
                places.extend(first.and_then(|at| record.mentions.get(at.0 as usize)).map(|m| self.at(0, idx, m.span)));
            }
            articles.sort_unstable();
            articles.dedup();
            let aliases: Vec<&str> = actor.aliases.iter().map(|alias| alias.text.as_str()).collect();
            let aliases = if aliases == [actor.name.as_str()] { Vec::new() } else { aliases };
            let roles: Vec<&str> = actor.roles.iter().map(|role| role.text.as_str()).collect();
            let code = actor.code.as_ref().map(|code| {
                let parts = [code.affiliation.as_deref(), code.role.as_deref()];
                parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
            });
            let n_mentions: usize = actor.aliases.iter().map(|alias| alias.n_mentions).sum();
            let facts = json!({
                "aliases": some(&aliases), "roles": some(&roles),
                "code": code, "speaks_for": actor.spokesperson_of,
                "because": self.phrases(actor.merges.iter().map(|merge| merge.reason.as_str())),
            });
            NewEntry {
                label: Some(actor.name.clone()),
                kind: Some(name_of(&actor.kind)),
                party: self.parties.get(&actor.id).map(|party| party.to_string()),
                n_articles: articles.len() as i64,
                n_origins_min: n_said,
                n_origins_max: n_mentions as i64,
                facts: self::facts(facts),
                places,
                ..NewEntry::new(TargetLayer::Actor, actor.id.to_string())
            }
        })
    }

    fn utterances(&self) -> impl Iterator<Item = NewEntry> {
        self.story.utterances.iter().map(|utterance| {
            let part = |report: &StatementId| usize::from(*report != utterance.fullest);
            let places = utterance.reports.iter().filter_map(|report| self.statement(part(report), report));
            let speaker = utterance.speaker.as_ref();
            let party = speaker.map(|speaker| self.parties.get(speaker).copied().unwrap_or(speaker));
            let statement = self.statements.get(&utterance.fullest).map(|(_, statement)| *statement);
            let mut facts = json!({
                "kind": statement.map(|statement| name_of(&statement.kind)),
                "because": self.phrases(utterance.reasons.iter().map(String::as_str)),
            });
            if let Some((article_idx, statement)) = self.statements.get(&utterance.fullest) {
                for (name, span) in circumstances(statement) {
                    facts[name] = json!(span.map(|span| self.code_points[*article_idx].of(span)));
                }
            }
            let entry = NewEntry {
                kind: Some(utterance.class.name().to_string()),
                actor: speaker.map(ActorId::to_string),
                party: party.map(ActorId::to_string),
                value: utterance.time.clone(),
                status: statement.and_then(reservation),
                facts: self::facts(facts),
                places: places.collect(),
                ..NewEntry::new(TargetLayer::Utterance, utterance.id.to_string())
            };
            self.supported(entry, &utterance.support)
        })
    }

    fn happenings(&self) -> impl Iterator<Item = NewEntry> {
        self.story.happenings.iter().map(|happening| {
            let trigger = |part: usize, report: &rapporteur_model::EventRef| {
                let idx = *self.idx_of.get(&report.article)?;
                let event = self.records[idx].events.get(report.event.0 as usize)?;
                let predication = self.records[idx].predications.get(event.predication.0 as usize)?;
                Some(self.at(part, idx, predication.trigger))
            };
            let places = happening.reports.iter().enumerate();
            let places = places.filter_map(|(n, report)| trigger(usize::from(n > 0), report));
            let facts = json!({
                "sources": some(&happening.sources), "targets": some(&happening.targets), "place": happening.place,
            });
            let entry = NewEntry {
                kind: Some(happening.kind.name().to_string()),
                actor: happening.sources.first().map(ActorId::to_string),
                party: happening.targets.first().map(ActorId::to_string),
                value: happening.time.clone(),
                status: Some(name_of(&happening.status)),
                facts: self::facts(facts),
                places: places.collect(),
                ..NewEntry::new(TargetLayer::Happening, happening.id.to_string())
            };
            self.supported(entry, &happening.support)
        })
    }

    fn issues(&self) -> impl Iterator<Item = NewEntry> {
        let mut n_articles: HashMap<&str, BTreeSet<&ArticleId>> = HashMap::new();
        for position in &self.story.positions {
            n_articles.entry(position.issue.as_str()).or_default().extend(&position.support.articles);
        }
        self.story.issues.iter().map(move |issue| {
            let facts =
                json!({ "reason": issue.reason, "wordings": some(&issue.wordings), "is_common": issue.is_common });
            NewEntry {
                label: Some(issue.name.clone()),
                kind: Some(name_of(&issue.standing)),
                n_articles: n_articles.get(issue.id.as_str()).map_or(0, |articles| articles.len() as i64),
                facts: self::facts(facts),
                ..NewEntry::new(TargetLayer::Issue, issue.id.to_string())
            }
        })
    }

    fn positions(&self) -> impl Iterator<Item = NewEntry> {
        self.story.positions.iter().map(|position| {
            let mut places = Vec::new();
            for (part, stance) in position.stances.iter().enumerate() {
                for report in &stance.reports {
                    let Some(&idx) = self.idx_of.get(&report.article) else { continue };
                    let stance = self.records[idx].stances.get(report.stance.0 as usize);
                    places.extend(stance.map(|stance| self.at(part, idx, stance.evidence)));
                }
            }
            let stances: Vec<_> = position
                .stances
                .iter()
                .map(|stance| {
                    let conditions = stance.conditions.iter().filter_map(|condition| {
                        let idx = *self.idx_of.get(&condition.article)?;
                        let (_, article, first, last) = self.at(0, idx, condition.span);
                        Some(json!([article, first, last, condition.linked_issue]))
                    });
                    without(json!({
                        "kind": stance.kind.name(),
                        "voiced_by": some(&stance.voiced_by),
                        "first": stance.first_time,
                        "last": stance.last_time.as_ref().filter(|last| Some(*last) != stance.first_time.as_ref()),
                        "conditions": some(&conditions.collect::<Vec<_>>()),
                        "n": stance.support.articles.len(),
                        "min": stance.support.n_origins_min,
                        "max": stance.support.n_origins_max,
                    }))
                })
                .collect();
            let last = position.stances.last();
            let entry = NewEntry {
                kind: last.map(|stance| stance.kind.name().to_string()),
                party: Some(position.party.to_string()),
                issue: Some(position.issue.to_string()),
                value: last.and_then(|stance| stance.last_time.clone()),
                facts: facts(json!({ "stances": stances, "changes": some(&position.changes) })),
                places,
                ..NewEntry::new(TargetLayer::Position, position.id())
            };
            self.supported(entry, &position.support)
        })
    }

    fn timeline(&self) -> impl Iterator<Item = NewEntry> {
        self.story.timeline.iter().map(|line| {
            let places = line.places.iter().filter(|place| **place != line.words);
            let places = self.place(0, &line.words).into_iter().chain(places.filter_map(|place| self.place(1, place)));
            let facts = json!({ "is_planned": line.is_planned.then_some(true), "forum": line.forum });
            let entry = NewEntry {
                kind: Some(name_of(&line.kind)),
                value: Some(line.value.clone()),
                status: line.status.map(|status| name_of(&status)),
                facts: self::facts(facts),
                places: places.collect(),
                ..NewEntry::new(TargetLayer::Timeline, line.id())
            };
            self.supported(entry, &line.support)
        })
    }

    fn tensions(&self) -> impl Iterator<Item = NewEntry> {
        self.story.tensions.iter().map(move |tension| {
            let places = tension
                .sides
                .iter()
                .enumerate()
                .flat_map(|(part, side)| side.places.iter().filter_map(move |place| self.place(part, place)));
            let sides: Vec<_> = tension
                .sides
                .iter()
                .map(|side| {
                    json!({
                        "value": side.value,
                        "n": side.support.articles.len(),
                        "min": side.support.n_origins_min,
                        "max": side.support.n_origins_max,
                    })
                })
                .collect();
            let facts = json!({ "is_change": tension.is_change.then_some(true), "sides": sides });
            let articles: BTreeSet<&ArticleId> = tension.sides.iter().flat_map(|side| &side.support.articles).collect();
            NewEntry {
                label: Some(tension.reason.clone()),
                kind: Some(tension.kind.name().to_string()),
                n_articles: articles.len() as i64,
                facts: self::facts(facts),
                places: places.collect(),
                ..NewEntry::new(TargetLayer::Tension, tension.id.to_string())
            }
        })
    }
}

/// Facts of an utterance that are words of the article it is told by best: by whom, to whom, where and when, as written.
pub(crate) const CIRCUMSTANCES: [&str; 6] = ["source", "addressee", "medium", "occasion", "relay", "when"];

fn circumstances(statement: &Statement) -> [(&'static str, Option<Span>); 6] {
    let Statement { source, addressee, medium, occasion, relay, time, .. } = statement;
    let spans = [source, addressee, medium, occasion, relay, time];
    std::array::from_fn(|at| (CIRCUMSTANCES[at], *spans[at]))
}

/// That something was not said, or not yet; `None` where it was said.
fn reservation(statement: &Statement) -> Option<String> {
    let word = match (statement.uttered, statement.polarity) {
        (Uttered::Actual, Polarity::Positive) => return None,
        (Uttered::Actual, Polarity::Negative) => "negated",
        (Uttered::Planned, _) => "planned",
        (Uttered::Hypothetical, _) => "hypothetical",
        (Uttered::Negated, _) => "not-said",
    };
    Some(word.to_string())
}

/// The reasons of a story, which many entries share.
pub(super) fn reasons(story: &Story) -> BTreeSet<&str> {
    let merges = story.actors.iter().flat_map(|actor| &actor.merges).map(|merge| merge.reason.as_str());
    merges.chain(story.utterances.iter().flat_map(|utterance| &utterance.reasons).map(String::as_str)).collect()
}

/// The name of a value of an enumeration, as JSON has it.
fn name_of(value: &impl Serialize) -> String {
    let json = serde_json::to_value(value).unwrap_or_default();
    json.as_str().map(str::to_string).unwrap_or_default()
}

/// Nothing for an empty list: what is not told takes no place.
fn some<T>(list: &[T]) -> Option<&[T]> {
    (!list.is_empty()).then_some(list)
}

fn without(mut json: serde_json::Value) -> serde_json::Value {
    if let Some(object) = json.as_object_mut() {
        object.retain(|_, value| !value.is_null());
    }
    json
}

/// Facts as they are written; `None` where there are none.
fn facts(json: serde_json::Value) -> Option<String> {
    let json = without(json);
    let is_empty = json.as_object().is_some_and(serde_json::Map::is_empty);
    (!is_empty).then(|| json.to_string())
}
