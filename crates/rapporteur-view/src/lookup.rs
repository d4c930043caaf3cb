//! A reading with the ways through it that every view needs: from ids to positions, from an actor
//! of one article to the actor of the story, from an article to the name a reader is shown.

use crate::Error;
use crate::visible::on_one_line;
use rapporteur_model::{
    Actor, Article, ArticleActorIdx, ArticleId, Diagnostic, Evidence, Evidenced, Place, Reading, Record, Span,
    Statement,
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
        self.actor_positions.get(&(article_idx, statement.speaker?)).copied()
    }

    /// The name of a known entity; the key itself where no article names it.
    pub(crate) fn entity_name<'k>(&'k self, key: &'k str) -> &'k str {
        self.entity_names.get(key).copied().unwrap_or(key)
    }

    /// What the actor speaks for, unless that is the actor itself.
    pub(crate) fn allegiance<'k>(&'k self, actor: &'k Actor) -> Option<&'k str> {
        let key = actor.allegiance.as_deref()?;
        (actor.entity_key.as_deref() != Some(key)).then(|| self.entity_name(key))
    }

    /// The position of the place's article and the words that stand there.
    pub(crate) fn place_words(&self, place: &Place) -> Result<(usize, &'r str), Error> {
        let article_idx = self.article_idx(&place.article)?;
        let article = &self.reading.articles[article_idx];
        Ok((article_idx, words(article, "a passage", place.span)?))
    }
}

/// The words of a span.
pub(crate) fn words<'a>(article: &'a Article, what: &str, span: Span) -> Result<&'a str, Error> {
    let words = article.text.get(span.start.get()..span.end.get());
    words.ok_or_else(|| Error::span(&article.id, what, span))
}

fn check_article(article: &Article) -> Result<(), Error> {
    fn stated<T>(value: &Option<Evidenced<T>>) -> Option<Span> {
        match value.as_ref()?.evidence {
            Evidence::Stated(span) => Some(span),
            Evidence::Inferred(_) | Evidence::Given => None,
        }
    }
    let evidence = [stated(&article.title), stated(&article.published), stated(&article.url), stated(&article.credit)];
    let spans = evidence.into_iter().flatten();
    let spans = spans.chain(article.paragraphs.iter().copied()).chain(article.furniture.iter().map(|f| f.span));
    check(article, "the article", spans.chain(diagnosed(&article.diagnostics)))
}

fn check_record(article: &Article, record: &Record) -> Result<(), Error> {
    if record.article != article.id {
        return Err(Error::new(format!("article {} has the record of {}", article.id, record.article)));
    }
    let leads_nowhere = |what: &str| Error::new(format!("article {}: {what} leads nowhere", article.id));
    let is_actor = |actor: Option<ArticleActorIdx>| actor.is_none_or(|idx| (idx.0 as usize) < record.actors.len());
    if !record.mentions.iter().all(|mention| is_actor(mention.actor)) {
        return Err(leads_nowhere("the actor of a mention"));
    }
    if !record.statements.iter().all(|statement| is_actor(statement.speaker)) {
        return Err(leads_nowhere("the speaker of a statement"));
    }
    let ids: BTreeSet<_> = record.statements.iter().map(|statement| &statement.id).collect();
    let mut outer = record.statements.iter().filter_map(|statement| statement.nested_in.as_ref());
    if !outer.all(|id| ids.contains(id)) {
        return Err(leads_nowhere("the statement that holds another"));
    }
    let mut mentions = record.actors.iter().flat_map(|actor| &actor.mentions);
    if !mentions.all(|mention| (mention.0 as usize) < record.mentions.len()) {
        return Err(leads_nowhere("a mention of an actor"));
    }
    check(article, "a mention", record.mentions.iter().flat_map(|mention| [mention.span, mention.head]))?;
    check(article, "a statement", record.statements.iter().flat_map(statement_spans))?;
    check(article, "an expression of time", record.timexes.iter().map(|timex| timex.span))?;
    check(article, "a diagnostic", diagnosed(&record.diagnostics))
}

/// All spans of a statement.
pub(crate) fn statement_spans(statement: &Statement) -> impl Iterator<Item = Span> {
    let whole = statement.content.iter().chain(&statement.quoted).copied();
    let circumstances = [statement.addressee, statement.medium, statement.occasion, statement.relay, statement.time];
    whole.chain(statement.source).chain(statement.cue).chain(circumstances.into_iter().flatten())
}

fn diagnosed(diagnostics: &[Diagnostic]) -> impl Iterator<Item = Span> {
    diagnostics.iter().filter_map(|diagnostic| diagnostic.span)
}

fn check(article: &Article, what: &str, spans: impl Iterator<Item = Span>) -> Result<(), Error> {
    for span in spans {
        words(article, what, span)?;
    }
    Ok(())
}

/// Names to show: the number that each file name begins with where all begin with one of their own
/// ("000" for `000_agency_story`); otherwise the file name, or the whole location where several
/// articles share the file name. What would steer whoever shows it is made visible.
fn labels(articles: &[Article]) -> Vec<String> {
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
