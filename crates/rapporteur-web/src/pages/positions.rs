//! What each party holds on each issue: parties across, issues down, what most articles speak of first.

use super::{Failure, Paging, frame, shown};
use crate::frame::Frame;
use crate::links;
use crate::room::{Moment, Room};
use crate::text::plain;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::Uri;
use axum::response::Response;
use rapporteur_engine::case::{Case, Item, ItemQuery};
use rapporteur_model::TargetLayer;
use rapporteur_view::{count, number, on_one_line};
use serde::Deserialize;
use serde_json::Value;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Positions of a page.
const N_POSITIONS: usize = 120;
/// Parties with a column of their own; the others stand in one list.
const N_PARTIES: usize = 6;

#[derive(Deserialize)]
pub(crate) struct Parameters {
    #[serde(default)]
    issue: String,
    #[serde(default)]
    party: String,
    #[serde(default)]
    offset: usize,
}

#[derive(Template)]
#[template(path = "positions.html")]
struct Positions {
    frame: Frame,
    issue: String,
    party: String,
    parties: Vec<String>,
    rows: Vec<Row>,
    has_others: bool,
    paging: Paging,
}

struct Row {
    issue: String,
    issue_href: String,
    standing: Option<(String, String)>,
    cells: Vec<Option<Cell>>,
    others: Vec<Cell>,
}

struct Cell {
    id: String,
    href: String,
    party: String,
    stance: String,
    stance_class: String,
    origins: String,
    is_single: bool,
    /// What it was before, where it changed.
    changed_from: Option<String>,
    words: String,
}

pub(crate) async fn page(State(room): State<Arc<Room>>, uri: Uri, Query(asked): Query<Parameters>) -> Response {
    shown(room, move |room, case| positions(room, case, &uri, asked)).await
}

fn positions(room: &Room, case: &Moment<'_>, uri: &Uri, asked: Parameters) -> Result<Positions, Failure> {
    let given = |text: &str| Some(text.trim().to_string()).filter(|text| !text.is_empty());
    let query = ItemQuery {
        issue: given(&asked.issue),
        who: given(&asked.party),
        limit: N_POSITIONS,
        offset: asked.offset,
        n_places: 1,
        ..ItemQuery::default()
    };
    let found = case.items(TargetLayer::Position, &query)?;
    let mut sizes: BTreeMap<(String, String), usize> = BTreeMap::new();
    for item in &found.items {
        *sizes.entry(party_of(item)).or_default() += 1;
    }
    let mut parties: Vec<(&(String, String), usize)> = sizes.iter().map(|(party, n)| (party, *n)).collect();
    parties.sort_by_key(|(party, n)| (Reverse(*n), *party));
    let columns: Vec<(String, String)> = parties.into_iter().take(N_PARTIES).map(|(party, _)| party.clone()).collect();
    let mut rows: Vec<Row> = Vec::new();
    for of_issue in found.items.chunk_by(|a, b| issue_of(a) == issue_of(b)) {
        let (name, id) = issue_of(&of_issue[0]);
        let mut row = Row {
            issue: on_one_line(&name),
            issue_href: links::item(&id),
            standing: standing(case, &id)?,
            cells: columns.iter().map(|_| None).collect(),
            others: Vec::new(),
        };
        for item in of_issue {
            match columns.iter().position(|column| *column == party_of(item)) {
                Some(at) => row.cells[at] = Some(cell(item)),
                None => row.others.push(cell(item)),
            }
        }
        rows.push(row);
    }
    let parameters = [("issue", asked.issue.as_str()), ("party", asked.party.as_str())];
    let paging = Paging::of("/positions", &parameters, asked.offset, N_POSITIONS, found.items.len(), found.n_total);
    Ok(Positions {
        frame: frame(room, case, uri, "/positions", "Positions")?,
        parties: columns.into_iter().map(|(name, _)| on_one_line(&name)).collect(),
        has_others: rows.iter().any(|row| !row.others.is_empty()),
        rows,
        paging,
        issue: asked.issue,
        party: asked.party,
    })
}

/// The standing of an issue, as people write it and as the style sheet does.
fn standing(case: &Case, id: &str) -> Result<Option<(String, String)>, Failure> {
    let kind = match case.show(id, 0)? {
        Some(rapporteur_engine::case::Shown::Item(item)) => item.kind,
        _ => None,
    };
    Ok(kind.map(|kind| (plain(&kind), kind)))
}

fn party_of(item: &Item) -> (String, String) {
    item.party.as_ref().map(|party| (party.label.clone(), party.id.clone())).unwrap_or_default()
}

fn issue_of(item: &Item) -> (String, String) {
    item.issue.as_ref().map(|issue| (issue.label.clone(), issue.id.clone())).unwrap_or_default()
}

fn cell(item: &Item) -> Cell {
    let changes = item.facts.get("changes").and_then(Value::as_array);
    let from = changes.and_then(|changes| changes.last()?.get("from")?.as_str());
    let (min, max) = item.n_origins;
    let kind = item.kind.clone().unwrap_or_default();
    let number =
        if min == max { count(number(max), "origin") } else { format!("{min}–{}", count(number(max), "origin")) };
    Cell {
        id: item.id.clone(),
        href: links::item(&item.id),
        party: on_one_line(&party_of(item).0),
        stance: plain(&kind),
        stance_class: kind,
        origins: number,
        is_single: min <= 1,
        changed_from: from.map(plain),
        words: item.places.first().map(|place| on_one_line(&place.exact)).unwrap_or_default(),
    }
}
