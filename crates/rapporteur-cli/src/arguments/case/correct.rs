//! The arguments by which something is put right.

use super::SignedArguments;
use crate::arguments::EngineArguments;
use clap::{Args, Subcommand, ValueEnum};
use rapporteur_engine::Options;
use rapporteur_engine::case::Draft;
use rapporteur_model::{Credibility, Reliability, StatementClass};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct CorrectArguments {
    /// File of a case, as `rapporteur read --case` makes it
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    #[command(subcommand)]
    pub(crate) act: Act,
    /// Write what was done as JSON (docs/JSON.md describes it)
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) signed: SignedArguments,
    #[command(flatten)]
    engine: EngineArguments,
}

/// What is put right.
#[derive(Debug, Subcommand)]
pub(crate) enum Act {
    /// Actors, utterances or happenings are one
    Merge {
        /// Those that are one
        #[arg(value_name = "ID", required = true, num_args = 2..)]
        ids: Vec<String>,
    },
    /// An actor, an utterance or a happening is two
    Split {
        /// What it was
        #[arg(value_name = "ID")]
        id: String,
        /// An article that speaks of the other one; several times for several
        #[arg(long = "article", value_name = "ARTICLE", required = true)]
        articles: Vec<String>,
    },
    /// An actor or an issue has another name
    Rename {
        /// Which
        #[arg(value_name = "ID")]
        id: String,
        /// Its name
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Somebody else says it
    Attribute {
        /// An utterance
        #[arg(value_name = "ID")]
        id: String,
        /// An actor's id or name, or somebody new
        #[arg(long, value_name = "ACTOR", required_unless_present = "nobody", conflicts_with = "nobody")]
        speaker: Option<String>,
        /// Nobody that can be told
        #[arg(long)]
        nobody: bool,
    },
    /// It is wrong, and counts no more
    Reject {
        /// What
        #[arg(value_name = "ID")]
        id: String,
    },
    /// It was looked at and is right
    Accept {
        /// What
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Put a remark on something
    Note {
        /// What: an item, an article, an outlet
        #[arg(value_name = "ID")]
        id: String,
        /// The remark
        #[arg(value_name = "TEXT")]
        text: String,
    },
    /// Put a word of your own on something
    Tag {
        /// What: an item, an article, an outlet
        #[arg(value_name = "ID")]
        id: String,
        /// The word
        #[arg(value_name = "TAG")]
        tag: String,
    },
    /// Rate a source or what it reports, on the Admiralty scale
    Rate {
        /// An article or an outlet, or an item of the story
        #[arg(value_name = "ID")]
        id: String,
        /// Of a source: A completely, B usually, C fairly reliable, D not usually, E unreliable, F cannot be judged
        #[arg(long, value_enum, value_name = "A-F", hide_possible_values = true, ignore_case = true)]
        reliability: Option<ReliabilityArgument>,
        /// Of information: 1 confirmed, 2 probably, 3 possibly true, 4 doubtful, 5 improbable, 6 cannot be judged
        #[arg(long, value_name = "1-6", value_parser = credibility)]
        credibility: Option<Credibility>,
    },
    /// Add a statement that was not found, by its words
    Add {
        /// The article's id, location, or a name that only it has
        #[arg(value_name = "ARTICLE")]
        article: String,
        /// The words as they stand there
        #[arg(value_name = "WORDS")]
        words: String,
        /// Who says it: an actor's id or name, or somebody new
        #[arg(long, value_name = "ACTOR")]
        speaker: Option<String>,
        /// What kind of act it is: speech, demand, offer, refusal, threat, denial …
        #[arg(long, value_name = "CLASS", default_value = "speech", value_parser = class)]
        class: StatementClass,
    },
    /// Take an entry of the log back
    Undo {
        /// Which
        #[arg(value_name = "CORRECTION")]
        id: String,
    },
    /// List the log
    List {
        /// Only entries that hold on nothing any more
        #[arg(long)]
        orphaned: bool,
    },
    /// Write the log as JSON Lines
    Export,
    /// Add the entries of another log
    Import {
        /// A file of JSON Lines, or `-` for standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// A grade of reliability.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReliabilityArgument {
    A,
    B,
    C,
    D,
    E,
    F,
}

impl From<ReliabilityArgument> for Reliability {
    fn from(grade: ReliabilityArgument) -> Self {
        match grade {
            ReliabilityArgument::A => Reliability::A,
            ReliabilityArgument::B => Reliability::B,
            ReliabilityArgument::C => Reliability::C,
            ReliabilityArgument::D => Reliability::D,
            ReliabilityArgument::E => Reliability::E,
            ReliabilityArgument::F => Reliability::F,
        }
    }
}

impl Act {
    /// The correction; `None` where the log is only looked at or taken in.
    pub(crate) fn draft(&self) -> Option<Draft> {
        Some(match self {
            Act::Merge { ids } => Draft::Merge(ids.clone()),
            Act::Split { id, articles } => Draft::Split(id.clone(), articles.clone()),
            Act::Rename { id, name } => Draft::Rename(id.clone(), name.clone()),
            Act::Attribute { id, speaker, .. } => Draft::Attribute(id.clone(), speaker.clone()),
            Act::Reject { id } => Draft::Reject(id.clone()),
            Act::Accept { id } => Draft::Accept(id.clone()),
            Act::Note { id, text } => Draft::Note(id.clone(), text.clone()),
            Act::Tag { id, tag } => Draft::Tag(id.clone(), tag.clone()),
            Act::Rate { id, reliability, credibility } => {
                Draft::Rate(id.clone(), reliability.map(Reliability::from), *credibility)
            }
            Act::Add { article, words, speaker, class } => {
                Draft::Add(article.clone(), words.clone(), speaker.clone(), *class)
            }
            Act::Undo { id } => Draft::Undo(id.clone()),
            Act::List { .. } | Act::Export | Act::Import { .. } => return None,
        })
    }
}

impl CorrectArguments {
    pub(crate) fn options(&self) -> Options {
        self.engine.options()
    }
}

fn credibility(text: &str) -> Result<Credibility, String> {
    let number: u8 = text.parse().map_err(|_| "write a number from 1 to 6".to_string())?;
    Credibility::try_from(number)
}

fn class(text: &str) -> Result<StatementClass, String> {
    let known = StatementClass::ALL.into_iter().find(|class| class.name() == text.to_lowercase());
    let names = || StatementClass::ALL.map(StatementClass::name).join(", ");
    known.ok_or_else(|| format!("classes are {}", names()))
}
