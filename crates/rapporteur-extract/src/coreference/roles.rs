//! Does a description fit what a person is? "the minister" for a deputy foreign minister, "the Karskian
//! leader" for its president.

use crate::actors::{ActorDraft, Signature};
use crate::lexicon::Lexicon;
use rapporteur_model::ActorKind;

/// How close a role must be to what a noun phrase says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RoleFit {
    /// The role has the noun itself: "the minister" for a foreign minister.
    Same,
    /// The noun is a wider word: "the leader" for a president.
    Wide,
}

/// Whether a named person's role is what a noun phrase says.
pub(super) fn fits_role(lexicon: &Lexicon, actor: &ActorDraft<'_>, signature: &Signature, fit: RoleFit) -> bool {
    let fits = |role: &str| match fit {
        RoleFit::Same => says(role, &signature.lemma),
        RoleFit::Wide => is_kind_of(lexicon, role, &signature.lemma),
    };
    actor.kind == ActorKind::Person
        && actor.is_named
        && signature.owner.is_none()
        && actor.roles.iter().any(|(role, _)| {
            let tells = |word: &String| says(role, word) || actor.allegiance == Some(word.as_str());
            fits(role) && signature.modifiers.iter().all(tells)
        })
}

fn says(role: &str, word: &str) -> bool {
    role.split([' ', '-']).any(|part| part.eq_ignore_ascii_case(word))
}

/// Whether a noun is a wider word for a role: a president is a leader, a deputy president is none.
fn is_kind_of(lexicon: &Lexicon, role: &str, noun: &str) -> bool {
    let words = || role.split([' ', '-']);
    let is_lesser = || words().any(|word| lexicon.people.has("lesser-titles", word));
    lexicon.role_nouns.has_list(noun) && words().any(|word| lexicon.role_nouns.has(noun, word)) && !is_lesser()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;

    #[test]
    fn a_wide_noun_covers_its_roles() {
        let is_kind_of = |role, noun| is_kind_of(&Knowledge::builtin().lexicon, role, noun);
        assert!(is_kind_of("president", "leader") && is_kind_of("prime minister", "leader"));
        assert!(!is_kind_of("vice president", "leader") && !is_kind_of("president", "harbour"));
        assert!(says("deputy foreign minister", "minister"));
    }
}
