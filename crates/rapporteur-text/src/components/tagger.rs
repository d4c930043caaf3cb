//! One label for each token: the tagger, and the sentence recogniser, which has two labels.

use crate::error::Error;
use crate::folder::thinc::Model;
use crate::layers::lane::{self, Lane, WIDTH};
use crate::layers::matrix::Matrix;

/// A linear layer that picks the best label.
#[derive(Debug)]
pub(crate) struct Tagger {
    matrix: Matrix,
    /// Minus infinity where there is no label.
    bias: Vec<Lane>,
    products: usize,
}

impl Tagger {
    /// Picks the output layer out of a model file; it must have `n_labels` outputs.
    pub(crate) fn from_model(model: &Model<'_>, n_labels: usize) -> Result<Self, Error> {
        let softmax = model.first("softmax")?;
        let (weights, bias) = (softmax.param("W", 2)?, softmax.param("b", 1)?);
        if weights.shape[0] != n_labels || bias.shape != [n_labels] {
            return Err(Error::corrupt(format!("{n_labels} labels for {} outputs", weights.shape[0])));
        }
        let matrix = Matrix::plain(&weights.data, weights.shape[1], n_labels);
        let mut padded = bias.data;
        padded.resize(matrix.row_lanes() * WIDTH, f32::NEG_INFINITY);
        Ok(Tagger { products: matrix.row_lanes(), matrix, bias: lane::lanes(&padded) })
    }

    /// Numbers in a vector that is labelled.
    pub(crate) fn n_inputs(&self) -> usize {
        self.matrix.n_inputs()
    }

    /// The label of each vector, the first of equals; appended to `labels`.
    pub(crate) fn label(&self, vectors: &[Lane], products: &mut Vec<Lane>, labels: &mut Vec<u16>) {
        let n_rows = vectors.len() * WIDTH / self.matrix.n_inputs();
        products.resize(n_rows * self.products, Lane::ZERO);
        self.matrix.multiply(lane::numbers(vectors), self.matrix.n_inputs(), n_rows, products);
        labels.extend(products.chunks_exact(self.products).take(n_rows).map(|row| {
            let mut best = (f32::NEG_INFINITY, 0);
            for (at, (x, bias)) in row.iter().zip(&self.bias).enumerate() {
                let scores = x.add(*bias);
                let greatest = scores.greatest();
                if greatest > best.0 {
                    best = (greatest, at * WIDTH + scores.position(greatest).unwrap_or(0));
                }
            }
            best.1 as u16
        }));
    }
}
