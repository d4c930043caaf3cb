//! What kind of input bytes are: by what they begin with first, by name or media type second.

use crate::lexicon::sections;
use rapporteur_columns::is_parquet;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::LazyLock;

const FILE_KINDS: &str = include_str!("../data/file-kinds.txt");

/// What an input, or a part of one, is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Text,
    Markdown,
    Page,
    ArchivedPage,
    Mail,
    Mailbox,
    Document,
    JsonLines,
    Json,
    Table,
    Columns,
    Feed,
    WebArchive,
    Zip,
    Tar,
    Compressed,
}

/// The sections of the data file that list extensions, each with its kind.
const EXTENSION_SECTIONS: [(&str, Kind); 15] = [
    ("text", Kind::Text),
    ("markdown", Kind::Markdown),
    ("page", Kind::Page),
    ("archived page", Kind::ArchivedPage),
    ("mail", Kind::Mail),
    ("mailbox", Kind::Mailbox),
    ("document", Kind::Document),
    ("lines of json", Kind::JsonLines),
    ("json", Kind::Json),
    ("table", Kind::Table),
    ("columns", Kind::Columns),
    ("feed", Kind::Feed),
    ("web archive", Kind::WebArchive),
    ("archive", Kind::Zip),
    ("compressed", Kind::Compressed),
];

struct Kinds {
    extensions: HashMap<&'static str, Kind>,
    companions: HashSet<&'static str>,
    companion_folders: Vec<&'static str>,
    media_types: HashMap<&'static str, Kind>,
    /// All extensions in the order of the file.
    listed: Vec<&'static str>,
}

fn kinds() -> &'static Kinds {
    static KINDS: LazyLock<Kinds> = LazyLock::new(|| {
        let sections = sections(FILE_KINDS);
        let words = |name: &str| -> Vec<&'static str> {
            let lines = sections.get(name).map_or(&[][..], Vec::as_slice);
            lines.iter().flat_map(|line| line.split_whitespace()).collect()
        };
        let pairs =
            EXTENSION_SECTIONS.iter().flat_map(|(name, kind)| words(name).into_iter().map(|word| (word, *kind)));
        let kind_of = |name: &str| EXTENSION_SECTIONS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
        let media_types = sections.get("media types").map_or(&[][..], Vec::as_slice);
        Kinds {
            listed: pairs.clone().map(|(word, _)| word).collect(),
            extensions: pairs.collect(),
            companions: words("companions").into_iter().collect(),
            companion_folders: words("companion folders"),
            media_types: media_types
                .iter()
                .filter_map(|line| {
                    let (media_type, kind) = line.split_once('|')?;
                    Some((media_type.trim(), kind_of(kind.trim())?))
                })
                .collect(),
        }
    });
    &KINDS
}

/// Whether a file of this name is read where it stands in a folder or an archive.
pub(crate) fn is_read(name: &Path) -> bool {
    extension(name).is_none_or(|extension| kinds().extensions.contains_key(extension.as_str()))
}

/// Whether a file of this name is a picture, a style, a script: what stands beside texts and holds none.
pub(crate) fn is_companion(name: &Path) -> bool {
    extension(name).is_some_and(|extension| kinds().companions.contains(extension.as_str()))
}

/// The name of the page to which a folder of this name belongs, if browsers name folders so.
pub(crate) fn page_of_folder(name: &str) -> Option<&str> {
    kinds().companion_folders.iter().find_map(|end| name.strip_suffix(end)).filter(|page| !page.is_empty())
}

/// The extensions that are read, for a message.
pub(crate) fn listed_extensions() -> String {
    kinds().listed.iter().map(|extension| format!(".{extension}")).collect::<Vec<_>>().join(", ")
}

/// The kind that the name tells.
pub(crate) fn kind_by_name(name: &str) -> Option<Kind> {
    let extension = extension(Path::new(name))?;
    match extension.as_str() {
        "tar" => Some(Kind::Tar),
        "tgz" => Some(Kind::Compressed),
        extension => kinds().extensions.get(extension).copied(),
    }
}

/// The kind that a media type tells.
pub(crate) fn kind_by_media_type(media_type: &str) -> Option<Kind> {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kinds().media_types.get(essence.as_str()).copied()
}

/// The name without the ending of a compressed file: `pile.jsonl` of `pile.jsonl.gz`, `pile.tar` of `pile.tgz`.
pub(crate) fn uncompressed_name(name: &str) -> String {
    let end = name.len().saturating_sub(".gz".len());
    match name.to_ascii_lowercase() {
        lower if lower.ends_with(".tgz") => format!("{}.tar", &name[..name.len() - ".tgz".len()]),
        lower if lower.ends_with(".gz") => name[..end].to_string(),
        _ => name.to_string(),
    }
}

fn extension(name: &Path) -> Option<String> {
    name.extension().map(|extension| extension.to_string_lossy().to_lowercase())
}

/// The kind of an input that begins with `head` and has this name.
pub(crate) fn kind_of(head: &[u8], name: &str, media_type: Option<&str>) -> Kind {
    if let Some(kind) = kind_by_signature(head) {
        return kind;
    }
    let named = kind_by_name(name).or_else(|| media_type.and_then(kind_by_media_type));
    let start = &head[head.iter().take_while(|byte| byte.is_ascii_whitespace() || !byte.is_ascii()).count()..];
    match named {
        // These are as their names say, or anything: a mail may begin with any header, a table with any word.
        Some(kind @ (Kind::Markdown | Kind::Mail | Kind::ArchivedPage | Kind::Table | Kind::Page)) => kind,
        Some(kind @ (Kind::JsonLines | Kind::Json)) if !begins_as_markup(start) => kind,
        _ => by_beginning(head, start).or(named.filter(|kind| !is_told_by_signature(*kind))).unwrap_or(Kind::Text),
    }
}

/// Kinds that are not themselves where the bytes do not begin so.
fn is_told_by_signature(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Zip | Kind::Tar | Kind::Compressed | Kind::WebArchive | Kind::Document | Kind::Mailbox | Kind::Columns
    )
}

/// A PDF document may have some bytes before its first line (ISO 32000-1, annex H, note 13).
const MAX_BEFORE_PDF: usize = 1024;
/// Where the name of the format stands in a tar archive.
const TAR_MAGIC_AT: usize = 257;

fn kind_by_signature(head: &[u8]) -> Option<Kind> {
    let near = &head[..head.len().min(MAX_BEFORE_PDF)];
    if head.starts_with(b"\x1f\x8b") {
        Some(Kind::Compressed)
    } else if [&b"PK\x03\x04"[..], b"PK\x05\x06"].iter().any(|start| head.starts_with(start)) {
        Some(Kind::Zip)
    } else if head.get(TAR_MAGIC_AT..).is_some_and(|rest| rest.starts_with(b"ustar")) {
        Some(Kind::Tar)
    } else if is_parquet(head) {
        Some(Kind::Columns)
    } else if head.starts_with(b"WARC/") {
        Some(Kind::WebArchive)
    } else if head.starts_with(b"From ") && head.split(|byte| *byte == b'\n').nth(1).is_some_and(is_header_line) {
        Some(Kind::Mailbox)
    } else if near.windows(5).any(|window| window == b"%PDF-") && (head.starts_with(b"%PDF-") || is_binary(head)) {
        Some(Kind::Document)
    } else {
        None
    }
}

fn is_binary(head: &[u8]) -> bool {
    std::str::from_utf8(head).is_err_and(|error| error.error_len().is_some())
}

fn begins_as_markup(start: &[u8]) -> bool {
    start.starts_with(b"<")
}

/// The kind of what begins with markup, with JSON or with the headers of a mail.
fn by_beginning(head: &[u8], start: &[u8]) -> Option<Kind> {
    if begins_as_markup(start) {
        let element = first_element(start)?;
        let local = element.rsplit(':').next().unwrap_or_default();
        return match local {
            "rss" | "feed" | "rdf" => Some(Kind::Feed),
            "html" | "!doctype" => Some(Kind::Page),
            _ => None,
        };
    }
    let after = |n: usize| start[n..].iter().find(|byte| !byte.is_ascii_whitespace()).copied();
    if start.starts_with(b"{") && after(1) == Some(b'"') {
        return Some(if is_line_of_json(start) { Kind::JsonLines } else { Kind::Json });
    }
    if start.starts_with(b"[") && after(1) == Some(b'{') {
        return Some(Kind::Json);
    }
    if head.starts_with(b"---\n") || head.starts_with(b"---\r\n") || head.starts_with(b"+++\n") {
        return Some(Kind::Markdown);
    }
    is_mail(head).then_some(Kind::Mail)
}

/// Whether the first line is an object and the next begins one.
fn is_line_of_json(start: &[u8]) -> bool {
    let mut lines = start.split(|byte| *byte == b'\n');
    let (Some(first), Some(second)) = (lines.next(), lines.find(|line| !line.trim_ascii().is_empty())) else {
        return false;
    };
    second.trim_ascii_start().starts_with(b"{") && first.trim_ascii_end().ends_with(b"}")
}

/// The name of the first element, in lower case; declarations and comments before it aside.
fn first_element(start: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(start);
    let mut rest = text.as_ref();
    loop {
        rest = rest.trim_start();
        rest = if let Some(comment) = rest.strip_prefix("<!--") {
            comment.split_once("-->")?.1
        } else if let Some(declaration) = rest.strip_prefix("<?") {
            declaration.split_once("?>")?.1
        } else {
            let name = rest.strip_prefix('<')?;
            let end = name.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(name.len());
            return Some(name[..end].to_lowercase());
        }
    }
}

/// Headers that mails have and texts do not begin with. RFC 5322 and RFC 2045 name them.
const MAIL_HEADERS: [&[u8]; 7] =
    [b"mime-version", b"message-id", b"received", b"return-path", b"delivered-to", b"dkim-signature", b"x-mailer"];
/// A text may begin with a line such as "Location: Karsk"; three lines of that form with one that only mails have are
/// the head of a mail.
const MIN_HEADER_LINES: usize = 3;

fn is_mail(head: &[u8]) -> bool {
    let mut n_headers = 0;
    let mut is_certain = false;
    for line in head.split(|byte| *byte == b'\n') {
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        if !is_header_line(line) {
            break;
        }
        n_headers += 1;
        let name = line.split(|byte| *byte == b':').next().unwrap_or_default().to_ascii_lowercase();
        is_certain |= MAIL_HEADERS.contains(&name.as_slice());
    }
    n_headers >= MIN_HEADER_LINES && is_certain
}

/// Whether a line is a header: a name without spaces, a colon.
fn is_header_line(line: &[u8]) -> bool {
    let name_len = line.iter().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')).count();
    name_len > 0 && line.get(name_len) == Some(&b':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_goes_before_the_name() {
        for (head, name, kind) in [
            ("{\"a\": 1}\n{\"a\": 2}\n", "x.txt", Kind::JsonLines),
            ("{\"a\": 1}", "x", Kind::Json),
            ("[{\"a\": 1}]", "-", Kind::Json),
            ("[Photo] Talks open", "x.txt", Kind::Text),
            ("{\"a\": 1}\n", "x.jsonl", Kind::JsonLines),
            ("<?xml version=\"1.0\"?>\n<!-- a --><rss version=\"2.0\">", "x.txt", Kind::Feed),
            ("<rdf:RDF xmlns=\"\">", "x.json", Kind::Feed),
            ("<?xml version=\"1.0\"?><html>", "x.xml", Kind::Page),
            ("<urlset>", "x.xml", Kind::Feed),
            ("WARC/1.1\r\n", "x.txt", Kind::WebArchive),
            ("From a@b Mon\nFrom: a\n", "x", Kind::Mailbox),
            ("From Karsk came the news\nthat all waited for.\n", "x.txt", Kind::Text),
            ("From Karsk came the news\n", "x.mbox", Kind::Text),
            ("Received: by a\nFrom: b\nSubject: c\n\n", "x", Kind::Mail),
            ("Location: Karsk\nDate: Monday\nBy: A\n\n", "x.txt", Kind::Text),
            ("a,b\n", "x.csv", Kind::Table),
            ("Talks open", "x.zip", Kind::Text),
            ("%PDF-1.4", "x.txt", Kind::Document),
            ("", "x.md", Kind::Markdown),
        ] {
            assert_eq!(kind_of(head.as_bytes(), name, None), kind, "{head:?} {name}");
        }
    }

    #[test]
    fn names_lose_only_the_ending_of_the_compression() {
        for (name, rest) in [("a.jsonl.GZ", "a.jsonl"), ("a.tgz", "a.tar"), ("gz", "gz"), (".gz", ""), ("a", "a")] {
            assert_eq!(uncompressed_name(name), rest);
        }
    }

    #[test]
    fn each_media_type_of_the_data_file_has_a_kind() {
        let sections = sections(FILE_KINDS);
        assert_eq!(kinds().media_types.len(), sections["media types"].len());
        assert_eq!(kind_by_media_type("Text/HTML; charset=utf-8"), Some(Kind::Page));
    }
}
