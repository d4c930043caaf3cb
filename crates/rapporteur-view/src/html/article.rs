//! An article in full, with what is marked in it.

use super::acts::{event_anchor, event_title, stance_anchor, stance_title};
use super::highlight::{Layer, Mark, Piece, pieces};
use super::paragraph_href;
use super::statements::EntryNumbers;
use crate::brief::{Brief, first_span};
use crate::describe::Told;
use crate::lookup::Lookup;
use crate::visible::on_one_line;
use crate::wording;
use rapporteur_model::{Article, Evidence, Span, Statement, StatementKind};
use std::collections::{BTreeMap, BTreeSet};

/// An article as the template writes it.
pub(super) struct ArticleView<'r> {
    pub(super) number: usize,
    pub(super) label: String,
    pub(super) location: String,
    pub(super) title: Option<String>,
    pub(super) facts: Vec<Fact>,
    pub(super) paragraphs: Vec<ParagraphView<'r>>,
    pub(super) diagnostics: Vec<String>,
    /// The anchors that its marks bear.
    pub(super) anchored: BTreeSet<String>,
}

/// Something known about an article and what shows it.
pub(super) struct Fact {
    pub(super) name: &'static str,
    pub(super) value: String,
    /// An address that a browser may follow.
    pub(super) address: Option<String>,
    /// Anchor and name of the paragraph that states it.
    pub(super) stated: Option<(String, String)>,
    /// What it is inferred from.
    pub(super) inferred: Option<String>,
}

pub(super) struct ParagraphView<'r> {
    pub(super) id: String,
    pub(super) number: usize,
    /// What the whole paragraph is, where it is not the report.
    pub(super) furniture: Option<&'static str>,
    pub(super) pieces: Vec<Piece<'r>>,
    pub(super) notes: Vec<Note>,
}

/// Says that a paragraph's wording stands in another article too.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Note {
    pub(super) other: (usize, Option<usize>),
    pub(super) href: String,
    pub(super) label: String,
}

/// Notes by article and paragraph number.
pub(super) type Notes = BTreeMap<(usize, usize), Vec<Note>>;

/// What each paragraph shares with others.
pub(super) fn shared_notes(brief: &Brief) -> Notes {
    let mut notes = Notes::new();
    for link in &brief.links {
        for passage in &link.passages {
            let (a, b) = ((link.a, passage.paragraph_a), (link.b, passage.paragraph_b));
            for ((article, paragraph), other) in [(a, b), (b, a)] {
                let Some(paragraph) = paragraph else { continue };
                let href = paragraph_href(other.0, other.1);
                let label = &brief.articles[other.0].label;
                let label = other.1.map_or_else(|| label.clone(), |n| format!("{label} ¶{n}"));
                notes.entry((article, paragraph)).or_default().push(Note { other, href, label });
            }
        }
    }
    for list in notes.values_mut() {
        list.sort();
        list.dedup();
    }
    notes
}

pub(super) fn article<'r>(
    lookup: &Lookup<'r>,
    brief: &Brief,
    numbers: &EntryNumbers,
    notes: &Notes,
    number: usize,
) -> ArticleView<'r> {
    let article = &lookup.reading.articles[number];
    let record = &lookup.reading.records[number];
    let mut marks = article_marks(article);
    for (idx, statement) in record.statements.iter().enumerate() {
        let title = numbers.title(brief, number, idx, statement);
        statement_marks(&mut marks, statement, (number, idx), numbers.of(number, idx), title);
    }
    act_marks(&mut marks, Told { article, record }, number);
    let anchors: BTreeSet<String> = marks.iter().filter_map(|mark| mark.id.clone()).collect();
    let mut by_paragraph: Vec<Vec<usize>> = vec![Vec::new(); article.paragraphs.len()];
    for (mark_idx, mark) in marks.iter().enumerate() {
        let first = article.paragraphs.partition_point(|p| p.end <= mark.span.start);
        let from_first = by_paragraph[first..].iter_mut().zip(&article.paragraphs[first..]);
        for (here, _) in from_first.take_while(|(_, paragraph)| paragraph.start < mark.span.end) {
            here.push(mark_idx);
        }
    }
    let mut paragraphs = Vec::with_capacity(article.paragraphs.len());
    for (idx, (&span, here)) in article.paragraphs.iter().zip(by_paragraph).enumerate() {
        paragraphs.push(ParagraphView {
            id: paragraph_href(number, Some(idx + 1)),
            number: idx + 1,
            furniture: whole_furniture(article, span),
            pieces: pieces(&article.text, span, &mut marks, here),
            notes: notes.get(&(number, idx + 1)).cloned().unwrap_or_default(),
        });
    }
    let unanchored: BTreeSet<String> = marks.iter().filter_map(|mark| mark.id.clone()).collect();
    let diagnostics = article.diagnostics.iter().chain(&record.diagnostics);
    ArticleView {
        number,
        label: lookup.label(number).to_string(),
        location: on_one_line(&article.location),
        title: article.title.as_ref().map(|title| on_one_line(&title.value)),
        facts: facts(article, number),
        paragraphs,
        diagnostics: diagnostics.map(|diagnostic| on_one_line(&diagnostic.message)).collect(),
        anchored: anchors.difference(&unanchored).cloned().collect(),
    }
}

/// The anchor of a statement's words.
pub(super) fn words_anchor(article: usize, statement: usize) -> String {
    format!("w{article}-{statement}")
}

fn plain_mark(span: Span, layer: Layer, title: &str) -> Mark {
    Mark { span, layer, id: None, title: Some(title.to_string()), entry: None }
}

fn article_marks(article: &Article) -> Vec<Mark> {
    let furniture = article.furniture.iter();
    let mut marks: Vec<Mark> =
        furniture.map(|f| plain_mark(f.span, Layer::Furniture, wording::furniture_kind(f.kind))).collect();
    if let Some(Evidence::Stated(span)) = article.published.as_ref().map(|date| &date.evidence) {
        marks.push(plain_mark(*span, Layer::Evidence, "date of publication"));
    }
    if let Some(Evidence::Stated(span)) = article.credit.as_ref().map(|credit| &credit.evidence) {
        marks.push(plain_mark(*span, Layer::Evidence, "credit"));
    }
    marks
}

fn statement_marks(
    marks: &mut Vec<Mark>,
    statement: &Statement,
    (article, idx): (usize, usize),
    entry: usize,
    title: String,
) {
    let layer = if statement.kind == StatementKind::ActReport { Layer::Act } else { Layer::Statement };
    let stand_in = first_span(statement).filter(|_| statement.content.is_empty());
    for (n, span) in stand_in.into_iter().chain(statement.content.iter().copied()).enumerate() {
        let id = (n == 0).then(|| words_anchor(article, idx));
        marks.push(Mark { span, layer, id, title: Some(title.clone()), entry: Some(entry) });
    }
    marks.extend(statement.quoted.iter().map(|&span| Mark {
        span,
        layer: Layer::Quoted,
        id: None,
        title: None,
        entry: None,
    }));
    marks.extend(statement.source.map(|span| plain_mark(span, Layer::Source, "source")));
    marks.extend(statement.cue.map(|span| plain_mark(span, Layer::Cue, "cue")));
}

/// The triggers of events and the evidence of stances.
fn act_marks(marks: &mut Vec<Mark>, told: Told<'_>, number: usize) {
    let record = told.record;
    marks.extend(record.stances.iter().enumerate().map(|(idx, stance)| Mark {
        id: Some(stance_anchor(number, idx)),
        ..plain_mark(stance.evidence, Layer::Stance, &stance_title(told, stance))
    }));
    marks.extend(record.events.iter().enumerate().map(|(idx, event)| {
        let trigger = record.predications[event.predication.0 as usize].trigger;
        Mark { id: Some(event_anchor(number, idx)), ..plain_mark(trigger, Layer::Trigger, &event_title(told, event)) }
    }));
}

fn whole_furniture(article: &Article, paragraph: Span) -> Option<&'static str> {
    let whole = article.furniture.iter().find(|f| f.span.contains(paragraph));
    whole.map(|f| wording::furniture_kind(f.kind))
}

fn facts(article: &Article, number: usize) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut add = |name, value: Option<(String, &Evidence)>| {
        let Some((value, evidence)) = value else { return };
        let (stated, inferred) = match evidence {
            Evidence::Stated(span) => {
                let paragraph = article.paragraph_number(*span);
                let place = paragraph.map_or_else(|| "the text".to_string(), |n| format!("¶{n}"));
                (Some((paragraph_href(number, paragraph), place)), None)
            }
            Evidence::Metadata(told) => (None, Some(on_one_line(&told.place))),
            Evidence::Inferred(from) => (None, Some(on_one_line(from))),
            Evidence::Given => (None, None),
        };
        let address = address(&value);
        facts.push(Fact { name, value: on_one_line(&value), address, stated, inferred });
    };
    // The title itself is the heading above.
    add("Title", article.title.as_ref().map(|title| (String::new(), &title.evidence)));
    add("Date", article.published.as_ref().map(|date| (date.value.to_string(), &date.evidence)));
    add("Changed", article.modified.as_ref().map(|date| (date.value.to_string(), &date.evidence)));
    add("Outlet", article.outlet.as_ref().map(|outlet| (outlet.value.clone(), &outlet.evidence)));
    add("Author", article.byline.as_ref().map(|byline| (byline.value.clone(), &byline.evidence)));
    add("Address", article.url.as_ref().map(|url| (url.value.clone(), &url.evidence)));
    add("Credit", article.credit.as_ref().map(|credit| (credit.value.clone(), &credit.evidence)));
    facts
}

/// The value, where it is an address of the web; any other scheme could run something.
fn address(value: &str) -> Option<String> {
    let is_web = value.starts_with("http://") || value.starts_with("https://");
    let is_plain = value.bytes().all(|byte| byte.is_ascii_graphic());
    (is_web && is_plain).then(|| value.to_string())
}
