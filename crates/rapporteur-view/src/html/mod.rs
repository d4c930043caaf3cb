//! The reading as one page: who said what beside the articles, each statement linked to its words
//! and back.
//!
//! The page holds everything it shows: no scripts, no fonts, no requests. Text from articles is
//! escaped by the template and cannot steer the page; a content security policy keeps it that way
//! where escaping should fail. Two columns scroll on their own on a wide screen, so that a
//! statement stays in sight while its words are looked up.

mod acts;
mod article;
mod highlight;
mod sources;
mod statements;

use crate::brief::{self, Brief};
use crate::lookup::Lookup;
use crate::visible::on_one_line;
use crate::{Error, wording};
use acts::{EventsView, PartyView};
use article::ArticleView;
use askama::Template;
use highlight::Piece;
use rapporteur_model::{PassageWording, Reading};
use statements::SpeakerView;
use std::collections::BTreeMap;

const STYLE_SHEET: &str = include_str!("../../templates/page.css");

/// SHA-256 of [`STYLE_SHEET`] in base64, for the content security policy; a test recomputes it.
const STYLE_SHEET_HASH: &str = "iPTWe4MILa1n6JlakV/jJuU5JjQzgGkpVOOzoPwRvqU=";

/// Pairs of articles up to which their passages are shown at once.
const N_OPEN_LINKS_MAX: usize = 2;

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'r> {
    style_sheet: &'static str,
    style_sheet_hash: &'static str,
    sentences: Vec<String>,
    index: Vec<IndexRow<'r>>,
    speakers: Vec<SpeakerView<'r>>,
    events: Vec<EventsView<'r>>,
    parties: Vec<PartyView<'r>>,
    origins: Vec<sources::OriginView<'r>>,
    flaws: Vec<sources::FlawView<'r>>,
    versions: Vec<sources::VersionView<'r>>,
    links: Vec<LinkView<'r>>,
    articles: Vec<ArticleView<'r>>,
    skipped: Vec<SkippedRow>,
}

/// An article in the list at the head of the page.
struct IndexRow<'r> {
    number: usize,
    label: &'r str,
    published: Option<&'r str>,
    is_date_inferred: bool,
    title: Option<&'r str>,
    n_statements: usize,
    /// Names of the articles that tell the same text.
    same_text: Option<String>,
}

/// Two articles that share wording.
struct LinkView<'r> {
    a: usize,
    b: usize,
    label_a: &'r str,
    label_b: &'r str,
    relation: &'static str,
    percent_of_a: u8,
    percent_of_b: u8,
    /// The article that descends from the other, with what shows it.
    derived: Option<(&'r str, String)>,
    n_passages: String,
    /// Whether the passages are shown at once: where there are few pairs.
    is_open: bool,
    passages: Vec<PassageView<'r>>,
}

struct PassageView<'r> {
    number: usize,
    words_a: &'r str,
    /// The second article's words, where they differ in more than case and marks.
    words_b: Option<&'r str>,
    wording: &'static str,
    n_words: String,
    href_a: String,
    href_b: String,
    paragraph_a: Option<usize>,
    paragraph_b: Option<usize>,
}

struct SkippedRow {
    location: String,
    reason: String,
    hint: Option<String>,
}

/// The page as HTML.
///
/// # Errors
/// If the reading does not fit together; see [`Error`].
pub fn to_html(reading: &Reading) -> Result<String, Error> {
    let lookup = Lookup::new(reading)?;
    let brief = brief::from_lookup(&lookup)?;
    let numbers = statements::EntryNumbers::new(&brief);
    let notes = article::shared_notes(&brief);
    let mut articles = Vec::with_capacity(brief.articles.len());
    for article_idx in 0..brief.articles.len() {
        articles.push(article::article(&lookup, &brief, &numbers, &notes, article_idx));
    }
    let page = Page {
        style_sheet: STYLE_SHEET,
        style_sheet_hash: STYLE_SHEET_HASH,
        sentences: brief::summary_sentences(&brief),
        index: index(&brief),
        speakers: statements::speakers(&brief, &numbers, &articles),
        events: acts::events(&brief, &articles),
        parties: acts::parties(&brief, &articles),
        origins: sources::origins(&brief.sources),
        flaws: sources::flaws(&brief.sources),
        versions: sources::versions(&brief.sources),
        links: links(&brief),
        articles,
        skipped: skipped(&brief),
    };
    page.render().map_err(|error| Error::new(error.to_string()))
}

fn index(brief: &Brief) -> Vec<IndexRow<'_>> {
    let groups = brief.text_groups.iter();
    let group_of: BTreeMap<usize, &[usize]> =
        groups.flat_map(|group| group.articles.iter().map(|&article| (article, group.articles.as_slice()))).collect();
    let rows = brief.articles.iter().enumerate().map(|(number, article)| {
        let same_text = group_of.get(&number).map(|group| {
            let others = group.iter().filter(|&&other| other != number);
            let labels: Vec<&str> = others.map(|&other| brief.articles[other].label.as_str()).collect();
            wording::short_list(&labels)
        });
        IndexRow {
            number,
            label: &article.label,
            published: article.published.as_deref(),
            is_date_inferred: article.is_date_inferred,
            title: article.title.as_deref(),
            n_statements: article.n_reports,
            same_text,
        }
    });
    rows.collect()
}

fn links(brief: &Brief) -> Vec<LinkView<'_>> {
    let mut number = 0;
    let links = brief.links.iter().enumerate().map(|(link_idx, link)| {
        let passages = link.passages.iter().map(|passage| {
            number += 1;
            PassageView {
                number,
                words_a: &passage.words_a,
                words_b: (passage.wording != PassageWording::Verbatim).then_some(passage.words_b.as_str()),
                wording: wording::passage_wording(passage.wording),
                n_words: wording::count(passage.n_shared_words, "word"),
                href_a: paragraph_href(link.a, passage.paragraph_a),
                href_b: paragraph_href(link.b, passage.paragraph_b),
                paragraph_a: passage.paragraph_a,
                paragraph_b: passage.paragraph_b,
            }
        });
        LinkView {
            a: link.a,
            b: link.b,
            label_a: &brief.articles[link.a].label,
            label_b: &brief.articles[link.b].label,
            relation: wording::relation(link.relation),
            percent_of_a: link.percent_of_a,
            percent_of_b: link.percent_of_b,
            derived: derived(brief, link_idx),
            n_passages: wording::count(link.passages.len(), "passage"),
            is_open: brief.links.len() <= N_OPEN_LINKS_MAX,
            passages: passages.collect(),
        }
    });
    links.collect()
}

/// Which of the two articles of a link descends from the other. The sources have the links in the same order.
fn derived(brief: &Brief, link_idx: usize) -> Option<(&str, String)> {
    let known = brief.sources.links.get(link_idx)?;
    let derived = known.derived?;
    let reasons = known.evidence.iter().filter(|evidence| evidence.derived == derived);
    let reasons: Vec<&str> = reasons.map(|evidence| evidence.reason.as_str()).collect();
    Some((brief.articles[derived].label.as_str(), reasons.join("; ")))
}

fn skipped(brief: &Brief) -> Vec<SkippedRow> {
    let rows = brief.skipped.iter().map(|skipped| SkippedRow {
        location: on_one_line(&skipped.location),
        reason: on_one_line(&skipped.reason),
        hint: skipped.hint.as_deref().map(on_one_line),
    });
    rows.collect()
}

/// The anchor of a paragraph, or of the article where the words begin between paragraphs.
fn paragraph_href(article: usize, paragraph: Option<usize>) -> String {
    match paragraph {
        Some(paragraph) => format!("a{article}p{paragraph}"),
        None => format!("a{article}"),
    }
}
