//! The network of a transition system: scores of all actions in a state, from the vectors of a few
//! tokens (Precomputable affine layer, maxout, linear layer).

use super::lane::{self, Instructions, Lane, WIDTH, compiled_for_each};
use super::matrix::Matrix;
use crate::error::Error;
use crate::folder::moves::Move;
use crate::folder::thinc::Model;

/// Widest hidden layer, in lanes.
const MAX_HIDDEN_LANES: usize = 64;

/// The scoring network of a parser or an entity recogniser.
#[derive(Debug)]
pub(crate) struct Scorer {
    /// Token vectors to the narrower ones that features are made of.
    projection: Matrix,
    projection_bias: Vec<Lane>,
    /// A narrow vector to its part in the hidden layer, for each feature: `[feature][piece][hidden]`.
    lower: Matrix,
    /// What an absent token contributes, laid out like a row of `lower`.
    absent: Vec<Lane>,
    bias: Vec<Lane>,
    /// Output weights: for each hidden number a row of all classes.
    upper: Vec<Lane>,
    upper_bias: Vec<Lane>,
    n_features: usize,
    n_pieces: usize,
    hidden_lanes: usize,
    class_lanes: usize,
    n_classes: usize,
    instructions: Instructions,
}

/// The features of tokens: for each token what it contributes to the hidden layer as each feature.
#[derive(Debug, Default)]
pub(crate) struct FeatureRows {
    lanes: Vec<Lane>,
}

impl Scorer {
    /// Picks the network out of a model file; `n_classes` of its outputs have a meaning.
    pub(crate) fn from_model(model: &Model<'_>, n_features: usize, moves: &[Move]) -> Result<Self, Error> {
        let (lower_idx, upper_idx) = (model.reference("lower")?, model.reference("upper")?);
        if model.first("parser_model")?.attr_flag("has_upper")? != Some(true) {
            return Err(Error::unsupported("a transition model without an upper layer"));
        }
        let projections: Vec<_> =
            model.nodes().filter(|(idx, node)| node.name == "linear" && *idx != upper_idx).collect();
        let [(_, projection)] = projections.as_slice() else {
            return Err(Error::unsupported("a transition model with other linear layers than projection and upper"));
        };
        let (projection_w, projection_b) = (projection.param("W", 2)?, projection.param("b", 1)?);
        let lower = model.at(lower_idx);
        let (lower_w, lower_b, pad) = (lower.param("W", 4)?, lower.param("b", 2)?, lower.param("pad", 4)?);
        let upper = model.at(upper_idx);
        let (upper_w, upper_b) = (upper.param("W", 2)?, upper.param("b", 1)?);

        let &[lower_features, n_hidden, n_pieces, n_narrow] = lower_w.shape.as_slice() else {
            return Err(Error::corrupt("a lower layer that is not four-dimensional"));
        };
        let is_consistent = projection_w.shape[0] == n_narrow
            && projection_b.shape == [n_narrow]
            && lower_b.shape == [n_hidden, n_pieces]
            && pad.shape == [1, lower_features, n_hidden, n_pieces]
            && upper_w.shape[1] == n_hidden
            && upper_b.shape == [upper_w.shape[0]];
        if !is_consistent {
            return Err(Error::corrupt("the shapes of a transition model do not fit each other"));
        }
        if lower_features != n_features {
            return Err(Error::unsupported(format!(
                "{lower_features} features of a state (here there are {n_features})"
            )));
        }
        if n_hidden % WIDTH != 0 || n_hidden > MAX_HIDDEN_LANES * WIDTH || n_narrow % WIDTH != 0 || n_pieces > 8 {
            return Err(Error::unsupported("a transition model of these widths"));
        }
        // Classes beyond the rows of the upper layer can never win; see the moves of the format.
        let n_classes = upper_w.shape[0].min(moves.len());
        if n_classes < upper_w.shape[0] {
            return Err(Error::corrupt(format!("{} classes for {} outputs", moves.len(), upper_w.shape[0])));
        }
        let order: Vec<usize> = (0..n_features)
            .flat_map(|feature| (0..n_pieces).map(move |piece| (feature, piece)))
            .flat_map(|(feature, piece)| {
                (0..n_hidden).map(move |hidden| (feature * n_hidden + hidden) * n_pieces + piece)
            })
            .collect();
        let outputs: Vec<_> = order.iter().copied().map(Some).collect();
        let bias_order = order[..n_hidden * n_pieces].iter();
        let class_lanes = n_classes.div_ceil(WIDTH);
        let upper_rows = (0..n_hidden).flat_map(|hidden| {
            let row: Vec<f32> = (0..n_classes).map(|class| upper_w.data[class * n_hidden + hidden]).collect();
            lane::lanes(&row)
        });
        Ok(Scorer {
            projection: Matrix::plain(&projection_w.data, projection_w.shape[1], n_narrow),
            projection_bias: lane::lanes(&projection_b.data),
            lower: Matrix::new(&lower_w.data, n_narrow, &outputs),
            absent: lane::lanes(&order.iter().map(|&at| pad.data[at]).collect::<Vec<_>>()),
            bias: lane::lanes(&bias_order.map(|&at| lower_b.data[at]).collect::<Vec<_>>()),
            upper: upper_rows.collect(),
            upper_bias: lane::lanes(&upper_b.data),
            n_features,
            n_pieces,
            hidden_lanes: n_hidden / WIDTH,
            class_lanes,
            n_classes,
            instructions: Instructions::detect(),
        })
    }

    /// Lanes of the vectors that [`Self::narrow`] takes.
    pub(crate) fn n_inputs(&self) -> usize {
        self.projection.n_inputs()
    }

    /// Lanes of a narrow vector.
    pub(crate) fn narrow_lanes(&self) -> usize {
        self.projection_bias.len()
    }

    /// Projects token vectors to narrow ones, which replace what is in `out`.
    pub(crate) fn narrow(&self, vectors: &[Lane], out: &mut Vec<Lane>) {
        let n_rows = vectors.len() * WIDTH / self.n_inputs();
        let mut products = vec![Lane::ZERO; n_rows * self.projection.row_lanes()];
        self.projection.multiply(lane::numbers(vectors), self.n_inputs(), n_rows, &mut products);
        out.clear();
        for row in products.chunks_exact(self.projection.row_lanes()) {
            out.extend(row.iter().zip(&self.projection_bias).map(|(x, bias)| x.add(*bias)));
        }
    }

    /// Computes the feature rows of narrow vectors, which replace what is in `rows`.
    pub(crate) fn feature_rows(&self, narrow: &[Lane], rows: &mut FeatureRows) {
        let n_rows = narrow.len() / self.narrow_lanes();
        rows.lanes.resize(n_rows * self.lower.row_lanes(), Lane::ZERO);
        self.lower.multiply(lane::numbers(narrow), self.lower.n_inputs(), n_rows, &mut rows.lanes);
    }

    /// What the token of the given row contributes.
    pub(crate) fn row<'r>(&self, rows: &'r FeatureRows, row: usize) -> &'r [Lane] {
        &rows.lanes[row * self.lower.row_lanes()..][..self.lower.row_lanes()]
    }

    /// What no token contributes.
    pub(crate) fn absent_row(&self) -> &[Lane] {
        &self.absent
    }

    /// The class with the greatest score among those that `mask` allows (adds 0 to; to others minus
    /// infinity), the first of equals; `None` if none is allowed. `features[f]` is the row of feature
    /// `f`'s token.
    ///
    /// # Panics
    /// If there are not as many features as the network has.
    pub(crate) fn best(&self, features: &[&[Lane]], mask: &[Lane]) -> Option<usize> {
        assert_eq!(features.len(), self.n_features, "one row for each feature");
        let class = best_class(self.instructions, self, features, mask);
        class.filter(|&class| class < self.n_classes)
    }

    /// A mask that allows the classes that `is_allowed` says.
    pub(crate) fn mask(&self, is_allowed: impl Fn(usize) -> bool) -> Vec<Lane> {
        let allow = |class| if class < self.n_classes && is_allowed(class) { 0.0 } else { f32::NEG_INFINITY };
        (0..self.class_lanes).map(|lane| Lane(std::array::from_fn(|n| allow(lane * WIDTH + n)))).collect()
    }
}

compiled_for_each! {
    /// See [`Scorer::best`].
    fn best_class(scorer: &Scorer, features: &[&[Lane]], mask: &[Lane]) -> Option<usize> = best_class_body
}

#[inline(always)]
fn best_class_body<const FUSED: bool>(scorer: &Scorer, features: &[&[Lane]], mask: &[Lane]) -> Option<usize> {
    let n = scorer.hidden_lanes;
    let mut hidden = [Lane::ZERO; MAX_HIDDEN_LANES];
    for (lane, hidden) in hidden.iter_mut().enumerate().take(n) {
        let mut greatest = Lane::ZERO;
        for piece in 0..scorer.n_pieces {
            let at = piece * n + lane;
            let mut sum = Lane::ZERO;
            for (feature, row) in features.iter().enumerate() {
                sum = sum.add(row[feature * scorer.n_pieces * n + at]);
            }
            sum = sum.add(scorer.bias[at]);
            greatest = if piece == 0 { sum } else { greatest.max(sum) };
        }
        // One piece is a rectified linear unit.
        *hidden = if scorer.n_pieces == 1 { greatest.max(Lane::ZERO) } else { greatest };
    }
    let mut best = (f32::NEG_INFINITY, None);
    let mut lane = 0;
    while lane < scorer.class_lanes {
        // Four lanes of classes at a time: enough sums under way to keep the multipliers busy.
        const TOGETHER: usize = 4;
        let n_together = TOGETHER.min(scorer.class_lanes - lane);
        let mut sums = [Lane::ZERO; TOGETHER];
        for (hidden_lane, hidden) in hidden.iter().enumerate().take(n) {
            for (within, &value) in hidden.0.iter().enumerate() {
                let row = (hidden_lane * WIDTH + within) * scorer.class_lanes + lane;
                let value = Lane::splat(value);
                for (sum, &weight) in sums.iter_mut().zip(&scorer.upper[row..row + n_together]) {
                    *sum = sum.add_product::<FUSED>(value, weight);
                }
            }
        }
        for (sum, at) in sums.into_iter().zip(lane..lane + n_together) {
            let scores = sum.add(scorer.upper_bias[at]).add(mask[at]);
            let greatest = scores.greatest();
            if greatest > best.0 {
                best = (greatest, scores.position(greatest).map(|within| at * WIDTH + within));
            }
        }
        lane += n_together;
    }
    best.1
}
