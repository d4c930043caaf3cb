//! Reads the files of frames.

use super::{Alternative, Classes, Frame, FrameLine, Phrase, Slot, SlotPlace, Target, TargetPlace, TriggerKind, Words};
use crate::class_table::ClassRow;
use crate::data_file::{DataFile, Keep, Line, Word, content_lines, copied, in_lower_case, not_there, removed};
use crate::error::{Error, Mistake};
use crate::lexicon::preposition;
use hashbrown::{HashMap, HashSet};
use rapporteur_model::EventType;
use std::borrow::Cow;
use std::sync::Arc;

/// A frame with the word that it is found by.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) lemma: Word,
    pub(super) frame: Frame,
    pub(super) is_own: bool,
}

/// How a line is written, for a hint.
const FORM: &str = "write: verb, noun, adjective, duty or own, then words between commas, then slots after \"+\", then \
                    arguments after \";\": verb launch, mount + {attack}; target on, against";

/// Adds the entries of a file: the built-in ones that the user leaves, and the user's own. `event` is none for words
/// that tell of none.
pub(super) fn entries(
    file: DataFile<'_>,
    event: Option<EventType>,
    classes: &Classes,
    entries: &mut Vec<Entry>,
) -> Result<(), Error> {
    let first = entries.len();
    parse_text(Source { file, event, classes, keep: Cow::Borrowed, is_own: false }, file.builtin, entries)?;
    let Some(own) = file.own else { return Ok(()) };
    let builtin: HashSet<String> = entries[first..].iter().map(|entry| entry.frame.entry()).collect();
    let mut is_gone = HashSet::new();
    for line in content_lines(own) {
        if let Some(entry) = removed(line.text) {
            let known = builtin.get(entry).ok_or_else(|| file.error(line, not_there(entry)))?;
            is_gone.insert(known.as_str());
        }
    }
    let left = entries.split_off(first);
    entries.extend(left.into_iter().filter(|entry| !is_gone.contains(entry.frame.entry().as_str())));
    parse_text(Source { file, event, classes, keep: copied, is_own: true }, own, entries)
}

/// Where a text comes from.
struct Source<'s, 't> {
    file: DataFile<'s>,
    event: Option<EventType>,
    classes: &'s Classes,
    keep: Keep<'t>,
    is_own: bool,
}

fn parse_text<'t>(source: Source<'_, 't>, text: &'t str, entries: &mut Vec<Entry>) -> Result<(), Error> {
    let Source { file, event, classes, keep, is_own } = source;
    let mut mode: Option<Option<&'t str>> = None;
    for line in content_lines(text) {
        let at = |mistake| file.error(line, mistake);
        if let Some(name) = line.text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            mode = Some(Some(name.trim()).filter(|name| *name != "-"));
        } else if removed(line.text).is_none() {
            let hint = "a line with the mode in square brackets, [-] for none, goes before the frames";
            let mode = mode.ok_or_else(|| at(Mistake::with_hint("a frame that stands in no group", hint)))?;
            let group = Group { file: file.name, event, mode, classes, keep };
            group.parse(line, |lemma, frame| entries.push(Entry { lemma, frame, is_own })).map_err(at)?;
        }
    }
    Ok(())
}

/// What the lines of a group have in common.
struct Group<'g, 't> {
    file: &'static str,
    event: Option<EventType>,
    mode: Option<&'t str>,
    classes: &'g Classes,
    keep: Keep<'t>,
}

impl<'t> Group<'_, 't> {
    /// Hands over the frames of a line with the lemmas that they are found by.
    fn parse(&self, line: Line<'t>, mut add: impl FnMut(Word, Frame)) -> Result<(), Mistake> {
        let text = in_lower_case(line.text)?;
        let (pattern, arguments) = text.split_once(';').unwrap_or((text, ""));
        let (kind, pattern) = pattern.split_once(' ').ok_or_else(|| Mistake::with_hint("no words", FORM))?;
        let kind = match kind {
            "verb" => TriggerKind::Verb,
            "noun" => TriggerKind::Noun,
            "adjective" => TriggerKind::Adjective,
            "duty" => TriggerKind::Duty,
            "own" => TriggerKind::Own,
            _ => return Err(Mistake::with_hint(format!("{kind:?} is no kind of trigger"), FORM)),
        };
        let (words, slots) = match pattern.split_once('+') {
            Some((words, slots)) => (words.trim(), Some(slots.trim())),
            None => (pattern.trim(), None),
        };
        let slots = slots.into_iter().flat_map(|slots| slots.split('+').map(str::trim));
        let arguments = parse_arguments(arguments)?;
        let line = Arc::new(FrameLine {
            kind,
            // An idle frame is never told, so that its type does not matter.
            event: self.event.unwrap_or(EventType::Consult),
            mode: self.mode.map(self.keep),
            slots: slots.clone().map(|slot| self.parse_slot(slot)).collect::<Result<_, _>>()?,
            target: arguments.target,
            source: arguments.source,
            is_idle: self.event.is_none(),
            is_mutual: arguments.is_mutual,
            slot_text: slots.fold(String::new(), |text, slot| text + " + " + slot).into(),
            file: self.file,
        });
        let mut n_frames = 0;
        for words in listed(words) {
            let (is_negated, own) = match words.strip_prefix("not ") {
                Some(own) => (true, own),
                None => (false, words),
            };
            let (lemma, further) = own.split_once(char::is_whitespace).unwrap_or((own, ""));
            if lemma.is_empty() {
                return Err(Mistake::with_hint("a word is missing", FORM));
            }
            let further = further.split_whitespace().map(self.keep).collect();
            let frame = Frame { words: (self.keep)(words), further, is_negated, line: Arc::clone(&line) };
            add((self.keep)(lemma), frame);
            n_frames += 1;
        }
        if n_frames == 0 { Err(Mistake::with_hint("no words", FORM)) } else { Ok(()) }
    }

    fn parse_slot(&self, text: &'t str) -> Result<Slot, Mistake> {
        let mut place: Option<SlotPlace> = None;
        let mut slot = Vec::new();
        for way in listed(text) {
            let (own_place, words) = match way.split_once(' ') {
                _ if way == "that" => (Some(SlotPlace::Clause), "do"),
                _ if way == "doing" => (Some(SlotPlace::Gerund), "do"),
                Some(("to", words)) => (Some(SlotPlace::To), words),
                Some(("doing", words)) => (Some(SlotPlace::Gerund), words),
                Some((word, words)) => match preposition(word) {
                    Some(word) => (Some(SlotPlace::After(word)), words),
                    None => (None, way),
                },
                None => (None, way),
            };
            let is_any = own_place.is_some() && words == "do";
            place = own_place.or(place);
            let words = if is_any { Words::Any } else { self.parse_words(words)? };
            slot.push(Alternative { place: place.clone().unwrap_or(SlotPlace::Object), words });
        }
        if slot.is_empty() { Err(Mistake::with_hint("an empty slot", FORM)) } else { Ok(slot.into()) }
    }

    fn parse_words(&self, words: &'t str) -> Result<Words, Mistake> {
        let Some(name) = words.strip_prefix('{') else {
            return Ok(Words::Phrase(Phrase::parse(words, self.keep)));
        };
        let name = name.trim_end_matches('}').trim();
        let number = self.classes.number(name).ok_or_else(|| {
            let hint = format!("the classes are: {}", self.classes.names().join(", "));
            Mistake::with_hint(format!("unknown class {{{name}}}"), hint)
        })?;
        Ok(Words::Class(number))
    }
}

/// Where the participants stand.
struct Arguments {
    target: Target,
    source: Box<[&'static str]>,
    is_mutual: bool,
}

fn parse_arguments(text: &str) -> Result<Arguments, Mistake> {
    let mut arguments = Arguments { target: Target::Usual, source: [].into(), is_mutual: false };
    for argument in text.split(';').map(str::trim).filter(|argument| !argument.is_empty()) {
        let (name, words) = argument.split_once(' ').unwrap_or((argument, ""));
        match (name, words.trim()) {
            ("both", "") => arguments.is_mutual = true,
            ("target", "none") => arguments.target = Target::None,
            ("target", words) => {
                arguments.target = Target::At(listed(words).map(target_place).collect::<Result<_, _>>()?)
            }
            ("source", words) => arguments.source = prepositions(words)?,
            _ => {
                let hint = "the arguments are: target, source, both";
                return Err(Mistake::with_hint(format!("unknown argument {argument:?}"), hint));
            }
        }
    }
    Ok(arguments)
}

fn target_place(word: &str) -> Result<TargetPlace, Mistake> {
    match word {
        "object" => Ok(TargetPlace::Object),
        "subject" => Ok(TargetPlace::Subject),
        _ => match preposition(word) {
            Some(word) => Ok(TargetPlace::After(word)),
            None => Err(Mistake::new(format!("{word:?} is neither object, subject nor a preposition"))),
        },
    }
}

fn prepositions(words: &str) -> Result<Box<[&'static str]>, Mistake> {
    let known = |word| preposition(word).ok_or_else(|| Mistake::new(format!("{word:?} is no preposition")));
    listed(words).map(known).collect()
}

fn listed(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|word| !word.is_empty())
}

/// What the classes of statements tell of that have a type of event.
pub(super) fn of_classes(table: &[ClassRow<'_>]) -> HashMap<&'static str, Frame> {
    let frame = |row: &ClassRow<'_>| {
        let line = FrameLine {
            kind: TriggerKind::Class,
            event: row.event?,
            mode: row.mode.map(copied),
            slots: [].into(),
            target: Target::Usual,
            source: [].into(),
            is_idle: false,
            is_mutual: false,
            slot_text: "".into(),
            file: "predications.txt",
        };
        let words = row.class.name().into();
        Some((row.class.name(), Frame { words, further: [].into(), is_negated: false, line: Arc::new(line) }))
    };
    table.iter().filter_map(frame).collect()
}
