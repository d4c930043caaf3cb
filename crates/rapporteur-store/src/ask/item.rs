//! What is asked for, and what a question finds.

use rapporteur_model::TargetLayer;
use serde_json::Value as Json;

/// An item of the story.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What sort of item it is.
    pub layer: TargetLayer,
    /// Names it in this story.
    pub id: String,
    /// A name, where it has one.
    pub label: Option<String>,
    /// Its kind: of an actor what it is, of an utterance the class, of a happening the type, of an issue the standing, of a
    /// position the last stance.
    pub kind: Option<String>,
    /// Who speaks or acts first.
    pub actor: Option<Named>,
    /// For whom, or toward whom first.
    pub party: Option<Named>,
    /// On what.
    pub issue: Option<Named>,
    /// When, as a TIMEX3 value.
    pub value: Option<String>,
    /// Whether it took place.
    pub status: Option<String>,
    /// Number of articles that carry it.
    pub n_articles: i64,
    /// Least and greatest number of independent origins; zero where origins are not counted.
    pub n_origins: (i64, i64),
    /// Who stands for it.
    pub sourcing: Option<String>,
    /// The article that carried it first.
    pub first: Option<ArticleRef>,
    /// What else is known, by name.
    pub facts: serde_json::Map<String, Json>,
    /// The words, those to show first; as many as were asked for.
    pub places: Vec<ItemPlace>,
    /// How many there are.
    pub n_places: i64,
    /// Which corrections it bears.
    pub marks: Vec<ItemMark>,
}

impl Item {
    /// Whether it lay ahead when it was told.
    pub fn is_planned(&self) -> bool {
        self.facts.contains_key("is_planned") || self.status.as_deref() == Some("planned")
    }
}

/// An item that another one names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
}

/// An article that an item names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleRef {
    /// Its id.
    pub id: String,
    /// Its short name.
    pub name: String,
    /// Where it came from.
    pub location: String,
    /// When it was published, as it states or as others tell.
    pub published: Option<String>,
}

/// Exact words of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemPlace {
    /// Which stance of a position, which side of a tension; for others 0 for the words to show and 1 for further reports.
    pub part: i64,
    /// The article.
    pub article: ArticleRef,
    /// Position of the first code point.
    pub start: u32,
    /// Position after the last.
    pub end: u32,
    /// The words.
    pub exact: String,
    /// Up to 32 code points before them.
    pub prefix: String,
    /// Up to 32 code points after them.
    pub suffix: String,
    /// The paragraph they begin in, counted from one.
    pub paragraph: usize,
}

/// A correction on an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemMark {
    /// The correction's id.
    pub correction: String,
    /// What it does.
    pub act: String,
    /// Who made it.
    pub author: String,
    /// When.
    pub at: String,
    /// The whole entry as JSON.
    pub body: String,
}

/// Which items are asked for.
#[derive(Debug, Clone, Default)]
pub struct ItemQuery {
    /// Of this kind.
    pub kind: Option<String>,
    /// With an actor, a party or a name that has these words.
    pub who: Option<String>,
    /// On an issue whose name or id has these words.
    pub issue: Option<String>,
    /// Not before this day, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// Not after this day.
    pub to: Option<String>,
    /// At most so many, and so many left out before them.
    pub limit: usize,
    /// How many are left out before them.
    pub offset: usize,
    /// At most so many places of each.
    pub n_places: usize,
}

impl ItemQuery {
    /// The first `limit` items of a layer, with up to a dozen places of each.
    pub fn first(limit: usize) -> Self {
        ItemQuery { limit, n_places: 12, ..ItemQuery::default() }
    }
}

/// What a question finds.
#[derive(Debug, Clone, PartialEq)]
pub struct Items {
    /// Items, in the order of the layer: actors by how much they say, issues and positions by articles, what has a time by
    /// time, utterances by independent origins.
    pub items: Vec<Item>,
    /// How many there are in all.
    pub n_total: usize,
}

/// What an id leads to.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    /// An item of the story; with the id that was asked for where it had that before.
    Item(Box<Item>),
    /// An article: its row, its text, the ids of the items whose words stand in it.
    Article {
        /// Its row.
        article: Box<super::SourceRow>,
        /// Its text.
        text: String,
    },
    /// An entry of the log.
    Correction(ItemMark),
    /// An article that was taken out for good.
    Gap(super::Gap),
}
