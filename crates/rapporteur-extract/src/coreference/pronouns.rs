//! Who is "he", who are "they"? The one before who fits in number and gender and stands out most.

use super::{Resolver, only_one};
use crate::actors::{ActorDraft, Actors, Gender, Resolution, Told};
use rapporteur_model::{ActorKind, Confidence, LinkReason, Unresolved};
use rapporteur_text::Token;

/// How many sentences back a pronoun reaches.
const MAX_SENTENCES_BACK: usize = 8;
/// The best is sure with so much more salience than the next: more than a subject is worth.
const CLEAR_LEAD: i32 = 5;

impl<'a> Resolver<'_, 'a> {
    pub(super) fn pronoun(&self, actors: &Actors<'a>, mention_idx: usize) -> Resolution {
        self.antecedent(actors, mention_idx, Wanted::of(self.head_token(mention_idx)))
    }

    /// The actor before a mention that fits best what a pronoun there wants.
    pub(super) fn antecedent(&self, actors: &Actors<'a>, mention_idx: usize, wanted: Wanted) -> Resolution {
        let candidates = self
            .recent(actors, mention_idx)
            .take_while(|&(other, _)| self.sentences_between(other, mention_idx) <= MAX_SENTENCES_BACK);
        let fitting = candidates
            .filter(|&(other, actor)| wanted.fits(&actors.list[actor]) && !self.shares_verb(other, mention_idx));
        let mut best: Option<(i32, usize)> = None;
        let mut rival: Option<i32> = None;
        for (other, actor) in fitting {
            let salience = self.salience(other, actor, mention_idx, wanted);
            match best {
                // The first of the best: the nearest.
                Some((most, leader)) if salience <= most => {
                    if actor != leader {
                        rival = rival.max(Some(salience));
                    }
                }
                Some((most, leader)) => {
                    if actor != leader {
                        rival = rival.max(Some(most));
                    }
                    best = Some((salience, actor));
                }
                None => best = Some((salience, actor)),
            }
        }
        let Some((salience, actor)) = best else { return self.without_antecedent(actors, wanted) };
        let confidence = match rival {
            None => Confidence::High,
            Some(next) if salience - next >= CLEAR_LEAD => Confidence::Medium,
            Some(_) => Confidence::Low,
        };
        Ok(Told::new(actor, confidence, LinkReason::Pronoun))
    }

    /// Out of order, the only one in the text who fits is a sure sign; before the first name nobody is.
    fn without_antecedent(&self, actors: &Actors<'a>, wanted: Wanted) -> Resolution {
        if !self.order.is_shuffled() {
            return Err(Unresolved::NoCandidate);
        }
        let only = only_one(actors, |actor| wanted.fits(actor)).filter(|_| matches!(wanted, Wanted::Person(_)));
        only.map(|actor| Told::new(actor, Confidence::Medium, LinkReason::Pronoun)).ok_or(Unresolved::OutOfOrder)
    }

    /// Two arguments of one verb are two people: "Pell met him".
    fn shares_verb(&self, one: usize, other: usize) -> bool {
        let is_argument = |token: Token<'_>| matches!(token.dep(), "nsubj" | "dobj" | "nsubjpass" | "dative");
        let (one, other) = (self.head_token(one), self.head_token(other));
        is_argument(one) && is_argument(other) && one.head() == other.head()
    }
}

/// What a pronoun may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Person(Option<Gender>),
    Several,
    Thing,
}

impl Wanted {
    pub(super) fn of(pronoun: Token<'_>) -> Self {
        match (pronoun.morph_value("Gender"), pronoun.morph_value("Number")) {
            (Some("Fem"), _) => Wanted::Person(Some(Gender::Female)),
            (Some("Masc"), _) => Wanted::Person(Some(Gender::Male)),
            (_, Some("Plur")) => Wanted::Several,
            _ => Wanted::Thing,
        }
    }

    fn fits(self, actor: &ActorDraft<'_>) -> bool {
        match self {
            Wanted::Person(gender) => {
                actor.kind == ActorKind::Person && (actor.gender.is_none() || actor.gender == gender)
            }
            Wanted::Several => actor.kind == ActorKind::Group || (actor.kind == ActorKind::Organisation),
            Wanted::Thing => matches!(actor.kind, ActorKind::State | ActorKind::Organisation),
        }
    }
}
