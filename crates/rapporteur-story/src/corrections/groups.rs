//! Which things are one after the automatic step and what people put together and apart after it?

/// Things by their positions in groups that can be put together and taken apart.
pub(crate) struct Groups {
    of: Vec<usize>,
    groups: Vec<Group>,
}

/// Things that are one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Group {
    /// In order.
    pub(crate) members: Vec<usize>,
    /// Whether somebody put members together or took some out.
    pub(crate) is_by_hand: bool,
    /// The name that it was given last, with the position of the entry that gave it.
    pub(super) name: Option<(usize, String)>,
}

impl Groups {
    /// The groups that the automatic step made of things from 0 on.
    pub(super) fn new(groups: Vec<Vec<usize>>) -> Self {
        let mut of = vec![0; groups.iter().map(Vec::len).sum()];
        for (idx, group) in groups.iter().enumerate() {
            group.iter().for_each(|member| of[*member] = idx);
        }
        let groups = groups.into_iter().map(|members| Group { members, ..Group::default() });
        Groups { of, groups: groups.collect() }
    }

    /// The group of a member.
    pub(super) fn of(&self, member: usize) -> usize {
        self.of[member]
    }

    pub(super) fn group_mut(&mut self, group: usize) -> &mut Group {
        &mut self.groups[group]
    }

    /// The groups of `members`, each once.
    pub(super) fn holding(&self, members: &[usize]) -> Vec<usize> {
        let mut holding: Vec<usize> = members.iter().map(|member| self.of[*member]).collect();
        holding.sort_unstable();
        holding.dedup();
        holding
    }

    /// Makes one of the groups that hold `members`; whether there were several.
    pub(super) fn merge(&mut self, members: &[usize]) -> bool {
        let holding = self.holding(members);
        let Some(largest) = holding.iter().copied().max_by_key(|idx| self.groups[*idx].members.len()) else {
            return false;
        };
        for idx in holding.iter().copied().filter(|idx| *idx != largest) {
            let joined = std::mem::take(&mut self.groups[idx]);
            joined.members.iter().for_each(|member| self.of[*member] = largest);
            let into = &mut self.groups[largest];
            into.members.extend(joined.members);
            into.is_by_hand = true;
            into.name = into.name.take().max(joined.name);
        }
        holding.len() > 1
    }

    /// Takes `members` out of their groups and makes one of them.
    pub(super) fn split(&mut self, members: &[usize]) {
        let apart = self.groups.len();
        let holding = self.holding(members);
        let mut own: Vec<usize> = members.to_vec();
        own.sort_unstable();
        own.dedup();
        let is_apart = matches!(holding[..], [only] if self.groups[only].members.len() == own.len());
        if is_apart || own.is_empty() {
            return;
        }
        own.iter().for_each(|member| self.of[*member] = apart);
        for idx in holding {
            let of = &self.of;
            let group = &mut self.groups[idx];
            group.members.retain(|member| of[*member] == idx);
            group.is_by_hand = true;
        }
        self.groups.push(Group { members: own, is_by_hand: true, name: None });
    }

    /// The groups by their first members.
    pub(super) fn into_groups(self) -> Vec<Group> {
        let mut groups: Vec<Group> = self.groups.into_iter().filter(|group| !group.members.is_empty()).collect();
        groups.iter_mut().for_each(|group| group.members.sort_unstable());
        groups.sort_by_key(|group| group.members[0]);
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members(groups: Groups) -> Vec<Vec<usize>> {
        groups.into_groups().into_iter().map(|group| group.members).collect()
    }

    #[test]
    fn what_was_put_together_is_taken_apart_again_in_order() {
        let mut groups = Groups::new(vec![vec![0, 2], vec![1], vec![3, 4]]);
        assert!(groups.merge(&[2, 3]) && !groups.merge(&[0, 4]));
        groups.split(&[0, 3]);
        groups.split(&[1]);
        assert_eq!(members(groups), [vec![0, 3], vec![1], vec![2, 4]]);
    }

    #[test]
    fn a_group_bears_the_name_that_was_given_last() {
        let mut groups = Groups::new(vec![vec![0], vec![1, 2]]);
        groups.group_mut(0).name = Some((4, "later".to_string()));
        groups.group_mut(1).name = Some((3, "earlier".to_string()));
        groups.merge(&[0, 1]);
        assert_eq!(groups.into_groups()[0].name, Some((4, "later".to_string())));
    }
}
