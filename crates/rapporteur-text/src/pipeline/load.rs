//! Reads a pipeline folder into a [`Pipeline`], and refuses what it would not run exactly.

use super::{Pipeline, Senter};
use crate::components::attribute_ruler::AttributeRuler;
use crate::components::lemmatizer::Lemmatizer;
use crate::components::ner::EntityRecognizer;
use crate::components::parser::Parser;
use crate::components::tagger::Tagger;
use crate::components::tree;
use crate::error::Error;
use crate::folder::config::Config;
use crate::folder::thinc::Model;
use crate::folder::{Folder, moves, msgpack};
use crate::labels::Labels;
use crate::layers::lane::WIDTH;
use crate::layers::tok2vec::Tok2Vec;
use crate::lexicon::Norms;
use crate::tokenizer::Rules;
use serde_json::Value;
use std::path::Path;
use std::sync::{Arc, Mutex};

/// The kinds of components, in the only order that is run. A sentence recogniser may also stand
/// before the parser, and an entity recogniser anywhere after it.
const ORDER: [&str; 7] = ["tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer", "ner"];

/// What is put together while components are read.
#[derive(Default)]
struct Parts {
    tok2vec: Option<Tok2Vec>,
    tagger: Option<(Tagger, Vec<crate::labels::LabelId>)>,
    parser: Option<Parser>,
    senter: Option<Senter>,
    ruler: Option<AttributeRuler>,
    lemmatizer: Option<Lemmatizer>,
    ner: Option<(EntityRecognizer, Tok2Vec)>,
}

pub(super) fn load(root: &Path) -> Result<Pipeline, Error> {
    let folder = Folder::new(root);
    let config = folder.parse("config.cfg", Config::parse)?;
    let in_config = |error: Error| error.at(&folder.path("config.cfg"));
    let components = enabled_components(&config).map_err(in_config)?;
    let mut labels = Labels::new();
    let root_label = labels.intern("ROOT");
    let mut parts = Parts::default();
    for (name, factory) in &components {
        parts.read(&folder, &config, name, factory, &mut labels)?;
    }
    parts.check_widths().map_err(in_config)?;
    let moved = tree::moved_relations(&mut labels);
    if labels.is_overfull() {
        return Err(Error::unsupported("more than 65,535 labels").at(root));
    }
    let meta = match folder.json("meta.json") {
        Err(error) if error.is_missing_file() => None,
        meta => Some(meta?),
    };
    let meta = |key: &str| meta.as_ref().and_then(|meta| meta.get(key)?.as_str()).unwrap_or_default().to_string();
    Ok(Pipeline {
        rules: folder.parse("tokenizer", Rules::parse)?,
        norms: folder.parse("vocab/lookups.bin", Norms::parse)?,
        labels: Arc::new(labels),
        root: root_label,
        tok2vec: parts.tok2vec,
        tagger: parts.tagger,
        parser: parts.parser.map(|parser| (parser, moved)),
        senter: parts.senter,
        ruler: parts.ruler,
        lemmatizer: parts.lemmatizer,
        ner: parts.ner,
        name: meta("name"),
        version: meta("version"),
        sessions: Mutex::new(Vec::new()),
    })
}

/// Names and kinds of the components that run.
fn enabled_components(config: &Config) -> Result<Vec<(String, String)>, Error> {
    let tokenizer = config.get("nlp", "tokenizer")?;
    let tokenizer = tokenizer.as_ref().and_then(|tokenizer| tokenizer.get("@tokenizers")?.as_str());
    if let Some(other) = tokenizer.filter(|name| *name != "spacy.Tokenizer.v1") {
        return Err(Error::unsupported(format!("the tokenizer {other}")));
    }
    let tokenizer_section = config.get("nlp.tokenizer", "@tokenizers")?;
    if let Some(other) = tokenizer_section.filter(|name| name.as_str() != Some("spacy.Tokenizer.v1")) {
        return Err(Error::unsupported(format!("the tokenizer {other}")));
    }
    let disabled = config.strings("nlp", "disabled")?;
    let mut components = Vec::new();
    for name in config.strings("nlp", "pipeline")? {
        let factory = config.string(&format!("components.{name}"), "factory")?;
        if !ORDER.contains(&factory.as_str()) {
            return Err(Error::unsupported(format!("component {name:?}: the factory {factory:?}")));
        }
        if !disabled.contains(&name) {
            components.push((name, factory));
        }
    }
    check_order(&components)?;
    Ok(components)
}

fn check_order(components: &[(String, String)]) -> Result<(), Error> {
    let place = |kind: &str| components.iter().position(|(_, factory)| factory == kind);
    for kind in ORDER {
        if components.iter().filter(|(_, factory)| factory == kind).count() > 1 {
            return Err(Error::unsupported(format!("two components of the kind {kind:?}")));
        }
    }
    for (before, after) in [
        ("tok2vec", "tagger"),
        ("tok2vec", "parser"),
        ("tagger", "attribute_ruler"),
        ("parser", "attribute_ruler"),
        ("attribute_ruler", "lemmatizer"),
        ("parser", "ner"),
        ("senter", "ner"),
    ] {
        if let (Some(before_at), Some(after_at)) = (place(before), place(after))
            && before_at > after_at
        {
            return Err(Error::unsupported(format!("{after:?} before {before:?}")));
        }
    }
    Ok(())
}

impl Parts {
    fn read(
        &mut self,
        folder: &Folder,
        config: &Config,
        name: &str,
        factory: &str,
        labels: &mut Labels,
    ) -> Result<(), Error> {
        let in_config = |error: Error| error.at(&folder.path("config.cfg"));
        let model_file = format!("{name}/model");
        match factory {
            "tok2vec" => self.tok2vec = Some(parse_model(folder, &model_file, Tok2Vec::from_model)?),
            "tagger" => {
                check_listener(config, name).map_err(in_config)?;
                let names = tagger_labels(folder, name)?;
                let tagger = parse_model(folder, &model_file, |model| Tagger::from_model(model, names.len()))?;
                self.tagger = Some((tagger, names.iter().map(|name| labels.intern(name)).collect()));
            }
            "senter" => {
                let is_before_parser = self.parser.is_none();
                let read = |model: &Model<'_>| Ok((Tagger::from_model(model, 2)?, Tok2Vec::from_model(model)?));
                let (tagger, tok2vec) = parse_model(folder, &model_file, read)?;
                self.senter = Some(Senter { tagger, tok2vec, is_before_parser });
            }
            "parser" | "ner" => {
                check_transition_config(config, name).map_err(in_config)?;
                check_transition_settings(folder, name)?;
                let classes = folder.parse(&format!("{name}/moves"), moves::parse)?;
                if factory == "parser" {
                    check_listener(config, name).map_err(in_config)?;
                    let read = |model: &Model<'_>| Parser::new(model, &classes, labels);
                    self.parser = Some(parse_model(folder, &model_file, read)?);
                } else {
                    let read = |model: &Model<'_>| {
                        Ok((EntityRecognizer::new(model, &classes, labels)?, Tok2Vec::from_model(model)?))
                    };
                    self.ner = Some(parse_model(folder, &model_file, read)?);
                }
            }
            "attribute_ruler" => {
                let parse = |bytes: &[u8]| AttributeRuler::parse(bytes, labels);
                self.ruler = Some(folder.parse(&format!("{name}/patterns"), parse)?);
            }
            _ => {
                check_lemmatizer(config, name).map_err(in_config)?;
                let file = format!("{name}/lookups/lookups.bin");
                self.lemmatizer = Some(folder.parse(&file, Lemmatizer::parse)?);
            }
        }
        Ok(())
    }

    /// Checks that each layer takes vectors of the width that it is given.
    fn check_widths(&self) -> Result<(), Error> {
        let shared = self.tok2vec.as_ref();
        let pairs = [
            (self.tagger.as_ref().map(|(tagger, _)| tagger.n_inputs()), shared),
            (self.parser.as_ref().map(|parser| parser.scorer.n_inputs()), shared),
            (self.senter.as_ref().map(|senter| senter.tagger.n_inputs()), self.senter.as_ref().map(|s| &s.tok2vec)),
            (self.ner.as_ref().map(|(ner, _)| ner.scorer.n_inputs()), self.ner.as_ref().map(|(_, tok2vec)| tok2vec)),
        ];
        for (n_inputs, tok2vec) in pairs {
            let Some(n_inputs) = n_inputs else { continue };
            let Some(tok2vec) = tok2vec else {
                return Err(Error::unsupported("a component that listens to a tok2vec that does not run"));
            };
            if tok2vec.width_lanes() * WIDTH != n_inputs {
                return Err(Error::corrupt("components and their tok2vec differ in width"));
            }
        }
        Ok(())
    }
}

fn parse_model<T>(folder: &Folder, file: &str, read: impl FnOnce(&Model<'_>) -> Result<T, Error>) -> Result<T, Error> {
    folder.parse(file, |bytes| {
        let value = msgpack::decode(bytes)?;
        read(&Model::new(&value)?)
    })
}

/// Refuses a tagger or parser that does not share the pipeline's `tok2vec`.
fn check_listener(config: &Config, name: &str) -> Result<(), Error> {
    let section = format!("components.{name}.model.tok2vec");
    let architecture = config.string(&section, "@architectures")?;
    if architecture != "spacy.Tok2VecListener.v1" {
        return Err(Error::unsupported(format!("component {name:?} with a tok2vec of its own ({architecture})")));
    }
    Ok(())
}

/// Refuses transition models that see other features than the ones that are computed.
fn check_transition_config(config: &Config, name: &str) -> Result<(), Error> {
    let section = format!("components.{name}.model");
    let architecture = config.string(&section, "@architectures")?;
    let is_known = matches!(architecture.as_str(), "spacy.TransitionBasedParser.v1" | "spacy.TransitionBasedParser.v2");
    if !is_known {
        return Err(Error::unsupported(format!("component {name:?}: the architecture {architecture:?}")));
    }
    if config.flag(&section, "extra_state_tokens")? {
        return Err(Error::unsupported(format!("component {name:?} with extra_state_tokens")));
    }
    Ok(())
}

/// Refuses beam search and multi-task models.
fn check_transition_settings(folder: &Folder, name: &str) -> Result<(), Error> {
    let file = format!("{name}/cfg");
    let settings = folder.json(&file)?;
    let is_plain = settings.get("beam_width").is_none_or(|width| width.as_u64() == Some(1))
        && settings.get("learn_tokens").is_none_or(|learns| learns.as_bool() == Some(false))
        && settings.get("multitasks").is_none_or(|tasks| tasks.as_array().is_some_and(Vec::is_empty));
    if is_plain {
        Ok(())
    } else {
        Err(Error::unsupported("beam search, learnt tokens or multi-task").at(&folder.path(&file)))
    }
}

fn check_lemmatizer(config: &Config, name: &str) -> Result<(), Error> {
    let section = format!("components.{name}");
    let lang = config.string("nlp", "lang")?;
    let mode = config.string(&section, "mode")?;
    if mode != "rule" || lang != "en" || config.flag(&section, "overwrite")? {
        return Err(Error::unsupported(format!("a lemmatizer of mode {mode:?} for language {lang:?}")));
    }
    Ok(())
}

fn tagger_labels(folder: &Folder, name: &str) -> Result<Vec<String>, Error> {
    let file = format!("{name}/cfg");
    let settings = folder.json(&file)?;
    let labels = settings.get("labels").and_then(Value::as_array);
    let names = labels.and_then(|labels| labels.iter().map(|l| l.as_str().map(str::to_string)).collect());
    names.ok_or_else(|| Error::corrupt("no list of labels").at(&folder.path(&file)))
}
