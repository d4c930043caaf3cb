//! Where can accounts not all stand, and what rests on one origin? Side by side, each side with its words.

use super::super::{Block, Inline, Table};
use super::write::{Words, by_hand, facts, name, support_of};
use super::{Composer, asked};
use crate::visible::on_one_line;
use crate::wording::{count, day, number, thousands};
use rapporteur_model::TargetLayer;
use rapporteur_store::{Error, Item};
use serde_json::Value;

/// Tensions that are looked at.
const N_READ: usize = 400;
/// Acts of speech among which those on one origin are looked for, those that most articles carry first.
const N_SAID_READ: usize = 400;
/// Damaged texts are told with the sources.
const DAMAGE: &str = "corruption";
/// Tensions whose sides are numbers.
const NUMBERS: &str = "number";

impl Composer<'_> {
    pub(super) fn tensions(&mut self) -> Result<Vec<Block>, Error> {
        let tensions = self.tension_items()?;
        let (changes, tensions): (Vec<Item>, Vec<Item>) =
            tensions.into_iter().partition(|tension| tension.facts.contains_key("is_change"));
        let mut blocks = Vec::new();
        let n_max = self.limits.n_tensions;
        for (heading, tensions) in [("Accounts that cannot all stand", tensions), ("Changed over time", changes)] {
            let mut rows = Vec::new();
            for tension in tensions.iter().take(n_max) {
                self.sides(tension, &mut rows)?;
            }
            if rows.is_empty() {
                continue;
            }
            if !self.is_page {
                blocks.push(Block::Subheading(heading.to_string()));
            }
            let columns = ["What differs", "One account", "Another account"].map(str::to_string).to_vec();
            blocks.push(Block::Table(Table { columns, widths: vec![3, 4, 4], rows }));
            blocks.extend(super::write::more(tensions.len(), n_max, "tension").filter(|_| !self.is_page));
        }
        if blocks.is_empty() {
            blocks.push(Block::Remark("No accounts that cannot all stand were found.".to_string()));
        }
        if !self.is_page {
            self.single(&mut blocks)?;
        }
        Ok(blocks)
    }

    /// For the state of play: how many tensions there are, with the first of them; and how much rests on one origin.
    pub(super) fn tension_lines(&mut self) -> Result<Vec<Block>, Error> {
        let mut lines = Vec::new();
        let tensions = self.tension_items()?;
        if let Some(first) = tensions.first() {
            let about: Vec<String> =
                distinct(tensions.iter().filter_map(|tension| tension.label.as_deref().map(on_one_line)));
            let told = match self.is_page {
                true => about.first().cloned().unwrap_or_default(),
                false => about.iter().take(3).cloned().collect::<Vec<_>>().join("; "),
            };
            let words = Words::default()
                .strong(count(tensions.len(), "tension"))
                .text(format!(" between accounts, such as: {told}."));
            lines.push(words.notes(self.notes.of_places(first.places.iter(), 2)?).line());
        }
        let [_, n_said, _, _, n_positions, ..] = self.summary.n_items;
        let n_said_single = self.case.n_of_one_origin(TargetLayer::Utterance)?;
        let n_positions_single = self.case.n_of_one_origin(TargetLayer::Position)?;
        if n_said_single + n_positions_single > 0 {
            let told = format!(
                "{} of {} acts of speech and {} of {} may rest on one origin alone (!)",
                thousands(n_said_single),
                thousands(n_said),
                thousands(n_positions_single),
                count(n_positions, "position"),
            );
            let single = self.single_items()?;
            let mut notes = self.notes.of_places(single.first().into_iter().flat_map(|item| &item.places), 1)?;
            if notes.is_empty() {
                let positions = self.positions.iter().filter(|position| position.n_origins.0 <= 1);
                let places: Vec<_> =
                    positions.filter_map(|position| position.places.first().cloned()).take(1).collect();
                notes = self.notes.of_places(places.iter(), 1)?;
            }
            lines.extend((!notes.is_empty()).then(|| Words::default().warning(told).notes(notes).line()));
        }
        Ok(lines)
    }

    /// Tensions but for damaged texts, those that most articles bear first, and of each kind in turn.
    fn tension_items(&self) -> Result<Vec<Item>, Error> {
        let tensions = self.case.items(TargetLayer::Tension, &asked(N_READ))?.items;
        let mut tensions: Vec<Item> =
            tensions.into_iter().filter(|t| t.kind.as_deref() != Some(DAMAGE) && !t.places.is_empty()).collect();
        let origins = |tension: &Item| facts(tension, "sides").iter().map(|side| support_of(side).1.0).sum::<i64>();
        tensions.sort_by_key(|tension| (-origins(tension), -tension.n_articles));
        Ok(tensions)
    }

    /// The rows of a tension: the first side against each of the others.
    fn sides(&mut self, tension: &Item, rows: &mut Vec<Vec<Vec<Inline>>>) -> Result<(), Error> {
        let about = tension.label.as_deref().map(on_one_line).unwrap_or_default();
        let mut cells = Vec::new();
        for (part, side) in facts(tension, "sides").iter().enumerate() {
            let places: Vec<_> = tension.places.iter().filter(|place| number(place.part) == part).collect();
            let places = self.notes.sound_first(places.into_iter())?;
            let Some(first) = places.first() else { continue };
            let value = side.get("value").and_then(Value::as_str).unwrap_or_default();
            let words = if value.is_empty() {
                Words::default()
            } else {
                Words::default().text(format!("{}: ", side_value(tension, value)))
            };
            let words = words
                .quote(self.notes.words_from(first, 1)?)
                .notes(self.notes.of_places(places.iter().copied(), self.limits.n_notes)?);
            let (n_articles, origins) = support_of(side);
            let flaw = self.notes.shared_flaw(places.into_iter())?;
            cells.push(words.support(n_articles, origins, flaw).0);
        }
        if cells.is_empty() {
            return Ok(());
        }
        let one = cells.remove(0);
        let mut lead = Words::default().text(about);
        for mark in &tension.marks {
            let (told, note) = by_hand(mark);
            let note = self.notes.of_log(note);
            lead = lead.soft(format!(". {told}")).notes([note]);
        }
        if cells.is_empty() {
            cells.push(Vec::new());
        }
        for (n, other) in cells.into_iter().enumerate() {
            let again = || Words::default().soft("the same").0;
            let (lead, one) = if n == 0 { (lead.0.clone(), one.clone()) } else { (again(), again()) };
            rows.push(vec![lead, one, other]);
        }
        Ok(())
    }

    /// What many articles carry and one origin tells: the copies make it look better attested than it is.
    fn single(&mut self, blocks: &mut Vec<Block>) -> Result<(), Error> {
        let items = self.single_items()?;
        if items.is_empty() {
            return Ok(());
        }
        blocks.push(Block::Subheading("What rests on one origin".to_string()));
        for item in items.iter().take(self.limits.n_single) {
            let Some(place) = self.first_place(item)? else { continue };
            let speaker = name(&item.actor).unwrap_or_else(|| "No speaker told".to_string());
            let words =
                Words::default().strong(speaker).text(format!(" ({}): ", item.kind.as_deref().unwrap_or_default()));
            let words = words.quote(self.notes.words_from(place, 3)?).notes(self.cite(item)?);
            blocks.push(self.supported(words, item)?.line());
        }
        let n_single = self.case.n_of_one_origin(TargetLayer::Utterance)?;
        blocks.extend(super::write::more(n_single, items.len().min(self.limits.n_single), "act of speech"));
        Ok(())
    }

    fn single_items(&self) -> Result<Vec<Item>, Error> {
        let said = self.case.items(TargetLayer::Utterance, &asked(N_SAID_READ))?.items;
        let mut single: Vec<Item> =
            said.into_iter().filter(|item| item.n_origins.0 <= 1 && !item.places.is_empty()).collect();
        // In plain speech less is at stake than in what demands, refuses, threatens.
        single.sort_by_key(|item| (-item.n_articles, item.kind.as_deref() == Some("speech")));
        Ok(single)
    }
}

/// What a side says: a number with its thousands, a day or a length of time in words, else what stands there.
fn side_value(tension: &Item, value: &str) -> String {
    match value.parse() {
        Ok(number) if tension.kind.as_deref() == Some(NUMBERS) => thousands(number),
        _ => day(value),
    }
}

fn distinct(told: impl Iterator<Item = String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    told.for_each(|told| {
        if !all.contains(&told) {
            all.push(told);
        }
    });
    all
}
