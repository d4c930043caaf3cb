//! Two articles side by side, with the wording that they share marked in both.

use super::highlight::{Mark as Words, Paragraph, paragraphs};
use super::{Failure, frame, shown};
use crate::frame::Frame;
use crate::links;
use crate::room::{Moment, Room};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::Uri;
use axum::response::Response;
use rapporteur_engine::case::{self};
use rapporteur_model::{Article, ArticleId, PassageWording, Span};
use rapporteur_view::{count, on_one_line, relation};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize)]
pub(crate) struct Parameters {
    a: String,
    b: String,
}

#[derive(Template)]
#[template(path = "pair.html")]
struct Pair {
    frame: Frame,
    lines: Vec<String>,
    sides: Vec<Side>,
}

struct Side {
    href: String,
    name: String,
    published: Option<String>,
    paragraphs: Vec<Paragraph>,
}

pub(crate) async fn page(State(room): State<Arc<Room>>, uri: Uri, Query(asked): Query<Parameters>) -> Response {
    shown(room, move |room, case| pair(room, case, &uri, &asked)).await
}

fn pair(room: &Room, case: &Moment<'_>, uri: &Uri, asked: &Parameters) -> Result<Pair, Failure> {
    let nothing = || Failure::Nothing("one of the two articles is not in the case".to_string());
    let shared = case::shared(case, &ArticleId::new(&asked.a), &ArticleId::new(&asked.b))?.ok_or_else(nothing)?;
    let mut lines = vec![count(shared.passages.len(), "shared passage")];
    let links = case.sources(Some(&asked.a), 1_000)?.links;
    let link = links.into_iter().find(|link| [&link.a, &link.b].contains(&&asked.b));
    if let Some(link) = link {
        lines.push(relation(link.relation).to_string());
        lines.push(format!(
            "{} % of the prose of one stands in the other, and {} % the other way",
            link.prose.0, link.prose.1
        ));
    }
    let of_side = |number: usize, article: &Article| {
        let words = shared.passages.iter().enumerate().map(|(n, passage)| {
            let (own, other): (Span, usize) = if number == 0 { (passage.a.span, 1) } else { (passage.b.span, 0) };
            let class = match passage.wording {
                PassageWording::Verbatim => "verbatim",
                PassageWording::NearVerbatim => "near",
                PassageWording::Reworded => "reworded",
            };
            Words {
                start: own.start.get(),
                end: own.end.get(),
                class,
                href: Some(format!("#s{other}-{}", n + 1)),
                title: format!("Passage {}: to the other article", n + 1),
                anchor: Some(format!("s{number}-{}", n + 1)),
            }
        });
        Side {
            href: links::article(article.id.as_str()),
            name: on_one_line(&article.name),
            published: article.published.as_ref().map(|date| date.value.to_string()),
            paragraphs: paragraphs(&article.text, &words.collect::<Vec<_>>()),
        }
    };
    let sides: Vec<Side> = shared.articles.iter().enumerate().map(|(n, article)| of_side(n, article)).collect();
    let names: Vec<&str> = sides.iter().map(|side| side.name.as_str()).collect();
    let title = names.join(" and ");
    Ok(Pair { frame: frame(room, case, uri, "/sources", &title)?, lines, sides })
}
