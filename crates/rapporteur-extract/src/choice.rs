//! Which of a cue's candidates is its content? The rule choice: the first frame of the cue, in the
//! order of the data file, that a candidate fills.

use crate::analysis::Analysis;
use crate::content::{Candidate, ContentKind};
use crate::cues::{CueHit, CueKind};
use crate::lexicon::{Cue, Frame};
use rapporteur_model::StatementClass;

/// A chosen content.
pub(crate) struct Choice {
    pub(crate) candidate: Candidate,
    /// The cue and its content only name the act: an act report.
    pub(crate) is_act_report: bool,
    /// The class of the frame that it fills, where that has its own.
    pub(crate) class: Option<StatementClass>,
}

/// The content of `hit` among `candidates`, if it has one.
pub(crate) fn choose(analysis: &Analysis<'_>, hit: &CueHit, candidates: &[Candidate]) -> Option<Choice> {
    let chosen = |candidate: &Candidate, is_act_report| {
        Some(Choice { candidate: candidate.clone(), is_act_report, class: None })
    };
    if matches!(hit.kind, CueKind::Phrase | CueKind::Colon | CueKind::Dash) {
        return candidates.first().and_then(|candidate| chosen(candidate, false));
    }
    let entry = hit.entry?;
    if let Some(candidate) = object_with_clause(entry, candidates) {
        return chosen(candidate, false);
    }
    for &(frame, class) in &entry.frames {
        let Some(candidate) = candidates.iter().find(|candidate| fills(candidate.kind, frame)) else { continue };
        let is_noun_phrase = matches!(frame, Frame::Object | Frame::Topic);
        if is_noun_phrase && is_about_people(analysis, entry, candidate) {
            return None;
        }
        let is_act_report = matches!(frame, Frame::Topic | Frame::About(_) | Frame::ActInfinitive)
            && !(frame == Frame::Topic && entry.class == StatementClass::Speech && names_stance(analysis, candidate));
        let class = class.or(class_of_stance(analysis, entry, candidate));
        return Some(Choice { candidate: candidate.clone(), is_act_report, class });
    }
    if entry.is_say && hit.kind == CueKind::Verb {
        return surface(analysis, hit, entry, candidates).and_then(|candidate| chosen(candidate, false));
    }
    None
}

/// "demanded guarantees that …": the object, where the clause belongs to it.
fn object_with_clause<'c>(entry: &Cue, candidates: &'c [Candidate]) -> Option<&'c Candidate> {
    let of_kind = |kind| candidates.iter().find(move |candidate| candidate.kind == kind);
    let object = of_kind(ContentKind::Object).filter(|_| entry.takes(Frame::Object))?;
    let clause = of_kind(ContentKind::Clause)?;
    let [object_range, clause_range] = [object, clause].map(|candidate| candidate.ranges.first().copied());
    (object_range?.start < clause_range?.start && object_range?.end >= clause_range?.end).then_some(object)
}

/// "questioned the suspect", "dismissed forty workers": done to people, not said of things.
fn is_about_people(analysis: &Analysis<'_>, entry: &Cue, object: &Candidate) -> bool {
    let is_other_sense = matches!(entry.class, StatementClass::Question | StatementClass::Denial);
    let token = analysis.token(object.head);
    let people = &analysis.lexicon.people;
    is_other_sense && (token.entity_type() == "PERSON" || people.has("person-nouns", analysis.lemma(object.head)))
}

/// A plain verb of saying with a noun that names a stance has the class of the noun: "repeated its demand".
fn class_of_stance(analysis: &Analysis<'_>, entry: &Cue, candidate: &Candidate) -> Option<StatementClass> {
    let noun = match candidate.kind {
        ContentKind::StanceClause => analysis.token(candidate.head).head().idx(),
        ContentKind::Object => candidate.head,
        _ => return None,
    };
    let noun = analysis.lexicon.nouns.get(analysis.lemma(noun))?;
    (entry.class == StatementClass::Speech).then_some(noun.class)
}

/// "signalled optimism about the talks": the object is itself a stance, so the words report it.
fn names_stance(analysis: &Analysis<'_>, object: &Candidate) -> bool {
    analysis.lexicon.nouns.contains_key(analysis.lemma(object.head))
}

fn fills(kind: ContentKind, frame: Frame) -> bool {
    match frame {
        Frame::Clause => matches!(kind, ContentKind::Clause | ContentKind::StanceClause | ContentKind::ClauseAround),
        Frame::Infinitive | Frame::ActInfinitive => kind == ContentKind::Infinitive,
        Frame::Gerund => kind == ContentKind::Gerund,
        Frame::ObjectInfinitive(preposition) => kind == ContentKind::ObjectInfinitive(preposition),
        Frame::WantInfinitive => kind == ContentKind::WantInfinitive,
        Frame::Object | Frame::Topic => kind == ContentKind::Object,
        Frame::Predicate => kind == ContentKind::Predicate,
        Frame::As => kind == ContentKind::As,
        Frame::To(preposition) | Frame::About(preposition) => kind == ContentKind::Prepositional(preposition),
        Frame::ObjectTo(preposition) => kind == ContentKind::ObjectPrepositional(preposition),
        Frame::Quote | Frame::Echo => false,
    }
}

/// For the plainest verbs of saying, whose content the parser missed: the text beside them.
fn surface<'c>(
    analysis: &Analysis<'_>,
    hit: &CueHit,
    entry: &Cue,
    candidates: &'c [Candidate],
) -> Option<&'c Candidate> {
    if !entry.takes(Frame::Clause) || analysis.subject(hit.head).is_none() {
        return None;
    }
    let of_kind = |kind| candidates.iter().find(move |candidate| candidate.kind == kind);
    let has_verb = |candidate: &&Candidate| {
        let mut tokens = candidate.ranges.iter().flat_map(|range| range.start..range.end);
        tokens.any(|idx| matches!(analysis.token(idx).pos(), "VERB" | "AUX"))
    };
    let after = of_kind(ContentKind::TextAfter).filter(has_verb);
    let is_last = after.is_none();
    let before = of_kind(ContentKind::TextBefore).filter(has_verb);
    let opens_clause = |candidate: &&Candidate| {
        let first = candidate.ranges.first().map(|range| range.start);
        first.is_some_and(|first| {
            first <= hit.words.end + 1 && !matches!(analysis.token(first).pos(), "ADP" | "PUNCT" | "CCONJ")
        })
    };
    if is_last { before } else { after.filter(opens_clause) }
}
