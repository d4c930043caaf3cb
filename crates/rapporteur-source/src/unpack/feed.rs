//! Feeds: RSS, Atom and JSON Feed, each entry an article with its content, or else with its summary.

use super::{About, Flow, Place, Problem, Unpacker, bounded};
use crate::entry::Told;
use feed_rs::model::{Entry, Feed, Link, Person};
use feed_rs::parser::{Builder, ParseFeedError};
use rapporteur_model::{Evidence, Evidenced};
use std::io::BufRead;
use std::ops::ControlFlow;

pub(super) fn read(unpacker: &mut Unpacker, place: &Place, reader: &mut dyn BufRead) -> Flow {
    match bounded::whole(reader, unpacker.options.max_entry_bytes) {
        Ok(bytes) => read_held(unpacker, place, &bytes),
        Err(problem) => unpacker.skip(place, problem),
    }
}

pub(super) fn read_held(unpacker: &mut Unpacker, place: &Place, bytes: &[u8]) -> Flow {
    // The parser makes no promise about bytes that are no feed.
    let parse = |bytes: &[u8]| {
        let parse = || Builder::new().sanitize_content(false).build().parse(bytes);
        std::panic::catch_unwind(parse).ok()
    };
    let feed = match parse(bytes) {
        Some(Ok(feed)) => feed,
        None => {
            let problem = Problem::new("not a feed that can be read", "fetch the feed again if it can be had whole");
            return unpacker.skip(place, problem);
        }
        Some(Err(error)) => {
            // Of a feed that is cut off or damaged, the entries before the damage are whole.
            let mended = mend(bytes).and_then(|mended| parse(&mended)?.ok()).filter(|feed| !feed.entries.is_empty());
            unpacker.skip(place, problem_of(&error, mended.is_some()))?;
            match mended {
                Some(feed) => feed,
                None => return ControlFlow::Continue(()),
            }
        }
    };
    let of_feed = Told {
        outlet: feed.title.as_ref().and_then(|title| told("feed title", &title.content)),
        language: feed.language.as_deref().and_then(|language| told("feed language", language)),
        byline: names(&feed.authors).and_then(|names| told("feed author", &names)),
        ..Told::default()
    };
    let Feed { entries, .. } = feed;
    for (idx, entry) in entries.into_iter().enumerate() {
        let own_place = place.numbered(idx + 1);
        let (text, is_page) = text_of(&entry);
        if text.trim().is_empty() {
            let problem =
                Problem::new("an entry without text", "the feed gives a title and a link only; fetch the page");
            unpacker.skip(&own_place, problem)?;
            continue;
        }
        let media_type = is_page.then(|| "text/html; charset=utf-8".to_string());
        let told = told_of(&entry, &of_feed);
        unpacker.give(&own_place, text.into_bytes(), About { media_type, told })?;
    }
    ControlFlow::Continue(())
}

fn problem_of(error: &ParseFeedError, is_mended: bool) -> Problem {
    let hint =
        if is_mended { "the entries before the damage were read" } else { "check that it is RSS, Atom or JSON Feed" };
    let reason = match error {
        ParseFeedError::ParseError(feed_rs::parser::ParseErrorKind::NoFeedRoot) => "XML that is no feed".to_string(),
        _ => "a feed that is damaged or cut off".to_string(),
    };
    Problem::new(reason, hint)
}

/// The feed up to its last whole entry, closed.
fn mend(bytes: &[u8]) -> Option<Vec<u8>> {
    let last = |end: &[u8]| bytes.windows(end.len()).rposition(|window| window == end).map(|at| at + end.len());
    let (end, closing) = match (last(b"</item>"), last(b"</entry>")) {
        (Some(end), _) if bytes[..end].windows(8).any(|window| window == b"<rdf:RDF") => (end, "</rdf:RDF>"),
        (Some(end), _) => (end, "</channel></rss>"),
        (None, Some(end)) => (end, "</feed>"),
        (None, None) => return None,
    };
    Some([&bytes[..end], closing.as_bytes()].concat())
}

/// The longer of content and summary, and whether it is markup.
fn text_of(entry: &Entry) -> (String, bool) {
    let is_markup =
        |subtype: &str, text: &str| subtype.contains("html") || (text.contains("</") || text.contains("<br"));
    let content = entry.content.as_ref().and_then(|content| {
        let text = content.body.clone()?;
        let is_markup = is_markup(content.content_type.subty().as_str(), &text);
        Some((text, is_markup))
    });
    let summary = entry
        .summary
        .as_ref()
        .map(|summary| (summary.content.clone(), is_markup(summary.content_type.subty().as_str(), &summary.content)));
    let is_filled = |text: &(String, bool)| !text.0.trim().is_empty();
    content.filter(is_filled).or(summary).unwrap_or_default()
}

fn told_of(entry: &Entry, of_feed: &Told) -> Told {
    let title = entry.title.as_ref().and_then(|title| told("entry title", &plain(&title.content)));
    Told {
        title,
        published: entry.published.and_then(|date| told("entry published", &date.to_rfc3339())),
        modified: entry.updated.and_then(|date| told("entry updated", &date.to_rfc3339())),
        url: address(&entry.links).and_then(|link| told("entry link", &link.href)),
        byline: names(&entry.authors).and_then(|names| told("entry author", &names)).or_else(|| of_feed.byline.clone()),
        language: entry
            .language
            .as_deref()
            .and_then(|language| told("entry language", language))
            .or_else(|| of_feed.language.clone()),
        outlet: of_feed.outlet.clone(),
        fetched: None,
        name: None,
    }
}

/// Titles are markup in some feeds and text in others; only tags and the commonest references are undone.
fn plain(title: &str) -> String {
    let mut text = String::new();
    let mut rest = title;
    while let Some(at) = rest.find('<') {
        let is_tag = rest[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        let Some(end) = rest[at..].find('>').filter(|_| is_tag) else {
            text.push_str(&rest[..=at]);
            rest = &rest[at + 1..];
            continue;
        };
        text.push_str(&rest[..at]);
        rest = &rest[at + end + 1..];
    }
    text.push_str(rest);
    let undone = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")];
    undone.iter().fold(text, |text, (reference, character)| text.replace(reference, character))
}

/// The link to the article: the one that says so, or the first.
fn address(links: &[Link]) -> Option<&Link> {
    let is_article = |link: &&Link| link.rel.as_deref().is_none_or(|rel| rel == "alternate");
    links.iter().find(is_article).or(links.first())
}

fn names(people: &[Person]) -> Option<String> {
    let names: Vec<&str> = people.iter().filter_map(|person| person.name.as_deref()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

fn told(place: &str, words: &str) -> Option<Evidenced<String>> {
    let words = words.trim().to_string();
    let evidence = Evidence::metadata(place, &words);
    (!words.is_empty()).then_some(Evidenced { value: words, evidence })
}
