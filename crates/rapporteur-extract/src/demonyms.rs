//! How names of states and their adjectives are built on each other: "Fiji", "Fijian".

use crate::data_file::DataFile;
use crate::error::{Error, Mistake};
use std::collections::BTreeSet;

/// The endings of `data/demonyms.txt`.
#[derive(Debug)]
pub(crate) struct Demonyms {
    /// The ending of a name and what takes its place in the adjective.
    rules: Vec<(String, String)>,
    /// The endings of adjectives, the longest first.
    endings: Vec<String>,
}

/// Fewer letters of a name do not tell it from others.
const MIN_STEM_LETTERS: usize = 3;
/// Endings of names that are longer make a state's name out of a people's: "-land", "-stan".
const MAX_PLAIN_ENDING: usize = 2;

impl Demonyms {
    pub(crate) fn parse(file: DataFile<'_>) -> Result<Self, Error> {
        let entries = file.entries(|line| {
            let fields = line.split_once(':').map(|(name, adjectives)| (name.trim_end(), adjectives));
            fields.ok_or_else(|| Mistake::with_hint("no colon", "write: ending of names: endings of adjectives"))
        })?;
        let mut rules = Vec::new();
        for entry in entries {
            let name = if entry.word == "-" { "" } else { entry.word };
            let adjectives = entry.value.split(',').map(str::trim);
            rules.extend(adjectives.map(|adjective| (name.to_string(), adjective.to_string())));
        }
        // "Norlandic" keeps the ending that makes a state's name of a people's, and loses it with that.
        let keeps_name = |name: &str, adjective: &str| name.len() > MAX_PLAIN_ENDING && adjective.starts_with(name);
        let plain = rules.iter().filter(|(name, adjective)| !adjective.is_empty() && !keeps_name(name, adjective));
        let plain: BTreeSet<&String> = plain.map(|(_, adjective)| adjective).collect();
        let mut endings: Vec<String> = plain.into_iter().cloned().collect();
        endings.sort_by_key(|ending| std::cmp::Reverse(ending.len()));
        Ok(Demonyms { rules, endings })
    }

    /// The names from which `adjective` may be built.
    pub(crate) fn names_of(&self, adjective: &str) -> impl Iterator<Item = String> {
        self.rules.iter().filter_map(move |(name, ending)| {
            let stem = adjective.strip_suffix(ending.as_str())?;
            let name = format!("{stem}{name}");
            (stem.chars().count() >= MIN_STEM_LETTERS && name != adjective).then_some(name)
        })
    }

    fn without_ending<'w>(&self, adjective: &'w str) -> &'w str {
        let stems = self.endings.iter().filter_map(|ending| adjective.strip_suffix(ending.as_str()));
        stems.into_iter().find(|stem| stem.chars().count() >= MIN_STEM_LETTERS).unwrap_or(adjective)
    }

    /// Whether a word shows by its ending alone that it may be a state's adjective; one letter is too little.
    pub(crate) fn is_telling(&self, adjective: &str) -> bool {
        self.endings.iter().any(|ending| ending.len() > 1 && adjective.ends_with(ending))
    }

    /// The key of the state with this name. Its adjectives have the same, so that articles agree on it that
    /// know only the one or the other.
    pub(crate) fn key_of_name(&self, name: &str) -> String {
        format!("state:{}", self.stem(&folded(name)))
    }

    /// The key of the state with this adjective.
    pub(crate) fn key_of_adjective(&self, adjective: &str) -> String {
        format!("state:{}", self.stem(self.without_ending(&folded(adjective))))
    }

    fn stem(&self, word: &str) -> String {
        let is_long = |stem: &str| stem.chars().count() >= MIN_STEM_LETTERS;
        let bare = self
            .rules
            .iter()
            .filter(|(ending, _)| ending.len() > MAX_PLAIN_ENDING)
            .filter_map(|(ending, _)| word.strip_suffix(ending.as_str()).filter(|stem| is_long(stem)))
            .min_by_key(|stem| stem.len());
        let bare = bare.unwrap_or(word);
        let stem = bare.trim_end_matches(['a', 'e', 'i', 'o', 'u', 'y']);
        if is_long(stem) { stem.to_string() } else { bare.to_string() }
    }
}

fn folded(name: &str) -> String {
    let words =
        name.split_whitespace().map(|word| word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase));
    words.map(String::from_iter).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use crate::Knowledge;

    #[test]
    fn a_name_and_its_adjective_have_one_key() {
        let demonyms = &Knowledge::builtin().demonyms;
        for (name, adjective) in [
            ("Fiji", "Fijian"),
            ("Norland", "Norish"),
            ("Norland", "Norlandic"),
            ("Sundara", "Sundaran"),
            ("Sundaria", "Sundarian"),
            ("Molv", "Molvian"),
            ("Tolo", "Tolese"),
            ("Kalvan", "Kalvanese"),
            ("Orlea", "Orlean"),
            ("Uzbekistan", "Uzbekistani"),
            ("Bevy", "Bevian"),
        ] {
            assert!(demonyms.names_of(adjective).any(|built| built == name), "{name} from {adjective}");
            assert_eq!(demonyms.key_of_name(name), demonyms.key_of_adjective(adjective), "{name}, {adjective}");
        }
        assert_eq!(demonyms.key_of_name("Upper Molv"), "state:upper-molv");
    }

    #[test]
    fn short_words_are_built_on_nothing() {
        let demonyms = &Knowledge::builtin().demonyms;
        assert!(demonyms.names_of("Man").all(|name| name.starts_with("Man")));
        assert!(demonyms.is_telling("Molvian") && !demonyms.is_telling("Molvi"));
    }
}
