//! Does loading survive any folder? A file that is missing, cut short or altered is an error that
//! names it, or (where the damage does not show) a pipeline that still annotates; never a panic.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod common;

use common::model_folder;
use rapporteur_text::{Error, Pipeline};
use std::fs;
use std::path::{Path, PathBuf};

/// The files that the pipeline is made of; the others of the folder are not read.
const FILES: [&str; 16] = [
    "meta.json",
    "config.cfg",
    "tokenizer",
    "vocab/lookups.bin",
    "tok2vec/model",
    "tagger/cfg",
    "tagger/model",
    "parser/cfg",
    "parser/model",
    "parser/moves",
    "ner/cfg",
    "ner/model",
    "ner/moves",
    "attribute_ruler/patterns",
    "lemmatizer/lookups/lookups.bin",
    "senter/model",
];

/// A copy of the model that can be damaged.
struct Copy {
    folder: tempfile::TempDir,
}

impl Copy {
    fn of(model: &Path) -> Copy {
        let folder = tempfile::tempdir().unwrap();
        for name in FILES {
            let to = folder.path().join(name);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(model.join(name), to).unwrap();
        }
        Copy { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Loads the copy with one file changed, and puts the file back.
    fn load_with(&self, name: &str, change: impl FnOnce(&mut Vec<u8>)) -> Result<Pipeline, Error> {
        let sound = fs::read(self.path(name)).unwrap();
        let mut changed = sound.clone();
        change(&mut changed);
        fs::write(self.path(name), changed).unwrap();
        let loaded = Pipeline::load(self.folder.path());
        fs::write(self.path(name), sound).unwrap();
        loaded
    }

    fn load_with_config(&self, from: &str, to: &str) -> Result<Pipeline, Error> {
        self.load_with("config.cfg", |bytes| {
            let text = String::from_utf8(bytes.clone()).unwrap();
            assert!(text.contains(from), "{from}");
            *bytes = text.replace(from, to).into_bytes();
        })
    }
}

fn names(error: &Error, name: &str) -> bool {
    error.path().is_some_and(|path| path.ends_with(name)) && error.to_string().contains(name)
}

#[test]
fn a_missing_file_is_named() {
    let Some(model) = model_folder("a_missing_file_is_named") else { return };
    let copy = Copy::of(&model);
    for name in FILES.into_iter().filter(|name| !matches!(*name, "senter/model" | "meta.json")) {
        let aside = copy.path("aside");
        fs::rename(copy.path(name), &aside).unwrap();
        let error = Pipeline::load(copy.folder.path()).unwrap_err();
        assert!(error.is_missing_file() && names(&error, name), "{error}");
        fs::rename(aside, copy.path(name)).unwrap();
    }
}

#[test]
fn a_file_cut_short_is_named() {
    let Some(model) = model_folder("a_file_cut_short_is_named") else { return };
    let copy = Copy::of(&model);
    for name in FILES.into_iter().filter(|name| !matches!(*name, "senter/model" | "config.cfg")) {
        let len = fs::metadata(copy.path(name)).unwrap().len() as usize;
        for keep in [0, 1, len / 3, len - 1] {
            let error = copy.load_with(name, |bytes| bytes.truncate(keep)).unwrap_err();
            assert!(error.is_corrupt() && names(&error, name), "{name} cut to {keep}: {error}");
        }
    }
}

#[test]
fn altered_bytes_never_panic() {
    let Some(model) = model_folder("altered_bytes_never_panic") else { return };
    let copy = Copy::of(&model);
    let mut state = 7u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for round in 0..90 {
        let name = FILES[round % FILES.len()];
        // Headers hold lengths, names and shapes: most of the damage goes there.
        let loaded = copy.load_with(name, |bytes| {
            for _ in 0..=random(4) {
                let reach = if random(3) == 0 { bytes.len() } else { bytes.len().min(4096) };
                bytes[random(reach)] = random(256) as u8;
            }
        });
        match loaded {
            Ok(pipeline) => {
                let text = "Karsk's ministers said (on 3.5.2024) that they'd go: \"Never!\"";
                assert_eq!(pipeline.annotate(text).text(), text);
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}

#[test]
fn what_is_not_supported_is_refused() {
    let Some(model) = model_folder("what_is_not_supported_is_refused") else { return };
    let copy = Copy::of(&model);
    for (from, to, named) in [
        ("factory = \"ner\"", "factory = \"entity_linker\"", "entity_linker"),
        ("mode = \"rule\"", "mode = \"lookup\"", "lookup"),
        ("lang = \"en\"", "lang = \"de\"", "lemmatizer"),
        ("extra_state_tokens = false", "extra_state_tokens = true", "extra_state_tokens"),
        ("spacy.Tokenizer.v1", "my.Tokenizer.v1", "my.Tokenizer.v1"),
        ("spacy.TransitionBasedParser.v2", "spacy.Other.v1", "spacy.Other.v1"),
        ("disabled = [\"senter\"]", "disabled = [\"senter\",\"tok2vec\"]", "tok2vec"),
        (
            "\"tagger\",\"parser\",\"senter\",\"attribute_ruler\"",
            "\"attribute_ruler\",\"tagger\",\"parser\",\"senter\"",
            "before",
        ),
    ] {
        let error = copy.load_with_config(from, to).unwrap_err();
        assert!(error.is_unsupported() && error.to_string().contains(named), "{from} → {to}: {error}");
        assert!(names(&error, "config.cfg"), "{error}");
    }
}

#[test]
fn a_sentence_recogniser_stands_in_for_the_parser() {
    let Some(model) = model_folder("a_sentence_recogniser_stands_in_for_the_parser") else { return };
    let copy = Copy::of(&model);
    let pipeline = copy.load_with_config("disabled = [\"senter\"]", "disabled = [\"parser\"]").unwrap();
    let doc = pipeline.annotate("Karsk rejected the offer. Veldria will answer on Monday.");
    let sentences: Vec<&str> = doc.sentences().map(|sentence| sentence.text()).collect();
    assert_eq!(sentences, ["Karsk rejected the offer.", "Veldria will answer on Monday."]);
    assert!(doc.tokens().all(|token| token.is_root()));
}
