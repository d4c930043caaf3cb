//! A reading with the ways through it that every view needs: from ids to positions, from an actor
//! of one article to the actor of the story, from an article to the name a reader is shown.

use crate::Error;
use crate::check::{check_article, check_record, words};
use crate::visible::on_one_line;
use rapporteur_model::{
    Actor, ActorId, Article, ArticleActorIdx, ArticleId, IssueId, Place, Reading, Statement, StatementId, TextFlawKind,
    Utterance,
};
use std::collections::{BTreeMap, BTreeSet};

/// A reading that fits together: every span lies in its article, every index leads to an item.
pub(crate) struct Lookup<'r> {
    pub(crate) reading: &'r Reading,
    article_positions: BTreeMap<&'r ArticleId, usize>,
    /// Short names of the articles, each unique.
    labels: Vec<String>,
    /// Story actors of (article position, actor of the article).
    actor_positions: BTreeMap<(usize, ArticleActorIdx), usize>,
    /// For each article a number that it shares with the articles of its text group.
    texts: Vec<usize>,
    entity_names: BTreeMap<&'r str, &'r str>,
    actors_by_id: BTreeMap<&'r ActorId, &'r Actor>,
    /// By the statements that report them.
    utterances: BTreeMap<&'r StatementId, &'r Utterance>,
}

impl<'r> Lookup<'r> {
    /// # Errors
    /// If something in the reading leads nowhere.
    pub(crate) fn new(reading: &'r Reading) -> Result<Self, Error> {
        let articles = &reading.articles;
        if articles.len() != reading.records.len() {
            let message = format!("{} articles but {} records", articles.len(), reading.records.len());
            return Err(Error::new(message));
        }
        for (article, record) in articles.iter().zip(&reading.records) {
            check_article(article)?;
            check_record(article, record)?;
        }
        let article_positions: BTreeMap<_, _> = articles.iter().enumerate().map(|(idx, a)| (&a.id, idx)).collect();
        let mut lookup = Lookup {
            reading,
            article_positions,
            labels: labels(articles),
            actor_positions: BTreeMap::new(),
            texts: (0..articles.len()).collect(),
            entity_names: BTreeMap::new(),
            actors_by_id: reading.story.actors.iter().map(|actor| (&actor.id, actor)).collect(),
            utterances: reading
                .story
                .utterances
                .iter()
                .flat_map(|utterance| utterance.reports.iter().map(move |report| (report, utterance)))
                .collect(),
        };
        lookup.add_story()?;
        Ok(lookup)
    }

    fn add_story(&mut self) -> Result<(), Error> {
        let story = &self.reading.story;
        for (actor_idx, actor) in story.actors.iter().enumerate() {
            for member in &actor.members {
                let article_idx = self.article_idx(&member.article)?;
                self.actor_positions.insert((article_idx, member.actor), actor_idx);
            }
            if let Some(key) = &actor.entity_key {
                self.entity_names.entry(key).or_insert(&actor.name);
            }
            self.principal(actor)?;
        }
        for group in &story.text_groups {
            let members: Result<Vec<_>, _> = group.articles.iter().map(|id| self.article_idx(id)).collect();
            let members = members?;
            let Some(&first) = members.first() else { continue };
            for member in members {
                self.texts[member] = first;
            }
        }
        for place in story.passages.iter().flat_map(|passage| [&passage.a, &passage.b]) {
            self.place_words(place)?;
        }
        for link in &story.links {
            self.article_idx(&link.a)?;
            self.article_idx(&link.b)?;
        }
        Ok(())
    }

    /// The position of the article with this id.
    pub(crate) fn article_idx(&self, id: &ArticleId) -> Result<usize, Error> {
        let position = self.article_positions.get(id).copied();
        position.ok_or_else(|| Error::new(format!("there is no article {id}")))
    }

    /// The name by which a reader knows the article; unique in the reading.
    pub(crate) fn label(&self, article_idx: usize) -> &str {
        &self.labels[article_idx]
    }

    /// A number that articles of one text group share.
    pub(crate) fn text_number(&self, article_idx: usize) -> usize {
        self.texts[article_idx]
    }

    /// Number of different texts.
    pub(crate) fn n_texts(&self) -> usize {
        self.texts.iter().collect::<BTreeSet<_>>().len()
    }

    /// Who made the statement, by position in the story's actors; `None` where that is not known.
    pub(crate) fn speaker_idx(&self, article_idx: usize, statement: &Statement) -> Option<usize> {
        self.actor_idx(article_idx, statement.speaker?)
    }

    /// The actor of the story that an actor of an article belongs to, by position.
    pub(crate) fn actor_idx(&self, article_idx: usize, actor: ArticleActorIdx) -> Option<usize> {
        self.actor_positions.get(&(article_idx, actor)).copied()
    }

    /// The actor of the story with this id.
    pub(crate) fn actor(&self, id: &ActorId) -> Option<&'r Actor> {
        self.actors_by_id.get(id).copied()
    }

    /// The position of the actor of the story with this id.
    pub(crate) fn actor_position(&self, id: &ActorId) -> Option<usize> {
        let first = self.actor(id)?.members.first()?;
        self.actor_idx(self.article_idx(&first.article).ok()?, first.actor)
    }

    /// Whether the words of the article were altered.
    pub(crate) fn is_altered(&self, id: &ArticleId) -> bool {
        let mut flaws = self.reading.story.text_flaws.iter().filter(|flaw| flaw.kind != TextFlawKind::Shuffled);
        flaws.any(|flaw| flaw.article == *id)
    }

    /// The name of an issue of the story.
    pub(crate) fn issue_name(&self, id: &IssueId) -> Option<&'r str> {
        self.reading.story.issues.iter().find(|issue| issue.id == *id).map(|issue| issue.name.as_str())
    }

    /// The utterance that a statement reports.
    pub(crate) fn utterance(&self, id: &StatementId) -> Option<&'r Utterance> {
        self.utterances.get(id).copied()
    }

    /// The name of a known entity; the key itself where no article names it.
    pub(crate) fn entity_name<'k>(&'k self, key: &'k str) -> &'k str {
        self.entity_names.get(key).copied().unwrap_or(key)
    }

    /// What the actor speaks for, unless that is the actor itself.
    pub(crate) fn allegiance<'k>(&'k self, actor: &'k Actor) -> Option<&'k str> {
        let affiliation = || actor.code.as_ref()?.affiliation.as_deref();
        let key = actor.allegiance.as_deref().or_else(affiliation)?;
        (actor.entity_key.as_deref() != Some(key)).then(|| self.entity_name(key))
    }

    /// For whom the actor speaks as a spokesperson.
    pub(crate) fn principal(&self, actor: &Actor) -> Result<Option<&'r Actor>, Error> {
        let Some(id) = &actor.spokesperson_of else { return Ok(None) };
        let principal = self.actors_by_id.get(id).copied();
        principal.map(Some).ok_or_else(|| Error::new(format!("there is no actor {id}, for whom {} speaks", actor.id)))
    }

    /// The position of the place's article and the words that stand there.
    pub(crate) fn place_words(&self, place: &Place) -> Result<(usize, &'r str), Error> {
        let article_idx = self.article_idx(&place.article)?;
        let article = &self.reading.articles[article_idx];
        Ok((article_idx, words(article, "a passage", place.span)?))
    }
}

/// Names to show: the number that each file name begins with where all begin with one of their own
/// ("000" for `000_agency_story`); otherwise the file name, or the whole location where several
/// articles share the file name. What would steer whoever shows it is made visible.
pub(crate) fn labels(articles: &[Article]) -> Vec<String> {
    let are_unique = |names: &[&str]| names.iter().collect::<BTreeSet<_>>().len() == names.len();
    let numbers: Option<Vec<&str>> = articles.iter().map(|article| leading_number(&article.name)).collect();
    if let Some(numbers) = numbers.filter(|numbers| are_unique(numbers)) {
        return numbers.into_iter().map(String::from).collect();
    }
    // File names come from outside too. They are made visible first: two that differ in what cannot
    // be shown are told apart by what follows.
    let names: Vec<String> = articles.iter().map(|article| on_one_line(&article.name)).collect();
    let mut n_named: BTreeMap<&str, usize> = BTreeMap::new();
    for name in &names {
        *n_named.entry(name).or_default() += 1;
    }
    let is_own = |name: &str| n_named[name] == 1 && !name.is_empty();
    let label = |(article, name): (&Article, &String)| {
        if is_own(name) { name.clone() } else { on_one_line(&article.location) }
    };
    let mut labels: Vec<String> = articles.iter().zip(&names).map(label).collect();
    let mut taken: BTreeSet<String> = labels.iter().cloned().collect();
    let mut n_seen: BTreeMap<String, usize> = BTreeMap::new();
    for label in &mut labels {
        let n = n_seen.entry(label.clone()).or_default();
        *n += 1;
        if *n > 1 {
            while !taken.insert(format!("{label} ({n})")) {
                *n += 1;
            }
            *label = format!("{label} ({n})");
        }
    }
    labels
}

/// The digits at the start of a name that goes on after `_`, `-`, `.` or a space.
fn leading_number(name: &str) -> Option<&str> {
    let end = name.find(|c: char| !c.is_ascii_digit()).unwrap_or(name.len());
    let goes_on = name[end..].chars().next().is_none_or(|c| matches!(c, '_' | '-' | '.' | ' '));
    // Longer numbers are dates or ids, and say less than the rest of the name.
    ((1..=4).contains(&end) && goes_on).then(|| &name[..end])
}
