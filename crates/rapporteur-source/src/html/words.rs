//! What the names that a page gives to its elements say of them; the words are in `data/html-words.txt`.

use super::tree::{NodeId, Tree};
use crate::lexicon::sections;
use hashbrown::HashMap;
use std::sync::LazyLock;

/// What an element is by its name, class, id and role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Hints {
    pub(crate) chrome: bool,
    pub(crate) share: bool,
    pub(crate) links: bool,
    pub(crate) meta: bool,
    pub(crate) comments: bool,
    pub(crate) report: bool,
    pub(crate) caption: bool,
    pub(crate) button: bool,
}

impl Hints {
    fn add(&mut self, kind: Kind) {
        match kind {
            Kind::Chrome => self.chrome = true,
            Kind::Share => self.share = true,
            Kind::Links => self.links = true,
            Kind::Meta => self.meta = true,
            Kind::Comments => self.comments = true,
            Kind::Report => self.report = true,
            Kind::Caption => self.caption = true,
            Kind::Button => self.button = true,
            Kind::State | Kind::Label => {}
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Chrome,
    Share,
    Links,
    Meta,
    Comments,
    Report,
    Caption,
    Button,
    State,
    Label,
}

const WORDS: &str = include_str!("../../data/html-words.txt");

fn words() -> &'static HashMap<String, Kind> {
    static WORDS_BY_NAME: LazyLock<HashMap<String, Kind>> = LazyLock::new(|| {
        let sections = sections(WORDS);
        let kinds = [
            ("chrome", Kind::Chrome),
            ("share", Kind::Share),
            ("links", Kind::Links),
            ("meta", Kind::Meta),
            ("comments", Kind::Comments),
            ("report", Kind::Report),
            ("captions", Kind::Caption),
            ("buttons", Kind::Button),
            ("states", Kind::State),
            ("labels", Kind::Label),
        ];
        let entries = kinds.iter().flat_map(|(name, kind)| sections[name].iter().map(move |entry| (entry, *kind)));
        entries.map(|(entry, kind)| (entry.replace(' ', ""), kind)).collect()
    });
    &WORDS_BY_NAME
}

/// What the names of an element say of it.
pub(crate) fn hints(tree: &Tree, node: NodeId) -> Hints {
    let mut hints = Hints::default();
    for (name, value) in tree.attributes(node) {
        if matches!(name, "class" | "id" | "role" | "data-component" | "data-testid" | "data-type" | "itemprop") {
            value.split_ascii_whitespace().for_each(|name| read_name(name, &mut hints));
        }
    }
    hints
}

/// Longer names are made by programs, and say nothing.
const MAX_NAME_BYTES: usize = 80;

fn read_name(name: &str, all: &mut Hints) {
    let mut hints = *all;
    let mut is_state = false;
    let mut is_label = false;
    let mut names_pair = false;
    if name.len() > MAX_NAME_BYTES {
        return;
    }
    let words = words();
    let lower = name.to_lowercase();
    // `name` and `lower` have the same places where they are ASCII, as nearly all names are.
    let is_start = |at: usize| {
        lower.len() == name.len()
            && name.as_bytes()[at].is_ascii_uppercase()
            && at > 0
            && name.as_bytes()[at - 1].is_ascii_lowercase()
    };
    let mut before: Option<&str> = None;
    let mut pair = String::new();
    let mut take = |piece| {
        if let Some(kind) = words.get(piece) {
            is_state |= matches!(kind, Kind::State);
            is_label |= before.is_none() && matches!(kind, Kind::Label);
            hints.add(*kind);
        }
        if let Some(before) = before {
            pair.clear();
            pair.push_str(before);
            pair.push_str(piece);
            if let Some(kind) = words.get(pair.as_str()) {
                names_pair = true;
                hints.add(*kind);
            }
        }
        before = Some(piece);
    };
    let mut start = 0;
    for (at, c) in lower.char_indices() {
        if !c.is_alphanumeric() {
            if start < at {
                take(&lower[start..at]);
            }
            start = at + c.len_utf8();
        } else if is_start(at) && start < at {
            take(&lower[start..at]);
            start = at;
        }
    }
    if start < lower.len() {
        take(&lower[start..]);
    }
    if !is_state && (!is_label || names_pair) {
        *all = hints;
    }
}

/// Whether a line, in lower case and without marks around it, begins what sites put under a report. What is no heading
/// must hold little besides.
pub(crate) fn is_tail(line: &str, is_heading: bool) -> bool {
    static STARTS: LazyLock<Vec<&str>> = LazyLock::new(|| sections(WORDS)["tail starts"].clone());
    STARTS.iter().any(|start| {
        line.strip_prefix(start).is_some_and(|rest| {
            let ends_word = !rest.starts_with(char::is_alphanumeric) || start.chars().all(|c| c as u32 >= 0x2e80);
            ends_word && (is_heading || rest.len() <= MAX_BESIDE_TAIL_BYTES)
        })
    })
}

/// "Comments (12)", "Related articles:".
const MAX_BESIDE_TAIL_BYTES: usize = 12;

/// Whether an element says that it is not shown.
pub(crate) fn is_hidden(tree: &Tree, node: NodeId) -> bool {
    tree.attributes(node).any(|(name, value)| match name {
        "hidden" => value != "until-found",
        "style" => {
            let style: String = value.chars().take(200).filter(|c| !c.is_whitespace()).collect();
            let style = style.to_ascii_lowercase();
            style.contains("display:none") || style.contains("visibility:hidden")
        }
        _ => false,
    })
}
