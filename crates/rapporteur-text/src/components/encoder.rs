//! Vectors for stretches of a document, with embeddings remembered by type.

use crate::layers::lane::Lane;
use crate::layers::tok2vec::{Tok2Vec, TokenFeatures, Workspace};
use crate::lexicon::Lexicon;
use crate::tokenizer::RawToken;
use std::ops::Range;

/// Tokens that are encoded together. Long documents are encoded in windows of this many tokens, so
/// that memory does not grow with them; 512 rows of the widest layer fit a core's cache
/// (`cargo bench -p rapporteur-text`: 256 and 1,024 are slower).
pub(crate) const WINDOW_TOKENS: usize = 512;
/// Remembered embeddings, at 384 bytes each in the small English pipeline.
const MAX_REMEMBERED: usize = 1 << 15;
/// No embedding is remembered for this type.
const NONE: u32 = u32::MAX;

/// What a session remembers for one [`Tok2Vec`].
#[derive(Debug, Default)]
pub(crate) struct EncoderCache {
    /// Number of the remembered row by type (twice, without and with a space after, where that matters).
    row_of: Vec<u32>,
    rows: Vec<Lane>,
    workspace: Workspace,
    missing: Vec<TokenFeatures>,
}

/// Computes vectors of one document.
pub(crate) struct Encoder<'a> {
    pub(crate) tok2vec: &'a Tok2Vec,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) tokens: &'a [RawToken],
    pub(crate) cache: &'a mut EncoderCache,
}

impl Encoder<'_> {
    /// Number of tokens of the document.
    pub(crate) fn n_tokens(&self) -> usize {
        self.tokens.len()
    }

    /// The vectors of the tokens in `window`, which replace what is in `out`.
    pub(crate) fn encode(&mut self, window: Range<usize>, out: &mut Vec<Lane>) {
        let reach = self.tok2vec.reach();
        let seen = window.start.saturating_sub(reach)..(window.end + reach).min(self.tokens.len());
        self.remember(seen.clone());
        let width = self.tok2vec.width_lanes();
        let EncoderCache { row_of, rows, workspace, .. } = &mut *self.cache;
        let sees_space = self.tok2vec.sees_space_after();
        let embedded = (window.start..window.end + 2 * reach).map(|position| {
            // Positions are shifted by `reach`, so that those before the document are not negative.
            let token = self.tokens.get(position.checked_sub(reach)?)?;
            let row = row_of[key(token, sees_space)] as usize;
            Some(&rows[row * width..][..width])
        });
        out.clear();
        self.tok2vec.encode(embedded, workspace, out);
    }

    /// Embeds the tokens of a stretch that are not remembered yet.
    fn remember(&mut self, stretch: Range<usize>) {
        let width = self.tok2vec.width_lanes();
        let sees_space = self.tok2vec.sees_space_after();
        let cache = &mut *self.cache;
        if cache.rows.len() / width + stretch.len() > MAX_REMEMBERED {
            cache.row_of.fill(NONE);
            cache.rows.clear();
        }
        cache.row_of.resize(self.lexicon.len() * 2, NONE);
        cache.missing.clear();
        for token in &self.tokens[stretch] {
            let row = &mut cache.row_of[key(token, sees_space)];
            if *row == NONE {
                *row = (cache.rows.len() / width + cache.missing.len()) as u32;
                let token_type = self.lexicon.get(token.type_id);
                cache.missing.push(TokenFeatures {
                    keys: token_type.keys,
                    is_space: token_type.is_space,
                    has_space_after: token.has_space_after,
                });
            }
        }
        self.tok2vec.embed(&cache.missing, &mut cache.workspace, &mut cache.rows);
    }
}

fn key(token: &RawToken, sees_space: bool) -> usize {
    token.type_id.0 as usize * 2 + usize::from(sees_space && token.has_space_after)
}
