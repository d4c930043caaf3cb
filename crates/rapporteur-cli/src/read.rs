//! `rapporteur read`, and what `demo` shares with it.

use crate::arguments::ReadArguments;
use crate::failure::Failure;
use crate::page_file::Kind;
use crate::progress::Bar;
use crate::{Outcome, case, page_file, terminal};
use rapporteur_engine::{Input, Options};
use rapporteur_model::{Reading, Record};
use rapporteur_view::{brief, html, json};
use std::path::Path;

pub(crate) fn run(arguments: &ReadArguments) -> Result<Outcome, Failure> {
    if let Some(path) = &arguments.case {
        return case::read(arguments, path);
    }
    let page = arguments.html.as_deref();
    let reading = read(&arguments.inputs(), &arguments.options(), page)?;
    show(&reading, arguments.json, page)
}

/// Reads the inputs, with a progress bar on a terminal; fails first where `page` cannot be written.
pub(crate) fn read(inputs: &[Input], options: &Options, page: Option<&Path>) -> Result<Reading, Failure> {
    if let Some(page) = page {
        page_file::check(page, Kind::Page)?;
        let named = inputs.iter().filter_map(|input| match input {
            Input::Location(location) => Some(Path::new(location)),
            Input::Bytes { .. } => None,
        });
        page_file::check_is_no_input(page, named)?;
    }
    let bar = Bar::new("reading");
    let reading = rapporteur_engine::read(inputs, options, &|progress| bar.show(progress));
    bar.finish();
    let reading = reading?;
    terminal::say_skipped(&reading.skipped);
    if reading.articles.is_empty() && !reading.skipped.is_empty() {
        return Err(Failure::new("none of the inputs could be read"));
    }
    if let Some(page) = page {
        // A folder or a pattern may have led to it.
        page_file::check_is_no_input(page, reading.articles.iter().map(|article| Path::new(&article.location)))?;
    }
    Ok(reading)
}

/// Writes the reading in the forms that were asked for.
pub(crate) fn show(reading: &Reading, as_json: bool, page: Option<&Path>) -> Result<Outcome, Failure> {
    let data =
        if as_json { json::to_json(reading)? } else { brief::to_text(&brief::brief(reading)?, terminal::style()) };
    let written = terminal::write_data(&data);
    // The page is asked for whether or not somebody reads the brief to its end.
    if let Some(path) = page {
        page_file::write(path, html::to_html(reading)?.as_bytes())?;
        terminal::say(&format!("wrote {}", path.display()));
    }
    written?;
    let is_found =
        |record: &Record| !(record.statements.is_empty() && record.events.is_empty() && record.stances.is_empty());
    Ok(if reading.records.iter().any(is_found) { Outcome::Done } else { Outcome::NothingFound })
}
