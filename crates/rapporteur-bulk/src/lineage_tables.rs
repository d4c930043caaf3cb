//! The tables of a folder that tell what relates its articles.

use crate::Error;
use crate::partition::{TableFile, named, number, words};
use crate::tables::{LINKS, ORIGINS, PASSAGES};
use rapporteur_columns::Value;
use rapporteur_model::{ArticleLink, Origin, Passage};
use std::path::{Path, PathBuf};

/// What was related.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Related {
    /// Articles.
    pub n_articles: usize,
    /// Groups of articles that count once.
    pub n_origins: usize,
    /// Pairs that tell where an article belongs.
    pub n_links: usize,
    /// Stretches of wording that these share.
    pub n_passages: usize,
}

/// The tables of origins, links and passages of a folder while they are written.
pub struct LineageTables {
    folder: PathBuf,
    links: TableFile,
    passages: TableFile,
    related: Related,
}

impl LineageTables {
    /// Begins the tables of a folder; those that are there stay until [`LineageTables::end`].
    ///
    /// # Errors
    /// If files cannot be made there.
    pub fn begin(folder: &Path) -> Result<Self, Error> {
        Ok(LineageTables {
            folder: folder.to_path_buf(),
            links: TableFile::begin(folder, &LINKS, 0)?,
            passages: TableFile::begin(folder, &PASSAGES, 0)?,
            related: Related::default(),
        })
    }

    /// Adds a link, behind those before it in the order of the articles.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn link(&mut self, link: &ArticleLink) -> Result<(), Error> {
        let evidence: Vec<_> = link.direction.evidence.iter().map(|one| one.kind).collect();
        let evidence = serde_json::to_string(&evidence).map_err(|error| Error::new(error.to_string()))?;
        self.related.n_links += 1;
        self.links.row(vec![
            words(link.a.as_str()),
            words(link.b.as_str()),
            named(&link.relation),
            link.direction.derived.as_ref().and_then(|derived| words(derived.as_str())),
            number(link.prose.percent_of_a),
            number(link.prose.percent_of_b),
            number(link.quotations.percent_of_a),
            number(link.quotations.percent_of_b),
            number(link.n_passages),
            number(link.n_replacements),
            Some(Value::Json(evidence)),
        ])
    }

    /// Adds a passage of the last link; `places` are those of `passage.a` and `passage.b` in code points, half-open.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn passage(&mut self, passage: &Passage, places: [(u32, u32); 2]) -> Result<(), Error> {
        let mut row = Vec::with_capacity(PASSAGES.columns.len());
        for (place, (start, end)) in [&passage.a, &passage.b].into_iter().zip(places) {
            row.extend([words(place.article.as_str()), number(start), number(end)]);
        }
        row.extend([
            named(&passage.wording),
            number(passage.n_shared_words),
            Some(Value::Boolean(passage.is_quotation)),
        ]);
        self.related.n_passages += 1;
        self.passages.row(row)
    }

    /// Writes the origins, which are in the order of their first articles, and gives all tables their names.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn end<'o>(mut self, origins: impl Iterator<Item = &'o Origin>) -> Result<Related, Error> {
        self.links.end()?;
        self.passages.end()?;
        let mut file = TableFile::begin(&self.folder, &ORIGINS, 0)?;
        for origin in origins {
            self.related.n_origins += 1;
            self.related.n_articles += origin.articles.len();
            // An origin is called by the article that is its first, or else by the first in the order of the pile.
            let Some(name) = origin.first.as_ref().or(origin.articles.first()) else { continue };
            let source = origin.unseen_source.as_ref().map(|source| source.name.as_ref().unwrap_or(&source.reason));
            for article in &origin.articles {
                file.row(vec![
                    words(article.as_str()),
                    words(name.as_str()),
                    Some(Value::Boolean(origin.first.as_ref() == Some(article))),
                    source.and_then(|source| words(&**source)),
                    number(origin.articles.len()),
                ])?;
            }
        }
        file.end()?;
        Ok(self.related)
    }
}
