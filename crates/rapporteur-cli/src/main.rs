//! The command line: `rapporteur`.
//!
//! Takes arguments apart, asks the engine, hands what it gives to the views, and writes: data to
//! standard output, everything else to standard error. It knows nothing about how a reading is made
//! or laid out. Exit codes: 0 done, 1 nothing found, 2 failed; 3 from `verify` where something does not hold.

mod arguments;
mod brief;
mod bulk;
mod case;
mod demo;
mod explain;
mod export;
mod failure;
mod fetch;
mod knowledge;
mod language_model;
mod mcp;
mod page_file;
mod parse;
mod progress;
mod read;
mod schema;
mod serve;
mod shell;
mod sources;
mod sql;
mod terminal;
mod verify;

use arguments::{Arguments, Command};
use clap::Parser;
use failure::Failure;
use rapporteur_view::case::Question;
use std::process::ExitCode;

/// A story is many small strings: with it a run over a case takes a tenth less time than with the system's allocator. SQLite and
/// zstd use it as well (the feature `override`).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How a command that did not fail ended.
enum Outcome {
    Done,
    NothingFound,
    /// What was checked does not hold.
    DoesNotHold,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Read(arguments) => read::run(&arguments),
        Command::Sources(arguments) => sources::run(&arguments),
        Command::Articles(arguments) => sources::articles(&arguments),
        Command::Brief(arguments) => brief::run(&arguments),
        Command::Who(arguments) => case::answer(&arguments.case, &arguments.question()),
        Command::Positions(arguments) => case::answer(&arguments.case, &arguments.question()),
        Command::Timeline(arguments) => case::answer(&arguments.case, &arguments.question()),
        Command::Tensions(arguments) => case::answer(&arguments.case, &arguments.question()),
        Command::Search(arguments) => case::search(&arguments),
        Command::Show(arguments) => case::answer(&arguments.case, &arguments.question()),
        Command::Correct(arguments) => case::correct(&arguments),
        Command::Changes(arguments) => case::answer(&arguments.case, &arguments.question()),
        Command::Runs(arguments) => case::answer(&arguments.case, &Question::Runs),
        Command::Check(arguments) => case::answer(&arguments.case, &Question::Check),
        Command::Purge(arguments) => case::purge(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Sql(arguments) => sql::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Mcp(arguments) => mcp::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Bulk(arguments) => bulk::run(&arguments),
        Command::Case(arguments) => bulk::cut(&arguments),
        Command::Fetch(arguments) => fetch::run(&arguments),
        Command::Parse(arguments) => parse::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Knowledge(arguments) => knowledge::run(&arguments),
        Command::Model(command) => language_model::run(&command),
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions(arguments) => shell::completions(&arguments),
        Command::Man(arguments) => shell::man(&arguments),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::NothingFound) => ExitCode::from(1),
        Ok(Outcome::DoesNotHold) => ExitCode::from(3),
        // Whoever read the output has seen enough.
        Err(Failure::ClosedPipe) => ExitCode::SUCCESS,
        Err(failure) => {
            terminal::say_failure(&failure);
            ExitCode::from(2)
        }
    }
}
