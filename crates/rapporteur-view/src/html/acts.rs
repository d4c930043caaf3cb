//! Events and stances as lists, each linked to its words.

use super::article::ArticleView;
use crate::brief::{ActPlace, Brief, EventEntry, Party, StanceEntry, group_name, name_of_party};
use crate::describe::{self, Told};
use crate::wording;
use rapporteur_model::{ActorKind, Confidence, Event, Stance};

/// Entries up to which a list is shown at once.
const N_OPEN_MAX: usize = 8;

/// A type of event with its entries.
pub(super) struct EventsView<'r> {
    pub(super) number: usize,
    pub(super) name: String,
    pub(super) n_entries: String,
    pub(super) is_open: bool,
    pub(super) entries: Vec<EventView<'r>>,
}

pub(super) struct EventView<'r> {
    pub(super) participants: Option<&'r str>,
    pub(super) words: &'r str,
    pub(super) mode: Option<&'r str>,
    pub(super) status: &'r str,
    pub(super) date: Option<&'r str>,
    pub(super) places: Vec<ActPlaceView<'r>>,
}

/// A party with its stances.
pub(super) struct PartyView<'r> {
    pub(super) number: usize,
    pub(super) name: &'r str,
    pub(super) kind: Option<&'static str>,
    pub(super) n_entries: String,
    pub(super) is_open: bool,
    pub(super) entries: Vec<StanceView<'r>>,
}

pub(super) struct StanceView<'r> {
    pub(super) kind: &'static str,
    pub(super) words: &'r str,
    pub(super) voice: Option<&'r str>,
    pub(super) trigger: &'r str,
    pub(super) condition: Option<&'r str>,
    pub(super) is_unsure: bool,
    pub(super) places: Vec<ActPlaceView<'r>>,
}

pub(super) struct ActPlaceView<'r> {
    pub(super) href: String,
    pub(super) label: &'r str,
    pub(super) paragraph: Option<usize>,
}

/// The anchor of an event's trigger.
pub(super) fn event_anchor(article: usize, event: usize) -> String {
    format!("e{article}-{event}")
}

/// The anchor of a stance's evidence.
pub(super) fn stance_anchor(article: usize, stance: usize) -> String {
    format!("h{article}-{stance}")
}

/// "REQUEST, happened: Karsk → Veldria".
pub(super) fn event_title(told: Told<'_>, event: &Event) -> String {
    let predication = &told.record.predications[event.predication.0 as usize];
    let who = told.participants(predication).map(|who| format!(": {who}")).unwrap_or_default();
    format!("{}, {}{who}", describe::event_type(event), describe::status(predication))
}

/// "demand of Karsk".
pub(super) fn stance_title(told: Told<'_>, stance: &Stance) -> String {
    let parties: Vec<String> = stance.parties.iter().map(|&party| told.actor(party)).collect();
    let of = if parties.is_empty() { String::new() } else { format!(" of {}", parties.join(", ")) };
    format!("{}{of}", stance.kind.name())
}

pub(super) fn events<'r>(brief: &'r Brief, articles: &[ArticleView<'_>]) -> Vec<EventsView<'r>> {
    let view = |event: &'r EventEntry| EventView {
        participants: event.participants.as_deref(),
        words: &event.words,
        mode: event.mode.as_deref(),
        status: &event.status,
        date: event.date.as_deref(),
        places: places(brief, articles, &event.places, event_anchor),
    };
    let groups = brief.events.chunk_by(|a, b| a.group() == b.group()).enumerate();
    let groups = groups.map(|(number, group)| EventsView {
        number,
        name: group_name(&group[0]),
        n_entries: wording::count(group.len(), "event"),
        is_open: group.len() <= N_OPEN_MAX,
        entries: group.iter().map(view).collect(),
    });
    groups.collect()
}

pub(super) fn parties<'r>(brief: &'r Brief, articles: &[ArticleView<'_>]) -> Vec<PartyView<'r>> {
    let view = |stance: &'r StanceEntry| StanceView {
        kind: stance.kind.name(),
        words: &stance.words,
        voice: stance.voice.as_deref(),
        trigger: &stance.trigger,
        condition: stance.condition.as_deref(),
        is_unsure: stance.confidence == Confidence::Low,
        places: places(brief, articles, &stance.places, stance_anchor),
    };
    let parties = brief.parties.iter().enumerate().map(|(number, party): (usize, &'r Party)| {
        let (name, kind): (&str, Option<ActorKind>) = name_of_party(party);
        let entries = party.entries.iter().map(view).collect();
        let (n_entries, is_open) = (wording::count(party.entries.len(), "stance"), party.entries.len() <= N_OPEN_MAX);
        PartyView { number, name, kind: kind.map(wording::actor_kind), n_entries, is_open, entries }
    });
    parties.collect()
}

fn places<'r>(
    brief: &'r Brief,
    articles: &[ArticleView<'_>],
    places: &[ActPlace],
    anchor: fn(usize, usize) -> String,
) -> Vec<ActPlaceView<'r>> {
    let place = |place: &ActPlace| {
        let (article, anchor) = (place.article_idx, anchor(place.article_idx, place.item_idx));
        let href = if articles[article].anchored.contains(&anchor) { anchor } else { format!("a{article}") };
        ActPlaceView { href, label: &brief.articles[article].label, paragraph: place.paragraph }
    };
    places.iter().map(place).collect()
}
