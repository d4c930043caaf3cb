use crate::{ActorCode, ActorId, ActorKind, ArticleActorIdx, ArticleId, CivilDate};
use serde::{Deserialize, Serialize};

/// Somebody that one or more articles speak of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Names the actor.
    pub id: ActorId,
    /// What the actor is.
    pub kind: ActorKind,
    /// The name to show.
    pub name: String,
    /// Whether any article names the actor.
    pub is_named: bool,
    /// The key of a known entity; see [`crate::ArticleActor::entity_key`].
    pub entity_key: Option<String>,
    /// What it is in an event code, as most articles have it.
    pub code: Option<ActorCode>,
    /// All names used for it, most frequent first.
    pub aliases: Vec<Alias>,
    /// Its titles, those that most articles give first.
    pub roles: Vec<Role>,
    /// The state or organisation it speaks for, as an entity key.
    pub allegiance: Option<String>,
    /// For whom it speaks, where its title says that it speaks for another: whom the title names, else the state or
    /// organisation of its allegiance.
    pub spokesperson_of: Option<ActorId>,
    /// The actors of single articles that it is made of.
    pub members: Vec<ActorMember>,
}

/// A title of an actor, and which articles give it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// The title as written: "deputy foreign minister".
    pub text: String,
    /// Whether its words say that the actor has it no more: "former adviser", "ex-minister".
    pub is_former: bool,
    /// The articles that give it, in the order of the reading.
    pub articles: Vec<ArticleId>,
    /// When the first of these articles was published that has a date.
    pub first_published: Option<CivilDate>,
    /// When the last of them was.
    pub last_published: Option<CivilDate>,
}

/// A name as written, and how often it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    /// The name.
    pub text: String,
    /// Number of mentions over all articles.
    pub n_mentions: usize,
}

/// An actor of one article.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ActorMember {
    /// The article.
    pub article: ArticleId,
    /// Which of its actors.
    pub actor: ArticleActorIdx,
}
