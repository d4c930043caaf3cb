//! States that no table has, read from the article itself: by what belongs to them ("the Fijian army",
//! "Fiji's parliament"), and their capitals ("Suva, the Fijian capital").
//!
//! A state has a key that other articles find as well without knowing of this one: `state:` and what its
//! name and its adjective have in common, "state:fij".

use crate::analysis::TokenRange;
use crate::gazetteer::{Known, NameSort, first_word, first_words, match_name};
use crate::knowledge::Knowledge;
use hashbrown::HashSet;
use rapporteur_model::ActorKind;
use rapporteur_text::{Document, Token};
use std::collections::BTreeMap;

/// The states and capitals that an article shows to be such.
#[derive(Debug, Default)]
pub(crate) struct Inferred {
    /// Key and name of each state. A capital of a state of the tables has that state's key and name.
    states: Vec<(String, String)>,
    /// Names by their first words: the name, how it names, and its state.
    names: BTreeMap<String, Vec<(String, NameSort, usize)>>,
}

/// So much evidence makes a name a state's: the adjective with what belongs to a state is enough, a
/// possessive needs a second sign, for "Pell's government" may be a person's.
const ENOUGH: u32 = 3;
/// How many words after an adjective or a possessive are looked at for what belongs to a state.
const MAX_BELONGING_TOKENS: usize = 4;
/// The longest name of a state or a capital, in words.
const MAX_NAME_TOKENS: usize = 3;

/// What is seen of a capitalised word in the article.
#[derive(Debug, Default)]
struct Word {
    is_adjective: bool,
    /// An adjective before what belongs to a state.
    has_belonging: bool,
    /// An adjective before what only a state has.
    has_power: bool,
    is_place: bool,
    /// Written with a small letter elsewhere, or a family name: no state.
    is_excluded: bool,
    /// The last word of what the recogniser takes for somebody's full name.
    may_be_person: bool,
}

/// What belongs to a state, by how much it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Belonging {
    Weak,
    Strong,
}

impl Inferred {
    /// Reads the states and capitals from the parse of an article.
    pub(crate) fn read(doc: &Document, knowledge: &Knowledge) -> Self {
        let mut inferred = Inferred::default();
        let demonyms = &knowledge.demonyms;
        let words = words(doc, knowledge);
        let adjectives = words.iter().filter(|(_, word)| word.is_adjective && !word.is_excluded);
        let mut names_of: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (adjective, _) in adjectives.clone() {
            let names = demonyms.names_of(adjective).filter_map(|name| words.get_key_value(&name));
            names_of.insert(
                adjective,
                names.filter(|(_, word)| !word.is_excluded).map(|(name, _)| name.as_str()).collect(),
            );
        }
        let mut scores = possessors(doc, knowledge, &words);
        for (adjective, names) in &names_of {
            if words[*adjective].has_belonging {
                names.iter().for_each(|name| *scores.entry((*name).to_string()).or_default() += ENOUGH);
            }
        }
        for (name, score) in scores {
            let is_place = words.get(&name).is_some_and(|word| word.is_place);
            if score + u32::from(is_place) >= ENOUGH {
                inferred.add_state(demonyms.key_of_name(&name), &name, NameSort::Name);
            }
        }
        for (adjective, names) in &names_of {
            let is_of_state = |name: &&&str| inferred.find(name).is_some();
            match names.iter().find(is_of_state).and_then(|name| inferred.find(name)) {
                Some(state) => inferred.add_name(adjective, NameSort::Adjective, state),
                None if words[*adjective].has_power && demonyms.is_telling(adjective) => {
                    inferred.add_state(demonyms.key_of_adjective(adjective), adjective, NameSort::Adjective);
                }
                None => {}
            }
        }
        inferred.read_capitals(doc, knowledge);
        inferred
    }

    /// The longest name of an inferred state or capital that starts at the token.
    pub(crate) fn name_at(&self, doc: &Document, token_idx: usize) -> Option<(TokenRange, Known<'_>)> {
        if self.names.is_empty() {
            return None;
        }
        let text = doc.token(token_idx).text();
        let levelled = level(text);
        let is_levelled = levelled != text;
        let names = first_words(&levelled).filter_map(|word| self.names.get(word)).flatten();
        names.into_iter().find_map(|(name, sort, state)| {
            let range = match match_name(doc, token_idx, name, *sort) {
                None if is_levelled && *name == levelled => TokenRange::new(token_idx, token_idx + 1),
                range => range?,
            };
            let (key, state_name) = &self.states[*state];
            Some((range, Known { key, kind: ActorKind::State, sort: *sort, name: state_name }))
        })
    }

    /// What a key of an inferred state stands for.
    pub(crate) fn by_key(&self, key: &str) -> Option<Known<'_>> {
        let (key, name) = self.states.iter().find(|(known, _)| known == key)?;
        Some(Known { key, kind: ActorKind::State, sort: NameSort::Name, name })
    }

    fn find(&self, name: &str) -> Option<usize> {
        let names = self.names.get(first_word(name))?;
        names.iter().find(|(known, _, _)| known == name).map(|(_, _, state)| *state)
    }

    fn state(&mut self, key: String, name: &str) -> usize {
        let known = self.states.iter().position(|(other, _)| *other == key);
        known.unwrap_or_else(|| {
            self.states.push((key, name.to_string()));
            self.states.len() - 1
        })
    }

    fn add_state(&mut self, key: String, name: &str, sort: NameSort) {
        let state = self.state(key, name);
        self.add_name(name, sort, state);
    }

    fn add_name(&mut self, name: &str, sort: NameSort, state: usize) {
        let names = self.names.entry(first_word(name).to_string()).or_default();
        if !names.iter().any(|(known, _, _)| known == name) {
            names.push((name.to_string(), sort, state));
            names.sort_by_key(|(name, _, _)| std::cmp::Reverse(name.len()));
        }
    }

    /// "Suva, the Fijian capital", "the capital of Fiji, Suva", "Fiji's capital, Suva": the city is the
    /// government where it speaks or acts.
    fn read_capitals(&mut self, doc: &Document, knowledge: &Knowledge) {
        let evidence = &knowledge.lexicon.evidence;
        for idx in 0..doc.len() {
            if !evidence.has("seats", doc.token(idx).text()) {
                continue;
            }
            let Some((phrase, key, name)) = self.capital_phrase(doc, knowledge, idx) else { continue };
            let text = |idx: usize| if idx < doc.len() { doc.token(idx).text() } else { "" };
            let before = phrase.start.checked_sub(2).filter(|_| text(phrase.start - 1) == ",");
            let before = before.map(|last| name_ending_at(doc, knowledge, last));
            let gap = usize::from(matches!(text(phrase.end), "," | "of"));
            let after = name_starting_at(doc, phrase.end + gap);
            let is_city = |range: &TokenRange| {
                !range.is_empty()
                    && knowledge.gazetteer.name_at(doc, range.start).is_none()
                    && self.name_at(doc, range.start).is_none()
            };
            let city = before.filter(is_city).or_else(|| Some(after).filter(is_city));
            if let Some(city) = city.map(|range| written(doc, range)) {
                let state = self.state(key, &name);
                self.add_name(&city, NameSort::City, state);
            }
        }
    }

    /// The words that make "capital" that of a state, with the state's key and name.
    fn capital_phrase(
        &self,
        doc: &Document,
        knowledge: &Knowledge,
        capital: usize,
    ) -> Option<(TokenRange, String, String)> {
        let text = |idx: usize| if idx < doc.len() { doc.token(idx).text() } else { "" };
        let known_at = |idx: usize| {
            let known = knowledge.gazetteer.name_at(doc, idx).or_else(|| self.name_at(doc, idx));
            known.filter(|(_, known)| known.kind == ActorKind::State && known.sort != NameSort::City)
        };
        let found = |start: usize, end: usize, known: Known<'_>| {
            Some((TokenRange::new(start, end), known.key.to_string(), known.name.to_string()))
        };
        if text(capital + 1) == "of" {
            let start = capital + 2 + usize::from(text(capital + 2) == "the");
            let (range, known) = (start < doc.len()).then(|| known_at(start)).flatten()?;
            let start = capital - usize::from(capital > 0 && text(capital - 1) == "the");
            return found(start, range.end, known);
        }
        let is_possessive = capital > 1 && doc.token(capital - 1).tag() == "POS";
        let end = capital - usize::from(is_possessive);
        let (range, known) = (end.saturating_sub(MAX_NAME_TOKENS)..end)
            .find_map(|idx| known_at(idx).filter(|(range, _)| range.end == end))?;
        let has_article = range.start > 0 && text(range.start - 1).eq_ignore_ascii_case("the");
        // "the former Fijian capital" is none, and "in Fijian capital circles" neither.
        let is_free = has_article || is_possessive || range.start == 0 || text(range.start - 1) == ",";
        if is_free { found(range.start - usize::from(has_article), capital + 1, known) } else { None }
    }
}

/// The capitalised words of an article that no table has.
fn words(doc: &Document, knowledge: &Knowledge) -> BTreeMap<String, Word> {
    let lexicon = &knowledge.lexicon;
    let mut words: BTreeMap<String, Word> = BTreeMap::new();
    let mut small: HashSet<&str> = HashSet::new();
    for token in doc.tokens() {
        if !may_be_name(token) {
            small.insert(token.text());
            continue;
        }
        let lower = token.text().to_lowercase();
        if knowledge.gazetteer.name_at(doc, token.idx()).is_some() || lexicon.evidence.has("no-states", &lower) {
            continue;
        }
        let word = words.entry(level(token.text())).or_default();
        let label = token.entity_type();
        word.is_adjective |= token.pos() == "ADJ" || label == "NORP" || matches!(token.dep(), "amod" | "compound");
        if matches!(token.tag(), "JJ" | "NNP" | "NNPS" | "NN" | "VBN") {
            let belonging = belonging_after(doc, knowledge, token.idx() + 1);
            word.has_belonging |= belonging.is_some();
            let stands_free = token.previous().is_some_and(|the| the.text().eq_ignore_ascii_case("the"))
                && token.next().is_some_and(|next| next.text().starts_with(char::is_lowercase));
            let is_like_adjective = label == "NORP" || token.pos() == "ADJ" || stands_free;
            word.has_power |= belonging == Some(Belonging::Strong) && is_like_adjective;
        }
        let before = token.previous();
        word.is_place |= label == "GPE"
            || before.is_some_and(|before| lexicon.evidence.has("place-evidence", &before.text().to_lowercase()));
        word.is_excluded |= before.is_some_and(|before| is_title(before, knowledge));
    }
    for entity in doc.entities().filter(|entity| entity.label() == "PERSON") {
        let names: Vec<Token<'_>> =
            (entity.start()..entity.end()).map(|idx| doc.token(idx)).filter(|token| may_be_name(*token)).collect();
        let (Some(first), Some(last)) = (names.first(), names.last().filter(|_| names.len() > 1)) else { continue };
        let first = first.text().to_lowercase();
        if let Some(word) = words.get_mut(&level(last.text())) {
            word.may_be_person = true;
            word.is_excluded |= lexicon.people.has("male-names", &first) || lexicon.people.has("female-names", &first);
        }
    }
    for (text, word) in &mut words {
        word.is_excluded |= small.contains(text.to_lowercase().as_str());
    }
    words
}

/// Whether the word stands before a name as somebody's title: "President", "Mr.".
fn is_title(token: Token<'_>, knowledge: &Knowledge) -> bool {
    let people = &knowledge.lexicon.people;
    let lower = token.text().to_lowercase();
    let lists = ["person-nouns", "male-titles", "female-titles"];
    token.text().starts_with(char::is_uppercase) && lists.iter().any(|list| people.has(list, &lower))
}

/// How much the possessives and the phrases with "of" show of each name.
fn possessors(doc: &Document, knowledge: &Knowledge, words: &BTreeMap<String, Word>) -> BTreeMap<String, u32> {
    let lexicon = &knowledge.lexicon;
    let mut scores: BTreeMap<String, u32> = BTreeMap::new();
    let mut count = |range: TokenRange, score: u32| {
        let name = written(doc, range);
        let last = words.get(&level(doc.token(range.end - 1).text()));
        let is_known = (range.start..range.end).any(|idx| knowledge.gazetteer.name_at(doc, idx).is_some());
        if !is_known && last.is_some_and(|word| !word.is_excluded && (!word.may_be_person || score >= ENOUGH)) {
            let seen = scores.entry(name).or_default();
            *seen = (*seen).max(score);
        }
    };
    for token in doc.tokens().filter(|token| may_be_name(*token)) {
        let idx = token.idx();
        let next = token.next();
        if next.is_some_and(|next| next.tag() == "POS") {
            let is_capital = idx + 2 < doc.len() && lexicon.evidence.has("seats", doc.token(idx + 2).text());
            let score = match belonging_after(doc, knowledge, idx + 2) {
                _ if is_capital => ENOUGH,
                Some(Belonging::Strong) => 2,
                Some(Belonging::Weak) => 1,
                None => continue,
            };
            count(name_ending_at(doc, knowledge, idx), score);
        } else if idx > 1 && doc.token(idx - 1).text() == "of" {
            let noun = doc.token(idx - 2).text().to_lowercase();
            let score = match noun.as_str() {
                noun if lexicon.evidence.has("seats", noun) => ENOUGH,
                noun if lexicon.evidence.has("powers", noun) => 2,
                noun if lexicon.evidence.has("belongings", noun) => 1,
                _ => continue,
            };
            count(name_starting_at(doc, idx), score);
        }
    }
    scores
}

/// What belongs to a state among the words from `start` on, up to the end of the noun phrase.
fn belonging_after(doc: &Document, knowledge: &Knowledge, start: usize) -> Option<Belonging> {
    let evidence = &knowledge.lexicon.evidence;
    let mut best = None;
    for idx in start..doc.len().min(start + MAX_BELONGING_TOKENS) {
        let token = doc.token(idx);
        if !matches!(token.pos(), "ADJ" | "NOUN" | "PROPN") {
            break;
        }
        let lower = token.text().to_lowercase();
        let belonging = if evidence.has("powers", &lower) {
            Some(Belonging::Strong)
        } else {
            evidence.has("belongings", &lower).then_some(Belonging::Weak)
        };
        best = best.max(belonging);
    }
    best
}

/// Whether a word is written like a name: a capital letter, letters only.
fn may_be_name(token: Token<'_>) -> bool {
    let text = token.text();
    text.starts_with(char::is_uppercase)
        && text.chars().count() >= 3
        && text.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
        && matches!(token.pos(), "PROPN" | "ADJ" | "NOUN" | "VERB" | "X")
}

/// A word in capitals as one would write it otherwise; acronyms stay.
fn level(text: &str) -> String {
    let is_shouted = text.chars().count() > 4 && text.chars().all(char::is_uppercase);
    if !is_shouted {
        return text.to_string();
    }
    let mut letters = text.chars();
    letters.next().into_iter().chain(letters.flat_map(char::to_lowercase)).collect()
}

/// The name whose last word is the token, without a title before it; empty where there is none.
fn name_ending_at(doc: &Document, knowledge: &Knowledge, last: usize) -> TokenRange {
    let is_name = |idx: usize| {
        may_be_name(doc.token(idx)) && doc.token(idx).pos() == "PROPN" && !is_title(doc.token(idx), knowledge)
    };
    let mut range = TokenRange::new(last + 1, last + 1);
    while range.start > 0 && range.len() < MAX_NAME_TOKENS && is_name(range.start - 1) {
        range.start -= 1;
    }
    range
}

/// The name that begins at the token; empty where there is none.
fn name_starting_at(doc: &Document, first: usize) -> TokenRange {
    let mut range = TokenRange::new(first, first);
    while range.end < doc.len()
        && range.len() < MAX_NAME_TOKENS
        && may_be_name(doc.token(range.end))
        && doc.token(range.end).pos() == "PROPN"
    {
        range.end += 1;
    }
    range
}

/// A name as text, with single spaces; a single word without its capitals.
fn written(doc: &Document, range: TokenRange) -> String {
    let words: Vec<&str> = (range.start..range.end).map(|idx| doc.token(idx).text()).collect();
    match words[..] {
        [word] => level(word),
        _ => words.join(" "),
    }
}
