//! Records made anew: statements, events and stances that people took out, brought in or gave to somebody else.

use super::anchors::MIN_WORDS;
use super::items::{Item, words_of};
use super::{Held, Place};
use crate::lineage::quotations;
use crate::names::fold_name;
use hashbrown::HashMap;
use rapporteur_model::{
    ActorKind, Article, ArticleActor, ArticleActorIdx, ArticleId, Confidence, Polarity, Record, Span, Stance,
    Statement, StatementClass, StatementId, StatementKind, Uttered,
};
use std::collections::{BTreeMap, BTreeSet};

/// The records of the pile, some of them changed.
pub(super) struct Drafts<'a> {
    articles: &'a [Article],
    /// One for each article where there is one, with its position among the records.
    records: Vec<Option<(usize, &'a Record)>>,
    changed: BTreeMap<usize, Draft>,
    /// A hash of their first words with the articles and positions of statements that were read, once somebody asks for
    /// copies.
    by_first_words: Option<Vec<(u64, usize, usize)>>,
    /// Statements that were brought in.
    added: Vec<(usize, StatementId)>,
}

/// A record in the making. What is taken out stays until the end, so that later corrections find it.
struct Draft {
    record: Record,
    statements: BTreeSet<StatementId>,
    events: BTreeSet<usize>,
    stances: BTreeSet<usize>,
}

impl<'a> Drafts<'a> {
    pub(super) fn new(articles: &'a [Article], records: &'a [Record]) -> Self {
        let by_article: HashMap<&ArticleId, (usize, &Record)> =
            records.iter().enumerate().map(|(idx, record)| (&record.article, (idx, record))).collect();
        let records = articles.iter().map(|article| by_article.get(&article.id).copied()).collect();
        Drafts { articles, records, changed: BTreeMap::new(), by_first_words: None, added: Vec::new() }
    }

    /// The record of an article as it is by now.
    pub(super) fn record(&self, article_idx: usize) -> Option<&Record> {
        let changed = self.changed.get(&article_idx).map(|draft| &draft.record);
        changed.or_else(|| self.records[article_idx].map(|(_, record)| record))
    }

    fn draft(&mut self, article_idx: usize) -> Option<&mut Draft> {
        let (_, record) = self.records[article_idx]?;
        let new = || Draft {
            record: record.clone(),
            statements: BTreeSet::new(),
            events: BTreeSet::new(),
            stances: BTreeSet::new(),
        };
        Some(self.changed.entry(article_idx).or_insert_with(new))
    }

    fn statement(&self, article_idx: usize, id: &StatementId) -> Option<&Statement> {
        self.record(article_idx)?.statements.iter().find(|statement| statement.id == *id)
    }

    /// Takes items out, with what was read from them; of statements also those of other articles that have exactly the same
    /// words, or those of `copied`. Gives these.
    pub(super) fn reject<'w>(&mut self, items: &[Item], copied: impl Iterator<Item = &'w str>) -> Vec<Item> {
        let mut copied: BTreeSet<Vec<String>> = copied.map(|words| folded_words([words])).collect();
        let mut own = BTreeSet::new();
        for item in items {
            match item {
                Item::Statement(article_idx, id) => {
                    own.insert(*article_idx);
                    copied
                        .extend(self.statement(*article_idx, id).map(|statement| self.words(*article_idx, statement)));
                    self.take_out(*article_idx, id);
                }
                Item::Event(article_idx, event) => {
                    self.draft(*article_idx).map(|draft| draft.events.insert(*event));
                }
                Item::Stance(article_idx, stance) => {
                    self.draft(*article_idx).map(|draft| draft.stances.insert(*stance));
                }
                Item::Actor(..) | Item::Article(_) | Item::Outlet(_) => {}
            }
        }
        let mut copies = Vec::new();
        for words in copied.iter().filter(|words| words.len() >= MIN_WORDS) {
            for (article_idx, id) in self.with_words(words).into_iter().filter(|(of, _)| !own.contains(of)) {
                self.take_out(article_idx, &id);
                copies.push(Item::Statement(article_idx, id));
            }
        }
        copies
    }

    fn take_out(&mut self, article_idx: usize, id: &StatementId) {
        let Some(draft) = self.draft(article_idx) else { return };
        let record = &draft.record;
        let Some(statement) = record.statements.iter().find(|statement| statement.id == *id) else { return };
        let predication = statement.predication;
        let events = record.events.iter().zip(0..).filter(|(event, _)| Some(event.predication) == predication);
        draft.events.extend(events.map(|(_, idx)| idx));
        let stances = record.stances.iter().zip(0..).filter(|(stance, _)| is_of(stance, statement));
        draft.stances.extend(stances.map(|(_, idx)| idx));
        draft.statements.insert(id.clone());
    }

    /// The reported words, folded, of a statement.
    fn words(&self, article_idx: usize, statement: &Statement) -> Vec<String> {
        let text = self.articles[article_idx].text.as_str();
        folded_words(statement.content.iter().map(|span| span_of(text, *span)))
    }

    /// The statements whose reported words are exactly these, at least [`MIN_WORDS`].
    fn with_words(&mut self, words: &[String]) -> Vec<(usize, StatementId)> {
        let by_first_words = self.by_first_words.take().unwrap_or_else(|| self.first_words());
        let hash = first_words_hash(words.iter().map(String::as_str));
        let first = by_first_words.partition_point(|(of, _, _)| Some(*of) < hash);
        let begun = by_first_words[first..].iter().take_while(|(of, _, _)| Some(*of) == hash);
        let read = begun.filter_map(|(_, article_idx, statement_idx)| {
            let (_, record) = self.records[*article_idx]?;
            Some((*article_idx, record.statements[*statement_idx].id.clone()))
        });
        let mut found: Vec<(usize, StatementId)> = read.chain(self.added.iter().cloned()).collect();
        found.retain(|(article_idx, id)| {
            self.statement(*article_idx, id).is_some_and(|statement| self.words(*article_idx, statement) == words)
        });
        self.by_first_words = Some(by_first_words);
        found
    }

    fn first_words(&self) -> Vec<(u64, usize, usize)> {
        let mut by_first_words = Vec::new();
        for (article_idx, (article, record)) in self.articles.iter().zip(&self.records).enumerate() {
            let statements = record.iter().flat_map(|(_, record)| &record.statements);
            for (statement_idx, statement) in statements.enumerate() {
                let words = statement.content.iter().flat_map(|span| words(span_of(&article.text, *span)));
                by_first_words.extend(first_words_hash(words).map(|hash| (hash, article_idx, statement_idx)));
            }
        }
        by_first_words.sort_unstable();
        by_first_words
    }

    /// Gives statements to another speaker, or to nobody; what the parties hold by them goes along.
    pub(super) fn attribute(&mut self, items: &[Item], speaker: Option<&Held>) {
        for item in items {
            let Item::Statement(article_idx, id) = item else { continue };
            let new = speaker.and_then(|speaker| self.actor_in(*article_idx, speaker));
            let Some(draft) = self.draft(*article_idx) else { continue };
            let record = &mut draft.record;
            let Some(at) = record.statements.iter().position(|statement| statement.id == *id) else { continue };
            let before = record.statements[at].clone();
            for stance in record.stances.iter_mut().filter(|stance| is_of(stance, &before)) {
                match before.speaker {
                    Some(old) => {
                        stance.parties.retain(|party| *party != old && Some(*party) != new);
                        stance.parties.extend(new);
                    }
                    None if stance.parties.is_empty() => stance.parties.extend(new),
                    None => {}
                }
            }
            let predication = before.predication.and_then(|idx| record.predications.get_mut(idx.0 as usize));
            for source in predication.into_iter().flat_map(|predication| &mut predication.sources) {
                if source.actor == before.speaker && (source.actor.is_some() || Some(source.span) == before.source) {
                    source.actor = new;
                }
            }
            let statement = &mut record.statements[at];
            statement.speaker = new;
            if new.is_none() {
                statement.source = None;
            }
        }
    }

    /// The actor of an article that somebody named, brought in where it has none such.
    fn actor_in(&mut self, article_idx: usize, speaker: &Held) -> Option<ArticleActorIdx> {
        let places = || {
            speaker.items.iter().filter_map(|item| match item {
                Item::Actor(article_idx, actor) => Some((*article_idx, *actor)),
                _ => None,
            })
        };
        if let Some((_, actor)) = places().find(|(of, _)| *of == article_idx) {
            return Some(actor);
        }
        let name = fold_name(&speaker.label);
        let known = self.record(article_idx)?.actors.iter().position(|actor| fold_name(&actor.name) == name);
        if let Some(known) = known {
            return Some(ArticleActorIdx(known as u32));
        }
        let elsewhere = places().find_map(|(of, actor)| self.record(of)?.actors.get(actor.0 as usize));
        let new = match elsewhere {
            Some(actor) => ArticleActor { roles: Vec::new(), mentions: Vec::new(), ..actor.clone() },
            None => ArticleActor {
                kind: ActorKind::Person,
                name: speaker.label.clone(),
                is_named: true,
                entity_key: None,
                code: None,
                roles: Vec::new(),
                allegiance: None,
                mentions: Vec::new(),
            },
        };
        let actors = &mut self.draft(article_idx)?.record.actors;
        let same = actors
            .iter()
            .position(|actor| ArticleActor { roles: Vec::new(), mentions: Vec::new(), ..actor.clone() } == new);
        let idx = same.unwrap_or_else(|| {
            actors.push(new);
            actors.len() - 1
        });
        Some(ArticleActorIdx(idx as u32))
    }

    /// Brings in a statement of these words; one that is there already gets the class and the speaker.
    pub(super) fn add(
        &mut self,
        (article_idx, span): Place,
        class: StatementClass,
        speaker: Option<&Held>,
    ) -> Option<Item> {
        let new = self.read(article_idx, span, class);
        let first = *new.content.first()?;
        let draft = self.draft(article_idx)?;
        let statements = &mut draft.record.statements;
        let known = statements.iter().position(|known| known.content == new.content);
        let id = match known {
            Some(at) if draft.statements.contains(&statements[at].id) => {
                let id = statements[at].id.clone();
                draft.statements.remove(&id);
                statements[at] = Statement { id: id.clone(), ..new };
                id
            }
            Some(at) => {
                statements[at].class = class;
                statements[at].id.clone()
            }
            None => {
                let article = &draft.record.article;
                let ids = (0..).map(|n| StatementId::of(article, first, n));
                let mut ids = ids.skip_while(|id| statements.iter().any(|known| known.id == *id));
                let id = ids.next()?;
                let at =
                    statements.partition_point(|known| words_of(known).first().is_none_or(|known| *known <= first));
                statements.insert(at, Statement { id: id.clone(), ..new });
                self.added.push((article_idx, id.clone()));
                id
            }
        };
        let item = Item::Statement(article_idx, id);
        if speaker.is_some() {
            self.attribute(std::slice::from_ref(&item), speaker);
        }
        Some(item)
    }

    /// A statement of the words at `span`, of a speaker who is not told yet.
    fn read(&self, article_idx: usize, span: Span, class: StatementClass) -> Statement {
        let article = &self.articles[article_idx];
        let content = trimmed(&article.text, span);
        let paragraph = article.paragraphs.iter().copied().find(|paragraph| paragraph.overlaps(content));
        let paragraph = paragraph.unwrap_or(content);
        let quoted = quotations(span_of(&article.text, paragraph)).into_iter().map(|range| {
            let start = paragraph.start.get();
            Span::new(start + range.start, start + range.end)
        });
        let mut quoted = quoted.filter(|quotation| quotation.overlaps(content));
        let has_words =
            |start, end| article.text.get(start..end).is_some_and(|words| words.contains(char::is_alphanumeric));
        let direct = quoted.find_map(|quotation| {
            // Marks that were taken along do not belong to the words.
            let (start, end) = (content.start.max(quotation.start), content.end.min(quotation.end));
            let is_whole = !has_words(content.start.get(), start.get()) && !has_words(end.get(), content.end.get());
            is_whole.then_some(Span { start, end })
        });
        Statement {
            id: StatementId::new(""),
            kind: if direct.is_some() { StatementKind::Direct } else { StatementKind::Indirect },
            class,
            content: Some(direct.unwrap_or(content)).filter(|content| !content.is_empty()).into_iter().collect(),
            quoted: direct.into_iter().collect(),
            source: None,
            cue: None,
            speaker: None,
            addressee: None,
            medium: None,
            occasion: None,
            relay: None,
            time: None,
            polarity: Polarity::Positive,
            uttered: Uttered::Actual,
            nested_in: None,
            predication: None,
            confidence: Confidence::High,
        }
    }

    /// Where the item is in the corrected records; `None` where it was taken out.
    pub(super) fn kept(&self, item: Item) -> Option<Item> {
        let draft = |article_idx: &usize| self.changed.get(article_idx);
        let moved = |taken_out: &BTreeSet<usize>, idx: usize| {
            (!taken_out.contains(&idx)).then(|| idx - taken_out.range(..idx).count())
        };
        match &item {
            Item::Statement(of, id) if draft(of).is_some_and(|draft| draft.statements.contains(id)) => None,
            Item::Event(of, idx) => match draft(of) {
                Some(draft) => Some(Item::Event(*of, moved(&draft.events, *idx)?)),
                None => Some(item),
            },
            Item::Stance(of, idx) => match draft(of) {
                Some(draft) => Some(Item::Stance(*of, moved(&draft.stances, *idx)?)),
                None => Some(item),
            },
            _ => Some(item),
        }
    }

    /// The corrected records by their positions among all.
    pub(super) fn into_records(self) -> BTreeMap<usize, Record> {
        let finished = |(article_idx, draft): (usize, Draft)| {
            let (position, _) = self.records[article_idx]?;
            Some((position, draft.finish()))
        };
        self.changed.into_iter().filter_map(finished).collect()
    }
}

impl Draft {
    fn finish(self) -> Record {
        let Draft { mut record, statements, events, stances } = self;
        record.statements.retain(|statement| !statements.contains(&statement.id));
        for statement in &mut record.statements {
            statement.nested_in.take_if(|outer| statements.contains(outer));
        }
        let mut idx = 0..;
        record.events.retain(|_| idx.next().is_none_or(|idx: usize| !events.contains(&idx)));
        let mut idx = 0..;
        record.stances.retain(|_| idx.next().is_none_or(|idx: usize| !stances.contains(&idx)));
        record
    }
}

/// Whether the stance was read from the statement or from its cue.
fn is_of(stance: &Stance, statement: &Statement) -> bool {
    stance.statement.as_ref() == Some(&statement.id) || Some(stance.predication) == statement.predication
}

fn span_of(text: &str, span: Span) -> &str {
    text.get(span.start.get()..span.end.get()).unwrap_or_default()
}

/// The stretch without white space around it.
fn trimmed(text: &str, span: Span) -> Span {
    let words = span_of(text, span);
    let start = span.start.get() + words.len() - words.trim_start().len();
    Span::new(start, start + words.trim().len())
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// All words of some stretches in lower case: a copy may begin its sentence with them.
fn folded_words<'t>(stretches: impl IntoIterator<Item = &'t str>) -> Vec<String> {
    stretches.into_iter().flat_map(words).map(str::to_lowercase).collect()
}

/// A hash (FNV-1a) of the first words in lower case; `None` of fewer.
fn first_words_hash<'w>(mut words: impl Iterator<Item = &'w str>) -> Option<u64> {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for _ in 0..MIN_WORDS {
        for c in words.next()?.chars().flat_map(char::to_lowercase).chain([' ']) {
            hash = (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3);
        }
    }
    Some(hash)
}
