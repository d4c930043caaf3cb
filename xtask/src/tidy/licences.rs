//! May every dependency be part of a binary that is given away?

use crate::workspace::Workspace;
use anyhow::{Context, Result};
use cargo_metadata::MetadataCommand;
use spdx::{Expression, ParseMode};
use std::fs;

/// One problem for each dependency whose licence the list `xtask/licences.txt` does not allow.
pub(super) fn check(workspace: &Workspace) -> Result<Vec<String>> {
    let file = workspace.file("xtask/licences.txt");
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let allowed = read_list(&text);
    let metadata =
        MetadataCommand::new().manifest_path(workspace.file("Cargo.toml")).exec().context("cargo metadata failed")?;
    let problem = |package: &cargo_metadata::Package| {
        let why = match &package.license {
            Some(expression) => refusal(expression, &allowed)?,
            None => "no licence is named".to_owned(),
        };
        Some(format!("{} {}: {why}", package.name, package.version))
    };
    Ok(metadata.packages.iter().filter_map(problem).collect())
}

/// The licences of the list, without its comments.
fn read_list(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

/// Why an expression of licences is not allowed; `None` where it is.
fn refusal(expression: &str, allowed: &[&str]) -> Option<String> {
    // Lax: older packages write "MIT/Apache-2.0" for a choice.
    let parsed = match Expression::parse_mode(expression, ParseMode::LAX) {
        Ok(parsed) => parsed,
        Err(error) => return Some(format!("{expression:?} is no licence expression: {}", error.reason)),
    };
    let holds = parsed.evaluate(|requirement| allowed.contains(&requirement.to_string().as_str()));
    (!holds).then(|| format!("{expression:?} is not allowed by xtask/licences.txt"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALLOWED: &[&str] = &["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-3-Clause"];

    #[test]
    fn a_choice_needs_one_allowed_licence_and_a_conjunction_all() {
        for expression in [
            "MIT",
            "MIT OR Apache-2.0",
            "MIT/Apache-2.0",
            "GPL-3.0-only OR MIT",
            "MIT AND BSD-3-Clause",
            "(MIT OR GPL-2.0-or-later) AND BSD-3-Clause",
            "Apache-2.0 WITH LLVM-exception",
        ] {
            assert_eq!(refusal(expression, ALLOWED), None, "{expression}");
        }
        for expression in [
            "GPL-3.0-only",
            "MIT AND MPL-2.0",
            "(MIT AND MPL-2.0) OR GPL-2.0-only",
            "MIT WITH Classpath-exception-2.0",
            "made up",
        ] {
            assert!(refusal(expression, ALLOWED).is_some(), "{expression}");
        }
        // "AND" binds closer than "OR": this one offers MIT alone.
        assert_eq!(refusal("MIT OR GPL-2.0-only AND MPL-2.0", ALLOWED), None);
    }

    #[test]
    fn the_list_is_read_without_its_comments() {
        assert_eq!(read_list("# why\nMIT\n\n Zlib \n"), ["MIT", "Zlib"]);
    }
}
