use super::record::{CodeJson, code};
use super::selector::{Selector, Selectors};
use crate::Error;
use crate::lookup::Lookup;
use rapporteur_model::{
    Actor, ActorId, ActorKind, ActorMember, Alias, ArticleId, DirectionKind, Happening, HappeningId, Issue, IssueId,
    Merge, PassageWording, Place, PositionChange, PositionCondition, PositionStance, Relation, Role, Shares,
    StanceKind, StanceRef, Status, Support, TensionKind, TensionSide, TextFlawKind, TextGroup, TimelineKind, Utterance,
    UtteranceId, UtteranceLink, Version,
};
use schemars::JsonSchema;
use serde::Serialize;

#[derive(Serialize, JsonSchema)]
pub(super) struct StoryJson<'r> {
    actors: Vec<ActorJson<'r>>,
    passages: Vec<PassageJson<'r>>,
    links: Vec<LinkJson<'r>>,
    text_groups: &'r [TextGroup],
    origins: Vec<OriginJson<'r>>,
    text_flaws: Vec<FlawJson<'r>>,
    versions: &'r [Version],
    utterances: &'r [Utterance],
    utterance_links: &'r [UtteranceLink],
    happenings: &'r [Happening],
    issues: &'r [Issue],
    positions: Vec<PositionJson<'r>>,
    timeline: Vec<TimelineJson<'r>>,
    tensions: Vec<TensionJson<'r>>,
}

#[derive(Serialize, JsonSchema)]
struct ActorJson<'r> {
    id: &'r str,
    kind: ActorKind,
    name: &'r str,
    is_named: bool,
    entity_key: Option<&'r str>,
    code: Option<CodeJson<'r>>,
    aliases: &'r [Alias],
    roles: &'r [Role],
    allegiance: Option<&'r str>,
    spokesperson_of: Option<&'r str>,
    members: &'r [ActorMember],
    merges: &'r [Merge],
}

#[derive(Serialize, JsonSchema)]
struct PassageJson<'r> {
    a: PlaceJson<'r>,
    b: PlaceJson<'r>,
    wording: PassageWording,
    n_shared_words: usize,
    is_quotation: bool,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ArticleLink")]
struct LinkJson<'r> {
    a: &'r str,
    b: &'r str,
    relation: Relation,
    prose: Shares,
    quotations: Shares,
    n_passages: usize,
    n_replacements: usize,
    derived: Option<&'r str>,
    evidence: Vec<EvidenceJson<'r>>,
}

/// Something that shows which of two articles descends from the other.
#[derive(Serialize, JsonSchema)]
struct EvidenceJson<'r> {
    kind: DirectionKind,
    derived: &'r str,
    reason: &'r str,
    places: Vec<PlaceJson<'r>>,
}

#[derive(Serialize, JsonSchema)]
struct OriginJson<'r> {
    articles: &'r [ArticleId],
    first: Option<&'r str>,
    unseen_source: Option<UnseenJson<'r>>,
    overlaps: &'r [usize],
}

#[derive(Serialize, JsonSchema)]
struct UnseenJson<'r> {
    name: Option<&'r str>,
    reason: &'r str,
    places: Vec<PlaceJson<'r>>,
}

#[derive(Serialize, JsonSchema)]
struct FlawJson<'r> {
    article: &'r str,
    kind: TextFlawKind,
    reason: &'r str,
    examples: Vec<ExampleJson<'r>>,
    proposed_order: &'r [usize],
}

#[derive(Serialize, JsonSchema)]
struct ExampleJson<'r> {
    place: PlaceJson<'r>,
    instead_of: Option<PlaceJson<'r>>,
    usual: Option<&'r str>,
}

#[derive(Serialize, JsonSchema)]
struct PositionJson<'r> {
    party: &'r str,
    issue: &'r str,
    stances: Vec<StanceJson<'r>>,
    changes: &'r [PositionChange],
    support: &'r Support,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PositionStance")]
struct StanceJson<'r> {
    kind: StanceKind,
    voiced_by: &'r [ActorId],
    first_time: Option<&'r str>,
    last_time: Option<&'r str>,
    conditions: Vec<ConditionJson<'r>>,
    reports: &'r [StanceRef],
    support: &'r Support,
}

#[derive(Serialize, JsonSchema)]
struct ConditionJson<'r> {
    article: &'r str,
    span: Selector<'r>,
    linked_issue: Option<&'r str>,
}

#[derive(Serialize, JsonSchema)]
struct TimelineJson<'r> {
    value: &'r str,
    kind: TimelineKind,
    status: Option<Status>,
    is_planned: bool,
    forum: Option<&'r str>,
    words: PlaceJson<'r>,
    happenings: &'r [HappeningId],
    utterances: &'r [UtteranceId],
    places: Vec<PlaceJson<'r>>,
    support: &'r Support,
}

#[derive(Serialize, JsonSchema)]
struct TensionJson<'r> {
    id: &'r str,
    kind: TensionKind,
    is_change: bool,
    reason: &'r str,
    sides: Vec<SideJson<'r>>,
}

#[derive(Serialize, JsonSchema)]
struct SideJson<'r> {
    value: &'r str,
    places: Vec<PlaceJson<'r>>,
    support: &'r Support,
}

#[derive(Serialize, JsonSchema)]
struct PlaceJson<'r> {
    article: &'r str,
    span: Selector<'r>,
}

/// The story; `selectors` are those of the articles, in their order.
pub(super) fn story<'r>(lookup: &Lookup<'r>, selectors: &[Selectors<'r>]) -> Result<StoryJson<'r>, Error> {
    let story = &lookup.reading.story;
    let place = |place: &'r Place| {
        let selectors = &selectors[lookup.article_idx(&place.article)?];
        Ok(PlaceJson { article: place.article.as_str(), span: selectors.of(place.span)? })
    };
    let passages = story.passages.iter().map(|passage| {
        Ok(PassageJson {
            a: place(&passage.a)?,
            b: place(&passage.b)?,
            wording: passage.wording,
            n_shared_words: passage.n_shared_words,
            is_quotation: passage.is_quotation,
        })
    });
    let places = |places: &'r [Place]| places.iter().map(place).collect::<Result<Vec<_>, Error>>();
    let links = story.links.iter().map(|link| {
        let evidence = link.direction.evidence.iter().map(|evidence| {
            Ok(EvidenceJson {
                kind: evidence.kind,
                derived: evidence.derived.as_str(),
                reason: &evidence.reason,
                places: places(&evidence.places)?,
            })
        });
        Ok(LinkJson {
            a: link.a.as_str(),
            b: link.b.as_str(),
            relation: link.relation,
            prose: link.prose,
            quotations: link.quotations,
            n_passages: link.n_passages,
            n_replacements: link.n_replacements,
            derived: link.direction.derived.as_ref().map(ArticleId::as_str),
            evidence: evidence.collect::<Result<_, Error>>()?,
        })
    });
    let origins = story.origins.iter().map(|origin| {
        let unseen = origin.unseen_source.as_ref().map(|source| {
            let name = source.name.as_deref();
            Ok(UnseenJson { name, reason: &source.reason, places: places(&source.places)? })
        });
        Ok(OriginJson {
            articles: &origin.articles,
            first: origin.first.as_ref().map(ArticleId::as_str),
            unseen_source: unseen.transpose()?,
            overlaps: &origin.overlaps,
        })
    });
    let flaws = story.text_flaws.iter().map(|flaw| {
        let examples = flaw.examples.iter().map(|example| {
            Ok(ExampleJson {
                place: place(&example.place)?,
                instead_of: example.instead_of.as_ref().map(place).transpose()?,
                usual: example.usual.as_deref(),
            })
        });
        Ok(FlawJson {
            article: flaw.article.as_str(),
            kind: flaw.kind,
            reason: &flaw.reason,
            examples: examples.collect::<Result<_, Error>>()?,
            proposed_order: &flaw.proposed_order,
        })
    });
    let positions = story.positions.iter().map(|position| {
        let condition = |condition: &'r PositionCondition| {
            let selectors = &selectors[lookup.article_idx(&condition.article)?];
            Ok(ConditionJson {
                article: condition.article.as_str(),
                span: selectors.of(condition.span)?,
                linked_issue: condition.linked_issue.as_ref().map(IssueId::as_str),
            })
        };
        let stance = |stance: &'r PositionStance| {
            Ok(StanceJson {
                kind: stance.kind,
                voiced_by: &stance.voiced_by,
                first_time: stance.first_time.as_deref(),
                last_time: stance.last_time.as_deref(),
                conditions: stance.conditions.iter().map(condition).collect::<Result<_, Error>>()?,
                reports: &stance.reports,
                support: &stance.support,
            })
        };
        Ok(PositionJson {
            party: position.party.as_str(),
            issue: position.issue.as_str(),
            stances: position.stances.iter().map(stance).collect::<Result<_, Error>>()?,
            changes: &position.changes,
            support: &position.support,
        })
    });
    let timeline = story.timeline.iter().map(|entry| {
        Ok(TimelineJson {
            value: &entry.value,
            kind: entry.kind,
            status: entry.status,
            is_planned: entry.is_planned,
            forum: entry.forum.as_deref(),
            words: place(&entry.words)?,
            happenings: &entry.happenings,
            utterances: &entry.utterances,
            places: places(&entry.places)?,
            support: &entry.support,
        })
    });
    let tensions = story.tensions.iter().map(|tension| {
        let side = |side: &'r TensionSide| {
            Ok(SideJson { value: &side.value, places: places(&side.places)?, support: &side.support })
        };
        Ok(TensionJson {
            id: tension.id.as_str(),
            kind: tension.kind,
            is_change: tension.is_change,
            reason: &tension.reason,
            sides: tension.sides.iter().map(side).collect::<Result<_, Error>>()?,
        })
    });
    Ok(StoryJson {
        actors: story.actors.iter().map(actor).collect(),
        passages: passages.collect::<Result<_, Error>>()?,
        links: links.collect::<Result<_, Error>>()?,
        text_groups: &story.text_groups,
        origins: origins.collect::<Result<_, Error>>()?,
        text_flaws: flaws.collect::<Result<_, Error>>()?,
        versions: &story.versions,
        utterances: &story.utterances,
        utterance_links: &story.utterance_links,
        happenings: &story.happenings,
        issues: &story.issues,
        positions: positions.collect::<Result<_, Error>>()?,
        timeline: timeline.collect::<Result<_, Error>>()?,
        tensions: tensions.collect::<Result<_, Error>>()?,
    })
}

fn actor(actor: &Actor) -> ActorJson<'_> {
    ActorJson {
        id: actor.id.as_str(),
        kind: actor.kind,
        name: &actor.name,
        is_named: actor.is_named,
        entity_key: actor.entity_key.as_deref(),
        code: actor.code.as_ref().map(code),
        aliases: &actor.aliases,
        roles: &actor.roles,
        allegiance: actor.allegiance.as_deref(),
        spokesperson_of: actor.spokesperson_of.as_ref().map(ActorId::as_str),
        members: &actor.members,
        merges: &actor.merges,
    }
}
