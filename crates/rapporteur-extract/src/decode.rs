//! Which proposals stand? Takes those that are likely enough, keeps one of two that claim the same words,
//! and lets a report inside another's content stand as a chain.

use crate::analysis::Analysis;
use crate::content::ContentKind;
use crate::cues::{CueHit, CueKind};
use crate::ranking::{Proposal, Ranker, is_quotation};
use crate::scope::Scope;
use crate::spans::{quoted_parts, whole_quotation};
use crate::statements::Draft;
use rapporteur_model::{Confidence, Span, StatementKind};
use std::collections::HashMap;

/// Two contents that share more than this part of their bytes are one.
const SAME_CONTENT: f64 = 0.6;

/// How long the stretches are that proposals are looked up by.
const STRETCH_BYTES: usize = 512;

/// How many times likelier than an act report a statement must be: where the frame says that only the act is
/// named, and where there is no frame. Set on out-of-part predictions of the training set.
const FRAME_SAYS_ACT: f64 = 2.0;
const NO_FRAME: f64 = 0.5;

/// The probabilities from which a statement is highly likely, and from which likelier than not.
const HIGH: f64 = 0.8;
const MEDIUM: f64 = 0.5;

/// The drafts of the proposals that count in `scope`, in the order of their cues.
pub(crate) fn choose(
    analysis: &Analysis<'_>,
    ranker: &Ranker,
    scope: Scope,
    hits: &[CueHit],
    proposals: &[Proposal],
) -> Vec<Draft> {
    let mut order: Vec<&Proposal> =
        proposals.iter().filter(|proposal| counts(ranker, scope, &hits[proposal.hit_idx], proposal)).collect();
    order.sort_by(|a, b| probability(b).total_cmp(&probability(a)).then(a.hit_idx.cmp(&b.hit_idx)));
    let mut kept: Vec<&Proposal> = Vec::new();
    // Only contents that lie near each other can overlap.
    let mut near: HashMap<usize, Vec<&Proposal>> = HashMap::new();
    for proposal in order {
        let is_same = |other: &&Proposal| {
            let is_chain =
                tells(other, proposal, &hits[proposal.hit_idx]) || tells(proposal, other, &hits[other.hit_idx]);
            !is_chain && overlap(&other.content.spans, &proposal.content.spans) > SAME_CONTENT
        };
        let is_said_twice = stretches(proposal).filter_map(|stretch| near.get(&stretch)).flatten().any(is_same);
        if !is_said_twice {
            kept.push(proposal);
            for stretch in stretches(proposal) {
                near.entry(stretch).or_default().push(proposal);
            }
        }
    }
    kept.sort_by_key(|proposal| proposal.hit_idx);
    kept.into_iter().map(|proposal| draft(analysis, scope, &hits[proposal.hit_idx], proposal)).collect()
}

/// The numbers of the stretches of the text that a content touches.
fn stretches(proposal: &Proposal) -> impl Iterator<Item = usize> {
    let touched = |span: &Span| span.start.get() / STRETCH_BYTES..=span.end.get() / STRETCH_BYTES;
    proposal.content.spans.iter().flat_map(touched)
}

/// How sure it is that a proposal stands: that anything is reported at all. Whether what a
/// verb takes as object is what was said or only what it was about is told by its frame where it has one.
fn probability(proposal: &Proposal) -> f64 {
    proposal.probabilities.statement + proposal.probabilities.act_report
}

/// Whether only the act is named. What a verb takes as object is what was said, or only what it was about, as
/// its frame tells; where no frame is filled, the likelier counts.
fn is_act_report(proposal: &Proposal) -> bool {
    let lean = match proposal.rule {
        Some(rule) if rule.is_act_report => FRAME_SAYS_ACT,
        Some(_) => return false,
        None => NO_FRAME,
    };
    proposal.probabilities.statement < lean * proposal.probabilities.act_report
}

fn counts(ranker: &Ranker, scope: Scope, hit: &CueHit, proposal: &Proposal) -> bool {
    let thresholds = &ranker.thresholds;
    let threshold = match scope {
        _ if proposal.rule.is_some() && hit.kind == CueKind::Noun => thresholds.noun_frame,
        _ if proposal.rule.is_some() => thresholds.frame,
        Scope::Statement => thresholds.statement,
        Scope::Attitude => thresholds.attitude,
    };
    probability(proposal) >= threshold
}

fn draft(analysis: &Analysis<'_>, scope: Scope, hit: &CueHit, proposal: &Proposal) -> Draft {
    let content = &proposal.content;
    let is_act = scope == Scope::Statement && is_act_report(proposal);
    let mut spans = content.spans.clone();
    let mut quoted = if content.is_direct { spans.clone() } else { quoted_parts(analysis, &spans) };
    let whole = whole_quotation(analysis, &spans);
    let kind = if is_act {
        StatementKind::ActReport
    } else if content.is_direct || content.kinds.iter().any(|&kind| is_quotation(kind)) {
        quoted.clone_from(&spans);
        StatementKind::Direct
    } else if let Some(words) = whole.filter(|_| content.kinds.contains(&ContentKind::Clause)) {
        spans = vec![words];
        quoted = vec![words];
        StatementKind::Direct
    } else if quoted.is_empty() {
        StatementKind::Indirect
    } else {
        StatementKind::Mixed
    };
    Draft {
        kind,
        class: proposal.class,
        content: spans,
        quoted,
        source: proposal.holder.map(|holder| holder.source),
        cue: Some(cue_span(analysis, hit, proposal)),
        anchor: hit.head,
        content_head: content.head,
        confidence: confidence(probability(proposal)),
    }
}

fn confidence(probability: f64) -> Confidence {
    match probability {
        HIGH.. => Confidence::High,
        MEDIUM.. => Confidence::Medium,
        _ => Confidence::Low,
    }
}

/// The cue with the preposition that leads to its content.
fn cue_span(analysis: &Analysis<'_>, hit: &CueHit, proposal: &Proposal) -> Span {
    let mut words = hit.words;
    let first = proposal.content.ranges.first().map(|range| range.start);
    let is_prepositional =
        |kind: &ContentKind| matches!(kind, ContentKind::Prepositional(_) | ContentKind::Open("prep-in"));
    if proposal.content.kinds.iter().any(is_prepositional) && first == Some(words.end + 1) {
        words.end += 1;
    }
    analysis.bytes(words)
}

/// Whether `inner`, its cue and its source, is among the words that `outer` reports: another's report, told by
/// this one.
fn tells(outer: &Proposal, inner: &Proposal, inner_cue: &CueHit) -> bool {
    let is_inside = |token: usize| outer.content.ranges.iter().any(|range| range.contains(token));
    let source = inner.holder.filter(|holder| !holder.source.is_inherited);
    is_inside(inner_cue.head) && source.is_some_and(|holder| is_inside(holder.source.head))
}

/// Shared bytes by all bytes.
fn overlap(one: &[Span], other: &[Span]) -> f64 {
    let n_bytes = |spans: &[Span]| spans.iter().map(|span| span.len_bytes()).sum::<usize>();
    let mut n_shared = 0;
    for a in one {
        for b in other {
            let (start, end) = (a.start.get().max(b.start.get()), a.end.get().min(b.end.get()));
            n_shared += end.saturating_sub(start);
        }
    }
    let n_all = n_bytes(one) + n_bytes(other) - n_shared;
    if n_all == 0 { 0.0 } else { n_shared as f64 / n_all as f64 }
}
