//! Turns what was found into the types of the record.

use crate::actors::Actors;
use crate::analysis::Analysis;
use crate::circumstances;
use crate::coreference;
use crate::mentions::Found;
use crate::order::Order;
use crate::statements::{self, Draft};
use rapporteur_model::{
    Article, ArticleActor, ArticleActorIdx, Mention, MentionIdx, Record, Span, Statement, StatementId,
};
use rapporteur_text::Document;
use std::collections::HashMap;

/// A record without anything in it.
pub(crate) fn empty(article: &Article, doc: &Document) -> Record {
    let (n_tokens, n_sentences) = (doc.len(), doc.n_sentences());
    Record { n_tokens, n_sentences, ..Record::empty(article.id.clone()) }
}

/// The record of the drafts, mentions and actors of an article. Actors without a mention are left out, but
/// for states that no table has and that somebody speaks for. Beside it for each statement the token of its cue.
pub(crate) fn build(
    analysis: &Analysis<'_>,
    drafts: Vec<Draft>,
    found: &[Found<'_>],
    order: &Order,
    actors: &Actors<'_>,
) -> (Record, Vec<Option<usize>>) {
    let mut idx_of_actor: Vec<Option<ArticleActorIdx>> = vec![None; actors.list.len()];
    let mut listed: Vec<ArticleActor> = Vec::new();
    let mut mentions = Vec::with_capacity(found.len());
    for (mention_idx, mention) in found.iter().enumerate() {
        let actor = actors.actor_of(mention_idx).map(|actor| {
            let idx = *idx_of_actor[actor].get_or_insert_with(|| {
                listed.push(article_actor(actors, actor));
                ArticleActorIdx(listed.len() as u32 - 1)
            });
            listed[idx.0 as usize].mentions.push(MentionIdx(mention_idx as u32));
            idx
        });
        let (span, head) = (analysis.bytes(mention.range), analysis.bytes(mention.head));
        let (link, unresolved) = match actors.of_mention[mention_idx] {
            Ok(told) => (Some(told.link), None),
            Err(unresolved) => (None, Some(unresolved)),
        };
        mentions.push(Mention { span, head, form: mention.form, actor, link, unresolved });
    }
    let mut allegiances: Vec<String> = listed.iter().filter_map(|actor| actor.allegiance.clone()).collect();
    allegiances.sort_unstable();
    allegiances.dedup();
    allegiances.retain(|key| !listed.iter().any(|actor| actor.entity_key.as_ref() == Some(key)));
    listed.extend(allegiances.iter().filter_map(|key| inferred_state(analysis, key)));
    let mut n_with_span: HashMap<Span, usize> = HashMap::new();
    // With the paragraph: out of order, who spoke in the one before does not tell who speaks.
    let mut last_speaker: Option<(ArticleActorIdx, u32)> = None;
    let to_statement = |draft: &Draft| {
        let first = statements::first_span(draft)?;
        let circumstances = circumstances::of(analysis, draft);
        let n = n_with_span.entry(first).or_default();
        let id = StatementId::of(&analysis.article.id, first, *n);
        *n += 1;
        let mention = draft.source.and_then(|source| coreference::of_source(analysis, found, source));
        let paragraph = analysis.paragraph(draft.anchor);
        let goes_on = |&(_, before): &(ArticleActorIdx, u32)| before == paragraph || !order.is_shuffled();
        let speaker = match draft.source {
            Some(_) => mention.and_then(|mention| mentions[mention].actor),
            None => last_speaker.filter(goes_on).map(|(speaker, _)| speaker),
        };
        last_speaker = speaker.map(|speaker| (speaker, paragraph)).or(last_speaker);
        Some(Statement {
            id,
            kind: draft.kind,
            class: draft.class,
            content: draft.content.clone(),
            quoted: draft.quoted.clone(),
            source: draft.source.map(|source| analysis.bytes(source.range)),
            cue: draft.cue,
            speaker,
            addressee: circumstances.addressee,
            medium: circumstances.medium,
            occasion: circumstances.occasion,
            relay: circumstances.relay,
            time: circumstances.time,
            polarity: circumstances.polarity,
            uttered: circumstances.uttered,
            nested_in: None,
            predication: None,
            confidence: draft.confidence,
        })
    };
    let mut statements: Vec<Option<Statement>> = drafts.iter().map(to_statement).collect();
    circumstances::nest(analysis, &drafts, &mut statements, &listed);
    let anchors = drafts.iter().zip(&statements).filter(|(_, statement)| statement.is_some());
    let anchors = anchors.map(|(draft, _)| draft.cue.map(|_| draft.anchor)).collect();
    let statements = statements.into_iter().flatten().collect();
    let record = Record { mentions, actors: listed, statements, ..empty(analysis.article, analysis.doc) };
    (record, anchors)
}

/// The state with a key that no table has: no reader could name it where the only word for it stands inside
/// somebody's title ("Fijian Foreign Minister") and is no mention of its own.
fn inferred_state(analysis: &Analysis<'_>, key: &str) -> Option<ArticleActor> {
    let known = analysis.inferred_by_key(key)?;
    Some(ArticleActor {
        kind: known.kind,
        name: known.name.to_string(),
        is_named: true,
        entity_key: Some(key.to_string()),
        code: None,
        roles: Vec::new(),
        allegiance: None,
        mentions: Vec::new(),
    })
}

fn article_actor(actors: &Actors<'_>, actor: usize) -> ArticleActor {
    let draft = &actors.list[actor];
    let mut roles = draft.roles.clone();
    roles.sort_by(|(a, n), (b, m)| m.cmp(n).then(a.cmp(b)));
    ArticleActor {
        kind: draft.kind,
        name: draft.name.clone(),
        is_named: draft.is_named,
        entity_key: draft.key.map(str::to_string),
        code: None,
        roles: roles.into_iter().map(|(role, _)| role).collect(),
        allegiance: draft.allegiance.map(str::to_string),
        mentions: Vec::new(),
    }
}
