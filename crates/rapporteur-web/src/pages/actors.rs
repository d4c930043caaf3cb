//! Who there is, those who say most first.

use super::{Failure, N_CARDS, Paging, frame, shown};
use crate::cards::Card;
use crate::frame::Frame;
use crate::room::{Moment, Room};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::Uri;
use axum::response::Response;
use rapporteur_engine::case::ItemQuery;
use rapporteur_model::TargetLayer;
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize)]
pub(crate) struct Parameters {
    #[serde(default)]
    who: String,
    #[serde(default)]
    offset: usize,
}

#[derive(Template)]
#[template(path = "actors.html")]
struct Actors {
    frame: Frame,
    who: String,
    cards: Vec<Card>,
    paging: Paging,
}

pub(crate) async fn page(State(room): State<Arc<Room>>, uri: Uri, Query(asked): Query<Parameters>) -> Response {
    shown(room, move |room, case| actors(room, case, &uri, asked)).await
}

fn actors(room: &Room, case: &Moment<'_>, uri: &Uri, asked: Parameters) -> Result<Actors, Failure> {
    let who = Some(asked.who.trim().to_string()).filter(|who| !who.is_empty());
    let query = ItemQuery { who, limit: N_CARDS, offset: asked.offset, n_places: 3, ..ItemQuery::default() };
    let items = case.items(TargetLayer::Actor, &query)?;
    let cards: Vec<Card> = items.items.iter().map(|item| Card::of(item, 1)).collect();
    let paging = Paging::of("/actors", &[("who", &asked.who)], asked.offset, N_CARDS, cards.len(), items.n_total);
    Ok(Actors { frame: frame(room, case, uri, "/actors", "Actors")?, who: asked.who, cards, paging })
}
