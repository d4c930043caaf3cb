use super::record::{CodeJson, code};
use super::selector::{Selector, Selectors};
use crate::Error;
use crate::lookup::Lookup;
use rapporteur_model::{Actor, ActorKind, ActorMember, Alias, ArticleLink, PassageWording, Place, TextGroup};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct StoryJson<'r> {
    actors: Vec<ActorJson<'r>>,
    passages: Vec<PassageJson<'r>>,
    links: &'r [ArticleLink],
    text_groups: &'r [TextGroup],
}

#[derive(Serialize)]
struct ActorJson<'r> {
    id: &'r str,
    kind: ActorKind,
    name: &'r str,
    is_named: bool,
    entity_key: Option<&'r str>,
    code: Option<CodeJson<'r>>,
    aliases: &'r [Alias],
    roles: &'r [String],
    allegiance: Option<&'r str>,
    members: &'r [ActorMember],
}

#[derive(Serialize)]
struct PassageJson<'r> {
    a: PlaceJson<'r>,
    b: PlaceJson<'r>,
    wording: PassageWording,
    n_shared_words: usize,
    is_quotation: bool,
}

#[derive(Serialize)]
struct PlaceJson<'r> {
    article: &'r str,
    span: Selector<'r>,
}

/// The story; `selectors` are those of the articles, in their order.
pub(super) fn story<'r>(lookup: &Lookup<'r>, selectors: &[Selectors<'r>]) -> Result<StoryJson<'r>, Error> {
    let story = &lookup.reading.story;
    let place = |place: &'r Place| {
        let selectors = &selectors[lookup.article_idx(&place.article)?];
        Ok(PlaceJson { article: place.article.as_str(), span: selectors.of(place.span)? })
    };
    let passages = story.passages.iter().map(|passage| {
        Ok(PassageJson {
            a: place(&passage.a)?,
            b: place(&passage.b)?,
            wording: passage.wording,
            n_shared_words: passage.n_shared_words,
            is_quotation: passage.is_quotation,
        })
    });
    Ok(StoryJson {
        actors: story.actors.iter().map(actor).collect(),
        passages: passages.collect::<Result<_, Error>>()?,
        links: &story.links,
        text_groups: &story.text_groups,
    })
}

fn actor(actor: &Actor) -> ActorJson<'_> {
    ActorJson {
        id: actor.id.as_str(),
        kind: actor.kind,
        name: &actor.name,
        is_named: actor.is_named,
        entity_key: actor.entity_key.as_deref(),
        code: actor.code.as_ref().map(code),
        aliases: &actor.aliases,
        roles: &actor.roles,
        allegiance: actor.allegiance.as_deref(),
        members: &actor.members,
    }
}
