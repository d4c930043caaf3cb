//! Who are the people and bodies of an article? Groups names that fit each other into actors, with
//! roles, allegiance and gender as the text gives them.

use crate::analysis::{Analysis, TokenRange};
use crate::gazetteer::NameSort;
use crate::mentions::{Found, Referent};
use crate::{names, titles};
use rapporteur_model::{ActorKind, MentionForm};
use std::collections::HashMap;

/// An actor while the article is being read.
#[derive(Debug, Clone)]
pub(crate) struct ActorDraft<'a> {
    pub(crate) kind: ActorKind,
    pub(crate) name: String,
    pub(crate) is_named: bool,
    pub(crate) key: Option<&'a str>,
    /// Roles with how often each was written.
    pub(crate) roles: Vec<(String, usize)>,
    pub(crate) allegiance: Option<&'a str>,
    pub(crate) gender: Option<Gender>,
    /// For unnamed actors: what tells them apart.
    pub(crate) signature: Option<Signature>,
    /// The name's parts that tell people apart.
    parts: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gender {
    Female,
    Male,
}

/// What tells an unnamed actor apart: head noun, number, modifiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Signature {
    pub(crate) lemma: String,
    pub(crate) is_plural: bool,
    /// Lower-cased words before the noun, states by their keys; sorted.
    pub(crate) modifiers: Vec<String>,
}

/// The actors of an article and which mention refers to which.
#[derive(Debug, Default)]
pub(crate) struct Actors<'a> {
    pub(crate) list: Vec<ActorDraft<'a>>,
    /// For each mention its actor.
    pub(crate) of_mention: Vec<Option<usize>>,
}

/// A misspelt name is compared with so many people at most: a text that names more is a list.
const MAX_COMPARED: usize = 300;

/// The actors that the article names, from its name mentions.
pub(crate) fn named<'a>(analysis: &Analysis<'a>, found: &[Found<'a>]) -> Actors<'a> {
    let mut actors = Actors { list: Vec::new(), of_mention: vec![None; found.len()] };
    actors.known(analysis, found);
    actors.persons(analysis, found);
    actors.bodies(analysis, found);
    for (mention_idx, mention) in found.iter().enumerate() {
        if let Some(actor) = actors.of_mention[mention_idx]
            && matches!(mention.referent, Referent::Person)
        {
            describe(analysis, mention, &mut actors.list[actor]);
        }
    }
    actors
}

impl<'a> Actors<'a> {
    /// Adds an actor; gives its index.
    pub(crate) fn add(&mut self, actor: ActorDraft<'a>) -> usize {
        self.list.push(actor);
        self.list.len() - 1
    }

    /// A state has the name of the table, an organisation the fullest one in the article.
    fn known(&mut self, analysis: &Analysis<'a>, found: &[Found<'a>]) {
        let mut by_key: HashMap<&str, usize> = HashMap::new();
        for (mention_idx, mention) in found.iter().enumerate() {
            let Referent::Known(known) = mention.referent else { continue };
            let actor = *by_key.entry(known.key).or_insert_with(|| {
                let name = if known.kind == ActorKind::State { known.name } else { "" };
                self.list.push(ActorDraft { key: Some(known.key), ..ActorDraft::named(known.kind, name) });
                self.list.len() - 1
            });
            self.of_mention[mention_idx] = Some(actor);
            let written = written_name(analysis.bytes(mention.head).of(&analysis.article.text));
            let draft = &mut self.list[actor];
            if known.kind != ActorKind::State && written.len() > draft.name.len() {
                draft.name = written;
            }
        }
    }

    /// Full names first, so that short names find them wherever they stand.
    fn persons(&mut self, analysis: &Analysis<'a>, found: &[Found<'a>]) {
        let text = |range: TokenRange| analysis.bytes(range).of(&analysis.article.text);
        let is_person = |mention: &Found<'_>| matches!(mention.referent, Referent::Person);
        let mut people: Vec<usize> = Vec::new();
        let mut mentions: Vec<(usize, Vec<String>)> = Vec::new();
        for (mention_idx, mention) in found.iter().enumerate().filter(|(_, mention)| is_person(mention)) {
            mentions.push((mention_idx, names::parts(text(mention.head))));
        }
        mentions.retain(|(_, parts)| !parts.is_empty());
        let mut by_last: HashMap<String, Vec<usize>> = HashMap::new();
        for is_full in [true, false] {
            for (mention_idx, parts) in mentions.iter().filter(|(_, parts)| (parts.len() > 1) == is_full) {
                let last = parts.last().cloned().unwrap_or_default();
                let same_last = by_last.get(&last).into_iter().flatten().copied().take(MAX_COMPARED);
                let mut fitting: Vec<(u32, usize)> = same_last
                    .filter_map(|actor| Some((names::distance(parts, &self.list[actor].parts)?, actor)))
                    .collect();
                if fitting.is_empty() {
                    let others = people.iter().copied().take(MAX_COMPARED);
                    fitting = others
                        .filter_map(|actor| Some((names::distance(parts, &self.list[actor].parts)?, actor)))
                        .collect();
                }
                let actor = self.closest(*mention_idx, &fitting).unwrap_or_else(|| {
                    let name = written_name(text(found[*mention_idx].head));
                    let gender = gender_of_name(analysis, parts);
                    let actor =
                        ActorDraft { parts: parts.clone(), gender, ..ActorDraft::named(ActorKind::Person, &name) };
                    people.push(self.list.len());
                    by_last.entry(last).or_default().push(self.list.len());
                    self.add(actor)
                });
                self.of_mention[*mention_idx] = Some(actor);
                let name = written_name(text(found[*mention_idx].head));
                let drafted = &mut self.list[actor];
                if parts.len() > drafted.parts.len() {
                    drafted.parts.clone_from(parts);
                    drafted.name = name;
                }
            }
        }
    }

    /// The best of the fitting actors; among equals the one named last before the mention.
    fn closest(&self, mention_idx: usize, fitting: &[(u32, usize)]) -> Option<usize> {
        let best = fitting.iter().map(|(distance, _)| *distance).min()?;
        let equals: Vec<usize> =
            fitting.iter().filter(|(distance, _)| *distance == best).map(|(_, actor)| *actor).collect();
        if let [only] = equals[..] {
            return Some(only);
        }
        if best >= 4 {
            return None;
        }
        let before = self.of_mention[..mention_idx].iter().rev().take(MAX_COMPARED);
        before.flatten().find(|actor| equals.contains(actor)).or(equals.first()).copied()
    }

    /// Bodies without a place in the tables: one actor for each spelling; acronyms and shortened names
    /// join the full one, and a name that is a person's last name joins the person.
    fn bodies(&mut self, analysis: &Analysis<'a>, found: &[Found<'a>]) {
        let mut by_name: HashMap<String, usize> = HashMap::new();
        let person_by_last: HashMap<String, usize> = self
            .list
            .iter()
            .enumerate()
            .filter_map(|(actor, draft)| Some((draft.parts.last()?.clone(), actor)))
            .take(MAX_COMPARED)
            .collect();
        let mut order: Vec<usize> =
            (0..found.len()).filter(|&idx| matches!(found[idx].referent, Referent::Body(_))).collect();
        order.sort_by_key(|&idx| (std::cmp::Reverse(found[idx].head.len()), idx));
        for mention_idx in order {
            let mention = &found[mention_idx];
            let Referent::Body(kind) = mention.referent else { continue };
            let range = if mention.form == MentionForm::Name { mention.range } else { mention.head };
            let is_determiner = |idx: &usize| matches!(analysis.token(*idx).tag(), "DT" | "PDT" | "CC");
            let start = (range.start..mention.head.end - 1).find(|idx| !is_determiner(idx)).unwrap_or(range.start);
            let range = TokenRange::new(start, range.end);
            let written = analysis.bytes(range).of(&analysis.article.text);
            let name = written_name(written);
            let folded = name.to_lowercase();
            let misspelt = || {
                let mut similar = person_by_last.iter().filter(|(last, _)| names::similar(&folded, last));
                similar.next().filter(|_| similar.next().is_none()).map(|(_, person)| person)
            };
            let person = person_by_last.get(&folded).or_else(misspelt).filter(|_| mention.head.len() == 1);
            if let Some(&person) = person.filter(|_| !by_name.contains_key(&folded)) {
                self.of_mention[mention_idx] = Some(person);
                continue;
            }
            let actor = by_name.get(&folded).copied().unwrap_or_else(|| self.add(ActorDraft::named(kind, &name)));
            self.of_mention[mention_idx] = Some(actor);
            for short in short_forms(&name) {
                by_name.entry(short).or_insert(actor);
            }
            by_name.insert(folded, actor);
            let draft = &mut self.list[actor];
            draft.allegiance = draft.allegiance.or_else(|| owner(analysis, mention));
        }
    }
}

impl<'a> ActorDraft<'a> {
    fn named(kind: ActorKind, name: &str) -> Self {
        ActorDraft {
            kind,
            name: name.to_string(),
            is_named: true,
            key: None,
            roles: Vec::new(),
            allegiance: None,
            gender: None,
            signature: None,
            parts: Vec::new(),
        }
    }

    /// Somebody without a name.
    pub(crate) fn unnamed(analysis: &Analysis<'a>, kind: ActorKind, name: &str, signature: Signature) -> Self {
        let allegiance = signature.modifiers.iter().find_map(|word| analysis.known_by_key(word)).map(|known| known.key);
        ActorDraft { is_named: false, allegiance, signature: Some(signature), ..Self::named(kind, name) }
    }

    /// Counts a role.
    pub(crate) fn add_role(&mut self, role: String) {
        match self.roles.iter_mut().find(|(known, _)| *known == role) {
            Some((_, n)) => *n += 1,
            None => self.roles.push((role, 1)),
        }
    }
}

/// The key of the state or body whose adjective or name stands in the name of a body or right before it:
/// "the Norwegian Foreign Ministry", "Norway's parliament".
fn owner<'a>(analysis: &Analysis<'a>, mention: &Found<'a>) -> Option<&'a str> {
    let inside = (mention.head.start..mention.head.end).find_map(|idx| analysis.known_at(idx));
    let inside = inside.filter(|(range, known)| range.len() < mention.head.len() && known.sort != NameSort::City);
    let possessor = || {
        let end = mention.range.start.checked_sub(1).filter(|&mark| analysis.token(mark).tag() == "POS")?;
        let known = (end.saturating_sub(4)..end)
            .find_map(|idx| analysis.known_at(idx).filter(|(range, _)| range.end == end))?;
        Some(known)
    };
    inside.or_else(possessor).map(|(_, known)| known.key)
}

/// A name without article and possessive, its white space levelled.
fn written_name(text: &str) -> String {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.strip_prefix("the ").or(name.strip_prefix("The ")).unwrap_or(&name);
    name.trim_end_matches("'s").trim_end_matches("’s").to_string()
}

/// The acronym of a name, and its first word where that could stand for it.
fn short_forms(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    if words.len() < 2 {
        return Vec::new();
    }
    let initials: String = words.iter().filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect();
    let mut forms = vec![words[0].to_lowercase()];
    if initials.chars().count() >= 2 {
        forms.push(initials.to_lowercase());
    }
    forms
}

fn gender_of_name(analysis: &Analysis<'_>, parts: &[String]) -> Option<Gender> {
    let people = &analysis.lexicon.people;
    let first = parts.first().filter(|_| parts.len() > 1)?;
    match (people.has("female-names", first), people.has("male-names", first)) {
        (true, false) => Some(Gender::Female),
        (false, true) => Some(Gender::Male),
        _ => None,
    }
}

/// Takes role, allegiance and gender from the title before a name and the apposition beside it.
fn describe<'a>(analysis: &Analysis<'a>, mention: &Found<'a>, actor: &mut ActorDraft<'a>) {
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
            let is = |lists: [&str; 2]| lists.iter().any(|list| people.has(list, &lower));
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
    if let Some(range) = apposition(analysis, mention.head) {
        tell(range);
    }
}

/// The longest apposition that is taken as a role, in tokens.
const MAX_ROLE_TOKENS: usize = 9;

/// The noun phrase that explains a name: "Oren Vale, a former envoy", "the minister, Oren Vale".
fn apposition(analysis: &Analysis<'_>, name: TokenRange) -> Option<TokenRange> {
    let last = analysis.token(name.end - 1);
    let head = if name.contains(last.head().idx()) { last.head() } else { last };
    let is_person = |idx: usize| {
        let people = &analysis.lexicon.people;
        people.has("person-nouns", &analysis.lemma(idx)) || people.has("titles", &analysis.lower(idx))
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
