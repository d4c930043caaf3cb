//! Names of states and bodies: those of the tables, and those that the recogniser of names found.

use super::{Finder, Found, Referent};
use crate::analysis::TokenRange;
use crate::gazetteer::{Known, NameSort};
use crate::titles;
use rapporteur_model::{ActorKind, MentionForm};

impl<'a> Finder<'_, 'a> {
    /// Names of the tables that are longer than a word: they may end in a common noun.
    pub(super) fn long_names(&mut self) {
        let mut idx = 0;
        while idx < self.analysis.doc.len() {
            let known = self.analysis.known_at(idx).filter(|(range, _)| range.len() > 1);
            match known {
                Some((range, known)) if known.kind == ActorKind::Organisation && self.speaks(range, known) => {
                    self.keep(self.known(range, known));
                    idx = range.end;
                }
                _ => idx += 1,
            }
        }
    }

    /// Names of the tables and names that the recogniser found.
    pub(super) fn names(&mut self) {
        let mut entities = self.analysis.doc.entities().peekable();
        let mut idx = 0;
        while idx < self.analysis.doc.len() {
            while entities.next_if(|entity| entity.end() <= idx).is_some() {}
            let entity = entities.peek().filter(|entity| entity.start() == idx || entity.start() + 1 == idx);
            let entity = entity.map(|entity| (TokenRange::new(entity.start(), entity.end()), entity.label()));
            if self.is_taken[idx] {
                idx += 1;
                continue;
            }
            let token = self.analysis.token(idx);
            let is_name = token.pos() == "PROPN" || matches!(token.entity_type(), "PERSON" | "ORG" | "GPE");
            if self.is_last_name(idx) && is_name {
                self.keep_person(TokenRange::new(idx, idx + 1));
                idx += 1;
                continue;
            }
            let known = self.analysis.known_at(idx);
            let body =
                entity.and_then(|(range, label)| self.body(range, label)).filter(|mention| mention.head.start == idx);
            let known_len = known.map_or(0, |(range, _)| range.len());
            let mention = match (known, body) {
                (known, Some(body)) if known.is_none() || body.head.len() > known_len => Some(body),
                (Some((range, known)), _) if self.speaks(range, known) => Some(self.known(range, known)),
                _ => None,
            };
            let end = mention.as_ref().map_or(idx + known_len.max(1), |mention| mention.head.end);
            if let Some(mention) = mention {
                self.keep(mention);
            }
            idx = end.max(idx + 1);
        }
    }

    pub(super) fn known(&self, range: TokenRange, known: Known<'a>) -> Found<'a> {
        let is_adjective =
            known.sort == NameSort::Adjective && !matches!(self.analysis.token(range.end - 1).tag(), "NNS" | "NNPS");
        let form = if is_adjective { MentionForm::Adjective } else { MentionForm::Name };
        let with_article =
            range.start > 0 && !self.is_taken[range.start - 1] && self.analysis.lower(range.start - 1) == "the";
        let starts = self.analysis.token(range.start).dep();
        let start = range.start - usize::from(with_article && !is_adjective && starts != "amod");
        let governs_noun = matches!(self.analysis.token(range.end - 1).dep(), "compound" | "nmod" | "amod");
        let start = if governs_noun { range.start } else { start };
        Found { range: TokenRange::new(start, range.end), head: range, form, referent: Referent::Known(known) }
    }

    /// Whether a city stands for its government here.
    pub(super) fn speaks(&self, range: TokenRange, known: Known<'_>) -> bool {
        if known.sort != NameSort::City {
            return true;
        }
        let token = self.analysis.token(range.end - 1);
        if matches!(token.entity_type(), "PERSON" | "ORG" | "FAC") && range.len() == 1 && token.dep() == "compound" {
            return false;
        }
        let first = self.analysis.token(range.start);
        let is_part_of_name = first.previous().is_some_and(|before| {
            before.pos() == "PROPN" && before.dep() == "compound" && range.contains(before.head().idx())
        });
        if is_part_of_name {
            return false;
        }
        self.acts(range.end - 1)
    }

    /// Whether a name that may be a place's stands where somebody acts or is spoken of: not after "in", not
    /// before a noun, not as the object of "reach".
    fn acts(&self, last: usize) -> bool {
        let token = self.analysis.token(last);
        match token.dep() {
            "compound" | "nmod" | "npadvmod" | "appos" | "amod" => false,
            "pobj" => !self.has("place-prepositions", self.analysis.lower(token.head().idx())),
            "dobj" => !self.has("place-verbs", self.analysis.lemma(token.head().idx())),
            "conj" => {
                let mut first = token;
                for _ in 0..4 {
                    first = if first.dep() == "conj" { first.head() } else { first };
                }
                first.dep() != "pobj" || !self.has("place-prepositions", self.analysis.lower(first.head().idx()))
            }
            _ => true,
        }
    }

    /// A body or people that the recogniser found.
    pub(super) fn body(&self, range: TokenRange, label: &str) -> Option<Found<'a>> {
        if matches!(label, "ORG" | "GPE") && range.len() <= 4 {
            let head = self.without_edges(range).and_then(|head| self.without_titles(head));
            let is_person = |head: &TokenRange| {
                let first = self.analysis.lower(head.start);
                let is_given_name = self.has("male-names", first) || self.has("female-names", first);
                head.len() > 1 && is_given_name && self.is_all_names(*head) && !self.is_body(*head)
            };
            if let Some(head) = head.filter(is_person) {
                let range = titles::with_title(self.analysis, head);
                return Some(Found { range, head, form: MentionForm::Name, referent: Referent::Person });
            }
        }
        let kind = match label {
            "ORG" => ActorKind::Organisation,
            "NORP" => ActorKind::Group,
            _ => return None,
        };
        let head = self.without_edges(range).map(|head| self.without_tail(head))?;
        // "in the U.S. Vale said": a place and somebody's name that the recogniser runs together.
        let place = self.analysis.known_at(head.start).map(|(place, _)| place.end);
        if head.len() > 1 && place == Some(head.end - 1) && self.is_last_name(head.end - 1) {
            return None;
        }
        // A place that the recogniser took for a body.
        let is_acronym = || self.analysis.token(head.start).text().chars().all(|c| !c.is_lowercase());
        let is_body =
            || is_acronym() || self.acts(head.start) || self.is_explained_as_body(head) || self.signs_paper(head);
        if label == "ORG" && head.len() == 1 && !is_body() {
            return None;
        }
        let first = self.analysis.token(head.start).text();
        if !first.starts_with(char::is_alphanumeric) || head.len() > 12 || first.starts_with(char::is_lowercase) {
            return None;
        }
        let with_article =
            head.start > 0 && !self.is_taken[head.start - 1] && self.analysis.lower(head.start - 1) == "the";
        let start = head.start - usize::from(with_article);
        let is_adjective = label == "NORP" && self.analysis.token(head.end - 1).pos() == "ADJ";
        let form = if is_adjective { MentionForm::Adjective } else { MentionForm::Name };
        Some(Found { range: TokenRange::new(start, head.end), head, form, referent: Referent::Body(kind) })
    }

    /// Without a noun phrase of its own that the recogniser took into the name: "Vale the harbour".
    fn without_tail(&self, name: TokenRange) -> TokenRange {
        let is_break = |idx: &usize| {
            let before = self.analysis.token(idx - 1);
            self.analysis.lower(*idx) == "the" && before.pos() != "ADP" && before.text().starts_with(char::is_uppercase)
        };
        let end = (name.start + 1..name.end).find(is_break).unwrap_or(name.end);
        TokenRange::new(name.start, end)
    }

    /// "the Amber website": whose paper a noun names.
    fn signs_paper(&self, name: TokenRange) -> bool {
        let last = self.analysis.token(name.end - 1);
        let paper = last.head();
        matches!(last.dep(), "compound" | "nmod" | "amod")
            && paper.idx() >= name.end
            && self.has("papers", self.analysis.lemma(paper.idx()))
    }

    /// Whether a stretch is proper nouns only, none of them a noun for bodies.
    pub(super) fn is_all_names(&self, range: TokenRange) -> bool {
        (range.start..range.end).all(|idx| {
            self.analysis.token(idx).pos() == "PROPN" && !self.has("organisation-nouns", self.analysis.lower(idx))
        })
    }
}
