//! Titles before names: "Norwegian Deputy Foreign Minister Oren Vale", "Secretary of State Dana Pell".

use crate::analysis::{Analysis, TokenRange};
use crate::gazetteer::NameSort;

/// The longest title, in tokens.
const MAX_TITLE_TOKENS: usize = 10;

/// `name` with the title before it.
pub(crate) fn with_title(analysis: &Analysis<'_>, name: TokenRange) -> TokenRange {
    let people = &analysis.lexicon.people;
    let sentence = analysis.sentence(name.start);
    let lowest = sentence.start.max(name.start.saturating_sub(MAX_TITLE_TOKENS));
    let name_head =
        (name.start..name.end).find(|&idx| !name.contains(analysis.token(idx).head().idx())).unwrap_or(name.end - 1);
    let mut start = name.start;
    let mut has_title = false;
    while start > lowest {
        let before = start - 1;
        let token = analysis.token(before);
        let lower = analysis.lower(before);
        if let Some(of_start) = title_with_of(analysis, before, lowest) {
            start = of_start;
            has_title = true;
        } else if people.has("titles", lower) {
            start = before;
            has_title = true;
        } else if let Some(known_start) = known_before(analysis, start, lowest) {
            start = known_start;
        } else if token.text() == "-"
            && start > lowest + 1
            && (has_title || people.has("titles", analysis.lower(before - 1)))
        {
            start = before;
        } else if (analysis.token(name_head).head() == token.head()
            || token.head().idx() == name_head
            || has_title && token.pos() == "NOUN" && (start..name.start).contains(&token.head().idx()))
            && matches!(token.dep(), "compound" | "amod" | "nmod")
            && matches!(token.pos(), "NOUN" | "PROPN" | "ADJ")
        {
            start = before;
            has_title |= token.pos() == "NOUN";
        } else {
            break;
        }
    }
    while start < name.start && analysis.is_mark(start) {
        start += 1;
    }
    if has_title { TokenRange::new(start, name.end) } else { name }
}

/// "Secretary of State" that ends at token `last`: its first token.
fn title_with_of(analysis: &Analysis<'_>, last: usize, lowest: usize) -> Option<usize> {
    let mut at = last;
    for _ in 0..5 {
        let token = analysis.token(at);
        if !matches!(token.pos(), "PROPN" | "NOUN" | "CCONJ" | "ADJ" | "DET") {
            return None;
        }
        let of = at.checked_sub(1).filter(|&of| of > lowest)?;
        let title = of - 1;
        if analysis.lower(of) == "of" {
            return analysis.lexicon.people.has("title-of", analysis.lower(title)).then_some(title);
        }
        at = of;
    }
    None
}

/// The first token of a known name that ends right before `end` and is no possessive.
fn known_before(analysis: &Analysis<'_>, end: usize, lowest: usize) -> Option<usize> {
    (lowest.max(end.saturating_sub(4))..end).find(|&start| {
        let known = analysis.known_at(start);
        known.is_some_and(|(range, known)| range.end == end && known.sort != NameSort::City)
    })
}

/// The role in a title: its words before the name without courtesies and without the state, and the
/// key of the state or organisation that stands in it.
pub(crate) fn role_and_allegiance<'a>(analysis: &Analysis<'a>, title: TokenRange) -> (Option<String>, Option<&'a str>) {
    let people = &analysis.lexicon.people;
    let mut allegiance = None;
    let mut words: Vec<String> = Vec::new();
    let mut is_all_names = true;
    let mut idx = title.start;
    while idx < title.end {
        if let Some((range, known)) = analysis.known_at(idx).filter(|(range, _)| range.end <= title.end) {
            allegiance = allegiance.or(Some(known.key));
            let leads = words.is_empty();
            if !leads || known.sort == NameSort::Name && known.kind != rapporteur_model::ActorKind::State {
                words.extend((range.start..range.end).map(|idx| analysis.token(idx).text().to_string()));
            }
            idx = range.end;
            continue;
        }
        let token = analysis.token(idx);
        let lower = analysis.lower(idx);
        if token.tag() == "POS" && !words.is_empty() {
            // "Amber Line's director" is a director; "the company's director" keeps the company.
            if is_all_names {
                words.clear();
            } else if let Some(last) = words.last_mut() {
                last.push_str(token.text());
            }
            idx += 1;
            continue;
        }
        let is_skipped = people.has("courtesies", lower)
            || words.is_empty() && (analysis.is_mark(idx) || matches!(token.tag(), "DT" | "POS" | "PRP$" | "CC"));
        if !is_skipped && !token.is_space() {
            is_all_names &= token.pos() == "PROPN" && token.text().starts_with(char::is_uppercase);
            let is_common = people.has("titles", lower) || people.has("title-of", lower) || token.pos() != "PROPN";
            words.push(if is_common { lower } else { token.text() }.to_string());
        }
        idx += 1;
    }
    let is_role = !words.is_empty() && !words.iter().any(|word| people.has("no-roles", word));
    let role = words.join(" ").replace(" - ", "-").replace(" , ", ", ");
    (is_role.then_some(role), allegiance)
}
