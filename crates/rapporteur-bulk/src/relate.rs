//! Which articles of a folder share wording, and which of them count once.

use crate::Error;
use crate::manifest::Manifest;
use crate::partition::{TableFile, named, number, words};
use crate::stored::each_article;
use crate::tables::{LINKS, ORIGINS, PASSAGES};
use rapporteur_columns::Value;
use rapporteur_engine::{Options, relate_each};
use rapporteur_model::{Article, ArticleId, ArticleLink, ByteOffset, Passage, Place, Record, Story};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::path::Path;

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

/// Relates the texts of all articles of a folder and writes its tables of origins, links and passages. Of many copies not
/// each pair is told: of each article of an origin that with the first of it, and of two origins the strongest that joins
/// them. `on_progress` gets the number of articles that were taken in.
///
/// # Errors
/// If the folder is none, a file of it is not what was written, or the tables cannot be written.
pub fn relate(folder: &Path, options: &Options, on_progress: &dyn Fn(usize)) -> Result<Related, Error> {
    let (_, parts) = Manifest::look(folder)?;
    let mut tables = Tables {
        links: TableFile::begin(folder, &LINKS, 0)?,
        passages: TableFile::begin(folder, &PASSAGES, 0)?,
        related: Related::default(),
    };
    // All articles are added before the first link comes.
    let wide = RefCell::new(Wide::default());
    let n_articles = Cell::new(0);
    let fill = |take: &mut dyn FnMut(Article, &Record)| -> Result<(), Error> {
        parts.iter().try_for_each(|part| {
            each_article(folder, part, &mut |stored| {
                let (article, record) = stored.read()?;
                wide.borrow_mut().note(&article.id, &article.text);
                take(article, &record);
                n_articles.set(n_articles.get() + 1);
                on_progress(n_articles.get());
                Ok(())
            })
        })
    };
    let mut failed = None;
    let (_, story) = relate_each(options, fill, &mut |link, passages| {
        if failed.is_none() {
            failed = tables.add(&link, &passages, &wide.borrow()).err();
        }
    })?;
    if let Some(error) = failed {
        return Err(error);
    }
    let Tables { links, passages, mut related } = tables;
    links.end()?;
    passages.end()?;
    write_origins(folder, &story)?;
    related.n_articles = n_articles.get();
    related.n_origins = story.origins.len();
    Ok(related)
}

/// The tables of pairs.
struct Tables {
    links: TableFile,
    passages: TableFile,
    related: Related,
}

impl Tables {
    fn add(&mut self, link: &ArticleLink, passages: &[Passage], wide: &Wide) -> Result<(), Error> {
        let evidence: Vec<_> = link.direction.evidence.iter().map(|one| one.kind).collect();
        let evidence = serde_json::to_string(&evidence).map_err(|error| Error::new(error.to_string()))?;
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
        ])?;
        self.related.n_links += 1;
        for passage in passages {
            let mut row = Vec::with_capacity(PASSAGES.columns.len());
            for place in [&passage.a, &passage.b] {
                let (start, end) = wide.code_points(place);
                row.extend([words(place.article.as_str()), number(start), number(end)]);
            }
            row.extend([
                named(&passage.wording),
                number(passage.n_shared_words),
                Some(Value::Boolean(passage.is_quotation)),
            ]);
            self.passages.row(row)?;
            self.related.n_passages += 1;
        }
        Ok(())
    }
}

fn write_origins(folder: &Path, story: &Story) -> Result<(), Error> {
    let mut file = TableFile::begin(folder, &ORIGINS, 0)?;
    for origin in &story.origins {
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
    file.end().map(drop)
}

/// Of each text the places of bytes that continue a character, to tell positions in code points without the text.
#[derive(Default)]
struct Wide(HashMap<ArticleId, Box<[u32]>>);

impl Wide {
    fn note(&mut self, article: &ArticleId, text: &str) {
        if !text.is_ascii() {
            let continued = text.bytes().zip(0u32..).filter(|(byte, _)| byte & 0xc0 == 0x80);
            self.0.insert(article.clone(), continued.map(|(_, at)| at).collect());
        }
    }

    fn code_points(&self, place: &Place) -> (u32, u32) {
        let continued = self.0.get(&place.article).map(|continued| &**continued).unwrap_or_default();
        let of = |at: ByteOffset| at.0 - continued.partition_point(|continued| *continued < at.0) as u32;
        (of(place.span.start), of(place.span.end))
    }
}
