//! Answers for programs, under `/api/v1/`: what the commands write with `--json`, byte for byte.
//!
//! Everything here only reads. What an address may ask is told by `parameters`, which takes nothing that it does not know;
//! whatever is wrong is told as a problem (RFC 9457) with a hint. `assets/openapi.json` describes all of it.

mod parameters;
mod problem;
mod questions;
mod sql;

pub(crate) use problem::Problem;

use crate::room::Room;
use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use std::sync::Arc;

/// What the addresses of the API begin with.
const BASE: &str = "/api/v1";
const JSON: &str = "application/json; charset=utf-8";

/// Each path below [`BASE`], as the description names it, with what answers there.
fn paths() -> Vec<(&'static str, MethodRouter<Arc<Room>>)> {
    vec![
        ("/openapi.json", get(description)),
        ("/brief", get(questions::brief)),
        ("/actors", get(questions::actors)),
        ("/positions", get(questions::positions)),
        ("/timeline", get(questions::timeline)),
        ("/tensions", get(questions::tensions)),
        ("/utterances", get(questions::utterances)),
        ("/search", get(questions::search)),
        ("/items/{id}", get(questions::item)),
        ("/articles", get(questions::articles)),
        ("/changes", get(questions::changes)),
        ("/runs", get(questions::runs)),
        ("/corrections", get(questions::corrections)),
        ("/sql", get(sql::asked_in_address).post(sql::asked_in_body)),
    ]
}

/// The addresses of the API. Ids have slashes, so that an item may have any path below its own.
pub(crate) fn routes() -> Router<Arc<Room>> {
    let with_slashes = |path: &str| format!("{BASE}{}", path.replace("{id}", "{*id}"));
    let router = paths().into_iter().fold(Router::new(), |router, (path, methods)| {
        router.route(&with_slashes(path), methods.fallback(problem::no_method))
    });
    router
        .route("/api", axum::routing::any(problem::no_path))
        .route("/api/{*path}", axum::routing::any(problem::no_path))
}

/// Whether a path is of the API.
pub(crate) fn is_of_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

async fn description() -> Response {
    json(crate::DESCRIPTION.to_string())
}

fn json(text: String) -> Response {
    ([(header::CONTENT_TYPE, JSON)], text).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use std::collections::BTreeSet;

    #[test]
    fn the_description_names_the_paths_that_there_are() {
        let described: Value = serde_json::from_str(crate::DESCRIPTION).unwrap();
        assert_eq!(described["servers"][0]["url"], BASE);
        let described: BTreeSet<&str> = described["paths"].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(described, paths().iter().map(|(path, _)| *path).collect());
    }
}
