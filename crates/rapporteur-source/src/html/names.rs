//! Who wrote a page, who published it, and where.

use super::metadata::{Item, Metadata};
use super::title::{collapse, folded};
use crate::lexicon::lexicon;
use crate::lines::words;
use rapporteur_model::{Evidence, Evidenced};

/// The name of the site or paper.
pub(crate) fn outlet(metadata: &Metadata) -> Option<Evidenced<String>> {
    let metas =
        ["og:site_name", "application-name", "twitter:app:name:iphone", "dc.publisher", "publisher", "copyright"];
    let publisher = || metadata.articles().iter().find_map(|article| article.publisher.as_ref());
    let first = metadata.first(&metas[..1]).filter(|item| is_name(&item.words));
    let item = first
        .or_else(|| publisher().filter(|item| is_name(&item.words)))
        .or_else(|| metadata.site_name().filter(|item| is_name(&item.words)))
        .or_else(|| metadata.first(&metas[1..5]).filter(|item| is_name(&item.words)));
    item.map(evidenced)
}

/// The outlet that the `<title>` names beside the headline: "Talks open - Amber Post".
pub(crate) fn outlet_beside(headline: &str, metadata: &Metadata) -> Option<Evidenced<String>> {
    let item = metadata.title()?;
    let title = collapse(&item.words);
    let rest = title.strip_prefix(headline).or_else(|| title.strip_suffix(headline))?;
    let has_mark = rest.trim().starts_with(MARKS) || rest.trim().ends_with(MARKS);
    let name = rest.trim_matches(|c: char| c.is_whitespace() || MARKS.contains(&c));
    // Of several parts the last one is the site.
    let name = name.rsplit(MARKS).next()?.trim();
    let is_outlet = has_mark && is_name(name) && words(name).count() <= MAX_OUTLET_WORDS;
    is_outlet.then(|| Evidenced { value: name.to_string(), evidence: item.evidence() })
}

/// What stands between a headline and the name of the site.
const MARKS: [char; 9] = ['|', '-', '–', '—', ':', '·', '•', '«', '_'];
/// "The Karsk Evening Courier and Post"; what is longer is a part of the title.
const MAX_OUTLET_WORDS: usize = 6;

/// The names of the authors, as the metadata say them.
pub(crate) fn authors(metadata: &Metadata) -> Option<Evidenced<String>> {
    let of_articles = metadata.articles().iter().map(|article| &article.authors).find(|authors| !authors.is_empty());
    let of_articles: Vec<&Item> = of_articles.into_iter().flatten().collect();
    let metas =
        ["author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator"];
    let of_metas = || metas.iter().map(|name| metadata.all(name).collect::<Vec<_>>());
    let of_elements = || metadata.properties().iter().filter(|property| property.name == "author");
    let of_elements = || of_elements().map(|property| &property.item).collect::<Vec<_>>();
    std::iter::once(of_articles)
        .chain(of_metas())
        .chain(std::iter::once_with(of_elements))
        .find_map(|items| joined(&items))
}

/// An article has a few authors; a longer list names the staff.
const MAX_AUTHORS: usize = 6;

fn joined(items: &[&Item]) -> Option<Evidenced<String>> {
    let mut names: Vec<String> = Vec::new();
    for item in items {
        let name = without_by(&collapse(&item.words));
        if is_name(&name) && !names.contains(&name) {
            names.push(name);
        }
    }
    names.truncate(MAX_AUTHORS);
    let place = &items.first()?.place;
    let value = names.join(", ");
    let evidence = Evidence::metadata(place, &value);
    (!value.is_empty()).then_some(Evidenced { value, evidence })
}

/// "By Jane Doe" without what comes before the name.
fn without_by(name: &str) -> String {
    let lower = name.to_lowercase();
    let starts = lexicon().byline_starts.iter();
    let start = starts.filter(|start| lower.strip_prefix(**start).is_some_and(|rest| rest.starts_with([' ', ':'])));
    let n = start.map(|start| start.len()).max().unwrap_or(0);
    name.get(n..).unwrap_or(name).trim_start_matches([':', ' ']).to_string()
}

/// Names are not longer, and are no addresses.
const MAX_NAME_BYTES: usize = 120;

fn is_name(words: &str) -> bool {
    words.len() <= MAX_NAME_BYTES
        && !words.contains("://")
        && !words.starts_with(['@', '/', '{'])
        && words.contains(char::is_alphabetic)
}

/// The address of the page, the one that it calls its own first.
pub(crate) fn address(metadata: &Metadata) -> Option<Evidenced<String>> {
    let of_articles = metadata.articles().iter().filter_map(|article| article.url.as_ref());
    let items = metadata.canonical().into_iter().chain(metadata.first(&["og:url"])).chain(of_articles);
    let is_address = |item: &&Item| {
        let words = &item.words;
        (words.starts_with("http://") || words.starts_with("https://"))
            && words.len() <= MAX_ADDRESS_BYTES
            && !words.contains(char::is_whitespace)
    };
    items.filter(is_address).map(Item::evidenced).next()
}

/// Longer addresses are no addresses.
const MAX_ADDRESS_BYTES: usize = 4096;

fn evidenced(item: &Item) -> Evidenced<String> {
    Evidenced { value: collapse(&item.words), evidence: item.evidence() }
}

/// The name of the site as its address tells it, to find it in titles: "karskcourier" of "www.karskcourier.example".
pub(crate) fn site_of_address(url: &str) -> Option<String> {
    let host = url.split_once("://")?.1.split(['/', ':', '?', '#']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    let labels: Vec<&str> = host.split('.').collect();
    // The longest label is the name: "news.karskcourier.co.example".
    let name = labels[..labels.len().saturating_sub(1)].iter().rev().max_by_key(|label| label.len())?;
    (name.len() >= 3).then(|| folded(name))
}
