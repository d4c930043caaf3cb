//! Whether an article and its record fit together: every span lies in the text, every index leads to an item.

use crate::Error;
use rapporteur_model::{
    Article, ArticleActorIdx, Diagnostic, Evidence, Predication, Quantity, Record, Span, Stance, Statement, TimexAnchor,
};
use std::collections::BTreeSet;

/// The words of a span.
pub(crate) fn words<'a>(article: &'a Article, what: &str, span: Span) -> Result<&'a str, Error> {
    let words = article.text.get(span.start.get()..span.end.get());
    words.ok_or_else(|| Error::span(&article.id, what, span))
}

/// # Errors
/// If a span of the article does not lie in its text.
pub(crate) fn check_article(article: &Article) -> Result<(), Error> {
    fn stated(evidence: &Evidence) -> Option<Span> {
        match evidence {
            Evidence::Stated(span) => Some(*span),
            Evidence::Metadata(_) | Evidence::Inferred(_) | Evidence::Given => None,
        }
    }
    let dates = [&article.published, &article.modified].into_iter().flatten().map(|date| &date.evidence);
    let dates = dates.chain(article.published_at.as_ref().map(|moment| &moment.evidence));
    let spans = article.told_in_words().map(|told| &told.evidence).chain(dates).filter_map(stated);
    let spans = spans.chain(article.paragraphs.iter().copied()).chain(article.furniture.iter().map(|f| f.span));
    check(article, "the article", spans.chain(diagnosed(&article.diagnostics)))
}

/// # Errors
/// If a span of the record does not lie in the text of its article, or an index leads nowhere.
pub(crate) fn check_record(article: &Article, record: &Record) -> Result<(), Error> {
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
    check_layers(article, record)?;
    check(article, "a mention", record.mentions.iter().flat_map(|mention| [mention.span, mention.head]))?;
    check(article, "a statement", record.statements.iter().flat_map(statement_spans))?;
    check(article, "a diagnostic", diagnosed(&record.diagnostics))
}

/// All spans of a statement.
fn statement_spans(statement: &Statement) -> impl Iterator<Item = Span> {
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

/// The parts of the record that predications hold together, and what they point to.
fn check_layers(article: &Article, record: &Record) -> Result<(), Error> {
    let check_idx = |what: &str, idx: u32, len: usize| {
        let leads_nowhere = || Error::new(format!("article {}: {what} leads nowhere", article.id));
        ((idx as usize) < len).then_some(()).ok_or_else(leads_nowhere)
    };
    let n_predications = record.predications.len();
    for timex in &record.timexes {
        if let TimexAnchor::Timex(anchor) = timex.anchor {
            check_idx("the anchor of a time expression", anchor.0, record.timexes.len())?;
        }
    }
    for predication in &record.predications {
        for actor in predication.sources.iter().chain(&predication.targets).filter_map(|argument| argument.actor) {
            check_idx("the actor of a predication", actor.0, record.actors.len())?;
        }
        if let Some(time) = predication.time {
            check_idx("the time of a predication", time.0, record.timexes.len())?;
        }
    }
    for event in &record.events {
        check_idx("the predication of an event", event.predication.0, n_predications)?;
    }
    for stance in &record.stances {
        check_idx("the predication of a stance", stance.predication.0, n_predications)?;
        for party in &stance.parties {
            check_idx("the party of a stance", party.0, record.actors.len())?;
        }
    }
    for predication in record.statements.iter().filter_map(|statement| statement.predication) {
        check_idx("the predication of a statement", predication.0, n_predications)?;
    }
    let ids: BTreeSet<_> = record.statements.iter().map(|statement| &statement.id).collect();
    if !record.stances.iter().filter_map(|stance| stance.statement.as_ref()).all(|id| ids.contains(id)) {
        return Err(Error::new(format!("article {}: the statement of a stance leads nowhere", article.id)));
    }
    check(article, "a time expression", record.timexes.iter().map(|timex| timex.span))?;
    check(article, "a quantity", record.quantities.iter().flat_map(quantity_spans))?;
    check(article, "a predication", record.predications.iter().flat_map(predication_spans))?;
    check(article, "a stance", record.stances.iter().flat_map(stance_spans))
}

fn quantity_spans(quantity: &Quantity) -> impl Iterator<Item = Span> {
    [Some(quantity.span), quantity.unit, quantity.referent].into_iter().flatten()
}

fn predication_spans(predication: &Predication) -> impl Iterator<Item = Span> {
    let arguments = predication.sources.iter().chain(&predication.targets).map(|argument| argument.span);
    let others = [predication.object, predication.condition, predication.place].into_iter().flatten();
    let reasons = predication.reasons.iter().map(|reason| reason.span);
    std::iter::once(predication.trigger).chain(arguments).chain(others).chain(reasons)
}

fn stance_spans(stance: &Stance) -> impl Iterator<Item = Span> {
    let object = stance.object.as_ref().map(|object| object.span);
    [Some(stance.evidence), stance.condition, object].into_iter().flatten()
}
