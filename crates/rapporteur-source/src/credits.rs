//! Lines and ends of lines that credit an agency, an outlet or an author.

use crate::lexicon::lexicon;
use crate::lines::{Line, fold, is_title_case, words};

/// Longer lines tell something besides whom they credit.
const MAX_CREDIT_WORDS: usize = 12;
/// "(Karsk Evening Courier and agencies)": brackets at the foot that name an outlet are short.
const MAX_OUTLET_WORDS: usize = 6;
/// Footers such as "(Reporting by …; Additional reporting by …; Editing by …)" run long.
const MAX_REPORTERS_WORDS: usize = 60;
/// "By Jane Doe and John Roe, special to the Karsk Evening Courier".
const MAX_BYLINE_WORDS: usize = 14;

/// A stretch of a line, in bytes of it.
pub(crate) type Stretch = (usize, usize);

/// Whether `text` is the name of an agency or outlet, with nothing around it but marks.
pub(crate) fn is_agency(text: &str) -> bool {
    let core = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    lexicon().agencies.iter().any(|name| if is_acronym(name) { *name == core } else { name.eq_ignore_ascii_case(core) })
}

fn is_acronym(name: &str) -> bool {
    !name.contains(char::is_lowercase)
}

/// The stretch that names whom the line credits, if the whole line is a credit. `is_edge`: the line
/// stands above or below the report, where brackets around an unknown name are enough.
pub(crate) fn credit_line(line: &Line, is_edge: bool) -> Option<Stretch> {
    let text = line.text;
    let n_words = line.n_words();
    if n_words > MAX_REPORTERS_WORDS {
        return None;
    }
    let inner = bracketed(text);
    let core = inner.map_or(text, |(start, end)| &text[start..end]);
    let whole = inner.unwrap_or((0, text.len()));
    let folded = fold(core);
    if n_words <= MAX_CREDIT_WORDS {
        let names = core.split(['/', '|', ',', ';']).filter(|name| !name.trim().is_empty());
        let is_list_of_agencies = names.clone().count() > 0 && names.clone().all(is_agency);
        if is_list_of_agencies || is_agency(core.trim_start_matches("By ")) || is_credit_phrase(&folded) {
            return Some(whole);
        }
        if inner.is_some() && is_edge && n_words <= MAX_OUTLET_WORDS && is_name(core) {
            return Some(whole);
        }
    }
    let is_reporters = starts_with_any(&folded, &lexicon().credit_starts);
    let is_contribution =
        n_words <= MAX_REPORTERS_WORDS / 2 && lexicon().credit_marks.iter().any(|m| folded.contains(m));
    (is_edge && (is_reporters || is_contribution) && !line.has_quotation_mark()).then_some(whole)
}

/// A credit at the end of a line that reports: brackets "(WITH AGENCIES)", or a bare name after the
/// last sentence ("… to discuss it. AP"). Gives the stretch to mask and the stretch of the name.
pub(crate) fn credit_at_end(text: &str) -> Option<(Stretch, Stretch)> {
    if let Some(open) = text.rfind(['(', '[']) {
        let inner = &text[open + 1..];
        if let Some(close) = inner.find([')', ']']) {
            let (name, rest) = (&inner[..close], &inner[close + 1..]);
            let is_credit = is_credit_phrase(&fold(name)) || name.split(['/', ',']).all(is_agency);
            if open > 0 && rest.trim_matches(|c: char| c == '.' || c.is_whitespace()).is_empty() && is_credit {
                return Some(((open, text.len()), (open + 1, open + 1 + name.len())));
            }
        }
    }
    let (start, name) = last_sentence(text)?;
    (is_agency(name) && !name.ends_with('.')).then(|| {
        let start = start + (name.len() - name.trim_start_matches(|c: char| !c.is_alphanumeric()).len());
        ((start, text.len()), (start, text.len()))
    })
}

/// What follows the last full stop, dash or closing mark that is followed by white space.
fn last_sentence(text: &str) -> Option<(usize, &str)> {
    let at = text.char_indices().rev().find(|(at, c)| {
        matches!(c, '.' | '!' | '?' | '”' | '"' | '—' | '–' | '-')
            && text[at + c.len_utf8()..].starts_with(char::is_whitespace)
    });
    let (at, c) = at?;
    let rest = &text[at + c.len_utf8()..];
    let name = rest.trim_start();
    Some((text.len() - name.len(), name))
}

/// The agency that a dateline names: "KARSK (AP) — The talks …", "KARSK, March 9 (Reuters) - …".
pub(crate) fn dateline_agency(text: &str) -> Option<Stretch> {
    let end = dateline_end(text).or_else(|| dateline(text).map(|(_, end)| end))?;
    let head = text[..end].trim_end_matches(|c: char| c != ')');
    let open = head.find('(')?;
    let close = open + head[open..].find(')')?;
    let name = &head[open + 1..close];
    let is_last = head[close + 1..].trim().is_empty();
    (is_last && (is_agency(name) || is_name(name))).then_some((open + 1, close))
}

/// The dateline before the first sentence, its dash included: "KARSK, March 9 (ANL) -", "Karsk (ANL) –". All of its
/// words are names, numbers or in brackets; where the place is not in capitals, brackets with a name must follow it.
pub(crate) fn dateline(text: &str) -> Option<Stretch> {
    let (at, dash) = first_dash(text).filter(|(at, _)| *at <= MAX_DATELINE_BYTES)?;
    let head = text[..at].trim_end();
    let is_placed = head.starts_with(char::is_uppercase) && !head.contains(['.', '!', '?', ':', ';', '"', '“'])
        || head.starts_with(char::is_uppercase) && head.contains(" (");
    let before_brackets = head.split(" (").next().unwrap_or(head);
    let are_names = words(before_brackets).all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()));
    let in_brackets = head.strip_suffix(')').and_then(|rest| rest.rsplit_once(" (")).map(|(_, name)| name);
    let names_agency = in_brackets.is_some_and(|name| is_agency(name) || is_name(name));
    let is_dateline = is_placed && are_names && (names_agency || dateline_end(text).is_some());
    is_dateline.then_some((0, at + dash.trim_end().len()))
}

const DASHES: [&str; 6] = [" — ", " – ", " - ", " -- ", "— ", " —"];

fn first_dash(text: &str) -> Option<(usize, &'static str)> {
    DASHES.iter().filter_map(|dash| text.find(dash).map(|at| (at, *dash))).min()
}

/// Where the dash of a dateline stands: the line begins with a place in capitals and a dash follows
/// soon.
pub(crate) fn dateline_end(text: &str) -> Option<usize> {
    let place = text.split(|c: char| c.is_whitespace() || c == ',').next()?;
    let n_capitals = place.chars().filter(|c| c.is_uppercase()).count();
    if n_capitals < 2 || place.contains(char::is_lowercase) {
        return None;
    }
    let (dash, _) = first_dash(text)?;
    (dash <= MAX_DATELINE_BYTES).then_some(dash)
}

/// "WASHINGTON, D.C., September 30, 2022 (Agence France-Presse)" has 58.
const MAX_DATELINE_BYTES: usize = 70;

/// The names of the authors, if the line is theirs: "By Jane Doe", "Von Jana Doe".
pub(crate) fn byline_names(line: &Line) -> Option<Stretch> {
    if !(2..=MAX_BYLINE_WORDS).contains(&line.n_words()) {
        return None;
    }
    let folded = line.folded();
    let mut starts = lexicon().byline_starts.iter();
    let start = starts.find(|start| folded.strip_prefix(**start).is_some_and(|rest| rest.starts_with([' ', ':'])))?;
    let rest = line.text.get(start.len()..)?;
    let lexicon = lexicon();
    let is_name_word = |word: &str| {
        let folded = word.to_lowercase();
        let is_calendar =
            lexicon.months.contains_key(folded.as_str()) || lexicon.weekdays.contains_key(folded.as_str());
        let is_name = word.starts_with(char::is_uppercase) && !is_calendar;
        is_name || lexicon.byline_words.contains(folded.as_str()) || word.contains('@')
    };
    let are_names =
        words(rest).all(is_name_word) && words(rest).next().is_some_and(|word| word.starts_with(char::is_uppercase));
    let names = rest.trim_start_matches(|c: char| c == ':' || c.is_whitespace());
    are_names.then(|| (line.text.len() - names.len(), line.text.len()))
}

pub(crate) fn is_credit_phrase(folded: &str) -> bool {
    let core = folded.trim_matches(|c: char| !c.is_alphanumeric());
    lexicon().credit_phrases.iter().any(|phrase| {
        core == *phrase
            || core.strip_prefix(phrase).is_some_and(|rest| rest.starts_with(' ') && words(rest).count() <= 6)
    })
}

/// Whether `text` is written like a name: each word with a capital, small words aside.
fn is_name(text: &str) -> bool {
    let mut all = words(text);
    let single = all.next().is_some_and(|w| w.starts_with(char::is_uppercase)) && all.next().is_none();
    !text.contains(|c: char| c.is_numeric()) && (single || is_title_case(text))
}

/// The inside of the brackets that enclose all of `text`.
fn bracketed(text: &str) -> Option<Stretch> {
    let core = text.trim_end_matches('.');
    let inner = core.strip_prefix('(')?.strip_suffix(')');
    let inner = inner.or_else(|| core.strip_prefix('[')?.strip_suffix(']'))?;
    (!inner.contains(['(', ')'])).then_some((1, 1 + inner.len()))
}

pub(crate) fn starts_with_any(folded: &str, starts: &[&str]) -> bool {
    starts.iter().any(|start| folded.starts_with(start))
}
