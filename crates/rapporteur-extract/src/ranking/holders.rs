//! The candidates for the source of a cue: those of the rules, best first, then every noun phrase that
//! the tree and the words beside the cue offer.

use super::contents::Content;
use crate::analysis::{Analysis, TokenRange};
use crate::cues::{CueHit, CueKind};
use crate::sources::{self, Source};
use rapporteur_text::Token;

/// How many children of a cue are looked at.
const MAX_CHILDREN: usize = 48;

/// A noun phrase that may be the source of a cue.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Holder {
    pub(crate) source: Source,
    /// Its place among those of the rules.
    pub(crate) rule_rank: Option<usize>,
    /// How it stands to the cue.
    pub(crate) place: &'static str,
}

/// The sources that `hit` may have with `content`, each noun once.
pub(crate) fn list(analysis: &Analysis<'_>, hit: &CueHit, content: &Content, lead: Option<TokenRange>) -> Vec<Holder> {
    let mut found: Vec<Holder> = Vec::new();
    let is_free = |source: &Source| {
        let is_in_content = content.ranges.iter().any(|range| range.contains(source.head));
        let is_word = !analysis.is_masked(source.head) && !analysis.is_mark(source.head);
        !is_in_content && is_word && source.head != hit.head
    };
    let of_rules = sources::candidates(analysis, hit, lead).into_iter().filter(is_free);
    for (rank, source) in of_rules.enumerate() {
        if !found.iter().any(|holder| holder.source.head == source.head) {
            found.push(Holder { source, rule_rank: Some(rank), place: "rule" });
        }
    }
    if hit.kind == CueKind::Verb && sources::is_bare_participle(analysis.token(hit.head)) {
        return found;
    }
    let mut add = |place: &'static str, token: Token<'_>, limit: Option<usize>| {
        let source = sources::noun_phrase(analysis, token.idx(), limit);
        match found.iter_mut().find(|holder| holder.source.head == source.head) {
            Some(known) if known.place == "rule" => known.place = place,
            Some(_) => {}
            None if is_free(&source) => found.push(Holder { source, rule_rank: None, place }),
            None => {}
        }
    };
    around(analysis, hit, &mut add);
    beside(analysis, hit, &mut add);
    found
}

type Add<'f, 'd> = dyn FnMut(&'static str, Token<'d>, Option<usize>) + 'f;

/// Noun phrases that the tree ties to the cue or to the verbs above it.
fn around<'d>(analysis: &Analysis<'d>, hit: &CueHit, add: &mut Add<'_, 'd>) {
    let token = analysis.token(hit.head);
    for child in token.children().take(MAX_CHILDREN) {
        match child.dep() {
            "nsubj" if child.idx() < hit.head => add("subject", child, Some(hit.head)),
            "nsubj" => add("subject-after", child, None),
            "nsubjpass" => add("passive-subject", child, None),
            "agent" | "prep" => {
                let place = match child.text() {
                    "by" => "by",
                    "from" => "from",
                    "of" => "of",
                    _ => "prep",
                };
                if let Some(object) = child.children().find(|object| object.dep() == "pobj") {
                    add(place, object, None);
                }
            }
            "poss" => add("possessor", child, None),
            "compound" | "nmod" | "amod" if matches!(child.tag(), "NNP" | "NNPS" | "JJ") => {
                add("modifier", child, None)
            }
            "dobj" => add("object", child, None),
            "dative" => add("dative", child, None),
            _ => {}
        }
    }
    let mut above = token;
    for (step, place) in ["above", "above-2", "above-3"].into_iter().enumerate() {
        if above.is_root() {
            break;
        }
        let dep = above.dep();
        above = above.head();
        if step == 0 && matches!(dep, "relcl" | "acl") {
            add("noun-above", above, Some(hit.head).filter(|&limit| limit > above.idx()));
        }
        if let Some(subject) = analysis.subject(above.idx()) {
            add(place, analysis.token(subject), Some(above.idx()).filter(|&limit| limit > subject));
        }
        if step == 0 && hit.kind == CueKind::Noun {
            let by = above.children().filter(|child| child.text() == "by").find_map(|by| by.child("pobj"));
            if let Some(by) = by {
                add("above-by", by, None);
            }
        }
    }
}

/// The noun phrases right after and right before the cue.
fn beside<'d>(analysis: &Analysis<'d>, hit: &CueHit, add: &mut Add<'_, 'd>) {
    let is_nominal = |token: Token<'_>| matches!(token.pos(), "PROPN" | "PRON" | "NOUN" | "DET");
    if hit.words.end < analysis.doc.len() && is_nominal(analysis.token(hit.words.end)) {
        let mut token = analysis.token(hit.words.end);
        let first = token.idx();
        while matches!(token.head().pos(), "PROPN" | "NOUN")
            && token.head().idx() > token.idx()
            && token.idx() < first + 8
        {
            token = token.head();
        }
        add("right", token, None);
    }
    if let Some(before) = hit.words.start.checked_sub(1).filter(|&before| is_nominal(analysis.token(before))) {
        add("left", analysis.token(before), Some(hit.words.start));
    }
}
