//! Web pages → articles.
//!
//! [`tree`] parses the source; [`metadata`] reads what the page says about itself; [`blocks`] gives the lines that a
//! reader would see, [`region`] tells which of them are the report, [`title`] which is the headline, and [`render`]
//! writes the text of the article. What the lines themselves say is told by the rules for plain text, which get what the
//! markup says of each line.

mod addresses;
mod blocks;
mod candidates;
mod date_words;
mod elements;
mod headline;
mod json_ld;
mod mass;
mod metadata;
mod names;
mod prune;
mod published;
mod region;
mod render;
mod sightings;
mod title;
mod tree;
mod words;

use crate::article::Text;
use crate::decode::Refusal;
use crate::entry::Entry;
use crate::furniture::lay_out;
use crate::lines::lines;
use crate::told::Publication;
use blocks::Blocks;
use metadata::Metadata;
use rapporteur_model::{Evidence, Evidenced, Furniture, FurnitureKind, Span};
use tree::Tree;

/// Whether the text of an entry is the source of a page: its media type or its name says so and it has markup, or it
/// begins as pages do.
pub(crate) fn is_page(entry: &Entry, text: &str) -> bool {
    let media_type = entry.media_type.as_deref().unwrap_or_default().to_ascii_lowercase();
    let is_declared = ["text/html", "application/xhtml"].iter().any(|kind| media_type.trim_start().starts_with(kind));
    let name = entry.location.rsplit(['/', '\\', '#']).next().unwrap_or_default();
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    let is_named = matches!(extension.as_deref(), Some("html" | "htm" | "xhtml" | "shtml"));
    begins_as_page(text) || ((is_declared || is_named) && has_markup(text))
}

fn begins_as_page(text: &str) -> bool {
    let mut rest = text.get(..text.floor_char_boundary(MAX_SNIFFED_BYTES)).unwrap_or(text).trim_start();
    // What may stand before the first element.
    while let Some(after) = ["<!--", "<?"].iter().find_map(|start| rest.strip_prefix(start)) {
        match after.split_once('>') {
            Some((_, after)) => rest = after.trim_start(),
            None => return false,
        }
    }
    let Some(tag) = rest.strip_prefix('<') else { return false };
    let name: String = tag.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '!').collect();
    let is_ended = tag[name.len()..].starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'));
    let name = name.to_ascii_lowercase();
    is_ended
        && match name.as_str() {
            "!doctype" => tag[name.len()..].trim_start().to_ascii_lowercase().starts_with("html"),
            name => FIRST_ELEMENTS.contains(&name),
        }
}

/// Elements that the source of a page, or the part of one that an archive keeps, begins with.
const FIRST_ELEMENTS: [&str; 17] = [
    "html",
    "head",
    "body",
    "meta",
    "title",
    "link",
    "script",
    "div",
    "p",
    "article",
    "section",
    "main",
    "h1",
    "h2",
    "table",
    "figure",
    "blockquote",
];
/// Long licences and scripts stand before the first element of some pages.
const MAX_SNIFFED_BYTES: usize = 64 * 1024;

fn has_markup(text: &str) -> bool {
    let head = text.get(..text.floor_char_boundary(MAX_SNIFFED_BYTES)).unwrap_or(text);
    head.contains("</") || head.contains("<br") || head.contains("<p")
}

/// What is read of a page: its text with what stands in it, and what the page says about itself.
pub(crate) fn read(entry: &Entry, source: &str) -> Result<Text, Refusal> {
    let (tree, page) = parse(source);
    let metadata = Metadata::read(&tree);
    let told = &entry.told;
    let url = names::address(&metadata).or_else(|| told.url.clone());
    let outlet = names::outlet(&metadata);
    let site = outlet.as_ref().map(|outlet| outlet.value.clone());
    let site = site.or_else(|| url.as_ref().and_then(|url| names::site_of_address(&url.value)));

    let title = title::title(&page, &metadata, site.as_deref());
    let headline = title.as_ref().and_then(|title| title.lines.clone());
    let fates = region::fates(&tree, &page, headline.as_ref());
    let stated = title.as_ref().zip(headline.as_ref()).map(|(title, lines)| (title.value.as_str(), lines.start));
    let stated = stated.map(|(words, line)| (words, page.blocks[line].first_text));
    let mut rendered = render::render(&tree, &page, &fates, stated);
    let body = metadata.articles().iter().find_map(|article| article.article_body.as_ref());
    if let Some(body) = body.filter(|body| is_better(&body.words, &rendered)) {
        rendered = render::render_words(&body.words, stated.map(|(words, _)| words));
    }
    if rendered.n_report_letters == 0 {
        let hint = "save the page after its text is shown, or save the text itself";
        return Err(("a page without running text".to_string(), Some(hint.to_string())));
    }

    let beside = |(headline, _): (&str, _)| names::outlet_beside(headline, &metadata);
    let outlet = outlet.or_else(|| stated.and_then(beside)).or_else(|| told.outlet.clone());
    let lines = lines(&rendered.text);
    let mut layout = lay_out(&rendered.text, &lines, &rendered.markup);
    let paragraphs = lines.iter().map(|line| line.span()).collect();
    let found_at = told.url.as_ref().or(url.as_ref()).map(|url| url.value.as_str());
    let publication = published::publication(&tree, &metadata, found_at);
    let published = publication.published.map(|date| in_text(date, &rendered.text, &layout.furniture));
    let publication = Publication { published, ..publication };
    let languages = metadata.languages();
    layout.url = url.or(layout.url);
    layout.title = layout.title.or_else(|| {
        let of_page = title.and_then(|title| Some(Evidenced { value: title.value, evidence: title.item?.evidence() }));
        of_page.or_else(|| told.title.clone())
    });
    let authors = names::authors(&metadata).or_else(|| told.byline.clone());
    layout.byline = match (layout.byline, authors) {
        (Some(stated), _) => Some(stated),
        (None, authors) => authors.map(|authors| in_text(authors, &rendered.text, &layout.furniture)),
    };
    Ok(Text { text: rendered.text, paragraphs, layout, outlet, publication, languages, segments: rendered.segments })
}

/// The page as a tree and as lines. What stands in it for readers without scripts is passed over, unless the page has no
/// text without that.
fn parse(source: &str) -> (Tree, Blocks) {
    let tree = Tree::parse(source);
    let page = blocks::blocks(&tree);
    if page.n_prose_letters() >= MIN_PAGE_LETTERS {
        return (tree, page);
    }
    let Some(without_scripts) = without_noscript(source) else { return (tree, page) };
    let shown = Tree::parse(&without_scripts);
    let shown_page = blocks::blocks(&shown);
    if shown_page.n_prose_letters() > page.n_prose_letters() { (shown, shown_page) } else { (tree, page) }
}

/// Less running text than a paragraph.
const MIN_PAGE_LETTERS: u32 = 300;

/// The source with spaces in place of the tags of `<noscript>`, if it has any; all places stay what they are.
fn without_noscript(source: &str) -> Option<String> {
    let folded = source.to_ascii_lowercase();
    let mut shown = String::with_capacity(source.len());
    let mut tags: Vec<usize> =
        ["<noscript", "</noscript"].iter().flat_map(|tag| folded.match_indices(tag).map(|(at, _)| at)).collect();
    tags.sort_unstable();
    for at in &tags {
        if *at >= shown.len() {
            let end = folded[*at..].find('>').map_or(source.len(), |n| at + n + 1);
            shown.push_str(&source[shown.len()..*at]);
            shown.extend(std::iter::repeat_n(' ', end - at));
        }
    }
    shown.push_str(&source[shown.len()..]);
    (!tags.is_empty()).then_some(shown)
}

/// What the metadata tell is stated where publication data of the text hold the same words.
fn in_text<T>(known: Evidenced<T>, text: &str, furniture: &[Furniture]) -> Evidenced<T> {
    let is_data =
        |kind: FurnitureKind| matches!(kind, FurnitureKind::Header | FurnitureKind::Byline | FurnitureKind::Credit);
    let Evidence::Metadata(told) = &known.evidence else { return known };
    let words = &told.words;
    let found = furniture.iter().filter(|furniture| is_data(furniture.kind)).find_map(|furniture| {
        let start = furniture.span.start.get() + furniture.span.of(text).find(words.as_str())?;
        Some(Span::new(start, start + words.len()))
    });
    match found {
        Some(span) => Evidenced { evidence: Evidence::Stated(span), ..known },
        None => known,
    }
}

/// Whether the text of the metadata is the report and what was read of the page is not: much longer, as where scripts
/// write the page.
fn is_better(body: &str, rendered: &render::Rendered) -> bool {
    let n_letters = body.chars().filter(|c| c.is_alphanumeric()).count();
    n_letters >= MIN_BODY_LETTERS && n_letters as f64 > MIN_BODY_RATIO * f64::from(rendered.n_report_letters)
}

/// A summary can be as long.
const MIN_BODY_LETTERS: usize = 250;
/// Metadata leave out lists and headings rather than hold more than the page does.
const MIN_BODY_RATIO: f64 = 2.0;
