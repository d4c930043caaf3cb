//! Features of a noun phrase as the source of a cue.

use super::{dependents, listed, step, yes};
use crate::analysis::Analysis;
use crate::cues::CueHit;
use crate::ranking::features::Sink;
use crate::ranking::holders::Holder;
use crate::sources::{self, Animacy};

/// Adds the features of `holder` as who stands behind `hit`.
pub(crate) fn holder(analysis: &Analysis<'_>, hit: &CueHit, holder: &Holder, sink: &mut dyn Sink) {
    let source = holder.source;
    let head = analysis.token(source.head);
    let cue = analysis.token(hit.head);
    let lemma = analysis.lemma(hit.head);
    let class = listed(hit.entry);
    let rank = holder.rule_rank.map_or("none", step);
    sink.add("rule.rank", &[rank]);
    sink.add("rule.rank-dep", &[rank, cue.dep(), cue.tag()]);
    sink.add("tree.place", &[holder.place]);
    sink.add("tree.place-pos", &[holder.place, cue.pos(), cue.dep()]);
    sink.add("word.place-lemma", &[holder.place, lemma]);
    sink.add("lex.place-class", &[holder.place, class]);
    sink.add("tree.place-takes", &[holder.place, &dependents(analysis, hit.head)]);
    sink.add("tree.sort", &[head.entity_type(), head.pos()]);
    sink.add("tree.place-sort", &[holder.place, head.entity_type(), head.pos()]);
    let animacy = match sources::can_speak(analysis, source) {
        Animacy::Yes => "yes",
        Animacy::Document => "document",
        Animacy::Unknown => "unknown",
        Animacy::No => "no",
    };
    sink.add("lex.animacy", &[animacy]);
    sink.add("lex.place-animacy", &[holder.place, animacy]);
    sink.add("word.head", &[analysis.lower(source.head)]);
    let is_before = source.head < hit.head;
    sink.add("shape.distance", &[yes(is_before), step(source.head.abs_diff(hit.head))]);
    sink.add("shape.inherited", &[yes(source.is_inherited), cue.dep()]);
    sink.add("quote.inside", &[yes(analysis.quotation_at(source.head).is_some())]);
}

/// Adds the features of the answer that no noun phrase is the source.
pub(crate) fn no_holder(analysis: &Analysis<'_>, hit: &CueHit, sink: &mut dyn Sink) {
    let cue = analysis.token(hit.head);
    sink.add("shape.none", &[]);
    sink.add("word.none-lemma", &[analysis.lemma(hit.head)]);
    sink.add("tree.none-takes", &[&dependents(analysis, hit.head)]);
    sink.add("tree.none-dep", &[cue.dep(), cue.tag()]);
    sink.add("lex.none-class", &[listed(hit.entry)]);
}
