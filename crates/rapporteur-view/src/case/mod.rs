//! What does a case say? [`ask`] puts a question to it, [`to_text`] and [`to_json`] write the answer.
//!
//! Answers come out of the file as they stand there: nothing is read or told again, so that they are there at once however
//! large the case is. Every list is bounded and says how many there are in all.

mod json;
mod lines;
mod log;
mod sql;
mod text;

pub use json::to_json;
pub(crate) use json::{PlaceJson, place as place_json};
pub use lines::{act, circumstances, is_single, strings, supported, told};
pub use log::{correction_of, log_line, log_schema, run_json, run_text};
pub use sql::{sql_json, sql_text};
pub use text::to_text;

use rapporteur_model::{Correction, Orphan, TargetLayer};
use rapporteur_store::{
    Case, Change, Error, ItemQuery, Items, Problem, Run, SearchQuery, Shown, Sources, Summary, TextHit,
};

/// A question to a case.
#[derive(Debug, Clone)]
pub enum Question {
    /// The state of play: the first of everything.
    Brief,
    /// Items of one layer: who there is, positions, what happened when, tensions.
    Items(TargetLayer, ItemQuery),
    /// Where the texts come from; of one article, or of all.
    Sources {
        /// Its id, name or location.
        article: Option<String>,
        /// At most so many articles, and so many pairs.
        limit: usize,
    },
    /// Words, phrases, speakers, parties, classes, days.
    Search {
        /// What is searched for.
        query: SearchQuery,
        /// At most so many utterances, and so many articles.
        limit: usize,
    },
    /// What an id leads to, with all of its words.
    Show(String),
    /// What changed since a run; by default by the last one.
    Changes(Option<i64>),
    /// The log of corrections.
    Corrections {
        /// Only those that hold on nothing.
        is_orphaned: bool,
    },
    /// What was done to the case.
    Runs,
    /// Whether it is whole.
    Check,
}

/// What a case says.
#[derive(Debug, Clone)]
pub enum Answer {
    /// The state of play.
    Brief(Box<State>),
    /// Items of one layer.
    Items(TargetLayer, Items),
    /// Where the texts come from.
    Sources(Sources),
    /// What was searched for.
    Found {
        /// The acts of speech with all of it.
        utterances: Items,
        /// Paragraphs of articles.
        texts: Vec<TextHit>,
        /// Whether there are more articles.
        is_more: bool,
    },
    /// What an id leads to; `None` where it leads to nothing.
    Shown(Option<Shown>),
    /// What changed.
    Changes {
        /// The run since which.
        since: i64,
        /// The changes.
        changes: Vec<Change>,
    },
    /// The log.
    Corrections(Vec<(Correction, Option<Orphan>)>),
    /// What was done.
    Runs(Vec<Run>),
    /// What is wrong with the case.
    Check(Vec<Problem>),
}

/// The first of everything.
#[derive(Debug, Clone)]
pub struct State {
    /// What the case holds.
    pub summary: Summary,
    /// Who speaks most.
    pub actors: Items,
    /// Positions on the issues that most articles speak of.
    pub positions: Items,
    /// What most independent origins report.
    pub utterances: Items,
    /// The end of the timeline.
    pub timeline: Items,
    /// Where accounts cannot all stand.
    pub tensions: Items,
}

/// Items of each layer that a brief has.
const N_BRIEF: usize = 10;
/// Places of each item of a brief.
const N_BRIEF_PLACES: usize = 5;
/// Places of each item in a list.
const N_LISTED_PLACES: usize = 12;
/// Places of an item that is shown.
const N_SHOWN_PLACES: usize = 1_000;

impl Answer {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        match self {
            Answer::Brief(state) => state.summary.n_articles == 0,
            Answer::Items(_, items) => items.items.is_empty(),
            Answer::Sources(sources) => sources.articles.is_empty(),
            Answer::Found { utterances, texts, .. } => utterances.items.is_empty() && texts.is_empty(),
            Answer::Shown(shown) => shown.is_none(),
            Answer::Changes { changes, .. } => changes.is_empty(),
            Answer::Corrections(log) => log.is_empty(),
            Answer::Runs(runs) => runs.is_empty(),
            Answer::Check(problems) => !problems.is_empty(),
        }
    }
}

/// What the case says to a question.
///
/// # Errors
/// If the file cannot be read or is damaged.
pub fn ask(case: &Case, question: &Question) -> Result<Answer, Error> {
    case.at_one_moment(|case| answer(case, question))
}

fn answer(case: &Case, question: &Question) -> Result<Answer, Error> {
    Ok(match question {
        Question::Brief => Answer::Brief(Box::new(state(case)?)),
        Question::Items(layer, query) => {
            Answer::Items(*layer, case.items(*layer, &ItemQuery { n_places: N_LISTED_PLACES, ..query.clone() })?)
        }
        Question::Sources { article, limit } => Answer::Sources(case.sources(article.as_deref(), *limit)?),
        Question::Search { query, limit } => {
            let (texts, is_more) = case.search_texts(query, *limit)?;
            Answer::Found { utterances: case.search_utterances(query, *limit, 0, N_LISTED_PLACES)?, texts, is_more }
        }
        Question::Show(id) => Answer::Shown(case.show(id, N_SHOWN_PLACES)?),
        Question::Changes(since) => {
            let since = match since {
                Some(since) => *since,
                None => case.runs()?.last().map_or(0, |run| run.number - 1),
            };
            Answer::Changes { since, changes: case.changes(since)? }
        }
        Question::Corrections { is_orphaned } => {
            let orphans = case.orphans()?;
            let with_orphan = |entry: Correction| {
                let orphan = orphans.iter().find(|orphan| orphan.correction == entry.id).cloned();
                (entry, orphan)
            };
            let log = case.corrections()?.into_iter().map(with_orphan);
            Answer::Corrections(log.filter(|(_, orphan)| !is_orphaned || orphan.is_some()).collect())
        }
        Question::Runs => Answer::Runs(case.runs()?),
        Question::Check => Answer::Check(case.check()?),
    })
}

fn state(case: &Case) -> Result<State, Error> {
    let first = |layer, limit, offset| {
        case.items(layer, &ItemQuery { limit, offset, n_places: N_BRIEF_PLACES, ..ItemQuery::default() })
    };
    let summary = case.summary()?;
    let n_timeline = summary.n_items[5];
    Ok(State {
        actors: first(TargetLayer::Actor, N_BRIEF, 0)?,
        positions: first(TargetLayer::Position, N_BRIEF, 0)?,
        utterances: first(TargetLayer::Utterance, N_BRIEF, 0)?,
        timeline: first(TargetLayer::Timeline, N_BRIEF, n_timeline.saturating_sub(N_BRIEF))?,
        tensions: first(TargetLayer::Tension, N_BRIEF, 0)?,
        summary,
    })
}
