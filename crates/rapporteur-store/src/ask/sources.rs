//! Where the texts of a case come from, and what it holds at all.

use super::item::ItemMark;
use super::order::bounds;
use crate::story::{evidence_of, relation_of};
use crate::{Case, Error};
use rapporteur_model::{DirectionKind, Relation, TargetLayer, TextId};
use rusqlite::{Row, params};

/// An article as the case knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceRow {
    /// Its id.
    pub id: String,
    /// Its short name.
    pub name: String,
    /// Where it came from.
    pub location: String,
    /// The headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The address it was published at.
    pub url: Option<String>,
    /// When, as it states or as others tell.
    pub published: Option<String>,
    /// The article that names its origin: those of one origin count once.
    pub origin: String,
    /// Whether the others of its origin descend from it, as far as that is known.
    pub is_first: bool,
    /// A source outside the case that those of its origin share.
    pub unseen_source: Option<String>,
    /// What is wrong with its text.
    pub flaws: Option<String>,
    /// The article that it replaces.
    pub version_of: Option<String>,
    /// Number of its statements.
    pub n_statements: i64,
    /// Which corrections it or its outlet bears: ratings, notes, tags.
    pub marks: Vec<ItemMark>,
}

/// A pair of articles that share wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkRow {
    /// The article that comes first.
    pub a: String,
    /// The other.
    pub b: String,
    /// How they are related.
    pub relation: Relation,
    /// Which of them descends from the other.
    pub derived: Option<String>,
    /// What shows it.
    pub evidence: Vec<DirectionKind>,
    /// How much of the prose of each stands in the other, in percent.
    pub prose: (i64, i64),
    /// How much of the quotations.
    pub quotations: (i64, i64),
    /// Number of passages that they share.
    pub n_passages: i64,
    /// Number of places where words of one stand for other words of the other.
    pub n_replacements: i64,
}

/// An article that was taken out for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The id it had.
    pub id: String,
    /// When it was taken out.
    pub at: String,
    /// By whom.
    pub author: String,
    /// Why.
    pub reason: Option<String>,
}

/// The articles of a case and how they relate.
#[derive(Debug, Clone, PartialEq)]
pub struct Sources {
    /// By location and then id; as many as were asked for.
    pub articles: Vec<SourceRow>,
    /// The closest pairs of the case, as many as were asked for: copies before parts before shared quotations.
    pub links: Vec<LinkRow>,
    /// Number of articles.
    pub n_articles: usize,
    /// Number of pairs.
    pub n_links: usize,
    /// Number of origins.
    pub n_origins: usize,
    /// Articles that were taken out.
    pub gaps: Vec<Gap>,
}

/// What a case holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Number of articles.
    pub n_articles: usize,
    /// Number of articles of which the story is told; fewer while a run goes on or after it was stopped.
    pub n_told: usize,
    /// Number of different texts.
    pub n_texts: usize,
    /// Number of origins.
    pub n_origins: usize,
    /// The first and the last day of publication.
    pub published: Option<(String, String)>,
    /// Number of items in each layer: actors, utterances, happenings, issues, positions, entries of the timeline, tensions.
    pub n_items: [usize; 7],
    /// Number of corrections, and of those that hold on nothing.
    pub n_corrections: (usize, usize),
    /// Number of inputs that were not read.
    pub n_skipped: usize,
    /// Number of articles that were taken out.
    pub n_gaps: usize,
}

const COLUMNS: &str = "a.id, a.name, a.location, a.title, a.outlet, a.url, coalesce(l.published, a.published), o.id,
    l.is_first, l.source, l.flaws, v.id, l.n_statements, a.key FROM _article a LEFT JOIN _lineage l ON l.article = a.key
    LEFT JOIN _article o ON o.key = l.origin LEFT JOIN _article v ON v.key = l.version_of";

pub(super) const LINKS: &str =
    "SELECT a.id, b.id, l.relation, l.derived, l.evidence, l.prose_a, l.prose_b, l.quotations_a,
    l.quotations_b, l.n_passages, l.n_replacements
    FROM _link l JOIN _article a ON a.key = l.a JOIN _article b ON b.key = l.b";
pub(super) const LINK_ORDER: &str =
    "ORDER BY l.relation = 5, max(l.prose_a, l.prose_b) DESC, l.n_passages DESC, a.location, a.id,
    b.location, b.id";

impl Case {
    /// What the case holds, in numbers.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn summary(&self) -> Result<Summary, Error> {
        let count = |select: &str| {
            self.connection
                .query_row(select, [], |row| row.get::<_, i64>(0))
                .map(|n| usize::try_from(n).unwrap_or_default())
        };
        let read = || {
            let days = "SELECT min(published), max(published) FROM _lineage";
            let days: (Option<String>, Option<String>) =
                self.connection.query_row(days, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let mut n_items = [0; 7];
            for (layer, n) in n_items.iter_mut().enumerate() {
                let (first, last) =
                    ((layer as i64 + 1) << crate::story::HASH_BITS, (layer as i64 + 2) << crate::story::HASH_BITS);
                *n = count(&format!("SELECT count(*) FROM _entry WHERE hash >= {first} AND hash < {last}"))?;
            }
            Ok(Summary {
                n_articles: count("SELECT count(*) FROM _article")?,
                n_told: count(
                    "SELECT coalesce((SELECT CAST(value AS INTEGER) FROM _setting WHERE name = 'story_articles'), 0)",
                )?,
                n_texts: count("SELECT count(*) FROM _text")?,
                n_origins: count("SELECT count(DISTINCT origin) FROM _lineage")?,
                published: days.0.zip(days.1),
                n_items,
                n_corrections: (count("SELECT count(*) FROM _correction")?, count("SELECT count(*) FROM _orphan")?),
                n_skipped: count("SELECT count(*) FROM _skipped")?,
                n_gaps: count("SELECT count(*) FROM _gap")?,
            })
        };
        read().map_err(|error| self.fail(error))
    }

    /// The articles and the closest of their pairs, at most `limit` of each; with `article` those of one article.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn sources(&self, article: Option<&str>, limit: usize) -> Result<Sources, Error> {
        let read = || {
            let of = if article.is_some() { " WHERE ?1 IN (a.id, a.name, a.location)" } else { " WHERE ?1 IS NULL" };
            let select = format!("SELECT {COLUMNS}{of} ORDER BY a.location, a.id LIMIT ?2");
            let mut select = self.connection.prepare(&select)?;
            let articles =
                select.query_map(params![article, limit as i64], source_of)?.collect::<Result<Vec<_>, _>>()?;
            let (articles, keys): (Vec<SourceRow>, Vec<i64>) = articles.into_iter().unzip();
            let of = if article.is_some() {
                " WHERE ?1 IN (a.id, a.name, a.location, b.id, b.name, b.location)"
            } else {
                " WHERE ?1 IS NULL"
            };
            let mut select = self.connection.prepare(&format!("{LINKS}{of} {LINK_ORDER} LIMIT ?2"))?;
            let links = select.query_map(params![article, limit as i64], link_of)?.collect::<Result<Vec<_>, _>>()?;
            let count = |select: &str| self.connection.query_row(select, [], |row| row.get::<_, i64>(0));
            let number = |n: i64| usize::try_from(n).unwrap_or_default();
            let sources = Sources {
                articles,
                links,
                n_articles: number(count("SELECT count(*) FROM _article")?),
                n_links: number(count("SELECT count(*) FROM _link")?),
                n_origins: number(count("SELECT count(DISTINCT origin) FROM _lineage")?),
                gaps: Vec::new(),
            };
            Ok((sources, keys))
        };
        let (mut sources, keys) = read().map_err(|error| self.fail(error))?;
        // Tells where an article is not what was written.
        keys.into_iter().try_for_each(|key| self.article_ref(key).map(drop))?;
        for article in &mut sources.articles {
            article.marks = self.source_marks(article)?;
        }
        sources.gaps = self.gaps()?;
        Ok(sources)
    }

    /// The article of this id, with its text; `None` where the case has none.
    ///
    /// # Errors
    /// If the file cannot be read or is damaged.
    pub fn article(&self, id: &str) -> Result<Option<(SourceRow, String)>, Error> {
        let read = || {
            let mut select = self.connection.prepare_cached(&format!("SELECT {COLUMNS} WHERE a.id = ?1"))?;
            select.query_map([id], source_of)?.next().transpose()
        };
        let Some((mut article, key)) = read().map_err(|error| self.fail(error))? else { return Ok(None) };
        // Tells where the article is not what was written.
        self.article_ref(key)?;
        article.marks = self.source_marks(&article)?;
        Ok(Some((article, self.text_of(key)?)))
    }

    /// How many items of a layer may rest on one origin alone; of layers whose origins are counted.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn n_of_one_origin(&self, layer: TargetLayer) -> Result<usize, Error> {
        let (first, last) = bounds(layer);
        let select = "SELECT count(*) FROM _entry WHERE hash BETWEEN ?1 AND ?2 AND n_origins_min <= 1";
        let n = self.connection.query_row(select, [first, last], |row| row.get::<_, i64>(0));
        Ok(usize::try_from(n.map_err(|error| self.fail(error))?).unwrap_or_default())
    }

    /// Corrections on an article and on its outlet.
    fn source_marks(&self, article: &SourceRow) -> Result<Vec<ItemMark>, Error> {
        let of = "c.id IN (SELECT correction FROM _mark WHERE layer = 'article' AND item = ?1)";
        let mut marks = self.marks(of, &article.id)?;
        if let Some(outlet) = &article.outlet {
            let of = "c.id IN (SELECT correction FROM _mark WHERE layer = 'outlet' AND item = ?1 COLLATE NOCASE)";
            marks.extend(self.marks(of, outlet)?);
        }
        Ok(marks)
    }

    /// Articles that were taken out for good, by id.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn gaps(&self) -> Result<Vec<Gap>, Error> {
        let read = || {
            let mut select = self.connection.prepare("SELECT id, at, author, reason FROM _gap ORDER BY id")?;
            let row =
                |row: &Row<'_>| Ok(Gap { id: row.get(0)?, at: row.get(1)?, author: row.get(2)?, reason: row.get(3)? });
            select.query_map([], row)?.collect::<Result<_, _>>()
        };
        read().map_err(|error| self.fail(error))
    }

    /// The outlets of the articles, by name.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn outlets(&self) -> Result<Vec<String>, Error> {
        let read = || {
            let select = "SELECT DISTINCT outlet FROM _article WHERE outlet IS NOT NULL ORDER BY 1";
            self.connection.prepare(select)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()
        };
        read().map_err(|error| self.fail(error))
    }

    /// What names the text of an article.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn text_id(&self, article: &str) -> Result<Option<TextId>, Error> {
        let read = || {
            let mut select = self.connection.prepare_cached("SELECT text_id FROM _article WHERE id = ?1")?;
            select.query_map([article], |row| row.get::<_, String>(0))?.next().transpose()
        };
        Ok(read().map_err(|error| self.fail(error))?.map(TextId::new))
    }

    /// The article that bears an id, a name or a location, with its text; `None` where none does, or several.
    ///
    /// # Errors
    /// If the file cannot be read or is damaged.
    pub fn source_with_text(&self, article: &str) -> Result<Option<(SourceRow, String)>, Error> {
        let mut found = self.sources(Some(article), 2)?.articles;
        let Some(only) = found.pop().filter(|_| found.is_empty()) else { return Ok(None) };
        self.article(&only.id)
    }
}

fn source_of(row: &Row<'_>) -> Result<(SourceRow, i64), rusqlite::Error> {
    let id: String = row.get(0)?;
    let source = SourceRow {
        name: row.get(1)?,
        location: row.get(2)?,
        title: row.get(3)?,
        outlet: row.get(4)?,
        url: row.get(5)?,
        published: row.get(6)?,
        origin: row.get::<_, Option<String>>(7)?.unwrap_or_else(|| id.clone()),
        is_first: row.get::<_, Option<bool>>(8)?.unwrap_or_default(),
        unseen_source: row.get(9)?,
        flaws: row.get(10)?,
        version_of: row.get(11)?,
        n_statements: row.get::<_, Option<i64>>(12)?.unwrap_or_default(),
        marks: Vec::new(),
        id,
    };
    Ok((source, row.get(13)?))
}

pub(super) fn link_of(row: &Row<'_>) -> Result<LinkRow, rusqlite::Error> {
    let (a, b): (String, String) = (row.get(0)?, row.get(1)?);
    Ok(LinkRow {
        relation: relation_of(row.get(2)?),
        derived: match row.get::<_, i64>(3)? {
            1 => Some(a.clone()),
            2 => Some(b.clone()),
            _ => None,
        },
        evidence: evidence_of(row.get(4)?),
        prose: (row.get(5)?, row.get(6)?),
        quotations: (row.get(7)?, row.get(8)?),
        n_passages: row.get(9)?,
        n_replacements: row.get(10)?,
        a,
        b,
    })
}
