//! What each party holds: places that show the same stance are one entry.
//!
//! Who speaks for a state or an organisation voices its stances. One stance is shown by the same words, by an
//! object with the same head and arguments, or by two readings of the same words of an article.

use super::{ActPlace, Here, N_WORDS_MIN, articles, n_articles};
use crate::brief::Identity;
use crate::lookup::Lookup;
use crate::quotation::letters_and_digits;
use crate::visible::on_one_line;
use rapporteur_model::{ArticleActorIdx, Confidence, Span, Stance, StanceKind};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Words longer than this hold more than the stance.
const SENTENCE_LEN_BYTES: usize = 160;

/// A party with what it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Party {
    /// Who it is.
    pub identity: Identity,
    /// The state or organisation that it speaks for, where that is no actor of the story itself.
    pub allegiance: Option<String>,
    /// What it holds, by kind; in each first what is told in several words, then what most articles show, then
    /// the surest.
    pub entries: Vec<StanceEntry>,
}

/// One stance, with every place that shows it.
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

impl StanceEntry {
    fn n_words(&self) -> usize {
        self.words.split(' ').count()
    }

    /// Whether the words say so little that a reader must look them up.
    pub(super) fn is_bare(&self) -> bool {
        self.n_words() < N_WORDS_MIN
    }
}

/// Who holds it, in the order in which parties with equally many stances are told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum PartyKey {
    /// Position in the story's actors.
    Actor(usize),
    /// Nobody whom the story knows: the name and the text that has it.
    AsWritten(usize, String),
}

/// A party in the making.
struct Draft {
    party: Party,
    /// Positions of the entries by words and by object.
    positions: BTreeMap<(StanceKind, String), usize>,
    /// What shows each entry: the article and the words there.
    shown: Vec<Vec<(usize, Span)>>,
}

/// Every party with its stances, those with most of them first.
pub(crate) fn parties(lookup: &Lookup<'_>) -> Vec<Party> {
    let by_key =
        |key: &str| lookup.reading.story.actors.iter().position(|actor| actor.entity_key.as_deref() == Some(key));
    let mut drafts: BTreeMap<PartyKey, Draft> = BTreeMap::new();
    for here in articles(lookup) {
        for (idx, stance) in here.told.record.stances.iter().enumerate() {
            for actor in here.parties(stance) {
                let known = here.story_actor(actor);
                let speaks_for = known.and_then(|idx| by_key(lookup.reading.story.actors[idx].allegiance.as_deref()?));
                let known = speaks_for.or(known);
                let key = known.map_or_else(
                    || PartyKey::AsWritten(lookup.text_number(here.article_idx), here.name(actor)),
                    PartyKey::Actor,
                );
                let draft = drafts.entry(key).or_insert_with(|| Draft::new(party(here, actor, known)));
                draft.add(here, idx, stance, speaks_for.map(|_| actor));
            }
        }
    }
    let mut parties: Vec<Party> = drafts.into_values().map(Draft::finish).collect();
    parties.sort_by_key(|party| Reverse(party.entries.len()));
    parties
}

impl Draft {
    fn new(party: Party) -> Self {
        Draft { party, positions: BTreeMap::new(), shown: Vec::new() }
    }

    fn add(&mut self, here: Here<'_, '_>, idx: usize, stance: &Stance, voice: Option<ArticleActorIdx>) {
        let entry = stance_entry(here, idx, stance, voice);
        let place = (here.article_idx, shown(stance));
        let keys = keys(stance, &entry);
        let known = keys.iter().find_map(|key| self.positions.get(key).copied());
        let position = known.or_else(|| self.overlapping(stance.kind, place)).unwrap_or(self.party.entries.len());
        for key in keys {
            self.positions.entry(key).or_insert(position);
        }
        match self.party.entries.get_mut(position) {
            Some(known) => {
                known.fold(entry);
                self.shown[position].push(place);
            }
            None => {
                self.party.entries.push(entry);
                self.shown.push(vec![place]);
            }
        }
    }

    /// The entry of this kind that the same words of the article show.
    fn overlapping(&self, kind: StanceKind, (article_idx, span): (usize, Span)) -> Option<usize> {
        let is_here = |&(article, shown): &(usize, Span)| article == article_idx && shown.overlaps(span);
        let mut entries = self.party.entries.iter().zip(&self.shown);
        entries.position(|(entry, shown)| entry.kind == kind && shown.iter().any(is_here))
    }

    fn finish(mut self) -> Party {
        self.party.entries.sort_by_key(|entry| {
            let n_articles = n_articles(&entry.places);
            let is_sentence = entry.words.len() > SENTENCE_LEN_BYTES;
            (entry.kind, entry.is_bare(), Reverse(n_articles), is_sentence, Reverse(entry.confidence))
        });
        self.party
    }
}

impl StanceEntry {
    /// Adds a place. The words are the shorter ones, as long as they say enough: those around them are of the report.
    fn fold(&mut self, mut here: StanceEntry) {
        let is_better = match (self.is_bare(), here.is_bare()) {
            (true, false) => true,
            (false, true) => false,
            (true, true) => here.n_words() > self.n_words(),
            (false, false) => here.words.len() < self.words.len(),
        };
        let confidence = self.confidence.max(here.confidence);
        if is_better {
            std::mem::swap(&mut self.places, &mut here.places);
            std::mem::swap(self, &mut here);
        }
        self.confidence = confidence;
        self.voice = self.voice.take().or(here.voice);
        for place in here.places {
            let is_known =
                |known: &ActPlace| (known.article_idx, known.paragraph) == (place.article_idx, place.paragraph);
            if !self.places.iter().any(is_known) {
                self.places.push(place);
            }
        }
    }
}

/// What the stance is about, or else what shows it.
fn shown(stance: &Stance) -> Span {
    stance.object.as_ref().map_or(stance.evidence, |object| object.span)
}

/// By what a place is recognised as showing a stance that is known.
fn keys(stance: &Stance, entry: &StanceEntry) -> Vec<(StanceKind, String)> {
    let mut keys = vec![format!("“{}", letters_and_digits(&entry.words))];
    if let Some(object) = stance.object.as_ref().filter(|object| !object.arguments.is_empty()) {
        let not = if object.is_negated { "not " } else { "" };
        keys.push(format!("{not}{} ({})", object.head, object.arguments.join(", ")));
    }
    keys.into_iter().map(|key| (stance.kind, key)).collect()
}

fn party(here: Here<'_, '_>, actor: ArticleActorIdx, known: Option<usize>) -> Party {
    let Some(actor_idx) = known else {
        return Party { identity: Identity::AsWritten(here.name(actor)), allegiance: None, entries: Vec::new() };
    };
    let actor = &here.lookup.reading.story.actors[actor_idx];
    let identity = Identity::Actor { id: actor.id.clone(), name: on_one_line(&actor.name), kind: actor.kind };
    Party { identity, allegiance: here.lookup.allegiance(actor).map(on_one_line), entries: Vec::new() }
}

fn stance_entry(here: Here<'_, '_>, idx: usize, stance: &Stance, voice: Option<ArticleActorIdx>) -> StanceEntry {
    let predication = &here.told.record.predications[stance.predication.0 as usize];
    let condition = stance.condition.filter(|condition| !shown(stance).contains(*condition));
    let mut voices: Vec<String> = Vec::new();
    let speaking = stance.parties.iter().copied().filter(|&party| here.is_voice(stance, party)).chain(voice);
    for name in speaking.map(|party| here.name(party)) {
        if !voices.contains(&name) {
            voices.push(name);
        }
    }
    StanceEntry {
        kind: stance.kind,
        voice: (!voices.is_empty()).then(|| voices.join(", ")),
        words: here.words(shown(stance)),
        trigger: here.told.words(predication.trigger),
        condition: condition.map(|span| here.words(span)),
        confidence: stance.confidence,
        places: vec![here.place(idx, stance.evidence)],
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
