use crate::decode::decode;
use crate::entry::{Entry, Told};
use crate::furniture::{Layout, lay_out};
use crate::html;
use crate::language::language;
use crate::lines::{Line, lines};
use crate::markdown::{self, Rendered};
use crate::names::name_of;
use crate::pdf;
use crate::read::MAX_INPUT_BYTES;
use crate::told::{Publication, add_told, with_told};
use crate::wrapped::{Joined, joined};
use rapporteur_model::{Article, ArticleId, Evidenced, Format, Segment, Skipped, Span, TextId};
use sha2::{Digest, Sha256};

/// Makes an article of the bytes of one input: decodes them, reads the report out of a web page, finds title, date,
/// address and credit, and masks furniture. Pure: the same location and bytes give the same article.
///
/// `location` is where the bytes came from, `-` for standard input; it goes into the article's id
/// and name.
///
/// # Errors
/// A [`Skipped`] that says why there is no article: more than [`MAX_INPUT_BYTES`], nothing but white
/// space, not text, or a page without running text.
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
    let is_pdf = pdf::is_pdf(bytes);
    let decoded = if is_pdf { pdf::text(bytes) } else { decode(bytes, entry.media_type.as_deref()) };
    let decoded = decoded.map_err(skipped)?;
    let mut told = entry.told.clone();
    let (format, read) = if is_pdf {
        (Format::Pdf, plain(decoded.text, &told, None))
    } else if html::is_page(entry, &decoded.text) {
        (Format::Html, html::read(entry, &decoded.text).map_err(skipped)?)
    } else if let Some(rendered) = markdown::rendered(entry, &decoded.text) {
        told = rendered.told.clone().or(told);
        (Format::Markdown, plain(rendered.text.clone(), &told, Some(&rendered)))
    } else {
        let Joined { text, segments } =
            joined(&decoded.text).unwrap_or_else(|| Joined { text: decoded.text, segments: Vec::new() });
        (Format::Text, Text { segments, ..plain(text, &told, None) })
    };
    let layout = read.layout;
    let told_languages: Vec<Evidenced<String>> = told.language.iter().cloned().chain(read.languages).collect();
    let language = language(&read.text, &read.paragraphs, &layout.furniture, &told_languages);
    let (publication, told_diagnostics) = with_told(&told, read.publication);
    let mut diagnostics = decoded.diagnostics;
    diagnostics.extend(told_diagnostics);
    diagnostics.extend(layout.diagnostics);
    Ok(Article {
        id: ArticleId::new(digest(&[raw_location, b"\0", bytes])),
        text_id: TextId::new(digest(&[read.text.as_bytes()])),
        name: name_of(entry),
        location: location.to_string(),
        format,
        encoding: decoded.encoding,
        title: layout.title,
        published: publication.published,
        published_at: publication.published_at,
        modified: publication.modified,
        url: layout.url,
        outlet: read.outlet,
        byline: layout.byline,
        dateline: layout.dateline,
        credit: layout.credit,
        language,
        segments: read.segments,
        paragraphs: read.paragraphs,
        furniture: layout.furniture,
        diagnostics,
        text: read.text,
    })
}

/// The text of an article with what was found in it and beside it.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) text: String,
    pub(crate) paragraphs: Vec<Span>,
    pub(crate) layout: Layout,
    pub(crate) outlet: Option<Evidenced<String>>,
    pub(crate) publication: Publication,
    /// What the text's container says of its language, the surest first.
    pub(crate) languages: Vec<Evidenced<String>>,
    pub(crate) segments: Vec<Segment>,
}

/// `rendered` is what the text was made of, where its headings are known.
fn plain(text: String, told: &Told, rendered: Option<&Rendered>) -> Text {
    let lines = lines(&text);
    let mut layout = lay_out(&text, &lines, &[]);
    add_told(&mut layout, told);
    if let Some(rendered) = rendered {
        markdown::mark_headings(&mut layout, rendered, &text);
    }
    let publication = Publication { published: layout.published.take(), ..Publication::default() };
    let paragraphs = lines.iter().map(Line::span).collect();
    let outlet = told.outlet.clone();
    Text { text, paragraphs, layout, outlet, publication, languages: Vec::new(), segments: Vec::new() }
}

/// The first 16 hexadecimal digits of the SHA-256 of all parts: 64 bits, so that among a million
/// articles two share an id with a probability of 3 in 100 million.
fn digest(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    parts.iter().for_each(|part| hasher.update(part));
    hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
