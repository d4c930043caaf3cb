//! Which stances do reported words show by duty and will, and by set phrases?

use super::Finder;
use crate::analysis::{Analysis, TokenRange};
use rapporteur_model::{Confidence, Span, Stance, StanceKind};
use rapporteur_text::Token;

/// A word with more children than this is text without sentence marks.
const MAX_CHILDREN: usize = 48;
/// So many tokens around a phrase are shown at most.
const MAX_SHOWN_TOKENS: usize = 60;

/// What a word or a phrase shows.
struct Shown {
    kind: StanceKind,
    rule: String,
    evidence: Span,
}

/// The stances that the contents of statements show.
pub(super) fn find(finder: &Finder<'_, '_>) -> Vec<Stance> {
    let mut stances = Vec::new();
    for (token_idx, reported) in finder.reported.iter().enumerate() {
        let Some(statement) = reported.map(|idx| &finder.record.statements[idx as usize]) else { continue };
        let Some(predication) = statement.predication else { continue };
        let shown = of_duty(finder.analysis, token_idx).or_else(|| of_phrase(finder, token_idx));
        let Some(shown) = shown else { continue };
        let parties = finder.parties(statement.speaker);
        if parties.is_empty() {
            continue;
        }
        stances.push(Stance {
            predication,
            parties,
            kind: shown.kind,
            object: super::object::of_span(finder.analysis, shown.evidence),
            condition: None,
            evidence: shown.evidence,
            statement: Some(statement.id.clone()),
            rule: format!("stances.txt: {}", shown.rule),
            confidence: statement.confidence.min(Confidence::Medium),
        });
    }
    stances
}

/// "they must withdraw", "we need guarantees", "we will not allow it"
fn of_duty(analysis: &Analysis<'_>, idx: usize) -> Option<Shown> {
    let token = analysis.token(idx);
    let is_auxiliary = token.dep() == "aux";
    if !is_auxiliary && token.pos() != "VERB" {
        return None;
    }
    let verb = if is_auxiliary { token.head() } else { token };
    let subject = analysis.subject(verb.idx())?;
    let is_own = analysis.token(subject).morph_value("Person") == Some("1");
    let (kind, rule) = match (is_own, is_auxiliary) {
        (true, _) => of_own_will(analysis, token, verb)?,
        (false, true) => analysis.stance_rules.of_word("modal", analysis.lower(idx))?,
        (false, false) => of_others_duty(analysis, token)?,
    };
    Some(Shown { kind, rule, evidence: analysis.bytes(analysis.clause(verb.idx())) })
}

/// What speakers say of themselves: "we need …", "we will not …".
fn of_own_will(analysis: &Analysis<'_>, token: Token<'_>, verb: Token<'_>) -> Option<(StanceKind, String)> {
    let is_negated = verb.children().take(MAX_CHILDREN).any(|child| child.dep() == "neg");
    let rules = analysis.stance_rules;
    match (token.idx() == verb.idx(), is_negated) {
        (true, false) => rules.of_word("own-modal", analysis.lemma(verb.idx())),
        (false, true) => rules.of_word("own-refusal", analysis.lower(token.idx())),
        _ => None,
    }
}

/// "they have to …", "they will have to …"
fn of_others_duty(analysis: &Analysis<'_>, verb: Token<'_>) -> Option<(StanceKind, String)> {
    let has_child = |token: Token<'_>, fits: &dyn Fn(Token<'_>) -> bool| token.children().take(MAX_CHILDREN).any(fits);
    let is_infinitive = |child: Token<'_>| child.dep() == "xcomp" && has_child(child, &|to| to.tag() == "TO");
    if !matches!(analysis.lemma(verb.idx()), "have" | "need") || !has_child(verb, &is_infinitive) {
        return None;
    }
    let is_ahead = has_child(verb, &|child| child.dep() == "aux" && analysis.lower(child.idx()) == "will");
    let of =
        |prefix: &str| analysis.stance_rules.of_word("modal", &format!("{prefix}{} to", analysis.lemma(verb.idx())));
    let ahead = if is_ahead { of("will ") } else { None };
    ahead.or_else(|| of(""))
}

/// "a red line", "out of the question": the sentence shows it.
fn of_phrase(finder: &Finder<'_, '_>, idx: usize) -> Option<Shown> {
    let analysis = finder.analysis;
    let is_word = |nth: usize, word: &str| {
        let at = idx + nth;
        let is_same = finder.reported.get(at) == finder.reported.get(idx);
        is_same && (analysis.lower(at) == word || analysis.lemma(at) == word)
    };
    let (kind, words) = analysis.stance_rules.phrase([analysis.lower(idx), analysis.lemma(idx)], is_word)?;
    let sentence = analysis.sentence(idx);
    let rule = format!("phrase {}", words.join(" "));
    // A hostile sentence may be as long as its article.
    let end = sentence.end.min(idx + MAX_SHOWN_TOKENS);
    let start = sentence.start.max(idx.saturating_sub(MAX_SHOWN_TOKENS));
    Some(Shown { kind, rule, evidence: analysis.bytes(TokenRange::new(start, end)) })
}
