//! Where the repository is, and how its commands are run.

use anyhow::{Context, Result, bail};
use cargo_metadata::{Metadata, MetadataCommand};
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The environment variable through which tests and chores learn where the shared texts are.
const SHARED: &str = "RAPPORTEUR_SHARED";
/// The environment variable through which tests learn where the language model is.
const MODEL: &str = "RAPPORTEUR_MODEL";

/// The file name of the binary.
pub(crate) const BINARY: &str = if cfg!(windows) { "rapporteur.exe" } else { "rapporteur" };

/// The repository that this program was built from.
pub(crate) struct Workspace {
    /// Its folder.
    pub(crate) root: PathBuf,
    /// Its packages and their declared dependencies, without the outside packages.
    pub(crate) metadata: Metadata,
    /// The folder of the language model that cargo's commands are told of.
    model: Option<PathBuf>,
}

impl Workspace {
    /// Asks cargo about the repository.
    pub(crate) fn find() -> Result<Workspace> {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        let metadata =
            MetadataCommand::new().manifest_path(manifest).no_deps().exec().context("cargo metadata failed")?;
        Ok(Workspace { root: metadata.workspace_root.clone().into_std_path_buf(), metadata, model: None })
    }

    /// The same repository, its cargo commands told where the language model is.
    pub(crate) fn with_model(&self, model: PathBuf) -> Workspace {
        Workspace { root: self.root.clone(), metadata: self.metadata.clone(), model: Some(model) }
    }

    /// A file of the repository, by its path from the root.
    pub(crate) fn file(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// The folder for what the chores leave behind; cargo's own, so that nothing tracked is touched.
    pub(crate) fn scratch(&self) -> PathBuf {
        self.metadata.target_directory.join("xtask").into_std_path_buf()
    }

    /// The texts that are kept beside the repository and not in it, where they are there.
    pub(crate) fn shared(&self) -> Option<PathBuf> {
        let folder = env::var_os(SHARED).map_or_else(|| self.root.join("../shared"), PathBuf::from);
        folder.canonicalize().ok().filter(|folder| folder.is_dir())
    }

    /// A cargo command in the repository's root.
    pub(crate) fn cargo<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Command {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(&self.root).args(arguments);
        if let Some(shared) = self.shared() {
            command.env(SHARED, shared);
        }
        if let Some(model) = &self.model {
            command.env(MODEL, model);
        }
        command
    }

    /// Builds the binary `rapporteur`, and in the profile of the tests the libraries, and gives the folder they are in.
    ///
    /// In that profile all crates are built with the features that the tests build them with, which is so where an example
    /// is built with them: else most of them would be compiled twice.
    pub(crate) fn build(&self, profile: &str) -> Result<PathBuf> {
        eprintln!("xtask: building rapporteur ({profile} profile)");
        let mut build = vec!["build", "--quiet", "--bin", "rapporteur", "--profile", profile];
        build.extend(match profile {
            "dev" => ["--workspace", "--lib", "--example", "positions"].as_slice(),
            _ => ["--package", "rapporteur-cli"].as_slice(),
        });
        if !succeeds(&mut self.cargo(build))? {
            bail!("rapporteur does not build");
        }
        let folder = if profile == "dev" { "debug" } else { profile };
        Ok(self.metadata.target_directory.join(folder).into_std_path_buf())
    }

    /// Builds the binary `rapporteur` in a profile and gives its path.
    pub(crate) fn build_binary(&self, profile: &str) -> Result<PathBuf> {
        Ok(self.build(profile)?.join(BINARY))
    }
}

/// Installs the language model through the binary where `model status` says that it is missing or
/// damaged; gives its folder.
pub(crate) fn ensure_model(binary: &Path) -> Result<PathBuf> {
    let ask =
        |question: &str| Command::new(binary).args(["model", question]).output().context("rapporteur does not start");
    if !ask("status")?.status.success() {
        eprintln!("xtask: the language model is not installed; running `rapporteur model install`, which fetches it");
        if !succeeds(Command::new(binary).args(["model", "install"]))? {
            bail!("the language model could not be installed");
        }
    }
    let path = String::from_utf8(ask("path")?.stdout).context("the model's path is not UTF-8")?;
    Ok(PathBuf::from(path.trim_end()))
}

/// Runs a command with this process's own streams and says whether it ended with code 0.
pub(crate) fn succeeds(command: &mut Command) -> Result<bool> {
    let status = command.status().with_context(|| format!("cannot run {}", command.get_program().to_string_lossy()))?;
    Ok(status.success())
}
