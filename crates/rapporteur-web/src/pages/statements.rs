//! Who said what: quote cards, what most independent origins report first, narrowed by words, speaker, party, class, days.

use super::{Failure, N_CARDS, N_QUOTES, Paging, frame, shown};
use crate::cards::Card;
use crate::frame::Frame;
use crate::links;
use crate::room::{Moment, Room};
use crate::text::plain;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::Uri;
use axum::response::Response;
use rapporteur_engine::case::{ItemQuery, Items, SearchQuery, TextHit};
use rapporteur_model::{StatementClass, TargetLayer};
use rapporteur_view::on_one_line;
use serde::Deserialize;
use std::sync::Arc;

/// Articles with the words.
const N_TEXTS: usize = 10;

#[derive(Deserialize, Default)]
pub(crate) struct Parameters {
    #[serde(default)]
    q: String,
    #[serde(default)]
    speaker: String,
    #[serde(default)]
    party: String,
    #[serde(default)]
    class: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    offset: usize,
}

#[derive(Template)]
#[template(path = "statements.html")]
struct Statements {
    frame: Frame,
    asked: Parameters,
    /// What is wrong with what was asked for.
    problem: Option<String>,
    classes: Vec<(&'static str, String, bool)>,
    cards: Vec<Card>,
    texts: Vec<Text>,
    paging: Paging,
}

/// A paragraph with the words.
struct Text {
    href: String,
    article: String,
    published: Option<String>,
    paragraph: usize,
    /// In turn what was not searched for and what was.
    pieces: Vec<(String, bool)>,
}

pub(crate) async fn page(State(room): State<Arc<Room>>, uri: Uri, Query(asked): Query<Parameters>) -> Response {
    shown(room, move |room, case| statements(room, case, &uri, asked)).await
}

fn statements(room: &Room, case: &Moment<'_>, uri: &Uri, asked: Parameters) -> Result<Statements, Failure> {
    let (mut problem, mut texts) = (None, Vec::new());
    let found = match query(&asked) {
        Ok(Some(query)) => {
            texts = case.search_texts(&query, N_TEXTS)?.0;
            case.search_utterances(&query, N_CARDS, asked.offset, 6)?
        }
        Ok(None) => {
            let query = ItemQuery { limit: N_CARDS, offset: asked.offset, n_places: 6, ..ItemQuery::default() };
            case.items(TargetLayer::Utterance, &query)?
        }
        Err(why) => {
            problem = Some(why);
            Items { items: Vec::new(), n_total: 0 }
        }
    };
    let cards: Vec<Card> = found.items.iter().map(|item| Card::of(item, N_QUOTES)).collect();
    let parameters = [
        ("q", asked.q.as_str()),
        ("speaker", &asked.speaker),
        ("party", &asked.party),
        ("class", &asked.class),
        ("from", &asked.from),
        ("to", &asked.to),
    ];
    let paging = Paging::of("/statements", &parameters, asked.offset, N_CARDS, cards.len(), found.n_total);
    let class = |class: &StatementClass| (class.name(), plain(class.name()), class.name() == asked.class);
    Ok(Statements {
        frame: frame(room, case, uri, "/statements", "Statements")?,
        problem,
        classes: StatementClass::ALL.iter().map(class).collect(),
        cards,
        texts: texts.iter().map(text).collect(),
        paging,
        asked,
    })
}

/// What is searched for; `None` where nothing narrows the list.
fn query(asked: &Parameters) -> Result<Option<SearchQuery>, String> {
    let mut query = match asked.q.trim() {
        "" => SearchQuery::default(),
        line => line.parse::<SearchQuery>().map_err(|error| format!("{error}: {}", error.hint()))?,
    };
    let given = |text: &str| Some(text.trim().to_string()).filter(|text| !text.is_empty());
    query.speaker = given(&asked.speaker).or(query.speaker);
    query.party = given(&asked.party).or(query.party);
    query.class = given(&asked.class).or(query.class);
    for (day, name) in [(&asked.from, "from"), (&asked.to, "to")] {
        let Some(day) = given(day) else { continue };
        // Days are read where a line of words is, so that one thing is a day everywhere.
        let read: SearchQuery = format!("{name}:{day}")
            .parse()
            .map_err(|error: rapporteur_engine::case::SearchError| format!("{error}: {}", error.hint()))?;
        query.from = read.from.or(query.from);
        query.to = read.to.or(query.to);
    }
    Ok(Some(query).filter(|query| *query != SearchQuery::default()))
}

fn text(hit: &TextHit) -> Text {
    let mut pieces = Vec::new();
    let mut at = 0;
    for (start, end) in &hit.found {
        let (Some(before), Some(found)) = (hit.exact.get(at..*start), hit.exact.get(*start..*end)) else { continue };
        pieces.push((rapporteur_view::visible(before).into_owned(), false));
        pieces.push((rapporteur_view::visible(found).into_owned(), true));
        at = *end;
    }
    pieces.push((rapporteur_view::visible(hit.exact.get(at..).unwrap_or_default()).into_owned(), false));
    Text {
        href: format!("{}#p-{}", links::article(&hit.article.id), hit.paragraph),
        article: on_one_line(&hit.article.name),
        published: hit.article.published.clone(),
        paragraph: hit.paragraph,
        pieces,
    }
}
