//! Which issue is an object about?

use crate::data_file::entries;
use crate::pile::stems;
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

/// The common issue of which `words` have most, as a position in the list.
pub(crate) fn common_issue(words: &BTreeSet<String>) -> Option<usize> {
    let weight = |issue: &CommonIssue| -> usize {
        let there = issue.terms.iter().filter(|term| term.iter().all(|stem| words.contains(stem)));
        there.map(|term| term.len() * term.len()).sum()
    };
    let weights = common_issues().iter().map(weight).enumerate().filter(|(_, weight)| *weight > 0);
    weights.max_by_key(|(idx, weight)| (*weight, std::cmp::Reverse(*idx))).map(|(idx, _)| idx)
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
        let key = |text: &str| common_issue(&stems(text).into_iter().collect()).map(|idx| common_issues()[idx].key);
        assert_eq!(key("a halt to any enlargement of the alliance"), Some("alliance-enlargement"));
        assert_eq!(key("customs inspections at the river port"), Some("customs"));
        assert_eq!(key("the weather"), None);
    }
}
