//! Runs over a case: articles are added, read again, put right by hand, taken out; after each the story is told over all of
//! them and put into the file.
//!
//! Whoever starts a run gives a clock, which tells only when things were done: what is found does not depend on it.

mod draft;
mod read;
mod temporary;
mod words;

pub use draft::Draft;
pub use rapporteur_store::{
    ArticleFilter, ArticleRef, ByArticle, Case, Cell, Change, ChangeKind, Changed, Error as CaseError, Gap, Incoming,
    Item, ItemInArticle, ItemMark, ItemPlace, ItemQuery, Items, KeepBytes, LinkRow, Named, Original, Problem,
    RECORD_FORMAT, Run, RunKind, SearchError, SearchQuery, Shown, SourceRow, Sources, SqlError, SqlLimits, SqlReader,
    SqlTable, Summary, TextHit, TimelineDay, days_of, pack_record, unpack_record,
};
pub use read::{ReadInto, keep, read_again, read_into, words_told};
pub use temporary::Temporary;

use crate::run::{Options, threads};
use crate::telling::{Materials, told};
use crate::{Error, language_model};
use rapporteur_model::{Article, ArticleId, Correction, CorrectionAct, Instant, Passage, Reading, Record};
use rapporteur_store::Telling;
use rayon::ThreadPool;
use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::OnceLock;
use words::Words;

/// Tells the time: when something was done.
pub type Clock<'c> = &'c (dyn Fn() -> Instant + Sync);

/// What a run over a case has done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The number of the run.
    pub run: i64,
    /// Articles that are new in the case.
    pub n_added: usize,
    /// Articles that were there before, and were not read again.
    pub n_known: usize,
    /// Of the new ones those that stand where another article was read before, and take its place.
    pub n_replaced: usize,
    /// Inputs that name articles which were taken out for good, and were left alone.
    pub n_purged: usize,
    /// Inputs that were not read.
    pub skipped: Vec<rapporteur_model::Skipped>,
    /// Articles in the case.
    pub n_articles: usize,
    /// What changed in the story.
    pub changed: Changed,
    /// Corrections that hold on nothing.
    pub n_orphans: usize,
}

/// Adds entries to the log of corrections and tells the story with them. Entries that are there already change nothing.
///
/// # Errors
/// If the case cannot be opened or written, or its records were made by another version of the program.
pub fn correct(path: &Path, entries: &[Correction], options: &Options, clock: Clock<'_>) -> Result<Done, Error> {
    let mut case = Case::open_to_write(path)?;
    let run = case.begin(RunKind::Correct, &clock(), &BTreeMap::new())?;
    let n_new = case.append(entries)?;
    let is_mark = |entry: &Correction| {
        matches!(
            entry.act,
            CorrectionAct::Accept { .. }
                | CorrectionAct::Note { .. }
                | CorrectionAct::Tag { .. }
                | CorrectionAct::Rate { .. }
        )
    };
    // What changes nothing in the story is put on its item at once.
    let changed = if n_new == 0 || entries.iter().all(is_mark) && case.mark(entries)? {
        Changed::default()
    } else {
        tell(&mut case, run, options)?
    };
    let counts = BTreeMap::from([("corrections".to_string(), n_new as i64)]);
    finish(&mut case, run, changed, counts, clock)
}

/// Takes an article out for good, with its words in the index, in the log and in the pages of the file, and tells the story
/// without it. One that was stopped is gone on with where the id of its gap is named. `None` where there is no such
/// article and no such gap.
///
/// # Errors
/// If the case cannot be opened or written, or its records were made by another version of the program.
pub fn purge(
    path: &Path,
    article: &ArticleId,
    author: &str,
    reason: Option<&str>,
    options: &Options,
    clock: Clock<'_>,
) -> Result<Option<Done>, Error> {
    let mut case = Case::open_to_write(path)?;
    let known = case.known()?;
    if !known.articles.contains_key(article) && !known.gaps.contains(article) {
        return Ok(None);
    }
    let stopped = case.runs()?.into_iter().find(|run| run.kind == RunKind::Purge && run.ended.is_none());
    let run = case.begin(RunKind::Purge, &clock(), &BTreeMap::new())?;
    let first = stopped.map_or(run, |stopped| stopped.number);
    case.purge(run, article, &clock(), author, reason)?;
    let changed = tell(&mut case, run, options)?;
    case.forget_withdrawn(first)?;
    // Only a purge whose words are out of the pages too has come to its end.
    case.wipe()?;
    finish(&mut case, run, changed, BTreeMap::from([("purged".to_string(), 1)]), clock).map(Some)
}

/// Everything in a case as one reading: what `rapporteur read` gives of the same articles, with what was put right.
///
/// # Errors
/// If the case cannot be read, or its records were made by another version of the program.
pub fn reading(case: &Case, options: &Options) -> Result<Reading, Error> {
    let threads = threads(options)?;
    let pile = case.pile()?;
    let skipped = pile.skipped.clone();
    let told = tell_pile(case, pile, options, &threads)?;
    Ok(Reading { articles: told.articles, records: told.records, story: told.story, skipped })
}

/// What two articles of a case share, in the order of the first; their texts with it. `None` where one of them is not there.
///
/// # Errors
/// If the case cannot be read, or its records were made by another version of the program.
pub fn shared(case: &Case, a: &ArticleId, b: &ArticleId) -> Result<Option<Shared>, Error> {
    let (Some(a), Some(b)) = (case.article_and_record(a)?, case.article_and_record(b)?) else { return Ok(None) };
    let mut both = [a, b];
    both.sort_by(|(a, _), (b, _)| (&a.location, &a.id).cmp(&(&b.location, &b.id)));
    let (articles, records): (Vec<Article>, Vec<Record>) = both.into_iter().unzip();
    let mut passages = rapporteur_story::tell(&articles, &records).passages;
    passages.sort_by_key(|passage| (passage.a.span, passage.b.span));
    Ok(Some(Shared { articles, passages }))
}

/// Two articles and what they share.
#[derive(Debug, Clone)]
pub struct Shared {
    /// The two, by location and then id.
    pub articles: Vec<Article>,
    /// Where each stands in both.
    pub passages: Vec<Passage>,
}

/// Tells the story of all articles that are in the case and puts it there.
fn tell(case: &mut Case, run: i64, options: &Options) -> Result<Changed, Error> {
    let threads = threads(options)?;
    // The case goes along to the threads, as it cannot be asked from two at a time.
    let lent = &mut *case;
    let pile = threads.install(move || lent.pile())?;
    let told = tell_pile(case, pile, options, &threads)?;
    if !told.newly_dated.is_empty() {
        case.keep_dated(&told.newly_dated)?;
    }
    let log = case.corrections()?;
    let rejections = log.iter().filter(|entry| matches!(entry.act, CorrectionAct::Reject { .. }));
    let rejections: HashSet<_> = rejections.map(|entry| entry.id.clone()).collect();
    let telling = Telling {
        articles: &told.articles,
        records: &told.records,
        story: &told.story,
        corrected: &told.corrected,
        rejections: &rejections,
    };
    let changed = threads.install(|| case.tell(run, &telling))?;
    // To give the memory of a large story back takes a while, for which nobody has to wait.
    threads.spawn(move || drop(told));
    Ok(changed)
}

fn tell_pile(
    case: &Case,
    pile: rapporteur_store::Pile,
    options: &Options,
    threads: &ThreadPool,
) -> Result<crate::telling::Told, Error> {
    let words = Words::of_case(case)?;
    let log = case.corrections()?;
    // The model is asked for only where an article gets another date than before.
    let pipeline = OnceLock::new();
    let again = |article: &Article| -> Result<Record, Error> {
        let loaded = pipeline.get_or_init(|| language_model::load(options.model.as_deref()));
        let pipeline = loaded.as_ref().map_err(Error::again)?;
        Ok(crate::run::read_article(pipeline, article, words.knowledge(), words.scope).1)
    };
    let materials = Materials {
        articles: pile.articles,
        records: pile.records,
        dated: pile.dated,
        log: &log,
        issues: words.issues(),
    };
    told(materials, threads, &again)
}

fn finish(
    case: &mut Case,
    run: i64,
    changed: Changed,
    mut counts: BTreeMap<String, i64>,
    clock: Clock<'_>,
) -> Result<Done, Error> {
    counts.insert("new".to_string(), changed.n_new as i64);
    counts.insert("changed".to_string(), changed.n_changed as i64);
    counts.insert("withdrawn".to_string(), changed.n_withdrawn as i64);
    case.end(run, &clock(), &counts)?;
    Ok(Done {
        run,
        n_added: 0,
        n_known: 0,
        n_replaced: 0,
        n_purged: 0,
        skipped: Vec::new(),
        n_articles: case.summary()?.n_articles,
        changed,
        n_orphans: case.orphans()?.len(),
    })
}
