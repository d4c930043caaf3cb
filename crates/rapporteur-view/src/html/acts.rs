//! Events and stances as lists, each linked to its words.

use super::article::ArticleView;
use crate::brief::{ActPlace, Brief, EventEntry, Party, StanceEntry, group_name, name_of_party};
use crate::describe::{self, Told};
use crate::wording;
use rapporteur_model::{ActorKind, Confidence, Event, Stance};

/// Entries of a list that are shown at once.
const N_SHOWN_MAX: usize = 4;

/// A type of event with its entries.
pub(super) struct EventsView<'r> {
    pub(super) number: usize,
    pub(super) name: String,
    pub(super) n_entries: String,
    /// Entries before those that a reader opens.
    pub(super) n_shown: usize,
    pub(super) n_more: String,
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
    pub(super) allegiance: Option<&'r str>,
    pub(super) n_entries: String,
    /// Entries before those that a reader opens.
    pub(super) n_shown: usize,
    pub(super) n_more: String,
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
        n_shown: n_shown(group.len()),
        n_more: n_more(group.len()),
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
        let n = party.entries.len();
        let n_entries = wording::count(n, "stance");
        let allegiance = party.allegiance.as_deref();
        PartyView {
            number,
            name,
            kind: kind.map(wording::actor_kind),
            allegiance,
            n_entries,
            n_shown: n_shown(n),
            n_more: n_more(n),
            entries,
        }
    });
    parties.collect()
}

/// One entry alone is not worth a click.
fn n_shown(n_entries: usize) -> usize {
    if n_entries <= N_SHOWN_MAX + 1 { n_entries } else { N_SHOWN_MAX }
}

fn n_more(n_entries: usize) -> String {
    format!("{} more", wording::thousands(n_entries - n_shown(n_entries)))
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
