//! `rapporteur mcp`: a case for language models.

use crate::Outcome;
use crate::arguments::McpArguments;
use crate::failure::Failure;

pub(crate) fn run(arguments: &McpArguments) -> Result<Outcome, Failure> {
    rapporteur_mcp::serve(&arguments.case, arguments.options())?;
    Ok(Outcome::Done)
}
