//! `cargo xtask clients`: do the programs of others read what this one writes?

use crate::workspace::{BINARY, Workspace, ensure_model, succeeds};
use anyhow::{Context, Result, bail};
use clap::Args;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The clients, with their versions.
const REQUIREMENTS: &str = "scripts/requirements.txt";
/// The Python package.
const PACKAGE: &str = "bindings/python";
/// What is read.
const COVERAGE: &str = "examples/coverage";
/// Requests of the API that are malformed.
const N_MALFORMED: &str = "10000";
/// Requests for each operation of the API that a schema makes up.
const N_EXAMPLES: &str = "40";

/// What `cargo xtask clients` is told.
#[derive(Args)]
pub(crate) struct Options {
    /// Fail where Python is missing or cannot make an environment, instead of skipping the checks.
    #[arg(long)]
    required: bool,
}

/// Reads the example coverage into a case and has clients of others open it: exports, schemas, API, tools for language
/// models, and the Python package, which is tested. Ends with the line `clients: N passed, N failed`, of checks as a whole.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<bool> {
    let python = match environment(workspace) {
        Ok(python) => python,
        Err(error) if options.required => return Err(error),
        Err(error) => {
            eprintln!("xtask: {error:#}");
            println!("skipped: the clients (no Python environment)");
            return Ok(true);
        }
    };
    let built = workspace.build("dev")?;
    let binary = built.join(BINARY);
    let model = ensure_model(&binary)?;
    let work = fresh_folder(&workspace.scratch().join("clients"))?;
    let case = work.join("examples.case");
    let mut read = Command::new(&binary);
    read.arg("read").arg(workspace.file(COVERAGE)).arg("--case").arg(&case).stdout(Stdio::null());
    if !succeeds(read.env("RAPPORTEUR_MODEL", &model))? {
        bail!("the example coverage could not be read");
    }

    let script = |name: &str| workspace.file("scripts").join(name);
    let with_python = |name: &str| {
        let mut command = Command::new(&python);
        command.arg(script(name));
        command
    };
    let mut exports = with_python("check_exports.py");
    exports.arg(&work).arg("--rapporteur").arg(&binary).arg("--required");
    let mut tools = with_python("check_mcp.py");
    tools.arg(&binary).arg(&case);
    let mut schemas = with_python("check_schemas.py");
    schemas.arg(&binary).arg(&case).arg(workspace.file(COVERAGE));
    let mut api = Command::new(script("check_api.sh"));
    api.arg(&binary).arg(&case).env("PYTHON", &python).env("EXAMPLES", N_EXAMPLES).env("REQUESTS", N_MALFORMED);
    put_module(workspace, &built)?;
    let of_package = |arguments: &[&str]| {
        let mut command = Command::new(&python);
        command
            .arg("-m")
            .args(arguments)
            .current_dir(workspace.file(PACKAGE))
            .env("PYTHONPATH", workspace.file(PACKAGE).join("python"));
        command
    };
    let stubs = ["mypy.stubtest", "rapporteur._native", "--mypy-config-file", "pyproject.toml"];

    let mut counts = [0, 0];
    let checks = [
        ("exports", exports),
        ("schemas", schemas),
        ("tools for language models", tools),
        ("API", api),
        ("Python package: tests", of_package(&["pytest", "--quiet"])),
        ("Python package: types", of_package(&["mypy"])),
        ("Python package: types of what is written in Rust", of_package(&stubs)),
    ];
    for (name, mut command) in checks {
        eprintln!("xtask: {name}");
        let passed = succeeds(command.env("RAPPORTEUR_MODEL", &model))?;
        counts[usize::from(!passed)] += 1;
        println!("{} {name}", if passed { "passed " } else { "FAILED " });
    }
    println!("clients: {} passed, {} failed", counts[0], counts[1]);
    Ok(counts[1] == 0)
}

/// Puts the module that was built with everything else into the package, which is used from its sources then. `maturin`
/// would compile all crates once more, with other features.
fn put_module(workspace: &Workspace, built: &Path) -> Result<()> {
    let built = built.join(format!("{}_native{}", env::consts::DLL_PREFIX, env::consts::DLL_SUFFIX));
    let suffix = if cfg!(windows) { "pyd" } else { "abi3.so" };
    let module = workspace.file(PACKAGE).join("python/rapporteur").join(format!("_native.{suffix}"));
    // A module that a process has open is not written over.
    let _ = fs::remove_file(&module);
    fs::copy(&built, &module).with_context(|| format!("cannot copy {}", built.display()))?;
    Ok(())
}

/// Makes a Python environment with the clients, or takes the one that is there, and gives its Python.
fn environment(workspace: &Workspace) -> Result<PathBuf> {
    let wanted = fs::read(workspace.file(REQUIREMENTS)).with_context(|| format!("cannot read {REQUIREMENTS}"))?;
    let folder = workspace.scratch().join("python");
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    // A copy of the list that they were installed by, written last.
    let stamp = folder.join("installed-by.txt");
    if python.is_file() && fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    eprintln!("xtask: installing the clients of {REQUIREMENTS}");
    let base = env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
    if !succeeds(Command::new(base).args(["-m", "venv", "--clear"]).arg(&folder))? {
        bail!("no Python environment could be made\nhint: install Python 3.11 or later with the module venv");
    }
    let mut install = Command::new(&python);
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
    if !succeeds(install.arg(workspace.file(REQUIREMENTS)))? {
        bail!("the clients of {REQUIREMENTS} could not be installed");
    }
    fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))?;
    Ok(python)
}

/// An empty folder.
fn fresh_folder(folder: &Path) -> Result<PathBuf> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder.to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_client_has_its_version() {
        let text = fs::read_to_string(Workspace::find().unwrap().file(REQUIREMENTS)).unwrap();
        let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(lines.len() > 50);
        for line in lines {
            let (name, version) = line.split_once("==").unwrap_or_else(|| panic!("{line} has no version"));
            let is_name = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
            assert!(!name.is_empty() && name.chars().all(is_name), "{line}");
            assert!(version.starts_with(|c: char| c.is_ascii_digit()), "{line}");
        }
    }
}
