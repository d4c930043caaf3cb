//! How the texts of articles descend from each other.

use crate::{ArticleId, Place};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PassageWording {
    /// The same words in the same order; case, marks and white space aside.
    Verbatim,
    /// The same but for a few words.
    NearVerbatim,
    /// The same sentence, with so many words replaced that only its names, numbers and small words are left.
    Reworded,
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
    /// How much of the prose of each stands in the other, word for word or reworded.
    pub prose: Shares,
    /// How much of what each quotes the other quotes too.
    pub quotations: Shares,
    /// Number of passages behind it.
    pub n_passages: usize,
    /// Number of places where words of one stand for other words of the other.
    pub n_replacements: usize,
    /// Which of the two descends from the other.
    pub direction: Direction,
}

/// A share of each of two articles in percent, rounded down.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Shares {
    /// Of the first.
    pub percent_of_a: u8,
    /// Of the second.
    pub percent_of_b: u8,
}

impl Shares {
    /// The greater of the two.
    pub fn greater(self) -> u8 {
        self.percent_of_a.max(self.percent_of_b)
    }
}

/// How the text of one article is related to that of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// Nearly all of both is the same, in the same order.
    Verbatim,
    /// Nearly all of one is the same as one stretch of the other.
    Excerpt,
    /// Nearly all of one stands in the other, in another order.
    Shuffled,
    /// A good part is the same but for words that were replaced one by one, sentence after sentence.
    Spun,
    /// A good part is the same.
    Partial,
    /// They share quotations only: a common speaker, not a copy.
    QuoteOnly,
}

/// Which of two articles descends from the other, as far as that can be told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Direction {
    /// The one that descends from the other; `None` where it is unknown.
    pub derived: Option<ArticleId>,
    /// What speaks for one or the other, the strongest first.
    pub evidence: Vec<DirectionEvidence>,
}

/// Something that shows which of two articles descends from the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectionEvidence {
    /// What it is.
    pub kind: DirectionKind,
    /// The article that it shows to be the derived one.
    pub derived: ArticleId,
    /// What was seen, as a lowercase fragment without words of the articles.
    pub reason: String,
    /// Where it can be seen.
    pub places: Vec<Place>,
}

/// What can show which of two articles descends from the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DirectionKind {
    /// One credits the other's outlet.
    Credit,
    /// Wording that only a rewriter makes: the words of one are rare where those of the other are common.
    Wording,
    /// One was published before the other.
    Date,
    /// One speaks of people by short names or pronouns before it brings them in.
    MentionOrder,
    /// One has nothing that the other lacks.
    Subset,
}

/// Articles that tell the same text: connected by links other than [`Relation::QuoteOnly`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TextGroup {
    /// The articles, in the order of the reading.
    pub articles: Vec<ArticleId>,
}

/// Articles that count once: most of what one of them tells it has from another of them, or all from one source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The articles, in the order of the reading.
    pub articles: Vec<ArticleId>,
    /// The one from which the others descend; `None` where that is unknown or none of them is it.
    pub first: Option<ArticleId>,
    /// A source outside the pile that they share.
    pub unseen_source: Option<UnseenSource>,
    /// Positions of other origins with which some of these articles share a smaller part: for what stands in that
    /// part they count as one with this.
    pub overlaps: Vec<usize>,
}

/// A source that no article of the pile is, but that several have used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnseenSource {
    /// Its name, where the articles credit it.
    pub name: Option<String>,
    /// What shows it, as a lowercase fragment.
    pub reason: String,
    /// Where they credit it.
    pub places: Vec<Place>,
}

/// Something that shows the text of an article to be altered or out of order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextFlaw {
    /// The article.
    pub article: ArticleId,
    /// What is wrong with it.
    pub kind: TextFlawKind,
    /// What was seen, as a lowercase fragment.
    pub reason: String,
    /// Places that show it, at most ten.
    pub examples: Vec<FlawExample>,
    /// For text out of order: its paragraphs, counted from one, in the order that the other article proposes.
    pub proposed_order: Vec<usize>,
}

/// What is wrong with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TextFlawKind {
    /// Its words were replaced by a program, as a better text of the same report or its own odd phrases show.
    Spun,
    /// Names and titles are altered against the rest of the pile, as a program for synonyms or a poor translation does.
    AlteredNames,
    /// Its paragraphs do not stand in the order in which they were written.
    Shuffled,
}

/// A place with altered words, and what stands elsewhere instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlawExample {
    /// The altered words.
    pub place: Place,
    /// Where another article has the words for which they stand.
    pub instead_of: Option<Place>,
    /// What usually stands there, where no article but a data file tells.
    pub usual: Option<String>,
}

/// An article that replaces another: an update, a correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Version {
    /// The later one.
    pub article: ArticleId,
    /// The one before.
    pub version_of: ArticleId,
    /// What shows it, as a lowercase fragment.
    pub reason: String,
}
