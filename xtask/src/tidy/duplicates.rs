//! Is each library there once?

use crate::workspace::Workspace;
use anyhow::{Context, Result};
use cargo_metadata::MetadataCommand;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

const LIST: &str = "xtask/duplicates.txt";

/// One problem for each library that the build has in several versions and that the list does not allow, for each entry of the
/// list that is not needed, and for each that gives no reason.
pub(super) fn check(workspace: &Workspace) -> Result<Vec<String>> {
    let file = workspace.file(LIST);
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let metadata =
        MetadataCommand::new().manifest_path(workspace.file("Cargo.toml")).exec().context("cargo metadata failed")?;
    let packages = metadata.packages.iter().map(|package| (package.name.to_string(), package.version.to_string()));
    Ok(problems(packages, &text))
}

fn problems(packages: impl Iterator<Item = (String, String)>, list: &str) -> Vec<String> {
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, version) in packages {
        versions.entry(name).or_default().insert(version);
    }
    versions.retain(|_, versions| versions.len() > 1);
    let mut problems = Vec::new();
    let mut allowed = BTreeSet::new();
    for line in list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (name, why) = line.split_once(':').unwrap_or((line, ""));
        if why.trim().is_empty() {
            problems.push(format!("{LIST}: {name} has no reason"));
        }
        if !versions.contains_key(name) {
            problems.push(format!("{LIST}: {name} is there once, the entry is not needed"));
        }
        allowed.insert(name);
    }
    let unknown = versions.iter().filter(|(name, _)| !allowed.contains(name.as_str()));
    problems.extend(unknown.map(|(name, versions)| {
        let versions: Vec<&str> = versions.iter().map(String::as_str).collect();
        format!("{name} is there as {}: take one of them, or list it with its reason in {LIST}", versions.join(" and "))
    }));
    problems
}

#[cfg(test)]
mod tests {
    use super::problems;

    #[test]
    fn what_is_there_twice_needs_a_reason() {
        let packages = [
            ("a", "1.0.0"),
            ("a", "2.0.0"),
            ("b", "1.0.0"),
            ("c", "0.1.0"),
            ("c", "0.2.0"),
            ("d", "1.0.0"),
            ("d", "2.0.0"),
        ];
        let packages = || packages.into_iter().map(|(name, version)| (name.to_string(), version.to_string()));
        let list = "# why\na: x has version 1\n\nb: y has version 1\nd:\n";
        assert_eq!(
            problems(packages(), list),
            [
                "xtask/duplicates.txt: b is there once, the entry is not needed",
                "xtask/duplicates.txt: d has no reason",
                "c is there as 0.1.0 and 0.2.0: take one of them, or list it with its reason in xtask/duplicates.txt",
            ]
        );
    }
}
