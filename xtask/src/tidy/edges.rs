//! Does every crate know only what the design lets it know?

use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use cargo_metadata::Package;
use std::collections::BTreeMap;
use std::fs;

/// The allow list, `xtask/edges.txt`.
#[derive(Debug, Default)]
struct Rules {
    /// For each crate of the workspace, those that it may depend on.
    crates: BTreeMap<String, Vec<String>>,
    /// For some crates, the only outside libraries that they may depend on.
    libraries: BTreeMap<String, Vec<String>>,
    /// For some outside libraries, the only crates that may depend on them.
    reserved: BTreeMap<String, Vec<String>>,
}

/// One problem for each dependency that the design forbids.
pub(super) fn check(workspace: &Workspace) -> Result<Vec<String>> {
    let file = workspace.file("xtask/edges.txt");
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let rules = Rules::parse(&text).with_context(|| format!("in {}", file.display()))?;
    let edges = workspace.metadata.workspace_packages().into_iter().flat_map(edges_of);
    let problems = edges.filter_map(|(package, dependency)| rules.problem(&package, &dependency));
    Ok(problems.chain(rules.unlisted(&workspace.metadata.workspace_packages())).collect())
}

/// The dependencies that a manifest declares, of every kind and for every target.
fn edges_of(package: &Package) -> impl Iterator<Item = (String, String)> {
    package.dependencies.iter().map(|dependency| (package.name.to_string(), dependency.name.clone()))
}

impl Rules {
    fn parse(text: &str) -> Result<Rules> {
        let mut rules = Rules::default();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let Some((subject, allowed)) = line.split_once(':') else { bail!("no colon: {line:?}") };
            let allowed: Vec<String> = allowed.split_whitespace().map(str::to_owned).collect();
            let table = match subject.split_once(' ') {
                Some(("crate", _)) => &mut rules.crates,
                Some(("libraries", _)) => &mut rules.libraries,
                Some(("reserved", _)) => &mut rules.reserved,
                _ => bail!("not `crate`, `libraries` or `reserved`: {line:?}"),
            };
            let name = subject.rsplit(' ').next().unwrap_or_default();
            if table.insert(name.to_owned(), allowed).is_some() {
                bail!("two lines for the same thing: {line:?}");
            }
        }
        Ok(rules)
    }

    /// What is wrong with one dependency, if anything.
    fn problem(&self, package: &str, dependency: &str) -> Option<String> {
        let allows = |list: &[String], name: &str| list.iter().any(|allowed| allowed == name);
        if self.crates.contains_key(dependency) {
            let may = self.crates.get(package).is_some_and(|list| allows(list, dependency));
            return (!may).then(|| format!("{package} must not know {dependency} (xtask/edges.txt)"));
        }
        let outside = self.libraries.get(package).is_none_or(|list| allows(list, dependency));
        let reserved = self.reserved.get(dependency).is_none_or(|list| allows(list, package));
        (!outside || !reserved).then(|| format!("{package} must not use the library {dependency} (xtask/edges.txt)"))
    }

    /// Crates of the workspace that the list says nothing about.
    fn unlisted(&self, packages: &[&Package]) -> Vec<String> {
        let unlisted = packages.iter().filter(|package| !self.crates.contains_key(package.name.as_str()));
        unlisted.map(|package| format!("{} has no line in xtask/edges.txt", package.name)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workspace_has_no_forbidden_edge() {
        let problems = check(&Workspace::find().unwrap()).unwrap();
        assert_eq!(problems, Vec::<String>::new());
    }

    #[test]
    fn forbidden_edges_are_rejected() {
        let text = fs::read_to_string(Workspace::find().unwrap().file("xtask/edges.txt")).unwrap();
        let rules = Rules::parse(&text).unwrap();
        for (package, dependency) in [
            ("rapporteur-text", "rapporteur-model"),
            ("rapporteur-model", "rapporteur-text"),
            ("rapporteur-source", "rapporteur-text"),
            ("rapporteur-extract", "rapporteur-story"),
            ("rapporteur-story", "rapporteur-text"),
            ("rapporteur-view", "rapporteur-engine"),
            ("rapporteur-cli", "rapporteur-extract"),
            ("rapporteur-engine", "rapporteur-view"),
            ("xtask", "rapporteur-model"),
            ("rapporteur-unheard-of", "rapporteur-model"),
            ("rapporteur-model", "regex"),
            ("rapporteur-engine", "clap"),
        ] {
            assert!(rules.problem(package, dependency).is_some(), "{package} -> {dependency}");
        }
        assert_eq!(rules.problem("rapporteur-extract", "rapporteur-text"), None);
        assert_eq!(rules.problem("rapporteur-cli", "clap"), None);
        assert_eq!(rules.problem("rapporteur-source", "encoding_rs"), None);
    }

    #[test]
    fn a_list_with_a_slip_is_refused() {
        assert!(Rules::parse("crate a b").is_err());
        assert!(Rules::parse("crates a: b").is_err());
        assert!(Rules::parse("crate a:\ncrate a: b").is_err());
    }
}
