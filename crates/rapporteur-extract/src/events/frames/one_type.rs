//! The check that a pattern has one type, over all built-in files, and that their words are written as texts are
//! compared.

use super::{Alternative, Frame, Frames, SlotPlace, TriggerKind, Words};
use crate::Knowledge;
use crate::lexicon::preposition;
use std::collections::{BTreeMap, BTreeSet};

/// A slot with its alternatives written out: where a word stands, and the word.
type Ways = BTreeSet<(String, String)>;

/// The words of each class, by its number.
fn classes(frames: &Frames) -> Vec<Vec<String>> {
    let text = Knowledge::files().find(|(name, _)| *name == "frame-classes.txt").unwrap().1;
    let mut classes = vec![Vec::new(); frames.classes.names().len()];
    let mut number = 0;
    for line in crate::data_file::content_lines(text).map(|line| line.text) {
        match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(name) => number = frames.classes.number(name).unwrap(),
            None => {
                let words = line.split(',').map(str::trim).filter(|word| !word.is_empty());
                classes[number].extend(words.map(|word| word.replace('-', " ")));
            }
        }
    }
    classes
}

fn ways(slot: &[Alternative], classes: &[Vec<String>]) -> Ways {
    let mut ways = Ways::new();
    for way in slot {
        let place = match &way.place {
            SlotPlace::After(preposition) => (*preposition).to_string(),
            place => format!("{place:?}"),
        };
        match &way.words {
            Words::Any => drop(ways.insert((place, "*".to_string()))),
            Words::Class(number) => {
                ways.extend(classes[*number].iter().map(|word| (place.clone(), word.clone())));
            }
            Words::Phrase(phrase) => drop(ways.insert((place, phrase.text()))),
        }
    }
    ways
}

/// Whether all slots of one have something in common with those of the other, in the order in which they are written.
fn overlaps(one: &Frame, other: &Frame, classes: &[Vec<String>]) -> bool {
    let mut slots = one.slots.iter().zip(&other.slots);
    one.slots.len() == other.slots.len()
        && slots.all(|(one, other)| !ways(one, classes).is_disjoint(&ways(other, classes)))
}

#[test]
fn a_pattern_has_one_type() {
    let frames = &Knowledge::builtin().frames;
    let classes = classes(frames);
    let mut alike: BTreeMap<String, Vec<&Frame>> = BTreeMap::new();
    for frame in frames.frames.iter().filter(|frame| !frame.is_idle) {
        alike.entry(format!("{} {}", frame.kind.name(), frame.words)).or_default().push(frame);
    }
    let mut found = Vec::new();
    for frames in alike.values() {
        for (idx, one) in frames.iter().enumerate() {
            let others = frames[idx + 1..].iter().filter(|other| other.event != one.event);
            let others = others.filter(|other| overlaps(one, other, &classes));
            found.extend(
                others.map(|other| format!("{}: {}  ·  {}: {}", one.file, one.entry(), other.file, other.entry())),
            );
        }
    }
    assert!(found.is_empty(), "{} patterns have two types:\n{}", found.len(), found.join("\n"));
}

/// Lemmas that look like another form of a verb.
const LEMMAS: [&str; 22] = [
    "bring", "bus", "caucus", "embed", "feed", "fling", "gas", "heed", "need", "proceed", "ring", "seed", "shed",
    "sing", "sling", "speed", "spring", "string", "summons", "swing", "teargas", "wring",
];

/// What belongs to a verb beside prepositions: "give back", "let go", "hold fire".
const PARTICLES: [&str; 15] = [
    "ahead", "apart", "aside", "away", "back", "fire", "firm", "forward", "free", "go", "home", "pat", "together",
    "tough", "way",
];

/// Prepositions that `data/prepositions.txt` does not have: a slot would take them for the first word of a phrase.
const UNKNOWN: [&str; 8] = ["aboard", "amidst", "amongst", "atop", "besides", "opposite", "unto", "versus"];

fn looks_like_a_lemma(verb: &str) -> bool {
    let is_form = ["ed", "ing", "ies"].iter().any(|ending| verb.ends_with(ending));
    let is_plural = verb.ends_with('s') && !verb.ends_with("ss");
    !(is_form || is_plural) || LEMMAS.contains(&verb)
}

#[test]
fn triggers_are_lemmas_in_lower_case_and_prepositions_are_known() {
    let frames = &Knowledge::builtin().frames;
    for frame in &frames.frames {
        let place = format!("{}: {}", frame.file, frame.entry());
        assert!(!frame.words.chars().any(char::is_uppercase), "{place}");
        if matches!(frame.kind, TriggerKind::Verb | TriggerKind::Own) {
            let verb = frame.words.trim_start_matches("not ").split(' ').next().unwrap();
            assert!(looks_like_a_lemma(verb), "{place}");
            for word in &frame.further {
                assert!(preposition(word).is_some() || PARTICLES.contains(&&**word), "{place}: {word:?}");
            }
        }
        for way in frame.slots.iter().flatten() {
            if let Words::Phrase(phrase) = &way.words {
                let text = phrase.text();
                assert!(!UNKNOWN.iter().any(|word| text.split(' ').next() == Some(word)), "{place}: {text:?}");
            }
        }
    }
}
