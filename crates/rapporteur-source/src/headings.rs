//! The headline, and headings between paragraphs.

use crate::lexicon::lexicon;
use crate::lines::{Line, MAX_TITLE_WORDS, is_title_case};

/// The headings looked at have up to seven words; a sentence without its full stop is mostly longer.
const MAX_HEADING_WORDS: usize = 9;
/// Three short lines in a row are a list, not headings.
const MAX_HEADING_RUN: usize = 2;

/// Whether the line can be the headline of the article whose first line it is, furniture aside.
pub(crate) fn can_be_title(line: &Line, is_wrapped: bool) -> bool {
    let n_words = line.n_words();
    if n_words == 0 || n_words > MAX_TITLE_WORDS || line.text.ends_with([':', ',']) || is_bullet(line.text) {
        return false;
    }
    if is_wrapped && !line.blank_after && !is_title_case(line.text) {
        return false;
    }
    let first_word = line.words().next().unwrap_or_default().to_lowercase();
    if is_title_case(line.text) {
        return true;
    }
    if lexicon().continuing_words.contains(first_word.as_str()) {
        return false;
    }
    let is_one_sentence = !line.text.trim_end_matches(['.', '!', '?']).contains(". ");
    let is_short_sentence = n_words <= MAX_SENTENCE_TITLE_WORDS && is_one_sentence;
    !line.ends_sentence() || (is_short_sentence && !line.has_word_of(&lexicon().reporting_words))
}

/// Some outlets close their titles with a full stop. Of the 84 such titles looked at 78 have up to
/// this many words; the first paragraph of a report is mostly longer. A short first paragraph that
/// is taken for a title loses nothing: a title may hold statements.
const MAX_SENTENCE_TITLE_WORDS: usize = 13;

/// Which of `lines` are headings between paragraphs. `is_open` tells the lines that are not known to
/// be furniture of another kind.
pub(crate) fn headings(lines: &[Line], is_open: impl Fn(usize) -> bool, is_wrapped: bool) -> Vec<usize> {
    let open: Vec<usize> = (0..lines.len()).filter(|idx| is_open(*idx)).collect();
    let is_candidate: Vec<bool> = open.iter().map(|idx| is_heading_like(&lines[*idx])).collect();
    let mut headings = Vec::new();
    let mut at = 0;
    while at < open.len() {
        let run_len = is_candidate[at..].iter().take_while(|is_candidate| **is_candidate).count();
        let follows_sentence = at == 0 || lines[open[at - 1]].ends_sentence();
        let precedes_sentence = open.get(at + run_len).is_some_and(|next| lines[*next].begins_sentence());
        if (1..=MAX_HEADING_RUN).contains(&run_len) && follows_sentence && precedes_sentence {
            let run = open[at..at + run_len].iter().copied();
            headings.extend(run.filter(|idx| !is_wrapped || (lines[*idx].blank_before && lines[*idx].blank_after)));
        }
        at += run_len.max(1);
    }
    headings
}

/// Short, without the end of a sentence, and nobody's words.
fn is_heading_like(line: &Line) -> bool {
    let n_words = line.n_words();
    let is_question = line.text.ends_with('?') && is_title_case(line.text);
    let is_open_ended = !line.text.ends_with(['.', '!', '?', '…', ':', ',', ';', '"', '”', '-', '–', '—']);
    let is_closed_by_quote = line.text.ends_with(['’', '\'']) && !is_title_case(line.text);
    (1..=MAX_HEADING_WORDS).contains(&n_words)
        && (is_question || is_open_ended)
        && !is_closed_by_quote
        && !is_bullet(line.text)
        && !line.has_quotation_mark()
        && !line.has_word_of(&lexicon().first_person)
        && !line.has_word_of(&lexicon().reporting_words)
}

/// Whether the line is an item of a list.
fn is_bullet(text: &str) -> bool {
    text.starts_with(['-', '–', '—', '•', '*', '·', '▪', '●', '‣', '>'])
}
