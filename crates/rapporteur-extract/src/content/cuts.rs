//! Shorter forms of a content: what comes after "…, while", "…, which", a dash or a second verb may be the
//! reporter's own, or another report. Where to cut is learned.

use super::{Candidate, ContentKind, trim};
use crate::analysis::{Analysis, TokenRange};

/// Cuts of one content.
const MAX_CUTS: usize = 8;
/// A content keeps so many tokens at least.
const MIN_TOKENS: usize = 2;

/// The shorter forms of a content of one piece.
pub(crate) fn cuts(analysis: &Analysis<'_>, content: &Candidate) -> Vec<Candidate> {
    let [range] = content.ranges[..] else { return Vec::new() };
    let places = (range.start + MIN_TOKENS..range.end).filter(|&idx| analysis.quotation_at(idx).is_none());
    let named = places.filter_map(|idx| Some((idx, name(analysis, range, idx)?)));
    let cut = |(idx, name): (usize, &'static str)| {
        let ranges = vec![trim(analysis, TokenRange::new(range.start, idx))?];
        Some(Candidate { kind: ContentKind::Open(name), ranges, head: content.head })
    };
    named.filter_map(cut).take(MAX_CUTS).collect()
}

/// What begins at a token that may be left out with all that follows.
fn name(analysis: &Analysis<'_>, range: TokenRange, idx: usize) -> Option<&'static str> {
    let token = analysis.token(idx);
    let after_comma = matches!(analysis.token(idx - 1).text(), "," | ";");
    let is_finite = |idx: usize| idx < range.end && matches!(analysis.token(idx).tag(), "VBD" | "VBZ" | "VBP" | "MD");
    match token.text() {
        "-" | "--" | "–" | "—" | "―" => return Some("cut-dash"),
        ";" => return Some("cut-semicolon"),
        "(" => return Some("cut-bracket"),
        ":" => return Some("cut-colon"),
        _ => {}
    }
    if token.tag() == "CC" {
        return match (after_comma, is_finite(idx + 1)) {
            (true, true) => Some("cut-comma-and-verb"),
            (false, true) => Some("cut-and-verb"),
            (true, false) => Some("cut-comma-and"),
            (false, false) if analysis.subject(token.head().idx()).is_some() => Some("cut-and-clause"),
            _ => None,
        };
    }
    if matches!(token.tag(), "WDT" | "WP" | "WP$") && after_comma {
        return Some("cut-which");
    }
    let opens_clause = matches!(token.dep(), "mark" | "advmod") && token.head().dep() == "advcl";
    if opens_clause && analysis.below(token.head().idx()).start == idx {
        return Some(if after_comma { "cut-comma-subordinate" } else { "cut-subordinate" });
    }
    if after_comma && token.tag() == "VBG" {
        return Some("cut-ing");
    }
    if after_comma && token.pos() == "ADP" {
        return Some("cut-comma-preposition");
    }
    let tells_time = token.dep() == "npadvmod" || (token.dep() == "prep" && super::tells_time(analysis, token));
    if tells_time && analysis.below(idx).end >= range.end {
        return Some("cut-time");
    }
    None
}
