//! Tar archives, in the order of the tape.

use super::zip::{Fate, count_companions, fate_of_member, unknown_kind};
use super::{About, Flow, Place, Unpacker};
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;
use tar::{Archive, EntryType};

/// Names longer than this are none; systems allow 4096 bytes.
const MAX_NAME_BYTES: u64 = 64 * 1024;

pub(super) fn read(unpacker: &mut Unpacker, place: &Place, reader: &mut dyn BufRead) -> Flow {
    let mut archive = Archive::new(reader);
    let members = match archive.entries() {
        Ok(members) => members,
        Err(error) => return unpacker.skip(place, error.into()),
    };
    let mut n_companions = 0;
    let mut long_name: Option<Vec<u8>> = None;
    // Raw, so that a name of any length is not held by the library.
    for member in members.raw(true) {
        let mut member = match member {
            Ok(member) => member,
            Err(error) => return unpacker.skip(place, error.into()),
        };
        match member.header().entry_type() {
            EntryType::GNULongName => {
                long_name = short(&mut member).map(|name| name.split(|byte| *byte == 0).next().unwrap_or(&[]).to_vec());
                continue;
            }
            EntryType::XHeader => {
                long_name = short(&mut member).and_then(|header| pax_path(&header));
                continue;
            }
            EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse => {}
            _ => {
                long_name = None;
                continue;
            }
        }
        let name = long_name.take().unwrap_or_else(|| member.path_bytes().into_owned());
        match fate_of_member(&String::from_utf8_lossy(&name), false, false) {
            Fate::Read => {
                let n_left = member.header().entry_size().unwrap_or(0);
                unpacker.open(place.member(&name), About::default(), &mut Whole { reader: &mut member, n_left })?;
            }
            Fate::Companion => n_companions += 1,
            Fate::Silent => {}
            Fate::Unknown => unpacker.skip(&place.member(&name), unknown_kind())?,
        }
        if unpacker.meter.is_exceeded() {
            return ControlFlow::Continue(());
        }
    }
    count_companions(unpacker, place, n_companions)
}

/// Fails where the member ends before its length, which the library does not tell.
struct Whole<'r, R> {
    reader: &'r mut R,
    n_left: u64,
}

impl<R: Read> Read for Whole<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_bytes = self.reader.read(buffer)?;
        if n_bytes == 0 && self.n_left > 0 && !buffer.is_empty() {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
        }
        self.n_left = self.n_left.saturating_sub(n_bytes as u64);
        Ok(n_bytes)
    }
}

fn short(member: &mut impl Read) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    member.take(MAX_NAME_BYTES).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// The path in an extended header (POSIX.1-2017, pax): lines of `LENGTH path=PATH`.
fn pax_path(header: &[u8]) -> Option<Vec<u8>> {
    header.split(|byte| *byte == b'\n').find_map(|line| {
        let at = line.iter().position(|byte| *byte == b' ')?;
        Some(line[at + 1..].strip_prefix(b"path=")?.to_vec())
    })
}
