//! What a page says about itself outside its text, with the place of each.
//!
//! Four kinds of places: `<meta>` elements, `<title>` and `<link rel=canonical>`, JSON-LD ([`json_ld`](super::json_ld)),
//! and microdata, the elements of the page that say with `itemprop` what they are. Nothing is judged here: who asks
//! names the properties it trusts, in its order.

use super::json_ld::{ArticleData, JsonLd};
use super::tree::{NodeId, Tree};
use rapporteur_model::{Evidence, Evidenced};
use std::collections::HashMap;

/// Words with the place where they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    /// `meta property="article:published_time"`, `JSON-LD datePublished`, `time itemprop="datePublished"`.
    pub(crate) place: String,
    /// As written, without white space around them; never empty.
    pub(crate) words: String,
}

impl Item {
    pub(crate) fn new(place: String, words: String) -> Self {
        Item { place, words }
    }

    /// The place and the words as what shows a value.
    pub(crate) fn evidence(&self) -> Evidence {
        Evidence::metadata(&self.place, &self.words)
    }

    /// The words as a value that shows itself.
    pub(crate) fn evidenced(&self) -> Evidenced<String> {
        Evidenced { value: self.words.clone(), evidence: self.evidence() }
    }
}

/// An element that says with `itemprop` what its content is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Property {
    /// In lower case: `datepublished`.
    pub(crate) name: String,
    /// The type of the thing it belongs to, in lower case without address: `newsarticle`; empty where none is told.
    pub(crate) scope: String,
    pub(crate) node: NodeId,
    pub(crate) item: Item,
}

/// Everything a page says about itself outside its text.
#[derive(Debug, Default)]
pub(crate) struct Metadata {
    /// Names in lower case, with the items of `<meta>` elements in the order of the page.
    metas: Vec<(String, Item)>,
    by_name: HashMap<String, Vec<usize>>,
    title: Option<Item>,
    canonical: Option<Item>,
    language: Option<Item>,
    properties: Vec<Property>,
    json_ld: JsonLd,
}

/// Items of one kind that are kept; the 599 pages looked at have up to 94 `<meta>` elements and 760
/// properties.
const MAX_ITEMS: usize = 2000;
/// Longer words are cut: no name, address, date or summary is longer.
const MAX_WORDS_BYTES: usize = 8 * 1024;
/// Nodes below an element that are looked at for its words; a date, a name, a headline stand in fewer.
const MAX_NODES_OF_WORDS: usize = 200;
/// A name in a place is cut after as many characters.
const MAX_NAME_CHARS: usize = 80;

impl Metadata {
    /// Reads a page.
    pub(crate) fn read(tree: &Tree) -> Metadata {
        let mut metadata = Metadata::default();
        for node in tree.descendants(NodeId::ROOT) {
            match tree.name(node) {
                Some("meta") => metadata.read_meta(tree, node),
                Some("title") if metadata.title.is_none() && !in_drawing(tree, node) => {
                    metadata.title = item("title", tree.all_text(node));
                }
                Some("link") => metadata.read_link(tree, node),
                Some("html") if metadata.language.is_none() => {
                    let language = tree.attribute(node, "lang").or_else(|| tree.attribute(node, "xml:lang"));
                    metadata.language = language.and_then(|words| item("html lang", words.to_string()));
                }
                Some("script") if is_json_ld(tree, node) => metadata.json_ld.read_block(&tree.all_text(node)),
                Some(name) if !name.is_empty() => metadata.read_property(tree, node, name),
                _ => {}
            }
        }
        metadata
    }

    /// The first `<meta>` item of one of these names, the first name first. Names are in lower case; `name`,
    /// `property`, `itemprop` and `http-equiv` count alike.
    pub(crate) fn first(&self, names: &[&str]) -> Option<&Item> {
        names.iter().find_map(|name| self.all(name).next())
    }

    /// All `<meta>` items of this name, in the order of the page.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &Item> {
        self.by_name.get(name).into_iter().flatten().map(|idx| &self.metas[*idx].1)
    }

    /// All `<meta>` items with their names in lower case, in the order of the page.
    pub(crate) fn metas(&self) -> impl Iterator<Item = (&str, &Item)> {
        self.metas.iter().map(|(name, item)| (name.as_str(), item))
    }

    /// The `<title>`.
    pub(crate) fn title(&self) -> Option<&Item> {
        self.title.as_ref()
    }

    /// The address under `<link rel=canonical>`.
    pub(crate) fn canonical(&self) -> Option<&Item> {
        self.canonical.as_ref()
    }

    /// The language that `<html lang>` tells.
    pub(crate) fn language(&self) -> Option<&Item> {
        self.language.as_ref()
    }

    /// The languages that the page says it is in, the surest first.
    pub(crate) fn languages(&self) -> Vec<Evidenced<String>> {
        let data = self.articles().iter().chain(self.pages()).filter_map(|article| article.in_language.as_ref());
        let metas = ["content-language", "og:locale", "language", "dc.language", "inlanguage"];
        let metas = metas.iter().filter_map(|name| self.first(&[name]));
        data.take(1).chain(self.language()).chain(metas).map(Item::evidenced).collect()
    }

    /// What JSON-LD says of articles, in the order of the page. Articles in lists and comments are not among them.
    pub(crate) fn articles(&self) -> &[ArticleData] {
        &self.json_ld.articles
    }

    /// What JSON-LD says of the page, in the order of the page.
    pub(crate) fn pages(&self) -> &[ArticleData] {
        &self.json_ld.pages
    }

    /// The name of the site or of whoever runs it, as JSON-LD says it.
    pub(crate) fn site_name(&self) -> Option<&Item> {
        self.json_ld.site_name.as_ref()
    }

    /// The elements in the page that say what they are, in the order of the page; see [`Property`].
    pub(crate) fn properties(&self) -> &[Property] {
        &self.properties
    }

    fn read_meta(&mut self, tree: &Tree, node: NodeId) {
        let Some(content) = tree.attribute(node, "content").or_else(|| tree.attribute(node, "value")) else { return };
        for key in ["property", "name", "itemprop", "http-equiv"] {
            let Some(name) = tree.attribute(node, key).map(str::trim).filter(|name| !name.is_empty()) else { continue };
            if self.metas.len() >= MAX_ITEMS {
                return;
            }
            let place = format!("meta {key}=\"{}\"", cut(name));
            let Some(item) = item(&place, content.to_string()) else { return };
            let name = name.to_lowercase();
            self.by_name.entry(name.clone()).or_default().push(self.metas.len());
            if key == "itemprop" {
                self.keep_property(tree, node, &name, item.clone());
            }
            self.metas.push((name, item));
        }
    }

    fn read_link(&mut self, tree: &Tree, node: NodeId) {
        let relations = tree.attribute(node, "rel").unwrap_or_default();
        let is_canonical = relations.split_whitespace().any(|relation| relation.eq_ignore_ascii_case("canonical"));
        if is_canonical && self.canonical.is_none() {
            let address = tree.attribute(node, "href").unwrap_or_default();
            self.canonical = item("link rel=\"canonical\"", address.to_string());
        }
        self.read_property(tree, node, "link");
    }

    fn read_property(&mut self, tree: &Tree, node: NodeId, element: &str) {
        let Some(name) = tree.attribute(node, "itemprop").map(str::trim).filter(|name| !name.is_empty()) else {
            return;
        };
        // The text of a whole report is found elsewhere.
        let is_long = ["articlebody", "text", "description", "mainentityofpage"];
        let name_folded = name.to_lowercase();
        if self.properties.len() >= MAX_ITEMS || is_long.contains(&name_folded.as_str()) {
            return;
        }
        let told = ["content", "datetime", "href"].iter().find_map(|key| tree.attribute(node, key));
        let words = told.map_or_else(|| text_of(tree, node), str::to_string);
        if let Some(item) = item(&format!("{element} itemprop=\"{}\"", cut(name)), words) {
            self.keep_property(tree, node, &name_folded, item);
        }
    }

    fn keep_property(&mut self, tree: &Tree, node: NodeId, name: &str, item: Item) {
        let has_scope = |node: &NodeId| tree.attribute(*node, "itemscope").or(tree.attribute(*node, "itemtype"));
        let scope = tree.ancestors(node).find(|node| has_scope(node).is_some());
        let scope = scope.and_then(|node| tree.attribute(node, "itemtype")).unwrap_or_default();
        let scope = scope.trim().rsplit('/').next().unwrap_or_default().to_lowercase();
        // One element may name several properties.
        let n_left = MAX_ITEMS.saturating_sub(self.properties.len());
        for name in name.split_whitespace().take(n_left) {
            self.properties.push(Property { name: name.to_string(), scope: scope.clone(), node, item: item.clone() });
        }
    }
}

fn item(place: &str, words: String) -> Option<Item> {
    let mut words = words.trim().to_string();
    if words.len() > MAX_WORDS_BYTES {
        words.truncate(words.floor_char_boundary(MAX_WORDS_BYTES));
    }
    (!words.is_empty()).then(|| Item::new(place.to_string(), words))
}

fn cut(name: &str) -> String {
    name.chars().take(MAX_NAME_CHARS).collect()
}

/// The text of an element with single spaces, as far as words are kept.
fn text_of(tree: &Tree, node: NodeId) -> String {
    let mut text = String::new();
    for part in tree.descendants(node).take(MAX_NODES_OF_WORDS).filter_map(|node| tree.text(node)) {
        if text.len() > MAX_WORDS_BYTES {
            break;
        }
        for word in part.split_whitespace() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
    }
    text
}

fn is_json_ld(tree: &Tree, script: NodeId) -> bool {
    let kind = tree.attribute(script, "type").unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/ld+json")
}

fn in_drawing(tree: &Tree, node: NodeId) -> bool {
    tree.ancestors(node).any(|ancestor| tree.is(ancestor, &["svg"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_item_is_told_with_its_place() {
        let tree = Tree::parse(
            r#"<html lang="en-GB"><head><title> Talks open | Courier </title>
            <meta property="og:title" content="Talks open"><meta name="Author" content=" Ana Lind ">
            <meta property="article:published_time" content="2031-03-09T10:00:00Z"><meta name="empty" content="">
            <link rel="shortlink canonical" href="https://karsk.example/a">
            <script type="application/ld+json; charset=utf-8">{"@type": "Article", "headline": "Talks"}</script>
            <body><svg><title>Logo</title></svg><div itemscope itemtype="https://schema.org/NewsArticle">
            <time itemprop="datePublished" datetime="2031-03-09">9 March</time><span itemprop="author">Ana
            Lind</span>"#,
        );
        let metadata = Metadata::read(&tree);
        let shown = |item: Option<&Item>| item.map(|item| format!("{}: {}", item.place, item.words));
        let expect = |item: Option<&Item>, expected: &str| assert_eq!(shown(item).as_deref(), Some(expected));
        expect(metadata.title(), "title: Talks open | Courier");
        expect(metadata.first(&["dc.title", "og:title"]), "meta property=\"og:title\": Talks open");
        expect(metadata.first(&["author"]), "meta name=\"Author\": Ana Lind");
        expect(metadata.canonical(), "link rel=\"canonical\": https://karsk.example/a");
        expect(metadata.language(), "html lang: en-GB");
        expect(metadata.articles()[0].headline.as_ref(), "JSON-LD headline: Talks");
        assert_eq!(metadata.first(&["empty"]), None);
        let properties: Vec<_> = metadata.properties().iter().map(|p| (&*p.name, &*p.scope, &*p.item.words)).collect();
        assert_eq!(properties, [("datepublished", "newsarticle", "2031-03-09"), ("author", "newsarticle", "Ana Lind")]);
        assert_eq!(metadata.properties()[0].item.place, "time itemprop=\"datePublished\"");
    }

    #[test]
    fn a_million_elements_are_bounded() {
        let source = "<meta name=a content=b><i itemprop=x>y</i>".repeat(200_000);
        let metadata = Metadata::read(&Tree::parse(&source));
        assert_eq!((metadata.metas().count(), metadata.properties().len()), (MAX_ITEMS, MAX_ITEMS));
    }
}
