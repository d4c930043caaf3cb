//! Which articles of a folder share wording, and which of them count once.

use crate::Error;
use crate::lineage_tables::{LineageTables, Related};
use crate::manifest::Manifest;
use crate::stored::each_article;
use rapporteur_engine::{Options, relate_each};
use rapporteur_model::{Article, ArticleId, ArticleLink, ByteOffset, Passage, Place, Record};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::path::Path;

/// Relates the texts of all articles of a folder and writes its tables of origins, links and passages. Of many copies not
/// each pair is told: of each article of an origin that with the first of it, and of two origins the strongest that joins
/// them. `on_progress` gets the number of articles that were taken in.
///
/// # Errors
/// If the folder is none, a file of it is not what was written, or the tables cannot be written.
pub fn relate(folder: &Path, options: &Options, on_progress: &dyn Fn(usize)) -> Result<Related, Error> {
    let (_, parts) = Manifest::look(folder)?;
    let mut tables = LineageTables::begin(folder)?;
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
    let mut add = |link: &ArticleLink, passages: &[Passage]| -> Result<(), Error> {
        tables.link(link)?;
        let wide = wide.borrow();
        passages.iter().try_for_each(|passage| {
            tables.passage(passage, [wide.code_points(&passage.a), wide.code_points(&passage.b)])
        })
    };
    let (_, story) = relate_each(options, fill, &mut |link, passages| {
        if failed.is_none() {
            failed = add(&link, &passages).err();
        }
    })?;
    match failed {
        Some(error) => Err(error),
        None => tables.end(story.origins.iter()),
    }
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
