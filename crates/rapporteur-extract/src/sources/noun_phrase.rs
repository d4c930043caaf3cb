//! Where does the noun phrase of a speaker begin and end?

use super::{MAX_CLIMB, MAX_SOURCE_TOKENS, Source};
use crate::analysis::{Analysis, TokenRange};
use crate::content;
use rapporteur_text::Token;

/// The noun phrase of `head`: with what stands before it, without appositions and clauses set off by
/// commas. "the minister, Oren Vale" keeps the name. `limit` is a token that it must not reach.
pub(crate) fn noun_phrase(analysis: &Analysis<'_>, head: usize, limit: Option<usize>) -> Source {
    let first = head;
    let head = shared_noun(analysis, head).unwrap_or(head);
    let token = analysis.token(head);
    let below = analysis.below(head);
    let mut range = TokenRange::new(below.start.min(analysis.below(first).start), below.end);
    if let Some(limit) = limit {
        range.end = range.end.min(limit).max(head + 1);
    }
    for child in token.children().filter(|child| child.idx() > head).take(MAX_SOURCE_TOKENS) {
        let child_below = analysis.below(child.idx());
        let after_comma = child_below.start > 0 && analysis.token(child_below.start - 1).text() == ",";
        let is_cut = match child.dep() {
            "appos" if names_a_noun(analysis, token, child) => {
                range.end = range.end.min(name_end(analysis, child)).max(head + 1);
                break;
            }
            "appos" if in_brackets(analysis, child_below) => {
                range.end = range.end.min(child_below.end + 1);
                break;
            }
            "appos" => true,
            "conj" | "cc" => false,
            "prep" | "npadvmod" if content::tells_time(analysis, child) => true,
            _ => after_comma,
        };
        if is_cut {
            range.end = range.end.min(child_below.start.max(head + 1));
            break;
        }
    }
    if range.len() > MAX_SOURCE_TOKENS {
        range = TokenRange::new(range.start.max(head.saturating_sub(MAX_SOURCE_TOKENS)), head + 1);
    }
    if matches!(token.pos(), "PRON") && !token.children().any(|child| matches!(child.dep(), "conj" | "prep" | "relcl"))
    {
        range = TokenRange::new(head, head + 1);
    }
    let range = trim_noun_phrase(analysis, range, head);
    Source { range, head, is_inherited: false }
}

/// "Norwegian and Danish officials", parsed as "Norwegian" and "Danish officials": the noun of both.
fn shared_noun(analysis: &Analysis<'_>, head: usize) -> Option<usize> {
    let token = analysis.token(head);
    let conjunct = token.children().take(MAX_CLIMB).find(|child| child.dep() == "conj" && child.tag() == "NNS")?;
    let is_pair = conjunct.idx() == head + 3 && analysis.token(head + 1).tag() == "CC";
    let is_state = |idx: usize| matches!(analysis.token(idx).entity_type(), "GPE" | "NORP");
    (is_pair && is_state(head) && is_state(head + 2)).then_some(conjunct.idx())
}

/// "the World Trade Forum (WTF)": an apposition between brackets.
fn in_brackets(analysis: &Analysis<'_>, range: TokenRange) -> bool {
    let text = |idx: usize| (idx < analysis.doc.len()).then(|| analysis.token(idx).text());
    let opens = range.start > 0 && text(range.start - 1) == Some("(") || text(range.start) == Some("(");
    opens && (text(range.end) == Some(")") || text(range.end - 1) == Some(")"))
}

/// "the minister, Oren Vale": a common noun whose apposition is a name.
fn names_a_noun(analysis: &Analysis<'_>, noun: Token<'_>, apposition: Token<'_>) -> bool {
    let is_title = noun.pos() == "NOUN"
        || noun.entity_type() != "PERSON" && analysis.lexicon.people.has("titles", analysis.lower(noun.idx()));
    is_title && apposition.pos() == "PROPN"
}

fn name_end(analysis: &Analysis<'_>, name: Token<'_>) -> usize {
    noun_phrase_end(analysis, name.idx())
}

fn noun_phrase_end(analysis: &Analysis<'_>, head: usize) -> usize {
    let mut children = analysis.token(head).children().filter(|child| child.idx() > head).take(MAX_SOURCE_TOKENS);
    let cut = children.find(|child| child.dep() == "punct" || matches!(child.dep(), "appos" | "relcl" | "acl"));
    cut.map_or(analysis.below(head).end, |child| analysis.below(child.idx()).start)
}

fn trim_noun_phrase(analysis: &Analysis<'_>, range: TokenRange, head: usize) -> TokenRange {
    let mut range = range;
    while range.start < head && (analysis.is_mark(range.start) || analysis.token(range.start).tag() == "CC") {
        range.start += 1;
    }
    let is_loose = |idx: usize| {
        let token = analysis.token(idx);
        (analysis.is_mark(idx) && token.text() != ")") || token.tag() == "POS"
    };
    while range.end > head + 1 && is_loose(range.end - 1) {
        range.end -= 1;
    }
    while range.start < head && analysis.is_masked(range.start) {
        range.start += 1;
    }
    // A paragraph break inside means that the parse ran two lines together.
    let broken = (range.start..head).rev().find(|&idx| analysis.token(idx).text().contains('\n'));
    if let Some(broken) = broken {
        range.start = broken + 1;
    }
    if let Some(broken) = (head + 1..range.end).find(|&idx| analysis.token(idx).text().contains('\n')) {
        range.end = broken;
    }
    range
}
