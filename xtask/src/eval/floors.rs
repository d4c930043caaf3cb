//! The figures below which the product must not fall.

use super::Figures;
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

/// How far under today's figure a raised floor is set: room for a change that helps elsewhere.
const MARGIN: f64 = 0.005;

/// Floors have three decimals.
const STEPS: f64 = 1000.0;

/// Half of the scorer's last decimal: figures this close are the same.
const ROUNDING: f64 = 0.000_005;

/// A file of floors: a measure, a number and a remark on each line, between tabs.
#[derive(Debug)]
pub(super) struct Floors {
    /// The file's lines as they stand, so that writing it keeps remarks and order.
    lines: Vec<Line>,
}

#[derive(Debug)]
enum Line {
    Floor { key: String, floor: f64, remark: String },
    Comment(String),
}

/// What there is to say about one floor.
#[derive(Debug, PartialEq)]
pub(super) enum Verdict {
    /// The figure is under its floor.
    Under { key: String, figure: f64, floor: f64 },
    /// There is a floor and data, but the scorer gave no figure.
    Missing { key: String },
    /// There is a floor, but nothing here to measure it on.
    NotMeasured { key: String },
}

impl Verdict {
    /// Whether the run has failed by it.
    pub(super) fn is_failure(&self) -> bool {
        !matches!(self, Verdict::NotMeasured { .. })
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Verdict::Under { key, figure, floor } => {
                write!(f, "UNDER ITS FLOOR: {key} is {figure:.5}, floor {floor:.3}")
            }
            Verdict::Missing { key } => write!(f, "MISSING: {key} has a floor and data but no figure"),
            Verdict::NotMeasured { key } => write!(f, "not measured here: {key}"),
        }
    }
}

impl Floors {
    /// Reads a file of floors.
    pub(super) fn read(path: &Path) -> Result<Floors> {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        Floors::parse(&text).with_context(|| format!("in {}", path.display()))
    }

    fn parse(text: &str) -> Result<Floors> {
        let mut lines = Vec::new();
        for (line_idx, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                lines.push(Line::Comment(line.to_owned()));
                continue;
            }
            let mut fields = line.splitn(3, '\t');
            let (Some(key), Some(floor)) = (fields.next(), fields.next()) else {
                bail!("line {}: not a measure, a tab and a floor", line_idx + 1);
            };
            let floor = floor.trim().parse().with_context(|| format!("line {}: {floor:?}", line_idx + 1))?;
            let remark = fields.next().unwrap_or_default().to_owned();
            lines.push(Line::Floor { key: key.to_owned(), floor, remark });
        }
        Ok(Floors { lines })
    }

    /// Writes the floors back, with all remarks and in their order.
    pub(super) fn write(&self, path: &Path) -> Result<()> {
        super::write_file(path, &self.to_text())
    }

    fn to_text(&self) -> String {
        let line = |line: &Line| match line {
            Line::Comment(text) => format!("{text}\n"),
            Line::Floor { key, floor, remark } if remark.is_empty() => format!("{key}\t{floor:.3}\n"),
            Line::Floor { key, floor, remark } => format!("{key}\t{floor:.3}\t{remark}\n"),
        };
        self.lines.iter().map(line).collect()
    }

    /// The floor of a measure.
    pub(super) fn of(&self, key: &str) -> Option<f64> {
        self.iter().find(|(floored, _)| *floored == key).map(|(_, floor)| floor)
    }

    fn iter(&self) -> impl Iterator<Item = (&str, f64)> {
        self.lines.iter().filter_map(|line| match line {
            Line::Floor { key, floor, .. } => Some((key.as_str(), *floor)),
            Line::Comment(_) => None,
        })
    }

    /// What there is to say about the floors; `must_exist` tells of which measures a figure is due.
    pub(super) fn judge(&self, figures: &Figures, must_exist: impl Fn(&str) -> bool) -> Vec<Verdict> {
        let verdict = |(key, floor): (&str, f64)| {
            let key = key.to_owned();
            match figures.get(&key) {
                Some(&figure) if figure + ROUNDING < floor => Some(Verdict::Under { key, figure, floor }),
                Some(_) => None,
                None if must_exist(&key) => Some(Verdict::Missing { key }),
                None => Some(Verdict::NotMeasured { key }),
            }
        };
        self.iter().filter_map(verdict).collect()
    }

    /// Lifts floors to just under the figures, never lowers one; gives those that rose.
    pub(super) fn raise(&mut self, figures: &Figures) -> BTreeMap<String, f64> {
        let mut raised = BTreeMap::new();
        for line in &mut self.lines {
            let Line::Floor { key, floor, .. } = line else { continue };
            let Some(figure) = figures.get(key) else { continue };
            // Rounded down, but not by the last bit of a float: 0.805 - 0.005 is 0.8, not 0.799.
            let lifted = ((figure - MARGIN) * STEPS + ROUNDING).floor() / STEPS;
            if lifted > *floor + ROUNDING {
                *floor = lifted;
                raised.insert(key.clone(), lifted);
            }
        }
        raised
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# The floors.\ntext/gum/docs_equal\t1.000\tby hand\n\nseeds/a\t0.550\nseeds/b\t0.300\tx\ty\n";

    fn figures(pairs: &[(&str, f64)]) -> Figures {
        pairs.iter().map(|(key, figure)| ((*key).to_owned(), *figure)).collect()
    }

    #[test]
    fn a_file_is_written_as_it_was_read() {
        assert_eq!(Floors::parse(FILE).unwrap().to_text(), FILE);
        assert!(Floors::parse("seeds/a 0.5").is_err());
        assert!(Floors::parse("seeds/a\thalf").is_err());
    }

    #[test]
    fn a_figure_under_its_floor_fails_and_one_on_it_does_not() {
        let floors = Floors::parse(FILE).unwrap();
        let on_it = figures(&[("text/gum/docs_equal", 1.0), ("seeds/a", 0.55), ("seeds/b", 0.9), ("seeds/new", 0.1)]);
        assert_eq!(floors.judge(&on_it, |_| true), []);
        let under = figures(&[("text/gum/docs_equal", 0.98571), ("seeds/a", 0.55), ("seeds/b", 0.3)]);
        let verdicts = floors.judge(&under, |_| true);
        let expected = Verdict::Under { key: "text/gum/docs_equal".into(), figure: 0.98571, floor: 1.0 };
        assert_eq!(verdicts, [expected]);
        assert!(verdicts[0].is_failure());
    }

    #[test]
    fn a_missing_figure_fails_only_where_its_data_is_there() {
        let floors = Floors::parse(FILE).unwrap();
        let verdicts = floors.judge(&figures(&[("seeds/a", 0.6)]), |key| key == "seeds/b");
        let failures: Vec<bool> = verdicts.iter().map(Verdict::is_failure).collect();
        assert_eq!(failures, [false, true]);
        assert_eq!(verdicts[1], Verdict::Missing { key: "seeds/b".into() });
    }

    #[test]
    fn floors_rise_to_just_under_the_figure_and_never_fall() {
        let mut floors = Floors::parse(FILE).unwrap();
        let raised = floors.raise(&figures(&[("text/gum/docs_equal", 1.0), ("seeds/a", 0.2), ("seeds/b", 0.805)]));
        assert_eq!(raised.into_iter().collect::<Vec<_>>(), [("seeds/b".to_owned(), 0.8)]);
        assert_eq!(floors.of("text/gum/docs_equal"), Some(1.0));
        assert_eq!(floors.of("seeds/a"), Some(0.55));
        floors.raise(&figures(&[("seeds/b", 0.80999)]));
        assert_eq!(floors.of("seeds/b"), Some(0.804));
    }
}
