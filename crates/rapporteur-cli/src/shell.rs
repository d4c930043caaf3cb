//! `rapporteur completions` and `rapporteur man`: what a shell and a manual know of the commands.

use crate::arguments::{Arguments, CompletionsArguments, ManArguments};
use crate::failure::Failure;
use crate::{Outcome, terminal};
use clap::CommandFactory;
use std::fs;

/// Writes what a shell reads to complete commands, options and values.
pub(crate) fn completions(arguments: &CompletionsArguments) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "rapporteur", &mut script);
    terminal::write_data(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Done)
}

/// Writes a page of the manual for the program and for each command.
pub(crate) fn man(arguments: &ManArguments) -> Result<Outcome, Failure> {
    let folder = &arguments.folder;
    let fail = |error: std::io::Error| {
        Failure::with_hint(format!("{}: {error}", folder.display()), "name a folder that can be written")
    };
    fs::create_dir_all(folder).map_err(fail)?;
    clap_mangen::generate_to(Arguments::command(), folder).map_err(fail)?;
    terminal::say(&format!("wrote the pages of the manual to {}", folder.display()));
    Ok(Outcome::Done)
}
