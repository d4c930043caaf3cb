//! Which words of the text may report speech? Finds every candidate cue; whether one counts is
//! decided later, by what it takes as content and who is its source.

use crate::analysis::{Analysis, TokenRange};
use crate::lexicon::Cue;
use rapporteur_text::Token;

mod marks;

pub(crate) use marks::{signature_after, speaker_before};

/// A word or phrase that may report.
pub(crate) struct CueHit<'k> {
    /// The verb, noun or adjective; the first word of a phrase.
    pub(crate) head: usize,
    pub(crate) kind: CueKind,
    /// The cue with auxiliaries, negation and particle.
    pub(crate) words: TokenRange,
    /// What the lists know of it; `None` for phrases and marks, and for words that no list has.
    pub(crate) entry: Option<&'k Cue>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CueKind {
    Verb,
    Noun,
    Adjective,
    /// "according to" and its like.
    Phrase,
    /// The colon between a speaker and his words at the start of a line: "Vale: the harbour stays open".
    Colon,
    /// The dash between a quotation and the name below it: "…" — Oren Vale.
    Dash,
}

impl CueHit<'_> {
    /// Whether a mark reports, not a word.
    pub(crate) fn is_mark(&self) -> bool {
        matches!(self.kind, CueKind::Colon | CueKind::Dash)
    }
}

/// All candidate cues in text order.
pub(crate) fn find<'a>(analysis: &Analysis<'a>) -> Vec<CueHit<'a>> {
    (0..analysis.doc.len()).filter(|&idx| !analysis.is_masked(idx)).filter_map(|idx| at(analysis, idx)).collect()
}

fn at<'a>(analysis: &Analysis<'a>, idx: usize) -> Option<CueHit<'a>> {
    let token = analysis.token(idx);
    if let Some(kind) = marks::at(analysis, idx) {
        return Some(CueHit { head: idx, kind, words: TokenRange::new(idx, idx + 1), entry: None });
    }
    if let Some(words) = phrase_at(analysis, idx) {
        return Some(CueHit { head: idx, kind: CueKind::Phrase, words, entry: None });
    }
    let hit = |kind, words, entry| Some(CueHit { head: idx, kind, words, entry });
    let lexicon = analysis.lexicon;
    let is_participle = token.tag() == "VBN" && token.children().any(|child| child.dep() == "auxpass");
    if matches!(token.dep(), "acomp" | "oprd") || is_participle {
        let entry = lexicon.adjectives.get(analysis.lower(idx));
        let is_open = || token.pos() == "ADJ" && has_complement(token);
        if (entry.is_some() || is_open())
            && let Some(words) = copular_words(analysis, idx)
        {
            return hit(CueKind::Adjective, words, entry);
        }
    }
    match token.pos() {
        "VERB" | "AUX" if is_verb(token) => {
            let lemma = analysis.lemma(idx);
            if let Some((words, entry)) = particle_verb(analysis, idx, lemma) {
                return hit(CueKind::Verb, words, Some(entry));
            }
            let entry = lexicon.verbs.get(lemma);
            (entry.is_some() || token.pos() == "VERB").then(|| CueHit {
                head: idx,
                kind: CueKind::Verb,
                words: verb_words(analysis, idx),
                entry,
            })
        }
        "NOUN" => {
            let entry = lexicon.nouns.get(analysis.lemma(idx));
            let words = TokenRange::new(idx, idx + 1);
            if entry.is_some() || has_complement(token) { hit(CueKind::Noun, words, entry) } else { None }
        }
        _ => None,
    }
}

/// Whether a token that is tagged as a verb can report: it is no part of another verb or of a noun, no mark,
/// and no noun that was taken for a verb ("Veldria's demands").
fn is_verb(token: Token<'_>) -> bool {
    let is_owned = || token.previous().is_some_and(|before| before.tag() == "POS");
    let is_word = token.text().starts_with(char::is_alphabetic);
    token.tag().starts_with("VB") && is_word && !matches!(token.dep(), "aux" | "auxpass" | "amod") && !is_owned()
}

/// Whether a clause hangs on a noun or an adjective, as the content of a report would.
fn has_complement(token: Token<'_>) -> bool {
    token.children().any(|child| child.idx() > token.idx() && matches!(child.dep(), "acl" | "ccomp" | "xcomp"))
}

/// The words of a verb such as "rule out", where the lexicon knows it with that particle: "rule-out".
fn particle_verb<'a>(analysis: &Analysis<'a>, idx: usize, lemma: &str) -> Option<(TokenRange, &'a Cue)> {
    let particle = analysis.token(idx).next()?;
    let entry = analysis.lexicon.verbs.get(format!("{lemma}-{}", particle.text()).as_str())?;
    Some((TokenRange::new(verb_words(analysis, idx).start, particle.idx() + 1), entry))
}

/// The phrase that attributes and begins at the token: "according to".
pub(crate) fn phrase_at(analysis: &Analysis<'_>, idx: usize) -> Option<TokenRange> {
    let first = analysis.lower(idx);
    let phrases = &analysis.lexicon.according_phrases;
    let phrase = phrases.iter().find(|phrase| {
        phrase.first().is_some_and(|word| word == first)
            && idx + phrase.len() <= analysis.doc.len()
            && phrase.iter().enumerate().all(|(n, word)| analysis.lower(idx + n) == *word)
    })?;
    Some(TokenRange::new(idx, idx + phrase.len()))
}

/// The verb with auxiliaries, negation, adverbs that touch it, and a particle.
pub(crate) fn verb_words(analysis: &Analysis<'_>, verb: usize) -> TokenRange {
    let mut range = TokenRange::new(verb, verb + 1);
    let is_part = |idx: usize, deps: &[&str]| {
        let token = analysis.token(idx);
        token.head().idx() == verb && deps.contains(&token.dep()) && analysis.below(idx).len() == 1
    };
    while range.start > 0 && is_part(range.start - 1, &["aux", "auxpass", "neg", "advmod"]) {
        range.start -= 1;
    }
    // An adverb at the left edge does not belong to the cue unless an auxiliary stands before it.
    while range.start < verb && analysis.token(range.start).dep() == "advmod" && range.start + 1 < verb {
        range.start += 1;
    }
    while range.end < analysis.doc.len() && is_part(range.end, &["prt", "neg"]) {
        range.end += 1;
    }
    range
}

/// From the copula to the adjective.
fn copular_words(analysis: &Analysis<'_>, adjective: usize) -> Option<TokenRange> {
    let token = analysis.token(adjective);
    if let Some(passive) = token.children().find(|child| child.dep() == "auxpass") {
        return Some(TokenRange::new(passive.idx(), adjective + 1)).filter(|range| range.len() < 8);
    }
    let copula = token.head();
    let is_copula = analysis.lexicon.words.has("copulas", analysis.lemma(copula.idx()));
    (is_copula && copula.idx() < adjective && adjective - copula.idx() < 8)
        .then(|| TokenRange::new(verb_words(analysis, copula.idx()).start, adjective + 1))
}
