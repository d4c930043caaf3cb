//! JSON-LD: what the scripts of a page say about its article (schema.org), read leniently.
//!
//! A block that is no JSON is mended where the mistake is a common one: control characters in strings, commas before
//! a closing bracket, `&quot;` for quotation marks, comments around it. What cannot be mended is searched for the
//! properties that are asked for.

use super::metadata::Item;
use super::tree::Tree;
use crate::lexicon::sections;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

/// What one JSON-LD object says of an article, or of the page that holds it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ArticleData {
    /// Its type in lower case, without address: `newsarticle`.
    pub(crate) kind: String,
    pub(crate) headline: Option<Item>,
    /// The names of those who wrote it.
    pub(crate) authors: Vec<Item>,
    pub(crate) publisher: Option<Item>,
    pub(crate) date_published: Option<Item>,
    pub(crate) date_modified: Option<Item>,
    pub(crate) date_created: Option<Item>,
    pub(crate) url: Option<Item>,
    pub(crate) in_language: Option<Item>,
    pub(crate) article_body: Option<Item>,
    /// The name of the site, paper or section it belongs to.
    pub(crate) is_part_of: Option<Item>,
}

/// What all blocks of a page say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct JsonLd {
    pub(crate) articles: Vec<ArticleData>,
    pub(crate) pages: Vec<ArticleData>,
    /// The name of whoever publishes the page, as an object of its own says it.
    pub(crate) site_name: Option<Item>,
    n_bytes: usize,
}

/// A page says more than this only by mistake or in ill will: the most that 599 pages looked at have is 20 KB.
const MAX_BYTES: usize = 3 * 1024 * 1024;
/// Objects that are kept of each kind; a page is one article, a list of hundreds is none.
const MAX_OBJECTS: usize = 64;
/// Authors that are kept of one article.
const MAX_AUTHORS: usize = 32;

struct Types {
    article: HashSet<&'static str>,
    page: HashSet<&'static str>,
    site: HashSet<&'static str>,
    main_properties: HashSet<&'static str>,
}

fn types() -> &'static Types {
    static TYPES: LazyLock<Types> = LazyLock::new(|| {
        let sections = sections(include_str!("../../data/json-ld.txt"));
        let set = |name: &str| sections[name].iter().copied().collect();
        Types {
            article: set("article types"),
            page: set("page types"),
            site: set("site types"),
            main_properties: set("main properties"),
        }
    });
    &TYPES
}

impl JsonLd {
    /// Adds what one block says. Blocks beyond a total of 3 MiB are passed over.
    pub(crate) fn read_block(&mut self, block: &str) {
        self.n_bytes = self.n_bytes.saturating_add(block.len());
        if self.n_bytes > MAX_BYTES {
            return;
        }
        let values = values(block.trim().trim_start_matches('\u{feff}'));
        let values = if values.is_empty() { values_mended(block) } else { values };
        if values.is_empty() {
            let found = search(block);
            if (found.date_published.is_some() || found.headline.is_some()) && self.articles.len() < MAX_OBJECTS {
                self.articles.push(found);
            }
            return;
        }
        let mut ids = BTreeMap::new();
        values.iter().for_each(|value| collect_ids(value, &mut ids));
        values.iter().for_each(|value| self.walk(value, &ids));
    }

    /// As deep as `serde_json` reads: 128 levels.
    fn walk(&mut self, value: &Value, ids: &Ids) {
        match value {
            Value::Array(values) => values.iter().for_each(|value| self.walk(value, ids)),
            Value::Object(object) => {
                self.take(object, ids);
                for (key, value) in object {
                    if types().main_properties.contains(key.to_ascii_lowercase().as_str()) {
                        self.walk(value, ids);
                    }
                }
            }
            _ => {}
        }
    }

    fn take(&mut self, object: &Map<String, Value>, ids: &Ids) {
        let kinds = kinds(object);
        let known = types();
        let is_article = |kind: &String| {
            known.article.contains(kind.as_str()) || ["article", "blogposting"].iter().any(|end| kind.ends_with(end))
        };
        if let Some(kind) = kinds.iter().find(|kind| is_article(kind)) {
            if self.articles.len() < MAX_OBJECTS {
                self.articles.push(article_data(kind, object, ids));
            }
        } else if let Some(kind) = kinds.iter().find(|kind| known.page.contains(kind.as_str())) {
            if self.pages.len() < MAX_OBJECTS {
                self.pages.push(article_data(kind, object, ids));
            }
        } else if self.site_name.is_none() && kinds.iter().any(|kind| known.site.contains(kind.as_str())) {
            let name = object.get("name").and_then(|value| name_of(value, ids, 0));
            self.site_name = name.map(|words| item(&format!("{} name", kinds[0]), words));
        }
    }
}

type Ids<'v> = BTreeMap<&'v str, &'v Map<String, Value>>;

/// The objects that others refer to by `@id`. Of two with one id the one that says more is meant.
fn collect_ids<'v>(value: &'v Value, ids: &mut Ids<'v>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect_ids(value, ids)),
        Value::Object(object) => {
            if let Some(Value::String(id)) = object.get("@id") {
                let known = ids.entry(id).or_insert(object);
                if known.len() < object.len() {
                    *known = object;
                }
            }
            object.values().for_each(|value| collect_ids(value, ids));
        }
        _ => {}
    }
}

/// The types of an object in lower case, without address.
fn kinds(object: &Map<String, Value>) -> Vec<String> {
    let plain = |value: &Value| {
        let kind = value.as_str()?.rsplit(['/', ':', '#']).next()?.trim().to_ascii_lowercase();
        (!kind.is_empty()).then_some(kind)
    };
    match object.get("@type").or_else(|| object.get("type")) {
        Some(Value::Array(values)) => values.iter().filter_map(plain).collect(),
        Some(value) => plain(value).into_iter().collect(),
        None => Vec::new(),
    }
}

fn article_data(kind: &str, object: &Map<String, Value>, ids: &Ids) -> ArticleData {
    let get = |names: &[&str], read: &dyn Fn(&Value) -> Option<String>| {
        names.iter().find_map(|name| {
            let words = object.get(*name).and_then(read)?;
            Some(item(name, words))
        })
    };
    let name = |value: &Value| name_of(value, ids, 0);
    let mut authors = Vec::new();
    for property in ["author", "creator"] {
        if authors.is_empty()
            && let Some(value) = object.get(property)
        {
            names_of(value, ids, 0, &mut authors);
            authors.truncate(MAX_AUTHORS);
        }
    }
    ArticleData {
        kind: kind.to_string(),
        headline: get(&["headline", "name", "alternativeHeadline"], &name),
        authors: authors.into_iter().map(|words| item("author", words)).collect(),
        publisher: get(&["publisher", "sourceOrganization"], &name),
        date_published: get(&["datePublished", "dateposted", "DatePublished", "uploadDate"], &scalar),
        date_modified: get(&["dateModified", "DateModified", "dateUpdated"], &scalar),
        date_created: get(&["dateCreated", "DateCreated"], &scalar),
        url: get(&["url", "mainEntityOfPage", "@id"], &address),
        in_language: get(&["inLanguage"], &language),
        article_body: get(&["articleBody", "text"], &scalar),
        is_part_of: get(&["isPartOf"], &name),
    }
}

fn item(property: &str, words: String) -> Item {
    Item::new(format!("JSON-LD {property}"), words)
}

/// The words of a value: of a list those of its first.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => plain_text(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => values.iter().find_map(scalar),
        Value::Object(object) => object.get("@value").and_then(scalar),
        _ => None,
    }
}

fn address(value: &Value) -> Option<String> {
    let is_address = |text: &String| text.starts_with("http://") || text.starts_with("https://");
    match value {
        Value::String(_) => scalar(value).filter(is_address),
        Value::Array(values) => values.iter().find_map(address),
        Value::Object(object) => ["@id", "url"].iter().find_map(|key| object.get(*key).and_then(address)),
        _ => None,
    }
}

fn language(value: &Value) -> Option<String> {
    match value {
        Value::Object(object) => ["alternateName", "name"].iter().find_map(|key| object.get(*key).and_then(scalar)),
        _ => scalar(value),
    }
}

fn name_of(value: &Value, ids: &Ids, depth: usize) -> Option<String> {
    let mut names = Vec::new();
    names_of(value, ids, depth, &mut names);
    names.into_iter().next()
}

/// Names in a value: texts, the names of objects, of what they refer to, of the members of lists.
fn names_of(value: &Value, ids: &Ids, depth: usize, names: &mut Vec<String>) {
    if depth > MAX_NAME_DEPTH || names.len() >= MAX_AUTHORS {
        return;
    }
    match value {
        Value::String(text) if text.starts_with("http://") || text.starts_with("https://") => {}
        Value::String(_) => names.extend(scalar(value)),
        Value::Array(values) => values.iter().for_each(|value| names_of(value, ids, depth + 1, names)),
        Value::Object(object) => {
            let target = match object.get("@id") {
                Some(Value::String(id)) if !object.contains_key("name") => ids.get(id.as_str()).copied(),
                _ => None,
            };
            let object = target.unwrap_or(object);
            if let Some(value) = ["name", "@value", "@list", "legalName"].iter().find_map(|key| object.get(*key)) {
                names_of(value, ids, depth + 1, names);
            }
        }
        _ => {}
    }
}

/// A list of objects with lists of names is three deep; an object that refers to itself would go on.
const MAX_NAME_DEPTH: usize = 6;

/// The text without the character references and tags that many systems leave in JSON.
fn plain_text(text: &str) -> Option<String> {
    let text = text.trim();
    let read = if text.contains('&') || text.contains("</") {
        Tree::parse(text).all_text(super::tree::NodeId::ROOT).trim().to_string()
    } else {
        text.to_string()
    };
    (!read.is_empty()).then_some(read)
}

/// The JSON values of a block; several may follow each other.
fn values(block: &str) -> Vec<Value> {
    let mut values = Vec::new();
    for value in serde_json::Deserializer::from_str(block).into_iter::<Value>() {
        match value {
            Ok(value) => values.push(value),
            Err(_) => break,
        }
    }
    values
}

fn values_mended(block: &str) -> Vec<Value> {
    let Some(start) = block.find(['{', '[']) else { return Vec::new() };
    let block = &block[start..];
    // References stand for the marks of the notation only where these are missing.
    let read;
    let block = if block.contains('"') {
        block
    } else {
        read = block.replace("&quot;", "\"").replace("&#34;", "\"").replace("&amp;", "&");
        &read
    };
    values(&mend(block))
}

/// The block with the common mistakes put right; see the module.
fn mend(block: &str) -> String {
    let mut mended = String::with_capacity(block.len());
    let mut in_string = false;
    let mut chars = block.chars().peekable();
    while let Some(c) = chars.next() {
        match (in_string, c) {
            (true, '\\') => match chars.next() {
                Some(next @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u')) => mended.extend(['\\', next]),
                // Other characters need no escape.
                Some(next) if !next.is_control() => mended.push(next),
                _ => {}
            },
            (true, c) if c.is_control() => mended.push(' '),
            (_, '"') => {
                in_string = !in_string;
                mended.push(c);
            }
            (false, '}' | ']') => {
                let kept = mended.trim_end_matches(|c: char| c.is_whitespace() || c == ',').len();
                mended.truncate(kept);
                mended.push(c);
            }
            _ => mended.push(c),
        }
    }
    mended
}

/// What a block that is no JSON says of the article, as far as it can be found by its properties.
fn search(block: &str) -> ArticleData {
    let property = |name: &str| string_after(block, name).and_then(|words| plain_text(&words)).map(|w| item(name, w));
    ArticleData {
        kind: string_after(block, "@type").unwrap_or_default().to_ascii_lowercase(),
        headline: property("headline"),
        date_published: property("datePublished"),
        date_modified: property("dateModified"),
        date_created: property("dateCreated"),
        in_language: property("inLanguage"),
        ..ArticleData::default()
    }
}

/// The text that stands behind the first `"name":`.
fn string_after(block: &str, name: &str) -> Option<String> {
    let at = block.find(&format!("\"{name}\""))? + name.len() + 2;
    let rest = block[at..].trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    let mut is_escaped = false;
    let end = rest.find(|c: char| {
        let is_end = c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_end
    })?;
    values(&format!("\"{}\"", mend_string(&rest[..end]))).first()?.as_str().map(str::to_string)
}

fn mend_string(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(blocks: &[&str]) -> JsonLd {
        let mut read = JsonLd::default();
        blocks.iter().for_each(|block| read.read_block(block));
        read
    }

    fn words(item: &Option<Item>) -> &str {
        item.as_ref().map_or("", |item| item.words.as_str())
    }

    #[test]
    fn an_article_is_found_wherever_it_is_the_main_thing() {
        for block in [
            r#"{"@type": "NewsArticle", "headline": "Talks open", "datePublished": "2031-03-09"}"#,
            r#"[{"@type": "BreadcrumbList"}, {"@type": ["Article", "Thing"], "headline": "Talks open", "datePublished": "2031-03-09"}]"#,
            r#"{"@graph": [{"@type": "WebPage", "mainEntity": {"@type": "http://schema.org/BlogPosting", "name": "Talks open", "datePublished": ["2031-03-09"]}}]}"#,
            r#"{"@type": "ItemList"} {"@type": "schema:Article", "headline": {"@value": "Talks open"}, "datePublished": "2031-03-09"}"#,
        ] {
            let read = read(&[block]);
            assert_eq!(read.articles.len(), 1, "{block}");
            assert_eq!(words(&read.articles[0].headline), "Talks open", "{block}");
            assert_eq!(words(&read.articles[0].date_published), "2031-03-09", "{block}");
        }
    }

    #[test]
    fn articles_in_lists_are_other_articles() {
        let list = r#"{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Another"}]}"#;
        assert_eq!(read(&[list]).articles, []);
    }

    #[test]
    fn names_are_found_in_texts_objects_lists_and_by_reference() {
        let block = r##"{"@graph": [
            {"@type": "Article", "author": [{"@id": "#ana"}, {"@type": "Person", "name": "Bo Lind"}, "Cy Orr"],
             "publisher": {"@id": "#paper"}, "isPartOf": {"name": "Politics"}, "url": "https://karsk.example/a"},
            {"@id": "#ana", "@type": "Person", "name": "Ana &amp; Co"},
            {"@id": "#paper", "@type": "Organization", "name": "Karsk Courier"}]}"##;
        let read = read(&[block]);
        let article = &read.articles[0];
        let authors: Vec<&str> = article.authors.iter().map(|item| item.words.as_str()).collect();
        assert_eq!(authors, ["Ana & Co", "Bo Lind", "Cy Orr"]);
        assert_eq!(words(&article.publisher), "Karsk Courier");
        assert_eq!(words(&article.is_part_of), "Politics");
        assert_eq!(words(&article.url), "https://karsk.example/a");
        assert_eq!(words(&read.site_name), "Karsk Courier");
        assert_eq!(article.authors[0].place, "JSON-LD author");
    }

    #[test]
    fn broken_blocks_are_mended() {
        for block in [
            "{\"@type\": \"Article\", \"headline\": \"Talks\n\topen\", \"datePublished\": \"2031-03-09\",}",
            "<!-- {\"@type\": \"Article\", \"keywords\": [\"a\", \"b\",], \"datePublished\": \"2031-03-09\"} -->",
            "//<![CDATA[\n{\"@type\": \"Article\", \"headline\": \"Karsk\\'s talks\", \"datePublished\": \"2031-03-09\"}\n//]]>",
            "{&quot;@type&quot;: &quot;Article&quot;, &quot;datePublished&quot;: &quot;2031-03-09&quot;}",
            "{\"@type\": \"Article\", \"datePublished\": \"2031-03-09\"};",
            "{\"@type\": \"Article\", \"headline\": \"say \"yes\" to it\", \"datePublished\" : \"2031-03-09\", \"a\": {",
        ] {
            let read = read(&[block]);
            assert_eq!(read.articles.len(), 1, "{block}");
            assert_eq!(words(&read.articles[0].date_published), "2031-03-09", "{block}");
        }
    }

    #[test]
    fn hostile_blocks_are_bounded() {
        let n = 100_000;
        let deep = format!("{}{}", "{\"@graph\":[".repeat(n), "]}".repeat(n));
        let long = format!("[{}1]", "1,".repeat(5 * 1024 * 1024));
        let many = format!("[{}{{}}]", "{\"@type\":\"Article\",\"url\":\"\"},".repeat(n / 10));
        let loops = r##"{"@id": "#a", "@type": "Article", "author": {"@id": "#a"}}"##;
        let read = read(&[&deep, &many, loops, &long, "", "{", "\"", "{\"datePublished\"", "nonsense"]);
        assert_eq!(read.articles.len(), MAX_OBJECTS);
    }
}
