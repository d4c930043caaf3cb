//! A case of some of the articles of a folder.

use crate::Error;
use crate::manifest::{Manifest, Part};
use crate::stored::each_article;
use crate::tables::{ARTICLES, N_ASKED};
use rapporteur_engine::Options;
use rapporteur_engine::case::{ArticleFilter, Clock, Done, Incoming, RECORD_FORMAT, keep, words_told};
use std::path::Path;

/// Articles of which the condition is asked together.
const BATCH_ARTICLES: usize = 1_024;

/// Puts the articles of a folder that fulfil a condition into the case at `path`, which is made where there is none. The
/// condition is SQL over the columns of `articles` up to `text`, as it stands behind `WHERE`; without one all are meant. The
/// case is the same as if it had read these articles; of their bytes it has the hash.
///
/// # Errors
/// If the folder is none, its articles were read with other words or by another version of the program, the condition is
/// none, or the case cannot be written.
pub fn cut(
    folder: &Path,
    condition: Option<&str>,
    path: &Path,
    options: &Options,
    clock: Clock<'_>,
) -> Result<Done, Error> {
    let (settings, parts) = Manifest::look(folder)?;
    if settings.record_format != RECORD_FORMAT {
        let hint = "read the inputs anew with `rapporteur bulk`, into another folder";
        return Err(Error::new(format!("{}: made by {}", folder.display(), settings.program)).with_hint(hint));
    }
    if settings.words != words_told(options)? {
        let hint = "give the --scope and the --knowledge with which the folder was made";
        return Err(Error::new(format!("{}: read with other words", folder.display())).with_hint(hint));
    }
    let columns: Vec<&str> = ARTICLES.columns[..N_ASKED].iter().map(|column| column.name).collect();
    let mut filter = condition.map(|condition| ArticleFilter::new(&columns, condition)).transpose()?;
    // A partition at a time: what is not meant is not held.
    let wanted = parts.iter().flat_map(|part| match of_part(folder, part, filter.as_mut()) {
        Ok(wanted) => wanted.into_iter().map(Ok).collect(),
        Err(error) => vec![Err(error.into())],
    });
    Ok(keep(path, wanted, options, clock)?)
}

/// The articles of a partition that are meant.
fn of_part(folder: &Path, part: &Part, mut filter: Option<&mut ArticleFilter>) -> Result<Vec<Incoming>, Error> {
    let (mut wanted, mut batch, mut asked) = (Vec::new(), Vec::new(), Vec::new());
    let mut sift = |batch: &mut Vec<Incoming>, asked: &mut Vec<_>| -> Result<(), Error> {
        match &mut filter {
            Some(filter) => {
                let matching = filter.matching(asked)?;
                let meant = batch.drain(..).zip(matching).filter(|(_, is_meant)| *is_meant);
                wanted.extend(meant.map(|(incoming, _)| incoming));
            }
            None => wanted.append(batch),
        }
        asked.clear();
        Ok(())
    };
    each_article(folder, part, &mut |stored| {
        let (article, record) = stored.read()?;
        batch.push(Incoming { article, original: stored.original()?, record });
        asked.push(stored.asked());
        if batch.len() >= BATCH_ARTICLES { sift(&mut batch, &mut asked) } else { Ok(()) }
    })?;
    sift(&mut batch, &mut asked)?;
    Ok(wanted)
}
