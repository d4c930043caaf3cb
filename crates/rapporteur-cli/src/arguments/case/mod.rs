//! The arguments of the commands that ask a case or put it right.

mod correct;
pub(super) mod help;

pub(crate) use correct::{Act, CorrectArguments};

use super::EngineArguments;
use clap::{Args, ValueEnum};
use rapporteur_engine::Options;
use rapporteur_engine::case::{ItemQuery, SqlLimits};
use rapporteur_model::TargetLayer;
use rapporteur_view::case::Question;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

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
    /// As what the brief is written: by default as FILE's extension says, else as text
    #[arg(long, value_enum, value_name = "FORMAT", conflicts_with = "json")]
    pub(crate) format: Option<BriefFormat>,
    /// How long a document is: about one printed page, or everything up to sensible limits
    #[arg(long, value_enum, value_name = "LENGTH", conflicts_with = "json")]
    pub(crate) length: Option<BriefLength>,
    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    pub(crate) out: Option<PathBuf>,
}

/// As what a brief is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BriefFormat {
    /// The answer for a terminal, without notes
    Text,
    /// A document with footnotes
    Markdown,
    /// A document as one page that needs no other file
    Html,
    /// A document for word processors, with footnotes
    Docx,
    /// A document for programs (docs/DOCUMENT.md describes it)
    Json,
}

/// How long a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BriefLength {
    /// About one printed page
    Page,
    /// Everything, up to limits
    Full,
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
pub(crate) struct SqlArguments {
    #[command(flatten)]
    pub(crate) case: CaseArgument,
    /// A question that begins with SELECT or WITH, over the views that docs/CASE.md describes
    #[arg(value_name = "QUESTION", required = true, num_args = 1..)]
    question: Vec<String>,
    /// At most so many rows: more are an error
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    rows: usize,
    /// At most so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    time: u64,
}

impl SqlArguments {
    pub(crate) fn question(&self) -> String {
        self.question.join(" ")
    }

    pub(crate) fn limits(&self) -> SqlLimits {
        SqlLimits { rows: self.rows, time: Duration::from_secs(self.time), ..SqlLimits::default() }
    }
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
pub(crate) struct ServeArguments {
    /// File of a case; an empty one is made where there is none
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    /// Port to listen at; 0 takes any that is free
    #[arg(long, value_name = "PORT", default_value_t = 8017)]
    port: u16,
    /// Address to listen at: one that is not of this machine lets others in, who can read and change the case
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    listen: IpAddr,
    /// A name beside those of this machine by which browsers may call the server
    #[arg(long = "host", value_name = "NAME")]
    pub(crate) hosts: Vec<String>,
    /// Who signs corrections [env: RAPPORTEUR_AUTHOR] [default: the user's name]
    #[arg(long, value_name = "NAME")]
    pub(crate) author: Option<String>,
    #[command(flatten)]
    engine: EngineArguments,
}

#[derive(Debug, Args)]
pub(crate) struct McpArguments {
    /// File of a case, as `rapporteur read --case` makes it
    #[arg(value_name = "CASE")]
    pub(crate) case: PathBuf,
    #[command(flatten)]
    engine: EngineArguments,
}

impl McpArguments {
    /// How texts are read whose quotations are to be checked.
    pub(crate) fn options(&self) -> Options {
        self.engine.options()
    }
}

impl ServeArguments {
    pub(crate) fn address(&self) -> SocketAddr {
        SocketAddr::new(self.listen, self.port)
    }

    pub(crate) fn options(&self) -> Options {
        self.engine.options()
    }
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

fn first_day(text: &str) -> Result<String, String> {
    rapporteur_engine::case::days_of(text).map(|(first, _)| first).ok_or_else(no_date)
}

fn last_day(text: &str) -> Result<String, String> {
    rapporteur_engine::case::days_of(text).map(|(_, last)| last).ok_or_else(no_date)
}

fn no_date() -> String {
    "write a year, a month or a day: 2024, 2024-03, 2024-03-12".to_string()
}
