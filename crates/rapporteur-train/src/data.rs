//! Annotated articles: read, parsed, and with byte spans.

use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use rapporteur_extract::training::{GoldStatement, Sample};
use rapporteur_model::{Article, Span, StatementClass};
use rapporteur_text::{Document, Pipeline};
use rayon::prelude::*;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// Folds of the cross-validation.
pub(crate) const N_FOLDS: u8 = 5;

#[derive(Deserialize)]
struct Row {
    id: String,
    text: String,
    statements: Vec<RowStatement>,
}

#[derive(Deserialize)]
struct RowStatement {
    kind: Option<String>,
    class: Option<StatementClass>,
    content: Spans,
    source: Option<Spans>,
    cue: Option<Spans>,
}

#[derive(Deserialize)]
struct CodePoints {
    start: usize,
    end: usize,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Spans {
    Many(Vec<CodePoints>),
    One(CodePoints),
}

/// An article with what people marked in it.
pub(crate) struct Annotated {
    pub(crate) id: String,
    pub(crate) article: Article,
    pub(crate) doc: Document,
    pub(crate) gold: Vec<GoldStatement>,
}

impl Annotated {
    pub(crate) fn sample(&self) -> Sample<'_> {
        Sample { article: &self.article, doc: &self.doc, gold: &self.gold }
    }

    /// The part of the cross-validation that the article belongs to: the first byte of the SHA-256 of its
    /// id, modulo the number of folds.
    pub(crate) fn fold(&self) -> u8 {
        Sha256::digest(self.id.as_bytes())[0] % N_FOLDS
    }
}

impl Annotated {
    /// Whether the article belongs to the first `share` percent, by another byte of the same hash.
    pub(crate) fn is_in_share(&self, share: usize) -> bool {
        usize::from(Sha256::digest(self.id.as_bytes())[1]) * 100 < share * 256
    }
}

/// Reads a set and parses its articles.
pub(crate) fn read(pipeline: &Pipeline, path: &Path) -> Result<Vec<Annotated>> {
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let lines: Vec<String> = BufReader::new(GzDecoder::new(file)).lines().collect::<Result<_, _>>()?;
    let lines: Vec<&String> = lines.iter().filter(|line| !line.trim().is_empty()).collect();
    lines.par_iter().map(|line| annotated(pipeline, line)).collect()
}

fn annotated(pipeline: &Pipeline, line: &str) -> Result<Annotated> {
    let row: Row = serde_json::from_str(line).context("a line is not an annotated article")?;
    let article = rapporteur_source::article_from_bytes(&row.id, row.text.as_bytes())
        .map_err(|skipped| anyhow::anyhow!("{}: {}", row.id, skipped.reason))?;
    anyhow::ensure!(article.text == row.text, "{}: the text was decoded differently", row.id);
    let doc = pipeline.annotate_paragraphs(&article.text);
    let offsets: Vec<usize> = row.text.char_indices().map(|(at, _)| at).chain([row.text.len()]).collect();
    let gold = row.statements.into_iter().map(|statement| gold(statement, &offsets)).collect::<Result<_>>()?;
    Ok(Annotated { id: row.id, article, doc, gold })
}

fn gold(statement: RowStatement, offsets: &[usize]) -> Result<GoldStatement> {
    let bytes = |span: CodePoints| -> Result<Span> {
        let at = |point: usize| offsets.get(point).copied().context("a span reaches beyond its text");
        Ok(Span::new(at(span.start)?, at(span.end)?))
    };
    let all = |spans: Spans| -> Result<Vec<Span>> {
        match spans {
            Spans::One(span) => Ok(vec![bytes(span)?]),
            Spans::Many(spans) => spans.into_iter().map(bytes).collect(),
        }
    };
    let first = |spans: Option<Spans>| -> Result<Option<Span>> {
        let spans = spans.map(all).transpose()?.unwrap_or_default();
        Ok(spans.into_iter().reduce(|whole, span| whole.hull(span)))
    };
    Ok(GoldStatement {
        content: all(statement.content)?,
        source: first(statement.source)?,
        cue: first(statement.cue)?,
        class: statement.class.unwrap_or(StatementClass::Speech),
        is_act_report: statement.kind.as_deref() == Some("act-report"),
    })
}
