//! Corrections as a user thinks of them, by ids and names, and as the log keeps them, by words of articles.

use crate::Error;
use rapporteur_model::{
    Anchor, ArticleId, CodePoints, Correction, CorrectionAct, CorrectionId, Credibility, Instant, Reliability, Span,
    StatementClass, Target, TargetLayer, TextId,
};
use rapporteur_store::{Case, Item, ItemPlace, ItemQuery, Shown};
use rapporteur_story::undone_by;

/// A correction by ids and names: what it is about is an id of an item, an article or an outlet, or a name of the latter two.
#[derive(Debug, Clone)]
pub enum Draft {
    /// These are one.
    Merge(Vec<String>),
    /// What of it stands in these articles is apart.
    Split(String, Vec<String>),
    /// It is called so.
    Rename(String, String),
    /// An actor of the case, or somebody new, says it; or nobody.
    Attribute(String, Option<String>),
    /// It is wrong.
    Reject(String),
    /// It is right.
    Accept(String),
    /// A remark.
    Note(String, String),
    /// A word to find it by.
    Tag(String, String),
    /// A rating on one axis or both.
    Rate(String, Option<Reliability>, Option<Credibility>),
    /// A statement: the article, its words, who says it, and its class.
    Add(String, String, Option<String>, StatementClass),
    /// An entry of the log no longer holds.
    Undo(String),
}

/// At most so many places hold a correction: some of them are found again.
const MAX_ANCHORS: usize = 64;

impl Draft {
    /// The entry for the log.
    ///
    /// # Errors
    /// If the case has no such item, article or words, or what is asked for makes no sense of it.
    pub fn entry(&self, case: &Case, author: &str, at: &Instant, reason: Option<&str>) -> Result<Correction, Error> {
        let act = self.act(case)?;
        Ok(rapporteur_store::entry(author, at, act, reason))
    }

    fn act(&self, case: &Case) -> Result<CorrectionAct, Error> {
        use TargetLayer::{Actor, Article, Happening, Issue, Outlet, Utterance};
        let of = |id: &String, layers: &[TargetLayer]| target(case, id, layers);
        let story = &TargetLayer::OF_STORY;
        Ok(match self {
            Draft::Merge(ids) => {
                let targets =
                    ids.iter().map(|id| of(id, &[Actor, Utterance, Happening])).collect::<Result<Vec<_>, _>>()?;
                let is_one_layer = targets.windows(2).all(|pair| pair[0].layer == pair[1].layer);
                if targets.len() < 2 || !is_one_layer {
                    return Err(
                        Error::new("nothing to merge").with_hint("name two or more actors, utterances or happenings")
                    );
                }
                CorrectionAct::Merge { targets }
            }
            Draft::Split(id, articles) => {
                let mut item = item(case, id, &[Actor, Utterance, Happening])?;
                let n_all = item.places.len();
                item.places.retain(|ItemPlace { article, .. }| {
                    articles.iter().any(|named| [&article.id, &article.name, &article.location].contains(&named))
                });
                if item.places.is_empty() || item.places.len() == n_all {
                    let hint = "name the articles that speak of the other one: some of its articles, not all";
                    return Err(Error::new(format!("nothing of {id} would be apart")).with_hint(hint));
                }
                CorrectionAct::Split { target: target_of(case, &item)? }
            }
            Draft::Rename(id, name) => CorrectionAct::Rename { target: of(id, &[Actor, Issue])?, name: name.clone() },
            Draft::Attribute(id, speaker) => {
                let speaker = speaker.as_ref().map(|speaker| speaker_of(case, speaker)).transpose()?;
                CorrectionAct::Attribute { target: of(id, &[Utterance])?, speaker }
            }
            Draft::Reject(id) => CorrectionAct::Reject { target: of(id, story)? },
            Draft::Accept(id) => CorrectionAct::Accept { target: of(id, story)? },
            Draft::Note(id, text) => CorrectionAct::Note { target: of(id, &TargetLayer::ALL)?, text: text.clone() },
            Draft::Tag(id, tag) => CorrectionAct::Tag { target: of(id, &TargetLayer::ALL)?, tag: tag.clone() },
            Draft::Rate(id, reliability, credibility) => {
                let target = of(id, &TargetLayer::ALL)?;
                let is_source = matches!(target.layer, Article | Outlet);
                if reliability.is_none() && credibility.is_none() {
                    return Err(Error::new("no rating").with_hint("give --reliability A to F, or --credibility 1 to 6"));
                }
                if reliability.is_some() && !is_source {
                    let hint = "reliability is that of a source: name an article or an outlet; what it tells has a credibility";
                    return Err(Error::new(format!("{id} is no source")).with_hint(hint));
                }
                if credibility.is_some() && target.layer == Outlet {
                    let hint = "credibility is that of information: name an item of the story or an article";
                    return Err(Error::new(format!("{id} is an outlet")).with_hint(hint));
                }
                CorrectionAct::Rate { target, reliability: *reliability, credibility: *credibility }
            }
            Draft::Add(article, words, speaker, class) => CorrectionAct::Add {
                words: anchor_of_words(case, article, words)?,
                speaker: speaker.as_ref().map(|speaker| speaker_of(case, speaker)).transpose()?,
                class: *class,
            },
            Draft::Undo(id) => {
                let log = case.corrections()?;
                if !log.iter().any(|entry| entry.id.as_str() == id) {
                    let hint = "`rapporteur correct CASE list` has the ids of all entries";
                    return Err(Error::new(format!("the log has no entry {id}")).with_hint(hint));
                }
                let correction = CorrectionId::new(id);
                if let Some(undo) = undone_by(&log, &correction) {
                    let hint = format!("to have it back, undo {undo}");
                    return Err(Error::new(format!("{id} is undone already")).with_hint(hint));
                }
                CorrectionAct::Undo { correction }
            }
        })
    }
}

/// What an id or a name leads to, of one of some layers.
fn target(case: &Case, id: &str, layers: &[TargetLayer]) -> Result<Target, Error> {
    let bare = |layer, id: String, label| Target { layer, id, label, places: Vec::new() };
    let found = match case.show(id, MAX_ANCHORS)? {
        Some(Shown::Item(item)) => Some(target_of(case, &item)?),
        Some(Shown::Article { article, .. }) => Some(bare(TargetLayer::Article, article.id, article.location)),
        Some(Shown::Correction(_) | Shown::Gap(_)) => None,
        None => {
            let outlets = case.outlets()?;
            let outlet = outlets.into_iter().find(|outlet| outlet.to_lowercase() == id.to_lowercase());
            outlet.map(|outlet| bare(TargetLayer::Outlet, outlet.clone(), outlet))
        }
    };
    let found = found.ok_or_else(|| nothing(id))?;
    if layers.contains(&found.layer) { Ok(found) } else { Err(other_layer(id, found.layer, layers)) }
}

/// The item of the story that bears an id, of one of some layers.
fn item(case: &Case, id: &str, layers: &[TargetLayer]) -> Result<Item, Error> {
    match case.show(id, MAX_ANCHORS)? {
        Some(Shown::Item(item)) if layers.contains(&item.layer) => Ok(*item),
        Some(Shown::Item(item)) => Err(other_layer(id, item.layer, layers)),
        _ => Err(nothing(id)),
    }
}

fn other_layer(id: &str, layer: TargetLayer, layers: &[TargetLayer]) -> Error {
    let names: Vec<&str> = layers.iter().map(|layer| layer.name()).collect();
    let hint = format!("this takes one of: {}", names.join(", "));
    Error::new(format!("{id} is of the layer {}", layer.name())).with_hint(hint)
}

fn nothing(id: &str) -> Error {
    let hint = "the other commands write ids beside what they show, `who` those of actors and `search` those of words";
    Error::new(format!("the case has nothing with the id {id}")).with_hint(hint)
}

fn target_of(case: &Case, item: &Item) -> Result<Target, Error> {
    let label = item.label.clone().or_else(|| item.places.first().map(|place| place.exact.clone()));
    let places = item.places.iter().map(|place| anchor_of(case, place)).collect::<Result<_, Error>>()?;
    Ok(Target { layer: item.layer, id: item.id.clone(), label: label.unwrap_or_default(), places })
}

fn anchor_of(case: &Case, place: &ItemPlace) -> Result<Anchor, Error> {
    Ok(Anchor {
        article: ArticleId::new(&place.article.id),
        text: case.text_id(&place.article.id)?.unwrap_or_else(|| TextId::new("")),
        location: place.article.location.clone(),
        start: place.start,
        end: place.end,
        exact: place.exact.clone(),
        prefix: place.prefix.clone(),
        suffix: place.suffix.clone(),
    })
}

/// An actor of the case by id or by name, or somebody new.
fn speaker_of(case: &Case, name: &str) -> Result<Target, Error> {
    if let Some(Shown::Item(item)) = case.show(name, MAX_ANCHORS)? {
        if item.layer != TargetLayer::Actor {
            return Err(Error::new(format!("{name} is no actor")).with_hint("name an actor by id, or somebody by name"));
        }
        return target_of(case, &item);
    }
    let query = ItemQuery { who: Some(name.to_string()), limit: 64, n_places: MAX_ANCHORS, ..ItemQuery::default() };
    let called = case.items(TargetLayer::Actor, &query)?.items;
    let is_called = |item: &&Item| item.label.as_ref().is_some_and(|label| label.to_lowercase() == name.to_lowercase());
    let mut exact = called.iter().filter(is_called);
    match (exact.next(), exact.next()) {
        (Some(item), None) => target_of(case, item),
        (Some(first), Some(second)) => {
            let ids = [first, second].map(|item| item.id.as_str()).join(", ");
            Err(Error::new(format!("several actors are called {name}")).with_hint(format!("name one by id: {ids}")))
        }
        (None, _) => {
            let (id, label) = (String::new(), name.to_string());
            Ok(Target { layer: TargetLayer::Actor, id, label, places: Vec::new() })
        }
    }
}

/// The first place of some words in an article, whatever white space stands between them.
fn anchor_of_words(case: &Case, article: &str, words: &str) -> Result<Anchor, Error> {
    let Some((row, text)) = case.source_with_text(article)? else {
        let hint =
            "`rapporteur sources CASE` lists the articles; name one by id, by location, or by a name that only it has";
        return Err(Error::new(format!("the case has no article {article}")).with_hint(hint));
    };
    let words: Vec<&str> = words.split_whitespace().collect();
    let code_points = CodePoints::new(&text);
    let Some(quote) = place_of(&text, &words).and_then(|span| code_points.quote(span)) else {
        let hint = "copy them from the article, from the first word to the last";
        return Err(Error::new(format!("the words do not stand in {}", row.location)).with_hint(hint));
    };
    Ok(Anchor {
        text: case.text_id(&row.id)?.unwrap_or_else(|| TextId::new("")),
        start: quote.start,
        end: quote.end,
        exact: quote.exact.to_string(),
        prefix: quote.prefix.to_string(),
        suffix: quote.suffix.to_string(),
        article: ArticleId::new(row.id),
        location: row.location,
    })
}

/// Where words follow each other with nothing but white space between them.
fn place_of(text: &str, words: &[&str]) -> Option<Span> {
    let first = *words.first()?;
    text.match_indices(first).find_map(|(start, _)| {
        let mut end = start + first.len();
        for word in &words[1..] {
            let rest = &text[end..];
            let trimmed = rest.trim_start();
            if trimmed.len() == rest.len() || !trimmed.starts_with(word) {
                return None;
            }
            end += rest.len() - trimmed.len() + word.len();
        }
        Some(Span::new(start, end))
    })
}
