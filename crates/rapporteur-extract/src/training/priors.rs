//! What is believed before a text was seen: that the rules are right. The data moves the weights away from
//! here only as far as it has evidence, which keeps a model of a few hundred statements from forgetting
//! what the rules know of cases that the training set does not have.
//!
//! All numbers were chosen by five-fold cross-validation on the training set.

use crate::ranking::Verdict;
use rapporteur_model::StatementClass;

/// The weight that a feature of a model has before learning.
pub(super) fn weight(model: &str, feature: &str) -> f64 {
    match (model, feature) {
        // The rules' content, where they have one.
        ("content", "rule.chosen=1|1") => 5.0,
        // The first of the rules' sources.
        ("source", "rule.rank=0") => 2.0,
        // A frame is filled; its content is what was said, or only what it was about.
        (model, "rule.fires=1|1|0") if model == Verdict::Statement.model() => 4.0,
        (model, "rule.fires=1|1|1") if model == Verdict::ActReport.model() => 4.0,
        // No frame is filled.
        (model, feature) if model == Verdict::Nothing.model() && feature.starts_with("rule.fires=0|") => 0.5,
        // The class of the cue lists.
        (model, feature) => {
            let class = model.strip_prefix("class:");
            let is_listed = class.is_some() && class == feature.strip_prefix("rule.class=");
            if is_listed { 5.0 } else { 0.0 }
        }
    }
}

/// The features that have a weight even where no example shows them: classes are rare.
pub(super) fn always() -> impl Iterator<Item = (String, String)> {
    StatementClass::ALL.iter().map(|class| (format!("class:{}", class.name()), format!("rule.class={}", class.name())))
}

/// How strongly a weight is drawn to its prior (the inverse of the variance of a Gaussian), by the group of
/// its feature: words are many and tell little of other texts, rules are few and well known.
pub(super) fn strength(feature: &str) -> f64 {
    match feature.split('.').next() {
        Some("word") => 8.0,
        Some("rule") => 1.0,
        _ => 6.0,
    }
}
