//! The rule lemmatizer of English: suffix rules checked against an index, with exceptions.

use crate::error::Error;
use crate::folder::msgpack::{self, Access};
use crate::hash::StringId;
use crate::unicode;
use hashbrown::{HashMap, HashSet};
use rmpv::ValueRef;

/// A loaded lemmatizer.
#[derive(Debug)]
pub(crate) struct Lemmatizer {
    /// Tables by the id of the part of speech in lower case.
    tables: HashMap<u64, Table>,
}

/// The tables of one part of speech.
#[derive(Debug, Default)]
struct Table {
    index: HashSet<Box<str>>,
    exceptions: HashMap<Box<str>, Vec<Box<str>>>,
    /// Ending, and what replaces it.
    rules: Vec<(Box<str>, Box<str>)>,
}

impl Lemmatizer {
    /// Reads `lemmatizer/lookups/lookups.bin`.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let file = msgpack::decode(bytes)?;
        let mut tables: HashMap<u64, Table> = HashMap::new();
        let by_pos = |name: &str| file.require(name).and_then(Access::pairs);
        for (pos, rules) in by_pos("lemma_rules")? {
            let pair = |rule: &ValueRef<'_>| match rule.items()? {
                [old, new] => Ok((old.string()?.into(), new.string()?.into())),
                _ => Err(Error::corrupt("a lemma rule that is not a pair")),
            };
            tables.entry(pos.number()?).or_default().rules =
                rules.items()?.iter().map(pair).collect::<Result<_, Error>>()?;
        }
        for (pos, forms) in by_pos("lemma_exc")? {
            let entry = |(form, lemmas): &(ValueRef<'_>, ValueRef<'_>)| {
                let lemmas = lemmas.items()?.iter().map(|lemma| lemma.string().map(Box::from));
                Ok((form.string()?.into(), lemmas.collect::<Result<_, Error>>()?))
            };
            tables.entry(pos.number()?).or_default().exceptions =
                forms.pairs()?.iter().map(entry).collect::<Result<_, Error>>()?;
        }
        for (pos, words) in by_pos("lemma_index")? {
            let words = words.items()?.iter().map(|word| word.string().map(Box::from));
            tables.entry(pos.number()?).or_default().index = words.collect::<Result<_, Error>>()?;
        }
        tables.retain(|_, table| !(table.index.is_empty() && table.exceptions.is_empty() && table.rules.is_empty()));
        Ok(Lemmatizer { tables })
    }

    /// The base form of a token with the given universal part of speech and morphology.
    pub(crate) fn lemmatize(&self, text: &str, pos: &str, morph: &str) -> String {
        let lower = unicode::lowercase(text);
        let pos = pos.to_lowercase();
        if matches!(pos.as_str(), "" | "eol" | "space") || is_base_form(&pos, morph) {
            return lower;
        }
        let Some(table) = self.tables.get(&StringId::of(&pos).0) else {
            return if pos == "propn" { text.to_string() } else { lower };
        };
        table.lemmatize(text, &lower)
    }
}

impl Table {
    fn lemmatize(&self, text: &str, lower: &str) -> String {
        // The file's rules and exceptions each go to the front: what is found last is taken.
        let mut front: Vec<String> = Vec::new();
        let mut back: Vec<String> = Vec::new();
        let mut unknown = None;
        for (old, new) in &self.rules {
            let Some(stem) = lower.strip_suffix(&**old) else { continue };
            let form = format!("{stem}{new}");
            if form.is_empty() {
                continue;
            }
            if self.index.contains(form.as_str()) {
                front.push(form);
            } else if !form.chars().all(unicode::is_alpha) {
                back.push(form);
            } else {
                unknown.get_or_insert(form);
            }
        }
        let known = |form: &str| front.iter().chain(&back).any(|other| other == form);
        let exceptions = self.exceptions.get(lower).map_or(&[][..], Vec::as_slice);
        let is_new = |&n: &usize| !known(&exceptions[n]) && !exceptions[..n].contains(&exceptions[n]);
        if let Some(n) = (0..exceptions.len()).rev().find(is_new) {
            return exceptions[n].to_string();
        }
        let first = front.pop().or_else(|| (!back.is_empty()).then(|| back.remove(0)));
        first.or(unknown).unwrap_or_else(|| text.to_string())
    }
}

/// Whether the morphology says that the form is a base form.
fn is_base_form(pos: &str, morph: &str) -> bool {
    let value = |field: &str| morph.split('|').find_map(|feature| feature.strip_prefix(field)?.strip_prefix('='));
    let verb_form = value("VerbForm");
    let by_pos = match pos {
        "noun" => value("Number") == Some("Sing"),
        "verb" => {
            verb_form == Some("Inf")
                || (verb_form == Some("Fin") && value("Tense") == Some("Pres") && value("Number").is_none())
        }
        _ => false,
    };
    by_pos || matches!(verb_form, Some("Inf" | "None")) || value("Degree") == Some("Pos")
}
