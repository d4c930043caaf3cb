//! The figures for a reader, with floors, what each counts, and what others have reached.

use super::Figures;
use super::explanations::{Explanations, group_of};
use super::floors::Floors;
use super::lines::{figure, push_wrapped};
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What others have reached, by measure: figures with the names of who reached them.
pub(super) type Anchors = BTreeMap<String, Vec<String>>;

/// Reads the file of anchors: a measure, a figure and who reached it on each line, between tabs.
pub(super) fn read_anchors(path: &Path) -> Result<Anchors> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut anchors = Anchors::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let fields: Vec<&str> = line.splitn(3, '\t').collect();
        let [key, figure, who] = fields[..] else {
            anyhow::bail!("{}: not a measure, a figure and a name between tabs: {line:?}", path.display());
        };
        anchors.entry(key.to_owned()).or_default().push(format!("{figure} {who}"));
    }
    Ok(anchors)
}

/// A heading for each set, and for each measure its figure and floor, what it counts, and what others reach. Without
/// `explanations` a measure is one line, and one more for each further anchor.
pub(super) fn render(
    figures: &Figures,
    floors: &Floors,
    anchors: &Anchors,
    explanations: Option<&Explanations>,
) -> String {
    // Under the heading of its set a measure goes by the rest of its name.
    let label = |key: &str| match explanations {
        Some(_) => format!("  {}", key[group_of(key).len()..].trim_start_matches('/')),
        None => key.to_owned(),
    };
    let width = figures.keys().map(|key| label(key).len()).max().unwrap_or_default().max("  measure".len());
    let title = if explanations.is_some() { "what it counts, and what others reach" } else { "what others reach" };
    let measure = if explanations.is_some() { "  measure" } else { "measure" };
    let mut table = format!("{measure:width$}  {:>9}  {:>8}  {title}\n", "figure", "floor");
    let mut group = "";
    for (key, value) in figures {
        if let Some(explanations) = explanations
            && group != group_of(key)
        {
            group = group_of(key);
            table.push('\n');
            push_wrapped(&mut table, &format!("{group}: "), explanations.of_set(group).unwrap_or("a set of your own"));
        }
        let floor = floors.of(key).map(|floor| format!("{floor:.3}")).unwrap_or_default();
        let head = format!("{:width$}  {:>9}  {floor:>8}  ", label(key), figure(*value));
        let of_key = anchors.get(key).into_iter().flatten();
        let texts: Vec<String> = match explanations {
            Some(explanations) => {
                let sentence = explanations.of(key).unwrap_or("not explained yet in xtask/eval-explanations.tsv");
                [sentence.to_owned()].into_iter().chain(of_key.map(|anchor| format!("· {anchor}"))).collect()
            }
            None => of_key.cloned().collect(),
        };
        push_wrapped(&mut table, &head, texts.first().map_or("", String::as_str));
        for text in texts.iter().skip(1) {
            push_wrapped(&mut table, &" ".repeat(head.chars().count()), text);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(explanations: Option<&Explanations>) -> Vec<String> {
        let floors = tempfile::NamedTempFile::new().unwrap();
        fs::write(floors.path(), "seeds/a\t0.550\n").unwrap();
        let figures = Figures::from([("seeds/a".to_owned(), 0.6), ("seeds/bb".to_owned(), 2.0)]);
        let anchors =
            Anchors::from([("seeds/a".to_owned(), vec!["0.67 a ranking".to_owned(), "0.70 people".to_owned()])]);
        let table = render(&figures, &Floors::read(floors.path()).unwrap(), &anchors, explanations);
        table.lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_measure_without_floor_and_anchor_is_shown_too() {
        let lines = told(None);
        assert_eq!(lines[1], "seeds/a      0.60000     0.550  0.67 a ranking");
        assert_eq!(lines[2], "                                0.70 people");
        assert_eq!(lines[3], "seeds/bb           2");
    }

    #[test]
    fn a_measure_stands_under_its_set_with_what_it_counts() {
        let explanations =
            Explanations::parse("[sets]\nseeds\ttwo accounts\n[measures]\nseeds/a\tShare of a. 1.0: all.\n").unwrap();
        let lines = told(Some(&explanations));
        assert_eq!(lines[2], "seeds: two accounts");
        assert_eq!(lines[3], "  a          0.60000     0.550  Share of a. 1.0: all.");
        assert_eq!(lines[4], "                                · 0.67 a ranking");
        assert!(lines[6].ends_with("not explained yet in xtask/eval-explanations.tsv"));
    }
}
