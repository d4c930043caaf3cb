//! The log of what was put right by hand.

use super::{Failure, frame, shown};
use crate::frame::Frame;
use crate::links;
use crate::room::{Moment, Room};
use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use rapporteur_model::{Correction, CorrectionAct};
use rapporteur_view::case::act;
use rapporteur_view::on_one_line;
use std::collections::HashSet;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "corrections.html")]
struct Corrections {
    frame: Frame,
    rows: Vec<Row>,
}

struct Row {
    id: String,
    text: String,
    author: String,
    at: String,
    /// What it is about, where that is an item or an article of the case.
    href: Option<String>,
    /// Why it holds on nothing.
    orphaned: Option<String>,
    is_undone: bool,
    can_be_undone: bool,
}

pub(crate) async fn page(State(room): State<Arc<Room>>, uri: Uri) -> Response {
    shown(room, move |room, case| corrections(room, case, &uri)).await
}

fn corrections(room: &Room, case: &Moment<'_>, uri: &Uri) -> Result<Corrections, Failure> {
    let log = case.corrections()?;
    let orphans = case.orphans()?;
    let undone: HashSet<&str> = log
        .iter()
        .filter_map(|entry| match &entry.act {
            CorrectionAct::Undo { correction } => Some(correction.as_str()),
            _ => None,
        })
        .collect();
    let row = |entry: &Correction| {
        let orphan = orphans.iter().find(|orphan| orphan.correction == entry.id);
        let is_undo = matches!(entry.act, CorrectionAct::Undo { .. });
        let is_undone = undone.contains(entry.id.as_str());
        let target = entry.act.targets().first().map(|target| target.id.clone());
        Row {
            text: act(entry),
            author: on_one_line(&entry.author),
            at: entry.at.as_str().get(..16).unwrap_or_default().replace('T', " "),
            href: target.filter(|_| orphan.is_none()).map(|id| links::item(&id)),
            orphaned: orphan.map(|orphan| on_one_line(&orphan.reason)),
            is_undone,
            can_be_undone: !is_undo && !is_undone,
            id: entry.id.to_string(),
        }
    };
    let rows = log.iter().rev().map(row).collect();
    Ok(Corrections { frame: frame(room, case, uri, "/corrections", "Corrections")?, rows })
}
