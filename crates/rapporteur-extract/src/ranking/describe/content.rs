//! Features of a stretch as the content of a cue.

use super::{dependents, listed, step, yes};
use crate::analysis::Analysis;
use crate::content::ContentKind;
use crate::cues::CueHit;
use crate::ranking::contents::{Content, RuleChoice};
use crate::ranking::features::Sink;

/// The name of a way to hang on a cue, with its preposition.
pub(super) fn kind_name(kind: ContentKind) -> (&'static str, &'static str) {
    match kind {
        ContentKind::Clause => ("clause", ""),
        ContentKind::StanceClause => ("stance-clause", ""),
        ContentKind::ClauseAround => ("clause-around", ""),
        ContentKind::Infinitive => ("infinitive", ""),
        ContentKind::Gerund => ("gerund", ""),
        ContentKind::ObjectInfinitive(preposition) => ("object-infinitive", preposition.unwrap_or("")),
        ContentKind::WantInfinitive => ("want-infinitive", ""),
        ContentKind::Object => ("object", ""),
        ContentKind::Predicate => ("object-predicate", ""),
        ContentKind::As => ("as", ""),
        ContentKind::Prepositional(preposition) => ("to", preposition),
        ContentKind::ObjectPrepositional(preposition) => ("object-to", preposition),
        ContentKind::TextBefore => ("text-before", ""),
        ContentKind::TextAfter => ("text-after", ""),
        ContentKind::Open(name) => (name, ""),
    }
}

/// Adds the features of `content` as what `hit` reports.
pub(crate) fn content(
    analysis: &Analysis<'_>,
    hit: &CueHit,
    content: &Content,
    is_rule: Option<RuleChoice>,
    has_rule: bool,
    sink: &mut dyn Sink,
) {
    let lemma = analysis.lemma(hit.head);
    let class = listed(hit.entry);
    let token = analysis.token(hit.head);
    let takes = dependents(analysis, hit.head);
    sink.add("rule.chosen", &[yes(is_rule.is_some()), yes(has_rule)]);
    sink.add("rule.chosen-class", &[yes(is_rule.is_some()), class]);
    if content.is_direct {
        sink.add("quote.tied", &[]);
    }
    let quoted = quoted_share(analysis, content);
    let sentence = analysis.sentence(hit.head);
    let is_quoted_sentence = analysis.has_quotation(sentence.start, sentence.end);
    for &kind in &content.kinds {
        let (name, preposition) = kind_name(kind);
        sink.add("shape.kind", &[name]);
        sink.add("word.kind-lemma", &[name, lemma]);
        sink.add("tree.kind-pos", &[name, token.pos(), token.dep()]);
        sink.add("lex.kind-class", &[name, preposition, class]);
        sink.add("quote.kind", &[name, quoted, yes(is_quoted_sentence)]);
        sink.add("tree.kind-takes", &[name, &takes]);
        if is_rule.is_some() {
            sink.add("rule.kind", &[name]);
        }
    }
    sink.add("shape.n-kinds", &[step(content.kinds.len())]);
    sink.add("quote.share", &[quoted, yes(is_quoted_sentence)]);
    edges(analysis, hit, content, class, sink);
    place(analysis, hit, content, quoted, sink);
}

/// How much of a content stands between quotation marks.
fn quoted_share(analysis: &Analysis<'_>, content: &Content) -> &'static str {
    let tokens = || content.ranges.iter().flat_map(|range| range.start..range.end).take(400);
    let (mut n, mut n_quoted) = (0, 0);
    for idx in tokens().filter(|&idx| !analysis.is_mark(idx)) {
        n += 1;
        n_quoted += usize::from(analysis.quotation_at(idx).is_some());
    }
    match (n, n_quoted) {
        (_, 0) => "no",
        (n, quoted) if n == quoted => "all",
        _ => "part",
    }
}

/// The words at the edges.
fn edges(analysis: &Analysis<'_>, hit: &CueHit, content: &Content, class: &str, sink: &mut dyn Sink) {
    let (Some(first), Some(last)) = (content.ranges.first(), content.ranges.last()) else { return };
    let first_word = analysis.lower(first.start);
    let first_token = analysis.token(first.start);
    sink.add("word.first", &[first_word]);
    sink.add("tree.first", &[first_token.pos(), first_token.dep()]);
    sink.add("lex.first", &[class, first_token.tag()]);
    if let Some(&kind) = content.kinds.first() {
        sink.add("tree.kind-first", &[kind_name(kind).0, first_token.tag()]);
    }
    if analysis.lexicon.words.has("question-words", first_word) || matches!(first_word, "that" | "to") {
        sink.add("word.lemma-first", &[analysis.lemma(hit.head), first_word]);
    }
    let before = first.start.checked_sub(1).map_or("#", |idx| analysis.lower(idx));
    sink.add("word.before", &[before]);
    let after = Some(last.end).filter(|&idx| idx < analysis.doc.len());
    let after = after
        .map_or("#", |idx| if analysis.is_mark(idx) { analysis.token(idx).text() } else { analysis.token(idx).tag() });
    sink.add("word.after", &[after]);
    if let Some(next) = Some(last.end).filter(|&idx| idx < analysis.doc.len()) {
        let next = analysis.token(next);
        sink.add("tree.after", &[next.dep(), yes(last.contains(next.head().idx()))]);
    }
    let last_token = analysis.token(last.end - 1);
    sink.add("tree.last", &[last_token.pos()]);
    sink.add("lex.last-time", &[yes(analysis.lexicon.words.has("times", analysis.lower(last.end - 1)))]);
    if let Some(head) = content.head {
        let head = analysis.token(head);
        sink.add("tree.head", &[head.pos(), head.dep()]);
        sink.add("lex.head-class", &[class, head.pos(), head.tag()]);
    }
}

/// Length, side, gap, what is left over in the sentence.
fn place(analysis: &Analysis<'_>, hit: &CueHit, content: &Content, quoted: &str, sink: &mut dyn Sink) {
    let (Some(first), Some(last)) = (content.ranges.first(), content.ranges.last()) else { return };
    let n_tokens: usize = content.ranges.iter().map(|range| range.len()).sum();
    sink.add("shape.length", &[step(n_tokens)]);
    sink.add("shape.pieces", &[step(content.ranges.len())]);
    let side = match (last.end <= hit.head, first.start > hit.head) {
        (true, _) => "left",
        (_, true) => "right",
        _ => "both",
    };
    let gap = if side == "left" { hit.head - last.end } else { first.start.saturating_sub(hit.head + 1) };
    sink.add("shape.gap", &[side, step(gap)]);
    let sentence = analysis.sentence(hit.head);
    let to_end = sentence.end.saturating_sub(last.end);
    let from_start = first.start.saturating_sub(sentence.start);
    sink.add("shape.to-end", &[side, step(to_end)]);
    sink.add("shape.from-start", &[side, step(from_start)]);
    sink.add("quote.side", &[side, quoted]);
    let inside = |idx: usize| content.ranges.iter().any(|range| range.contains(idx));
    if let Some(subject) = analysis.subject(hit.head) {
        sink.add("tree.subject-inside", &[yes(inside(subject))]);
    }
    // A quotation of the sentence that is left out.
    let left_out = analysis.quotations_in(sentence.start, sentence.end).any(|tokens| !inside(tokens.start));
    sink.add("quote.left-out", &[yes(left_out), quoted]);
    let n_roots = content.ranges.iter().flat_map(|range| range.start..range.end).take(400);
    let n_roots = n_roots
        .filter(|&idx| {
            let token = analysis.token(idx);
            !analysis.is_mark(idx) && (token.is_root() || !inside(token.head().idx()))
        })
        .count();
    sink.add("tree.roots", &[step(n_roots)]);
    if let Some(&kind) = content.kinds.first() {
        sink.add("tree.kind-roots", &[kind_name(kind).0, step(n_roots)]);
    }
    let has_verb = content.ranges.iter().flat_map(|range| range.start..range.end).take(400);
    let has_verb = has_verb.into_iter().any(|idx| matches!(analysis.token(idx).tag(), "VBD" | "VBZ" | "VBP" | "MD"));
    sink.add("tree.finite", &[yes(has_verb), side]);
}
