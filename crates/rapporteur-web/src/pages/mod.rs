//! The pages, one a file: from the parameters of an address to what a template writes.

pub(crate) mod actors;
pub(crate) mod add;
pub(crate) mod brief;
pub(crate) mod changes;
pub(crate) mod corrections;
pub(crate) mod help;
mod highlight;
pub(crate) mod item;
pub(crate) mod overview;
pub(crate) mod pair;
mod picture;
pub(crate) mod positions;
pub(crate) mod reader;
pub(crate) mod sources;
pub(crate) mod statements;
pub(crate) mod tensions;
pub(crate) mod timeline;

use crate::frame::{Frame, ROOMS};
use crate::links;
use crate::room::{Moment, Room, told};
use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{Html, IntoResponse, Response};
use rapporteur_engine::Error;
use rapporteur_engine::case::CaseError;
use std::sync::Arc;

/// Cards on a page.
pub(crate) const N_CARDS: usize = 25;
/// Words of each card of a list.
pub(crate) const N_QUOTES: usize = 2;

/// Why there is no page.
pub(crate) enum Failure {
    /// The case has no such thing.
    Nothing(String),
    /// What was asked for makes no sense; with a hint.
    Wrong(String),
    /// The case cannot be read.
    Broken(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Broken(told(&error))
    }
}

impl From<CaseError> for Failure {
    fn from(error: CaseError) -> Self {
        Error::from(error).into()
    }
}

#[derive(Template)]
#[template(path = "failure.html")]
struct FailurePage {
    title: &'static str,
    text: String,
    rooms: [(&'static str, &'static str, char); 9],
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, title, text) = match self {
            Failure::Nothing(text) => (StatusCode::NOT_FOUND, "Nothing here", text),
            Failure::Wrong(text) => (StatusCode::BAD_REQUEST, "That makes no sense", text),
            Failure::Broken(text) => (StatusCode::INTERNAL_SERVER_ERROR, "The case cannot be read", text),
        };
        let page = FailurePage { title, text: rapporteur_view::on_one_line(&text), rooms: ROOMS }.render();
        (status, Html(page.unwrap_or_else(|_| title.to_string()))).into_response()
    }
}

/// Makes a page of one state of the case.
pub(crate) async fn shown<T: Template>(
    room: Arc<Room>,
    make: impl FnOnce(&Room, &Moment<'_>) -> Result<T, Failure> + Send + 'static,
) -> Response {
    answered(room, move |room, case| rendered(&make(room, case)?)).await
}

/// Makes the answer for a page, when it is its turn.
pub(crate) async fn answered(
    room: Arc<Room>,
    make: impl FnOnce(&Room, &Moment<'_>) -> Result<Response, Failure> + Send + 'static,
) -> Response {
    let waiting = Arc::clone(&room);
    // Nobody closes it.
    let _turn = waiting.turns.acquire().await.ok();
    made(room, make).await
}

/// Makes any answer of one state of the case, on a thread that may wait for the disk. What takes long does not take turns.
pub(crate) async fn made(
    room: Arc<Room>,
    make: impl FnOnce(&Room, &Moment<'_>) -> Result<Response, Failure> + Send + 'static,
) -> Response {
    let made = tokio::task::spawn_blocking(move || room.ask(|case| make(&room, case)));
    match made.await {
        Ok(Ok(answer)) => answer,
        Ok(Err(failure)) => failure.into_response(),
        Err(_) => Failure::Broken("the program failed on this page".to_string()).into_response(),
    }
}

pub(crate) fn rendered(page: &impl Template) -> Result<Response, Failure> {
    let page = page.render().map_err(|error| Failure::Broken(error.to_string()))?;
    Ok(Html(page).into_response())
}

/// The address of a page without the notice that it may show.
pub(crate) fn here(uri: &Uri) -> String {
    let parameters = uri.query().unwrap_or_default().split('&');
    let parameters: Vec<&str> = parameters.filter(|one| !one.is_empty() && !one.starts_with("noted=")).collect();
    if parameters.is_empty() { uri.path().to_string() } else { format!("{}?{}", uri.path(), parameters.join("&")) }
}

/// The entry of the log that an address says was just made.
pub(crate) fn noted(uri: &Uri) -> Option<&str> {
    uri.query()?.split('&').find_map(|one| one.strip_prefix("noted="))
}

/// The frame of a page.
pub(crate) fn frame(room: &Room, case: &Moment<'_>, uri: &Uri, of: &str, title: &str) -> Result<Frame, Failure> {
    Ok(Frame::of(room, case, of, &here(uri), title, noted(uri))?)
}

/// Where a list goes on, before and after what is shown.
pub(crate) struct Paging {
    pub(crate) text: String,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
}

impl Paging {
    /// Of `n_shown` of `n_total` things from `offset` on; `parameters` are those of the list.
    pub(crate) fn of(
        page: &str,
        parameters: &[(&str, &str)],
        offset: usize,
        each: usize,
        n_shown: usize,
        n_total: usize,
    ) -> Self {
        let to = |offset: usize| {
            let offset = if offset == 0 { String::new() } else { offset.to_string() };
            let mut all = parameters.to_vec();
            all.push(("offset", &offset));
            links::with(page, &all)
        };
        let last = offset + n_shown;
        let number = rapporteur_view::thousands;
        let text = match n_shown {
            0 => "nothing".to_string(),
            _ => format!("{} to {} of {}", number(offset + 1), number(last), number(n_total)),
        };
        Paging {
            text,
            before: (offset > 0).then(|| to(offset.saturating_sub(each))),
            after: (last < n_total).then(|| to(last)),
        }
    }
}

/// Where no page is.
pub(crate) async fn nothing(State(_): State<Arc<Room>>, uri: Uri) -> Response {
    Failure::Nothing(format!("there is no page {}", uri.path())).into_response()
}
