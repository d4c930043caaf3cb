//! Mails and pages archived as mails (MHTML): the headers tell of the article, the best part is its text, and attached
//! files are opened like members of an archive.

use super::{About, Flow, Place, Problem, Unpacker, bounded};
use crate::entry::Told;
use crate::fields::decoded;
use crate::kinds::{is_read, kind_by_media_type};
use mail_parser::{Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType};
use rapporteur_model::{Evidence, Evidenced};
use std::io::BufRead;
use std::ops::ControlFlow;
use std::path::Path;

pub(super) fn read(unpacker: &mut Unpacker, place: &Place, is_page: bool, reader: &mut dyn BufRead) -> Flow {
    match bounded::whole(reader, unpacker.options.max_entry_bytes) {
        Ok(bytes) => read_held(unpacker, place, is_page, &bytes),
        Err(problem) => unpacker.skip(place, problem),
    }
}

pub(super) fn read_held(unpacker: &mut Unpacker, place: &Place, is_page: bool, bytes: &[u8]) -> Flow {
    let damaged = || Problem::new("not a mail that can be read", "save it as plain text or as a web page");
    // A mail is any text to its parser, which makes no promise about all that is none.
    let Some(message) = std::panic::catch_unwind(|| MessageParser::default().parse(bytes)).ok().flatten() else {
        return unpacker.skip(place, damaged());
    };
    let is_page = is_page || is_archived_page(&message);
    let told = told_of(&message, is_page);
    match body(&message, is_page) {
        Some(Body::Page(page)) => {
            let media_type = Some("text/html; charset=utf-8".to_string());
            unpacker.give(place, page.as_bytes().to_vec(), About { media_type, told })?;
        }
        Some(Body::Text(text)) => {
            let media_type = Some("text/plain; charset=utf-8".to_string());
            unpacker.give(place, text.into_bytes(), About { media_type, told })?;
        }
        None if message.attachment_count() == 0 || is_page => {
            let problem = Problem::new("a mail without text", "it holds pictures or nothing at all");
            unpacker.skip(place, problem)?;
        }
        None => {}
    }
    if is_page {
        return ControlFlow::Continue(());
    }
    for (idx, part) in message.attachments().enumerate().take(MAX_ATTACHMENTS) {
        read_attachment(unpacker, place, bytes, part, idx + 1)?;
    }
    ControlFlow::Continue(())
}

/// More are not attached by people.
const MAX_ATTACHMENTS: usize = 1000;

fn read_attachment(unpacker: &mut Unpacker, place: &Place, mail: &[u8], part: &MessagePart, number: usize) -> Flow {
    let content_type = part.content_type();
    let media_type = content_type.map(|kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()));
    let is_mail = matches!(part.body, PartType::Message(_));
    let name = part.attachment_name().map(str::to_string);
    let is_meant = match &name {
        Some(name) => is_read(Path::new(name)),
        None => is_mail || media_type.as_deref().is_some_and(|kind| kind_by_media_type(kind).is_some()),
    };
    if !is_meant {
        return ControlFlow::Continue(());
    }
    let fallback = if is_mail { format!("{number}.eml") } else { number.to_string() };
    let own_place = place.member(name.unwrap_or(fallback).as_bytes());
    let contents: &[u8] = match &part.body {
        // Of a mail that is attached as it is the library has the bytes of the mail around it.
        PartType::Message(_) if part.encoding == Encoding::None => {
            mail.get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default()
        }
        PartType::Message(message) => &message.raw_message,
        _ => part.contents(),
    };
    unpacker.open(own_place, About { media_type, ..About::default() }, &mut &*contents)
}

/// Browsers write pages so; mails with pictures inside have the same form.
fn is_archived_page(message: &Message) -> bool {
    let from = message.from().and_then(|from| from.first()).and_then(|from| from.name()).unwrap_or_default();
    message.header_raw("Snapshot-Content-Location").is_some() || from.to_lowercase().starts_with("saved by")
}

enum Body<'m> {
    Page(&'m str),
    Text(String),
}

/// The part that is the article: the page, unless the text beside it holds as much.
fn body<'m>(message: &'m Message, is_page: bool) -> Option<Body<'m>> {
    let parts = || message.parts.iter();
    let page = message.html_body.iter().chain(&message.text_body).find_map(|id| match &message.part(*id)?.body {
        PartType::Html(page) => Some(page.as_ref()),
        _ => None,
    });
    if is_page {
        let first = parts().find_map(|part| match &part.body {
            PartType::Html(page) => Some(page.as_ref()),
            _ => None,
        });
        return first.map(Body::Page);
    }
    let text = message.text_body.iter().find_map(|id| match &message.part(*id)?.body {
        PartType::Text(text) => {
            let part = message.part(*id)?;
            let is_flowed =
                part.content_type().and_then(|kind| kind.attribute("format")).is_some_and(|f| f == "flowed");
            Some(if is_flowed { unflowed(text) } else { text.to_string() })
        }
        _ => None,
    });
    match (text, page) {
        (Some(text), Some(page)) if 2 * n_letters(&text) < n_letters_of_page(page) => Some(Body::Page(page)),
        (Some(text), _) if !text.trim().is_empty() => Some(Body::Text(text)),
        (_, Some(page)) if !page.trim().is_empty() => Some(Body::Page(page)),
        _ => None,
    }
}

fn n_letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// The letters outside of tags; those of styles and scripts are counted too, which only makes the page likelier.
fn n_letters_of_page(page: &str) -> usize {
    let mut in_tag = false;
    let is_letter = |c: char| {
        in_tag = c == '<' || (in_tag && c != '>');
        !in_tag && c.is_alphabetic()
    };
    let mut is_letter = is_letter;
    page.chars().filter(|c| is_letter(*c)).count()
}

/// Lines that end with a space go on in the next (RFC 3676).
fn unflowed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches(['\r', '\n']);
        // A signature begins with a line of this form.
        let goes_on = content.ends_with(' ') && content != "-- " && !content.starts_with('>');
        out.push_str(if goes_on { content } else { line });
    }
    out
}

fn told_of(message: &Message, is_page: bool) -> Told {
    let raw = |name: &'static str| {
        let words: String = message.header_raw(name)?.split_whitespace().collect::<Vec<_>>().join(" ");
        told(name, &words)
    };
    let from = message.from().and_then(|from| from.first()).and_then(|from| from.name());
    // The date of a page that was saved is when it was saved.
    let date = raw("Date");
    let (published, fetched) = if is_page { (None, date) } else { (date, None) };
    let url = raw("Snapshot-Content-Location").or_else(|| {
        let root = message.parts.iter().find(|part| matches!(part.body, PartType::Html(_)))?;
        told("Content-Location", root.content_location().filter(|_| is_page)?)
    });
    Told {
        title: message.subject().and_then(|subject| told("Subject", subject)),
        published,
        fetched,
        url,
        byline: from.filter(|_| !is_page).and_then(|name| told("From", name)),
        language: raw("Content-Language"),
        ..Told::default()
    }
}

fn told(header: &str, words: &str) -> Option<Evidenced<String>> {
    let words = decoded(words.as_bytes());
    let evidence = Evidence::metadata(format!("header \"{header}\""), &words);
    (!words.is_empty()).then_some(Evidenced { value: words, evidence })
}
