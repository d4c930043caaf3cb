//! Reads the files of frames.

use super::{Alternative, Classes, Frame, Phrase, Slot, SlotPlace, Target, TargetPlace, TriggerKind, Words};
use crate::data_file::{DataFile, Line, content_lines, in_lower_case, not_there, removed};
use crate::error::{Error, Mistake};
use crate::lexicon::is_preposition;
use hashbrown::HashMap;
use rapporteur_model::{EventType, StatementClass};

/// A frame with the word that it is found by.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) lemma: Box<str>,
    pub(super) kind: TriggerKind,
    pub(super) frame: Frame,
    pub(super) is_own: bool,
}

/// How a line is written, for a hint.
const FORM: &str = "write: verb, noun, adjective, duty or own, then words between commas, then slots after \"+\", then \
                    arguments after \";\": verb launch, mount + {attack}; target on, against";

/// The entries of a file: the built-in ones that the user leaves, and the user's own. `event` is none for words that
/// tell of none.
pub(super) fn entries(file: DataFile<'_>, event: Option<EventType>, classes: &Classes) -> Result<Vec<Entry>, Error> {
    let mut entries = Vec::new();
    // For each entry whether it is to go.
    let mut is_gone: HashMap<String, bool> = HashMap::new();
    for (text, is_own) in [(file.builtin, false), (file.own.unwrap_or_default(), true)] {
        let mut mode: Option<Option<&str>> = None;
        for line in content_lines(text) {
            let at = |mistake| file.error(line, mistake);
            if let Some(name) = line.text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                mode = Some(Some(name.trim()).filter(|name| *name != "-"));
            } else if let Some(entry) = removed(line.text) {
                *is_gone.get_mut(entry).ok_or_else(|| at(not_there(entry)))? = true;
            } else {
                let hint = "a line with the mode in square brackets, [-] for none, goes before the frames";
                let mode = mode.ok_or_else(|| at(Mistake::with_hint("a frame that stands in no group", hint)))?;
                let group = Group { file: file.name, event, mode, classes };
                let parsed = group.parse(line).map_err(at)?;
                for (lemma, kind, frame) in parsed {
                    if !is_own {
                        is_gone.insert(frame.entry.to_string(), false);
                    }
                    entries.push(Entry { lemma, kind, frame, is_own });
                }
            }
        }
    }
    entries.retain(|entry| entry.is_own || !is_gone[&*entry.frame.entry]);
    Ok(entries)
}

/// What the lines of a group have in common.
struct Group<'g> {
    file: &'static str,
    event: Option<EventType>,
    mode: Option<&'g str>,
    classes: &'g Classes,
}

impl Group<'_> {
    fn parse(&self, line: Line<'_>) -> Result<Vec<(Box<str>, TriggerKind, Frame)>, Mistake> {
        let text = in_lower_case(line.text)?;
        let (pattern, arguments) = text.split_once(';').unwrap_or((text, ""));
        let (kind, pattern) = pattern.split_once(' ').ok_or_else(|| Mistake::with_hint("no words", FORM))?;
        let trigger_kind = match kind {
            "verb" => TriggerKind::Verb,
            "noun" => TriggerKind::Noun,
            "adjective" => TriggerKind::Adjective,
            "duty" => TriggerKind::Duty,
            "own" => TriggerKind::Own,
            _ => return Err(Mistake::with_hint(format!("{kind:?} is no kind of trigger"), FORM)),
        };
        let mut parts = pattern.split('+').map(str::trim);
        let words = parts.next().unwrap_or_default();
        let slots: Vec<&str> = parts.collect();
        let mut frames = Vec::new();
        for word in listed(words) {
            let (is_negated, own) = match word.strip_prefix("not ") {
                Some(own) => (true, own),
                None => (false, word),
            };
            let mut own = own.split_whitespace();
            let lemma = own.next().ok_or_else(|| Mistake::with_hint("a word is missing", FORM))?;
            let further = own.map(Box::from).collect();
            let arguments = parse_arguments(arguments)?;
            let slot_texts: String = slots.iter().map(|slot| format!(" + {slot}")).collect();
            let frame = Frame {
                // An idle frame is never told, so that its type does not matter.
                event: self.event.unwrap_or(EventType::Consult),
                is_idle: self.event.is_none(),
                mode: self.mode.map(Box::from),
                further,
                is_negated,
                slots: slots.iter().map(|slot| self.parse_slot(slot)).collect::<Result<_, _>>()?,
                target: arguments.target,
                source: arguments.source,
                is_mutual: arguments.is_mutual,
                entry: format!("{kind} {word}{slot_texts}").into(),
                file: self.file,
            };
            frames.push((lemma.into(), trigger_kind, frame));
        }
        if frames.is_empty() {
            return Err(Mistake::with_hint("no words", FORM));
        }
        Ok(frames)
    }

    fn parse_slot(&self, text: &str) -> Result<Slot, Mistake> {
        let mut place: Option<SlotPlace> = None;
        let mut slot = Vec::new();
        for way in listed(text) {
            let (own_place, words) = match way.split_once(' ') {
                _ if way == "that" => (Some(SlotPlace::Clause), "do"),
                _ if way == "doing" => (Some(SlotPlace::Gerund), "do"),
                Some(("to", words)) => (Some(SlotPlace::To), words),
                Some(("doing", words)) => (Some(SlotPlace::Gerund), words),
                Some((word, words)) if is_preposition(word) => (Some(SlotPlace::After(word.into())), words),
                _ => (None, way),
            };
            let is_any = own_place.is_some() && words == "do";
            place = own_place.or(place);
            let words = if is_any { Words::Any } else { self.parse_words(words)? };
            slot.push(Alternative { place: place.clone().unwrap_or(SlotPlace::Object), words });
        }
        if slot.is_empty() { Err(Mistake::with_hint("an empty slot", FORM)) } else { Ok(slot) }
    }

    fn parse_words(&self, words: &str) -> Result<Words, Mistake> {
        let Some(name) = words.strip_prefix('{') else {
            return Ok(Words::Phrase(Phrase::parse(words)));
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
    source: Vec<Box<str>>,
    is_mutual: bool,
}

fn parse_arguments(text: &str) -> Result<Arguments, Mistake> {
    let mut arguments = Arguments { target: Target::Usual, source: Vec::new(), is_mutual: false };
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
        _ if is_preposition(word) => Ok(TargetPlace::After(word.into())),
        _ => Err(Mistake::new(format!("{word:?} is neither object, subject nor a preposition"))),
    }
}

fn prepositions(words: &str) -> Result<Vec<Box<str>>, Mistake> {
    let unknown = listed(words).find(|word| !is_preposition(word));
    match unknown {
        Some(word) => Err(Mistake::new(format!("{word:?} is no preposition"))),
        None => Ok(listed(words).map(Box::from).collect()),
    }
}

fn listed(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|word| !word.is_empty())
}

/// What the classes of statements tell of: `CLASS; TYPE; MODE; STANCE`, where fields but the first may be empty.
pub(super) fn of_classes(file: DataFile<'_>) -> Result<HashMap<&'static str, Frame>, Error> {
    let entries = file.entries(|line| {
        let fields: Vec<&str> = line.split(';').map(str::trim).collect();
        let [class, event, mode, _] = fields[..] else {
            let hint = "write: class; type of event; mode; kind of stance; all but the class may be empty";
            return Err(Mistake::with_hint("not four fields between semicolons", hint));
        };
        let known = StatementClass::ALL.into_iter().find(|known| known.name() == class);
        let known = known.ok_or_else(|| Mistake::new(format!("unknown class {class:?}")))?;
        let event = match event {
            "" => None,
            name => Some(EventType::ALL.into_iter().find(|event| event.name() == name).ok_or_else(|| {
                let hint = format!("the types are: {}", EventType::ALL.map(EventType::name).join(", "));
                Mistake::with_hint(format!("unknown type {name:?}"), hint)
            })?),
        };
        Ok((class, (known, event, Some(mode).filter(|mode| !mode.is_empty()))))
    })?;
    let frame = |(class, event, mode): (StatementClass, Option<EventType>, Option<&str>)| {
        let frame = Frame {
            event: event?,
            is_idle: false,
            mode: mode.map(Box::from),
            further: Vec::new(),
            is_negated: false,
            slots: Vec::new(),
            target: Target::Usual,
            source: Vec::new(),
            is_mutual: false,
            entry: format!("class {}", class.name()).into(),
            file: file.name,
        };
        Some((class.name(), frame))
    };
    Ok(entries.into_iter().filter_map(|entry| frame(entry.value)).collect())
}
