//! People by name, and what the recogniser takes for people although the text shows that they are bodies.

use super::{Finder, Found, Referent};
use crate::actors::short_forms;
use crate::analysis::TokenRange;
use crate::titles;
use rapporteur_model::{ActorKind, MentionForm};
use rapporteur_text::Token;

impl Finder<'_, '_> {
    pub(super) fn persons(&mut self) {
        for entity in self.analysis.doc.entities().filter(|entity| entity.label() == "PERSON") {
            let range = self.without_edges(TokenRange::new(entity.start(), entity.end()));
            let Some(name) = range.and_then(|range| self.without_titles(range)) else { continue };
            let name = self.with_rest(name);
            let known = self.analysis.known_at(name.start);
            let is_known = known.is_some_and(|(covered, _)| covered.end >= name.end);
            if is_known || self.modifies_noun(name) || !self.looks_like_name(name) {
                continue;
            }
            match (self.is_body(name), self.has_article(name)) {
                (true, _) => self.keep_body(name),
                // "the Amber" is a river or a ship.
                (false, true) if name.len() == 1 => {}
                _ => self.keep_person(name),
            }
        }
    }

    /// People whom the recogniser takes for places or bodies, where a noun beside the name tells: "Valeska
    /// Brenholt, a teacher", "the teacher, Valeska Brenholt".
    pub(super) fn explained_people(&mut self) {
        for token in self.analysis.doc.tokens().filter(|token| token.dep() == "appos") {
            let above = token.head();
            let is_person =
                |noun: Token<'_>| noun.pos() == "NOUN" && self.has("person-nouns", self.analysis.lemma(noun.idx()));
            let last = match (is_person(token), is_person(above)) {
                (true, false) if above.idx() < token.idx() => above.idx(),
                (false, true) if above.idx() < token.idx() => token.idx(),
                _ => continue,
            };
            if let Some(name) = self.misread_name(last) {
                self.keep_person(name);
            }
        }
    }

    /// The name of two or three words that ends at a token, if it may be a person's.
    fn misread_name(&self, last: usize) -> Option<TokenRange> {
        let is_named = |idx: &usize| self.analysis.token(*idx).pos() == "PROPN" && !self.is_taken[*idx];
        let start = (last.saturating_sub(2)..last + 1).rev().take_while(is_named).last()?;
        let name = TokenRange::new(start, last + 1);
        let is_known =
            (start..=last).any(|idx| self.analysis.known_at(idx).is_some_and(|(range, _)| range.start == start));
        let is_name = name.len() > 1 && !is_known && self.is_all_names(name) && !self.is_body(name);
        is_name.then_some(name)
    }

    /// "Michael O' Hare", where the recogniser stops before the apostrophe or behind it.
    fn with_rest(&self, name: TokenRange) -> TokenRange {
        let mark = name.end;
        let is_cut = name.len() > 1
            && mark + 1 < self.analysis.doc.len()
            && self.analysis.token(name.end - 1).text() == "O"
            && matches!(self.analysis.token(mark).text(), "'" | "’")
            && self.analysis.token(mark + 1).text().starts_with(char::is_uppercase);
        if is_cut { TokenRange::new(name.start, mark + 2) } else { name }
    }

    /// Whether a name that looks like a person's is a body's: it has an article, ends in a word for bodies,
    /// stands beside a noun for bodies ("the Northern League, an alliance of") or before an acronym in brackets.
    pub(super) fn is_body(&self, name: TokenRange) -> bool {
        if name.len() > 1 && short_forms::bracket_at(self.analysis, name.end).is_some() {
            return true;
        }
        let last = self.analysis.lower(name.end - 1);
        let ends_like_body = name.len() > 1 && (self.has("organisation-nouns", last) || self.has("body-names", last));
        let (has_article, is_explained) = (self.has_article(name), self.is_explained_as_body(name));
        if ends_like_body && (has_article || is_explained) {
            return true;
        }
        let first = self.analysis.lower(name.start);
        let is_given_name = self.has("male-names", first) || self.has("female-names", first);
        let has_title = name.start > 0 && self.is_title_word(name.start - 1);
        !is_given_name && !has_title && (ends_like_body || is_explained || has_article && name.len() > 1)
    }

    fn is_title_word(&self, idx: usize) -> bool {
        self.has("titles", self.analysis.lower(idx))
    }

    /// Whether "the" stands before a name that is not in the plural.
    fn has_article(&self, name: TokenRange) -> bool {
        let is_plural = self.analysis.token(name.end - 1).tag() == "NNPS";
        name.start > 0 && self.analysis.lower(name.start - 1) == "the" && !is_plural
    }

    /// "its shipping company, Amber Line", "Amber Line, the shipping company".
    pub(super) fn is_explained_as_body(&self, name: TokenRange) -> bool {
        let last = self.analysis.token(name.end - 1);
        let head = if name.contains(last.head().idx()) { last.head() } else { last };
        let is_body_noun =
            |noun: Token<'_>| noun.pos() == "NOUN" && self.has("organisation-nouns", self.analysis.lemma(noun.idx()));
        head.dep() == "appos" && head.head().idx() < name.start && is_body_noun(head.head())
            || head.children().any(|child| child.dep() == "appos" && child.idx() >= name.end && is_body_noun(child))
    }

    fn keep_body(&mut self, name: TokenRange) {
        let start = name.start - usize::from(self.has_article(name));
        let referent = Referent::Body(ActorKind::Organisation);
        self.keep(Found { range: TokenRange::new(start, name.end), head: name, form: MentionForm::Name, referent });
    }

    pub(super) fn keep_person(&mut self, name: TokenRange) {
        if name.len() > 1 {
            self.last_names.insert(self.analysis.token(name.end - 1).text());
        }
        let range = titles::with_title(self.analysis, name);
        self.keep(Found { range, head: name, form: MentionForm::Name, referent: Referent::Person });
    }

    fn looks_like_name(&self, name: TokenRange) -> bool {
        let first = self.analysis.token(name.start).text();
        let is_title = name.len() == 1 && self.has("titles", self.analysis.lower(name.start));
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
            && (self.has("named-body-nouns", lemma)
                || self.has("person-nouns", lemma)
                || self.has("organisation-nouns", lemma))
    }
}
