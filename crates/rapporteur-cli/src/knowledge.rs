//! `rapporteur knowledge`.

use crate::arguments::KnowledgeArguments;
use crate::failure::Failure;
use crate::{Outcome, terminal};
use rapporteur_engine::knowledge::files;

pub(crate) fn run(arguments: &KnowledgeArguments) -> Result<Outcome, Failure> {
    match &arguments.file {
        None => terminal::write_data(&list())?,
        Some(name) => {
            let file = files().find(|(known, _)| known == name);
            let (_, text) = file.ok_or_else(|| {
                Failure::with_hint(format!("no data file is named {name}"), "`rapporteur knowledge` lists them")
            })?;
            terminal::write_data(text)?;
        }
    }
    Ok(Outcome::Done)
}

/// A line for each file: its name and what its head says first.
fn list() -> String {
    let width = files().map(|(name, _)| name.len()).max().unwrap_or_default();
    files().map(|(name, text)| format!("{name:width$}  {}\n", first_sentence(text))).collect()
}

/// The first sentence of a file's head comment.
fn first_sentence(text: &str) -> String {
    let head = text.lines().map_while(|line| line.strip_prefix('#')).map(str::trim).take_while(|line| !line.is_empty());
    let head = head.collect::<Vec<_>>().join(" ");
    head.split_once(". ").map_or_else(|| head.clone(), |(first, _)| format!("{first}."))
}
