//! The steps of lineage one by one, for an engine that keeps articles and pairs in tables of its own and joins them there.
//!
//! [`LineageIndex`](crate::LineageIndex) takes all steps in one process. Here each is a function of one article
//! ([`Told`]), of two ([`Pair`]) or of the articles that anything ties together ([`gather`]); what joins them is a table of
//! hashes or of numbers of articles:
//!
//! ```text
//! Told ─ site, paragraphs ─(by site)→ what a site repeats → Told::repeated
//! Told ─ words ─(by word)→ how many articles have each
//! Told ─ wording ─(equal)→ copies
//! Told ─ runs, rare_pairs ─(by hash)→ candidate pairs, by the numbers of this module
//! Pair ─ shared → Shared ─ relate → Tie ─(by what ties them)→ gather → origins, links
//! ```
//!
//! An article's *number* is its position among all, sorted by location and then id. Taken together the steps give what
//! `LineageIndex` gives, link for link, but for words and texts whose 64-bit hashes collide.

pub use crate::lineage::candidates::{
    FEW_FEATURES, MAX_ARTICLES, MIN_FREQUENT_POINTS, MIN_POINTS, PAIR_POINTS, RUN_POINTS, frequent_pairs,
};
pub use crate::lineage::passages::{MAX_EXPANDED_PAIRS, Shared};
pub use crate::repeated::{MAX_SHARE as MAX_REPEATED_SHARE, MIN_ARTICLES as MIN_REPEATING_ARTICLES, site_of};

use crate::lineage::descent::Descent;
use crate::lineage::direction::{EarlyMentions, direction};
use crate::lineage::edits::Edits;
use crate::lineage::features;
use crate::lineage::links::{RelatedPair, link, part_compilations, telling_pairs};
use crate::lineage::origins::origins;
use crate::lineage::passages::{SharedPair, pair_passages, shared_by_two};
use crate::lineage::relation::{Related, relate};
use crate::lineage::text::{Texts, quoted_in};
use crate::lineage::vocabulary::mix;
use crate::repeated::{mask_paragraphs, prints};
use crate::unions::Unions;
use rapporteur_model::{Article, ArticleLink, Origin, Passage, Record, Span};

/// An article with all that the steps ask of it.
#[derive(Debug, Clone)]
pub struct Told {
    /// The article as it was read alone, with its text.
    pub article: Article,
    /// What its record quotes.
    pub quoted: Vec<Span>,
    /// Hashes of the paragraphs that its site repeats.
    pub repeated: Vec<u64>,
}

/// In how many articles of a pile words are.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// Articles of the pile.
    pub n_articles: usize,
    /// The hash of a word with the number of articles; a word that is left out is in one.
    pub of_words: Vec<(u64, u32)>,
}

impl Told {
    /// An article as it was read, before anything is known of its site.
    pub fn new(article: Article, record: &Record) -> Self {
        Told { article, quoted: quoted_in(Some(record)).copied().collect(), repeated: Vec::new() }
    }

    /// The paragraphs of the report, as hashes with their numbers of words.
    pub fn paragraphs(&self) -> Vec<(u64, u32)> {
        prints(&self.article).iter().map(|print| (print.hash, print.n_words)).collect()
    }

    /// The hashes of its different words, in order.
    pub fn words(&self) -> Vec<u64> {
        let texts = self.texts();
        distinct(texts.text(0).ids().iter().map(|id| texts.hash_of(*id)))
    }

    /// A hash of all its words in their order: copies have the same.
    pub fn wording(&self) -> u64 {
        let texts = self.texts();
        texts.text(0).ids().iter().fold(0, |hash: u64, id| mix(hash.rotate_left(7) ^ texts.hash_of(*id)))
    }

    /// Its features of the first kind, long runs of words, each once. Each counts [`RUN_POINTS`].
    pub fn runs(&self) -> Vec<u64> {
        let texts = self.texts();
        let mut found = Vec::new();
        features::runs(&texts, texts.text(0), &mut |hash| found.push(hash));
        distinct(found.into_iter())
    }

    /// Its features of the second kind, rare words of one sentence two by two, each once. Each counts [`PAIR_POINTS`].
    pub fn rare_pairs(&self, counts: &Counts) -> Vec<u64> {
        let mut texts = self.texts();
        texts.tell_pile(counts.n_articles, counts.of_words.iter().copied());
        let mut found = Vec::new();
        features::rare_pairs(&texts, texts.text(0), &mut |hash| found.push(hash));
        distinct(found.into_iter())
    }

    /// Number of its words.
    pub fn n_words(&self) -> usize {
        self.texts().text(0).n_words()
    }

    fn texts(&self) -> Texts {
        let mut texts = Texts::default();
        self.add_to(&mut texts);
        texts
    }

    /// Adds its words to `texts`, and gives it as the pile knows it: without its text, with what its site repeats as furniture.
    fn add_to(&self, texts: &mut Texts) -> Article {
        let idx = texts.len();
        texts.add_quoting(&self.article, self.quoted.iter());
        let bare = self.bare();
        if bare.furniture.len() != self.article.furniture.len() {
            texts.mask(idx, &bare);
        }
        bare
    }

    /// The article without its text, with what its site repeats as furniture.
    pub fn bare(&self) -> Article {
        let mut bare = self.article.clone();
        if !self.repeated.is_empty() {
            mask_paragraphs(&mut bare, &prints(&self.article), |hash| self.repeated.contains(&hash));
        }
        bare.text = String::new();
        bare
    }
}

/// Two articles whose wording is compared, the first one first.
pub struct Pair {
    articles: [Article; 2],
    texts: Texts,
}

/// How the two articles of a pair are tied.
#[derive(Debug, Clone)]
pub struct Tie {
    /// The link, as far as the pair alone tells.
    pub link: ArticleLink,
    /// Common words that are not quoted in both.
    pub n_prose: usize,
}

impl Pair {
    /// The articles `a` and `b`, of which `a` has the lower number; `counts` has the words of both.
    pub fn new(a: &Told, b: &Told, counts: &Counts) -> Self {
        let mut texts = Texts::default();
        let articles = [a, b].map(|told| told.add_to(&mut texts));
        texts.tell_pile(counts.n_articles, counts.of_words.iter().copied());
        Pair { articles, texts }
    }

    /// What the two share; `None` where it is nothing. For copies it is all, see [`Shared::whole`].
    pub fn shared(&self) -> Option<Shared> {
        shared_by_two(&self.texts)
    }

    /// How what they share ties them; `None` where it is too little. Of what shows a direction the kind is told alone.
    pub fn relate(&self, shared: &Shared) -> Option<Tie> {
        let pair = SharedPair::of(0, 1, shared.clone());
        let chains = pair.chains();
        let related = relate(&chains, self.texts.text(0), self.texts.text(1))?;
        let early = EarlyMentions::new(2);
        let direction = direction(&self.articles, &self.texts, &pair, &chains, &related, &early);
        let descent = Descent::of(&direction, &self.articles[0]);
        let n_prose = related.n_prose as usize;
        Some(Tie { link: link(&self.articles, RelatedPair { pair, related, descent, direction: None }), n_prose })
    }

    /// The passages that what they share makes.
    pub fn passages(&self, shared: &Shared) -> Vec<Passage> {
        pair_passages(&self.articles, &self.texts, &SharedPair::of(0, 1, shared.clone()))
    }
}

/// Which of `n` things are joined by `pairs`: for each the first one of its group.
pub fn groups(n: usize, pairs: impl Iterator<Item = (usize, usize)>) -> Vec<usize> {
    let mut unions = Unions::new(n);
    pairs.for_each(|(a, b)| unions.join(a, b));
    (0..n).map(|idx| unions.root(idx)).collect()
}

/// Two of the articles that are gathered, by their positions, and what ties them.
#[derive(Debug, Clone)]
pub struct Tied {
    /// The first one.
    pub a: usize,
    /// The later one.
    pub b: usize,
    /// What they share.
    pub shared: Shared,
    /// How it ties them.
    pub tie: Tie,
}

/// What articles make that are tied together.
#[derive(Debug, Clone, Default)]
pub struct Gathered {
    /// The articles that count once. Which overlap is told by positions in this list.
    pub origins: Vec<Origin>,
    /// The pairs that tell where an article belongs, by the positions of both, in order.
    pub links: Vec<(usize, usize, ArticleLink)>,
}

/// What `articles` make that are tied together: all of them and no others. They are in the order of their numbers, as
/// [`Told::bare`] gives them; `lengths` are their words; `tied` are all pairs, in order.
pub fn gather(articles: &[Article], lengths: &[usize], tied: Vec<Tied>) -> Gathered {
    let mut pairs: Vec<RelatedPair> = tied.into_iter().map(|tied| tied.related(articles)).collect();
    part_compilations(lengths, &mut pairs);
    let origins = origins(articles, lengths, &pairs);
    let links = telling_pairs(articles, &origins, pairs).into_iter();
    let links = links.map(|pair| (pair.pair.a, pair.pair.b, link(articles, pair))).collect();
    Gathered { origins, links }
}

impl Tied {
    fn related(self, articles: &[Article]) -> RelatedPair {
        let Tied { a, b, shared, tie: Tie { link, n_prose } } = self;
        let related = Related {
            relation: link.relation,
            prose: link.prose,
            quotations: link.quotations,
            n_prose: n_prose as u32,
            edits: Edits { n_replacements: link.n_replacements as u32, ..Edits::default() },
            // Nothing that is asked of gathered pairs depends on it.
            is_same_order: true,
            n_passages: link.n_passages as u32,
        };
        let descent = Descent::of(&link.direction, &articles[a]);
        RelatedPair { pair: SharedPair::of(a, b, shared), related, descent, direction: None }
    }
}

fn distinct(hashes: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut hashes: Vec<u64> = hashes.collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}
