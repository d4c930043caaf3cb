//! Puts a predication together: what a frame, the statement that it is the cue of, and the statement around it tell.

use super::arguments::Arguments;
use super::frames::{Frame, TriggerKind};
use super::matching::{self, Match};
use super::participants::Participants;
use super::{participants, setting, speaks_of_others, status, syntax};
use crate::analysis::{Analysis, TokenRange};
use crate::mentions::Found;
use crate::sources;
use rapporteur_model::{
    Argument, Event, EventType, Polarity, Predication, PredicationIdx, Reason, ReasonKind, Record, Span, Statement,
    Status, TimexIdx, Uttered,
};

/// The length of a day in ISO 8601: `2022-01-10`.
const ISO_DAY_LEN: usize = 10;

/// Adds predications and events to a record.
pub(super) struct Builder<'b, 'a> {
    pub(super) analysis: &'b Analysis<'a>,
    pub(super) found: &'b [Found<'a>],
    pub(super) times: setting::Times,
    /// For each token the innermost statement whose content holds it.
    pub(super) reported: &'b [Option<u32>],
    /// The status of the talks that were told of last.
    pub(super) talks: Option<Status>,
    pub(super) record: &'b mut Record,
}

/// A predication that is not settled yet.
struct Draft {
    trigger: TokenRange,
    sources: Vec<Argument>,
    object: Option<Span>,
    status: Status,
    polarity: Polarity,
}

impl<'a> Builder<'_, 'a> {
    /// Adds the predication of the word `anchor`: the one of a frame, of a statement, or of both.
    pub(super) fn add(&mut self, anchor: usize, matched: Option<&Match<'_>>, statement_idx: Option<usize>) {
        let analysis = self.analysis;
        let participants = matched.map(|matched| participants::find(analysis, matched)).unwrap_or_default();
        let support = participants.support;
        let is_negation_told = matched.is_some_and(|matched| matched.frame.is_negated);
        let is_in_words = matched.is_some_and(|matched| speaks_of_others(matched.frame.event));
        let modality = status::find(analysis, anchor, support, is_negation_told, is_in_words);
        let mut draft = Draft {
            trigger: matched.map_or(TokenRange::new(anchor, anchor + 1), |matched| matched.trigger),
            sources: self.arguments().of(&participants.sources),
            object: matched.and_then(|matched| self.object(matched, &participants)),
            status: modality.status.unwrap_or_else(|| self.untold(matched)),
            polarity: modality.polarity,
        };
        if let Some(matched) = matched {
            self.read_phrase(matched, &mut draft);
        }
        let outer = self.reported[anchor].map(|idx| &self.record.statements[idx as usize]);
        match (statement_idx, outer, matched) {
            (Some(idx), _, _) => self.read_statement(&self.record.statements[idx], matched.is_some(), &mut draft),
            (None, Some(outer), Some(matched)) => self.read_outer(outer, matched, &mut draft),
            _ => {}
        }
        let mut targets = self.arguments().of(&participants.targets);
        targets.retain(|target| self.is_another(target, &draft.sources));
        let time = self.times.of(analysis, anchor, support);
        if let Some(status) = time.and_then(|time| self.by_day(time, modality.status, matched)) {
            draft.status = status;
        }
        if matched.is_some_and(|matched| stands(analysis, matched)) && draft.status == Status::Happened {
            draft.status = Status::Ongoing;
        }
        if let Some(frame) = matched.map(|matched| matched.frame) {
            let is_certain = matches!(modality.status, Some(Status::Happened | Status::Planned | Status::Ongoing));
            if frame.event == EventType::Consult && is_certain {
                self.talks = Some(draft.status);
            }
            self.record.events.push(Event {
                predication: PredicationIdx(self.record.predications.len() as u32),
                kind: frame.event,
                mode: frame.mode.as_deref().map(str::to_string),
                frame: format!("{}: {}", frame.file, frame.entry()),
            });
        }
        if let Some(statement_idx) = statement_idx {
            let idx = PredicationIdx(self.record.predications.len() as u32);
            self.record.statements[statement_idx].predication = Some(idx);
        }
        let object = matched.and_then(|matched| matched.object);
        self.record.predications.push(Predication {
            trigger: analysis.bytes(draft.trigger),
            sources: draft.sources,
            targets,
            object: draft.object,
            // The negation of "not allow" is a part of what the trigger says.
            polarity: if is_negation_told { Polarity::Positive } else { draft.polarity },
            status: draft.status,
            condition: modality.condition.map(|range| analysis.bytes(range)),
            time,
            place: setting::place(analysis, anchor, support).map(|range| analysis.bytes(range)),
            reasons: self.reasons(&modality.reasons, support, object),
        });
    }

    fn arguments(&self) -> Arguments<'_, 'a> {
        Arguments { analysis: self.analysis, found: self.found, record: self.record }
    }

    fn reasons(&self, told: &[(ReasonKind, usize)], support: Option<usize>, object: Option<usize>) -> Vec<Reason> {
        let support = support.map(|idx| (ReasonKind::Support, idx));
        let object = object.map(|idx| (ReasonKind::Object, idx));
        let reason = |(shows, idx): (ReasonKind, usize)| Reason {
            shows,
            span: self.analysis.bytes(TokenRange::new(idx, idx + 1)),
        };
        let mut reasons: Vec<Reason> = told.iter().copied().chain(support).chain(object).map(reason).collect();
        reasons.sort_by_key(|reason| reason.span);
        reasons
    }

    /// What the phrase of a trigger tells of who acts.
    fn read_phrase(&self, matched: &Match<'_>, draft: &mut Draft) {
        let is_noun = matched.kind == TriggerKind::Noun;
        if matched.frame.is_mutual && is_noun {
            let both = self.arguments().named_before(matched.anchor);
            if both.len() > 1 {
                draft.sources = both;
            }
        }
        // Troops that are posted somewhere act for whoever they belong to: "the placement of Molvian missiles".
        let troops = matched.object.or_else(|| syntax::after(self.analysis, matched.anchor, &["of"]));
        if let Some(troops) = troops.filter(|_| moves_forces(matched.frame)) {
            let owners = self.arguments().of(&[troops]);
            let has_owner = owners.iter().any(|owner| owner.actor.is_some());
            if draft.sources.is_empty() || is_noun && has_owner {
                draft.sources = owners;
            }
        }
    }

    /// What the statement tells of which a trigger is the cue.
    fn read_statement(&self, statement: &Statement, has_frame: bool, draft: &mut Draft) {
        if let Some(source) = statement.source {
            draft.sources = vec![Argument { span: source, actor: statement.speaker }];
            // "Norway and Fiji demanded": a statement has one speaker.
            let range = self.analysis.tokens_in(source);
            if let Some(head) = self.analysis.head_of(range) {
                let joined = syntax::joined(self.analysis, head);
                let others = self.arguments().of(&joined[1..]);
                draft.sources.extend(others.into_iter().filter(|other| other.actor != statement.speaker));
            }
        }
        draft.object = statement.content.first().copied().or(draft.object);
        draft.status = of_uttered(statement.uttered, draft.status);
        draft.polarity = statement.polarity;
        if let Some(cue) = statement.cue.filter(|_| !has_frame) {
            draft.trigger = self.analysis.tokens_in(cue);
        }
    }

    /// What the statement tells that holds a trigger in its content.
    fn read_outer(&self, outer: &Statement, matched: &Match<'_>, draft: &mut Draft) {
        let event = matched.frame.event;
        let is_own = matched.kind != TriggerKind::Noun && matching::speaks_of_itself(self.analysis, matched.anchor);
        // What the speaker refuses, demands or threatens in his own words is done by saying so, and so is "Karsk is
        // ready to talk" by its minister.
        let is_done_by_saying = is_verbal(event) && is_own && draft.status == Status::Planned
            || is_verbal(event)
                && (is_own || matched.kind == TriggerKind::Adjective)
                && draft.status == Status::Ongoing
            || matched.kind == TriggerKind::Duty;
        if is_done_by_saying {
            draft.status = Status::Happened;
        }
        // "knows that they will reject it"
        if !is_own && event == EventType::Reject && draft.status == Status::Planned {
            draft.status = Status::Hypothetical;
        }
        let Some(source) = outer.source else { return };
        if draft.sources.iter().any(|source| source.actor.is_some()) {
            return;
        }
        let is_unnamed = draft.sources.is_empty() && speaks_of_others(event);
        if is_unnamed && matches!(draft.status, Status::Conditional | Status::Ongoing) {
            // "they would face consequences if …": the threat is made, whatever comes of it.
            draft.status = Status::Happened;
        }
        // "the officials said Karsk would face sanctions": theirs.
        let is_ahead = matches!(draft.status, Status::Planned | Status::Conditional | Status::Hypothetical);
        let is_theirs = event == EventType::Sanction && is_ahead;
        if is_own || is_unnamed || is_theirs {
            draft.sources = vec![Argument { span: source, actor: outer.speaker }];
        }
    }

    /// Whether a target is somebody other than the sources: in "the withdrawal of Fijian troops" nobody is his own target.
    fn is_another(&self, target: &Argument, sources: &[Argument]) -> bool {
        let is_same = |source: &Argument| target.actor.is_some() && source.actor == target.actor;
        let is_source = sources.iter().any(|source| is_same(source) || source.span.contains(target.span));
        !is_source && (target.actor.is_some() || !self.arguments().is_owner_word(target))
    }

    /// What the day of an event tells, where its words tell nothing or speak in the present: "envoys meet on Tuesday".
    fn by_day(&self, time: TimexIdx, told: Option<Status>, matched: Option<&Match<'_>>) -> Option<Status> {
        let event = matched?.frame.event;
        let timex = &self.record.timexes[time.0 as usize];
        let article = self.analysis.article.published.as_ref().or(self.record.inferred_date.as_ref())?;
        let today = article.value.to_string();
        let day = timex.value.get(..today.len()).filter(|_| today.len() == ISO_DAY_LEN && timex.value.is_ascii())?;
        let is_day = day.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        if !is_day || matches!(told, Some(status) if status != Status::Ongoing) {
            return None;
        }
        let is_ahead = day > today.as_str() || day == today && event == EventType::Consult && told.is_some();
        if is_ahead {
            return Some(Status::Planned);
        }
        (day < today.as_str() && told.is_none()).then_some(Status::Happened)
    }

    /// The status of an event of which nothing tells whether it happened.
    fn untold(&self, matched: Option<&Match<'_>>) -> Status {
        let Some(matched) = matched.filter(|matched| matched.kind == TriggerKind::Noun) else {
            return Status::Happened;
        };
        match matched.frame.event {
            // "the talks": those that were told of before.
            EventType::Consult => self.talks.unwrap_or_default(),
            // A demand, a threat and a buildup stand until they are taken back.
            EventType::Request | EventType::Threaten | EventType::Mobilize => Status::Ongoing,
            _ => Status::Happened,
        }
    }

    /// What a match is about, where that is no participant.
    fn object(&self, matched: &Match<'_>, participants: &Participants) -> Option<Span> {
        let analysis = self.analysis;
        if matched.kind == TriggerKind::Duty {
            let token = analysis.token(matched.anchor);
            let verb = if token.dep() == "aux" { token.head().idx() } else { matched.anchor };
            return Some(analysis.bytes(analysis.clause(verb)));
        }
        let takes_part = |head: &usize| participants.sources.contains(head) || participants.targets.contains(head);
        let head = matched.object.or_else(|| match (matched.kind, matched.preposition) {
            (_, Some(preposition)) => syntax::object_of(analysis, preposition),
            (TriggerKind::Verb, None) => syntax::patient(analysis, matched.anchor),
            _ => syntax::after(analysis, matched.anchor, &["for", "of", "on"]),
        });
        let phrase = head.filter(|head| !takes_part(head)).map(|head| sources::noun_phrase(analysis, head, None).range);
        let clause = || {
            let clause = syntax::child(analysis, matched.anchor, &["xcomp", "ccomp", "acl"])
                .filter(|clause| *clause > matched.anchor)?;
            Some(analysis.clause(clause))
        };
        phrase.or_else(clause).map(|range| analysis.bytes(range))
    }
}

/// Whether a deed leaves something standing: troops that were brought somewhere are there.
fn stands(analysis: &Analysis<'_>, matched: &Match<'_>) -> bool {
    let token = analysis.token(matched.anchor);
    matched.frame.event == EventType::Mobilize && token.pos() == "VERB" && token.tag() != "VBD"
}

/// Whether a frame tells of forces that are brought somewhere or taken away.
fn moves_forces(frame: &Frame) -> bool {
    let is_withdrawal = frame.event == EventType::Retreat && frame.mode.as_deref() == Some("withdraw");
    frame.event == EventType::Mobilize || is_withdrawal
}

/// Whether an event is done by saying something to somebody.
fn is_verbal(event: EventType) -> bool {
    matches!(
        event,
        EventType::Request
            | EventType::Accuse
            | EventType::Reject
            | EventType::Threaten
            | EventType::Agree
            | EventType::Support
    )
}

/// The status of an act of speech: what was found for its statement, refined by what its verb tells.
fn of_uttered(uttered: Uttered, status: Status) -> Status {
    match (uttered, status) {
        (Uttered::Actual, Status::Ongoing) => Status::Ongoing,
        (Uttered::Actual, Status::Conditional) => Status::Conditional,
        (Uttered::Actual, _) => Status::Happened,
        (Uttered::Planned, _) => Status::Planned,
        (Uttered::Hypothetical, Status::Conditional | Status::Demanded) => status,
        (Uttered::Hypothetical, _) => Status::Hypothetical,
        (Uttered::Negated, _) => Status::Denied,
    }
}
