//! Addresses of the room.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stands unescaped in an address: ids have slashes, dots and dashes in them.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A part of an address.
pub(crate) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}

/// The page of an item with all of its words.
pub(crate) fn item(id: &str) -> String {
    format!("/items/{}", encoded(id))
}

/// An article.
pub(crate) fn article(id: &str) -> String {
    format!("/articles/{}", encoded(id))
}

/// Words of an article, at their place in it.
pub(crate) fn words(article_id: &str, start: u32, end: u32) -> String {
    format!("{}#w-{start}-{end}", article(article_id))
}

/// Two articles side by side.
pub(crate) fn pair(a: &str, b: &str) -> String {
    format!("/sources/pair?a={}&b={}", encoded(a), encoded(b))
}

/// A page with parameters, those left out that are empty.
pub(crate) fn with(page: &str, parameters: &[(&str, &str)]) -> String {
    let given: Vec<String> = parameters
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    if given.is_empty() { page.to_string() } else { format!("{page}?{}", given.join("&")) }
}

/// A place of the room to go back to: a path of this server and nothing else.
pub(crate) fn back(path: &str) -> &str {
    let is_path = path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/\\");
    if is_path && path.bytes().all(|byte| byte.is_ascii_graphic()) { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_elsewhere() {
        for path in ["https://example.org", "//example.org", "/\\example.org", "/a\r\nSet-Cookie: b", "", "x"] {
            assert_eq!(back(path), "/");
        }
        assert_eq!(back("/items/a%20b?x=1#w-1-2"), "/items/a%20b?x=1#w-1-2");
    }

    #[test]
    fn what_an_id_holds_stays_in_its_place() {
        assert_eq!(item("utterance/a b?c#d&e"), "/items/utterance/a%20b%3Fc%23d%26e");
        assert_eq!(with("/statements", &[("q", "a b"), ("from", "")]), "/statements?q=a%20b");
    }
}
