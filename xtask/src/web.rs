//! `cargo xtask web`: do the pages hold in a browser?

use crate::workspace::{Workspace, ensure_model, succeeds};
use anyhow::{Context, Result, bail};
use clap::Args;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fmt};

/// The folder of the tests.
const TESTS: &str = "tests/web";
/// The end of the name of a file with tests.
const TEST_FILE: &str = ".test.mjs";
/// The environment variable through which the tests learn which browser they drive.
const CHROMIUM: &str = "RAPPORTEUR_CHROMIUM";
/// The names of the browser, on the path.
const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
/// The oldest Node.js whose test runner takes a reporter of one's own.
const MIN_NODE: (u32, u32) = (18, 15);

/// What `cargo xtask web` is told.
#[derive(Args)]
pub(crate) struct Options {
    /// Fail where Node.js, npm or Chromium is missing, instead of skipping the tests.
    #[arg(long)]
    required: bool,
}

/// Runs the tests of `tests/web` over the built binary, and ends with the line `web: N passed, N failed`.
///
/// A run in which no test ran has failed.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<bool> {
    let files = test_files(&workspace.file(TESTS))?;
    let tools = match Tools::find() {
        Ok(tools) => tools,
        Err(missing) if options.required => bail!(
            "the browser tests need {missing}\nhint: on Debian, `apt-get install chromium nodejs npm`; {CHROMIUM} may name a browser that stands elsewhere"
        ),
        Err(missing) => {
            eprintln!("xtask: the browser tests need {missing}: they are skipped, and named below");
            for file in files {
                println!("skipped: {TESTS}/{file} (no {missing})");
            }
            return Ok(true);
        }
    };
    install(&workspace.file(TESTS))?;
    let binary = workspace.build_binary("dev")?;
    let model = ensure_model(&binary)?;

    let mut command = Command::new("node");
    command.current_dir(workspace.file(TESTS)).args(["--test", "--test-reporter=./reporter.mjs"]).args(files);
    command.env("RAPPORTEUR_BIN", &binary).env("RAPPORTEUR_MODEL", model).env(CHROMIUM, tools.browser);
    command.env("RAPPORTEUR_WEB_SCRATCH", workspace.scratch().join("web"));
    let mut child = command.stdout(Stdio::piped()).spawn().context("cannot run node")?;
    let mut counts = None;
    for line in BufReader::new(child.stdout.take().context("node has no output")?).lines() {
        let line = line.context("cannot read the output of node")?;
        println!("{line}");
        counts = read_counts(&line).or(counts);
    }
    let succeeded = child.wait().context("node did not end")?.success();
    match counts {
        None => bail!("the browser tests did not come to their end"),
        Some((0, 0)) => bail!("no browser test ran"),
        Some((_, n_failed)) => Ok(succeeded && n_failed == 0),
    }
}

/// What is needed and not there.
enum Missing {
    Node,
    OldNode(String),
    Npm,
    Chromium,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Missing::Node => write!(f, "Node.js"),
            Missing::OldNode(version) => {
                write!(f, "Node.js {}.{} or later; this is {version}", MIN_NODE.0, MIN_NODE.1)
            }
            Missing::Npm => write!(f, "npm"),
            Missing::Chromium => write!(f, "Chromium"),
        }
    }
}

/// What the tests run with.
struct Tools {
    browser: PathBuf,
}

impl Tools {
    fn find() -> Result<Tools, Missing> {
        let output = Command::new("node").arg("--version").output().map_err(|_| Missing::Node)?;
        let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        if node_version(&version).is_none_or(|version| version < MIN_NODE) {
            return Err(Missing::OldNode(version));
        }
        if on_path("npm").is_none() {
            return Err(Missing::Npm);
        }
        let named = env::var_os(CHROMIUM).map(PathBuf::from);
        let browser = named.or_else(|| BROWSERS.iter().find_map(on_path)).filter(|browser| browser.is_file());
        Ok(Tools { browser: browser.ok_or(Missing::Chromium)? })
    }
}

/// Major and minor of what `node --version` says.
fn node_version(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.strip_prefix('v')?.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

/// Where a program stands that the shell would find.
fn on_path(name: impl AsRef<Path>) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders).map(|folder| folder.join(name.as_ref())).find(|file| file.is_file())
}

/// The names of the files with tests, in order.
fn test_files(folder: &Path) -> Result<Vec<String>> {
    let list = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let names = list.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    let mut names: Vec<String> = names.collect::<Result<_>>()?;
    names.retain(|name| name.ends_with(TEST_FILE));
    names.sort();
    if names.is_empty() {
        bail!("{} has no file *{TEST_FILE}", folder.display());
    }
    Ok(names)
}

/// Installs the packages of the lock file where they are not the installed ones.
fn install(folder: &Path) -> Result<()> {
    let lock = fs::read(folder.join("package-lock.json")).context("cannot read package-lock.json")?;
    // A copy of the lock that the packages were installed by, written last.
    let stamp = folder.join("node_modules/.installed-by");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    eprintln!("xtask: npm ci in {TESTS}");
    if !succeeds(Command::new("npm").arg("ci").current_dir(folder))? {
        bail!("npm ci failed in {TESTS}");
    }
    fs::write(&stamp, lock).with_context(|| format!("cannot write {}", stamp.display()))
}

/// How many tests passed and failed, where the line is the last one of the tests.
fn read_counts(line: &str) -> Option<(usize, usize)> {
    let (passed, failed) = line.strip_prefix("web: ")?.strip_suffix(" failed")?.split_once(" passed, ")?;
    Some((passed.parse().ok()?, failed.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_closing_line_has_counts() {
        assert_eq!(read_counts("web: 41 passed, 2 failed"), Some((41, 2)));
        assert_eq!(read_counts("passed  web: 41 passed, 2 failed (3 ms)"), None);
        assert_eq!(read_counts("web: all passed, 2 failed"), None);
    }

    #[test]
    fn versions_of_node_are_compared_by_number() {
        assert!(node_version("v18.14.2").unwrap() < MIN_NODE);
        assert!(node_version("v18.20.4").unwrap() >= MIN_NODE);
        assert!(node_version("v20.2.0").unwrap() >= MIN_NODE);
        assert_eq!(node_version("command not found"), None);
    }

    #[test]
    fn the_lock_of_the_browser_tests_names_no_host_and_pins_every_version() {
        let folder = Workspace::find().unwrap().file(TESTS);
        let read = |name: &str| -> serde_json::Value {
            serde_json::from_str(&fs::read_to_string(folder.join(name)).unwrap()).unwrap()
        };
        let wanted = read("package.json")["devDependencies"].as_object().unwrap().clone();
        assert!(wanted.values().all(|version| version.as_str().unwrap().starts_with(|c: char| c.is_ascii_digit())));
        let lock = read("package-lock.json");
        let packages = lock["packages"].as_object().unwrap();
        assert!(packages.len() > wanted.len(), "packages are missing in the lock");
        for (name, package) in packages.iter().filter(|(name, _)| !name.is_empty()) {
            assert!(package.get("resolved").is_none(), "{name} says where it came from");
            assert!(package["integrity"].as_str().unwrap().starts_with("sha512-"), "{name} has no checksum");
        }
    }
}
