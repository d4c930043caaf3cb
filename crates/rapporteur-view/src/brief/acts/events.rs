//! What was done: reports of one happening are one entry.
//!
//! Two reports tell the same happening where they have the same type, the same sides and the same standing, and
//! besides the same day, or the same frame, which stands for the trigger's lemma. What has another date, or none where
//! the other has one, may be another happening.
//! Whoever speaks for a state counts as that state. Articles that tell one text may also repeat words of which it
//! is not known who is meant; the words are enough there.

use super::{ActPlace, Here, N_WORDS_MIN, articles, n_articles};
use crate::describe::{self, ARROW};
use crate::lookup::Lookup;
use crate::page::cut;
use crate::quotation::letters_and_digits;
use crate::visible::on_one_line;
use rapporteur_model::{Argument, ArticleActorIdx, Event, EventType, Polarity, Predication, Status};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Columns of the words for somebody who is not named.
const NAME_WIDTH: usize = 36;
/// The mode of an offer to agree.
const OFFER: &str = "offer";

/// One happening, with every place that tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EventEntry {
    /// The PLOVER type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// The mode; an offer to agree is no agreement.
    pub mode: Option<String>,
    /// "Karsk → Veldria"; `None` where nobody is told.
    pub participants: Option<String>,
    /// Whether it took place, in words: "happened", "planned, negated".
    pub status: String,
    /// The TIMEX3 value of when, or the words where the article does not tell which day that is.
    pub date: Option<String>,
    /// The exact words of the place that tells most, on one line.
    pub words: String,
    /// Where it is told.
    pub places: Vec<ActPlace>,
}

impl EventEntry {
    /// Entries of one group are shown together: those of a type, with the offers apart, which are no agreements.
    pub(crate) fn group(&self) -> (EventType, bool) {
        (self.kind, self.mode.as_deref() == Some(OFFER))
    }

    /// The resolved date without the time of day.
    fn day(&self) -> Option<&str> {
        let value = self.date.as_deref().filter(|value| value.starts_with(|c: char| c.is_ascii_digit()))?;
        Some(value.split('T').next().unwrap_or(value))
    }
}

/// How a happening stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    Real,
    Planned,
    Demanded,
    Imagined,
    Negated,
}

impl Standing {
    /// What is real and what is arranged come first; what is denied comes last.
    fn rank(self) -> u8 {
        match self {
            Standing::Real | Standing::Planned => 0,
            Standing::Demanded | Standing::Imagined => 1,
            Standing::Negated => 2,
        }
    }

    fn of(predication: &Predication) -> Self {
        match (predication.polarity, predication.status) {
            (Polarity::Negative, _) | (_, Status::Denied) => Standing::Negated,
            (_, Status::Happened | Status::Ongoing) => Standing::Real,
            (_, Status::Planned) => Standing::Planned,
            (_, Status::Demanded) => Standing::Demanded,
            (_, Status::Conditional | Status::Hypothetical) => Standing::Imagined,
        }
    }
}

/// Who acts, and on whom, by what they belong to. Empty where nobody is known.
type Sides = (BTreeSet<String>, BTreeSet<String>);

/// What reports of one happening have in common, beside the frame or the day.
type Bucket = ((EventType, bool), Standing, Sides);

/// An entry with what it is compared and ordered by.
struct Draft {
    entry: EventEntry,
    standing: Standing,
    telling: Telling,
}

/// How much a place tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Telling {
    /// Who takes part and is known; more than two tell no more.
    n_known: usize,
    /// Who of them is named: somebody with a name counts more than some "officials".
    n_named: usize,
    /// Whether it has a date, and whether its words say more than a bare trigger.
    n_details: usize,
}

/// All happenings, group by group; in each those that are real come first, then those that most articles tell.
pub(crate) fn events(lookup: &Lookup<'_>) -> Vec<EventEntry> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut known = Known::default();
    for here in articles(lookup) {
        for (idx, event) in here.told.record.events.iter().enumerate() {
            let draft = draft(here, idx, event);
            let keys = Keys::new(here, event, &draft);
            match known.find(&drafts, &keys, &draft.entry) {
                Some(position) => {
                    fold(&mut drafts[position], draft);
                    known.add(keys, &drafts[position].entry, position);
                }
                None => {
                    known.add(keys, &draft.entry, drafts.len());
                    drafts.push(draft);
                }
            }
        }
    }
    drafts.sort_by_key(|draft| {
        let Draft { entry, standing, telling } = draft;
        let n_articles = n_articles(&entry.places);
        let sides = Reverse(telling.n_known);
        (entry.group(), standing.rank(), sides, Reverse(n_articles), Reverse(entry.places.len()), Reverse(*telling))
    });
    drafts.into_iter().map(|draft| draft.entry).collect()
}

/// By what a report is recognised.
struct Keys {
    bucket: Option<Bucket>,
    frame: String,
    copy: Copy,
}

/// The words of a report with all that must be equal in a copy of the text.
type Copy = (usize, EventType, Option<String>, String, Option<String>, String);

impl Keys {
    fn new(here: Here<'_, '_>, event: &Event, draft: &Draft) -> Self {
        let entry = &draft.entry;
        let sides = here.sides(event);
        let is_known = !(sides.0.is_empty() && sides.1.is_empty());
        let words = letters_and_digits(&entry.words);
        let is_long = words.split(' ').count() >= N_WORDS_MIN;
        let participants = entry.participants.clone().filter(|_| !is_long);
        let text = here.lookup.text_number(here.article_idx);
        Keys {
            bucket: is_known.then(|| (entry.group(), draft.standing, sides)),
            frame: event.frame.clone(),
            copy: (text, entry.kind, entry.mode.clone(), entry.status.clone(), participants, words),
        }
    }
}

/// Positions of the entries by what reports are recognised by.
#[derive(Default)]
struct Known {
    copies: BTreeMap<Copy, usize>,
    days: BTreeMap<(Bucket, String), usize>,
    frames: BTreeMap<(Bucket, String), Vec<usize>>,
}

impl Known {
    fn find(&self, drafts: &[Draft], keys: &Keys, entry: &EventEntry) -> Option<usize> {
        if let Some(&position) = self.copies.get(&keys.copy) {
            return Some(position);
        }
        let bucket = keys.bucket.as_ref()?;
        let day = entry.day().filter(|day| is_one_day(day));
        let same_day = day.and_then(|day| self.days.get(&(bucket.clone(), day.to_string())));
        let same_frame = self.frames.get(&(bucket.clone(), keys.frame.clone()));
        let mut same_frame = same_frame.into_iter().flatten();
        same_day
            .or_else(|| same_frame.find(|&&position| may_be_same(drafts[position].entry.day(), entry.day())))
            .copied()
    }

    fn add(&mut self, keys: Keys, entry: &EventEntry, position: usize) {
        self.copies.entry(keys.copy).or_insert(position);
        let Some(bucket) = keys.bucket else { return };
        if let Some(day) = entry.day().filter(|day| is_one_day(day)) {
            self.days.entry((bucket.clone(), day.to_string())).or_insert(position);
        }
        let positions = self.frames.entry((bucket, keys.frame)).or_default();
        if !positions.contains(&position) {
            positions.push(position);
        }
    }
}

/// Whether the value is a day of the calendar: "2022-01-10".
fn is_one_day(value: &str) -> bool {
    value.len() == 10 && !value.contains(|c: char| !c.is_ascii_digit() && c != '-')
}

/// Whether one date may be the other, told less exactly. What has no date may be on any day, so that it joins none.
fn may_be_same(a: Option<&str>, b: Option<&str>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.starts_with(b) || b.starts_with(a),
        (a, b) => a == b,
    }
}

fn draft(here: Here<'_, '_>, idx: usize, event: &Event) -> Draft {
    let predication = &here.told.record.predications[event.predication.0 as usize];
    let entry = EventEntry {
        kind: event.kind,
        mode: event.mode.as_deref().map(on_one_line),
        participants: here.participants(predication),
        status: describe::status(predication),
        date: here.date(predication),
        words: here.told_words(predication),
        places: vec![here.place(idx, predication.trigger)],
    };
    let actors = || {
        let arguments = predication.sources.iter().chain(&predication.targets);
        arguments.filter_map(|argument| argument.actor).collect::<BTreeSet<_>>().into_iter()
    };
    let is_named = |actor: &ArticleActorIdx| here.told.record.actors[actor.0 as usize].is_named;
    let telling = Telling {
        n_known: actors().count().min(2),
        n_named: actors().filter(is_named).count().min(2),
        n_details: usize::from(entry.day().is_some()) + usize::from(entry.words.contains(' ')),
    };
    Draft { entry, standing: Standing::of(predication), telling }
}

/// Adds a place; all that is shown is taken from the place that tells most.
fn fold(known: &mut Draft, mut here: Draft) {
    let known_date = known.entry.date.clone();
    if here.telling > known.telling {
        std::mem::swap(&mut known.entry.places, &mut here.entry.places);
        std::mem::swap(known, &mut here);
    }
    if known.entry.day().is_none() {
        known.entry.date = [known_date, here.entry.date].into_iter().flatten().next().or(known.entry.date.take());
    }
    known.entry.places.append(&mut here.entry.places);
}

impl Here<'_, '_> {
    /// The names of those on one side that the article tells, each once and without `others`.
    fn known(self, arguments: &[Argument], others: &[String]) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for actor in arguments.iter().filter_map(|argument| argument.actor) {
            let name = self.name(actor);
            if !names.contains(&name) && !others.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// Who, and to whom. Words that name nobody are told where they act; as a target they are in the quoted words.
    fn participants(self, predication: &Predication) -> Option<String> {
        let mut sources = self.known(&predication.sources, &[]);
        // Who stands on both sides does not act on himself: the text names him twice.
        let targets = self.known(&predication.targets, &sources);
        if let Some(first) = predication.sources.first().filter(|_| sources.is_empty()) {
            sources.push(format!("“{}”", cut(&self.told.words(first.span), NAME_WIDTH)));
        }
        match (sources.is_empty(), targets.is_empty()) {
            (true, true) => None,
            (false, true) => Some(sources.join(", ")),
            (true, false) => Some(format!("? {ARROW} {}", targets.join(", "))),
            (false, false) => Some(format!("{} {ARROW} {}", sources.join(", "), targets.join(", "))),
        }
    }

    /// Both sides, by the state or organisation that each belongs to. Who meets whom is the same the other way round.
    fn sides(self, event: &Event) -> Sides {
        let predication = &self.told.record.predications[event.predication.0 as usize];
        let side = |arguments: &[Argument]| -> BTreeSet<String> {
            arguments.iter().filter_map(|argument| argument.actor).map(|actor| self.belongs_to(actor)).collect()
        };
        let (mut sources, mut targets) = (side(&predication.sources), side(&predication.targets));
        if matches!(event.kind, EventType::Consult | EventType::Cooperate) {
            sources.append(&mut targets);
        }
        (sources, targets)
    }

    fn belongs_to(self, actor: ArticleActorIdx) -> String {
        let local = &self.told.record.actors[actor.0 as usize];
        let Some(idx) = self.story_actor(actor) else {
            let key = local.allegiance.as_ref().or(local.entity_key.as_ref());
            return key.cloned().unwrap_or_else(|| format!("#{}/{}", self.article_idx, actor.0));
        };
        let known = &self.lookup.reading.story.actors[idx];
        let key = known.allegiance.as_ref().or(known.entity_key.as_ref());
        key.cloned().unwrap_or_else(|| format!("#{idx}"))
    }

    /// The trigger with its object, where they stand close together; "object … trigger" where the object
    /// stands before it.
    fn told_words(self, predication: &Predication) -> String {
        let (text, trigger) = (&self.told.article.text, predication.trigger);
        let whole = predication.object.map(|object| trigger.hull(object));
        let Some(whole) = whole.filter(|span| span.len_bytes() <= 240 && !span.of(text).contains('\n')) else {
            return self.words(trigger);
        };
        match predication.object {
            Some(object) if object.end <= trigger.start => {
                format!("{} … {}", self.words(object), self.words(trigger))
            }
            _ => self.words(whole),
        }
    }

    fn date(self, predication: &Predication) -> Option<String> {
        let timex = &self.told.record.timexes[predication.time?.0 as usize];
        // "In the future" says no more than the status does.
        if timex.value.ends_with("_REF") {
            return None;
        }
        let is_resolved = timex.value.starts_with(|c: char| c.is_ascii_digit()) && !timex.value.contains('X');
        Some(if is_resolved { on_one_line(&timex.value) } else { format!("“{}”", self.told.words(timex.span)) })
    }
}
