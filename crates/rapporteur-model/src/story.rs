use crate::{ActorCode, ActorId, ActorKind, ArticleActorIdx, ArticleId, Span};
use serde::{Deserialize, Serialize};

/// What many articles give together.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Story {
    /// Actors over all articles, those that speak or are named most often first.
    pub actors: Vec<Actor>,
    /// Wording that articles share.
    pub passages: Vec<Passage>,
    /// Pairs of articles that share wording, strongest first.
    pub links: Vec<ArticleLink>,
    /// Articles that tell the same text; only groups of two and more.
    pub text_groups: Vec<TextGroup>,
}

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
    /// Titles as written, most frequent first.
    pub roles: Vec<String>,
    /// The state or organisation it speaks for, as an entity key.
    pub allegiance: Option<String>,
    /// The actors of single articles that it is made of.
    pub members: Vec<ActorMember>,
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

/// A stretch of text in one article.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The article.
    pub article: ArticleId,
    /// The stretch.
    pub span: Span,
}

/// A stretch of wording that two articles share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Where it stands in the article that sorts first.
    pub a: Place,
    /// Where it stands in the other.
    pub b: Place,
    /// How alike the two are.
    pub wording: PassageWording,
    /// Number of words that the two have in common.
    pub n_shared_words: usize,
    /// Whether the shared words all stand inside quotation marks: a common speaker, not a copy.
    pub is_quotation: bool,
}

/// How alike the two places of a passage are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PassageWording {
    /// The same words in the same order; case, marks and white space aside.
    Verbatim,
    /// The same but for a few words.
    NearVerbatim,
}

/// How two articles are related by what they share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleLink {
    /// The article that sorts first.
    pub a: ArticleId,
    /// The other.
    pub b: ArticleId,
    /// The kind of relation.
    pub relation: Relation,
    /// Share of the words of `a`'s prose that stand in `b` too, in percent, rounded down.
    pub percent_of_a: u8,
    /// Share of the words of `b`'s prose that stand in `a` too, in percent, rounded down.
    pub percent_of_b: u8,
    /// Number of passages behind it.
    pub n_passages: usize,
}

/// How the text of one article is related to that of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// Nearly all of both is the same, in the same order.
    Verbatim,
    /// Nearly all of one is the same as a part of the other, in the same order.
    Excerpt,
    /// Nearly all of one stands in the other, in another order.
    Shuffled,
    /// A good part is the same.
    Partial,
    /// They share quotations only: a common speaker, not a copy.
    QuoteOnly,
}

/// Articles that tell the same text: connected by links other than [`Relation::QuoteOnly`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextGroup {
    /// The articles, in the order of the reading.
    pub articles: Vec<ArticleId>,
}
