//! What an input holds: one article, or many with what is said about each beside its text.

use crate::Location;
use crate::article::article_of;
use crate::read::{bytes_of, hint_for};
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
}

/// Hands each entry of an input to `take`, one after the other, until `take` breaks off. What cannot be read comes as
/// a [`Skipped`], and what stands after it is read all the same.
pub fn entries(location: &Location, take: &mut dyn FnMut(Result<Entry, Skipped>) -> ControlFlow<()>) {
    let entry = bytes_of(location).map(|bytes| Entry {
        location: location.as_str().to_string(),
        raw_location: location.raw().to_vec(),
        bytes,
        media_type: None,
        told: Told::default(),
    });
    // Nothing stands after the only entry.
    let _ = take(entry.map_err(|error| Skipped {
        location: location.as_str().to_string(),
        reason: format!("cannot be read: {}", error.kind()),
        hint: Some(hint_for(error.kind()).to_string()),
    }));
}

/// Makes an article of an entry: decodes it, finds title, dates, address, credit and the report itself, and masks
/// furniture. Pure.
///
/// # Errors
/// A [`Skipped`] that says why there is no article; see [`article_from_bytes`](crate::article_from_bytes).
pub fn article(entry: &Entry) -> Result<Article, Skipped> {
    article_of(entry)
}
