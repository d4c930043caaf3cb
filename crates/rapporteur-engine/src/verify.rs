//! Does what a text quotes stand in a case, or in a pile?

pub use rapporteur_verify::{Check, CheckKind, Difference, DifferenceKind, Verdict, Verified};

use crate::case::{Case, Temporary};
use crate::{Error, Input, Options, Progress};
use rapporteur_model::Skipped;
use rapporteur_verify::claims;

/// Holds texts against a case. Gives the inputs that were not read with them.
///
/// # Errors
/// If the language model is missing, or the case cannot be read.
pub fn in_case(inputs: &[Input], case: &Case, options: &Options) -> Result<(Vec<Verified>, Vec<Skipped>), Error> {
    let mut texts: Vec<_> = Vec::new();
    let skipped = crate::record_each(
        inputs,
        options,
        |article, doc, record| {
            (article.clone(), claims(article, record, &rapporteur_extract::quotations(article, doc)))
        },
        |read| {
            texts.push(read);
            Ok::<(), Error>(())
        },
    )?;
    Ok((rapporteur_verify::verify(texts, case)?, skipped))
}

/// Holds texts against a pile of articles, which is read into a case that is gone afterwards.
///
/// # Errors
/// As [`in_case`], and if the pile cannot be read.
pub fn in_pile(
    inputs: &[Input],
    pile: &[Input],
    options: &Options,
    on_progress: &(dyn Fn(Progress) + Sync),
) -> Result<(Vec<Verified>, Vec<Skipped>), Error> {
    let (case, done) = Temporary::of_pile(pile, options, on_progress)?;
    let (verified, mut skipped) = in_case(inputs, &case, options)?;
    skipped.splice(0..0, done.skipped);
    Ok((verified, skipped))
}
