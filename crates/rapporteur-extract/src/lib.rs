//! The record of one article: who said what, in the exact words.
//!
//! [`extract`] reads one [`Article`] with its parse and gives a [`Record`]: statements with their
//! source, cue and content, the mentions of people and bodies, and the actors behind them. It works
//! by rules over the parse; what it knows of words stands in the data files of `data/`.
//!
//! The way of a statement: *cues* (words that may report) are found, *candidates* for the content and
//! the source of each are listed, and one of each is *chosen*. Quotations are tied to verbs of saying
//! beside them first. The way of an actor: *mentions* are found, names that fit each other become one
//! actor, then pronouns and noun phrases go back to actors named before. The *circumstances* of each
//! statement are read from what stands around it, whichever way it was found.
//!
//! This crate knows nothing about other articles, files, the store or the clock, and nothing about
//! how the text was parsed. Text is hostile: work is bounded by the length of the text, and nothing
//! recurs over the depth of the tree.

mod actors;
mod analysis;
mod choice;
mod circumstances;
mod content;
mod continuation;
mod coreference;
mod cues;
mod cut;
mod demonyms;
mod description;
mod direct;
mod gazetteer;
mod inferred;
mod lexicon;
mod mentions;
mod names;
mod order;
mod quotations;
mod record;
mod sources;
mod statements;
mod titles;
mod word_lists;

use rapporteur_model::{Article, Diagnostic, Record};
use rapporteur_text::Document;

/// The record of `article`, read over `doc`, its parse.
///
/// `doc` must annotate exactly `article.text`; where it does not, the record is empty and says so in
/// its diagnostics. Furniture holds no statements, but a title may. Statements come in the order of
/// their contents, mentions in text order, actors in the order of their first mentions; after them
/// states without a mention of their own that somebody speaks for. Equal input
/// gives an equal record.
pub fn extract(article: &Article, doc: &Document) -> Record {
    if doc.text() != article.text {
        let message = "the parse is of another text".to_string();
        let diagnostics = vec![Diagnostic { span: None, message, hint: None }];
        return Record { diagnostics, ..record::empty(article, doc) };
    }
    let inferred = inferred::Inferred::read(doc);
    let analysis = analysis::Analysis::new(article, doc, &inferred);
    let drafts = statements::find(&analysis);
    let found = mentions::find(&analysis, &drafts);
    let mut actors = actors::named(&analysis, &found);
    let order = order::Order::read(&analysis, &found, &actors);
    coreference::resolve(&analysis, &found, &drafts, &order, &mut actors);
    let record = record::build(&analysis, drafts, &found, &order, &actors);
    Record { diagnostics: order.diagnostic(&analysis, &found).into_iter().collect(), ..record }
}
