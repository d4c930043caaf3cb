//! What does each party hold on each issue? A matrix first, then the words.

use super::super::{Block, Inline, Table};
use super::Composer;
use super::state::{is_common, named_issue};
use super::write::{Words, by_hand, fact, facts, more, name, support_of};
use crate::quotation::letters_and_digits;
use crate::visible::on_one_line;
use crate::wording::{count, day, days};
use rapporteur_store::{Error, Item};
use serde_json::Value;
use std::collections::BTreeMap;

/// Different wordings of one stance.
const N_WORDINGS: usize = 2;

impl Composer<'_> {
    pub(super) fn positions(&mut self) -> Result<Vec<Block>, Error> {
        if self.positions.is_empty() {
            return Ok(vec![Block::Remark("No positions were found.".to_string())]);
        }
        let mut blocks: Vec<Block> = self.matrix()?.into_iter().collect();
        let positions: Vec<Item> =
            self.positions.iter().filter(|p| self.is_told(p)).take(self.limits.n_positions).cloned().collect();
        let mut issue = None;
        for position in &positions {
            if position.issue != issue {
                issue.clone_from(&position.issue);
                blocks.push(Block::Subheading(self.issue_heading(position)));
            }
            self.position(position, &mut blocks)?;
        }
        if !self.is_page {
            blocks.extend(more(self.summary.n_items[4], positions.len(), "position"));
        }
        Ok(blocks)
    }

    /// Whether a position is told with its words: those on issues of the common list, and others that more than one article
    /// carries. A head word that one article has once is seldom an issue.
    fn is_told(&self, position: &Item) -> bool {
        let issue = position.issue.as_ref().and_then(|issue| self.issues.get(&issue.id));
        issue.is_some_and(is_common) || position.n_articles > 1
    }

    /// Issues by parties: the last stance of each, whether it changed, how many origins it has.
    fn matrix(&mut self) -> Result<Option<Block>, Error> {
        let mut columns = vec!["Issue".to_string()];
        let parties: Vec<String> = self.main_parties().into_iter().take(self.limits.n_parties).collect();
        let party_of = |position: &Item| position.party.as_ref().map(|party| party.id.clone());
        let mut cells: BTreeMap<(String, String), Item> = BTreeMap::new();
        let mut order: Vec<String> = Vec::new();
        for position in &self.positions {
            let (Some(party), Some(issue)) = (party_of(position), &position.issue) else { continue };
            if parties.contains(&party) {
                cells.insert((issue.id.clone(), party), position.clone());
                if !order.contains(&issue.id) {
                    order.push(issue.id.clone());
                }
            }
        }
        // Where two parties meet, and what the common list names, comes first; then in the order of the case.
        let n_held = |issue: &String| {
            parties.iter().filter(|party| cells.contains_key(&(issue.clone(), (*party).clone()))).count()
        };
        let is_common = |issue: &String| self.issues.get(issue).is_some_and(is_common);
        order.sort_by_key(|issue| (n_held(issue) < 2, !is_common(issue)));
        order.truncate(self.limits.n_issues);
        // A party that holds nothing on these issues needs no column.
        let is_empty = |party: &String| !order.iter().any(|issue| cells.contains_key(&(issue.clone(), party.clone())));
        let parties: Vec<String> = parties.iter().filter(|party| !is_empty(party)).cloned().collect();
        for party in &parties {
            let of_party = self.positions.iter().find(|position| party_of(position).as_ref() == Some(party));
            columns.push(of_party.and_then(|position| name(&position.party)).unwrap_or_default());
        }
        let mut rows = Vec::new();
        for issue in &order {
            let mut row = vec![self.issues.get(issue).map_or_else(Vec::new, |issue| {
                let words = named_issue(Words::default(), issue);
                words.soft(format!(" ({})", issue.kind.as_deref().unwrap_or_default())).0
            })];
            for party in &parties {
                row.push(match cells.get(&(issue.clone(), party.clone())) {
                    Some(position) => self.cell(position)?,
                    None => Vec::new(),
                });
            }
            rows.push(row);
        }
        let widths = std::iter::once(4).chain(parties.iter().map(|_| 3)).collect();
        Ok((!rows.is_empty()).then_some(Block::Table(Table { columns, widths, rows })))
    }

    fn cell(&mut self, position: &Item) -> Result<Vec<Inline>, Error> {
        let last = position.kind.as_deref().unwrap_or_default();
        let stances = facts(position, "stances");
        let mut words = Words::default().text(last);
        if let Some(before) = facts(position, "changes").last().and_then(|change| fact(change, "from")) {
            words = words.warning(format!(" (before: {before})"));
        }
        let (_, (min, max)) = stances.last().map_or((0, position.n_origins), support_of);
        let told = if min == max {
            count(usize::try_from(max).unwrap_or_default(), "origin")
        } else {
            format!("{min} to {max} origins")
        };
        words =
            if min <= 1 { words.text(", ").warning(format!("{told} (!)")) } else { words.text(format!(", {told}")) };
        let part = i64::try_from(stances.len()).unwrap_or_default() - 1;
        let places = position.places.iter().filter(|place| place.part == part);
        let notes = self.notes.of_places(places, 1)?;
        let notes = if notes.is_empty() { self.notes.of_places(position.places.iter(), 1)? } else { notes };
        Ok(words.notes(notes).0)
    }

    fn issue_heading(&self, position: &Item) -> String {
        let Some(issue) = position.issue.as_ref() else { return String::new() };
        let told = self.issues.get(&issue.id);
        let standing = told.and_then(|issue| Some((issue.kind.clone()?, issue.facts.get("reason")?.as_str()?)));
        let standing = standing.map(|(kind, reason)| format!(": {kind} ({})", on_one_line(reason))).unwrap_or_default();
        let called = on_one_line(&issue.label);
        if told.is_none_or(is_common) { format!("{called}{standing}") } else { format!("“{called}”{standing}") }
    }

    /// A line for each stance of a position, with the words in full.
    fn position(&mut self, position: &Item, blocks: &mut Vec<Block>) -> Result<(), Error> {
        let party = name(&position.party).unwrap_or_default();
        for (part, stance) in facts(position, "stances").iter().enumerate() {
            let of_part = position.places.iter().filter(|place| usize::try_from(place.part).is_ok_and(|of| of == part));
            let of_part = self.notes.sound_first(of_part)?;
            if of_part.is_empty() {
                continue;
            }
            let kind = fact(stance, "kind").unwrap_or_default();
            let mut words = Words::default().strong(party.clone()).text(format!(", {kind}{}: ", time(stance)));
            let mut wordings: Vec<String> = Vec::new();
            for place in &of_part {
                let shown = self.notes.words(place)?;
                // What differs in marks alone, or is a part, is one wording.
                let is_new =
                    wordings.iter().all(|known| !letters_and_digits(known).contains(&letters_and_digits(&shown)));
                if wordings.len() < N_WORDINGS && is_new {
                    wordings.push(shown);
                }
            }
            for (n, shown) in wordings.into_iter().enumerate() {
                words = if n > 0 { words.text("; ") } else { words }.quote(shown);
            }
            let notes = self.notes.of_places(of_part.iter().copied(), self.limits.n_notes)?;
            let flaw = self.notes.shared_flaw(of_part.into_iter())?;
            let (n_articles, origins) = support_of(stance);
            blocks.push(words.notes(notes.clone()).support(n_articles, origins, flaw).line());
            if let Some(condition) =
                facts_of(stance, "conditions").iter().find_map(|condition| fact(condition, "exact"))
            {
                let words = Words::default().text("on condition: ").quote(on_one_line(condition));
                blocks.push(words.notes(notes).line_below());
            }
        }
        for change in facts(position, "changes") {
            let text = |name: &str| fact(change, name).unwrap_or_default();
            let told = format!("changed from {} to {}, {}", text("from"), text("to"), day(text("time")));
            let notes = self.notes.of_places(position.places.iter().rev(), 1)?;
            blocks.push(Words::default().strong(party.clone()).text(" ").warning(told).notes(notes).line_below());
        }
        for mark in &position.marks {
            let (told, note) = by_hand(mark);
            let note = self.notes.of_log(note);
            blocks.push(Words::default().soft(told).notes([note]).line_below());
        }
        Ok(())
    }
}

fn facts_of<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// ", 12 to 14 March 2024".
fn time(stance: &Value) -> String {
    match (fact(stance, "first"), fact(stance, "last")) {
        (Some(first), Some(last)) => format!(", {}", days(first, last)),
        (Some(first), None) => format!(", {}", day(first)),
        _ => String::new(),
    }
}
