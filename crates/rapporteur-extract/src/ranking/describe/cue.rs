//! Features of a word as a cue.

use super::{dependents, listed, step, yes};
use crate::analysis::Analysis;
use crate::cues::{CueHit, CueKind};
use crate::ranking::features::Sink;

/// Adds the features of `hit`; `is_direct` says that the surface ties a quotation to it.
pub(crate) fn cue(analysis: &Analysis<'_>, hit: &CueHit, is_direct: bool, sink: &mut dyn Sink) {
    let token = analysis.token(hit.head);
    let lemma = analysis.lemma(hit.head);
    let (lemma, pos, tag, dep) = (lemma, token.pos(), token.tag(), token.dep());
    let takes = dependents(analysis, hit.head);
    let takes = takes.as_str();
    let kind = kind_name(hit.kind);
    sink.add("shape.bias", &[]);
    sink.add("shape.kind", &[kind]);
    sink.add("word.lemma", &[lemma, pos]);
    sink.add("word.lemma-dep", &[lemma, dep]);
    sink.add("word.lemma-takes", &[lemma, takes]);
    sink.add("tree.tag", &[tag]);
    sink.add("tree.dep", &[pos, dep]);
    sink.add("tree.takes", &[pos, takes]);
    sink.add("tree.dep-takes", &[pos, dep, takes]);
    let entry = hit.entry;
    let class = listed(entry);
    sink.add("lex.class", &[kind, class]);
    sink.add("lex.class-takes", &[class, takes]);
    sink.add("lex.class-dep", &[class, dep]);
    if let Some(entry) = entry {
        sink.add(
            "lex.flags",
            &[yes(entry.is_say), yes(entry.needs_animate), yes(entry.is_tail), yes(entry.needs_study)],
        );
    }
    above(analysis, hit, class, sink);
    neighbours(analysis, hit, lemma, sink);
    dependants(analysis, hit, lemma, class, sink);
    quotes(analysis, hit, is_direct, class, sink);
    let is_title = analysis.is_title(hit.head);
    sink.add("shape.title", &[yes(is_title), tag]);
}

pub(super) fn kind_name(kind: CueKind) -> &'static str {
    match kind {
        CueKind::Verb => "verb",
        CueKind::Noun => "noun",
        CueKind::Adjective => "adjective",
        CueKind::Phrase => "phrase",
        CueKind::Colon => "colon",
        CueKind::Dash => "dash",
    }
}

/// What governs the cue; whether another cue does.
fn above(analysis: &Analysis<'_>, hit: &CueHit, class: &str, sink: &mut dyn Sink) {
    let token = analysis.token(hit.head);
    let head = token.head();
    let head_lemma = analysis.lemma(head.idx());
    if !token.is_root() {
        sink.add("word.head", &[head_lemma, token.dep()]);
        sink.add("tree.head-dep", &[head.dep(), token.dep()]);
    }
    let mut below = token;
    for _ in 0..8 {
        if below.is_root() {
            break;
        }
        let above = below.head();
        let governs = matches!(below.dep(), "ccomp" | "xcomp" | "acl" | "conj" | "advcl" | "pobj" | "pcomp" | "dobj");
        let lemma = analysis.lemma(above.idx());
        let entry = analysis.lexicon.verbs.get(lemma).or_else(|| analysis.lexicon.nouns.get(lemma));
        if governs && let Some(entry) = entry.filter(|_| above.pos() != "AUX") {
            let subject = analysis.subject(hit.head);
            let is_pronoun = subject.is_some_and(|subject| analysis.token(subject).tag() == "PRP");
            let subject = match subject {
                None => "none",
                Some(_) if is_pronoun => "pronoun",
                Some(_) => "noun",
            };
            sink.add("lex.under", &[listed(Some(entry)), below.dep(), subject]);
            sink.add("lex.under-class", &[class, below.dep(), subject]);
            return;
        }
        below = above;
    }
    sink.add("lex.under", &["none"]);
}

fn neighbours(analysis: &Analysis<'_>, hit: &CueHit, lemma: &str, sink: &mut dyn Sink) {
    let word = |at: Option<usize>| at.filter(|&at| at < analysis.doc.len()).map_or("#", |at| analysis.lower(at));
    let [before_2, before, after, after_2] = [
        word(hit.head.checked_sub(2)),
        word(hit.head.checked_sub(1)),
        word(Some(hit.head + 1)),
        word(Some(hit.head + 2)),
    ];
    sink.add("word.before-2", &[before_2]);
    sink.add("word.before", &[before]);
    sink.add("word.after", &[after]);
    sink.add("word.after-2", &[after_2]);
    sink.add("word.lemma-before", &[lemma, before]);
    sink.add("word.lemma-after", &[lemma, after]);
}

/// Subject, modal verbs, negation, prepositions, objects and how a clause is opened.
fn dependants(analysis: &Analysis<'_>, hit: &CueHit, lemma: &str, class: &str, sink: &mut dyn Sink) {
    let token = analysis.token(hit.head);
    match analysis.subject(hit.head) {
        None => sink.add("tree.subject", &[token.pos(), "none"]),
        Some(subject) => {
            let subject = analysis.token(subject);
            let lower = analysis.lower(subject.idx());
            let sort = match (subject.entity_type(), subject.pos()) {
                ("", "PRON") => lower,
                ("", pos) => pos,
                (entity, _) => entity,
            };
            sink.add("tree.subject", &[token.pos(), sort]);
            sink.add("tree.subject-lemma", &[lemma, sort]);
            sink.add("lex.subject-class", &[class, sort]);
            sink.add("word.subject", &[analysis.lemma(subject.idx())]);
            let people = &analysis.lexicon.people;
            let noun = analysis.lemma(subject.idx());
            for list in ["person-nouns", "group-nouns", "organisation-nouns", "document-nouns", "state-nouns"] {
                if people.has(list, noun) {
                    sink.add("lex.subject-list", &[list, class]);
                }
            }
            if analysis.lexicon.words.has("inanimate", lower) {
                sink.add("lex.subject-list", &["inanimate", class]);
            }
        }
    }
    for child in token.children().take(64) {
        let lower = || analysis.lower(child.idx());
        match child.dep() {
            "aux" if child.tag() == "MD" => sink.add("word.modal", &[lower(), class]),
            "aux" if child.tag() == "TO" => sink.add("tree.to", &[class, token.dep()]),
            "neg" => sink.add("tree.negated", &[class]),
            "prep" | "prt" => {
                sink.add("word.preposition", &[lemma, lower()]);
                sink.add("lex.preposition", &[class, lower()]);
            }
            "dobj" => {
                let object = analysis.lemma(child.idx());
                sink.add("word.object", &[object]);
                sink.add("word.lemma-object", &[lemma, object]);
                sink.add("lex.object", &[class, child.entity_type(), child.pos()]);
                sink.add("lex.object-noun", &[class, listed(analysis.lexicon.nouns.get(object))]);
            }
            "ccomp" | "xcomp" => {
                let opener = child.children().find(|part| matches!(part.dep(), "mark" | "aux"));
                let opener = opener.map_or("none", |opener| analysis.lower(opener.idx()));
                sink.add("tree.clause", &[child.dep(), opener]);
                sink.add("lex.clause", &[class, child.dep(), opener]);
                sink.add("tree.clause-side", &[token.pos(), yes(child.idx() < token.idx())]);
            }
            _ => {}
        }
    }
}

fn quotes(analysis: &Analysis<'_>, hit: &CueHit, is_direct: bool, class: &str, sink: &mut dyn Sink) {
    sink.add("quote.direct", &[yes(is_direct), class]);
    let sentence = analysis.sentence(hit.head);
    let has_quotation = analysis.has_quotation(sentence.start, sentence.end);
    sink.add("quote.in-sentence", &[yes(has_quotation), class]);
    let distance = |idx: Option<usize>| {
        let near = idx.filter(|&idx| idx < 6);
        near.map_or("far", step)
    };
    let after = analysis.distance_to_quotation_after(hit.head);
    let before = analysis.distance_to_quotation_before(hit.head);
    sink.add("quote.after", &[distance(after)]);
    sink.add("quote.before", &[distance(before)]);
}
