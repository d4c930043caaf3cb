//! Feature rows of the tokens that a transition system asks for, while a window moves over the document.

use super::encoder::{Encoder, WINDOW_TOKENS};
use crate::layers::lane::Lane;
use crate::layers::transition::{FeatureRows, Scorer};
use hashbrown::HashMap;
use std::ops::Range;

/// Rows of tokens before the window that are kept computed.
const MAX_COMPUTED: usize = 4096;

/// Buffers of [`Rows`] that a session uses again.
#[derive(Debug, Default)]
pub(crate) struct RowsCache {
    vectors: Vec<Lane>,
    narrow: Vec<Lane>,
    rows: FeatureRows,
}

/// The feature rows of one document for one scorer. Rows exist for the tokens of the present window;
/// of earlier tokens only those are kept that the system says it can still ask for.
pub(crate) struct Rows<'a, 'b> {
    scorer: &'a Scorer,
    encoder: Encoder<'b>,
    cache: &'a mut RowsCache,
    window: Range<usize>,
    /// Narrow vectors of kept tokens.
    kept: HashMap<u32, Box<[Lane]>>,
    /// Rows of kept tokens that were asked for.
    computed: HashMap<u32, Box<[Lane]>>,
}

impl<'a, 'b> Rows<'a, 'b> {
    pub(crate) fn new(scorer: &'a Scorer, encoder: Encoder<'b>, cache: &'a mut RowsCache) -> Self {
        Rows { scorer, encoder, cache, window: 0..0, kept: HashMap::new(), computed: HashMap::new() }
    }

    /// The present window.
    pub(crate) fn window(&self) -> Range<usize> {
        self.window.clone()
    }

    /// Moves the window on. Of the tokens before the new one, those in `reachable` can be asked for.
    /// `on_vectors` is shown the new window and the vectors of its tokens.
    pub(crate) fn advance(
        &mut self,
        reachable: impl Iterator<Item = u32>,
        mut on_vectors: impl FnMut(Range<usize>, &[Lane]),
    ) {
        let n_lanes = self.scorer.narrow_lanes();
        let mut kept = HashMap::new();
        for token in reachable {
            if self.window.contains(&(token as usize)) {
                let narrow = &self.cache.narrow[(token as usize - self.window.start) * n_lanes..][..n_lanes];
                kept.insert(token, narrow.into());
            } else if let Some(narrow) = self.kept.remove(&token) {
                kept.insert(token, narrow);
            }
        }
        self.kept = kept;
        self.computed.retain(|token, _| self.kept.contains_key(token));
        self.window = self.window.end..(self.window.end + WINDOW_TOKENS).min(self.encoder.n_tokens());
        let RowsCache { vectors, narrow, rows } = &mut *self.cache;
        self.encoder.encode(self.window.clone(), vectors);
        on_vectors(self.window.clone(), vectors);
        self.scorer.narrow(vectors, narrow);
        self.scorer.feature_rows(narrow, rows);
    }

    /// The best class that `mask` allows in a state with these features (`None` for an absent token);
    /// see [`Scorer::best`]. Every token lies in the window or is kept.
    pub(crate) fn best<const N: usize>(&mut self, features: [Option<u32>; N], mask: &[Lane]) -> Option<usize> {
        for token in features.into_iter().flatten() {
            if (token as usize) < self.window.start {
                self.compute(token);
            }
        }
        let rows = features.map(|token| match token {
            None => self.scorer.absent_row(),
            Some(token) if token as usize >= self.window.start => {
                self.scorer.row(&self.cache.rows, token as usize - self.window.start)
            }
            Some(token) => self.computed.get(&token).map_or(self.scorer.absent_row(), |row| row),
        });
        self.scorer.best(&rows, mask)
    }

    /// Makes sure that the row of a kept token is there.
    fn compute(&mut self, token: u32) {
        if self.computed.contains_key(&token) {
            return;
        }
        if self.computed.len() >= MAX_COMPUTED {
            self.computed.clear();
        }
        debug_assert!(self.kept.contains_key(&token), "token {token} was not said to be reachable");
        if let Some(narrow) = self.kept.get(&token) {
            let mut rows = FeatureRows::default();
            self.scorer.feature_rows(narrow, &mut rows);
            self.computed.insert(token, self.scorer.row(&rows, 0).into());
        }
    }
}
