//! Puts statements together: from cues with their likeliest parts to the statements of an article.
//! Folds a speaker's stance about himself into the statement that holds it, and adds what needs no cue.

use crate::analysis::Analysis;
use crate::continuation;
use crate::cues::{self, CueHit, CueKind};
use crate::decode;
use crate::direct::Reports;
use crate::lexicon::Frame;
use crate::ranking::{self, Proposal, Ranker};
use crate::scope::Scope;
use crate::sources::{self, Source};
use rapporteur_model::{Confidence, Span, StatementClass, StatementKind};
use std::collections::HashMap;

/// A statement before its speaker is known.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) kind: StatementKind,
    pub(crate) class: StatementClass,
    pub(crate) content: Vec<Span>,
    pub(crate) quoted: Vec<Span>,
    pub(crate) source: Option<Source>,
    pub(crate) cue: Option<Span>,
    /// The cue's head, or the first token of a quotation without a cue.
    pub(crate) anchor: usize,
    /// The head of the content in the tree.
    pub(crate) content_head: Option<usize>,
    pub(crate) confidence: Confidence,
}

/// All statements of the article in `scope`, in the order of their contents.
pub(crate) fn find(analysis: &Analysis<'_>, ranker: &Ranker, scope: Scope) -> Vec<Draft> {
    let hits = cues::find(analysis);
    let proposals = propose(analysis, ranker, &hits);
    let mut drafts = decode::choose(analysis, ranker, scope, &hits, &proposals);
    add_echoes(analysis, &hits, &mut drafts);
    fold(analysis, &hits, &mut drafts);
    drafts.sort_by_key(|draft| (first_span(draft), draft.anchor));
    continuation::add(analysis, &mut drafts);
    drafts.sort_by_key(|draft| (first_span(draft), draft.anchor));
    drafts.dedup_by(|later, earlier| {
        later.content == earlier.content && !later.content.is_empty() && later.source == earlier.source
    });
    drafts
}

/// The likeliest parts of every cue that is worth a look. Cues inside a quotation are the speaker's own.
pub(crate) fn propose(analysis: &Analysis<'_>, ranker: &Ranker, hits: &[CueHit]) -> Vec<Proposal> {
    let reports = Reports::find(analysis, hits);
    // The name before a colon may stand inside the marks that open a transcript's line.
    let is_outside = |hit: &CueHit| hit.kind == CueKind::Colon || analysis.quotation_at(hit.head).is_none();
    let propose = |(hit_idx, hit): (usize, &CueHit)| {
        if hit.is_mark() {
            return ranking::of_mark(analysis, hit, hit_idx, &reports);
        }
        let is_direct = reports.of(hit_idx).is_some();
        if !ranker.is_worth_a_look(analysis, hit, is_direct) {
            return None;
        }
        ranker.propose(analysis, hit, hit_idx, &reports)
    };
    hits.iter().enumerate().filter(|(_, hit)| is_outside(hit)).filter_map(propose).collect()
}

/// The span that a draft is ordered and named by.
pub(crate) fn first_span(draft: &Draft) -> Option<Span> {
    draft.content.first().copied().or(draft.cue)
}

/// "…, others disagreed": the content of the report before it in the sentence.
fn add_echoes(analysis: &Analysis<'_>, hits: &[CueHit], drafts: &mut Vec<Draft>) {
    drafts.sort_by_key(|draft| draft.anchor);
    for hit in hits.iter().filter(|hit| analysis.quotation_at(hit.head).is_none()) {
        let at = drafts.partition_point(|draft| draft.anchor < hit.head);
        let is_reported = drafts.get(at).is_some_and(|draft| draft.anchor == hit.head);
        if let Some(echo) = echo(analysis, hit, &drafts[..at]).filter(|_| !is_reported) {
            drafts.insert(at, echo);
        }
    }
}

fn echo(analysis: &Analysis<'_>, hit: &CueHit, before: &[Draft]) -> Option<Draft> {
    let entry = hit.entry.filter(|entry| entry.takes(Frame::Echo))?;
    let earlier = before.last().filter(|draft| {
        analysis.sentence(draft.anchor) == analysis.sentence(hit.head) && draft.kind != StatementKind::ActReport
    })?;
    let source = sources::candidates(analysis, hit, None).into_iter().next()?;
    let is_other = earlier.source.is_some_and(|other| other.head != source.head);
    is_other.then(|| Draft {
        class: entry.class,
        source: Some(source),
        cue: Some(analysis.bytes(hit.words)),
        anchor: hit.head,
        content_head: None,
        confidence: earlier.confidence.min(Confidence::Medium),
        ..earlier.clone()
    })
}

/// A stance of the speaker about himself is part of the statement that holds it, which takes its
/// class: "said it wants to leave" is one statement, an intention.
fn fold(analysis: &Analysis<'_>, hits: &[CueHit], drafts: &mut Vec<Draft>) {
    let mut outer_of_head: HashMap<usize, usize> = HashMap::new();
    for (idx, draft) in drafts.iter().enumerate() {
        if let Some(head) = draft.content_head.filter(|&head| head != draft.anchor) {
            outer_of_head.entry(head).or_insert(idx);
        }
    }
    let mut is_folded = vec![false; drafts.len()];
    let by_anchor: HashMap<usize, usize> = drafts.iter().enumerate().map(|(idx, draft)| (draft.anchor, idx)).collect();
    for (idx, draft) in drafts.iter().enumerate() {
        // "repeated its demand that …": the noun reports, the verb only lends it a subject.
        let noun = draft.content_head.filter(|&head| head != draft.anchor).and_then(|head| by_anchor.get(&head));
        let same = |noun: &usize| {
            let [one, other] = [draft, &drafts[*noun]].map(|draft| draft.source.map(|source| source.head));
            one == other
                && hits
                    .binary_search_by_key(&drafts[*noun].anchor, |hit| hit.head)
                    .is_ok_and(|at| hits[at].kind == CueKind::Noun)
        };
        is_folded[idx] = noun.is_some_and(same);
    }
    for inner in 0..drafts.len() {
        let Some(source) = drafts[inner].source else { continue };
        let anchor = drafts[inner].anchor;
        let verb = governing_verb(analysis, hits, anchor);
        let outer = outer_of_head.get(&verb).or_else(|| outer_of_head.get(&anchor)).copied();
        let Some(outer) = outer.filter(|&outer| drafts[outer].anchor != anchor) else { continue };
        let is_pronoun = analysis.token(source.head).tag() == "PRP" && anchor > source.head;
        let same = source.is_inherited && drafts[outer].source.is_some_and(|other| other.head == source.head);
        if is_pronoun || same {
            is_folded[inner] = true;
            if drafts[outer].class == StatementClass::Speech && !same {
                drafts[outer].class = drafts[inner].class;
            }
        }
    }
    let mut folded = is_folded.into_iter();
    drafts.retain(|_| !folded.next().unwrap_or(false));
}

/// For an adjective its copula, for other cues the cue itself.
fn governing_verb(analysis: &Analysis<'_>, hits: &[CueHit], anchor: usize) -> usize {
    let is_adjective = |hit: &CueHit| hit.head == anchor && hit.kind == CueKind::Adjective;
    let at = hits.partition_point(|hit| hit.head < anchor);
    if hits.get(at).is_some_and(is_adjective) { analysis.token(anchor).head().idx() } else { anchor }
}
