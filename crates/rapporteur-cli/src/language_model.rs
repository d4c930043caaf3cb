//! `rapporteur model`.

use crate::arguments::ModelCommand;
use crate::failure::Failure;
use crate::{Outcome, terminal};
use rapporteur_engine::language_model::{self, PACKAGE, Status, VERSION};
use std::path::Path;

pub(crate) fn run(command: &ModelCommand) -> Result<Outcome, Failure> {
    match command {
        ModelCommand::Install => {
            let folder = language_model::install(&terminal::say)?;
            terminal::write_data(&format!("{}\n", folder.display()))?;
            Ok(Outcome::Done)
        }
        ModelCommand::Path(argument) => {
            let folder = language_model::folder(argument.folder().as_deref())?;
            terminal::write_data(&format!("{}\n", folder.display()))?;
            Ok(Outcome::Done)
        }
        ModelCommand::Status(argument) => status(argument.folder().as_deref()),
    }
}

fn status(given: Option<&Path>) -> Result<Outcome, Failure> {
    // `install` knows nothing of a folder of the user's own.
    let hint = |of_installed: &'static str| match given {
        Some(_) => "name the folder that holds the pipeline's config.cfg, by --model or RAPPORTEUR_MODEL",
        None => of_installed,
    };
    match language_model::status(given)? {
        Status::Installed { folder } => {
            terminal::write_data(&format!("installed: {PACKAGE} {VERSION} in {}\n", folder.display()))?;
            Ok(Outcome::Done)
        }
        Status::Given { folder } => {
            terminal::write_data(&format!("given: {}\n", folder.display()))?;
            Ok(Outcome::Done)
        }
        Status::Missing { folder } => {
            let folder = folder.display();
            let what = if given.is_some() { "there is no folder" } else { &format!("{PACKAGE} {VERSION} is not in") };
            terminal::write_data(&format!("missing: {what} {folder}\n"))?;
            terminal::say_hint(hint("`rapporteur model install` fetches it"));
            Ok(Outcome::NothingFound)
        }
        Status::Damaged { folder, reason } => Err(Failure::with_hint(
            format!("the language model in {} is damaged: {reason}", folder.display()),
            hint("`rapporteur model install` replaces it"),
        )),
    }
}
