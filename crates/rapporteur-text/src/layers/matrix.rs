//! Rows times a matrix of weights: `y[r][j] = Σ_i x[r][i] · w[j][i]`.
//!
//! Written here rather than taken from a library because the weights are laid out once at load
//! (a library packs them for each call, which at the few rows of a short text costs as much as the
//! product), and because a row's result must not depend on how many rows are computed together.
//! `cargo bench` compares it with the crate `matrixmultiply`; `docs/RESULTS.md` has the figures.

use super::lane::{Instructions, Lane, WIDTH};

/// Rows that are computed together: with three lanes of outputs they fill 24 of 32 vector registers.
pub(super) const ROWS: usize = 8;
/// Lanes of outputs that are computed together.
const PANEL_LANES: usize = 3;

/// A matrix of weights, laid out for multiplication.
#[derive(Debug, Clone)]
pub(crate) struct Matrix {
    /// Panels of `PANEL_LANES` lanes of outputs; in a panel the weights of input 0, of input 1, ….
    panels: Vec<[Lane; PANEL_LANES]>,
    n_inputs: usize,
    n_panels: usize,
    instructions: Instructions,
}

impl Matrix {
    /// Lays out `weights`: row `j` holds the `n_inputs` weights of output `j`; `None` for an output
    /// that is zero (padding).
    pub(crate) fn new(weights: &[f32], n_inputs: usize, outputs: &[Option<usize>]) -> Self {
        let n_panels = outputs.len().div_ceil(PANEL_LANES * WIDTH);
        let mut panels = vec![[Lane::ZERO; PANEL_LANES]; n_panels * n_inputs];
        for (column, output) in outputs.iter().enumerate() {
            let Some(output) = output else { continue };
            let (panel, within) = (column / (PANEL_LANES * WIDTH), column % (PANEL_LANES * WIDTH));
            for input in 0..n_inputs {
                let weight = weights[output * n_inputs + input];
                panels[panel * n_inputs + input][within / WIDTH].0[within % WIDTH] = weight;
            }
        }
        Matrix { panels, n_inputs, n_panels, instructions: Instructions::detect() }
    }

    /// Lays out all of `weights`, `n_outputs` rows of `n_inputs`, in order.
    pub(crate) fn plain(weights: &[f32], n_inputs: usize, n_outputs: usize) -> Self {
        Self::new(weights, n_inputs, &(0..n_outputs).map(Some).collect::<Vec<_>>())
    }

    /// Numbers in a row of inputs.
    pub(crate) fn n_inputs(&self) -> usize {
        self.n_inputs
    }

    /// Lanes in a row of results: the outputs, filled up to whole panels with zeros.
    pub(crate) fn row_lanes(&self) -> usize {
        self.n_panels * PANEL_LANES
    }

    /// Multiplies `n_rows` rows. Row `r` of the inputs is `x[r * stride..][..n_inputs]` (rows may
    /// overlap); row `r` of the results is `y[r * row_lanes()..][..row_lanes()]`.
    ///
    /// # Panics
    /// If `x` or `y` is too short.
    pub(crate) fn multiply(&self, x: &[f32], stride: usize, n_rows: usize, y: &mut [Lane]) {
        if n_rows == 0 {
            return;
        }
        assert!(x.len() >= (n_rows - 1) * stride + self.n_inputs, "too few inputs");
        assert!(y.len() >= n_rows * self.row_lanes(), "too little room for results");
        for first in (0..n_rows).step_by(ROWS) {
            let n = (n_rows - first).min(ROWS);
            let x = &x[first * stride..];
            let y = &mut y[first * self.row_lanes()..];
            match n {
                8 => self.rows::<8>(x, stride, y),
                7 => self.rows::<7>(x, stride, y),
                6 => self.rows::<6>(x, stride, y),
                5 => self.rows::<5>(x, stride, y),
                4 => self.rows::<4>(x, stride, y),
                3 => self.rows::<3>(x, stride, y),
                2 => self.rows::<2>(x, stride, y),
                _ => self.rows::<1>(x, stride, y),
            }
        }
    }

    fn rows<const N: usize>(&self, x: &[f32], stride: usize, y: &mut [Lane]) {
        assert!(x.len() >= (N - 1) * stride + self.n_inputs && y.len() >= N * self.row_lanes());
        for (n, panel) in self.panels.chunks_exact(self.n_inputs).enumerate() {
            let y = &mut y[n * PANEL_LANES..];
            match self.instructions {
                // SAFETY: `Instructions::detect` saw the features; the assertion above is the kernels' contract.
                #[cfg(target_arch = "x86_64")]
                Instructions::Avx512 => unsafe { x86::avx512::<N>(panel, x, stride, y, self.row_lanes()) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                Instructions::Avx2 => unsafe { x86::avx2::<N>(panel, x, stride, y, self.row_lanes()) },
                Instructions::Portable => portable::<N>(panel, x, stride, y, self.row_lanes()),
            }
        }
    }
}

fn portable<const N: usize>(panel: &[[Lane; PANEL_LANES]], x: &[f32], stride: usize, y: &mut [Lane], y_stride: usize) {
    for lane in 0..PANEL_LANES {
        let mut sums = [Lane::ZERO; N];
        for (input, weights) in panel.iter().enumerate() {
            for (row, sum) in sums.iter_mut().enumerate() {
                *sum = sum.add_product::<false>(Lane::splat(x[row * stride + input]), weights[lane]);
            }
        }
        for (row, sum) in sums.into_iter().enumerate() {
            y[row * y_stride + lane] = sum;
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{Lane, PANEL_LANES};
    use std::arch::x86_64::*;

    /// One panel for `N` rows.
    ///
    /// # Safety
    /// The machine has AVX-512F; `x` holds `(N - 1) * stride + panel.len()` numbers and `y`
    /// `(N - 1) * y_stride + PANEL_LANES` lanes.
    #[target_feature(enable = "avx512f")]
    pub(super) unsafe fn avx512<const N: usize>(
        panel: &[[Lane; PANEL_LANES]],
        x: &[f32],
        stride: usize,
        y: &mut [Lane],
        y_stride: usize,
    ) {
        let mut sums = [[_mm512_setzero_ps(); PANEL_LANES]; N];
        let x = x.as_ptr();
        for (input, weights) in panel.iter().enumerate() {
            // SAFETY: a lane is 64 aligned bytes; `row * stride + input` is in `x` by the contract.
            unsafe {
                let weights: [__m512; PANEL_LANES] =
                    std::array::from_fn(|lane| _mm512_load_ps(weights[lane].0.as_ptr()));
                for (row, sums) in sums.iter_mut().enumerate() {
                    let value = _mm512_set1_ps(*x.add(row * stride + input));
                    for (sum, weight) in sums.iter_mut().zip(weights) {
                        *sum = _mm512_fmadd_ps(value, weight, *sum);
                    }
                }
            }
        }
        for (row, sums) in sums.into_iter().enumerate() {
            for (lane, sum) in sums.into_iter().enumerate() {
                // SAFETY: a lane is 64 aligned bytes.
                unsafe { _mm512_store_ps(y[row * y_stride + lane].0.as_mut_ptr(), sum) };
            }
        }
    }

    /// One panel for `N` rows, a lane as two halves: four rows at a time fill the 16 registers.
    ///
    /// # Safety
    /// The machine has AVX2 and FMA; else as for [`avx512`].
    #[target_feature(enable = "avx2,fma")]
    pub(super) unsafe fn avx2<const N: usize>(
        panel: &[[Lane; PANEL_LANES]],
        x: &[f32],
        stride: usize,
        y: &mut [Lane],
        y_stride: usize,
    ) {
        const TOGETHER: usize = 4;
        let x = x.as_ptr();
        for first in (0..N).step_by(TOGETHER) {
            let n_rows = TOGETHER.min(N - first);
            for lane in 0..PANEL_LANES {
                let mut sums = [[_mm256_setzero_ps(); 2]; TOGETHER];
                for (input, weights) in panel.iter().enumerate() {
                    // SAFETY: a lane is 64 aligned bytes; rows past the last repeat it, so that
                    // `row * stride + input` is in `x` by the contract.
                    unsafe {
                        let weights = weights[lane].0.as_ptr();
                        let [low, high] = [_mm256_load_ps(weights), _mm256_load_ps(weights.add(8))];
                        for (n, sums) in sums.iter_mut().enumerate() {
                            let row = first + n.min(n_rows - 1);
                            let value = _mm256_set1_ps(*x.add(row * stride + input));
                            sums[0] = _mm256_fmadd_ps(value, low, sums[0]);
                            sums[1] = _mm256_fmadd_ps(value, high, sums[1]);
                        }
                    }
                }
                for (n, sums) in sums.into_iter().enumerate().take(n_rows) {
                    let out = y[(first + n) * y_stride + lane].0.as_mut_ptr();
                    // SAFETY: a lane is 64 aligned bytes.
                    unsafe {
                        _mm256_store_ps(out, sums[0]);
                        _mm256_store_ps(out.add(8), sums[1]);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::lane::numbers;
    use super::*;

    fn noise(n: usize) -> Vec<f32> {
        let mut state = 12345u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 23) as f32 - 1.0
        };
        (0..n).map(|_| next()).collect()
    }

    fn all_instructions() -> Vec<Instructions> {
        let mut all = vec![Instructions::Portable];
        #[cfg(target_arch = "x86_64")]
        {
            let best = Instructions::detect();
            if best != Instructions::Portable {
                all.push(Instructions::Avx2);
            }
            if best == Instructions::Avx512 {
                all.push(Instructions::Avx512);
            }
        }
        all
    }

    #[test]
    fn products_are_right_for_any_shape_and_instructions() {
        for instructions in all_instructions() {
            for (n_inputs, n_outputs, n_rows) in [(1, 1, 1), (5, 50, 3), (96, 64, 9), (288, 288, 21)] {
                let (weights, x) = (noise(n_inputs * n_outputs), noise(n_inputs * n_rows));
                let matrix = Matrix { instructions, ..Matrix::plain(&weights, n_inputs, n_outputs) };
                let mut y = vec![Lane::ZERO; n_rows * matrix.row_lanes()];
                matrix.multiply(&x, n_inputs, n_rows, &mut y);
                for (row, y) in y.chunks(matrix.row_lanes()).enumerate() {
                    for (output, &got) in numbers(y).iter().enumerate() {
                        let products = (0..n_inputs).map(|i| {
                            if output < n_outputs {
                                x[row * n_inputs + i] * weights[output * n_inputs + i]
                            } else {
                                0.0
                            }
                        });
                        let expected: f32 = products.sum();
                        assert!((got - expected).abs() < 1e-4, "{instructions:?}: {got} for {expected}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_row_does_not_depend_on_its_neighbours() {
        for instructions in all_instructions() {
            let (weights, x) = (noise(96 * 100), noise(96 * 19));
            let matrix = Matrix { instructions, ..Matrix::plain(&weights, 96, 100) };
            let mut together = vec![Lane::ZERO; 19 * matrix.row_lanes()];
            matrix.multiply(&x, 96, 19, &mut together);
            for row in 0..19 {
                let mut alone = vec![Lane::ZERO; matrix.row_lanes()];
                matrix.multiply(&x[row * 96..], 96, 1, &mut alone);
                assert_eq!(alone, together[row * matrix.row_lanes()..][..matrix.row_lanes()]);
            }
        }
    }
}
