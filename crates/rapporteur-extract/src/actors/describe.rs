//! What the text says about a person beside the name: role, allegiance, gender.

use super::{ActorDraft, Gender};
use crate::analysis::{Analysis, TokenRange};
use crate::mentions::Found;
use crate::titles;
use rapporteur_model::ActorKind;

pub(super) fn gender_of_name(analysis: &Analysis<'_>, parts: &[String]) -> Option<Gender> {
    let people = &analysis.lexicon.people;
    let first = parts.first().filter(|_| parts.len() > 1)?;
    match (people.has("female-names", first), people.has("male-names", first)) {
        (true, false) => Some(Gender::Female),
        (false, true) => Some(Gender::Male),
        _ => None,
    }
}

/// Takes role, allegiance and gender from the title before a name and the apposition beside it.
pub(super) fn describe<'a>(analysis: &Analysis<'a>, mention: &Found<'a>, actor: &mut ActorDraft<'a>) {
    let people = &analysis.lexicon.people;
    let title = TokenRange::new(mention.range.start, mention.head.start);
    let mut tell = |range: TokenRange| {
        let (role, allegiance) = titles::role_and_allegiance(analysis, range);
        if let Some(role) = role {
            actor.add_role(role);
        }
        actor.allegiance = actor.allegiance.or(allegiance);
        for idx in range.start..range.end {
            let lower = analysis.lower(idx);
            let is = |lists: [&str; 2]| lists.iter().any(|list| people.has(list, lower));
            if actor.gender.is_none() && is(["female-titles", "female-nouns"]) {
                actor.gender = Some(Gender::Female);
            } else if actor.gender.is_none() && is(["male-titles", "male-nouns"]) {
                actor.gender = Some(Gender::Male);
            }
        }
    };
    if !title.is_empty() {
        tell(title);
    }
    let beside = apposition(analysis, mention.head);
    if let Some(range) = beside {
        tell(range);
    }
    let whole =
        beside.map_or(title, |beside| TokenRange::new(title.start.min(beside.start), title.end.max(beside.end)));
    if actor.allegiance.is_none() {
        actor.allegiance = body_before(analysis, whole);
    }
}

/// The state or organisation whom "its" in a title means: the subject of the sentence before. "Veldria rejected the
/// demand. Its chief negotiator, Mara Tellin, …"
fn body_before<'a>(analysis: &Analysis<'a>, title: TokenRange) -> Option<&'a str> {
    let its = (title.start..title.end).find(|idx| analysis.lower(*idx) == "its")?;
    let sentence = analysis.sentence(its);
    let last = sentence.start.checked_sub(1).filter(|_| its == sentence.start)?;
    let before = analysis.sentence(last);
    let root = (before.start..before.end).find(|idx| analysis.token(*idx).is_root())?;
    let subject = analysis.subject(root)?;
    let first = analysis.below(subject).start;
    let known = (first..=subject).filter_map(|idx| analysis.known_at(idx)).find(|(range, _)| range.contains(subject));
    known.filter(|(_, known)| known.kind != ActorKind::Person).map(|(_, known)| known.key)
}

/// The longest apposition that is taken as a role, in tokens.
const MAX_ROLE_TOKENS: usize = 9;

/// The noun phrase that explains a name: "Oren Vale, a former envoy", "the minister, Oren Vale".
fn apposition(analysis: &Analysis<'_>, name: TokenRange) -> Option<TokenRange> {
    let last = analysis.token(name.end - 1);
    let head = if name.contains(last.head().idx()) { last.head() } else { last };
    let is_person = |idx: usize| {
        let people = &analysis.lexicon.people;
        people.has("person-nouns", analysis.lemma(idx)) || people.has("titles", analysis.lower(idx))
    };
    let after =
        head.children().find(|child| child.dep() == "appos" && child.idx() >= name.end && is_person(child.idx()));
    let range = match after {
        Some(noun) => analysis.below(noun.idx()),
        None => {
            let noun = Some(head.head())
                .filter(|noun| head.dep() == "appos" && noun.idx() < name.start && is_person(noun.idx()))?;
            TokenRange::new(analysis.below(noun.idx()).start, name.start)
        }
    };
    let stop = (range.start + 1..range.end).take(MAX_ROLE_TOKENS).find(|&idx| {
        matches!(analysis.token(idx).text(), "," | ";" | "(" | "—" | "–")
            || matches!(analysis.token(idx).dep(), "relcl" | "acl")
            || analysis.token(idx).text().contains('\n')
            || matches!(analysis.token(idx).tag(), "WP" | "WDT")
    });
    let end = stop.unwrap_or(range.end).min(range.start + MAX_ROLE_TOKENS);
    (end > range.start).then(|| TokenRange::new(range.start, end))
}
