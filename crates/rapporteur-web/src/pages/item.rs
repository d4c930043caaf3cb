//! One item with all of its words, and what can be put right about it.

use super::{Failure, answered, frame, rendered};
use crate::cards::{Card, Mark};
use crate::frame::Frame;
use crate::links;
use crate::room::{Moment, Room};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Redirect, Response};
use rapporteur_engine::case::{Item, Shown};
use rapporteur_model::TargetLayer;
use rapporteur_view::on_one_line;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Words of an item that are shown.
const N_ALL: usize = 300;
/// Actors that are offered as speakers.
const N_OFFERED: usize = 200;

#[derive(Template)]
#[template(path = "item.html")]
struct ItemPage {
    frame: Frame,
    card: Card,
    can: Can,
    /// Articles with words of it, to tell which of them speak of another one.
    articles: Vec<(String, String)>,
    /// Names of actors.
    actors: Vec<String>,
}

/// What can be done to an item of a sort.
struct Can {
    merge: bool,
    split: bool,
    rename: bool,
    attribute: bool,
}

#[derive(Template)]
#[template(path = "entry.html")]
struct EntryPage {
    frame: Frame,
    mark: Mark,
}

/// In the place of an item that was just rejected or merged, so that this can be taken back.
#[derive(Template)]
#[template(path = "gone.html")]
struct GonePage {
    frame: Frame,
}

pub(crate) async fn page(State(room): State<Arc<Room>>, uri: Uri, Path(id): Path<String>) -> Response {
    answered(room, move |room, case| item(room, case, &uri, &id)).await
}

fn item(room: &Room, case: &Moment<'_>, uri: &Uri, id: &str) -> Result<Response, Failure> {
    let Some(found) = case.show(id, N_ALL)? else {
        let frame = frame(room, case, uri, "", "No longer in the story")?;
        let nothing = || Failure::Nothing(format!("the case has nothing that is called {}", on_one_line(id)));
        return if frame.notice.is_some() { rendered(&GonePage { frame }) } else { Err(nothing()) };
    };
    let item = match found {
        Shown::Item(item) => item,
        Shown::Article { article, .. } => return Ok(Redirect::to(&links::article(&article.id)).into_response()),
        Shown::Correction(mark) => {
            let frame = frame(room, case, uri, "/corrections", "An entry of the log")?;
            return rendered(&EntryPage { frame, mark: Mark::of(&mark) });
        }
        Shown::Gap(gap) => {
            let why = gap.reason.map(|reason| format!(", because {}", on_one_line(&reason))).unwrap_or_default();
            let author = on_one_line(&gap.author);
            return Err(Failure::Nothing(format!(
                "this article was taken out for good by {author} at {}{why}",
                gap.at
            )));
        }
    };
    let is_any = |layers: &[TargetLayer]| layers.contains(&item.layer);
    let can = Can {
        merge: is_any(&[TargetLayer::Actor, TargetLayer::Utterance, TargetLayer::Happening]),
        split: is_any(&[TargetLayer::Actor, TargetLayer::Utterance, TargetLayer::Happening]) && item.n_articles > 1,
        rename: is_any(&[TargetLayer::Actor, TargetLayer::Issue]),
        attribute: item.layer == TargetLayer::Utterance,
    };
    let needs_actors = can.attribute || item.layer == TargetLayer::Actor;
    let actors = if needs_actors { case.first_actors(N_OFFERED)? } else { Vec::new() };
    let card = Card::of(&item, N_ALL);
    let title = format!("{}: {}", room_name(item.layer), card.head);
    rendered(&ItemPage {
        frame: frame(room, case, uri, room_of(item.layer), &title)?,
        articles: articles(&item),
        can,
        card,
        actors: actors.iter().map(|name| on_one_line(name)).collect(),
    })
}

/// The page on which items of a layer are listed.
fn room_of(layer: TargetLayer) -> &'static str {
    match layer {
        TargetLayer::Actor => "/actors",
        TargetLayer::Utterance => "/statements",
        TargetLayer::Issue | TargetLayer::Position => "/positions",
        TargetLayer::Tension => "/tensions",
        _ => "/timeline",
    }
}

fn room_name(layer: TargetLayer) -> &'static str {
    match layer {
        TargetLayer::Actor => "Actor",
        TargetLayer::Utterance => "Statement",
        TargetLayer::Happening => "Event",
        TargetLayer::Issue => "Issue",
        TargetLayer::Position => "Position",
        TargetLayer::Timeline => "Timeline",
        TargetLayer::Tension => "Tension",
        TargetLayer::Article | TargetLayer::Outlet => "Source",
    }
}

fn articles(item: &Item) -> Vec<(String, String)> {
    let named: BTreeMap<&str, &str> =
        item.places.iter().map(|place| (place.article.id.as_str(), place.article.name.as_str())).collect();
    named.into_iter().map(|(id, name)| (id.to_string(), on_one_line(name))).collect()
}
