//! The figures for a reader, with floors and what others have reached.

use super::Figures;
use super::floors::Floors;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fmt::Write;
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

/// One line for each measure, and one more for each further anchor.
pub(super) fn render(figures: &Figures, floors: &Floors, anchors: &Anchors) -> String {
    let width = figures.keys().map(String::len).max().unwrap_or_default().max("measure".len());
    let mut table = format!("{:width$}  {:>8}  {:>6}  anchor\n", "measure", "figure", "floor");
    for (key, figure) in figures {
        let floor = floors.of(key).map(|floor| format!("{floor:.3}")).unwrap_or_default();
        let mut of_key = anchors.get(key).into_iter().flatten();
        let first = of_key.next().map_or("", String::as_str);
        let line = format!("{key:width$}  {figure:>8.5}  {floor:>6}  {first}");
        table.push_str(line.trim_end());
        table.push('\n');
        for anchor in of_key {
            // Writing to a String cannot fail.
            let _ = writeln!(table, "{:indent$}{anchor}", "", indent = width + 20);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_without_floor_and_anchor_is_shown_too() {
        let floors = std::env::temp_dir().join(format!("xtask-floors-{}", std::process::id()));
        fs::write(&floors, "seeds/a\t0.550\n").unwrap();
        let figures = Figures::from([("seeds/a".to_owned(), 0.6), ("seeds/bb".to_owned(), 2.0)]);
        let anchors =
            Anchors::from([("seeds/a".to_owned(), vec!["0.67 a ranking".to_owned(), "0.70 people".to_owned()])]);
        let table = render(&figures, &Floors::read(&floors).unwrap(), &anchors);
        fs::remove_file(&floors).unwrap();
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines[1], "seeds/a    0.60000   0.550  0.67 a ranking");
        assert_eq!(lines[2], "                            0.70 people");
        assert_eq!(lines[3], "seeds/bb   2.00000");
    }
}
