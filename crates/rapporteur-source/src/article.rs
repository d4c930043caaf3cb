use crate::decode::{Decoded, Refusal, decode};
use crate::entry::{Entry, Told};
use crate::furniture::{Layout, lay_out};
use crate::html;
use crate::language::language;
use crate::lines::{Line, lines};
use crate::markdown;
use crate::names::name_of;
use crate::pdf;
use crate::read::MAX_INPUT_BYTES;
use crate::told::{Publication, add_told, with_told};
use rapporteur_model::{Article, ArticleId, Diagnostic, Encoding, Evidenced, Format, Segment, Skipped, Span, TextId};
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
    let Input { format, encoding, read, mut diagnostics } = input_of(entry).map_err(skipped)?;
    let layout = read.layout;
    let told_languages: Vec<Evidenced<String>> = entry.told.language.iter().cloned().chain(read.languages).collect();
    let language = language(&read.text, &read.paragraphs, &layout.furniture, &told_languages);
    let (publication, told_diagnostics) = with_told(&entry.told, read.publication);
    diagnostics.extend(told_diagnostics);
    diagnostics.extend(layout.diagnostics);
    Ok(Article {
        id: ArticleId::new(digest(&[raw_location, b"\0", bytes])),
        text_id: TextId::new(digest(&[read.text.as_bytes()])),
        name: name_of(entry),
        location: location.to_string(),
        format,
        encoding,
        title: layout.title,
        published: publication.published,
        published_at: publication.published_at,
        modified: publication.modified,
        url: layout.url,
        outlet: read.outlet.or_else(|| entry.told.outlet.clone()),
        byline: layout.byline.or_else(|| entry.told.byline.clone()),
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

/// An input read as what it is.
struct Input {
    format: Format,
    encoding: Encoding,
    read: Text,
    diagnostics: Vec<Diagnostic>,
}

fn input_of(entry: &Entry) -> Result<Input, Refusal> {
    if pdf::is_pdf(&entry.bytes) {
        let pdf = pdf::text(&entry.bytes)?;
        let read = plain(pdf.text, &entry.told);
        return Ok(Input { format: Format::Pdf, encoding: Encoding::Utf8, read, diagnostics: pdf.diagnostics });
    }
    let Decoded { text, encoding, diagnostics } = decode(&entry.bytes, entry.media_type.as_deref())?;
    let (format, read) = if html::is_page(entry, &text) {
        (Format::Html, html::read(entry, &text)?)
    } else if let Some(rendered) = markdown::is_markdown(entry, &text).then(|| markdown::render(&text)).flatten() {
        (Format::Markdown, marked_down(rendered, &entry.told))
    } else {
        (Format::Text, plain(text, &entry.told))
    };
    Ok(Input { format, encoding, read, diagnostics })
}

fn plain(text: String, told: &Told) -> Text {
    let lines = lines(&text);
    let mut layout = lay_out(&text, &lines, &[]);
    add_told(&mut layout, told);
    let publication = Publication { published: layout.published.take(), ..Publication::default() };
    let paragraphs = lines.iter().map(Line::span).collect();
    Text { text, paragraphs, layout, outlet: None, publication, languages: Vec::new(), segments: Vec::new() }
}

/// A text without its marks. What its front matter says comes before what its container says.
fn marked_down(rendered: markdown::Rendered, told: &Told) -> Text {
    let mut read = plain(rendered.text.clone(), told);
    add_told(&mut read.layout, &rendered.told);
    markdown::mark_headings(&mut read.layout, &rendered, &read.text);
    let (publication, diagnostics) = with_told(&rendered.told, std::mem::take(&mut read.publication));
    read.publication = publication;
    read.layout.diagnostics.extend(diagnostics);
    read.outlet = rendered.told.outlet;
    read.layout.byline = read.layout.byline.or(rendered.told.byline);
    read.languages.extend(rendered.told.language);
    read
}

/// The first 16 hexadecimal digits of the SHA-256 of all parts: 64 bits, so that among a million
/// articles two share an id with a probability of 3 in 100 million.
fn digest(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    parts.iter().for_each(|part| hasher.update(part));
    hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
