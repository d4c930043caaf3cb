//! What the articles tell together, ready to be shown: what the parties hold on each issue, what happened when, and
//! where accounts cannot all stand. Each line carries the places it rests on, and how many of them are independent.

mod positions;
mod tensions;
mod text;
mod timeline;

pub use positions::{IssueEntry, PositionLine, StanceLine};
pub use tensions::{SideLine, TensionLine};
pub use timeline::TimelineLine;

pub(super) use positions::issues;
pub(super) use tensions::tensions;
pub(super) use text::{write_issues, write_tensions, write_timeline};
pub(super) use timeline::timeline;

use crate::Error;
use crate::lookup::Lookup;
use crate::wording::count;
use rapporteur_model::{ActorId, Place, Sourcing, Support};
use serde::Serialize;

/// On what a line rests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SupportLine {
    /// Number of articles that carry it.
    pub n_articles: usize,
    /// The least number of independent origins.
    pub n_origins_min: usize,
    /// The greatest number of independent origins.
    pub n_origins_max: usize,
    /// Who stands for it.
    pub sourcing: Sourcing,
    /// The article that carried it first, where that is known and there are several; a position in
    /// [`super::Brief::articles`].
    pub first: Option<usize>,
}

impl SupportLine {
    pub(super) fn new(lookup: &Lookup<'_>, support: &Support) -> Result<Self, Error> {
        let first = support.first.as_ref().filter(|_| support.articles.len() > 1);
        Ok(SupportLine {
            n_articles: support.articles.len(),
            n_origins_min: support.n_origins_min,
            n_origins_max: support.n_origins_max,
            sourcing: support.sourcing,
            first: first.map(|id| lookup.article_idx(id)).transpose()?,
        })
    }

    /// Whether it may rest on one origin alone: a reader should be warned.
    pub fn is_single(&self) -> bool {
        self.n_origins_min <= 1
    }

    /// "single origin", "1 to 2 origins", "3 origins", with "unnamed source" where nobody with a name stands for it.
    pub(crate) fn phrase(&self) -> String {
        let origins = match (self.n_origins_min, self.n_origins_max) {
            (_, 0 | 1) => "single origin".to_string(),
            (min, max) if min == max => count(max, "origin"),
            (min, max) => format!("{min} to {}", count(max, "origin")),
        };
        match self.sourcing {
            Sourcing::Unnamed => format!("unnamed source, {origins}"),
            Sourcing::Named | Sourcing::Official | Sourcing::Article => origins,
        }
    }
}

/// Words in an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WordPlace {
    /// Position in [`super::Brief::articles`].
    pub article_idx: usize,
    /// The paragraph it begins in, counted from one.
    pub paragraph: Option<usize>,
}

impl WordPlace {
    fn new(lookup: &Lookup<'_>, place: &Place) -> Result<Self, Error> {
        let (article_idx, _) = lookup.place_words(place)?;
        let paragraph = lookup.reading.articles[article_idx].paragraph_number(place.span);
        Ok(WordPlace { article_idx, paragraph })
    }
}

/// The name of an actor of the story.
fn name_of(lookup: &Lookup<'_>, id: &ActorId) -> Result<String, Error> {
    let actor = lookup.actor(id).ok_or_else(|| Error::new(format!("there is no actor {id}")))?;
    Ok(crate::visible::on_one_line(&actor.name))
}
