//! Which mention tells best who the source of a statement is?

use super::makers;
use crate::analysis::{Analysis, TokenRange};
use crate::mentions::{Found, Referent};
use crate::sources::Source;
use rapporteur_model::ActorKind;

/// The mention that tells best who the source of a statement is: the name at the end of a noun phrase
/// ("the head of the customs office, Oren Vale"), else the mention of its head, else who made what its head
/// names ("Vale's email").
pub(crate) fn of_source(analysis: &Analysis<'_>, found: &[Found<'_>], source: Source) -> Option<usize> {
    let head = analysis.compound_end(source.head);
    let of_head = of_head(analysis, found, source);
    let wanted = match of_head.map(|mention| &found[mention].referent) {
        Some(&Referent::Nominal { kind: kind @ (ActorKind::Person | ActorKind::Organisation), .. }) => {
            let lists = ["person-nouns", "organisation-nouns", "papers"];
            let is_told = lists.iter().any(|list| analysis.lexicon.people.has(list, analysis.lemma(head)));
            Some(kind).filter(|_| is_told)
        }
        Some(_) => return of_head,
        None => None,
    };
    let range = whole_range(analysis, source, head);
    named_at_end(analysis, found, range, head, wanted)
        .or(of_head)
        .or_else(|| makers::maker(analysis, found, source.head))
}

/// The mention of the head of a source.
pub(super) fn of_head(analysis: &Analysis<'_>, found: &[Found<'_>], source: Source) -> Option<usize> {
    at_token(found, analysis.compound_end(source.head)).or_else(|| at_token(found, source.head))
}

/// A hyphenated head ("vice-president") may have cut what stands after it.
fn whole_range(analysis: &Analysis<'_>, source: Source, head: usize) -> TokenRange {
    let end = if head == source.head { source.range.end } else { analysis.below(source.head).end };
    TokenRange::new(source.range.start, end.max(source.range.end))
}

/// The name that ends a noun phrase or follows after a comma, where it is of the kind that its head tells; of
/// any kind where it tells none.
fn named_at_end(
    analysis: &Analysis<'_>,
    found: &[Found<'_>],
    range: TokenRange,
    head: usize,
    wanted: Option<ActorKind>,
) -> Option<usize> {
    let is_named = |idx: &usize| {
        let mention = &found[*idx];
        let before = mention.range.start.checked_sub(1).map(|before| analysis.token(before));
        let has_title = mention.range.start < mention.head.start;
        let is_free = before.is_none_or(|before| match before.pos() {
            "CCONJ" => has_title && wanted == Some(ActorKind::Person),
            pos => !matches!(pos, "ADP" | "DET" | "PART"),
        });
        let fits = match (&mention.referent, wanted) {
            (Referent::Person, Some(ActorKind::Person) | None) => true,
            (Referent::Body(_), Some(ActorKind::Organisation) | None) => true,
            (Referent::Known(known), Some(ActorKind::Organisation)) => known.kind == ActorKind::Organisation,
            _ => false,
        };
        fits && mention.range.start > head && is_free
    };
    // A body's name further on is what it is of or for.
    let is_close =
        |idx: &usize| matches!(found[*idx].referent, Referent::Person) || found[*idx].range.start <= head + 2;
    let last = range.end.checked_sub(1)?;
    // "the minister, Oren Vale," where the parser does not tie the name to the noun.
    let after_comma = || {
        let is_singular = at_token(found, head)
            .is_some_and(|idx| matches!(found[idx].referent, Referent::Nominal { is_plural: false, .. }));
        let text = |idx: usize| (idx < analysis.doc.len()).then(|| analysis.token(idx).text());
        let comma = range.end + usize::from(text(range.end) == Some(")"));
        let named = at_token(found, comma + 1).filter(|_| is_singular && text(comma) == Some(","))?;
        // "According to the minister, Vale will go": the name begins the clause.
        let is_object = range.start > 0 && analysis.token(range.start - 1).pos() == "ADP";
        let after = found[named].range.end;
        let is_closed = after >= analysis.doc.len() || analysis.is_mark(after);
        Some(named).filter(|_| is_closed || !is_object).filter(is_named)
    };
    at_token(found, last).filter(is_named).or_else(after_comma).filter(is_close)
}

/// The mention that holds a token.
pub(crate) fn at_token(found: &[Found<'_>], token_idx: usize) -> Option<usize> {
    let n_begun = found.partition_point(|mention| mention.range.start <= token_idx);
    let idx = n_begun.checked_sub(1)?;
    found[idx].range.contains(token_idx).then_some(idx)
}
