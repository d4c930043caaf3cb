//! Where and when an article was published, as far as it says so itself.
//!
//! A date counts where publication data stand: on a line of its own above or below the report, before
//! the first sentence, in the dateline. A date inside the report tells when something happened.

use crate::credits::dateline_end;
use crate::date_line::{DateLine, LabelledDate, glued_report_start};
use crate::dates::{Day, Reading, dates_in, tokens};
use crate::lexicon::{Label, lexicon};
use crate::lines::Line;
use rapporteur_model::{CivilDate, Diagnostic, Evidence, Evidenced, Span};
use std::collections::BTreeSet;

/// Publication data stand within this many lines of an edge, or beyond the first or last paragraph
/// of prose. The headers looked at have up to five lines (title, subtitle, byline, date, address).
pub(crate) const N_EDGE_LINES: usize = 6;
/// Words that may stand beside a labelled date: "Published by the Karsk Evening Courier on …".
const MAX_WORDS_BESIDE_LABEL: usize = 6;
/// Words that may stand beside a bare date: "Karsk Evening Courier, 9 March 2031".
const MAX_WORDS_BESIDE_DATE: usize = 3;
/// Dates in one article that are about one event lie within days; the two readings of an open date
/// lie a month or more apart.
const SETTLING_DAYS: i64 = 7;

/// Whether the line is one of publication data because of the dates in it.
pub(crate) fn is_date_line(line: &Line, parsed: &DateLine) -> bool {
    let (Some(first), Some(last)) = (parsed.dates.first(), parsed.dates.last()) else { return false };
    if parsed.is_only_dates() {
        return true;
    }
    if line.ends_sentence() || line.has_quotation_mark() {
        return false;
    }
    let is_at_edge = first.start == 0 || last.end == line.text.len();
    (parsed.has_label && parsed.n_other_words <= MAX_WORDS_BESIDE_LABEL)
        || (is_at_edge && parsed.n_other_words <= MAX_WORDS_BESIDE_DATE)
}

/// Where a line stands that may carry publication data, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    Head,
    Dateline,
    Foot,
}

/// A date that may be the date of publication.
struct Candidate<'t> {
    written: &'t str,
    reading: Reading,
    label: Option<Label>,
    place: Place,
    span: Span,
}

/// The date of publication and what was odd about it.
///
/// `date_lines` are the lines of publication data with the places where they stand; `first_prose` is
/// the first paragraph of the report.
pub(crate) fn published(
    lines: &[Line],
    parsed: &[DateLine],
    date_lines: &[(usize, Place)],
    first_prose: usize,
    url: Option<&str>,
) -> (Option<Evidenced<CivilDate>>, Vec<Diagnostic>) {
    let candidates = candidates(lines, parsed, date_lines, first_prose);
    let url_date = url.and_then(date_in_url);
    let readings = parsed.iter().flat_map(|parsed| &parsed.dates).map(|date| date.reading);
    let known: BTreeSet<i64> = readings.chain(url_date).filter_map(Reading::day_number).collect();

    let mut diagnostics = Vec::new();
    let mut dated = Vec::new();
    for candidate in &candidates {
        let (settled, was_open) = match candidate.reading {
            Reading::Either { month_first, day_first } => (settle(month_first, day_first, &known), true),
            reading => (Some(reading), false),
        };
        if was_open {
            diagnostics.push(open_date(candidate, settled));
        }
        if let Some(date) = settled.and_then(civil) {
            let is_update = candidate.label == Some(Label::Updated);
            let is_month = matches!(candidate.reading, Reading::Month(..));
            dated.push(((is_update, candidate.place, is_month, was_open), candidate, date));
        }
    }
    // The first of the best: the sort is stable.
    dated.sort_by_key(|(rank, ..)| *rank);
    let Some((_, best, value)) = dated.first() else {
        let inferred = url_date.and_then(civil);
        let evidence = Evidence::Inferred("the address of the article".to_string());
        return (inferred.map(|value| Evidenced { value, evidence }), diagnostics);
    };
    let others = dated.iter().filter(|(rank, other, date)| {
        !rank.0 && other.place == best.place && matches!(other.reading, Reading::Day(_)) && date != value
    });
    diagnostics.extend(others.map(|(_, other, date)| Diagnostic {
        span: Some(other.span),
        message: format!("another date of publication stands here: {date}"),
        hint: Some(format!("{value} was taken")),
    }));
    diagnostics.sort_by_key(|diagnostic| diagnostic.span);
    (Some(Evidenced { value: *value, evidence: Evidence::Stated(best.span) }), diagnostics)
}

fn candidates<'t>(
    lines: &[Line<'t>],
    parsed: &[DateLine],
    date_lines: &[(usize, Place)],
    first_prose: usize,
) -> Vec<Candidate<'t>> {
    let mut candidates = Vec::new();
    let mut add = |line: &Line<'t>, place: Place, date: &LabelledDate| {
        let span = line.span_of(date.start, date.end);
        let written = &line.text[date.start..date.end];
        candidates.push(Candidate { written, reading: date.reading, label: date.label, place, span });
    };
    for (idx, place) in date_lines {
        parsed[*idx].dates.iter().for_each(|date| add(&lines[*idx], *place, date));
    }
    for (line, parsed) in lines.iter().zip(parsed).take(first_prose + 1) {
        if glued_report_start(line.text, parsed).is_some() {
            let glued = parsed.dates.iter().filter(|date| date.end <= parsed.prefix_end);
            glued.for_each(|date| add(line, Place::Head, date));
        } else if let Some(dash) = dateline_end(line.text) {
            let dates = parsed.dates.iter().filter(|date| date.end <= dash);
            dates.for_each(|date| add(line, Place::Dateline, date));
        }
    }
    candidates.truncate(MAX_CANDIDATES);
    candidates
}

/// No article states its date more often; a table of dates does.
const MAX_CANDIDATES: usize = 40;

/// The reading that lies near another date of the article, if only one does.
fn settle(month_first: Day, day_first: Day, known: &BTreeSet<i64>) -> Option<Reading> {
    let near = |day: Day| day.number() - SETTLING_DAYS..=day.number() + SETTLING_DAYS;
    let is_near = |day: Day| known.range(near(day)).next().is_some();
    match (is_near(month_first), is_near(day_first)) {
        (true, false) => Some(Reading::Day(month_first)),
        (false, true) => Some(Reading::Day(day_first)),
        _ => None,
    }
}

fn open_date(candidate: &Candidate, settled: Option<Reading>) -> Diagnostic {
    let hint = match settled.and_then(civil) {
        Some(date) => format!("read as {date}, which lies near another date of the article"),
        None => "left out; a date with the month's name, or year first, would be clear".to_string(),
    };
    let message = format!("the order of day and month is not clear in {}", candidate.written);
    Diagnostic { span: Some(candidate.span), message, hint: Some(hint) }
}

fn civil(reading: Reading) -> Option<CivilDate> {
    match reading {
        Reading::Day(day) => day.civil(),
        Reading::Month(year, month) => CivilDate::month(year, month),
        Reading::Either { .. } => None,
    }
}

/// The address, in bytes of the line, if the line is one: alone, or after a word such as "URL:".
pub(crate) fn address(line: &Line) -> Option<(usize, usize)> {
    if !line.text.contains("://") && !line.text.to_ascii_lowercase().contains("www.") {
        return None;
    }
    let folded = line.text.to_lowercase();
    let prefixes = lexicon().header_starts.iter().chain(&lexicon().credit_starts);
    let prefix_len = prefixes.filter(|p| folded.starts_with(**p)).map(|p| p.len()).max().unwrap_or(0);
    let rest = line.text.get(prefix_len..)?;
    let address = rest.trim();
    let is_address = ["http://", "https://", "www."].iter().any(|start| address.to_lowercase().starts_with(start));
    let start = prefix_len + (rest.len() - rest.trim_start().len());
    (is_address && !address.contains(char::is_whitespace)).then_some((start, start + address.len()))
}

/// Of a longer address the beginning is looked at; servers refuse more than 8 KB as a rule.
const MAX_URL_BYTES: usize = 8 * 1024;

/// The date in the path of an address: /2031/03/09/, /2031/mar/09/, /2031-03-09-…, /20310309, /2031/03/.
pub(crate) fn date_in_url(url: &str) -> Option<Reading> {
    let url = &url[..url.floor_char_boundary(MAX_URL_BYTES)];
    let path = url.split_once("//").map_or(url, |(_, rest)| rest);
    let segments: Vec<&str> = path.split(['/', '?', '#']).skip(1).collect();
    let joined = |n: usize| {
        segments.windows(n).find_map(|window| {
            let is_number = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_ascii_digit());
            let is_month = |s: &str| is_number(s) && s.len() <= 2 || (n == 3 && s.chars().all(char::is_alphabetic));
            let is_date = is_number(window[0])
                && window[0].len() == 4
                && is_month(window[1])
                && window[2..].iter().all(|s| is_number(s) && s.len() <= 2);
            is_date.then(|| window.join("-"))
        })
    };
    let full = joined(3).into_iter().chain(segments.iter().map(|s| s.replace('_', "-")));
    let date = full.flat_map(|text| dates_in(&text)).find(|(reading, ..)| matches!(reading, Reading::Day(_)));
    date.map(|(reading, ..)| reading).or_else(|| {
        let month = joined(2)?;
        let numbers: Vec<i16> = tokens(&month).iter().filter_map(|token| token.text.parse().ok()).collect();
        let (year, month) = (*numbers.first()?, u8::try_from(*numbers.get(1)?).ok()?);
        CivilDate::month(year, month).map(|_| Reading::Month(year, month))
    })
}
