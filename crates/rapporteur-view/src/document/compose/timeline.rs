//! What happened, what is planned? Meetings first; what took place and what lies ahead stand apart.

use super::super::Block;
use super::write::{Words, more, name};
use super::{Composer, asked};
use crate::visible::on_one_line;
use crate::wording::day;
use rapporteur_model::TargetLayer;
use rapporteur_store::{Error, Item, ItemQuery, days_of};
use std::collections::BTreeSet;

/// Meetings that are looked at, the last ones of a long story.
const N_MEETINGS: usize = 300;
/// What an event is called under which parties meet (PLOVER).
const MEETING: &str = "CONSULT";

/// Meetings, those that took place with the last one first, those that lie ahead with the next one first.
struct Meetings {
    happened: Vec<Item>,
    planned: Vec<Item>,
    /// Dates ahead, and what is told of them.
    ahead: Vec<Item>,
}

impl Composer<'_> {
    pub(super) fn timeline(&mut self) -> Result<Vec<Block>, Error> {
        let Meetings { happened, planned, ahead } = self.meetings()?;
        let (mut blocks, mut shown) = (Vec::new(), BTreeSet::new());
        if self.is_page {
            let told = "The last meeting and the next stand in the state of play.";
            blocks.extend((!happened.is_empty()).then(|| Block::Remark(told.to_string())));
            // Without a meeting ahead the date stands there as well.
            if !planned.is_empty() {
                self.dates("Date ahead", &ahead, &mut shown, &mut blocks)?;
            }
        } else {
            self.dates("Meetings that took place", &happened, &mut shown, &mut blocks)?;
            self.dates("Meetings planned", &planned, &mut shown, &mut blocks)?;
            self.dates("Dates ahead", &ahead, &mut shown, &mut blocks)?;
        }
        if !self.is_page {
            let of_kind = |kind: &str| ItemQuery { kind: Some(kind.to_string()), ..asked(N_MEETINGS) };
            let events = self.last_of(TargetLayer::Timeline, of_kind("happening"))?;
            let is_fact = |item: &Item| matches!(item.status.as_deref(), Some("happened" | "ongoing"));
            let (facts, others): (Vec<Item>, Vec<Item>) = events.into_iter().partition(is_fact);
            let others: Vec<Item> = others.into_iter().filter(|item| !item.is_planned()).collect();
            self.dates("What else happened", &facts, &mut shown, &mut blocks)?;
            self.dates("Spoken of, but not told as having happened", &others, &mut shown, &mut blocks)?;
            let background = self.last_of(TargetLayer::Timeline, of_kind("background"))?;
            let background: Vec<Item> = background.into_iter().filter(|item| !item.is_planned()).collect();
            self.dates("Background", &background, &mut shown, &mut blocks)?;
        }
        if blocks.is_empty() {
            blocks.push(Block::Remark("No dates were found.".to_string()));
        }
        Ok(blocks)
    }

    /// For the state of play: the last meeting that took place, and the next that is planned or else the next date.
    pub(super) fn last_and_next(&mut self) -> Result<Vec<Block>, Error> {
        let Meetings { happened, planned, ahead } = self.meetings()?;
        let mut lines = Vec::new();
        for (told, item) in [
            ("Last meeting that took place", happened.first()),
            (
                if planned.is_empty() { "Next date ahead" } else { "Next meeting planned" },
                planned.first().or(ahead.first()),
            ),
        ] {
            if let Some(item) = item {
                let words = Words::default().strong(told).text(when(item, ", "));
                lines.extend(self.with_words(words.text(": "), item)?.map(Words::line));
            }
        }
        Ok(lines)
    }

    fn meetings(&self) -> Result<Meetings, Error> {
        let of_kind = ItemQuery { kind: Some(MEETING.to_string()), ..asked(N_MEETINGS) };
        let mut meetings = self.last_of(TargetLayer::Happening, of_kind)?;
        let dated = ItemQuery { kind: Some("happening".to_string()), ..asked(N_MEETINGS) };
        let dated = self.last_of(TargetLayer::Timeline, dated)?;
        meetings.iter_mut().for_each(|meeting| dating_words_first(meeting, &dated));
        let today = self.summary.published.as_ref().map(|(_, last)| last.chars().take(10).collect::<String>());
        let days = |item: &Item| item.value.as_deref().and_then(days_of);
        let is_past = |item: &&Item| today.is_none() || days(item).is_none_or(|(first, _)| Some(first) <= today);
        let is_ahead = |item: &&Item| today.is_none() || days(item).is_none_or(|(_, last)| Some(last) >= today);
        let is_day = |item: &Item| days(item).is_some_and(|(first, last)| first == last);
        let mut happened: Vec<Item> = meetings
            .iter()
            .filter(|item| matches!(item.status.as_deref(), Some("happened" | "ongoing")))
            .filter(is_past)
            .cloned()
            .collect();
        // Dated before undated, days before weeks, the last first; of one day what most origins tell.
        happened.sort_by_key(|item| {
            let first = days(item).map(|(first, _)| first);
            (
                std::cmp::Reverse((first.is_some() && is_day(item), first)),
                -item.n_origins.0,
                -item.n_articles,
                item.id.clone(),
            )
        });
        let by_day = |items: &mut Vec<Item>| {
            items.sort_by_key(|item| {
                let first = days(item).map(|(first, _)| first);
                (first.is_none(), !is_day(item), first, -item.n_origins.0, -item.n_articles, item.id.clone())
            });
        };
        let mut planned: Vec<Item> = meetings
            .iter()
            .filter(|item| item.status.as_deref() == Some("planned"))
            .filter(is_ahead)
            .cloned()
            .collect();
        by_day(&mut planned);
        let from = ItemQuery { from: today.clone(), ..asked(N_MEETINGS) };
        let ahead = self.case.items(TargetLayer::Timeline, &from)?.items;
        let mut ahead: Vec<Item> = ahead.into_iter().filter(Item::is_planned).collect();
        by_day(&mut ahead);
        Ok(Meetings { happened, planned, ahead })
    }

    /// The last items of those that are asked for.
    fn last_of(&self, layer: TargetLayer, query: ItemQuery) -> Result<Vec<Item>, Error> {
        let found = self.case.items(layer, &query)?;
        let offset = found.n_total.saturating_sub(query.limit);
        if offset == 0 {
            return Ok(found.items);
        }
        Ok(self.case.items(layer, &ItemQuery { offset, ..query })?.items)
    }

    /// A part of the timeline. What a reader has seen with the same words in an earlier part is not told again.
    fn dates(
        &mut self,
        heading: &str,
        items: &[Item],
        shown: &mut BTreeSet<(String, String)>,
        blocks: &mut Vec<Block>,
    ) -> Result<(), Error> {
        let (mut lines, mut n_left) = (Vec::new(), 0);
        for item in items {
            let Some(place) = self.first_place(item)? else { continue };
            let key = (self.notes.words(place)?, item.value.as_deref().unwrap_or_default().chars().take(10).collect());
            if shown.contains(&key) {
                continue;
            }
            // A meeting of which one article tells no date is seldom one.
            let is_vague = item.layer == TargetLayer::Happening && item.value.is_none() && item.n_articles == 1;
            if is_vague || lines.len() == self.limits.n_dates {
                n_left += 1;
                continue;
            }
            shown.insert(key);
            let told = when(item, "");
            let told = if told.is_empty() { "no date told".to_string() } else { told };
            let mut words = Words::default().strong(if self.is_page { format!("{heading}, {told}") } else { told });
            let place = item.facts.get("place").and_then(serde_json::Value::as_str).map(on_one_line);
            let parties = [name(&item.actor), name(&item.party)].into_iter().flatten().chain(place).collect::<Vec<_>>();
            if item.layer == TargetLayer::Happening && !parties.is_empty() {
                words = words.text(format!(", {}", parties.join(", ")));
            }
            if let Some(status) = item.status.as_deref().filter(|status| !matches!(*status, "happened" | "planned")) {
                words = words.text(format!(" ({status})"));
            }
            let Some(words) = self.with_words(words.text(": "), item)? else { continue };
            lines.push(self.supported(words, item)?.line());
        }
        if lines.is_empty() {
            return Ok(());
        }
        if !self.is_page {
            blocks.push(Block::Subheading(heading.to_string()));
        }
        let n_shown = lines.len();
        blocks.extend(lines);
        blocks.extend(more(n_shown + n_left, n_shown, "date").filter(|_| !self.is_page));
        Ok(())
    }

    fn with_words(&mut self, words: Words, item: &Item) -> Result<Option<Words>, Error> {
        let Some(place) = self.first_place(item)? else { return Ok(None) };
        Ok(Some(words.quote(self.notes.words(place)?).notes(self.cite(item)?)))
    }
}

/// Puts the words of a meeting first that stand in a sentence with its date: others may mention it beside something else.
fn dating_words_first(meeting: &mut Item, dated: &[Item]) {
    let Some(value) = meeting.value.clone() else { return };
    let sentences: Vec<_> =
        dated.iter().filter(|entry| entry.value.as_ref() == Some(&value)).flat_map(|entry| &entry.places).collect();
    meeting.places.sort_by_key(|place| {
        let holds = |sentence: &&rapporteur_store::ItemPlace| {
            sentence.article.id == place.article.id && sentence.start <= place.start && place.end <= sentence.end
        };
        !sentences.iter().any(holds)
    });
}

/// When, with `before` in front of it; nothing where no date is told.
fn when(item: &Item, before: &str) -> String {
    item.value.as_deref().map(|value| format!("{before}{}", day(value))).unwrap_or_default()
}
