//! Who said what? By party and speaker, what most independent origins report first.

use super::super::Block;
use super::write::{Words, by_hand, more, name};
use super::{Composer, asked};
use crate::visible::on_one_line;
use crate::wording::day;
use rapporteur_model::TargetLayer;
use rapporteur_store::{Error, Item, Shown};
use std::collections::BTreeSet;

/// "To comment" is shown with its sentence.
const N_WORDS_MIN: usize = 3;

impl Composer<'_> {
    pub(super) fn said(&mut self) -> Result<Vec<Block>, Error> {
        let said = self.case.items(TargetLayer::Utterance, &asked(self.limits.n_said))?;
        if said.items.is_empty() {
            return Ok(vec![Block::Remark("No acts of speech were found.".to_string())]);
        }
        // Groups in the order of their weightiest words, which is the order of the case.
        let mut groups: Vec<(String, Vec<&Item>)> = Vec::new();
        for item in &said.items {
            let party =
                name(&item.party).or_else(|| name(&item.actor)).unwrap_or_else(|| "No speaker told".to_string());
            match groups.iter_mut().find(|(known, _)| *known == party) {
                Some((_, items)) => items.push(item),
                None => groups.push((party, vec![item])),
            }
        }
        let (mut blocks, mut roles) = (Vec::new(), BTreeSet::new());
        for (party, mut items) in groups {
            if !self.is_page {
                blocks.push(Block::Subheading(party));
                // A speaker's words stand together.
                let mut order: Vec<Option<&str>> = Vec::new();
                for item in &items {
                    let speaker = item.actor.as_ref().map(|actor| actor.id.as_str());
                    if !order.contains(&speaker) {
                        order.push(speaker);
                    }
                }
                items.sort_by_key(|item| {
                    order.iter().position(|id| *id == item.actor.as_ref().map(|actor| actor.id.as_str()))
                });
            }
            for item in items {
                self.utterance(item, &mut roles, &mut blocks)?;
            }
        }
        blocks.extend(more(said.n_total, said.items.len(), "act of speech").filter(|_| !self.is_page));
        Ok(blocks)
    }

    fn utterance(&mut self, item: &Item, roles: &mut BTreeSet<String>, blocks: &mut Vec<Block>) -> Result<(), Error> {
        let Some(place) = self.first_place(item)? else { return Ok(()) };
        let speaker = name(&item.actor).unwrap_or_else(|| "No speaker told".to_string());
        let mut words = Words::default().strong(speaker);
        if let Some(actor) = &item.actor {
            // A role is told where its bearer first speaks.
            if roles.insert(actor.id.clone())
                && let Some(role) = self.role(&actor.id)?
            {
                words = words.text(format!(", {role}"));
            }
        }
        let time = item.value.as_deref().map(|value| format!(", {}", day(value))).unwrap_or_default();
        let status = item.status.as_ref().map(|status| format!(", {}", status.replace('-', " "))).unwrap_or_default();
        let class = item.kind.as_deref().unwrap_or_default();
        let shown = self.notes.words_from(place, N_WORDS_MIN)?;
        words = words.text(format!(" ({class}{status}{time}"));
        // Quotation marks of ours tell that words are an article's; whose words they are within it is another thing.
        if let Some("indirect" | "act-report") = item.facts.get("kind").and_then(serde_json::Value::as_str) {
            words = words.soft(", as the article puts it");
        }
        words = words.text("): ").quote(shown).notes(self.cite(item)?);
        blocks.push(self.supported(words, item)?.line());
        for mark in &item.marks {
            let (told, note) = by_hand(mark);
            let note = self.notes.of_log(note);
            blocks.push(Words::default().soft(told).notes([note]).line_below());
        }
        Ok(())
    }

    /// The role of an actor as articles write it.
    fn role(&self, id: &str) -> Result<Option<String>, Error> {
        let Some(Shown::Item(actor)) = self.case.show(id, 0)? else { return Ok(None) };
        let roles = actor.facts.get("roles").and_then(serde_json::Value::as_array);
        Ok(roles.and_then(|roles| roles.first()?.as_str().map(on_one_line)))
    }
}
