//! The run itself.

use crate::inputs::{self, Input};
use crate::stream::{Progress, for_each, for_each_from};
use crate::telling::{Materials, Told, told};
use crate::{Error, knowledge, language_model};
use rapporteur_extract::Knowledge;
pub use rapporteur_extract::Scope;
use rapporteur_model::{Article, CivilDate, Diagnostic, Evidence, Evidenced, Reading, Record, Skipped};
use rapporteur_source::{Entry, ReadOptions};
use rapporteur_store::{Incoming, Original};
use rapporteur_story::Issues;
use rapporteur_text::{Document, Pipeline};
use rayon::ThreadPool;
use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::path::PathBuf;

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
    /// How inputs are read: the columns of tables, limits.
    pub reading: ReadOptions,
}

/// Reads everything that `inputs` name and puts it together. The result does not depend on the
/// order of the inputs or on the number of threads.
///
/// # Errors
/// If the language model is missing or damaged, a file of the knowledge folder cannot be used, or threads
/// cannot be started. An input that cannot be read is listed in [`Reading::skipped`].
pub fn read(inputs: &[Input], options: &Options, on_progress: &(dyn Fn(Progress) + Sync)) -> Result<Reading, Error> {
    let own_knowledge = options.knowledge.as_deref().map(knowledge::load).transpose()?;
    let knowledge = own_knowledge.as_ref().map_or_else(|| Knowledge::builtin(), |own| &own.words);
    let issues = own_knowledge.as_ref().map_or_else(|| Issues::builtin(), |own| &own.issues);
    let (found, mut skipped) = inputs::find(inputs);
    if found.is_empty() {
        on_progress(Progress::default());
        return Ok(Reading { skipped, ..Reading::default() });
    }
    let pipeline = language_model::load(options.model.as_deref())?;
    let threads = threads(options)?;
    let mut both: Vec<(Article, Record)> = Vec::new();
    let mut keep = |read| {
        both.push(read);
        Ok::<(), Error>(())
    };
    let make = |entry| {
        let article = article_of(entry, options)?;
        let (_, record) = read_article(&pipeline, &article, knowledge, options.scope);
        Ok((article, record))
    };
    for_each(&found, &options.reading, &threads, on_progress, make, write_or_skip(&mut keep, &mut skipped))?;
    both.sort_by(|(a, _), (b, _)| (&a.location, &a.id).cmp(&(&b.location, &b.id)));
    skipped.sort();
    let (articles, records) = both.into_iter().unzip();
    let materials = Materials { articles, records, dated: HashMap::new(), log: &[], issues };
    let again = |article: &Article| Ok(read_article(&pipeline, article, knowledge, options.scope).1);
    let Told { articles, records, story, .. } = told(materials, &threads, &again)?;
    Ok(Reading { articles, records, story, skipped })
}

/// The article of an entry, with the date that was given.
pub(crate) fn article_of(entry: Result<Entry, Skipped>, options: &Options) -> Result<Article, Skipped> {
    Ok(dated_as_given(rapporteur_source::article(&entry?)?, options))
}

/// The article with the date that was given, where one was.
pub(crate) fn dated_as_given(mut article: Article, options: &Options) -> Article {
    if let Some(value) = options.date {
        article.published = Some(Evidenced { value, evidence: Evidence::Given });
    }
    article
}

/// The parse and the record of one article. A paragraph break ends a sentence: headings and captions without a full
/// stop would else run into what follows. An article in a language that the model does not read has neither.
pub(crate) fn read_article(
    pipeline: &Pipeline,
    article: &Article,
    knowledge: &Knowledge,
    scope: Scope,
) -> (Document, Record) {
    let language = article.language.as_ref().map_or(LANGUAGE, |language| language.value.as_str());
    if language != LANGUAGE {
        let message = format!("written in {language}: the language model reads {LANGUAGE}");
        let hint = Some("its wording still counts for lineage".to_string());
        let diagnostics = vec![Diagnostic { span: None, message, hint }];
        let record = Record { is_analysed: false, diagnostics, ..Record::empty(article.id.clone()) };
        return (pipeline.annotate(""), record);
    }
    let doc = pipeline.annotate_paragraphs(&article.text);
    let record = rapporteur_extract::extract_with(article, &doc, knowledge, scope);
    (doc, record)
}

/// The language of the language model, as an ISO 639-1 code.
const LANGUAGE: &str = "en";

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
    let knowledge = own_knowledge.as_ref().map_or_else(|| Knowledge::builtin(), |own| &own.words);
    let render_one = |pipeline: &Pipeline, article: &Article| {
        let (doc, record) = read_article(pipeline, article, knowledge, options.scope);
        render(article, &doc, &record)
    };
    each(inputs, options, render_one, write)
}

/// Reads every article that `inputs` name alone, as a case does, from the entry `first` on, and hands each with its record to
/// `write`, in the order of the inputs; what cannot be read comes in its place. Of the same inputs the entries are the same,
/// so that somebody who was stopped can go on. Gives the inputs that are not there.
///
/// # Errors
/// As [`record_each`].
pub fn read_alone<E: From<Error>>(
    inputs: &[Input],
    options: &Options,
    first: usize,
    on_progress: &(dyn Fn(Progress) + Sync),
    write: impl FnMut(Result<Incoming, Skipped>) -> Result<(), E>,
) -> Result<Vec<Skipped>, E> {
    let own_knowledge = options.knowledge.as_deref().map(knowledge::load).transpose()?;
    let knowledge = own_knowledge.as_ref().map_or_else(|| Knowledge::builtin(), |own| &own.words);
    let (found, skipped) = inputs::find(inputs);
    let pipeline = language_model::load(options.model.as_deref())?;
    let threads = threads(options)?;
    let make = |entry: Result<Entry, Skipped>| {
        let entry = entry?;
        let article = dated_as_given(rapporteur_source::article(&entry)?, options);
        let (_, record) = read_article(&pipeline, &article, knowledge, options.scope);
        Ok(Incoming { article, original: Original::hash_of(&entry.bytes), record })
    };
    for_each_from(first, &found, &options.reading, &threads, on_progress, make, write)?;
    Ok(skipped)
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
    let threads = threads(options)?;
    let render_one = |entry| Ok(render(&pipeline, &article_of(entry, options)?));
    for_each(&found, &options.reading, &threads, &|_| {}, render_one, write_or_skip(&mut write, &mut skipped))?;
    Ok(skipped)
}

/// Hands what was made of an article to `write`, and adds what was skipped to `skipped`.
pub(crate) fn write_or_skip<T, E>(
    write: &mut impl FnMut(T) -> Result<(), E>,
    skipped: &mut Vec<Skipped>,
) -> impl FnMut(Result<T, Skipped>) -> Result<(), E> {
    |made| match made {
        Ok(made) => write(made),
        Err(reason) => {
            skipped.push(reason);
            Ok(())
        }
    }
}

pub(crate) fn threads(options: &Options) -> Result<ThreadPool, Error> {
    let n_threads = options.n_threads.map_or(0, |n| n.get().min(MAX_THREADS));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads).build();
    pool.map_err(|error| Error::new(format!("threads could not be started: {error}")))
}
