//! Do the paragraphs of an article stand in the order in which they were written?
//!
//! Copies with shuffled paragraphs are in circulation: what "he" and "that official" mean there stands in
//! another place. An article shows it by its own signs: somebody is brought in with full name and title after
//! paragraphs that call him by his last name alone, "the official" is spoken of before "a senior official" is,
//! and a "he" stands before anybody is named.

use crate::actors::Actors;
use crate::analysis::Analysis;
use crate::mentions::{Found, Referent};
use rapporteur_model::{ActorKind, Diagnostic};
use std::collections::BTreeMap;

/// So many signs show that the order is not the written one. One alone happens in news as written: it would
/// fire on 3 of 99 Wikinews reports and 10 of 84 political articles, two on none of them. The price is that a
/// short text which names few people by title may be shuffled without a sign.
const ENOUGH_SIGNS: usize = 2;
/// More nouns of one kind are not compared.
const MAX_OF_NOUN: usize = 50;

/// What an article shows about the order of its paragraphs.
#[derive(Debug, Default)]
pub(crate) struct Order {
    signs: Vec<Sign>,
}

/// Somebody who is spoken of before he is brought in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Sign {
    /// The mention that comes too early.
    early: usize,
    /// The one that brings him in; `None` where nobody is.
    late: Option<usize>,
}

impl Order {
    /// Reads the signs from the mentions and the people that the article names.
    pub(crate) fn read(analysis: &Analysis<'_>, found: &[Found<'_>], actors: &Actors<'_>) -> Self {
        let reader = Reader { analysis, found, is_prose: prose(analysis) };
        let mut signs = reader.late_names(actors);
        signs.extend(reader.late_descriptions(actors));
        signs.extend(reader.early_pronoun());
        signs.sort_unstable();
        Order { signs }
    }

    pub(crate) fn is_shuffled(&self) -> bool {
        self.signs.len() >= ENOUGH_SIGNS
    }

    /// What a reader should know, where the order is not the written one.
    pub(crate) fn diagnostic(&self, analysis: &Analysis<'_>, found: &[Found<'_>]) -> Option<Diagnostic> {
        let first = self.signs.iter().find(|sign| sign.late.is_some()).or(self.signs.first())?;
        if !self.is_shuffled() {
            return None;
        }
        let span = |mention: usize| analysis.bytes(found[mention].range);
        let words = |mention: usize| span(mention).of(&analysis.article.text);
        let sign = match first.late {
            Some(late) => format!("\"{}\" comes before \"{}\" is brought in", words(first.early), words(late)),
            None => format!("\"{}\" comes before anybody is named", words(first.early)),
        };
        let message = format!("paragraphs seem to stand out of order: {sign}");
        let hint = "who pronouns and descriptions at the start of a paragraph refer to is left open; another copy of \
                    the text may tell"
            .to_string();
        Some(Diagnostic { span: Some(span(first.early)), message, hint: Some(hint) })
    }
}

struct Reader<'r, 'a> {
    analysis: &'r Analysis<'a>,
    found: &'r [Found<'a>],
    /// For each paragraph, by its number, whether it is running text and no heading.
    is_prose: Vec<bool>,
}

impl Reader<'_, '_> {
    /// The paragraph of a mention in the running text.
    fn paragraph(&self, mention: usize) -> Option<usize> {
        let token = self.found[mention].head.start;
        let number = self.analysis.paragraph(token) as usize;
        let is_prose = self.is_prose.get(number).copied().unwrap_or(false);
        (is_prose && !self.analysis.is_masked(token)).then_some(number)
    }

    /// People who are called by their last name alone paragraphs before title and full name.
    fn late_names(&self, actors: &Actors<'_>) -> Vec<Sign> {
        let mut early: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        let mut signs: BTreeMap<usize, Option<Sign>> = BTreeMap::new();
        for (mention, found) in self.found.iter().enumerate() {
            let (Referent::Person, Some(actor), Some(paragraph)) =
                (&found.referent, actors.actor_of(mention), self.paragraph(mention))
            else {
                continue;
            };
            let is_short = found.head.len() == 1;
            let has_title = found.range.start < found.head.start;
            if is_short {
                early.entry(actor).or_insert((mention, paragraph));
                continue;
            }
            // Only the first full name counts: whoever is named in full twice was brought in at the first.
            signs.entry(actor).or_insert_with(|| {
                let &(early, early_paragraph) = early.get(&actor)?;
                let is_late = has_title && early_paragraph < paragraph;
                is_late.then_some(Sign { early, late: Some(mention) })
            });
        }
        signs.into_values().flatten().collect()
    }

    /// "the official" paragraphs before "a senior official".
    fn late_descriptions(&self, actors: &Actors<'_>) -> Vec<Sign> {
        let people = &self.analysis.lexicon.people;
        let mut early: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        let mut is_told: BTreeMap<String, usize> = BTreeMap::new();
        let mut signs = Vec::new();
        for (mention, found) in self.found.iter().enumerate() {
            let Some(paragraph) = self.paragraph(mention) else { continue };
            if let (Referent::Person, Some(actor)) = (&found.referent, actors.actor_of(mention)) {
                let words = actors.list[actor].roles.iter().flat_map(|(role, _)| role.split([' ', '-']));
                words.take(MAX_OF_NOUN).for_each(|word| *is_told.entry(word.to_lowercase()).or_default() += 1);
            }
            let Referent::Nominal { kind: ActorKind::Person, is_plural: false } = found.referent else { continue };
            let lemma = self.analysis.lemma(found.head.start);
            let first = self.analysis.lower(found.range.start);
            let is_bare = found.range.len() == 2 && people.has("back-pointing", first);
            let goes_on = self.analysis.token(found.head.start).children().any(|child| child.idx() > found.head.start);
            if is_bare && !goes_on && !is_told.contains_key(lemma) {
                early.entry(lemma.to_string()).or_insert((mention, paragraph));
            } else if people.has("introducing", first)
                && let Some((early, _)) = early.remove(lemma).filter(|(_, early)| *early < paragraph)
            {
                signs.push(Sign { early, late: Some(mention) });
            }
            if !is_bare {
                *is_told.entry(lemma.to_string()).or_default() += 1;
            }
        }
        signs
    }

    /// A "he" or "she" before anybody is named or described.
    fn early_pronoun(&self) -> Option<Sign> {
        let mut mentions = (0..self.found.len()).filter(|&mention| self.paragraph(mention).is_some());
        let first = mentions.find(|&mention| {
            let is_person = matches!(
                self.found[mention].referent,
                Referent::Person | Referent::Nominal { kind: ActorKind::Person | ActorKind::Group, .. }
            );
            is_person || self.is_he_or_she(mention)
        })?;
        self.is_he_or_she(first).then_some(Sign { early: first, late: None })
    }

    fn is_he_or_she(&self, mention: usize) -> bool {
        let token = self.analysis.token(self.found[mention].head.start);
        matches!(self.found[mention].referent, Referent::Pronoun)
            && token.tag() == "PRP"
            && matches!(token.morph_value("Gender"), Some("Masc" | "Fem"))
    }
}

/// For each paragraph, by its number, whether it ends as a sentence does.
fn prose(analysis: &Analysis<'_>) -> Vec<bool> {
    let is_end = |c: char| matches!(c, '.' | '!' | '?' | '"' | '”' | '’' | '\'' | ')');
    let paragraphs = analysis.article.paragraphs.iter();
    let ends = paragraphs.map(|paragraph| paragraph.of(&analysis.article.text).trim_end().ends_with(is_end));
    std::iter::once(false).chain(ends).collect()
}
