//! Who is "he", "the official", "the company"? Goes through the mentions in text order and ties those
//! without a name to an actor before them, or makes a new actor of them.

use crate::actors::{ActorDraft, Actors, Gender, Signature};
use crate::analysis::Analysis;
use crate::description;
use crate::gazetteer::NameSort;
use crate::mentions::{Found, Referent};
use crate::sources::Source;
use crate::statements::Draft;
use rapporteur_model::{ActorKind, MentionForm};
use rapporteur_text::Token;

/// How many mentions back an antecedent is looked for.
const MAX_MENTIONS_BACK: usize = 60;
/// How many sentences back a pronoun reaches.
const MAX_SENTENCES_BACK: usize = 8;
/// How many actors a definite noun phrase is compared with, the newest first.
const MAX_ACTORS_BACK: usize = 200;

/// Ties nominal and pronoun mentions to actors; makes actors of unnamed people and bodies.
pub(crate) fn resolve<'a>(analysis: &Analysis<'a>, found: &[Found<'a>], drafts: &[Draft], actors: &mut Actors<'a>) {
    let mut resolver = Resolver::new(analysis, found, drafts);
    for (mention_idx, mention) in found.iter().enumerate() {
        let actor = match mention.referent {
            Referent::Nominal { kind, is_plural } => resolver.nominal(actors, mention_idx, kind, is_plural),
            Referent::Pronoun => resolver.pronoun(actors, mention_idx),
            _ => actors.of_mention[mention_idx],
        };
        actors.of_mention[mention_idx] = actor;
        if let Some(actor) = actor
            && let (Referent::Pronoun, Wanted::Person(gender)) =
                (&mention.referent, Wanted::of(resolver.head_token(mention_idx)))
        {
            let known = &mut actors.list[actor].gender;
            *known = known.or(gender);
        }
        if let Some(actor) = actor
            && resolver.is_source[mention_idx]
        {
            resolver.speakers.push((mention_idx, actor));
        }
    }
}

struct Resolver<'r, 'a> {
    analysis: &'r Analysis<'a>,
    found: &'r [Found<'a>],
    /// For each mention whether it is the source of a statement.
    is_source: Vec<bool>,
    /// For each token the number of its sentence.
    sentence_number: Vec<usize>,
    /// Speakers so far, with the mention.
    speakers: Vec<(usize, usize)>,
}

impl<'r, 'a> Resolver<'r, 'a> {
    fn new(analysis: &'r Analysis<'a>, found: &'r [Found<'a>], drafts: &[Draft]) -> Self {
        let mut is_source = vec![false; found.len()];
        for source in drafts.iter().filter_map(|draft| draft.source) {
            if let Some(mention_idx) = at_token(found, source.head) {
                is_source[mention_idx] = true;
            }
        }
        let sentences = analysis.doc.sentences().enumerate();
        let sentence_number = sentences.flat_map(|(n, sentence)| std::iter::repeat_n(n, sentence.len())).collect();
        Resolver { analysis, found, is_source, sentence_number, speakers: Vec::new() }
    }

    fn head_token(&self, mention_idx: usize) -> Token<'a> {
        self.analysis.token(self.found[mention_idx].head.end - 1)
    }

    fn nominal(&self, actors: &mut Actors<'a>, mention_idx: usize, kind: ActorKind, is_plural: bool) -> Option<usize> {
        let mention = &self.found[mention_idx];
        if let Some(actor) = self.explained_name(actors, mention_idx) {
            return Some(actor);
        }
        let signature = self.signature(mention, is_plural);
        let first = self.analysis.lower(mention.range.start);
        let people = &self.analysis.lexicon.people;
        let points_back = people.has("back-pointing", &first);
        let introduces = people.has("introducing", &first);
        if !introduces || is_plural {
            let newest_first = actors.list.iter().enumerate().rev().take(MAX_ACTORS_BACK);
            let same = newest_first.clone().find(|(_, actor)| actor.signature.as_ref() == Some(&signature));
            let fits = |actor: &ActorDraft<'_>| {
                points_back && actor.signature.as_ref().is_some_and(|other| signature.is_short_for(other))
            };
            let earlier = same.or_else(|| newest_first.clone().find(|(_, actor)| fits(actor)));
            if let Some((actor, _)) = earlier {
                return Some(actor);
            }
        }
        if points_back && !is_plural {
            let actors = &*actors;
            let by_role =
                || self.recent(actors, mention_idx).find(|&(_, actor)| has_role(&actors.list[actor], &signature));
            let by_kind = || {
                let fitting = self
                    .recent(actors, mention_idx)
                    .filter(|&(_, actor)| self.is_generic_for(&actors.list[actor], &signature, kind));
                // A country is the nearest one; a body is the one that the text is about.
                let scored = fitting.map(|(other, actor)| {
                    let is_state = kind == ActorKind::State;
                    let salience = if is_state { 0 } else { self.salience(other, actor, mention_idx, Wanted::Thing) };
                    (salience, (other, actor))
                });
                scored.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, pair)| pair)
            };
            let recent = if kind == ActorKind::Person { by_role() } else { by_kind() };
            if let Some((_, actor)) = recent {
                return Some(actor);
            }
            let only = match kind {
                ActorKind::Person => only_one(actors, |actor| has_role(actor, &signature)),
                ActorKind::Organisation => only_one(actors, |actor| self.is_called(actor, &signature)),
                _ => None,
            };
            if only.is_some() {
                return only;
            }
        }
        let described = description::of(self.analysis, mention);
        let name = self.analysis.bytes(described).of(&self.analysis.article.text);
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut actor = ActorDraft::unnamed(self.analysis, kind, &name, signature);
        let around = (described.start..mention.range.start).chain(mention.head.end..described.end);
        let known =
            around.filter_map(|idx| self.analysis.known_at(idx)).find(|(_, known)| known.sort != NameSort::City);
        let belongs = known.map(|(_, known)| known.key);
        actor.allegiance = actor.allegiance.or(belongs.filter(|_| kind != ActorKind::State));
        actor.gender = self.gender_of_noun(mention.head.start);
        Some(actors.add(actor))
    }

    /// The actor of the name beside which a nominal stands as apposition.
    fn explained_name(&self, actors: &Actors<'a>, mention_idx: usize) -> Option<usize> {
        let token = self.head_token(mention_idx);
        let beside = if token.dep() == "appos" {
            at_token(self.found, token.head().idx())
        } else {
            let name = token.children().find(|child| child.dep() == "appos" && child.pos() == "PROPN");
            match name {
                Some(name) => at_token(self.found, name.idx()),
                None if self.classifies_name_before(mention_idx) => mention_idx.checked_sub(1),
                None => Some(mention_idx + 1).filter(|&next| self.follows_directly(mention_idx, next)),
            }
        };
        let beside = beside.filter(|&beside| beside != mention_idx)?;
        let actor = actors.of_mention[beside]?;
        let is_state = matches!(self.found[mention_idx].referent, Referent::Nominal { kind: ActorKind::State, .. });
        let is_compatible = match self.found[beside].referent {
            Referent::Person | Referent::Body(_) => true,
            // "Oslo, the Norwegian capital".
            Referent::Known(known) if known.kind == ActorKind::Organisation => {
                beside + 1 == mention_idx && self.classifies_name_before(mention_idx)
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

    /// "the Valden news agency": what sort of body the name before is.
    fn classifies_name_before(&self, noun: usize) -> bool {
        let Some(before) = noun.checked_sub(1) else { return false };
        let (noun, named) = (&self.found[noun], &self.found[before]);
        let last = self.analysis.token(named.head.end - 1);
        let people = &self.analysis.lexicon.people;
        matches!(noun.referent, Referent::Nominal { kind: ActorKind::Organisation, is_plural: false })
            && matches!(named.referent, Referent::Known(_) | Referent::Body(ActorKind::Organisation))
            && named.form == MentionForm::Name
            && named.range.end == noun.range.start
            && last.head().idx() == noun.head.start
            && matches!(last.dep(), "compound" | "nmod")
            && people.has("generic-bodies", &self.analysis.lemma(noun.head.start))
            && (noun.range.start..noun.head.start).all(|idx| people.has("generic-modifiers", &self.analysis.lower(idx)))
    }

    /// "the manufacturer Valden": a name right after the noun.
    fn follows_directly(&self, noun: usize, name: usize) -> bool {
        let Some(named) = self.found.get(name) else { return false };
        let is_name = matches!(named.referent, Referent::Person | Referent::Body(_)) && named.form == MentionForm::Name;
        let is_singular = !matches!(self.found[noun].referent, Referent::Nominal { is_plural: true, .. });
        is_name && is_singular && named.range.start == self.found[noun].range.end
    }

    fn signature(&self, mention: &Found<'_>, is_plural: bool) -> Signature {
        let mut modifiers = Vec::new();
        let mut idx = mention.range.start;
        while idx < mention.head.start {
            if let Some((range, known)) = self.analysis.known_at(idx) {
                modifiers.push(known.key.to_string());
                idx = range.end;
                continue;
            }
            let token = self.analysis.token(idx);
            let counts =
                matches!(token.pos(), "ADJ" | "NOUN" | "PROPN") || matches!(token.tag(), "PRP$" | "VBN" | "VBG");
            if counts {
                modifiers.push(self.analysis.lower(idx));
            }
            idx += 1;
        }
        modifiers.sort_unstable();
        modifiers.dedup();
        Signature { lemma: self.analysis.lemma(mention.head.start), is_plural, modifiers }
    }

    fn gender_of_noun(&self, noun: usize) -> Option<Gender> {
        let people = &self.analysis.lexicon.people;
        let lemma = self.analysis.lemma(noun);
        if people.has("female-nouns", &lemma) {
            return Some(Gender::Female);
        }
        people.has("male-nouns", &lemma).then_some(Gender::Male)
    }

    /// "the company" for a company, "the country" for a state.
    fn is_generic_for(&self, actor: &ActorDraft<'_>, signature: &Signature, kind: ActorKind) -> bool {
        if !signature.modifiers.is_empty() || !actor.is_named || actor.kind != kind {
            return false;
        }
        let is_generic = || self.analysis.lexicon.people.has("generic-bodies", &signature.lemma);
        kind == ActorKind::State || self.is_called(actor, signature) || is_generic()
    }

    /// Whether a bare noun is part of the body's name: "the council" for the "Amber Council".
    fn is_called(&self, actor: &ActorDraft<'_>, signature: &Signature) -> bool {
        let mut words = actor.name.split_whitespace();
        actor.kind == ActorKind::Organisation
            && actor.is_named
            && signature.modifiers.is_empty()
            && words.any(|word| word.to_lowercase() == signature.lemma)
    }

    /// The mentions before one, nearest first, with their actors.
    fn recent<'s>(
        &self,
        actors: &'s Actors<'a>,
        mention_idx: usize,
    ) -> impl Iterator<Item = (usize, usize)> + use<'s, 'a> {
        let first = mention_idx.saturating_sub(MAX_MENTIONS_BACK);
        let of_mention = &actors.of_mention;
        (first..mention_idx).rev().filter_map(move |idx| Some((idx, of_mention[idx]?)))
    }

    /// The actor before a pronoun that fits it best.
    fn pronoun(&self, actors: &Actors<'a>, mention_idx: usize) -> Option<usize> {
        let token = self.head_token(mention_idx);
        let wanted = Wanted::of(token);
        let candidates = self
            .recent(actors, mention_idx)
            .take_while(|&(other, _)| self.sentences_between(other, mention_idx) <= MAX_SENTENCES_BACK);
        let fitting = candidates
            .filter(|&(other, actor)| wanted.fits(&actors.list[actor]) && !self.shares_verb(other, mention_idx));
        let scored = fitting.map(|(other, actor)| (self.salience(other, actor, mention_idx, wanted), actor));
        // The first of the best: the nearest.
        scored.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, actor)| actor)
    }

    fn sentences_between(&self, earlier: usize, later: usize) -> usize {
        let number = |idx: usize| self.sentence_number[self.found[idx].head.start];
        number(later).saturating_sub(number(earlier))
    }

    /// Two arguments of one verb are two people: "Pell met him".
    fn shares_verb(&self, one: usize, other: usize) -> bool {
        let is_argument = |token: Token<'_>| matches!(token.dep(), "nsubj" | "dobj" | "nsubjpass" | "dative");
        let (one, other) = (self.head_token(one), self.head_token(other));
        is_argument(one) && is_argument(other) && one.head() == other.head()
    }

    /// How likely a pronoun goes back to a mention: near, subject, speaker.
    fn salience(&self, other: usize, actor: usize, mention_idx: usize, wanted: Wanted) -> i32 {
        let token = self.head_token(other);
        let n_sentences = i32::try_from(self.sentences_between(other, mention_idx)).unwrap_or(i32::MAX / 8);
        let mut score = -4 * n_sentences;
        if matches!(token.dep(), "nsubj" | "nsubjpass") {
            score += 4;
        }
        if self.is_source[other] {
            score += 5;
        }
        if matches!(token.dep(), "poss" | "compound" | "amod" | "nmod") {
            score -= 3;
        }
        let quotation = |idx: usize| self.analysis.quotation_at(self.found[idx].head.start);
        if quotation(other).is_some() && quotation(other) != quotation(mention_idx) {
            score -= 12;
        }
        let is_last_speaker = self
            .speakers
            .last()
            .is_some_and(|&(mention, speaker)| speaker == actor && self.sentences_between(mention, mention_idx) <= 3);
        if is_last_speaker && self.is_source[mention_idx] {
            score += 6;
        }
        if wanted == Wanted::Several && matches!(self.found[other].referent, Referent::Nominal { is_plural: true, .. })
        {
            score += 6;
        }
        score
    }
}

/// What a pronoun may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Person(Option<Gender>),
    Several,
    Thing,
}

impl Wanted {
    fn of(pronoun: Token<'_>) -> Self {
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

/// Whether a person's role is what a noun phrase says: "the minister" for a "deputy foreign minister".
fn has_role(actor: &ActorDraft<'_>, signature: &Signature) -> bool {
    let says = |role: &str, word: &str| role.split([' ', '-']).any(|part| part.eq_ignore_ascii_case(word));
    actor.kind == ActorKind::Person
        && actor.is_named
        && actor.roles.iter().any(|(role, _)| {
            says(role, &signature.lemma)
                && signature.modifiers.iter().all(|word| says(role, word) || actor.allegiance == Some(word.as_str()))
        })
}

/// The only actor of the article that fits, wherever it is named.
fn only_one(actors: &Actors<'_>, fits: impl Fn(&ActorDraft<'_>) -> bool) -> Option<usize> {
    let listed = actors.list.iter().enumerate().take(MAX_ACTORS_BACK);
    let mut fitting = listed.filter(|(_, actor)| fits(actor)).map(|(actor, _)| actor);
    fitting.next().filter(|_| fitting.next().is_none())
}

/// The mention that tells best who the source of a statement is: the name at the end of a noun phrase
/// ("the head of the customs office, Oren Vale"), else the mention of its head.
pub(crate) fn of_source(analysis: &Analysis<'_>, found: &[Found<'_>], source: Source) -> Option<usize> {
    let of_head = at_token(found, source.head);
    if of_head.is_some_and(|idx| !matches!(found[idx].referent, Referent::Nominal { kind: ActorKind::Person, .. })) {
        return of_head;
    }
    let last = source.range.end.checked_sub(1)?;
    let is_named = |idx: &usize| {
        let mention = &found[*idx];
        let before = mention.range.start.checked_sub(1).map(|before| analysis.token(before));
        let has_title = mention.range.start < mention.head.start;
        let is_free = before.is_none_or(|before| match before.pos() {
            "CCONJ" => has_title,
            pos => !matches!(pos, "ADP" | "DET" | "PART"),
        });
        matches!(mention.referent, Referent::Person) && mention.range.start > source.head && is_free
    };
    let at_end = at_token(found, last).filter(is_named);
    // "the minister, Oren Vale," where the parser does not tie the name to the noun.
    let after_comma = || {
        let is_singular =
            of_head.is_some_and(|idx| matches!(found[idx].referent, Referent::Nominal { is_plural: false, .. }));
        let comma = source.range.end;
        let has_comma = is_singular && comma + 1 < analysis.doc.len() && analysis.token(comma).text() == ",";
        has_comma.then(|| at_token(found, comma + 1)).flatten().filter(is_named)
    };
    at_end.or_else(after_comma).or(of_head)
}

impl Signature {
    /// Whether the words that point back leave out only modifiers.
    fn is_short_for(&self, other: &Signature) -> bool {
        self.lemma == other.lemma
            && self.is_plural == other.is_plural
            && self.modifiers.iter().all(|word| other.modifiers.contains(word))
    }
}

/// The mention that holds a token.
pub(crate) fn at_token(found: &[Found<'_>], token_idx: usize) -> Option<usize> {
    let n_begun = found.partition_point(|mention| mention.range.start <= token_idx);
    let idx = n_begun.checked_sub(1)?;
    found[idx].range.contains(token_idx).then_some(idx)
}
