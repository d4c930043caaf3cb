//! Noun phrases for people and bodies: "one senior official", "the army", "the Norwegian side".

use super::{Finder, Found, Referent};
use crate::analysis::TokenRange;
use rapporteur_model::{ActorKind, MentionForm};
use rapporteur_text::Token;

/// Longer noun phrases are cut to the words right before their head.
const MAX_NOMINAL_TOKENS: usize = 10;

impl<'a> Finder<'_, 'a> {
    pub(super) fn nominals(&mut self) {
        for token in self.analysis.doc.tokens() {
            if self.is_taken[token.idx()] || self.analysis.is_masked(token.idx()) || !self.may_head_nominal(token) {
                continue;
            }
            self.owner(token);
            self.name_before(token);
            if let Some(mention) = self.nominal(token) {
                self.keep(mention);
            }
        }
    }

    /// "Amber Line's website": the body to which something belongs is a mention of its own.
    fn owner(&mut self, noun: Token<'_>) {
        let Some(owner) = noun.children().find(|child| child.dep() == "poss" && child.pos() == "PROPN") else { return };
        // A paper has a maker; what else is owned may be a place's or a person's.
        let is_paper = self.has("papers", self.analysis.lemma(noun.idx()));
        let label = owner.entity_type();
        if label != "ORG" && !(label.is_empty() && is_paper) {
            return;
        }
        let is_name = |idx: &usize| {
            let token = self.analysis.token(*idx);
            !self.is_taken[*idx] && token.entity_type() == label && token.pos() == "PROPN"
        };
        let last = owner.idx();
        if self.analysis.known_at(last).is_some() || self.is_last_name(last) || !is_name(&last) {
            return;
        }
        let lowest = last.saturating_sub(MAX_NOMINAL_TOKENS);
        let start = (lowest..last).rev().take_while(is_name).last().unwrap_or(last);
        self.keep_name(TokenRange::new(start, last + 1));
    }

    fn keep_name(&mut self, head: TokenRange) {
        let start = head.start;
        let is_the = start > 0 && self.analysis.lower(start - 1) == "the" && !self.is_taken[start - 1];
        let range = TokenRange::new(start - usize::from(is_the), head.end);
        let referent = Referent::Body(ActorKind::Organisation);
        self.keep(Found { range, head, form: MentionForm::Name, referent });
    }

    /// "the Amber website", "the N7P party": the name before the noun is a mention of its own.
    fn name_before(&mut self, noun: Token<'_>) {
        let lemma = self.analysis.lemma(noun.idx());
        let Some(last) = noun.idx().checked_sub(1).filter(|&last| !self.is_taken[last]) else { return };
        let token = self.analysis.token(last);
        let modifies = token.head().idx() == noun.idx() && matches!(token.dep(), "compound" | "nmod");
        if !modifies || token.pos() != "PROPN" || noun.pos() != "NOUN" || self.analysis.known_at(last).is_some() {
            return;
        }
        let is_acronym = token.text().len() > 1
            && token.text().chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
            && token.text().starts_with(char::is_uppercase);
        let is_entity = matches!(token.entity_type(), "ORG" | "PERSON");
        let is_paper = self.has("papers", lemma);
        if !(is_acronym && self.has("generic-bodies", lemma) || is_entity && is_paper) {
            return;
        }
        let same_name = |idx: &usize| {
            let before = self.analysis.token(*idx);
            !self.is_taken[*idx] && before.pos() == "PROPN" && before.entity_type() == token.entity_type()
        };
        let lowest = last.saturating_sub(MAX_NOMINAL_TOKENS);
        let start = (lowest..last).rev().take_while(same_name).last().unwrap_or(last);
        self.keep_name(TokenRange::new(start, last + 1));
    }

    fn may_head_nominal(&self, token: Token<'_>) -> bool {
        let is_noun = token.pos() == "NOUN" || (token.pos() == "PROPN" && token.entity_type().is_empty());
        is_noun && !matches!(token.dep(), "compound" | "nmod" | "amod" | "npadvmod" | "attr")
    }

    /// The noun phrase of a noun for people or bodies.
    fn nominal(&self, token: Token<'_>) -> Option<Found<'a>> {
        let kind = self.kind_of_noun(token)?;
        let is_plural = matches!(token.tag(), "NNS" | "NNPS") || kind == ActorKind::Group;
        let head = TokenRange::new(token.idx(), token.idx() + 1);
        let range = TokenRange::new(self.nominal_start(token), head.end);
        let lemma = self.analysis.lemma(token.idx());
        let modifiers = range.start..head.start;
        let known = modifiers.clone().find_map(|idx| self.analysis.known_at(idx));
        if let Some((covered, known)) = known.filter(|(_, known)| known.kind == ActorKind::State)
            && self.has("state-body-nouns", lemma)
            && modifiers
                .clone()
                .all(|idx| covered.contains(idx) || matches!(self.analysis.token(idx).tag(), "DT" | "POS"))
        {
            return Some(Found { range, head, form: MentionForm::Nominal, referent: Referent::Known(known) });
        }
        let is_named_body = self.has("named-body-nouns", lemma)
            && modifiers.clone().any(|idx| self.analysis.token(idx).entity_type() == "PERSON")
            && modifiers.clone().all(|idx| self.analysis.token(idx).tag() != "POS");
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
        // "the Amber Northern Line (ANL) union"
        let follows_bracket = head.start > 0 && self.analysis.token(head.start - 1).text() == ")";
        let is_bare = modifiers.is_empty() && !is_plural && !follows_bracket;
        if is_bare && token.dep() != "appos" {
            return None;
        }
        Some(Found { range, head, form: MentionForm::Nominal, referent: Referent::Nominal { kind, is_plural } })
    }

    pub(super) fn kind_of_noun(&self, token: Token<'_>) -> Option<ActorKind> {
        let lemma = self.analysis.lemma(token.idx());
        let lower = self.analysis.lower(token.idx());
        let is_plural = matches!(token.tag(), "NNS" | "NNPS");
        let of_list = |list| self.has(list, lemma) || self.has(list, lower);
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
    pub(super) fn nominal_start(&self, token: Token<'_>) -> usize {
        let below = self.analysis.below(token.idx());
        let mut start = token.idx();
        let lowest = below.start.max(token.idx().saturating_sub(MAX_NOMINAL_TOKENS));
        while start > lowest {
            let before = self.analysis.token(start - 1);
            let is_part = matches!(before.pos(), "DET" | "ADJ" | "NOUN" | "PROPN" | "NUM" | "PART" | "ADV" | "CCONJ")
                || before.text() == "-"
                || matches!(before.tag(), "VBN" | "VBG" | "HYPH" | "POS" | "PRP$" | "WP$" | "DT" | "PDT");
            if !is_part || before.is_space() {
                break;
            }
            start -= 1;
        }
        let is_loose = |idx: usize| {
            let token = self.analysis.token(idx);
            matches!(token.tag(), "CC" | "POS" | "HYPH")
                || token.text().starts_with(['\'', '’'])
                || self.analysis.is_mark(idx)
        };
        while start < token.idx() && is_loose(start) {
            start += 1;
        }
        start
    }
}
