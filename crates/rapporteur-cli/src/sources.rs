//! `rapporteur sources` and `rapporteur articles`: what needs no language model.

use crate::arguments::{ArticlesArguments, SourcesArguments};
use crate::failure::Failure;
use crate::progress::Bar;
use crate::{Outcome, case, terminal};
use rapporteur_model::{Article, Skipped};
use rapporteur_view::{articles, json, sources};
use std::io::{self, Write};

/// Where the texts come from, and which count once.
pub(crate) fn run(arguments: &SourcesArguments) -> Result<Outcome, Failure> {
    if let Some(path) = arguments.only_input().filter(|path| case::is_case(path)) {
        return case::sources(path, arguments.limit, arguments.json);
    }
    let bar = Bar::new("reading");
    let quoted = |story: &_| sources::cited_places(story).cloned().collect();
    let lineage = rapporteur_engine::lineage(&arguments.inputs(), &arguments.options(), quoted, &|p| bar.show(p));
    bar.finish();
    let lineage = lineage?;
    terminal::say_skipped(&lineage.skipped);
    terminal::say(&read_and_skipped(lineage.articles.len(), &lineage.skipped));
    if lineage.articles.is_empty() && !lineage.skipped.is_empty() {
        return Err(Failure::new("none of the inputs could be read"));
    }
    let sources = sources::sources(&lineage.articles, &lineage.story, &lineage.skipped, &|place| lineage.words(place))?;
    let data = if arguments.json { sources::to_json(&sources)? } else { sources::to_text(&sources, terminal::style()) };
    terminal::write_data(&data)?;
    Ok(if lineage.articles.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}

/// What became of the inputs.
pub(crate) fn articles(arguments: &ArticlesArguments) -> Result<Outcome, Failure> {
    let bar = Bar::new("reading");
    let (as_json, width) = (arguments.json, terminal::style().width);
    let render = |article: Article| {
        if as_json { json::article_line(&article) } else { Ok(articles::line(&article, width)) }
    };
    let mut stdout = io::BufWriter::new(io::stdout().lock());
    let mut n_read = 0;
    let write = |line: Result<String, rapporteur_view::Error>| {
        n_read += 1;
        stdout.write_all(line?.as_bytes()).map_err(|error| Failure::output(&error))
    };
    let options = arguments.options();
    let skipped = rapporteur_engine::articles(&arguments.inputs(), &options, render, &|p| bar.show(p), write);
    bar.finish();
    stdout.flush().map_err(|error| Failure::output(&error))?;
    let mut skipped = skipped?;
    skipped.sort();
    terminal::say_skipped(&skipped);
    terminal::say(&read_and_skipped(n_read, &skipped));
    match (n_read, skipped.len()) {
        (0, 0) => Ok(Outcome::NothingFound),
        (0, _) => Err(Failure::new("none of the inputs could be read")),
        _ => Ok(Outcome::Done),
    }
}

/// "12 articles read, 3 inputs skipped".
fn read_and_skipped(n_read: usize, skipped: &[Skipped]) -> String {
    let count = |n: usize, noun: &str| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
    format!("{} read, {} skipped", count(n_read, "article"), count(skipped.len(), "input"))
}
