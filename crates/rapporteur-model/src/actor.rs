use crate::{ActorCode, ActorId, ActorKind, ArticleActorIdx, ArticleId, CivilDate};
use schemars::JsonSchema;
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
    /// What showed that they are one, an entry for each kind of evidence in the order of [`MergeKind`].
    pub merges: Vec<Merge>,
}

/// A title of an actor, and which articles give it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Alias {
    /// The name.
    pub text: String,
    /// Number of mentions over all articles.
    pub n_mentions: usize,
}

/// An actor of one article.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct ActorMember {
    /// The article.
    pub article: ArticleId,
    /// Which of its actors.
    pub actor: ArticleActorIdx,
    /// What the article does not tell of it, and the story takes from others.
    pub borrowed: Vec<ActorFact>,
}

/// Something that is told of an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ActorFact {
    /// Any title.
    Role,
    /// For which state or organisation it speaks.
    Allegiance,
}

/// Evidence that actors of single articles are one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Merge {
    /// What sort of evidence it is.
    pub kind: MergeKind,
    /// The same in words, with the names where they differ: "another spelling or form of the name: Sergey Vale, Sergei Vale".
    pub reason: String,
    /// The articles whose actors it joined, in the order of the reading. Where a weaker name was joined to a better one, those
    /// with the weaker name.
    pub articles: Vec<ArticleId>,
}

/// What may show that actors of several articles are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MergeKind {
    /// One key of a known entity.
    KnownEntity,
    /// A name or adjective by which an article calls a known entity.
    EntityName,
    /// One name of a state, an organisation or a group.
    BodyName,
    /// A name alone, read as a person's, that another article shows to be a state's or a body's.
    ShownBody,
    /// One given name and one family name, spelt alike.
    FullName,
    /// A given name and a family name in other spellings or forms: "Sergey", "Serguei"; "Tony" for "Anthony".
    OtherSpelling,
    /// A name that differs in one letter from another that is much more frequent.
    Misspelling,
    /// Words that are no names before a full name: a damaged title.
    TitleWords,
    /// A family name alone, and one person of the pile has it.
    FamilyName,
    /// An initial with a family name, and one person of the pile fits.
    Initial,
    /// A short name that several people have, of whom the side leaves one.
    FamilyNameAndSide,
    /// A short name that several people have, of whom the title leaves one.
    FamilyNameAndRole,
    /// The word with which the name of one person begins, where that may be the family name.
    FamilyNameFirst,
    /// One short name, and no article has more of it.
    UnknownInFull,
    /// One description inside wording that the articles share.
    SharedWording,
    /// Somebody said so.
    ByHand,
}
