//! `cargo xtask tidy`: is the repository as we promise, where no compiler looks?

mod duplicates;
mod edges;
mod files;
mod licences;
mod links;

use crate::workspace::{Workspace, succeeds};
use anyhow::Result;

/// Prints every problem on stderr and says whether there were none.
pub(crate) fn run(workspace: &Workspace) -> Result<bool> {
    let mut problems = edges::check(workspace)?;
    problems.extend(licences::check(workspace)?);
    problems.extend(duplicates::check(workspace)?);
    problems.extend(files::check(workspace)?);
    problems.extend(links::check(workspace)?);
    problems.extend(check_docs(workspace)?);
    for problem in &problems {
        eprintln!("tidy: {problem}");
    }
    if problems.is_empty() {
        println!("tidy: crate edges, licences, versions, files, links and docs are in order");
    }
    Ok(problems.is_empty())
}

/// Builds the documentation; a warning, or a crate without a first page, is a problem.
fn check_docs(workspace: &Workspace) -> Result<Vec<String>> {
    let mut doc = workspace.cargo(["doc", "--quiet", "--workspace", "--no-deps"]);
    doc.env("RUSTDOCFLAGS", "-W rustdoc::missing_crate_level_docs -D warnings");
    let problem = "the documentation does not build without warnings (see above)";
    Ok(if succeeds(&mut doc)? { Vec::new() } else { vec![problem.to_owned()] })
}
