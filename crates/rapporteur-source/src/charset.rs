//! Which encoding the bytes of a text are in: what is declared beside it, what the page declares, and what the bytes
//! themselves show.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP};

/// How the encoding of a text is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Charset {
    /// It was declared, and the bytes do not speak against it.
    Declared(&'static Encoding),
    /// It was told by the frequencies of the bytes.
    Guessed(&'static Encoding),
}

/// Browsers look for a declaration in the first 1024 bytes; many pages have long comments and scripts before it.
const MAX_DECLARATION_BYTES: usize = 16 * 1024;
/// The detector is sure long before; more only takes time.
const MAX_DETECTION_BYTES: usize = 256 * 1024;

/// The encoding of bytes that have no byte order mark and are not UTF-8.
pub(crate) fn charset(bytes: &[u8], media_type: Option<&str>) -> Charset {
    let declared = media_type.and_then(of_media_type).or_else(|| declared_in_page(bytes));
    // Pages say UTF-8 or UTF-16 and are neither: the bytes know better.
    let declared = declared.filter(|encoding| encoding.is_single_byte() || is_legacy(encoding));
    match declared {
        Some(encoding) => Charset::Declared(encoding),
        None => Charset::Guessed(guess(bytes)),
    }
}

/// Text in ISO-2022-JP is ASCII to look at; only its declaration and its escapes tell.
pub(crate) fn is_escaped_japanese(bytes: &[u8], media_type: Option<&str>) -> bool {
    let has_escape = bytes.windows(2).any(|pair| pair == b"\x1b$");
    let declared = || media_type.and_then(of_media_type).or_else(|| declared_in_page(bytes));
    has_escape && bytes.is_ascii() && declared() == Some(ISO_2022_JP)
}

/// Multi-byte encodings of the WHATWG list other than UTF-8 and UTF-16.
fn is_legacy(encoding: &'static Encoding) -> bool {
    use encoding_rs::{BIG5, EUC_JP, EUC_KR, GB18030, GBK, SHIFT_JIS};
    [BIG5, EUC_JP, EUC_KR, GB18030, GBK, ISO_2022_JP, SHIFT_JIS].contains(&encoding)
}

fn of_media_type(media_type: &str) -> Option<&'static Encoding> {
    let mut parameters = media_type.split(';').skip(1);
    let value = parameters.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then_some(value)
    })?;
    Encoding::for_label(value.trim().trim_matches(['"', '\'']).as_bytes())
}

/// The encoding that a page declares at its beginning, in a `<meta>` element or an XML declaration: the first
/// `charset=` or `encoding=` inside a tag of that kind.
fn declared_in_page(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(MAX_DECLARATION_BYTES)].to_ascii_lowercase();
    let head: String = head.iter().map(|byte| if byte.is_ascii() { *byte as char } else { '?' }).collect();
    let tags = head.match_indices('<').map(|(at, _)| {
        let tag = &head[at..];
        &tag[..tag.find('>').unwrap_or(tag.len())]
    });
    tags.filter_map(|tag| match tag {
        _ if tag.starts_with("<meta") => label_after(tag, "charset"),
        _ if tag.starts_with("<?xml") => label_after(tag, "encoding"),
        _ => None,
    })
    .find_map(|label| Encoding::for_label(label.as_bytes()))
}

fn label_after<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = tag.split_once(name)?;
    let value = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '/' | '>'));
    Some(&value[..end.unwrap_or(value.len())])
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes[..bytes.len().min(MAX_DETECTION_BYTES)], bytes.len() <= MAX_DETECTION_BYTES);
    detector.guess(None, Utf8Detection::Deny)
}
