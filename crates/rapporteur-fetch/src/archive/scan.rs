//! What stands in an archive already, and where its last whole record ends.

use super::Known;
use crate::Error;
use flate2::bufread::GzDecoder;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

/// How much of a record is looked at: the headers of the archive and of the response. The client takes 64 KiB of
/// response headers at most, and addresses stand in them.
const LEN_HEAD_BYTES: u64 = 256 << 10;

/// The first bytes of a gzip member with deflate (RFC 1952).
const GZIP: [u8; 3] = [0x1f, 0x8b, 8];

/// What was found in an archive.
#[derive(Default)]
pub(super) struct Scan {
    /// Where the last whole record ends.
    pub(super) len_bytes: u64,
    /// The addresses, with their last response.
    pub(super) known: BTreeMap<String, Known>,
}

/// Reads an archive through once. A record that breaks off at the end of the file is not counted; any other damage is
/// an error, since appending behind it would hide it.
pub(super) fn scan(file: &mut File, name: &str) -> Result<Scan, Error> {
    let unreadable = |error: io::Error| Error::new(format!("{name}: cannot be read: {}", error.kind()));
    file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    let mut reader = Counted { inner: BufReader::with_capacity(64 << 10, &mut *file), n_bytes: 0 };
    let mut scan = Scan::default();
    loop {
        if reader.fill_buf().map_err(unreadable)?.is_empty() {
            return Ok(scan);
        }
        match member(&mut reader) {
            Ok(head) if head.starts_with(b"WARC/1.") => {
                scan.len_bytes = reader.n_bytes;
                if let Some((url, known)) = known(&head) {
                    scan.known.insert(url, known);
                }
            }
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof && scan.len_bytes > 0 => break,
            _ if scan.len_bytes == 0 => {
                return Err(Error::new(format!("{name}: is not a compressed WARC archive"))
                    .with_hint("name another file with -o; this one is left as it is"));
            }
            _ => return Err(damaged(name, scan.len_bytes)),
        }
    }
    // A flipped bit can make a record in the middle seem to run to the end; then whole records follow, and nothing may
    // be cut.
    match holds_record(file, scan.len_bytes + 1).map_err(unreadable)? {
        true => Err(damaged(name, scan.len_bytes)),
        false => Ok(scan),
    }
}

fn damaged(name: &str, place: u64) -> Error {
    Error::new(format!("{name}: is damaged at byte {place}"))
        .with_hint("name another file with -o; `rapporteur read` still reads what is whole")
}

/// Reads one gzip member to its end and gives its first bytes.
fn member(reader: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut decoder = GzDecoder::new(reader);
    let mut head = Vec::new();
    (&mut decoder).take(LEN_HEAD_BYTES).read_to_end(&mut head)?;
    io::copy(&mut decoder, &mut io::sink())?;
    Ok(head)
}

/// Whether a record begins anywhere from `start` on.
fn holds_record(file: &mut File, start: u64) -> io::Result<bool> {
    file.seek(SeekFrom::Start(start))?;
    let mut reader = BufReader::new(&mut *file);
    let mut last = [0; 3];
    let mut place = start;
    let mut candidates = Vec::new();
    loop {
        let n_bytes = {
            let buffer = reader.fill_buf()?;
            for &byte in buffer {
                last = [last[1], last[2], byte];
                place += 1;
                if last == GZIP {
                    candidates.push(place - 3);
                }
            }
            buffer.len()
        };
        if n_bytes == 0 {
            break;
        }
        reader.consume(n_bytes);
    }
    drop(reader);
    for candidate in candidates {
        file.seek(SeekFrom::Start(candidate))?;
        let mut begin = [0; 7];
        let is_read = GzDecoder::new(BufReader::new(&mut *file)).read_exact(&mut begin).is_ok();
        if is_read && &begin == b"WARC/1." {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The address of a response record and what its headers say.
fn known(head: &[u8]) -> Option<(String, Known)> {
    let (fields, block) = split_head(head)?;
    if value(fields, "warc-type")? != "response" {
        return None;
    }
    let url = value(fields, "warc-target-uri")?;
    let is_cut = value(fields, "warc-truncated").is_some();
    let (headers, _) = split_head(block)?;
    let known = Known {
        etag: value(headers, "etag").filter(|_| !is_cut),
        last_modified: value(headers, "last-modified").filter(|_| !is_cut),
        digest: value(fields, "warc-payload-digest").unwrap_or_default(),
        content_type: value(headers, "content-type").unwrap_or_default(),
    };
    Some((url, known))
}

/// What stands before and after the first empty line.
fn split_head(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    Some((&bytes[..end], &bytes[end + 4..]))
}

/// The value of a header line; `None` where it is missing or no text.
fn value(head: &[u8], name: &str) -> Option<String> {
    let lines = head.split(|&byte| byte == b'\n').filter_map(|line| std::str::from_utf8(line).ok());
    let mut pairs = lines.filter_map(|line| line.split_once(':'));
    let (_, value) = pairs.find(|(header, _)| header.trim().eq_ignore_ascii_case(name))?;
    Some(value.trim().to_string())
}

/// Counts what is consumed.
struct Counted<R> {
    inner: R,
    n_bytes: u64,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.fill_buf()?.read(buffer)?;
        self.consume(n_bytes);
        Ok(n_bytes)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, n_bytes: usize) {
        self.n_bytes += n_bytes as u64;
        self.inner.consume(n_bytes);
    }
}
