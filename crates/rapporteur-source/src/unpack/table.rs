//! Tables: fields between commas, semicolons, tabs or bars, the names of the columns in the first row (RFC 4180).

use super::tally::Tally;
use super::{Flow, Place, Problem, Unpacker, records};
use crate::fields::{Record, decoded};
use csv::ByteRecord;
use std::cell::{Cell, RefCell};
use std::io::{self, BufRead, Cursor, Read};
use std::ops::ControlFlow;
use std::rc::Rc;

/// What stands between fields, the likeliest first.
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];
/// So many rows tell the delimiter.
const N_SNIFFED_ROWS: usize = 20;
/// A quotation mark that never closes swallows the rest of a table. So many are mended by reading on from the line after
/// each; a table with more is no table.
const MAX_MENDED: usize = 8;
/// Tables with more columns are not of articles.
const MAX_COLUMNS: usize = 10_000;

pub(super) fn read(unpacker: &mut Unpacker, place: &Place, reader: &mut dyn BufRead) -> Flow {
    let head = match reader.fill_buf() {
        Ok(head) => head,
        Err(error) => return unpacker.skip(place, error.into()),
    };
    let declared = declared_delimiter(head);
    let delimiter = declared.map_or_else(|| delimiter_of(head, place.name()), |(delimiter, _)| delimiter);
    let n_before = declared.map_or(0, |(_, n_bytes)| n_bytes);
    reader.consume(n_before);

    let mut tally = Tally::default();
    let mut table = Table { delimiter, names: None, first_line: 1 + u64::from(n_before > 0) };
    let mut left: Box<dyn Read + '_> = Box::new(reader);
    for _ in 0..=MAX_MENDED {
        match table.read_rows(unpacker, &mut tally, place, left) {
            Rows::Over(flow) => {
                flow?;
                return tally.finish(unpacker, place, "rows");
            }
            Rows::Swallowed(rest) => left = rest,
        }
    }
    let problem =
        Problem::new("a table with many quotation marks that never close", "write it anew with another program");
    unpacker.skip(place, problem)?;
    tally.finish(unpacker, place, "rows")
}

struct Table {
    delimiter: u8,
    names: Option<Vec<String>>,
    /// The number of the line that is read first.
    first_line: u64,
}

enum Rows<'r> {
    Over(Flow),
    /// A quotation mark swallowed what is to be read once more.
    Swallowed(Box<dyn Read + 'r>),
}

impl Table {
    fn read_rows<'r>(
        &mut self,
        unpacker: &mut Unpacker,
        tally: &mut Tally,
        place: &Place,
        reader: Box<dyn Read + 'r>,
    ) -> Rows<'r> {
        let limit = unpacker.options.max_entry_bytes;
        let kept = Kept::new(reader, limit);
        let mut rows = csv::ReaderBuilder::new()
            .delimiter(self.delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(kept.clone());
        let mut row = ByteRecord::new();
        loop {
            let start = rows.position().clone();
            kept.forget_before(start.byte(), STEP_BYTES);
            let line_of = |position: &csv::Position| self.first_line + position.line() - 1;
            let place_of = |line: u64| place.numbered(usize::try_from(line).unwrap_or(usize::MAX));
            match rows.read_byte_record(&mut row) {
                Ok(true) => {}
                Ok(false) => return Rows::Over(ControlFlow::Continue(())),
                Err(_) if kept.is_full() => {
                    kept.forget_before(start.byte(), 1);
                    let line = line_of(&start);
                    return self.swallowed(unpacker, &place_of(line), line, &kept);
                }
                Err(error) => {
                    let error = match error.into_kind() {
                        csv::ErrorKind::Io(error) => error,
                        _ => io::Error::from(io::ErrorKind::InvalidData),
                    };
                    return Rows::Over(unpacker.skip(&place_of(line_of(&start)), error.into()));
                }
            }
            let first = row.position().unwrap_or(&start).clone();
            // The end of the line before it, and blank lines, are still to be passed.
            let line = line_of(&first) + kept.n_line_ends_at(first.byte());
            let own_place = place_of(line);
            let is_long = line_of(rows.position()) > line + 1;
            if is_long && kept.is_at_end(rows.position().byte()) {
                kept.forget_before(first.byte(), 1);
                if kept.n_quotes() % 2 == 1 {
                    return self.swallowed(unpacker, &own_place, line, &kept);
                }
            }
            if let ControlFlow::Break(()) = self.give(unpacker, tally, &own_place, &row) {
                return Rows::Over(ControlFlow::Break(()));
            }
        }
    }

    /// Tells of the row in `line`, and where to read on: at the line after it.
    fn swallowed<'r>(&mut self, unpacker: &mut Unpacker, place: &Place, line: u64, kept: &Kept<'r>) -> Rows<'r> {
        let hint = "reading went on in the next line; double the quotation marks inside a field";
        if let ControlFlow::Break(()) = unpacker.skip(place, Problem::new("a quotation mark that never closes", hint)) {
            return Rows::Over(ControlFlow::Break(()));
        }
        self.first_line = line + 1;
        let (bytes, rest) = kept.take();
        match bytes.iter().position(|byte| *byte == b'\n') {
            Some(at) => Rows::Swallowed(Box::new(Cursor::new(bytes[at + 1..].to_vec()).chain(rest))),
            None => Rows::Over(ControlFlow::Continue(())),
        }
    }

    fn give(&mut self, unpacker: &mut Unpacker, tally: &mut Tally, place: &Place, row: &ByteRecord) -> Flow {
        let Some(names) = &self.names else {
            self.names = Some(row.iter().take(MAX_COLUMNS).map(decoded).collect());
            return ControlFlow::Continue(());
        };
        let is_blank = row.iter().all(|value| value.trim_ascii().is_empty());
        if is_blank {
            return ControlFlow::Continue(());
        }
        let mut record = Record::default();
        // A short row has no more than its own fields.
        for (name, value) in names.iter().zip(row) {
            record.push(name, value.to_vec());
        }
        records::give(unpacker, tally, place, record, "column")
    }
}

/// A table of articles has a text and something beside it.
const MIN_COLUMNS: usize = 2;

/// Rows are forgotten in steps of this length, several buffers long.
const STEP_BYTES: usize = 64 * 1024;

/// A reader that keeps what it has read since the row began, up to a limit.
#[derive(Clone)]
struct Kept<'r> {
    inner: Rc<KeptInner<'r>>,
}

struct KeptInner<'r> {
    reader: RefCell<Box<dyn Read + 'r>>,
    bytes: RefCell<Vec<u8>>,
    /// How many bytes were read before those that are kept.
    n_forgotten: Cell<u64>,
    limit: usize,
    is_full: Cell<bool>,
    is_end: Cell<bool>,
}

impl<'r> Kept<'r> {
    fn new(reader: Box<dyn Read + 'r>, limit: usize) -> Self {
        Kept {
            inner: Rc::new(KeptInner {
                reader: RefCell::new(reader),
                bytes: RefCell::default(),
                n_forgotten: Cell::new(0),
                limit,
                is_full: Cell::new(false),
                is_end: Cell::new(false),
            }),
        }
    }

    fn is_full(&self) -> bool {
        self.inner.is_full.get()
    }

    /// Whether everything was read and the row that ends at `position` is the last.
    fn is_at_end(&self, position: u64) -> bool {
        self.inner.is_end.get() && position >= self.inner.n_forgotten.get() + self.inner.bytes.borrow().len() as u64
    }

    /// How many lines end between `position` and the next row.
    fn n_line_ends_at(&self, position: u64) -> u64 {
        let bytes = self.inner.bytes.borrow();
        let n_passed = usize::try_from(position.saturating_sub(self.inner.n_forgotten.get())).unwrap_or(usize::MAX);
        let ends = bytes.iter().skip(n_passed).take_while(|byte| matches!(byte, b'\r' | b'\n'));
        ends.filter(|byte| **byte == b'\n').count() as u64
    }

    /// How many quotation marks are kept: of a whole row an even number.
    fn n_quotes(&self) -> usize {
        self.inner.bytes.borrow().iter().filter(|byte| **byte == b'"').count()
    }

    /// Forgets what stands before `position`, if it is at least `step` bytes: each time the rest is moved.
    fn forget_before(&self, position: u64, step: usize) {
        let mut bytes = self.inner.bytes.borrow_mut();
        let n_passed = position.saturating_sub(self.inner.n_forgotten.get());
        let n_passed = usize::try_from(n_passed).unwrap_or(usize::MAX).min(bytes.len());
        if n_passed < step {
            return;
        }
        bytes.drain(..n_passed);
        self.inner.n_forgotten.set(self.inner.n_forgotten.get() + n_passed as u64);
    }

    /// What is kept, and the reader of what follows.
    fn take(&self) -> (Vec<u8>, Box<dyn Read + 'r>) {
        let rest = std::mem::replace(&mut *self.inner.reader.borrow_mut(), Box::new(io::empty()));
        (std::mem::take(&mut *self.inner.bytes.borrow_mut()), rest)
    }
}

impl Read for Kept<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut bytes = self.inner.bytes.borrow_mut();
        if bytes.len() > self.inner.limit + STEP_BYTES {
            self.inner.is_full.set(true);
            return Err(io::Error::from(io::ErrorKind::InvalidData));
        }
        let n_bytes = self.inner.reader.borrow_mut().read(buffer)?;
        self.inner.is_end.set(n_bytes == 0);
        bytes.extend_from_slice(&buffer[..n_bytes]);
        Ok(n_bytes)
    }
}

/// The first line that some spreadsheets write: `sep=;`. Gives the delimiter and the length of the line.
fn declared_delimiter(head: &[u8]) -> Option<(u8, usize)> {
    let delimiter = *head.strip_prefix(b"sep=").or_else(|| head.strip_prefix(b"SEP="))?.first()?;
    let end = head.iter().position(|byte| *byte == b'\n')?;
    (DELIMITERS.contains(&delimiter) && end <= b"sep=;\r".len()).then_some((delimiter, end + 1))
}

/// The delimiter that cuts the first rows into the same number of fields, the most where several do.
pub(crate) fn delimiter_of(head: &[u8], name: &str) -> u8 {
    if [".tsv", ".tab"].iter().any(|end| name.to_lowercase().ends_with(end)) {
        return b'\t';
    }
    // The last row may be cut off by the end of the head.
    let rows = |delimiter: u8| -> Vec<usize> {
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(head);
        let lens: Vec<usize> =
            reader.byte_records().take(N_SNIFFED_ROWS).map_while(Result::ok).map(|r| r.len()).collect();
        if lens.len() > 2 && lens.len() < N_SNIFFED_ROWS { lens[..lens.len() - 1].to_vec() } else { lens }
    };
    let score = |delimiter: u8| {
        let lens = rows(delimiter);
        let n_columns = lens.first().copied().unwrap_or(0);
        let n_equal = lens.iter().filter(|len| **len == n_columns).count();
        if n_columns < MIN_COLUMNS { (0, 0) } else { (100 * n_equal / lens.len().max(1), n_columns) }
    };
    // Of equal scores the first counts.
    let best = DELIMITERS.into_iter().rev().max_by_key(|delimiter| score(*delimiter));
    best.unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_delimiter_is_what_cuts_all_rows_alike() {
        for (head, expected) in [
            ("a,b\n1,2\n3,4\n", b','),
            ("a;b\n1,5;2\n3,5;4\n", b';'),
            ("a\tb\n\"x\ty\"\t2\n", b'\t'),
            ("a|b|c\n1|2|3\n", b'|'),
            ("text\nTalks open, at last\n", b','),
            ("title;text\n\"A; b\";\"Long, with, many, commas.\nAnd lines\"\nc;d\n", b';'),
            ("", b','),
        ] {
            assert_eq!(delimiter_of(head.as_bytes(), "x.csv"), expected, "{head:?}");
        }
        assert_eq!(delimiter_of(b"a,b,c\n", "X.TSV"), b'\t');
    }

    proptest! {
        #[test]
        fn any_bytes_have_a_delimiter(head in prop::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(DELIMITERS.contains(&delimiter_of(&head, "x.csv")));
        }
    }
}
