//! Feature rows of the tokens that a transition system asks for, while a window moves over the document.

use super::encoder::{Encoder, WINDOW_TOKENS};
use crate::layers::lane::Lane;
use crate::layers::transition::{FeatureRows, Scorer};
use hashbrown::HashMap;
use std::ops::Range;

/// Narrow vectors of earlier tokens that are remembered, at 256 bytes each in the small English pipeline. A
/// text that makes the parser hold more tokens costs time, not memory.
const MAX_KEPT: usize = 1 << 16;
/// Rows of earlier tokens that are remembered, at 4 KiB each.
const MAX_COMPUTED: usize = 1 << 12;

/// Buffers of [`Rows`] that a session uses again.
#[derive(Debug, Default)]
pub(crate) struct RowsCache {
    vectors: Vec<Lane>,
    narrow: Vec<Lane>,
    rows: FeatureRows,
}

/// The feature rows of one document for one scorer. Rows exist for the tokens of the present window; of
/// earlier tokens those are remembered that the system says it can still ask for, and any other is
/// computed again when it is asked for.
pub(crate) struct Rows<'a, 'b> {
    scorer: &'a Scorer,
    encoder: Encoder<'b>,
    cache: &'a mut RowsCache,
    window: Range<usize>,
    /// Narrow vectors of earlier tokens; looked through for ones that are not needed when it has grown to `prune_at`.
    kept: HashMap<u32, Box<[Lane]>>,
    prune_at: usize,
    /// Rows of earlier tokens that were asked for since the window moved.
    computed: HashMap<u32, Box<[Lane]>>,
}

impl<'a, 'b> Rows<'a, 'b> {
    pub(crate) fn new(scorer: &'a Scorer, encoder: Encoder<'b>, cache: &'a mut RowsCache) -> Self {
        Rows {
            scorer,
            encoder,
            cache,
            window: 0..0,
            kept: HashMap::new(),
            prune_at: WINDOW_TOKENS,
            computed: HashMap::new(),
        }
    }

    /// The present window.
    pub(crate) fn window(&self) -> Range<usize> {
        self.window.clone()
    }

    /// Moves the window on. Of the tokens before the new one, those that `can_reach` allows are likely to
    /// be asked for. `on_vectors` is shown the new window and the vectors of its tokens.
    pub(crate) fn advance(
        &mut self,
        can_reach: impl Fn(u32) -> bool,
        mut on_vectors: impl FnMut(Range<usize>, &[Lane]),
    ) {
        if self.kept.len() >= self.prune_at {
            self.kept.retain(|&token, _| can_reach(token));
            self.keep_newest(MAX_KEPT / 2);
            self.prune_at = (self.kept.len() * 2).max(WINDOW_TOKENS);
        }
        self.computed.clear();
        let narrow_rows = self.cache.narrow.chunks_exact(self.scorer.narrow_lanes());
        for (token, narrow) in self.window.clone().zip(narrow_rows) {
            if can_reach(token as u32) {
                self.kept.insert(token as u32, narrow.into());
            }
        }
        self.window = self.window.end..(self.window.end + WINDOW_TOKENS).min(self.encoder.n_tokens());
        let RowsCache { vectors, narrow, rows } = &mut *self.cache;
        self.encoder.encode(self.window.clone(), vectors);
        on_vectors(self.window.clone(), vectors);
        self.scorer.narrow(vectors, narrow);
        self.scorer.feature_rows(narrow, rows);
    }

    /// Forgets all but the `n` last tokens: those at the top of a stack are asked for first.
    fn keep_newest(&mut self, n: usize) {
        if self.kept.len() > n {
            let mut tokens: Vec<u32> = self.kept.keys().copied().collect();
            let first_newest = tokens.len() - n;
            let (_, &mut first_kept, _) = tokens.select_nth_unstable(first_newest);
            self.kept.retain(|&token, _| token >= first_kept);
        }
    }

    /// The best class that `mask` allows in a state with these features (`None` for an absent token);
    /// see [`Scorer::best`]. No token lies after the window.
    pub(crate) fn best<const N: usize>(&mut self, features: [Option<u32>; N], mask: &[Lane]) -> Option<usize> {
        // Room for all features of the state: none may be forgotten before it is scored.
        if self.computed.len() + N > MAX_COMPUTED {
            self.computed.clear();
        }
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
            Some(token) => self.computed.get(&token).expect("the row was computed above"),
        });
        self.scorer.best(&rows, mask)
    }

    /// Makes sure that the row of a token before the window is there.
    fn compute(&mut self, token: u32) {
        if self.computed.contains_key(&token) {
            return;
        }
        let mut narrow = Vec::new();
        if !self.kept.contains_key(&token) {
            let mut vector = Vec::new();
            self.encoder.encode(token as usize..token as usize + 1, &mut vector);
            self.scorer.narrow(&vector, &mut narrow);
        }
        let narrow = self.kept.get(&token).map_or(narrow.as_slice(), |narrow| narrow);
        let mut rows = FeatureRows::default();
        self.scorer.feature_rows(narrow, &mut rows);
        self.computed.insert(token, self.scorer.row(&rows, 0).into());
    }
}
