//! The actors of single articles, and which of them are found to be one.

use rapporteur_model::{ActorKind, Article, ArticleActor, ArticleActorIdx, Mention, MentionForm, Record};
use std::collections::BTreeMap;

/// An actor of one article, with what the merging of actors looks at.
pub(crate) struct Member<'r> {
    /// Position of the article.
    pub(crate) article: usize,
    pub(crate) text: &'r str,
    /// Position in the article's record.
    pub(crate) at: ArticleActorIdx,
    pub(crate) actor: &'r ArticleActor,
    pub(crate) mentions: Vec<&'r Mention>,
    pub(crate) n_statements: usize,
}

impl Member<'_> {
    pub(crate) fn n_mentions(&self) -> usize {
        self.mentions.len()
    }

    pub(crate) fn is_named_person(&self) -> bool {
        self.actor.is_named && self.actor.kind == ActorKind::Person && self.actor.entity_key.is_none()
    }

    /// The words of a mention, with single spaces.
    pub(crate) fn words_of(&self, span: rapporteur_model::Span) -> String {
        let words = self.text.get(span.start.get()..span.end.get()).unwrap_or_default();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// All actors of all articles, in the order of the articles.
pub(crate) fn members<'r>(articles: &'r [Article], records: &'r [Record]) -> Vec<Member<'r>> {
    let by_article: BTreeMap<_, _> = records.iter().map(|record| (&record.article, record)).collect();
    let mut members = Vec::new();
    for (idx, article) in articles.iter().enumerate() {
        let Some(record) = by_article.get(&article.id) else { continue };
        let mut n_statements = vec![0; record.actors.len()];
        for speaker in record.statements.iter().filter_map(|statement| statement.speaker) {
            if let Some(n) = n_statements.get_mut(speaker.0 as usize) {
                *n += 1;
            }
        }
        for ((actor, n_statements), at) in record.actors.iter().zip(n_statements).zip(0..) {
            members.push(Member {
                article: idx,
                text: &article.text,
                at: ArticleActorIdx(at),
                actor,
                mentions: actor.mentions.iter().filter_map(|mention| record.mentions.get(mention.0 as usize)).collect(),
                n_statements,
            });
        }
    }
    members
}

/// How often each name of the actor is written; for an unnamed one, each description.
pub(crate) fn names_of(member: &Member) -> BTreeMap<String, usize> {
    let mut names = written(member, MentionForm::Name);
    if !member.actor.is_named {
        names.extend(written(member, MentionForm::Nominal));
    }
    names
}

/// How often each expression of one form is written, without possessive endings: a noun phrase as a
/// whole, else the name inside.
pub(crate) fn written(member: &Member, form: MentionForm) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for mention in member.mentions.iter().filter(|mention| mention.form == form) {
        let words = member.words_of(if form == MentionForm::Nominal { mention.span } else { mention.head });
        let words = words.trim_end_matches("'s").trim_end_matches("’s").to_string();
        if !words.is_empty() {
            *counts.entry(words).or_default() += 1;
        }
    }
    counts
}

/// The most frequent of `values`; of equally frequent ones the least.
pub(crate) fn most_frequent<T: Ord>(values: impl IntoIterator<Item = (T, usize)>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for (value, n) in values {
        *counts.entry(value).or_default() += n;
    }
    counts.into_iter().rev().max_by_key(|(_, n)| *n).map(|(value, _)| value)
}
