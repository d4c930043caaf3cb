//! Which words show a line to be so? The sentence in which they stand, compared with the article's text.

use super::super::{Note, NoteIdx, NoteWords};
use crate::visible::on_one_line;
use crate::wording::flaws;
use rapporteur_model::{CodePoints, Span};
use rapporteur_store::{Case, Error, ItemPlace, SourceRow};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Words fewer than these say little alone: "asking for" is shown with its sentence.
const N_WORDS_MIN: usize = 5;

/// The notes of a document, each once.
pub(super) struct Notes<'c> {
    case: &'c Case,
    pub(super) notes: Vec<Note>,
    of_words: BTreeMap<(String, u32, u32), NoteIdx>,
    of_log: BTreeMap<String, NoteIdx>,
    articles: BTreeMap<String, Rc<(SourceRow, String)>>,
    n_note_chars: usize,
    n_words_chars: usize,
}

impl<'c> Notes<'c> {
    pub(super) fn new(case: &'c Case, n_note_chars: usize, n_words_chars: usize) -> Self {
        Notes {
            case,
            notes: Vec::new(),
            of_words: BTreeMap::new(),
            of_log: BTreeMap::new(),
            articles: BTreeMap::new(),
            n_note_chars,
            n_words_chars,
        }
    }

    /// Notes on places, one for each origin: what a copy repeats shows nothing more. Sound texts come first.
    pub(super) fn of_places<'p>(
        &mut self,
        places: impl Iterator<Item = &'p ItemPlace>,
        limit: usize,
    ) -> Result<Vec<NoteIdx>, Error> {
        let (mut cited, mut notes): (Vec<String>, Vec<NoteIdx>) = (Vec::new(), Vec::new());
        for place in self.sound_first(places)? {
            let Some(article) = self.article(&place.article.id)?.filter(|_| notes.len() < limit) else { break };
            if !cited.contains(&article.0.origin) {
                cited.push(article.0.origin.clone());
                notes.push(self.of_place(place)?);
            }
        }
        Ok(notes)
    }

    /// The places, those last whose texts are altered: where a sound text has the words, they are shown as it has them.
    pub(super) fn sound_first<'p>(
        &mut self,
        places: impl Iterator<Item = &'p ItemPlace>,
    ) -> Result<Vec<&'p ItemPlace>, Error> {
        let mut ranked = Vec::new();
        for place in places {
            let flaws = self.article(&place.article.id)?.and_then(|article| article.0.flaws.clone());
            ranked.push((flaws.map_or(0, |flaws| if is_altered(&flaws) { 2 } else { 1 }), place));
        }
        ranked.sort_by_key(|(rank, _)| *rank);
        Ok(ranked.into_iter().map(|(_, place)| place).collect())
    }

    /// What is wrong with the texts that have something, where all of them are altered.
    pub(super) fn shared_flaw<'p>(
        &mut self,
        places: impl Iterator<Item = &'p ItemPlace>,
    ) -> Result<Option<String>, Error> {
        let mut shared = None;
        for place in places {
            match self.article(&place.article.id)?.and_then(|article| article.0.flaws.clone()) {
                Some(listed) if is_altered(&listed) => shared = Some(flaws(&listed)),
                _ => return Ok(None),
            }
        }
        Ok(shared)
    }

    /// The note on a place: the sentence around it.
    pub(super) fn of_place(&mut self, place: &ItemPlace) -> Result<NoteIdx, Error> {
        let (article, span) = self.checked(place)?;
        let sentence = sentence_around(&article.1, span);
        let kept = kept(&article.1, sentence, span, self.n_note_chars);
        self.of_span(&article, sentence, kept)
    }

    /// The note on an article as such: how it begins.
    pub(super) fn of_article(&mut self, id: &str) -> Result<Option<NoteIdx>, Error> {
        let Some(article) = self.article(id)? else { return Ok(None) };
        let text = &article.1;
        let start = text.len() - text.trim_start().len();
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let line = Span::new(start, start + text[start..line_end].trim_end().len());
        let kept = kept(text, line, Span::new(start, start), self.n_note_chars.min(160));
        self.of_span(&article, line, kept).map(Some)
    }

    /// A note on what the case itself tells.
    pub(super) fn of_log(&mut self, told: String) -> NoteIdx {
        let notes = &mut self.notes;
        *self.of_log.entry(told.clone()).or_insert_with(|| {
            notes.push(Note::Log(told));
            NoteIdx(notes.len() - 1)
        })
    }

    /// The words of a place as a line shows them: those of the sentence where they are too few to say anything.
    pub(super) fn words(&mut self, place: &ItemPlace) -> Result<String, Error> {
        self.words_from(place, N_WORDS_MIN)
    }

    /// The words of a place, or of its sentence where there are fewer than `n_words_min`.
    pub(super) fn words_from(&mut self, place: &ItemPlace, n_words_min: usize) -> Result<String, Error> {
        let (article, span) = self.checked(place)?;
        let is_short = place.exact.split_whitespace().count() < n_words_min;
        let whole = if is_short { sentence_around(&article.1, span) } else { span };
        let kept = kept(&article.1, whole, span, self.n_words_chars);
        Ok(shown(&article.1, whole, kept))
    }

    fn article(&mut self, id: &str) -> Result<Option<Rc<(SourceRow, String)>>, Error> {
        if let Some(article) = self.articles.get(id) {
            return Ok(Some(Rc::clone(article)));
        }
        let Some(article) = self.case.article(id)?.map(Rc::new) else { return Ok(None) };
        self.articles.insert(id.to_string(), Rc::clone(&article));
        Ok(Some(article))
    }

    /// The article of a place and where its words stand. They are compared with its text here, so that whatever became of
    /// them on the way no altered quotation is handed over.
    fn checked(&mut self, place: &ItemPlace) -> Result<(Rc<(SourceRow, String)>, Span), Error> {
        let wrong = || {
            let what = format!("words of article {} do not stand in its text", place.article.id);
            Error::damaged(self.case.path(), what)
        };
        let (error, article) = (wrong(), self.article(&place.article.id)?);
        let Some(article) = article else { return Err(error) };
        match CodePoints::new(&article.1).span(place.start, place.end) {
            Some(span) if span.of(&article.1) == place.exact => Ok((article, span)),
            _ => Err(error),
        }
    }

    fn of_span(&mut self, article: &(SourceRow, String), whole: Span, kept: Span) -> Result<NoteIdx, Error> {
        let (row, text) = article;
        let (start, end) = CodePoints::new(text).of(kept);
        let notes = &mut self.notes;
        let note = self.of_words.entry((row.id.clone(), start, end)).or_insert_with(|| {
            let paragraphs = text[..line_end(text, kept.start.get())].lines().filter(|line| !line.trim().is_empty());
            notes.push(Note::Words(Box::new(NoteWords {
                article: row.id.clone(),
                name: row.name.clone(),
                title: row.title.clone(),
                outlet: row.outlet.clone(),
                published: row.published.clone(),
                flaws: row.flaws.as_deref().map(flaws),
                paragraph: paragraphs.count(),
                start,
                end,
                exact: kept.of(text).to_string(),
                is_cut_before: kept.start > whole.start,
                is_cut_after: kept.end < whole.end,
            })));
            NoteIdx(notes.len() - 1)
        });
        Ok(*note)
    }
}

/// Whether other words stand in a text than were written, by its flaws as a case lists them.
fn is_altered(flaws: &str) -> bool {
    flaws.contains("spun") || flaws.contains("altered")
}

/// The kept part of a whole on one line, with "…" where the whole goes on.
fn shown(text: &str, whole: Span, kept: Span) -> String {
    let [before, after] = [kept.start > whole.start, kept.end < whole.end];
    let mark = |is_cut: bool, mark: &'static str| if is_cut { mark } else { "" };
    format!("{}{}{}", mark(before, "… "), on_one_line(kept.of(text)), mark(after, " …"))
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end)
}

/// What of a whole is kept where it is longer than `n_chars`: from its beginning if what it is about fits in, else from
/// there. It ends between words.
fn kept(text: &str, whole: Span, about: Span, n_chars: usize) -> Span {
    let chars = |from: usize, to: usize| text[from..to].chars().count();
    let (start, end) = (whole.start.get(), whole.end.get());
    if chars(start, end) <= n_chars {
        return whole;
    }
    let begin = if chars(start, about.end.get().max(start)) <= n_chars { start } else { about.start.get() };
    let Some((cut, _)) = text[begin..end].char_indices().nth(n_chars) else { return Span::new(begin, end) };
    let words = &text[begin..begin + cut];
    let n_bytes = match words.rfind(char::is_whitespace) {
        // One word as long as all of it is cut as it is.
        Some(at) if at * 2 > cut && !text[begin + cut..].starts_with(char::is_whitespace) => {
            words[..at].trim_end().len()
        }
        _ => words.trim_end().len(),
    };
    Span::new(begin, begin + n_bytes)
}

/// From the beginning of the sentence in which `span` begins to the end of the one in which it ends, within its lines. Marks
/// and capitals alone tell sentences apart here: a wrong guess shows more or fewer words, never other ones.
fn sentence_around(text: &str, span: Span) -> Span {
    let (from, to) = (span.start.get(), span.end.get());
    let line_start = text[..from].rfind('\n').map_or(0, |at| at + 1);
    let end = line_end(text, to);
    let start = ends(text, line_start, from).last().unwrap_or(line_start);
    let end = ends(text, to.saturating_sub(last_char_len(&text[..to])), end).find(|end| *end >= to).unwrap_or(end);
    let words = &text[start..end];
    let start = start + (words.len() - words.trim_start().len());
    // Blank lines inside the place leave its own edges.
    Span::new(start.min(from), (start.min(end) + text[start.min(end)..end].trim_end().len()).max(to))
}

fn last_char_len(text: &str) -> usize {
    text.chars().next_back().map_or(0, char::len_utf8)
}

/// Where sentences end between two offsets: after a mark and what closes with it, before white space and a new beginning.
fn ends(text: &str, from: usize, to: usize) -> impl Iterator<Item = usize> {
    let is_close = |c: char| matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']');
    let begins = |c: char| c.is_uppercase() || c.is_numeric() || matches!(c, '"' | '\'' | '“' | '‘' | '«' | '(' | '[');
    text[from..to].char_indices().filter_map(move |(at, c)| {
        if !matches!(c, '.' | '!' | '?') {
            return None;
        }
        let after_mark = from + at + 1;
        let closed = text[after_mark..].find(|c| !is_close(c)).map_or(text.len(), |n| after_mark + n);
        let rest = &text[closed..];
        let is_end = rest.is_empty()
            || (rest.starts_with(char::is_whitespace) && rest.trim_start().chars().next().is_none_or(begins));
        (is_end && closed <= to && !(c == '.' && closed == after_mark && is_short_form(&text[..from + at])))
            .then_some(closed)
    })
}

/// Whether a point after this belongs to a short form: "U.S", "Mr", "Gov", an initial.
fn is_short_form(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphanumeric() && c != '.').next().unwrap_or_default();
    let is_capital = word.chars().next().is_some_and(char::is_uppercase);
    is_capital && (word.contains('.') || word.chars().count() <= 3 && !word.chars().all(char::is_numeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence<'t>(text: &'t str, words: &str) -> &'t str {
        let start = text.find(words).unwrap();
        sentence_around(text, Span::new(start, start + words.len())).of(text)
    }

    #[test]
    fn a_sentence_ends_at_marks_and_not_at_short_forms() {
        let text = "First one.\nThe U.S. side said “Go now.” Mr. Vale left! It rained\n";
        assert_eq!(sentence(text, "side"), "The U.S. side said “Go now.”");
        assert_eq!(sentence(text, "Vale"), "Mr. Vale left!");
        assert_eq!(sentence(text, "rained"), "It rained");
        assert_eq!(sentence(text, "Go now.” Mr. Vale"), "The U.S. side said “Go now.” Mr. Vale left!");
        assert_eq!(sentence(text, "one."), "First one.");
        assert_eq!(sentence("漢字 🙂", "字"), "漢字 🙂");
    }

    #[test]
    fn what_is_too_long_is_cut_between_words_and_keeps_what_it_is_about() {
        let text = "aaa bbb ccc ddd eee";
        let whole = Span::new(0, text.len());
        let cut = |from: usize, n_chars| kept(text, whole, Span::new(from, from + 3), n_chars).of(text);
        assert_eq!(cut(4, 8), "aaa bbb");
        assert_eq!(cut(12, 8), "ddd eee");
        assert_eq!(cut(0, 19), text);
        assert_eq!(kept("aaaaaaaa", Span::new(0, 8), Span::new(0, 8), 3).of("aaaaaaaa"), "aaa");
    }
}
