//! Which address gives which page.

use crate::room::Room;
use crate::{actions, api, assets, guard, kept, pages};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use std::sync::Arc;

/// Bytes that can be dropped in at once; more go in by the command line, which reads them as a stream.
const MAX_DROPPED_BYTES: usize = 256 << 20;

pub(crate) fn router(room: Arc<Room>) -> Router {
    Router::new()
        .route("/", get(pages::overview::page))
        .route("/positions", get(pages::positions::page))
        .route("/statements", get(pages::statements::page))
        .route("/timeline", get(pages::timeline::page))
        .route("/sources", get(pages::sources::page))
        .route("/sources/pair", get(pages::pair::page))
        .route("/articles/{*id}", get(pages::reader::page))
        .route("/tensions", get(pages::tensions::page))
        .route("/actors", get(pages::actors::page))
        .route("/changes", get(pages::changes::page))
        .route("/corrections", get(pages::corrections::page).post(actions::correct))
        .route("/corrections/{*id_undo}", post(actions::undo))
        .route("/items/{*id}", get(pages::item::page))
        .route("/add", get(pages::add::page).post(actions::add).layer(DefaultBodyLimit::max(MAX_DROPPED_BYTES)))
        .route("/add/examples", post(actions::add_examples))
        .route("/brief/{name}", get(pages::brief::file))
        .route("/help", get(pages::help::page))
        .route("/assets/room.css", get(assets::style))
        .route("/assets/room.js", get(assets::script))
        .route("/assets/mark.svg", get(assets::mark))
        .route("/favicon.ico", get(assets::mark))
        .merge(api::routes())
        .fallback(pages::nothing)
        .layer(from_fn_with_state(Arc::clone(&room), kept::kept))
        .layer(from_fn_with_state(Arc::clone(&room), guard::guard))
        .with_state(room)
}
