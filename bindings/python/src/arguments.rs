//! What Python hands over, as the library takes it.

use crate::error::raise_told;
use pyo3::prelude::*;
use rapporteur::case::days_of;
use rapporteur::model::{CivilDate, TargetLayer};
use rapporteur::{Input, ItemQuery, Options, Scope};
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// What is read: a dictionary of files, folders and patterns, and of texts by name.
#[derive(FromPyObject)]
pub(crate) struct Pile {
    #[pyo3(item)]
    paths: Vec<PathBuf>,
    #[pyo3(item)]
    texts: Vec<(String, Vec<u8>)>,
}

impl Pile {
    pub(crate) fn inputs(self) -> Vec<Input> {
        let paths = self.paths.into_iter().map(|path| Input::Location(path.into_os_string()));
        paths.chain(self.texts.into_iter().map(|(name, bytes)| Input::Bytes { name, bytes })).collect()
    }
}

/// How it is read: a dictionary.
#[derive(FromPyObject)]
pub(crate) struct Settings {
    #[pyo3(item)]
    model: Option<PathBuf>,
    #[pyo3(item)]
    knowledge: Option<PathBuf>,
    #[pyo3(item)]
    date: Option<String>,
    #[pyo3(item)]
    threads: Option<usize>,
    #[pyo3(item)]
    attitudes: bool,
}

impl Settings {
    pub(crate) fn options(self, py: Python<'_>) -> PyResult<Options> {
        let day = |text: String| {
            let told = format!("{text} is no date");
            let wrong = |_| raise_told(py, &told, Some("write a day of the calendar as YYYY-MM-DD"));
            CivilDate::try_from(text).map_err(wrong)
        };
        Ok(Options {
            model: self.model,
            knowledge: self.knowledge,
            date: self.date.map(day).transpose()?,
            n_threads: self.threads.and_then(NonZeroUsize::new),
            scope: if self.attitudes { Scope::Attitude } else { Scope::Statement },
            ..Options::default()
        })
    }
}

/// Which items are asked for: a dictionary.
#[derive(FromPyObject)]
pub(crate) struct Wanted {
    #[pyo3(item)]
    layer: String,
    #[pyo3(item)]
    kind: Option<String>,
    #[pyo3(item)]
    who: Option<String>,
    #[pyo3(item)]
    issue: Option<String>,
    #[pyo3(item)]
    since: Option<String>,
    #[pyo3(item)]
    until: Option<String>,
    #[pyo3(item)]
    limit: usize,
    #[pyo3(item)]
    offset: usize,
}

impl Wanted {
    pub(crate) fn query(self, py: Python<'_>) -> PyResult<(TargetLayer, ItemQuery)> {
        let known = TargetLayer::OF_STORY;
        let layer = known.into_iter().find(|layer| layer.name() == self.layer).ok_or_else(|| {
            let hint = format!("the layers are {}", known.map(TargetLayer::name).join(", "));
            raise_told(py, &format!("there is no layer {}", self.layer), Some(&hint))
        })?;
        let days = |text: Option<String>| {
            let wrong = |text: &str| {
                let hint = "write a year, a month or a day: 2024, 2024-03, 2024-03-12";
                raise_told(py, &format!("{text} is no date"), Some(hint))
            };
            text.map(|text| days_of(&text).ok_or_else(|| wrong(&text))).transpose()
        };
        let query = ItemQuery {
            kind: self.kind,
            who: self.who,
            issue: self.issue,
            from: days(self.since)?.map(|(first, _)| first),
            to: days(self.until)?.map(|(_, last)| last),
            offset: self.offset,
            ..ItemQuery::first(self.limit)
        };
        Ok((layer, query))
    }
}
