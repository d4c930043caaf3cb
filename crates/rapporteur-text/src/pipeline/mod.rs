//! How does a text become a document? [`Pipeline`] holds what a folder says, [`load`] reads it,
//! [`session`] is the memory that annotating uses.

mod load;
mod session;

use crate::components::attribute_ruler::{AttributeRuler, Attributes};
use crate::components::encoder::{Encoder, WINDOW_TOKENS};
use crate::components::lemmatizer::Lemmatizer;
use crate::components::ner::EntityRecognizer;
use crate::components::parser::{Parser, Preset};
use crate::components::rows::Rows;
use crate::components::tagger::Tagger;
use crate::components::tree::{Moved, Tree};
use crate::document::{Document, EntityTag, MAX_TEXT_BYTES, StringRef, TextSpan, TokenData};
use crate::error::Error;
use crate::labels::{LabelId, Labels};
use crate::layers::lane::Lane;
use crate::layers::tok2vec::Tok2Vec;
use crate::lexicon::Norms;
use crate::tokenizer::{RawToken, Rules};
use hashbrown::HashMap;
use session::Session;
use std::path::Path;
use std::sync::{Arc, Mutex};

/// A spaCy 3 pipeline, loaded from its folder and ready to annotate.
///
/// It can be shared between threads; each call to [`annotate`](Self::annotate) works alone, and its
/// result depends on the text only: not on calls before, not on other threads.
///
/// ```no_run
/// use rapporteur_text::Pipeline;
///
/// # fn main() -> Result<(), rapporteur_text::Error> {
/// let pipeline = Pipeline::load("en_core_web_sm-3.8.0")?;
/// let doc = pipeline.annotate("Karsk will not withdraw its troops, the minister said.");
/// for token in doc.tokens() {
///     println!("{}\t{}\t{}\t{}", token.text(), token.pos(), token.dep(), token.head().text());
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Pipeline {
    rules: Rules,
    norms: Norms,
    labels: Arc<Labels>,
    root: LabelId,
    /// The network that tagger and parser share.
    tok2vec: Option<Tok2Vec>,
    tagger: Option<(Tagger, Vec<LabelId>)>,
    parser: Option<(Parser, HashMap<LabelId, Moved>)>,
    /// The sentence recogniser with its own network, and whether it runs before the parser.
    senter: Option<Senter>,
    ruler: Option<AttributeRuler>,
    lemmatizer: Option<Lemmatizer>,
    ner: Option<(EntityRecognizer, Tok2Vec)>,
    name: String,
    version: String,
    /// Sessions that are not in use; each thread that annotates takes one.
    sessions: Mutex<Vec<Session>>,
}

#[derive(Debug)]
struct Senter {
    tagger: Tagger,
    tok2vec: Tok2Vec,
    is_before_parser: bool,
}

/// What one pass over a document's vectors found.
struct Analysis {
    tags: Vec<u16>,
    heads: Vec<u32>,
    deps: Vec<LabelId>,
    is_sentence_start: Vec<bool>,
}

impl Pipeline {
    /// Loads a pipeline folder: the one with `config.cfg` in it.
    ///
    /// # Errors
    /// If a file is missing, unreadable, truncated or damaged, or if the pipeline has a component,
    /// an architecture or a setting that this runtime does not have. The error names the file.
    pub fn load(folder: impl AsRef<Path>) -> Result<Self, Error> {
        load::load(folder.as_ref())
    }

    /// The pipeline's own name and version, such as `core_web_sm` and `3.8.0`.
    pub fn name_and_version(&self) -> (&str, &str) {
        (&self.name, &self.version)
    }

    /// Annotates a text, with sentences where the model sees them: what spaCy gives for
    /// `nlp(text)`. Any text will do: empty, of any length up to 1 GiB, of any characters.
    ///
    /// # Panics
    /// If the text has more than 1 GiB.
    pub fn annotate(&self, text: &str) -> Document {
        self.annotate_with_starts(text, |_| false)
    }

    /// Annotates a text; a sentence starts at least at every token for which `starts_sentence` is
    /// true of the byte offset at which it begins. spaCy does this where `Token.is_sent_start` is
    /// set before its parser runs.
    ///
    /// # Panics
    /// As [`Self::annotate`].
    pub fn annotate_with_starts(&self, text: &str, starts_sentence: impl Fn(usize) -> bool) -> Document {
        assert!(text.len() <= MAX_TEXT_BYTES, "a text has at most 1 GiB");
        let mut session = self.take_session();
        let document = self.run(text, &starts_sentence, &mut session);
        if let Ok(mut sessions) = self.sessions.lock() {
            sessions.push(session);
        }
        document
    }

    /// Annotates a text; a sentence starts at least at the first token after each line break.
    ///
    /// # Panics
    /// As [`Self::annotate`].
    pub fn annotate_paragraphs(&self, text: &str) -> Document {
        let is_break = |c: char| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
        self.annotate_with_starts(text, |offset| {
            let before = text[..offset].trim_end_matches(|c: char| c.is_whitespace() && !is_break(c));
            before.ends_with(is_break) && !text[offset..].starts_with(|c: char| c.is_whitespace())
        })
    }

    fn take_session(&self) -> Session {
        self.sessions.lock().ok().and_then(|mut sessions| sessions.pop()).unwrap_or_default()
    }

    fn run(&self, text: &str, starts_sentence: &dyn Fn(usize) -> bool, session: &mut Session) -> Document {
        session.forget_if_large();
        let tokens = session.tokenizer(&self.rules, &self.norms).tokenize(text);
        let analysis = self.analyse(&tokens, starts_sentence, session);
        let mut attributes: Vec<Attributes> = (0..tokens.len())
            .map(|idx| Attributes {
                tag: match (&self.tagger, analysis.tags.get(idx)) {
                    (Some((_, labels)), Some(&tag)) => labels[tag as usize],
                    _ => LabelId::NONE,
                },
                dep: analysis.deps[idx],
                ..Attributes::default()
            })
            .collect();
        if let Some(ruler) = &self.ruler {
            ruler.apply(|idx| tokens[idx].type_id, &session.lexicon, &mut session.ruler, &mut attributes);
        }
        let entities = self.recognise(&tokens, &analysis.is_sentence_start, session);
        let mut strings = String::new();
        let data = (0..tokens.len()).map(|idx| {
            let RawToken { type_id, start, end, has_space_after } = tokens[idx];
            let span = TextSpan { start, end };
            let token_type = session.lexicon.get(type_id);
            let lemma = self.lemma(&attributes[idx], type_id, &session.lexicon, &mut session.lemmas);
            let (ent_tag, ent_type) = entities.get(idx).copied().unwrap_or((EntityTag::Unset, LabelId::NONE));
            TokenData {
                span,
                norm: StringRef::store(&token_type.norm, &token_type.text, &mut strings),
                lemma: StringRef::store(lemma, &token_type.text, &mut strings),
                head: analysis.heads[idx],
                tag: attributes[idx].tag,
                pos: attributes[idx].pos,
                morph: attributes[idx].morph,
                dep: attributes[idx].dep,
                ent_type,
                ent_tag,
                is_space: token_type.is_space,
                has_space_after,
                is_sentence_start: analysis.is_sentence_start[idx],
            }
        });
        let data = data.collect();
        Document::from_parts(text.into(), strings, data, self.labels.clone())
    }

    /// Tags, tree and sentences.
    fn analyse(&self, tokens: &[RawToken], starts_sentence: &dyn Fn(usize) -> bool, session: &mut Session) -> Analysis {
        let n = tokens.len();
        let preset = |(idx, token): (usize, &RawToken)| {
            if idx == 0 || starts_sentence(token.start as usize) { Preset::Start } else { Preset::Unknown }
        };
        let mut presets: Vec<Preset> = tokens.iter().enumerate().map(preset).collect();
        if let Some(senter) = self.senter.as_ref().filter(|senter| senter.is_before_parser || self.parser.is_none()) {
            self.preset_starts(senter, tokens, &mut presets, session);
        }
        let mut tags = Vec::with_capacity(n);
        let mut products = Vec::new();
        let mut tag = |vectors: &[Lane]| {
            if let Some((tagger, _)) = &self.tagger {
                tagger.label(vectors, &mut products, &mut tags);
            }
        };
        let Session { lexicon, encoder, rows, .. } = session;
        let Some(tok2vec) = &self.tok2vec else { return Analysis::flat(tags, &presets) };
        let mut encoder = Encoder { tok2vec, lexicon, tokens, cache: encoder };
        let Some((parser, moved)) = &self.parser else {
            let mut vectors = Vec::new();
            for start in (0..n).step_by(WINDOW_TOKENS) {
                encoder.encode(start..(start + WINDOW_TOKENS).min(n), &mut vectors);
                tag(&vectors);
            }
            return Analysis::flat(tags, &presets);
        };
        let mut rows = Rows::new(&parser.scorer, encoder, rows);
        let arcs = parser.parse(&mut rows, &presets, |_, vectors| tag(vectors));
        let is_space = |idx: usize| lexicon.get(tokens[idx].type_id).is_space;
        let tree = Tree::build(arcs, self.root, moved, is_space);
        let Tree { heads, labels: deps, is_sentence_start, .. } = tree;
        Analysis { tags, heads, deps, is_sentence_start }
    }

    /// Lets the sentence recogniser decide where nothing is preset.
    fn preset_starts(&self, senter: &Senter, tokens: &[RawToken], presets: &mut [Preset], session: &mut Session) {
        let Session { lexicon, senter: cache, .. } = session;
        let mut encoder = Encoder { tok2vec: &senter.tok2vec, lexicon, tokens, cache };
        let (mut vectors, mut products, mut labels) = (Vec::new(), Vec::new(), Vec::new());
        for start in (0..tokens.len()).step_by(WINDOW_TOKENS) {
            encoder.encode(start..(start + WINDOW_TOKENS).min(tokens.len()), &mut vectors);
            senter.tagger.label(&vectors, &mut products, &mut labels);
        }
        for (preset, label) in presets.iter_mut().zip(labels) {
            if *preset == Preset::Unknown {
                *preset = if label == 1 { Preset::Start } else { Preset::NoStart };
            }
        }
    }

    fn recognise(
        &self,
        tokens: &[RawToken],
        is_sentence_start: &[bool],
        session: &mut Session,
    ) -> Vec<(EntityTag, LabelId)> {
        let Some((ner, tok2vec)) = &self.ner else { return Vec::new() };
        let Session { lexicon, ner_encoder, rows, .. } = session;
        let encoder = Encoder { tok2vec, lexicon, tokens, cache: ner_encoder };
        let mut rows = Rows::new(&ner.scorer, encoder, rows);
        let is_space = |idx: usize| lexicon.get(tokens[idx].type_id).is_space;
        ner.recognise(&mut rows, tokens.len(), |idx| is_sentence_start[idx], is_space)
    }

    fn lemma<'s>(
        &'s self,
        token: &Attributes,
        type_id: crate::lexicon::TypeId,
        lexicon: &crate::lexicon::Lexicon,
        lemmas: &'s mut session::LemmaCache,
    ) -> &'s str {
        if let (Some(ruler), Some(lemma)) = (&self.ruler, token.lemma) {
            return ruler.lemma(lemma);
        }
        let Some(lemmatizer) = &self.lemmatizer else { return "" };
        lemmas.entry((type_id, token.pos, token.morph)).or_insert_with(|| {
            let [pos, morph] = [token.pos, token.morph].map(|label| self.labels.name(label));
            lemmatizer.lemmatize(&lexicon.get(type_id).text, pos, morph).into()
        })
    }
}

impl Analysis {
    /// Without a parser: every token alone, sentences as preset.
    fn flat(tags: Vec<u16>, presets: &[Preset]) -> Self {
        Analysis {
            tags,
            heads: (0..presets.len() as u32).collect(),
            deps: vec![LabelId::NONE; presets.len()],
            is_sentence_start: presets.iter().map(|&preset| preset == Preset::Start).collect(),
        }
    }
}
