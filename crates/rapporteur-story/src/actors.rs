//! Who is who over all articles.

use crate::bodies::{join_bodies, join_entities};
use crate::corrections::Replay;
use crate::merging::Merging;
use crate::names::{PersonName, fold, fold_name};
use crate::persons::join_persons;
use crate::roles::roles;
use crate::roster::{Member, members, most_frequent, names_of};
use crate::spokespersons::tell_for_whom;
use hashbrown::{HashMap, HashSet};
use rapporteur_model::{
    Actor, ActorCode, ActorFact, ActorId, ActorKind, ActorMember, Alias, Article, ArticleActor, MentionForm, Merge,
    MergeKind, Passage, Record, Span,
};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The actors of the pile, those that speak or are named most often first. `sides` has the positions of the two articles
/// of each passage; `replay` has what people put right.
pub(crate) fn actors(
    articles: &[Article],
    records: &[Record],
    passages: &[Passage],
    sides: &[(u32, u32)],
    replay: &mut Replay<'_>,
) -> Vec<Actor> {
    let members = members(articles, records);
    let mut merging = Merging::new(members.len());
    join_entities(&members, &mut merging);
    let misread = join_bodies(&members, &mut merging);
    join_persons(&members, &misread, &mut merging);
    join_unnamed(&members, articles.len(), passages, sides, &mut merging);

    let groups = merging.groups(&members, articles, replay);
    let mut actors: Vec<(usize, usize, Actor)> =
        groups.into_iter().filter_map(|(group, merges)| actor_of(&group, merges, &members, articles)).collect();
    tell_ids_apart(&mut actors);
    actors.sort_by(|(spoken, named, a), (spoken_b, named_b, b)| {
        (Reverse(*spoken), Reverse(*named), &a.name, &a.id).cmp(&(
            Reverse(*spoken_b),
            Reverse(*named_b),
            &b.name,
            &b.id,
        ))
    });
    let mut actors: Vec<Actor> = actors.into_iter().map(|(_, _, actor)| actor).collect();
    tell_for_whom(&mut actors);
    actors
}

/// Who has no name stays within the article, but for a mention inside a passage that two articles
/// share: the copied words mean whom they meant before. Two actors of one article never become one.
fn join_unnamed(
    members: &[Member],
    n_articles: usize,
    passages: &[Passage],
    sides: &[(u32, u32)],
    merging: &mut Merging,
) {
    let mut mentions: Vec<Vec<Nominal>> = vec![Vec::new(); n_articles];
    let is_unnamed = |member: &Member| !member.actor.is_named && member.actor.entity_key.is_none();
    for (idx, member) in members.iter().enumerate().filter(|(_, member)| is_unnamed(member)) {
        let nominal = member.mentions.iter().filter(|mention| mention.form == MentionForm::Nominal);
        mentions[member.article].extend(nominal.map(|mention| {
            let words = fold_name(&member.words_of(mention.span));
            Nominal { span: mention.span, member: idx, words }
        }));
    }
    mentions.iter_mut().for_each(|mentions| mentions.sort_unstable());
    // The articles of each group, by its root, and the groups that were found to share one: groups only grow.
    let mut articles_of: HashMap<usize, HashSet<usize>> = HashMap::new();
    let mut apart: HashSet<(usize, usize)> = HashSet::new();
    for (passage, (side_a, side_b)) in passages.iter().zip(sides) {
        let in_a = inside(&mentions[*side_a as usize], passage.a.span);
        if in_a.is_empty() {
            continue;
        }
        let in_b = inside(&mentions[*side_b as usize], passage.b.span);
        for (words, a) in in_a {
            let (Some(a), Some(Some(b))) = (a, in_b.get(words)) else { continue };
            let (root_a, root_b) = (merging.root(a), merging.root(*b));
            let (root, other) = (root_a.min(root_b), root_a.max(root_b));
            if root == other || members[a].actor.kind != members[*b].actor.kind || apart.contains(&(root, other)) {
                continue;
            }
            for root in [root, other] {
                articles_of.entry(root).or_insert_with(|| HashSet::from_iter([members[root].article]));
            }
            if !are_disjoint(&articles_of[&root], &articles_of[&other]) {
                apart.insert((root, other));
                continue;
            }
            merging.join_all(&[a, *b], MergeKind::SharedWording);
            let of_other = articles_of.remove(&other).unwrap_or_default();
            let of_root = articles_of.entry(root).or_default();
            let of_less = if of_root.len() < of_other.len() { std::mem::replace(of_root, of_other) } else { of_other };
            of_root.extend(of_less);
        }
    }
}

/// A mention of an unnamed actor, with its words in comparable spelling.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Nominal {
    span: Span,
    member: usize,
    words: String,
}

/// The words of each unnamed actor inside a passage, of the mentions of its article; those that two actors share tell
/// nothing.
fn inside(of_article: &[Nominal], passage: Span) -> BTreeMap<&str, Option<usize>> {
    let mut found = BTreeMap::new();
    let first = of_article.partition_point(|mention| mention.span.start < passage.start);
    let begun = of_article[first..].iter().take_while(|mention| mention.span.start < passage.end);
    for mention in begun.filter(|mention| passage.contains(mention.span)) {
        let entry = found.entry(mention.words.as_str()).or_insert(Some(mention.member));
        *entry = entry.filter(|known| *known == mention.member);
    }
    found
}

fn are_disjoint(a: &HashSet<usize>, b: &HashSet<usize>) -> bool {
    let (less, more) = if a.len() < b.len() { (a, b) } else { (b, a) };
    !less.iter().any(|article| more.contains(article))
}

/// The actor that the members of `group` are, with how often it speaks and is mentioned.
fn actor_of(
    group: &[usize],
    merges: Vec<Merge>,
    members: &[Member],
    articles: &[Article],
) -> Option<(usize, usize, Actor)> {
    let group: Vec<&Member> = group.iter().map(|idx| &members[*idx]).collect();
    let n_statements = group.iter().map(|member| member.n_statements).sum();
    let n_mentions = group.iter().map(|member| member.n_mentions()).sum();
    let telling = telling(&group);
    let kind = most_frequent(telling.iter().map(|member| (kind_rank(member.actor.kind), member.n_mentions() + 1)));
    let kind = telling.iter().map(|member| member.actor.kind).find(|k| Some(kind_rank(*k)) == kind)?;
    let entity_key =
        most_frequent(group.iter().filter_map(|m| Some((m.actor.entity_key.clone()?, m.n_mentions() + 1))));
    let name = shown_name(&telling)?;
    let mut aliases: BTreeMap<String, usize> = BTreeMap::new();
    for (alias, n) in group.iter().flat_map(|member| names_of(member)) {
        *aliases.entry(alias).or_default() += n;
    }
    let mut aliases: Vec<Alias> = aliases.into_iter().map(|(text, n_mentions)| Alias { text, n_mentions }).collect();
    aliases.sort_by(|a, b| (Reverse(a.n_mentions), &a.text).cmp(&(Reverse(b.n_mentions), &b.text)));
    let actor = Actor {
        id: ActorId::new(base_id(kind, entity_key.as_deref(), &name)),
        kind,
        is_named: group.iter().any(|member| member.actor.is_named),
        entity_key,
        code: code(&group),
        aliases,
        roles: roles(&group, articles),
        allegiance: most_frequent(group.iter().filter_map(|member| Some((member.actor.allegiance.clone()?, 1)))),
        spokesperson_of: None,
        members: actor_members(&group, articles),
        merges,
        name,
    };
    Some((n_statements, n_mentions, actor))
}

/// The members of an actor, each with what its article lacks and another article of the actor has.
fn actor_members(group: &[&Member], articles: &[Article]) -> Vec<ActorMember> {
    let articles_with = |has: fn(&ArticleActor) -> bool| {
        group.iter().filter(|member| has(member.actor)).map(|member| member.article).collect::<BTreeSet<_>>()
    };
    let facts = [
        (ActorFact::Role, articles_with(|actor| !actor.roles.is_empty())),
        (ActorFact::Allegiance, articles_with(|actor| actor.allegiance.is_some())),
    ];
    let is_borrowed = |member: &Member, told: &BTreeSet<usize>| !told.is_empty() && !told.contains(&member.article);
    let with_borrowed = |member: &&Member| ActorMember {
        article: articles[member.article].id.clone(),
        actor: member.at,
        borrowed: facts.iter().filter(|(_, told)| is_borrowed(member, told)).map(|(fact, _)| *fact).collect(),
    };
    group.iter().map(with_borrowed).collect()
}

/// The code of an actor, affiliation and role each as most mentions have it: one article names the state, another
/// the office.
fn code(group: &[&Member]) -> Option<ActorCode> {
    let most = |part: fn(&ActorCode) -> &Option<String>| {
        let of_member = |member: &&Member| Some((part(member.actor.code.as_ref()?).clone()?, member.n_mentions() + 1));
        most_frequent(group.iter().filter_map(of_member))
    };
    let code = ActorCode { affiliation: most(|code| &code.affiliation), role: most(|code| &code.role) };
    (code != ActorCode { affiliation: None, role: None }).then_some(code)
}

/// The members whose articles show what the actor is: those with a key, else those that are no person,
/// for a name that one article shows to be a body's may have been read as a person's in others.
fn telling<'m, 'r>(group: &[&'m Member<'r>]) -> Vec<&'m Member<'r>> {
    let those =
        |shows: fn(&Member<'_>) -> bool| group.iter().copied().filter(|member| shows(member)).collect::<Vec<_>>();
    let keyed = those(|member| member.actor.entity_key.is_some());
    let bodies = those(|member| member.actor.kind != ActorKind::Person);
    [keyed, bodies].into_iter().find(|members| !members.is_empty()).unwrap_or_else(|| group.to_vec())
}

/// The name that most mentions stand behind; for a person one with the given name before the family
/// name alone. Of equals the longer.
fn shown_name(group: &[&Member]) -> Option<String> {
    let is_full = |member: &&&Member| PersonName::parse(&member.actor.name).is_some_and(|name| name.is_full());
    let named: Vec<&Member> = group.iter().copied().filter(|member| member.actor.is_named).collect();
    let full: Vec<&Member> = named.iter().filter(is_full).copied().collect();
    let is_person = named.iter().any(|member| member.is_named_person());
    // A state that an article knows by its adjective alone is called by that there.
    let by_name: Vec<&Member> =
        named.iter().copied().filter(|member| is_inferred(member) && bears_its_name(member)).collect();
    let candidates = match (is_person && !full.is_empty(), named.is_empty()) {
        (true, _) => &without_debris(&full)[..],
        (false, false) if !by_name.is_empty() => &by_name[..],
        (false, false) => &named[..],
        (false, true) => group,
    };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for member in candidates {
        *counts.entry(member.actor.name.as_str()).or_default() += member.n_mentions() + 1;
    }
    let best = counts.into_iter().rev().max_by_key(|(name, n)| (*n, name.len()));
    best.map(|(name, _)| name.to_string())
}

/// Whether the member is a state that no table has: the key says how it was found before a colon.
fn is_inferred(member: &Member) -> bool {
    member.actor.entity_key.as_ref().is_some_and(|key| key.contains(':'))
}

/// Whether the article has the actor's name as a name, not as an adjective.
fn bears_its_name(member: &Member) -> bool {
    let name = fold_name(&member.actor.name);
    names_of(member).keys().any(|written| fold_name(written) == name)
}

/// The members with full names, without those that have more words before the name of another.
fn without_debris<'m, 'r>(full: &[&'m Member<'r>]) -> Vec<&'m Member<'r>> {
    let names: Vec<Option<PersonName>> = full.iter().map(|member| PersonName::parse(&member.actor.name)).collect();
    // Most members bear one name.
    let distinct: BTreeSet<&PersonName> = names.iter().flatten().collect();
    let is_damaged = |name: &&PersonName| distinct.iter().any(|other| other.is_end_of(name));
    let damaged: BTreeSet<&PersonName> = distinct.iter().copied().filter(is_damaged).collect();
    let kept = full.iter().zip(&names).filter(|(_, name)| !name.as_ref().is_some_and(|name| damaged.contains(name)));
    kept.map(|(member, _)| *member).collect()
}

fn kind_rank(kind: ActorKind) -> (u8, &'static str) {
    match kind {
        ActorKind::Person => (0, "person"),
        ActorKind::State => (1, "state"),
        ActorKind::Organisation => (2, "organisation"),
        ActorKind::Group => (3, "group"),
    }
}

/// An id from what the actor is: the key of a known entity of the tables, or the name in comparable spelling, so
/// that it does not change with the spelling that most articles use.
fn base_id(kind: ActorKind, entity_key: Option<&str>, name: &str) -> String {
    let name = match (entity_key, kind) {
        (Some(key), _) if !key.contains(':') => key.to_string(),
        (_, ActorKind::Person) => match PersonName::parse(name) {
            Some(name) => name.given.first().into_iter().chain([&name.family]).cloned().collect::<Vec<_>>().join("-"),
            None => String::new(),
        },
        (_, _) => fold_name(name).split(' ').map(fold).collect::<Vec<_>>().join("-"),
    };
    format!("{}/{}", kind_rank(kind).1, if name.is_empty() { "unnamed" } else { &name })
}

/// Actors that would bear one id bear that of their first member beside it.
fn tell_ids_apart(actors: &mut [(usize, usize, Actor)]) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (_, _, actor) in actors.iter() {
        *counts.entry(actor.id.to_string()).or_default() += 1;
    }
    for (_, _, actor) in actors {
        let is_shared = counts.get(actor.id.as_str()).is_some_and(|n| *n > 1);
        if let Some(first) = actor.members.first().filter(|_| is_shared || !actor.is_named) {
            actor.id = ActorId::new(format!("{}~{}.{}", actor.id, first.article, first.actor.0));
        }
    }
}
