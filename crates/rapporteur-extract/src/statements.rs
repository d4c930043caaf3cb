//! Puts statements together: cue, content, source, kind and class. Decides which of the candidate
//! cues count, and folds a speaker's stance about himself into the statement that holds it.

use crate::analysis::{Analysis, TokenRange};
use crate::choice;
use crate::content;
use crate::continuation;
use crate::cues::{self, CueHit, CueKind};
use crate::direct::{self, DirectReport};
use crate::lexicon::Frame;
use crate::sources::{self, Animacy, Source};
use rapporteur_model::{Span, StatementClass, StatementKind};
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
}

/// All statements of the article, in the order of their contents.
pub(crate) fn find(analysis: &Analysis<'_>) -> Vec<Draft> {
    let hits = cues::find(analysis);
    let reports = direct::attribute(analysis, &hits);
    let mut drafts: Vec<Draft> = reports.iter().filter_map(|report| direct_draft(analysis, &hits, report)).collect();
    let mut is_direct = vec![false; hits.len()];
    for report in &reports {
        is_direct[report.hit_idx] = true;
    }
    let mut indirect = Vec::new();
    for (hit, _) in hits.iter().zip(&is_direct).filter(|(_, is_direct)| !**is_direct) {
        if analysis.quotation_at(hit.head).is_none() {
            let draft = indirect_draft(analysis, hit).or_else(|| echo(analysis, hit, &indirect));
            indirect.extend(draft);
        }
    }
    fold(analysis, &hits, &mut indirect);
    drafts.extend(indirect);
    drafts.sort_by_key(|draft| (first_span(draft), draft.anchor));
    continuation::add(analysis, &mut drafts);
    drafts.sort_by_key(|draft| (first_span(draft), draft.anchor));
    drafts.dedup_by(|later, earlier| {
        later.content == earlier.content && !later.content.is_empty() && later.source == earlier.source
    });
    drafts
}

/// The span that a draft is ordered and named by.
pub(crate) fn first_span(draft: &Draft) -> Option<Span> {
    draft.content.first().copied().or(draft.cue)
}

fn direct_draft(analysis: &Analysis<'_>, hits: &[CueHit], report: &DirectReport) -> Option<Draft> {
    let hit = &hits[report.hit_idx];
    let quoted: Vec<Span> = report.quotations.iter().filter_map(|&idx| quoted_words(analysis, idx)).collect();
    let source = sources::candidates(analysis, hit, Some(report.lead)).into_iter().next();
    let entry = hit.entry?;
    (!quoted.is_empty()).then(|| Draft {
        kind: StatementKind::Direct,
        class: entry.class,
        content: quoted.clone(),
        quoted,
        source,
        cue: Some(analysis.bytes(hit.words)),
        anchor: hit.head,
        content_head: None,
    })
}

/// The words of a quotation, without space and a comma at the end.
pub(crate) fn quoted_words(analysis: &Analysis<'_>, quotation: usize) -> Option<Span> {
    let inner = analysis.quotations[quotation].inner;
    let words = inner.of(&analysis.article.text);
    let start = inner.start.get() + (words.len() - words.trim_start().len());
    let words = words.trim().trim_end_matches(',').trim_end();
    (!words.is_empty()).then(|| Span::new(start, start + words.len()))
}

fn indirect_draft(analysis: &Analysis<'_>, hit: &CueHit) -> Option<Draft> {
    let candidates = content::candidates(analysis, hit);
    let choice = choice::choose(analysis, hit, &candidates)?;
    let ranges = &choice.candidate.ranges;
    let is_free = |source: &Source| {
        let holds_head = ranges.iter().any(|range| range.contains(source.head));
        !holds_head && !analysis.is_masked(source.head)
    };
    let source = sources::candidates(analysis, hit, None).into_iter().find(is_free)?;
    if !counts(analysis, hit, source) {
        return None;
    }
    let content = spans(analysis, ranges);
    if content.is_empty() {
        return None;
    }
    let quoted = quoted_parts(analysis, &content);
    let (kind, content, quoted) = match whole_quotation(analysis, &content) {
        Some(words) if choice.candidate.kind == content::ContentKind::Clause => {
            (StatementKind::Direct, vec![words], vec![words])
        }
        _ if choice.is_act_report => (StatementKind::ActReport, content, quoted),
        _ if quoted.is_empty() => (StatementKind::Indirect, content, quoted),
        _ => (StatementKind::Mixed, content, quoted),
    };
    Some(Draft {
        kind,
        class: choice.class.or(hit.entry.map(|entry| entry.class)).unwrap_or(StatementClass::Speech),
        content,
        quoted,
        source: Some(source),
        cue: Some(cue_span(analysis, hit, &choice.candidate)),
        anchor: hit.head,
        content_head: Some(choice.candidate.head),
    })
}

/// "…, others disagreed": the content of the report before it in the sentence.
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
        ..earlier.clone()
    })
}

/// Whether the source can do what the cue names.
fn counts(analysis: &Analysis<'_>, hit: &CueHit, source: Source) -> bool {
    let Some(entry) = hit.entry else { return true };
    let lower = analysis.lower(source.head);
    if analysis.lexicon.words.has("first-second-person", &lower) {
        return false;
    }
    if entry.needs_study {
        return analysis.lexicon.words.has("studies", &analysis.lemma(source.head));
    }
    let reports_speech = entry.takes(Frame::Quote);
    match sources::can_speak(analysis, source) {
        Animacy::Yes => true,
        Animacy::Document => !entry.needs_animate || reports_speech || entry.class == StatementClass::Speech,
        Animacy::Unknown => true,
        Animacy::No => false,
    }
}

/// The cue with the preposition that leads to its content.
fn cue_span(analysis: &Analysis<'_>, hit: &CueHit, candidate: &content::Candidate) -> Span {
    let mut words = hit.words;
    let first = candidate.ranges.first().map(|range| range.start);
    if let content::ContentKind::Prepositional(_) = candidate.kind
        && first == Some(words.end + 1)
    {
        words.end += 1;
    }
    analysis.bytes(words)
}

/// The bytes of token ranges; a quotation that a range holds in good part is taken whole.
fn spans(analysis: &Analysis<'_>, ranges: &[TokenRange]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for &range in ranges {
        let whole = analysis.bytes(range);
        let mut span = whole;
        let first = analysis.quotations.partition_point(|quotation| quotation.outer.end <= whole.start);
        for quotation in analysis.quotations[first..].iter().take_while(|quotation| quotation.outer.start < whole.end) {
            let begins_inside = quotation.outer.start >= span.start;
            let ends_inside = quotation.outer.end <= span.end;
            let is_long = quotation.outer.len_bytes() > 2 * span.len_bytes();
            if begins_inside != ends_inside && !is_long {
                span = span.hull(quotation.outer);
            }
        }
        match spans.last_mut() {
            Some(last) if span.start <= last.end => *last = last.hull(span),
            _ => spans.push(span),
        }
    }
    spans
}

/// The stretches of `content` that stand inside quotation marks.
fn quoted_parts(analysis: &Analysis<'_>, content: &[Span]) -> Vec<Span> {
    let inside = |span: Span| {
        let first = analysis.quotations.partition_point(|quotation| quotation.inner.end <= span.start);
        let overlapping =
            analysis.quotations[first..].iter().take_while(move |quotation| quotation.inner.start < span.end);
        overlapping.map(move |quotation| Span {
            start: quotation.inner.start.max(span.start),
            end: quotation.inner.end.min(span.end),
        })
    };
    content.iter().flat_map(|&span| inside(span)).filter(|span| !span.is_empty()).collect()
}

/// The words of the one quotation that `content` is, if it is one.
fn whole_quotation(analysis: &Analysis<'_>, content: &[Span]) -> Option<Span> {
    let [span] = content else { return None };
    let words = span.of(&analysis.article.text).trim_end_matches(['.', ',']);
    let end = span.start.get() + words.len();
    let first = analysis.quotations.partition_point(|quotation| quotation.outer.end <= span.start);
    let near = analysis.quotations[first..].iter().take_while(|quotation| quotation.outer.start < span.end);
    let n = near.into_iter().position(|quotation| {
        quotation.outer.start <= span.start
            && end <= quotation.outer.end.get()
            && quotation.inner.end.get() <= span.end.get()
            && quotation.inner.start.get() >= span.start.get()
    })?;
    quoted_words(analysis, first + n)
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
