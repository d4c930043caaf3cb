//! The record of one article: who said what, in the exact words.
//!
//! [`extract`] reads one [`Article`] with its parse and gives a [`Record`]: statements with their
//! source, cue and content, the mentions of people and bodies, and the actors behind them. It works
//! over the parse, by rules and by weights that were learned. What it knows of words is a value,
//! [`Knowledge`]: the files of `data/`, and what a user adds to them.
//!
//! The way of a statement: *cues* (words that may report) are found, *candidates* for the content and
//! the source of each are listed by rules and from the tree, the likeliest of each are *proposed*, and
//! what is likely enough in the asked [`Scope`] is kept. The way of an actor: *mentions* are found, names
//! that fit each other become one actor, then pronouns and noun phrases go back to actors named before.
//! The *circumstances* of each statement are read from what stands around it, whichever way it was found.
//!
//! This crate knows nothing about other articles, files, the store or the clock, and nothing about
//! how the text was parsed. Text is hostile: work is bounded by the length of the text, and nothing
//! recurs over the depth of the tree.

mod actors;
mod analysis;
mod choice;
mod circumstances;
mod class_table;
mod codes;
mod content;
mod continuation;
mod coreference;
mod cues;
mod cut;
mod data_file;
mod decode;
mod demonyms;
mod description;
mod direct;
mod error;
mod events;
mod gazetteer;
mod inferred;
mod knowledge;
mod lexicon;
mod mentions;
mod names;
mod order;
mod quantities;
mod quotations;
mod ranking;
mod record;
mod reported;
mod scope;
mod sources;
mod spans;
mod stages;
mod stances;
mod statements;
mod time;
mod titles;
#[cfg(feature = "training")]
pub mod training;
mod word_lists;

pub use error::Error;
pub use knowledge::Knowledge;
pub use scope::Scope;
#[doc(hidden)]
pub use stages::Stage;

use rapporteur_model::{Article, Diagnostic, Record, Span};
use rapporteur_text::Document;
use std::ops::ControlFlow;

/// The record of `article`, read over `doc`, its parse.
///
/// `doc` must annotate exactly `article.text`; where it does not, the record is empty and says so in
/// its diagnostics. Furniture holds no statements, but a title may. Statements come in the order of
/// their contents, mentions in text order, actors in the order of their first mentions; after them
/// states without a mention of their own that somebody speaks for. Equal input
/// gives an equal record.
pub fn extract(article: &Article, doc: &Document) -> Record {
    extract_with(article, doc, Knowledge::builtin(), Scope::default())
}

/// The stretches of a text between quotation marks of all kinds, without the marks, in text order. An unclosed mark quotes up to
/// the reporting clause or to the end of its paragraph. Furniture quotes too: of a text that is to be checked nothing is left out.
pub fn quotations(article: &Article, doc: &Document) -> Vec<Span> {
    let is_masked = vec![false; doc.len()];
    let found = quotations::find(article, doc, &Knowledge::builtin().lexicon, &is_masked);
    found.into_iter().map(|quotation| quotation.inner).collect()
}

/// The same with other knowledge, and with a scope: what counts as a statement.
pub fn extract_with(article: &Article, doc: &Document, knowledge: &Knowledge, scope: Scope) -> Record {
    extract_in_stages(article, doc, knowledge, scope, |_| ControlFlow::Continue(()))
}

/// The same, with `after` called when a stage is done; where it breaks off, the later stages find nothing. For
/// benches, which so tell the stages apart.
#[doc(hidden)]
pub fn extract_in_stages(
    article: &Article,
    doc: &Document,
    knowledge: &Knowledge,
    scope: Scope,
    mut after: impl FnMut(Stage) -> ControlFlow<()>,
) -> Record {
    if doc.text() != article.text {
        let message = "the parse is of another text".to_string();
        let diagnostics = vec![Diagnostic { span: None, message, hint: None }];
        return Record { diagnostics, ..record::empty(article, doc) };
    }
    let inferred = inferred::Inferred::read(doc, knowledge);
    let analysis = analysis::Analysis::new(article, doc, &inferred, knowledge);
    let drafts = statements::find(&analysis, &knowledge.ranker, scope);
    let found = mentions::find(&analysis, &drafts);
    let mut actors = actors::named(&analysis, &found);
    let order = order::Order::read(&analysis, &found, &actors);
    coreference::resolve(&analysis, &found, &drafts, &order, &mut actors);
    let (mut record, anchors) = record::build(&analysis, drafts, &found, &order, &actors);
    let out_of_order = order.diagnostic(&analysis, &found);
    record.is_out_of_order = out_of_order.is_some();
    record.diagnostics.extend(out_of_order);
    let reported = reported::words(&analysis, &record);
    for stage in Stage::ALL {
        match stage {
            Stage::Statements => {}
            Stage::Codes => codes::fill(&analysis, &mut record),
            Stage::Time => (record.timexes, record.inferred_date) = time::find(&analysis, &knowledge.time),
            Stage::Quantities => record.quantities = quantities::find(&analysis, &record.timexes),
            Stage::Events => events::find(&analysis, &found, &anchors, &reported, &mut record),
            Stage::Stances => record.stances = stances::find(&analysis, &reported, &record),
        }
        if after(stage).is_break() {
            break;
        }
    }
    record
}
