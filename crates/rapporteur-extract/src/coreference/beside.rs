//! A noun beside the name that it explains: "Oren Vale, the minister", "the Valden news agency".

use super::{Resolver, at_token};
use crate::actors::Actors;
use crate::gazetteer::NameSort;
use crate::mentions::Referent;
use rapporteur_model::{ActorKind, MentionForm};

impl<'a> Resolver<'_, 'a> {
    /// The actor of the name beside which a nominal stands as apposition.
    pub(super) fn explained_name(&self, actors: &Actors<'a>, mention_idx: usize) -> Option<usize> {
        if let Some(name) = self.named_in_source[mention_idx] {
            return actors.actor_of(name);
        }
        let token = self.head_token(mention_idx);
        let beside = if token.dep() == "appos" {
            at_token(self.found, token.head().idx())
        } else {
            let mut names = token.children().filter(|child| child.dep() == "appos" && child.pos() == "PROPN");
            let fits = |name: &rapporteur_text::Token<'_>| {
                at_token(self.found, name.idx()).is_some_and(|name| self.is_of_kind(mention_idx, name))
            };
            match names.find(fits) {
                Some(name) => at_token(self.found, name.idx()),
                None if self.classifies_name_before(mention_idx) => mention_idx.checked_sub(1),
                None => Some(mention_idx + 1).filter(|&next| self.follows_directly(mention_idx, next)),
            }
        };
        let beside = beside.filter(|&beside| beside != mention_idx)?;
        let actor = actors.actor_of(beside)?;
        let is_state = matches!(self.found[mention_idx].referent, Referent::Nominal { kind: ActorKind::State, .. });
        let is_compatible = match self.found[beside].referent {
            Referent::Person | Referent::Body(_) => self.is_of_kind(mention_idx, beside),
            // "Oslo, the Norwegian capital".
            Referent::Known(known) if known.kind == ActorKind::Organisation => {
                let noun = &self.found[mention_idx].referent;
                matches!(noun, Referent::Nominal { kind: ActorKind::Organisation, is_plural: false })
            }
            Referent::Known(known) => {
                is_state
                    && token.dep() == "appos"
                    && known.kind == ActorKind::State
                    && known.sort != NameSort::Adjective
            }
            _ => false,
        };
        is_compatible.then_some(actor)
    }

    /// Whether a name may be what a noun explains: a minister is a person, a ministry is none.
    fn is_of_kind(&self, noun: usize, name: usize) -> bool {
        let Referent::Nominal { kind, .. } = self.found[noun].referent else { return true };
        match (&self.found[name].referent, kind) {
            (Referent::Person, ActorKind::Organisation) => !self.has("organisation-nouns", self.lemma(noun)),
            (Referent::Body(_), ActorKind::Person) => false,
            (Referent::Known(known), ActorKind::Person) => known.kind != ActorKind::Organisation,
            _ => true,
        }
    }

    fn lemma(&self, mention_idx: usize) -> &str {
        self.analysis.lemma(self.head_token(mention_idx).idx())
    }

    /// "the Valden news agency": what sort of body the name before is.
    fn classifies_name_before(&self, noun: usize) -> bool {
        let Some(before) = noun.checked_sub(1) else { return false };
        let (noun, named) = (&self.found[noun], &self.found[before]);
        let last = self.analysis.token(named.head.end - 1);
        let people = &self.analysis.lexicon.people;
        matches!(noun.referent, Referent::Nominal { kind: ActorKind::Organisation, is_plural: false })
            && matches!(named.referent, Referent::Known(_) | Referent::Body(ActorKind::Organisation))
            && named.form == MentionForm::Name
            && self.touch(named.range.end, noun.range.start)
            && last.head().idx() == noun.head.start
            && matches!(last.dep(), "compound" | "nmod")
            && people.has("generic-bodies", self.analysis.lemma(noun.head.start))
            && (noun.range.start..noun.head.start).all(|idx| people.has("generic-modifiers", self.analysis.lower(idx)))
    }

    /// Whether one stretch follows another directly, but for a bracket that is closed: "(ANL) union".
    fn touch(&self, end: usize, start: usize) -> bool {
        end == start || end + 1 == start && self.analysis.token(end).text() == ")"
    }

    /// "the manufacturer Valden": a name right after the noun.
    fn follows_directly(&self, noun: usize, name: usize) -> bool {
        let Some(named) = self.found.get(name) else { return false };
        let is_name = matches!(named.referent, Referent::Person | Referent::Body(_)) && named.form == MentionForm::Name;
        let is_singular = !matches!(self.found[noun].referent, Referent::Nominal { is_plural: true, .. });
        is_name && is_singular && named.range.start == self.found[noun].range.end
    }
}
