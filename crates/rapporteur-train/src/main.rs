//! Learns the weights of the statement ranking. `cargo xtask train statements` and `cargo xtask eval` run
//! it; it is a tool of the repository and no part of the product.

mod data;
mod report;
mod score;

use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand};
use data::{Annotated, N_FOLDS};
use rapporteur_extract::training::{Sample, Settings, learn};
use rapporteur_text::Pipeline;
use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Learn from the whole set and write the file of weights
    Learn {
        #[command(flatten)]
        inputs: Inputs,
        /// The file of weights
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Learn once for each fold without it, and write OUT/FOLD/statement-weights.tsv
    Folds {
        #[command(flatten)]
        inputs: Inputs,
        /// The folder for the files of weights
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Print cross-validation, learning curve and ablation as tables
    Report {
        #[command(flatten)]
        inputs: Inputs,
        /// A further set, scored in the scope `attitude` by weights from the whole training set
        #[arg(long, value_name = "FILE")]
        broad: Option<PathBuf>,
    },
}

#[derive(Args)]
struct Inputs {
    /// Folder of the language model
    #[arg(long, value_name = "DIR")]
    model: PathBuf,
    /// The annotated articles: JSON Lines, compressed with gzip
    #[arg(long, value_name = "FILE")]
    data: PathBuf,
}

impl Inputs {
    fn pipeline(&self) -> Result<Pipeline> {
        Pipeline::load(&self.model).with_context(|| format!("no language model in {}", self.model.display()))
    }
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Learn { inputs, out } => {
            let set = data::read(&inputs.pipeline()?, &inputs.data)?;
            write(&out, &learn(&samples(&set, |_| true), &Settings::default()))
        }
        Command::Folds { inputs, out } => {
            let set = data::read(&inputs.pipeline()?, &inputs.data)?;
            let write_fold = |fold: u8| {
                let weights = learn(&samples(&set, |annotated| annotated.fold() != fold), &Settings::default());
                write(&out.join(fold.to_string()).join("statement-weights.tsv"), &weights)
            };
            (0..N_FOLDS).into_par_iter().map(write_fold).collect()
        }
        Command::Report { inputs, broad } => {
            let pipeline = inputs.pipeline()?;
            let set = data::read(&pipeline, &inputs.data)?;
            let broad = broad.map(|broad| data::read(&pipeline, &broad)).transpose()?;
            print!("{}", report::report(&set, broad.as_deref()));
            Ok(())
        }
    }
}

/// The samples of the articles that `keep` names.
fn samples(set: &[Annotated], keep: impl Fn(&Annotated) -> bool) -> Vec<Sample<'_>> {
    set.iter().filter(|annotated| keep(annotated)).map(Annotated::sample).collect()
}

fn write(path: &Path, text: &str) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let write = || fs::create_dir_all(folder).and_then(|()| fs::write(path, text));
    write().with_context(|| format!("cannot write {}", path.display()))
}
