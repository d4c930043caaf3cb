use super::problem::Bomb;
use std::cell::Cell;
use std::io::{self, Read};

/// How much an input may still expand to, all archives and compressed files in it together.
#[derive(Debug)]
pub(crate) struct Meter {
    left: Cell<u64>,
    max_ratio: u64,
}

impl Meter {
    /// `allowance` is what any input may expand to.
    pub(crate) fn new(allowance: u64, max_ratio: u64) -> Self {
        Meter { left: Cell::new(allowance), max_ratio }
    }

    /// So many bytes more were read of the input itself.
    pub(crate) fn credit(&self, n_bytes: u64) {
        self.left.set(self.left.get().saturating_add(n_bytes.saturating_mul(self.max_ratio)));
    }

    pub(crate) fn is_exceeded(&self) -> bool {
        self.left.get() == 0
    }

    fn debit(&self, n_bytes: u64) -> io::Result<()> {
        self.left.set(self.left.get().saturating_sub(n_bytes));
        if self.is_exceeded() { Err(io::Error::other(Bomb { max_ratio: self.max_ratio })) } else { Ok(()) }
    }

    /// Reads the input itself, whose bytes are credited.
    pub(crate) fn source<R: Read>(&self, reader: R) -> impl Read {
        Metered { reader, meter: self, is_source: true }
    }

    /// Reads what was expanded, whose bytes are debited.
    pub(crate) fn expanded<R: Read>(&self, reader: R) -> impl Read {
        Metered { reader, meter: self, is_source: false }
    }
}

struct Metered<'m, R> {
    reader: R,
    meter: &'m Meter,
    is_source: bool,
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.reader.read(buffer)?;
        if self.is_source {
            self.meter.credit(n_bytes as u64);
        } else {
            self.meter.debit(n_bytes as u64)?;
        }
        Ok(n_bytes)
    }
}
