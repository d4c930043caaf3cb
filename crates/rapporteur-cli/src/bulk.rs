//! `rapporteur bulk` and `rapporteur case`: millions of articles into a folder, and some of them into a case.

use crate::arguments::{BulkArguments, CutArguments};
use crate::case::{now, tell};
use crate::failure::Failure;
use crate::progress::Bar;
use crate::{Outcome, terminal};
use rapporteur_bulk::Plan;
use rapporteur_view::{count, thousands};

pub(crate) fn run(arguments: &BulkArguments) -> Result<Outcome, Failure> {
    let options = arguments.options();
    let plan = Plan { folder: arguments.out.clone(), n_partition: arguments.partition };
    let bar = Bar::new("reading");
    let done = rapporteur_bulk::read(&arguments.inputs(), &plan, &options, &|progress| bar.show(progress));
    bar.finish();
    let done = done?;
    let known = if done.n_known > 0 { format!(", {} of them known", thousands(done.n_known)) } else { String::new() };
    let mut told = format!(
        "{}{known}: {}, {}, {} skipped\n",
        count(done.n_known + done.n_made, "partition"),
        count(done.n_articles, "article"),
        count(done.n_records, "record"),
        thousands(done.n_skipped),
    );
    if !arguments.no_links && done.n_articles > 0 {
        terminal::say("relating the texts of all articles");
        let related = rapporteur_bulk::relate(&plan.folder, &options, &|_| {})?;
        told.push_str(&format!(
            "{}, {}, {}\n",
            count(related.n_origins, "independent origin"),
            count(related.n_links, "link"),
            count(related.n_passages, "passage"),
        ));
    }
    terminal::write_data(&told)?;
    Ok(if done.n_articles == 0 { Outcome::NothingFound } else { Outcome::Done })
}

/// Puts articles of a folder into a case.
pub(crate) fn cut(arguments: &CutArguments) -> Result<Outcome, Failure> {
    let options = arguments.options();
    let condition = arguments.condition.as_deref();
    let done = rapporteur_bulk::cut(&arguments.from, condition, &arguments.case, &options, &now)?;
    let is_empty = done.n_added + done.n_known == 0;
    tell(&done, arguments.json)?;
    Ok(if is_empty { Outcome::NothingFound } else { Outcome::Done })
}
