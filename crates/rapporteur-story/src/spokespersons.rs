//! For whom an actor speaks whose title says that it speaks for another: "Kremlin spokesman", "press secretary to the
//! president".

use crate::data_file::section_lines;
use crate::names::fold_name;
use crate::roles::is_former;
use hashbrown::HashMap;
use rapporteur_model::{Actor, ActorId, ActorKind};
use std::cmp::Reverse;
use std::sync::LazyLock;

/// Longer names are sentences that were read as names.
const MAX_NAME_WORDS: usize = 8;

/// Sets for each of `actors` for whom it speaks. Titles are asked in their order; where none of them names an actor it is
/// the state or organisation to which the actor has allegiance.
pub(crate) fn tell_for_whom(actors: &mut [Actor]) {
    let principals = principals(actors);
    for (actor, principal) in actors.iter_mut().zip(principals) {
        actor.spokesperson_of = principal;
    }
}

fn principals(actors: &[Actor]) -> Vec<Option<ActorId>> {
    let names = names(actors);
    let keyed = actors.iter().enumerate().rev();
    let by_key: HashMap<&str, usize> =
        keyed.filter_map(|(idx, actor)| Some((actor.entity_key.as_deref()?, idx))).collect();
    let principal = |(idx, actor): (usize, &Actor)| {
        if !matches!(actor.kind, ActorKind::Person | ActorKind::Group) {
            return None;
        }
        let titles: Vec<Title> = titles(actor).filter_map(Title::parse).collect();
        // A body of another side that bears the same name is another body.
        let may_be = |other: usize| {
            let body = &actors[other];
            let sides = (actor.allegiance.as_deref(), body.allegiance.as_deref());
            let contradicts = matches!(sides, (Some(a), Some(b)) if a != b) && body.entity_key.is_none();
            (other != idx && !contradicts).then_some(other)
        };
        let named =
            titles.iter().find_map(|title| title.named(|name| names.get(name).copied().flatten().and_then(may_be)));
        let party = || by_key.get(actor.allegiance.as_deref()?).copied().filter(|party| *party != idx);
        let principal = named.or_else(|| titles.first().and_then(|_| party()));
        principal.map(|idx| actors[idx].id.clone())
    };
    actors.iter().enumerate().map(principal).collect()
}

/// The titles that an actor has now; what describes an unnamed one is a title too.
fn titles(actor: &Actor) -> impl Iterator<Item = &str> {
    let description = Some(actor.name.as_str()).filter(|name| !actor.is_named && !is_former(name));
    actor.roles.iter().filter(|role| !role.is_former).map(|role| role.text.as_str()).chain(description)
}

/// Whom each name of a named actor means, in comparable spelling; `None` where it means several. What a known
/// entity is called by means that entity.
fn names(actors: &[Actor]) -> HashMap<String, Option<usize>> {
    let mut names: HashMap<String, Option<usize>> = HashMap::new();
    for is_keyed in [true, false] {
        let mut found: HashMap<String, Option<usize>> = HashMap::new();
        let of_sort = |(_, actor): &(usize, &Actor)| actor.is_named && actor.entity_key.is_some() == is_keyed;
        for (idx, actor) in actors.iter().enumerate().filter(of_sort) {
            for name in actor.aliases.iter().map(|alias| &alias.text).chain([&actor.name]) {
                let meant = found.entry(fold_name(name)).or_insert(Some(idx));
                *meant = meant.filter(|known| *known == idx);
            }
        }
        for (name, meant) in found {
            names.entry(name).or_insert(meant);
        }
    }
    names
}

/// A title that says that its bearer speaks for another.
struct Title {
    words: Vec<String>,
    /// Where the words begin and end that say so.
    start: usize,
    end: usize,
}

impl Title {
    fn parse(title: &str) -> Option<Self> {
        static SPOKESPERSONS: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
            let phrases = section_lines(include_str!("../data/role-words.txt"), "spokespersons");
            phrases.map(|phrase| phrase.split(' ').collect()).collect()
        });
        let words: Vec<String> = fold_name(title).split(' ').map(String::from).collect();
        let (start, end) = SPOKESPERSONS.iter().find_map(|phrase| {
            let start = words.windows(phrase.len()).position(|window| window == phrase.as_slice())?;
            Some((start, start + phrase.len()))
        })?;
        Some(Title { words, start, end })
    }

    /// Of the names within the title the one nearest to the words that say that its bearer speaks, and of those the
    /// longest.
    fn named(&self, meant: impl Fn(&str) -> Option<usize>) -> Option<usize> {
        let mut nearest: Option<((usize, Reverse<usize>), usize)> = None;
        for from in 0..self.words.len() {
            for to in from + 1..=self.words.len().min(from + MAX_NAME_WORDS) {
                let distance = if to <= self.start {
                    self.start - to
                } else if from >= self.end {
                    from - self.end
                } else {
                    continue;
                };
                let rank = (distance, Reverse(to - from));
                if nearest.is_none_or(|(known, _)| rank < known)
                    && let Some(actor) = meant(&self.words[from..to].join(" "))
                {
                    nearest = Some((rank, actor));
                }
            }
        }
        nearest.map(|(_, actor)| actor)
    }
}
