//! What was made of one state of the case, kept until the case changes: numbers that every page shows, and whole answers.

use crate::room::{Reading, Room, held};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// Answers that are kept take no more than so many bytes together.
const MAX_KEPT_BYTES: usize = 16 << 20;
/// Greater answers are made anew each time.
const MAX_ANSWER_BYTES: usize = 4 << 20;

/// Something that is made of a state of the case, once for each state.
pub(crate) struct Kept<T>(Mutex<Option<(i64, Arc<T>)>>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Kept(Mutex::new(None))
    }
}

impl<T> Kept<T> {
    /// What was made of the state with this version, or is made now, while others that want it wait.
    pub(crate) fn of<E>(&self, version: i64, make: impl FnOnce() -> Result<T, E>) -> Result<Arc<T>, E> {
        let mut kept = held(&self.0);
        if let Some((_, value)) = kept.as_ref().filter(|(of, _)| *of == version) {
            return Ok(Arc::clone(value));
        }
        let value = Arc::new(make()?);
        *kept = Some((version, Arc::clone(&value)));
        Ok(value)
    }
}

/// Answers to addresses.
#[derive(Default)]
pub(crate) struct Answers {
    version: i64,
    n_bytes: usize,
    by_address: HashMap<String, Answer>,
}

#[derive(Clone)]
struct Answer {
    headers: HeaderMap,
    body: Bytes,
}

impl Answers {
    fn get(&mut self, version: i64, address: &str) -> Option<Answer> {
        if self.version != version {
            *self = Answers { version, ..Answers::default() };
        }
        self.by_address.get(address).cloned()
    }

    fn put(&mut self, version: i64, address: String, answer: Answer) {
        // Of an older state: nobody will ask for it.
        if self.version != version {
            return;
        }
        let n_bytes = n_bytes_of(&address, &answer);
        if self.n_bytes + n_bytes > MAX_KEPT_BYTES {
            *self = Answers { version, ..Answers::default() };
        }
        self.n_bytes += n_bytes;
        let older = self.by_address.get(&address).map_or(0, |older| n_bytes_of(&address, older));
        self.n_bytes -= older;
        self.by_address.insert(address, answer);
    }
}

/// An answer with its address and its headers, which many short answers to long addresses are mostly made of.
fn n_bytes_of(address: &str, answer: &Answer) -> usize {
    /// About what the names and values of the headers take, and the entry of the table.
    const BESIDE: usize = 1 << 10;
    address.len() + answer.body.len() + BESIDE
}

/// Gives an answer that was given before, if the case has not changed since.
pub(crate) async fn kept(State(room): State<Arc<Room>>, request: Request, next: Next) -> Response {
    let address = request.uri().to_string();
    // A notice is shown once, and how far the reading is changes while the case does not.
    let is_constant = request.method() == Method::GET
        && request.uri().path() != "/add"
        && !address.contains("noted=")
        && !matches!(room.reading(), Reading::Going(_));
    // The version is older than what is answered or the same, so that no older answer is kept under a newer version.
    let Some(version) = is_constant.then(|| room.version()).flatten() else { return next.run(request).await };
    if let Some(answer) = held(&room.answers).get(version, &address) {
        return (answer.headers, answer.body).into_response();
    }
    let (parts, body) = next.run(request).await.into_parts();
    if parts.status != StatusCode::OK {
        return Response::from_parts(parts, body);
    }
    let Ok(body) = to_bytes(body, usize::MAX).await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    if body.len() <= MAX_ANSWER_BYTES {
        let answer = Answer { headers: parts.headers.clone(), body: body.clone() };
        held(&room.answers).put(version, address, answer);
    }
    Response::from_parts(parts, Body::from(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(n_bytes: usize) -> Answer {
        Answer { headers: HeaderMap::new(), body: Bytes::from(vec![0; n_bytes]) }
    }

    #[test]
    fn answers_are_of_one_state() {
        let mut answers = Answers::default();
        assert!(answers.get(1, "/").is_none());
        answers.put(1, "/".to_string(), answer(3));
        assert_eq!(answers.get(1, "/").map(|answer| answer.body.len()), Some(3));
        assert!(answers.get(2, "/").is_none());
        // Made of the state before, and too late.
        answers.put(1, "/".to_string(), answer(3));
        assert!(answers.get(2, "/").is_none());
    }

    #[test]
    fn answers_are_let_go_when_they_are_too_many() {
        let mut answers = Answers::default();
        answers.get(1, "/");
        for n in 0..40 {
            answers.put(1, format!("/{n}"), answer(1 << 20));
            assert!(answers.n_bytes <= MAX_KEPT_BYTES);
        }
        assert!(answers.get(1, "/39").is_some());
        answers.put(1, "/39".to_string(), answer(1));
        let n_bytes: usize = answers.by_address.iter().map(|(address, answer)| n_bytes_of(address, answer)).sum();
        assert_eq!(answers.n_bytes, n_bytes);
    }

    #[test]
    fn addresses_count_as_well() {
        let mut answers = Answers::default();
        answers.get(1, "/");
        for n in 0..200 {
            answers.put(1, format!("/{n}{}", "x".repeat(1_000_000)), answer(1));
        }
        assert!(answers.by_address.len() < 20);
    }

    #[test]
    fn a_value_is_made_once_for_each_state() {
        let kept = Kept::default();
        let mut n_made = 0;
        for version in [1, 1, 2, 2] {
            let made = kept.of(version, || {
                n_made += 1;
                Ok::<_, ()>(version)
            });
            assert_eq!(made, Ok(Arc::new(version)));
        }
        assert_eq!(n_made, 2);
    }
}
