//! The headline of a page: the heading that says what the page says of itself.
//!
//! Pages name themselves in several places, mostly with the name of the site behind, and often in other words than the
//! headline that readers see. A heading of the first level that shares its words with one of those names is the
//! headline; where there is none, the name itself is the title, without the site's.

use super::blocks::{Blocks, Role};
use super::metadata::{Item, Metadata};
use crate::lines::{MAX_TITLE_WORDS, words};
use std::collections::BTreeSet;
use std::ops::Range;

/// A title, and the lines of the page that state it.
#[derive(Debug)]
pub(crate) struct Title {
    pub(crate) value: String,
    pub(crate) lines: Option<Range<usize>>,
    /// Where it stands in the metadata, if no line states it.
    pub(crate) item: Option<Item>,
}

/// A heading shares this share of the words of the shorter of the two with a name of the page. Of 140 headlines that
/// are headings of the first level nine in ten say the name in full; slogans and logos share a word or two.
const MIN_SHARED: f64 = 0.5;
/// A line that states the title is not longer.
const MAX_TITLE_BYTES: usize = 400;

/// The title of a page. `site` is the name of the site.
pub(crate) fn title(page: &Blocks, metadata: &Metadata, site: Option<&str>) -> Option<Title> {
    let named = names(metadata, site);
    let headings: Vec<(Range<usize>, String)> = headings(page);
    let is_site = |text: &str| site.is_some_and(|site| folded(site) == folded(text));
    let score = |text: &str| named.iter().map(|(_, name)| shared(text, name)).fold(0.0, f64::max);
    let mut best: Option<(&(Range<usize>, String), f64)> = None;
    for heading in headings.iter().filter(|(_, text)| !is_site(text)) {
        let score = score(&heading.1);
        let is_said = score >= MIN_SHARED || named.is_empty();
        if is_said && best.is_none_or(|(_, best)| score > best) {
            best = Some((heading, score));
        }
    }
    let stated =
        |lines: &Range<usize>, text: &str| Title { value: text.to_string(), lines: Some(lines.clone()), item: None };
    if let Some(((lines, text), _)) = best {
        return Some(stated(lines, text));
    }
    if let Some(at) = line_in_name(page, metadata, &named, is_site) {
        return Some(stated(&(at..at + 1), page.text_of(&page.blocks[at])));
    }
    match named.into_iter().next() {
        Some((item, value)) => Some(Title { value, lines: None, item: Some(item) }),
        None => headings.first().map(|(lines, text)| stated(lines, text)),
    }
}

/// A line that stands in the name of the page in full and makes up most of it is the headline, whatever its element.
/// Headings come before other lines, and longer ones before shorter ones.
fn line_in_name(
    page: &Blocks,
    metadata: &Metadata,
    named: &[(Item, String)],
    is_site: impl Fn(&str) -> bool,
) -> Option<usize> {
    let title = metadata.title().map(|item| item.words.as_str());
    let names: Vec<String> = named.iter().map(|(_, name)| name.as_str()).chain(title).map(folded).collect();
    let mut best = None;
    for (at, block) in page.blocks.iter().enumerate().take(MAX_LINES_TO_TITLE) {
        let text = page.text_of(block);
        let n_words = words(text).count();
        if text.len() > MAX_TITLE_BYTES || (n_words < MIN_WORDS_IN_NAME && text.is_ascii()) || is_site(text) {
            continue;
        }
        let line = folded(text);
        let is_most =
            |name: &String| line.len() as f64 >= MIN_SHARE_OF_NAME * name.len() as f64 && name.contains(&line);
        let rank = (matches!(block.role, Role::Heading(_)), line.len());
        if !line.is_empty() && names.iter().any(is_most) && best.is_none_or(|(best, _)| rank > best) {
            best = Some((rank, at));
        }
    }
    best.map(|(_, at)| at)
}

/// Menus of the longest pages looked at have fewer lines.
const MAX_LINES_TO_TITLE: usize = 2000;
/// Fewer words name a section.
const MIN_WORDS_IN_NAME: usize = 3;
/// The name of the site beside it is rarely longer than the headline.
const MIN_SHARE_OF_NAME: f64 = 0.5;

/// The headings of the first level; one that is broken by `<br>` is one heading.
fn headings(page: &Blocks) -> Vec<(Range<usize>, String)> {
    let mut headings: Vec<(Range<usize>, String)> = Vec::new();
    for (at, block) in page.blocks.iter().enumerate().filter(|(_, block)| block.role == Role::Heading(1)) {
        let text = page.text_of(block);
        match headings.last_mut() {
            Some((lines, title))
                if lines.end == at
                    && page.blocks[lines.start].node == block.node
                    && title.len() + text.len() < MAX_TITLE_BYTES =>
            {
                lines.end = at + 1;
                title.push(' ');
                title.push_str(text);
            }
            _ => headings.push((at..at + 1, text.to_string())),
        }
        if headings.len() >= MAX_HEADINGS {
            break;
        }
    }
    headings.retain(|(_, text)| text.len() <= MAX_TITLE_BYTES && words(text).count() <= MAX_TITLE_WORDS);
    headings
}

/// A page has one headline; some give all their headings the first level.
const MAX_HEADINGS: usize = 30;

/// The names of the page without the name of the site, the surest first.
fn names(metadata: &Metadata, site: Option<&str>) -> Vec<(Item, String)> {
    let headline = metadata.articles().iter().find_map(|article| article.headline.as_ref());
    let metas = ["og:title", "twitter:title", "dc.title", "title", "headline"];
    let metas = metas.into_iter().filter_map(|name| metadata.first(&[name])).chain(metadata.title());
    let mut names: Vec<(Item, String)> = Vec::new();
    for item in headline.into_iter().chain(metas) {
        let name = without_site(&item.words, site);
        if !name.is_empty() && name.len() <= MAX_TITLE_BYTES && names.iter().all(|(_, known)| *known != name) {
            names.push((item.clone(), name));
        }
    }
    names
}

/// What stands between a title and the name of its site.
const SEPARATORS: [&str; 12] = [" | ", " - ", " – ", " — ", " :: ", " · ", " • ", " « ", " » ", " › ", " ‹ ", ": "];
/// These separate nothing else.
const SURE_SEPARATORS: [&str; 5] = [" | ", " :: ", " « ", " » ", " › "];
/// "Karsk Evening Courier" and the like; a longer part belongs to the title.
const MAX_SITE_WORDS: usize = 4;

/// The title without the name of the site at its end or beginning. The last part is taken for one where it is short and
/// a mark stands before it that separates nothing else.
fn without_site(name: &str, site: Option<&str>) -> String {
    let mut name = collapse(name);
    // A name and a section can stand behind: "Talks open | Politics | Courier".
    for _ in 0..3 {
        let cut = SEPARATORS.iter().find_map(|separator| {
            let (head, tail) = name.rsplit_once(separator)?;
            let is_sure = SURE_SEPARATORS.contains(separator);
            let is_short = words(tail).count() <= MAX_SITE_WORDS && words(head).count() > words(tail).count();
            if *separator != ": " && (is_site(tail, site) || (is_sure && is_short)) {
                return Some(head.trim().to_string());
            }
            let (head, tail) = name.split_once(separator)?;
            is_site(head, site).then(|| tail.trim().to_string())
        });
        match cut {
            Some(cut) if !cut.is_empty() => name = cut,
            _ => break,
        }
    }
    name
}

fn is_site(part: &str, site: Option<&str>) -> bool {
    let part = folded(part);
    site.map(folded).is_some_and(|site| {
        !part.is_empty()
            && (part == site
                || (part.len() >= MIN_SITE_BYTES
                    && (site.contains(&part) || part.contains(&site) && site.len() >= MIN_SITE_BYTES)))
    })
}

/// A shorter name is part of too many words.
const MIN_SITE_BYTES: usize = 4;

/// Letters and digits alone, in lower case.
pub(super) fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

pub(super) fn collapse(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// How much of the shorter of two texts stands in the other one: by words, or by characters in scripts without spaces.
fn shared(one: &str, other: &str) -> f64 {
    let (one, other) = (pieces(one), pieces(other));
    let n_shorter = one.len().min(other.len());
    if n_shorter == 0 {
        return 0.0;
    }
    let n_shared = one.intersection(&other).count();
    let n_longer = one.len().max(other.len());
    // Of headings that stand in the name in full the longer one says more.
    (n_shared as f64 / n_shorter as f64) * 0.8 + (n_shared as f64 / n_longer as f64) * 0.2
}

fn pieces(text: &str) -> BTreeSet<String> {
    let mut pieces = BTreeSet::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        if word.chars().all(|c| c as u32 >= 0x2e80) {
            pieces.extend(word.chars().map(String::from));
        } else {
            pieces.insert(word);
        }
    }
    pieces
}
