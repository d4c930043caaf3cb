//! Which persons of single articles are one.
//!
//! A person with a full name is known by it: given and family name, in comparable spelling. Weaker
//! names (an initial, a family name alone, one with a wrong letter) join the one full name of the
//! pile that they fit, and stay apart where there are several: two ministers may share a name.

use crate::merging::Merging;
use crate::names::{PersonName, given_and_family, is_given_name, is_misspelling};
use crate::roster::{Member, most_frequent};
use rapporteur_model::MergeKind;
use std::collections::{BTreeMap, BTreeSet};

/// Misspelt names are that much rarer than the right ones.
const MISSPELLING_RATIO: usize = 3;
/// In shorter names one letter tells people apart ("Vale", "Dale").
const MIN_MISSPELT_LETTERS: usize = 5;

/// A name of the pile and the members who bear it.
struct Person {
    name: PersonName,
    members: Vec<usize>,
    n_mentions: usize,
    allegiance: Option<String>,
    roles: Vec<String>,
}

/// Joins the persons among `members` that are one; `misread` are none.
pub(crate) fn join_persons(members: &[Member], misread: &BTreeSet<usize>, merging: &mut Merging) {
    let mut full: Vec<Person> = Vec::new();
    let mut weak: Vec<Person> = Vec::new();
    let mut by_name: BTreeMap<PersonName, Vec<usize>> = BTreeMap::new();
    let is_person = |(idx, member): &(usize, &Member)| member.is_named_person() && !misread.contains(idx);
    for (idx, member) in members.iter().enumerate().filter(is_person) {
        if let Some(name) = PersonName::parse(&member.actor.name) {
            by_name.entry(name).or_default().push(idx);
        }
    }
    let (full_names, weak_names): (Vec<_>, Vec<_>) = by_name.into_iter().partition(|(name, _)| name.is_full());
    for group in by_first_and_family(full_names) {
        full.extend(apart_by_middle_name(group, members));
    }
    for (name, bearers) in weak_names {
        // Each article may mean another by a family name alone.
        weak.extend(bearers.into_iter().map(|idx| Person::new(name.clone(), vec![idx], members)));
    }
    for person in &full {
        join_same_name(person, members, merging);
    }
    let register = Register::new(&full);
    for person in &full {
        if let Some(right) = register.rightly_spelt(person) {
            join_to(person, right, MergeKind::Misspelling, merging);
        }
        if let Some(bare) = register.without_debris(person) {
            join_to(person, bare, MergeKind::TitleWords, merging);
        }
    }
    let mut unplaced: BTreeMap<&PersonName, Vec<&Person>> = BTreeMap::new();
    for person in &weak {
        match register.bearer_of(person, members) {
            Found::One(bearer, kind) => join_to(person, bearer, kind, merging),
            Found::Several => {}
            Found::None => unplaced.entry(&person.name).or_default().push(person),
        }
    }
    for bearers in unplaced.values() {
        join_same_side(bearers, merging);
    }
}

/// Joins the members of one full name: those who spell it alike, then one spelling to the others.
fn join_same_name(person: &Person, members: &[Member], merging: &mut Merging) {
    let mut spellings: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for idx in &person.members {
        let (given, family) = given_and_family(&members[*idx].actor.name);
        spellings.entry((given, family)).or_default().push(*idx);
    }
    spellings.values().for_each(|bearers| merging.join_all(bearers, MergeKind::FullName));
    if spellings.len() > 1 {
        merging.join_all(&person.members, MergeKind::OtherSpelling);
    }
}

/// Joins all of a person to another who is the same: the members of a person are one already.
fn join_to(person: &Person, other: &Person, kind: MergeKind, merging: &mut Merging) {
    person.members.iter().for_each(|member| merging.join(*member, other.members[0], kind));
}

/// Joins bearers of one family name whose full name nobody gives, side by side; those of no known
/// side are joined to the others only where there is one side.
fn join_same_side(bearers: &[&Person], merging: &mut Merging) {
    let mut sides: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
    for person in bearers {
        sides.entry(person.allegiance.as_deref()).or_default().push(person.members[0]);
    }
    sides.values().for_each(|side| merging.join_all(side, MergeKind::UnknownInFull));
    if sides.len() == 2 && sides.contains_key(&None) {
        let first_of_each: Vec<usize> = sides.values().map(|side| side[0]).collect();
        merging.join_all(&first_of_each, MergeKind::UnknownInFull);
    }
}

impl Person {
    fn new(name: PersonName, bearers: Vec<usize>, members: &[Member]) -> Self {
        let actors = || bearers.iter().map(|idx| members[*idx].actor);
        let mut roles: Vec<String> = actors().flat_map(|actor| &actor.roles).map(|role| role.to_lowercase()).collect();
        roles.sort_unstable();
        roles.dedup();
        Person {
            name,
            n_mentions: bearers.iter().map(|idx| members[*idx].n_mentions()).sum(),
            allegiance: most_frequent(actors().filter_map(|actor| Some((actor.allegiance.clone()?, 1)))),
            roles,
            members: bearers,
        }
    }

    /// Whether the two speak for different states or bodies.
    fn contradicts(&self, other: &Person) -> bool {
        matches!((&self.allegiance, &other.allegiance), (Some(a), Some(b)) if a != b)
    }

    fn shares_role(&self, other: &Person) -> bool {
        self.roles.iter().any(|role| other.roles.binary_search(role).is_ok())
    }

    fn first_given(&self) -> &str {
        self.name.given.first().map_or("", String::as_str)
    }
}

type Bearers = (PersonName, Vec<usize>);

/// Full names with the same first given name and family name.
fn by_first_and_family(names: Vec<Bearers>) -> Vec<Vec<Bearers>> {
    let mut groups: BTreeMap<(String, String), Vec<Bearers>> = BTreeMap::new();
    for (name, bearers) in names {
        let first = name.given.first().cloned().unwrap_or_default();
        groups.entry((first, name.family.clone())).or_default().push((name, bearers));
    }
    groups.into_values().collect()
}

/// One person; several where middle names that are written out differ. Who has none is the one who
/// is named most.
fn apart_by_middle_name(group: Vec<Bearers>, members: &[Member]) -> Vec<Person> {
    let mut by_middle: BTreeMap<String, Bearers> = BTreeMap::new();
    for (name, bearers) in group {
        by_middle.entry(name.middle()).or_insert_with(|| (name, Vec::new())).1.extend(bearers);
    }
    let plain = by_middle.remove("");
    let n_mentions = |(_, bearers): &Bearers| bearers.iter().map(|idx| members[*idx].n_mentions()).sum::<usize>();
    let mut persons: Vec<Bearers> = by_middle.into_values().collect();
    match (plain, persons.iter_mut().rev().max_by_key(|bearers| n_mentions(bearers))) {
        (Some((_, bearers)), Some(most_named)) => most_named.1.extend(bearers),
        (Some(plain), None) => persons.push(plain),
        (None, _) => {}
    }
    let in_order = |(name, mut bearers): Bearers| {
        bearers.sort_unstable();
        Person::new(name, bearers, members)
    };
    persons.into_iter().map(in_order).collect()
}

/// The persons with full names, by family name.
struct Register<'p> {
    by_family: BTreeMap<&'p str, Vec<&'p Person>>,
    by_first: BTreeMap<&'p str, Vec<&'p Person>>,
    /// By the letter that the family name begins with: few misspellings change it.
    by_initial: BTreeMap<char, Vec<&'p Person>>,
}

/// Who may bear a weak name.
enum Found<'p> {
    /// This one, as the evidence shows.
    One(&'p Person, MergeKind),
    Several,
    None,
}

impl<'p> Register<'p> {
    fn new(full: &'p [Person]) -> Self {
        let mut register =
            Register { by_family: BTreeMap::new(), by_first: BTreeMap::new(), by_initial: BTreeMap::new() };
        for person in full {
            register.by_family.entry(person.name.family.as_str()).or_default().push(person);
            register.by_first.entry(person.first_given()).or_default().push(person);
            let initial = person.name.family.chars().next().unwrap_or_default();
            register.by_initial.entry(initial).or_default().push(person);
        }
        register
    }

    /// The one person with the same given name whose family name differs by a letter and who is
    /// named much more often.
    fn rightly_spelt(&self, person: &Person) -> Option<&'p Person> {
        let candidates = self.by_first.get(person.first_given())?.iter().copied();
        only(candidates.filter(|right| is_rarer_misspelling(person, right)))
    }

    /// The one person whose full name ends the name, after words that are no given names: "Overseas Priest
    /// Oren Vale" is what a damaged text makes of a title.
    fn without_debris(&self, person: &Person) -> Option<&'p Person> {
        let same_family = self.by_family.get(person.name.family.as_str())?.iter().copied();
        only(same_family.filter(|bare| bare.name.is_end_of(&person.name) && !bare.contradicts(person)))
    }

    fn bearer_of(&self, person: &Person, members: &[Member]) -> Found<'p> {
        let fits = |full: &&'p Person| match person.name.given.first() {
            Some(initial) => full.first_given().starts_with(initial.as_str()),
            None => true,
        };
        let same_family = self.by_family.get(person.name.family.as_str()).map_or(&[][..], Vec::as_slice);
        let bearers: Vec<&Person> = same_family.iter().copied().filter(fits).collect();
        if !bearers.is_empty() {
            return choose(person, &bearers);
        }
        let initial = person.name.family.chars().next().unwrap_or_default();
        let similar = self.by_initial.get(&initial).into_iter().flatten().copied().filter(fits);
        if let Some(right) = only(similar.filter(|right| is_rarer_misspelling(person, right))) {
            return Found::One(right, MergeKind::Misspelling);
        }
        // Where the family name comes first ("Sun" for "Sun Weiyan").
        let written = person.members.first().map_or("", |idx| members[*idx].actor.name.as_str());
        let may_be_first = person.name.given.is_empty() && !is_given_name(written);
        let family_first = self.by_first.get(person.name.family.as_str()).filter(|_| may_be_first);
        match only(family_first.into_iter().flatten().copied()) {
            Some(bearer) if !bearer.contradicts(person) => Found::One(bearer, MergeKind::FamilyNameFirst),
            _ => Found::None,
        }
    }
}

fn is_rarer_misspelling(person: &Person, right: &Person) -> bool {
    let family = (person.name.family.as_str(), right.name.family.as_str());
    family.0.len().abs_diff(family.1.len()) <= 4
        && family.0.chars().count().min(family.1.chars().count()) >= MIN_MISSPELT_LETTERS
        && right.n_mentions >= MISSPELLING_RATIO * person.n_mentions.max(1)
        && !right.contradicts(person)
        && is_misspelling(family.0, family.1)
}

/// Of several bearers of a name the one whom allegiance, or else a role, singles out.
fn choose<'p>(person: &Person, bearers: &[&'p Person]) -> Found<'p> {
    let possible: Vec<&Person> = bearers.iter().copied().filter(|bearer| !bearer.contradicts(person)).collect();
    match possible.as_slice() {
        [] if bearers.len() == 1 => return Found::None,
        [] => return Found::Several,
        [one] if bearers.len() > 1 => return Found::One(one, MergeKind::FamilyNameAndSide),
        [one] if person.name.given.is_empty() => return Found::One(one, MergeKind::FamilyName),
        [one] => return Found::One(one, MergeKind::Initial),
        _ => {}
    }
    let same_side =
        possible.iter().copied().filter(|bearer| person.allegiance.is_some() && bearer.allegiance == person.allegiance);
    let same_role = possible.iter().copied().filter(|bearer| bearer.shares_role(person));
    let by_side = only(same_side).map(|bearer| (bearer, MergeKind::FamilyNameAndSide));
    let found = by_side.or_else(|| Some((only(same_role)?, MergeKind::FamilyNameAndRole)));
    found.map_or(Found::Several, |(bearer, kind)| Found::One(bearer, kind))
}

fn only<'p>(mut persons: impl Iterator<Item = &'p Person>) -> Option<&'p Person> {
    let first = persons.next()?;
    persons.next().is_none().then_some(first)
}
