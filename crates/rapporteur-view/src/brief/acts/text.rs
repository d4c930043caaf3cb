//! Events in the text of the brief: a table by type, a line or two for an entry.

use super::{ActPlace, EventEntry, Party, n_articles};
use crate::brief::text::more;
use crate::brief::{Brief, Identity};
use crate::page::{Page, cut, wrap};
use crate::wording::thousands;
use rapporteur_model::ActorKind;
use std::collections::BTreeSet;
use unicode_width::UnicodeWidthStr;

// What tells a reader what kinds of things happened and who wants what; the JSON has all of it.
/// Lines of one type of event.
const N_EVENT_LINES_MAX: usize = 3;
/// Articles of which the paragraphs are told.
const N_ARTICLES_MAX: usize = 3;
/// Paragraphs of one article.
const N_PARAGRAPHS_MAX: usize = 2;
/// Columns of an event's words that are worth a line; where there is less room the entry has two.
const EVENT_WIDTH_MIN: usize = 26;
/// Columns of words that are shown in any case.
const WORDS_WIDTH_MIN: usize = 32;
/// Stands for a space at which a line does not break.
const NO_BREAK: &str = "\u{a0}";
/// Narrower pages have no room for a column of names.
const COLUMN_PAGE_MIN: usize = 60;

/// The events type by type, the most telling ones of each.
pub(crate) fn events(page: &mut Page, brief: &Brief) {
    let groups: Vec<&[EventEntry]> = brief.events.chunk_by(|a, b| a.group() == b.group()).collect();
    let headings: Vec<String> = groups.iter().map(|group| event_heading(group)).collect();
    let table = Table::new(page, headings.iter().map(String::as_str));
    let mut n_shown = 0;
    for (group, heading) in groups.iter().zip(&headings) {
        let mut n_lines_left = N_EVENT_LINES_MAX;
        let mut heading = heading.as_str();
        for event in group.iter() {
            let lines = table.lines(&event_head(event), &event.words, &places(brief, &event.places), EVENT_WIDTH_MIN);
            if lines.len() > n_lines_left && n_lines_left < N_EVENT_LINES_MAX {
                break;
            }
            table.write(page, std::mem::take(&mut heading), &lines);
            n_lines_left = n_lines_left.saturating_sub(lines.len());
            n_shown += 1;
        }
    }
    more(page, 2, brief.events.len(), n_shown);
}

/// "REQUEST 3", "AGREE offers 1".
fn event_heading(group: &[EventEntry]) -> String {
    format!("{} {}", group_name(&group[0]).replace(',', ""), thousands(group.len()))
}

/// "REQUEST", "AGREE, offers".
pub(crate) fn group_name(event: &EventEntry) -> String {
    let (kind, is_offer) = event.group();
    format!("{}{}", kind.name(), if is_offer { ", offers" } else { "" })
}

/// "Karsk → Veldria, happened 2024-04-08".
fn event_head(event: &EventEntry) -> String {
    let who = event.participants.as_ref().map(|who| format!("{who}, ")).unwrap_or_default();
    let date = event.date.as_ref().map(|date| format!(" {date}")).unwrap_or_default();
    format!("{who}{}{date}", event.status)
}

/// The party's name, and what it is where the story tells that.
pub(crate) fn name_of_party(party: &Party) -> (&str, Option<ActorKind>) {
    match &party.identity {
        Identity::Actor { name, kind, .. } => (name, Some(*kind)),
        Identity::AsWritten(name) => (name, None),
        Identity::Nobody => ("nobody named", None),
    }
}

/// A column of names with entries beside them; on a narrow page the entries stand under the names.
struct Table {
    name_width: usize,
    indent: usize,
    room: usize,
}

impl Table {
    fn new<'a>(page: &Page, names: impl Iterator<Item = &'a str>) -> Self {
        let name_width = names.map(UnicodeWidthStr::width).max().unwrap_or_default();
        let indent = if page.width() < COLUMN_PAGE_MIN { 4 } else { name_width + 4 };
        Table { name_width, indent, room: page.width() - indent }
    }

    /// "head: words (after)" in one line, or in two where one has no room for `width_min` columns of the words. Words
    /// that do not fit are cut.
    fn lines(&self, head: &str, words: &str, after: &str, width_min: usize) -> Vec<String> {
        let head = if head.is_empty() { String::new() } else { format!("{head}: ") };
        let around = head.width() + after.width() + " ()".width();
        let mut left = self.room.saturating_sub(around);
        if left < width_min.min(words.width()) {
            // Breaks between words leave some columns of the first line.
            left = (self.room * 9 / 5).saturating_sub(around).max(WORDS_WIDTH_MIN);
        }
        let line = format!("{head}{} ({after})", cut(words, left));
        let lines = wrap(&line, self.room, self.room.saturating_sub(2));
        lines.into_iter().map(|line| line.replace(NO_BREAK, " ")).collect()
    }

    fn write(&self, page: &mut Page, name: &str, lines: &[String]) {
        page.cells(2, self.name_width, self.indent, name, lines);
    }
}

/// "000 ¶6 ¶8, 001 ¶9".
fn places(brief: &Brief, places: &[ActPlace]) -> String {
    let mut shown: Vec<String> = Vec::new();
    for places in places.chunk_by(|a, b| a.article_idx == b.article_idx).take(N_ARTICLES_MAX) {
        let paragraphs: BTreeSet<usize> = places.iter().filter_map(|place| place.paragraph).collect();
        let told: String = paragraphs.iter().take(N_PARAGRAPHS_MAX).map(|n| format!("{NO_BREAK}¶{n}")).collect();
        let goes_on = if paragraphs.len() > N_PARAGRAPHS_MAX { "\u{a0}…" } else { "" };
        shown.push(format!("{}{told}{goes_on}", brief.articles[places[0].article_idx].label));
    }
    let n_articles = n_articles(places);
    if n_articles > N_ARTICLES_MAX {
        shown.push(format!("{}{NO_BREAK}more", thousands(n_articles - N_ARTICLES_MAX)));
    }
    shown.join(", ")
}
