//! Which words tell of an event, and what must stand with them: the frames of `data/frames-TYPE.txt`.
//!
//! A [`Frame`] is one entry: a verb, noun or adjective, further words that belong to it, slots that must be
//! filled, and where the participants stand. `data/frame-classes.txt` explains how they are written.

mod classes;
#[cfg(test)]
mod one_type;
mod parse;

pub(crate) use classes::{Classes, Phrase};

use crate::class_table::ClassRow;
use crate::data_file::Word;
use crate::error::Error;
use crate::knowledge::Files;
use hashbrown::HashMap;
use rapporteur_model::{EventType, StatementClass};
use std::cmp::Reverse;
use std::ops::Deref;
use std::sync::Arc;

/// What part of speech opens a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum TriggerKind {
    Verb,
    Noun,
    Adjective,
    /// A word of duty in reported words: "they must", "they have to".
    Duty,
    /// A verb whose subject is the speaker of reported words: "we need".
    Own,
    /// A cue of a class of statements, where it opens no other frame.
    Class,
}

/// One way of telling of an event: a word of a line of the data files.
#[derive(Debug)]
pub(crate) struct Frame {
    /// The word, with what belongs to it: "carry out", "not allow".
    pub(crate) words: Word,
    /// Words that belong to the trigger: particles and prepositions.
    pub(crate) further: Box<[Word]>,
    /// It counts only where the text negates it.
    pub(crate) is_negated: bool,
    line: Arc<FrameLine>,
}

/// What the words of one line have in common.
#[derive(Debug)]
pub(crate) struct FrameLine {
    pub(crate) kind: TriggerKind,
    pub(crate) event: EventType,
    pub(crate) mode: Option<Word>,
    pub(crate) slots: Box<[Slot]>,
    pub(crate) target: Target,
    /// Prepositions that the source stands after; none where it stands as usual.
    pub(crate) source: Box<[&'static str]>,
    /// It tells of no event: it stands before frames that would take the word otherwise ("heart attack").
    pub(crate) is_idle: bool,
    /// The participants are equal.
    pub(crate) is_mutual: bool,
    /// The slots as they are written, with their plus signs.
    pub(crate) slot_text: Box<str>,
    /// The data file.
    pub(crate) file: &'static str,
}

impl Deref for Frame {
    type Target = FrameLine;

    fn deref(&self) -> &FrameLine {
        &self.line
    }
}

/// Where the target of a frame stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    Usual,
    None,
    /// The first of these places where somebody stands.
    At(Vec<TargetPlace>),
}

/// A place where a target may stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TargetPlace {
    Object,
    Subject,
    /// After a preposition.
    After(&'static str),
}

impl TriggerKind {
    /// The name in the data files.
    fn name(self) -> &'static str {
        match self {
            TriggerKind::Verb => "verb",
            TriggerKind::Noun => "noun",
            TriggerKind::Adjective => "adjective",
            TriggerKind::Duty => "duty",
            TriggerKind::Own => "own",
            TriggerKind::Class => "class",
        }
    }
}

impl Target {
    /// Whether the target may stand at this place.
    pub(crate) fn may_be(&self, place: &TargetPlace) -> bool {
        matches!(self, Target::At(places) if places.contains(place))
    }

    /// Whether it may stand after this preposition.
    pub(crate) fn may_be_after(&self, word: &str) -> bool {
        let is_it = |place: &TargetPlace| matches!(place, TargetPlace::After(own) if *own == word);
        matches!(self, Target::At(places) if places.iter().any(is_it))
    }
}

/// Something that must be there, in one of several ways.
pub(crate) type Slot = Box<[Alternative]>;

/// One way of filling a slot.
#[derive(Debug)]
pub(crate) struct Alternative {
    pub(crate) place: SlotPlace,
    pub(crate) words: Words,
}

/// Where the words of a slot stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SlotPlace {
    Object,
    After(&'static str),
    /// An infinitive, or what follows the preposition "to".
    To,
    Gerund,
    Clause,
}

/// Which words fill a slot.
#[derive(Debug)]
pub(crate) enum Words {
    Any,
    /// The number of a class.
    Class(usize),
    Phrase(Phrase),
}

impl Frame {
    /// The entry as the data file has it, without its arguments: "verb launch + {attack}".
    pub(crate) fn entry(&self) -> String {
        format!("{} {}{}", self.kind.name(), self.words, self.slot_text)
    }

    fn is_same_entry(&self, other: &Frame) -> bool {
        let is_same_pattern = self.kind == other.kind && self.slot_text == other.slot_text;
        is_same_pattern && self.words == other.words
    }

    /// How much the frame asks for: of several that fit, the one that asks for more is taken.
    fn weight(&self) -> usize {
        let named = |slot: &Slot| usize::from(slot.iter().all(|way| !matches!(way.words, Words::Any)));
        let slots: usize = self.slots.iter().map(|slot| 1 + named(slot)).sum();
        2 * self.further.len() + slots + 2 * usize::from(self.is_negated)
    }
}

/// Whether the frame of an event, as [`rapporteur_model::Event::frame`] has it, is one of duty: FILE: ENTRY.
pub(crate) fn is_duty(frame: &str) -> bool {
    let kind = frame.split_once(": ").and_then(|(_, entry)| entry.split(' ').next());
    kind == Some(TriggerKind::Duty.name())
}

/// All frames, by the lemma of their triggers.
#[derive(Debug)]
pub(crate) struct Frames {
    pub(crate) classes: Classes,
    frames: Vec<Frame>,
    by_trigger: HashMap<Word, Vec<usize>>,
    /// What the classes of statements tell of, by class.
    by_class: HashMap<&'static str, Frame>,
}

/// The files with the frames of each type.
const FILES: [(&str, EventType); 16] = [
    ("frames-accuse.txt", EventType::Accuse),
    ("frames-agree.txt", EventType::Agree),
    ("frames-aid.txt", EventType::Aid),
    ("frames-assault.txt", EventType::Assault),
    ("frames-coerce.txt", EventType::Coerce),
    ("frames-concede.txt", EventType::Concede),
    ("frames-consult.txt", EventType::Consult),
    ("frames-cooperate.txt", EventType::Cooperate),
    ("frames-mobilize.txt", EventType::Mobilize),
    ("frames-protest.txt", EventType::Protest),
    ("frames-reject.txt", EventType::Reject),
    ("frames-request.txt", EventType::Request),
    ("frames-retreat.txt", EventType::Retreat),
    ("frames-sanction.txt", EventType::Sanction),
    ("frames-support.txt", EventType::Support),
    ("frames-threaten.txt", EventType::Threaten),
];

/// Room for about so many entries is made beforehand.
const N_ENTRIES: usize = 16_384;

impl Frames {
    pub(crate) fn parse(files: Files<'_>, table: &[ClassRow<'_>]) -> Result<Self, Error> {
        let classes = Classes::parse(files.get("frame-classes.txt"))?;
        let mut entries = Vec::with_capacity(N_ENTRIES);
        parse::entries(files.get("frames-none.txt"), None, &classes, &mut entries)?;
        for (name, event) in FILES {
            parse::entries(files.get(name), Some(event), &classes, &mut entries)?;
        }
        // Of equal entries the user's own stands, wherever it is written, then the first.
        entries.sort_by_key(|entry| !entry.is_own);
        let mut frames: Vec<Frame> = Vec::with_capacity(entries.len());
        let mut by_trigger: HashMap<Word, Vec<usize>> = HashMap::new();
        for entry in entries {
            let listed = by_trigger.entry(entry.lemma).or_default();
            if listed.iter().all(|&other| !frames[other].is_same_entry(&entry.frame)) {
                listed.push(frames.len());
                frames.push(entry.frame);
            }
        }
        for listed in by_trigger.values_mut() {
            listed.sort_by_cached_key(|&frame| (Reverse(frames[frame].weight()), frame));
        }
        let by_class = parse::of_classes(table);
        Ok(Frames { classes, frames, by_trigger, by_class })
    }

    /// What a statement of this class tells of, where its cue opens no frame.
    pub(crate) fn of_class(&self, class: StatementClass) -> Option<&Frame> {
        self.by_class.get(class.name())
    }

    /// The frames that a word may open, those first that ask for more.
    pub(crate) fn of(&self, lemma: &str, kind: TriggerKind) -> impl Iterator<Item = &Frame> {
        let listed = self.by_trigger.get(lemma).map_or(&[][..], Vec::as_slice);
        listed.iter().map(|&frame| &self.frames[frame]).filter(move |frame| frame.kind == kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;

    #[test]
    fn the_frames_are_thousands() {
        let frames = &Knowledge::builtin().frames;
        assert!(frames.frames.len() > 3000, "{}", frames.frames.len());
        for event in EventType::ALL {
            let n = frames.frames.iter().filter(|frame| frame.event == event).count();
            assert!(n >= 20, "{n} frames of {}", event.name());
        }
    }

    #[test]
    fn a_frame_that_asks_for_more_goes_first() {
        let own = [("frames-retreat.txt", "[-]\nverb zap\nverb zap off + {weapon}\nverb not zap")];
        let knowledge = Knowledge::extended(&own).unwrap();
        let entries: Vec<_> = knowledge.frames.of("zap", TriggerKind::Verb).map(Frame::entry).collect();
        assert_eq!(entries, ["verb zap off + {weapon}", "verb not zap", "verb zap"]);
        assert_eq!(knowledge.frames.of("zap", TriggerKind::Noun).count(), 0);
    }
}
