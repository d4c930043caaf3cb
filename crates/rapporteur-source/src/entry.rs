//! What an input holds: one article, or many with what is said about each beside its text.

use crate::Location;
use crate::article::article_of;
use crate::options::ReadOptions;
use crate::unpack::{unpack, unpack_bytes};
use rapporteur_model::{Article, Evidenced, Skipped};
use std::ops::ControlFlow;

/// One article as an input holds it, before anything is made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it came from, as [`Article::location`] shows it.
    pub location: String,
    /// The location as the system names it; differs from `location` where that is not UTF-8.
    pub raw_location: Vec<u8>,
    /// The bytes of the article.
    pub bytes: Vec<u8>,
    /// What the input says the bytes are, as in the header `Content-Type`; `None` where it says nothing.
    pub media_type: Option<String>,
    /// What the input says of the article beside its text.
    pub told: Told,
}

/// What an input says of an article beside its text: columns of a table, elements of a feed, headers of a mail or of
/// an archived response. All as written; the evidence names the place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// The headline.
    pub title: Option<Evidenced<String>>,
    /// When it was published, in whatever form.
    pub published: Option<Evidenced<String>>,
    /// When it was fetched or saved, in whatever form: it was published no later.
    pub fetched: Option<Evidenced<String>>,
    /// When it was changed last, in whatever form.
    pub modified: Option<Evidenced<String>>,
    /// The address.
    pub url: Option<Evidenced<String>>,
    /// Who published it.
    pub outlet: Option<Evidenced<String>>,
    /// Who wrote it.
    pub byline: Option<Evidenced<String>>,
    /// The language, as a code or a name.
    pub language: Option<Evidenced<String>>,
    /// What it is called where it comes from.
    pub name: Option<Evidenced<String>>,
}

impl Told {
    /// What is told here, or else there.
    pub(crate) fn or(self, other: Told) -> Told {
        Told {
            title: self.title.or(other.title),
            published: self.published.or(other.published),
            fetched: self.fetched.or(other.fetched),
            modified: self.modified.or(other.modified),
            url: self.url.or(other.url),
            outlet: self.outlet.or(other.outlet),
            byline: self.byline.or(other.byline),
            language: self.language.or(other.language),
            name: self.name.or(other.name),
        }
    }
}

/// Hands each entry of an input to `take`, one after the other, until `take` breaks off. What cannot be read comes as
/// a [`Skipped`], and what stands after it is read all the same.
///
/// Archives, compressed files, tables, feeds, mails and web archives are opened, one inside the other; the table in the
/// description of this crate lists what is read. What each entry is called: `pile.zip#talks/a.html` is a member of an
/// archive, `pile.jsonl#12` a line, `crawl.warc.gz#3` a record, `a.zip#b.jsonl#3` a line in a member, all counted from
/// one.
///
/// An input of any length is read as a stream: no more is held than the entry that is being read, which may have
/// [`ReadOptions::max_entry_bytes`], and buffers; of an object of JSON, a feed or a mail the whole is held, and the same
/// limit holds for it. Nothing is written to the disk. The entries come in the order in which the input holds them.
///
/// # Example
/// One thread opens the input while others make the articles:
/// ```
/// use rapporteur_source::{Entry, Location, ReadOptions, article, entries};
/// use std::ops::ControlFlow;
///
/// let folder = tempfile::tempdir().unwrap();
/// let path = folder.path().join("pile.jsonl");
/// std::fs::write(&path, "{\"title\": \"Talks open\", \"body\": \"Karsk and Velmora met.\"}\n").unwrap();
/// let (sender, receiver) = std::sync::mpsc::sync_channel::<Entry>(16);
/// let articles = std::thread::scope(|scope| {
///     scope.spawn(move || {
///         entries(&Location::file(path), &ReadOptions::default(), &mut |entry| {
///             let is_wanted = sender.send(entry.unwrap()).is_ok();
///             if is_wanted { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
///         });
///     });
///     receiver.into_iter().map(|entry| article(&entry)).collect::<Result<Vec<_>, _>>()
/// });
/// assert_eq!(articles.unwrap()[0].title.as_ref().unwrap().value, "Talks open");
/// ```
pub fn entries(
    location: &Location,
    options: &ReadOptions,
    take: &mut dyn FnMut(Result<Entry, Skipped>) -> ControlFlow<()>,
) {
    // Nothing stands after the input.
    let _ = unpack(location, options, take);
}

/// Hands each entry of bytes that the caller holds to `take`, as [`entries`] does with those of a location. `location` is
/// what to call the input; its extension counts.
pub fn entries_from_bytes(
    location: &str,
    bytes: &[u8],
    options: &ReadOptions,
    take: &mut dyn FnMut(Result<Entry, Skipped>) -> ControlFlow<()>,
) {
    // Nothing stands after the input.
    let _ = unpack_bytes(location, bytes, options, take);
}

/// Makes an article of an entry: decodes it, finds title, dates, address, credit and the report itself, and masks
/// furniture. Pure.
///
/// # Errors
/// A [`Skipped`] that says why there is no article; see [`article_from_bytes`](crate::article_from_bytes).
pub fn article(entry: &Entry) -> Result<Article, Skipped> {
    article_of(entry)
}
