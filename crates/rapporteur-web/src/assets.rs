//! The style sheet, the script and the mark of the room.

use axum::http::header;
use axum::response::IntoResponse;

/// For an hour: a new version of the program brings new ones.
const KEPT: &str = "max-age=3600";

pub(crate) async fn style() -> impl IntoResponse {
    let kind = "text/css; charset=utf-8";
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, KEPT)], include_str!("../assets/room.css"))
}

pub(crate) async fn script() -> impl IntoResponse {
    let kind = "text/javascript; charset=utf-8";
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, KEPT)], include_str!("../assets/room.js"))
}

pub(crate) async fn mark() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, KEPT)], include_str!("../assets/mark.svg"))
}
