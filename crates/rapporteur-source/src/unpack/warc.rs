//! Web archives (WARC 1.0 and 1.1, ISO 28500): the answers of servers, and the texts that were made of them (WET).

use super::bounded::{self, Line};
use super::problem::Problem;
use super::tally::Tally;
use super::{About, Flow, Place, Unpacker, http};
use crate::entry::Told;
use crate::kinds::{Kind, kind_by_media_type};
use rapporteur_model::{Evidence, Evidenced};
use std::io::{self, BufRead};
use std::ops::ControlFlow;

/// Lines of a header are addresses at most, and browsers have no longer ones.
const MAX_LINE_BYTES: usize = 256 * 1024;
const MAX_HEADER_LINES: usize = 1000;

/// The head of a record.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Head {
    kind: String,
    len_bytes: Option<u64>,
    url: Option<String>,
    date: Option<String>,
    content_type: Option<String>,
}

/// What comes next in an archive.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next {
    Record(Head),
    /// Something that is no record stood here; what follows it is read.
    Damage,
    End,
}

pub(super) fn read(unpacker: &mut Unpacker, place: &Place, reader: &mut dyn BufRead) -> Flow {
    let mut tally = Tally::default();
    let mut n_passed = 0;
    let mut is_damaged = false;
    let mut number = 1;
    loop {
        let own_place = place.numbered(number);
        match next_head(reader) {
            Ok(Next::End) => break,
            Ok(Next::Damage) => {
                // Told once for each stretch.
                if !is_damaged {
                    let hint = "reading went on at the next record; fetch the archive again if it can be had intact";
                    tally.skip(unpacker, &own_place, Problem::new("damaged: no record begins here", hint))?;
                }
                is_damaged = true;
                continue;
            }
            Ok(Next::Record(head)) => {
                is_damaged = false;
                match read_record(unpacker, &mut tally, &own_place, &head, reader) {
                    Ok(Outcome::Given) => {}
                    Ok(Outcome::Passed) => n_passed += 1,
                    Ok(Outcome::Broken) => return ControlFlow::Break(()),
                    Err(problem) => {
                        unpacker.skip(&own_place, problem)?;
                        break;
                    }
                }
            }
            Err(error) => {
                unpacker.skip(&own_place, error.into())?;
                break;
            }
        }
        number += 1;
    }
    if n_passed > 0 {
        let reason = format!("{n_passed} of its answers hold no text: redirects, errors, pictures, scripts");
        unpacker.skip(place, Problem::new(reason, "nothing is lost: the rest was read"))?;
    }
    tally.finish(unpacker, place, "records")
}

/// What became of a record.
enum Outcome {
    Given,
    /// An answer without text.
    Passed,
    /// Whoever takes the entries wants no more.
    Broken,
}

fn read_record(
    unpacker: &mut Unpacker,
    tally: &mut Tally,
    place: &Place,
    head: &Head,
    reader: &mut dyn BufRead,
) -> Result<Outcome, Problem> {
    let outcome = |flow: Flow| if flow.is_break() { Outcome::Broken } else { Outcome::Given };
    let Some(len_bytes) = head.len_bytes else {
        let hint = "reading went on at the next record";
        return Ok(outcome(tally.skip(unpacker, place, Problem::new("a record that does not tell its length", hint))));
    };
    let limit = unpacker.options.max_entry_bytes;
    let is_read = matches!(head.kind.as_str(), "response" | "conversion" | "resource");
    if !is_read || len_bytes > limit as u64 {
        let n_read = bounded::pass_over(reader, len_bytes)?;
        if n_read < len_bytes {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
        let problem = Problem::too_long(limit);
        return Ok(outcome(if is_read { tally.skip(unpacker, place, problem) } else { ControlFlow::Continue(()) }));
    }
    let bytes = bounded::whole(&mut io::Read::take(&mut *reader, len_bytes), limit)?;
    if (bytes.len() as u64) < len_bytes {
        return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
    }
    let flow = match (head.kind.as_str(), http::response(&bytes)) {
        ("conversion", _) => {
            let about = About { media_type: Some("text/plain; charset=utf-8".to_string()), told: told_of(head) };
            unpacker.give(place, bytes, about)
        }
        (_, Some((response, body))) => {
            let is_success = (200..300).contains(&response.status);
            let is_text = response.content_type.as_deref().is_none_or(is_text_kind);
            let is_for_machines = head.url.as_deref().is_some_and(|url| url.ends_with("/robots.txt"));
            if !is_success || !is_text || is_for_machines || body.trim_ascii().is_empty() {
                return Ok(Outcome::Passed);
            }
            match http::body(&response, body, unpacker.meter, limit) {
                Ok(body) => give(unpacker, place, response.content_type, told_of(head), body),
                Err(problem) => tally.skip(unpacker, place, problem),
            }
        }
        _ => {
            if !head.content_type.as_deref().is_some_and(is_text_kind) {
                return Ok(Outcome::Passed);
            }
            give(unpacker, place, head.content_type.clone(), told_of(head), bytes)
        }
    };
    Ok(outcome(flow))
}

/// What a site answers that people read; JSON is what its scripts read. A feed names pages that a crawl holds as answers of
/// their own: its summaries beside them would count each twice.
fn is_text_kind(media_type: &str) -> bool {
    let kind = kind_by_media_type(media_type);
    matches!(kind, Some(Kind::Page | Kind::Text | Kind::Markdown | Kind::Document))
}

/// A record may hold anything that is read: a page, a document.
fn give(unpacker: &mut Unpacker, place: &Place, media_type: Option<String>, told: Told, body: Vec<u8>) -> Flow {
    unpacker.open(place.clone(), About { media_type, told }, &mut &*body)
}

fn told_of(head: &Head) -> Told {
    let told = |name: &str, words: &Option<String>| {
        let words = words.clone().filter(|words| !words.is_empty())?;
        let evidence = Evidence::metadata(format!("header \"{name}\""), &words);
        Some(Evidenced { value: words, evidence })
    };
    Told { url: told("WARC-Target-URI", &head.url), fetched: told("WARC-Date", &head.date), ..Told::default() }
}

/// Reads the head of the next record; blank lines before it are passed over.
pub(crate) fn next_head(reader: &mut dyn BufRead) -> io::Result<Next> {
    let version = loop {
        match bounded::line(reader, MAX_LINE_BYTES)? {
            Line::End => return Ok(Next::End),
            Line::TooLong => return Ok(Next::Damage),
            Line::Whole(line) if line.trim_ascii().is_empty() => {}
            Line::Whole(line) => break line,
        }
    };
    if !version.starts_with(b"WARC/") {
        return Ok(Next::Damage);
    }
    let mut head = Head::default();
    for _ in 0..MAX_HEADER_LINES {
        let line = match bounded::line(reader, MAX_LINE_BYTES)? {
            Line::Whole(line) if !line.trim_ascii().is_empty() => line,
            Line::TooLong => continue,
            Line::Whole(_) | Line::End => break,
        };
        let Some(at) = line.iter().position(|byte| *byte == b':') else { continue };
        let value = String::from_utf8_lossy(line[at + 1..].trim_ascii()).into_owned();
        match line[..at].trim_ascii().to_ascii_lowercase().as_slice() {
            b"warc-type" => head.kind = value.to_ascii_lowercase(),
            b"content-length" => head.len_bytes = value.parse().ok(),
            // WARC 1.0 was written with angle brackets by some.
            b"warc-target-uri" => head.url = Some(value.trim_matches(['<', '>']).to_string()),
            b"warc-date" => head.date = Some(value),
            b"content-type" => head.content_type = Some(value),
            _ => {}
        }
    }
    Ok(Next::Record(head))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_bytes_come_to_an_end(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let mut reader = &bytes[..];
            let n_heads = (0..=bytes.len()).take_while(|_| next_head(&mut reader).unwrap() != Next::End).count();
            prop_assert!(n_heads <= bytes.len());
        }

        #[test]
        fn a_head_is_read_back(len in any::<u64>(), url in "https?://[a-z]{1,10}/[a-z0-9]{0,20}") {
            let text = format!("\r\nWARC/1.0\r\nWARC-Type: Response\r\nwarc-target-uri: <{url}>\r\nContent-Length: {len}\r\n\r\nx");
            let Next::Record(head) = next_head(&mut text.as_bytes()).unwrap() else { panic!("a head stands there") };
            prop_assert_eq!((head.kind.as_str(), head.len_bytes, head.url), ("response", Some(len), Some(url)));
        }
    }
}
