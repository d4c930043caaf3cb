//! What is wrong with a request, as RFC 9457 has it, with a hint.

use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rapporteur_engine::Error;
use rapporteur_engine::case::CaseError;
use serde_json::json;
use std::sync::Arc;

use crate::room::Room;

const NO_PATH: &str = "/api/v1/openapi.json describes what there is";

/// Why there is no answer, and what to do about it.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    detail: String,
    hint: String,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, detail: impl Into<String>, hint: impl Into<String>) -> Self {
        Problem { status, detail: detail.into(), hint: hint.into() }
    }

    /// The request is none that the description allows.
    pub(super) fn bad(detail: impl Into<String>, hint: impl Into<String>) -> Self {
        Problem::new(StatusCode::BAD_REQUEST, detail, hint)
    }

    /// The request is one, but what it asks makes no sense.
    pub(super) fn senseless(detail: impl Into<String>, hint: impl Into<String>) -> Self {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail, hint)
    }

    pub(super) fn failed(detail: impl Into<String>) -> Self {
        let hint = "this is a defect of the program; please report it with the request";
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, detail, hint)
    }
}

impl From<CaseError> for Problem {
    fn from(error: CaseError) -> Self {
        let error = Error::from(error);
        let hint = error.hint().unwrap_or("`rapporteur check CASE` tells whether the case is whole");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string(), hint)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let problem = json!({
            "type": "about:blank",
            "title": self.status.canonical_reason().unwrap_or_default(),
            "status": self.status.as_u16(),
            "detail": self.detail,
            "hint": self.hint,
        });
        let body = format!("{problem:#}\n");
        (self.status, [(header::CONTENT_TYPE, "application/problem+json; charset=utf-8")], body).into_response()
    }
}

/// Where nothing answers.
pub(super) async fn no_path(State(_): State<Arc<Room>>, uri: Uri) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, format!("there is no {}", uri.path()), NO_PATH)
}

/// What is asked in a way that nothing answers to.
pub(super) async fn no_method(State(_): State<Arc<Room>>) -> Problem {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "nothing here answers to that method", NO_PATH)
}
