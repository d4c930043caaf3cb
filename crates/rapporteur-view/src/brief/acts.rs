//! What was done, and what each party holds, with copies of the same words folded into one entry.

use super::Identity;
use crate::describe::{self, ARROW, Told};
use crate::lookup::Lookup;
use crate::page::cut;
use crate::quotation::letters_and_digits;
use crate::visible::on_one_line;
use rapporteur_model::{
    Argument, ArticleActorIdx, Confidence, Event, EventType, Predication, Span, Stance, StanceKind, Status,
};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Columns of quoted words; in full they stand in the article.
const WORDS_WIDTH: usize = 110;
/// Columns of the words for somebody who is not named.
const NAME_WIDTH: usize = 36;
/// The mode of an offer to agree.
const OFFER: &str = "offer";
/// Fewer words recur by chance: who takes part must be the same too before two places count as copies.
const N_WORDS_MIN: usize = 4;

/// One event, with every place that tells it in the same words.
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
    /// The words of the first place, on one line.
    pub words: String,
    /// Where it is told.
    pub places: Vec<ActPlace>,
}

/// A party with what it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Party {
    /// Who it is.
    pub identity: Identity,
    /// What it holds, by kind; in each first what is told in several words, then the surest.
    pub entries: Vec<StanceEntry>,
}

/// One stance, with every place that shows it in the same words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StanceEntry {
    /// What kind of stance it is.
    pub kind: StanceKind,
    /// The exact words of what it is about, or else of what shows it, on one line.
    pub words: String,
    /// Who voiced it for the party, where that is somebody else.
    pub voice: Option<String>,
    /// The words that it hangs on: "demanded".
    pub trigger: String,
    /// What it depends on, in the article's words, where `words` do not hold it.
    pub condition: Option<String>,
    /// How sure it is, at the surest place.
    pub confidence: Confidence,
    /// Where it is shown.
    pub places: Vec<ActPlace>,
}

/// A place that tells an event or shows a stance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActPlace {
    /// Position in [`super::Brief::articles`].
    pub article_idx: usize,
    /// Position among the events, or the stances, of the article's record.
    pub item_idx: usize,
    /// The paragraph it begins in, counted from one.
    pub paragraph: Option<usize>,
}

/// An article in the reading.
#[derive(Clone, Copy)]
struct Here<'l, 'r> {
    lookup: &'l Lookup<'r>,
    article_idx: usize,
    told: Told<'r>,
}

impl Here<'_, '_> {
    fn place(self, item_idx: usize, span: Span) -> ActPlace {
        let paragraph = self.told.article.paragraph_number(span);
        ActPlace { article_idx: self.article_idx, item_idx, paragraph }
    }

    /// The name that the story has for the actor.
    fn name(self, actor: ArticleActorIdx) -> String {
        match self.lookup.actor_idx(self.article_idx, actor) {
            Some(idx) => on_one_line(&self.lookup.reading.story.actors[idx].name),
            None => on_one_line(&self.told.record.actors[actor.0 as usize].name),
        }
    }

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

    /// How much is known of one side: somebody with a name counts more than some "officials".
    fn telling(self, arguments: &[Argument]) -> u8 {
        let actors = arguments.iter().filter_map(|argument| argument.actor);
        let known = actors.map(|actor| 1 + u8::from(self.told.record.actors[actor.0 as usize].is_named));
        known.max().unwrap_or_default()
    }

    /// The trigger with its object, where they stand close together; "object … trigger" where the object
    /// stands before it.
    fn words(self, predication: &Predication) -> String {
        let (text, trigger) = (&self.told.article.text, predication.trigger);
        let whole = predication.object.map(|object| trigger.hull(object));
        let Some(whole) = whole.filter(|span| span.len_bytes() <= 240 && !span.of(text).contains('\n')) else {
            return self.told.words(trigger);
        };
        match predication.object {
            Some(object) if object.end <= trigger.start => {
                format!("{} … {}", self.told.words(object), self.told.words(trigger))
            }
            _ => self.told.words(whole),
        }
    }

    fn date(self, predication: &Predication) -> Option<String> {
        let timex = &self.told.record.timexes[predication.time?.0 as usize];
        let is_resolved = timex.value.starts_with(|c: char| c.is_ascii_digit()) && !timex.value.contains('X');
        Some(if is_resolved { on_one_line(&timex.value) } else { format!("“{}”", self.told.words(timex.span)) })
    }
}

impl Here<'_, '_> {
    /// The parties of a stance without those who speak for another of them.
    fn parties(self, stance: &Stance) -> impl Iterator<Item = ArticleActorIdx> {
        stance.parties.iter().copied().filter(move |&party| !self.is_voice(stance, party))
    }

    /// Whether the actor speaks for another party of the stance.
    fn is_voice(self, stance: &Stance, actor: ArticleActorIdx) -> bool {
        let actors = &self.told.record.actors;
        let allegiance = actors[actor.0 as usize].allegiance.as_ref();
        let mut others = stance.parties.iter().filter(|&&other| other != actor);
        allegiance.is_some() && others.any(|other| actors[other.0 as usize].entity_key.as_ref() == allegiance)
    }
}

fn articles<'l, 'r>(lookup: &'l Lookup<'r>) -> impl Iterator<Item = Here<'l, 'r>> {
    let articles = lookup.reading.articles.iter().zip(&lookup.reading.records).enumerate();
    articles.map(move |(article_idx, (article, record))| Here { lookup, article_idx, told: Told { article, record } })
}

impl EventEntry {
    /// Entries of one group are shown together: those of a type, with the offers apart, which are no agreements.
    pub(crate) fn group(&self) -> (EventType, bool) {
        (self.kind, self.mode.as_deref() == Some(OFFER))
    }
}

/// All events: those that may be copies of each other are one. Group by group; the most telling ones first.
pub(super) fn events(lookup: &Lookup<'_>) -> Vec<EventEntry> {
    let mut entries: Vec<(u8, EventEntry)> = Vec::new();
    let mut positions = BTreeMap::new();
    for here in articles(lookup) {
        for (idx, event) in here.told.record.events.iter().enumerate() {
            let (telling, entry) = event_entry(here, idx, event);
            let words = letters_and_digits(&entry.words);
            let is_long = words.split(' ').count() >= N_WORDS_MIN;
            let participants = entry.participants.clone().filter(|_| !is_long);
            let text = lookup.text_number(here.article_idx);
            let key = (text, entry.kind, entry.mode.clone(), entry.status.clone(), participants, words);
            match positions.get(&key) {
                Some(&position) => fold_event(&mut entries[position], telling, entry),
                None => {
                    positions.insert(key, entries.len());
                    entries.push((telling, entry));
                }
            }
        }
    }
    entries.sort_by(|(telling_a, a), (telling_b, b)| {
        let rank = |telling: u8, entry: &EventEntry| (Reverse(telling), Reverse(entry.places.len()));
        (a.group(), rank(*telling_a, a)).cmp(&(b.group(), rank(*telling_b, b)))
    });
    entries.into_iter().map(|(_, entry)| entry).collect()
}

/// The entry, and how much it tells: who, to whom, when, and that it took place.
fn event_entry(here: Here<'_, '_>, idx: usize, event: &Event) -> (u8, EventEntry) {
    let predication = &here.told.record.predications[event.predication.0 as usize];
    let date = here.date(predication);
    let is_done = matches!(predication.status, Status::Happened | Status::Ongoing);
    let telling = here.telling(&predication.sources)
        + here.telling(&predication.targets)
        + u8::from(date.is_some())
        + u8::from(is_done);
    let entry = EventEntry {
        kind: event.kind,
        mode: event.mode.as_deref().map(on_one_line),
        participants: here.participants(predication),
        status: describe::status(predication),
        date,
        words: cut(&here.words(predication), WORDS_WIDTH),
        places: vec![here.place(idx, predication.trigger)],
    };
    (telling, entry)
}

/// Adds a place; who and when are taken from the place that tells most.
fn fold_event((telling, entry): &mut (u8, EventEntry), telling_here: u8, here: EventEntry) {
    entry.places.extend(here.places);
    if telling_here > *telling {
        *telling = telling_here;
        (entry.participants, entry.date) = (here.participants, here.date);
    }
}

/// Every party with its stances, those with most of them first.
pub(super) fn parties(lookup: &Lookup<'_>) -> Vec<Party> {
    /// The order of parties with equally many stances.
    type Key = (bool, usize, String);
    let mut parties: BTreeMap<Key, Party> = BTreeMap::new();
    let mut positions = BTreeMap::new();
    for here in articles(lookup) {
        let text = lookup.text_number(here.article_idx);
        for (idx, stance) in here.told.record.stances.iter().enumerate() {
            for actor in here.parties(stance) {
                let known = lookup.actor_idx(here.article_idx, actor);
                let key = match known {
                    Some(actor_idx) => (false, actor_idx, String::new()),
                    None => (true, text, here.name(actor)),
                };
                let entry = stance_entry(here, idx, stance);
                let party = parties
                    .entry(key.clone())
                    .or_insert_with(|| Party { identity: identity(here, actor, known), entries: Vec::new() });
                let entry_key = (key, text, entry.kind, letters_and_digits(&entry.words));
                match positions.get(&entry_key) {
                    Some(&position) => {
                        let known: &mut StanceEntry = &mut party.entries[position];
                        known.confidence = known.confidence.max(entry.confidence);
                        known.places.extend(entry.places);
                    }
                    None => {
                        positions.insert(entry_key, party.entries.len());
                        party.entries.push(entry);
                    }
                }
            }
        }
    }
    let mut parties: Vec<Party> = parties.into_values().collect();
    for party in &mut parties {
        let is_bare = |entry: &StanceEntry| entry.words.split(' ').count() < N_WORDS_MIN;
        party
            .entries
            .sort_by_key(|entry| (entry.kind, is_bare(entry), Reverse(entry.confidence), Reverse(entry.places.len())));
    }
    parties.sort_by_key(|party| Reverse(party.entries.len()));
    parties
}

fn identity(here: Here<'_, '_>, actor: ArticleActorIdx, known: Option<usize>) -> Identity {
    let Some(actor_idx) = known else { return Identity::AsWritten(here.name(actor)) };
    let actor = &here.lookup.reading.story.actors[actor_idx];
    Identity::Actor { id: actor.id.clone(), name: on_one_line(&actor.name), kind: actor.kind }
}

fn stance_entry(here: Here<'_, '_>, idx: usize, stance: &Stance) -> StanceEntry {
    let predication = &here.told.record.predications[stance.predication.0 as usize];
    let shown = stance.object.as_ref().map_or(stance.evidence, |object| object.span);
    let condition = stance.condition.filter(|condition| !shown.contains(*condition));
    let voices: Vec<String> =
        stance.parties.iter().filter(|&&party| here.is_voice(stance, party)).map(|&party| here.name(party)).collect();
    StanceEntry {
        kind: stance.kind,
        voice: (!voices.is_empty()).then(|| voices.join(", ")),
        words: cut(&here.told.words(shown), WORDS_WIDTH),
        trigger: here.told.words(predication.trigger),
        condition: condition.map(|span| cut(&here.told.words(span), WORDS_WIDTH)),
        confidence: stance.confidence,
        places: vec![here.place(idx, stance.evidence)],
    }
}
