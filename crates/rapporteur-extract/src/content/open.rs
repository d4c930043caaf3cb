//! The stretches that the tree and the quotation marks around any word offer, whatever the word: for
//! cues that no list knows, and for reports of a shape that no frame foresees. Which one is the content
//! is learned (see [`crate::ranking`]).

use super::edges::reporting_clause;
use super::{Candidate, ContentKind, MAX_CHILDREN, push, trim};
use crate::analysis::{Analysis, TokenRange};
use crate::cues::{CueHit, CueKind};
use rapporteur_text::Token;

/// A quotation further from its cue than this is not looked at, in tokens.
const MAX_QUOTATION_DISTANCE: usize = 40;

/// All stretches of `hit`, in a fixed order.
pub(super) fn of_any(analysis: &Analysis<'_>, hit: &CueHit) -> Vec<Candidate> {
    let mut found = Vec::new();
    children(analysis, hit, &mut found);
    objects(analysis, hit, &mut found);
    around(analysis, hit, &mut found);
    sides(analysis, hit, &mut found);
    if hit.kind == CueKind::Noun {
        predicate_of_noun(analysis, hit, &mut found);
    }
    found
}

/// The stretch below each child, whole and without what hangs loosely at its right end.
fn children(analysis: &Analysis<'_>, hit: &CueHit, found: &mut Vec<Candidate>) {
    let sentence = analysis.sentence(hit.head);
    for child in analysis.token(hit.head).children().take(MAX_CHILDREN) {
        let below = analysis.below(child.idx());
        let Some([whole, cut, to_end, inside]) = shapes_of(child.dep()) else { continue };
        if child.dep() == "prep" {
            for object in child.children().filter(|object| matches!(object.dep(), "pobj" | "pcomp")) {
                add(analysis, hit, found, inside, analysis.below(object.idx()), object.idx());
            }
        }
        add(analysis, hit, found, whole, below, child.idx());
        if child.idx() < hit.head {
            continue;
        }
        for part in child.children().filter(|part| part.idx() > child.idx()).take(MAX_CHILDREN) {
            let part_below = analysis.below(part.idx());
            if is_loose(part) && part_below.end + 1 >= below.end {
                add(analysis, hit, found, cut, TokenRange::new(below.start, part_below.start), child.idx());
            }
            if child.dep() == "dobj" && matches!(part.dep(), "acl" | "relcl" | "prep") {
                add(analysis, hit, found, inside, part_below, part.idx());
                for object in part.children().filter(|object| matches!(object.dep(), "pobj" | "pcomp")) {
                    add(analysis, hit, found, "object-of-object", analysis.below(object.idx()), object.idx());
                }
            }
        }
        if matches!(child.dep(), "ccomp" | "xcomp") {
            add(analysis, hit, found, to_end, TokenRange::new(below.start, sentence.end), child.idx());
        }
    }
}

/// What may be left out at the right end of a clause.
fn is_loose(part: Token<'_>) -> bool {
    matches!(part.dep(), "advcl" | "conj" | "relcl" | "acl" | "prep" | "npadvmod" | "parataxis" | "appos")
}

/// The names of the stretches of a child: whole, without its loose right end, up to the sentence's end, and
/// a part inside it.
fn shapes_of(dep: &str) -> Option<[&'static str; 4]> {
    Some(match dep {
        "ccomp" => ["ccomp", "ccomp-cut", "ccomp-end", "ccomp-in"],
        "xcomp" => ["xcomp", "xcomp-cut", "xcomp-end", "xcomp-in"],
        "dobj" => ["dobj", "dobj-cut", "dobj-end", "dobj-in"],
        "prep" => ["prep", "prep-cut", "prep-end", "prep-in"],
        "advcl" => ["advcl", "advcl-cut", "advcl-end", "advcl-in"],
        "acl" => ["acl", "acl-cut", "acl-end", "acl-in"],
        "relcl" => ["relcl", "relcl-cut", "relcl-end", "relcl-in"],
        "oprd" => ["oprd", "oprd-cut", "oprd-end", "oprd-in"],
        "attr" => ["attr", "attr-cut", "attr-end", "attr-in"],
        "acomp" => ["acomp", "acomp-cut", "acomp-end", "acomp-in"],
        "conj" => ["conj", "conj-cut", "conj-end", "conj-in"],
        "parataxis" => ["parataxis", "parataxis-cut", "parataxis-end", "parataxis-in"],
        "dep" => ["dep", "dep-cut", "dep-end", "dep-in"],
        "appos" => ["appos", "appos-cut", "appos-end", "appos-in"],
        "intj" => ["intj", "intj-cut", "intj-end", "intj-in"],
        "nsubjpass" => ["nsubjpass", "nsubjpass-cut", "nsubjpass-end", "nsubjpass-in"],
        "nsubj" => ["nsubj", "nsubj-cut", "nsubj-end", "nsubj-in"],
        "pobj" => ["pobj", "pobj-cut", "pobj-end", "pobj-in"],
        "pcomp" => ["pcomp", "pcomp-cut", "pcomp-end", "pcomp-in"],
        _ => return None,
    })
}

/// From the first, second or third child on the right to the last.
fn objects(analysis: &Analysis<'_>, hit: &CueHit, found: &mut Vec<Candidate>) {
    let is_object =
        |dep: &str| matches!(dep, "dobj" | "xcomp" | "ccomp" | "oprd" | "prep" | "advcl" | "dative" | "acomp" | "attr");
    let rights = analysis.token(hit.head).children().filter(|child| child.idx() > hit.head && is_object(child.dep()));
    let rights: Vec<Token<'_>> = rights.take(4).collect();
    for (n, name) in ["objects", "objects-but-1", "objects-but-2"].into_iter().enumerate() {
        let (Some(first), Some(last)) = (rights.get(n), rights.last()) else { break };
        if rights.len() >= n + 2 {
            let range = TokenRange::new(analysis.below(first.idx()).start, analysis.below(last.idx()).end);
            add(analysis, hit, found, name, range, first.idx());
        }
    }
    let below = analysis.below(hit.head);
    if let Some(first) = rights.first() {
        add(analysis, hit, found, "right", TokenRange::new(hit.head + 1, below.end), first.idx());
    }
}

/// The clause that the cue's own clause hangs on.
fn around(analysis: &Analysis<'_>, hit: &CueHit, found: &mut Vec<Candidate>) {
    let token = analysis.token(hit.head);
    if token.is_root() {
        return;
    }
    let head = token.head();
    let [above, own] = [analysis.below(head.idx()), analysis.below(hit.head)];
    let own = if own.contains(head.idx()) { reporting_clause(analysis, hit) } else { own };
    let left = TokenRange::new(above.start, own.start.min(above.end));
    let right = TokenRange::new(own.end.max(above.start), above.end);
    let pieces: Vec<TokenRange> = [left, right].into_iter().filter_map(|piece| trim(analysis, piece)).collect();
    if pieces.len() == 2 {
        found.push(Candidate { kind: ContentKind::Open("around"), ranges: pieces, head: head.idx() });
    }
    add(analysis, hit, found, "around-left", left, head.idx());
    add(analysis, hit, found, "around-right", right, head.idx());
}

/// What stands before and after the reporting clause in its sentence, and the quotations there.
fn sides(analysis: &Analysis<'_>, hit: &CueHit, found: &mut Vec<Candidate>) {
    let sentence = analysis.sentence(hit.head);
    let reporting = reporting_clause(analysis, hit);
    add(analysis, hit, found, "left", TokenRange::new(sentence.start, reporting.start), hit.head);
    add(analysis, hit, found, "rest", TokenRange::new(hit.words.end, sentence.end), hit.head);
    add(analysis, hit, found, "rest-after-clause", TokenRange::new(reporting.end, sentence.end), hit.head);
    let first_after = analysis.quotations.partition_point(|quotation| quotation.outer_tokens.start <= hit.head);
    let [before, after] = [first_after.checked_sub(1), Some(first_after)].map(|idx| {
        let quotation = analysis.quotations.get(idx?)?;
        let gap = quotation.tokens.start.saturating_sub(hit.head).max(hit.head.saturating_sub(quotation.tokens.end));
        (gap <= MAX_QUOTATION_DISTANCE && !quotation.tokens.is_empty()).then_some(quotation.tokens)
    });
    let mut keep = |name, ranges: Vec<TokenRange>| {
        if let Some(first) = ranges.first() {
            found.push(Candidate { kind: ContentKind::Open(name), head: first.start, ranges });
        }
    };
    keep("quote-left", before.into_iter().collect());
    keep("quote-right", after.into_iter().collect());
    if let (Some(before), Some(after)) = (before, after) {
        keep("quote-both", vec![before, after]);
    }
}

/// "the fear is that …": what is said of the noun.
fn predicate_of_noun(analysis: &Analysis<'_>, hit: &CueHit, found: &mut Vec<Candidate>) {
    let copula = analysis.token(hit.head).head();
    if analysis.lemma(copula.idx()) != "be" {
        return;
    }
    for child in copula.children().filter(|child| child.idx() > copula.idx()).take(MAX_CHILDREN) {
        if matches!(child.dep(), "ccomp" | "attr" | "xcomp" | "acomp") {
            add(analysis, hit, found, "predicate", analysis.below(child.idx()), child.idx());
        }
    }
}

fn add(
    analysis: &Analysis<'_>,
    hit: &CueHit,
    found: &mut Vec<Candidate>,
    name: &'static str,
    range: TokenRange,
    head: usize,
) {
    push(analysis, hit, found, ContentKind::Open(name), range, head);
}
