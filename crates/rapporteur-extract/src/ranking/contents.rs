//! The candidates for the content of a cue: those of its frames, those of the tree and the quotation
//! marks around it, and the quotations that the surface ties to it, each stretch once.

use crate::analysis::{Analysis, TokenRange};
use crate::choice;
use crate::content::{self, Candidate, ContentKind};
use crate::cues::{CueHit, CueKind};
use crate::direct::{DirectReport, Reports};
use crate::lexicon::Frame;
use crate::spans::{quoted_words, spans};
use rapporteur_model::{Span, StatementClass};

/// More candidates than this are no help: the text has no sentence marks.
const MAX_CONTENTS: usize = 96;

/// A stretch that may be what a cue reports.
#[derive(Debug, Clone)]
pub(crate) struct Content {
    pub(crate) spans: Vec<Span>,
    pub(crate) ranges: Vec<TokenRange>,
    /// The head of the content in the tree; `None` for quotations that the surface ties to the cue.
    pub(crate) head: Option<usize>,
    /// How it hangs on its cue; one stretch may do so in several ways.
    pub(crate) kinds: Vec<ContentKind>,
    /// The surface ties it to the cue: "…," she said.
    pub(crate) is_direct: bool,
}

/// What the rules would take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RuleChoice {
    /// Index among the contents.
    pub(crate) content: usize,
    pub(crate) kind: Option<ContentKind>,
    pub(crate) is_act_report: bool,
    pub(crate) class: Option<StatementClass>,
}

/// The contents that `hit` may have, in a fixed order, and the rules' choice among them.
pub(crate) fn list(
    analysis: &Analysis<'_>,
    hit: &CueHit,
    reports: &Reports,
    hit_idx: usize,
) -> (Vec<Content>, Option<RuleChoice>) {
    let direct = reports.of(hit_idx);
    let mut contents = Vec::new();
    let framed = content::candidates(analysis, hit);
    let chosen = choice::choose(analysis, hit, &framed);
    let mut rule = None;
    if let Some(report) = direct
        && let Some(content) = of_report(analysis, report)
    {
        contents.push(content);
        rule = Some(RuleChoice { content: 0, kind: None, is_act_report: false, class: None });
    }
    for candidate in &framed {
        add(analysis, hit, &mut contents, candidate);
    }
    if let Some(choice) = chosen.filter(|_| rule.is_none())
        && let Some(content) = add(analysis, hit, &mut contents, &choice.candidate)
    {
        let kind = Some(choice.candidate.kind);
        let class = choice.class.or_else(|| stance_of_self(analysis, hit, choice.candidate.head));
        rule = Some(RuleChoice { content, kind, is_act_report: choice.is_act_report, class });
    }
    let base = rule.and_then(|rule| framed.iter().find(|candidate| Some(candidate.kind) == rule.kind));
    let base = base.or_else(|| framed.iter().find(|candidate| candidate.kind == ContentKind::Clause));
    for candidate in base.into_iter().flat_map(|base| content::cuts(analysis, base)) {
        add(analysis, hit, &mut contents, &candidate);
    }
    let is_taken = |candidate: &Candidate| {
        let mut quotations = candidate.ranges.iter().filter_map(|range| analysis.quotation_at(range.start));
        is_quotation(candidate.kind) && quotations.any(|quotation| reports.claims(quotation, hit_idx))
    };
    for candidate in content::open_candidates(analysis, hit).into_iter().filter(|candidate| !is_taken(candidate)) {
        add(analysis, hit, &mut contents, &candidate);
    }
    (contents, rule)
}

/// "said he wants to leave": the class of a stance that the speaker takes about himself.
fn stance_of_self(analysis: &Analysis<'_>, hit: &CueHit, content_head: usize) -> Option<StatementClass> {
    hit.entry.filter(|entry| entry.class == StatementClass::Speech)?;
    let subject = analysis.token(analysis.subject(content_head)?);
    let is_self = subject.tag() == "PRP" && subject.idx() < content_head;
    let entry = analysis.lexicon.verbs.get(analysis.lemma(content_head)).filter(|_| is_self)?;
    let class = analysis.token(content_head).children().find_map(|child| match child.dep() {
        "xcomp" if analysis.subject(child.idx()).is_some() => entry.class_with(Frame::WantInfinitive),
        "xcomp" => entry.class_with(Frame::Infinitive),
        "ccomp" => entry.class_with(Frame::Clause).or(entry.class_with(Frame::WantInfinitive)),
        "dobj" => entry.class_with(Frame::Object),
        _ => None,
    })?;
    Some(class).filter(|class| *class != StatementClass::Speech)
}

fn of_report(analysis: &Analysis<'_>, report: &DirectReport) -> Option<Content> {
    let spans: Vec<Span> = report.quotations.iter().filter_map(|&idx| quoted_words(analysis, idx)).collect();
    let ranges = report.quotations.iter().map(|&idx| analysis.quotations[idx].tokens).collect();
    (!spans.is_empty()).then_some(Content { spans, ranges, head: None, kinds: Vec::new(), is_direct: true })
}

/// Whether a content is one or two quotations beside the cue.
pub(crate) fn is_quotation(kind: ContentKind) -> bool {
    matches!(kind, ContentKind::Open("quote-left" | "quote-right" | "quote-both"))
}

/// Without the "that" that opens a clause.
fn without_opener(analysis: &Analysis<'_>, range: TokenRange) -> TokenRange {
    let first = analysis.token(range.start);
    let is_opener = range.len() > 1 && first.dep() == "mark" && first.norm() == "that";
    TokenRange::new(range.start + usize::from(is_opener), range.end)
}

/// Adds a candidate, or its kind to the content that covers the same words; gives the content's index.
fn add(analysis: &Analysis<'_>, hit: &CueHit, contents: &mut Vec<Content>, candidate: &Candidate) -> Option<usize> {
    let mut ranges = candidate.ranges.clone();
    if let Some(first) = ranges.first_mut() {
        *first = without_opener(analysis, *first);
    }
    let spans = if is_quotation(candidate.kind) {
        let quotations = ranges.iter().filter_map(|range| analysis.quotation_at(range.start));
        quotations.filter_map(|idx| quoted_words(analysis, idx)).collect()
    } else {
        spans(analysis, &ranges)
    };
    let own = analysis.bytes(hit.words);
    // "raised the possibility of a strike": a noun may be part of what it reports.
    let may_hold_cue = hit.kind == CueKind::Noun && candidate.kind == ContentKind::Object;
    let holds_cue = || spans.iter().any(|span| span.start < own.end && own.start < span.end);
    if spans.is_empty() || (!may_hold_cue && holds_cue()) {
        return None;
    }
    if let Some(known) = contents.iter().position(|content| content.spans == spans) {
        if !contents[known].kinds.contains(&candidate.kind) {
            contents[known].kinds.push(candidate.kind);
        }
        contents[known].head = contents[known].head.or(Some(candidate.head));
        return Some(known);
    }
    if contents.len() >= MAX_CONTENTS {
        return None;
    }
    contents.push(Content { spans, ranges, head: Some(candidate.head), kinds: vec![candidate.kind], is_direct: false });
    Some(contents.len() - 1)
}
