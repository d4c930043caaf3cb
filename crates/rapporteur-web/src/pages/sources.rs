//! Where the texts come from: articles by independent origin, copies folded, and how the origins are related.

use super::picture::{Lineage, lineage};
use super::{Failure, frame, shown};
use crate::frame::Frame;
use crate::links;
use crate::room::{Moment, Room};
use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use rapporteur_engine::case::{LinkRow, SourceRow};
use rapporteur_view::{count, on_one_line, relation};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Articles and pairs of the page.
const N_SOURCES: usize = 200;

#[derive(Template)]
#[template(path = "sources.html")]
struct Sources {
    frame: Frame,
    picture: Lineage,
    origins: Vec<Origin>,
    pairs: Vec<Pair>,
    n_more: Option<String>,
}

/// Articles that count once.
pub(super) struct Origin {
    pub(super) name: String,
    pub(super) unseen_source: Option<String>,
    pub(super) articles: Vec<ArticleRow>,
}

pub(super) struct ArticleRow {
    pub(super) id: String,
    pub(super) href: String,
    pub(super) name: String,
    pub(super) outlet: String,
    pub(super) published: String,
    pub(super) flaws: String,
    pub(super) is_first: bool,
    pub(super) rating: String,
}

struct Pair {
    href: String,
    a: String,
    b: String,
    relation: &'static str,
    derived: String,
    percent: String,
}

pub(crate) async fn page(State(room): State<Arc<Room>>, uri: Uri) -> Response {
    shown(room, move |room, case| sources(room, case, &uri)).await
}

fn sources(room: &Room, case: &Moment<'_>, uri: &Uri) -> Result<Sources, Failure> {
    let found = case.sources(None, N_SOURCES)?;
    let names: HashMap<&str, &str> =
        found.articles.iter().map(|article| (article.id.as_str(), article.name.as_str())).collect();
    let mut by_origin: BTreeMap<&str, Vec<&SourceRow>> = BTreeMap::new();
    for article in &found.articles {
        by_origin.entry(&article.origin).or_default().push(article);
    }
    let mut origins: Vec<Origin> = by_origin.into_values().map(|members| origin(&members)).collect();
    origins.sort_by_key(|origin| (Reverse(origin.articles.len()), origin.name.clone()));
    let n_more = found.n_articles.saturating_sub(found.articles.len());
    Ok(Sources {
        frame: frame(room, case, uri, "/sources", "Sources")?,
        picture: lineage(&origins, &found.links),
        origins,
        pairs: found.links.iter().map(|link| pair(link, &names)).collect(),
        n_more: (n_more > 0).then(|| count(n_more, "more article")),
    })
}

fn origin(members: &[&SourceRow]) -> Origin {
    let mut articles: Vec<ArticleRow> = members.iter().map(|article| row(article)).collect();
    articles.sort_by_key(|article| (!article.is_first, article.published.clone(), article.name.clone()));
    Origin {
        name: articles.first().map(|article| article.name.clone()).unwrap_or_default(),
        unseen_source: members.iter().find_map(|article| article.unseen_source.as_deref().map(on_one_line)),
        articles,
    }
}

fn row(article: &SourceRow) -> ArticleRow {
    let text = |value: &Option<String>| value.as_deref().map(on_one_line).unwrap_or_default();
    let rating = article.marks.iter().rev().find(|mark| mark.act == "rate");
    let grade = |name: &str| {
        let body: serde_json::Value = serde_json::from_str(&rating?.body).ok()?;
        let grade = body.get(name)?;
        Some(grade.as_str().map_or_else(|| grade.to_string(), str::to_string))
    };
    ArticleRow {
        id: article.id.clone(),
        href: links::article(&article.id),
        name: on_one_line(&article.name),
        outlet: text(&article.outlet),
        published: text(&article.published),
        flaws: text(&article.flaws),
        is_first: article.is_first,
        rating: [grade("reliability"), grade("credibility")].into_iter().flatten().collect(),
    }
}

fn pair(link: &LinkRow, names: &HashMap<&str, &str>) -> Pair {
    let name = |id: &str| on_one_line(names.get(id).copied().unwrap_or(id));
    Pair {
        href: links::pair(&link.a, &link.b),
        a: name(&link.a),
        b: name(&link.b),
        relation: relation(link.relation),
        derived: match &link.derived {
            Some(derived) => format!("{} derives from the other", name(derived)),
            None => "which came first is not known".to_string(),
        },
        percent: format!("{} % and {} %", link.prose.0, link.prose.1),
    }
}
