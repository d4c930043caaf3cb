//! How talks went: no progress in one place, a way forward in another; and other voices with another reading.

use super::phrases::Phrases;
use super::{Reading, Told, tension};
use crate::data_file::{section, section_lines};
use crate::pile::Pile;
use hashbrown::HashSet;
use rapporteur_model::{CivilDate, Span, Statement, StatementClass, Tension, TensionKind, Uttered};
use std::collections::BTreeMap;
use std::sync::LazyLock;

static OUTCOME_WORDS: &str = include_str!("../../data/outcome-words.txt");
static OTHER_VOICES: &str = include_str!("../../data/other-voices.txt");

pub(super) fn find(pile: &Pile<'_>, told: &Told<'_>, tensions: &mut Vec<Tension>) {
    outcomes(pile, tensions);
    other_voices(pile, told, tensions);
}

/// Outcomes of one day: those of articles that were published on it, and of those whose day is not known. Copies count
/// for the day of the first article of their text.
fn outcomes(pile: &Pile<'_>, tensions: &mut Vec<Tension>) {
    static STUCK: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(section_lines(OUTCOME_WORDS, "stuck")));
    static MOVING: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(section_lines(OUTCOME_WORDS, "moving")));
    let mut by_day: BTreeMap<Option<CivilDate>, [Vec<(usize, Span)>; 2]> = BTreeMap::new();
    for article_idx in 0..pile.n_articles() {
        let text = pile.article(article_idx).text.to_ascii_lowercase();
        let [stuck, mut moving] = [&STUCK, &MOVING].map(|phrases| phrases.in_text(&text));
        // "not optimistic"
        moving.retain(|span| !stuck.iter().any(|other| other.overlaps(*span)));
        let of_day = by_day.entry(pile.published(pile.first_of_text(article_idx))).or_default();
        for (places, found) in of_day.iter_mut().zip([stuck, moving]) {
            places.extend(found.into_iter().map(|span| (article_idx, span)));
        }
    }
    for [stuck, moving] in by_day.into_values() {
        if !stuck.is_empty() && !moving.is_empty() {
            let readings = vec![Reading::new("no progress", stuck), Reading::new("a way forward", moving)];
            tensions.push(tension(pile, TensionKind::Interpretation, "how the talks went", readings));
        }
    }
}

/// "Officials fear … Others contend …": two readings side by side.
fn other_voices(pile: &Pile<'_>, told: &Told<'_>, tensions: &mut Vec<Tension>) {
    static OTHERS: LazyLock<HashSet<&str>> = LazyLock::new(|| section(OTHER_VOICES, "others"));
    static AGREEING: LazyLock<HashSet<&str>> = LazyLock::new(|| section(OTHER_VOICES, "agreeing"));
    let mut readings: BTreeMap<usize, [Reading; 2]> = BTreeMap::new();
    for article_idx in 0..pile.n_articles() {
        let statements = pile.record(article_idx).statements.iter();
        let statements: Vec<&Statement> =
            statements.filter(|statement| statement.uttered == Uttered::Actual && statement.source.is_some()).collect();
        for pair in statements.windows(2) {
            let [Some(before), Some(source)] = [pair[0].source, pair[1].source] else { continue };
            let has_one_of = |span: Span, set: &HashSet<&str>| {
                let mut words = pile.words(article_idx, span).split(|c: char| !c.is_alphanumeric());
                words.any(|word| set.contains(word.to_lowercase().as_str()))
            };
            let reported_by = pair[1].cue.map_or(source, |cue| source.hull(cue));
            let is_other = pair.iter().all(|statement| is_reading(statement.class))
                && has_one_of(source, &OTHERS)
                && !has_one_of(reported_by, &AGREEING);
            let paragraphs = &pile.article(article_idx).paragraphs;
            let is_near = paragraphs.iter().any(|paragraph| paragraph.contains(before) && paragraph.contains(source));
            if !is_other || !is_near || before == source {
                continue;
            }
            let one = pair[0].content.first().copied().unwrap_or(before);
            let own = pair[1].content.first().copied().filter(|content| !content.overlaps(one));
            // "Others disagree" says nothing more of its own.
            let other = own.unwrap_or(reported_by);
            // Copies tell the same two readings.
            if let Some(utterance) = told.utterance_of.get(&pair[1].id) {
                let readings =
                    readings.entry(*utterance).or_insert_with(|| ["one", "other"].map(|side| Reading::new(side, [])));
                readings[0].places.insert((article_idx, one));
                readings[1].places.insert((article_idx, other));
            }
        }
    }
    for readings in readings.into_values() {
        let reason = "other voices read it otherwise";
        tensions.push(tension(pile, TensionKind::Interpretation, reason, readings.into()));
    }
}

/// Whether who says it tells how things stand, and not what should come of them.
fn is_reading(class: StatementClass) -> bool {
    use StatementClass::*;
    match class {
        Speech | Warning | Accusation | Denial | Criticism | Support | Belief | Expectation | Hope | Announcement => {
            true
        }
        Demand | Request | Offer | Proposal | Promise | Agreement | Refusal | Threat | Intention | Question => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_begins_with_two_letters() {
        for section in ["stuck", "moving"] {
            for phrase in section_lines(OUTCOME_WORDS, section) {
                assert!(phrase.bytes().take(2).all(|byte| byte.is_ascii_lowercase()) && phrase.len() > 1, "{phrase}");
            }
        }
    }
}
