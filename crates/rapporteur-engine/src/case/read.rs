//! Articles into a case: those that are new are read, in steps that stay in the file whatever happens afterwards.

use super::words::Words;
use super::{Clock, Done, finish, tell};
use crate::inputs::{self, Input};
use crate::run::{Options, dated_as_given, read_article, threads};
use crate::stream::{Progress, for_each};
use crate::{Error, language_model};
use rapporteur_model::{Article, ArticleId, Record, Skipped};
use rapporteur_source::Entry;
use rapporteur_store::{Case, Changed, Incoming, KeepBytes, Known, Original, RunKind};
use rapporteur_text::Pipeline;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How articles go into a case.
#[derive(Debug, Clone, Copy)]
pub struct ReadInto {
    /// Whether their bytes are kept.
    pub keep: KeepBytes,
    /// A run that takes longer puts what is read so far into a story after this time, so that it can be asked. That tells
    /// when a story is told, not which: the one at the end is the same.
    pub story_after: Duration,
}

impl Default for ReadInto {
    fn default() -> Self {
        ReadInto { keep: KeepBytes::Yes, story_after: Duration::from_secs(30) }
    }
}

/// After a story that took a while the next one waits this many times as long.
const STORY_SHARE: u32 = 10;
/// Articles that go into the file in one step.
const STEP_ARTICLES: usize = 256;

/// After a run that added so many articles, and most of those of the case, the file is written anew with less room unused.
const MIN_COMPACTED: usize = 1_000;

/// What became of an entry of the inputs.
enum Worked {
    New(Box<Incoming>),
    Known,
    Purged,
    Skipped(Skipped),
}

/// Reads what `inputs` name into a case, which is made where there is none. Articles that are in it are not read again; one
/// at a place where another was read before takes its place. Then the story is told of all articles.
///
/// What the case holds afterwards does not depend on the order of the inputs, on how many runs brought them in, or on the
/// number of threads.
///
/// # Errors
/// If the case cannot be opened or written, the language model is missing or damaged, a file of the knowledge folder
/// cannot be used, or the case was read with other words. What was read before an error stays in the case.
pub fn read_into(
    path: &Path,
    inputs: &[Input],
    options: &Options,
    into: ReadInto,
    clock: Clock<'_>,
    on_progress: &(dyn Fn(Progress) + Sync),
) -> Result<Done, Error> {
    let (found, mut skipped) = inputs::find(inputs);
    if found.is_empty() && !path.exists() {
        return Err(Error::new("none of the inputs could be read, and no case was made"));
    }
    let pipeline = language_model::load(options.model.as_deref())?;
    let threads = threads(options)?;
    let mut case = Case::open_or_create(path)?;
    let words = Words::agreed(&mut case, options)?;
    let run = case.begin(RunKind::Read, &clock(), &words.manifest())?;
    let known = case.known()?;
    let make = |entry| work(entry, &known, &pipeline, &words, options);
    let mut intake = Intake::new(case, run, &known, options, into);
    for_each(&found, &options.reading, &threads, on_progress, make, |worked| intake.take(worked))?;
    intake.skipped.append(&mut skipped);
    intake.end(clock)
}

/// Puts articles that were read alone into a case, as [`read_into`] does with those that it reads: of the same articles with
/// the same words the case is the same.
///
/// # Errors
/// As [`read_into`], and what `alone` gives.
pub fn keep(
    path: &Path,
    alone: impl Iterator<Item = Result<Incoming, Error>>,
    options: &Options,
    clock: Clock<'_>,
) -> Result<Done, Error> {
    let mut case = Case::open_or_create(path)?;
    let words = Words::agreed(&mut case, options)?;
    let run = case.begin(RunKind::Read, &clock(), &words.manifest())?;
    let known = case.known()?;
    let mut intake = Intake::new(case, run, &known, options, ReadInto::default());
    for incoming in alone {
        let incoming = incoming?;
        let before = read_before(&known, &incoming.article.id);
        intake.take(before.unwrap_or_else(|| Worked::New(Box::new(incoming))))?;
    }
    intake.end(clock)
}

/// With which words articles are read, as the manifest of a run tells it: what was read with others does not belong together.
///
/// # Errors
/// If a file of the knowledge folder cannot be used.
pub fn words_told(options: &Options) -> Result<BTreeMap<String, String>, Error> {
    Ok(Words::given(options)?.manifest())
}

/// What a run puts into a case, step by step.
struct Intake<'o> {
    case: Case,
    run: i64,
    options: &'o Options,
    into: ReadInto,
    locations: HashSet<String>,
    fresh: HashSet<ArticleId>,
    step: Vec<Incoming>,
    skipped: Vec<Skipped>,
    n_known: usize,
    n_purged: usize,
    n_replaced: usize,
    changed: Changed,
    last_story: Instant,
    wait: Duration,
}

impl<'o> Intake<'o> {
    fn new(case: Case, run: i64, known: &Known, options: &'o Options, into: ReadInto) -> Self {
        Intake {
            case,
            run,
            options,
            into,
            locations: known.articles.values().cloned().collect(),
            fresh: HashSet::new(),
            step: Vec::new(),
            skipped: Vec::new(),
            n_known: 0,
            n_purged: 0,
            n_replaced: 0,
            changed: Changed::default(),
            last_story: Instant::now(),
            wait: into.story_after,
        }
    }

    fn take(&mut self, worked: Worked) -> Result<(), Error> {
        match worked {
            Worked::Skipped(reason) => self.skipped.push(reason),
            Worked::Known => self.n_known += 1,
            Worked::Purged => self.n_purged += 1,
            Worked::New(incoming) => {
                // Inputs may name an article twice.
                if self.fresh.insert(incoming.article.id.clone()) {
                    self.n_replaced += usize::from(!self.locations.insert(incoming.article.location.clone()));
                    self.step.push(*incoming);
                }
            }
        }
        if self.step.len() >= STEP_ARTICLES {
            self.case.add(self.run, &self.step, self.into.keep)?;
            self.step.clear();
            if self.last_story.elapsed() >= self.wait {
                let begun = Instant::now();
                self.changed = sum(self.changed, tell(&mut self.case, self.run, self.options)?);
                self.last_story = Instant::now();
                self.wait = self.into.story_after.max(begun.elapsed() * STORY_SHARE);
            }
        }
        Ok(())
    }

    /// Puts in what is left and tells the story.
    fn end(self, clock: Clock<'_>) -> Result<Done, Error> {
        let Intake { mut case, run, options, mut skipped, mut changed, n_known, n_purged, n_replaced, .. } = self;
        case.add(run, &self.step, self.into.keep)?;
        skipped.sort();
        case.skip(run, &skipped)?;
        let told: usize = case.setting("story_articles")?.and_then(|n| n.parse().ok()).unwrap_or_default();
        let n_added = self.fresh.len();
        if n_added > 0 || case.setting("story_run")?.is_none() || told != case.summary()?.n_articles {
            changed = sum(changed, tell(&mut case, run, options)?);
        }
        let counts = [("added", n_added), ("known", n_known), ("replaced", n_replaced), ("skipped", skipped.len())];
        let counts = counts.into_iter().map(|(name, n)| (name.to_string(), n as i64)).collect();
        let done = finish(&mut case, run, changed, counts, clock)?;
        if n_added >= MIN_COMPACTED && n_added * 2 >= done.n_articles {
            case.compact();
        }
        Ok(Done { n_added, n_known, n_replaced, n_purged, skipped, ..done })
    }
}

/// Makes the records of all articles of a case anew, of the articles as they are in it, and tells the story of them: after
/// an update of the program, or with other words.
///
/// # Errors
/// As [`read_into`], but that the words may be others than before.
pub fn read_again(
    path: &Path,
    options: &Options,
    clock: Clock<'_>,
    on_progress: &(dyn Fn(Progress) + Sync),
) -> Result<Done, Error> {
    let pipeline = language_model::load(options.model.as_deref())?;
    let threads = threads(options)?;
    let mut case = Case::open_to_write(path)?;
    let words = Words::given(options)?;
    let run = case.begin(RunKind::Again, &clock(), &words.manifest())?;
    let articles = case.articles()?;
    let n_bytes_total = articles.iter().map(|article| article.text.len() as u64).sum();
    let (n_done, n_bytes_done) = (AtomicUsize::new(0), AtomicU64::new(0));
    on_progress(Progress { n_bytes_total, ..Progress::default() });
    let read_one = |article: &Article| {
        let (_, record) = read_article(&pipeline, article, words.knowledge(), words.scope);
        let n_bytes = article.text.len() as u64;
        let n_bytes_done = n_bytes_done.fetch_add(n_bytes, Ordering::Relaxed) + n_bytes;
        let n_done = n_done.fetch_add(1, Ordering::Relaxed) + 1;
        on_progress(Progress { n_done, n_bytes_done, n_bytes_total });
        record
    };
    let records: Vec<Record> = threads.install(|| articles.par_iter().map(read_one).collect());
    case.replace_records(&articles, &records)?;
    words.put(&mut case)?;
    let changed = tell(&mut case, run, options)?;
    let counts = BTreeMap::from([("read again".to_string(), articles.len() as i64)]);
    finish(&mut case, run, changed, counts, clock)
}

/// What became of an article when it was read before.
fn read_before(known: &Known, article: &ArticleId) -> Option<Worked> {
    if known.articles.contains_key(article) {
        Some(Worked::Known)
    } else {
        known.gaps.contains(article).then_some(Worked::Purged)
    }
}

fn work(entry: Result<Entry, Skipped>, known: &Known, pipeline: &Pipeline, words: &Words, options: &Options) -> Worked {
    let read = |entry: Entry| -> Result<Worked, Skipped> {
        let article = rapporteur_source::article(&entry)?;
        if let Some(worked) = read_before(known, &article.id) {
            return Ok(worked);
        }
        let article = dated_as_given(article, options);
        let (_, record) = read_article(pipeline, &article, words.knowledge(), words.scope);
        Ok(Worked::New(Box::new(Incoming { article, original: Original::Bytes(entry.bytes), record })))
    };
    entry.and_then(read).unwrap_or_else(Worked::Skipped)
}

fn sum(a: Changed, b: Changed) -> Changed {
    Changed {
        n_new: a.n_new + b.n_new,
        n_changed: a.n_changed + b.n_changed,
        n_withdrawn: a.n_withdrawn + b.n_withdrawn,
    }
}
