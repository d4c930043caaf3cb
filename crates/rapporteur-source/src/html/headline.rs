//! Where the headline of a page stands.

use super::metadata::Metadata;
use super::tree::{NodeId, Tree};

/// The element that shows the headline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Headline {
    pub(crate) node: NodeId,
}

/// Headings that are compared with the title; more stand on lists.
const MAX_HEADINGS: usize = 200;
/// A heading longer than this is none.
const MAX_HEADING_BYTES: usize = 600;
/// Shorter headings are found in titles by chance.
const MIN_SHARED_LETTERS: usize = 10;

/// The heading that says what the page's metadata call its title, else the first of the highest rank.
pub(crate) fn headline(tree: &Tree, metadata: &Metadata) -> Option<Headline> {
    let told = metadata.articles().iter().filter_map(|article| article.headline.as_ref()).take(3);
    let told = told.chain(metadata.first(&["og:title"])).chain(metadata.first(&["twitter:title"]));
    let titles: Vec<String> = told.chain(metadata.title()).map(|item| letters(&item.words)).collect();
    let mut best: Option<(u8, NodeId)> = None;
    let headings = tree.descendants(NodeId::ROOT).filter_map(|node| Some((rank(tree, node)?, node)));
    for (rank, node) in headings.take(MAX_HEADINGS) {
        let text: String = tree.descendants(node).take(50).filter_map(|node| tree.text(node)).collect();
        let heading = letters(&text[..text.floor_char_boundary(MAX_HEADING_BYTES)]);
        if heading.is_empty() {
            continue;
        }
        let is_title = titles.contains(&heading);
        let is_part = || {
            let is_within = |title: &String| title.contains(&heading) || heading.contains(title.as_str());
            heading.len() >= MIN_SHARED_LETTERS && titles.iter().any(|t| t.len() >= MIN_SHARED_LETTERS && is_within(t))
        };
        let distance = if is_title {
            0
        } else if is_part() {
            10
        } else if rank <= 1 && heading.len() >= MIN_SHARED_LETTERS {
            20
        } else {
            continue;
        } + rank;
        if best.is_none_or(|(known, _)| distance < known) {
            best = Some((distance, node));
        }
    }
    best.map(|(_, node)| Headline { node })
}

/// The rank of a heading, 1 for the highest.
fn rank(tree: &Tree, node: NodeId) -> Option<u8> {
    match tree.name(node)? {
        "h1" => Some(1),
        "h2" => Some(2),
        "h3" => Some(3),
        "h4" => Some(4),
        "title" | "meta" => None,
        _ if tree.attribute(node, "itemprop") == Some("headline") => Some(1),
        _ => None,
    }
}

/// The letters and digits of a text in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
