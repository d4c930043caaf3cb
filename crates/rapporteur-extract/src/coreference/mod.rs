//! Who is "he", "the official", "the company"? Goes through the mentions in text order and ties those
//! without a name to an actor before them, or makes a new actor of them.
//!
//! Where the paragraphs of a text stand out of order ([`crate::order`]), what stands before a mention is no
//! sign across paragraphs: there only the paragraph itself counts, and whoever alone fits in the whole text.

mod beside;
mod makers;
mod nominals;
mod pronouns;
mod roles;
mod sources;

use crate::actors::{ActorDraft, Actors, Gender, Signature};
use crate::analysis::Analysis;
use crate::mentions::{Found, Referent};
use crate::order::Order;
use crate::statements::Draft;
use pronouns::Wanted;
use rapporteur_model::Unresolved;
use rapporteur_text::Token;

pub(crate) use sources::{at_token, of_source};

/// How many mentions back an antecedent is looked for.
const MAX_MENTIONS_BACK: usize = 60;
/// How many actors a definite noun phrase is compared with, the newest first.
const MAX_ACTORS_BACK: usize = 200;

/// Ties nominal and pronoun mentions to actors; makes actors of unnamed people and bodies.
pub(crate) fn resolve<'a>(
    analysis: &Analysis<'a>,
    found: &[Found<'a>],
    drafts: &[Draft],
    order: &Order,
    actors: &mut Actors<'a>,
) {
    let mut resolver = Resolver::new(analysis, found, drafts, order);
    resolver.n_named = n_named(found, actors);
    for (mention_idx, mention) in found.iter().enumerate() {
        let resolution = match mention.referent {
            Referent::Nominal { kind, is_plural } => resolver.nominal(actors, mention_idx, kind, is_plural),
            Referent::Pronoun => resolver.pronoun(actors, mention_idx),
            _ => actors.of_mention[mention_idx],
        };
        actors.of_mention[mention_idx] = resolution;
        let Ok(told) = resolution else { continue };
        if let (Referent::Pronoun, Wanted::Person(gender)) =
            (&mention.referent, Wanted::of(resolver.head_token(mention_idx)))
        {
            let known = &mut actors.list[told.actor].gender;
            *known = known.or(gender);
        }
        if resolver.is_source[mention_idx] {
            resolver.last_speaker = Some((mention_idx, told.actor));
        }
    }
    for (mention_idx, mention) in found.iter().enumerate() {
        if let Referent::Nominal { kind, is_plural } = mention.referent
            && actors.of_mention[mention_idx] == Err(Unresolved::OutOfOrder)
        {
            actors.of_mention[mention_idx] = resolver.out_of_order(actors, mention_idx, kind, is_plural);
        }
    }
}

struct Resolver<'r, 'a> {
    analysis: &'r Analysis<'a>,
    found: &'r [Found<'a>],
    order: &'r Order,
    /// For each mention whether it is the source of a statement.
    is_source: Vec<bool>,
    /// For each noun that heads the source of a statement the name that ends that noun phrase.
    named_in_source: Vec<Option<usize>>,
    /// For each token the number of its sentence.
    sentence_number: Vec<usize>,
    /// For each actor with a name how often it is named.
    n_named: Vec<i32>,
    /// The speaker before, with the mention.
    last_speaker: Option<(usize, usize)>,
}

impl<'r, 'a> Resolver<'r, 'a> {
    fn new(analysis: &'r Analysis<'a>, found: &'r [Found<'a>], drafts: &[Draft], order: &'r Order) -> Self {
        let mut is_source = vec![false; found.len()];
        for source in drafts.iter().filter_map(|draft| draft.source) {
            if let Some(mention_idx) = at_token(found, source.head) {
                is_source[mention_idx] = true;
            }
        }
        let mut named_in_source = vec![None; found.len()];
        for source in drafts.iter().filter_map(|draft| draft.source) {
            let (noun, name) = (sources::of_head(analysis, found, source), of_source(analysis, found, source));
            if let (Some(noun), Some(name)) = (noun, name)
                && noun != name
            {
                named_in_source[noun] = Some(name);
            }
        }
        let sentences = analysis.doc.sentences().enumerate();
        let sentence_number = sentences.flat_map(|(n, sentence)| std::iter::repeat_n(n, sentence.len())).collect();
        Resolver {
            analysis,
            found,
            order,
            is_source,
            named_in_source,
            sentence_number,
            n_named: Vec::new(),
            last_speaker: None,
        }
    }

    fn head_token(&self, mention_idx: usize) -> Token<'a> {
        self.analysis.token(self.found[mention_idx].head.end - 1)
    }

    fn has(&self, list: &str, word: &str) -> bool {
        self.analysis.lexicon.people.has(list, word)
    }

    fn signature(&self, actors: &Actors<'a>, mention_idx: usize, is_plural: bool) -> Signature {
        let mention = &self.found[mention_idx];
        let owner = self.owner(actors, mention_idx);
        let mut modifiers = Vec::new();
        let mut idx = mention.range.start;
        while idx < mention.head.start {
            if let Some((range, known)) = self.analysis.known_at(idx) {
                modifiers.push(known.key.to_string());
                idx = range.end;
                continue;
            }
            let token = self.analysis.token(idx);
            let counts = matches!(token.pos(), "ADJ" | "NOUN" | "PROPN")
                || matches!(token.tag(), "VBN" | "VBG")
                || token.tag() == "PRP$" && owner.is_none();
            if counts {
                modifiers.push(self.analysis.lower(idx).to_string());
            }
            idx += 1;
        }
        // "Norway's parliament" is "the Norwegian parliament".
        let key = owner.and_then(|owner| actors.list[owner].key);
        modifiers.extend(key.map(str::to_string));
        modifiers.sort_unstable();
        modifiers.dedup();
        let owner = owner.filter(|_| key.is_none());
        Signature { lemma: self.analysis.lemma(mention.head.start).to_string(), is_plural, modifiers, owner }
    }

    /// Whose somebody or something is: "Pell's aide", "his aide".
    fn owner(&self, actors: &Actors<'a>, mention_idx: usize) -> Option<usize> {
        let possessor = self.head_token(mention_idx).children().find(|child| child.dep() == "poss")?;
        match at_token(self.found, possessor.idx()) {
            Some(other) if other != mention_idx => actors.actor_of(other),
            _ if possessor.tag() == "PRP$" => {
                let told = self.antecedent(actors, mention_idx, Wanted::of(possessor)).ok()?;
                Some(told.actor)
            }
            _ => None,
        }
    }

    fn gender_of_noun(&self, noun: usize) -> Option<Gender> {
        let lemma = self.analysis.lemma(noun);
        if self.has("female-nouns", lemma) {
            return Some(Gender::Female);
        }
        self.has("male-nouns", lemma).then_some(Gender::Male)
    }

    /// The mentions before one, nearest first, with their actors; only those of the same paragraph where
    /// paragraphs stand out of order.
    fn recent<'s>(
        &'s self,
        actors: &'s Actors<'a>,
        mention_idx: usize,
    ) -> impl Iterator<Item = (usize, usize)> + use<'s, 'r, 'a> {
        let first = mention_idx.saturating_sub(MAX_MENTIONS_BACK);
        let is_near = move |other: &usize| !self.order.is_shuffled() || self.share_paragraph(*other, mention_idx);
        let before = (first..mention_idx).rev().take_while(is_near);
        before.filter_map(move |idx| Some((idx, actors.actor_of(idx)?)))
    }

    fn share_paragraph(&self, one: usize, other: usize) -> bool {
        let paragraph = |idx: usize| self.analysis.paragraph(self.found[idx].head.start);
        paragraph(one) == paragraph(other)
    }

    fn sentences_between(&self, earlier: usize, later: usize) -> usize {
        let number = |idx: usize| self.sentence_number[self.found[idx].head.start];
        number(later).saturating_sub(number(earlier))
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
            // "Veldrian hopes that its ships …": whoever's hopes they are is the one who hopes.
            let owned = self.analysis.below(token.head().idx());
            score += if owned.contains(self.found[mention_idx].head.start) { 6 } else { -3 };
        }
        let quotation = |idx: usize| self.analysis.quotation_at(self.found[idx].head.start);
        if quotation(other).is_some() && quotation(other) != quotation(mention_idx) {
            score -= 12;
        }
        let is_last_speaker = self
            .last_speaker
            .is_some_and(|(mention, speaker)| speaker == actor && self.sentences_between(mention, mention_idx) <= 3);
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

fn n_named(found: &[Found<'_>], actors: &Actors<'_>) -> Vec<i32> {
    let mut n_named = vec![0; actors.list.len()];
    for actor in (0..found.len()).filter_map(|mention| actors.actor_of(mention)) {
        n_named[actor] += 1;
    }
    n_named
}

/// The only actor of the article that fits, wherever it is named.
fn only_one(actors: &Actors<'_>, fits: impl Fn(&ActorDraft<'_>) -> bool) -> Option<usize> {
    let listed = actors.list.iter().enumerate().take(MAX_ACTORS_BACK);
    let mut fitting = listed.filter(|(_, actor)| fits(actor)).map(|(actor, _)| actor);
    fitting.next().filter(|_| fitting.next().is_none())
}
