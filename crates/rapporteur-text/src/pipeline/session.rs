//! The memory that annotating uses: buffers, and what was worked out for words that come again. It
//! never changes a result.

use crate::components::attribute_ruler::RulerCache;
use crate::components::encoder::EncoderCache;
use crate::components::rows::RowsCache;
use crate::labels::LabelId;
use crate::lexicon::{Lexicon, Norms, TypeId};
use crate::tokenizer::{ChunkCache, Rules, Tokenizer};
use hashbrown::HashMap;

/// Types that a session remembers from one document to the next: about 30 MB with all that hangs on them.
const MAX_TYPES: usize = 1 << 16;

/// Chunks that a session remembers from one document to the next.
const MAX_CHUNKS: usize = 1 << 17;

/// Lemmas by type, part of speech and morphology.
pub(super) type LemmaCache = HashMap<(TypeId, LabelId, LabelId), Box<str>>;

/// What one thread uses while it annotates.
#[derive(Debug, Default)]
pub(super) struct Session {
    pub(super) lexicon: Lexicon,
    chunks: ChunkCache,
    begins_phrase: Vec<bool>,
    pub(super) encoder: EncoderCache,
    pub(super) ner_encoder: EncoderCache,
    pub(super) senter: EncoderCache,
    pub(super) rows: RowsCache,
    pub(super) ruler: RulerCache,
    pub(super) lemmas: LemmaCache,
}

impl Session {
    /// Starts afresh when too many words are remembered.
    pub(super) fn forget_if_large(&mut self) {
        if self.lexicon.len() > MAX_TYPES || self.chunks.len() > MAX_CHUNKS {
            *self = Session::default();
        }
    }

    pub(super) fn tokenizer<'s>(&'s mut self, rules: &'s Rules, norms: &'s Norms) -> Tokenizer<'s> {
        let Session { lexicon, chunks, begins_phrase, .. } = self;
        Tokenizer { rules, norms, lexicon, cache: chunks, begins_phrase }
    }
}
