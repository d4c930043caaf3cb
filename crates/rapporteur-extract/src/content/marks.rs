//! The content of a colon or a dash that reports.

use super::{Candidate, ContentKind, MAX_CONTENT_TOKENS, trim};
use crate::analysis::{Analysis, TokenRange};
use crate::cues::{CueHit, CueKind};

/// The line after a colon, or the quotation before a dash.
pub(super) fn of_mark(analysis: &Analysis<'_>, hit: &CueHit) -> Option<Candidate> {
    if hit.kind == CueKind::Dash {
        let before = hit.head.checked_sub(1)?;
        let quotation = (0..=before).rev().take(3).find_map(|idx| analysis.quotation_mark_of(idx))?;
        let ranges = vec![analysis.quotations[quotation].tokens];
        return Some(Candidate { kind: ContentKind::TextBefore, ranges, head: hit.head });
    }
    let start = hit.words.end;
    let paragraph = analysis.paragraph(hit.head);
    let window = start..analysis.doc.len().min(start + MAX_CONTENT_TOKENS);
    let is_end = |idx: &usize| analysis.paragraph(*idx) != paragraph || analysis.token(*idx).text().contains('\n');
    let end = window.clone().find(is_end).unwrap_or(window.end);
    let ranges = vec![trim(analysis, TokenRange::new(start, end)).filter(|range| range.len() > 1)?];
    Some(Candidate { kind: ContentKind::TextAfter, ranges, head: hit.head })
}
