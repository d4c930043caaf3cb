//! Where does somebody's wording begin and end? Finds the stretches between quotation marks, of all
//! kinds that the press writes: “ ”, " ", '' '', `` '', ‘ ’, ' ', « », „ “, and pairs that do not match.

use crate::analysis::{TokenRange, tokens_in};
use rapporteur_model::{Article, Span};
use rapporteur_text::Document;

/// A stretch between quotation marks.
#[derive(Debug, Clone)]
pub(crate) struct Quotation {
    /// With its marks.
    pub(crate) outer: Span,
    /// Without them.
    pub(crate) inner: Span,
    /// The tokens inside, marks excluded.
    pub(crate) tokens: TokenRange,
    /// The tokens with the marks.
    pub(crate) outer_tokens: TokenRange,
}

/// The longest stretch between single marks, in bytes: longer ones are apostrophes read as marks.
const MAX_SINGLE_QUOTED_BYTES: usize = 1500;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    Double,
    Single,
}

#[derive(Debug, Clone, Copy)]
struct Mark {
    start: usize,
    end: usize,
    weight: Weight,
    /// An opening mark by its shape (“ ‘ « „ ``).
    opens_by_shape: bool,
    /// The same mark opens and closes (" and '').
    is_straight: bool,
    /// White space, an opening bracket, a dash or nothing stands before.
    is_after_space: bool,
    /// White space, punctuation or nothing stands after.
    is_before_space: bool,
    /// A letter or digit stands after.
    is_before_word: bool,
}

/// All quotations of the article in text order. A quotation inside a quotation is not told apart.
/// An unclosed mark quotes up to the end of its paragraph.
pub(crate) fn find(article: &Article, doc: &Document) -> Vec<Quotation> {
    let mut quotations = Vec::new();
    for (outer, inner) in over_paragraphs(article) {
        let outer_tokens = tokens_in(doc, outer);
        let mut tokens = tokens_in(doc, inner);
        while !tokens.is_empty() && (doc.token(tokens.start).span().start as usize) < inner.start.get() {
            tokens.start += 1;
        }
        while !tokens.is_empty() && doc.token(tokens.end - 1).span().end as usize > inner.end.get() {
            tokens.end -= 1;
        }
        if inner.of(&article.text).chars().any(char::is_alphanumeric) {
            quotations.push(Quotation { outer, inner, tokens, outer_tokens });
        }
    }
    quotations
}

/// The outer and inner stretches of the quotations of all paragraphs. One that a paragraph leaves open
/// goes on where the next paragraph closes it without opening it again.
fn over_paragraphs(article: &Article) -> Vec<(Span, Span)> {
    let mut found: Vec<(Span, Span)> = Vec::new();
    let mut is_open = false;
    for &paragraph in &article.paragraphs {
        let text = paragraph.of(&article.text);
        let offset = paragraph.start.get();
        let shift = |(start, end): (usize, usize)| Span::new(offset + start, offset + end);
        let mut marks = find_marks(text);
        if is_open
            && let Some(first) = marks.iter().position(|mark| mark.weight == Weight::Double)
            && !marks[first].is_before_word
            && let Some((outer, inner)) = found.last_mut()
        {
            let close = marks[first];
            *outer = outer.hull(shift((0, close.end)));
            *inner = inner.hull(shift((0, close.start)));
            marks.drain(..=first);
        }
        let (pairs, stays_open) = pair_marks(text, &marks);
        is_open = stays_open;
        found.extend(pairs.into_iter().map(|(outer, inner)| (shift(outer), shift(inner))));
    }
    found
}

fn find_marks(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut before: Option<char> = None;
    while let Some((start, c)) = chars.next() {
        let is_apostrophe = |c: char| matches!(c, '\'' | '’' | '‘' | '`' | '´' | '‛');
        if is_apostrophe(c) {
            let mut run = vec![c];
            let mut end = start + c.len_utf8();
            while let Some((at, next)) = chars.next_if(|&(_, next)| is_apostrophe(next)) {
                run.push(next);
                end = at + next.len_utf8();
            }
            let after = chars.peek().map(|&(_, c)| c);
            let edges = |start: usize, end: usize, weight, c: char| Mark {
                start,
                end,
                weight,
                opens_by_shape: matches!(c, '‘' | '`' | '‛'),
                is_straight: c == '\'',
                is_after_space: is_opening_context(before),
                is_before_space: !after.is_some_and(char::is_alphanumeric),
                is_before_word: after.is_some_and(char::is_alphanumeric),
            };
            let width = c.len_utf8();
            match run.len() {
                1 => marks.push(edges(start, end, Weight::Single, c)),
                2 => marks.push(edges(start, end, Weight::Double, c)),
                3 if is_opening_context(before) => {
                    marks.push(edges(start, start + width + run[1].len_utf8(), Weight::Double, c));
                    marks.push(edges(end - run[2].len_utf8(), end, Weight::Single, run[2]));
                }
                3 => {
                    marks.push(edges(start, start + width, Weight::Single, c));
                    marks.push(edges(start + width, end, Weight::Double, run[1]));
                }
                _ => {}
            }
            before = run.last().copied();
            continue;
        }
        if matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂' | '‹' | '›') {
            let after = chars.peek().map(|&(_, c)| c);
            marks.push(Mark {
                start,
                end: start + c.len_utf8(),
                weight: if matches!(c, '‹' | '›') { Weight::Single } else { Weight::Double },
                opens_by_shape: matches!(c, '“' | '„' | '‟' | '«' | '‹'),
                is_straight: matches!(c, '"' | '＂'),
                is_after_space: is_opening_context(before),
                is_before_space: !after.is_some_and(char::is_alphanumeric),
                is_before_word: after.is_some_and(char::is_alphanumeric),
            });
        }
        before = Some(c);
    }
    marks
}

fn is_opening_context(before: Option<char>) -> bool {
    before.is_none_or(|c| {
        c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '-' | '/' | ':' | '“' | '"' | '„' | '«')
    })
}

type Range = (usize, usize);

/// Pairs the marks of one paragraph: outer and inner stretch of each quotation, and whether the last one
/// is left open.
fn pair_marks(text: &str, marks: &[Mark]) -> (Vec<(Range, Range)>, bool) {
    let n_straight = marks.iter().filter(|m| m.weight == Weight::Double && m.is_straight).count();
    let straight_alternate = n_straight % 2 == 0;
    let mut pairs = Vec::new();
    let mut open: Option<Mark> = None;
    for (idx, &mark) in marks.iter().enumerate() {
        match open {
            None => {
                let opens = match mark.weight {
                    Weight::Double if mark.is_straight => straight_alternate || mark.is_after_space || idx == 0,
                    Weight::Double => mark.opens_by_shape || (mark.is_after_space && !mark.is_before_space),
                    Weight::Single => {
                        let may_open = mark.is_after_space && mark.is_before_word && !follows_digit(text, mark.end);
                        may_open && (mark.opens_by_shape || mark.is_straight) && closes_later(mark, &marks[idx + 1..])
                    }
                };
                if opens {
                    open = Some(mark);
                }
            }
            Some(start) if start.weight == mark.weight => {
                if mark.weight == Weight::Single && mark.is_before_word {
                    continue;
                }
                let reopens = mark.weight == Weight::Double
                    && mark.opens_by_shape
                    && mark.is_after_space
                    && mark.is_before_word
                    && !mark.is_straight;
                if reopens {
                    let end = text[..mark.start].trim_end().len();
                    pairs.push(((start.start, end.max(start.end)), (start.end, end.max(start.end))));
                    open = Some(mark);
                } else {
                    pairs.push(((start.start, mark.end), (start.end, mark.start)));
                    open = None;
                }
            }
            // “… closed by a single ’ at the very end, or a single mark inside a quotation.
            Some(_) => {}
        }
    }
    if let Some(start) = open
        && start.weight == Weight::Double
        && (!start.is_straight || start.is_after_space)
    {
        pairs.push(((start.start, text.len()), (start.end, text.len())));
        return (pairs, true);
    }
    (pairs, false)
}

fn follows_digit(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_some_and(|c| c.is_ascii_digit())
}

/// Whether a single mark that could open has a partner that could close, not too far away.
fn closes_later(open: Mark, rest: &[Mark]) -> bool {
    let mut near = rest.iter().take_while(|mark| mark.start - open.end < MAX_SINGLE_QUOTED_BYTES);
    near.any(|mark| {
        mark.weight == Weight::Single && !mark.is_before_word && !mark.is_after_space && !mark.opens_by_shape
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<&str> {
        pair_marks(text, &find_marks(text)).0.into_iter().map(|(_, (start, end))| &text[start..end]).collect()
    }

    #[test]
    fn all_kinds_of_marks_quote() {
        for text in [
            "a “b c” d",
            "a \"b c\" d",
            "a ''b c'' d",
            "a ``b c'' d",
            "a «b c» d",
            "a „b c“ d",
            "a „b c” d",
            "a ‘b c’ d",
            "a 'b c' d",
        ] {
            assert_eq!(quoted(text), ["b c"], "{text}");
        }
    }

    #[test]
    fn marks_that_do_not_match_still_quote() {
        assert_eq!(quoted("“We stay,’’ she said. “We do.”"), ["We stay,", "We do."]);
        assert_eq!(quoted("''We stay,\" she said."), ["We stay,"]);
        assert_eq!(quoted("“We stay. “We do.”"), ["We stay.", "We do."]);
    }

    #[test]
    fn an_unclosed_mark_quotes_to_the_end_of_the_paragraph() {
        assert_eq!(quoted("He said: “We stay. We do"), ["We stay. We do"]);
    }

    #[test]
    fn apostrophes_do_not_quote() {
        assert!(quoted("the ministers' plan and Karsk's answer in the '90s isn't new").is_empty());
        assert!(quoted("Karsk’s plan isn’t new").is_empty());
        assert_eq!(quoted("it's 'Karsk's plan' again"), ["Karsk's plan"]);
    }

    #[test]
    fn a_quotation_in_a_quotation_is_part_of_it() {
        assert_eq!(quoted("''We told them 'Stop!''' he said"), ["We told them 'Stop!'"]);
        assert_eq!(quoted("“We told them ‘Stop!’” he said"), ["We told them ‘Stop!’"]);
    }
}
