//! What of a record stands at a place?

use super::Place;
use rapporteur_model::{ArticleActorIdx, Record, Span, Statement, StatementId, TargetLayer};

/// What a correction is about, in one article.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Item {
    /// An actor of the article at that position.
    Actor(usize, ArticleActorIdx),
    /// A statement of that article.
    Statement(usize, StatementId),
    /// An event of that article, by its position.
    Event(usize, usize),
    /// A stance of that article, by its position.
    Stance(usize, usize),
    /// An article.
    Article(usize),
    /// An outlet, as an article spells it.
    Outlet(String),
}

/// The items of a layer at a place of an article: those that stand exactly there; where none does, the one that has most
/// of it, if that is at least half.
pub(super) fn items_at(record: &Record, layer: TargetLayer, (article_idx, span): Place) -> Vec<Item> {
    let of_actor = |mention: &rapporteur_model::Mention| Some(Item::Actor(article_idx, mention.actor?));
    match layer {
        TargetLayer::Actor => {
            let mentions = || record.mentions.iter().filter(|mention| mention.actor.is_some());
            let whole = || mentions().map(|mention| (mention, std::slice::from_ref(&mention.span)));
            let heads = mentions().filter(|mention| mention.head == span);
            let mut at: Vec<_> = exactly(whole(), span);
            if at.is_empty() {
                at = heads.collect();
            }
            if at.is_empty() {
                at.extend(mostly(whole(), span));
            }
            at.into_iter().filter_map(of_actor).collect()
        }
        TargetLayer::Utterance => {
            let statements = || record.statements.iter().map(|statement| (statement, words_of(statement)));
            let to_item = |statement: &Statement| Item::Statement(article_idx, statement.id.clone());
            at(statements, span).into_iter().map(to_item).collect()
        }
        TargetLayer::Happening => {
            let trigger = |event: &rapporteur_model::Event| {
                let predication = record.predications.get(event.predication.0 as usize)?;
                Some(std::slice::from_ref(&predication.trigger))
            };
            let events = || record.events.iter().zip(0..).filter_map(|(event, idx)| Some((idx, trigger(event)?)));
            at(events, span).into_iter().map(|idx| Item::Event(article_idx, idx)).collect()
        }
        TargetLayer::Position => {
            let stances =
                || record.stances.iter().zip(0..).map(|(stance, idx)| (idx, std::slice::from_ref(&stance.evidence)));
            at(stances, span).into_iter().map(|idx| Item::Stance(article_idx, idx)).collect()
        }
        TargetLayer::Issue
        | TargetLayer::Timeline
        | TargetLayer::Tension
        | TargetLayer::Article
        | TargetLayer::Outlet => Vec::new(),
    }
}

/// The reported words of a statement; its cue where the act alone is reported.
pub(super) fn words_of(statement: &Statement) -> &[Span] {
    match statement.content.as_slice() {
        [] => statement.cue.as_slice(),
        content => content,
    }
}

fn at<'s, T, I: Iterator<Item = (T, &'s [Span])>>(candidates: impl Fn() -> I, span: Span) -> Vec<T> {
    let exact = exactly(candidates(), span);
    if exact.is_empty() { mostly(candidates(), span).into_iter().collect() } else { exact }
}

/// Those of which the place is a part told apart, or the whole.
fn exactly<'s, T>(candidates: impl Iterator<Item = (T, &'s [Span])>, span: Span) -> Vec<T> {
    let stands_there = |spans: &[Span]| {
        let hull = || spans.iter().copied().reduce(Span::hull);
        spans.contains(&span) || spans.len() > 1 && hull() == Some(span)
    };
    candidates.filter(|(_, spans)| stands_there(spans)).map(|(item, _)| item).collect()
}

/// The one that has most of the place, at least half of it; of several the shortest, then the first.
fn mostly<'s, T>(candidates: impl Iterator<Item = (T, &'s [Span])>, span: Span) -> Option<T> {
    let shared = |spans: &[Span]| -> usize {
        spans.iter().map(|own| own.end.min(span.end).0.saturating_sub(own.start.max(span.start).0) as usize).sum()
    };
    let len_bytes = |spans: &[Span]| spans.iter().map(|own| own.len_bytes()).sum::<usize>();
    let half = candidates.filter(|(_, spans)| 2 * shared(spans) >= span.len_bytes().max(1));
    let best = half.min_by_key(|(_, spans)| (std::cmp::Reverse(shared(spans)), len_bytes(spans)));
    best.map(|(item, _)| item)
}
