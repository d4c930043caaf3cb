//! To whom was it said?

use super::act::{Act, Tie};
use super::medium::is_medium;
use super::phrases::{PhraseKind, noun_phrase};
use crate::analysis::TokenRange;
use rapporteur_text::Token;

/// Who is spoken to, without a preposition.
pub(super) fn find(act: &Act<'_, '_>) -> Option<TokenRange> {
    let own = || act.holders.iter().filter(|holder| holder.tie != Tie::Joined).map(|holder| holder.idx);
    let object = own().find_map(|holder| object(act, holder));
    object.or_else(|| own().find_map(|holder| by_preposition(act, holder))).or_else(|| in_medium(act))
}

/// "told reporters", "urged both sides to …", "were told".
fn object(act: &Act<'_, '_>, holder: usize) -> Option<TokenRange> {
    if act.analysis.token(holder).pos() != "VERB" {
        return None;
    }
    if !act.is_listed("object-addressees", holder) {
        // "gave the union a guarantee": whoever is given words is spoken to.
        let mut children = act.children(holder).filter(|child| child.dep() == "dative" && child.pos() != "ADP");
        let given = children.find(|child| child.idx() > holder)?.idx();
        return can_listen(act, given).then(|| words(act, given));
    }
    let is_spoken_to = |child: &Token<'_>| match child.dep() {
        "dobj" | "dative" => child.pos() != "ADP" && child.idx() > holder,
        "nsubjpass" => true,
        _ => false,
    };
    let mut found = act.children(holder).filter(is_spoken_to).map(|child| child.idx()).collect::<Vec<_>>();
    found.extend(raised(act, holder));
    let head = found.into_iter().find(|&head| can_listen(act, head))?;
    Some(words(act, head))
}

/// "asked both sides to leave": the subject of the infinitive, where the parser put it there.
fn raised(act: &Act<'_, '_>, holder: usize) -> Option<usize> {
    let clauses = act.analysis.token(holder).children().filter(|child| child.idx() > holder);
    let mut clauses = clauses.filter(|child| matches!(child.dep(), "ccomp" | "xcomp")).take(4);
    clauses.find_map(|clause| {
        let infinitive = clause.children().any(|child| child.dep() == "aux" && child.tag() == "TO");
        let subject = act.analysis.subject(clause.idx()).filter(|&subject| subject > holder && subject < clause.idx());
        subject.filter(|&subject| infinitive && !act.is_said(subject))
    })
}

/// Whether a noun can be spoken to.
fn can_listen(act: &Act<'_, '_>, head: usize) -> bool {
    let analysis = act.analysis;
    let token = analysis.token(head);
    if act.is_said(head) || act.is_source(head) || token.pos() == "VERB" {
        return false;
    }
    let (lemma, lower) = (analysis.lemma(head), analysis.lower(head));
    let people = &analysis.lexicon.people;
    let lists = ["person-nouns", "group-nouns", "organisation-nouns", "state-nouns"];
    let is_listed = lists.iter().any(|list| people.has(list, lemma) || people.has(list, lower));
    let is_pronoun = token.tag() == "PRP" && !matches!(lower, "it" | "itself" | "themselves" | "himself" | "herself");
    let is_name = matches!(token.entity_type(), "PERSON" | "ORG" | "GPE" | "NORP")
        || token.pos() == "PROPN" && token.entity_type().is_empty();
    let is_listener = act.is_listed("listener-nouns", head) || act.analysis.lexicon.words.has("listeners", lower);
    is_listed || is_pronoun || is_name || is_listener
}

/// "said to the crowd", "spoke with reporters", "called on both sides", "testified before the senate".
fn by_preposition(act: &Act<'_, '_>, holder: usize) -> Option<TokenRange> {
    let of_holder = |child: &Token<'_>| {
        let list = match child.text() {
            "to" => "to-addressees",
            "with" => "with-addressees",
            "on" | "upon" => "on-addressees",
            "before" => "before-addressees",
            "from" => "from-addressees",
            _ => return false,
        };
        act.is_listed(list, holder) || child.text() == "to" && act.is_listed("to-nouns", holder)
    };
    let own = act.children(holder).filter(of_holder);
    // "said the mayor to the crowd": parsed as a part of the speaker.
    let inverted = act.source.map(|source| source.head).filter(|&source| source > holder);
    let behind = inverted
        .into_iter()
        .flat_map(|source| act.children(source))
        .filter(|child| child.text() == "to" && child.idx() > child.head().idx() && of_holder(child));
    own.chain(behind).find_map(|preposition| listener_of(act, preposition))
}

/// The noun of a preposition, where it can be spoken to.
fn listener_of(act: &Act<'_, '_>, preposition: Token<'_>) -> Option<TokenRange> {
    let object = preposition.children().find(|child| child.dep() == "pobj" && child.idx() > preposition.idx())?;
    can_listen(act, object.idx()).then(|| words(act, object.idx()))
}

/// "in a letter to shareholders", "in a call with analysts".
fn in_medium(act: &Act<'_, '_>) -> Option<TokenRange> {
    let media = act.phrases.iter().filter(|phrase| phrase.kind == PhraseKind::Prepositional && is_medium(act, phrase));
    let nouns = media.map(|phrase| phrase.head).chain(act.holders.iter().map(|holder| holder.idx));
    let mut nouns = nouns.chain(act.objects_above());
    nouns.find_map(|noun| {
        let of_noun = |child: &Token<'_>| match child.text() {
            "to" => act.is_listed("to-nouns", noun),
            "with" => act.is_listed("with-addressees", noun),
            _ => false,
        };
        let mut prepositions = act.children(noun).filter(of_noun);
        prepositions.find_map(|preposition| listener_of(act, preposition))
    })
}

/// The noun phrase of somebody who is spoken to.
fn words(act: &Act<'_, '_>, head: usize) -> TokenRange {
    let below = act.analysis.below(head);
    let said = (head..below.end).find(|&idx| act.is_said(idx)).unwrap_or(below.end);
    let keeps = |preposition: usize| matches!(act.analysis.lower(preposition), "of" | "from" | "for" | "in" | "at");
    noun_phrase(act.analysis, below.start, head, said, keeps)
}
