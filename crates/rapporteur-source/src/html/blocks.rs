//! A page as the lines that a reader would see, with what the markup says about each.
//!
//! A *block* is a line of running text: what stands between two elements that break lines, or between two `<br>`.
//! Markup inside a line is flattened, white space collapsed. The cells of a table of data stand in one line.

use super::elements::{breaks_lines, is_skipped};
use super::mass::count_prose;
use super::tree::{NodeId, Tree};
use std::ops::Range;

/// A line of a page.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    /// In bytes of [`Blocks::text`].
    pub(crate) text: Range<u32>,
    /// The innermost element that breaks lines around it.
    pub(crate) node: NodeId,
    /// The first of its texts in the tree.
    pub(crate) first_text: NodeId,
    /// What it is by its element.
    pub(crate) role: Role,
    /// Whether it follows the line before it directly, as after a `<br>` or as the next item of a list.
    pub(crate) is_continued: bool,
    /// How many letters and digits it has, by the room they take: a Chinese character counts for three.
    pub(crate) n_letters: u32,
    /// How many of them stand in links to other pages.
    pub(crate) n_link_letters: u32,
    /// How many letters of running text it holds; see [`mass`](super::mass).
    pub(crate) n_prose_letters: u32,
    /// How many marks that end sentences or clauses stand between them.
    pub(crate) n_stops: u32,
}

/// What a line is by the element it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Nothing that tells: a `<div>`, a `<span>`, a cell that is only there for the layout.
    Plain,
    /// A paragraph.
    Paragraph,
    /// An item of a list, a term or its description.
    Item,
    /// A heading, with its level.
    Heading(u8),
    /// The text under a picture.
    Caption,
    /// Words of others, set apart.
    Quotation,
    /// The row of a table.
    Row,
    /// Text that is set as it was typed.
    Preformatted,
}

/// All lines of a page, in order.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    pub(crate) text: String,
    pub(crate) blocks: Vec<Block>,
}

impl Blocks {
    /// How many letters of running text there are.
    pub(crate) fn n_prose_letters(&self) -> u32 {
        self.blocks.iter().map(|block| block.n_prose_letters).fold(0, u32::saturating_add)
    }

    pub(crate) fn text_of(&self, block: &Block) -> &str {
        &self.text[block.text.start as usize..block.text.end as usize]
    }
}

/// An element that is open while the page is walked.
#[derive(Debug, Clone, Copy)]
struct Open {
    end: NodeId,
    breaks: bool,
    /// The state that holds after it.
    outer: State,
}

/// What the elements around a text say of it.
#[derive(Debug, Clone, Copy)]
struct State {
    node: NodeId,
    role: Role,
    in_link: bool,
    is_preformatted: bool,
    in_row: bool,
}

/// Reads the lines of a page. Scripts, styles and controls are passed over.
pub(crate) fn blocks(tree: &Tree) -> Blocks {
    let mut walk = Walk {
        tree,
        open: Vec::new(),
        state: State { node: NodeId::ROOT, role: Role::Plain, in_link: false, is_preformatted: false, in_row: false },
        found: Blocks::default(),
        line: None,
        pending_space: false,
        pending_break: Break::Paragraph,
    };
    let mut node = NodeId::ROOT;
    while node.idx() < tree.n_nodes() {
        walk.close_before(node);
        node = walk.enter(node);
    }
    walk.end_line(Break::Paragraph);
    count_prose(&mut walk.found.blocks);
    walk.found
}

/// Lines that are broken at a fixed width have 50 to 80 characters; the lines of a poem or an address are shorter.
const MIN_WRAPPED_LETTERS: u32 = 30;

/// How much stands between two lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Break {
    /// The next line follows directly.
    Line,
    /// A blank line stands between them.
    Paragraph,
}

struct Walk<'t> {
    tree: &'t Tree,
    open: Vec<Open>,
    state: State,
    found: Blocks,
    line: Option<Block>,
    pending_space: bool,
    pending_break: Break,
}

impl Walk<'_> {
    fn close_before(&mut self, node: NodeId) {
        while let Some(open) = self.open.last().copied().filter(|open| open.end <= node) {
            self.open.pop();
            if open.breaks {
                self.end_line(if self.state.role == Role::Item || self.state.in_row {
                    Break::Line
                } else {
                    Break::Paragraph
                });
            }
            self.state = open.outer;
        }
    }

    /// Reads a node and says which comes next.
    fn enter(&mut self, node: NodeId) -> NodeId {
        let tree = self.tree;
        if let Some(text) = tree.text(node) {
            self.add_text(text, node);
            return tree.after(node);
        }
        let name = tree.name(node).unwrap_or_default();
        match name {
            "br" => {
                let is_second = self.line.is_none();
                self.end_line(if is_second { Break::Paragraph } else { Break::Line });
                return tree.after(node);
            }
            "wbr" => return tree.after(node),
            // The questions of a list of questions are buttons that unfold the answers.
            "button" if matches!(self.state.role, Role::Heading(_)) => {}
            _ if is_skipped(name) => {
                return tree.after(node);
            }
            _ => {}
        }
        let outer = self.state;
        let mut breaks = breaks_lines(name);
        if self.state.in_row {
            // In a row of data everything stands in one line; the cells are kept apart.
            breaks = false;
            if matches!(name, "td" | "th") {
                self.add_cell();
            } else if breaks_lines(name) {
                self.pending_space = true;
            }
        }
        if breaks {
            let is_next_item = matches!(name, "li" | "dd" | "dt" | "tr" | "td" | "th");
            self.end_line(if is_next_item { Break::Line } else { Break::Paragraph });
            self.state.node = node;
        }
        if !self.state.in_row {
            self.state.role = role_of(name, self.state.role);
        }
        match name {
            "a" => self.state.in_link = tree.attribute(node, "href").is_some_and(|href| !href.starts_with('#')),
            "pre" | "textarea" => self.state.is_preformatted = true,
            "tr" if is_row_of_data(tree, node) => {
                self.state.in_row = true;
                self.state.role = Role::Row;
            }
            _ => {}
        }
        if tree.after(node).idx() > node.idx() + 1 {
            self.open.push(Open { end: tree.after(node), breaks, outer });
        } else {
            self.state = outer;
        }
        NodeId::from_idx(node.idx() + 1)
    }

    fn add_cell(&mut self) {
        if let Some(line) = &self.line
            && !self.found.text[line.text.start as usize..].ends_with(" | ")
        {
            self.found.text.push_str(" | ");
        }
        self.pending_space = false;
    }

    fn add_text(&mut self, text: &str, node: NodeId) {
        for c in text.chars() {
            if self.state.is_preformatted && !self.state.in_row && c == '\n' {
                self.end_line(Break::Line);
            } else if c.is_whitespace() || is_invisible(c) {
                self.pending_space |= c.is_whitespace();
            } else {
                self.add_char(c, node);
            }
        }
    }

    /// Goes on with the line before, where a `<br>` broke it at a fixed width: within a sentence, which goes on in lower
    /// case.
    fn rejoin(&mut self, c: char) {
        if self.line.is_some() || self.pending_break != Break::Line || !c.is_lowercase() {
            return;
        }
        let Some(last) = self.found.blocks.last() else { return };
        let is_open = last.n_letters >= MIN_WRAPPED_LETTERS
            && last.node == self.state.node
            && matches!(last.role, Role::Plain | Role::Paragraph | Role::Quotation)
            && self.found.text_of(last).ends_with(|c: char| c.is_alphanumeric() || c == ',');
        if is_open {
            self.line = self.found.blocks.pop();
            self.pending_space = true;
        }
    }

    fn add_char(&mut self, c: char, node: NodeId) {
        self.rejoin(c);
        let text = &mut self.found.text;
        let line = self.line.get_or_insert_with(|| {
            self.pending_space = false;
            let start = text.len() as u32;
            Block {
                text: start..start,
                node: self.state.node,
                first_text: node,
                role: self.state.role,
                is_continued: self.pending_break == Break::Line,
                n_letters: 0,
                n_link_letters: 0,
                n_prose_letters: 0,
                n_stops: 0,
            }
        });
        if std::mem::take(&mut self.pending_space) && !text.ends_with(' ') {
            text.push(' ');
        }
        text.push(c);
        if c.is_alphanumeric() {
            let width = if is_wide(c) { 3 } else { 1 };
            line.n_letters += width;
            line.n_link_letters += if self.state.in_link { width } else { 0 };
        } else if matches!(c, '.' | ',' | ';' | '!' | '?' | '。' | '，' | '、' | '！' | '？' | '；') {
            line.n_stops += 1;
        }
    }

    fn end_line(&mut self, kind: Break) {
        self.pending_space = false;
        let Some(mut line) = self.line.take() else {
            self.pending_break = self.pending_break.max(kind);
            return;
        };
        self.pending_break = kind;
        let text = &self.found.text[line.text.start as usize..];
        let end = text.trim_end_matches([' ', '|']).len();
        self.found.text.truncate(line.text.start as usize + end);
        line.text.end = self.found.text.len() as u32;
        if !line.text.is_empty() {
            self.found.blocks.push(line);
        }
    }
}

/// Characters that are not seen: of zero width, marks of direction, controls. They would split words, and the marks of
/// direction can make a text look like another one.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Scripts that are written without spaces, where a character is about a third of a word.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The role of what stands in an element. Headings, captions, items and quotations stay what they are in whatever
/// else they hold; a section or a cell begins anew.
fn role_of(name: &str, outer: Role) -> Role {
    match name {
        "h1" => Role::Heading(1),
        "h2" => Role::Heading(2),
        "h3" => Role::Heading(3),
        "h4" => Role::Heading(4),
        "h5" => Role::Heading(5),
        "h6" => Role::Heading(6),
        "figcaption" | "caption" => Role::Caption,
        "li" | "dd" | "dt" => Role::Item,
        "blockquote" => Role::Quotation,
        "pre" => Role::Preformatted,
        "p" if outer == Role::Plain => Role::Paragraph,
        "td" | "th" | "section" | "article" | "main" | "table" | "aside" => Role::Plain,
        _ => outer,
    }
}

/// Whether a row holds data: several short cells without elements that break lines, paragraphs aside. A row with long
/// cells or with tables in them is there for the layout.
fn is_row_of_data(tree: &Tree, row: NodeId) -> bool {
    let (mut n_cells, mut len) = (0, 0);
    for node in tree.descendants(row) {
        match tree.name(node) {
            Some("td" | "th") => {
                n_cells += 1;
                len = 0;
            }
            Some("table" | "div" | "article" | "section" | "h1" | "h2" | "h3" | "form" | "tr") => return false,
            Some(_) => {}
            None => {
                len += tree.text(node).map_or(0, |text| text.trim().len());
                if len > MAX_CELL_BYTES {
                    return false;
                }
            }
        }
    }
    n_cells >= 2
}

/// Cells of data hold a number, a name, at most a sentence or two; a cell for the layout holds the page.
const MAX_CELL_BYTES: usize = 400;
