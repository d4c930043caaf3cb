//! Issues, timeline and tensions in the text of the brief.

use super::{IssueEntry, PositionLine, SideLine, StanceLine, SupportLine, TensionLine, TimelineLine, WordPlace};
use crate::brief::Brief;
use crate::brief::text::more;
use crate::page::{Emphasis, Page, cut, wrap};
use crate::wording::{standing, tension_kind, thousands};
use rapporteur_model::{Status, TimelineKind};
use std::collections::BTreeSet;

// A brief tells what a reader must know; the JSON has all of it.
const N_ISSUES_MAX: usize = 15;
const N_STANCES_MAX: usize = 4;
const N_TIMELINE_MAX: usize = 40;
const N_TENSIONS_MAX: usize = 25;
const N_ARTICLES_MAX: usize = 3;
const N_VOICES_MAX: usize = 2;
/// Columns of words: they are there to be recognised, and stand in full in the articles.
const STANCE_WIDTH: usize = 110;
const TIMELINE_WIDTH: usize = 150;
const SIDE_WIDTH: usize = 80;
/// Room for a date: `2024-03-12`.
const DATE_WIDTH: usize = 10;
/// Room for the kind of a stance: `expectation`.
const KIND_WIDTH: usize = 11;

/// The issues, those of which the list of common ones tells, or more than one party or origin.
pub(in crate::brief) fn write_issues(page: &mut Page, brief: &Brief) {
    let is_told = |issue: &&IssueEntry| issue.is_common || issue.positions.len() > 1 || !issue.is_single();
    let shown: Vec<&IssueEntry> = brief.issues.iter().filter(is_told).take(N_ISSUES_MAX).collect();
    for issue in &shown {
        let heading = format!("{}: {} – {}", issue.name, standing(issue.standing), issue.reason);
        page.paragraph(0, 2, &heading, Emphasis::Bold);
        for position in &issue.positions {
            write_position(page, brief, position);
        }
    }
    more(page, 2, brief.issues.len(), shown.len());
}

fn write_position(page: &mut Page, brief: &Brief, position: &PositionLine) {
    // One word is looked up in the article; it tells nothing here.
    let telling: Vec<&StanceLine> = position.stances.iter().filter(|stance| stance.words.contains(' ')).collect();
    if telling.is_empty() && position.changes.is_empty() {
        return;
    }
    page.paragraph(2, 4, &position.party, Emphasis::Plain);
    for stance in telling.into_iter().take(N_STANCES_MAX) {
        write_cells(page, 4, KIND_WIDTH, stance.kind.name(), &stance_phrase(brief, stance));
    }
    more(page, 4, position.stances.len(), N_STANCES_MAX);
    for change in &position.changes {
        write_cells(page, 4, KIND_WIDTH, "change", change);
    }
}

/// "“to close the river” if … (Voryabin; 000 ¶3, 001 ¶4; single origin)".
fn stance_phrase(brief: &Brief, stance: &StanceLine) -> String {
    let condition = stance.condition.as_ref().map(|condition| format!(" – {}", cut(condition, STANCE_WIDTH)));
    let voices: Vec<&str> = stance.voices.iter().take(N_VOICES_MAX).map(String::as_str).collect();
    let voices = if voices.is_empty() { String::new() } else { format!("{}; ", voices.join(", ")) };
    let after = provenance(brief, &stance.places, &stance.support);
    format!("{}{} ({voices}{after})", cut(&stance.words, STANCE_WIDTH), condition.unwrap_or_default())
}

/// The timeline, line by line.
pub(in crate::brief) fn write_timeline(page: &mut Page, brief: &Brief) {
    for line in brief.timeline.iter().take(N_TIMELINE_MAX) {
        write_cells(page, 2, DATE_WIDTH, day(&line.value), &timeline_phrase(brief, line));
    }
    more(page, 2, brief.timeline.len(), N_TIMELINE_MAX);
}

/// A date without the time of day.
fn day(value: &str) -> &str {
    value.split_once('T').map_or(value, |(day, _)| day).get(..DATE_WIDTH).unwrap_or(value)
}

fn timeline_phrase(brief: &Brief, line: &TimelineLine) -> String {
    let mut marks = Vec::new();
    // What took place needs no word for it.
    let status = line.status.filter(|status| !matches!(status, Status::Happened | Status::Ongoing));
    marks.extend(status.map(|status| crate::wording::status(status).to_string()));
    if line.is_planned && line.status != Some(Status::Planned) {
        marks.push("ahead".into());
    }
    marks.extend(line.forum.as_ref().map(|forum| format!("meeting, {forum}")));
    match line.kind {
        TimelineKind::Utterance => marks.push("said".into()),
        TimelineKind::Publication => marks.push("published".into()),
        TimelineKind::Background => marks.push("background".into()),
        TimelineKind::Happening => {}
    }
    let marks = if marks.is_empty() { String::new() } else { format!("[{}] ", marks.join("; ")) };
    format!("{marks}{} ({})", cut(&line.words, TIMELINE_WIDTH), provenance(brief, &line.places, &line.support))
}

/// The tensions, contradictions before changes.
pub(in crate::brief) fn write_tensions(page: &mut Page, brief: &Brief) {
    let (changes, clashes): (Vec<_>, Vec<_>) = brief.tensions.iter().partition(|tension| tension.is_change);
    for tension in clashes.iter().chain(&changes).take(N_TENSIONS_MAX) {
        write_tension(page, brief, tension);
    }
    more(page, 2, brief.tensions.len(), N_TENSIONS_MAX);
}

fn write_tension(page: &mut Page, brief: &Brief, tension: &TensionLine) {
    let change = if tension.is_change { " (a change over time)" } else { "" };
    page.paragraph(2, 4, &format!("– {}: {}{change}", tension_kind(tension.kind), tension.reason), Emphasis::Plain);
    for side in &tension.sides {
        page.paragraph(4, 6, &side_phrase(brief, side), Emphasis::Dim);
    }
}

/// "2300: “Some 2,300 trucks” (000 ¶9, 001 ¶11; single origin)".
fn side_phrase(brief: &Brief, side: &SideLine) -> String {
    let words: Vec<String> = side.words.iter().map(|words| format!("“{}”", cut(words, SIDE_WIDTH))).collect();
    let value = if side.value.is_empty() { String::new() } else { format!("{}: ", side.value) };
    format!("{value}{} ({})", words.join(", "), provenance(brief, &side.places, &side.support))
}

/// "000 ¶3, 001 ¶4 and 2 more; single origin"; without origins where there is but one article.
fn provenance(brief: &Brief, places: &[WordPlace], support: &SupportLine) -> String {
    let mut shown: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    for place in places.iter().filter(|place| seen.insert(place.article_idx)).take(N_ARTICLES_MAX) {
        let paragraph = place.paragraph.map(|n| format!(" ¶{n}")).unwrap_or_default();
        shown.push(format!("{}{paragraph}", brief.articles[place.article_idx].label));
    }
    let n_more = support.n_articles.saturating_sub(shown.len());
    let more = if n_more > 0 { format!(" and {} more", thousands(n_more)) } else { String::new() };
    let origins = if brief.articles.len() > 1 { format!("; {}", support.phrase()) } else { String::new() };
    format!("{}{more}{origins}", shown.join(", "))
}

/// A name beside a text that is wrapped in its own column.
fn write_cells(page: &mut Page, indent: usize, name_width: usize, name: &str, text: &str) {
    let column = indent + name_width + 2;
    let room = page.width().saturating_sub(column);
    page.cells(indent, name_width, column, name, &wrap(text, room, room.saturating_sub(2)));
}
