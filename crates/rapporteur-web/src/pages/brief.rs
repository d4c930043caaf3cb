//! The brief as a file to hand over.

use super::{Failure, made};
use crate::room::Room;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use rapporteur_view::document::{Length, compose, to_docx, to_html, to_json, to_markdown};
use rapporteur_view::on_one_line;
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
    made(room, move |_, case| {
        let document = compose(case, length)?;
        let broken = |error: rapporteur_view::Error| Failure::Broken(error.to_string());
        let (kind, bytes) = match name.as_str() {
            "brief.docx" => (
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                to_docx(&document).map_err(broken)?,
            ),
            "brief.html" => ("text/html; charset=utf-8", to_html(&document).map_err(broken)?.into_bytes()),
            "brief.md" => ("text/markdown; charset=utf-8", to_markdown(&document).into_bytes()),
            "brief.json" => ("application/json", to_json(&document).map_err(broken)?.into_bytes()),
            _ => return Err(Failure::Nothing(format!("there is no file {}", on_one_line(&name)))),
        };
        // To be kept as a file and not shown: its page has a style of its own, which a page of the room may not have.
        let disposition = format!("attachment; filename=\"{name}\"");
        let headers = [(header::CONTENT_TYPE, kind.to_string()), (header::CONTENT_DISPOSITION, disposition)];
        Ok((headers, bytes).into_response())
    })
    .await
}
