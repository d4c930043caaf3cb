//! Where does somebody's wording begin and end? Finds the stretches between quotation marks of all kinds that the
//! press writes, over paragraphs too, and where a mark that is never closed must end.

mod marks;

use crate::analysis::{TokenRange, tokens_in};
use crate::lexicon::{Frame, Lexicon};
use marks::{Mark, Weight, find_marks, pair_marks};
use rapporteur_model::{Article, Span};
use rapporteur_text::{Document, Token};

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
    /// Its paragraph leaves it open and the next one opens again, as the press writes a speech of several
    /// paragraphs: the next quotation is of the same speaker.
    pub(crate) goes_on: bool,
}

/// A longer run of words between a quotation and a verb of saying is more than the speaker's name.
const MAX_SPEAKER_TOKENS: usize = 8;

/// All quotations of the article in text order; `is_masked` tells for each token whether it is furniture.
/// A quotation inside a quotation is not told apart. An unclosed mark quotes up to the reporting clause or
/// else to the end of its paragraph. Marks of furniture pair with none of the report.
pub(crate) fn find(article: &Article, doc: &Document, lexicon: &Lexicon, is_masked: &[bool]) -> Vec<Quotation> {
    let mut quotations = Vec::new();
    for Stretch { mut outer, mut inner, is_open, goes_on } in over_paragraphs(article, doc, is_masked) {
        if is_open
            && !goes_on
            && let Some(end) = end_before_report(article, doc, lexicon, outer)
        {
            outer = Span::new(outer.start.get(), end);
            inner = Span::new(inner.start.get(), end);
        }
        if inner.of(&article.text).chars().any(char::is_alphanumeric) {
            let (tokens, outer_tokens) = (tokens_inside(doc, inner), tokens_in(doc, outer));
            quotations.push(Quotation { outer, inner, tokens, outer_tokens, goes_on });
        }
    }
    quotations
}

/// The tokens that lie wholly in `span`.
fn tokens_inside(doc: &Document, span: Span) -> TokenRange {
    let mut tokens = tokens_in(doc, span);
    while !tokens.is_empty() && (doc.token(tokens.start).span().start as usize) < span.start.get() {
        tokens.start += 1;
    }
    while !tokens.is_empty() && doc.token(tokens.end - 1).span().end as usize > span.end.get() {
        tokens.end -= 1;
    }
    tokens
}

/// What the marks of the paragraphs enclose.
struct Stretch {
    outer: Span,
    inner: Span,
    /// No mark closes it.
    is_open: bool,
    goes_on: bool,
}

/// The stretches of all paragraphs. One that a paragraph leaves open goes on where the next paragraph closes
/// it without opening it again.
fn over_paragraphs(article: &Article, doc: &Document, is_masked: &[bool]) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    let mut is_open = false;
    for &paragraph in &article.paragraphs {
        let tokens = tokens_in(doc, paragraph);
        if is_masked[tokens.start..tokens.end].iter().all(|is_masked| *is_masked) {
            continue;
        }
        let text = paragraph.of(&article.text);
        let offset = paragraph.start.get();
        let shift = |(start, end): (usize, usize)| Span::new(offset + start, offset + end);
        let mut marks = find_marks(text);
        marks.retain(|mark| {
            let token = tokens_in(doc, shift((mark.start, mark.end))).start;
            !is_masked.get(token).is_some_and(|is_masked| *is_masked)
        });
        if is_open && let Some(last) = found.last_mut() {
            let first = marks.iter().position(|mark| mark.weight == Weight::Double);
            let closing = first.filter(|&first| !marks[first].is_before_word || closes_by_count(&marks, first));
            if let Some(first) = closing {
                let close = marks[first];
                last.outer = last.outer.hull(shift((0, close.end)));
                last.inner = last.inner.hull(shift((0, close.start)));
                last.is_open = false;
                marks.drain(..=first);
            } else {
                last.goes_on = first == Some(0) && marks[0].start == 0;
            }
        }
        let (pairs, stays_open) = pair_marks(text, &marks);
        is_open = stays_open;
        let stretch =
            |(outer, inner)| Stretch { outer: shift(outer), inner: shift(inner), is_open: false, goes_on: false };
        found.extend(pairs.into_iter().map(stretch));
        if let Some(last) = found.last_mut().filter(|_| stays_open) {
            last.is_open = true;
        }
    }
    found
}

/// Whether the first double mark of a paragraph closes what the paragraph before left open although a word
/// stands right after it (`… of the loan, "said Vale`): straight marks whose number is odd, of which the
/// first does not open the paragraph anew.
fn closes_by_count(marks: &[Mark], first: usize) -> bool {
    let mut doubles = marks.iter().filter(|mark| mark.weight == Weight::Double);
    marks[first].is_straight
        && marks[first].start > 0
        && doubles.clone().all(|mark| mark.is_straight)
        && doubles.by_ref().count() % 2 == 1
}

/// Where the words end whose mark is never closed, if a reporting clause follows them: `"The canal is ours,
/// Vale said.` Only a quotation at the start of its line or after a sentence is looked at; before it, somebody
/// may have announced his words.
fn end_before_report(article: &Article, doc: &Document, lexicon: &Lexicon, outer: Span) -> Option<usize> {
    let before = article.text[..outer.start.get()].trim_end_matches(' ');
    if !(before.is_empty() || before.ends_with(['\n', '.', '!', '?'])) {
        return None;
    }
    let is_verb = |token: Token<'_>| matches!(token.pos(), "VERB" | "AUX");
    let is_name = |token: Token<'_>| matches!(token.pos(), "PROPN" | "NOUN" | "PRON" | "DET" | "ADJ" | "ADP" | "PART");
    let reports = |token: Token<'_>| {
        let entry = lexicon.verbs.get(token.lemma().to_lowercase().as_str());
        matches!(token.tag(), "VBD" | "VBZ") && entry.is_some_and(|entry| entry.takes(Frame::Quote))
    };
    let tokens = tokens_inside(doc, outer);
    let mut has_verb = false;
    for idx in tokens.start..tokens.end {
        let token = doc.token(idx);
        has_verb |= is_verb(token);
        if !has_verb || !matches!(token.text(), "," | "?" | "!") {
            continue;
        }
        let window = idx + 1..tokens.end.min(idx + 2 + MAX_SPEAKER_TOKENS);
        let Some(verb) = window.clone().find(|&at| !is_name(doc.token(at))).filter(|&verb| reports(doc.token(verb)))
        else {
            continue;
        };
        let speaker = if verb > window.start { doc.token(window.start) } else { doc.token(verb).next()? };
        let is_other = speaker.tag() != "PRP" || speaker.morph_value("Person") == Some("3");
        if is_name(speaker) && is_other {
            let span = token.span();
            return Some(if token.text() == "," { span.start } else { span.end } as usize);
        }
    }
    None
}
