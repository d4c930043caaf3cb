//! The titles of an actor over all articles: which there are, and who gives them when.

use crate::data_file::section;
use crate::roster::Member;
use hashbrown::HashSet;
use rapporteur_model::{Article, CivilDate, Role};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A role is held against so many others: who has more is no person.
const MAX_COMPARED_ROLES: usize = 50;

/// A title with those of one actor's members that give it.
#[derive(Default)]
struct Given<'m> {
    /// As written; of several spellings the least.
    text: &'m str,
    is_former: bool,
    n_members: usize,
    /// How late it comes among the titles of each of them, summed.
    rank: usize,
    articles: BTreeSet<usize>,
}

/// Titles by the number of articles that give them, then by how early they come there; without those of
/// which another says all and more.
pub(crate) fn roles(group: &[&Member], articles: &[Article]) -> Vec<Role> {
    let mut given: BTreeMap<String, Given> = BTreeMap::new();
    for member in group {
        for (rank, role) in member.actor.roles.iter().enumerate() {
            let new = || Given { text: role, is_former: is_former(role), ..Given::default() };
            let entry = given.entry(role.to_lowercase()).or_insert_with(new);
            entry.text = entry.text.min(role);
            entry.n_members += 1;
            entry.rank += rank;
            entry.articles.insert(member.article);
        }
    }
    let mut given: Vec<Given> = given.into_values().collect();
    given.sort_unstable_by_key(|role| (Reverse(role.n_members), role.rank, role.text));
    // "Adviser" is short for "former adviser" where the same articles say so; in others it is what somebody is.
    let given =
        without(given, |given, other| other.is_former && !given.is_former && given.articles.is_subset(&other.articles));
    let given = without(given, |given, other| other.is_former == given.is_former);
    given.iter().map(|given| given.to_role(articles)).collect()
}

/// The titles without those of which another that `may_stand_for` them says all and more. Earlier ones are given by
/// as many articles: what they say already is no title of its own.
fn without<'m>(given: Vec<Given<'m>>, may_stand_for: fn(&Given, &Given) -> bool) -> Vec<Given<'m>> {
    let is_new = |idx: usize, role: &Given| {
        let others = given.iter().enumerate().filter(|(at, other)| *at < idx || other.n_members == role.n_members);
        !others.take(MAX_COMPARED_ROLES).any(|(_, other)| may_stand_for(role, other) && other.says_all_of(role))
    };
    let is_new: Vec<bool> = given.iter().enumerate().map(|(idx, role)| is_new(idx, role)).collect();
    given.into_iter().zip(is_new).filter(|(_, is_new)| *is_new).map(|(role, _)| role).collect()
}

impl Given<'_> {
    /// Whether the title has all words of `role` and more.
    fn says_all_of(&self, role: &Given) -> bool {
        let words = |role: &str| role.to_lowercase().split_whitespace().map(str::to_string).collect::<BTreeSet<_>>();
        role.text.len() < self.text.len() && words(role.text).is_subset(&words(self.text))
    }

    fn to_role(&self, articles: &[Article]) -> Role {
        let published: BTreeSet<CivilDate> =
            self.articles.iter().filter_map(|idx| Some(articles[*idx].published.as_ref()?.value)).collect();
        Role {
            text: self.text.to_string(),
            is_former: self.is_former,
            articles: self.articles.iter().map(|idx| articles[*idx].id.clone()).collect(),
            first_published: published.first().copied(),
            last_published: published.last().copied(),
        }
    }
}

/// Whether the words of a title say that it is held no more.
pub(crate) fn is_former(role: &str) -> bool {
    static WORDS: LazyLock<(Vec<&str>, HashSet<&str>)> = LazyLock::new(|| {
        let file = include_str!("../data/role-words.txt");
        (section(file, "former").into_iter().collect(), section(file, "prepositions"))
    });
    let (former, prepositions) = &*WORDS;
    let role = role.to_lowercase();
    let mut title = role.split_whitespace().take_while(|word| !prepositions.contains(word));
    title.any(|word| former.iter().any(|sign| if sign.ends_with('-') { word.starts_with(sign) } else { word == *sign }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_the_past_are_told_by_their_words() {
        for role in ["former top adviser to the president", "Ex-minister", "then-Governor", "the late king"] {
            assert!(is_former(role), "{role}");
        }
        for role in ["prosecutor of the tribunal for the former Yugoslavia", "exarch", "late-night host", "minister"] {
            assert!(!is_former(role), "{role}");
        }
    }
}
