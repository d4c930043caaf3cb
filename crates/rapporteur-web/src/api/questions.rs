//! The questions that a case answers, as the commands put them.

use super::parameters::{Parameters, id};
use super::{Problem, json};
use crate::room::Room;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use rapporteur_engine::case::{ItemQuery, SearchError, SearchQuery};
use rapporteur_model::{StatementClass, TargetLayer, TensionKind};
use rapporteur_view::case::{Answer, Question, ask, to_json};
use std::sync::Arc;

/// Items of a list, where it is not told how many; as the commands have it.
const LIMIT: usize = 25;
const MAX_LIMIT: usize = 1_000;
const MAX_OFFSET: usize = 10_000_000;
/// Articles and pairs.
const SOURCES_LIMIT: usize = 100;
const MAX_SOURCES_LIMIT: usize = 10_000;
const MAX_RUN: i64 = 1_000_000_000;

const ACTOR_KINDS: [&str; 4] = ["person", "state", "organisation", "group"];
const TIMELINE_KINDS: [&str; 4] = ["happening", "utterance", "publication", "background"];

type Shared = State<Arc<Room>>;

pub(super) async fn brief(State(room): Shared, uri: Uri) -> Response {
    let question = Parameters::of(uri.query(), &[]).map(|_| Question::Brief);
    answered(room, question).await
}

pub(super) async fn actors(State(room): Shared, uri: Uri) -> Response {
    let question = Parameters::of(uri.query(), &["who", "kind", "limit", "offset"]).and_then(|mut asked| {
        let query =
            ItemQuery { who: asked.text("who")?, kind: asked.one_of("kind", &ACTOR_KINDS)?, ..paged(&mut asked)? };
        Ok(Question::Items(TargetLayer::Actor, query))
    });
    answered(room, question).await
}

pub(super) async fn positions(State(room): Shared, uri: Uri) -> Response {
    let question = Parameters::of(uri.query(), &["who", "issue", "limit", "offset"]).and_then(|mut asked| {
        let query = ItemQuery { who: asked.text("who")?, issue: asked.text("issue")?, ..paged(&mut asked)? };
        Ok(Question::Items(TargetLayer::Position, query))
    });
    answered(room, question).await
}

pub(super) async fn timeline(State(room): Shared, uri: Uri) -> Response {
    let question = Parameters::of(uri.query(), &["kind", "from", "to", "limit", "offset"]).and_then(|mut asked| {
        let query = ItemQuery { kind: asked.one_of("kind", &TIMELINE_KINDS)?, ..between(&mut asked)? };
        Ok(Question::Items(TargetLayer::Timeline, query))
    });
    answered(room, question).await
}

pub(super) async fn tensions(State(room): Shared, uri: Uri) -> Response {
    let question = Parameters::of(uri.query(), &["kind", "limit", "offset"]).and_then(|mut asked| {
        let kind = asked.one_of("kind", &TensionKind::ALL.map(TensionKind::name))?;
        Ok(Question::Items(TargetLayer::Tension, ItemQuery { kind, ..paged(&mut asked)? }))
    });
    answered(room, question).await
}

pub(super) async fn utterances(State(room): Shared, uri: Uri) -> Response {
    let known = ["who", "kind", "from", "to", "limit", "offset"];
    let question = Parameters::of(uri.query(), &known).and_then(|mut asked| {
        let kind = asked.one_of("kind", &StatementClass::ALL.map(StatementClass::name))?;
        let query = ItemQuery { who: asked.text("who")?, kind, ..between(&mut asked)? };
        Ok(Question::Items(TargetLayer::Utterance, query))
    });
    answered(room, question).await
}

pub(super) async fn search(State(room): Shared, uri: Uri) -> Response {
    let question = Parameters::of(uri.query(), &["q", "limit"]).and_then(|mut asked| {
        let nothing = || {
            Problem::bad(
                "there is nothing to look for",
                "give q: words, \"phrases\", speaker:, party:, class:, from:, to:, date:",
            )
        };
        let line = asked.text("q")?.ok_or_else(nothing)?;
        let limit = asked.number("limit", 0..=MAX_LIMIT)?.unwrap_or(LIMIT);
        let no_query = |error: SearchError| Problem::senseless(error.to_string(), error.hint());
        Ok(Question::Search { query: line.parse::<SearchQuery>().map_err(no_query)?, limit })
    });
    answered(room, question).await
}

pub(super) async fn item(State(room): Shared, uri: Uri) -> Response {
    let question = Parameters::of(uri.query(), &[])
        .and_then(|_| id(uri.path(), &format!("{}/items/", super::BASE)))
        .map(Question::Show);
    answered(room, question).await
}

pub(super) async fn articles(State(room): Shared, uri: Uri) -> Response {
    let question = Parameters::of(uri.query(), &["article", "limit"]).and_then(|mut asked| {
        let limit = asked.number("limit", 0..=MAX_SOURCES_LIMIT)?.unwrap_or(SOURCES_LIMIT);
        Ok(Question::Sources { article: asked.text("article")?, limit })
    });
    answered(room, question).await
}

pub(super) async fn changes(State(room): Shared, uri: Uri) -> Response {
    let question = Parameters::of(uri.query(), &["since"])
        .and_then(|mut asked| Ok(Question::Changes(asked.number("since", 0..=MAX_RUN)?)));
    answered(room, question).await
}

pub(super) async fn runs(State(room): Shared, uri: Uri) -> Response {
    let question = Parameters::of(uri.query(), &[]).map(|_| Question::Runs);
    answered(room, question).await
}

pub(super) async fn corrections(State(room): Shared, uri: Uri) -> Response {
    let question = Parameters::of(uri.query(), &["orphaned"])
        .and_then(|mut asked| Ok(Question::Corrections { is_orphaned: asked.flag("orphaned")? }));
    answered(room, question).await
}

/// Which part of a list is asked for.
fn paged(asked: &mut Parameters) -> Result<ItemQuery, Problem> {
    let limit = asked.number("limit", 0..=MAX_LIMIT)?.unwrap_or(LIMIT);
    let offset = asked.number("offset", 0..=MAX_OFFSET)?.unwrap_or_default();
    Ok(ItemQuery { limit, offset, ..ItemQuery::default() })
}

/// Which part of a list, and of which days.
fn between(asked: &mut Parameters) -> Result<ItemQuery, Problem> {
    let (from, to) = (asked.days("from")?, asked.days("to")?);
    Ok(ItemQuery { from: from.map(|(first, _)| first), to: to.map(|(_, last)| last), ..paged(asked)? })
}

/// Puts a question to one state of the case, when it is its turn.
async fn answered(room: Arc<Room>, question: Result<Question, Problem>) -> Response {
    let question = match question {
        Ok(question) => question,
        Err(problem) => return problem.into_response(),
    };
    let waiting = Arc::clone(&room);
    // Nobody closes it.
    let _turn = waiting.turns.acquire().await.ok();
    let made = tokio::task::spawn_blocking(move || {
        let answer = room.ask(|case| ask(case, &question).map_err(Problem::from))?;
        if let Answer::Shown(None) = answer {
            let hint = "/api/v1/search, /api/v1/articles and the lists tell ids";
            return Err(Problem::new(StatusCode::NOT_FOUND, "the id leads to nothing", hint));
        }
        to_json(&answer).map_err(|error| Problem::failed(error.to_string()))
    });
    match made.await {
        Ok(Ok(text)) => json(text),
        Ok(Err(problem)) => problem.into_response(),
        Err(_) => Problem::failed("the program failed on this question").into_response(),
    }
}
