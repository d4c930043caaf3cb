//! Conditional log-linear models with a Gaussian prior, learned by AdaGrad (Duchi, Hazan & Singer 2011).

use super::examples::Examples;
use super::priors;
use std::collections::{BTreeMap, HashMap};

/// Rounds over the examples; after these the weights no longer move visibly.
const N_ROUNDS: usize = 24;
/// The length of a step, and the sum of squares that it is divided by at first, which keeps the first steps
/// of rare features short.
const STEP: f64 = 0.1;
const FIRST_SQUARES: f64 = 0.1;
/// A feature counts from so many choices on.
const MIN_CHOICES: u32 = 2;
/// Weights nearer to zero than this are left out of the file.
const SMALLEST: f64 = 0.02;
/// Weights have so many steps to one in the file.
const STEPS: f64 = 1000.0;
/// A choice that is right to within this teaches nothing more.
const SMALLEST_ERROR: f64 = 1e-4;

/// A weight of the file: model, feature, weight.
pub(super) type Line = (String, String, f64);

/// A choice with numbered features.
struct Numbered {
    items: Vec<Vec<u32>>,
    target: Vec<f64>,
}

/// Collects examples and learns weights from them.
pub(super) struct Learner<'s> {
    without: &'s [String],
    numbers: HashMap<(String, String), u32>,
    names: Vec<(String, String)>,
    n_choices: Vec<u32>,
    choices: Vec<Numbered>,
}

impl<'s> Learner<'s> {
    /// A learner that leaves out the groups of features `without`.
    pub(super) fn new(without: &'s [String]) -> Self {
        Learner { without, numbers: HashMap::new(), names: Vec::new(), n_choices: Vec::new(), choices: Vec::new() }
    }

    /// Takes examples.
    pub(super) fn add(&mut self, examples: &Examples) {
        for choice in &examples.choices {
            let items: Vec<Vec<u32>> =
                choice.items.iter().map(|(model, features)| self.numbered(model, features)).collect();
            let mut seen: Vec<u32> = items.iter().flatten().copied().collect();
            seen.sort_unstable();
            seen.dedup();
            for number in seen {
                self.n_choices[number as usize] += 1;
            }
            self.choices.push(Numbered { items, target: choice.target.clone() });
        }
    }

    fn numbered(&mut self, model: &str, features: &[String]) -> Vec<u32> {
        let without = self.without;
        let is_wanted = |feature: &&String| {
            let group = feature.split('.').next().unwrap_or_default();
            !without.iter().any(|left_out| left_out == group)
        };
        features.iter().filter(is_wanted).map(|feature| self.number((model.to_string(), feature.clone()))).collect()
    }

    fn number(&mut self, name: (String, String)) -> u32 {
        let next = self.names.len() as u32;
        *self.numbers.entry(name).or_insert_with_key(|name| {
            self.names.push(name.clone());
            self.n_choices.push(0);
            next
        })
    }

    /// The weights, ordered by model and feature.
    pub(super) fn learn(mut self) -> Vec<Line> {
        for choice in &mut self.choices {
            for item in &mut choice.items {
                item.retain(|&number| self.n_choices[number as usize] >= MIN_CHOICES);
            }
        }
        if self.names.iter().any(|(model, _)| model.starts_with("class:")) {
            for name in priors::always() {
                self.number(name);
            }
        }
        let prior: Vec<f64> = self.names.iter().map(|(model, feature)| priors::weight(model, feature)).collect();
        // The pull to the prior is spread over the choices that a feature stands in.
        let counted = self.names.iter().zip(&self.n_choices);
        let pull = counted.map(|((_, feature), n)| priors::strength(feature) / f64::from((*n).max(1))).collect();
        let mut state = State { weights: prior.clone(), squares: vec![FIRST_SQUARES; prior.len()], prior, pull };
        for _ in 0..N_ROUNDS {
            for choice in &self.choices {
                state.step(choice);
            }
        }
        let rounded = state.weights.iter().map(|weight| (weight * STEPS).round() / STEPS);
        let named: BTreeMap<(String, String), f64> =
            self.names.into_iter().zip(rounded).filter(|(_, weight)| weight.abs() >= SMALLEST).collect();
        named.into_iter().map(|((model, feature), weight)| (model, feature, weight)).collect()
    }
}

struct State {
    weights: Vec<f64>,
    squares: Vec<f64>,
    prior: Vec<f64>,
    pull: Vec<f64>,
}

impl State {
    /// One step towards the target of a choice.
    fn step(&mut self, choice: &Numbered) {
        let score = |item: &Vec<u32>| item.iter().map(|&number| self.weights[number as usize]).sum::<f64>();
        let scores: Vec<f64> = choice.items.iter().map(score).collect();
        let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let exps: Vec<f64> = scores.iter().map(|score| (score - highest).exp()).collect();
        let sum: f64 = exps.iter().sum();
        for ((exp, target), item) in exps.iter().zip(&choice.target).zip(&choice.items) {
            let error = exp / sum - target;
            if error.abs() < SMALLEST_ERROR {
                continue;
            }
            for &number in item {
                let at = number as usize;
                let slope = error + self.pull[at] * (self.weights[at] - self.prior[at]);
                self.squares[at] += slope * slope;
                self.weights[at] -= STEP * slope / self.squares[at].sqrt();
            }
        }
    }
}
