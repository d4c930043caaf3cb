//! What keeps the room to itself.
//!
//! - A browser that calls it by another name is refused (`Host`): else a page from elsewhere could point a name of its own
//!   at this machine and read the case (DNS rebinding).
//! - What changes something must come from a page of the room (`Origin`) and bear its token.
//! - The API only reads, so that programs need neither; what a browser asks it for a page of another site is refused,
//!   because questions cost time.
//! - Pages may load their one style sheet and their one script and nothing else, and nobody may frame them: markup that
//!   should come through from an article all the same has nothing to run.

use crate::api::{Problem, is_of_api};
use crate::room::Room;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// How the API is called.
const CALLED: &str =
    "call http://127.0.0.1 with the port; browsers are let in by `serve --host NAME`, other sites never";

const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Lets a request through that comes from the room's own pages, or only reads.
pub(crate) async fn guard(State(room): State<Arc<Room>>, request: Request<Body>, next: Next) -> Response {
    let is_of_api = is_of_api(request.uri().path());
    let mut response = match refused(&room, request.method(), request.headers(), is_of_api) {
        Some((status, why)) if is_of_api => Problem::new(status, why, CALLED).into_response(),
        Some((status, why)) => (status, format!("{why}\n")).into_response(),
        None => next.run(request).await,
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // A case changes; what is the same for ever says so itself.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

fn refused(room: &Room, method: &Method, headers: &HeaderMap, is_of_api: bool) -> Option<(StatusCode, &'static str)> {
    let host = text(headers, &header::HOST).filter(|host| is_ours(room, host));
    let Some(host) = host else {
        return Some((StatusCode::MISDIRECTED_REQUEST, "this server is not called by that name"));
    };
    let is_reading = matches!(*method, Method::GET | Method::HEAD);
    if is_reading && !is_of_api {
        return None;
    }
    let is_from_page = match headers.get(header::ORIGIN).map(|origin| origin.to_str()) {
        Some(origin) => origin.is_ok_and(|origin| origin.strip_prefix("http://") == Some(host)),
        // Browsers name themselves where they send something; a program does not.
        None => is_of_api,
    };
    // Of none is what somebody types into the address bar.
    let is_same = text(headers, &HeaderName::from_static("sec-fetch-site"))
        .is_none_or(|site| site == "same-origin" || is_reading && site == "none");
    (!is_from_page || !is_same).then_some((StatusCode::FORBIDDEN, "only a page of this server may do that"))
}

/// Whether the server is called by its address, by a name of this machine, or by one that it was given.
fn is_ours(room: &Room, host: &str) -> bool {
    let port = room.address.port();
    let ours = ["127.0.0.1", "localhost", "[::1]"].map(|name| format!("{name}:{port}"));
    let given = || room.settings.hosts.iter().any(|name| host == name || host == format!("{name}:{port}"));
    ours.iter().any(|name| host.eq_ignore_ascii_case(name)) || given()
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

/// Whether a form bears the token of this process. All of it is compared, however early it differs.
pub(crate) fn is_token(room: &Room, given: &str) -> bool {
    let (ours, given) = (room.token.as_bytes(), given.as_bytes());
    ours.len() == given.len() && ours.iter().zip(given).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}
