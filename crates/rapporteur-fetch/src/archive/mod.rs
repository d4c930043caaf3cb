//! The archive: WARC/1.1 (ISO 28500), one gzip member a record, append only.
//!
//! A record is made whole in memory, appended with one write, and brought to disk before the next address is asked. What
//! a crash leaves of a record at the end is cut off when the archive is opened again. Bodies are stored without transfer
//! and content coding; the headers `Content-Encoding`, `Transfer-Encoding` and `Content-Length` of the server are kept
//! as `X-Archive-Orig-…`, and `Content-Length` tells the length of what is stored. Only final responses with status 200
//! are stored: no redirect, no `robots.txt`, and no record for a page that has not changed.

mod record;
mod scan;

use crate::client::Answer;
use crate::{Error, media_type};
use rapporteur_model::Skipped;
use record::Record;
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::time::SystemTime;
use url::Url;

/// What the archive knows of an address from its last response.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Known {
    etag: Option<String>,
    last_modified: Option<String>,
    digest: String,
    content_type: String,
}

/// An open archive, which nobody else can write to meanwhile.
pub(crate) struct Archive {
    file: File,
    len_bytes: u64,
    known: BTreeMap<String, Known>,
    name: String,
}

impl Archive {
    /// Opens an archive or begins one; the second value tells what was cut off its end.
    pub(crate) fn open(path: &Path, now: SystemTime) -> Result<(Archive, Option<Skipped>), Error> {
        let name = path.display().to_string();
        let fail = |what: &str, error: std::io::Error| {
            Error::new(format!("{name}: {what}: {}", error.kind())).with_hint("name a file that you may write with -o")
        };
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(|error| fail("cannot be opened", error))?;
        file.try_lock().map_err(|_| {
            Error::new(format!("{name}: cannot be locked")).with_hint("another run writes to it; wait until it is done")
        })?;
        let scan = scan::scan(&mut file, &name)?;
        let len_bytes = file.metadata().map_err(|error| fail("cannot be read", error))?.len();
        let n_cut = len_bytes.saturating_sub(scan.len_bytes);
        if n_cut > 0 {
            file.set_len(scan.len_bytes).map_err(|error| fail("cannot be mended", error))?;
        }
        let mended = (n_cut > 0).then(|| Skipped {
            location: name.clone(),
            reason: format!("the last record was incomplete; its {n_cut} bytes were cut off"),
            hint: Some("an earlier run was broken off; its last page is fetched again".to_string()),
        });
        let mut archive = Archive { file, len_bytes: scan.len_bytes, known: scan.known, name };
        if archive.len_bytes == 0 {
            archive.append(&Record::info(now))?;
        }
        Ok((archive, mended))
    }

    /// The headers of a conditional request for an address. A feed is always asked for whole, as its items are needed.
    pub(crate) fn conditions(&self, url: &Url, is_feed: bool) -> Vec<(&'static str, String)> {
        let Some(known) = self.known.get(url.as_str()) else { return Vec::new() };
        if is_feed || media_type::is_feed(&known.content_type) {
            return Vec::new();
        }
        let etag = known.etag.clone().map(|value| ("if-none-match", value));
        let modified = known.last_modified.clone().map(|value| ("if-modified-since", value));
        etag.into_iter().chain(modified).collect()
    }

    /// Stores an answer and gives the id of its record; `None` where the archive ends with the same bytes for this
    /// address.
    pub(crate) fn store(&mut self, url: &Url, answer: &Answer, now: SystemTime) -> Result<Option<String>, Error> {
        let digest = record::digest(&answer.body);
        if self.known.get(url.as_str()).is_some_and(|known| known.digest == digest) {
            return Ok(None);
        }
        let record = Record::response(url.as_str(), answer, &digest, now);
        self.append(&record)?;
        let text = |name| answer.header(name).map(str::to_string);
        let known = Known {
            // A body that was cut is not what the server would confirm.
            etag: text("etag").filter(|_| !answer.is_cut),
            last_modified: text("last-modified").filter(|_| !answer.is_cut),
            digest,
            content_type: text("content-type").unwrap_or_default(),
        };
        self.known.insert(url.as_str().to_string(), known);
        Ok(Some(record.id))
    }

    /// Appends a record; where that fails, what was written of it is taken back.
    fn append(&mut self, record: &Record) -> Result<(), Error> {
        let member = record.compressed();
        let written = self
            .file
            .seek(SeekFrom::Start(self.len_bytes))
            .and_then(|_| self.file.write_all(&member))
            .and_then(|()| self.file.sync_data());
        match written {
            Ok(()) => {
                self.len_bytes += u64::try_from(member.len()).unwrap_or_default();
                Ok(())
            }
            Err(error) => {
                // Where this fails too, the next run cuts the tail.
                let _ = self.file.set_len(self.len_bytes);
                let message = format!("{}: cannot be written: {}", self.name, error.kind());
                Err(Error::new(message).with_hint("is the disk full? what was stored before is whole"))
            }
        }
    }
}
