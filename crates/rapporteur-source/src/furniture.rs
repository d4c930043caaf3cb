//! Which lines of an article are the report and which are furniture.
//!
//! Each line is given one kind by the first rule that knows it, from the surest rules to the weakest;
//! a heading is what remains short and without an end. Rules that could take a paragraph of the
//! report ask for two signs. Where nothing of a report would remain, lines are given back to it.

use crate::captions::{Caption, caption};
use crate::credits::{
    byline_names, credit_at_end, credit_line, dateline, dateline_agency, is_credit_phrase, starts_with_any,
};
use crate::date_line::{DateLine, glued_report_start, parse};
use crate::headings::{can_be_title, headings};
use crate::lexicon::lexicon;
use crate::lines::{Line, is_wrapped, words};
use crate::publication::{N_EDGE_LINES, Place, address, is_date_line, published};
use rapporteur_model::{CivilDate, Diagnostic, Evidence, Evidenced, Furniture, FurnitureKind, Span};
use std::collections::BTreeMap;

/// What an article says of its own publication, and its furniture.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    pub(crate) title: Option<Evidenced<String>>,
    pub(crate) published: Option<Evidenced<CivilDate>>,
    pub(crate) url: Option<Evidenced<String>>,
    pub(crate) byline: Option<Evidenced<String>>,
    pub(crate) dateline: Option<Evidenced<String>>,
    pub(crate) credit: Option<Evidenced<String>>,
    /// In order, without overlaps.
    pub(crate) furniture: Vec<Furniture>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// What the markup of a page says of a line; of plain text nothing is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Markup {
    /// The kind that its element shows. A heading can still turn out to be something else.
    pub(crate) kind: Option<FurnitureKind>,
    /// Whether it is a paragraph or an item of a list, and so no heading however short it is.
    pub(crate) is_text: bool,
    /// Whether nearly all of it is a link.
    pub(crate) is_link: bool,
}

/// Share bars and link boxes with a known beginning are not longer; a paragraph that happens to begin
/// so is.
const MAX_BAR_WORDS: usize = 25;
/// Link boxes list three to six titles.
const MAX_LISTED_LINKS: usize = 8;
/// A line of names of networks ("Facebook Twitter Email") needs more than one, since "Telegram"
/// alone can be a heading.
const MIN_SHARE_WORDS: usize = 2;
/// Header lines such as "Location: Karsk" and "3 min read" are short.
const MAX_HEADER_WORDS: usize = 10;

/// Looks at the lines of one article, whose text is `text`. `markup` has an entry for each line of a web page and none
/// for plain text.
pub(crate) fn lay_out(text: &str, lines: &[Line], markup: &[Markup]) -> Layout {
    let parsed: Vec<DateLine> = lines.iter().map(|line| parse(line.text)).collect();
    let mut page = Page::new(lines, parsed, markup);
    page.mark_by_markup();
    page.mark_bars();
    page.mark_publication_lines();
    page.mark_captions();
    let title_idx = page.mark_title();
    page.mark_headings();
    page.mark_parts();
    page.keep_a_report();
    page.finish(text, title_idx)
}

struct Page<'a> {
    lines: &'a [Line<'a>],
    parsed: Vec<DateLine>,
    markup: &'a [Markup],
    kinds: Vec<Option<FurnitureKind>>,
    /// Furniture that is only a part of its line, by the line.
    parts: BTreeMap<usize, Vec<Furniture>>,
    date_lines: Vec<(usize, Place)>,
    url: Option<Span>,
    credits: Vec<(usize, Span)>,
    byline: Option<Span>,
    dateline: Option<Span>,
    is_wrapped: bool,
    first_prose: usize,
    last_prose: usize,
}

impl<'a> Page<'a> {
    fn new(lines: &'a [Line<'a>], parsed: Vec<DateLine>, markup: &'a [Markup]) -> Self {
        let first_prose = lines.iter().position(Line::is_prose).unwrap_or(0);
        let last_prose = lines.iter().rposition(Line::is_prose).unwrap_or(0);
        let is_wrapped = markup.is_empty() && is_wrapped(lines);
        let kinds = vec![None; lines.len()];
        Page {
            lines,
            parsed,
            markup,
            kinds,
            parts: BTreeMap::new(),
            date_lines: Vec::new(),
            url: None,
            credits: Vec::new(),
            byline: None,
            dateline: None,
            is_wrapped,
            first_prose,
            last_prose,
        }
    }

    fn is_head(&self, idx: usize) -> bool {
        idx < self.first_prose || idx < N_EDGE_LINES
    }

    fn is_foot(&self, idx: usize) -> bool {
        idx > self.last_prose || idx + N_EDGE_LINES >= self.lines.len()
    }

    fn is_edge(&self, idx: usize) -> bool {
        self.is_head(idx) || self.is_foot(idx)
    }

    fn is_open(&self, idx: usize) -> bool {
        self.kinds[idx].is_none()
    }

    fn open_lines(&self) -> Vec<usize> {
        (0..self.lines.len()).filter(|idx| self.is_open(*idx)).collect()
    }

    fn markup(&self, idx: usize) -> Markup {
        self.markup.get(idx).copied().unwrap_or_default()
    }

    /// What the elements of a page show; headings wait, since "Related articles" may be one.
    fn mark_by_markup(&mut self) {
        for (idx, markup) in self.markup.iter().enumerate().take(self.kinds.len()) {
            self.kinds[idx] = markup.kind.filter(|kind| *kind != FurnitureKind::Heading);
            if self.kinds[idx] == Some(FurnitureKind::Byline) && self.byline.is_none() {
                let names = byline_names(&self.lines[idx]);
                self.byline = names.map(|(start, end)| self.lines[idx].span_of(start, end));
            }
        }
    }

    /// Share bars, footers, advertisements and link boxes, which can stand anywhere.
    fn mark_bars(&mut self) {
        let lexicon = lexicon();
        let mut n_listed = 0;
        for (idx, line) in self.lines.iter().enumerate() {
            let n_words = line.n_words();
            if self.kinds[idx].is_some() || n_words > MAX_BAR_WORDS {
                n_listed = 0;
                continue;
            }
            let folded = line.folded();
            let bare = folded.trim_end_matches([':', '»', '›', '>', '→', ' ']);
            let is_bar = is_bar(&folded);
            let opens_list = lexicon.link_lines.contains(bare);
            let is_link = !line.ends_sentence() && starts_with_any(&folded, &lexicon.link_starts);
            // After "Related stories" come titles: lines that do not end as sentences do.
            let is_title_like = !line.ends_sentence() && !line.text.ends_with(':');
            // In a page they are links.
            let is_title_like = is_title_like && (self.markup.is_empty() || self.markup(idx).is_link);
            let is_listed = is_title_like && (1..=MAX_LISTED_LINKS).contains(&n_listed) && !self.is_wrapped;
            self.kinds[idx] = match (is_bar, opens_list || is_link || is_listed) {
                (true, _) => Some(FurnitureKind::ShareBar),
                (false, true) => Some(FurnitureKind::LinkBox),
                (false, false) => None,
            };
            n_listed = if opens_list || is_listed { n_listed + 1 } else { 0 };
        }
    }

    /// Addresses, dates, bylines and credits.
    fn mark_publication_lines(&mut self) {
        for idx in self.open_lines() {
            let (line, parsed) = (&self.lines[idx], &self.parsed[idx]);
            self.kinds[idx] = if let Some((start, end)) = address(line) {
                let is_own = self.url.is_none() && self.is_edge(idx);
                if is_own {
                    self.url = Some(line.span_of(start, end));
                }
                Some(if is_own { FurnitureKind::Header } else { FurnitureKind::LinkBox })
            } else if self.is_edge(idx) && is_date_line(line, parsed) {
                self.date_lines.push((idx, if self.is_head(idx) { Place::Head } else { Place::Foot }));
                Some(FurnitureKind::Header)
            } else if parsed.is_only_dates() {
                // The date of an entry, as in a live report or a chronology.
                Some(FurnitureKind::Heading)
            } else if let Some((start, end)) = byline_names(line).filter(|_| self.is_edge(idx)) {
                self.byline = self.byline.or(Some(line.span_of(start, end)));
                Some(FurnitureKind::Byline)
            } else if let Some((start, end)) = credit_line(line, self.is_edge(idx)) {
                self.credits.push((idx, line.span_of(start, end)));
                Some(FurnitureKind::Credit)
            } else if self.is_head(idx) && (is_header(line) || parsed.is_only_labels()) {
                Some(FurnitureKind::Header)
            } else {
                None
            };
        }
    }

    fn mark_captions(&mut self) {
        for idx in self.open_lines() {
            // A first or last paragraph without a full stop may be a headline or cut off itself.
            let may_be_cut =
                !self.is_wrapped && self.markup.is_empty() && idx > self.first_prose && idx < self.last_prose;
            match caption(&self.lines[idx], may_be_cut) {
                Some(Caption::Whole) => self.kinds[idx] = Some(FurnitureKind::Caption),
                Some(Caption::Part((start, end))) => self.add_part(idx, start, end, FurnitureKind::Caption),
                None => {}
            }
        }
    }

    /// The headline: the first open line that can be one. Of several above the report the first with
    /// a headline's length is taken; shorter ones before it name a section or an outlet.
    fn mark_title(&mut self) -> Option<usize> {
        if !self.markup.is_empty() {
            return self.kinds.iter().position(|kind| *kind == Some(FurnitureKind::Title));
        }
        let mut head = Vec::new();
        for idx in self.open_lines() {
            let is_glued = glued_report_start(self.lines[idx].text, &self.parsed[idx]).is_some();
            if !self.is_head(idx) || is_glued || !can_be_title(&self.lines[idx], self.is_wrapped) {
                break;
            }
            head.push(idx);
        }
        let title = *head.iter().find(|idx| self.lines[**idx].n_words() >= MIN_TITLE_WORDS).or(head.first())?;
        self.kinds[title] = Some(FurnitureKind::Title);
        for idx in head.into_iter().filter(|idx| *idx < title) {
            self.kinds[idx] = Some(FurnitureKind::Header);
        }
        Some(title)
    }

    fn mark_headings(&mut self) {
        for idx in self.open_lines() {
            self.kinds[idx] = self.markup(idx).kind;
        }
        for idx in headings(self.lines, |idx| self.is_open(idx), self.is_wrapped) {
            if !self.markup(idx).is_text {
                self.kinds[idx] = Some(FurnitureKind::Heading);
            }
        }
    }

    /// Publication data before the first sentence and credits after the last of a paragraph.
    fn mark_parts(&mut self) {
        for idx in self.open_lines() {
            let line = &self.lines[idx];
            if idx <= self.first_prose && self.dateline.is_none() {
                self.dateline = dateline(line.text).map(|(start, end)| line.span_of(start, end));
            }
            if idx <= self.first_prose && glued_report_start(line.text, &self.parsed[idx]).is_some() {
                self.add_part(idx, 0, self.parsed[idx].prefix_end, FurnitureKind::Header);
            }
            if let Some((mask, name)) = credit_at_end(line.text) {
                self.credits.push((idx, line.span_of(name.0, name.1)));
                self.add_part(idx, mask.0, mask.1, FurnitureKind::Credit);
            } else if let Some((start, end)) = dateline_agency(line.text).filter(|_| idx <= self.first_prose) {
                // The dateline itself stays in the sentence that it opens.
                self.credits.push((idx, line.span_of(start, end)));
            }
        }
    }

    fn add_part(&mut self, idx: usize, start: usize, end: usize, kind: FurnitureKind) {
        let span = self.lines[idx].span_of(start, end);
        let own_parts = self.parts.entry(idx).or_default();
        if start < end && own_parts.iter().all(|part| !part.span.overlaps(span)) {
            own_parts.push(Furniture { span, kind });
        }
    }

    /// An article of a line or two keeps its body: if no line is left, all that could be the report
    /// are given back.
    fn keep_a_report(&mut self) {
        let is_report = |(line, kind): (&Line, &Option<FurnitureKind>)| kind.is_none() && line.n_words() > 0;
        if self.lines.iter().zip(&self.kinds).any(is_report) {
            return;
        }
        for kind in &mut self.kinds {
            let is_never_report = matches!(kind, Some(FurnitureKind::Header | FurnitureKind::ShareBar));
            if !is_never_report {
                *kind = None;
            }
        }
    }

    fn finish(self, text: &str, title_idx: Option<usize>) -> Layout {
        let stated = |span: Span| Evidenced { value: span.of(text).to_string(), evidence: Evidence::Stated(span) };
        let url = self.url.map(stated);
        let (byline, dateline) = (self.byline.map(stated), self.dateline.map(stated));
        let (published, diagnostics) = published(
            self.lines,
            &self.parsed,
            &self.date_lines,
            self.first_prose,
            url.as_ref().map(|url| url.value.as_str()),
        );
        let title = title_idx.filter(|idx| self.kinds[*idx] == Some(FurnitureKind::Title));
        let title = title.map(|idx| stated(without_label(&self.lines[idx])));
        // A line of its own credits before what is glued to a paragraph does.
        let credit = self.credits.iter().min_by_key(|(idx, _)| self.kinds[*idx] != Some(FurnitureKind::Credit));
        let credit = credit.map(|(_, span)| stated(*span));

        let open_parts = self.parts.iter().filter(|(idx, _)| self.is_open(**idx));
        let mut furniture: Vec<Furniture> = open_parts.flat_map(|(_, parts)| parts).copied().collect();
        for (line, kind) in self.lines.iter().zip(&self.kinds) {
            furniture.extend(kind.map(|kind| Furniture { span: line.span(), kind }));
        }
        furniture.sort_by_key(|f| f.span);
        Layout { title, published, url, byline, dateline, credit, furniture, diagnostics }
    }
}

/// Fewer words name a section or an outlet rather than what happened.
const MIN_TITLE_WORDS: usize = 4;

/// Whether a line, in lower case, holds nothing but what share bars and footers hold, in one piece or
/// in several ("Follow us. All rights reserved.").
fn is_bar(folded: &str) -> bool {
    let lexicon = lexicon();
    let is_piece = |piece: &str| {
        lexicon.share_lines.contains(piece)
            || starts_with_any(piece, &lexicon.share_starts)
            || (words(piece).count() >= MIN_SHARE_WORDS && words(piece).all(|word| lexicon.share_words.contains(word)))
    };
    let is_neighbour = |piece: &str| {
        lexicon.link_lines.contains(piece) || is_credit_phrase(piece.strip_prefix("by ").unwrap_or(piece))
    };
    let pieces = || folded.split(['.', '|', '·', '•']).map(str::trim).filter(|piece| !piece.is_empty());
    is_piece(folded) || (pieces().any(is_piece) && pieces().all(|piece| is_piece(piece) || is_neighbour(piece)))
}

fn is_header(line: &Line) -> bool {
    if line.n_words() > MAX_HEADER_WORDS {
        return false;
    }
    let folded = line.folded();
    let lexicon = lexicon();
    let is_label = starts_with_any(&folded, &lexicon.header_starts);
    let is_age = lexicon.header_ends.iter().any(|end| folded.ends_with(end));
    !line.ends_sentence() && (is_label || is_age)
}

/// The title without a label before it ("Title: …").
fn without_label(line: &Line) -> Span {
    let folded = line.text.to_lowercase();
    let label = lexicon().title_starts.iter().find(|start| folded.starts_with(**start));
    let rest = label.and_then(|label| line.text.get(label.len()..)).unwrap_or(line.text).trim_start();
    line.span_of(line.text.len() - rest.len(), line.text.len())
}
