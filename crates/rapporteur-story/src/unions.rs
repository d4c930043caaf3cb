//! Which of many things are one: connected components, by union and find.

use std::collections::BTreeMap;

/// Things by their positions, of which some are joined; the least of a group is its root.
pub(crate) struct Unions {
    parent: Vec<usize>,
}

impl Unions {
    pub(crate) fn new(n: usize) -> Self {
        Unions { parent: (0..n).collect() }
    }

    pub(crate) fn root(&mut self, mut idx: usize) -> usize {
        while self.parent[idx] != idx {
            self.parent[idx] = self.parent[self.parent[idx]];
            idx = self.parent[idx];
        }
        idx
    }

    pub(crate) fn are_one(&mut self, a: usize, b: usize) -> bool {
        self.root(a) == self.root(b)
    }

    pub(crate) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }

    pub(crate) fn join_all(&mut self, members: &[usize]) {
        for pair in members.windows(2) {
            self.join(pair[0], pair[1]);
        }
    }

    /// The groups, each in order, by their first members; what was joined to nothing is a group of
    /// its own.
    pub(crate) fn groups(mut self) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for idx in 0..self.parent.len() {
            groups.entry(self.root(idx)).or_default().push(idx);
        }
        groups.into_values().collect()
    }
}
