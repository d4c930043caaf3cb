//! Which issue is an object about?

use crate::data_file::entries;
use crate::pile::stems;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// An issue of the list.
pub(crate) struct CommonIssue {
    pub(crate) key: &'static str,
    pub(crate) name: &'static str,
    /// The stems of each term.
    terms: Vec<Vec<String>>,
}

/// The list of common issues.
pub(crate) fn common_issues() -> &'static [CommonIssue] {
    static ISSUES: LazyLock<Vec<CommonIssue>> = LazyLock::new(|| {
        let issue = |line: &'static str| {
            let mut fields = line.split('|').map(str::trim);
            let (key, name, terms) = (fields.next()?, fields.next()?, fields.next()?);
            Some(CommonIssue { key, name, terms: terms.split(',').map(stems).collect() })
        };
        entries(include_str!("../../data/issues.txt")).filter_map(issue).collect()
    });
    &ISSUES
}

/// A term of two words says for itself what something is about; a single word only where nothing says more.
const MIN_WEIGHT_BESIDE: usize = 4;

/// The common issues that `words` are about, as positions in the list: the one of which they have most first, then those
/// of which they have a term of several words.
pub(crate) fn issues_of(words: &BTreeSet<String>) -> Vec<usize> {
    let weight = |issue: &CommonIssue| -> usize {
        let there = issue.terms.iter().filter(|term| term.iter().all(|stem| words.contains(stem)));
        there.map(|term| term.len() * term.len()).sum()
    };
    let weights = common_issues().iter().map(weight).zip(0..).filter(|(weight, _)| *weight > 0);
    let mut weights: Vec<(Reverse<usize>, usize)> = weights.map(|(weight, idx)| (Reverse(weight), idx)).collect();
    weights.sort_unstable();
    let is_told = |n: usize, weight: usize| n == 0 || weight >= MIN_WEIGHT_BESIDE;
    let told = weights.into_iter().enumerate().filter(|(n, (Reverse(weight), _))| is_told(*n, *weight));
    told.map(|(_, (_, idx))| idx).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_an_issue_with_terms() {
        let lines = entries(include_str!("../../data/issues.txt")).count();
        let keys: BTreeSet<&str> = common_issues().iter().map(|issue| issue.key).collect();
        assert_eq!((lines, lines), (common_issues().len(), keys.len()));
        assert!(common_issues().iter().flat_map(|issue| &issue.terms).all(|term| !term.is_empty()));
    }

    #[test]
    fn an_object_belongs_to_the_issue_that_has_most_of_its_words() {
        let keys = |text: &str| -> Vec<&str> {
            issues_of(&stems(text).into_iter().collect()).into_iter().map(|idx| common_issues()[idx].key).collect()
        };
        assert_eq!(keys("a halt to any enlargement of the alliance"), ["alliance-enlargement"]);
        assert_eq!(keys("customs inspections at the river port")[0], "customs");
        let both = keys("a security guarantee and the withdrawal of troops");
        assert_eq!(both, ["troop-withdrawal", "guarantees"]);
        assert!(keys("the weather").is_empty());
    }
}
