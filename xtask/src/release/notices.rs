//! Whose work is in the binary, and under which licences?

use crate::workspace::Workspace;
use anyhow::{Context, Result};
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, PackageId};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const HEAD: &str = "\
What the program `rapporteur` is made of beside its own source, with the licences and notices of each. Where a package offers
several licences, it is used under those that this source's xtask/licences.txt allows. Sources of others that a package
carries have their texts beside its own.

The C runtime in the program is that of the GNU C Library, under the GNU Lesser General Public License 2.1 or later. Who wants
to use the program with another version of it builds it anew: the source with its Cargo.lock is all that this takes
(docs/RELEASE.md).
";
/// How the names of files with licences and notices begin.
const NAMES: [&str; 6] = ["licen", "copying", "copyright", "notice", "unlicense", "authors"];
/// Folders below a package in which those of what it carries are looked for.
const DEPTH: usize = 4;
/// Where a Debian system has the notices of the C library.
const C_LIBRARY: &str = "/usr/share/doc/libc6/copyright";

/// The list, and each text once, with the packages that have it.
pub(super) fn notices(workspace: &Workspace, package: &str, target: &str) -> Result<String> {
    let metadata = MetadataCommand::new()
        .manifest_path(workspace.file("Cargo.toml"))
        .other_options(["--locked", "--filter-platform", target].map(String::from))
        .exec()
        .context("cargo metadata failed")?;
    let mut list = String::new();
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for id in parts_of(&metadata, package)? {
        let part = &metadata[&id];
        if part.source.is_none() {
            continue;
        }
        let called = format!("{} {}", part.name, part.version);
        let licence = part.license.as_deref().unwrap_or("see its text");
        let address = part.repository.as_deref().unwrap_or_default();
        writeln!(list, "{called}  {licence}  {address}")?;
        let folder = part.manifest_path.parent().context("a manifest lies in a folder")?.as_std_path();
        for file in texts_of(folder, DEPTH) {
            let name = file.strip_prefix(folder).unwrap_or(&file).display();
            add(&mut texts, &file, format!("{called}: {name}"))?;
        }
    }
    let rust = sysroot()?.join("share/doc/rust/COPYRIGHT-library.html");
    for (file, called) in [(rust, "the standard library of Rust"), (C_LIBRARY.into(), "the GNU C Library")] {
        match file.exists() {
            true => add(&mut texts, &file, called.to_string())?,
            false => eprintln!("xtask: there is no {}; the notices of {called} are left out", file.display()),
        }
    }
    let mut all = format!("{HEAD}\n{list}");
    // In the order of the first package that has the text.
    let mut by_package: Vec<(Vec<String>, String)> = texts.into_iter().map(|(text, of)| (of, text)).collect();
    by_package.sort();
    for (of, text) in by_package {
        write!(all, "\n{}\n{}\n\n{text}\n", "-".repeat(80), of.join("\n"))?;
    }
    Ok(all)
}

fn add(texts: &mut BTreeMap<String, Vec<String>>, file: &Path, called: String) -> Result<()> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n").trim_matches('\n').to_string();
    texts.entry(text).or_default().push(called);
    Ok(())
}

/// The package and all that goes into its binary, sorted; what only tests and build scripts use does not.
fn parts_of(metadata: &Metadata, package: &str) -> Result<Vec<PackageId>> {
    let first = metadata.packages.iter().find(|known| known.name.as_str() == package);
    let first = first.with_context(|| format!("there is no package {package}"))?.id.clone();
    let resolve = metadata.resolve.as_ref().context("cargo metadata resolves nothing")?;
    let (mut parts, mut new) = (BTreeSet::new(), vec![first]);
    while let Some(id) = new.pop() {
        let node = resolve.nodes.iter().find(|node| node.id == id).context("a package is not resolved")?;
        let is_normal =
            |kinds: &[cargo_metadata::DepKindInfo]| kinds.iter().any(|kind| kind.kind == DependencyKind::Normal);
        new.extend(node.deps.iter().filter(|dep| is_normal(&dep.dep_kinds)).map(|dep| dep.pkg.clone()));
        parts.insert(id);
        new.retain(|id| !parts.contains(id));
    }
    let mut parts: Vec<PackageId> = parts.into_iter().collect();
    parts.sort_by_key(|id| (metadata[id].name.to_string(), metadata[id].version.clone()));
    Ok(parts)
}

/// Files with licences and notices below a folder, sorted.
fn texts_of(folder: &Path, depth: usize) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let is_text = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let is_code = [".rs", ".c", ".h", ".html", ".py"].iter().any(|end| name.ends_with(end));
        NAMES.iter().any(|start| name.starts_with(start)) && !is_code
    };
    let mut texts = Vec::new();
    for path in paths {
        match path.is_dir() {
            true if depth > 0 => texts.extend(texts_of(&path, depth - 1)),
            false if is_text(&path) => texts.push(path),
            _ => {}
        }
    }
    texts
}

/// Where the compiler is.
fn sysroot() -> Result<PathBuf> {
    let told = Command::new("rustc").args(["--print", "sysroot"]).output().context("rustc does not start")?;
    Ok(PathBuf::from(String::from_utf8(told.stdout)?.trim()))
}
