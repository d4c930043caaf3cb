//! Which expressions speak of people, states, organisations and groups? Finds names with the titles
//! before them, adjectives of states, noun phrases for people and bodies, and pronouns. Who they
//! refer to is told later.

mod known;
mod nominals;
mod persons;

use crate::analysis::{Analysis, TokenRange};
use crate::gazetteer::{Known, NameSort};
use crate::sources::Source;
use crate::statements::Draft;
use hashbrown::HashSet;
use rapporteur_model::{ActorKind, MentionForm};
use rapporteur_text::Token;

/// An expression that refers to an actor.
#[derive(Debug, Clone)]
pub(crate) struct Found<'a> {
    /// The whole expression, with a title before the name.
    pub(crate) range: TokenRange,
    /// The name, the head noun, or the pronoun.
    pub(crate) head: TokenRange,
    pub(crate) form: MentionForm,
    pub(crate) referent: Referent<'a>,
}

/// What an expression tells by itself about its referent.
#[derive(Debug, Clone)]
pub(crate) enum Referent<'a> {
    /// A state or organisation of the tables.
    Known(Known<'a>),
    /// A person by name.
    Person,
    /// A body or a people by a name that no table has.
    Body(ActorKind),
    /// A common noun.
    Nominal {
        kind: ActorKind,
        is_plural: bool,
    },
    Pronoun,
}

/// All mentions in text order, without overlaps. Sources of statements are mentions whatever they are.
pub(crate) fn find<'a>(analysis: &Analysis<'a>, drafts: &[Draft]) -> Vec<Found<'a>> {
    let is_taken = vec![false; analysis.doc.len()];
    let mut finder = Finder { analysis, is_taken, found: Vec::new(), last_names: HashSet::new() };
    finder.persons();
    finder.explained_people();
    finder.long_names();
    finder.nominals();
    finder.names();
    for source in drafts.iter().filter_map(|draft| draft.source) {
        finder.name_at_end(source);
        finder.source(source);
    }
    finder.pronouns();
    finder.people_called_like_places();
    let mut found = finder.found;
    found.sort_by_key(|mention| mention.range);
    found
}

struct Finder<'f, 'a> {
    analysis: &'f Analysis<'a>,
    is_taken: Vec<bool>,
    found: Vec<Found<'a>>,
    /// Last words of the full names of people.
    last_names: HashSet<&'a str>,
}

impl<'a> Finder<'_, 'a> {
    /// Keeps a mention, without the tokens at its left that others have; nothing where its head is taken.
    fn keep(&mut self, mention: Found<'a>) {
        let mut range = mention.range;
        if self.is_taken[mention.head.start..mention.head.end].contains(&true) || mention.head.is_empty() {
            return;
        }
        if let Some(last_taken) = (range.start..mention.head.start).rev().find(|&idx| self.is_taken[idx]) {
            range.start = last_taken + 1;
        }
        let is_loose = |idx: usize| self.analysis.is_mark(idx) || self.analysis.token(idx).tag() == "POS";
        while range.start < mention.head.start && is_loose(range.start) {
            range.start += 1;
        }
        range.end = (mention.head.end..range.end).find(|&idx| self.is_taken[idx]).unwrap_or(range.end);
        self.is_taken[range.start..range.end].fill(true);
        self.found.push(Found { range, ..mention });
    }

    fn has(&self, list: &str, word: &str) -> bool {
        self.analysis.lexicon.people.has(list, word)
    }

    /// Whether a word is the last name of somebody whom the article names in full.
    fn is_last_name(&self, token_idx: usize) -> bool {
        self.last_names.contains(self.analysis.token(token_idx).text())
    }

    /// Without possessive, marks and line breaks at the edges; up to the first line break.
    fn without_edges(&self, range: TokenRange) -> Option<TokenRange> {
        let is_edge = |idx: usize| {
            let token = self.analysis.token(idx);
            self.analysis.is_mark(idx) || matches!(token.tag(), "POS" | "DT") || token.is_space()
        };
        let mut range = range;
        while !range.is_empty() && is_edge(range.start) {
            range.start += 1;
        }
        let line_break = (range.start..range.end).find(|&idx| self.analysis.token(idx).text().contains('\n'));
        range.end = line_break.unwrap_or(range.end);
        while !range.is_empty() && is_edge(range.end - 1) {
            range.end -= 1;
        }
        (!range.is_empty()).then_some(range)
    }

    /// Without titles that the recogniser took into the name.
    fn without_titles(&self, range: TokenRange) -> Option<TokenRange> {
        let mut range = range;
        while range.len() > 1 && self.has("titles", self.analysis.lower(range.start)) {
            range.start += 1;
        }
        let is_no_name = |idx: usize| {
            let text = self.analysis.token(idx).text();
            text.starts_with(char::is_lowercase) && !self.has("name-particles", text) && !text.starts_with("al")
        };
        range.end = (range.start + 1..range.end).find(|&idx| is_no_name(idx)).unwrap_or(range.end);
        (!range.is_empty()).then_some(range)
    }

    /// Makes sure that a source of a statement is a mention.
    fn source(&mut self, source: Source) {
        if self.is_taken[source.head] {
            return;
        }
        let first = source.head;
        let last = Some(self.analysis.compound_end(first)).filter(|&last| !self.is_taken[last]).unwrap_or(first);
        let source = Source { head: last, ..source };
        let token = self.analysis.token(source.head);
        let head = TokenRange::new(source.head, source.head + 1);
        let is_person_noun = self.kind_of_noun(token) == Some(ActorKind::Person);
        let is_personal = token.pos() == "PRON" && matches!(token.tag(), "PRP" | "PRP$");
        let lower = self.analysis.lower(source.head);
        let mention = if is_personal && !self.has("group-nouns", lower) {
            Found { range: head, head, form: MentionForm::Pronoun, referent: Referent::Pronoun }
        } else if token.pos() == "PROPN" && token_is_capital(token) && !is_person_noun
            || (token.text().starts_with(char::is_uppercase) && self.is_last_name(source.head))
        {
            let name = self.name_around(source.head, source.range);
            if !(name.start..name.end).any(|idx| token_is_capital(self.analysis.token(idx))) {
                return;
            }
            // Of a damaged name of a body the article may be all that tells: "The Treasure Section".
            let has_article = self.analysis.lower(source.range.start) == "the" && source.range.start < name.start;
            let referent = match self.referent_of_name(name) {
                Referent::Person if has_article && name.len() == 1 && !self.is_last_name(name.start) => {
                    Referent::Body(ActorKind::Organisation)
                }
                referent => referent,
            };
            if matches!(referent, Referent::Person) {
                self.keep_person(name);
                return;
            }
            let range = name;
            Found { range, head: name, form: MentionForm::Name, referent }
        } else {
            let kind = self.kind_of_noun(token);
            let lemma = self.analysis.lemma(source.head);
            let is_thing = self.analysis.lexicon.words.has("means-of-speech", lemma);
            if kind.is_none() && (is_thing || !may_head_source(token)) {
                return;
            }
            let kind = kind.unwrap_or(match token.tag() {
                "NNS" | "NNPS" | "JJ" | "DT" | "CD" | "JJR" => ActorKind::Group,
                _ => ActorKind::Organisation,
            });
            let is_plural = matches!(token.tag(), "NNS" | "NNPS") || kind == ActorKind::Group;
            let start = self.nominal_start(self.analysis.token(first)).min(self.nominal_start(token));
            let start = start.max(source.range.start.min(source.head));
            let referent = Referent::Nominal { kind, is_plural };
            Found { range: TokenRange::new(start, head.end), head, form: MentionForm::Nominal, referent }
        };
        self.keep(mention);
    }

    /// "the director of the Amber Council Oren Vale", where the recogniser has missed the name that ends the
    /// noun phrase of a person.
    fn name_at_end(&mut self, source: Source) {
        let is_person = self.kind_of_noun(self.analysis.token(source.head)) == Some(ActorKind::Person);
        let is_free = |idx: &usize| {
            let token = self.analysis.token(*idx);
            token.pos() == "PROPN" && token.entity_type().is_empty() && !self.is_taken[*idx] && token_is_capital(token)
        };
        let start = (source.head + 1..source.range.end).rev().take_while(is_free).last();
        let Some(start) = start.filter(|&start| is_person && start + 1 < source.range.end) else { return };
        let name = TokenRange::new(start, source.range.end);
        if start > source.head + 1 && name.len() <= 3 && self.is_all_names(name) && !self.is_body(name) {
            self.keep_person(name);
        }
    }

    /// The words around a head that make a name: the proper nouns, and for a body any other word with a
    /// capital letter before them ("Foreign Ministry"). Inside its noun phrase.
    fn name_around(&self, head: usize, range: TokenRange) -> TokenRange {
        let is_name = |idx: usize| self.analysis.token(idx).pos() == "PROPN" && !self.is_taken[idx];
        let mut name = TokenRange::new(head, head + 1);
        let is_body = ["organisation-nouns", "body-names"].iter().any(|list| self.has(list, self.analysis.lower(head)));
        while name.start > range.start
            && is_name(name.start - 1)
            && (is_body || !self.has("titles", self.analysis.lower(name.start - 1)))
        {
            name.start -= 1;
        }
        while name.end < range.end && is_name(name.end) {
            name.end += 1;
        }
        let belongs = |idx: usize| {
            let token = self.analysis.token(idx);
            !self.is_taken[idx] && token.text().starts_with(char::is_uppercase) && matches!(token.pos(), "ADJ" | "NOUN")
        };
        while is_body
            && name.start > range.start
            && belongs(name.start - 1)
            && !self.analysis.token(name.start - 1).is_sentence_start()
        {
            name.start -= 1;
        }
        name
    }

    /// What a name is that neither the tables nor the recogniser know.
    fn referent_of_name(&self, name: TokenRange) -> Referent<'a> {
        if let Some((_, known)) = self.analysis.known_at(name.start).filter(|(range, _)| range.end >= name.end) {
            return Referent::Known(known);
        }
        let last = self.analysis.lower(name.end - 1);
        let is_acronym = self.analysis.token(name.end - 1).text().chars().all(|c| c.is_uppercase() || c == '.');
        let is_place = self.analysis.token(name.end - 1).entity_type() == "GPE";
        let is_body = self.has("organisation-nouns", last) || is_acronym || is_place || self.is_body(name);
        if is_body { Referent::Body(ActorKind::Organisation) } else { Referent::Person }
    }

    /// A place name that is the last name of somebody named in full names him.
    fn people_called_like_places(&mut self) {
        for mention in self.found.iter_mut().filter(|mention| mention.head.len() == 1) {
            let word = self.analysis.token(mention.head.start).text();
            let is_place = matches!(mention.referent, Referent::Known(known) if known.sort != NameSort::Adjective);
            if is_place && self.last_names.contains(word) {
                mention.referent = Referent::Person;
            }
        }
    }

    fn pronouns(&mut self) {
        for token in self.analysis.doc.tokens() {
            let is_person = token.morph_value("Gender").is_some_and(|gender| gender != "Neut")
                && matches!(token.tag(), "PRP" | "PRP$");
            let is_they = token.tag() == "PRP" && matches!(self.analysis.lower(token.idx()), "they" | "them");
            if (is_person || is_they) && !self.is_taken[token.idx()] {
                let head = TokenRange::new(token.idx(), token.idx() + 1);
                self.keep(Found { range: head, head, form: MentionForm::Pronoun, referent: Referent::Pronoun });
            }
        }
    }
}

/// Whether a word begins with a capital letter, or holds none but digits and capitals.
fn token_is_capital(token: Token<'_>) -> bool {
    !token.text().starts_with(char::is_lowercase)
}

/// Whether a word that no list has may head the noun phrase of a speaker: a noun, a number, a determiner
/// that stands alone ("some"). A bare adjective, verb or preposition is an accident of the text or of the
/// parse.
fn may_head_source(token: Token<'_>) -> bool {
    matches!(token.tag(), "NN" | "NNS" | "NNP" | "NNPS" | "CD" | "DT" | "PRP" | "EX" | "WP" | "FW")
}
