//! Reading with a bound on what is held.

use super::problem::Problem;
use std::io::{self, BufRead, Read};

/// All that is left in the reader.
///
/// # Errors
/// Where it is more than `limit` bytes, or reading fails.
pub(crate) fn whole(reader: &mut dyn Read, limit: usize) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    reader.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > limit { Err(Problem::too_long(limit)) } else { Ok(bytes) }
}

/// A line, or what is told of one that is too long to be held.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// With its end.
    Whole(Vec<u8>),
    TooLong,
    End,
}

/// The next line; of one that is longer than `limit` nothing is held.
pub(crate) fn line(reader: &mut dyn BufRead, limit: usize) -> io::Result<Line> {
    let mut line = Vec::new();
    reader.take(limit as u64 + 1).read_until(b'\n', &mut line)?;
    if line.is_empty() {
        return Ok(Line::End);
    }
    if line.len() <= limit || line.ends_with(b"\n") {
        return Ok(Line::Whole(line));
    }
    drop(line);
    loop {
        let buffer = reader.fill_buf()?;
        let (n_bytes, is_end) = match buffer.iter().position(|byte| *byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        reader.consume(n_bytes);
        if is_end {
            return Ok(Line::TooLong);
        }
    }
}

/// Reads on through `n_bytes` without holding them; tells how many there were.
pub(crate) fn pass_over(reader: &mut dyn BufRead, n_bytes: u64) -> io::Result<u64> {
    io::copy(&mut reader.take(n_bytes), &mut io::sink())
}
