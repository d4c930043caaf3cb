//! An article as it was, with links over the words that the story rests on.

use super::highlight::{Mark as Words, Paragraph, paragraphs};
use super::{Failure, frame, shown};
use crate::cards::Mark;
use crate::frame::Frame;
use crate::links;
use crate::room::{Moment, Room};
use crate::text::plain;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::Response;
use rapporteur_engine::case::{ItemInArticle, SourceRow};
use rapporteur_model::{ArticleId, CodePoints, StatementClass, TargetLayer};
use rapporteur_view::{count, number, on_one_line, relation};
use std::sync::Arc;

/// Layers that can be shown, with their names; those at first are shown where none is asked for.
const LAYERS: [(TargetLayer, &str, &str); 6] = [
    (TargetLayer::Utterance, "utterance", "Statements"),
    (TargetLayer::Position, "position", "Positions"),
    (TargetLayer::Happening, "happening", "Events"),
    (TargetLayer::Tension, "tension", "Tensions"),
    (TargetLayer::Actor, "actor", "Actors"),
    (TargetLayer::Timeline, "timeline", "Timeline"),
];
const N_FIRST: usize = 4;
/// Other articles that share its wording.
const N_RELATED: usize = 20;

#[derive(Template)]
#[template(path = "reader.html")]
struct Reader {
    frame: Frame,
    id: String,
    facts: Vec<(&'static str, String)>,
    /// Where it can be found, shown as text and led to where that is the web.
    url: Option<(String, bool)>,
    layers: Vec<LayerRow>,
    paragraphs: Vec<Paragraph>,
    related: Vec<Related>,
    stretches: Vec<Stretch>,
    /// What a statement that is added can be.
    classes: Vec<(&'static str, String)>,
    marks: Vec<Mark>,
}

struct LayerRow {
    class: &'static str,
    name: &'static str,
    n: usize,
    is_shown: bool,
}

/// Words of the article, with everything that rests on just these.
struct Stretch {
    anchor: String,
    words: String,
    items: Vec<(String, String)>,
}

struct Related {
    href: String,
    name: String,
    relation: &'static str,
    direction: &'static str,
}

pub(crate) async fn page(State(room): State<Arc<Room>>, uri: Uri, Path(id): Path<String>) -> Response {
    shown(room, move |room, case| reader(room, case, &uri, &id)).await
}

fn reader(room: &Room, case: &Moment<'_>, uri: &Uri, id: &str) -> Result<Reader, Failure> {
    let nothing = || Failure::Nothing(format!("the case has no article {}", on_one_line(id)));
    // By its id first: to look for a name or a place takes longer.
    let known = match case.article(id)? {
        Some(known) => Some(known),
        None => case.source_with_text(id)?,
    };
    let Some((article, text)) = known else { return Err(nothing()) };
    let asked: Vec<&str> =
        uri.query().unwrap_or_default().split('&').filter_map(|one| one.strip_prefix("layer=")).collect();
    let is_shown = |at: usize, class: &str| if asked.is_empty() { at < N_FIRST } else { asked.contains(&class) };
    let items = case.items_in(&article.id)?;
    let code_points = CodePoints::new(&text);
    let mut words: Vec<Words> = Vec::new();
    let mut layers = Vec::new();
    for (at, (layer, class, name)) in LAYERS.into_iter().enumerate() {
        let of_layer = items.iter().filter(|item| item.layer == layer);
        let is_shown = is_shown(at, class);
        let n = of_layer.clone().count();
        for item in of_layer {
            let Some(span) = code_points.span(item.start, item.end) else { continue };
            words.push(Words {
                start: span.start.get(),
                end: span.end.get(),
                class: if is_shown { class } else { "" },
                href: is_shown.then(|| links::item(&item.id)),
                title: title(item, name),
                anchor: Some(format!("w-{}-{}", item.start, item.end)),
            });
        }
        layers.push(LayerRow { class, name, n, is_shown });
    }
    // What is no part of the report is set back.
    let as_read = case.article_as_read(&ArticleId::new(&article.id))?;
    for furniture in as_read.iter().flat_map(|article| &article.furniture) {
        words.push(Words {
            start: furniture.span.start.get(),
            end: furniture.span.end.get(),
            class: "furniture",
            href: None,
            title: String::new(),
            anchor: None,
        });
    }
    let paragraphs = paragraphs(&text, &words);
    let stretch = |items: &[ItemInArticle]| {
        let (start, end) = (items[0].start, items[0].end);
        let span = code_points.span(start, end)?;
        let items = items.iter().filter_map(|item| {
            let name = LAYERS.iter().find(|(layer, ..)| *layer == item.layer)?.2;
            Some((links::item(&item.id), title(item, name)))
        });
        let words = text.get(span.start.get()..span.end.get())?;
        Some(Stretch { anchor: format!("w-{start}-{end}"), words: short(words), items: items.collect() })
    };
    let stretches = items.chunk_by(|a, b| (a.start, a.end) == (b.start, b.end)).filter_map(stretch);
    let stretches: Vec<Stretch> = stretches.filter(|stretch| !stretch.items.is_empty()).collect();
    let heading = article.title.as_deref().map(on_one_line).unwrap_or_else(|| on_one_line(&article.name));
    Ok(Reader {
        frame: frame(room, case, uri, "/sources", &heading)?,
        facts: facts(&article),
        url: article.url.as_deref().map(|url| (on_one_line(url), is_web(url))),
        related: related(case, &article.id)?,
        stretches,
        classes: StatementClass::ALL.iter().map(|class| (class.name(), plain(class.name()))).collect(),
        marks: article.marks.iter().filter(|mark| mark.act != "undo").map(Mark::of).collect(),
        id: article.id,
        layers,
        paragraphs,
    })
}

/// The beginning of words, where they are many.
fn short(words: &str) -> String {
    const MAX_CHARS: usize = 60;
    let line = on_one_line(words);
    let cut: String = line.chars().take(MAX_CHARS).collect();
    if cut.len() < line.len() { format!("{cut}…") } else { line }
}

/// Whether an address leads to the web and not to something that a browser would do.
fn is_web(url: &str) -> bool {
    let url = url.trim_start().to_ascii_lowercase();
    (url.starts_with("https://") || url.starts_with("http://")) && !url.chars().any(char::is_control)
}

fn title(item: &ItemInArticle, layer: &str) -> String {
    let parts = [item.kind.as_deref().map(plain), item.label.as_deref().map(on_one_line)];
    let told = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    if told.is_empty() { layer.to_string() } else { format!("{layer}: {told}") }
}

fn facts(article: &SourceRow) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    let mut add = |name, value: &Option<String>| facts.extend(value.as_deref().map(|value| (name, on_one_line(value))));
    add("Outlet", &article.outlet);
    add("Published", &article.published);
    add("Flaws", &article.flaws);
    add("Unseen source", &article.unseen_source);
    facts.push(("From", on_one_line(&article.location)));
    facts.push(("Holds", count(number(article.n_statements), "statement")));
    facts
}

fn related(case: &Moment<'_>, id: &str) -> Result<Vec<Related>, Failure> {
    let links = case.links_of(id, N_RELATED)?;
    let mut related = Vec::new();
    for link in links {
        let other = if link.a == id { &link.b } else { &link.a };
        let Some((source, _)) = case.article(other)? else { continue };
        related.push(Related {
            href: links::pair(&link.a, &link.b),
            name: on_one_line(&source.name),
            relation: relation(link.relation),
            direction: match &link.derived {
                Some(derived) if derived == id => "this one derives from it",
                Some(_) => "it derives from this one",
                None => "which came first is not known",
            },
        });
    }
    Ok(related)
}
