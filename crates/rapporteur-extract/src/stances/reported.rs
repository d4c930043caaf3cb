//! Which stances do reported words show by duty and will, and by set phrases?

use super::reported_stance;
use crate::analysis::{Analysis, TokenRange};
use rapporteur_model::{Record, Span, Stance, StanceKind, Statement};

/// The stances that the content of a statement shows.
pub(super) fn find(analysis: &Analysis<'_>, record: &Record, statement: &Statement) -> Vec<Stance> {
    let Some(predication) = statement.predication else { return Vec::new() };
    let mut stances = Vec::new();
    for content in &statement.content {
        let range = analysis.tokens_in(*content);
        for idx in range.start..range.end {
            let shown = of_modal(analysis, idx).or_else(|| of_phrase(analysis, idx, range.end));
            let Some((kind, rule, evidence)) = shown else { continue };
            stances.extend(reported_stance(record, statement, predication, kind, evidence, rule));
        }
    }
    stances
}

/// "they must withdraw", "we need guarantees", "we will not allow it"
fn of_modal(analysis: &Analysis<'_>, idx: usize) -> Option<(StanceKind, String, Span)> {
    let token = analysis.token(idx);
    let is_auxiliary = token.dep() == "aux";
    let is_verb = token.pos() == "VERB";
    if !is_auxiliary && !is_verb {
        return None;
    }
    let verb = if is_auxiliary { token.head().idx() } else { idx };
    let subject = analysis.subject(verb)?;
    let is_own = analysis.token(subject).morph_value("Person") == Some("1");
    let rules = analysis.stance_rules;
    let word = if is_auxiliary { analysis.lower(idx) } else { analysis.lemma(idx) };
    let shown = if is_own {
        let is_negated = || analysis.token(verb).children().take(48).any(|child| child.dep() == "neg");
        let refused = || is_negated().then(|| rules.of_word("own-refusal", word)).flatten();
        (!is_auxiliary && !is_negated())
            .then(|| rules.of_word("own-modal", word))
            .flatten()
            .or_else(|| is_auxiliary.then(refused).flatten())
    } else if is_auxiliary {
        rules.of_word("modal", word)
    } else {
        // "have to", "need to"
        let has_infinitive = || {
            token
                .children()
                .take(48)
                .any(|child| child.dep() == "xcomp" && child.children().take(48).any(|to| to.tag() == "TO"))
        };
        let is_ahead =
            || token.children().take(48).any(|child| child.dep() == "aux" && analysis.lower(child.idx()) == "will");
        let of = |prefix: &str| rules.of_word("modal", &format!("{prefix}{word} to"));
        let is_duty = matches!(word, "have" | "need") && has_infinitive();
        is_duty.then(|| is_ahead().then(|| of("will ")).flatten().or_else(|| of(""))).flatten()
    }?;
    let below = analysis.below(verb);
    Some((shown.0, shown.1, analysis.bytes(TokenRange::new(below.start, below.end))))
}

fn of_phrase(analysis: &Analysis<'_>, idx: usize, end: usize) -> Option<(StanceKind, String, Span)> {
    let is_word = |nth: usize, word: &str| {
        let at = idx + nth;
        at < end && (analysis.lower(at) == word || analysis.lemma(at) == word)
    };
    let (kind, words) = analysis.stance_rules.phrase([analysis.lower(idx), analysis.lemma(idx)], is_word)?;
    let sentence = analysis.sentence(idx);
    Some((kind, format!("phrase {}", words.join(" ")), analysis.bytes(sentence)))
}
