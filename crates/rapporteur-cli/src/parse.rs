//! `rapporteur parse`.

use crate::arguments::{Format, ParseArguments};
use crate::failure::Failure;
use crate::{Outcome, terminal};
use rapporteur_view::annotation;
use std::io::{self, Write};

pub(crate) fn run(arguments: &ParseArguments) -> Result<Outcome, Failure> {
    let mut stdout = io::stdout().lock();
    let mut n_written = 0usize;
    let skipped = rapporteur_engine::annotate(
        &arguments.inputs(),
        &arguments.options(),
        |article, doc| match arguments.format {
            Format::Jsonl => annotation::jsonl_line(&article.name, doc) + "\n",
            Format::Conllu => annotation::conllu(&article.name, doc),
            Format::Text => annotation::text(&article.name, doc),
        },
        |annotation| {
            n_written += 1;
            let written = stdout.write_all(annotation.as_bytes()).and_then(|()| stdout.flush());
            written.map_err(|error| Failure::output(&error))
        },
    )?;
    terminal::say_skipped(&skipped);
    match (n_written, skipped.len()) {
        (0, 0) => Ok(Outcome::NothingFound),
        (0, _) => Err(Failure::new("none of the inputs could be read")),
        _ => Ok(Outcome::Done),
    }
}
