//! What of a story the dates of the articles do not change: their words, and which of them they share.

use crate::corrections::{Corrections, Replay};
use crate::lineage::{SharedWording, Texts, lineage, passages, shared_wording};
use crate::positions::{Issues, positions};
use crate::workers::{Workers, both};
use crate::{actors, dates, happenings, pile, tensions, timeline, utterances};
use hashbrown::HashMap;
use rapporteur_model::{Article, ArticleId, CivilDate, Corrected, Evidenced, Record, Story};

/// The words of a pile of articles and which of them they share, from which its story is told.
///
/// It is made once where an article gets its date from others: first the dates are asked for, then the articles are read
/// again that have a new one, and the story is told of all.
///
/// # Example
/// ```
/// use rapporteur_story::{Alone, Issues, Wording};
/// # let (mut articles, mut records): (Vec<rapporteur_model::Article>, Vec<rapporteur_model::Record>) = Default::default();
/// let wording = Wording::of(&articles, &records, &Alone);
/// for (article, date) in wording.missing_dates(&articles, &records) {
///     // … `articles` get their dates, and `records` are made anew with them.
/// }
/// let story = wording.tell(&articles, &records, Issues::builtin());
/// assert!(story.timeline.is_empty());
/// ```
pub struct Wording<'w> {
    workers: &'w dyn Workers,
    texts: Texts,
    shared: SharedWording,
}

impl<'w> Wording<'w> {
    /// Compares the words of `articles`, which are sorted as in [`crate::tell`]; what a record finds quoted counts as
    /// quoted. `workers` do this and the telling.
    pub fn of(articles: &[Article], records: &[Record], workers: &'w dyn Workers) -> Self {
        let by_article = by_article(records);
        let texts = Texts::of(articles, &by_article, workers);
        let pairs = shared_wording(&texts, workers);
        let shared = passages(articles, &texts, pairs, workers);
        Wording { workers, texts, shared }
    }

    /// The dates of articles that have none and share wording with one that has: where passages of both speak of
    /// "Wednesday" or "this week", both were written within days. Gives for each such article the date of the one that
    /// it shares most such passages with, the earliest of several, with a reason.
    ///
    /// `articles` are those that the wording is of; `records` may come in any order.
    pub fn missing_dates(&self, articles: &[Article], records: &[Record]) -> Vec<(ArticleId, Evidenced<CivilDate>)> {
        let by_article = by_article(records);
        let records: Vec<Option<&Record>> =
            articles.iter().map(|article| by_article.get(&article.id).copied()).collect();
        dates::missing_dates(articles, &records, &self.shared.passages, &self.shared.sides)
    }

    /// Tells the story, as [`crate::tell_with`].
    ///
    /// `articles` are those that the wording is of, in the same order and with the same texts; what is known about their
    /// publication may have changed, and with it their records. Where a record finds other words quoted than the one that
    /// the wording was made with, this is seen to.
    pub fn tell(self, articles: &[Article], records: &[Record], issues: &Issues) -> Story {
        self.tell_corrected(articles, records, issues, &Corrections::none()).0
    }

    /// Tells the story, as [`crate::tell_corrected`]; `articles` and `records` are as for [`Self::tell`].
    pub fn tell_corrected(
        mut self,
        articles: &[Article],
        records: &[Record],
        issues: &Issues,
        corrections: &Corrections,
    ) -> (Story, Corrected) {
        let mut replay = Replay::of(corrections);
        let by_article = by_article(records);
        let mut is_changed = false;
        for (idx, article) in articles.iter().enumerate() {
            is_changed |= self.texts.quote(idx, by_article.get(&article.id).copied());
        }
        if is_changed {
            self.shared = passages(articles, &self.texts, self.shared.pairs, self.workers);
        }
        let Wording { workers, texts, shared: SharedWording { pairs, passages, sides } } = self;
        let (story, mut actors) = both(
            workers,
            || lineage(articles, &texts, pairs, workers),
            || actors::actors(articles, records, &passages, &sides, &mut replay),
        );
        replay.rename(&mut actors);
        let story = Story { actors, passages, ..story };
        let empty = Record::empty(ArticleId::new(""));
        let pile = pile::Pile::new(articles, &by_article, &empty, &texts, &story, issues, &sides);
        let (reports, of_events) = both(workers, || utterances::Reports::of(&pile), || happenings::reports(&pile));
        let (utterances, utterance_links) = utterances::utterances(&pile, &reports, &mut replay, workers);
        let happenings = happenings::happenings(&pile, &of_events, &utterances, &mut replay, workers);
        let ((issues, positions), timeline) =
            both(workers, || positions(&pile), || timeline::timeline(&pile, &utterances, &happenings));
        let tensions = tensions::tensions(&pile, &tensions::Told::new(&reports, &utterances, &happenings), workers);
        drop((reports, of_events, pile));
        let mut story =
            Story { utterances, utterance_links, happenings, issues, positions, timeline, tensions, ..story };
        let corrected = replay.finish(articles, &mut story);
        (story, corrected)
    }
}

fn by_article(records: &[Record]) -> HashMap<&ArticleId, &Record> {
    records.iter().map(|record| (&record.article, record)).collect()
}
