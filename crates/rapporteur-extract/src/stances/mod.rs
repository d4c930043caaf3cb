//! What does a party hold? Reads stances from statements (what class they are, and what they say) and from events.
//!
//! A predication shows one stance: that of the statement whose cue it is, where its class tells one, else that of its
//! event. Inside reported words duty and will tell more: "they must …" demands, "we will not …" refuses.

mod object;
mod reported;
pub(crate) mod rules;

use crate::analysis::{Analysis, TokenRange};
use crate::events::frames::is_duty;
use hashbrown::{HashMap, HashSet};
use rapporteur_model::{
    ActorCode, ArticleActorIdx, Confidence, Event, Polarity, Predication, PredicationIdx, ReasonKind, Record, Span,
    Stance, StanceKind, Statement, Status, Uttered,
};

/// The stances of an article, in the order of their evidence; its record has statements and events already.
pub(crate) fn find(analysis: &Analysis<'_>, reported: &[Option<u32>], record: &Record) -> Vec<Stance> {
    let finder = Finder::new(analysis, reported, record);
    let mut stances = Vec::new();
    let mut is_told = vec![false; record.predications.len()];
    for statement in &record.statements {
        let stance = finder.of_statement(statement);
        mark(&mut is_told, stance.as_ref());
        stances.extend(stance);
    }
    for event in &record.events {
        if !is_told[event.predication.0 as usize] {
            let stance = finder.of_event(event, &is_told);
            mark(&mut is_told, stance.as_ref());
            stances.extend(stance);
        }
    }
    stances.extend(reported::find(&finder));
    stances.iter_mut().for_each(|stance| stance.evidence = finder.with_fragment(stance.evidence));
    stances.sort_by(|a, b| {
        (a.evidence, a.predication, a.kind, &a.rule).cmp(&(b.evidence, b.predication, b.kind, &b.rule))
    });
    // One place shows a kind of stance once.
    stances.dedup_by(|later, earlier| {
        later.evidence == earlier.evidence && later.kind == earlier.kind && later.parties == earlier.parties
    });
    stances
}

fn mark(is_told: &mut [bool], stance: Option<&Stance>) {
    if let Some(stance) = stance {
        is_told[stance.predication.0 as usize] = true;
    }
}

/// What the search for stances looks at.
struct Finder<'f, 'a> {
    analysis: &'f Analysis<'a>,
    record: &'f Record,
    /// For each token the innermost statement whose content holds it.
    reported: &'f [Option<u32>],
    /// The first actor that each key names.
    actor_of_key: HashMap<&'f str, ArticleActorIdx>,
    /// The predications of events that threaten.
    threats: HashSet<PredicationIdx>,
}

impl<'f, 'a> Finder<'f, 'a> {
    fn new(analysis: &'f Analysis<'a>, reported: &'f [Option<u32>], record: &'f Record) -> Self {
        let mut actor_of_key = HashMap::new();
        for (actor, idx) in record.actors.iter().zip(0..) {
            if let Some(key) = actor.entity_key.as_deref() {
                actor_of_key.entry(key).or_insert(ArticleActorIdx(idx));
            }
        }
        let shows_threat = |event: &&Event| {
            let shown = analysis.stance_rules.of_event(event.kind, event.mode.as_deref());
            shown.is_some_and(|(kind, _)| kind == StanceKind::Threat)
        };
        let threats = record.events.iter().filter(shows_threat).map(|event| event.predication).collect();
        Finder { analysis, record, reported, actor_of_key, threats }
    }

    fn of_statement(&self, statement: &Statement) -> Option<Stance> {
        let kind = self.analysis.stance_rules.of_class(statement.class)?;
        let predication_idx = statement.predication?;
        let predication = &self.record.predications[predication_idx.0 as usize];
        let is_held = matches!(statement.uttered, Uttered::Actual | Uttered::Planned);
        let mut parties = self.parties(statement.speaker);
        // "Norway and Fiji demanded": a statement has one speaker, its predication all of them.
        if !parties.is_empty() {
            predication.sources.iter().for_each(|source| self.add_parties(source.actor, &mut parties));
        }
        if !is_held || parties.is_empty() {
            return None;
        }
        let is_negative = statement.polarity == Polarity::Negative;
        let kind = if is_negative { negated(kind)? } else { kind };
        // "vowed to attack" promises nothing.
        let is_threat = kind == StanceKind::Promise && self.threats.contains(&predication_idx);
        let kind = if is_threat { StanceKind::Threat } else { kind };
        let evidence = statement.content.first().copied().or(statement.cue)?;
        Some(Stance {
            predication: predication_idx,
            parties,
            kind,
            object: object::of_span(self.analysis, predication.object.unwrap_or(evidence)),
            condition: predication.condition,
            evidence: whole(evidence, statement.cue),
            statement: Some(statement.id.clone()),
            rule: format!("predications.txt: class {}", statement.class.name()),
            confidence: statement.confidence,
        })
    }

    /// `is_told` says for each predication whether a stance was read off it.
    fn of_event(&self, event: &Event, is_told: &[bool]) -> Option<Stance> {
        let rules = &self.analysis.stance_rules;
        let predication = &self.record.predications[event.predication.0 as usize];
        let of_own = || {
            // "vowed to attack" tells it already.
            let around = self.statement_around(predication).and_then(|statement| statement.predication);
            let is_new = around.is_none_or(|around| !is_told[around.0 as usize]);
            let own = rules.of_word("own-event", &event.kind.name().to_lowercase());
            own.filter(|_| is_new && self.is_own(predication))
        };
        let (kind, rule) = rules.of_event(event.kind, event.mode.as_deref()).or_else(of_own)?;
        let kind = if predication.status == Status::Denied { negated(kind)? } else { kind };
        // What is asked for, only thought of or told to lie ahead is nobody's stance yet, unless it is in the words of
        // whoever would do it.
        let outer = self.statement_around(predication);
        let is_open = match predication.status {
            Status::Demanded | Status::Hypothetical => true,
            Status::Planned | Status::Conditional => outer.is_none_or(|statement| statement.speaker.is_none()),
            Status::Happened | Status::Ongoing | Status::Denied => false,
        };
        if is_open || self.is_told_by_others(predication, outer) {
            return None;
        }
        // "the threat to the ferries", "the demands": a noun tells of a stance of those it names, of nobody who only speaks of it.
        let noun = self.mentioned(predication.trigger);
        if noun.is_some_and(|noun| !self.names_its_source(noun, predication)) {
            return None;
        }
        let mut parties = Vec::new();
        for source in &predication.sources {
            self.add_parties(source.actor, &mut parties);
        }
        if parties.is_empty() {
            self.add_parties(outer?.speaker, &mut parties);
        }
        // "they had to flee": who has a duty is told, unless it is the speaker, who demands nothing.
        let is_burden = is_duty(&event.frame) && predication.targets.is_empty();
        if parties.is_empty() || is_burden {
            return None;
        }
        let target = predication.targets.first().map(|target| target.span);
        let object = predication.object.or(target);
        Some(Stance {
            predication: event.predication,
            parties,
            kind,
            object: object.and_then(|span| object::of_span(self.analysis, span)),
            condition: predication.condition,
            evidence: whole(predication.trigger, predication.object),
            statement: outer.map(|statement| statement.id.clone()),
            rule: format!("stances.txt: {rule}"),
            confidence: Confidence::Medium,
        })
    }

    /// The noun that a trigger is, unless it says something of another: "the threat", but not "that is a red line".
    fn mentioned(&self, trigger: Span) -> Option<usize> {
        let head = self.analysis.head_of(self.analysis.tokens_in(trigger))?;
        let token = self.analysis.token(head);
        (matches!(token.pos(), "NOUN" | "PROPN") && token.dep() != "attr").then_some(head)
    }

    /// Whether whose it is hangs on a noun, or is the subject of the verb that the noun needs: "the demands of Norway", "Norway
    /// made demands".
    fn names_its_source(&self, noun: usize, predication: &Predication) -> bool {
        let below = self.analysis.below(noun);
        let mut sources = predication.sources.iter().map(|source| self.analysis.tokens_in(source.span).start);
        sources.any(|start| below.contains(start))
            || predication.reasons.iter().any(|reason| reason.shows == ReasonKind::Support)
    }

    /// Whether whoever would do it is speaking of what he would do.
    fn is_own(&self, predication: &Predication) -> bool {
        let speaker = self.statement_around(predication).and_then(|statement| statement.speaker);
        let mut sources = predication.sources.iter().filter_map(|source| source.actor);
        matches!(predication.status, Status::Planned | Status::Conditional)
            && sources.any(|source| Some(source) == speaker)
    }

    /// Whether it stands in the words of somebody who does not do it: "he accused them of threatening the ferries". What
    /// others say of a party shows what they hold, not what it does.
    fn is_told_by_others(&self, predication: &Predication, outer: Option<&Statement>) -> bool {
        let Some(speaker) = outer.and_then(|statement| statement.speaker) else { return false };
        let mut sources = predication.sources.iter().filter_map(|source| source.actor).peekable();
        let is_known = sources.peek().is_some();
        let sides = self.parties(Some(speaker));
        is_known && !sources.any(|source| self.parties(Some(source)).iter().any(|party| sides.contains(party)))
    }

    /// The words with the sentence behind them, where that has no verb and goes on with what was said: "We need guarantees. Not
    /// safeguards, but guarantees."
    fn with_fragment(&self, evidence: Span) -> Span {
        /// Longer ones stand by themselves.
        const MAX_TOKENS: usize = 20;
        let analysis = self.analysis;
        let held = |idx: usize| self.reported.get(idx).copied().flatten();
        let last = analysis.tokens_in(evidence).end.saturating_sub(1);
        let end = analysis.sentence(last).end;
        let is_same = held(end).is_some() && held(end) == held(last);
        if end >= analysis.doc.len() || !is_same {
            return evidence;
        }
        let sentence = analysis.sentence(end);
        let is_held = |idx: &usize| held(*idx) == held(last);
        let n_held = (sentence.start..sentence.end).take(MAX_TOKENS + 1).take_while(is_held).count();
        let next = TokenRange::new(sentence.start, sentence.start + n_held);
        let has = |pos: &[&str]| (next.start..next.end).any(|idx| pos.contains(&analysis.token(idx).pos()));
        if next.len() > MAX_TOKENS || has(&["VERB", "AUX"]) || !has(&["NOUN", "PROPN"]) {
            return evidence;
        }
        Span { start: evidence.start, end: analysis.bytes(next).end }
    }

    /// The innermost statement whose content holds a trigger.
    fn statement_around(&self, predication: &Predication) -> Option<&'f Statement> {
        let token_idx = self.analysis.tokens_in(predication.trigger).start;
        let idx = self.reported.get(token_idx).copied().flatten()?;
        Some(&self.record.statements[idx as usize])
    }

    /// A party and whom it speaks for.
    fn parties(&self, actor: Option<ArticleActorIdx>) -> Vec<ArticleActorIdx> {
        let mut parties = Vec::new();
        self.add_parties(actor, &mut parties);
        parties
    }

    fn add_parties(&self, actor: Option<ArticleActorIdx>, parties: &mut Vec<ArticleActorIdx>) {
        let Some(idx) = actor else { return };
        let actor = &self.record.actors[idx.0 as usize];
        let affiliation = actor.code.as_ref().and_then(|code| code.affiliation.as_ref());
        let is_official = actor.code.as_ref().is_none_or(ActorCode::speaks_for_its_side);
        let side = affiliation.or(actor.allegiance.as_ref()).filter(|_| is_official);
        let state = side.and_then(|key| self.actor_of_key.get(key.as_str()).copied());
        for party in [Some(idx), state].into_iter().flatten() {
            if !parties.contains(&party) {
                parties.push(party);
            }
        }
    }
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

/// From the first to the last of two stretches where they stand close, else the first.
fn whole(first: Span, second: Option<Span>) -> Span {
    /// Further apart they are shown alone.
    const MAX_BYTES: usize = 400;
    let Some(second) = second else { return first };
    let (start, end) = (first.start.min(second.start), first.end.max(second.end));
    if end.get() - start.get() <= MAX_BYTES { Span { start, end } } else { first }
}
