//! Articles and their records as the file keeps them: some dozens together, because what they have in common then takes
//! its place once.

use crate::Error;
use crate::digest::digest;
use rapporteur_model::{Article, Record};
use std::path::Path;

/// Articles in a block. Of 10,000 drawn articles the records take 11.7 MB one by one and 5.9 MB in blocks of 256.
pub(crate) const BLOCK_ARTICLES: usize = 256;
/// Rises when the types of a record change, so that what an older program stored cannot be read: the records are then made
/// anew of the texts.
pub const RECORD_FORMAT: i64 = 1;
/// A level of Zstandard that takes a hundredth of the time that reading the articles takes.
const LEVEL: i32 = 6;
/// What a damaged length may make us reserve.
const MAX_BLOCK_BYTES: usize = 4 << 30;

/// A block as it stands in the file.
pub(crate) struct Block {
    pub(crate) record_format: i64,
    pub(crate) articles: Vec<u8>,
    pub(crate) records: Vec<u8>,
    pub(crate) digest: i64,
}

/// An article without its text, with its key.
pub(crate) type Keyed = (i64, Article);

impl Block {
    /// `articles` come without their texts, `records` in the same order.
    pub(crate) fn new(articles: &[Keyed], records: &[&Record], path: &Path) -> Result<Self, Error> {
        let json = serde_json::to_vec(articles).map_err(|error| Error::other(path, error.to_string()))?;
        let articles = compressed(&json, path)?;
        let records = packed(&records, path)?;
        let digest = digest(&[&RECORD_FORMAT.to_le_bytes(), &articles, &records]);
        Ok(Block { record_format: RECORD_FORMAT, articles, records, digest })
    }

    /// The articles of the block.
    pub(crate) fn articles(&self, path: &Path) -> Result<Vec<Keyed>, Error> {
        self.check(path)?;
        let json = expanded(&self.articles, path)?;
        serde_json::from_slice(&json).map_err(|error| Error::damaged(path, format!("a block of articles: {error}")))
    }

    /// Their records, in the same order; `None` where a program of another record format has written them.
    pub(crate) fn records(&self, path: &Path) -> Result<Option<Vec<Record>>, Error> {
        self.check(path)?;
        if self.record_format != RECORD_FORMAT {
            return Ok(None);
        }
        unpacked(&self.records, path).map(Some)
    }

    fn check(&self, path: &Path) -> Result<(), Error> {
        let is_whole = digest(&[&self.record_format.to_le_bytes(), &self.articles, &self.records]) == self.digest;
        if is_whole { Ok(()) } else { Err(Error::damaged(path, "a block of records is not what was written")) }
    }
}

/// A record as a case keeps it, for who keeps it elsewhere: of this [`RECORD_FORMAT`]. `path` is the file it goes to.
///
/// # Errors
/// If it cannot be packed.
pub fn pack_record(record: &Record, path: &Path) -> Result<Vec<u8>, Error> {
    packed(record, path)
}

/// What [`pack_record`] has made, out of the file `path`.
///
/// # Errors
/// If the bytes are damaged.
pub fn unpack_record(bytes: &[u8], path: &Path) -> Result<Record, Error> {
    unpacked(bytes, path)
}

/// A value in few bytes.
pub(crate) fn packed(value: &impl serde::Serialize, path: &Path) -> Result<Vec<u8>, Error> {
    let bytes = postcard::to_allocvec(value).map_err(|error| Error::other(path, error.to_string()))?;
    compressed(&bytes, path)
}

/// What [`packed`] has made.
pub(crate) fn unpacked<T: serde::de::DeserializeOwned>(bytes: &[u8], path: &Path) -> Result<T, Error> {
    let bytes = expanded(bytes, path)?;
    postcard::from_bytes(&bytes).map_err(|error| Error::damaged(path, format!("a block of records: {error}")))
}

pub(crate) fn compressed(bytes: &[u8], path: &Path) -> Result<Vec<u8>, Error> {
    zstd::bulk::compress(bytes, LEVEL).map_err(|error| Error::other(path, error.to_string()))
}

pub(crate) fn expanded(bytes: &[u8], path: &Path) -> Result<Vec<u8>, Error> {
    let len = zstd::zstd_safe::get_frame_content_size(bytes).ok().flatten();
    let len = len.and_then(|len| usize::try_from(len).ok()).filter(|len| *len <= MAX_BLOCK_BYTES);
    let len = len.ok_or_else(|| Error::damaged(path, "a block has no length"))?;
    zstd::bulk::decompress(bytes, len).map_err(|error| Error::damaged(path, format!("a block: {error}")))
}
