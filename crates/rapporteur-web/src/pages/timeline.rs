//! When what happened, was said, is planned: a picture to come closer in, and the list.

use super::picture::{Bars, bars};
use super::{Failure, N_CARDS, Paging, frame, shown};
use crate::cards::Card;
use crate::frame::Frame;
use crate::room::{Moment, Room};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::Uri;
use axum::response::Response;
use jiff::ToSpan;
use rapporteur_engine::case::{ItemQuery, days_of};
use rapporteur_model::TargetLayer;
use serde::Deserialize;
use std::sync::Arc;

/// Days around a day, where no number is given, and at most.
const N_AROUND: i64 = 3;
const MAX_AROUND: i64 = 3_650;

#[derive(Deserialize)]
pub(crate) struct Parameters {
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    /// A day, and how many before and after it.
    #[serde(default)]
    around: String,
    #[serde(default)]
    days: String,
    #[serde(default)]
    offset: usize,
}

#[derive(Template)]
#[template(path = "timeline.html")]
struct Timeline {
    frame: Frame,
    from: String,
    to: String,
    around: String,
    days: String,
    problem: Option<String>,
    picture: Option<Bars>,
    happened: Vec<Card>,
    planned: Vec<Card>,
    paging: Paging,
}

pub(crate) async fn page(State(room): State<Arc<Room>>, uri: Uri, Query(asked): Query<Parameters>) -> Response {
    shown(room, move |room, case| timeline(room, case, &uri, asked)).await
}

fn timeline(room: &Room, case: &Moment<'_>, uri: &Uri, asked: Parameters) -> Result<Timeline, Failure> {
    let (from, to, problem) = match range(&asked) {
        Ok((from, to)) => (from, to, None),
        Err(problem) => (None, None, Some(problem)),
    };
    let query = ItemQuery {
        from: from.clone(),
        to: to.clone(),
        limit: N_CARDS,
        offset: asked.offset,
        n_places: 3,
        ..ItemQuery::default()
    };
    let found = case.items(TargetLayer::Timeline, &query)?;
    let picture = bars(&case.timeline_days()?, from.as_deref(), to.as_deref());
    let cards = found.items.iter().map(|item| (item.is_planned(), Card::of(item, 1)));
    let (planned, happened): (Vec<_>, Vec<_>) = cards.partition(|(is_planned, _)| *is_planned);
    let only = |cards: Vec<(bool, Card)>| cards.into_iter().map(|(_, card)| card).collect();
    let parameters =
        [("from", asked.from.as_str()), ("to", &asked.to), ("around", &asked.around), ("days", &asked.days)];
    let paging = Paging::of("/timeline", &parameters, asked.offset, N_CARDS, found.items.len(), found.n_total);
    Ok(Timeline {
        frame: frame(room, case, uri, "/timeline", "Timeline")?,
        picture,
        happened: only(happened),
        planned: only(planned),
        paging,
        problem,
        from: asked.from,
        to: asked.to,
        around: asked.around,
        days: asked.days,
    })
}

type Days = (Option<String>, Option<String>);

/// Between which days.
fn range(asked: &Parameters) -> Result<Days, String> {
    let day = |text: &str| -> Result<Option<(String, String)>, String> {
        match text.trim() {
            "" => Ok(None),
            text => {
                days_of(text).map(Some).ok_or_else(|| format!("{text} is no day: write 2024-03-09, 2024-03 or 2024"))
            }
        }
    };
    let Some((first, last)) = day(&asked.around)? else {
        return Ok((day(&asked.from)?.map(|(first, _)| first), day(&asked.to)?.map(|(_, last)| last)));
    };
    let n = match asked.days.trim() {
        "" => N_AROUND,
        n => n.parse().map_err(|_| format!("{n} is no number of days"))?,
    };
    let moved = |day: &str, n: i64| -> Option<String> {
        let day: jiff::civil::Date = day.parse().ok()?;
        day.checked_add(n.days()).ok().map(|day| day.to_string())
    };
    let n = n.clamp(0, MAX_AROUND);
    Ok((moved(&first, -n).or(Some(first)), moved(&last, n).or(Some(last))))
}
