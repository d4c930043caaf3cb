//! Who does a cue point to? Lists the noun phrases that may be the source of a statement, and takes
//! the first that holds.

mod noun_phrase;

pub(crate) use noun_phrase::noun_phrase;

use crate::analysis::{Analysis, TokenRange};
use crate::content;
use crate::cues::{self, CueHit, CueKind};
use crate::cut;
use crate::lexicon::Frame;
use rapporteur_text::Token;

/// A noun phrase that says who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) range: TokenRange,
    /// Its head noun, name or pronoun.
    pub(crate) head: usize,
    /// It is the subject of another verb: "She spoke first, adding that …".
    pub(crate) is_inherited: bool,
}

/// How many heads are climbed to find a subject.
const MAX_CLIMB: usize = 6;
/// Longer noun phrases are cut to the words before their head.
const MAX_SOURCE_TOKENS: usize = 40;

/// The candidates for the source of a cue, best first. `lead` is what stands between a quotation and
/// its cue.
pub(crate) fn candidates(analysis: &Analysis<'_>, hit: &CueHit, lead: Option<TokenRange>) -> Vec<Source> {
    let mut found = Vec::new();
    match hit.kind {
        CueKind::Verb => of_verb(analysis, hit, lead, &mut found),
        CueKind::Adjective => {
            let token = analysis.token(hit.head);
            let holder = if analysis.subject(hit.head).is_some() { hit.head } else { token.head().idx() };
            found.extend(subject_source(analysis, holder));
            found.extend(inherited(analysis, holder));
        }
        CueKind::Noun => of_noun(analysis, hit, &mut found),
        CueKind::Phrase => {
            let last = hit.words.end - 1;
            let mut objects = analysis.token(last).children().filter(|child| child.idx() > last);
            found.extend(objects.next().map(|object| noun_phrase(analysis, object.idx(), None)));
        }
        CueKind::Colon => {
            found.extend(cues::speaker_before(analysis, hit.head).and_then(|words| last_noun(analysis, words)))
        }
        CueKind::Dash => {
            found.extend(cues::signature_after(analysis, hit.head).and_then(|words| last_noun(analysis, words)))
        }
    }
    found
}

fn of_verb(analysis: &Analysis<'_>, hit: &CueHit, lead: Option<TokenRange>, found: &mut Vec<Source>) {
    let verb = analysis.token(hit.head);
    let is_passive = verb.children().any(|child| child.dep() == "auxpass");
    if let Some(lead) = lead.filter(|lead| !analysis.is_all_marks(*lead)) {
        let inside = subject_source(analysis, hit.head).filter(|source| lead.contains(source.head));
        found.extend(inside.or_else(|| last_noun(analysis, lead)));
    }
    if is_passive || verb.tag() == "VBN" {
        found.extend(agent(analysis, hit.head).map(|(_, object)| noun_phrase(analysis, object, None)));
    }
    if is_passive || is_bare_participle(verb) {
        return;
    }
    let own = subject_source(analysis, hit.head).filter(|source| !analysis.is_mark(source.head));
    found.extend(cut_off(analysis, hit, own));
    let in_quotation = own.is_some_and(|source| analysis.quotation_at(source.head).is_some());
    found.extend(own.filter(|_| !in_quotation));
    if lead.is_some() || own.is_none() {
        found.extend(after_verb(analysis, hit).filter(|_| lead.is_some()));
        found.extend(inherited(analysis, hit.head));
    }
}

/// "An official, who asked for patience while the talks last, said …": where the parser takes the end of what
/// is told about the speaker for the subject, he stands at the top of the sentence.
fn cut_off(analysis: &Analysis<'_>, hit: &CueHit, own: Option<Source>) -> Option<Source> {
    let own = own.filter(|own| can_speak(analysis, *own) != Animacy::Yes)?;
    let comma = hit.words.start.checked_sub(1).filter(|&before| analysis.token(before).text() == ",")?;
    let root = analysis.token(hit.head).ancestors().take(MAX_CLIMB).last().filter(|root| root.is_root())?;
    let aside = root.child("relcl").map(|clause| analysis.below(clause.idx()).start)?;
    let is_speaker = matches!(root.pos(), "NOUN" | "PROPN") && root.idx() < aside && aside < own.head.min(comma);
    let source = noun_phrase(analysis, root.idx(), Some(aside));
    (is_speaker && can_speak(analysis, source) == Animacy::Yes).then_some(source)
}

/// "Asked whether …, the minister declined": the subject of the clause above is spoken to and does not speak.
/// The tagger may take the participle for a past tense.
pub(crate) fn is_bare_participle(verb: Token<'_>) -> bool {
    let is_bare = |child: Token<'_>| !child.dep().starts_with("aux") && !child.dep().starts_with("nsubj");
    matches!(verb.tag(), "VBN" | "VBD") && verb.dep() == "advcl" && verb.children().all(is_bare)
}

/// The agent of a passive: its "by" and the noun. The parser may have hung it on a noun before it: "seen as
/// the end of an era by historians".
pub(crate) fn agent(analysis: &Analysis<'_>, verb: usize) -> Option<(usize, usize)> {
    let object =
        |by: Token<'_>| by.children().find(|child| child.dep() == "pobj").map(|object| (by.idx(), object.idx()));
    let mut children = analysis.token(verb).children().take(MAX_SOURCE_TOKENS);
    if let Some(agent) = children.find(|child| child.dep() == "agent" || child.text() == "by") {
        return object(agent);
    }
    let window = verb + 1..analysis.below(verb).end.min(verb + MAX_SOURCE_TOKENS);
    let mut further =
        window.filter(|&idx| analysis.token(idx).text() == "by").filter_map(|idx| object(analysis.token(idx)));
    further.find(|&(_, object)| {
        let speaker = Source { range: TokenRange::new(object, object + 1), head: object, is_inherited: false };
        can_speak(analysis, speaker) == Animacy::Yes
    })
}

/// The source that the subject of `verb` gives; a relative pronoun gives its noun.
fn subject_source(analysis: &Analysis<'_>, verb: usize) -> Option<Source> {
    let mut subject = analysis.subject(verb)?;
    if analysis.is_masked(subject) {
        // A date line that runs into the first sentence is parsed as its subject.
        let beside =
            analysis.token(subject).children().find(|child| child.dep() == "appos" && !analysis.is_masked(child.idx()));
        subject = beside?.idx();
    }
    let is_relative = analysis.lexicon.words.has("relatives", analysis.lower(subject));
    if is_relative {
        let token = analysis.token(verb);
        let clause =
            std::iter::once(token).chain(token.ancestors()).take(MAX_CLIMB).find(|token| token.dep() == "relcl")?;
        let noun = antecedent(analysis, clause.head(), subject);
        return Some(noun_phrase(analysis, noun.idx(), Some(analysis.below(clause.idx()).start)));
    }
    let mut source = noun_phrase(analysis, subject, Some(verb).filter(|&verb| verb > subject));
    // The parser may have taken a part of a name or a compound for the subject.
    let goes_on = |idx: usize| {
        idx < verb && (matches!(analysis.token(idx).pos(), "PROPN" | "NOUN") || analysis.token(idx).tag() == "HYPH")
    };
    let mut end = source.range.end;
    while end < source.range.end + 5 && goes_on(end) {
        end += 1;
    }
    let reaches_verb = end < analysis.doc.len() && (end == verb || analysis.token(end).head().idx() == verb);
    if reaches_verb && analysis.token(subject).pos() != "PRON" {
        source.range.end = end;
    }
    Some(source)
}

/// The noun that a relative pronoun stands for, where the parser hung its clause on `noun`: "who" is no
/// university in "an expert at the university, who said …".
fn antecedent<'d>(analysis: &Analysis<'d>, noun: Token<'d>, pronoun: usize) -> Token<'d> {
    let is_body = noun.dep() == "pobj" && matches!(noun.entity_type(), "ORG" | "GPE" | "FAC" | "LOC");
    let above = noun.head().head();
    let is_person = matches!(above.pos(), "NOUN" | "PROPN");
    if is_body && is_person && analysis.lower(pronoun) == "who" { above } else { noun }
}

/// The subject of the clause above a verb that has none.
fn inherited(analysis: &Analysis<'_>, verb: usize) -> Option<Source> {
    let mut token = analysis.token(verb);
    let is_tail = content::is_tail(analysis, token) || cut::is_second_report(analysis, verb);
    for _ in 0..MAX_CLIMB {
        let head = token.head();
        let is_carried = || analysis.lexicon.words.has("carriers", analysis.lemma(head.idx()));
        let is_bare_infinitive = token.idx() == verb && is_purpose(token) && !is_carried();
        match token.dep() {
            "advcl" | "acl" | "relcl" | "xcomp" if is_bare_infinitive => return None,
            "conj" | "xcomp" | "advcl" | "ccomp" | "pcomp" | "prep" | "dep" | "relcl" if !token.is_root() => {}
            "acl" => {
                let above = head.head();
                let holder = subject_source(analysis, above.idx()).filter(|_| head.dep() == "dobj");
                let noun = noun_phrase(analysis, head.idx(), Some(token.idx()));
                return Some(Source { is_inherited: true, ..holder.unwrap_or(noun) });
            }
            _ => return None,
        }
        token = head;
        if is_tail && reports_clause(analysis, token) {
            continue;
        }
        if let Some(source) = subject_source(analysis, token.idx()).filter(|source| !source.range.contains(verb)) {
            return Some(Source { is_inherited: true, ..source });
        }
    }
    None
}

/// "to stress": a purpose has no speaker of its own.
fn is_purpose(verb: Token<'_>) -> bool {
    verb.tag() == "VB" && verb.children().any(|child| child.dep() == "aux" && child.tag() == "TO")
}

/// Whether a verb is the head of what another cue reports: "said they left, adding …" goes on with the
/// speaker, not with those who left.
fn reports_clause(analysis: &Analysis<'_>, verb: Token<'_>) -> bool {
    let above = verb.head();
    let is_cue =
        || analysis.lexicon.verbs.get(analysis.lemma(above.idx())).is_some_and(|entry| entry.takes(Frame::Clause));
    verb.dep() == "ccomp" && above.idx() < verb.idx() && is_cue()
}

/// The noun phrase right after an inverted verb: "…," said the minister.
fn after_verb(analysis: &Analysis<'_>, hit: &CueHit) -> Option<Source> {
    let next = hit.words.end;
    if next >= analysis.doc.len() {
        return None;
    }
    let mut head = analysis.token(next);
    if !matches!(head.pos(), "NOUN" | "PROPN" | "PRON" | "DET" | "ADJ" | "NUM") {
        return None;
    }
    for _ in 0..MAX_CLIMB {
        let above = head.head();
        if above.idx() <= head.idx() || above.idx() > next + 8 || !matches!(above.pos(), "NOUN" | "PROPN") {
            break;
        }
        head = above;
    }
    Some(noun_phrase(analysis, head.idx(), None))
}

/// The noun phrase that ends a stretch of words.
fn last_noun(analysis: &Analysis<'_>, lead: TokenRange) -> Option<Source> {
    let is_noun = |idx: usize| matches!(analysis.token(idx).pos(), "NOUN" | "PROPN" | "PRON");
    let mut head = (lead.start..lead.end).rev().find(|&idx| is_noun(idx))?;
    for _ in 0..MAX_CLIMB {
        let above = analysis.token(head).head().idx();
        if above == head || !lead.contains(above) || !is_noun(above) {
            break;
        }
        head = above;
    }
    let range = content::trim(analysis, lead)?;
    let source = noun_phrase(analysis, head, None);
    let range = TokenRange::new(source.range.start.max(range.start), source.range.end.min(range.end));
    Some(Source { range, ..source }).filter(|source| !source.range.is_empty())
}

fn of_noun(analysis: &Analysis<'_>, hit: &CueHit, found: &mut Vec<Source>) {
    let noun = analysis.token(hit.head);
    let verbs = if hit.entry.is_some_and(|entry| entry.takes(Frame::Object)) { "raising-verbs" } else { "light-verbs" };
    let lender = light_verb_source(analysis, noun, verbs);
    if noun.children().any(|child| child.dep() == "poss" && child.tag() == "PRP$") {
        found.extend(lender);
    }
    for child in noun.children() {
        match child.dep() {
            "poss" => found.push(noun_phrase(analysis, child.idx(), None)),
            "amod" | "compound" | "nmod" if matches!(child.entity_type(), "GPE" | "NORP" | "ORG" | "PERSON") => {
                found.push(noun_phrase(analysis, child.idx(), None));
            }
            "prep" | "agent" if matches!(child.text(), "by" | "from") => {
                let object = child.children().find(|object| object.dep() == "pobj");
                found.extend(object.map(|object| noun_phrase(analysis, object.idx(), None)));
            }
            _ => {}
        }
    }
    found.extend(lender);
}

/// The subject of the verb that lends a noun its speaker: "made a promise to …".
fn light_verb_source(analysis: &Analysis<'_>, noun: Token<'_>, verbs: &str) -> Option<Source> {
    let above = noun.head();
    let is_object = matches!(noun.dep(), "dobj" | "attr" | "pobj" | "oprd");
    let verb = if noun.dep() == "pobj" { above.head() } else { above };
    if !is_object || !analysis.lexicon.words.has(verbs, analysis.lemma(verb.idx())) {
        return None;
    }
    subject_source(analysis, verb.idx()).or_else(|| inherited(analysis, verb.idx()))
}

/// Whether a source can speak, want or think, as far as its head tells.
pub(crate) fn can_speak(analysis: &Analysis<'_>, source: Source) -> Animacy {
    let token = analysis.token(source.head);
    let lower = analysis.lower(source.head);
    let lemma = analysis.lemma(source.head);
    let people = &analysis.lexicon.people;
    let lists = ["person-nouns", "group-nouns", "organisation-nouns", "state-nouns"];
    let is_listed = lists.iter().any(|list| people.has(list, lemma) || people.has(list, lower));
    let is_common = token.pos() != "PROPN";
    if people.has("document-nouns", lemma) && is_common && !is_listed {
        return Animacy::Document;
    }
    if analysis.lexicon.words.has("inanimate", lower) && is_common {
        return if lower == "it" { Animacy::Unknown } else { Animacy::No };
    }
    let is_name = matches!(token.entity_type(), "PERSON" | "ORG" | "GPE" | "NORP") || !is_common;
    let is_person = token.pos() == "PRON" && token.tag() == "PRP";
    if is_name || is_person || is_listed { Animacy::Yes } else { Animacy::Unknown }
}

/// Whether something can speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Animacy {
    Yes,
    /// A paper that speaks for its makers.
    Document,
    Unknown,
    No,
}
