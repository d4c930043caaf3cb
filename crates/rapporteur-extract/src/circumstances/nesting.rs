//! Which statement is reported inside another one?

use super::act::is_attribution;
use crate::analysis::Analysis;
use crate::statements::Draft;
use rapporteur_model::{ArticleActorIdx, Span};

/// How many open contents are looked at; more are no nesting but noise.
const MAX_OPEN: usize = 32;

/// For each draft the position of the one whose content holds it: the innermost where several do. A speaker
/// does not report himself: what he says inside his own words is held by what holds those.
pub(super) fn find(
    analysis: &Analysis<'_>,
    drafts: &[Draft],
    speaker: impl Fn(usize) -> Option<ArticleActorIdx>,
) -> Vec<Option<usize>> {
    let mut found = held(analysis, drafts);
    attribute_phrases(analysis, drafts, &mut found);
    break_circles(&mut found);
    let is_same = |one: usize, other: usize| {
        let [a, b] = [one, other].map(|idx| drafts[idx].source.map(|source| source.head));
        a.is_some() && a == b || speaker(one).is_some() && speaker(one) == speaker(other)
    };
    (0..found.len()).map(|idx| above(&found, idx, |outer| !is_same(idx, outer))).collect()
}

/// Whether whoever holds a statement passes it on: "Vale said Karsk had asked for talks". One that is only
/// mentioned in what is said, in a noun or beside one ("thanked all who had asked for talks"), is not.
pub(super) fn is_passed_on(analysis: &Analysis<'_>, outer: &Draft, inner: &Draft) -> bool {
    let token = analysis.token(inner.anchor);
    let has_auxiliary = || token.children().take(MAX_OPEN).any(|child| matches!(child.dep(), "aux" | "auxpass"));
    let is_finite = matches!(token.tag(), "VBD" | "VBZ" | "VBP") || has_auxiliary();
    let is_phrase = inner.cue.is_none() || [outer, inner].iter().any(|draft| is_attribution(analysis, draft.anchor));
    is_phrase || is_finite && !matches!(token.dep(), "relcl" | "acl")
}

/// The first draft above `idx` that is wanted.
fn above(found: &[Option<usize>], idx: usize, is_wanted: impl Fn(usize) -> bool) -> Option<usize> {
    let mut at = found[idx];
    for _ in 0..MAX_OPEN {
        match at {
            Some(outer) if !is_wanted(outer) => at = found[outer],
            _ => break,
        }
    }
    at.filter(|&outer| is_wanted(outer))
}

/// For each draft the one with the smallest content around its cue.
fn held(analysis: &Analysis<'_>, drafts: &[Draft]) -> Vec<Option<usize>> {
    let mut contents: Vec<(Span, usize)> = Vec::new();
    for (idx, draft) in drafts.iter().enumerate() {
        contents.extend(draft.content.iter().map(|&span| (span, idx)));
    }
    contents.sort_unstable();
    let places = drafts.iter().enumerate().filter_map(|(idx, draft)| Some((place(draft)?, idx)));
    let mut places: Vec<(Span, usize)> = places.collect();
    places.sort_unstable();
    let mut found = vec![None; drafts.len()];
    let mut open: Vec<(Span, usize)> = Vec::new();
    let mut next = contents.into_iter().peekable();
    for (place, idx) in places {
        while let Some(content) = next.next_if(|(content, _)| content.start <= place.start) {
            open.push(content);
        }
        open.retain(|(content, _)| content.end > place.start);
        let inner = open.iter().rev().take(MAX_OPEN);
        let holding = inner.filter(|&&(content, outer)| content.contains(place) && holds(analysis, drafts, outer, idx));
        let smallest = holding.min_by_key(|(content, outer)| (content.len_bytes(), *outer));
        found[idx] = smallest.map(|&(_, outer)| outer);
    }
    found
}

/// Where a statement is reported: its cue, or its words where there is none.
fn place(draft: &Draft) -> Option<Span> {
    draft.cue.or(draft.content.first().copied())
}

/// Whether one draft may hold another: it is not itself, its own cue does not stand in the other's content, and
/// not both are phrases that attribute ("according to"), of which each stands for itself.
fn holds(analysis: &Analysis<'_>, drafts: &[Draft], outer: usize, inner: usize) -> bool {
    let Some(cue) = drafts[outer].cue else { return outer != inner };
    let is_inside = drafts[inner].content.iter().any(|content| content.contains(cue));
    let [one, other] = [outer, inner].map(|idx| is_attribution(analysis, drafts[idx].anchor));
    outer != inner && drafts[outer].anchor != drafts[inner].anchor && !is_inside && !(one && other)
}

/// "According to Meridian Press, Vale said …", "…, he said, according to Meridian Press": the phrase stands
/// outside of the report even where its content was not taken to hold the cue.
fn attribute_phrases(analysis: &Analysis<'_>, drafts: &[Draft], found: &mut [Option<usize>]) {
    for (phrase, draft) in drafts.iter().enumerate() {
        if !is_attribution(analysis, draft.anchor) {
            continue;
        }
        let sentence = analysis.sentence(draft.anchor);
        let near = phrase.saturating_sub(4)..drafts.len().min(phrase + 5);
        for inner in near.filter(|&inner| inner != phrase) {
            let other = &drafts[inner];
            let is_same =
                sentence.contains(other.anchor) && other.content == draft.content && !other.content.is_empty();
            if is_same && found[inner].is_none() && found[phrase].is_none() {
                found[inner] = Some(phrase);
            }
        }
    }
}

/// No statement is inside itself, at any depth. Each chain is walked once.
fn break_circles(found: &mut [Option<usize>]) {
    let mut walk_of = vec![usize::MAX; found.len()];
    for start in 0..found.len() {
        let mut at = start;
        while walk_of[at] == usize::MAX {
            walk_of[at] = start;
            match found[at] {
                Some(outer) if walk_of[outer] == start => found[at] = None,
                Some(outer) => at = outer,
                None => break,
            }
        }
    }
}
