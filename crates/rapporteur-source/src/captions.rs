//! The text under photos, which is printed between paragraphs as if it were one.

use crate::credits::{Stretch, is_agency};
use crate::dates::dates_in;
use crate::lexicon::lexicon;
use crate::lines::{Line, words};

/// What of a line is a caption.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Caption {
    Whole,
    /// Only a photo credit that is glued to the end of a paragraph.
    Part(Stretch),
}

/// Captions with a photo credit have up to three sentences; longer lines are paragraphs to which a
/// credit was glued.
const MAX_CAPTION_WORDS: usize = 60;
/// A caption without a credit is one sentence.
const MAX_BARE_CAPTION_WORDS: usize = 40;
const MIN_BARE_CAPTION_WORDS: usize = 6;
/// The verb of a caption follows the people in it: "Deputy Foreign Minister A B and Secretary of
/// Trade C D attend …" is among the longer ones.
const MAX_WORDS_BEFORE_VERB: usize = 18;

/// What of the line is a caption, if anything. `may_be_cut`: the line stands inside the text, where
/// a missing full stop tells that it is not a paragraph.
pub(crate) fn caption(line: &Line, may_be_cut: bool) -> Option<Caption> {
    let n_words = line.n_words();
    let reports = || line.has_word_of(&lexicon().reporting_words);
    if let Some(at) = credit_mark(line.text) {
        let is_caption = n_words <= MAX_CAPTION_WORDS && !(line.has_quotation_mark() && reports());
        return Some(if is_caption || at == 0 { Caption::Whole } else { Caption::Part((at, line.text.len())) });
    }
    // A post of a social network that is quoted ends with its date, as captions do.
    let is_post = line.text.contains(['@', '#']);
    if n_words > MAX_BARE_CAPTION_WORDS || is_post || line.has_quotation_mark() || reports() {
        return None;
    }
    let n_places = lexicon().caption_places.find_iter(line.text).count();
    let shows_action = n_words >= MIN_BARE_CAPTION_WORDS && has_caption_verb(line);
    let is_caption = n_places >= 2
        || (shows_action && n_places >= 1)
        || (shows_action && ends_with_agency(line.text))
        || (shows_action && ends_with_full_date(line.text))
        || (shows_action && may_be_cut && !line.ends_sentence() && !line.text.ends_with(':'));
    is_caption.then_some(Caption::Whole)
}

/// Where the photo credit begins. A mark counts at the start of the line and near its end.
fn credit_mark(text: &str) -> Option<usize> {
    let earliest = text.ceil_char_boundary(text.len().saturating_sub(MAX_CREDIT_BYTES));
    // A mark at the start of a line is looked for there only.
    let start = &text[..text.floor_char_boundary(MAX_MARK_BYTES)];
    let marks = &lexicon().caption_marks;
    let at_start = marks.find_overlapping_iter(start).filter(|found| found.start() == 0);
    let at_start = at_start.map(|found| (0, &text[..found.end()]));
    let near_end = marks.find_overlapping_iter(&text[earliest..]);
    let near_end = near_end.map(|found| (earliest + found.start(), &text[earliest..][found.range()]));
    let found = at_start.chain(near_end);
    let is_credit = |(at, mark): &(usize, &str)| {
        let is_placed = stands_alone(text, *at);
        // "Reuters/Jane Doe" credits; "the Reuters/Karsk Institute poll showed …" does not.
        is_placed && (!mark.ends_with('/') || are_names(&text[at + mark.len()..]))
    };
    let (at, _) = found.filter(is_credit).min()?;
    let before = &text[..at];
    // "(AP Photo/…)": the credit begins with the bracket. "Jane Doe / AFP": with the name, after the
    // caption's last sentence.
    let open_bracket = before.rfind('(').filter(|open| !before[*open..].contains(')'));
    let start = match open_bracket {
        Some(open) => open,
        None if text[at..].starts_with('/') => before.rfind(['.', '!', '?']).map_or(0, |dot| dot + 1),
        None => at,
    };
    Some(start + (text[start..].len() - text[start..].trim_start().len()))
}

/// The marks looked for are not longer.
const MAX_MARK_BYTES: usize = 40;
/// A photo credit names a photographer, an agency and a distributor at most.
const MAX_CREDIT_BYTES: usize = 90;

/// Whether all words of `text` are names, as in what follows "Reuters/".
fn are_names(text: &str) -> bool {
    let is_name = |word: &str| {
        word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) || lexicon().byline_words.contains(word)
    };
    words(text).all(is_name)
}

fn stands_alone(text: &str, at: usize) -> bool {
    let is_inside_word = text[..at].ends_with(char::is_alphanumeric) && text[at..].starts_with(char::is_alphanumeric);
    !is_inside_word
}

/// Whether a verb of the photo list follows a beginning such as captions have.
fn has_caption_verb(line: &Line) -> bool {
    let begins_with_capital = line.text.starts_with(char::is_uppercase);
    let mut words = line.words().take(MAX_WORDS_BEFORE_VERB).skip(1);
    begins_with_capital && words.any(|word| lexicon().caption_verbs.contains(word))
}

fn ends_with_agency(text: &str) -> bool {
    let tail = text.rsplit(['.', '!', '?', '—', '–']).find(|part| !part.trim().is_empty());
    tail.is_some_and(|tail| tail.len() < text.len() && is_agency(tail.trim()))
}

/// "… in Karsk on Monday, March 9, 2031." is how agencies end captions, and hardly a paragraph.
fn ends_with_full_date(text: &str) -> bool {
    let tail = &text[text.ceil_char_boundary(text.len().saturating_sub(MAX_DATE_BYTES))..];
    let end = tail.trim_end_matches(['.', ' ']).len();
    dates_in(tail).last().is_some_and(|(_, _, date_end)| *date_end == end)
}

/// The longest written date, "the 9th of September, 2031" in any script, has less than a hundred bytes.
const MAX_DATE_BYTES: usize = 256;
