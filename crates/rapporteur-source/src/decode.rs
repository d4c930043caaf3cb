//! From bytes to text: which encoding, and whether it is text at all.

use crate::charset::{Charset, charset, is_escaped_japanese};
use crate::lexicon::lexicon;
use encoding_rs::{ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use rapporteur_model::{Diagnostic, Encoding};

/// A decoded input.
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) encoding: Encoding,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Why bytes are not an article, as a reason and a hint.
pub(crate) type Refusal = (String, Option<String>);

/// At least this share of the units of a text in the Latin script have a zero high byte in UTF-16.
/// Spaces alone are about a sixth of English text, letters nearly all of the rest.
const MIN_ZERO_HIGH_BYTES: f64 = 0.4;
/// At most this share of the low bytes may be zero there: a zero low byte is a character such as
/// U+0100, U+2000, hardly found in text.
const MAX_ZERO_LOW_BYTES: f64 = 0.01;
/// In fewer bytes a few faulty NULs would look like UTF-16.
const MIN_UTF16_BYTES: usize = 16;
/// Text holds practically no control characters, even where a faulty copy left some NULs in it;
/// compressed and executable files read as Windows-1252 hold one in eight or more.
const MAX_CONTROL_SHARE: f64 = 0.1;
/// Bytes with a NUL that are not UTF-8 are text in a single-byte encoding only where nearly all are
/// ASCII, as in the Latin script; of UTF-16 in other scripts, and of binary files, it is about half.
const MIN_ASCII_SHARE_BESIDE_NUL: f64 = 0.8;
/// Damaged UTF-8 has many more intact than broken sequences, while text in a single-byte encoding
/// forms intact ones by accident only.
const MIN_INTACT_PER_BROKEN: usize = 4;

/// Decodes `bytes`; a byte order mark is dropped. `media_type` is what the input says they are.
///
/// A byte order mark tells the encoding. Without one UTF-8 and UTF-16 are known by their form, whatever is declared;
/// then a declaration counts, beside the bytes before one inside them, and last what the bytes look like.
pub(crate) fn decode(bytes: &[u8], media_type: Option<&str>) -> Result<Decoded, Refusal> {
    if let Some(signature) = lexicon().signatures.iter().find(|s| bytes.starts_with(s.start.as_bytes())) {
        return Err((format!("{}, not plain text", signature.kind), Some(signature.hint.to_string())));
    }
    let (form, body) = guess(bytes)?;
    let (encoding, is_guessed) = match form {
        Form::Utf8 if is_escaped_japanese(body, media_type) => (ISO_2022_JP, false),
        Form::Utf8 => (UTF_8, false),
        Form::Utf16Le => (UTF_16LE, false),
        Form::Utf16Be => (UTF_16BE, false),
        Form::Other => match charset(body, media_type) {
            Charset::Declared(encoding) => (encoding, false),
            Charset::Guessed(encoding) => (encoding, true),
        },
    };
    let (text, had_errors) = encoding.decode_without_bom_handling(body);
    let text = text.into_owned();
    if text.trim_matches(is_blank).is_empty() {
        return Err(("empty: no words in it".to_string(), Some("check that the text was saved".to_string())));
    }
    let n_control = text.chars().filter(|c| c.is_control() && !is_blank(*c)).count();
    if n_control as f64 > MAX_CONTROL_SHARE * text.chars().count() as f64 {
        return Err(not_text());
    }
    let guessed = is_guessed.then_some(encoding.name());
    Ok(Decoded { diagnostics: diagnose(&text, guessed, had_errors), text, encoding: encoding_of(encoding) })
}

fn encoding_of(encoding: &'static encoding_rs::Encoding) -> Encoding {
    match encoding {
        _ if encoding == UTF_8 => Encoding::Utf8,
        _ if encoding == UTF_16LE => Encoding::Utf16Le,
        _ if encoding == UTF_16BE => Encoding::Utf16Be,
        _ if encoding == WINDOWS_1252 => Encoding::Windows1252,
        _ => Encoding::Other(encoding.name().to_ascii_lowercase()),
    }
}

/// What the form of the bytes tells of their encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Utf8,
    Utf16Le,
    Utf16Be,
    Other,
}

/// White space, and characters without width that stand where white space does.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}')
}

fn guess(bytes: &[u8]) -> Result<(Form, &[u8]), Refusal> {
    if let Some(body) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return Ok((Form::Utf8, body));
    }
    if bytes.starts_with(b"\xFF\xFE\0\0") || bytes.starts_with(b"\0\0\xFE\xFF") {
        return Err(("text in UTF-32".to_string(), Some("save it as UTF-8".to_string())));
    }
    if let Some(body) = bytes.strip_prefix(b"\xFF\xFE") {
        return Ok((Form::Utf16Le, body));
    }
    if let Some(body) = bytes.strip_prefix(b"\xFE\xFF") {
        return Ok((Form::Utf16Be, body));
    }
    let has_nul = bytes.contains(&0);
    if has_nul && let Some(encoding) = guess_utf16(bytes) {
        return Ok((encoding, bytes));
    }
    let is_utf8 = match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(_) => is_damaged_utf8(bytes),
    };
    let n_ascii = || bytes.iter().filter(|byte| byte.is_ascii()).count();
    if has_nul && !is_utf8 && (n_ascii() as f64) < MIN_ASCII_SHARE_BESIDE_NUL * bytes.len() as f64 {
        return Err(not_text());
    }
    Ok((if is_utf8 { Form::Utf8 } else { Form::Other }, bytes))
}

fn not_text() -> Refusal {
    ("not text: a binary file".to_string(), Some("save it as plain text, best in UTF-8".to_string()))
}

/// UTF-16 without a byte order mark, where the zero bytes of Latin text show it clearly.
fn guess_utf16(bytes: &[u8]) -> Option<Form> {
    if bytes.len() < MIN_UTF16_BYTES {
        return None;
    }
    let n_units = (bytes.len() / 2).max(1) as f64;
    let zero_share = |offset: usize| bytes.iter().skip(offset).step_by(2).filter(|b| **b == 0).count() as f64 / n_units;
    let (first, second) = (zero_share(0), zero_share(1));
    if second >= MIN_ZERO_HIGH_BYTES && first <= MAX_ZERO_LOW_BYTES {
        Some(Form::Utf16Le)
    } else if first >= MIN_ZERO_HIGH_BYTES && second <= MAX_ZERO_LOW_BYTES {
        Some(Form::Utf16Be)
    } else {
        None
    }
}

/// Whether `bytes` are UTF-8 with a few broken places (a download cut inside a character), rather
/// than another encoding. Read as Windows-1252, all the intact characters would be garbled.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut n_intact, mut n_broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        n_intact += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        n_broken += usize::from(!chunk.invalid().is_empty());
    }
    n_intact >= MIN_INTACT_PER_BROKEN * n_broken
}

/// `guessed`: the encoding, where nothing told it but the bytes.
fn diagnose(text: &str, guessed: Option<&str>, had_errors: bool) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut note = |message: &str, hint: &str| {
        diagnostics.push(Diagnostic { span: None, message: message.to_string(), hint: Some(hint.to_string()) });
    };
    if let Some(name) = guessed {
        note(
            &format!("the bytes are not valid UTF-8 and were read as {name}"),
            "if letters look wrong, save the file as UTF-8",
        );
    }
    if had_errors {
        note("bytes that could not be decoded were replaced by U+FFFD", "fetch the file again if it can be had intact");
    } else if text.contains('\u{fffd}') {
        note("the text holds U+FFFD: characters were lost before it came here", "quotations may be incomplete");
    }
    if text.contains('\0') {
        note(
            "the text holds NUL characters, which no text has: it was damaged before it came here",
            "fetch the file again if it can be had intact",
        );
    }
    diagnostics
}
