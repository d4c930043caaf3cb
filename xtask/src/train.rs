//! `cargo xtask train`: learns the weights that the product carries.
//!
//! The learning itself is the crate `rapporteur-train`; this knows where its texts are and where the
//! weights belong.

use crate::workspace::{Workspace, ensure_model, succeeds};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// The training set, in the folder of annotated texts.
const TRAINING_SET: &str = "statements/wikinews.jsonl.gz";
/// A set for looking at the broad scope. Nothing is learned from it.
const BROAD_SET: &str = "statements/political_dev.jsonl.gz";
/// The weights of the product.
const WEIGHTS: &str = "crates/rapporteur-extract/data/statement-weights.tsv";

/// The flags of `cargo xtask train`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// What to learn.
    #[command(subcommand)]
    model: Model,
}

#[derive(clap::Subcommand)]
enum Model {
    /// The weights of the statement ranking.
    Statements {
        /// Print learning curve and ablation, and leave the weights as they are.
        #[arg(long)]
        report: bool,
    },
}

/// Learns, and writes the weights into the repository; or prints the report.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<bool> {
    let Model::Statements { report } = options.model;
    let data = shared_data(workspace)?;
    let model = ensure_model(&workspace.build_binary("release")?)?;
    let out = workspace.file(WEIGHTS);
    if report {
        let broad = data.join(BROAD_SET);
        return trainer(workspace, &model, &data.join(TRAINING_SET), "report", &[("--broad", &broad)]);
    }
    eprintln!("xtask: writing {WEIGHTS}");
    trainer(workspace, &model, &data.join(TRAINING_SET), "learn", &[("--out", &out)])
}

/// The training set of a folder of annotated texts, or else of the default one.
pub(crate) fn training_set(workspace: &Workspace, data: &Path) -> Option<PathBuf> {
    let folders = [Some(data.to_path_buf()), shared_data(workspace).ok()];
    folders.into_iter().flatten().map(|folder| folder.join(TRAINING_SET)).find(|file| file.is_file())
}

/// Learns once for each fold of `set` without it; the weights of fold K lie in `out`/K.
pub(crate) fn learn_folds(workspace: &Workspace, model: &Path, set: &Path, out: &Path) -> Result<()> {
    if !trainer(workspace, model, set, "folds", &[("--out", out)])? {
        bail!("the weights of the folds could not be learned");
    }
    Ok(())
}

fn shared_data(workspace: &Workspace) -> Result<PathBuf> {
    let data = workspace.shared().map(|shared| shared.join("eval")).filter(|data| data.is_dir());
    data.context("no ../shared/eval beside the repository")
}

fn trainer(workspace: &Workspace, model: &Path, set: &Path, what: &str, flags: &[(&str, &Path)]) -> Result<bool> {
    let mut command = workspace.cargo(["run", "--quiet", "--release", "--package", "rapporteur-train", "--", what]);
    command.arg("--model").arg(model).arg("--data").arg(set);
    for (flag, path) in flags {
        command.arg(flag).arg(path);
    }
    succeeds(&mut command)
}
