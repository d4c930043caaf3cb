//! The repository's own chores: `cargo xtask test`, `cargo xtask web`, `cargo xtask eval`,
//! `cargo xtask clients`, `cargo xtask tidy`, `cargo xtask train`, `cargo xtask release`.
//!
//! They see the product from outside: the tests through cargo, the quality figures through the
//! built binary. This crate knows nothing about the product's own types.

mod clients;
mod eval;
mod release;
mod test;
mod tidy;
mod train;
mod web;
mod workspace;

use clap::{Parser, Subcommand};
use std::process::ExitCode;
use workspace::Workspace;

/// The chores of this repository.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run every test; install the language model first where it is missing.
    Test,
    /// Run the tests of the pages in a browser; they need Node.js, npm and Chromium.
    Web(web::Options),
    /// Let programs of others open what this one writes, and test the Python package; they need Python.
    Clients(clients::Options),
    /// Score the product on annotated texts and hold the figures against their floors.
    Eval(eval::Options),
    /// Check what no compiler checks: crate edges, crate docs, licences, file sizes, paths, links.
    Tidy,
    /// Make an archive with a binary for Linux that needs no library of the system.
    Release(release::Options),
    /// Learn the weights that the product carries from annotated texts.
    Train(train::Options),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = Workspace::find().and_then(|workspace| match &arguments.command {
        Command::Test => test::run(&workspace),
        Command::Web(options) => web::run(&workspace, options),
        Command::Clients(options) => clients::run(&workspace, options),
        Command::Eval(options) => eval::run(&workspace, options),
        Command::Tidy => tidy::run(&workspace),
        Command::Release(options) => release::run(&workspace, options),
        Command::Train(options) => train::run(&workspace, options),
    });
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::from(2)
        }
    }
}
