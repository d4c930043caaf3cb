//! Reads `time-words.txt`: the words of time, in classes, with what they mean.

use super::fields::Field;
use crate::data_file::{DataFile, Line, content_lines, in_lower_case, not_there, removed};
use crate::error::{Error, Mistake};
use hashbrown::HashMap;

/// A word that the data files know; 0 is any other word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(super) struct WordId(pub(super) u16);

/// A class of words: an index into the headings of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ClassId(pub(super) u8);

/// One meaning of a word, or of a phrase that begins with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sense {
    pub(super) class: ClassId,
    pub(super) value: i32,
    /// The words of the phrase after the first.
    pub(super) rest: Box<[WordId]>,
}

/// The words of time.
#[derive(Debug)]
pub(super) struct Words {
    ids: HashMap<Box<str>, WordId>,
    /// By word, the meanings: longer phrases first.
    senses: Vec<Vec<Sense>>,
    classes: Vec<String>,
}

/// Classes that need no words: what figures are.
pub(super) const DIGIT_CLASSES: [&str; 5] = ["num", "number", "year", "ordinal", "nth"];

/// One entry of the file before it is stored.
struct Entry<'t> {
    class: &'t str,
    phrase: &'t str,
    value: i32,
}

impl Words {
    pub(super) fn parse(file: DataFile<'_>) -> Result<Self, Error> {
        let mut words = Words {
            ids: HashMap::new(),
            senses: vec![Vec::new()],
            classes: DIGIT_CLASSES.map(str::to_string).to_vec(),
        };
        let mut entries = Vec::new();
        for (class, line) in classed(file, file.builtin)? {
            entries.extend(read(file, class, line, line.text)?);
        }
        let known: Vec<&str> = classed(file, file.builtin)?.into_iter().map(|(class, _)| class).collect();
        let mut own = Vec::new();
        for (class, line) in classed(file, file.own.unwrap_or_default())? {
            if !known.contains(&class) {
                let mut names = known.clone();
                names.dedup();
                let hint = format!("the lists are: {}", names.join(", "));
                return Err(file.error(line, Mistake::with_hint(format!("unknown list [{class}]"), hint)));
            }
            let Some(gone) = removed(line.text) else {
                own.extend(read(file, class, line, line.text)?);
                continue;
            };
            for phrase in phrases(gone) {
                let n_before = entries.len();
                entries.retain(|entry| (entry.class, entry.phrase) != (class, phrase));
                if entries.len() == n_before {
                    return Err(file.error(line, not_there(phrase)));
                }
            }
        }
        entries
            .retain(|entry| !own.iter().any(|own: &Entry<'_>| (own.class, own.phrase) == (entry.class, entry.phrase)));
        for entry in own.iter().chain(&entries) {
            words.add(entry);
        }
        for senses in &mut words.senses {
            senses.sort_by_key(|sense| std::cmp::Reverse(sense.rest.len()));
        }
        Ok(words)
    }

    fn add(&mut self, entry: &Entry<'_>) {
        let class = self.class(entry.class).unwrap_or_else(|| {
            self.classes.push(entry.class.to_string());
            ClassId(self.classes.len() as u8 - 1)
        });
        let mut ids: Vec<WordId> = Vec::new();
        for_each_part(entry.phrase, |part| ids.push(self.intern(part)));
        if let [first, rest @ ..] = ids.as_slice() {
            let sense = Sense { class, value: entry.value, rest: rest.into() };
            self.senses[usize::from(first.0)].push(sense);
        }
    }

    /// The number of a word, which it gets where it has none. Past 65,535 words there are no more.
    pub(super) fn intern(&mut self, word: &str) -> WordId {
        if let Some(&id) = self.ids.get(word) {
            return id;
        }
        let Ok(number) = u16::try_from(self.senses.len()) else { return WordId::default() };
        let id = WordId(number);
        self.senses.push(Vec::new());
        if word.contains('\'') {
            self.ids.insert(word.replace('\'', "’").into(), id);
        }
        self.ids.insert(word.into(), id);
        id
    }

    /// The word, if the data files know it.
    pub(super) fn get(&self, word: &str) -> WordId {
        self.ids.get(word).copied().unwrap_or_default()
    }

    pub(super) fn n_words(&self) -> usize {
        self.senses.len()
    }

    pub(super) fn senses(&self, word: WordId) -> &[Sense] {
        &self.senses[usize::from(word.0)]
    }

    pub(super) fn class(&self, name: &str) -> Option<ClassId> {
        self.classes.iter().position(|known| known == name).map(|idx| ClassId(idx as u8))
    }

    /// The value of the word in the class, alone and not as part of a phrase.
    pub(super) fn value(&self, word: WordId, class: ClassId) -> Option<i32> {
        self.senses(word).iter().find(|sense| sense.class == class && sense.rest.is_empty()).map(|sense| sense.value)
    }
}

/// The parts of a phrase as texts are cut: at spaces, at hyphens, before "'s".
pub(super) fn for_each_part(phrase: &str, mut of_part: impl FnMut(&str)) {
    for word in phrase.split(' ').filter(|word| !word.is_empty()) {
        let (word, genitive) = match word.strip_suffix("'s").filter(|stem| !stem.is_empty()) {
            Some(stem) => (stem, Some("'s")),
            None => (word, None),
        };
        let mut parts = word.split('-').peekable();
        while let Some(part) = parts.next() {
            if !part.is_empty() {
                of_part(part);
            }
            if parts.peek().is_some() {
                of_part("-");
            }
        }
        genitive.into_iter().for_each(&mut of_part);
    }
}

/// The lines of a file, each with the heading that it stands under.
fn classed<'t>(file: DataFile<'_>, text: &'t str) -> Result<Vec<(&'t str, Line<'t>)>, Error> {
    let mut heading = None;
    let mut lines = Vec::new();
    for line in content_lines(text) {
        if let Some(name) = line.text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            heading = Some(name);
        } else if let Some(class) = heading {
            lines.push((class, line));
        } else {
            let hint = "a line with the list's name in square brackets goes before its words";
            return Err(file.error(line, Mistake::with_hint("words that stand under no list", hint)));
        }
    }
    Ok(lines)
}

/// The entries of a line `VALUE: word, word`, or of a line of words where the list has no values.
fn read<'t>(file: DataFile<'_>, class: &'t str, line: Line<'_>, text: &'t str) -> Result<Vec<Entry<'t>>, Error> {
    let (value, words) = match (field_of(class), text.split_once(':')) {
        (None, None) => (0, text),
        (Some(_), None) => {
            return Err(file.error(line, Mistake::with_hint("no colon", "write: VALUE: word, word")));
        }
        (field, Some((value, words))) => {
            let value = value.trim();
            let parsed = field.map_or_else(|| value.parse().ok(), |field| field.parse(value));
            let choices = field.map_or_else(|| "numbers".to_string(), Field::choices);
            let mistake = || {
                Mistake::with_hint(format!("{value:?} is no value of [{class}]"), format!("the values are: {choices}"))
            };
            (parsed.ok_or_else(|| file.error(line, mistake()))?, words)
        }
    };
    let entry = |phrase| {
        let phrase = in_lower_case(phrase).map_err(|mistake| file.error(line, mistake))?;
        Ok(Entry { class, phrase, value })
    };
    phrases(words).map(entry).collect()
}

/// The field that a list's values are of: the one of its name, or of its singular ("weekdays"). [adverb] has units.
pub(super) fn field_of(class: &str) -> Option<Field> {
    let name = if class == "adverb" { "unit" } else { class };
    Field::named(name).or_else(|| Field::named(name.strip_suffix('s')?))
}

fn phrases(words: &str) -> impl Iterator<Item = &str> {
    words.split(',').map(str::trim).filter(|word| !word.is_empty())
}
