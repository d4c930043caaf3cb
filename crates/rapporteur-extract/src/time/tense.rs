//! Does the text look back or ahead? Told by the tense of the verb that an expression hangs on.

use super::knowledge::TimeKnowledge;
use crate::analysis::{Analysis, TokenRange};
use hashbrown::HashMap;
use rapporteur_model::FurnitureKind;
use rapporteur_text::Token;

/// Where the text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Back,
    Ahead,
    /// A present tense, which may be either: "the talks begin on Monday", "he says on Monday".
    Now,
    /// There is no verb that tells.
    Unknown,
}

/// How far up the tree a verb is looked for.
const MAX_CLIMB: usize = 12;

/// How many words before a verb may be its auxiliaries.
const MAX_CHILDREN: usize = 64;

/// Tells the direction of verbs, each once: a hostile text may hang all its words on one.
pub(super) struct Tenses<'t> {
    analysis: &'t Analysis<'t>,
    knowledge: &'t TimeKnowledge,
    known: HashMap<usize, Option<Direction>>,
}

impl<'t> Tenses<'t> {
    pub(super) fn new(analysis: &'t Analysis<'t>, knowledge: &'t TimeKnowledge) -> Self {
        Tenses { analysis, knowledge, known: HashMap::new() }
    }

    /// Whether the token stands in the caption of a picture.
    pub(super) fn is_in_caption(&self, token_idx: usize) -> bool {
        let span = self.analysis.bytes(TokenRange::new(token_idx, token_idx + 1));
        let mut furniture = self.analysis.article.furniture.iter();
        furniture.any(|furniture| furniture.kind == FurnitureKind::Caption && furniture.span.contains(span))
    }

    /// The direction of what governs the token.
    pub(super) fn above(&mut self, token_idx: usize, is_genitive: bool) -> Direction {
        let token = self.analysis.token(token_idx);
        let verbs = std::iter::once(token).chain(token.ancestors()).take(MAX_CLIMB);
        for verb in verbs.filter(|token| matches!(token.pos(), "VERB" | "AUX")) {
            let analysis = self.analysis;
            let knowledge = self.knowledge;
            let known = self.known.entry(verb.idx()).or_insert_with(|| of_verb(analysis, knowledge, verb));
            if let Some(direction) = known {
                // "get around Wednesday's ruling": what has a day of its own has mostly been.
                let is_sure = !is_genitive || verb.lefts().take(MAX_CHILDREN).any(|child| child.tag() == "MD");
                return if is_sure { *direction } else { Direction::Unknown };
            }
        }
        Direction::Unknown
    }
}

/// What the verb itself and its auxiliaries tell; `None` where the verb above it tells ("starting on Monday").
fn of_verb(analysis: &Analysis<'_>, knowledge: &TimeKnowledge, verb: Token<'_>) -> Option<Direction> {
    let plans = knowledge.is_listed("plan", analysis.lemma(verb.idx()))
        || knowledge.is_listed("plan", analysis.lower(verb.idx()));
    let mut is_perfect = false;
    let mut is_had = false;
    let mut is_past = false;
    let mut is_present = false;
    let mut has_to = false;
    for child in verb.lefts().take(MAX_CHILDREN).filter(|child| matches!(child.dep(), "aux" | "auxpass")) {
        match (child.tag(), analysis.lemma(child.idx())) {
            ("MD", _) => return Some(Direction::Ahead),
            (tag, "have") => {
                is_perfect = true;
                is_had |= tag == "VBD";
            }
            ("VBD", _) => is_past = true,
            ("VBZ" | "VBP", _) => is_present = true,
            ("TO", _) => has_to = true,
            _ => {}
        }
    }
    match verb.tag() {
        "VBN" if is_perfect && plans && !is_had => Some(Direction::Ahead),
        _ if is_perfect && !has_to => Some(Direction::Back),
        "VBN" if has_to => Some(Direction::Ahead),
        "VBD" if plans => Some(Direction::Ahead),
        "VBD" => Some(Direction::Back),
        "MD" => Some(Direction::Ahead),
        "VBN" if plans => Some(Direction::Ahead),
        "VBN" if is_present => Some(Direction::Now),
        "VBN" => Some(Direction::Back),
        "VBG" if is_past => Some(Direction::Back),
        "VBG" if is_present => Some(Direction::Ahead),
        "VB" if is_past => Some(Direction::Back),
        "VB" if verb.dep() == "conj" && !has_to => None,
        "VB" if has_to => Some(of_infinitive(analysis, knowledge, verb)),
        "VB" => Some(Direction::Ahead),
        "VBZ" | "VBP" => Some(if plans { Direction::Ahead } else { of_present(analysis, verb) }),
        _ => None,
    }
}

/// "asked them to leave on Monday" looks ahead of what lies behind; "extended the offer to buy it on Monday" does not.
fn of_infinitive(analysis: &Analysis<'_>, knowledge: &TimeKnowledge, verb: Token<'_>) -> Direction {
    let head = verb.head();
    let is_had =
        head.lefts().take(MAX_CHILDREN).any(|child| child.tag() == "VBD" && analysis.lemma(child.idx()) == "have")
            || head.tag() == "JJ"
                && head
                    .head()
                    .lefts()
                    .take(MAX_CHILDREN)
                    .any(|child| child.tag() == "VBD" && analysis.lemma(child.idx()) == "have");
    let is_planned = ["plan", "plan-to"].iter().any(|list| knowledge.is_listed(list, analysis.lemma(head.idx())));
    match head.tag() {
        _ if is_had => Direction::Back,
        "VBD" | "VBN" if !is_planned => Direction::Back,
        _ => Direction::Ahead,
    }
}

/// "The talks begin on Monday" looks ahead, "he says on Monday" does not.
fn of_present(analysis: &Analysis<'_>, verb: Token<'_>) -> Direction {
    let reports = analysis.lexicon.verbs.contains_key(analysis.lemma(verb.idx()));
    if reports { Direction::Back } else { Direction::Now }
}
