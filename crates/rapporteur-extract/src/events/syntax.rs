//! Who is the subject of a word, and what is its object? Reads through passives, relative clauses, participles,
//! infinitives and verbs that are joined.

use crate::analysis::Analysis;
use rapporteur_text::Token;

/// A word with more children than this is text without sentence marks.
const MAX_CHILDREN: usize = 48;
/// How many words are climbed to find a subject.
const MAX_CLIMB: usize = 5;
/// How many members of a joined phrase are looked at.
const MAX_JOINED: usize = 12;

pub(super) fn children<'d>(analysis: &Analysis<'d>, idx: usize) -> impl Iterator<Item = Token<'d>> + use<'d> {
    analysis.token(idx).children().take(MAX_CHILDREN)
}

/// The child with one of these relations.
pub(super) fn child(analysis: &Analysis<'_>, idx: usize, deps: &[&str]) -> Option<usize> {
    children(analysis, idx).find(|child| deps.contains(&child.dep())).map(|child| child.idx())
}

pub(super) fn is_verb(token: Token<'_>) -> bool {
    matches!(token.pos(), "VERB" | "AUX")
}

pub(super) fn is_noun(token: Token<'_>) -> bool {
    matches!(token.pos(), "NOUN" | "PROPN" | "PRON" | "NUM")
}

/// Whether a verb is an infinitive with "to".
pub(super) fn is_infinitive(analysis: &Analysis<'_>, verb: usize) -> bool {
    children(analysis, verb).any(|child| child.tag() == "TO" && child.dep() == "aux")
}

/// Whether a verb speaks of what is done to its subject.
pub(super) fn is_passive(analysis: &Analysis<'_>, verb: usize) -> bool {
    let token = analysis.token(verb);
    if children(analysis, verb).any(|child| matches!(child.dep(), "nsubjpass" | "auxpass" | "agent")) {
        return true;
    }
    let has_auxiliary = || children(analysis, verb).any(|child| child.dep() == "aux");
    let is_bare = || token.tag() == "VBN" && !has_auxiliary();
    match token.dep() {
        "acl" | "amod" | "advcl" | "relcl" => is_bare(),
        // "was seized and taken away"
        "conj" => {
            is_bare()
                && !has_subject(analysis, verb)
                && is_verb(token.head())
                && is_passive_once(analysis, token.head().idx())
        }
        _ => false,
    }
}

fn is_passive_once(analysis: &Analysis<'_>, verb: usize) -> bool {
    children(analysis, verb).any(|child| matches!(child.dep(), "nsubjpass" | "auxpass" | "agent"))
        || analysis.token(verb).tag() == "VBN" && matches!(analysis.token(verb).dep(), "acl" | "amod")
}

fn has_subject(analysis: &Analysis<'_>, verb: usize) -> bool {
    analysis.subject(verb).is_some()
}

/// The grammatical subject of a verb, its own or one that it shares.
pub(super) fn subject(analysis: &Analysis<'_>, verb: usize) -> Option<usize> {
    subject_within(analysis, verb, MAX_CLIMB)
}

/// [`subject`], over so many nouns that have the verb below them.
fn subject_within(analysis: &Analysis<'_>, verb: usize, n_nouns: usize) -> Option<usize> {
    let mut verb = verb;
    for _ in 0..MAX_CLIMB {
        let token = analysis.token(verb);
        let own = analysis.subject(verb);
        if token.dep() == "relcl" && own.is_none_or(|own| is_relative(analysis, own)) {
            return Some(token.head().idx());
        }
        if own.is_some() {
            return own;
        }
        if token.is_root() {
            return None;
        }
        let head = token.head();
        match token.dep() {
            "acl" if matches!(token.tag(), "VBG" | "VBN") && !is_infinitive(analysis, verb) => {
                return Some(head.idx());
            }
            "amod" => return Some(head.idx()),
            // "a plan to attack": whoever has the plan.
            "acl" => return holder_within(analysis, head.idx(), n_nouns),
            "conj" | "advcl" | "dep" | "parataxis" => verb = up_to_verb(analysis, head.idx())?,
            "xcomp" | "ccomp" | "oprd" => {
                let object = child(analysis, head.idx(), &["dobj", "dative"]).filter(|object| *object < verb);
                if let Some(object) = object.filter(|_| is_verb(head)) {
                    return Some(object);
                }
                verb = up_to_verb(analysis, head.idx())?;
            }
            "pcomp" => {
                let governor = head.head();
                if is_verb(governor) {
                    let object =
                        child(analysis, governor.idx(), &["dobj", "nsubjpass"]).filter(|object| *object < verb);
                    // "accused them of lying", but "he marked the day by lying"
                    let is_of_object = matches!(analysis.lower(head.idx()), "of" | "from" | "for" | "into" | "with");
                    if let Some(object) = object.filter(|_| is_of_object) {
                        return Some(object);
                    }
                    verb = governor.idx();
                } else {
                    return holder_within(analysis, governor.idx(), n_nouns);
                }
            }
            _ => return None,
        }
    }
    None
}

/// The verb at a word or above it: an adjective lends the subject of its verb.
fn up_to_verb(analysis: &Analysis<'_>, idx: usize) -> Option<usize> {
    let token = analysis.token(idx);
    if is_verb(token) {
        return Some(idx);
    }
    let is_predicate =
        matches!(token.dep(), "acomp" | "attr" | "oprd" | "xcomp" | "advmod" | "conj" | "prep" | "ccomp");
    (is_predicate && is_verb(token.head())).then(|| token.head().idx())
}

/// Whoever has what a noun names: a genitive, else the subject of the verb that it hangs on.
pub(super) fn holder(analysis: &Analysis<'_>, noun: usize) -> Option<usize> {
    holder_within(analysis, noun, MAX_CLIMB)
}

fn holder_within(analysis: &Analysis<'_>, noun: usize, n_nouns: usize) -> Option<usize> {
    if let Some(owner) = child(analysis, noun, &["poss"]) {
        return Some(owner);
    }
    let is_of =
        |child: &Token<'_>| child.dep() == "prep" && matches!(analysis.lower(child.idx()), "by" | "of" | "from");
    let by = children(analysis, noun).find(is_of);
    if let Some(object) = by.and_then(|by| child(analysis, by.idx(), &["pobj"])) {
        return Some(object);
    }
    carrier_within(analysis, noun, n_nouns)
}

/// The subject of the verb that a noun hangs on.
pub(super) fn carrier(analysis: &Analysis<'_>, noun: usize) -> Option<usize> {
    carrier_within(analysis, noun, MAX_CLIMB)
}

fn carrier_within(analysis: &Analysis<'_>, noun: usize, n_nouns: usize) -> Option<usize> {
    let token = analysis.token(noun);
    let head = token.head();
    if n_nouns == 0 || token.is_root() {
        return None;
    }
    if matches!(token.dep(), "dobj" | "attr") && is_verb(head) {
        return subject_within(analysis, head.idx(), n_nouns - 1);
    }
    // "massed troops in a threat of attack"
    let is_manner = token.dep() == "pobj" && matches!(analysis.lower(head.idx()), "in" | "as") && is_verb(head.head());
    if is_manner { subject_within(analysis, head.head().idx(), n_nouns - 1) } else { None }
}

fn is_relative(analysis: &Analysis<'_>, idx: usize) -> bool {
    matches!(analysis.token(idx).tag(), "WDT" | "WP" | "WP$") || analysis.lower(idx) == "that"
}

/// Who a verb says does it.
pub(super) fn agent(analysis: &Analysis<'_>, verb: usize) -> Option<usize> {
    if !is_passive(analysis, verb) {
        return subject(analysis, verb);
    }
    let by = children(analysis, verb)
        .find(|child| child.dep() == "agent" || child.dep() == "prep" && analysis.lower(child.idx()) == "by")?;
    child(analysis, by.idx(), &["pobj"])
}

/// What a verb says it is done to: the direct object, in the passive the subject, in a relative clause what that
/// stands beside.
pub(super) fn patient(analysis: &Analysis<'_>, verb: usize) -> Option<usize> {
    if is_passive(analysis, verb) {
        return subject(analysis, verb);
    }
    let token = analysis.token(verb);
    let object = child(analysis, verb, &["dobj", "obj"]);
    match object {
        Some(object) if token.dep() == "relcl" && is_relative(analysis, object) => Some(token.head().idx()),
        Some(object) => Some(object),
        // "the town it attacked": a gap
        None if token.dep() == "relcl" => {
            let own = analysis.subject(verb)?;
            (!is_relative(analysis, own) && !has_complement(analysis, verb)).then(|| token.head().idx())
        }
        // "seized and destroyed the boats"
        None => {
            let joined = children(analysis, verb).find(|child| child.dep() == "conj" && is_verb(*child))?;
            let is_shared = joined.idx() == verb + 2 && !has_subject(analysis, joined.idx());
            if is_shared { child(analysis, joined.idx(), &["dobj"]) } else { None }
        }
    }
}

fn has_complement(analysis: &Analysis<'_>, verb: usize) -> bool {
    children(analysis, verb).any(|child| {
        matches!(child.dep(), "ccomp" | "xcomp") || child.dep() == "prep" && child.children().next().is_some()
    })
}

/// What stands after one of the prepositions that hang on `idx`; the first that is there in the order of
/// `prepositions`.
pub(super) fn after(analysis: &Analysis<'_>, idx: usize, prepositions: &[impl AsRef<str>]) -> Option<usize> {
    prepositions.iter().find_map(|wanted| {
        let mut found = children(analysis, idx).filter(|child| {
            matches!(child.dep(), "prep" | "dative" | "agent") && analysis.lower(child.idx()) == wanted.as_ref()
        });
        found.find_map(|preposition| object_of(analysis, preposition.idx()))
    })
}

/// What a preposition governs.
pub(super) fn object_of(analysis: &Analysis<'_>, preposition: usize) -> Option<usize> {
    let own = children(analysis, preposition).find(|child| matches!(child.dep(), "pobj" | "pcomp"));
    own.map(|own| own.idx()).or_else(|| {
        // "up to", "out of": the second preposition has it.
        let second = child(analysis, preposition, &["prep"])?;
        child(analysis, second, &["pobj"])
    })
}

/// A noun and those that are joined to it.
pub(super) fn joined(analysis: &Analysis<'_>, noun: usize) -> Vec<usize> {
    let mut all = vec![noun];
    let mut at = noun;
    // Names are joined to names: "Fiji and Peru", not "the sanctions for Fiji and its treatment of prisoners".
    let is_name = |idx: usize| matches!(analysis.token(idx).pos(), "PROPN" | "PRON");
    let fits = |next: &usize| {
        let token = analysis.token(*next);
        let is_nominal = is_noun(token) || token.pos() == "ADJ";
        is_nominal
            && (!is_name(noun) || is_name(*next) || analysis.lexicon.people.has("group-nouns", analysis.lower(*next)))
    };
    while let Some(next) = child(analysis, at, &["conj"]).filter(fits) {
        all.push(next);
        at = next;
        if all.len() >= MAX_JOINED {
            break;
        }
    }
    all
}

/// "a series of attacks", "thousands of troops": the noun that is counted.
pub(super) fn counted(analysis: &Analysis<'_>, noun: usize) -> Option<usize> {
    let is_measure = analysis.lexicon.event_words.has("quantity-nouns", analysis.lemma(noun));
    if !is_measure {
        return None;
    }
    after(analysis, noun, &["of"])
}
