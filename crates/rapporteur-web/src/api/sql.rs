//! Questions in SQL over the views that docs/CASE.md describes, bounded in time, rows and bytes.

use super::parameters::Parameters;
use super::{Problem, json};
use crate::room::Room;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rapporteur_engine::case::{SqlError, SqlLimits};
use rapporteur_view::case::sql_json;
use serde_json::{Map, Value};
use std::sync::Arc;
use std::time::Duration;

/// Code points of a question in an address; a longer one goes into a body.
const MAX_IN_ADDRESS: usize = 2_000;
/// Code points of a question in a body, each of which JSON may write in twelve bytes.
const MAX_IN_BODY: usize = 20_000;
const MAX_BODY_BYTES: usize = 256 << 10;
/// How long a body may take to come.
const MAX_BODY_TIME: Duration = Duration::from_secs(10);
/// How long a question waits for those before it.
const MAX_WAIT: Duration = Duration::from_secs(30);
const LIMITS: SqlLimits = SqlLimits { time: Duration::from_secs(5), rows: 5_000, bytes: 4 << 20 };
const NO_QUESTION: &str = "give q: SELECT … FROM one of the views that docs/CASE.md describes";

pub(super) async fn asked_in_address(State(room): State<Arc<Room>>, uri: Uri) -> Response {
    let question = Parameters::of(uri.query(), &["q"]).and_then(|mut asked| {
        let question = asked.text_up_to("q", MAX_IN_ADDRESS)?;
        question.ok_or_else(|| Problem::bad("there is no question", NO_QUESTION))
    });
    answered(room, question).await
}

pub(super) async fn asked_in_body(State(room): State<Arc<Room>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let question = match Parameters::of(parts.uri.query(), &[]) {
        Ok(_) => question_of(&parts.headers, body).await,
        Err(problem) => Err(problem),
    };
    answered(room, question).await
}

async fn question_of(headers: &HeaderMap, body: Body) -> Result<String, Problem> {
    let hint = "send {\"q\": \"SELECT …\"} as application/json";
    let text = |name| headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
    let kind = text(header::CONTENT_TYPE).and_then(|kind| kind.split(';').next()).unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "the body is not said to be JSON", hint));
    }
    let too_long = || {
        let hint = format!("a body has at most {MAX_BODY_BYTES} bytes");
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "the body is too long, or was cut off", hint)
    };
    let length = text(header::CONTENT_LENGTH).and_then(|length| length.parse::<usize>().ok());
    if length.is_some_and(|length| length > MAX_BODY_BYTES) {
        return Err(too_long());
    }
    let slow = |_| Problem::new(StatusCode::REQUEST_TIMEOUT, "the body did not come", "send it at once");
    let body = tokio::time::timeout(MAX_BODY_TIME, to_bytes(body, MAX_BODY_BYTES)).await.map_err(slow)?;
    let body = body.map_err(|_| too_long())?;
    let mut asked: Map<String, Value> = serde_json::from_slice(&body)
        .map_err(|error| Problem::bad(format!("the body is no question: {error}"), hint))?;
    match (asked.remove("q"), asked.is_empty()) {
        (Some(Value::String(question)), true) if (1..=MAX_IN_BODY).contains(&question.chars().count()) => Ok(question),
        _ => Err(Problem::bad("the body is no object with a question of 1 to 20000 characters and nothing else", hint)),
    }
}

async fn answered(room: Arc<Room>, question: Result<String, Problem>) -> Response {
    let question = match question {
        Ok(question) => question,
        Err(problem) => return problem.into_response(),
    };
    let waiting = Arc::clone(&room);
    // A question that hangs all the same keeps other questions in SQL waiting, and no page.
    let Ok(Ok(turn)) = tokio::time::timeout(MAX_WAIT, Arc::clone(&waiting.sql_turns).acquire_owned()).await else {
        let hint = "ask again in a while";
        return Problem::new(StatusCode::SERVICE_UNAVAILABLE, "too much is being asked just now", hint).into_response();
    };
    let made = tokio::task::spawn_blocking(move || {
        // Held as long as the question runs, even where nobody waits for the answer any more.
        let _turn = turn;
        let table = room.ask_sql(&question, LIMITS).map_err(problem_of)?;
        sql_json(&table).map_err(|error| Problem::failed(error.to_string()))
    });
    match made.await {
        Ok(Ok(text)) => json(text),
        Ok(Err(problem)) => problem.into_response(),
        Err(_) => Problem::failed("the program failed on this question").into_response(),
    }
}

fn problem_of(error: SqlError) -> Problem {
    match error {
        SqlError::Case(error) => error.into(),
        error => Problem::senseless(error.to_string(), error.hint().unwrap_or(NO_QUESTION)),
    }
}
