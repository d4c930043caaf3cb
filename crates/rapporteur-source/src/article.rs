use crate::decode::decode;
use crate::furniture::lay_out;
use crate::lines::{Line, lines};
use crate::read::MAX_INPUT_BYTES;
use rapporteur_model::{Article, ArticleId, Skipped, TextId};
use sha2::{Digest, Sha256};
use std::path::Path;

/// Makes an article of the bytes of one input: decodes them, finds title, date, address and credit,
/// and masks furniture. Pure: the same location and bytes give the same article.
///
/// `location` is where the bytes came from, `-` for standard input; it goes into the article's id
/// and name.
///
/// # Errors
/// A [`Skipped`] that says why there is no article: more than [`MAX_INPUT_BYTES`], nothing but white
/// space, or not text.
///
/// # Example
/// ```
/// let text = "Talks open in Karsk\n9 March 2031\n\nEnvoys of both states met on Sunday in the old town hall.\n";
/// let article = rapporteur_source::article_from_bytes("karsk.txt", text.as_bytes()).unwrap();
/// assert_eq!(article.title.unwrap().value, "Talks open in Karsk");
/// assert_eq!(article.published.unwrap().value.to_string(), "2031-03-09");
/// ```
pub fn article_from_bytes(location: &str, bytes: &[u8]) -> Result<Article, Skipped> {
    article_at(location, location.as_bytes(), bytes)
}

/// [`article_from_bytes`] for a location that is shown as `location` and is `raw_location` in truth.
/// The id is made of the latter; where the name is UTF-8 both are the same.
pub(crate) fn article_at(location: &str, raw_location: &[u8], bytes: &[u8]) -> Result<Article, Skipped> {
    let skipped = |(reason, hint): (String, Option<String>)| Skipped { location: location.to_string(), reason, hint };
    if bytes.len() > MAX_INPUT_BYTES {
        let reason = format!("longer than {} MiB", MAX_INPUT_BYTES / (1024 * 1024));
        return Err(skipped((reason, Some("split it into one file for each article".to_string()))));
    }
    let decoded = decode(bytes).map_err(skipped)?;
    let lines = lines(&decoded.text);
    let layout = lay_out(&decoded.text, &lines);
    let mut diagnostics = decoded.diagnostics;
    diagnostics.extend(layout.diagnostics);
    Ok(Article {
        id: ArticleId::new(digest(&[raw_location, b"\0", bytes])),
        text_id: TextId::new(digest(&[decoded.text.as_bytes()])),
        name: name_of(location),
        location: location.to_string(),
        encoding: decoded.encoding,
        title: layout.title,
        published: layout.published,
        url: layout.url,
        credit: layout.credit,
        paragraphs: lines.iter().map(Line::span).collect(),
        furniture: layout.furniture,
        diagnostics,
        text: decoded.text,
    })
}

/// The first 16 hexadecimal digits of the SHA-256 of all parts: 64 bits, so that among a million
/// articles two share an id with a probability of 3 in 100 million.
fn digest(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    parts.iter().for_each(|part| hasher.update(part));
    hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn name_of(location: &str) -> String {
    match Path::new(location).file_stem() {
        Some(stem) if location != "-" => stem.to_string_lossy().into_owned(),
        _ if location == "-" => "stdin".to_string(),
        _ => location.to_string(),
    }
}
