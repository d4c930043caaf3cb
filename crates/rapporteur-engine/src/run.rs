//! The run itself.

use crate::inputs::{self, Found, Input};
use crate::{Error, knowledge, language_model};
use rapporteur_extract::Knowledge;
pub use rapporteur_extract::Scope;
use rapporteur_model::{Article, ArticleId, CivilDate, Evidence, Evidenced, Reading, Record, Skipped};
use rapporteur_text::{Document, Pipeline};
use rayon::ThreadPool;
use rayon::prelude::*;
use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Articles that [`annotate`] holds at a time for each thread, and the bytes after which it takes no
/// more: what is made of an article can have twenty times its size.
const BATCH_ARTICLES: usize = 16;
const BATCH_BYTES: u64 = 4 << 20;
/// Most threads.
const MAX_THREADS: usize = 256;

/// How to run. The default finds the installed language model and uses all cores.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// A folder with a language model, instead of the installed one.
    pub model: Option<PathBuf>,
    /// Number of threads; all cores by default. The result does not depend on it.
    pub n_threads: Option<NonZeroUsize>,
    /// What counts as a statement.
    pub scope: Scope,
    /// A folder with data files of the user's own, which add to the built-in ones ([`knowledge::files`]).
    pub knowledge: Option<PathBuf>,
    /// The day on which the articles were published, whatever they state.
    pub date: Option<CivilDate>,
}

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Inputs that were dealt with.
    pub n_done: usize,
    /// Inputs in all.
    pub n_total: usize,
}

/// Reads everything that `inputs` name and puts it together. The result does not depend on the
/// order of the inputs or on the number of threads.
///
/// # Errors
/// If the language model is missing or damaged, a file of the knowledge folder cannot be used, or threads
/// cannot be started. An input that cannot be read is listed in [`Reading::skipped`].
pub fn read(inputs: &[Input], options: &Options, on_progress: &(dyn Fn(Progress) + Sync)) -> Result<Reading, Error> {
    let own_knowledge = options.knowledge.as_deref().map(knowledge::load).transpose()?;
    let knowledge = own_knowledge.as_ref().unwrap_or_else(|| Knowledge::builtin());
    let (found, mut skipped) = inputs::find(inputs);
    let n_total = found.len();
    on_progress(Progress { n_done: 0, n_total });
    if found.is_empty() {
        return Ok(Reading { skipped, ..Reading::default() });
    }
    let pipeline = language_model::load(options.model.as_deref())?;
    let n_done = AtomicUsize::new(0);
    let read_one = |input: &Found<'_>| {
        let read = read_input(input, options).map(|article| {
            let (_, record) = read_article(&pipeline, &article, knowledge, options.scope);
            (article, record)
        });
        on_progress(Progress { n_done: n_done.fetch_add(1, Ordering::Relaxed) + 1, n_total });
        read
    };
    let threads = threads(options, n_total)?;
    let results: Vec<Result<(Article, Record), Skipped>> = threads.install(|| found.par_iter().map(read_one).collect());
    let mut pairs = Vec::with_capacity(results.len());
    for result in results {
        match result {
            Ok(pair) => pairs.push(pair),
            Err(reason) => skipped.push(reason),
        }
    }
    pairs.sort_by(|(a, _), (b, _)| (&a.location, &a.id).cmp(&(&b.location, &b.id)));
    skipped.sort();
    let (mut articles, mut records): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
    let mut story = rapporteur_story::tell(&articles, &records);
    let dates: HashMap<ArticleId, Evidenced<CivilDate>> =
        rapporteur_story::missing_dates(&articles, &records, &story).into_iter().collect();
    if !dates.is_empty() {
        // Times are reckoned from an article's date: with the date that others tell it is read once more.
        let read_again = |(article, record): (&mut Article, &mut Record)| {
            if let Some(date) = dates.get(&article.id) {
                article.published = Some(date.clone());
                (_, *record) = read_article(&pipeline, article, knowledge, options.scope);
            }
        };
        threads.install(|| articles.par_iter_mut().zip(&mut records).for_each(read_again));
        story = rapporteur_story::tell(&articles, &records);
    }
    Ok(Reading { articles, records, story, skipped })
}

/// The article of an input, with the date that was given.
fn read_input(input: &Found<'_>, options: &Options) -> Result<Article, Skipped> {
    let mut article = input.read()?;
    if let Some(value) = options.date {
        article.published = Some(Evidenced { value, evidence: Evidence::Given });
    }
    Ok(article)
}

/// The parse and the record of one article. A paragraph break ends a sentence: headings and captions without a full
/// stop would else run into what follows.
fn read_article(pipeline: &Pipeline, article: &Article, knowledge: &Knowledge, scope: Scope) -> (Document, Record) {
    let doc = pipeline.annotate_paragraphs(&article.text);
    let record = rapporteur_extract::extract_with(article, &doc, knowledge, scope);
    (doc, record)
}

/// Annotates every article that `inputs` name, has `render` make something of each, on the same
/// thread, and hands that to `write`, one after the other by location. Sentences are the language
/// model's own, across paragraph breaks. Gives the inputs that were skipped.
///
/// # Errors
/// If the language model is missing or damaged, or if `write` fails, which ends the run.
pub fn annotate<T: Send, E: From<Error>>(
    inputs: &[Input],
    options: &Options,
    render: impl Fn(&Article, &Document) -> T + Sync,
    write: impl FnMut(T) -> Result<(), E>,
) -> Result<Vec<Skipped>, E> {
    let render_one = |pipeline: &Pipeline, article: &Article| render(article, &pipeline.annotate(&article.text));
    each(inputs, options, render_one, write)
}

/// Makes the record of every article that `inputs` name, each for itself, has `render` make something of it
/// on the same thread, and hands that to `write`, one after the other by location. Sentences are those that
/// the record was read over: a paragraph break ends one. Gives the inputs that were skipped.
///
/// # Errors
/// As [`annotate`], and if a file of the knowledge folder cannot be used.
pub fn record_each<T: Send, E: From<Error>>(
    inputs: &[Input],
    options: &Options,
    render: impl Fn(&Article, &Document, &Record) -> T + Sync,
    write: impl FnMut(T) -> Result<(), E>,
) -> Result<Vec<Skipped>, E> {
    let own_knowledge = options.knowledge.as_deref().map(knowledge::load).transpose()?;
    let knowledge = own_knowledge.as_ref().unwrap_or_else(|| Knowledge::builtin());
    let render_one = |pipeline: &Pipeline, article: &Article| {
        let (doc, record) = read_article(pipeline, article, knowledge, options.scope);
        render(article, &doc, &record)
    };
    each(inputs, options, render_one, write)
}

/// Has `render` make something of every article, a batch at a time, and hands that to `write` in order.
fn each<T: Send, E: From<Error>>(
    inputs: &[Input],
    options: &Options,
    render: impl Fn(&Pipeline, &Article) -> T + Sync,
    mut write: impl FnMut(T) -> Result<(), E>,
) -> Result<Vec<Skipped>, E> {
    let (found, mut skipped) = inputs::find(inputs);
    if found.is_empty() {
        return Ok(skipped);
    }
    let pipeline = language_model::load(options.model.as_deref())?;
    let threads = threads(options, found.len())?;
    let render_one = |input: &Found<'_>| {
        let article = read_input(input, options)?;
        Ok(render(&pipeline, &article))
    };
    for batch in batches(&found, threads.current_num_threads()) {
        let rendered: Vec<Result<T, Skipped>> = threads.install(|| batch.par_iter().map(render_one).collect());
        for result in rendered {
            match result {
                Ok(rendered) => write(rendered)?,
                Err(reason) => skipped.push(reason),
            }
        }
    }
    Ok(skipped)
}

/// The inputs in stretches that are held at a time by so many threads.
fn batches<'f>(found: &'f [Found<'f>], n_threads: usize) -> impl Iterator<Item = &'f [Found<'f>]> {
    let mut rest = found;
    std::iter::from_fn(move || {
        let mut n_bytes = 0;
        let fits = |input: &&Found<'_>| {
            let is_room = n_bytes < BATCH_BYTES * n_threads as u64;
            n_bytes += input.len_bytes();
            is_room
        };
        let n = rest.iter().take(BATCH_ARTICLES * n_threads).take_while(fits).count();
        let (batch, after) = rest.split_at(n);
        rest = after;
        (!batch.is_empty()).then_some(batch)
    })
}

fn threads(options: &Options, n_inputs: usize) -> Result<ThreadPool, Error> {
    let n_threads = options.n_threads.map_or(0, |n| n.get().min(n_inputs).min(MAX_THREADS));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads).build();
    pool.map_err(|error| Error::new(format!("threads could not be started: {error}")))
}
