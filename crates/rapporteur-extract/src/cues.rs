//! Which words of the text may report speech? Finds every candidate cue; whether one counts is
//! decided later, by what it takes as content and who is its source.

use crate::analysis::{Analysis, TokenRange};
use crate::lexicon::Cue;

/// A word or phrase that may report.
pub(crate) struct CueHit {
    /// The verb, noun or adjective; the first word of a phrase.
    pub(crate) head: usize,
    pub(crate) kind: CueKind,
    /// The cue with auxiliaries, negation and particle.
    pub(crate) words: TokenRange,
    pub(crate) entry: Option<&'static Cue>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CueKind {
    Verb,
    Noun,
    Adjective,
    /// "according to" and its like.
    Phrase,
}

/// All candidate cues in text order.
pub(crate) fn find(analysis: &Analysis<'_>) -> Vec<CueHit> {
    (0..analysis.doc.len()).filter(|&idx| !analysis.is_masked(idx)).filter_map(|idx| at(analysis, idx)).collect()
}

fn at(analysis: &Analysis<'_>, idx: usize) -> Option<CueHit> {
    let token = analysis.token(idx);
    if let Some(words) = phrase_at(analysis, idx) {
        return Some(CueHit { head: idx, kind: CueKind::Phrase, words, entry: None });
    }
    let hit = |kind, words, entry| Some(CueHit { head: idx, kind, words, entry: Some(entry) });
    let lexicon = analysis.lexicon;
    let is_copular = matches!(token.dep(), "acomp" | "oprd")
        || (token.tag() == "VBN" && token.children().any(|child| child.dep() == "auxpass"));
    if is_copular
        && let Some(entry) = lexicon.adjectives.get(analysis.lower(idx).as_str())
        && let Some(words) = copular_words(analysis, idx)
    {
        return hit(CueKind::Adjective, words, entry);
    }
    match token.pos() {
        "VERB" | "AUX" if token.tag().starts_with("VB") && !matches!(token.dep(), "aux" | "auxpass" | "amod") => {
            let lemma = analysis.lemma(idx);
            if let Some((words, entry)) = particle_verb(analysis, idx, &lemma) {
                return hit(CueKind::Verb, words, entry);
            }
            hit(CueKind::Verb, verb_words(analysis, idx), lexicon.verbs.get(lemma.as_str())?)
        }
        "NOUN" => hit(CueKind::Noun, TokenRange::new(idx, idx + 1), lexicon.nouns.get(analysis.lemma(idx).as_str())?),
        _ => None,
    }
}

/// The words of a verb such as "rule out", where the lexicon knows it with that particle: "rule-out".
fn particle_verb(analysis: &Analysis<'_>, idx: usize, lemma: &str) -> Option<(TokenRange, &'static Cue)> {
    let particle = analysis.token(idx).next()?;
    let entry = analysis.lexicon.verbs.get(format!("{lemma}-{}", particle.text()).as_str())?;
    Some((TokenRange::new(verb_words(analysis, idx).start, particle.idx() + 1), entry))
}

/// The phrase that attributes and begins at the token: "according to".
pub(crate) fn phrase_at(analysis: &Analysis<'_>, idx: usize) -> Option<TokenRange> {
    let first = analysis.lower(idx);
    let phrases = &analysis.lexicon.according_phrases;
    let phrase = phrases.iter().find(|phrase| {
        phrase.first() == Some(&first.as_str())
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
    let is_copula = analysis.lexicon.words.has("copulas", &analysis.lemma(copula.idx()));
    (is_copula && copula.idx() < adjective && adjective - copula.idx() < 8)
        .then(|| TokenRange::new(verb_words(analysis, copula.idx()).start, adjective + 1))
}
