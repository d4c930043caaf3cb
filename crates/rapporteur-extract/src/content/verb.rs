//! The candidates that hang on a verb: clauses, infinitives, objects, prepositional phrases, and the
//! clause around a reporting clause.

use super::edges::{
    after_complementizer, extend_right, has_that, infinitive_range, is_adjunct, is_infinitive, is_small_clause,
    reporting_clause, trim,
};
use super::{Candidate, ContentKind, MAX_CHILDREN, MAX_CONTENT_TOKENS, frame_preposition, push};
use crate::analysis::{Analysis, TokenRange};
use crate::cues::CueHit;
use crate::sources;
use rapporteur_text::Token;

/// How far to the right of an object its "as" is looked for, in tokens.
const MAX_AS_DISTANCE: usize = 30;

pub(super) fn of_verb(analysis: &Analysis<'_>, hit: &CueHit) -> Vec<Candidate> {
    let verb = analysis.token(hit.head);
    let mut found = Vec::new();
    let mut object: Option<Token<'_>> = None;
    for child in verb.children().filter(|child| child.idx() > verb.idx()).take(MAX_CHILDREN) {
        match child.dep() {
            "dobj" | "dative" | "nsubj" if object.is_none() && child.pos() != "VERB" => {
                object = Some(child);
                if child.dep() == "dobj" {
                    of_object(analysis, hit, child, &mut found);
                }
            }
            "ccomp" | "xcomp" | "advcl" | "oprd" | "acl" | "parataxis" | "dobj" | "pcomp" => {
                of_clause(analysis, hit, child, object, &mut found);
            }
            "prep" | "agent" | "prt" => of_preposition(analysis, hit, child, object, &mut found),
            _ => {}
        }
    }
    if let Some(object) = object
        && let Some(candidate) = as_further_right(analysis, hit, object)
    {
        found.push(candidate);
    }
    if let Some(candidate) = passive_predicate(analysis, hit) {
        found.push(candidate);
    }
    if let Some(candidate) = clause_around(analysis, hit) {
        found.push(candidate);
    }
    surface(analysis, hit, &mut found);
    found
}

/// Candidates of the direct object and of what hangs on it.
fn of_object(analysis: &Analysis<'_>, hit: &CueHit, object: Token<'_>, found: &mut Vec<Candidate>) {
    let below = analysis.below(object.idx());
    let mut end = extend_right(analysis, hit, below.end);
    if let Some(clause) = clause_of_object(analysis, hit, end) {
        end = clause;
    }
    push(analysis, hit, found, ContentKind::Object, TokenRange::new(below.start, end), object.idx());
    for child in object.children().filter(|child| child.idx() > object.idx()) {
        let is_stance = analysis.lexicon.nouns.contains_key(analysis.lemma(object.idx()));
        if is_stance && matches!(child.dep(), "acl" | "ccomp") && has_that(child) {
            // "reiterated warnings that …": the clause is what was reiterated.
            let clause = analysis.below(child.idx());
            let range = after_complementizer(child, TokenRange::new(clause.start.max(object.idx() + 1), clause.end));
            push(analysis, hit, found, ContentKind::StanceClause, range, child.idx());
        }
        if child.dep() == "prep" {
            let range = TokenRange::new(child.idx() + 1, analysis.below(child.idx()).end);
            if let Some(preposition) = frame_preposition(hit, child) {
                push(analysis, hit, found, ContentKind::ObjectPrepositional(preposition), range, child.idx());
            }
            if child.text() == "as" {
                push(analysis, hit, found, ContentKind::As, below, object.idx());
            }
        } else if matches!(child.dep(), "acl" | "xcomp" | "advcl") && is_infinitive(child) {
            let range = infinitive_range(analysis, child);
            push(analysis, hit, found, ContentKind::ObjectInfinitive(None), range, child.idx());
        }
    }
}

/// "demanded guarantees that …": the end of the clause that belongs to the object although it hangs on the verb.
fn clause_of_object(analysis: &Analysis<'_>, hit: &CueHit, end: usize) -> Option<usize> {
    let mut children =
        analysis.token(hit.head).children().filter(|child| child.idx() > hit.head && child.dep() == "ccomp");
    let clause = children.find(|child| analysis.below(child.idx()).start == end)?;
    has_that(clause).then(|| analysis.below(clause.idx()).end)
}

/// Candidates of a clause below the verb.
fn of_clause(
    analysis: &Analysis<'_>,
    hit: &CueHit,
    clause: Token<'_>,
    object: Option<Token<'_>>,
    found: &mut Vec<Candidate>,
) {
    let below = analysis.below(clause.idx());
    let after = TokenRange::new(below.start.max(hit.words.end), below.end);
    let subject = analysis.subject(clause.idx());
    let extended = |range: TokenRange| TokenRange::new(range.start, extend_right(analysis, hit, range.end));
    if is_infinitive(clause) {
        let range = extended(infinitive_range(analysis, clause));
        if let Some(subject) = subject.filter(|&subject| subject > hit.head) {
            let whole = TokenRange::new(analysis.below(subject).start.max(hit.words.end), range.end);
            push(analysis, hit, found, ContentKind::WantInfinitive, whole, clause.idx());
            push(analysis, hit, found, ContentKind::ObjectInfinitive(None), range, clause.idx());
        } else if let Some(object) = object {
            let whole = TokenRange::new(analysis.below(object.idx()).start, range.end);
            push(analysis, hit, found, ContentKind::ObjectInfinitive(None), range, clause.idx());
            push(analysis, hit, found, ContentKind::WantInfinitive, whole, clause.idx());
        } else if clause.dep() != "advcl" {
            push(analysis, hit, found, ContentKind::Infinitive, range, clause.idx());
        }
        for preposition in hit.entry.into_iter().flat_map(|entry| entry.object_infinitive_prepositions()) {
            let kind = ContentKind::ObjectInfinitive(Some(preposition));
            let is_there = |child: Token<'_>| child.dep() == "prep" && child.text() == preposition;
            if analysis.token(hit.head).children().take(MAX_CHILDREN).any(is_there) {
                push(analysis, hit, found, kind, range, clause.idx());
            }
        }
        return;
    }
    let is_gerund = clause.tag() == "VBG" && !clause.children().any(|child| child.dep() == "aux");
    if is_gerund && matches!(clause.dep(), "xcomp" | "pcomp" | "dobj" | "ccomp") && subject.is_none() {
        push(analysis, hit, found, ContentKind::Gerund, extended(after), clause.idx());
        return;
    }
    if clause.dep() == "oprd" || (is_small_clause(analysis, clause) && clause.dep() == "ccomp") {
        let start = object.map_or(after.start, |object| analysis.below(object.idx()).start);
        push(analysis, hit, found, ContentKind::Predicate, extended(TokenRange::new(start, below.end)), clause.idx());
        if clause.dep() == "oprd" {
            return;
        }
    }
    let is_say = hit.entry.is_some_and(|entry| entry.is_say);
    let is_clause = clause.dep() == "ccomp"
        || (is_say && subject.is_some() && matches!(clause.dep(), "xcomp" | "parataxis"))
        || (clause.dep() == "advcl" && has_that(clause));
    if is_clause && !is_small_clause(analysis, clause) {
        let after = after_complementizer(clause, after);
        push(analysis, hit, found, ContentKind::Clause, extended(after), clause.idx());
        if let (Some(fronted), Some(candidate)) = (fronted(analysis, hit), found.last_mut())
            && candidate.head == clause.idx()
        {
            candidate.ranges.insert(0, fronted);
        }
    }
}

/// "Under the plan, Vale said the harbour would close": the part of the content before the reporting clause.
fn fronted(analysis: &Analysis<'_>, hit: &CueHit) -> Option<TokenRange> {
    let sentence = analysis.sentence(hit.head);
    let subject = analysis.below(analysis.subject(hit.head)?);
    let phrase = analysis.token(hit.head).children().next().filter(|child| child.dep() == "prep")?;
    let below = analysis.below(phrase.idx());
    let is_front =
        below.start <= sentence.start + 1 && below.end < subject.start && analysis.token(below.end).text() == ",";
    let opens = analysis.lexicon.words.has("fronted-prepositions", analysis.lower(below.start));
    if !is_front || !opens || is_adjunct(analysis, phrase) {
        return None;
    }
    trim(analysis, below)
}

/// Candidates of a prepositional phrase below the verb.
fn of_preposition(
    analysis: &Analysis<'_>,
    hit: &CueHit,
    preposition: Token<'_>,
    object: Option<Token<'_>>,
    found: &mut Vec<Candidate>,
) {
    let below = analysis.below(preposition.idx());
    if preposition.text() == "as"
        && let Some(object) = object
    {
        let range = TokenRange::new(analysis.below(object.idx()).start, extend_right(analysis, hit, below.end));
        push(analysis, hit, found, ContentKind::As, range, object.idx());
    }
    let Some(name) = frame_preposition(hit, preposition) else { return };
    let range = TokenRange::new(preposition.idx() + 1, extend_right(analysis, hit, below.end));
    if object.is_some() {
        push(analysis, hit, found, ContentKind::ObjectPrepositional(name), range, preposition.idx());
    }
    push(analysis, hit, found, ContentKind::Prepositional(name), range, preposition.idx());
    // "called on them to leave": the infinitive may hang on the object of the preposition.
    for addressee in preposition.children().filter(|child| child.dep() == "pobj") {
        for infinitive in addressee.children().filter(|&child| child.idx() > addressee.idx() && is_infinitive(child)) {
            let range = infinitive_range(analysis, infinitive);
            push(analysis, hit, found, ContentKind::ObjectInfinitive(Some(name)), range, infinitive.idx());
        }
    }
}

/// "described the plan for the harbour as …": where the parser hung "as" on something in the object.
fn as_further_right(analysis: &Analysis<'_>, hit: &CueHit, object: Token<'_>) -> Option<Candidate> {
    let whole = analysis.below(hit.head);
    let start = analysis.below(object.idx()).start;
    let window = object.idx() + 1..whole.end.min(object.idx() + MAX_AS_DISTANCE);
    let r#as =
        window.into_iter().find(|&idx| analysis.token(idx).text() == "as" && analysis.token(idx).pos() == "ADP")?;
    let ranges = vec![trim(analysis, TokenRange::new(start, analysis.below(r#as).end))?];
    (analysis.below(r#as).len() > 1).then_some(Candidate { kind: ContentKind::As, ranges, head: object.idx() })
}

/// "The offer is seen as a trap by ministers": subject and predicate of a passive.
fn passive_predicate(analysis: &Analysis<'_>, hit: &CueHit) -> Option<Candidate> {
    let verb = analysis.token(hit.head);
    let subject = verb.children().find(|child| child.dep() == "nsubjpass")?;
    let mut rest = verb.children().filter(|child| child.idx() > verb.idx());
    let predicate = rest.find(|child| child.dep() == "oprd" || (child.dep() == "prep" && child.text() == "as"))?;
    let kind = if predicate.dep() == "oprd" { ContentKind::Predicate } else { ContentKind::As };
    let mut second = analysis.below(predicate.idx());
    if let Some((by, _)) = sources::agent(analysis, hit.head)
        && second.contains(by)
    {
        second.end = by;
    }
    let ranges = [analysis.below(subject.idx()), second];
    let ranges: Vec<_> = ranges.into_iter().filter_map(|range| trim(analysis, range)).collect();
    Some(Candidate { kind, ranges, head: predicate.idx() })
}

/// The clause that a reporting clause follows or interrupts.
fn clause_around(analysis: &Analysis<'_>, hit: &CueHit) -> Option<Candidate> {
    let verb = analysis.token(hit.head);
    let reporting = reporting_clause(analysis, hit);
    let before = verb.children().find(|child| child.idx() < verb.idx() && matches!(child.dep(), "ccomp" | "parataxis"));
    let (head, whole) = if let Some(clause) = before {
        (clause.idx(), analysis.below(clause.idx()))
    } else {
        let head = verb.head();
        let is_parenthetical = matches!(verb.dep(), "ccomp" | "parataxis" | "advcl") && !verb.is_root();
        let marked = verb.children().any(|child| matches!(child.dep(), "mark" | "advmod") && child.idx() < verb.idx());
        let opens = reporting.start > 0 && analysis.token(reporting.start - 1).text() == ",";
        if !is_parenthetical || marked || !opens || analysis.subject(hit.head).is_none() {
            return None;
        }
        let below = analysis.below(head.idx());
        if below.start >= reporting.start || has_clause_after(verb) {
            return None;
        }
        (head.idx(), below)
    };
    let mut whole = whole;
    let sentence = analysis.sentence(hit.head);
    let ends_sentence = analysis.is_all_marks(TokenRange::new(reporting.end.min(sentence.end), sentence.end));
    let is_near = whole.start < reporting.start && reporting.start.saturating_sub(sentence.start) <= MAX_CONTENT_TOKENS;
    let is_cue =
        |idx: usize| analysis.token(idx).pos() == "VERB" && analysis.lexicon.verbs.contains_key(analysis.lemma(idx));
    if ends_sentence && is_near && !(sentence.start..whole.start).any(is_cue) {
        // The reporting clause closes the sentence: all of it was said.
        whole.start = sentence.start;
    }
    let pieces = [
        TokenRange::new(whole.start, whole.end.min(reporting.start)),
        TokenRange::new(whole.start.max(reporting.end), whole.end),
    ];
    let ranges: Vec<_> = pieces.into_iter().filter_map(|piece| trim(analysis, piece)).collect();
    (!ranges.is_empty()).then_some(Candidate { kind: ContentKind::ClauseAround, ranges, head })
}

fn has_clause_after(verb: Token<'_>) -> bool {
    verb.children().any(|child| child.idx() > verb.idx() && matches!(child.dep(), "ccomp" | "xcomp" | "dobj"))
}

/// What stands before and after the cue in its sentence, for parses that show nothing.
fn surface(analysis: &Analysis<'_>, hit: &CueHit, found: &mut Vec<Candidate>) {
    let sentence = analysis.sentence(hit.head);
    let reporting = reporting_clause(analysis, hit);
    if reporting.start > sentence.start && analysis.token(reporting.start - 1).text() == "," {
        let range = TokenRange::new(sentence.start, reporting.start - 1);
        push(analysis, hit, found, ContentKind::TextBefore, range, hit.head);
    }
    let mut start = hit.words.end;
    let window = sentence.end.min(start + 12);
    if let Some(that) = (start..window).find(|&idx| analysis.lower(idx) == "that") {
        start = that + 1;
    }
    push(analysis, hit, found, ContentKind::TextAfter, TokenRange::new(start, sentence.end), hit.head);
}
