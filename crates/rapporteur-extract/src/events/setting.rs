//! When and where did it happen? What hangs on a trigger, or on the verb that governs it.

use super::syntax::{self, children};
use crate::analysis::{Analysis, TokenRange};
use crate::gazetteer::NameSort;
use rapporteur_model::{Timex, TimexIdx, TimexKind};

/// How many words are climbed to the verb of a phrase.
const MAX_CLIMB: usize = 8;

/// How many expressions of time on each side of a trigger may be its time.
const MAX_TIMES: usize = 8;

/// The times of an article with the words that they hang on.
#[derive(Debug)]
pub(super) struct Times {
    /// For each expression its first token and the words above it, up to its verb.
    paths: Vec<(usize, Vec<usize>, bool)>,
}

impl Times {
    pub(super) fn new(analysis: &Analysis<'_>, timexes: &[Timex]) -> Self {
        let path = |timex: &Timex| {
            let range = analysis.tokens_in(timex.span);
            let is_point = matches!(timex.kind, TimexKind::Date | TimexKind::Time);
            (range.start, path(analysis, range), is_point)
        };
        Times { paths: timexes.iter().map(path).collect() }
    }

    /// The time of a trigger: a point in time that hangs on it, else one that hangs on the verb above it, and not on
    /// another noun below that: "The talks will be followed by a meeting on Wednesday".
    pub(super) fn of(&self, analysis: &Analysis<'_>, anchor: usize, support: Option<usize>) -> Option<TimexIdx> {
        let sentence = analysis.sentence(anchor);
        // The nearest on both sides: a hostile sentence may hold thousands.
        let next = self.paths.partition_point(|(start, _, _)| *start < anchor);
        let (first, end) = (next.saturating_sub(MAX_TIMES), (next + MAX_TIMES).min(self.paths.len()));
        let verb = governing_verb(analysis, anchor).filter(|verb| *verb != anchor);
        let governors = [(Some(anchor), true), (support, true), (verb, false)];
        let is_noun = |word: &usize| matches!(analysis.token(*word).pos(), "NOUN" | "PROPN");
        let of = |(governor, may_be_below): (Option<usize>, bool)| {
            let near = self.paths[first..end].iter().enumerate();
            let hangs = |path: &[usize]| {
                let below = path.iter().position(|word| Some(*word) == governor).map(|at| &path[..at]);
                below.is_some_and(|below| may_be_below || !below.iter().any(is_noun))
            };
            let hanging =
                near.filter(|(_, (start, path, is_point))| *is_point && sentence.contains(*start) && hangs(path));
            hanging.min_by_key(|(_, (start, _, _))| start.abs_diff(anchor)).map(|(nth, _)| nth)
        };
        let nth = governors.into_iter().find_map(of)?;
        u32::try_from(first + nth).ok().map(TimexIdx)
    }
}

/// The words above a run of tokens, up to the first verb.
fn path(analysis: &Analysis<'_>, range: TokenRange) -> Vec<usize> {
    let mut path = Vec::new();
    // The word of the expression that hangs on something outside.
    let top = (range.start..range.end).find(|&idx| !range.contains(analysis.token(idx).head().idx()));
    let mut token = analysis.token(top.unwrap_or(range.start).min(analysis.doc.len().saturating_sub(1)));
    for _ in 0..MAX_CLIMB {
        if token.is_root() {
            path.push(token.idx());
            break;
        }
        token = token.head();
        path.push(token.idx());
        if syntax::is_verb(token) {
            break;
        }
    }
    path
}

/// The verb at a word or above it.
fn governing_verb(analysis: &Analysis<'_>, idx: usize) -> Option<usize> {
    let mut token = analysis.token(idx);
    for _ in 0..MAX_CLIMB {
        if syntax::is_verb(token) {
            return Some(token.idx());
        }
        if token.is_root() {
            return None;
        }
        token = token.head();
    }
    None
}

/// Prepositions before a place.
const AT: [&str; 10] = ["in", "at", "near", "around", "outside", "inside", "across", "along", "off", "throughout"];

/// The place of a trigger: a named one after a preposition of place, else one before the noun: "the Geneva talks".
pub(super) fn place(analysis: &Analysis<'_>, anchor: usize, support: Option<usize>) -> Option<TokenRange> {
    let carriers = [Some(anchor), support, governing_verb(analysis, anchor)];
    let after_preposition = carriers.into_iter().flatten().find_map(|carrier| {
        let prepositions = children(analysis, carrier)
            .filter(|child| child.dep() == "prep" && AT.contains(&analysis.lower(child.idx())));
        let mut objects = prepositions.filter_map(|preposition| syntax::object_of(analysis, preposition.idx()));
        objects
            .find(|object| matches!(analysis.token(*object).entity_type(), "GPE" | "LOC" | "FAC"))
            .map(|object| crate::sources::noun_phrase(analysis, object, None).range)
    });
    after_preposition.or_else(|| place_before(analysis, anchor))
}

/// "the Geneva talks"; the name of a state before a noun tells who takes part.
fn place_before(analysis: &Analysis<'_>, anchor: usize) -> Option<TokenRange> {
    let is_place = |idx: usize| {
        let is_state = analysis.known_at(idx).is_some_and(|(_, known)| known.sort != NameSort::City);
        matches!(analysis.token(idx).entity_type(), "GPE" | "LOC") && !is_state
    };
    let compounds = children(analysis, anchor).filter(|child| child.dep() == "compound").map(|child| child.idx());
    compounds.filter(|idx| is_place(*idx)).last().map(|idx| TokenRange::new(idx, idx + 1))
}
