//! Parquet: a row for each article, its columns found by their names as those of a table are.

use super::tally::Tally;
use super::{Flow, Place, Problem, Unpacker, bounded, json};
use rapporteur_columns::{Error, Row, rows, rows_of_bytes};
use std::fs::File;
use std::io::BufRead;
use std::ops::ControlFlow;

/// Reads a file where it lies, whatever its length: no more than a page of each column is held.
pub(super) fn read(unpacker: &mut Unpacker, place: &Place, file: File) -> Flow {
    read_with(unpacker, place, |take| rows(file, take))
}

/// Reads what stands inside another input, which is held as a whole.
pub(super) fn read_held(unpacker: &mut Unpacker, place: &Place, reader: &mut dyn BufRead) -> Flow {
    match bounded::whole(reader, unpacker.options.max_entry_bytes) {
        Ok(bytes) => read_with(unpacker, place, |take| rows_of_bytes(bytes, take)),
        Err(problem) => unpacker.skip(place, problem),
    }
}

fn read_with(
    unpacker: &mut Unpacker,
    place: &Place,
    read: impl FnOnce(&mut dyn FnMut(Row) -> bool) -> Result<(), Error>,
) -> Flow {
    let mut tally = Tally::default();
    let (mut number, mut flow) = (0, ControlFlow::Continue(()));
    let done = read(&mut |row| {
        number += 1;
        flow = json::give_value(unpacker, &mut tally, &place.numbered(number), row.to_json());
        flow.is_continue()
    });
    flow?;
    if let Err(error) = done {
        let hint = "write it anew, uncompressed or with Snappy, gzip or Zstandard";
        unpacker.skip(place, Problem::new(format!("a Parquet file that cannot be read: {error}"), hint))?;
    }
    tally.finish(unpacker, place, "rows")
}
