//! For this crate's benches only; not part of its interface.

use crate::layers::lane::Lane;
use crate::layers::matrix::Matrix;

/// The runtime's matrix product.
#[derive(Debug)]
pub struct Product {
    matrix: Matrix,
    results: Vec<Lane>,
}

impl Product {
    /// Lays out `n_outputs` rows of `n_inputs` weights.
    pub fn new(weights: &[f32], n_inputs: usize, n_outputs: usize) -> Self {
        Product { matrix: Matrix::plain(weights, n_inputs, n_outputs), results: Vec::new() }
    }

    /// Multiplies `n_rows` rows of inputs, one after the other in `x`.
    pub fn multiply(&mut self, x: &[f32], n_rows: usize) {
        self.results.resize(n_rows * self.matrix.row_lanes(), Lane::ZERO);
        self.matrix.multiply(x, self.matrix.n_inputs(), n_rows, &mut self.results);
    }
}
