//! The learned weights: a file of lines "model, feature, weight", read into a table for each choice.

use super::features::{FeatureHash, Hashes};
use crate::error::{Error, Mistake};
use hashbrown::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// The data file with the weights.
pub(crate) const WEIGHTS_FILE: &str = "statement-weights.tsv";

/// How such a file comes about; nobody writes one by hand.
pub(super) const HINT: &str =
    "model, feature and weight stand between tabs, as `cargo xtask train statements` writes them";

/// A file of weights, parsed: for each weight its model ("cue", "content", "class:demand") and its feature.
#[derive(Debug, Default)]
pub(crate) struct Weights<'f> {
    /// The weights of each model, in the order of the file.
    models: Vec<(&'f str, Vec<(FeatureHash, f32)>)>,
    thresholds: HashMap<&'f str, f32>,
}

impl<'f> Weights<'f> {
    /// Parses a file of weights: fields between tabs; `#` begins a comment line; "threshold" lines
    /// give a number to a name.
    pub(crate) fn parse(file: &'f str) -> Result<Self, Error> {
        let mut weights = Weights::default();
        let error = |line_idx: usize, mistake| Error::new(WEIGHTS_FILE, Some(line_idx + 1), mistake);
        let lines = file.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        for (line_idx, line) in lines {
            let mut fields = line.split('\t');
            let (Some(model), Some(feature), Some(number)) = (fields.next(), fields.next(), fields.next()) else {
                return Err(error(line_idx, Mistake::with_hint("not three fields between tabs", HINT)));
            };
            let number: f32 = number
                .parse()
                .ok()
                .filter(|number: &f32| number.is_finite())
                .ok_or_else(|| error(line_idx, Mistake::with_hint(format!("{number:?} is no number"), HINT)))?;
            if model == "threshold" {
                weights.thresholds.insert(feature, number);
            } else {
                weights.model(model).push((FeatureHash::of_text(feature), number));
            }
        }
        Ok(weights)
    }

    /// The weights of a model. A model's lines stand together, so that the last one is looked at first.
    fn model(&mut self, name: &'f str) -> &mut Vec<(FeatureHash, f32)> {
        let known = self.models.iter().rposition(|(known, _)| *known == name).unwrap_or_else(|| {
            self.models.push((name, Vec::new()));
            self.models.len() - 1
        });
        &mut self.models[known].1
    }

    /// The weights of the models with these names.
    pub(crate) fn of<const N: usize>(&self, models: [&str; N]) -> Table<N> {
        let of_model = |name: &str| self.models.iter().find(|(known, _)| *known == name).map(|(_, weights)| weights);
        let columns = models.map(|name| of_model(name).map_or(&[][..], Vec::as_slice));
        let n_rows = columns.iter().map(|weights| weights.len()).max().unwrap_or_default();
        let mut table = Table { rows: HashMap::with_capacity_and_hasher(n_rows, BuildHasherDefault::default()) };
        for (column, weights) in columns.into_iter().enumerate() {
            for &(feature, weight) in weights {
                table.rows.entry(feature).or_insert([0.0; N])[column] = weight;
            }
        }
        table
    }

    /// The threshold `name`; what every file must have.
    pub(crate) fn threshold(&self, name: &str) -> Option<f64> {
        self.thresholds.get(name).map(|&number| f64::from(number))
    }
}

/// The weights of `N` models that judge the same items: for each feature a row with one weight a model, so that
/// a feature is looked up once for all of them.
#[derive(Debug)]
pub(crate) struct Table<const N: usize> {
    rows: HashMap<FeatureHash, [f32; N], BuildHasherDefault<FeatureHasher>>,
}

impl<const N: usize> Table<N> {
    /// For each model the sum of the weights of `features`.
    pub(crate) fn scores(&self, features: &Hashes) -> [f64; N] {
        let mut scores = [0.0; N];
        for row in features.0.iter().filter_map(|feature| self.rows.get(feature)) {
            for (score, &weight) in scores.iter_mut().zip(row) {
                *score += f64::from(weight);
            }
        }
        scores
    }
}

/// Features are hashes already.
#[derive(Debug, Default)]
struct FeatureHasher(u64);

impl Hasher for FeatureHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ranking::features::Sink;

    #[test]
    fn a_model_has_weights_of_its_own() {
        let weights =
            Weights::parse("# comment\ncue\tword.lemma=say\t1.5\ncontent\tword.lemma=say\t-2\nthreshold\tx\t0.5\n");
        let weights = weights.unwrap();
        let mut features = Hashes::default();
        features.add("word.lemma", &["say"]);
        features.add("word.lemma", &["sing"]);
        assert_eq!(weights.of(["cue"]).scores(&features), [1.5]);
        assert_eq!(weights.of(["content", "cue"]).scores(&features), [-2.0, 1.5]);
        assert_eq!(weights.threshold("x"), Some(0.5));
        assert_eq!(weights.threshold("y"), None);
    }

    #[test]
    fn a_damaged_line_is_told() {
        assert!(Weights::parse("cue\tonly").unwrap_err().line() == Some(1));
        assert!(Weights::parse("# x\ncue\tb\tNaN").unwrap_err().line() == Some(2));
    }
}
