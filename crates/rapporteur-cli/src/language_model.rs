//! `rapporteur model`.

use crate::arguments::ModelCommand;
use crate::failure::Failure;
use crate::{Outcome, terminal};
use rapporteur_engine::language_model::{self, PACKAGE, Status, VERSION};

pub(crate) fn run(command: &ModelCommand) -> Result<Outcome, Failure> {
    match command {
        ModelCommand::Install => {
            let folder = language_model::install(&terminal::say)?;
            terminal::write_data(&format!("{}\n", folder.display()))?;
            Ok(Outcome::Done)
        }
        ModelCommand::Path(argument) => {
            let folder = language_model::folder(argument.model.as_deref())?;
            terminal::write_data(&format!("{}\n", folder.display()))?;
            Ok(Outcome::Done)
        }
        ModelCommand::Status(argument) => status(&language_model::status(argument.model.as_deref())?),
    }
}

fn status(status: &Status) -> Result<Outcome, Failure> {
    match status {
        Status::Installed { folder } => {
            terminal::write_data(&format!("installed: {PACKAGE} {VERSION} in {}\n", folder.display()))?;
            Ok(Outcome::Done)
        }
        Status::Given { folder } => {
            terminal::write_data(&format!("given: {}\n", folder.display()))?;
            Ok(Outcome::Done)
        }
        Status::Missing { folder } => {
            terminal::write_data(&format!("missing: {PACKAGE} {VERSION} is not in {}\n", folder.display()))?;
            terminal::say("hint: `rapporteur model install` fetches it");
            Ok(Outcome::NothingFound)
        }
        Status::Damaged { folder, reason } => Err(Failure::with_hint(
            format!("the language model in {} is damaged: {reason}", folder.display()),
            "`rapporteur model install` replaces it",
        )),
    }
}
