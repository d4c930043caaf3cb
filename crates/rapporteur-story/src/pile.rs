//! All articles with their records, and what the steps that come after lineage and actors ask of them.

use crate::data_file::entries;
use crate::lineage::Texts;
use crate::positions::{Issues, PileIssues};
use crate::stems::{Stem, StemSet, Stems, stems};
use hashbrown::{HashMap, HashSet};
use rapporteur_model::{
    Actor, ActorCode, ActorId, ActorKind, Article, ArticleActorIdx, ArticleId, CivilDate, Independence, Passage,
    Record, Sourcing, Span, Story, Support, TextFlawKind,
};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::LazyLock;

/// The pile, with its actors and lineage known.
pub(crate) struct Pile<'a> {
    articles: &'a [Article],
    /// One for each article, in the same order; empty where there is none.
    records: Vec<&'a Record>,
    texts: &'a Texts,
    pub(crate) story: &'a Story,
    /// The list of common issues, by the stems of the pile.
    pub(crate) issues: PileIssues<'a>,
    stems: Stems,
    idx_of: HashMap<&'a ArticleId, usize>,
    /// The articles of each passage.
    sides: &'a [(u32, u32)],
    actor_of: HashMap<(usize, ArticleActorIdx), usize>,
    idx_of_actor: HashMap<&'a ActorId, usize>,
    /// The party of each actor of the story.
    parties: Vec<usize>,
    independence: Independence<'a>,
    /// Articles that were derived from others, directly.
    derived: HashSet<usize>,
    /// Articles whose words were altered.
    altered: HashSet<usize>,
    /// For each article the first of those that tell the same text.
    first_of_text: Vec<usize>,
}

impl<'a> Pile<'a> {
    /// `story` has the lineage and the actors, `sides` the articles of its passages; `empty` stands for records that are missing.
    pub(crate) fn new(
        articles: &'a [Article],
        records: &HashMap<&ArticleId, &'a Record>,
        empty: &'a Record,
        texts: &'a Texts,
        story: &'a Story,
        issues: &'a Issues,
        sides: &'a [(u32, u32)],
    ) -> Self {
        let idx_of: HashMap<&ArticleId, usize> = articles.iter().zip(0..).map(|(a, idx)| (&a.id, idx)).collect();
        let mut actor_of = HashMap::new();
        for (actor_idx, actor) in story.actors.iter().enumerate() {
            for member in &actor.members {
                if let Some(article_idx) = idx_of.get(&member.article) {
                    actor_of.insert((*article_idx, member.actor), actor_idx);
                }
            }
        }
        let derived = story.links.iter().filter_map(|link| link.direction.derived.as_ref());
        let altered = story.text_flaws.iter().filter(|flaw| flaw.kind != TextFlawKind::Shuffled);
        let mut first_of_text: Vec<usize> = (0..articles.len()).collect();
        for group in &story.text_groups {
            let members: Vec<usize> = group.articles.iter().filter_map(|id| idx_of.get(id).copied()).collect();
            members.iter().for_each(|member| first_of_text[*member] = members[0]);
        }
        let stems = Stems::default();
        Pile {
            first_of_text,
            altered: altered.filter_map(|flaw| idx_of.get(&flaw.article).copied()).collect(),
            records: articles.iter().map(|a| records.get(&a.id).copied().unwrap_or(empty)).collect(),
            derived: derived.filter_map(|id| idx_of.get(id).copied()).collect(),
            independence: Independence::of(story),
            idx_of_actor: story.actors.iter().zip(0..).map(|(actor, idx)| (&actor.id, idx)).collect(),
            parties: parties(&story.actors),
            articles,
            texts,
            story,
            issues: PileIssues::of(issues, &stems),
            stems,
            idx_of,
            sides,
            actor_of,
        }
    }

    pub(crate) fn n_articles(&self) -> usize {
        self.articles.len()
    }

    pub(crate) fn article(&self, article_idx: usize) -> &'a Article {
        &self.articles[article_idx]
    }

    pub(crate) fn record(&self, article_idx: usize) -> &'a Record {
        self.records[article_idx]
    }

    /// The position of an article in the reading.
    pub(crate) fn article_idx(&self, id: &ArticleId) -> Option<usize> {
        self.idx_of.get(id).copied()
    }

    /// The passages, each with the positions of its two articles.
    pub(crate) fn passages(&self) -> impl Iterator<Item = (&'a Passage, usize, usize)> {
        self.story.passages.iter().zip(self.sides).map(|(passage, (a, b))| (passage, *a as usize, *b as usize))
    }

    /// The position among the story's actors of an actor of one article.
    pub(crate) fn actor_idx(&self, article_idx: usize, actor: ArticleActorIdx) -> Option<usize> {
        self.actor_of.get(&(article_idx, actor)).copied()
    }

    pub(crate) fn actor(&self, actor_idx: usize) -> &'a Actor {
        &self.story.actors[actor_idx]
    }

    /// The position of an actor of the story.
    pub(crate) fn actor_idx_of(&self, id: &ActorId) -> Option<usize> {
        self.idx_of_actor.get(id).copied()
    }

    /// The state or organisation that the actor speaks for, where it is an actor of the story; else the actor itself.
    pub(crate) fn party_idx(&self, actor_idx: usize) -> usize {
        self.parties[actor_idx]
    }

    /// The positions of things, by article; `articles` gives the article of each.
    pub(crate) fn by_article(&self, articles: impl Iterator<Item = usize>) -> Vec<Vec<usize>> {
        let mut by_article = vec![Vec::new(); self.n_articles()];
        for (idx, article_idx) in articles.enumerate() {
            by_article[article_idx].push(idx);
        }
        by_article
    }

    /// The words of a stretch as written.
    pub(crate) fn words(&self, article_idx: usize, span: Span) -> &'a str {
        let text = &self.article(article_idx).text;
        text.get(span.start.get()..span.end.get()).unwrap_or_default()
    }

    /// The stems of the words of a stretch that carry meaning, in text order.
    pub(crate) fn stems(&self, article_idx: usize, span: Span) -> Vec<Stem> {
        self.stems.of(self.words(article_idx, span))
    }

    /// [`Pile::stems`], each once.
    pub(crate) fn stem_set(&self, article_idx: usize, span: Span) -> StemSet {
        self.stems.set_of(self.words(article_idx, span))
    }

    /// The stems of words that need not stand in an article.
    pub(crate) fn stems_of(&self, text: &str) -> Vec<Stem> {
        self.stems.of(text)
    }

    /// Takes the stems out that begin with a digit.
    pub(crate) fn without_numbers(&self, stems: &mut Vec<Stem>) {
        self.stems.without_numbers(stems);
    }

    /// How a stem is written.
    pub(crate) fn stem_name(&self, stem: Stem) -> Arc<str> {
        self.stems.name(stem)
    }

    /// The sentence that holds the start of `span`; the paragraph in furniture, which is not split, else `span`.
    pub(crate) fn sentence(&self, article_idx: usize, span: Span) -> Span {
        let of_text = self.texts.text(article_idx).sentence_span_at(span.start.get());
        let paragraphs = &self.article(article_idx).paragraphs;
        let paragraph = || paragraphs.iter().copied().find(|paragraph| paragraph.contains(span));
        of_text.filter(|sentence| sentence.contains(span) || sentence.overlaps(span)).or_else(paragraph).unwrap_or(span)
    }

    /// The first article of those that tell the same text: the article itself where there is no other.
    pub(crate) fn first_of_text(&self, article_idx: usize) -> usize {
        self.first_of_text[article_idx]
    }

    /// Whether the words of the article were altered, so that another's are to be shown where there are some.
    pub(crate) fn is_altered(&self, article_idx: usize) -> bool {
        self.altered.contains(&article_idx)
    }

    /// The day on which the article was published, as far as it is known.
    pub(crate) fn published(&self, article_idx: usize) -> Option<CivilDate> {
        self.article(article_idx).published.as_ref().map(|date| date.value)
    }

    /// On what something rests that the given articles carry.
    pub(crate) fn support(&self, articles: &BTreeSet<usize>, sourcing: Sourcing) -> Support {
        let ids: Vec<ArticleId> = articles.iter().map(|idx| self.article(*idx).id.clone()).collect();
        let n_origins = self.independence.n_origins(&ids);
        // A copy is not the first report where its original is among them; without dates nothing is known but of one.
        let originals = || articles.iter().copied().filter(|idx| !self.derived.contains(idx));
        let among: Vec<usize> =
            if originals().next().is_some() { originals().collect() } else { articles.iter().copied().collect() };
        let dated = || among.iter().filter_map(|idx| Some((self.published(*idx)?, *idx)));
        let first = match among.as_slice() {
            [only] => Some(*only),
            _ => dated()
                .min()
                .filter(|(day, idx)| dated().all(|(other_day, other)| other == *idx || other_day > *day))
                .map(|(_, idx)| idx),
        };
        Support {
            n_origins_min: *n_origins.start(),
            n_origins_max: *n_origins.end(),
            articles: ids,
            sourcing,
            first: first.map(|idx| self.article(idx).id.clone()),
        }
    }

    /// How a speaker stands for what he says.
    pub(crate) fn sourcing(&self, actor_idx: Option<usize>) -> Sourcing {
        match actor_idx.map(|idx| self.actor(idx)) {
            None => Sourcing::Article,
            Some(actor) if !actor.is_named => Sourcing::Unnamed,
            Some(actor) if actor.kind == ActorKind::Person => Sourcing::Named,
            Some(_) => Sourcing::Official,
        }
    }
}

/// For each actor the state or organisation that it speaks for, where that is one of `actors`; else itself.
fn parties(actors: &[Actor]) -> Vec<usize> {
    let keyed = actors.iter().enumerate().rev();
    let by_key: HashMap<&str, usize> =
        keyed.filter_map(|(idx, actor)| Some((actor.entity_key.as_deref()?, idx))).collect();
    // The state for which the persons of a family name speak, by its stem; `None` where they speak for several.
    let mut leaders: HashMap<String, Option<&str>> = HashMap::new();
    for actor in actors.iter().filter(|actor| actor.kind == ActorKind::Person && actor.is_named) {
        let (Some(family), Some(state)) = (stems(&actor.name).pop(), actor.allegiance.as_deref()) else { continue };
        let known = leaders.entry(family).or_insert(Some(state));
        *known = known.filter(|known| *known == state);
    }
    let party = |(idx, actor): (usize, &Actor)| {
        if actor.kind == ActorKind::State {
            return idx;
        }
        let affiliation = actor.code.as_ref().and_then(|code| code.affiliation.as_deref());
        let led = || leaders.get(&leader(actor)?).copied().flatten();
        let is_official = actor.code.as_ref().is_none_or(ActorCode::speaks_for_its_side);
        let key = actor.allegiance.as_deref().or(affiliation).or_else(led).filter(|_| is_official);
        key.and_then(|key| by_key.get(key).copied()).unwrap_or(idx)
    };
    actors.iter().enumerate().map(party).collect()
}

/// The family name, as a stem, of whoever leads a government that is called by it: "the Biden administration".
fn leader(government: &Actor) -> Option<String> {
    static GOVERNMENT_WORDS: LazyLock<HashSet<String>> =
        LazyLock::new(|| entries(include_str!("../data/government-words.txt")).flat_map(stems).collect());
    let mut words = stems(&government.name);
    words.pop().filter(|last| GOVERNMENT_WORDS.contains(last))?;
    words.pop()
}
