//! Where does one speaker's content stop because the next one begins? The parser often hangs a
//! second report below the first: "said the talks failed, adding that …", "…, but she denied it".

use crate::analysis::{Analysis, TokenRange};
use crate::content;
use crate::cues::{self, CueHit};
use crate::lexicon::Frame;
use rapporteur_text::Token;

/// The part of `range` up to the place where another report begins inside it.
pub(crate) fn at_next_speaker(analysis: &Analysis<'_>, hit: &CueHit, range: TokenRange) -> TokenRange {
    if range.start < hit.head {
        return range;
    }
    let cut = (range.start + 2..range.end).find(|&idx| {
        let before = analysis.token(idx - 1);
        if analysis.quotation_at(idx).is_some() {
            return false;
        }
        if before.tag() == "CC" && is_second_report(analysis, idx) {
            return true;
        }
        let after_comma =
            before.text() == "," || (before.tag() == "CC" && idx >= 2 && analysis.token(idx - 2).text() == ",");
        if !after_comma {
            return false;
        }
        let token = analysis.token(idx);
        content::is_tail(analysis, token) && reports(analysis, idx)
            || cues::phrase_at(analysis, idx).is_some()
            || opens_report(analysis, idx, range.end)
            || opens_echo(analysis, idx, range.end)
    });
    cut.map_or(range, |end| TokenRange::new(range.start, end))
}

/// "said the fleet left and warned that …": whether a verb that the parser tied to what was said is a
/// second cue of the same speaker. It has no subject but a that-clause of its own.
pub(crate) fn is_second_report(analysis: &Analysis<'_>, verb: usize) -> bool {
    let token = analysis.token(verb);
    let is_finite = matches!(token.tag(), "VBD" | "VBZ" | "VBP");
    if token.dep() != "conj" || !is_finite || analysis.subject(verb).is_some() || token.head().dep() != "ccomp" {
        return false;
    }
    let Some(entry) = analysis.lexicon.verbs.get(analysis.lemma(verb)) else { return false };
    // "demanded that they leave, and threatened to shut the port": what is demanded has no tense.
    let is_subjunctive = token.head().tag() == "VB" && token.head().child("aux").is_none();
    if is_subjunctive || !entry.takes(Frame::Quote) {
        return is_subjunctive;
    }
    let words = &analysis.lexicon.words;
    let is_content = |child: Token<'_>| match child.dep() {
        "ccomp" => child.children().any(|mark| mark.dep() == "mark" && words.has("content-openers", mark.text())),
        "prep" => entry.takes_to(child.text()),
        _ => false,
    };
    token.children().any(|child| child.idx() > verb && is_content(child))
}

/// Whether a verb has content of its own to the right.
fn reports(analysis: &Analysis<'_>, verb: usize) -> bool {
    let token = analysis.token(verb);
    token.children().any(|child| child.idx() > verb && matches!(child.dep(), "ccomp" | "dobj" | "xcomp" | "prep"))
}

/// Whether a subject at `idx` begins a clause that only takes a stand on what was said: "…, others disagreed".
fn opens_echo(analysis: &Analysis<'_>, idx: usize, end: usize) -> bool {
    let is_echo = |verb: usize| {
        let entry = analysis.lexicon.verbs.get(analysis.lemma(verb));
        entry.is_some_and(|entry| entry.takes(Frame::Echo))
            && analysis.subject(verb).is_some_and(|subject| analysis.below(subject).start == idx)
    };
    (idx + 1..end.min(idx + 6)).any(is_echo)
}

/// Whether a conjunction at `idx` opens a clause with a subject and a verb of saying of its own.
fn opens_report(analysis: &Analysis<'_>, idx: usize, end: usize) -> bool {
    if !analysis.lexicon.words.has("clause-breaks", analysis.lower(idx)) {
        return false;
    }
    let mut window = idx + 1..end.min(idx + 12);
    window.any(|verb| {
        let token = analysis.token(verb);
        let is_report = || {
            let entry = analysis.lexicon.verbs.get(analysis.lemma(verb));
            entry.is_some_and(|entry| entry.takes(Frame::Quote))
        };
        token.pos() == "VERB"
            && token.children().any(|child| child.idx() > verb && child.dep() == "ccomp")
            && analysis.subject(verb).is_some_and(|subject| subject > idx && subject < verb)
            && is_report()
    })
}

/// Without a relative clause after a comma at the end: ", which is under sanctions already" is the
/// reporter's own remark on the last noun.
pub(crate) fn before_aside(analysis: &Analysis<'_>, range: TokenRange) -> TokenRange {
    let opens_aside = |&idx: &usize| {
        let is_relative = matches!(analysis.token(idx).tag(), "WDT" | "WP" | "WP$");
        is_relative && analysis.token(idx - 1).text() == "," && analysis.quotation_at(idx).is_none()
    };
    let aside = (range.start + 2..range.end).find(opens_aside);
    let verb = aside.and_then(|aside| (aside + 1..range.end).find(|&idx| analysis.token(idx).dep() == "relcl"));
    match (aside, verb) {
        (Some(aside), Some(verb)) if analysis.below(verb).end >= range.end => TokenRange::new(range.start, aside),
        _ => range,
    }
}
