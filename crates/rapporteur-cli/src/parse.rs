//! `rapporteur parse`.

use crate::arguments::{Format, ParseArguments};
use crate::failure::Failure;
use crate::{Outcome, terminal};
use rapporteur_view::annotation;
use std::io::{self, Write};

pub(crate) fn run(arguments: &ParseArguments) -> Result<Outcome, Failure> {
    let mut stdout = io::stdout().lock();
    let mut n_written = 0usize;
    let mut refused = None;
    let skipped = rapporteur_engine::annotate(&arguments.inputs(), &arguments.options(), &mut |article, doc| {
        let annotation = match arguments.format {
            Format::Jsonl => annotation::jsonl_line(&article.name, doc) + "\n",
            Format::Conllu => annotation::conllu(&article.name, doc),
            Format::Text => annotation::text(&article.name, doc),
        };
        n_written += 1;
        let written = stdout.write_all(annotation.as_bytes()).and_then(|()| stdout.flush());
        // The engine stops at an error and tells of it in its own words; what went wrong with the
        // output is for us to say.
        written.inspect_err(|error| refused = Some(Failure::output(error)))
    });
    if let Some(failure) = refused {
        return Err(failure);
    }
    let skipped = skipped?;
    terminal::say_skipped(&skipped);
    match (n_written, skipped.len()) {
        (0, 0) => Ok(Outcome::NothingFound),
        (0, _) => Err(Failure::new("none of the inputs could be read")),
        _ => Ok(Outcome::Done),
    }
}
