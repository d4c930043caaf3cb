//! Features of a whole statement: whether it is one, and which act it names.

use super::content::kind_name;
use super::cue::kind_name as cue_kind_name;
use super::{cue, listed, step, yes};
use crate::analysis::Analysis;
use crate::cues::CueHit;
use crate::lexicon::Frame;
use crate::ranking::contents::{Content, RuleChoice};
use crate::ranking::features::Sink;
use crate::ranking::holders::Holder;
use crate::sources::{self, Animacy};
use rapporteur_model::StatementClass;

/// What was chosen for a cue.
pub(crate) struct Parts<'p> {
    pub(crate) content: &'p Content,
    /// Whether the content is the rules' own choice, and what they make of it.
    pub(crate) rule: Option<RuleChoice>,
    /// Whether the rules found any content.
    pub(crate) has_rule: bool,
    /// How sure the choice of the content was, in tenths.
    pub(crate) sureness: usize,
    pub(crate) holder: Option<&'p Holder>,
}

/// Adds the features that tell whether `hit` with these parts is a statement.
pub(crate) fn statement(analysis: &Analysis<'_>, hit: &CueHit, parts: &Parts<'_>, sink: &mut dyn Sink) {
    cue(analysis, hit, parts.content.is_direct, sink);
    let class = listed(hit.entry);
    let lemma = analysis.lemma(hit.head);
    let rule_class = parts.rule.and_then(|rule| rule.class).map_or("none", StatementClass::name);
    let is_act = parts.rule.is_some_and(|rule| rule.is_act_report);
    sink.add("rule.fires", &[yes(parts.rule.is_some()), yes(parts.has_rule), yes(is_act)]);
    sink.add("rule.fires-class", &[yes(parts.rule.is_some()), yes(is_act), class, rule_class]);
    let rule_kind = parts.rule.and_then(|rule| rule.kind).map_or(("none", ""), kind_name);
    sink.add("rule.fires-kind", &[rule_kind.0, yes(is_act), class]);
    let cue_kind = cue_kind_name(hit.kind);
    sink.add("rule.fires-cue", &[yes(parts.rule.is_some()), yes(is_act), cue_kind]);
    sink.add(
        "rule.fires-listed",
        &[yes(parts.rule.is_some()), yes(parts.has_rule), yes(hit.entry.is_some()), cue_kind],
    );
    sink.add("tree.source-cue", &[parts.holder.map_or("none", |holder| holder.place), cue_kind]);
    sink.add("shape.sureness", &[step(parts.sureness)]);
    for &kind in &parts.content.kinds {
        let (name, preposition) = kind_name(kind);
        sink.add("shape.content", &[name]);
        sink.add("lex.content-class", &[name, preposition, class]);
        sink.add("word.content-lemma", &[name, lemma]);
    }
    let n_tokens: usize = parts.content.ranges.iter().map(|range| range.len()).sum();
    sink.add("shape.length", &[step(n_tokens), class]);
    first_words(analysis, parts.content, class, sink);
    source(analysis, parts.holder, class, sink);
    head(analysis, parts.content, class, sink);
}

fn first_words(analysis: &Analysis<'_>, content: &Content, class: &str, sink: &mut dyn Sink) {
    let Some(first) = content.ranges.first() else { return };
    let token = analysis.token(first.start);
    sink.add("word.content-first", &[analysis.lower(first.start)]);
    sink.add("tree.content-first", &[token.tag(), class]);
}

fn source(analysis: &Analysis<'_>, holder: Option<&Holder>, class: &str, sink: &mut dyn Sink) {
    let Some(holder) = holder else {
        sink.add("tree.source", &["none", class]);
        return;
    };
    let head = analysis.token(holder.source.head);
    let lower = analysis.lower(holder.source.head);
    let animacy = match sources::can_speak(analysis, holder.source) {
        Animacy::Yes => "yes",
        Animacy::Document => "document",
        Animacy::Unknown => "unknown",
        Animacy::No => "no",
    };
    sink.add("tree.source", &[holder.place]);
    sink.add("tree.source-rank", &[holder.rule_rank.map_or("none", step), class]);
    sink.add("lex.source-animacy", &[animacy, class]);
    sink.add("tree.source-sort", &[head.entity_type(), head.pos()]);
    sink.add("word.source", &[lower]);
    let is_self = analysis.lexicon.words.has("first-second-person", lower);
    sink.add("lex.source-first-person", &[yes(is_self)]);
    let is_study = analysis.lexicon.words.has("studies", analysis.lemma(holder.source.head));
    sink.add("lex.source-study", &[yes(is_study), class]);
}

/// What the head of the content is: a verb of another stance, a noun that names one.
fn head(analysis: &Analysis<'_>, content: &Content, class: &str, sink: &mut dyn Sink) {
    let Some(head) = content.head else { return };
    let token = analysis.token(head);
    let lemma = analysis.lemma(head);
    let lexicon = analysis.lexicon;
    let stance = listed(if token.pos() == "NOUN" { lexicon.nouns.get(lemma) } else { lexicon.verbs.get(lemma) });
    sink.add("lex.content-stance", &[stance, token.pos(), class]);
    sink.add("tree.content-head", &[token.tag(), token.dep(), class]);
    sink.add("word.content-head", &[lemma]);
}

/// Adds the features that tell the class of a statement.
pub(crate) fn class(analysis: &Analysis<'_>, hit: &CueHit, parts: &Parts<'_>, sink: &mut dyn Sink) {
    let listed_class = listed(hit.entry);
    let lemma = analysis.lemma(hit.head);
    let token = analysis.token(hit.head);
    let rule_class = parts.rule.and_then(|rule| rule.class).map_or(listed_class, StatementClass::name);
    sink.add("shape.bias", &[]);
    sink.add("lex.class", &[listed_class]);
    sink.add("rule.class", &[rule_class]);
    sink.add("word.lemma", &[lemma]);
    sink.add("tree.cue", &[token.pos(), token.tag()]);
    sink.add("quote.direct", &[yes(parts.content.is_direct)]);
    for child in token.children().take(64) {
        match child.dep() {
            "prep" | "prt" => sink.add("word.preposition", &[lemma, analysis.lower(child.idx())]),
            "neg" => sink.add("tree.negated", &[listed_class]),
            "dobj" => sink.add("lex.object", &[listed(analysis.lexicon.nouns.get(analysis.lemma(child.idx())))]),
            _ => {}
        }
    }
    for &kind in &parts.content.kinds {
        let (name, preposition) = kind_name(kind);
        if !matches!(kind, crate::content::ContentKind::Open(_)) {
            sink.add("shape.content", &[name, preposition]);
            sink.add("lex.content-class", &[name, preposition, listed_class]);
        }
    }
    if let Some(holder) = parts.holder {
        let head = analysis.token(holder.source.head);
        sink.add("tree.source-sort", &[head.entity_type(), head.pos()]);
        sink.add("word.source", &[analysis.lemma(holder.source.head)]);
        sink.add("lex.source-class", &[head.entity_type(), listed_class]);
    }
    content_words(analysis, parts.content, listed_class, sink);
    let is_title = analysis.is_title(hit.head);
    sink.add("shape.title", &[yes(is_title)]);
}

/// The words of the content that tell the act: its head, modal verbs, "to", first words.
fn content_words(analysis: &Analysis<'_>, content: &Content, listed_class: &str, sink: &mut dyn Sink) {
    if let Some(first) = content.ranges.first() {
        sink.add("word.content-first", &[analysis.lower(first.start), listed_class]);
        sink.add("tree.content-first", &[analysis.token(first.start).tag(), listed_class]);
    }
    let Some(head) = content.head else { return };
    let token = analysis.token(head);
    let lemma = analysis.lemma(head);
    let lexicon = analysis.lexicon;
    let entry = if token.pos() == "NOUN" { lexicon.nouns.get(lemma) } else { lexicon.verbs.get(lemma) };
    let has_clause = entry.is_some_and(|entry| entry.takes(Frame::Infinitive) || entry.takes(Frame::Clause));
    let subject = analysis.subject(head).map(|subject| analysis.token(subject).pos());
    sink.add("word.content-head", &[lemma]);
    sink.add("lex.content-stance", &[listed(entry), yes(has_clause), subject.unwrap_or("none")]);
    for child in token.children().filter(|child| child.dep() == "aux").take(8) {
        sink.add("word.content-modal", &[analysis.lower(child.idx()), listed_class]);
        sink.add("word.content-modal-subject", &[analysis.lower(child.idx()), subject.unwrap_or("none")]);
    }
}
