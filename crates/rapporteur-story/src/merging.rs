//! Actors of single articles become one, and what showed each time that they are.

use crate::corrections::Replay;
use crate::names::given_and_family;
use crate::roster::Member;
use crate::unions::Unions;
use rapporteur_model::{Article, Merge, MergeKind};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// More names than these say no more about why they were joined.
const MAX_NAMES: usize = 5;

/// The members that are joined so far, with the evidence for it.
pub(crate) struct Merging {
    unions: Unions,
    evidence: Vec<Evidence>,
}

/// Something that joined members to each other, or to others.
struct Evidence {
    kind: MergeKind,
    members: Vec<usize>,
}

impl Merging {
    pub(crate) fn new(n_members: usize) -> Self {
        Merging { unions: Unions::new(n_members), evidence: Vec::new() }
    }

    pub(crate) fn root(&mut self, member: usize) -> usize {
        self.unions.root(member)
    }

    /// Joins members that bear equal witness to each other.
    pub(crate) fn join_all(&mut self, members: &[usize], kind: MergeKind) {
        self.unions.join_all(members);
        if members.len() > 1 {
            self.evidence.push(Evidence { kind, members: members.to_vec() });
        }
    }

    /// Joins one member to another that shows who it is.
    pub(crate) fn join(&mut self, member: usize, known: usize, kind: MergeKind) {
        self.unions.join(member, known);
        self.evidence.push(Evidence { kind, members: vec![member] });
    }

    /// The groups as [`Unions::groups`] gives them and as people corrected them, each with what joined it.
    pub(crate) fn groups(
        self,
        members: &[Member],
        articles: &[Article],
        replay: &mut Replay<'_>,
    ) -> Vec<(Vec<usize>, Vec<Merge>)> {
        let (groups, by_hand) = replay.actors(members, articles, self.unions.groups());
        let mut group_of = vec![0; members.len()];
        for (idx, group) in groups.iter().enumerate() {
            group.iter().for_each(|member| group_of[*member] = idx);
        }
        let mut by_group: BTreeMap<usize, BTreeMap<MergeKind, BTreeSet<usize>>> = BTreeMap::new();
        let by_hand = by_hand.into_iter().map(|members| Evidence { kind: MergeKind::ByHand, members });
        for mut evidence in self.evidence.into_iter().chain(by_hand) {
            let is_one = evidence.members.len() == 1;
            evidence.members.sort_by_key(|member| group_of[*member]);
            // Whom people took apart bears no witness to the others.
            let of_groups = evidence.members.chunk_by(|a, b| group_of[*a] == group_of[*b]);
            for joined in of_groups.filter(|joined| is_one || joined.len() > 1) {
                let kinds = by_group.entry(group_of[joined[0]]).or_default();
                kinds.entry(evidence.kind).or_default().extend(joined);
            }
        }
        let with_merges = |(idx, group): (usize, Vec<usize>)| {
            let kinds = by_group.get(&idx).filter(|_| group.len() > 1).into_iter().flatten();
            let merges = kinds.map(|(kind, joined)| merge(*kind, joined, members, articles)).collect();
            (group, merges)
        };
        groups.into_iter().enumerate().map(with_merges).collect()
    }
}

fn merge(kind: MergeKind, joined: &BTreeSet<usize>, members: &[Member], articles: &[Article]) -> Merge {
    let of: BTreeSet<usize> = joined.iter().map(|idx| members[*idx].article).collect();
    let names = if shows_names(kind) { names(kind, joined, members) } else { String::new() };
    Merge {
        kind,
        reason: format!("{}{names}", phrase(kind)),
        articles: of.into_iter().map(|idx| articles[idx].id.clone()).collect(),
    }
}

/// The different names that the members go by in their articles, the most frequent ones: ": Sergey Vale, Sergei Vale". Of other
/// spellings one name for each.
fn names(kind: MergeKind, joined: &BTreeSet<usize>, members: &[Member]) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for name in joined.iter().map(|idx| members[*idx].actor.name.as_str()) {
        *counts.entry(name.split_whitespace().collect::<Vec<_>>().join(" ")).or_default() += 1;
    }
    let mut names: Vec<(String, usize)> = counts.into_iter().collect();
    names.sort_by_key(|(_, n)| Reverse(*n));
    if kind == MergeKind::OtherSpelling {
        let mut spellings = BTreeSet::new();
        names.retain(|(name, _)| spellings.insert(given_and_family(name)));
    }
    let shown: Vec<&str> = names.iter().take(MAX_NAMES).map(|(name, _)| name.as_str()).collect();
    format!(": {}{}", shown.join(", "), if names.len() > MAX_NAMES { ", …" } else { "" })
}

fn shows_names(kind: MergeKind) -> bool {
    !matches!(kind, MergeKind::KnownEntity | MergeKind::FullName | MergeKind::BodyName | MergeKind::SharedWording)
}

fn phrase(kind: MergeKind) -> &'static str {
    match kind {
        MergeKind::KnownEntity => "the same known entity",
        MergeKind::EntityName => "a name of the known entity",
        MergeKind::BodyName => "the same name",
        MergeKind::ShownBody => "a bare name that elsewhere is that of a state or a body",
        MergeKind::FullName => "the same full name",
        MergeKind::OtherSpelling => "another spelling or form of the name",
        MergeKind::Misspelling => "a rarer name that differs from it in one letter",
        MergeKind::TitleWords => "other words before the full name",
        MergeKind::FamilyName => "a family name that only one person of the pile bears",
        MergeKind::Initial => "an initial and a family name that fit only one person of the pile",
        MergeKind::FamilyNameAndSide => "a family name of several people, of whom one speaks for the same side",
        MergeKind::FamilyNameAndRole => "a family name of several people, of whom one has the same title",
        MergeKind::FamilyNameFirst => "the first word of a name that only one person of the pile bears",
        MergeKind::UnknownInFull => "the same short name of somebody whom no article names in full",
        MergeKind::SharedWording => "the same words in wording that the articles share",
        MergeKind::ByHand => "put together by hand",
    }
}
