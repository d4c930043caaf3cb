//! What became of an input: one line for each article.

use crate::page::cut;
use crate::visible::on_one_line;
use crate::wording;
use rapporteur_model::{Article, FurnitureKind, Span};
use unicode_width::UnicodeWidthStr;

/// The report, one paragraph a line: headings between paragraphs are part of it, other furniture and the title are not.
pub fn body(article: &Article) -> String {
    let mut body = String::new();
    for paragraph in &article.paragraphs {
        let first = article.furniture.partition_point(|furniture| furniture.span.end <= paragraph.start);
        let furniture = article.furniture[first..].iter();
        let masks = furniture.filter(|furniture| furniture.kind != FurnitureKind::Heading).map(|f| f.span);
        let line: String = open_parts(*paragraph, masks).map(|span| span.of(&article.text)).collect();
        if !line.trim().is_empty() {
            body.push_str(line.trim());
            body.push('\n');
        }
    }
    body
}

/// What of `span` is not masked; the masks are in order.
fn open_parts(span: Span, masks: impl Iterator<Item = Span>) -> impl Iterator<Item = Span> {
    let mut parts = Vec::new();
    let mut start = span.start;
    for mask in masks.take_while(|mask| mask.start < span.end) {
        if start < mask.start {
            parts.push(Span { start, end: mask.start });
        }
        start = start.max(mask.end);
    }
    if start < span.end {
        parts.push(Span { start, end: span.end });
    }
    parts.into_iter()
}

/// Date, language, length, outlet and title of an article, and where it came from, cut to `width` columns.
pub fn line(article: &Article, width: usize) -> String {
    let date = article.published.as_ref().map_or_else(|| "no date".to_string(), |date| date.value.to_string());
    let language = article.language.as_ref().map_or("??", |language| language.value.as_str());
    let n_words = wording::count(body(article).split_whitespace().count(), "word");
    let mut told: Vec<String> = Vec::new();
    told.extend(article.outlet.as_ref().map(|outlet| on_one_line(&outlet.value)));
    told.extend(article.title.as_ref().map(|title| on_one_line(&title.value)));
    let about = format!("{date:<10}  {language:<3} {n_words:>13}  {}", told.join(": "));
    let location = on_one_line(&article.location);
    let room = width.saturating_sub(location.width() + 2);
    if room < MIN_ABOUT_COLUMNS {
        format!("{}\n  {location}\n", cut(&about, width))
    } else {
        format!("{}  {location}\n", pad(&cut(&about, room), room))
    }
}

/// Fewer columns hold no title.
const MIN_ABOUT_COLUMNS: usize = 50;

fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}
