//! Names of states and organisations that are known beforehand: the tables `data/states.txt` and
//! `data/organisations.txt`.

use crate::analysis::TokenRange;
use crate::word_lists::content_lines;
use rapporteur_model::ActorKind;
use rapporteur_text::Document;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a known name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Known<'k> {
    pub(crate) key: &'k str,
    pub(crate) kind: ActorKind,
    pub(crate) sort: NameSort,
    /// The name of the table's second field; of a state that no table has, the name in the article.
    pub(crate) name: &'k str,
}

/// How a known name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameSort {
    Name,
    /// A seat of government: "the Kremlin". It stands for its state wherever it is named.
    Seat,
    /// A city, which is its government only where it speaks or acts.
    City,
    /// An adjective or a people's name: "Norwegian".
    Adjective,
}

/// The known names by their first word.
pub(crate) struct Gazetteer {
    by_first_word: HashMap<&'static str, Vec<(&'static str, Known<'static>)>>,
    by_key: HashMap<&'static str, Known<'static>>,
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::parse().expect("a test checks the data files"));

impl Gazetteer {
    /// The tables that are built in.
    pub(crate) fn get() -> &'static Gazetteer {
        &GAZETTEER
    }

    fn parse() -> Result<Self, String> {
        let mut gazetteer = Gazetteer { by_first_word: HashMap::new(), by_key: HashMap::new() };
        for line in content_lines(include_str!("../data/states.txt")) {
            let fields: Vec<&'static str> = line.split(';').map(str::trim).collect();
            let [key, name, others, cities, adjectives, seats] = fields[..] else {
                return Err(format!("not six fields: {line:?}"));
            };
            let known = |sort| Known { key, kind: ActorKind::State, sort, name };
            gazetteer.insert_key(known(NameSort::Name))?;
            for list in [name, others] {
                gazetteer.insert_all(list, known(NameSort::Name));
            }
            gazetteer.insert_all(seats, known(NameSort::Seat));
            gazetteer.insert_all(cities, known(NameSort::City));
            gazetteer.insert_all(adjectives, known(NameSort::Adjective));
        }
        for line in content_lines(include_str!("../data/organisations.txt")) {
            let fields: Vec<&'static str> = line.split(';').map(str::trim).collect();
            let [key, name, others] = fields[..] else { return Err(format!("not three fields: {line:?}")) };
            let known = |sort| Known { key, kind: ActorKind::Organisation, sort, name };
            gazetteer.insert_key(known(NameSort::Name))?;
            gazetteer.insert_all(name, known(NameSort::Name));
            for other in others.split(',').map(str::trim) {
                match other.strip_prefix('@') {
                    Some(city) => gazetteer.insert_all(city, known(NameSort::City)),
                    None => gazetteer.insert_all(other, known(NameSort::Name)),
                }
            }
        }
        for names in gazetteer.by_first_word.values_mut() {
            names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        }
        Ok(gazetteer)
    }

    fn insert_key(&mut self, known: Known<'static>) -> Result<(), String> {
        match self.by_key.insert(known.key, known) {
            Some(other) => Err(format!("key {:?} stands for {:?} and {:?}", known.key, other.name, known.name)),
            None => Ok(()),
        }
    }

    /// Adds a comma-separated list of names; the first meaning of a name holds.
    fn insert_all(&mut self, list: &'static str, known: Known<'static>) {
        for name in list.split(',').map(str::trim) {
            let name = name.strip_prefix("the ").unwrap_or(name);
            let names = self.by_first_word.entry(first_word(name)).or_default();
            if !name.is_empty() && !names.iter().any(|(other, _)| *other == name) {
                names.push((name, known));
            }
        }
    }

    /// The longest known name that starts at the token, with the tokens that it covers.
    pub(crate) fn name_at(&self, doc: &Document, token_idx: usize) -> Option<(TokenRange, Known<'static>)> {
        first_words(doc.token(token_idx).text()).find_map(|word| {
            let names = self.by_first_word.get(word)?;
            names.iter().find_map(|&(name, known)| Some((match_name(doc, token_idx, name, known.sort)?, known)))
        })
    }

    /// What a key stands for.
    pub(crate) fn by_key(&self, key: &str) -> Option<Known<'static>> {
        self.by_key.get(key).copied()
    }
}

/// The tokens from `token_idx` on that `name` covers, an adjective also in the plural; `None` where the
/// text goes on otherwise.
pub(crate) fn match_name(doc: &Document, token_idx: usize, name: &str, sort: NameSort) -> Option<TokenRange> {
    let start = doc.token(token_idx).span().start as usize;
    let rest = &doc.text()[start..];
    let plural = if sort == NameSort::Adjective { "s" } else { "" };
    let written = rest.strip_prefix(name)?;
    let written = if written.starts_with(char::is_alphanumeric) { written.strip_prefix(plural)? } else { written };
    let end = start + (rest.len() - written.len());
    let mut last = token_idx;
    while (doc.token(last).span().end as usize) < end {
        last += 1;
    }
    let is_whole = doc.token(last).span().end as usize == end && !written.starts_with(char::is_alphanumeric);
    is_whole.then_some(TokenRange::new(token_idx, last + 1))
}

/// What the first word of a name may be where the text has `word`: the word itself, or its singular.
pub(crate) fn first_words(word: &str) -> impl Iterator<Item = &str> {
    let word = first_word(word);
    [Some(word), word.strip_suffix('s')].into_iter().flatten()
}

/// The letters and digits that a name begins with.
pub(crate) fn first_word(name: &str) -> &str {
    name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_well_formed() {
        let gazetteer = Gazetteer::parse().unwrap();
        let n_states = gazetteer.by_key.values().filter(|known| known.kind == ActorKind::State).count();
        assert!(n_states >= 193, "{n_states} states");
        assert!(gazetteer.by_key.keys().all(|key| key.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())));
        assert_eq!(gazetteer.by_key("NOR").unwrap().name, "Norway");
    }

    #[test]
    fn a_name_has_one_meaning() {
        let gazetteer = Gazetteer::parse().unwrap();
        for (word, names) in &gazetteer.by_first_word {
            let mut texts: Vec<_> = names.iter().map(|(name, _)| name).collect();
            texts.sort_unstable();
            texts.dedup();
            assert_eq!(texts.len(), names.len(), "{word}");
        }
    }
}
