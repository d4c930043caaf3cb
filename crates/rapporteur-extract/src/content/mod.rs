//! What may a cue report? Lists the stretches of text that the parse offers as the content of a cue,
//! each with the frame it would fill. Which one is taken is the business of [`crate::choice`].

mod cuts;
mod edges;
mod marks;
mod noun;
mod open;
mod verb;

pub(crate) use cuts::cuts;
pub(crate) use edges::{is_tail, reporting_clause, tells_time, trim};

use crate::analysis::{Analysis, TokenRange};
use crate::cues::{CueHit, CueKind};
use crate::cut;
use rapporteur_text::Token;

/// A stretch of text that may be the content of a cue.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) kind: ContentKind,
    pub(crate) ranges: Vec<TokenRange>,
    /// The head of the content in the tree.
    pub(crate) head: usize,
}

/// How a candidate hangs on its cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ContentKind {
    /// A finite clause after the cue.
    Clause,
    /// The clause of a noun that names a stance and is the verb's object: "repeated its demand that …".
    StanceClause,
    /// A clause before or around a reporting clause: "The talks, she said, failed".
    ClauseAround,
    Infinitive,
    Gerund,
    /// The infinitive of an object, which may hang on a preposition.
    ObjectInfinitive(Option<&'static str>),
    /// An object with its infinitive.
    WantInfinitive,
    Object,
    /// An object and what is said of it.
    Predicate,
    /// An object, "as", and what is said of it.
    As,
    Prepositional(&'static str),
    /// The object of a preposition after a direct object.
    ObjectPrepositional(&'static str),
    /// The sentence up to the reporting clause.
    TextBefore,
    /// The sentence after the cue.
    TextAfter,
    /// A stretch that stands there whatever the cue, by its name.
    Open(&'static str),
}

/// Content longer than this is cut: it is no statement but text without sentence marks.
const MAX_CONTENT_TOKENS: usize = 400;

/// A verb with more children than this is no verb but text without sentence marks.
const MAX_CHILDREN: usize = 48;

/// The stretches that stand around any word, whatever it is.
pub(crate) fn open_candidates(analysis: &Analysis<'_>, hit: &CueHit) -> Vec<Candidate> {
    open::of_any(analysis, hit)
}

/// All candidates of a cue by its frames; for each kind the best ones first.
pub(crate) fn candidates(analysis: &Analysis<'_>, hit: &CueHit) -> Vec<Candidate> {
    match hit.kind {
        CueKind::Verb => verb::of_verb(analysis, hit),
        CueKind::Noun | CueKind::Adjective => noun::of_noun(analysis, hit),
        CueKind::Phrase => noun::of_phrase(analysis, hit).into_iter().collect(),
        CueKind::Colon | CueKind::Dash => marks::of_mark(analysis, hit).into_iter().collect(),
    }
}

/// The preposition as the cue's frames spell it, where they know it.
fn frame_preposition(hit: &CueHit, preposition: Token<'_>) -> Option<&'static str> {
    hit.entry?.preposition(&preposition.text().to_lowercase())
}

fn push(
    analysis: &Analysis<'_>,
    hit: &CueHit,
    found: &mut Vec<Candidate>,
    kind: ContentKind,
    range: TokenRange,
    head: usize,
) {
    if range.is_empty() {
        return;
    }
    let range = TokenRange::new(range.start, range.end.min(range.start + MAX_CONTENT_TOKENS));
    let range = cut::at_next_speaker(analysis, hit, range);
    let range = if kind == ContentKind::Object { cut::before_aside(analysis, range) } else { range };
    if let Some(range) = trim(analysis, range)
        && !range.contains(hit.head)
    {
        found.push(Candidate { kind, ranges: vec![range], head });
    }
}
