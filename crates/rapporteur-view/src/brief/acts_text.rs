//! Events and stances in the brief.

use super::acts::{ActPlace, EventEntry, Party, StanceEntry};
use super::text::{N_PLACES_MAX, more};
use super::{Brief, Identity};
use crate::page::{Emphasis, Page};
use crate::wording::{actor_kind, thousands};
use rapporteur_model::{ActorKind, Confidence};

// What tells a reader what kinds of things happened; the JSON has all of them.
const N_EVENTS_MAX: usize = 4;
const N_PARTIES_MAX: usize = 12;
/// Of one kind and one party.
const N_STANCES_MAX: usize = 3;

/// The events type by type, the most telling ones of each.
pub(super) fn events(page: &mut Page, brief: &Brief) {
    let groups = brief.events.chunk_by(|a, b| a.group() == b.group());
    for (n, group) in groups.enumerate() {
        if n > 0 {
            page.blank();
        }
        page.paragraph(0, 2, &event_heading(group), Emphasis::Bold);
        for event in group.iter().take(N_EVENTS_MAX) {
            let who = event.participants.as_ref().map(|who| format!("{who}: ")).unwrap_or_default();
            page.paragraph(2, 4, &format!("– {who}“{}”", event.words), Emphasis::Plain);
            page.paragraph(4, 6, &event_provenance(brief, event), Emphasis::Dim);
        }
        more(page, 2, group.len(), N_EVENTS_MAX);
    }
}

/// "REQUEST (3)", "AGREE, offers (1)".
fn event_heading(group: &[EventEntry]) -> String {
    format!("{} ({})", group_name(&group[0]), thousands(group.len()))
}

/// "REQUEST", "AGREE, offers".
pub(crate) fn group_name(event: &EventEntry) -> String {
    let (kind, is_offer) = event.group();
    format!("{}{}", kind.name(), if is_offer { ", offers" } else { "" })
}

fn event_provenance(brief: &Brief, event: &EventEntry) -> String {
    let mode = event.mode.as_ref().filter(|_| !event.group().1).map(|mode| format!("{mode}, ")).unwrap_or_default();
    let date = event.date.as_ref().map(|date| format!(", {date}")).unwrap_or_default();
    format!("{mode}{}{date}; {}", event.status, places(brief, &event.places))
}

/// The parties one by one with what each demands, offers, refuses.
pub(super) fn stances(page: &mut Page, brief: &Brief) {
    for (n, party) in brief.parties.iter().take(N_PARTIES_MAX).enumerate() {
        if n > 0 {
            page.blank();
        }
        page.paragraph(0, 2, &party_heading(party), Emphasis::Bold);
        for kind in party.entries.chunk_by(|a, b| a.kind == b.kind) {
            for stance in kind.iter().take(N_STANCES_MAX) {
                let condition = stance.condition.as_ref().map(|words| format!(" (“{words}”)")).unwrap_or_default();
                let line = format!("– {}: “{}”{condition}", stance.kind.name(), stance.words);
                page.paragraph(2, 4, &line, Emphasis::Plain);
                page.paragraph(4, 6, &stance_provenance(brief, stance), Emphasis::Dim);
            }
            more(page, 4, kind.len(), N_STANCES_MAX);
        }
    }
    more(page, 0, brief.parties.len(), N_PARTIES_MAX);
}

fn party_heading(party: &Party) -> String {
    let (name, kind) = name_of_party(party);
    kind.map_or_else(|| name.to_string(), |kind| format!("{name} ({})", actor_kind(kind)))
}

/// The party's name, and what it is where the story tells that.
pub(crate) fn name_of_party(party: &Party) -> (&str, Option<ActorKind>) {
    match &party.identity {
        Identity::Actor { name, kind, .. } => (name, Some(*kind)),
        Identity::AsWritten(name) => (name, None),
        Identity::Nobody => ("nobody named", None),
    }
}

fn stance_provenance(brief: &Brief, stance: &StanceEntry) -> String {
    let unsure = if stance.confidence == Confidence::Low { ", unsure" } else { "" };
    let voice = stance.voice.as_ref().map(|voice| format!("{voice}, ")).unwrap_or_default();
    format!("{voice}“{}”{unsure}; {}", stance.trigger, places(brief, &stance.places))
}

/// "000 ¶6, 001 ¶9".
fn places(brief: &Brief, places: &[ActPlace]) -> String {
    let shown = places.iter().take(N_PLACES_MAX).map(|place| {
        let paragraph = place.paragraph.map(|n| format!(" ¶{n}")).unwrap_or_default();
        format!("{}{paragraph}", brief.articles[place.article_idx].label)
    });
    let mut shown: Vec<String> = shown.collect();
    if places.len() > N_PLACES_MAX {
        shown.push(format!("and {} more (--json has all)", thousands(places.len() - N_PLACES_MAX)));
    }
    shown.join(", ")
}
