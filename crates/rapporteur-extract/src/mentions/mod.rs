//! Which expressions speak of people, states, organisations and groups? Finds names with the titles
//! before them, adjectives of states, noun phrases for people and bodies, and pronouns. Who they
//! refer to is told later.

mod known;

use crate::analysis::{Analysis, TokenRange};
use crate::gazetteer::{Gazetteer, Known, NameSort};
use crate::sources::Source;
use crate::statements::Draft;
use crate::titles;
use rapporteur_model::{ActorKind, MentionForm};
use rapporteur_text::Token;
use std::collections::HashSet;

/// An expression that refers to an actor.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// The whole expression, with a title before the name.
    pub(crate) range: TokenRange,
    /// The name, the head noun, or the pronoun.
    pub(crate) head: TokenRange,
    pub(crate) form: MentionForm,
    pub(crate) referent: Referent,
}

/// What an expression tells by itself about its referent.
#[derive(Debug, Clone)]
pub(crate) enum Referent {
    /// A state or organisation of the tables.
    Known(Known),
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

/// Longer noun phrases are cut to the words right before their head.
const MAX_NOMINAL_TOKENS: usize = 10;

/// All mentions in text order, without overlaps. Sources of statements are mentions whatever they are.
pub(crate) fn find(analysis: &Analysis<'_>, drafts: &[Draft]) -> Vec<Found> {
    let is_taken = vec![false; analysis.doc.len()];
    let mut finder = Finder { analysis, is_taken, found: Vec::new(), last_names: HashSet::new() };
    finder.persons();
    finder.long_names();
    finder.nominals();
    finder.names();
    for source in drafts.iter().filter_map(|draft| draft.source) {
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
    found: Vec<Found>,
    /// Last words of the full names of people.
    last_names: HashSet<&'a str>,
}

impl<'a> Finder<'_, 'a> {
    /// Keeps a mention, without the tokens at its left that others have; nothing where its head is taken.
    fn keep(&mut self, mention: Found) {
        let mut range = mention.range;
        if self.is_taken[mention.head.start..mention.head.end].contains(&true) || mention.head.is_empty() {
            return;
        }
        if let Some(last_taken) = (range.start..mention.head.start).rev().find(|&idx| self.is_taken[idx]) {
            range.start = last_taken + 1;
        }
        while range.start < mention.head.start && self.analysis.is_mark(range.start) {
            range.start += 1;
        }
        range.end = (mention.head.end..range.end).find(|&idx| self.is_taken[idx]).unwrap_or(range.end);
        self.is_taken[range.start..range.end].fill(true);
        self.found.push(Found { range, ..mention });
    }

    fn has(&self, list: &str, word: &str) -> bool {
        self.analysis.lexicon.people.has(list, word)
    }

    fn persons(&mut self) {
        for entity in self.analysis.doc.entities().filter(|entity| entity.label() == "PERSON") {
            let range = self.without_edges(TokenRange::new(entity.start(), entity.end()));
            let Some(name) = range.and_then(|range| self.without_titles(range)) else { continue };
            let known = Gazetteer::get().name_at(self.analysis, name.start);
            let is_known = known.is_some_and(|(covered, _)| covered.end >= name.end);
            if is_known || self.modifies_noun(name) || !self.looks_like_name(name) {
                continue;
            }
            self.keep_person(name);
        }
    }

    fn keep_person(&mut self, name: TokenRange) {
        if name.len() > 1 {
            self.last_names.insert(self.analysis.token(name.end - 1).text());
        }
        let range = titles::with_title(self.analysis, name);
        self.keep(Found { range, head: name, form: MentionForm::Name, referent: Referent::Person });
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
        while range.len() > 1 && self.has("titles", &self.analysis.lower(range.start)) {
            range.start += 1;
        }
        let is_no_name = |idx: usize| {
            let text = self.analysis.token(idx).text();
            text.starts_with(char::is_lowercase) && !self.has("name-particles", text) && !text.starts_with("al")
        };
        range.end = (range.start + 1..range.end).find(|&idx| is_no_name(idx)).unwrap_or(range.end);
        (!range.is_empty()).then_some(range)
    }

    fn looks_like_name(&self, name: TokenRange) -> bool {
        let first = self.analysis.token(name.start).text();
        let is_title = name.len() == 1 && self.has("titles", &self.analysis.lower(name.start));
        first.starts_with(char::is_uppercase) && !is_title && name.len() <= 7
    }

    /// Whether a name is part of a noun phrase about others: "the Vale government", "Vale supporters".
    fn modifies_noun(&self, name: TokenRange) -> bool {
        let last = self.analysis.token(name.end - 1);
        let head = last.head();
        let lemma = self.analysis.lemma(head.idx());
        matches!(last.dep(), "compound" | "nmod" | "amod")
            && head.idx() >= name.end
            && head.idx() <= name.end + 2
            && head.pos() == "NOUN"
            && (self.has("named-body-nouns", &lemma)
                || self.has("person-nouns", &lemma)
                || self.has("organisation-nouns", &lemma))
    }

    fn nominals(&mut self) {
        for token in self.analysis.doc.tokens() {
            if self.is_taken[token.idx()] || self.analysis.is_masked(token.idx()) || !self.may_head_nominal(token) {
                continue;
            }
            if let Some(mention) = self.nominal(token) {
                self.keep(mention);
            }
        }
    }

    fn may_head_nominal(&self, token: Token<'_>) -> bool {
        let is_noun = token.pos() == "NOUN" || (token.pos() == "PROPN" && token.entity_type().is_empty());
        is_noun && !matches!(token.dep(), "compound" | "nmod" | "amod" | "npadvmod" | "attr")
    }

    /// The noun phrase of a noun for people or bodies.
    fn nominal(&self, token: Token<'_>) -> Option<Found> {
        let kind = self.kind_of_noun(token)?;
        let is_plural = matches!(token.tag(), "NNS" | "NNPS") || kind == ActorKind::Group;
        let head = TokenRange::new(token.idx(), token.idx() + 1);
        let range = TokenRange::new(self.nominal_start(token), head.end);
        let lemma = self.analysis.lemma(token.idx());
        let modifiers = range.start..head.start;
        let known = modifiers.clone().find_map(|idx| Gazetteer::get().name_at(self.analysis, idx));
        if let Some((covered, known)) = known.filter(|(_, known)| known.kind == ActorKind::State)
            && self.has("state-body-nouns", &lemma)
            && modifiers
                .clone()
                .all(|idx| covered.contains(idx) || matches!(self.analysis.token(idx).tag(), "DT" | "POS"))
        {
            return Some(Found { range, head, form: MentionForm::Name, referent: Referent::Known(known) });
        }
        let is_named_body = self.has("named-body-nouns", &lemma)
            && modifiers.clone().any(|idx| self.analysis.token(idx).entity_type() == "PERSON");
        if is_named_body {
            let referent = Referent::Body(ActorKind::Organisation);
            return Some(Found { range, head, form: MentionForm::Name, referent });
        }
        let names_body = matches!(kind, ActorKind::Organisation) && token.pos() == "PROPN";
        if names_body && modifiers.clone().any(|idx| self.analysis.token(idx).pos() == "PROPN") {
            let referent = Referent::Body(ActorKind::Organisation);
            let head =
                TokenRange::new(range.start + usize::from(self.analysis.token(range.start).tag() == "DT"), head.end);
            return Some(Found { range, head, form: MentionForm::Name, referent });
        }
        let is_bare = modifiers.is_empty() && !is_plural;
        if is_bare && token.dep() != "appos" {
            return None;
        }
        Some(Found { range, head, form: MentionForm::Nominal, referent: Referent::Nominal { kind, is_plural } })
    }

    fn kind_of_noun(&self, token: Token<'_>) -> Option<ActorKind> {
        let lemma = self.analysis.lemma(token.idx());
        let lower = self.analysis.lower(token.idx());
        let is_plural = matches!(token.tag(), "NNS" | "NNPS");
        let of_list = |list| self.has(list, &lemma) || self.has(list, &lower);
        if of_list("person-nouns") {
            return Some(if is_plural { ActorKind::Group } else { ActorKind::Person });
        }
        if of_list("group-nouns") {
            return Some(ActorKind::Group);
        }
        if of_list("organisation-nouns") {
            return Some(if is_plural { ActorKind::Group } else { ActorKind::Organisation });
        }
        of_list("state-nouns").then_some(if is_plural { ActorKind::Group } else { ActorKind::State })
    }

    /// Where the words before the head noun begin that belong to it without a break.
    fn nominal_start(&self, token: Token<'_>) -> usize {
        let below = self.analysis.below(token.idx());
        let mut start = token.idx();
        let lowest = below.start.max(token.idx().saturating_sub(MAX_NOMINAL_TOKENS));
        while start > lowest {
            let before = self.analysis.token(start - 1);
            let is_part =
                matches!(before.pos(), "DET" | "ADJ" | "NOUN" | "PROPN" | "NUM" | "PART" | "PRON" | "ADV" | "CCONJ")
                    || before.text() == "-"
                    || matches!(before.tag(), "VBN" | "VBG" | "HYPH" | "POS");
            if !is_part || before.is_space() {
                break;
            }
            start -= 1;
        }
        while start < token.idx() && matches!(self.analysis.token(start).tag(), "CC" | "POS" | "HYPH") {
            start += 1;
        }
        start
    }

    /// Makes sure that a source of a statement is a mention.
    fn source(&mut self, source: Source) {
        if self.is_taken[source.head] {
            return;
        }
        let token = self.analysis.token(source.head);
        let head = TokenRange::new(source.head, source.head + 1);
        let is_personal = token.pos() == "PRON" && matches!(token.tag(), "PRP" | "PRP$");
        let lower = self.analysis.lower(source.head);
        let mention = if is_personal && !self.has("group-nouns", &lower) {
            Found { range: head, head, form: MentionForm::Pronoun, referent: Referent::Pronoun }
        } else if token.pos() == "PROPN"
            || (token.text().starts_with(char::is_uppercase) && self.is_last_name(source.head))
        {
            let name = self.name_around(source.head, source.range);
            let referent = self.referent_of_name(name);
            if matches!(referent, Referent::Person) {
                self.keep_person(name);
                return;
            }
            let range = name;
            Found { range, head: name, form: MentionForm::Name, referent }
        } else {
            let kind = self.kind_of_noun(token).unwrap_or(match token.tag() {
                "NNS" | "NNPS" | "JJ" | "DT" | "CD" | "JJR" => ActorKind::Group,
                _ => ActorKind::Organisation,
            });
            let is_plural = matches!(token.tag(), "NNS" | "NNPS") || kind == ActorKind::Group;
            let start = self.nominal_start(token).max(source.range.start.min(source.head));
            let referent = Referent::Nominal { kind, is_plural };
            Found { range: TokenRange::new(start, head.end), head, form: MentionForm::Nominal, referent }
        };
        self.keep(mention);
    }

    /// The proper nouns around a head inside its noun phrase.
    fn name_around(&self, head: usize, range: TokenRange) -> TokenRange {
        let is_name = |idx: usize| self.analysis.token(idx).pos() == "PROPN" && !self.is_taken[idx];
        let mut name = TokenRange::new(head, head + 1);
        while name.start > range.start
            && is_name(name.start - 1)
            && !self.has("titles", &self.analysis.lower(name.start - 1))
        {
            name.start -= 1;
        }
        while name.end < range.end && is_name(name.end) {
            name.end += 1;
        }
        name
    }

    /// What a name is that neither the tables nor the recogniser know.
    fn referent_of_name(&self, name: TokenRange) -> Referent {
        if let Some((_, known)) =
            Gazetteer::get().name_at(self.analysis, name.start).filter(|(range, _)| range.end >= name.end)
        {
            return Referent::Known(known);
        }
        let last = self.analysis.lower(name.end - 1);
        let is_acronym = self.analysis.token(name.end - 1).text().chars().all(|c| c.is_uppercase() || c == '.');
        let is_place = self.analysis.token(name.end - 1).entity_type() == "GPE";
        let is_body = self.has("organisation-nouns", &last) || is_acronym || is_place;
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
            let is_they = token.tag() == "PRP" && matches!(self.analysis.lower(token.idx()).as_str(), "they" | "them");
            if (is_person || is_they) && !self.is_taken[token.idx()] {
                let head = TokenRange::new(token.idx(), token.idx() + 1);
                self.keep(Found { range: head, head, form: MentionForm::Pronoun, referent: Referent::Pronoun });
            }
        }
    }
}
