//! The brief as a file to hand over.

use super::Failure;
use crate::room::Room;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use rapporteur_view::document::{Length, compose, to_docx, to_html, to_json, to_markdown};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize)]
pub(crate) struct Parameters {
    #[serde(default)]
    length: String,
}

/// `brief.docx`, `brief.html`, `brief.md` or `brief.json`, of a page with `length=page`, else full.
pub(crate) async fn file(
    State(room): State<Arc<Room>>,
    Path(name): Path<String>,
    Query(asked): Query<Parameters>,
) -> Response {
    let length = if asked.length == Length::Page.name() { Length::Page } else { Length::Full };
    let made = tokio::task::spawn_blocking(move || {
        let document = room.ask(|case| compose(case, length).map_err(Failure::from))?;
        let broken = |error: rapporteur_view::Error| Failure::Broken(error.to_string());
        let (kind, bytes) = match name.as_str() {
            "brief.docx" => (
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                to_docx(&document).map_err(broken)?,
            ),
            "brief.html" => ("text/html; charset=utf-8", to_html(&document).map_err(broken)?.into_bytes()),
            "brief.md" => ("text/markdown; charset=utf-8", to_markdown(&document).into_bytes()),
            "brief.json" => ("application/json", to_json(&document).map_err(broken)?.into_bytes()),
            _ => return Err(Failure::Nothing(format!("there is no file {name}"))),
        };
        // To be kept as a file and not shown: its page has a style of its own, which a page of the room may not have.
        let disposition = format!("attachment; filename=\"{name}\"");
        Ok(([(header::CONTENT_TYPE, kind.to_string()), (header::CONTENT_DISPOSITION, disposition)], bytes))
    });
    match made.await {
        Ok(Ok(file)) => file.into_response(),
        Ok(Err(failure)) => failure.into_response(),
        Err(_) => Failure::Broken("the program failed on this file".to_string()).into_response(),
    }
}
