//! Where does a tokenizer rule match? Regular expressions in Python's syntax with Python's
//! semantics (leftmost, first alternative, look-around), as the model folder holds them.
//!
//! A library is not used because the results must equal Python's `re` on these very patterns, and
//! because tokenizers ask questions that a general engine answers in quadratic time on hostile
//! text: "which suffix ends here", asked anew for each suffix that is cut off. The engine is a
//! backtracking one over characters; [`syntax`] reads the pattern, [`program`] runs it.

mod program;
mod syntax;

use crate::error::Error;
use program::Program;
use syntax::{Class, Node};

/// A compiled pattern.
#[derive(Debug)]
pub(crate) struct Pattern {
    program: Program,
    /// Whether every alternative begins with `^`.
    is_anchored_at_start: bool,
    /// Where a match that ends at the end of the text can begin; `None` if it may end earlier.
    suffix_reach: Option<SuffixReach>,
}

/// How far back from the end of the text the alternatives of a `$`-terminated pattern reach.
#[derive(Debug)]
struct SuffixReach {
    /// Longest match, in characters, of the alternatives of limited length.
    n_chars: usize,
    /// For each alternative without a limit, all characters that it can consume.
    unlimited: Vec<Vec<Class>>,
}

impl Pattern {
    /// Compiles a pattern in the syntax of Python's `re`.
    ///
    /// # Errors
    /// If it is malformed, or uses what this engine does not have (back references, `\b`, flags).
    pub(crate) fn new(source: &str) -> Result<Self, Error> {
        let node = syntax::parse(source)?;
        let program = Program::compile(&node)?;
        let alternatives = match &node {
            Node::Alternatives(alternatives) => alternatives.as_slice(),
            _ => std::slice::from_ref(&node),
        };
        let is_anchored_at_start = alternatives.iter().all(|alternative| alternative.first() == Some(&Node::Start));
        let suffix_reach = alternatives.iter().all(|alternative| alternative.last() == Some(&Node::End)).then(|| {
            let n_chars = alternatives.iter().filter_map(Node::max_chars).max().unwrap_or(0);
            let unlimited = alternatives.iter().filter(|alternative| alternative.max_chars().is_none());
            SuffixReach { n_chars, unlimited: unlimited.map(Node::consumed).collect() }
        });
        Ok(Pattern { program, is_anchored_at_start, suffix_reach })
    }

    /// The first match in `text` as character positions, as `re.search` finds it.
    pub(crate) fn find(&self, text: &[char]) -> Option<(usize, usize)> {
        let from = match &self.suffix_reach {
            Some(reach) => reach.first_start(text),
            None => 0,
        };
        let until = if self.is_anchored_at_start { 0 } else { text.len() };
        (from..=until).find_map(|start| Some((start, self.program.match_at(text, start)?)))
    }

    /// Whether `text` has a match that begins at its start, as `re.match` finds it.
    pub(crate) fn matches_at_start(&self, text: &[char]) -> bool {
        self.program.match_at(text, 0).is_some()
    }

    /// All matches from left to right, none overlapping another, as `re.finditer` finds them;
    /// matches of no length are left out.
    pub(crate) fn find_all(&self, text: &[char]) -> Vec<(usize, usize)> {
        let mut matches = Vec::new();
        let mut start = 0;
        while start < text.len() {
            match self.program.match_at(text, start) {
                Some(end) if end > start => {
                    matches.push((start, end));
                    start = end;
                }
                _ => start += 1,
            }
        }
        matches
    }
}

impl SuffixReach {
    /// The earliest position at which a match that ends at the end of `text` can begin.
    fn first_start(&self, text: &[char]) -> usize {
        // `$` also matches before a final line break, hence the one character more.
        let limited = text.len().saturating_sub(self.n_chars + 1);
        let unlimited = self.unlimited.iter().map(|classes| {
            let is_consumed = |c: &&char| **c == '\n' || classes.iter().any(|class| class.contains(**c));
            text.len() - text.iter().rev().take_while(is_consumed).count()
        });
        unlimited.min().unwrap_or(limited).min(limited)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(pattern: &str, text: &str) -> Option<(usize, usize)> {
        Pattern::new(pattern).unwrap().find(&text.chars().collect::<Vec<_>>())
    }

    #[test]
    fn the_first_alternative_wins_not_the_longest() {
        assert_eq!(find("a|ab", "xab"), Some((1, 2)));
        assert_eq!(find("^(?:a|ab)$", "ab"), Some((0, 2)));
        assert_eq!(find("^b|^a", "ab"), Some((0, 1)));
    }

    #[test]
    fn repeats_are_greedy_and_give_back() {
        assert_eq!(find("a+ab", "aaab"), Some((0, 4)));
        assert_eq!(find("a{2,3}", "aaaa"), Some((0, 3)));
        assert_eq!(find("a+?", "aaaa"), Some((0, 1)));
        assert_eq!(find("(?:ab)?c", "abc"), Some((0, 3)));
        assert_eq!(find("(?:a*)*b", "aab"), Some((0, 3)));
    }

    #[test]
    fn the_leftmost_suffix_wins() {
        assert_eq!(find(r"\.\.+$|\)$|(?<=[0-9])km$", "x..)..."), Some((4, 7)));
        assert_eq!(find(r"\.\.+$|\)$|(?<=[0-9])km$", "12km"), Some((2, 4)));
        assert_eq!(find(r"\.\.+$|\)$|(?<=[0-9])km$", "km"), None);
        assert_eq!(find(r"s$|'s$", "it's"), Some((2, 4)));
    }

    #[test]
    fn look_around_sees_only_the_given_text() {
        assert_eq!(find(r"(?<=[a-z]),(?=[a-z])", "a,b"), Some((1, 2)));
        assert_eq!(find(r"(?<=[a-z]),(?=[a-z])", ",b"), None);
        assert_eq!(find(r"\+(?![0-9])", "+1+a"), Some((2, 3)));
        assert_eq!(find(r"(?<!b)a", "ba"), None);
    }

    #[test]
    fn classes_read_as_python_reads_them() {
        assert_eq!(find(r"[[a]", "["), Some((0, 1)));
        assert_eq!(find(r"[]a]", "]"), Some((0, 1)));
        assert_eq!(find(r"[^\W_]", "_é"), Some((1, 2)));
        assert_eq!(find(r"[a\-z]", "-"), Some((0, 1)));
        assert_eq!(find("[\\u0041-\\u0043\\U0001F600]", "😀"), Some((0, 1)));
        assert_eq!(find(r"\d\S\s", "٣x\u{a0}"), Some((0, 3)));
        assert_eq!(find("a{,2}", "a{,2}"), Some((0, 1)), "a count without a lower bound starts at none");
        assert_eq!(find("x{a", "x{a"), Some((0, 3)), "a brace that is no count is itself");
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for pattern in ["(", "[a", "*a", "a**", r"(a)\1", r"\b", "(?P<n>a)(?P=n)", "(?i)a", "a{1000000}", "[b-a]"] {
            assert!(Pattern::new(pattern).is_err(), "{pattern}");
        }
        assert!(Pattern::new("(?:(?:(?:){99999}){99999}){99999}|a").is_err(), "nothing, very often");
        assert!(Pattern::new("(?:(?:(?:a{99999}){99999}){99999}){99999}").is_err(), "more than can be counted");
        assert!(Pattern::new("(?<=(?:(?:(?:(?:a{99999}){99999}){99999}){99999}){99999})b").is_err());
        let deep = "(".repeat(100_000) + &")".repeat(100_000);
        assert!(Pattern::new(&deep).is_err());
    }

    #[test]
    fn a_pattern_that_explodes_stays_bounded() {
        let text = "a:".repeat(20_000);
        assert_eq!(find(r"^(?:\S+(?::\S*)?@)?(?:a+)+$", &text), None);
    }
}
