//! Which issue is an object about?

use crate::stems::{Stem, StemSet, Stems, stems};
use hashbrown::HashMap;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

/// The built-in list.
const FILE: (&str, &str) = ("issues.txt", include_str!("../../data/issues.txt"));

/// The list of common issues: what parties take stances on in most negotiations and crises.
///
/// ```
/// use rapporteur_story::Issues;
///
/// let own = "grain-transit | transit of grain | grain transit, export corridor\n- customs";
/// assert!(Issues::extended(own).is_ok());
/// let error = Issues::extended("grain-transit | transit of grain").unwrap_err();
/// assert_eq!((error.line(), error.to_string().as_str()), (1, "issues.txt:1: not three fields between bars"));
/// ```
#[derive(Debug, Clone)]
pub struct Issues {
    issues: Vec<CommonIssue>,
}

/// An issue of the list.
#[derive(Debug, Clone)]
pub(crate) struct CommonIssue {
    pub(crate) key: String,
    pub(crate) name: String,
    /// The stems of each term.
    terms: Vec<Vec<String>>,
}

/// A line of a list of issues that is not as the file's head tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuesError {
    line: usize,
    message: String,
}

impl IssuesError {
    /// The line, counted from one.
    pub fn line(&self) -> usize {
        self.line
    }

    /// What is wrong with it, as a lowercase fragment.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// How to mend it.
    pub fn hint(&self) -> &'static str {
        "write: key | name | terms between commas; or `- key` to take an issue out"
    }
}

impl fmt::Display for IssuesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", FILE.0, self.line, self.message)
    }
}

impl std::error::Error for IssuesError {}

/// A term of two words says for itself what something is about; a single word only where nothing says more.
const MIN_WEIGHT_BESIDE: usize = 4;

impl Issues {
    /// What is built in.
    ///
    /// # Panics
    /// Never: a test reads the built-in list.
    pub fn builtin() -> &'static Issues {
        static BUILTIN: LazyLock<Issues> = LazyLock::new(|| Issues::extended("").expect("a test checks the list"));
        &BUILTIN
    }

    /// The name and the text of the built-in list, whose head tells how it is written.
    pub fn file() -> (&'static str, &'static str) {
        FILE
    }

    /// What is built in, and what a list of a user makes of it: its issues are added, one of a key that is there takes
    /// the other's place, and a line `- KEY` takes one out.
    ///
    /// # Errors
    /// If a line is not as the head of the built-in list tells.
    pub fn extended(own: &str) -> Result<Issues, IssuesError> {
        let mut list = Issues { issues: Vec::new() };
        list.add(FILE.1)?;
        list.add(own)?;
        Ok(list)
    }

    fn add(&mut self, text: &str) -> Result<(), IssuesError> {
        for (n, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let error = |message: String| IssuesError { line: n + 1, message };
            if let Some(key) = line.strip_prefix("- ") {
                let idx = self.issues.iter().position(|issue| issue.key == key.trim());
                let idx = idx.ok_or_else(|| error(format!("no issue has the key {:?}", key.trim())))?;
                self.issues.remove(idx);
                continue;
            }
            let fields: Vec<&str> = line.split('|').map(str::trim).collect();
            let [key, name, terms] = fields[..] else {
                return Err(error("not three fields between bars".to_string()));
            };
            let terms: Vec<Vec<String>> = terms.split(',').map(stems).collect();
            if key.is_empty() || name.is_empty() || terms.iter().any(Vec::is_empty) {
                return Err(error("a key, a name or a term is empty".to_string()));
            }
            let issue = CommonIssue { key: key.to_string(), name: name.to_string(), terms };
            match self.issues.iter_mut().find(|known| known.key == key) {
                Some(known) => *known = issue,
                None => self.issues.push(issue),
            }
        }
        Ok(())
    }
}

/// The list of common issues, by the stems of a pile.
pub(crate) struct PileIssues<'a> {
    list: &'a Issues,
    /// For each stem the terms that begin with it: their issue, as a position in the list, and all their stems.
    by_first: HashMap<Stem, Vec<(usize, Vec<Stem>)>>,
}

impl<'a> PileIssues<'a> {
    pub(crate) fn of(list: &'a Issues, stems: &Stems) -> Self {
        let mut by_first: HashMap<Stem, Vec<(usize, Vec<Stem>)>> = HashMap::new();
        for (idx, issue) in list.issues.iter().enumerate() {
            for term in &issue.terms {
                let term: Vec<Stem> = term.iter().map(|stem| stems.named(stem)).collect();
                if let Some(first) = term.first() {
                    by_first.entry(*first).or_default().push((idx, term));
                }
            }
        }
        PileIssues { list, by_first }
    }

    /// An issue of the list.
    pub(crate) fn get(&self, idx: usize) -> &'a CommonIssue {
        &self.list.issues[idx]
    }

    /// The common issues that `words` are about, as positions in the list: the one of which they have most first, then
    /// those of which they have a term of several words.
    pub(crate) fn about(&self, words: &StemSet) -> Vec<usize> {
        let mut weights: BTreeMap<usize, usize> = BTreeMap::new();
        for (idx, term) in words.iter().filter_map(|stem| self.by_first.get(&stem)).flatten() {
            if term.iter().all(|stem| words.contains(*stem)) {
                *weights.entry(*idx).or_default() += term.len() * term.len();
            }
        }
        let mut weights: Vec<(Reverse<usize>, usize)> =
            weights.into_iter().map(|(idx, weight)| (Reverse(weight), idx)).collect();
        weights.sort_unstable();
        let is_told = |n: usize, weight: usize| n == 0 || weight >= MIN_WEIGHT_BESIDE;
        let told = weights.into_iter().enumerate().filter(|(n, (Reverse(weight), _))| is_told(*n, *weight));
        told.map(|(_, (_, idx))| idx).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys<'i>(issues: &'i Issues, text: &str) -> Vec<&'i str> {
        let stems = Stems::default();
        let of_pile = PileIssues::of(issues, &stems);
        of_pile.about(&stems.set_of(text)).into_iter().map(|idx| of_pile.get(idx).key.as_str()).collect()
    }

    #[test]
    fn every_line_of_the_list_is_an_issue_of_its_own() {
        let lines = FILE.1.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')).count();
        assert_eq!(Issues::builtin().issues.len(), lines);
    }

    #[test]
    fn an_object_belongs_to_the_issue_that_has_most_of_its_words() {
        let issues = Issues::builtin();
        assert_eq!(keys(issues, "a halt to any enlargement of the alliance"), ["alliance-enlargement"]);
        assert_eq!(keys(issues, "customs inspections at the river port")[0], "customs");
        assert_eq!(
            keys(issues, "a security guarantee and the withdrawal of troops"),
            ["troop-withdrawal", "guarantees"]
        );
        assert!(keys(issues, "the weather").is_empty());
    }

    #[test]
    fn a_list_of_ones_own_adds_replaces_and_removes() {
        let own =
            Issues::extended("# mine\nweather | the weather | weather\ncustoms | tolls | toll\n- guarantees").unwrap();
        assert_eq!(keys(&own, "the weather"), ["weather"]);
        assert!(keys(&own, "customs inspections").iter().all(|key| *key != "customs"));
        assert_eq!(keys(&own, "the toll"), ["customs"]);
        assert_eq!(keys(&own, "a security guarantee and the withdrawal of troops"), ["troop-withdrawal"]);
        for (text, message) in [
            ("- nothing", "issues.txt:1: no issue has the key \"nothing\""),
            ("\na | b", "issues.txt:2: not three fields between bars"),
            ("a | b | the", "issues.txt:1: a key, a name or a term is empty"),
        ] {
            assert_eq!(Issues::extended(text).unwrap_err().to_string(), message);
        }
    }
}
