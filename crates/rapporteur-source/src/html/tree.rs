//! A web page as a tree of elements and texts, with the place of each in the page's source.
//!
//! The tokens are those of the HTML standard (`html5gum`). The tree is made by rules simpler than the standard's:
//! no element is moved or made twice, what the standard calls foster parenting and the adoption agency is left out.
//! In return every subtree is one stretch of the source, which leads a span of an article back to the bytes it was
//! read from, and no page can make the work more than linear: the depth is bounded as it is in browsers.

use hashbrown::HashMap;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span as SourceSpan, Tokenizer};
use std::convert::Infallible;
use std::ops::Range;

/// A node of a [`Tree`]; nodes are numbered in the order of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NodeId(u32);

impl NodeId {
    pub(crate) const ROOT: NodeId = NodeId(0);

    pub(crate) fn from_idx(idx: usize) -> NodeId {
        NodeId(u32::try_from(idx).expect("a page has fewer than 2^32 nodes"))
    }

    pub(crate) fn idx(self) -> usize {
        self.0 as usize
    }
}

/// A parsed page. Its root is a nameless element that holds all others.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    attributes: Vec<(NameId, Range<u32>)>,
    names: Names,
    /// The texts and the values of attributes, one after the other.
    strings: String,
}

#[derive(Debug)]
struct Node {
    parent: NodeId,
    /// The first node after the subtree.
    end: NodeId,
    content: Content,
    /// In bytes of the source: of a text, or of the start tag of an element.
    source: Range<u32>,
}

#[derive(Debug)]
enum Content {
    Element { name: NameId, attributes: Range<u32> },
    Text(Range<u32>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct NameId(u32);

#[derive(Debug, Default)]
struct Names {
    ids: HashMap<Box<str>, NameId>,
    names: Vec<Box<str>>,
}

impl Names {
    fn id_of(&mut self, name: &str) -> NameId {
        if let Some(id) = self.ids.get(name) {
            return *id;
        }
        let id = NameId(self.names.len() as u32);
        self.names.push(name.into());
        self.ids.insert(name.into(), id);
        id
    }
}

/// What is nested deeper becomes a neighbour of what it stands in; browsers have the same bound.
const MAX_DEPTH: usize = 512;

impl Tree {
    /// Parses the source of a page. Anything is a page; what is no markup is text.
    pub(crate) fn parse(source: &str) -> Tree {
        let mut builder = Builder::new();
        let mut emitter =
            CallbackEmitter::<_, Infallible, usize>::new(|event: CallbackEvent<'_>, span: SourceSpan<usize>| {
                builder.on_event(event, span.start as u32..span.end as u32);
                None
            });
        // Scripts and styles hold no markup.
        emitter.naively_switch_states(true);
        let Ok(()) = Tokenizer::new_with_emitter(source, emitter).finish();
        builder.finish()
    }

    /// The children of a node, in order.
    pub(crate) fn children(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        let end = self.nodes[node.idx()].end;
        let mut next = NodeId(node.0 + 1);
        std::iter::from_fn(move || {
            let child = (next < end).then_some(next)?;
            next = self.nodes[child.idx()].end;
            Some(child)
        })
    }

    /// The nodes below `node`, in the order of the source.
    pub(crate) fn descendants(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        (node.0 + 1..self.nodes[node.idx()].end.0).map(NodeId)
    }

    /// The first node after `node` that does not stand below it: to pass over a subtree while walking.
    pub(crate) fn after(&self, node: NodeId) -> NodeId {
        self.nodes[node.idx()].end
    }

    pub(crate) fn n_nodes(&self) -> usize {
        self.nodes.len()
    }

    /// The element that holds the node; `None` for the root.
    pub(crate) fn parent(&self, node: NodeId) -> Option<NodeId> {
        (node != NodeId::ROOT).then(|| self.nodes[node.idx()].parent)
    }

    /// The elements that hold the node, from the innermost on, the root last.
    pub(crate) fn ancestors(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.parent(node), |node| self.parent(*node))
    }

    /// The name of an element in lower case, empty for the root; `None` for a text.
    pub(crate) fn name(&self, node: NodeId) -> Option<&str> {
        match &self.nodes[node.idx()].content {
            Content::Element { name, .. } => Some(&self.names.names[name.0 as usize]),
            Content::Text(_) => None,
        }
    }

    /// Whether the node is an element of one of these names.
    pub(crate) fn is(&self, node: NodeId, names: &[&str]) -> bool {
        self.name(node).is_some_and(|name| names.contains(&name))
    }

    /// A text, its character references read; `None` for an element.
    pub(crate) fn text(&self, node: NodeId) -> Option<&str> {
        match &self.nodes[node.idx()].content {
            Content::Text(range) => Some(self.string(range)),
            Content::Element { .. } => None,
        }
    }

    /// All texts of a node and below it, one after the other, scripts and styles included.
    pub(crate) fn all_text(&self, node: NodeId) -> String {
        let own = self.text(node).into_iter();
        own.chain(self.descendants(node).filter_map(|node| self.text(node))).collect()
    }

    /// The value of an attribute; empty where it has none.
    pub(crate) fn attribute(&self, node: NodeId, name: &str) -> Option<&str> {
        self.attributes(node).find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// The attributes of an element with their values, as they stand.
    pub(crate) fn attributes(&self, node: NodeId) -> impl Iterator<Item = (&str, &str)> {
        let range = match &self.nodes[node.idx()].content {
            Content::Element { attributes, .. } => attributes.start as usize..attributes.end as usize,
            Content::Text(_) => 0..0,
        };
        let attributes = self.attributes[range].iter();
        attributes.map(|(name, value)| (&*self.names.names[name.0 as usize], self.string(value)))
    }

    /// Where a text, or the start tag of an element, stands, in bytes of the source.
    pub(crate) fn source(&self, node: NodeId) -> Range<usize> {
        let source = &self.nodes[node.idx()].source;
        source.start as usize..source.end as usize
    }

    fn string(&self, range: &Range<u32>) -> &str {
        &self.strings[range.start as usize..range.end as usize]
    }
}

struct Builder {
    tree: Tree,
    /// The elements that are open, the root first.
    open: Vec<NodeId>,
    /// How many of them have each name, so that none is looked for in vain.
    n_open: HashMap<NameId, u32>,
}

impl Builder {
    fn new() -> Self {
        let mut builder = Builder { tree: Tree::default(), open: Vec::new(), n_open: HashMap::new() };
        builder.push(Content::Element { name: NameId(0), attributes: 0..0 }, 0..0);
        builder.tree.names.id_of("");
        builder.open.push(NodeId::ROOT);
        builder
    }

    fn on_event(&mut self, event: CallbackEvent<'_>, source: Range<u32>) {
        match event {
            CallbackEvent::OpenStartTag { name } => self.open_element(&String::from_utf8_lossy(name), source),
            CallbackEvent::AttributeName { name } => {
                let name = self.tree.names.id_of(&String::from_utf8_lossy(name));
                let end = self.tree.strings.len() as u32;
                self.tree.attributes.push((name, end..end));
                self.stretch_attributes();
            }
            CallbackEvent::AttributeValue { value } => {
                self.tree.strings.push_str(&String::from_utf8_lossy(value));
                let end = self.tree.strings.len() as u32;
                if let Some((_, range)) = self.tree.attributes.last_mut() {
                    range.end = end;
                }
            }
            CallbackEvent::CloseStartTag { .. } => self.close_start_tag(source.end),
            CallbackEvent::EndTag { name } => self.close_element(&String::from_utf8_lossy(name)),
            CallbackEvent::String { value } => {
                let start = self.tree.strings.len() as u32;
                self.tree.strings.push_str(&String::from_utf8_lossy(value));
                let end = self.tree.strings.len() as u32;
                self.push(Content::Text(start..end), source);
            }
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
    }

    fn push(&mut self, content: Content, source: Range<u32>) -> NodeId {
        let id = NodeId(self.tree.nodes.len() as u32);
        let parent = self.open.last().copied().unwrap_or(NodeId::ROOT);
        self.tree.nodes.push(Node { parent, end: NodeId(id.0 + 1), content, source });
        id
    }

    fn open_element(&mut self, name: &str, source: Range<u32>) {
        self.close_implied(name);
        let first_attribute = self.tree.attributes.len() as u32;
        let content =
            Content::Element { name: self.tree.names.id_of(name), attributes: first_attribute..first_attribute };
        let id = self.push(content, source);
        if self.open.len() < MAX_DEPTH && !VOID.contains(&name) {
            self.open.push(id);
            if let Some(name) = self.name_id(id) {
                *self.n_open.entry(name).or_default() += 1;
            }
        }
    }

    fn name_id(&self, node: NodeId) -> Option<NameId> {
        match self.tree.nodes[node.idx()].content {
            Content::Element { name, .. } => Some(name),
            Content::Text(_) => None,
        }
    }

    /// Whether an element of one of these names is open.
    fn is_open(&self, names: &[&str]) -> bool {
        let ids = names.iter().filter_map(|name| self.tree.names.ids.get(*name));
        ids.into_iter().any(|id| self.n_open.get(id).is_some_and(|n| *n > 0))
    }

    /// The attributes of the newest element go on to the newest attribute.
    fn stretch_attributes(&mut self) {
        let n_attributes = self.tree.attributes.len() as u32;
        if let Some(Node { content: Content::Element { attributes, .. }, .. }) = self.tree.nodes.last_mut() {
            attributes.end = n_attributes;
        }
    }

    fn close_start_tag(&mut self, end: u32) {
        if let Some(node) = self.tree.nodes.last_mut() {
            node.source.end = end;
        }
    }

    /// Closes what a start tag of this name ends without saying so.
    fn close_implied(&mut self, name: &str) {
        for (starts, ended, barriers) in IMPLIED_ENDS {
            if starts.contains(&name)
                && let Some(at) = self.find_open(ended, barriers)
            {
                self.close_down_to(at);
            }
        }
    }

    fn close_element(&mut self, name: &str) {
        let barriers = if INLINE.contains(&name) { BLOCK_BARRIERS } else { TABLE_BARRIERS };
        // A table's own parts may be closed from inside its cells.
        let barriers = if TABLE_PARTS.contains(&name) { &["table"][..] } else { barriers };
        if let Some(at) = self.find_open(&[name], barriers) {
            self.close_down_to(at);
        }
    }

    /// The innermost open element of one of these names, not looked for beyond one of the barriers.
    fn find_open(&self, names: &[&str], barriers: &[&str]) -> Option<usize> {
        if !self.is_open(names) {
            return None;
        }
        for (at, node) in self.open.iter().enumerate().skip(1).rev() {
            if self.tree.is(*node, names) {
                return Some(at);
            }
            if self.tree.is(*node, barriers) {
                return None;
            }
        }
        None
    }

    fn close_down_to(&mut self, at: usize) {
        let end = NodeId(self.tree.nodes.len() as u32);
        for node in self.open.drain(at..) {
            self.tree.nodes[node.idx()].end = end;
            if let Content::Element { name, .. } = self.tree.nodes[node.idx()].content
                && let Some(n) = self.n_open.get_mut(&name)
            {
                *n = n.saturating_sub(1);
            }
        }
    }

    fn finish(mut self) -> Tree {
        self.close_down_to(0);
        self.tree
    }
}

/// Elements without content.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements whose end tags do not close blocks that were opened inside them.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "big", "cite", "code", "em", "font", "i", "label", "mark", "q", "s", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u",
];

const BLOCK_BARRIERS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "div",
    "dl",
    "dd",
    "dt",
    "fieldset",
    "figure",
    "footer",
    "form",
    "header",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "section",
    "table",
    "td",
    "th",
    "ul",
];

const TABLE_BARRIERS: &[&str] = &["table", "td", "th"];
const TABLE_PARTS: &[&str] = &["table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption"];

/// A start tag of the first ends an open element of the second, unless one of the third stands between them.
/// The HTML standard, section 13.2.6.4, has the full rules.
const IMPLIED_ENDS: &[(&[&str], &[&str], &[&str])] = &[
    (
        &[
            "address",
            "article",
            "aside",
            "blockquote",
            "center",
            "details",
            "dialog",
            "dir",
            "div",
            "dl",
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hgroup",
            "hr",
            "main",
            "menu",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "summary",
            "table",
            "ul",
            "li",
            "dd",
            "dt",
        ],
        &["p"],
        &["button", "table", "td", "th", "caption", "object", "marquee", "template"],
    ),
    (&["body"], &["head"], &[]),
    (&["li"], &["li"], &["ul", "ol", "menu", "dir", "table", "div", "td", "section", "article"]),
    (&["dd", "dt"], &["dd", "dt"], &["dl", "table", "div", "td"]),
    (&["option", "optgroup"], &["option"], &["select", "datalist"]),
    (&["td", "th", "tr", "tbody", "thead", "tfoot"], &["td", "th", "caption"], &["table"]),
    (&["tr", "tbody", "thead", "tfoot"], &["tr"], &["table"]),
    (&["tbody", "thead", "tfoot"], &["tbody", "thead", "tfoot"], &["table"]),
    (&["a"], &["a"], BLOCK_BARRIERS),
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The tree in one line: names with their children in brackets, texts in quotation marks.
    fn shape(tree: &Tree, node: NodeId) -> String {
        let children: Vec<String> = tree
            .children(node)
            .map(|child| match tree.text(child) {
                Some(text) => format!("{text:?}"),
                None => format!("{}({})", tree.name(child).unwrap(), shape(tree, child)),
            })
            .collect();
        children.join(" ")
    }

    #[test]
    fn what_is_not_closed_ends_where_the_next_begins() {
        for (source, expected) in [
            ("<p>a<p>b</p>c", "p(\"a\") p(\"b\") \"c\""),
            ("<p>a<div>b</div>", "p(\"a\") div(\"b\")"),
            ("<ul><li>a<li>b<ul><li>c</ul></ul>", "ul(li(\"a\") li(\"b\" ul(li(\"c\"))))"),
            ("<table><tr><td>a<td>b<tr><td>c</table>d", "table(tr(td(\"a\") td(\"b\")) tr(td(\"c\"))) \"d\""),
            ("<div><b>a</div>b", "div(b(\"a\")) \"b\""),
            ("<p><a href=x>a<a href=y>b</a>", "p(a(\"a\") a(\"b\"))"),
            ("<p>a<br>b<img src=x/>c</p>", "p(\"a\" br() \"b\" img() \"c\")"),
            ("a</p></div>b", "\"a\" \"b\""),
            ("<table><tr><td><div>a</td></tr></table>b", "table(tr(td(div(\"a\")))) \"b\""),
            ("<script>if (a < b) '<p>'</script>c", "script(\"if (a < b) '<p>'\") \"c\""),
            ("x &amp; y &lt;p&gt;", "\"x & y <p>\""),
            ("<b>a<p>b</b>c</p>", "b(\"a\" p(\"b\" \"c\"))"),
        ] {
            let tree = Tree::parse(source);
            assert_eq!(shape(&tree, NodeId::ROOT), expected, "{source}");
        }
    }

    #[test]
    fn attributes_are_read_as_they_stand() {
        let tree = Tree::parse("<META Property='og:title' content=\"A &amp; B\" hidden><p class=x>");
        let meta = NodeId(1);
        let found: Vec<_> = tree.attributes(meta).collect();
        assert_eq!(found, [("property", "og:title"), ("content", "A & B"), ("hidden", "")]);
        assert_eq!(tree.attribute(NodeId(2), "class"), Some("x"));
    }

    #[test]
    fn a_text_leads_back_to_the_source() {
        let source = "<p>one &amp; <b>two</b></p>";
        let tree = Tree::parse(source);
        let texts: Vec<&str> = tree
            .descendants(NodeId::ROOT)
            .filter(|node| tree.text(*node).is_some())
            .map(|node| &source[tree.source(node)])
            .collect();
        assert_eq!(texts, ["one &amp; ", "two"]);
    }

    #[test]
    fn a_page_nested_a_hundred_thousand_deep_is_read() {
        let n = 100_000;
        for tag in ["div", "p", "b", "table", "li", "a", "span"] {
            let source = format!("{}words{}", format!("<{tag}>").repeat(n), format!("</{tag}>").repeat(n));
            let tree = Tree::parse(&source);
            assert_eq!(tree.all_text(NodeId::ROOT), "words", "{tag}");
            let deepest = tree.descendants(NodeId::ROOT).map(|node| tree.ancestors(node).count()).max();
            assert!(deepest.unwrap() <= MAX_DEPTH, "{tag}");
        }
    }

    proptest! {
        #[test]
        fn any_source_is_a_tree(source in "(<[/!]?(p|div|a|table|td|li|script|b)( [a-z]+=('|\"|)x('|\"|))?>?|[a-z&;]{1,4}| ){0,40}") {
            let tree = Tree::parse(&source);
            for node in tree.descendants(NodeId::ROOT) {
                prop_assert!(tree.parent(node).unwrap() < node);
                prop_assert!(tree.after(node) > node && tree.after(node).idx() <= tree.n_nodes());
                prop_assert!(source.get(tree.source(node)).is_some(), "{:?}", tree.source(node));
            }
        }
    }
}
