//! Where accounts cannot all stand, the sides beside each other.

use super::{Failure, N_CARDS, Paging, frame, shown};
use crate::cards::Card;
use crate::frame::Frame;
use crate::room::{Moment, Room};
use crate::text::plain;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::Uri;
use axum::response::Response;
use rapporteur_engine::case::ItemQuery;
use rapporteur_model::{TargetLayer, TensionKind};
use serde::Deserialize;
use std::sync::Arc;

/// Words of each side.
const N_OF_SIDE: usize = 3;

#[derive(Deserialize)]
pub(crate) struct Parameters {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    offset: usize,
}

#[derive(Template)]
#[template(path = "tensions.html")]
struct Tensions {
    frame: Frame,
    kinds: Vec<(String, String, bool)>,
    cards: Vec<Card>,
    paging: Paging,
}

pub(crate) async fn page(State(room): State<Arc<Room>>, uri: Uri, Query(asked): Query<Parameters>) -> Response {
    shown(room, move |room, case| tensions(room, case, &uri, &asked)).await
}

fn tensions(room: &Room, case: &Moment<'_>, uri: &Uri, asked: &Parameters) -> Result<Tensions, Failure> {
    let kind = Some(asked.kind.clone()).filter(|kind| !kind.is_empty());
    let query = ItemQuery { kind, limit: N_CARDS, offset: asked.offset, n_places: 24, ..ItemQuery::default() };
    let items = case.items(TargetLayer::Tension, &query)?;
    let cards: Vec<Card> = items.items.iter().map(|item| Card::of(item, N_OF_SIDE)).collect();
    let name = |kind: &TensionKind| kind.name().to_string();
    let kinds = TensionKind::ALL.iter().map(|kind| (name(kind), plain(kind.name()), asked.kind == kind.name()));
    let paging = Paging::of("/tensions", &[("kind", &asked.kind)], asked.offset, N_CARDS, cards.len(), items.n_total);
    Ok(Tensions { frame: frame(room, case, uri, "/tensions", "Tensions")?, kinds: kinds.collect(), cards, paging })
}
