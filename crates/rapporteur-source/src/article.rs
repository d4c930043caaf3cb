use crate::decode::{Decoded, decode};
use crate::entry::{Entry, Told};
use crate::furniture::lay_out;
use crate::lines::{Line, lines};
use crate::markdown;
use crate::names::name_of;
use crate::pdf;
use crate::read::MAX_INPUT_BYTES;
use crate::told::add_told;
use rapporteur_model::{Article, ArticleId, Encoding, Format, Skipped, TextId};
use sha2::{Digest, Sha256};

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
    article_of(&Entry {
        location: location.to_string(),
        raw_location: location.as_bytes().to_vec(),
        bytes: bytes.to_vec(),
        media_type: None,
        told: Told::default(),
    })
}

/// The article of an entry. Its id is made of the raw location: of names that are not UTF-8 two can be shown alike,
/// and their bytes tell them apart.
pub(crate) fn article_of(entry: &Entry) -> Result<Article, Skipped> {
    let Entry { location, raw_location, bytes, .. } = entry;
    let skipped = |(reason, hint): (String, Option<String>)| Skipped { location: location.clone(), reason, hint };
    if bytes.len() > MAX_INPUT_BYTES {
        let reason = format!("longer than {} MiB", MAX_INPUT_BYTES / (1024 * 1024));
        return Err(skipped((reason, Some("split it into one file for each article".to_string()))));
    }
    let (format, decoded) = if pdf::is_pdf(bytes) {
        let pdf = pdf::text(bytes).map_err(skipped)?;
        (Format::Pdf, Decoded { text: pdf.text, encoding: Encoding::Utf8, diagnostics: pdf.diagnostics })
    } else {
        (Format::Text, decode(bytes).map_err(skipped)?)
    };
    let is_markdown = format == Format::Text && markdown::is_markdown(entry, &decoded.text);
    let rendered = if is_markdown { markdown::render(&decoded.text) } else { None };
    let format = if rendered.is_some() { Format::Markdown } else { format };
    let text = rendered.as_ref().map_or(decoded.text, |rendered| rendered.text.clone());

    let lines = lines(&text);
    let mut layout = lay_out(&text, &lines);
    add_told(&mut layout, &entry.told);
    if let Some(rendered) = &rendered {
        add_told(&mut layout, &rendered.told);
        markdown::mark_headings(&mut layout, rendered, &text);
    }
    let told = rendered.map(|rendered| rendered.told).unwrap_or_default();
    let mut diagnostics = decoded.diagnostics;
    diagnostics.extend(layout.diagnostics);
    Ok(Article {
        id: ArticleId::new(digest(&[raw_location, b"\0", bytes])),
        text_id: TextId::new(digest(&[text.as_bytes()])),
        name: name_of(entry),
        location: location.to_string(),
        format,
        encoding: decoded.encoding,
        title: layout.title,
        published: layout.published,
        published_at: None,
        modified: None,
        url: layout.url,
        outlet: told.outlet.or_else(|| entry.told.outlet.clone()),
        byline: told.byline.or_else(|| entry.told.byline.clone()),
        dateline: None,
        credit: layout.credit,
        language: None,
        paragraphs: lines.iter().map(Line::span).collect(),
        furniture: layout.furniture,
        diagnostics,
        text,
    })
}

/// The first 16 hexadecimal digits of the SHA-256 of all parts: 64 bits, so that among a million
/// articles two share an id with a probability of 3 in 100 million.
fn digest(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    parts.iter().for_each(|part| hasher.update(part));
    hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
