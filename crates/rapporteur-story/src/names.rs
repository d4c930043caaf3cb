//! Names made comparable: without case, accents, honorifics and the accidents of transliteration.

use crate::data_file::section_lines;
use hashbrown::{HashMap, HashSet};
use std::sync::LazyLock;

/// A person's name taken apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PersonName {
    /// Given names in their first known form; an initial is one letter. Empty for a family name that
    /// stands alone.
    pub(crate) given: Vec<String>,
    /// The family name, in comparable spelling.
    pub(crate) family: String,
}

impl PersonName {
    /// Takes a name apart; `None` where nothing of it is left.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        let (given, family) = given_and_family_words(name)?;
        let family = family.iter().map(|token| spelling(token)).collect();
        let given = given.iter().map(|token| given_name(token)).collect();
        Some(PersonName { given, family })
    }

    /// Whether the first given name is written out.
    pub(crate) fn is_full(&self) -> bool {
        self.given.first().is_some_and(|given| given.chars().count() > 1)
    }

    /// Whether the name is the end of `longer`, with nothing but words before it that are neither given
    /// names nor initials.
    pub(crate) fn is_end_of(&self, longer: &PersonName) -> bool {
        let is_debris = |word: &String| word.chars().count() > 1 && !is_given_name(word);
        let before = longer.given.strip_suffix(self.given.as_slice());
        self.family == longer.family
            && self.is_full()
            && before.is_some_and(|before| !before.is_empty() && before.iter().all(is_debris))
    }

    /// Given names after the first that are written out.
    pub(crate) fn middle(&self) -> String {
        let written_out = self.given.iter().skip(1).filter(|given| given.chars().count() > 1);
        written_out.map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

/// The folded words of a name, given names and family name, without honorifics; `None` where nothing is left.
fn given_and_family_words(name: &str) -> Option<(Vec<String>, Vec<String>)> {
    let words = lists();
    let mut tokens: Vec<String> = name.split_whitespace().map(fold).filter(|token| !token.is_empty()).collect();
    while tokens.len() > 1 && words.honorifics.contains(tokens[0].as_str()) {
        tokens.remove(0);
    }
    while tokens.len() > 1 && words.suffixes.contains(tokens[tokens.len() - 1].as_str()) {
        tokens.pop();
    }
    let last = tokens.len().checked_sub(1)?;
    // A particle as the only word before the family name is part of it as well.
    let is_particle = |idx: &usize| words.particles.contains(tokens[*idx].as_str());
    let family_start = (0..last).find(is_particle).unwrap_or(last);
    let family = tokens.split_off(family_start);
    Some((tokens, family))
}

/// The first given name and the family name of a person, in the spelling of this one place.
pub(crate) fn given_and_family(name: &str) -> (String, String) {
    let (given, family) = given_and_family_words(name).unwrap_or_default();
    (given.into_iter().next().unwrap_or_default(), family.concat())
}

/// Lower case, without accents and marks; the possessive ending goes too.
pub(crate) fn fold(word: &str) -> String {
    let lists = lists();
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    let mut folded = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        match lists.letters.get(&c) {
            Some(plain) => folded.push_str(plain),
            None if c.is_alphanumeric() => folded.push(c),
            None => {}
        }
    }
    folded
}

/// A name of anything but a person: its words folded, without a leading article.
pub(crate) fn fold_name(name: &str) -> String {
    let words: Vec<String> =
        name.split([' ', '-', '\u{a0}', '\n', '\t']).map(fold).filter(|word| !word.is_empty()).collect();
    let rest = if words.len() > 1 && words[0] == "the" { &words[1..] } else { &words[..] };
    rest.join(" ")
}

/// The spelling that names of one sound share, for a folded word. Short words keep their spelling:
/// too little would be left of them.
fn spelling(word: &str) -> String {
    if word.chars().count() < MIN_RESPELLED_LETTERS {
        return word.to_string();
    }
    let mut word = word.to_string();
    for (written, becomes) in &lists().spellings {
        match written.strip_suffix('$') {
            Some(ending) => {
                if let Some(stem) = word.strip_suffix(ending) {
                    word = format!("{stem}{becomes}");
                }
            }
            None if word.contains(written) => word = word.replace(written, becomes),
            None => {}
        }
    }
    let mut single = String::with_capacity(word.len());
    for c in word.chars() {
        if !single.ends_with(c) {
            single.push(c);
        }
    }
    single
}

/// "Xi", "Li", "Lee", "Roy" differ by the letters that would be changed.
const MIN_RESPELLED_LETTERS: usize = 4;

/// The first form on the name's line in the data, or its own spelling.
fn given_name(word: &str) -> String {
    match lists().given_names.get(word) {
        Some(first) => (*first).to_string(),
        None => spelling(word),
    }
}

/// Whether the word, as written, is a known given name.
pub(crate) fn is_given_name(word: &str) -> bool {
    lists().given_names.contains_key(fold(word).as_str())
}

/// Whether `a` and `b` differ in one letter: replaced, missing, or two that changed places.
pub(crate) fn is_misspelling(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let start = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let rest = |n_short: usize, n_long: usize| {
        short.get(start + n_short..).is_some_and(|s| long.get(start + n_long..).is_some_and(|l| s == l))
    };
    let is_swapped = || {
        let pair = |letters: &[char]| Some((*letters.get(start)?, *letters.get(start + 1)?));
        pair(short).is_some_and(|(x, y)| pair(long) == Some((y, x))) && rest(2, 2)
    };
    a != b && (rest(0, 1) || rest(1, 1) || is_swapped())
}

struct Lists {
    letters: HashMap<char, &'static str>,
    spellings: Vec<(&'static str, &'static str)>,
    honorifics: HashSet<&'static str>,
    suffixes: HashSet<&'static str>,
    particles: HashSet<&'static str>,
    given_names: HashMap<&'static str, &'static str>,
}

fn lists() -> &'static Lists {
    static LISTS: LazyLock<Lists> = LazyLock::new(|| {
        let letters = include_str!("../data/letters.txt");
        let names = include_str!("../data/names.txt");
        let first_and_rest = |line: &'static str| line.split_once(' ');
        Lists {
            letters: section_lines(letters, "letters")
                .filter_map(first_and_rest)
                .flat_map(|(plain, marked)| marked.chars().map(move |c| (c, plain)))
                .collect(),
            spellings: section_lines(letters, "spellings").filter_map(first_and_rest).collect(),
            honorifics: section_lines(names, "honorifics").collect(),
            suffixes: section_lines(names, "suffixes").collect(),
            particles: section_lines(names, "particles").collect(),
            given_names: section_lines(names, "given names")
                .flat_map(|line| {
                    line.split_whitespace().map(move |form| (form, line.split_whitespace().next().unwrap_or(form)))
                })
                .collect(),
        }
    });
    &LISTS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(name: &str) -> PersonName {
        PersonName::parse(name).unwrap()
    }

    #[test]
    fn one_name_in_several_spellings_is_one() {
        for (a, b) in [
            ("Sergey Karlovsky", "Sergei Karlovskiy"),
            ("Serguei Karlovski", "Mr. Sergej Karlovskyy"),
            ("Yuri Zhilin", "Yuriy Jilin"),
            ("Mikhail Kharov", "Mikhail Harov"),
            ("José Muñoz", "Jose Munoz"),
            ("Oleksandr Dubrov", "Alexander Dubroff"),
            ("Anthony Ashworth", "Tony Ashworth’s"),
            ("Dr. Ursula von der Amber", "Ursula von der Amber Jr."),
        ] {
            assert_eq!(parse(a), parse(b), "{a} / {b}");
        }
    }

    #[test]
    fn different_names_stay_different() {
        for (a, b) in [("Marta Ilves", "Mart Ilves"), ("Li Roe", "Lee Roe"), ("Oren Vale", "Oren Dale"), ("Xi", "Ksi")]
        {
            assert_ne!(parse(a), parse(b), "{a} / {b}");
        }
    }

    #[test]
    fn names_are_taken_apart() {
        let name = parse("Sergei A. Karlovsky");
        assert_eq!(
            (name.given.as_slice(), name.middle().as_str()),
            (["sergei".to_string(), "a".to_string()].as_slice(), "")
        );
        assert!(name.is_full() && !parse("S. Karlovsky").is_full() && !parse("Karlovsky").is_full());
        assert_eq!(parse("von der Amber").given.len(), 0);
        assert_eq!(PersonName::parse(" — "), None);
        assert_eq!(fold_name("The Amber-Council’s"), "amber council");
    }

    #[test]
    fn one_wrong_letter_is_a_misspelling() {
        for (a, b) in [("blenkin", "blnkin"), ("karlov", "karlev"), ("karlov", "kralov"), ("karlov", "karlova")] {
            assert!(is_misspelling(a, b) && is_misspelling(b, a), "{a} / {b}");
        }
        for (a, b) in [("karlov", "karlov"), ("karlov", "krlav"), ("karlov", "karlovas"), ("abcd", "badc"), ("", "ab")]
        {
            assert!(!is_misspelling(a, b) && !is_misspelling(b, a), "{a} / {b}");
        }
    }

    #[test]
    fn no_given_name_stands_on_two_lines() {
        let forms: Vec<&str> =
            section_lines(include_str!("../data/names.txt"), "given names").flat_map(str::split_whitespace).collect();
        let distinct: HashSet<&&str> = forms.iter().collect();
        assert_eq!(distinct.len(), forms.len());
        assert!(forms.len() > 200);
    }
}
