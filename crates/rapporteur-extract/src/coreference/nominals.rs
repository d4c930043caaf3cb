//! Who is "the official", "the company", "its chief negotiator"? Somebody described or named before, or
//! somebody new.

use super::pronouns::Wanted;
use super::roles::{RoleFit, fits_role};
use super::{MAX_ACTORS_BACK, Resolver, makers, only_one};
use crate::actors::{ActorDraft, Actors, Resolution, Signature, Told};
use crate::description;
use crate::gazetteer::NameSort;
use rapporteur_model::{ActorKind, Confidence, LinkReason, Unresolved};

/// Names beyond so many make a body no more the topic: as much as one and a half sentences between count.
const MAX_TOPIC: i32 = 6;

/// A noun phrase that may point back.
struct Phrase {
    mention_idx: usize,
    kind: ActorKind,
    signature: Signature,
    /// "the", "that" before it.
    points_back: bool,
    /// "a", "one" before it.
    introduces: bool,
}

impl<'a> Resolver<'_, 'a> {
    pub(super) fn nominal(
        &self,
        actors: &mut Actors<'a>,
        mention_idx: usize,
        kind: ActorKind,
        is_plural: bool,
    ) -> Resolution {
        if let Some(actor) = self.explained_name(actors, mention_idx) {
            return Ok(Told::new(actor, Confidence::High, LinkReason::Apposition));
        }
        if let Some(told) = self.made_by(actors, mention_idx) {
            return Ok(told);
        }
        if let Some(told) = self.personal_body(actors, mention_idx) {
            return Ok(told);
        }
        let first = self.analysis.lower(self.found[mention_idx].range.start);
        let phrase = Phrase {
            mention_idx,
            kind,
            signature: self.signature(actors, mention_idx, is_plural),
            points_back: self.has("back-pointing", first),
            introduces: self.has("introducing", first),
        };
        let told = self
            .speakers_body(actors, &phrase)
            .or_else(|| self.described_before(actors, &phrase))
            .or_else(|| self.named_before(actors, &phrase));
        if let Some(told) = told {
            return Ok(told);
        }
        if self.order.is_shuffled() && phrase.points_back && matches!(kind, ActorKind::Person | ActorKind::Group) {
            return Err(Unresolved::OutOfOrder);
        }
        let actor = self.introduced(actors, phrase);
        Ok(Told::new(actor, Confidence::High, LinkReason::Introduced))
    }

    /// A paper speaks for its maker.
    fn made_by(&self, actors: &Actors<'a>, mention_idx: usize) -> Option<Told> {
        let noun = self.head_token(mention_idx).idx();
        let maker = makers::maker(self.analysis, self.found, noun).filter(|&maker| maker != mention_idx)?;
        // One that stands after the paper is not told yet, unless it has a name.
        Some(Told::new(actors.actor_of(maker)?, Confidence::Medium, LinkReason::Maker))
    }

    /// "President Vale's administration" has a name: it is the Vale administration.
    fn personal_body(&self, actors: &mut Actors<'a>, mention_idx: usize) -> Option<Told> {
        let noun = self.analysis.lemma(self.head_token(mention_idx).idx());
        if !self.has("personal-bodies", noun) {
            return None;
        }
        let owner = self.owner(actors, mention_idx).filter(|&owner| {
            let owner = &actors.list[owner];
            owner.kind == ActorKind::Person && owner.is_named
        })?;
        let owner = actors.list[owner].name.clone();
        let last = owner.rsplit(' ').next().unwrap_or(&owner);
        let names = [format!("{owner} {noun}"), format!("{last} {noun}")];
        let known = only_one(actors, |actor| names.contains(&actor.name));
        let actor = known.unwrap_or_else(|| actors.add_body(&names[0]));
        Some(Told::new(actor, Confidence::High, LinkReason::SameName))
    }

    /// Somebody unnamed with the same description, or with a longer one.
    fn described_before(&self, actors: &Actors<'a>, phrase: &Phrase) -> Option<Told> {
        let signature = &phrase.signature;
        if phrase.introduces && !signature.is_plural {
            return None;
        }
        let is_near = |actor: usize| {
            let is_open = self.order.is_shuffled() && phrase.points_back;
            !is_open || self.recent(actors, phrase.mention_idx).any(|(_, near)| near == actor)
        };
        let described = |fits: &dyn Fn(&Signature) -> bool| {
            let newest_first = actors.list.iter().enumerate().rev().take(MAX_ACTORS_BACK);
            let mut fitting =
                newest_first.filter(|(idx, actor)| actor.signature.as_ref().is_some_and(fits) && is_near(*idx));
            fitting.next().map(|(actor, _)| (actor, fitting.next().is_none()))
        };
        if let Some((actor, _)) = described(&|other| other == signature) {
            let confidence = if phrase.points_back { Confidence::High } else { Confidence::Medium };
            return Some(Told::new(actor, confidence, LinkReason::SameDescription));
        }
        let (actor, is_only) = described(&|other| signature.is_short_for(other)).filter(|_| phrase.points_back)?;
        let confidence = if is_only { Confidence::High } else { Confidence::Medium };
        Some(Told::new(actor, confidence, LinkReason::ShorterDescription))
    }

    /// Somebody with a name: by the role, or as the only body that is meant.
    fn named_before(&self, actors: &Actors<'a>, phrase: &Phrase) -> Option<Told> {
        let signature = &phrase.signature;
        // "Norway's foreign minister" points at somebody as "the minister" does.
        let has_owner = signature.modifiers.iter().any(|word| self.analysis.known_by_key(word).is_some());
        let is_definite = phrase.points_back || has_owner && !phrase.introduces;
        if !is_definite || signature.is_plural {
            return None;
        }
        match phrase.kind {
            ActorKind::Person => self.by_role(actors, phrase),
            ActorKind::Organisation if phrase.points_back => self.generic(actors, phrase).or_else(|| {
                let only = only_one(actors, |actor| self.is_called(actor, signature))?;
                Some(Told::new(only, Confidence::Medium, LinkReason::ShortName))
            }),
            ActorKind::State if phrase.points_back => self.generic(actors, phrase),
            _ => None,
        }
    }

    fn by_role(&self, actors: &Actors<'a>, phrase: &Phrase) -> Option<Told> {
        [RoleFit::Same, RoleFit::Wide].into_iter().find_map(|fit| self.by_role_that(actors, phrase, fit))
    }

    fn by_role_that(&self, actors: &Actors<'a>, phrase: &Phrase, fit: RoleFit) -> Option<Told> {
        let fits = |actor: &ActorDraft<'_>| fits_role(self.analysis.lexicon, actor, &phrase.signature, fit);
        let nearest = || self.recent(actors, phrase.mention_idx).find(|&(_, actor)| fits(&actors.list[actor]));
        let only = only_one(actors, fits);
        let actor = only.or_else(|| nearest().map(|(_, actor)| actor))?;
        let confidence = match (only, fit) {
            (Some(_), RoleFit::Same) => Confidence::High,
            (Some(_), RoleFit::Wide) | (None, RoleFit::Same) => Confidence::Medium,
            (None, RoleFit::Wide) => Confidence::Low,
        };
        Some(Told::new(actor, confidence, LinkReason::Role))
    }

    /// "the country" is the nearest one; "the company" the one that the text is about.
    fn generic(&self, actors: &Actors<'a>, phrase: &Phrase) -> Option<Told> {
        let Phrase { mention_idx, kind, ref signature, .. } = *phrase;
        let mut best: Option<(i32, usize)> = None;
        let mut rivals = false;
        for (other, actor) in self.recent(actors, mention_idx) {
            let draft = &actors.list[actor];
            if !self.is_generic_for(draft, signature, kind) {
                continue;
            }
            let salience = match kind {
                ActorKind::State => 0,
                _ => {
                    self.salience(other, actor, mention_idx, Wanted::Thing)
                        + self.signs_paper(other, mention_idx)
                        + tells_name(draft, signature)
                        + self.topic(actor)
                }
            };
            rivals |= best.is_some_and(|(_, leader)| leader != actor);
            if best.is_none_or(|(most, _)| salience > most) {
                best = Some((salience, actor));
            }
        }
        let confidence = if rivals { Confidence::Low } else { Confidence::Medium };
        best.map(|(_, actor)| Told::new(actor, confidence, LinkReason::GenericNoun))
    }

    /// "Dana Pell, the Amber Line director, said the company would": the company that the speaker speaks for.
    fn speakers_body(&self, actors: &Actors<'a>, phrase: &Phrase) -> Option<Told> {
        let (mention, speaker) = self.last_speaker?;
        let is_bare = phrase.points_back && phrase.signature.modifiers.is_empty() && phrase.signature.owner.is_none();
        if !is_bare || phrase.kind != ActorKind::Organisation || self.sentences_between(mention, phrase.mention_idx) > 0
        {
            return None;
        }
        let roles = &actors.list[speaker].roles;
        let is_meant = |body: &ActorDraft<'_>| {
            self.is_generic_for(body, &phrase.signature, phrase.kind)
                && roles.iter().any(|(role, _)| role.contains(&body.name))
        };
        let listed = actors.list.iter().take(MAX_ACTORS_BACK);
        let body = listed.enumerate().find(|(_, body)| is_meant(body)).map(|(body, _)| body)?;
        Some(Told::new(body, Confidence::Medium, LinkReason::GenericNoun))
    }

    /// "In a statement on Amber Line's website, the company said": the maker of the paper rather than another.
    fn signs_paper(&self, other: usize, mention_idx: usize) -> i32 {
        let token = self.head_token(other);
        let paper = self.analysis.lemma(token.head().idx());
        let modifies = matches!(token.dep(), "poss" | "compound" | "nmod");
        let is_near = self.sentences_between(other, mention_idx) == 0;
        if modifies && is_near && self.has("papers", paper) { 12 } else { 0 }
    }

    /// How much an article is about a body: by how often it names it.
    fn topic(&self, actor: usize) -> i32 {
        self.n_named.get(actor).copied().unwrap_or(0).min(MAX_TOPIC)
    }

    /// "the company" for a company, "the country" for a state.
    fn is_generic_for(&self, actor: &ActorDraft<'_>, signature: &Signature, kind: ActorKind) -> bool {
        if !actor.is_named || actor.kind != kind || signature.owner.is_some() {
            return false;
        }
        let is_generic = || self.has("generic-bodies", &signature.lemma);
        if signature.modifiers.is_empty() {
            return kind == ActorKind::State || self.is_called(actor, signature) || is_generic();
        }
        // "the young computer maker"
        let is_plain = |word: &String| self.has("sectors", word) || actor.allegiance == Some(word.as_str());
        kind == ActorKind::Organisation && is_generic() && signature.modifiers.iter().all(is_plain)
    }

    /// Whether a bare noun is part of the body's name: "the council" for the "Amber Council".
    fn is_called(&self, actor: &ActorDraft<'_>, signature: &Signature) -> bool {
        let mut words = actor.name.split_whitespace();
        actor.kind == ActorKind::Organisation
            && actor.is_named
            && signature.modifiers.is_empty()
            && signature.owner.is_none()
            && words.any(|word| word.to_lowercase() == signature.lemma)
    }

    /// Once all are known: a description whose paragraph does not tell whom it means is whoever alone fits it
    /// in the whole text; where nobody does it is somebody new.
    pub(super) fn out_of_order(
        &self,
        actors: &mut Actors<'a>,
        mention_idx: usize,
        kind: ActorKind,
        is_plural: bool,
    ) -> Resolution {
        let signature = self.signature(actors, mention_idx, is_plural);
        let fits = |actor: &ActorDraft<'_>| {
            actor.signature.as_ref().is_some_and(|other| signature.is_short_for(other))
                || fits_role(self.analysis.lexicon, actor, &signature, RoleFit::Same)
        };
        if let Some(only) = only_one(actors, fits) {
            return Ok(Told::new(only, Confidence::Medium, LinkReason::ShorterDescription));
        }
        if actors.list.iter().take(MAX_ACTORS_BACK).any(fits) {
            return Err(Unresolved::OutOfOrder);
        }
        let phrase = Phrase { mention_idx, kind, signature, points_back: true, introduces: false };
        let actor = self.introduced(actors, phrase);
        Ok(Told::new(actor, Confidence::High, LinkReason::Introduced))
    }

    /// Somebody new without a name.
    fn introduced(&self, actors: &mut Actors<'a>, phrase: Phrase) -> usize {
        let mention = &self.found[phrase.mention_idx];
        let described = description::of(self.analysis, mention);
        let name = self.analysis.bytes(described).of(&self.analysis.article.text);
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut actor = ActorDraft::unnamed(self.analysis, phrase.kind, &name, phrase.signature);
        let around = (described.start..mention.range.start).chain(mention.head.end..described.end);
        let known =
            around.filter_map(|idx| self.analysis.known_at(idx)).find(|(_, known)| known.sort != NameSort::City);
        let belongs = known.map(|(_, known)| known.key);
        actor.allegiance = actor.allegiance.or(belongs.filter(|_| phrase.kind != ActorKind::State));
        actor.gender = self.gender_of_noun(mention.head.start);
        actors.add(actor)
    }
}

/// "the computer maker" rather goes back to "Orlava Computer" than to another firm.
fn tells_name(body: &ActorDraft<'_>, signature: &Signature) -> i32 {
    let mut words = body.name.split_whitespace().map(str::to_lowercase);
    if words.any(|word| signature.modifiers.contains(&word)) { 8 } else { 0 }
}

impl Signature {
    /// Whether the words that point back leave out only modifiers.
    pub(crate) fn is_short_for(&self, other: &Signature) -> bool {
        self.lemma == other.lemma
            && self.is_plural == other.is_plural
            && (self.owner.is_none() || self.owner == other.owner)
            && self.modifiers.iter().all(|word| other.modifiers.contains(word))
    }
}
