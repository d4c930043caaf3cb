//! Which of two articles descends from the other?
//!
//! Five kinds of evidence, each with a weight. The article that they show to be the derived one by more weight is it;
//! where they are equal, or there is none, the direction is unknown.

mod mentions;

pub(crate) use mentions::EarlyMentions;

use crate::address::site_name;
use crate::data_file::section;
use crate::lineage::align::Chain;
use crate::lineage::edits::replacements;
use crate::lineage::passages::SharedPair;
use crate::lineage::relation::Related;
use crate::lineage::text::{Texts, WordText};
use hashbrown::HashSet;
use rapporteur_model::{
    Article, CivilDate, Direction, DirectionEvidence, DirectionKind, Evidence, Place, Relation, Shares,
};
use std::sync::LazyLock;

/// A credit is the word of the derived article itself, and wording is hard to fake. Dates can be those of copying or
/// of a later version. A subset may be an early version that grew.
const WEIGHTS: [(DirectionKind, i32); 5] = [
    (DirectionKind::Credit, 4),
    (DirectionKind::Wording, 4),
    (DirectionKind::Date, 2),
    (DirectionKind::MentionOrder, 2),
    (DirectionKind::Subset, 1),
];

/// Which of the two articles of a pair descends from the other, and what shows it.
pub(crate) fn direction(
    articles: &[Article],
    texts: &Texts,
    pair: &SharedPair,
    chains: &[Chain],
    related: &Related,
    early: &EarlyMentions,
) -> Direction {
    if related.relation == Relation::QuoteOnly {
        return Direction::default();
    }
    let (a, b) = (&articles[pair.a], &articles[pair.b]);
    let found = [
        credit(a, b),
        credit(b, a),
        wording(articles, texts, pair, chains, related),
        date(a, b),
        mentions::mention_order(articles, texts, pair, related, early),
        subset(a, b, related.prose),
    ];
    let evidence: Vec<DirectionEvidence> = found.into_iter().flatten().collect();
    let weight = |kind| WEIGHTS.iter().find(|(known, _)| *known == kind).map_or(0, |(_, weight)| *weight);
    let for_a: i32 = evidence.iter().map(|e| weight(e.kind) * if e.derived == a.id { 1 } else { -1 }).sum();
    let derived = match for_a {
        0 => None,
        1.. => Some(a.id.clone()),
        _ => Some(b.id.clone()),
    };
    Direction { derived, evidence }
}

/// `copy` credits the outlet of `other`.
fn credit(copy: &Article, other: &Article) -> Option<DirectionEvidence> {
    let credit = copy.credit.as_ref()?;
    let is_own = names_of(copy).any(|name| is_same_name(&name, &credit.value));
    let is_others = names_of(other).any(|name| is_same_name(&name, &credit.value));
    let place = match credit.evidence {
        Evidence::Stated(span) => vec![Place { article: copy.id.clone(), span }],
        _ => Vec::new(),
    };
    (is_others && !is_own).then(|| DirectionEvidence {
        kind: DirectionKind::Credit,
        derived: copy.id.clone(),
        reason: format!("credits {}", other.name),
        places: place,
    })
}

/// Names under which an article's publisher may be credited: its outlet, the agency of its dateline, its site.
fn names_of(article: &Article) -> impl Iterator<Item = String> {
    let outlet = article.outlet.iter().map(|outlet| outlet.value.clone());
    let dateline = article.dateline.iter().filter_map(|dateline| {
        let inside = dateline.value.split_once('(')?.1;
        Some(inside.split(')').next()?.to_string())
    });
    outlet.chain(dateline).chain(article.url.iter().filter_map(|url| site_name(&url.value)))
}

/// Whether one name is the other or the words that it begins with, case and marks aside: "Meridian Press" and "Meridian
/// Press Agency".
pub(crate) fn is_same_name(a: &str, b: &str) -> bool {
    let folded = |name: &str| -> Vec<String> {
        let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).filter(|word| !NAME_FILLERS.contains(word.as_str())).collect()
    };
    let (a, b) = (folded(a), folded(b));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let is_telling = short.concat().len() > 1;
    // One word begins many names: the Times is not the Times of Karsk.
    is_telling && ((short.len() > 1 && long.starts_with(short)) || long.concat() == short.concat())
}

/// Words of a credit that are no part of a name.
static NAME_FILLERS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| section(include_str!("../../data/mention-words.txt"), "name fillers"));

/// One was published before the other.
fn date(a: &Article, b: &Article) -> Option<DirectionEvidence> {
    // A date that was taken from another article tells nothing of the two.
    let own = |article: &Article| {
        let date = article.published.as_ref().filter(|date| !matches!(date.evidence, Evidence::Inferred(_)))?;
        Some((date.value, article.published_at.as_ref().map(|moment| moment.value.as_str().to_string())))
    };
    let (of_a, of_b) = (own(a)?, own(b)?);
    let is_day = |date: CivilDate| matches!(date.parts(), (_, Some(_), Some(_)));
    let order = match (&of_a.1, &of_b.1) {
        (Some(moment_a), Some(moment_b)) => moment_a.cmp(moment_b),
        _ if is_day(of_a.0) && is_day(of_b.0) => of_a.0.cmp(&of_b.0),
        _ => return None,
    };
    let (derived, later, earlier) = match order {
        std::cmp::Ordering::Greater => (a, &of_a, &of_b),
        std::cmp::Ordering::Less => (b, &of_b, &of_a),
        std::cmp::Ordering::Equal => return None,
    };
    let written = |own: &(CivilDate, Option<String>)| own.1.clone().unwrap_or_else(|| own.0.to_string());
    Some(DirectionEvidence {
        kind: DirectionKind::Date,
        derived: derived.id.clone(),
        reason: format!("published {}, the other {}", written(later), written(earlier)),
        places: Vec::new(),
    })
}

/// Nearly all of one stands in the other, which has more.
fn subset(a: &Article, b: &Article, prose: Shares) -> Option<DirectionEvidence> {
    let derived = if prose.percent_of_a >= SUBSET_PERCENT && prose.percent_of_b < SUPERSET_PERCENT {
        a
    } else if prose.percent_of_b >= SUBSET_PERCENT && prose.percent_of_a < SUPERSET_PERCENT {
        b
    } else {
        return None;
    };
    let percent = prose.greater();
    Some(DirectionEvidence {
        kind: DirectionKind::Subset,
        derived: derived.id.clone(),
        reason: format!("{percent} % of its prose stands in the other, which has more"),
        places: Vec::new(),
    })
}

/// A subset has hardly anything of its own …
const SUBSET_PERCENT: u8 = 90;
/// … and lacks a good part of the other.
const SUPERSET_PERCENT: u8 = 80;

/// So many replaced words must differ in how common they are.
const MIN_JUDGED_WORDS: usize = 8;
/// By so much the share of common words among the replaced ones differs. Of 355 spun copies the direction that it
/// gives is right for all but a few (docs/RESULTS.md).
const MIN_COMMON_DIFFERENCE: f64 = 0.08;
/// Places to show.
const MAX_PLACES: usize = 5;

/// Where words stand for others, those of one are rare and those of the other common.
fn wording(
    articles: &[Article],
    texts: &Texts,
    pair: &SharedPair,
    chains: &[Chain],
    related: &Related,
) -> Option<DirectionEvidence> {
    if !related.edits.is_spun {
        return None;
    }
    let (a, b) = (texts.text(pair.a), texts.text(pair.b));
    let (mut of_a, mut of_b) = (Replaced::default(), Replaced::default());
    for replacement in chains.iter().flat_map(replacements) {
        of_a.add(texts, a, replacement.a);
        of_b.add(texts, b, replacement.b);
    }
    if of_a.n_words.min(of_b.n_words) < MIN_JUDGED_WORDS {
        return None;
    }
    let difference = of_a.common_share() - of_b.common_share();
    if difference.abs() < MIN_COMMON_DIFFERENCE {
        return None;
    }
    let (derived, text, replaced) = if difference < 0.0 { (pair.a, a, of_a) } else { (pair.b, b, of_b) };
    let id = &articles[derived].id;
    let places = replaced.rare.iter().take(MAX_PLACES);
    Some(DirectionEvidence {
        kind: DirectionKind::Wording,
        derived: id.clone(),
        reason: format!("words were replaced in {} places by rarer ones", related.edits.n_replacements),
        places: places.map(|range| Place { article: id.clone(), span: text.span(range.clone()) }).collect(),
    })
}

/// The words of one text that stand where the other has others.
#[derive(Default)]
struct Replaced {
    n_words: usize,
    n_common: usize,
    /// Those without a common word.
    rare: Vec<std::ops::Range<usize>>,
}

impl Replaced {
    fn add(&mut self, texts: &Texts, text: &WordText, range: std::ops::Range<usize>) {
        let n_common = range.clone().filter(|word| is_common(texts, text.ids()[*word])).count();
        if n_common == 0 {
            self.rare.push(range.clone());
        }
        self.n_words += range.len();
        self.n_common += n_common;
    }

    fn common_share(&self) -> f64 {
        self.n_common as f64 / self.n_words as f64
    }
}

/// A word in this share of the articles of a pile is common there, and in a small pile in this many.
const MIN_COMMON_SHARE: f64 = 0.01;
const MIN_COMMON_ARTICLES: u32 = 6;

/// Whether a word is common, in the language or in the pile.
pub(crate) fn is_common(texts: &Texts, id: u32) -> bool {
    let n_common = MIN_COMMON_ARTICLES.max((MIN_COMMON_SHARE * texts.n_piled() as f64) as u32);
    texts.n_articles_with(id) >= n_common || texts.is_common_word(id)
}
