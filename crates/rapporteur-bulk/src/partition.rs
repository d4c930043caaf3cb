//! One partition: rows of its tables, and files that are there as a whole or not at all.

use crate::Error;
use crate::manifest::Part;
use crate::tables::{ARTICLES, RECORDS, SKIPPED, Table};
use rapporteur_columns::{Value, Writer};
use rapporteur_engine::case::{Incoming, pack_record};
use rapporteur_model::{Article, ArticleActorIdx, CodePoints, PredicationIdx, Record, Skipped, Span};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufReader, BufWriter, Read};
use std::path::{Path, PathBuf};

type Row = Vec<Option<Value>>;

/// Who made a file, as it tells.
const MADE_BY: &str = concat!("rapporteur version ", env!("CARGO_PKG_VERSION"));

/// What goes into one partition.
#[derive(Default)]
pub(crate) struct Partition {
    articles: Vec<Row>,
    records: Vec<Row>,
    skipped: Vec<Row>,
    /// Entries of the inputs.
    pub(crate) n_entries: usize,
    /// Bytes of texts.
    pub(crate) n_bytes: usize,
}

impl Partition {
    /// Adds an entry of the inputs.
    pub(crate) fn add(&mut self, read: Result<Incoming, Skipped>, folder: &Path) -> Result<(), Error> {
        self.n_entries += 1;
        match read {
            Ok(incoming) => {
                self.n_bytes += incoming.article.text.len();
                self.articles.push(article_row(&incoming, folder)?);
                self.records.append(&mut record_rows(&incoming.article, &incoming.record));
            }
            Err(skipped) => self.skip(skipped),
        }
        Ok(())
    }

    /// Adds an input that was not read and is no entry.
    pub(crate) fn skip(&mut self, Skipped { location, reason, hint }: Skipped) {
        self.skipped.push(vec![words(location), words(reason), hint.and_then(words)]);
    }

    /// Writes the files of the partition of this number.
    pub(crate) fn write(self, folder: &Path, partition: usize) -> Result<Part, Error> {
        let mut part = Part {
            partition,
            n_entries: self.n_entries,
            n_articles: self.articles.len(),
            n_skipped: self.skipped.len(),
            n_records: self.records.len(),
            ..Part::default()
        };
        for (table, rows) in [(&ARTICLES, self.articles), (&RECORDS, self.records), (&SKIPPED, self.skipped)] {
            let mut file = TableFile::begin(folder, table, partition)?;
            rows.into_iter().try_for_each(|row| file.row(row))?;
            part.sha256.insert(table.name.to_string(), file.end()?);
        }
        Ok(part)
    }
}

/// Where a partition of a table is.
pub(crate) fn path_of(folder: &Path, table: &Table, partition: usize) -> PathBuf {
    folder.join(table.name).join(format!("part-{partition:05}.parquet"))
}

/// A file of a table, which gets its name when all of it is there.
pub(crate) struct TableFile {
    writer: Writer<BufWriter<File>>,
    unfinished: PathBuf,
    path: PathBuf,
}

impl TableFile {
    pub(crate) fn begin(folder: &Path, table: &Table, partition: usize) -> Result<Self, Error> {
        let path = path_of(folder, table, partition);
        let unfinished = path.with_extension("parquet.tmp");
        let open = || {
            std::fs::create_dir_all(folder.join(table.name))?;
            File::create(&unfinished)
        };
        let file = open().map_err(|error| Error::io(&unfinished, &error))?;
        let writer = Writer::new(table.name, table.columns, MADE_BY, BufWriter::new(file));
        let writer = writer.map_err(|error| Error::io(&unfinished, &error.into()))?;
        Ok(TableFile { writer, unfinished, path })
    }

    pub(crate) fn row(&mut self, row: Row) -> Result<(), Error> {
        self.writer.row(row).map_err(|error| Error::io(&self.unfinished, &error.into()))
    }

    /// Finishes the file and gives its SHA-256.
    pub(crate) fn end(self) -> Result<String, Error> {
        let TableFile { writer, unfinished, path } = self;
        let finish = || {
            let file = writer.end().map_err(std::io::Error::from)?.into_inner().map_err(|error| error.into_error())?;
            file.sync_all()?;
            std::fs::rename(&unfinished, &path)?;
            sha256_of(&path)
        };
        finish().map_err(|error| Error::io(&path, &error))
    }
}

/// The SHA-256 of a file, in hexadecimal.
pub(crate) fn sha256_of(path: &Path) -> Result<String, std::io::Error> {
    let (mut reader, mut hash, mut buffer) = (BufReader::new(File::open(path)?), Sha256::new(), vec![0; 1 << 16]);
    loop {
        match reader.read(&mut buffer)? {
            0 => return Ok(hex(&hash.finalize())),
            n => hash.update(&buffer[..n]),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[expect(clippy::unnecessary_wraps, reason = "a value of a row")]
pub(crate) fn words(text: impl Into<String>) -> Option<Value> {
    Some(Value::Text(text.into()))
}

#[expect(clippy::unnecessary_wraps, reason = "a value of a row")]
pub(crate) fn number(number: impl TryInto<i64>) -> Option<Value> {
    Some(Value::Integer(number.try_into().unwrap_or(i64::MAX)))
}

/// The name of a value of a list, as it is written in JSON.
pub(crate) fn named(value: &impl Serialize) -> Option<Value> {
    let value = serde_json::to_value(value).ok()?;
    value.as_str().and_then(words)
}

fn article_row(Incoming { article, original, record }: &Incoming, folder: &Path) -> Result<Row, Error> {
    let (sha256, len_bytes) = original.hash();
    let bare = Article { text: String::new(), ..article.clone() };
    let bare = serde_json::to_string(&bare).map_err(|error| Error::new(format!("{}: {error}", article.location)))?;
    let value =
        |value: &Option<rapporteur_model::Evidenced<String>>| value.as_ref().and_then(|told| words(&*told.value));
    Ok(vec![
        words(article.id.as_str()),
        words(&*article.name),
        words(&*article.location),
        named(&article.format),
        value(&article.title),
        value(&article.outlet),
        value(&article.byline),
        value(&article.url),
        article.published.as_ref().and_then(|date| words(date.value.to_string())),
        value(&article.language),
        number(record.statements.len()),
        number(record.events.len()),
        number(record.stances.len()),
        number(len_bytes),
        words(&*article.text),
        words(hex(&sha256)),
        Some(Value::Json(bare)),
        Some(Value::Bytes(pack_record(record, folder)?)),
    ])
}

/// What was found in an article, a row each.
fn record_rows(article: &Article, record: &Record) -> Vec<Row> {
    let found = Found { article, record, code_points: CodePoints::new(&article.text) };
    let statements = record.statements.iter().enumerate().map(|(idx, statement)| {
        let whole = match (statement.content.first(), statement.content.last()) {
            (Some(first), Some(last)) => Some(Span { start: first.start, end: last.end }),
            _ => statement.cue,
        };
        found.row(Item {
            layer: "statement",
            idx,
            class: statement.class.name(),
            actor: statement.speaker,
            source: statement.source,
            target: statement.addressee,
            trigger: statement.cue,
            words: whole,
            status: named(&statement.uttered),
            polarity: named(&statement.polarity),
            time: statement.time.and_then(|span| found.words(span)),
            confidence: named(&statement.confidence),
        })
    });
    let of_predication = |predication: PredicationIdx| record.predications.get(predication.0 as usize);
    let events = record.events.iter().enumerate().filter_map(|(idx, event)| {
        let predication = of_predication(event.predication)?;
        let time = predication.time.and_then(|time| record.timexes.get(time.0 as usize));
        Some(found.row(Item {
            layer: "event",
            idx,
            class: event.kind.name(),
            actor: predication.sources.iter().find_map(|source| source.actor),
            source: predication.sources.first().map(|source| source.span),
            target: predication.targets.first().map(|target| target.span),
            trigger: Some(predication.trigger),
            words: predication.object.or(Some(predication.trigger)),
            status: named(&predication.status),
            polarity: named(&predication.polarity),
            time: time.and_then(|time| found.words(time.span)),
            confidence: None,
        }))
    });
    let stances = record.stances.iter().enumerate().filter_map(|(idx, stance)| {
        let predication = of_predication(stance.predication)?;
        Some(found.row(Item {
            layer: "stance",
            idx,
            class: stance.kind.name(),
            actor: stance.parties.first().copied(),
            source: predication.sources.first().map(|source| source.span),
            target: predication.targets.first().map(|target| target.span),
            trigger: Some(predication.trigger),
            words: Some(stance.evidence),
            status: named(&predication.status),
            polarity: named(&predication.polarity),
            time: None,
            confidence: named(&stance.confidence),
        }))
    });
    statements.chain(events).chain(stances).collect()
}

struct Found<'a> {
    article: &'a Article,
    record: &'a Record,
    code_points: CodePoints<'a>,
}

/// Something that was found, as the columns of `records` have it.
struct Item {
    layer: &'static str,
    idx: usize,
    class: &'static str,
    actor: Option<ArticleActorIdx>,
    source: Option<Span>,
    target: Option<Span>,
    trigger: Option<Span>,
    words: Option<Span>,
    status: Option<Value>,
    polarity: Option<Value>,
    time: Option<Value>,
    confidence: Option<Value>,
}

impl Found<'_> {
    fn words(&self, span: Span) -> Option<Value> {
        self.article.text.get(span.start.get()..span.end.get()).and_then(words)
    }

    fn row(&self, item: Item) -> Row {
        let of = |span: Option<Span>| span.and_then(|span| self.words(span));
        let actor = item.actor.and_then(|actor| self.record.actors.get(actor.0 as usize));
        let place = item.words.map(|span| self.code_points.of(span));
        vec![
            words(self.article.id.as_str()),
            words(item.layer),
            number(item.idx),
            words(item.class),
            actor.and_then(|actor| words(&*actor.name)),
            of(item.source),
            of(item.target),
            of(item.trigger),
            of(item.words),
            place.and_then(|(start, _)| number(start)),
            place.and_then(|(_, end)| number(end)),
            item.status,
            item.polarity,
            item.time,
            item.confidence,
        ]
    }
}
