//! Reads a role from a title, a description or the name of a body: "spokesman for the foreign ministry".

use crate::data_file::DataFile;
use crate::error::Error;
use crate::word_lists::{Names, WordLists};
use hashbrown::HashMap;

/// The lists of `data/roles.txt`.
#[derive(Debug)]
pub(crate) struct RoleWords {
    pub(crate) lists: WordLists,
    /// By the last word of phrases: the number of words of the longest.
    longest: HashMap<String, usize>,
}

impl RoleWords {
    pub(crate) fn parse(file: DataFile<'_>) -> Result<Self, Error> {
        let lists = WordLists::parse(file, Names::Open)?;
        let mut longest: HashMap<String, usize> = HashMap::new();
        for phrase in lists.words() {
            let n_words = phrase.split(' ').count().min(MAX_PHRASE);
            let last = phrase.rsplit(' ').next().unwrap_or(phrase);
            let known = longest.entry(last.to_string()).or_default();
            *known = n_words.max(*known);
        }
        Ok(RoleWords { lists, longest })
    }

    /// The number of words of the longest phrase that ends in `word` or its singular.
    fn longest(&self, word: &str) -> usize {
        let of = |word: &str| self.longest.get(word).copied().unwrap_or_default();
        singulars(word).map(|singular| of(&singular)).max().unwrap_or_default().max(of(word))
    }
}

/// What a description says of somebody.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Described {
    /// A role, in capitals.
    Role {
        role: String,
        is_former: bool,
    },
    /// A leader, a member or a spokesman of something that the words do not tell.
    Head {
        is_former: bool,
        is_staff: bool,
    },
    Unknown,
}

/// Longer descriptions are read as far as this.
const MAX_WORDS: usize = 24;
/// The longest phrase of the lists, in words.
const MAX_PHRASE: usize = 5;
/// Words after which a description says whose or which somebody is.
const LINKS: [&str; 6] = ["of", "for", "at", "from", "in", "with"];
/// Words that end what a description says of somebody.
const BREAKS: [&str; 5] = ["to", "on", "by", "who", "that"];
/// The role of private people, which no body has.
pub(super) const CIVILIAN: &str = "CVL";
/// A role has so many letters; lists with longer names have other uses.
const ROLE_LETTERS: usize = 3;

/// What `text` says. Its last word before "of" must be one for people or bodies: the police dog is no police.
pub(super) fn read(lists: &RoleWords, text: &str) -> Described {
    let text = text.to_lowercase();
    let words = words(&text);
    let mut segments = segments(&words);
    let Some(first) = segments.next() else { return Described::Unknown };
    let is_former = first.iter().any(|word| lists.lists.has("former", word));
    if let Some(role) = dominant(lists, first) {
        return Described::Role { role, is_former };
    }
    let mut reading = Reading { lists, fallback: None, has_head: false, is_staff: false };
    if let Some(role) = reading.segment(first, true) {
        return Described::Role { role, is_former };
    }
    if !reading.has_head {
        return Described::Unknown;
    }
    for segment in segments {
        let found = dominant(lists, segment).or_else(|| reading.segment(segment, false));
        if let Some(role) = found {
            return Described::Role { role, is_former };
        }
    }
    match reading.fallback {
        Some(role) => Described::Role { role, is_former },
        None => Described::Head { is_former, is_staff: reading.is_staff },
    }
}

/// The state, as the name of a list "only STATE" has it, that alone has such a title.
pub(super) fn only_state(lists: &RoleWords, title: &str) -> Option<String> {
    let title = title.to_lowercase();
    let words = words(&title);
    // "secretary of state for health" is another one's.
    if words.contains(&"for") {
        return None;
    }
    (1..=words.len()).find_map(|end| {
        let longest = lists.longest(words[end - 1]).min(end);
        (end - longest..end).find_map(|start| {
            let phrase = words[start..end].join(" ");
            lists.lists.lists_of(&phrase).find_map(|list| list.strip_prefix("only ")).map(str::to_uppercase)
        })
    })
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().map(bare).filter(|word| !word.is_empty()).take(MAX_WORDS).collect()
}

/// A word without marks around it and without the ending of a possessive.
fn bare(word: &str) -> &str {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word)
}

/// The description up to the first "of" or "for", then what follows each.
fn segments<'w, 't>(words: &'w [&'t str]) -> impl Iterator<Item = &'w [&'t str]> {
    let end = words.iter().position(|word| BREAKS.contains(word)).unwrap_or(words.len());
    words[..end].split(|word| LINKS.contains(word)).filter(|segment| !segment.is_empty())
}

/// The role of a word that decides wherever it stands.
fn dominant(lists: &RoleWords, segment: &[&str]) -> Option<String> {
    let word = segment.iter().find(|word| is_in(lists, "dominant", word))?;
    role_of(lists, word)
}

fn is_in(lists: &RoleWords, list: &str, phrase: &str) -> bool {
    lists.lists.has(list, phrase) || singulars(phrase).any(|singular| lists.lists.has(list, &singular))
}

/// The role that a phrase or its singular has in the lists.
fn role_of(lists: &RoleWords, phrase: &str) -> Option<String> {
    let of_list = |phrase: &str| {
        let mut roles = lists.lists.lists_of(phrase).filter(|list| list.len() == ROLE_LETTERS);
        roles.next().map(str::to_uppercase)
    };
    of_list(phrase).or_else(|| singulars(phrase).find_map(|singular| of_list(&singular)))
}

/// What a plural may be the plural of.
fn singulars(phrase: &str) -> impl Iterator<Item = String> {
    let endings = [("men", "man"), ("ies", "y"), ("es", ""), ("s", "")];
    endings.into_iter().filter_map(move |(plural, singular)| Some(phrase.strip_suffix(plural)?.to_string() + singular))
}

struct Reading<'l> {
    lists: &'l RoleWords,
    /// The role of the first head, should nothing else tell.
    fallback: Option<String>,
    has_head: bool,
    /// Whether the first head is one of a government, if it is a state's.
    is_staff: bool,
}

impl Reading<'_> {
    /// The role of a stretch without "of", from its last word back.
    fn segment(&mut self, words: &[&str], is_strict: bool) -> Option<String> {
        let mut end = words.len();
        while end > 0 {
            let is_last = end == words.len();
            let Some((length, is_head, role)) = self.phrase(&words[..end]) else {
                if is_last && is_strict {
                    return None;
                }
                end -= 1;
                continue;
            };
            // "the family company's team" are no civilians.
            if !is_head && !is_last && role.as_deref() == Some(CIVILIAN) {
                return None;
            }
            if !is_head {
                return role;
            }
            if !self.has_head {
                self.is_staff = is_in(self.lists, "staff", words[end - 1]);
            }
            self.has_head = true;
            self.fallback = self.fallback.take().or(role);
            end -= length;
        }
        None
    }

    /// The longest phrase of the lists at the end of `words`: its length, whether it is a head, its role.
    fn phrase(&self, words: &[&str]) -> Option<(usize, bool, Option<String>)> {
        let longest = words.last().map_or(0, |last| self.lists.longest(last));
        (1..=longest.min(words.len())).rev().find_map(|length| {
            let phrase = words[words.len() - length..].join(" ");
            let is_head = is_in(self.lists, "heads", &phrase);
            let role = role_of(self.lists, &phrase);
            (is_head || role.is_some()).then_some((length, is_head, role))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;

    fn told(text: &str) -> String {
        match read(&Knowledge::builtin().lexicon.roles, text) {
            Described::Role { role, is_former } => role + if is_former { " (former)" } else { "" },
            Described::Head { .. } => "head".into(),
            Described::Unknown => String::new(),
        }
    }

    #[test]
    fn descriptions_tell_roles() {
        for (text, role) in [
            ("deputy foreign minister", "GOV"),
            ("two senior foreign ministry spokesmen", "GOV"),
            ("head of the supreme court", "JUD"),
            ("a military court", "JUD"),
            ("army chief", "MIL"),
            ("police commander", "COP"),
            ("rebel commander", "REB"),
            ("opposition lawmakers", "OPP"),
            ("leader of the opposition", "OPP"),
            ("the party's leader", "PTY"),
            ("union leaders", "LAB"),
            ("chief executive", "BUS"),
            ("president", "GOV"),
            ("president of the bank", "BUS"),
            ("professor of law at the university", "EDU"),
            ("former judge", "JUD (former)"),
            ("spokeswoman for the refugees", "REF"),
            ("member of parliament", "LEG"),
            ("policemen", "COP"),
            ("one senior official", "head"),
            ("her team of negotiators", "GOV"),
            ("the military alliance", "IGO"),
            ("other states", ""),
            ("a critic of the government", ""),
            ("the police dog", ""),
            ("", ""),
        ] {
            assert_eq!(told(text), role, "{text}");
        }
    }

    #[test]
    fn some_titles_are_of_one_state() {
        let state = |title| only_state(&Knowledge::builtin().lexicon.roles, title);
        assert_eq!(state("former deputy secretary of state").as_deref(), Some("USA"));
        assert_eq!(state("secretary of state for health"), None);
        assert_eq!(state("foreign minister"), None);
    }

    #[test]
    fn a_word_has_one_role() {
        let roles = &Knowledge::builtin().lexicon.roles;
        let others = ["heads", "staff", "dominant", "former"];
        let is_known = |name: &str| name.len() == ROLE_LETTERS || name.starts_with("only ") || others.contains(&name);
        assert!(roles.lists.names().all(is_known));
        let text = include_str!("../../data/roles.txt");
        for word in text.lines().filter(|line| !line.starts_with(['#', '['])).flat_map(|line| line.split(',')) {
            let of_roles = roles.lists.lists_of(word.trim()).filter(|name| name.len() == ROLE_LETTERS);
            assert!(of_roles.count() <= 1, "{word} has two roles");
            assert!(word.split_whitespace().count() <= MAX_PHRASE, "{word} is too long to be found");
        }
    }
}
