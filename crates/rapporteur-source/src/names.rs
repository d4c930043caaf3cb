//! What an article is called for a reader.

use crate::entry::Entry;
use std::path::Path;

/// A short name: the stem of its file, what its record calls it, the host and the last part of its address, or the stem of
/// its container with its number. Not unique.
pub(crate) fn name_of(entry: &Entry) -> String {
    let location = entry.location.as_str();
    let Some((container, part)) = location.rsplit_once('#').filter(|(container, _)| is_container(container)) else {
        return stem_of_file(location);
    };
    if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return stem_of_file(part);
    }
    if let Some(name) = entry.told.name.as_ref().map(|name| shortened(&name.value)).filter(|name| !name.is_empty()) {
        return name;
    }
    let address = entry.told.url.as_ref().and_then(|url| name_of_address(&url.value));
    address.unwrap_or_else(|| {
        // A record inside a member is named after the member.
        let inner = container.rsplit('#').next().unwrap_or(container);
        format!("{}-{part}", stem_of_container(inner))
    })
}

/// Whether this is an input that can hold parts: a sign of number may also stand in the name of a file.
fn is_container(location: &str) -> bool {
    let name = location.rsplit(['/', '\\', '#']).next().unwrap_or(location);
    location == "-" || location.contains('#') || crate::kinds::kind_by_name(name).is_some()
}

fn stem_of_file(path: &str) -> String {
    if path == "-" {
        return "stdin".to_string();
    }
    let path = crate::kinds::uncompressed_name(path);
    match Path::new(&path).file_stem() {
        Some(stem) => stem.to_string_lossy().into_owned(),
        None => path,
    }
}

/// Also without the ending of what is compressed: `crawl` of `crawl.warc.gz`.
fn stem_of_container(path: &str) -> String {
    let stem = stem_of_file(path);
    match stem.rsplit_once('.') {
        Some((shorter, _)) if crate::kinds::kind_by_name(&stem).is_some() && !shorter.is_empty() => shorter.to_string(),
        _ => stem,
    }
}

/// On one line, and not too long.
fn shortened(name: &str) -> String {
    let words: Vec<&str> =
        name.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().take(MAX_PART_CHARS).collect()
}

/// Longer names, and parts of addresses, are cut.
const MAX_PART_CHARS: usize = 60;

/// `courier.example/talks-open` of `https://www.courier.example/2031/talks-open.html?id=1`.
fn name_of_address(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let path = rest.split(['?', '#']).next()?;
    let mut parts = path.split('/');
    let host = parts.next()?.rsplit('@').next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    if host.is_empty() {
        return None;
    }
    let last = parts.rfind(|part| !part.is_empty()).map(stem_of_file).unwrap_or_default();
    let last: String = last.chars().take(MAX_PART_CHARS).collect();
    Some(if last.is_empty() { host.to_string() } else { format!("{host}/{last}") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::Told;
    use rapporteur_model::{Evidence, Evidenced};

    #[test]
    fn names_are_short_and_telling() {
        for (location, url, name) in [
            ("news/a.txt", "", "a"),
            ("news/a.b.txt", "", "a.b"),
            ("-", "", "stdin"),
            ("-#3", "", "stdin-3"),
            ("talk#3", "", "talk#3"),
            ("talk#3.txt", "", "talk#3"),
            ("pile.zip#talks/a.html", "", "a"),
            ("pile.zip#a.html.gz", "", "a"),
            ("news/pile.jsonl#12", "", "pile-12"),
            ("news/pile.jsonl.gz#12", "", "pile-12"),
            ("a.zip#deep/b.jsonl#3", "", "b-3"),
            ("crawl.warc.gz#3", "", "crawl-3"),
            ("crawl.warc.gz#3", "https://www.courier.example/2031/talks-open.html?x=/1", "courier.example/talks-open"),
            ("crawl.warc.gz#3", "https://courier.example/", "courier.example"),
            ("crawl.warc.gz#3", "nonsense", "crawl-3"),
        ] {
            let url = (!url.is_empty()).then(|| Evidenced { value: url.to_string(), evidence: Evidence::Given });
            let entry = Entry {
                location: location.to_string(),
                raw_location: Vec::new(),
                bytes: Vec::new(),
                media_type: None,
                told: Told { url, ..Told::default() },
            };
            assert_eq!(name_of(&entry), name, "{location}");
            let name = Evidenced { value: " day 3\n17 ".to_string(), evidence: Evidence::Given };
            let named = Entry { told: Told { name: Some(name), ..entry.told.clone() }, ..entry.clone() };
            let is_record = location.rsplit_once('#').is_some_and(|(_, part)| part.parse::<u32>().is_ok());
            assert_eq!(name_of(&named) == "day 3 17", is_record && location != "talk#3", "{location}");
        }
    }
}
