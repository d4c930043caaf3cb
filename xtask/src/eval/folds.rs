//! Cross-validation: articles that the product's weights were learned from are read with weights that were
//! learned without them.

use super::pile::{Text, read_set};
use crate::train;
use crate::workspace::Workspace;
use anyhow::Result;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// As in the training of the folds.
const N_FOLDS: u8 = 5;

/// The training set's ids, and weights for each fold.
pub(super) struct Folds {
    ids: HashSet<String>,
    weights: TempDir,
}

impl Folds {
    /// Learns the weights of the folds; `None` where the training set is not there.
    pub(super) fn learn(workspace: &Workspace, data: &Path, model: &Path) -> Result<Option<Folds>> {
        let Some(set) = train::training_set(workspace, data) else { return Ok(None) };
        let weights = tempfile::Builder::new().prefix("rapporteur-folds").tempdir()?;
        eprintln!("xtask: learning the weights of {N_FOLDS} folds");
        train::learn_folds(workspace, model, &set, weights.path())?;
        let ids = read_set(&set)?.into_iter().map(|text| text.id).collect();
        Ok(Some(Folds { ids, weights }))
    }

    /// The texts in groups, each with the folder of the weights to read it with; texts that were not learned
    /// from have none.
    pub(super) fn split(&self, texts: Vec<Text>) -> Vec<(Option<PathBuf>, Vec<Text>)> {
        let mut groups: Vec<(Option<PathBuf>, Vec<Text>)> = vec![(None, Vec::new())];
        groups.extend((0..N_FOLDS).map(|fold| (Some(self.weights.path().join(fold.to_string())), Vec::new())));
        for text in texts {
            let is_learned_from = self.ids.contains(&text.id);
            let group = if is_learned_from { 1 + usize::from(fold_of(&text.id)) } else { 0 };
            groups[group].1.push(text);
        }
        groups.retain(|(_, texts)| !texts.is_empty());
        groups
    }
}

/// The first byte of the SHA-256 of the id, modulo the number of folds.
fn fold_of(id: &str) -> u8 {
    Sha256::digest(id.as_bytes())[0] % N_FOLDS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(id: &str) -> Text {
        Text { id: id.to_string(), text: String::new(), dct: None, is_broad: false }
    }

    #[test]
    fn only_texts_that_were_learned_from_get_the_weights_of_their_fold() {
        let folds = Folds { ids: ["a".to_string()].into(), weights: tempfile::tempdir().unwrap() };
        let groups = folds.split(vec![text("a"), text("b")]);
        let told: Vec<(Option<String>, &str)> = groups
            .iter()
            .map(|(folder, texts)| {
                let fold = folder.as_ref().and_then(|folder| folder.file_name());
                (fold.map(|fold| fold.to_string_lossy().into_owned()), texts[0].id.as_str())
            })
            .collect();
        // SHA-256("a") begins with the byte 0xca: 202 modulo 5.
        assert_eq!(told, [(None, "b"), (Some("2".to_string()), "a")]);
    }
}
