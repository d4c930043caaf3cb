//! Which paragraphs does a site put into many of its articles?

use crate::address::host_of;
use crate::lineage::{fnv1a, mix};
use crate::workers::{Workers, in_parts, joined};
use hashbrown::{HashMap, HashSet};
use rapporteur_model::{Article, Furniture, FurnitureKind, PredicationIdx, Record, Span, StatementId};

/// A paragraph is repeated over a site where so many of its articles have it: a pair can be two versions of one text.
pub const MIN_ARTICLES: usize = 3;
/// … and where it is a small part of them. Of an article that has most of its words from paragraphs that others of the
/// site have too, these tell nothing: it is a copy or a version.
pub const MAX_SHARE: f64 = 0.4;

/// A paragraph that may be repeated.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Print {
    /// Position among the paragraphs of the article.
    paragraph: u32,
    pub(crate) hash: u64,
    pub(crate) n_words: u32,
}

/// Adds to the furniture of `articles` the paragraphs that their sites repeat. A site is the host of an article's
/// address, or its outlet where it has none; articles of which neither is known are left alone.
///
/// # Example
/// ```
/// use rapporteur_model::{Article, FurnitureKind};
/// let mut articles: Vec<Article> = Vec::new();
/// rapporteur_story::mask_repeated(&mut articles, &rapporteur_story::Alone);
/// assert!(articles.iter().all(|a| a.furniture.iter().all(|f| f.kind != FurnitureKind::Repeated)));
/// ```
pub fn mask_repeated(articles: &mut [Article], workers: &dyn Workers) {
    let of_part = |part: &[Article]| part.iter().map(prints).collect();
    let prints: Vec<Vec<Print>> = joined(in_parts(workers, articles, of_part));
    mask(articles, &prints);
}

/// [`mask_repeated`] for articles whose texts are gone; gives for each whether it has new furniture.
pub(crate) fn mask(articles: &mut [Article], prints: &[Vec<Print>]) -> Vec<bool> {
    let mut sites: HashMap<String, Vec<usize>> = HashMap::new();
    for (idx, article) in articles.iter().enumerate() {
        if let Some(site) = site_of(article) {
            sites.entry(site).or_default().push(idx);
        }
    }
    let mut is_masked = vec![false; articles.len()];
    // The order of the sites does not matter: each has articles of its own.
    for members in sites.into_values().filter(|members| members.len() >= MIN_ARTICLES) {
        let repeated = repeated(&members, prints);
        for idx in members {
            is_masked[idx] = mask_paragraphs(&mut articles[idx], &prints[idx], |hash| repeated.contains_key(&hash));
        }
    }
    is_masked
}

/// Adds to the furniture of an article its paragraphs that are repeated; gives whether it has any.
pub(crate) fn mask_paragraphs(article: &mut Article, prints: &[Print], is_repeated: impl Fn(u64) -> bool) -> bool {
    let own = prints.iter().filter(|print| is_repeated(print.hash));
    let spans: Vec<_> = own.map(|print| article.paragraphs[print.paragraph as usize]).collect();
    let is_masked = !spans.is_empty();
    article.furniture.extend(spans.into_iter().map(|span| Furniture { span, kind: FurnitureKind::Repeated }));
    article.furniture.sort_by_key(|furniture| furniture.span);
    is_masked
}

/// The hashes of the paragraphs that are repeated over the articles of a site.
fn repeated(members: &[usize], prints: &[Vec<Print>]) -> HashMap<u64, usize> {
    let count = |members: &[usize]| {
        let mut counts: HashMap<u64, usize> = HashMap::new();
        for idx in members {
            let mut hashes: Vec<u64> = prints[*idx].iter().map(|print| print.hash).collect();
            hashes.sort_unstable();
            hashes.dedup();
            hashes.into_iter().for_each(|hash| *counts.entry(hash).or_default() += 1);
        }
        counts.retain(|_, n_articles| *n_articles >= MIN_ARTICLES);
        counts
    };
    let first = count(members);
    let is_own = |idx: &usize| {
        let n_all: u32 = prints[*idx].iter().map(|print| print.n_words).sum();
        let shared = prints[*idx].iter().filter(|print| first.contains_key(&print.hash));
        let n_shared: u32 = shared.map(|print| print.n_words).sum();
        f64::from(n_shared) <= MAX_SHARE * f64::from(n_all)
    };
    let own: Vec<usize> = members.iter().copied().filter(is_own).collect();
    count(&own)
}

/// The paragraphs of the report itself, the title and other furniture left out.
pub(crate) fn prints(article: &Article) -> Vec<Print> {
    let paragraphs = article.paragraphs.iter().zip(0..);
    let open = paragraphs.filter(|(span, _)| article.furniture_at(**span).is_none());
    open.filter_map(|(span, paragraph)| {
        let text = article.text.get(span.start.get()..span.end.get())?;
        let n_words = text.split_whitespace().count() as u32;
        Some(Print { paragraph, hash: hash_of(text), n_words })
    })
    .collect()
}

/// A hash of the words of a paragraph, the same in every run.
fn hash_of(text: &str) -> u64 {
    text.split_whitespace().fold(0, |hash: u64, word| mix(hash.rotate_left(7) ^ fnv1a(word.as_bytes())))
}

/// The site of an article: the host of its address, or else its outlet.
pub fn site_of(article: &Article) -> Option<String> {
    let host = article.url.as_ref().and_then(|url| host_of(&url.value));
    host.or_else(|| article.outlet.as_ref().map(|outlet| outlet.value.to_lowercase()))
}

/// The record of an article without what was found in paragraphs that its site repeats: furniture holds no statements,
/// events, stances or numbers. `None` where nothing of it is such a paragraph.
///
/// A record is made of its article alone; what the pile tells of furniture is laid over it afterwards, so that adding
/// articles to a pile makes no record anew.
pub fn without_repeated(article: &Article, record: &Record) -> Option<Record> {
    let repeated = article.furniture.iter().filter(|furniture| furniture.kind == FurnitureKind::Repeated);
    let spans: Vec<Span> = repeated.map(|furniture| furniture.span).collect();
    if spans.is_empty() {
        return None;
    }
    let is_masked = |span: Span| spans.iter().any(|masked| masked.overlaps(span));
    let mut rest = record.clone();
    rest.statements.retain(|statement| {
        let words = statement.content.iter().copied().chain(statement.cue);
        !words.into_iter().any(is_masked)
    });
    let left: HashSet<StatementId> = rest.statements.iter().map(|statement| statement.id.clone()).collect();
    for statement in &mut rest.statements {
        statement.nested_in = statement.nested_in.take().filter(|outer| left.contains(outer));
    }
    let is_left = |predication: PredicationIdx| {
        let predication = record.predications.get(predication.0 as usize);
        predication.is_some_and(|predication| !is_masked(predication.trigger))
    };
    rest.events.retain(|event| is_left(event.predication));
    rest.stances.retain(|stance| {
        let is_said = stance.statement.as_ref().is_none_or(|statement| left.contains(statement));
        is_said && is_left(stance.predication) && !is_masked(stance.evidence)
    });
    rest.quantities.retain(|quantity| !is_masked(quantity.span));
    Some(rest)
}
