//! Are the tracked files small, free of one machine's paths, and is the changelog open?

use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// What a reader of the repository should not have to download.
const MAX_LEN_BYTES: u64 = 1024 * 1024;

/// Folders at the root of a machine. A path into one of them holds on that machine only.
const ROOTS: [&str; 4] = ["work", "farm", "home", "tmp"];

/// One problem for each file that is too large or names a path of one machine, and one where the
/// changelog has no place for the next change.
pub(super) fn check(workspace: &Workspace) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    for name in tracked(workspace)? {
        let path = workspace.root.join(&name);
        // A file may be listed and already deleted.
        let Ok(bytes) = fs::read(&path) else { continue };
        if bytes.len() as u64 > MAX_LEN_BYTES {
            problems.push(format!("{} has {} KiB; the limit is 1 MiB", name.display(), bytes.len() / 1024));
        }
        let Ok(text) = String::from_utf8(bytes) else { continue };
        for (line_idx, line) in text.lines().enumerate() {
            if let Some(found) = machine_path(line) {
                problems.push(format!("{}:{}: a path of one machine: {found}", name.display(), line_idx + 1));
            }
        }
    }
    let changelog = fs::read_to_string(workspace.file("CHANGELOG.md")).unwrap_or_default();
    if !changelog.lines().any(|line| line.starts_with("## ") && line.contains("Unreleased")) {
        problems.push("CHANGELOG.md has no section `## Unreleased`".to_owned());
    }
    Ok(problems)
}

/// The files that are tracked, or would be: those that git does not ignore.
pub(super) fn tracked(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let output = Command::new("git").current_dir(&workspace.root).args(list).output().context("cannot run git")?;
    if !output.status.success() {
        bail!("git ls-files failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    let names = String::from_utf8(output.stdout).context("a file name is not UTF-8")?;
    Ok(names.split_terminator('\0').map(PathBuf::from).collect())
}

/// The path into one of the [`ROOTS`] that a line holds. A slash inside a longer path or an address
/// is none.
fn machine_path(line: &str) -> Option<&str> {
    for (start, _) in line.match_indices('/') {
        let before = line[..start].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '/' | '~' | '$' | '}' | ')')) {
            continue;
        }
        let path = line[start..].split([' ', '"', '\'', '`', ')', ',', ';']).next().unwrap_or_default();
        let mut parts = path[1..].split('/');
        if parts.next().is_some_and(|root| ROOTS.contains(&root)) && parts.next().is_some() {
            return Some(path);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_a_machine_are_told_from_others() {
        // Put together, so that this file does not hold what it looks for.
        for root in ROOTS {
            let path = format!("/{root}/a/b");
            assert_eq!(machine_path(&format!("see {path}, please")), Some(path.as_str()));
            assert_eq!(machine_path(&format!("cd \"{path}\"")), Some(path.as_str()));
        }
        for line in ["target/tmp/x", "../shared/work/x", "https://a.example/work/1", "and/or", "/usr/share", "~/tmp/x"]
        {
            assert_eq!(machine_path(line), None, "{line}");
        }
    }
}
