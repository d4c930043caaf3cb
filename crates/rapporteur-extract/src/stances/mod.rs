//! What does a party hold? Reads stances from statements (what class they are, and what they say) and from events.
//!
//! A predication shows one stance: that of the statement whose cue it is, where its class tells one, else that of its
//! event. Inside reported words duty and will tell more: "they must …" demands, "we will not …" refuses.

mod object;
mod reported;
pub(crate) mod rules;

use crate::analysis::Analysis;
use rapporteur_model::{
    ArticleActorIdx, Confidence, PredicationIdx, Record, Span, Stance, StanceKind, Statement, Status, Uttered,
};

/// Finds the stances of an article and adds them to its record, which has statements and events already.
pub(crate) fn find(analysis: &Analysis<'_>, record: &mut Record) {
    let mut stances = Vec::new();
    let mut is_told = vec![false; record.predications.len()];
    for statement in &record.statements {
        stances.extend(of_statement(analysis, record, statement, &mut is_told));
    }
    for event_idx in 0..record.events.len() {
        stances.extend(of_event(analysis, record, event_idx, &mut is_told));
    }
    for statement in &record.statements {
        stances.extend(reported::find(analysis, record, statement));
    }
    stances.sort_by(|a, b| {
        (a.evidence, a.predication, a.kind, &a.rule).cmp(&(b.evidence, b.predication, b.kind, &b.rule))
    });
    // One place shows a kind of stance once.
    stances.dedup_by(|later, earlier| {
        later.evidence == earlier.evidence && later.kind == earlier.kind && later.parties == earlier.parties
    });
    record.stances = stances;
}

fn of_statement(
    analysis: &Analysis<'_>,
    record: &Record,
    statement: &Statement,
    is_told: &mut [bool],
) -> Option<Stance> {
    let kind = analysis.stance_rules.of_class(statement.class)?;
    let predication = statement.predication?;
    let is_held = matches!(statement.uttered, Uttered::Actual | Uttered::Planned);
    let parties = parties(record, statement.speaker);
    if !is_held || parties.is_empty() {
        return None;
    }
    is_told[predication.0 as usize] = true;
    let is_negative = statement.polarity == rapporteur_model::Polarity::Negative;
    let kind = if is_negative { negated(kind)? } else { kind };
    let evidence = statement.content.first().copied().or(statement.cue)?;
    Some(Stance {
        predication,
        parties,
        kind,
        object: object::of_span(analysis, record.predications[predication.0 as usize].object.unwrap_or(evidence)),
        condition: record.predications[predication.0 as usize].condition,
        evidence: whole(evidence, statement.cue),
        statement: Some(statement.id.clone()),
        rule: format!("predications.txt: class {}", statement.class.name()),
        confidence: statement.confidence,
    })
}

/// What it shows that somebody does not hold a stance: "does not want talks".
fn negated(kind: StanceKind) -> Option<StanceKind> {
    match kind {
        StanceKind::Demand | StanceKind::Offer | StanceKind::Promise | StanceKind::Openness => {
            Some(StanceKind::Refusal)
        }
        StanceKind::Expectation | StanceKind::Hope => Some(kind),
        _ => None,
    }
}

fn of_event(analysis: &Analysis<'_>, record: &Record, event_idx: usize, is_told: &mut [bool]) -> Option<Stance> {
    let event = &record.events[event_idx];
    let predication_idx = event.predication.0 as usize;
    if is_told[predication_idx] {
        return None;
    }
    let (kind, rule) = analysis.stance_rules.of_event(event.kind, event.mode.as_deref())?;
    let predication = &record.predications[predication_idx];
    let kind = if predication.status == Status::Denied { negated(kind)? } else { kind };
    let mut parties = Vec::new();
    for source in &predication.sources {
        add_parties(record, source.actor, &mut parties);
    }
    if parties.is_empty() {
        let inside = innermost(record, predication.trigger)?;
        add_parties(record, inside.speaker, &mut parties);
    }
    if parties.is_empty() {
        return None;
    }
    is_told[predication_idx] = true;
    let target = || predication.targets.first().map(|target| target.span);
    Some(Stance {
        predication: event.predication,
        parties,
        kind,
        object: predication.object.or_else(target).and_then(|span| object::of_span(analysis, span)),
        condition: predication.condition,
        evidence: predication.object.map_or(predication.trigger, |object| whole(predication.trigger, Some(object))),
        statement: innermost(record, predication.trigger).map(|statement| statement.id.clone()),
        rule: format!("stances.txt: {rule}"),
        confidence: Confidence::Medium,
    })
}

/// The innermost statement whose content holds a span.
fn innermost(record: &Record, span: Span) -> Option<&Statement> {
    let holds = |statement: &&Statement| statement.content.iter().any(|content| content.contains(span));
    record.statements.iter().filter(holds).min_by_key(|statement| {
        statement.content.iter().map(|content| content.end.get() - content.start.get()).sum::<usize>()
    })
}

/// A party and whom it speaks for.
fn parties(record: &Record, actor: Option<ArticleActorIdx>) -> Vec<ArticleActorIdx> {
    let mut parties = Vec::new();
    add_parties(record, actor, &mut parties);
    parties
}

fn add_parties(record: &Record, actor: Option<ArticleActorIdx>, parties: &mut Vec<ArticleActorIdx>) {
    let Some(actor) = actor else { return };
    let of = &record.actors[actor.0 as usize];
    let side = of.code.as_ref().and_then(|code| code.affiliation.as_ref()).or(of.allegiance.as_ref());
    let is_side = |other: &rapporteur_model::ArticleActor| side.is_some() && other.entity_key.as_ref() == side;
    let state = record.actors.iter().position(is_side);
    let state = state.and_then(|state| u32::try_from(state).ok()).map(ArticleActorIdx);
    for party in [Some(actor), state].into_iter().flatten() {
        if !parties.contains(&party) {
            parties.push(party);
        }
    }
}

/// From the first to the last of two stretches where they stand close, else the first.
fn whole(first: Span, second: Option<Span>) -> Span {
    /// Further apart they are shown alone.
    const MAX_BYTES: usize = 400;
    let Some(second) = second else { return first };
    let (start, end) = (first.start.min(second.start), first.end.max(second.end));
    if end.get() - start.get() <= MAX_BYTES { Span { start, end } } else { first }
}

/// A stance that reported words show.
fn reported_stance(
    record: &Record,
    statement: &Statement,
    predication: PredicationIdx,
    kind: StanceKind,
    evidence: Span,
    rule: String,
) -> Option<Stance> {
    let parties = parties(record, statement.speaker);
    (!parties.is_empty()).then(|| Stance {
        predication,
        parties,
        kind,
        object: None,
        condition: None,
        evidence,
        statement: Some(statement.id.clone()),
        rule: format!("stances.txt: {rule}"),
        confidence: statement.confidence.min(Confidence::Medium),
    })
}
