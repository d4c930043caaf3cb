use super::article::{DiagnosticJson, EvidencedJson, diagnostics, evidenced};
use super::predication::{self, EventJson, PredicationJson, StanceJson};
use super::selector::{Selector, Selectors};
use crate::Error;
use crate::brief::first_span;
use crate::lookup::Lookup;
use rapporteur_model::{
    ActorCode, ActorKind, ArticleActor, ArticleActorIdx, Confidence, Link, MentionForm, MentionIdx, Polarity,
    PredicationIdx, QuantityModifier, Record, StatementClass, StatementKind, Timex, TimexAnchor, TimexIdx, TimexKind,
    TimexModifier, Unresolved, Uttered,
};
use schemars::JsonSchema;
use serde::Serialize;

#[derive(Serialize, JsonSchema)]
pub(super) struct RecordJson<'r> {
    article: &'r str,
    is_analysed: bool,
    n_tokens: usize,
    n_sentences: usize,
    mentions: Vec<MentionJson<'r>>,
    actors: Vec<ArticleActorJson<'r>>,
    statements: Vec<StatementJson<'r>>,
    predications: Vec<PredicationJson<'r>>,
    events: Vec<EventJson<'r>>,
    stances: Vec<StanceJson<'r>>,
    quantities: Vec<QuantityJson<'r>>,
    timexes: Vec<TimexJson<'r>>,
    inferred_date: Option<EvidencedJson<'r>>,
    is_out_of_order: bool,
    diagnostics: Vec<DiagnosticJson<'r>>,
}

#[derive(Serialize, JsonSchema)]
struct MentionJson<'r> {
    span: Selector<'r>,
    head: Selector<'r>,
    form: MentionForm,
    actor: Option<ArticleActorIdx>,
    link: Option<Link>,
    unresolved: Option<Unresolved>,
}

#[derive(Serialize, JsonSchema)]
struct ArticleActorJson<'r> {
    kind: ActorKind,
    name: &'r str,
    is_named: bool,
    entity_key: Option<&'r str>,
    code: Option<CodeJson<'r>>,
    roles: &'r [String],
    allegiance: Option<&'r str>,
    mentions: &'r [MentionIdx],
}

#[derive(Serialize, JsonSchema)]
pub(super) struct CodeJson<'r> {
    affiliation: Option<&'r str>,
    role: Option<&'r str>,
}

#[derive(Serialize, JsonSchema)]
struct QuantityJson<'r> {
    span: Selector<'r>,
    /// In decimal notation: a sum of money may be longer than a number of JSON is exact.
    value: &'r str,
    upper: Option<&'r str>,
    unit: Option<Selector<'r>>,
    modifier: QuantityModifier,
    referent: Option<Selector<'r>>,
}

#[derive(Serialize, JsonSchema)]
struct StatementJson<'r> {
    id: &'r str,
    kind: StatementKind,
    class: StatementClass,
    content: Vec<Selector<'r>>,
    quoted: Vec<Selector<'r>>,
    source: Option<Selector<'r>>,
    cue: Option<Selector<'r>>,
    speaker: Option<ArticleActorIdx>,
    /// The speaker's id in the story.
    actor: Option<&'r str>,
    /// The paragraph that it begins in, counted from one.
    paragraph: Option<usize>,
    addressee: Option<Selector<'r>>,
    medium: Option<Selector<'r>>,
    occasion: Option<Selector<'r>>,
    relay: Option<Selector<'r>>,
    time: Option<Selector<'r>>,
    polarity: Polarity,
    uttered: Uttered,
    /// Id of the statement whose content holds this one.
    nested_in: Option<&'r str>,
    predication: Option<PredicationIdx>,
    confidence: Confidence,
}

#[derive(Serialize, JsonSchema)]
struct TimexJson<'r> {
    span: Selector<'r>,
    #[serde(rename = "type")]
    kind: TimexKind,
    value: &'r str,
    #[serde(rename = "mod")]
    modifier: Option<TimexModifier>,
    quant: Option<&'r str>,
    freq: Option<&'r str>,
    anchor: AnchorJson,
    rule: &'r str,
}

/// What a time expression was reckoned from.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TimexAnchor")]
struct AnchorJson {
    kind: &'static str,
    timex: Option<TimexIdx>,
}

pub(super) fn record<'r>(
    lookup: &Lookup<'r>,
    article_idx: usize,
    record: &'r Record,
    selectors: &Selectors<'r>,
) -> Result<RecordJson<'r>, Error> {
    let article = &lookup.reading.articles[article_idx];
    let mentions = record.mentions.iter().map(|mention| {
        let (span, head) = (selectors.of(mention.span)?, selectors.of(mention.head)?);
        let (link, unresolved) = (mention.link, mention.unresolved);
        Ok(MentionJson { span, head, form: mention.form, actor: mention.actor, link, unresolved })
    });
    let statements = record.statements.iter().map(|statement| {
        let speaker = lookup.speaker_idx(article_idx, statement);
        Ok(StatementJson {
            id: statement.id.as_str(),
            kind: statement.kind,
            class: statement.class,
            content: selectors.of_each(&statement.content)?,
            quoted: selectors.of_each(&statement.quoted)?,
            source: selectors.of_optional(statement.source)?,
            cue: selectors.of_optional(statement.cue)?,
            speaker: statement.speaker,
            actor: speaker.map(|idx| lookup.reading.story.actors[idx].id.as_str()),
            paragraph: first_span(statement).and_then(|span| article.paragraph_number(span)),
            addressee: selectors.of_optional(statement.addressee)?,
            medium: selectors.of_optional(statement.medium)?,
            occasion: selectors.of_optional(statement.occasion)?,
            relay: selectors.of_optional(statement.relay)?,
            time: selectors.of_optional(statement.time)?,
            polarity: statement.polarity,
            uttered: statement.uttered,
            nested_in: statement.nested_in.as_ref().map(|id| id.as_str()),
            predication: statement.predication,
            confidence: statement.confidence,
        })
    });
    let context = predication::Context { lookup, article_idx, selectors };
    let quantities = record.quantities.iter().map(|quantity| {
        Ok(QuantityJson {
            span: selectors.of(quantity.span)?,
            value: &quantity.value,
            upper: quantity.upper.as_deref(),
            unit: selectors.of_optional(quantity.unit)?,
            modifier: quantity.modifier,
            referent: selectors.of_optional(quantity.referent)?,
        })
    });
    Ok(RecordJson {
        article: record.article.as_str(),
        is_analysed: record.is_analysed,
        n_tokens: record.n_tokens,
        n_sentences: record.n_sentences,
        mentions: mentions.collect::<Result<_, Error>>()?,
        actors: record.actors.iter().map(article_actor).collect(),
        statements: statements.collect::<Result<_, Error>>()?,
        predications: predication::predications(context, record)?,
        events: predication::events(record),
        stances: predication::stances(context, record)?,
        quantities: quantities.collect::<Result<_, Error>>()?,
        timexes: record.timexes.iter().map(|timex| timex_json(timex, selectors)).collect::<Result<_, _>>()?,
        inferred_date: evidenced(record.inferred_date.as_ref(), selectors)?,
        is_out_of_order: record.is_out_of_order,
        diagnostics: diagnostics(&record.diagnostics, selectors)?,
    })
}

fn timex_json<'r>(timex: &'r Timex, selectors: &Selectors<'r>) -> Result<TimexJson<'r>, Error> {
    let (kind, idx) = match timex.anchor {
        TimexAnchor::Own => ("own", None),
        TimexAnchor::Published => ("published", None),
        TimexAnchor::Timex(idx) => ("timex", Some(idx)),
    };
    Ok(TimexJson {
        span: selectors.of(timex.span)?,
        kind: timex.kind,
        value: &timex.value,
        modifier: timex.modifier,
        quant: timex.quantifier.as_deref(),
        freq: timex.frequency.as_deref(),
        anchor: AnchorJson { kind, timex: idx },
        rule: &timex.rule,
    })
}

fn article_actor(actor: &ArticleActor) -> ArticleActorJson<'_> {
    ArticleActorJson {
        kind: actor.kind,
        name: &actor.name,
        is_named: actor.is_named,
        entity_key: actor.entity_key.as_deref(),
        code: actor.code.as_ref().map(code),
        roles: &actor.roles,
        allegiance: actor.allegiance.as_deref(),
        mentions: &actor.mentions,
    }
}

/// What an actor is in an event code.
pub(super) fn code(code: &ActorCode) -> CodeJson<'_> {
    CodeJson { affiliation: code.affiliation.as_deref(), role: code.role.as_deref() }
}
