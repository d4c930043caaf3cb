//! What is new, told otherwise or gone since a run, and why.

use super::{Failure, frame, shown};
use crate::frame::Frame;
use crate::links;
use crate::room::{Moment, Room};
use crate::text::plain;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::Uri;
use axum::response::Response;
use rapporteur_engine::case::{Change, ChangeKind, Run};
use rapporteur_view::{count, on_one_line};
use serde::Deserialize;
use std::sync::Arc;

/// Changes of a page.
const MAX_CHANGES: usize = 500;

#[derive(Deserialize)]
pub(crate) struct Parameters {
    since: Option<i64>,
}

#[derive(Template)]
#[template(path = "changes.html")]
struct Changes {
    frame: Frame,
    runs: Vec<RunRow>,
    kinds: Vec<KindOfChange>,
    n_left: Option<String>,
}

struct RunRow {
    number: i64,
    kind: &'static str,
    started: String,
    is_chosen: bool,
    counts: String,
}

struct KindOfChange {
    name: &'static str,
    rows: Vec<Row>,
}

struct Row {
    id: String,
    /// `None` for what is gone.
    href: Option<String>,
    layer: &'static str,
    words: String,
    why: String,
}

pub(crate) async fn page(State(room): State<Arc<Room>>, uri: Uri, Query(asked): Query<Parameters>) -> Response {
    shown(room, move |room, case| changes(room, case, &uri, asked.since)).await
}

fn changes(room: &Room, case: &Moment<'_>, uri: &Uri, since: Option<i64>) -> Result<Changes, Failure> {
    let runs = case.runs()?;
    let since = since.unwrap_or_else(|| runs.last().map_or(0, |run| run.number - 1));
    let all = case.changes(since)?;
    let n_left = all.len().saturating_sub(MAX_CHANGES);
    let of_kind = |(kind, name): (ChangeKind, &'static str)| KindOfChange {
        name,
        rows: all.iter().take(MAX_CHANGES).filter(|change| change.kind == kind).map(row).collect(),
    };
    let kinds = [(ChangeKind::New, "New"), (ChangeKind::Changed, "Told otherwise"), (ChangeKind::Withdrawn, "Gone")];
    Ok(Changes {
        frame: frame(room, case, uri, "/changes", "Changes")?,
        runs: runs.iter().rev().map(|run| run_row(run, since)).collect(),
        kinds: kinds.into_iter().map(of_kind).filter(|kind| !kind.rows.is_empty()).collect(),
        n_left: (n_left > 0).then(|| count(n_left, "more change")),
    })
}

fn run_row(run: &Run, since: i64) -> RunRow {
    let counts = run.counts.iter().filter(|(_, n)| **n > 0).map(|(name, n)| format!("{} {n}", on_one_line(name)));
    RunRow {
        number: run.number,
        kind: run.kind.name(),
        started: run.started.as_str().get(..16).unwrap_or_default().replace('T', " "),
        is_chosen: run.number - 1 == since,
        counts: counts.collect::<Vec<_>>().join(", "),
    }
}

fn row(change: &Change) -> Row {
    Row {
        id: change.id.clone(),
        href: (change.kind != ChangeKind::Withdrawn).then(|| links::item(&change.id)),
        layer: change.layer.name(),
        words: on_one_line(change.words.as_deref().unwrap_or("words that were taken out")),
        why: plain(&on_one_line(&change.why)),
    }
}
