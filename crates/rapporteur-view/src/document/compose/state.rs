//! Where do things stand, in at most ten lines? Counts, standings, the last and the next meeting, and the strongest words of
//! each main party; nothing is concluded from them.

use super::super::{Block, NoteIdx};
use super::write::{Words, name};
use super::{Composer, asked};
use crate::visible::on_one_line;
use crate::wording::{count, days, origins, thousands};
use rapporteur_model::TargetLayer;
use rapporteur_store::{Error, Item, ItemQuery};
use std::collections::BTreeMap;

/// Lines of the section.
const N_LINES: usize = 10;
/// Of acts of speech that demand or refuse, those that most origins report; the parties' strongest words are among them.
const N_ACTS: usize = 200;
/// What parties hold, the strongest first: each class with the verb that reports it.
const ACTS: [(&str, &str); 4] =
    [("demand", "demands"), ("refusal", "refuses"), ("threat", "threatens"), ("offer", "offers")];
/// Words that an act has at least.
const N_WORDS_OF_ACT: usize = 3;
/// Acts of a party in its line.
const N_ACTS_OF_PARTY: usize = 2;
/// Standings as a reader is told of them, the ones that call for action first.
const STANDINGS: [(&str, &str); 4] =
    [("agreed", "Agreed"), ("negotiable", "Negotiable"), ("blocked", "Blocked"), ("unanswered", "Unanswered")];

impl Composer<'_> {
    pub(super) fn state(&mut self) -> Result<Vec<Block>, Error> {
        if self.summary.n_articles == 0 {
            let gaps = match self.summary.n_gaps {
                0 => String::new(),
                n => format!(" {} taken out for good.", count(n, "article")),
            };
            return Ok(vec![Block::Remark(format!("The case holds no articles, so there is nothing to tell.{gaps}"))]);
        }
        let mut lines = vec![self.coverage()?];
        let standings = self.standings()?;
        let (meetings, tensions) = (self.last_and_next()?, self.tension_lines()?);
        let n_rest = N_LINES - lines.len() - standings.len() - meetings.len() - tensions.len();
        lines.extend(standings);
        lines.extend(meetings);
        lines.extend(self.strongest_words(n_rest)?);
        lines.extend(tensions);
        if self.summary.n_told != self.summary.n_articles {
            let n_told = thousands(self.summary.n_told);
            lines.push(Block::Remark(format!(
                "The story is told of {n_told} of the articles so far: a run goes on or was stopped."
            )));
        }
        Ok(lines)
    }

    /// How many articles of how many origins, and of which days; with the first and the last of them.
    fn coverage(&mut self) -> Result<Block, Error> {
        let of_kind = |offset| ItemQuery { kind: Some("publication".to_string()), offset, ..asked(1) };
        let first = self.case.items(TargetLayer::Timeline, &of_kind(0))?;
        let last = self.case.items(TargetLayer::Timeline, &of_kind(first.n_total.saturating_sub(1)))?;
        let published: Vec<Item> = first.items.into_iter().chain(last.items).collect();
        let mut notes = Vec::new();
        for place in published.iter().filter_map(|item| item.places.first()) {
            let note = self.notes.of_place(place)?;
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
        if notes.is_empty() {
            let any = self.case.sources(None, 1)?.articles;
            notes.extend(any.first().map(|article| self.notes.of_article(&article.id)).transpose()?.flatten());
        }
        let words = Words::default().strong(count(self.summary.n_articles, "article"));
        let words = match self.summary.n_origins {
            1 => words.text(" of ").warning(origins(1, 1)),
            n => words.text(format!(" of {}", count(n, "independent origin"))),
        };
        let published = self.summary.published.as_ref();
        let published = published.map(|(first, last)| format!(", published {}", days(first, last))).unwrap_or_default();
        Ok(words.text(format!("{published}.")).notes(notes).line())
    }

    /// A line for each standing; the third and the fourth on one, so that there is room for what the parties say.
    fn standings(&mut self) -> Result<Vec<Block>, Error> {
        let mut told: Vec<Words> = Vec::new();
        for (standing, heading) in STANDINGS {
            let of_kind = ItemQuery { kind: Some(standing.to_string()), ..asked(super::N_POSITIONS_READ) };
            let issues = self.case.items(TargetLayer::Issue, &of_kind)?;
            let n_total = issues.n_total;
            // Those of the common list say more than a head word that was found.
            let (common, found): (Vec<Item>, Vec<Item>) = issues.items.into_iter().partition(is_common);
            let mut words = Words::default().strong(format!("{heading}: "));
            let mut n_named = 0;
            for issue in common.iter().chain(&found) {
                if n_named == self.limits.n_named_issues {
                    break;
                }
                let notes = self.notes_of_issue(issue)?;
                if !notes.is_empty() {
                    words = if n_named > 0 { words.text("; ") } else { words };
                    words = named_issue(words, issue).notes(notes);
                    n_named += 1;
                }
            }
            if n_named == 0 {
                continue;
            }
            let n_more = n_total - n_named;
            words = if n_more > 0 { words.text(format!("; and {} more.", thousands(n_more))) } else { words.text(".") };
            match told.len() {
                0..3 => told.push(words),
                _ => told[2].0.extend(Words::default().text(" ").0.into_iter().chain(words.0)),
            }
        }
        Ok(told.into_iter().map(Words::line).collect())
    }

    /// The words of the positions that an issue stands as it does by: of two parties where there are two.
    pub(super) fn notes_of_issue(&mut self, issue: &Item) -> Result<Vec<NoteIdx>, Error> {
        let is_on = |position: &&Item| position.issue.as_ref().is_some_and(|of| of.id == issue.id);
        let positions: Vec<Item> =
            self.positions.iter().filter(is_on).take(2.min(self.limits.n_notes)).cloned().collect();
        let mut notes = Vec::new();
        for position in &positions {
            // What a party holds last.
            let last = position.places.last().map_or(0, |place| place.part);
            let of_last = position.places.iter().filter(|place| place.part == last);
            for note in self.notes.of_places(of_last, 1)? {
                if !notes.contains(&note) {
                    notes.push(note);
                }
            }
        }
        Ok(notes)
    }

    /// What the main parties demand, refuse, threaten and offer, in the words that most origins report.
    fn strongest_words(&mut self, n_lines: usize) -> Result<Vec<Block>, Error> {
        let mut acts: BTreeMap<String, Vec<(&str, Item)>> = BTreeMap::new();
        for (class, verb) in ACTS {
            let of_class = ItemQuery { kind: Some(class.to_string()), ..asked(N_ACTS) };
            for said in self.case.items(TargetLayer::Utterance, &of_class)?.items {
                let Some(party) = said.party.as_ref().map(|party| party.id.clone()) else { continue };
                // "The demand" is no words to go by, and neither are those of an altered text.
                let Some(place) = said.places.first() else { continue };
                let is_short = place.exact.split_whitespace().count() < N_WORDS_OF_ACT;
                if is_short || self.notes.shared_flaw(said.places.iter())?.is_some() {
                    continue;
                }
                let of_party = acts.entry(party).or_default();
                if of_party.len() < N_ACTS_OF_PARTY && of_party.iter().all(|(other, _)| *other != verb) {
                    of_party.push((verb, said));
                }
            }
        }
        let mut lines = Vec::new();
        for party in self.main_parties() {
            if lines.len() == n_lines.min(4) {
                break;
            }
            let Some(of_party) = acts.remove(&party) else { continue };
            let called = of_party.first().and_then(|(_, said)| name(&said.party)).unwrap_or_default();
            let mut words = Words::default().strong(called);
            for (n, (verb, said)) in of_party.iter().enumerate() {
                let Some(place) = self.first_place(said)? else { continue };
                let quoted = self.notes.words_from(place, 1)?;
                words = words.text(if n > 0 { format!("; it {verb} ") } else { format!(" {verb} ") }).quote(quoted);
                words = words.notes(self.cite(said)?);
                if said.n_origins.0 <= 1 {
                    words = words.warning(" (!)");
                }
            }
            lines.push(words.text(".").line());
        }
        Ok(lines)
    }

    /// The ids of the parties, those first whose positions most articles carry.
    pub(super) fn main_parties(&self) -> Vec<String> {
        let mut weights: BTreeMap<&str, i64> = BTreeMap::new();
        for position in &self.positions {
            if let Some(party) = &position.party {
                *weights.entry(&party.id).or_default() += position.n_articles * position.n_origins.0.max(1);
            }
        }
        let mut parties: Vec<(&str, i64)> = weights.into_iter().collect();
        parties.sort_by_key(|(id, weight)| (-weight, *id));
        parties.into_iter().map(|(id, _)| id.to_string()).collect()
    }
}

/// Whether an issue is of the common list, and no head word of the articles.
pub(super) fn is_common(issue: &Item) -> bool {
    issue.facts.get("is_common").and_then(serde_json::Value::as_bool).unwrap_or_default()
}

/// The name of an issue; in quotation marks where it is words of the articles.
pub(super) fn named_issue(words: Words, issue: &Item) -> Words {
    let called = issue.label.as_deref().map(on_one_line).unwrap_or_default();
    if is_common(issue) { words.text(called) } else { words.quote(called) }
}
