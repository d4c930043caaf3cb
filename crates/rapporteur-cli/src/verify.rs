//! `rapporteur verify`: does what a text quotes stand in a case, or in a pile?

use crate::arguments::VerifyArguments;
use crate::failure::Failure;
use crate::progress::Bar;
use crate::{Outcome, terminal};
use rapporteur_engine::case::Case;
use rapporteur_engine::verify::{in_case, in_pile};
use rapporteur_view::verified::{to_json, to_text};

pub(crate) fn run(arguments: &VerifyArguments) -> Result<Outcome, Failure> {
    let (texts, options) = (arguments.texts(), arguments.options());
    let (verified, skipped) = match arguments.case() {
        Some(path) => {
            let case = Case::open(path).map_err(rapporteur_engine::Error::from)?;
            in_case(&texts, &case, &options)?
        }
        None => {
            let bar = Bar::new("reading");
            let verified = in_pile(&texts, &arguments.pile(), &options, &|progress| bar.show(progress));
            bar.finish();
            verified?
        }
    };
    terminal::say_skipped(&skipped);
    let told = if arguments.json {
        to_json(&verified, &skipped, arguments.strict)?
    } else {
        to_text(&verified, arguments.strict, terminal::style())
    };
    terminal::write_data(&told)?;
    let checks: Vec<_> = verified.iter().flat_map(|one| &one.checks).collect();
    Ok(if checks.is_empty() {
        Outcome::NothingFound
    } else if checks.iter().all(|check| check.holds(arguments.strict)) {
        Outcome::Done
    } else {
        Outcome::DoesNotHold
    })
}
