//! From an input to its entries: archives, tables, feeds and mails are opened, one inside the other.
//!
//! An input is a stream of bytes with a [`Place`]. Its kind is told by what it begins with; each kind has a module here
//! that hands on what it holds: to [`Unpacker::give`] what is an article, to [`Unpacker::open`] what may be anything.
//! Nothing is held longer than the entry that is being read, and nothing is ever written.

mod bounded;
mod chunked;
mod columns;
mod compressed;
mod feed;
mod http;
mod json;
mod mail;
mod mailbox;
mod meter;
mod place;
mod problem;
mod records;
mod table;
mod tally;
mod tar;
mod transcode;
mod warc;
mod zip;

pub(crate) use place::Place;
pub(crate) use problem::Problem;

use crate::Location;
use crate::entry::{Entry, Told};
use crate::kinds::{Kind, kind_of};
use crate::options::ReadOptions;
use meter::Meter;
use rapporteur_columns::is_parquet;
use rapporteur_model::Skipped;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::ops::ControlFlow;

/// Whether to go on.
pub(crate) type Flow = ControlFlow<()>;

/// So much of an input is looked at to tell its kind.
const HEAD_BYTES: usize = 16 * 1024;
const BUFFER_BYTES: usize = 64 * 1024;
/// What any input may expand to, in entries of the greatest length.
const N_ALLOWED_ENTRIES: u64 = 16;

/// Opens what an input holds.
pub(crate) struct Unpacker<'a> {
    pub(crate) options: &'a ReadOptions,
    take: &'a mut dyn FnMut(Result<Entry, Skipped>) -> Flow,
    meter: &'a Meter,
}

/// What is known of an input beside its bytes.
#[derive(Debug, Default)]
pub(crate) struct About {
    pub(crate) media_type: Option<String>,
    pub(crate) told: Told,
}

/// Hands the entries of the input at `location` to `take`.
pub(crate) fn unpack(
    location: &Location,
    options: &ReadOptions,
    take: &mut dyn FnMut(Result<Entry, Skipped>) -> Flow,
) -> Flow {
    let meter = Meter::new(N_ALLOWED_ENTRIES * options.max_entry_bytes as u64, options.max_ratio);
    let mut unpacker = Unpacker { options, take, meter: &meter };
    let place = Place::of(location);
    let Some(path) = location.path() else {
        return unpacker.open(place, About::default(), &mut meter.source(io::stdin().lock()));
    };
    let opened = File::open(path).and_then(|file| Ok((file.metadata()?, file)));
    match opened {
        Ok((metadata, file)) if metadata.is_file() => unpacker.open_file(place, file, metadata.len()),
        Ok((_, file)) => unpacker.open(place, About::default(), &mut meter.source(file)),
        Err(error) => {
            let hint = crate::read::hint_for(error.kind());
            unpacker.skip(&place, Problem::new(format!("cannot be read: {}", error.kind()), hint))
        }
    }
}

/// Hands the entries of bytes to `take`.
pub(crate) fn unpack_bytes(
    location: &str,
    bytes: &[u8],
    options: &ReadOptions,
    take: &mut dyn FnMut(Result<Entry, Skipped>) -> Flow,
) -> Flow {
    let meter = Meter::new(N_ALLOWED_ENTRIES * options.max_entry_bytes as u64, options.max_ratio);
    let mut unpacker = Unpacker { options, take, meter: &meter };
    let place = Place::of(&Location::file(location));
    unpacker.open(place, About::default(), &mut meter.source(bytes))
}

impl Unpacker<'_> {
    /// A zip archive or a Parquet file on the disk is read where it lies, whatever its length.
    fn open_file(&mut self, place: Place, mut file: File, len_bytes: u64) -> Flow {
        let mut head = [0; 4];
        let is_head = file.read_exact(&mut head).is_ok();
        let (is_zip, is_parquet) = (is_head && head.starts_with(b"PK"), is_head && is_parquet(&head));
        if let Err(error) = io::Seek::rewind(&mut file) {
            return self.skip(&place, error.into());
        }
        if is_zip {
            self.meter.credit(len_bytes);
            return zip::read(self, &place, BufReader::with_capacity(BUFFER_BYTES, file));
        }
        if is_parquet {
            return columns::read(self, &place, file);
        }
        let meter = self.meter;
        self.open(place, About::default(), &mut meter.source(file))
    }

    /// Opens what may be of any kind.
    pub(crate) fn open(&mut self, place: Place, about: About, reader: &mut dyn Read) -> Flow {
        let mut head = Vec::with_capacity(HEAD_BYTES);
        let mut failure = reader.take(HEAD_BYTES as u64).read_to_end(&mut head).err();
        if head.is_empty()
            && let Some(error) = failure.take()
        {
            return self.skip(&place, error.into());
        }
        let kind = kind_of(&head, place.name(), about.media_type.as_deref());
        // What went wrong behind the head is told when reading comes there.
        let rest: Box<dyn Read + '_> = match failure {
            Some(error) => Box::new(Failed(Some(error))),
            None => Box::new(reader),
        };
        let transcoded = transcode::encoding_to_undo(&head, kind);
        let whole = Cursor::new(head).chain(rest);
        match transcoded {
            Some(encoding) => {
                let decoded = transcode::Transcoded::new(whole, encoding);
                self.open_kind(kind, place, about, &mut BufReader::with_capacity(BUFFER_BYTES, decoded))
            }
            None => self.open_kind(kind, place, about, &mut BufReader::with_capacity(BUFFER_BYTES, whole)),
        }
    }

    fn open_kind(&mut self, kind: Kind, place: Place, about: About, reader: &mut dyn BufRead) -> Flow {
        let is_container = matches!(
            kind,
            Kind::Compressed
                | Kind::Zip
                | Kind::Tar
                | Kind::WebArchive
                | Kind::Mailbox
                | Kind::Mail
                | Kind::ArchivedPage
        );
        if is_container && place.depth() >= self.options.max_depth {
            let reason = format!("stands in {} archives, one inside the other", place.depth());
            return self.skip(&place, Problem::new(reason, "unpack the outer ones and read what they hold"));
        }
        match kind {
            Kind::Compressed => compressed::read(self, &place, about, reader),
            Kind::Zip => zip::read_held(self, &place, reader),
            Kind::Tar => tar::read(self, &place, reader),
            Kind::WebArchive => warc::read(self, &place, reader),
            Kind::Mailbox => mailbox::read(self, &place, reader),
            Kind::Mail | Kind::ArchivedPage => mail::read(self, &place, kind == Kind::ArchivedPage, reader),
            Kind::JsonLines => json::read_lines(self, &place, reader),
            Kind::Json => json::read(self, &place, reader),
            Kind::Table => table::read(self, &place, reader),
            Kind::Columns => columns::read_held(self, &place, reader),
            Kind::Feed => feed::read(self, &place, reader),
            Kind::Text | Kind::Markdown | Kind::Page | Kind::Document => {
                match bounded::whole(reader, self.options.max_entry_bytes) {
                    Ok(bytes) => self.give(&place, bytes, about),
                    Err(problem) => self.skip(&place, problem),
                }
            }
        }
    }

    /// Hands on an article.
    pub(crate) fn give(&mut self, place: &Place, bytes: Vec<u8>, about: About) -> Flow {
        (self.take)(Ok(Entry {
            location: place.shown().to_string(),
            raw_location: place.raw().to_vec(),
            bytes,
            media_type: about.media_type,
            told: about.told,
        }))
    }

    /// Says that what stands at `place` is not read.
    pub(crate) fn skip(&mut self, place: &Place, problem: Problem) -> Flow {
        let Problem { reason, hint } = problem;
        (self.take)(Err(Skipped { location: place.shown().to_string(), reason, hint: Some(hint) }))
    }
}

/// A reader that has failed.
struct Failed(Option<io::Error>);

impl Read for Failed {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        match self.0.take() {
            Some(error) => Err(error),
            None => Ok(0),
        }
    }
}
