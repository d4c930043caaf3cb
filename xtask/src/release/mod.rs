//! `cargo xtask release`: a binary for Linux that needs no library of the system, in an archive with all that goes with it.
//!
//! The archive has the same bytes wherever its files have: entries are sorted, and owners, times and modes are fixed.

mod notices;
mod pack;

use crate::workspace::{BINARY, Workspace, succeeds};
use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use pack::{Entry, packed};
use sha2::{Digest, Sha256};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const TARGET: &str = "x86_64-unknown-linux-gnu";
const PACKAGE: &str = "rapporteur-cli";
/// Shells, with the file that each looks for.
const SHELLS: [(&str, &str); 3] = [("bash", "rapporteur"), ("zsh", "_rapporteur"), ("fish", "rapporteur.fish")];
/// What goes along as it stands.
const FILES: [&str; 4] = ["README.md", "CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT"];

/// What `cargo xtask release` is told.
#[derive(Args)]
pub(crate) struct Options {
    /// The folder for the archive.
    #[arg(long, value_name = "DIR", default_value = "target/release-archive")]
    out: PathBuf,
    /// Take this binary instead of building one; it must be a static one of this source.
    #[arg(long, value_name = "FILE")]
    binary: Option<PathBuf>,
}

/// Builds the binary, makes the archive and `SHA256SUMS` beside it, and says how large they are.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> Result<bool> {
    let binary = match &options.binary {
        Some(binary) => binary.clone(),
        None => build(workspace)?,
    };
    let bytes = fs::read(&binary).with_context(|| format!("cannot read {}", binary.display()))?;
    ensure!(is_static(&bytes), "{} asks for a loader and libraries of the system", binary.display());

    let name = format!("rapporteur-{}-{TARGET}", env!("CARGO_PKG_VERSION"));
    let size_mib = bytes.len() as f64 / f64::from(1 << 20);
    let archive = packed(&name, entries(workspace, &binary, bytes)?)?;
    let file = format!("{name}.tar.gz");
    let sum: String = Sha256::digest(&archive).iter().map(|byte| format!("{byte:02x}")).collect();
    fs::create_dir_all(&options.out).with_context(|| format!("cannot make {}", options.out.display()))?;
    let put = |name: &str, bytes: &[u8]| {
        let path = options.out.join(name);
        fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))
    };
    put(&file, &archive)?;
    put("SHA256SUMS", format!("{sum}  {file}\n").as_bytes())?;
    let archive_mib = archive.len() as f64 / f64::from(1 << 20);
    println!("{}: {archive_mib:.1} MiB, binary {size_mib:.1} MiB, SHA-256 {sum}", options.out.join(file).display());
    Ok(true)
}

/// The static binary. Paths of this machine are left out of it, so that the folder it is built in does not show.
fn build(workspace: &Workspace) -> Result<PathBuf> {
    eprintln!("xtask: building rapporteur with a static C runtime");
    let folder = workspace.metadata.target_directory.join("static").into_std_path_buf();
    let mut flags = "-C target-feature=+crt-static".to_string();
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")));
    let shown = [(Some(workspace.root.clone()), "rapporteur"), (home, "cargo")];
    for (path, shown) in shown {
        if let Some(path) = path {
            flags.push_str(&format!(" --remap-path-prefix={}={shown}", path.display()));
        }
    }
    let arguments = ["build", "--release", "--locked", "--target", TARGET, "--package", PACKAGE];
    let mut build = workspace.cargo(arguments);
    if !succeeds(build.env("RUSTFLAGS", flags).env("CARGO_TARGET_DIR", &folder))? {
        bail!("rapporteur does not build");
    }
    Ok(folder.join(TARGET).join("release").join(BINARY))
}

/// Everything that the archive has, by its path in it.
fn entries(workspace: &Workspace, binary: &Path, bytes: Vec<u8>) -> Result<Vec<Entry>> {
    let mut entries = vec![Entry { path: BINARY.to_string(), bytes, is_program: true }];
    let mut put = |path: String, bytes: Vec<u8>| entries.push(Entry { path, bytes, is_program: false });
    let ask = |arguments: &[&str]| -> Result<Vec<u8>> {
        let ran = Command::new(binary).args(arguments).stderr(Stdio::inherit()).output()?;
        ensure!(ran.status.success(), "rapporteur {} failed", arguments.join(" "));
        Ok(ran.stdout)
    };
    for (shell, file) in SHELLS {
        put(format!("completions/{shell}/{file}"), ask(&["completions", shell])?);
    }
    for (folder, command) in [("man/man1", ["man"].as_slice()), ("schema", &["schema", "--out"])] {
        let made = tempfile::tempdir()?;
        let path = made.path().to_str().context("the folder for passing files has a name that is not UTF-8")?;
        ask(&[command, &[path]].concat())?;
        for file in fs::read_dir(made.path())? {
            let file = file?;
            put(format!("{folder}/{}", file.file_name().to_string_lossy()), fs::read(file.path())?);
        }
    }
    for name in FILES {
        put(name.to_string(), fs::read(workspace.file(name)).with_context(|| format!("cannot read {name}"))?);
    }
    put("THIRD-PARTY.txt".to_string(), notices::notices(workspace, PACKAGE, TARGET)?.into_bytes());
    Ok(entries)
}

/// Whether a program in the format ELF names no interpreter, which would load libraries for it.
fn is_static(program: &[u8]) -> bool {
    const INTERPRETER: u32 = 3;
    let number = |at: usize, n_bytes: usize| {
        let bytes = program.get(at..at + n_bytes)?;
        bytes.iter().rev().try_fold(0, |sum: usize, byte| sum.checked_mul(256)?.checked_add(usize::from(*byte)))
    };
    // The table of segments: where it begins, how long a row is, how many there are.
    let (Some(start), Some(len), Some(n)) = (number(32, 8), number(54, 2), number(56, 2)) else { return false };
    let kinds = (0..n).map(|row| number(start.saturating_add(row * len), 4));
    program.starts_with(b"\x7fELF\x02\x01")
        && n > 0
        && kinds.into_iter().all(|kind| kind.is_some_and(|kind| kind != INTERPRETER as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_with_an_interpreter_is_not_static() {
        let elf = |kinds: &[u32]| {
            let mut program = b"\x7fELF\x02\x01".to_vec();
            program.resize(64, 0);
            program[32] = 64;
            program[54] = 56;
            program[56] = kinds.len() as u8;
            for kind in kinds {
                program.extend(kind.to_le_bytes());
                program.resize(program.len() + 52, 0);
            }
            program
        };
        assert!(is_static(&elf(&[1, 2])));
        assert!(!is_static(&elf(&[1, 3])));
        assert!(!is_static(&elf(&[])));
        assert!(!is_static(&elf(&[1, 2])[..70]));
        assert!(!is_static(b"#!/bin/sh"));
    }
}
