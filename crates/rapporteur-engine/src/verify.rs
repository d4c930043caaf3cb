//! Does what a text quotes stand in a case, or in a pile?

pub use rapporteur_verify::{Check, CheckKind, Difference, DifferenceKind, Verdict, Verified};

use crate::case::{Case, ReadInto, read_into};
use crate::{Error, Input, Options, Progress};
use rapporteur_model::{Instant, Skipped};
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
    let folder = tempfile::tempdir().map_err(|error| Error::new(format!("no folder for the pile: {error}")))?;
    let path = folder.path().join("pile.case");
    // When it was read is told to nobody.
    let now = || Instant::new("1970-01-01T00:00:00Z");
    let done = read_into(&path, pile, options, ReadInto::default(), &now, on_progress)?;
    let (verified, mut skipped) = in_case(inputs, &Case::open(&path)?, options)?;
    skipped.splice(0..0, done.skipped);
    Ok((verified, skipped))
}
