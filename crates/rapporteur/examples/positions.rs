//! Who holds what on which issue, with the words that say so.
//!
//! `cargo run -p rapporteur --example positions -- examples/coverage`

use rapporteur::{Case, Error, Input, ItemQuery, Options, TargetLayer};
use std::fmt::Write;

fn main() -> Result<(), Error> {
    let inputs: Vec<Input> = std::env::args_os().skip(1).map(Input::Location).collect();
    print!("{}", positions(&inputs, &Options::default())?);
    Ok(())
}

/// The positions of a pile.
pub(crate) fn positions(inputs: &[Input], options: &Options) -> Result<String, Error> {
    let (case, _) = Case::of_pile(inputs, options)?;
    let mut told = String::new();
    for position in case.items(TargetLayer::Position, &ItemQuery::first(100))?.items {
        let (Some(party), Some(issue), Some(stance)) = (position.party, position.issue, position.kind) else {
            continue;
        };
        let _ = writeln!(told, "{} on {}: {stance}", party.label, issue.label);
        position.places.iter().for_each(|place| {
            let _ = writeln!(told, "  {}: “{}”", place.article.name, place.exact);
        });
    }
    Ok(told)
}
