//! How articles relate, as rows.

use super::entries::Told;
use hashbrown::HashMap;
use rapporteur_model::{DirectionKind, Relation, Story, TextFlawKind};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// Puts what the story tells of articles and their pairs in the place of what was there. Most pairs are as they were: only
/// what differs is written.
pub(super) fn put(connection: &Connection, told: &Told<'_>, story: &Story) -> Result<(), rusqlite::Error> {
    put_articles(connection, told, story)?;
    put_links(connection, told, story)?;
    connection.execute_batch("DELETE FROM _overlap")?;
    let mut insert = connection.prepare_cached("INSERT OR IGNORE INTO _overlap VALUES (?1, ?2)")?;
    let first_of = |idx: usize| story.origins.get(idx).and_then(|origin| told.key_of(origin.articles.first()?));
    for (idx, origin) in story.origins.iter().enumerate() {
        for other in &origin.overlaps {
            insert.execute(params![first_of(idx), first_of(*other)])?;
        }
    }
    Ok(())
}

fn put_articles(connection: &Connection, told: &Told<'_>, story: &Story) -> Result<(), rusqlite::Error> {
    let mut origins = HashMap::new();
    for origin in &story.origins {
        let first = origin.articles.first().and_then(|id| told.key_of(id));
        let source = origin.unseen_source.as_ref().map(|source| source.name.as_deref().unwrap_or("unknown"));
        for id in &origin.articles {
            origins.insert(id, (first, origin.first.as_ref() == Some(id), source));
        }
    }
    let mut flaws: HashMap<_, Vec<&str>> = HashMap::new();
    for flaw in &story.text_flaws {
        flaws.entry(&flaw.article).or_default().push(match flaw.kind {
            TextFlawKind::Spun => "spun",
            TextFlawKind::AlteredNames => "altered names",
            TextFlawKind::Shuffled => "shuffled",
        });
    }
    let versions: HashMap<_, _> =
        story.versions.iter().map(|version| (&version.article, &version.version_of)).collect();
    let insert = "INSERT OR REPLACE INTO _lineage VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    let mut insert = connection.prepare_cached(insert)?;
    for (position, (article, record, key)) in told.articles().enumerate() {
        let (origin, is_first, source) = origins.get(&article.id).copied().unwrap_or((None, true, None));
        insert.execute(params![
            key,
            position as i64,
            origin.unwrap_or(key),
            is_first,
            source,
            article.published.as_ref().map(|date| date.value.to_string()),
            flaws.get(&article.id).map(|flaws| flaws.join(", ")),
            versions.get(&article.id).and_then(|id| told.key_of(id)),
            record.statements.len() as i64
        ])?;
    }
    connection.execute("DELETE FROM _lineage WHERE article NOT IN (SELECT key FROM _article)", [])?;
    Ok(())
}

/// The columns of a link after its pair.
type Row = [i64; 9];

fn put_links(connection: &Connection, told: &Told<'_>, story: &Story) -> Result<(), rusqlite::Error> {
    let mut rows: BTreeMap<(i64, i64), Row> = BTreeMap::new();
    for link in &story.links {
        let (Some(a), Some(b)) = (told.key_of(&link.a), told.key_of(&link.b)) else { continue };
        let derived = match &link.direction.derived {
            Some(id) if *id == link.a => 1,
            Some(_) => 2,
            None => 0,
        };
        let evidence = link.direction.evidence.iter().fold(0, |bits, evidence| bits | 1 << bit(evidence.kind));
        let row = [
            relation(link.relation),
            derived,
            evidence,
            i64::from(link.prose.percent_of_a),
            i64::from(link.prose.percent_of_b),
            i64::from(link.quotations.percent_of_a),
            i64::from(link.quotations.percent_of_b),
            link.n_passages as i64,
            link.n_replacements as i64,
        ];
        rows.insert((a, b), row);
    }
    let mut select = connection.prepare("SELECT * FROM _link")?;
    let mut before = select.query([])?;
    let mut gone = Vec::new();
    while let Some(row) = before.next()? {
        let pair = (row.get(0)?, row.get(1)?);
        let mut columns: Row = [0; 9];
        for (idx, column) in columns.iter_mut().enumerate() {
            *column = row.get(idx + 2)?;
        }
        match rows.get(&pair) {
            Some(same) if *same == columns => drop(rows.remove(&pair)),
            Some(_) => {}
            None => gone.push(pair),
        }
    }
    let mut delete = connection.prepare_cached("DELETE FROM _link WHERE a = ?1 AND b = ?2")?;
    for (a, b) in gone {
        delete.execute([a, b])?;
    }
    let insert = "INSERT OR REPLACE INTO _link VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    let mut insert = connection.prepare_cached(insert)?;
    for ((a, b), row) in rows {
        insert.execute(rusqlite::params_from_iter([a, b].into_iter().chain(row)))?;
    }
    Ok(())
}

/// The number of a relation in the file, as views.sql has them.
fn relation(relation: Relation) -> i64 {
    match relation {
        Relation::Verbatim => 0,
        Relation::Excerpt => 1,
        Relation::Shuffled => 2,
        Relation::Spun => 3,
        Relation::Partial => 4,
        Relation::QuoteOnly => 5,
    }
}

/// The relation with this number.
pub(crate) fn relation_of(number: i64) -> Relation {
    match number {
        0 => Relation::Verbatim,
        1 => Relation::Excerpt,
        2 => Relation::Shuffled,
        3 => Relation::Spun,
        4 => Relation::Partial,
        _ => Relation::QuoteOnly,
    }
}

fn bit(kind: DirectionKind) -> u32 {
    match kind {
        DirectionKind::Credit => 0,
        DirectionKind::Wording => 1,
        DirectionKind::Date => 2,
        DirectionKind::MentionOrder => 3,
        DirectionKind::Subset => 4,
    }
}

/// The kinds of evidence with these bits.
pub(crate) fn evidence_of(bits: i64) -> Vec<DirectionKind> {
    use DirectionKind::{Credit, Date, MentionOrder, Subset, Wording};
    [Credit, Wording, Date, MentionOrder, Subset].into_iter().filter(|kind| bits & (1 << bit(*kind)) != 0).collect()
}
