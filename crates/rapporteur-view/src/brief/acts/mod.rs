//! What was done, and what does each party hold? Reports of the same happening, and places that show the same
//! stance, are one entry with all places.

mod events;
mod stances;
mod text;

pub use events::EventEntry;
pub(super) use events::events;
pub(super) use stances::parties;
pub use stances::{Party, StanceEntry};
pub(super) use text::events as write_events;
pub(crate) use text::{group_name, name_of_party};

use crate::describe::Told;
use crate::lookup::Lookup;
use crate::visible::on_one_line;
use rapporteur_model::{ArticleActorIdx, Span};
use serde::Serialize;
use std::collections::BTreeSet;

/// Fewer words recur by chance: who takes part must be the same too before two places count as copies.
const N_WORDS_MIN: usize = 4;

/// A place that tells an event or shows a stance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActPlace {
    /// Position in [`super::Brief::articles`].
    pub article_idx: usize,
    /// Position among the events, or the stances, of the article's record.
    pub item_idx: usize,
    /// The paragraph it begins in, counted from one.
    pub paragraph: Option<usize>,
}

/// Number of articles among the places.
fn n_articles(places: &[ActPlace]) -> usize {
    places.iter().map(|place| place.article_idx).collect::<BTreeSet<_>>().len()
}

/// An article in the reading.
#[derive(Clone, Copy)]
struct Here<'l, 'r> {
    lookup: &'l Lookup<'r>,
    article_idx: usize,
    told: Told<'r>,
}

fn articles<'l, 'r>(lookup: &'l Lookup<'r>) -> impl Iterator<Item = Here<'l, 'r>> {
    let articles = lookup.reading.articles.iter().zip(&lookup.reading.records).enumerate();
    articles.map(move |(article_idx, (article, record))| Here { lookup, article_idx, told: Told { article, record } })
}

impl Here<'_, '_> {
    fn place(self, item_idx: usize, span: Span) -> ActPlace {
        let paragraph = self.told.article.paragraph_number(span);
        ActPlace { article_idx: self.article_idx, item_idx, paragraph }
    }

    /// Position among the actors of the story.
    fn story_actor(self, actor: ArticleActorIdx) -> Option<usize> {
        self.lookup.actor_idx(self.article_idx, actor)
    }

    /// The name that the story has for the actor.
    fn name(self, actor: ArticleActorIdx) -> String {
        match self.story_actor(actor) {
            Some(idx) => on_one_line(&self.lookup.reading.story.actors[idx].name),
            None => on_one_line(&self.told.record.actors[actor.0 as usize].name),
        }
    }

    /// The words of a span, with the other mark of a quotation that stands beside them.
    fn words(self, span: Span) -> String {
        let (text, words) = (&self.told.article.text, span.of(&self.told.article.text));
        let (n_opened, n_closed) = (words.matches('“').count(), words.matches('”').count());
        let is_begun_before = n_closed > n_opened && text[..span.start.get()].ends_with('“');
        let is_ended_after = n_opened > n_closed && text[span.end.get()..].starts_with('”');
        let (before, after) = (if is_begun_before { "“" } else { "" }, if is_ended_after { "”" } else { "" });
        on_one_line(&format!("{before}{words}{after}"))
    }
}
