//! The arguments of the commands that ask a case or put it right.

use super::EngineArguments;
use clap::{Args, Subcommand, ValueEnum};
use rapporteur_engine::Options;
use rapporteur_engine::case::{Draft, ItemQuery};
use rapporteur_model::{Credibility, Reliability, StatementClass, TargetLayer};
use rapporteur_view::case::Question;
use std::path::PathBuf;

pub(super) const BRIEF_EXAMPLES: &str = "\
Shows the state of play in a case: how much it holds, who speaks most, positions, what most independent origins \
report, where accounts cannot all stand, and the end of the timeline. (!) marks what may rest on one origin alone. The \
dim line under each item is its id, which `show` and `correct` take.

Examples:
  rapporteur brief talks.case
  rapporteur brief talks.case --json | jq .answer.summary

Exit codes: 0 done, 1 nothing found, 2 failed.";

pub(super) const WHO_EXAMPLES: &str = "\
Shows who is spoken of, those that speak most first: names, the state or organisation for which somebody speaks, a role, \
and how much is said by and of each.

Examples:
  rapporteur who talks.case
  rapporteur who talks.case Karsk --kind person

Exit codes: 0 done, 1 nothing found, 2 failed.";

pub(super) const POSITIONS_EXAMPLES: &str = "\
Shows what each party holds on each issue, in its exact words: demands, offers, refusals, threats and others, by time, \
with what they depend on and where a party came to hold something else.

Examples:
  rapporteur positions talks.case
  rapporteur positions talks.case --party Karsk --issue customs

Exit codes: 0 done, 1 nothing found, 2 failed.";

pub(super) const TIMELINE_EXAMPLES: &str = "\
Shows what has a date, by time: what happened, what was said, what is planned, what lies behind.

Examples:
  rapporteur timeline talks.case
  rapporteur timeline talks.case --from 2024-03-12 --to 2024-03-15 --kind happening

Exit codes: 0 done, 1 nothing found, 2 failed.";

pub(super) const TENSIONS_EXAMPLES: &str = "\
Shows where accounts cannot all stand as written, with the words of each side, and what changed over time.

Examples:
  rapporteur tensions talks.case
  rapporteur tensions talks.case --kind number --json

Exit codes: 0 done, 1 nothing found, 2 failed.";

pub(super) const SHOW_EXAMPLES: &str = "\
Shows what an id leads to, with all of its words: an item of the story, also by an id that it had before, an article with \
its text, a correction, or the gap that an article has left.

Examples:
  rapporteur show talks.case person/oren-vale
  rapporteur show talks.case meridian-press

Exit codes: 0 done, 1 nothing found, 2 failed.";

pub(super) const RUNS_EXAMPLES: &str = "\
Lists what was done to a case: when, by which version of the program, with which settings, and what came of it.

Examples:
  rapporteur runs talks.case --json

Exit codes: 0 done, 1 nothing found, 2 failed.";

pub(super) const SEARCH_EXAMPLES: &str = "\
Finds acts of speech and paragraphs. Words are found in whatever form (sanction finds sanctions), and all of them must be \
there; a phrase in quotation marks must stand just so. Fields narrow it to acts of speech: speaker:NAME, party:NAME, \
class:CLASS (speech, demand, offer, refusal, threat, denial …), and to days: from:DATE, to:DATE, date:DATE, with a \
year, a month or a day.

Examples:
  rapporteur search talks.case boats strait
  rapporteur search talks.case '\"six months\"'
  rapporteur search talks.case party:Karsk class:demand from:2024-03-01
  rapporteur search talks.case speaker:\"Oren Vale\" --json

Exit codes: 0 done, 1 nothing found, 2 failed.";

pub(super) const CORRECT_EXAMPLES: &str = "\
Puts something right by hand. A correction is an entry of a log that is only ever added to: it names what it is about by \
words of articles, is replayed whenever the story is told, and holds when articles are added or read again. One whose words \
are gone is listed as orphaned. Undo is another entry. Two people join their work by exporting and importing the log.

IDs stand under what the other commands show. Reliability is that of a source, from A (completely reliable) to F (cannot \
be judged); credibility is that of information, from 1 (confirmed) to 6 (cannot be judged).

Examples:
  rapporteur correct talks.case merge person/oren-vale person/vale
  rapporteur correct talks.case split person/vale --article blog
  rapporteur correct talks.case attribute utterance/36682836295b550d/s150-225 --speaker \"Oren Vale\"
  rapporteur correct talks.case reject utterance/36682836295b550d/s150-225 --because \"a heading\"
  rapporteur correct talks.case rate \"Amber Line\" --reliability B
  rapporteur correct talks.case add agency \"no boats in June\" --class refusal
  rapporteur correct talks.case list --orphaned
  rapporteur correct talks.case export > mine.jsonl
  rapporteur correct talks.case import theirs.jsonl

Exit codes: 0 done, 1 nothing found, 2 failed.";

pub(super) const CHANGES_EXAMPLES: &str = "\
Tells what is new in the story of a case, what is told otherwise, and what was withdrawn, with the reason of each. The \
story that a case began with is not listed.

Examples:
  rapporteur changes talks.case                 what the last run changed
  rapporteur changes talks.case --since 3       what runs after the third changed
  rapporteur runs talks.case                    which runs there were

Exit codes: 0 done, 1 nothing changed, 2 failed.";

pub(super) const CHECK_EXAMPLES: &str = "\
Compares every row of a case with what was written. A case of 10,000 articles takes some seconds.

Examples:
  rapporteur check talks.case

Exit codes: 0 whole, 1 something is wrong, 2 it cannot be opened.";

pub(super) const PURGE_EXAMPLES: &str = "\
Takes an article out for good: its text, its bytes and what was found in it, in the tables, the index, the log and \
the free pages of the file. A gap stays with its id, which tells nothing of it, and keeps it from being read again. \
This cannot be undone, and copies of the file elsewhere keep what they have.

Examples:
  rapporteur purge talks.case blog --because \"withdrawn by the outlet\"

Exit codes: 0 done, 1 there is no such article, 2 failed.";

/// The file of a case.
#[derive(Debug, Args)]
pub(crate) struct CaseArgument {
    /// File of a case, as `rapporteur read --case` makes it
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// Write the answer as JSON (docs/JSON.md describes it)
    #[arg(long)]
    pub(crate) json: bool,
}

/// How much of a list is shown.
#[derive(Debug, Args)]
struct LimitArgument {
    /// At most so many items
    #[arg(long, value_name = "N", default_value_t = 25)]
    limit: usize,
    /// Leave out so many before them
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
}

/// Days between which something lies.
#[derive(Debug, Args)]
struct DayArguments {
    /// Not before this year, month or day
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    from: Option<String>,
    /// Not after this year, month or day
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    to: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct BriefArguments {
    #[command(flatten)]
    pub(crate) case: CaseArgument,
}

#[derive(Debug, Args)]
pub(crate) struct WhoArguments {
    #[command(flatten)]
    pub(crate) case: CaseArgument,
    /// Only those with such a name, or of such a party
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// Only persons, states, organisations or groups
    #[arg(long, value_name = "person|state|organisation|group")]
    kind: Option<String>,
    #[command(flatten)]
    limit: LimitArgument,
}

#[derive(Debug, Args)]
pub(crate) struct PositionsArguments {
    #[command(flatten)]
    pub(crate) case: CaseArgument,
    /// Only of parties with such a name
    #[arg(long, value_name = "NAME")]
    party: Option<String>,
    /// Only on issues with such a name
    #[arg(long, value_name = "NAME")]
    issue: Option<String>,
    #[command(flatten)]
    limit: LimitArgument,
}

#[derive(Debug, Args)]
pub(crate) struct TimelineArguments {
    #[command(flatten)]
    pub(crate) case: CaseArgument,
    #[command(flatten)]
    days: DayArguments,
    /// Only happenings, utterances, publications or background
    #[arg(long, value_name = "happening|utterance|publication|background")]
    kind: Option<String>,
    #[command(flatten)]
    limit: LimitArgument,
}

#[derive(Debug, Args)]
pub(crate) struct TensionsArguments {
    #[command(flatten)]
    pub(crate) case: CaseArgument,
    /// Only number, date, polarity, attribution, order, emphasis, interpretation or corruption
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    #[command(flatten)]
    limit: LimitArgument,
}

#[derive(Debug, Args)]
pub(crate) struct SearchArguments {
    #[command(flatten)]
    pub(crate) case: CaseArgument,
    /// Words, "phrases", speaker:, party:, class:, from:, to:, date:
    #[arg(value_name = "QUERY", required = true, num_args = 1..)]
    query: Vec<String>,
    /// At most so many acts of speech, and so many articles
    #[arg(long, value_name = "N", default_value_t = 25)]
    limit: usize,
}

#[derive(Debug, Args)]
pub(crate) struct ShowArguments {
    #[command(flatten)]
    pub(crate) case: CaseArgument,
    /// The id of an item, an article or a correction; an article's name or location serves as well
    #[arg(value_name = "ID")]
    id: String,
}

#[derive(Debug, Args)]
pub(crate) struct ChangesArguments {
    #[command(flatten)]
    pub(crate) case: CaseArgument,
    /// The run since which; by default the one before the last
    #[arg(long, value_name = "RUN")]
    since: Option<i64>,
}

#[derive(Debug, Args)]
pub(crate) struct RunsArguments {
    #[command(flatten)]
    pub(crate) case: CaseArgument,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    #[command(flatten)]
    pub(crate) case: CaseArgument,
}

#[derive(Debug, Args)]
pub(crate) struct PurgeArguments {
    #[command(flatten)]
    pub(crate) case: CaseArgument,
    /// The article's id, location, or a name that only it has
    #[arg(value_name = "ARTICLE")]
    pub(crate) article: String,
    #[command(flatten)]
    pub(crate) signed: SignedArguments,
    #[command(flatten)]
    engine: EngineArguments,
}

/// Who does it, and why.
#[derive(Debug, Args)]
pub(crate) struct SignedArguments {
    /// Who signs [env: RAPPORTEUR_AUTHOR] [default: the user's name]
    #[arg(long, value_name = "NAME", global = true)]
    pub(crate) author: Option<String>,
    /// Why, in your own words
    #[arg(long = "because", value_name = "REASON", global = true)]
    pub(crate) reason: Option<String>,
}

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

impl PurgeArguments {
    pub(crate) fn options(&self) -> Options {
        self.engine.options()
    }
}

impl LimitArgument {
    fn query(&self) -> ItemQuery {
        ItemQuery { limit: self.limit, offset: self.offset, ..ItemQuery::default() }
    }
}

impl WhoArguments {
    pub(crate) fn question(&self) -> Question {
        let query = ItemQuery { who: self.name.clone(), kind: self.kind.clone(), ..self.limit.query() };
        Question::Items(TargetLayer::Actor, query)
    }
}

impl PositionsArguments {
    pub(crate) fn question(&self) -> Question {
        let query = ItemQuery { who: self.party.clone(), issue: self.issue.clone(), ..self.limit.query() };
        Question::Items(TargetLayer::Position, query)
    }
}

impl TimelineArguments {
    pub(crate) fn question(&self) -> Question {
        let DayArguments { from, to } = &self.days;
        let query = ItemQuery { from: from.clone(), to: to.clone(), kind: self.kind.clone(), ..self.limit.query() };
        Question::Items(TargetLayer::Timeline, query)
    }
}

impl TensionsArguments {
    pub(crate) fn question(&self) -> Question {
        Question::Items(TargetLayer::Tension, ItemQuery { kind: self.kind.clone(), ..self.limit.query() })
    }
}

impl SearchArguments {
    /// The line as it was written; a value that the shell took out of its quotation marks gets them back, as in
    /// `speaker:"Oren Vale"`.
    pub(crate) fn line(&self) -> String {
        let quoted = |word: &String| match word.split_once(':') {
            Some((field, value)) if value.contains(char::is_whitespace) && !value.contains(['"', ':']) => {
                format!("{field}:\"{value}\"")
            }
            _ => word.clone(),
        };
        self.query.iter().map(quoted).collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn limit(&self) -> usize {
        self.limit
    }
}

impl ShowArguments {
    pub(crate) fn question(&self) -> Question {
        Question::Show(self.id.clone())
    }
}

impl ChangesArguments {
    pub(crate) fn question(&self) -> Question {
        Question::Changes(self.since)
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

fn first_day(text: &str) -> Result<String, String> {
    rapporteur_engine::case::days_of(text).map(|(first, _)| first).ok_or_else(no_date)
}

fn last_day(text: &str) -> Result<String, String> {
    rapporteur_engine::case::days_of(text).map(|(_, last)| last).ok_or_else(no_date)
}

fn no_date() -> String {
    "write a year, a month or a day: 2024, 2024-03, 2024-03-12".to_string()
}
