//! Predications, and the events and stances that are views on them.

use super::selector::{Selector, Selectors};
use crate::Error;
use crate::lookup::Lookup;
use rapporteur_model::{
    Argument, ArticleActorIdx, Confidence, Event, EventType, Polarity, Predication, PredicationIdx, ReasonKind, Record,
    Stance, StanceKind, StanceObject, Status, TimexIdx,
};
use schemars::JsonSchema;
use serde::Serialize;

#[derive(Serialize, JsonSchema)]
pub(super) struct PredicationJson<'r> {
    trigger: Selector<'r>,
    sources: Vec<ArgumentJson<'r>>,
    targets: Vec<ArgumentJson<'r>>,
    object: Option<Selector<'r>>,
    polarity: Polarity,
    status: Status,
    condition: Option<Selector<'r>>,
    time: Option<TimexIdx>,
    place: Option<Selector<'r>>,
    reasons: Vec<ReasonJson<'r>>,
    /// The paragraph that the trigger begins in, counted from one.
    paragraph: Option<usize>,
}

#[derive(Serialize, JsonSchema)]
struct ArgumentJson<'r> {
    span: Selector<'r>,
    actor: Option<ArticleActorIdx>,
    /// The actor's id in the story.
    story_actor: Option<&'r str>,
}

#[derive(Serialize, JsonSchema)]
struct ReasonJson<'r> {
    shows: ReasonKind,
    span: Selector<'r>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct EventJson<'r> {
    predication: PredicationIdx,
    r#type: EventType,
    mode: Option<&'r str>,
    coded: EventType,
    cameo_root: &'static str,
    quad: u8,
    frame: &'r str,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct StanceJson<'r> {
    predication: PredicationIdx,
    parties: Vec<PartyJson<'r>>,
    kind: StanceKind,
    object: Option<ObjectJson<'r>>,
    condition: Option<Selector<'r>>,
    evidence: Selector<'r>,
    statement: Option<&'r str>,
    rule: &'r str,
    confidence: Confidence,
}

#[derive(Serialize, JsonSchema)]
struct PartyJson<'r> {
    actor: ArticleActorIdx,
    /// The actor's id in the story.
    story_actor: Option<&'r str>,
}

#[derive(Serialize, JsonSchema)]
struct ObjectJson<'r> {
    span: Selector<'r>,
    head: &'r str,
    arguments: &'r [String],
    is_negated: bool,
}

/// What the export needs to know to write the items of one record.
#[derive(Clone, Copy)]
pub(super) struct Context<'l, 'r> {
    pub(super) lookup: &'l Lookup<'r>,
    pub(super) article_idx: usize,
    pub(super) selectors: &'l Selectors<'r>,
}

pub(super) fn predications<'r>(
    context: Context<'_, 'r>,
    record: &'r Record,
) -> Result<Vec<PredicationJson<'r>>, Error> {
    record.predications.iter().map(|predication| context.predication(predication)).collect()
}

pub(super) fn events<'r>(record: &'r Record) -> Vec<EventJson<'r>> {
    let event = |event: &'r Event| {
        let predication = &record.predications[event.predication.0 as usize];
        let coded = event.kind.coded(predication.status, predication.polarity);
        EventJson {
            predication: event.predication,
            r#type: event.kind,
            mode: event.mode.as_deref(),
            coded,
            cameo_root: coded.cameo_root(),
            quad: coded.quad(),
            frame: &event.frame,
        }
    };
    record.events.iter().map(event).collect()
}

pub(super) fn stances<'r>(context: Context<'_, 'r>, record: &'r Record) -> Result<Vec<StanceJson<'r>>, Error> {
    record.stances.iter().map(|stance| context.stance(stance)).collect()
}

impl<'r> Context<'_, 'r> {
    fn story_actor(self, actor: ArticleActorIdx) -> Option<&'r str> {
        let position = self.lookup.actor_idx(self.article_idx, actor)?;
        Some(self.lookup.reading.story.actors[position].id.as_str())
    }

    fn arguments(self, arguments: &[Argument]) -> Result<Vec<ArgumentJson<'r>>, Error> {
        let argument = |argument: &Argument| {
            let (span, actor) = (self.selectors.of(argument.span)?, argument.actor);
            Ok(ArgumentJson { span, actor, story_actor: actor.and_then(|actor| self.story_actor(actor)) })
        };
        arguments.iter().map(argument).collect()
    }

    fn predication(self, predication: &'r Predication) -> Result<PredicationJson<'r>, Error> {
        let reasons = predication.reasons.iter().map(|reason| {
            let span = self.selectors.of(reason.span)?;
            Ok(ReasonJson { shows: reason.shows, span })
        });
        Ok(PredicationJson {
            trigger: self.selectors.of(predication.trigger)?,
            sources: self.arguments(&predication.sources)?,
            targets: self.arguments(&predication.targets)?,
            object: self.selectors.of_optional(predication.object)?,
            polarity: predication.polarity,
            status: predication.status,
            condition: self.selectors.of_optional(predication.condition)?,
            time: predication.time,
            place: self.selectors.of_optional(predication.place)?,
            reasons: reasons.collect::<Result<_, Error>>()?,
            paragraph: self.lookup.reading.articles[self.article_idx].paragraph_number(predication.trigger),
        })
    }

    fn stance(self, stance: &'r Stance) -> Result<StanceJson<'r>, Error> {
        let object = |object: &'r StanceObject| {
            let (span, head) = (self.selectors.of(object.span)?, object.head.as_str());
            Ok::<_, Error>(ObjectJson { span, head, arguments: &object.arguments, is_negated: object.is_negated })
        };
        let party = |&actor: &ArticleActorIdx| PartyJson { actor, story_actor: self.story_actor(actor) };
        Ok(StanceJson {
            predication: stance.predication,
            parties: stance.parties.iter().map(party).collect(),
            kind: stance.kind,
            object: stance.object.as_ref().map(object).transpose()?,
            condition: self.selectors.of_optional(stance.condition)?,
            evidence: self.selectors.of(stance.evidence)?,
            statement: stance.statement.as_ref().map(|id| id.as_str()),
            rule: &stance.rule,
            confidence: stance.confidence,
        })
    }
}
