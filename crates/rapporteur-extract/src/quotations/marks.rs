//! Quotation marks in the text of one paragraph, and which of them belong together: “ ”, " ", '' '', `` '', ‘ ’, ' ',
//! « », » «, „ “, and pairs that do not match.

/// The longest stretch between single marks, in bytes: longer ones are apostrophes read as marks.
const MAX_SINGLE_QUOTED_BYTES: usize = 1500;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Double,
    Single,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) weight: Weight,
    /// An opening mark by its shape (“ ‘ « „ ``).
    opens_by_shape: bool,
    /// The same mark opens and closes (" and '').
    pub(super) is_straight: bool,
    /// White space, an opening bracket, a dash or nothing stands before.
    is_after_space: bool,
    /// White space, punctuation or nothing stands after.
    is_before_space: bool,
    /// A letter or digit stands after.
    pub(super) is_before_word: bool,
}

/// The marks of a paragraph that may open or close a quotation, in text order.
pub(super) fn find_marks(text: &str) -> Vec<Mark> {
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
pub(super) fn pair_marks(text: &str, marks: &[Mark]) -> (Vec<(Range, Range)>, bool) {
    let n_straight = marks.iter().filter(|m| m.weight == Weight::Double && m.is_straight).count();
    let straight_alternate = n_straight % 2 == 0;
    let mut pairs = Vec::new();
    let mut open: Option<Mark> = None;
    for (idx, &mark) in marks.iter().enumerate() {
        match open {
            None => {
                let opens = match mark.weight {
                    Weight::Double if follows_measure(text, mark) => false,
                    Weight::Double if mark.is_straight => straight_alternate || mark.is_after_space || idx == 0,
                    Weight::Double if closes_sentence(text, mark) => {
                        let start = sentence_start(text, pairs.last().map_or(0, |&((_, end), _)| end), mark.start);
                        pairs.push(((start, mark.end), (start, mark.start)));
                        false
                    }
                    Weight::Double => mark.opens_by_shape || (mark.is_after_space && !mark.is_before_space),
                    Weight::Single => {
                        let may_open = mark.is_after_space && mark.is_before_word && !follows_digit(text, mark.end);
                        let opens = mark.opens_by_shape || (mark.is_straight && !follows_initial(text, mark.start));
                        may_open && opens && closes_later(mark, &marks[idx + 1..])
                    }
                };
                if opens {
                    open = Some(mark);
                }
            }
            Some(start) if start.weight == mark.weight => {
                let is_apostrophe = mark.is_before_word || is_plural_apostrophe(text, mark, &marks[idx + 1..]);
                if mark.weight == Weight::Single && is_apostrophe {
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

fn char_before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

/// `12" wide`: the mark measures.
fn follows_measure(text: &str, mark: Mark) -> bool {
    mark.is_straight && !mark.is_before_word && char_before(text, mark.start).is_some_and(|c| c.is_ascii_digit())
}

/// Whether a mark that nothing opened closes by its shape and place: `The canal is ours,” Vale said`.
fn closes_sentence(text: &str, mark: Mark) -> bool {
    let is_after_stop = || char_before(text, mark.start).is_some_and(|c| matches!(c, ',' | '.' | '!' | '?' | '…'));
    !mark.is_straight && !mark.opens_by_shape && !mark.is_before_word && is_after_stop()
}

/// Where the sentence begins that ends at `end`, not before `lowest`. A colon begins one as well. What goes on
/// in lower case after a full stop is no new sentence: "the U.S. will leave".
fn sentence_start(text: &str, lowest: usize, end: usize) -> usize {
    let words = text[lowest..end].trim_end_matches(|c: char| !c.is_alphanumeric());
    let is_stop = |&(at, c): &(usize, char)| {
        let after = &words[at + c.len_utf8()..];
        let goes_on = || after.trim_start().starts_with(char::is_lowercase);
        after.starts_with(char::is_whitespace) && (c == ':' || matches!(c, '.' | '!' | '?') && !goes_on())
    };
    let start = words.char_indices().rev().find(is_stop).map_or(0, |(at, c)| at + c.len_utf8());
    lowest + start + (words.len() - start - words[start..].trim_start().len())
}

/// "‘The farmers’ tax won’t last,’": the apostrophe of a plural inside single marks, where a better mark closes
/// them further on.
fn is_plural_apostrophe(text: &str, mark: Mark, rest: &[Mark]) -> bool {
    if mark.weight != Weight::Single || char_before(text, mark.start) != Some('s') || mark.end == text.len() {
        return false;
    }
    let near = rest.iter().take_while(|next| next.start - mark.end < MAX_SINGLE_QUOTED_BYTES);
    let mut singles =
        near.filter(|next| next.weight == Weight::Single && (next.is_after_space || !next.is_before_word));
    let is_after_stop =
        |next: &Mark| char_before(text, next.start).is_some_and(|c| c.is_ascii_punctuation() || c == '…');
    singles.next().is_some_and(|next| !next.is_before_word && is_after_stop(next))
}

fn follows_digit(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_some_and(|c| c.is_ascii_digit())
}

/// "O 'Malley": the apostrophe of a name that was torn apart.
fn follows_initial(text: &str, at: usize) -> bool {
    let mut before = text[..at].trim_end().chars().rev();
    before.next().is_some_and(|c| matches!(c, 'O' | 'D' | 'L')) && before.next().is_none_or(char::is_whitespace)
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
            "a »b c« d",
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
    fn the_apostrophe_of_a_plural_does_not_close() {
        assert_eq!(quoted("‘The farmers’ tax won’t last,’ he said."), ["The farmers’ tax won’t last,"]);
        assert_eq!(quoted("a ‘tax on farmers’ and a ‘gift.’"), ["tax on farmers", "gift."]);
    }

    #[test]
    fn a_mark_that_nothing_opened_closes_its_sentence() {
        assert_eq!(quoted("He came. We stay,” he said. “We do.”"), ["We stay,", "We do."]);
        assert_eq!(quoted("He said: We stay.”"), ["We stay."]);
        assert_eq!(quoted("The U.S. will leave,” he said."), ["The U.S. will leave,"]);
    }

    #[test]
    fn measures_do_not_quote() {
        assert!(quoted("from 12\" to 14\" wide").is_empty());
        assert_eq!(quoted("a 12\" pipe \"of lead\""), ["of lead"]);
    }

    #[test]
    fn a_quotation_in_a_quotation_is_part_of_it() {
        assert_eq!(quoted("''We told them 'Stop!''' he said"), ["We told them 'Stop!'"]);
        assert_eq!(quoted("“We told them ‘Stop!’” he said"), ["We told them ‘Stop!’"]);
    }
}
