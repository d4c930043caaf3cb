//! Which elements of a page are something else than the report: menus, boxes of links, comments, captions.
//!
//! Names tell, and how much of an element is links; but an element with much of the page's running text is the report,
//! whatever its name: pages call their whole body "has-sidebar", and forums call every post a comment. The limits on
//! that share are from 161 pages; half and double of each of them change the text F by .002 at most.

use super::blocks::{Block, Role};
use super::mass::{Mass, Sums, lines_in};
use super::tree::{NodeId, Tree};
use super::words::{Hints, hints, is_hidden};
use std::ops::Range;

/// Why a line is not the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    /// Menus, forms, notices, what is not shown.
    Chrome,
    /// Share bars.
    Share,
    /// A button, or a link that stands at each entry of a list.
    Button,
    /// Other articles.
    Links,
    /// Something set beside the report.
    Aside,
    /// Author, date, sections.
    Meta,
    /// Words under a picture.
    Caption,
    /// What readers wrote.
    Comments,
}

/// Why each line is not the report; `None` where nothing speaks against it.
/// `headline` are the lines that say the headline.
pub(crate) fn prune(tree: &Tree, blocks: &[Block], headline: Option<&Range<usize>>) -> Vec<Option<Reason>> {
    let sums = Sums::of(blocks, |_| true);
    let whole = sums.mass(&(0..blocks.len()));
    let mut reasons = vec![None; blocks.len()];
    let mut node = NodeId::ROOT;
    while node.idx() < tree.n_nodes() {
        let next = NodeId::from_idx(node.idx() + 1);
        let Some(name) = tree.name(node).filter(|name| !matches!(*name, "" | "html" | "body" | "a" | "br" | "img"))
        else {
            node = next;
            continue;
        };
        let range = lines_in(blocks, tree, node);
        if range.is_empty() {
            node = tree.after(node);
            continue;
        }
        // An element inside a line is part of it.
        if blocks[range.start].node < node {
            node = next;
            continue;
        }
        let before = sums.mass(&(0..range.start)).prose;
        let has_title = headline.is_some_and(|lines| range.contains(&lines.start));
        let lines = &blocks[range.clone()];
        let element = Element { tree, node, name, mass: sums.mass(&range), whole, before, lines, has_title };
        match element.reason() {
            Some(reason) => {
                reasons[range].fill(Some(reason));
                node = tree.after(node);
            }
            None => node = next,
        }
    }
    reasons
}

/// An element with its lines.
struct Element<'p> {
    tree: &'p Tree,
    node: NodeId,
    name: &'p str,
    mass: Mass,
    /// Of all lines of the page.
    whole: Mass,
    /// How much running text stands before it.
    before: u32,
    lines: &'p [Block],
    /// Whether the headline stands in it.
    has_title: bool,
}

/// What follows this share of the running text is rather something else than the report.
const LATE: f64 = 0.7;
/// There it may hold more of the running text by this factor.
const LATE_FACTOR: f64 = 1.5;
/// Comments are left out where at least this many letters of running text, about a paragraph, stand elsewhere.
const MIN_REST_LETTERS: u32 = 300;
/// Comments can be longer than the report. Where all text is comments, as in a forum, they are the report.
const MAX_COMMENTS: f64 = 0.95;
/// An element of which more is links is a list of links.
const MIN_LINK_SHARE: f64 = 0.7;
/// Two links can be a sentence.
const MIN_LINK_LINES: usize = 3;
/// A button stands alone, or beside another one or two.
const MAX_BUTTON_LINES: usize = 3;
/// Lists that authors write hold titles and sentences; the entries of menus are shorter.
const MIN_WRITTEN_LETTERS: f64 = 20.0;
/// Where an element holds the headline, it does so near its beginning.
const N_LINES_TO_TITLE: usize = 40;

impl Element<'_> {
    /// Why the element is not the report, if so.
    fn reason(&self) -> Option<Reason> {
        if matches!(self.name, "h1" | "tr" | "tbody" | "main") {
            return None;
        }
        let hints = hints(self.tree, self.node);
        let is_title = |block: &Block| block.role == Role::Heading(1);
        let has_title = self.has_title || self.lines.iter().take(N_LINES_TO_TITLE).any(is_title);
        if let Some(reason) = self.reason_of_element(has_title) {
            return Some(reason);
        }
        let rest = self.whole.prose - self.mass.prose;
        if hints.comments && !has_title && self.share() < MAX_COMMENTS && rest > MIN_REST_LETTERS {
            return Some(Reason::Comments);
        }
        if has_title { None } else { self.reason_of_name(hints).or_else(|| self.reason_of_links()) }
    }

    /// How much of the running text stands in it.
    fn share(&self) -> f64 {
        f64::from(self.mass.prose) / f64::from(self.whole.prose.max(1))
    }

    /// Whether it holds so little of the running text that it can be something else than the report.
    fn has_up_to(&self, most: f64) -> bool {
        let is_late = f64::from(self.before) > LATE * f64::from(self.whole.prose);
        self.share() < if is_late { LATE_FACTOR * most } else { most }
    }

    fn reason_of_element(&self, has_title: bool) -> Option<Reason> {
        if is_hidden(self.tree, self.node) && self.has_up_to(0.5) {
            return Some(Reason::Chrome);
        }
        let has_other_text = || self.whole.prose - self.mass.prose > MIN_REST_LETTERS;
        match self.name {
            "nav" | "menu" | "dialog" if self.has_up_to(0.5) => Some(Reason::Chrome),
            "footer" if self.has_up_to(0.3) => Some(Reason::Chrome),
            "aside" if self.has_up_to(0.3) => Some(Reason::Aside),
            "header" if self.has_up_to(0.1) && !has_title => Some(Reason::Chrome),
            "form" if self.has_up_to(0.05) => Some(Reason::Chrome),
            // The card of another article.
            "article" if self.mass.prose == 0 && has_other_text() && !has_title => Some(Reason::Links),
            "figure" if self.has_up_to(0.1) && self.mass.n_structured == 0 => Some(Reason::Caption),
            _ => None,
        }
    }

    fn reason_of_name(&self, hints: Hints) -> Option<Reason> {
        let are_items = || self.mass.n_items as usize == self.mass.n_lines;
        let is_button =
            || self.mass.prose == 0 && self.mass.n_lines <= MAX_BUTTON_LINES && self.mass.link_share() > MIN_LINK_SHARE;
        if hints.chrome && self.has_up_to(0.2) {
            Some(Reason::Chrome)
        } else if hints.share && self.has_up_to(0.05) {
            Some(Reason::Share)
        } else if hints.links && self.has_up_to(0.2) {
            Some(Reason::Links)
        } else if hints.meta && self.has_up_to(0.1) && !are_items() {
            Some(Reason::Meta)
        } else if hints.caption && self.has_up_to(0.1) && self.mass.n_structured == 0 {
            Some(Reason::Caption)
        } else if hints.button && is_button() {
            Some(Reason::Button)
        } else {
            None
        }
    }

    /// Lists of links that have no name.
    fn reason_of_links(&self) -> Option<Reason> {
        let is_list = matches!(self.name, "ul" | "ol" | "div" | "section" | "table" | "dl");
        // Sources, recommendations: a list that an author wrote has no name.
        let is_written = matches!(self.name, "ul" | "ol")
            && self.tree.attributes(self.node).next().is_none()
            && f64::from(self.mass.letters) >= MIN_WRITTEN_LETTERS * self.mass.n_lines as f64;
        let are_links = self.mass.link_share() > MIN_LINK_SHARE && self.mass.n_lines >= MIN_LINK_LINES;
        (is_list && are_links && !is_written && self.has_up_to(0.1)).then_some(Reason::Links)
    }
}
