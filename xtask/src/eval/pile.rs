//! Annotated texts, and a folder of files that the product can read them from.

use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use serde::Deserialize;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;
use tempfile::TempDir;

/// One text of a set, with the id that the annotation knows it by.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Text {
    pub(super) id: String,
    pub(super) text: String,
    /// The day on which it was published, where the set tells.
    #[serde(default)]
    pub(super) dct: Option<String>,
    /// Its statements were marked in the broad scope: every propositional attitude, without classes.
    #[serde(default, rename = "statements", deserialize_with = "is_broad")]
    pub(super) is_broad: bool,
}

/// A marked statement, as far as it tells the scope of the set.
#[derive(Deserialize)]
struct Marked {
    class: Option<String>,
}

fn is_broad<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    let marked = Vec::<Marked>::deserialize(deserializer)?;
    Ok(!marked.is_empty() && marked.iter().all(|statement| statement.class.is_none()))
}

/// Reads a set of texts: JSON Lines, compressed with gzip.
pub(super) fn read_set(path: &Path) -> Result<Vec<Text>> {
    let read = || -> Result<Vec<Text>> {
        let lines = BufReader::new(GzDecoder::new(File::open(path)?)).lines();
        lines.map(|line| Ok(serde_json::from_str(&line?)?)).collect()
    };
    read().with_context(|| format!("cannot read {}", path.display()))
}

/// Reads the `.txt` files of a folder, ordered by name; a text's id is its file's stem.
pub(super) fn read_folder(folder: &Path) -> Result<Vec<Text>> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        let Some(id) = path.file_stem().and_then(|stem| stem.to_str()) else { continue };
        if path.extension().is_some_and(|extension| extension == "txt") {
            let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            texts.push(Text { id: id.to_owned(), text, dct: None, is_broad: false });
        }
    }
    texts.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(texts)
}

/// Texts in a folder of their own. The files are numbered, since an id need not be a file name.
pub(super) struct Pile {
    pub(super) folder: TempDir,
    texts: Vec<Text>,
}

impl Pile {
    /// Writes the texts, byte for byte as they are.
    pub(super) fn write(texts: Vec<Text>) -> Result<Pile> {
        let folder = tempfile::Builder::new().prefix("rapporteur-eval").tempdir().context("no temporary folder")?;
        for (text_idx, text) in texts.iter().enumerate() {
            fs::write(folder.path().join(format!("{text_idx:06}.txt")), &text.text).context("cannot write a text")?;
        }
        Ok(Pile { folder, texts })
    }

    /// The text that the file of this stem holds.
    pub(super) fn text_of(&self, stem: &str) -> Result<&Text> {
        let text_idx = stem.parse::<usize>().ok();
        text_idx
            .and_then(|text_idx| self.texts.get(text_idx))
            .with_context(|| format!("the product names an input that it was not given: {stem:?}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_are_no_file_names_come_back() {
        let text = |id: &str| Text { id: id.to_owned(), text: "A line.\r\n".to_owned(), dct: None, is_broad: false };
        let pile = Pile::write(vec![text("a/b"), text("..")]).unwrap();
        assert_eq!(fs::read_dir(pile.folder.path()).unwrap().count(), 2);
        assert_eq!(fs::read(pile.folder.path().join("000000.txt")).unwrap(), b"A line.\r\n");
        assert_eq!(pile.text_of("000001").unwrap().id, "..");
        assert!(pile.text_of("000002").is_err());
        assert!(pile.text_of("x").is_err());
    }
}
