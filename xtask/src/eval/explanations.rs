//! What each figure counts, in a sentence, and what it is measured on: `xtask/eval-explanations.tsv`.

use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;

/// The sentences of the file.
#[derive(Debug, Default)]
pub(super) struct Explanations {
    sets: Vec<Line>,
    /// Of measures that have a floor.
    floored: Vec<Line>,
    /// Of measures that have none.
    others: Vec<Line>,
}

/// A name, in which "*" stands for any characters but slashes, and a sentence.
#[derive(Debug)]
struct Line {
    pattern: String,
    sentence: String,
}

impl Explanations {
    /// Reads a file of explanations.
    pub(super) fn read(path: &Path) -> Result<Explanations> {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        Explanations::parse(&text).with_context(|| format!("in {}", path.display()))
    }

    pub(super) fn parse(text: &str) -> Result<Explanations> {
        let (mut explanations, mut section) = (Explanations::default(), "");
        for (line_idx, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            if line.starts_with('[') {
                section = line;
                continue;
            }
            let lines = match section {
                "[sets]" => &mut explanations.sets,
                "[measures]" => &mut explanations.floored,
                "[measures without a floor]" => &mut explanations.others,
                _ => bail!("line {}: under {section:?}, which is no section", line_idx + 1),
            };
            let (pattern, sentence) = line
                .split_once('\t')
                .with_context(|| format!("line {}: not a name, a tab and a sentence", line_idx + 1))?;
            lines.push(Line { pattern: pattern.to_owned(), sentence: sentence.trim().to_owned() });
        }
        Ok(explanations)
    }

    /// What a measure counts.
    pub(super) fn of(&self, key: &str) -> Option<&str> {
        first(self.floored.iter().chain(&self.others), key)
    }

    /// What the figures of a group are measured on; see [`group_of`].
    pub(super) fn of_set(&self, group: &str) -> Option<&str> {
        first(self.sets.iter(), group)
    }
}

fn first<'l>(mut lines: impl Iterator<Item = &'l Line>, name: &str) -> Option<&'l str> {
    lines.find(|line| fits(&line.pattern, name)).map(|line| line.sentence.as_str())
}

/// Whether a name is one that a pattern stands for.
fn fits(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((before, after)) => name.strip_prefix(before).is_some_and(|rest| {
            let ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
            ends.take_while(|end| !rest[..*end].contains('/')).any(|end| fits(after, &rest[end..]))
        }),
    }
}

/// The set that a measure belongs to: "text/gum" of "text/gum/docs_equal"; all of the seeds are one.
pub(super) fn group_of(key: &str) -> &str {
    if key.starts_with("seeds/") {
        return "seeds";
    }
    match key.match_indices('/').nth(1) {
        Some((end, _)) => &key[..end],
        None => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two lists of what lacks its counterpart.
    fn unmatched(floors: &str, explanations: &str) -> (Vec<String>, Vec<String>) {
        let explanations = Explanations::parse(explanations).unwrap();
        let keys: Vec<&str> = floors
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .filter_map(|line| line.split('\t').next())
            .collect();
        let lacks = |key: &&&str| {
            first(explanations.floored.iter(), key).is_none() || explanations.of_set(group_of(key)).is_none()
        };
        let idle = |line: &&Line| !keys.iter().any(|key| fits(&line.pattern, key));
        // A line under "without a floor" may fit a floored measure only where that has its own line before.
        let floorless = explanations.floored.iter().filter(idle).map(|line| line.pattern.clone());
        (keys.iter().filter(lacks).map(|key| (*key).to_string()).collect(), floorless.collect())
    }

    #[test]
    fn each_floor_is_explained_and_nothing_else_is() {
        let (floors, explanations) =
            (include_str!("../../eval-floors.tsv"), include_str!("../../eval-explanations.tsv"));
        assert_eq!(unmatched(floors, explanations), (vec![], vec![]));
        // The test can fail, both ways.
        let without = explanations.replace("text/*/docs_equal\t", "text/*/docs\t");
        assert_eq!(
            unmatched(floors, &without),
            (vec!["text/gum/docs_equal".to_owned()], vec!["text/*/docs".to_owned()])
        );
    }

    #[test]
    fn each_sentence_says_what_the_best_figure_would_mean() {
        let explanations = Explanations::parse(include_str!("../../eval-explanations.tsv")).unwrap();
        for line in &explanations.floored {
            let says = ["1.0: ", "0: ", "at most"].iter().any(|words| line.sentence.contains(words));
            assert!(says, "{}: {}", line.pattern, line.sentence);
        }
    }

    #[test]
    fn a_star_stands_for_a_name_without_slashes() {
        assert!(fits("time/*/value_f", "time/a_b/value_f"));
        assert!(fits("events/*/quad*", "events/x/quad_macro_f_a"));
        assert!(!fits("*/attr_f", "statements/wikinews/attr_f"));
        assert_eq!(group_of("seeds/time/value_f"), "seeds");
        assert_eq!(group_of("text/gum/docs_equal"), "text/gum");
    }

    #[test]
    fn a_damaged_file_is_refused_with_its_line() {
        for (text, says) in [("a\tb", "line 1"), ("[sets]\n\nno tab", "line 3"), ("[more]\na\tb", "line 2")] {
            assert!(format!("{:#}", Explanations::parse(text).unwrap_err()).contains(says), "{text:?}");
        }
    }
}
