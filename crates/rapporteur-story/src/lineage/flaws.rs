//! Which texts are altered or out of order, as the pile shows?

use crate::lineage::direction::is_common;
use crate::lineage::edits::replacements;
use crate::lineage::links::RelatedPair;
use crate::lineage::oddities::{Oddities, Oddity};
use crate::lineage::office_names::{Found, OfficeNames};
use crate::lineage::text::Texts;
use rapporteur_model::{Article, DirectionKind, FlawExample, Place, Relation, TextFlaw, TextFlawKind};
use std::collections::BTreeMap;
use std::ops::Range;

/// Places to show of one text.
const MAX_EXAMPLES: usize = 10;

/// The flaws of all articles, by article and kind; of each kind the one against the closest text.
pub(crate) fn text_flaws(articles: &[Article], texts: &Texts, pairs: &[RelatedPair]) -> Vec<TextFlaw> {
    // Beside each flaw how much the two articles share: the closest text shows best what was altered.
    let mut flaws: BTreeMap<(usize, TextFlawKind), (u32, TextFlaw)> = BTreeMap::new();
    let mut keep = |article: usize, n_shared: u32, flaw: TextFlaw| {
        let known = flaws.get(&(article, flaw.kind));
        if known.is_none_or(|(n_known, _)| *n_known < n_shared) {
            flaws.insert((article, flaw.kind), (n_shared, flaw));
        }
    };
    for related in pairs {
        let pair = &related.pair;
        let Some((copy, other)) = related.descent.derived_and_other(pair.a, pair.b) else { continue };
        let is_shown_by = |kind| related.descent.is_shown_by(kind);
        if related.related.relation == Relation::Spun && is_shown_by(DirectionKind::Wording) {
            keep(copy, related.related.n_prose, spun(articles, texts, related, copy, other));
        }
        if !related.related.is_same_order
            && related.related.prose.greater() >= MIN_ORDER_PERCENT
            && is_shown_by(DirectionKind::MentionOrder)
        {
            keep(copy, related.related.n_prose, shuffled(articles, texts, related, copy, other));
        }
    }
    for (article, flaw) in altered_names(articles, texts).into_iter().chain(odd_texts(articles, texts)) {
        keep(article, 0, flaw);
    }
    flaws.into_values().map(|(_, flaw)| flaw).collect()
}

/// An order is proposed for texts that share at least so much.
const MIN_ORDER_PERCENT: u8 = 50;

/// The words of a spun text beside those for which they stand: names first, then the rarest.
fn spun(articles: &[Article], texts: &Texts, related: &RelatedPair, copy: usize, other: usize) -> TextFlaw {
    let (text, original) = (texts.text(copy), texts.text(other));
    let mut found: Vec<(bool, bool, Range<usize>, Range<usize>)> = Vec::new();
    for replacement in related.pair.chains().iter().flat_map(replacements) {
        let (own, instead_of) =
            if copy == related.pair.a { (replacement.a, replacement.b) } else { (replacement.b, replacement.a) };
        let is_name = instead_of.clone().any(|word| original.is_capital(word))
            && instead_of.start > original.sentence(original.sentence_of(instead_of.start)).start;
        let is_rare = own.clone().all(|word| !is_common(texts, text.ids()[word]));
        found.push((!is_name, !is_rare, own, instead_of));
    }
    let n_found = found.len();
    found.sort_by_key(|(is_no_name, is_common, own, _)| (*is_no_name, *is_common, own.start));
    found.truncate(MAX_EXAMPLES);
    found.sort_by_key(|(.., own, _)| own.start);
    let place = |article: usize, range: Range<usize>| Place {
        article: articles[article].id.clone(),
        span: texts.text(article).span(range),
    };
    let example = |(_, _, own, instead_of)| FlawExample {
        place: place(copy, own),
        instead_of: Some(place(other, instead_of)),
        usual: None,
    };
    TextFlaw {
        article: articles[copy].id.clone(),
        kind: TextFlawKind::Spun,
        reason: format!("in {n_found} places other words stand than in {}", articles[other].name),
        examples: found.into_iter().map(example).collect(),
        proposed_order: Vec::new(),
    }
}

/// The paragraphs of a shuffled text in the order of the other one. What the other lacks stays behind the paragraph
/// before it.
fn shuffled(articles: &[Article], texts: &Texts, related: &RelatedPair, copy: usize, other: usize) -> TextFlaw {
    let (article, text) = (&articles[copy], texts.text(copy));
    // For each paragraph the places of its words in the other text.
    let mut places: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for (at_a, at_b) in related.pair.common_words() {
        let (own, elsewhere) = if copy == related.pair.a { (at_a, at_b) } else { (at_b, at_a) };
        let span = text.span(own as usize..own as usize + 1);
        if let Some(number) = article.paragraph_number(span) {
            places.entry(number).or_default().push(elsewhere);
        }
    }
    let mut keys: Vec<(u32, usize)> = Vec::new();
    let mut last = 0;
    for number in 1..=article.paragraphs.len() {
        // The place in the middle: a stray idiom moves nothing.
        if let Some(own) = places.get_mut(&number) {
            own.sort_unstable();
            last = own[own.len() / 2];
        }
        keys.push((last, number));
    }
    keys.sort_unstable();
    TextFlaw {
        article: article.id.clone(),
        kind: TextFlawKind::Shuffled,
        reason: format!("its paragraphs stand in another order than in {}", articles[other].name),
        examples: Vec::new(),
        proposed_order: keys.into_iter().map(|(_, number)| number).collect(),
    }
}

/// So many different oddities make a flaw. Of 1,768 articles that were not altered none has as many.
const MIN_ODDITIES: usize = 4;

/// Articles with phrases that only programs for synonyms write.
fn odd_texts(articles: &[Article], texts: &Texts) -> Vec<(usize, TextFlaw)> {
    let oddities = Oddities::of(texts);
    let mut flaws = Vec::new();
    for (article, about) in articles.iter().enumerate() {
        let text = texts.text(article);
        let found = oddities.in_text(text);
        if found.len() < MIN_ODDITIES {
            continue;
        }
        let reason = format!("has {} phrases that programs for synonyms write", found.len());
        let example = |Oddity { words, usual }: Oddity| FlawExample {
            place: Place { article: about.id.clone(), span: text.span(words) },
            instead_of: None,
            usual: Some(usual),
        };
        let flaw = TextFlaw {
            article: about.id.clone(),
            kind: TextFlawKind::Spun,
            reason,
            examples: found.into_iter().take(MAX_EXAMPLES).map(example).collect(),
            proposed_order: Vec::new(),
        };
        flaws.push((article, flaw));
    }
    flaws
}

/// So many different altered names make a flaw: one can be a name that the list does not know.
const MIN_ALTERED_NAMES: usize = 2;

/// Articles with names of offices that are altered in one word ("Secretary of Point out"), where other articles of the
/// pile have them whole.
fn altered_names(articles: &[Article], texts: &Texts) -> Vec<(usize, TextFlaw)> {
    let names = OfficeNames::of(texts);
    // Where each name first stands whole in the first two articles that have it so.
    let mut whole: BTreeMap<usize, Vec<(usize, Range<usize>)>> = BTreeMap::new();
    let mut altered: Vec<Vec<Found>> = vec![Vec::new(); articles.len()];
    for (article, altered) in altered.iter_mut().enumerate() {
        names.in_text(texts.text(article), &mut |found| {
            if !found.is_altered {
                let own = whole.entry(found.name).or_default();
                if own.len() < 2 && own.last().is_none_or(|(last, _)| *last != article) {
                    own.push((article, found.words));
                }
            } else if altered.iter().all(|known| known.name != found.name) {
                altered.push(found);
            }
        });
    }
    let place = |article: usize, range: &Range<usize>| Place {
        article: articles[article].id.clone(),
        span: texts.text(article).span(range.clone()),
    };
    let mut flaws = Vec::new();
    for (article, altered) in altered.iter().enumerate() {
        let examples: Vec<FlawExample> = altered
            .iter()
            .filter_map(|found| {
                let (other, whole) = whole.get(&found.name)?.iter().find(|(other, _)| *other != article)?;
                let instead_of = Some(place(*other, whole));
                Some(FlawExample { place: place(article, &found.words), instead_of, usual: None })
            })
            .take(MAX_EXAMPLES)
            .collect();
        if examples.len() >= MIN_ALTERED_NAMES {
            let flaw = TextFlaw {
                article: articles[article].id.clone(),
                kind: TextFlawKind::AlteredNames,
                reason: format!("{} names stand altered that other articles have whole", examples.len()),
                examples,
                proposed_order: Vec::new(),
            };
            flaws.push((article, flaw));
        }
    }
    flaws
}
