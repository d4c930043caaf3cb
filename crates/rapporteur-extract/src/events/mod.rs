//! Who did what to whom? Finds the words that tell of events, who takes part, and whether it happened.
//!
//! A trigger with its participants, status, time and place is a *predication*. It is found once; a statement whose cue
//! is the trigger and the event that the trigger tells of share it.

mod antecedents;
pub(crate) mod frames;
mod matching;
mod participants;
mod setting;
mod status;
mod syntax;

use crate::analysis::{Analysis, TokenRange};
use crate::coreference;
use crate::mentions::Found;
use crate::sources::{self, Source};
use frames::{Frame, TriggerKind};
use matching::Match;
use rapporteur_model::{
    ActorKind, Argument, ArticleActorIdx, Event, EventType, Mention, MentionForm, Polarity, Predication,
    PredicationIdx, Reason, ReasonKind, Record, Span, Status, TimexIdx, Uttered,
};

/// How many mentions before a pronoun are looked at.
const MAX_MENTIONS: usize = 32;
/// The length of a day in ISO 8601: `2022-01-10`.
const ISO_DAY_LEN: usize = 10;

/// Finds the predications and the events of an article and adds them to its record, which has mentions, actors,
/// statements and times already. `anchors` has for each statement the token of its cue.
pub(crate) fn find(analysis: &Analysis<'_>, found: &[Found<'_>], anchors: &[Option<usize>], record: &mut Record) {
    let reported = reported_words(analysis, record);
    let matches = matches(analysis, anchors, &reported, record);
    let times = setting::Times::new(analysis, &record.timexes);
    let statement_of = statements_by_anchor(anchors, analysis.doc.len());
    let mut finder = Finder { analysis, found, times, reported: &reported, talks: None, record };
    for anchor in 0..analysis.doc.len() {
        let statement_idx = statement_of[anchor].map(|idx| idx as usize);
        let matched = matches[anchor].as_ref();
        if matched.is_none() && statement_idx.is_none() {
            continue;
        }
        finder.add(anchor, matched, statement_idx);
    }
    antecedents::fill(record);
}

/// For each token the innermost statement whose content holds it.
pub(crate) fn reported_words(analysis: &Analysis<'_>, record: &Record) -> Vec<Option<u32>> {
    let mut reported = vec![None; analysis.doc.len()];
    let mut contents: Vec<(TokenRange, u32)> = Vec::new();
    for (idx, statement) in (0u32..).zip(&record.statements) {
        contents.extend(statement.content.iter().map(|content| (analysis.tokens_in(*content), idx)));
    }
    // Longer ones first, so that what stands inside them takes its place.
    contents.sort_by_key(|(range, idx)| (std::cmp::Reverse(range.len()), *idx));
    for (range, idx) in contents {
        reported[range.start..range.end].fill(Some(idx));
    }
    reported
}

/// For each token the frame that fits it; none for words that belong to the trigger of another.
fn matches<'k>(
    analysis: &Analysis<'k>,
    anchors: &[Option<usize>],
    reported: &[Option<u32>],
    record: &Record,
) -> Vec<Option<Match<'k>>> {
    let n_tokens = analysis.doc.len();
    let in_name = in_names(analysis, record);
    let find = |idx: usize| {
        let is_free = !analysis.is_masked(idx) && !in_name[idx];
        is_free.then(|| matching::find(analysis, idx, reported[idx].is_some())).flatten()
    };
    let mut matches: Vec<Option<Match<'k>>> = (0..n_tokens).map(find).collect();
    for (statement, anchor) in record.statements.iter().zip(anchors) {
        let Some(anchor) = *anchor else { continue };
        if matches[anchor].is_none()
            && let Some(frame) = analysis.frames.of_class(statement.class)
        {
            matches[anchor] = Some(matching::of_cue(analysis, frame, anchor));
        }
    }
    let mut is_claimed: Vec<usize> = Vec::new();
    for matched in matches.iter().flatten() {
        let event = matched.frame.event;
        // "threatened sanctions", "accused them of attacks": what is said of the other is an event of its own.
        let is_of_another = |idx: &usize| {
            let other = matches[*idx].as_ref();
            speaks_of_others(event) && other.is_some_and(|other| other.frame.event != event)
        };
        is_claimed.extend(matched.claimed.iter().filter(|idx| !is_of_another(idx)));
    }
    for idx in is_claimed {
        matches[idx] = None;
    }
    matches
}

/// For each token whether it is a part of a name, which tells of nothing: "the Council for Cooperation".
fn in_names(analysis: &Analysis<'_>, record: &Record) -> Vec<bool> {
    let mut in_name = vec![false; analysis.doc.len()];
    for mention in record.mentions.iter().filter(|mention| mention.form == MentionForm::Name) {
        let range = analysis.tokens_in(mention.head);
        in_name[range.start..range.end].fill(true);
    }
    in_name
}

fn statements_by_anchor(anchors: &[Option<usize>], n_tokens: usize) -> Vec<Option<u32>> {
    let mut statement_of = vec![None; n_tokens];
    for (idx, anchor) in anchors.iter().enumerate().rev() {
        if let Some(anchor) = *anchor {
            statement_of[anchor] = u32::try_from(idx).ok();
        }
    }
    statement_of
}

struct Finder<'f, 'a> {
    analysis: &'f Analysis<'a>,
    found: &'f [Found<'a>],
    times: setting::Times,
    /// For each token the innermost statement whose content holds it.
    reported: &'f [Option<u32>],
    /// The status of the talks that were told of last.
    talks: Option<Status>,
    record: &'f mut Record,
}

impl Finder<'_, '_> {
    fn add(&mut self, anchor: usize, matched: Option<&Match<'_>>, statement_idx: Option<usize>) {
        let analysis = self.analysis;
        let participants = matched.map(|matched| participants::find(analysis, matched)).unwrap_or_default();
        let support = participants.support;
        let is_negation_told = matched.is_some_and(|matched| matched.frame.is_negated);
        let is_in_words = matched.is_some_and(|matched| speaks_of_others(matched.frame.event));
        let standing = status::find(analysis, anchor, support, is_negation_told, is_in_words);
        let mut sources = self.arguments(&participants.sources);
        if let Some(matched) = matched.filter(|matched| matched.frame.is_mutual && matched.kind == TriggerKind::Noun) {
            let both = self.named_before(matched.anchor);
            if both.len() > 1 {
                sources = both;
            }
        }
        let mut reasons: Vec<Reason> = Vec::new();
        let mut reason = |shows, idx: usize| {
            reasons.push(Reason { shows, span: analysis.bytes(TokenRange::new(idx, idx + 1)) });
        };
        standing.reasons.iter().for_each(|&(shows, idx)| reason(shows, idx));
        support.into_iter().for_each(|idx| reason(ReasonKind::Support, idx));
        matched.and_then(|matched| matched.object).into_iter().for_each(|idx| reason(ReasonKind::Object, idx));
        reasons.sort_by_key(|reason| reason.span);
        let mut object = matched.and_then(|matched| self.object(matched, &participants.targets));
        let told = standing.status;
        let (mut status, mut polarity) = (told.unwrap_or_else(|| self.untold(matched)), standing.polarity);
        let mut trigger = matched.map_or(TokenRange::new(anchor, anchor + 1), |matched| matched.trigger);
        if let Some(statement) = statement_idx.map(|idx| &self.record.statements[idx]) {
            if let Some(source) = statement.source {
                sources = vec![Argument { span: source, actor: statement.speaker }];
            }
            object = statement.content.first().copied().or(object);
            (status, polarity) = (of_uttered(statement.uttered, status), statement.polarity);
            if matched.is_none()
                && let Some(cue) = statement.cue
            {
                trigger = analysis.tokens_in(cue);
            }
        }
        // Troops that are posted somewhere act for whoever they belong to: "the placement of Molvian missiles".
        if let Some(matched) = matched.filter(|matched| moves_forces(matched.frame))
            && let Some(object) = matched.object.or_else(|| syntax::after(analysis, matched.anchor, &["of"]))
        {
            let owners = self.arguments(&[object]);
            let has_owner = owners.iter().any(|owner| owner.actor.is_some());
            if sources.is_empty() || matched.kind == TriggerKind::Noun && has_owner {
                sources = owners;
            }
        }
        let outer = self.reported[anchor].map(|idx| &self.record.statements[idx as usize]);
        if let (Some(outer), Some(matched)) = (outer, matched)
            && statement_idx.is_none()
        {
            let is_own = matched.kind != TriggerKind::Noun && matching::speaks_of_itself(analysis, anchor);
            // What the speaker refuses, demands or threatens in his own words is done by saying so.
            if is_own && is_verbal(matched.frame.event) && matches!(status, Status::Planned | Status::Ongoing) {
                status = Status::Happened;
            }
            // "the minister said Karsk is ready to talk": by saying so.
            if matched.kind == TriggerKind::Adjective && is_verbal(matched.frame.event) && status == Status::Ongoing {
                status = Status::Happened;
            }
            // "knows that they will reject it"
            if !is_own && matched.frame.event == EventType::Reject && status == Status::Planned {
                status = Status::Hypothetical;
            }
            let is_told = sources.iter().any(|source| source.actor.is_some());
            let is_speakers = is_own || sources.is_empty() && speaks_of_others(matched.frame.event);
            if !is_told
                && is_speakers
                && let Some(source) = outer.source
            {
                if sources.is_empty() && matches!(status, Status::Conditional | Status::Ongoing) {
                    // "they would face consequences if": the threat is made, whatever comes of it.
                    status = Status::Happened;
                }
                sources = vec![Argument { span: source, actor: outer.speaker }];
            }
            // "the officials said Karsk would face sanctions": theirs.
            if !is_told
                && matched.frame.event == EventType::Sanction
                && status != Status::Happened
                && let Some(source) = outer.source
            {
                sources = vec![Argument { span: source, actor: outer.speaker }];
            }
            if matched.kind == TriggerKind::Duty {
                status = Status::Happened;
            }
        }
        // "the withdrawal of Fijian troops": nobody is his own target.
        let is_source =
            |target: &Argument| target.actor.is_some() && sources.iter().any(|source| source.actor == target.actor);
        let mut targets = self.arguments(&participants.targets);
        targets.retain(|target| !is_source(target) && (target.actor.is_some() || !self.is_owner_word(target)));
        if is_negation_told {
            polarity = Polarity::Positive;
        }
        let time = self.times.of(analysis, anchor, support);
        if let Some(status_of_day) = time.and_then(|time| self.by_day(time, told, matched)) {
            status = status_of_day;
        }
        let predication = Predication {
            trigger: analysis.bytes(trigger),
            sources,
            targets,
            object,
            polarity,
            status,
            condition: standing.condition.map(|range| analysis.bytes(range)),
            time,
            place: setting::place(analysis, anchor, support).map(|range| analysis.bytes(range)),
            reasons,
        };
        let idx = PredicationIdx(self.record.predications.len() as u32);
        self.record.predications.push(predication);
        if let Some(statement_idx) = statement_idx {
            self.record.statements[statement_idx].predication = Some(idx);
        }
        if let Some(frame) = matched.map(|matched| matched.frame) {
            let is_certain = matches!(told, Some(Status::Happened | Status::Planned | Status::Ongoing));
            if frame.event == EventType::Consult && is_certain {
                self.talks = Some(status);
            }
            let frame_status = &mut self.record.predications[idx.0 as usize].status;
            // Troops that were brought somewhere are there.
            let is_standing = frame.event == EventType::Mobilize && analysis.token(anchor).tag() != "VBD";
            if is_standing && *frame_status == Status::Happened && analysis.token(anchor).pos() == "VERB" {
                *frame_status = Status::Ongoing;
            }
            self.record.events.push(Event {
                predication: idx,
                kind: frame.event,
                mode: frame.mode.as_deref().map(str::to_string),
                frame: format!("{}: {}", frame.file, frame.entry()),
            });
        }
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
    fn object(&self, matched: &Match<'_>, targets: &[usize]) -> Option<Span> {
        let analysis = self.analysis;
        if matched.kind == TriggerKind::Duty {
            let token = analysis.token(matched.anchor);
            let verb = if token.dep() == "aux" { token.head().idx() } else { matched.anchor };
            return Some(analysis.bytes(analysis.below(verb)));
        }
        let head = matched.object.or_else(|| match (matched.kind, matched.preposition) {
            (_, Some(preposition)) => syntax::object_of(analysis, preposition),
            (TriggerKind::Verb, None) => syntax::patient(analysis, matched.anchor),
            _ => syntax::after(analysis, matched.anchor, &["for", "of", "on"]),
        });
        let phrase =
            head.filter(|head| !targets.contains(head)).map(|head| sources::noun_phrase(analysis, head, None).range);
        let clause = || {
            let clause = syntax::child(analysis, matched.anchor, &["xcomp", "ccomp", "acl"])
                .filter(|clause| *clause > matched.anchor)?;
            Some(analysis.below(clause))
        };
        phrase.or_else(clause).map(|range| analysis.bytes(range))
    }

    /// "its", which tells of somebody only where it is known of whom.
    fn is_owner_word(&self, argument: &Argument) -> bool {
        let range = self.analysis.tokens_in(argument.span);
        range.len() == 1 && self.analysis.token(range.start).tag() == "PRP$"
    }

    /// "US-Russia talks": who is named before a noun, in its phrase.
    fn named_before(&self, noun: usize) -> Vec<Argument> {
        let start = self.analysis.below(noun).start;
        let span = self.analysis.bytes(TokenRange::new(start, noun));
        let first = self.record.mentions.partition_point(|mention| mention.span.start < span.start);
        let inside = self.record.mentions[first..].iter().take_while(|mention| mention.span.end <= span.end);
        let mut named: Vec<Argument> = Vec::new();
        for mention in inside.filter(|mention| mention.actor.is_some()) {
            if named.iter().all(|other| other.actor != mention.actor) {
                named.push(Argument { span: mention.span, actor: mention.actor });
            }
        }
        named
    }

    /// "Karsk would pay if it attacked": a pronoun that goes back to the subject of the clause above.
    fn subject_above(&self, pronoun: usize) -> Option<ArticleActorIdx> {
        let analysis = self.analysis;
        let token = analysis.token(pronoun);
        let is_third = token.pos() == "PRON" && matches!(analysis.lower(pronoun), "it" | "they" | "he" | "she");
        if !is_third || token.is_root() || token.head().is_root() {
            return None;
        }
        let clause = token.head();
        let above = clause.head().idx();
        let subject = syntax::subject(analysis, above).filter(|subject| *subject < pronoun)?;
        let mention = coreference::at_token(self.found, subject);
        let of_subject = mention.and_then(|mention| self.record.mentions[mention].actor);
        // "consequences for Karsk if it attacks": the body named last.
        let named_last = || {
            let start = self.analysis.bytes(self.analysis.sentence(pronoun)).start;
            let place = self.analysis.bytes(TokenRange::new(pronoun, pronoun + 1)).start;
            let n_before = self.record.mentions.partition_point(|mention| mention.span.start < place);
            let in_sentence = self.record.mentions[..n_before]
                .iter()
                .rev()
                .take(MAX_MENTIONS)
                .take_while(|mention| mention.span.start >= start);
            let is_body = |actor: &ArticleActorIdx| {
                matches!(self.record.actors[actor.0 as usize].kind, ActorKind::State | ActorKind::Organisation)
            };
            in_sentence.filter_map(|mention| mention.actor).find(is_body)
        };
        of_subject.or_else(|| (analysis.lower(pronoun) == "it").then(named_last).flatten())
    }

    fn arguments(&self, heads: &[usize]) -> Vec<Argument> {
        let mut arguments: Vec<Argument> = Vec::new();
        for (nth, &head) in heads.iter().enumerate() {
            // A name in a genitive is told without the noun that it belongs to.
            let mut range = sources::noun_phrase(self.analysis, head, None).range;
            let conjunct = heads.get(nth + 1).copied().or_else(|| syntax::child(self.analysis, head, &["conj"]));
            if let Some(next) = conjunct {
                let next = self.analysis.below(next).start;
                range.end = range.end.min(trimmed(self.analysis, head, next)).max(head + 1);
            }
            arguments.extend(self.argument(head, range));
        }
        arguments
    }

    /// A noun phrase as an argument; where it is no actor by itself, or one without a name, whoever it belongs to is one
    /// besides: "Russian forces".
    fn argument(&self, head: usize, range: TokenRange) -> Vec<Argument> {
        let source = Source { range, head, is_inherited: false };
        let mention = coreference::of_source(self.analysis, self.found, source);
        let actor = mention.and_then(|mention| self.record.mentions[mention].actor);
        let actor = actor.or_else(|| self.subject_above(head));
        let mut arguments = vec![Argument { span: self.analysis.bytes(range), actor }];
        let is_told = actor.is_some_and(|actor| self.record.actors[actor.0 as usize].kind != ActorKind::Group);
        if !is_told {
            let span = self.analysis.bytes(TokenRange::new(range.start, range.end));
            let first = self.record.mentions.partition_point(|mention| mention.span.start < span.start);
            let inside = self.record.mentions[first..].iter().take_while(|mention| mention.span.end <= span.end);
            // Before the noun, or right after "of": not in a clause behind it.
            let start = self.analysis.bytes(TokenRange::new(head, head + 1)).start;
            let of = syntax::after(self.analysis, head, &["of"]);
            let of = of.and_then(|of| coreference::at_token(self.found, of));
            let of = of.map(|mention| self.record.mentions[mention].span);
            let is_owner = |mention: &&Mention| mention.span.start < start || Some(mention.span) == of;
            let is_other = |mention: &&Mention| mention.actor.is_some() && mention.actor != actor;
            let owner = inside.filter(is_owner).find(is_other);
            let owner = owner.or_else(|| {
                // "a campaign to blame …": whose campaign it is.
                let holder = syntax::holder(self.analysis, head).filter(|_| actor.is_none())?;
                coreference::at_token(self.found, holder).map(|mention| &self.record.mentions[mention])
            });
            arguments.extend(owner.map(|owner| Argument { span: owner.span, actor: owner.actor }));
        }
        arguments
    }
}

/// Where a member of a joined phrase ends, before "and" or a comma.
fn trimmed(analysis: &Analysis<'_>, head: usize, next: usize) -> usize {
    let mut end = next;
    while end > head + 1 && (analysis.is_mark(end - 1) || matches!(analysis.token(end - 1).tag(), "CC" | "DT")) {
        end -= 1;
    }
    end
}

/// Whether a frame tells of forces that are brought somewhere or taken away.
fn moves_forces(frame: &Frame) -> bool {
    let is_withdrawal = frame.event == EventType::Retreat && frame.mode.as_deref() == Some("withdraw");
    frame.event == EventType::Mobilize || is_withdrawal
}

/// Whether an event is about what others do.
fn speaks_of_others(event: EventType) -> bool {
    matches!(event, EventType::Request | EventType::Accuse | EventType::Reject | EventType::Threaten)
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
