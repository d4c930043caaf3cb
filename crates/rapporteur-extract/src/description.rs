//! How somebody unnamed is described to a reader: "a member of the Norwegian delegation", not "a member".

use crate::analysis::{Analysis, TokenRange};
use crate::mentions::Found;

/// How many tokens more than its mention a description has at most, on each side.
const MAX_DESCRIPTION_TOKENS: usize = 8;

/// The words that tell an unnamed actor apart for a reader: the noun phrase with what it is of or for,
/// "a member of the Norwegian delegation".
pub(crate) fn of(analysis: &Analysis<'_>, mention: &Found<'_>) -> TokenRange {
    TokenRange::new(first_token(analysis, mention), end(analysis, mention))
}

/// The noun phrase may begin with words that are a mention of their own: "President Pell's advisers".
fn first_token(analysis: &Analysis<'_>, mention: &Found<'_>) -> usize {
    let below = analysis.below(mention.head.end - 1).start;
    let lowest = below.max(mention.range.start.saturating_sub(MAX_DESCRIPTION_TOKENS));
    let is_part = |idx: &usize| {
        let token = analysis.token(*idx);
        matches!(token.pos(), "DET" | "ADJ" | "NOUN" | "PROPN" | "NUM")
            || matches!(token.tag(), "POS" | "HYPH" | "PRP$")
    };
    let start = (lowest..mention.range.start).rev().take_while(is_part).last().unwrap_or(mention.range.start);
    let is_loose = |idx: usize| matches!(analysis.token(idx).tag(), "POS" | "HYPH");
    if is_loose(start) { mention.range.start } else { start }
}

fn end(analysis: &Analysis<'_>, mention: &Found<'_>) -> usize {
    let people = &analysis.lexicon.people;
    let end = mention.head.end;
    let mut children = analysis.token(mention.head.end - 1).children();
    let Some(of) = children.find(|child| child.idx() == end && people.has("describing-prepositions", child.text()))
    else {
        return mention.range.end;
    };
    let window = end..analysis.below(of.idx()).end.min(end + MAX_DESCRIPTION_TOKENS + 1);
    let stop = window.clone().find(|&idx| {
        let token = analysis.token(idx);
        let is_clause = matches!(token.tag(), "WP" | "WDT" | "WRB") || matches!(token.dep(), "relcl" | "acl" | "cc");
        is_clause || analysis.is_mark(idx) && !matches!(token.tag(), "HYPH" | "POS")
    });
    match stop {
        // A long one is cut nowhere: half of it would mislead.
        None if window.len() > MAX_DESCRIPTION_TOKENS => mention.range.end,
        _ => {
            let is_whole = |&end: &usize| analysis.token(end - 1).tag() != "POS";
            stop.or(Some(window.end)).filter(|&stop| stop >= end + 2).filter(is_whole).unwrap_or(mention.range.end)
        }
    }
}
