//! Sixteen numbers that are computed with together, and the choice of the machine's instructions.

/// Numbers in a lane.
pub(crate) const WIDTH: usize = 16;

/// Sixteen numbers, aligned to a cache line: one AVX-512 register, two of AVX2, four of SSE2.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(C, align(64))]
pub(crate) struct Lane(pub(crate) [f32; WIDTH]);

impl Lane {
    pub(crate) const ZERO: Lane = Lane([0.0; WIDTH]);

    pub(crate) const fn splat(x: f32) -> Lane {
        Lane([x; WIDTH])
    }

    #[inline(always)]
    fn zip(self, other: Lane, f: impl Fn(f32, f32) -> f32) -> Lane {
        let mut out = self.0;
        for (x, y) in out.iter_mut().zip(other.0) {
            *x = f(*x, y);
        }
        Lane(out)
    }

    #[inline(always)]
    pub(crate) fn add(self, other: Lane) -> Lane {
        self.zip(other, |x, y| x + y)
    }

    #[inline(always)]
    pub(crate) fn sub(self, other: Lane) -> Lane {
        self.zip(other, |x, y| x - y)
    }

    #[inline(always)]
    pub(crate) fn mul(self, other: Lane) -> Lane {
        self.zip(other, |x, y| x * y)
    }

    #[inline(always)]
    pub(crate) fn max(self, other: Lane) -> Lane {
        self.zip(other, |x, y| if y > x { y } else { x })
    }

    /// `self + a * b`, fused where the machine has it and `FUSED` says so.
    #[inline(always)]
    pub(crate) fn add_product<const FUSED: bool>(self, a: Lane, b: Lane) -> Lane {
        let mut out = self.0;
        for ((x, a), b) in out.iter_mut().zip(a.0).zip(b.0) {
            *x = if FUSED { a.mul_add(b, *x) } else { *x + a * b };
        }
        Lane(out)
    }

    /// The sum of the sixteen, by halves.
    #[inline(always)]
    pub(crate) fn sum(self) -> f32 {
        self.fold_halves(|x, y| x + y)
    }

    /// The greatest of the sixteen.
    #[inline(always)]
    pub(crate) fn greatest(self) -> f32 {
        self.fold_halves(|x, y| if y > x { y } else { x })
    }

    #[inline(always)]
    fn fold_halves(self, f: impl Fn(f32, f32) -> f32) -> f32 {
        let mut x = self.0;
        let mut half = WIDTH / 2;
        while half > 0 {
            for n in 0..half {
                x[n] = f(x[n], x[n + half]);
            }
            half /= 2;
        }
        x[0]
    }

    /// The position of the first of the sixteen that equals `x`.
    #[inline(always)]
    pub(crate) fn position(self, x: f32) -> Option<usize> {
        let bits = self.0.iter().enumerate().fold(0u32, |bits, (n, &y)| bits | u32::from(y == x) << n);
        (bits != 0).then(|| bits.trailing_zeros() as usize)
    }
}

/// The numbers of lanes, one after the other.
pub(crate) fn numbers(lanes: &[Lane]) -> &[f32] {
    // SAFETY: a `Lane` is exactly sixteen `f32` without padding (64 bytes, `repr(C)`), so the memory of
    // `lanes` is initialised `f32`s, and alignment only falls.
    unsafe { std::slice::from_raw_parts(lanes.as_ptr().cast(), lanes.len() * WIDTH) }
}

/// Lanes that hold `numbers`; the last is filled up with zeros.
pub(crate) fn lanes(numbers: &[f32]) -> Vec<Lane> {
    let lane = |chunk: &[f32]| {
        let mut lane = Lane::ZERO;
        lane.0[..chunk.len()].copy_from_slice(chunk);
        lane
    };
    numbers.chunks(WIDTH).map(lane).collect()
}

/// The widest vector instructions of the machine that this runtime has code for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Instructions {
    /// 512-bit vectors with fused multiply-add.
    #[cfg(target_arch = "x86_64")]
    Avx512,
    /// 256-bit vectors with fused multiply-add.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// What the compiler makes of plain loops.
    Portable,
}

impl Instructions {
    /// What this machine has.
    pub(crate) fn detect() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            let has_avx2 = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
            if has_avx2 && is_x86_feature_detected!("avx512f") {
                return Instructions::Avx512;
            }
            if has_avx2 {
                return Instructions::Avx2;
            }
        }
        Instructions::Portable
    }
}

/// Defines `$name` as `$body` compiled once for each kind of instructions, chosen at run time by its
/// first argument, [`Instructions`]. `$body` is an `#[inline(always)]` function with one constant
/// parameter: whether multiply-add is fused.
macro_rules! compiled_for_each {
    ($(#[$doc:meta])* fn $name:ident($($arg:ident: $ty:ty),* $(,)?) $(-> $out:ty)? = $body:ident) => {
        $(#[$doc])*
        #[allow(clippy::too_many_arguments)]
        fn $name(instructions: Instructions, $($arg: $ty),*) $(-> $out)? {
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx512f,avx2,fma")]
            #[allow(clippy::too_many_arguments)]
            fn avx512($($arg: $ty),*) $(-> $out)? { $body::<true>($($arg),*) }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma")]
            #[allow(clippy::too_many_arguments)]
            fn avx2($($arg: $ty),*) $(-> $out)? { $body::<true>($($arg),*) }
            match instructions {
                // SAFETY: `Instructions::detect` saw that the machine has these features.
                #[cfg(target_arch = "x86_64")]
                Instructions::Avx512 => unsafe { avx512($($arg),*) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                Instructions::Avx2 => unsafe { avx2($($arg),*) },
                Instructions::Portable => $body::<false>($($arg),*),
            }
        }
    };
}
pub(super) use compiled_for_each;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_and_finds() {
        let lane = Lane(std::array::from_fn(|n| (n * 7 % 16) as f32));
        assert_eq!(lane.sum(), 120.0);
        assert_eq!(lane.greatest(), 15.0);
        assert_eq!(lane.position(15.0), Some(9));
        assert_eq!(lane.position(0.5), None);
        assert_eq!(numbers(&lanes(&[1.0; 17])).len(), 32);
    }
}
