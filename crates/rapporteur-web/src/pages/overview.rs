//! The state of play: the first of everything, and what to do where there is nothing yet.

use super::{Failure, N_QUOTES, frame, shown};
use crate::cards::Card;
use crate::frame::Frame;
use crate::room::{Moment, Room};
use crate::text::plain;
use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use rapporteur_engine::case::{ItemQuery, Items};
use rapporteur_model::TargetLayer;
use rapporteur_view::{count, number, on_one_line};
use std::sync::Arc;

/// Items of each kind.
const N_FIRST: usize = 5;
/// Issues.
const N_ISSUES: usize = 8;

#[derive(Template)]
#[template(path = "overview.html")]
struct Overview {
    frame: Frame,
    is_empty: bool,
    has_examples: bool,
    lines: Vec<String>,
    issues: Vec<IssueRow>,
    utterances: Vec<Card>,
    timeline: Vec<Card>,
    tensions: Vec<Card>,
}

struct IssueRow {
    href: String,
    name: String,
    standing: String,
    standing_class: String,
    n_articles: String,
}

pub(crate) async fn page(State(room): State<Arc<Room>>, uri: Uri) -> Response {
    shown(room, move |room, case| overview(room, case, &uri)).await
}

fn overview(room: &Room, case: &Moment<'_>, uri: &Uri) -> Result<Overview, Failure> {
    let summary = case.summary()?;
    let first = |layer, limit, offset| -> Result<Items, Failure> {
        Ok(case.items(layer, &ItemQuery { limit, offset, n_places: 5, ..ItemQuery::default() })?)
    };
    let cards = |items: &Items| items.items.iter().map(|item| Card::of(item, N_QUOTES)).collect::<Vec<_>>();
    let issues = first(TargetLayer::Issue, N_ISSUES, 0)?;
    let tensions = first(TargetLayer::Tension, N_FIRST, 0)?;
    let utterances = first(TargetLayer::Utterance, N_FIRST, 0)?;
    let timeline = first(TargetLayer::Timeline, N_FIRST, summary.n_items[5].saturating_sub(N_FIRST))?;
    let mut lines = vec![format!(
        "{} in {}, from {}.",
        count(summary.n_articles, "article"),
        count(summary.n_texts, "different text"),
        count(summary.n_origins, "independent origin")
    )];
    if let Some((from, to)) = &summary.published {
        lines.push(if from == to {
            format!("Published on {from}.")
        } else {
            format!("Published from {from} to {to}.")
        });
    }
    let [actors, statements, happenings, ..] = summary.n_items;
    lines.push(format!(
        "{}, {}, {}.",
        count(actors, "actor"),
        count(statements, "statement"),
        count(happenings, "event")
    ));
    if summary.n_items[6] > 0 {
        lines.push(format!("Accounts disagree in {}.", count(summary.n_items[6], "place")));
    }
    if summary.n_corrections.0 > 0 {
        let (all, orphaned) = summary.n_corrections;
        let orphaned = if orphaned > 0 { format!(", {orphaned} of which hold on nothing") } else { String::new() };
        lines.push(format!("{}{orphaned}.", count(all, "correction")));
    }
    let issue = |item: &rapporteur_engine::case::Item| IssueRow {
        href: crate::links::with("/positions", &[("issue", &item.id)]),
        name: on_one_line(item.label.as_deref().unwrap_or_default()),
        standing: plain(item.kind.as_deref().unwrap_or_default()),
        standing_class: item.kind.clone().unwrap_or_default(),
        n_articles: count(number(item.n_articles), "article"),
    };
    Ok(Overview {
        frame: frame(room, case, uri, "/", "Overview")?,
        is_empty: summary.n_articles == 0,
        has_examples: !room.settings.examples.is_empty(),
        lines: if summary.n_articles == 0 { Vec::new() } else { lines },
        issues: issues.items.iter().map(issue).collect(),
        utterances: cards(&utterances),
        timeline: cards(&timeline),
        tensions: cards(&tensions),
    })
}
