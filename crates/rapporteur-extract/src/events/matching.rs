//! Which frame fits a word, and which words belong to it?

use super::frames::{Alternative, Frame, Slot, SlotPlace, TriggerKind, Words};
use super::syntax::{self, children};
use crate::analysis::{Analysis, TokenRange};

/// A frame that fits, with the words that fill it.
#[derive(Debug)]
pub(super) struct Match<'k> {
    pub(super) frame: &'k Frame,
    pub(super) kind: TriggerKind,
    /// The word that opens the frame.
    pub(super) anchor: usize,
    /// The preposition that belongs to the trigger: what it governs counts as the object.
    pub(super) preposition: Option<usize>,
    /// The words that fill the slots.
    pub(super) fillers: Vec<usize>,
    /// Those of them that tell of nothing by themselves: "sanctions" of "impose sanctions".
    pub(super) claimed: Vec<usize>,
    /// The noun that fills the object slot.
    pub(super) object: Option<usize>,
    /// From the first to the last word of the trigger.
    pub(super) trigger: TokenRange,
}

/// More words between a verb and the noun of its slot are not shown as the trigger.
const MAX_TRIGGER_TOKENS: usize = 7;

/// The frame that fits the word best, if any does. `is_reported` says that it stands in reported words.
pub(super) fn find<'k>(analysis: &Analysis<'k>, anchor: usize, is_reported: bool) -> Option<Match<'k>> {
    let token = analysis.token(anchor);
    // "ceasefire talks" tells of talks.
    if token.dep() == "compound" {
        return None;
    }
    let kinds: &[TriggerKind] = match token.pos() {
        "VERB" | "AUX" if is_reported => match speaks_of_itself(analysis, anchor) {
            true => &[TriggerKind::Own, TriggerKind::Verb, TriggerKind::Adjective],
            // "despite having to flee" is a burden.
            false if matches!(token.tag(), "VBG" | "VBN") => &[TriggerKind::Verb, TriggerKind::Adjective],
            false => &[TriggerKind::Duty, TriggerKind::Verb, TriggerKind::Adjective],
        },
        "VERB" | "AUX" => &[TriggerKind::Verb, TriggerKind::Adjective],
        // "March" is a month.
        "NOUN" | "PROPN" if matches!(token.entity_type(), "DATE" | "TIME") => return None,
        "NOUN" | "PROPN" => &[TriggerKind::Noun],
        "ADJ" => &[TriggerKind::Adjective],
        _ => return None,
    };
    // "worried by", but not "it worried them".
    let is_participle = || token.pos() != "VERB" || token.tag() == "VBN";
    let mut kinds = kinds.iter().filter(|&&kind| kind != TriggerKind::Adjective || is_participle());
    let found = kinds.find_map(|&kind| {
        // A participle may be read as an adjective: "concerned", "disappointed".
        let word = if kind == TriggerKind::Adjective { analysis.lower(anchor) } else { analysis.lemma(anchor) };
        let mut frames = analysis.frames.of(word, kind);
        frames.find_map(|frame| fits(analysis, frame, kind, anchor))
    });
    found.filter(|found| !found.frame.is_idle && !is_in_phrase(analysis, anchor))
}

/// Whether the word and the one before it only join what stands around them: "in order to".
fn is_in_phrase(analysis: &Analysis<'_>, anchor: usize) -> bool {
    let words = &analysis.lexicon.event_words;
    anchor > 0
        && analysis.token(anchor).dep() == "pobj"
        && words.has("joining-phrases", &format!("{} {}", analysis.lower(anchor - 1), analysis.lower(anchor)))
}

/// The frame of a cue that no list of frames has: what its statement's class tells.
pub(super) fn of_cue<'k>(analysis: &Analysis<'_>, frame: &'k Frame, anchor: usize) -> Match<'k> {
    let kind = match analysis.token(anchor).pos() {
        "NOUN" | "PROPN" => TriggerKind::Noun,
        "ADJ" => TriggerKind::Adjective,
        _ => TriggerKind::Verb,
    };
    let trigger = TokenRange::new(anchor, anchor + 1);
    let (fillers, claimed) = (Vec::new(), Vec::new());
    Match { frame, kind, anchor, preposition: None, fillers, claimed, object: None, trigger }
}

/// Whether the subject of a verb, or of the verb that an auxiliary helps, is the speaker.
pub(super) fn speaks_of_itself(analysis: &Analysis<'_>, verb: usize) -> bool {
    let token = analysis.token(verb);
    let verb = if matches!(token.dep(), "aux" | "auxpass") { token.head().idx() } else { verb };
    let subject = syntax::subject(analysis, verb);
    subject.is_some_and(|subject| analysis.token(subject).morph_value("Person") == Some("1"))
}

fn fits<'k>(analysis: &Analysis<'_>, frame: &'k Frame, kind: TriggerKind, anchor: usize) -> Option<Match<'k>> {
    // "carry out" is not "carry"; "illegal" before a noun says nothing about anybody.
    let particle = syntax::child(analysis, anchor, &["prt"]).filter(|_| kind == TriggerKind::Verb);
    let is_other_verb =
        particle.is_some_and(|particle| frame.further.iter().all(|word| &**word != analysis.lower(particle)));
    let is_only_attribute = kind == TriggerKind::Adjective
        && analysis.token(anchor).dep() == "amod"
        && frame.further.is_empty()
        && frame.slots.is_empty();
    if is_other_verb || is_only_attribute {
        return None;
    }
    let mut end = anchor + 1;
    let mut preposition = None;
    let mut carrier = anchor;
    for (nth, word) in frame.further.iter().enumerate() {
        let at = further_word(analysis, carrier, anchor + 1 + nth, word)?;
        let is_preposition = matches!(analysis.token(at).dep(), "prep" | "agent" | "dative");
        // "engage Fiji together with Peru" is not "engage with".
        let has_object = || syntax::child(analysis, anchor, &["dobj"]).is_some_and(|object| object < at);
        if is_preposition
            && kind == TriggerKind::Verb
            && frame.slots.is_empty()
            && at > anchor + 1 + nth
            && has_object()
        {
            return None;
        }
        preposition = is_preposition.then_some(at);
        carrier = at;
        if at < end + 3 {
            end = end.max(at + 1);
        }
    }
    if frame.is_negated && !is_negated(analysis, anchor) {
        return None;
    }
    // "must withdraw"
    let verb = analysis.token(anchor).head().idx();
    let is_duty = kind == TriggerKind::Duty && analysis.token(anchor).dep() == "aux";
    if is_duty && verb > anchor && verb < anchor + MAX_TRIGGER_TOKENS {
        end = verb + 1;
    }
    let trigger = TokenRange::new(anchor, end);
    let (fillers, claimed) = (Vec::new(), Vec::new());
    let mut found = Match { frame, kind, anchor, preposition, fillers, claimed, object: None, trigger };
    for slot in &frame.slots {
        fill(analysis, slot, &mut found)?;
    }
    Some(found)
}

/// The word of a trigger that stands after it, or hangs on it or on the word before.
fn further_word(analysis: &Analysis<'_>, carrier: usize, next: usize, word: &str) -> Option<usize> {
    // The "to" of an infinitive is no preposition.
    let is_it = |idx: usize| analysis.lower(idx) == word && analysis.token(idx).dep() != "aux";
    if next < analysis.doc.len() && is_it(next) && analysis.sentence(carrier).contains(next) {
        return Some(next);
    }
    let hangs = |token: &rapporteur_text::Token<'_>| token.idx() > carrier && is_it(token.idx());
    children(analysis, carrier).find(hangs).map(|token| token.idx())
}

/// Whether "not" or "no" stands with a word.
pub(super) fn is_negated(analysis: &Analysis<'_>, idx: usize) -> bool {
    negation(analysis, idx).is_some()
}

/// The "not" of a verb, the "no" of a noun.
pub(super) fn negation(analysis: &Analysis<'_>, idx: usize) -> Option<usize> {
    let words = &analysis.lexicon.event_words;
    let own = children(analysis, idx)
        .find(|child| child.dep() == "neg" || child.idx() < idx && words.has("negations", analysis.lower(child.idx())));
    own.map(|own| own.idx())
}

fn fill(analysis: &Analysis<'_>, slot: &Slot, found: &mut Match<'_>) -> Option<()> {
    let (way, filler) = slot.iter().find_map(|way| {
        let mut fillers = fillers(analysis, way, found).into_iter();
        fillers.find(|&filler| is_word(analysis, way, filler)).map(|filler| (way, filler))
    })?;
    let place = &way.place;
    found.fillers.push(filler);
    if *place == SlotPlace::Object {
        found.object = Some(filler);
    }
    let is_shown = *place == SlotPlace::Object || matches!(place, SlotPlace::After(_));
    if is_shown {
        // "the threat of war" tells of both.
        if found.kind != TriggerKind::Noun {
            found.claimed.push(filler);
        }
        let range = TokenRange::new(found.trigger.start.min(filler), found.trigger.end.max(filler + 1));
        let is_in_order = filler > found.anchor || found.kind == TriggerKind::Noun;
        if is_in_order && range.len() <= MAX_TRIGGER_TOKENS {
            found.trigger = range;
        }
    }
    Some(())
}

/// What may fill a slot at this place.
fn fillers(analysis: &Analysis<'_>, way: &Alternative, found: &Match<'_>) -> Vec<usize> {
    let anchor = found.anchor;
    match &way.place {
        SlotPlace::Object => objects(analysis, found),
        SlotPlace::After(preposition) => governed(analysis, found, preposition),
        SlotPlace::To => {
            let infinitives = complements(analysis, found).filter(|&verb| syntax::is_infinitive(analysis, verb));
            // "to do" is an infinitive and nothing else.
            let is_infinitive_only = matches!(way.words, Words::Any);
            let nouns = if is_infinitive_only { Vec::new() } else { governed(analysis, found, "to") };
            infinitives.chain(nouns).collect()
        }
        SlotPlace::Gerund => {
            let own = complements(analysis, found);
            let after_preposition = children(analysis, anchor)
                .filter(|child| child.dep() == "prep")
                .filter_map(|preposition| syntax::child(analysis, preposition.idx(), &["pcomp"]));
            let via = found.preposition.and_then(|preposition| syntax::child(analysis, preposition, &["pcomp"]));
            own.chain(after_preposition).chain(via).filter(|&verb| analysis.token(verb).tag() == "VBG").collect()
        }
        SlotPlace::Clause => complements(analysis, found)
            .filter(|&verb| {
                let token = analysis.token(verb);
                matches!(token.dep(), "ccomp" | "acl" | "relcl")
                    && token.tag() != "VBG"
                    && !syntax::is_infinitive(analysis, verb)
            })
            .collect(),
    }
}

/// The verbs of the clauses that hang on a trigger.
fn complements<'a>(analysis: &'a Analysis<'_>, found: &Match<'_>) -> impl Iterator<Item = usize> + use<'a> {
    let anchor = found.anchor;
    let via = found.preposition.unwrap_or(anchor);
    let of = move |idx: usize| {
        let hangs = |child: &rapporteur_text::Token<'_>| {
            matches!(child.dep(), "xcomp" | "ccomp" | "advcl" | "acl" | "relcl" | "pcomp" | "oprd")
        };
        children(analysis, idx).filter(move |child| child.idx() > anchor && hangs(child)).map(|child| child.idx())
    };
    // "call on them to leave": the infinitive may hang on the object.
    let object = syntax::object_of(analysis, via)
        .filter(|_| via != anchor)
        .or_else(|| syntax::child(analysis, anchor, &["dobj"]));
    of(anchor).chain((via != anchor).then_some(via).into_iter().flat_map(of)).chain(object.into_iter().flat_map(of))
}

/// The nouns that may be the object of a trigger: with those joined to them and what they count.
fn objects(analysis: &Analysis<'_>, found: &Match<'_>) -> Vec<usize> {
    let anchor = found.anchor;
    if let Some(preposition) = found.preposition {
        return syntax::object_of(analysis, preposition).map_or_else(Vec::new, |object| spread(analysis, object));
    }
    match found.kind {
        TriggerKind::Verb | TriggerKind::Own | TriggerKind::Duty | TriggerKind::Class => {
            let own = syntax::patient(analysis, anchor);
            let predicate = || syntax::child(analysis, anchor, &["attr", "oprd", "acomp", "dative", "npadvmod"]);
            let mut all: Vec<usize> = own.into_iter().flat_map(|object| spread(analysis, object)).collect();
            all.extend(predicate());
            all
        }
        TriggerKind::Noun => {
            let before = children(analysis, anchor)
                .filter(|child| child.idx() < anchor && matches!(child.dep(), "compound" | "amod" | "nmod" | "poss"))
                .map(|child| child.idx());
            before
                .chain(syntax::after(analysis, anchor, &["of"]).into_iter().flat_map(|object| spread(analysis, object)))
                .collect()
        }
        TriggerKind::Adjective => syntax::child(analysis, anchor, &["dobj"]).into_iter().collect(),
    }
}

fn spread(analysis: &Analysis<'_>, noun: usize) -> Vec<usize> {
    let mut all = syntax::joined(analysis, noun);
    let counted: Vec<usize> = all.iter().filter_map(|&noun| syntax::counted(analysis, noun)).collect();
    all.extend(counted);
    all
}

/// What a preposition governs that hangs on the trigger, on its object or on what it already has.
fn governed(analysis: &Analysis<'_>, found: &Match<'_>, preposition: &str) -> Vec<usize> {
    let object = found.object.or_else(|| syntax::child(analysis, found.anchor, &["dobj"]));
    let carriers = [Some(found.anchor), object, found.fillers.last().copied(), found.preposition];
    let mut all = Vec::new();
    for carrier in carriers.into_iter().flatten() {
        if let Some(object) = syntax::after(analysis, carrier, &[preposition]) {
            all.extend(spread(analysis, object));
        }
    }
    all
}

/// Whether a word is one that the slot asks for.
fn is_word(analysis: &Analysis<'_>, way: &Alternative, idx: usize) -> bool {
    let sentence = analysis.sentence(idx);
    let is_no_hyphen = |idx: &usize| analysis.lower(*idx) != "-";
    let before = (sentence.start..idx).rev().filter(is_no_hyphen).map(|idx| analysis.lower(idx));
    let after = (idx + 1..sentence.end).filter(is_no_hyphen).map(|idx| analysis.lower(idx));
    let (lemma, word) = (analysis.lemma(idx), analysis.lower(idx));
    match &way.words {
        Words::Any => true,
        Words::Class(class) => {
            let classes = &analysis.frames.classes;
            let has = |head: &str| classes.has(*class, head, before.clone(), after.clone());
            has(lemma) || word != lemma && has(word)
        }
        Words::Phrase(phrase) => (phrase.head == lemma || phrase.head == word) && phrase.stands(before, after),
    }
}
