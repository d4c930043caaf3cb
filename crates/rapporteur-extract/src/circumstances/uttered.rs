//! Does the cue affirm its act, and did the act take place?

use super::act::{is_attribution, is_listed};
use crate::analysis::Analysis;
use crate::statements::Draft;
use rapporteur_model::{Polarity, Uttered};
use rapporteur_text::Token;

/// A verb with more children than this is no verb but text without sentence marks.
const MAX_CHILDREN: usize = 48;
/// How many heads are climbed from a cue to what it depends on.
const MAX_CLIMB: usize = 3;

/// Polarity of the cue, and whether what it names took place.
pub(super) fn find(analysis: &Analysis<'_>, draft: &Draft) -> (Polarity, Uttered) {
    let Some(cue) = draft.cue else { return Default::default() };
    let cue = analysis.tokens_in(cue);
    let anchor = draft.anchor;
    if is_attribution(analysis, anchor) {
        return Default::default();
    }
    let verb = governing_verb(analysis, anchor);
    let in_cue = (cue.start..cue.end).any(|idx| is_listed(analysis, "negations", idx));
    let by_adverb = children(analysis, verb).chain(children(analysis, anchor)).any(|child| {
        let is_before = child.idx() < anchor.max(verb);
        is_before && (child.dep() == "neg" || child.dep() != "nsubj" && is_listed(analysis, "negations", child.idx()))
    });
    // "no longer wants": the adverb bears the negation.
    let no_longer = children(analysis, verb)
        .any(|child| child.dep() == "advmod" && child.idx() < verb && is_no_longer(analysis, child.idx()));
    let is_negative = in_cue || by_adverb || no_longer || has_negative_source(analysis, draft);
    if is_negative {
        // "no plans to …" are plans that were not made.
        let is_noun = analysis.token(anchor).pos() == "NOUN";
        let is_attitude = !is_noun && is_listed(analysis, "attitudes", anchor) || analysis.token(anchor).pos() == "ADJ";
        let no_longer = no_longer || (cue.start..cue.end).any(|idx| is_no_longer(analysis, idx));
        let uttered = if is_attitude || no_longer { Uttered::Actual } else { Uttered::Negated };
        return (Polarity::Negative, uttered);
    }
    (Polarity::Positive, realised(analysis, verb))
}

fn children<'d>(analysis: &Analysis<'d>, idx: usize) -> impl Iterator<Item = Token<'d>> {
    analysis.token(idx).children().take(MAX_CHILDREN)
}

fn is_no_longer(analysis: &Analysis<'_>, idx: usize) -> bool {
    idx > 0 && analysis.lower(idx) == "longer" && analysis.lower(idx - 1) == "no"
}

/// For a noun or an adjective the verb that lends it its tense, else the cue itself.
fn governing_verb(analysis: &Analysis<'_>, anchor: usize) -> usize {
    let token = analysis.token(anchor);
    let is_verb = |token: Token<'_>| matches!(token.pos(), "VERB" | "AUX");
    let head = token.head();
    let hangs = matches!(token.dep(), "dobj" | "attr" | "acomp" | "oprd" | "nsubjpass");
    if !is_verb(token) && hangs && is_verb(head) { head.idx() } else { anchor }
}

/// "No one is predicting", "neither company would reveal".
fn has_negative_source(analysis: &Analysis<'_>, draft: &Draft) -> bool {
    let Some(source) = draft.source else { return false };
    let first = (source.range.start..source.range.end).next();
    let words = analysis.bytes(source.range).of(&analysis.article.text).to_lowercase();
    let lists = &analysis.lexicon.circumstances;
    lists.has("negative-sources", &words)
        || first.is_some_and(|first| lists.has("negative-sources", analysis.lower(first)))
}

/// Whether a cue that is not negated reports something that took place.
fn realised(analysis: &Analysis<'_>, verb: usize) -> Uttered {
    let token = analysis.token(verb);
    let auxiliaries: Vec<usize> = children(analysis, verb)
        .filter(|child| child.dep() == "aux" && child.idx() < verb)
        .map(|aux| aux.idx())
        .collect();
    let has = |list: &str| auxiliaries.iter().any(|&aux| is_listed(analysis, list, aux));
    if has("future") {
        return Uttered::Planned;
    }
    if has("possibility") || has("conditional") && !is_listed(analysis, "polite", verb) {
        return Uttered::Hypothetical;
    }
    if auxiliaries.iter().any(|&aux| analysis.token(aux).tag() == "TO") {
        return of_infinitive(analysis, token);
    }
    // "told the guards to take an oath, promising to …"
    let is_infinitive =
        |token: Token<'_>| children(analysis, token.idx()).any(|child| child.dep() == "aux" && child.tag() == "TO");
    if token.tag() == "VBG" && token.dep() == "advcl" && is_infinitive(token.head()) {
        return of_infinitive(analysis, token.head());
    }
    if is_conditional(analysis, token) {
        return Uttered::Hypothetical;
    }
    Uttered::Actual
}

/// "plans to announce", "asked them to promise", "went on to say".
fn of_infinitive(analysis: &Analysis<'_>, infinitive: Token<'_>) -> Uttered {
    let mut token = infinitive;
    for _ in 0..MAX_CLIMB {
        // A purpose ("came to say") is no act asked for.
        if token.is_root() || !matches!(token.dep(), "xcomp" | "ccomp" | "conj" | "acl") {
            return Uttered::Actual;
        }
        let is_joined = token.dep() == "conj";
        token = token.head();
        if !is_joined {
            break;
        }
    }
    if token.lemma() == "be" && infinitive.dep() == "xcomp" {
        return if is_arranged(analysis, token, infinitive) { Uttered::Planned } else { Uttered::Actual };
    }
    if is_listed(analysis, "asking-on", token.idx()) {
        let is_on = |child: Token<'_>| child.dep() == "prep";
        return if children(analysis, token.idx()).any(is_on) { Uttered::Hypothetical } else { Uttered::Actual };
    }
    if is_listed(analysis, "planning", token.idx()) {
        return Uttered::Planned;
    }
    if is_listed(analysis, "asking", token.idx()) { Uttered::Hypothetical } else { Uttered::Actual }
}

/// "Vale is to announce", "the cuts are to be announced", but not "the answer was to announce …".
fn is_arranged(analysis: &Analysis<'_>, be: Token<'_>, infinitive: Token<'_>) -> bool {
    let is_passive = children(analysis, infinitive.idx()).any(|child| child.dep() == "auxpass");
    let acts = |subject: usize| matches!(analysis.token(subject).tag(), "NNP" | "NNPS" | "PRP");
    is_passive || analysis.subject(be.idx()).is_some_and(acts)
}

/// "if he agrees", "insisted that the union agree".
fn is_conditional(analysis: &Analysis<'_>, verb: Token<'_>) -> bool {
    let is_marked = verb
        .children()
        .take(MAX_CHILDREN)
        .any(|child| child.dep() == "mark" && is_listed(analysis, "conditions", child.idx()));
    // A plain form after one thing or person: "that the union agree", which a tagger may take for the present.
    let is_one = |subject: usize| matches!(analysis.token(subject).tag(), "NN" | "NNP");
    let is_plain = |subject: usize| verb.tag() == "VB" || verb.tag() == "VBP" && is_one(subject);
    let has_auxiliary = || children(analysis, verb.idx()).any(|child| child.dep() == "aux");
    let is_subjunctive = verb.dep() == "ccomp"
        && is_listed(analysis, "asking", verb.head().idx())
        && analysis.subject(verb.idx()).is_some_and(is_plain)
        && !has_auxiliary();
    is_marked || is_subjunctive
}
