//! Do the Markdown links between files of the repository lead somewhere?

use super::files::tracked;
use crate::workspace::Workspace;
use anyhow::Result;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// One problem for each link to a file or heading that is not there.
pub(super) fn check(workspace: &Workspace) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    for name in tracked(workspace)? {
        if name.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let Ok(text) = fs::read_to_string(workspace.root.join(&name)) else { continue };
        for link in Page::read(&text).links {
            if let Some(why) = problem(&workspace.root, &name, &link) {
                problems.push(format!("{}: the link {link} {why}", name.display()));
            }
        }
    }
    Ok(problems)
}

/// What is wrong with a link of the page `name`, if anything. Addresses outside are not looked at.
fn problem(root: &Path, name: &Path, link: &str) -> Option<String> {
    if link.contains("://") || link.starts_with("mailto:") {
        return None;
    }
    let (path, heading) = link.split_once('#').map_or((link, None), |(path, heading)| (path, Some(heading)));
    let target = match path {
        "" => root.join(name),
        _ => root.join(name).parent().unwrap_or(root).join(path),
    };
    let inside = target.canonicalize().ok().filter(|full| root.canonicalize().is_ok_and(|root| full.starts_with(root)));
    let Some(target) = inside else { return Some("leads to no file of the repository".to_owned()) };
    let heading = heading?;
    let text = fs::read_to_string::<PathBuf>(target).unwrap_or_default();
    let found = Page::read(&text).anchors.iter().any(|anchor| anchor == heading);
    (!found).then(|| "leads to no heading".to_owned())
}

/// What a Markdown page links to, and what can be linked to in it.
#[derive(Default)]
struct Page {
    links: Vec<String>,
    /// The anchors of its headings, as code hosts make them.
    anchors: Vec<String>,
}

impl Page {
    fn read(text: &str) -> Page {
        let mut page = Page::default();
        let mut heading: Option<String> = None;
        let mut seen: HashMap<String, usize> = HashMap::new();
        for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
            match event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    page.links.push(dest_url.into_string());
                }
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::Text(words) | Event::Code(words) => {
                    if let Some(heading) = &mut heading {
                        heading.push_str(&words);
                    }
                }
                Event::End(TagEnd::Heading(_)) => {
                    let slug = slug(&heading.take().unwrap_or_default());
                    let n_before = seen.entry(slug.clone()).or_default();
                    page.anchors.push(if *n_before == 0 { slug } else { format!("{slug}-{n_before}") });
                    *n_before += 1;
                }
                _ => {}
            }
        }
        page
    }
}

/// The anchor of a heading: lower case, spaces as hyphens, marks left out.
fn slug(heading: &str) -> String {
    let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_in_code_are_none_and_headings_have_anchors() {
        let page =
            Page::read("# The `read` command!\n\n[a](b.md#c) `[x](y)`\n\n```\n[x](y)\n```\n\n## Time\n\n## Time\n");
        assert_eq!(page.links, ["b.md#c"]);
        assert_eq!(page.anchors, ["the-read-command", "time", "time-1"]);
    }

    #[test]
    fn a_link_to_nothing_is_a_problem() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("docs")).unwrap();
        fs::write(folder.path().join("README.md"), "# Read me\n").unwrap();
        let page = Path::new("docs/a.md");
        fs::write(folder.path().join(page), "# A\n").unwrap();
        for good in
            ["../README.md", "../README.md#read-me", "#a", "../docs", "https://example.org/x", "mailto:a@b.example"]
        {
            assert_eq!(problem(folder.path(), page, good), None, "{good}");
        }
        for bad in ["README.md", "../README.md#read", "#b", "../../outside.md"] {
            assert!(problem(folder.path(), page, bad).is_some(), "{bad}");
        }
    }
}
