//! Names of tags, parts of speech, morphology, dependency relations and entity types as small numbers.

use hashbrown::HashMap;

/// Index of a name in [`Labels`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct LabelId(pub(crate) u16);

impl LabelId {
    /// The empty name: nothing was assigned.
    pub(crate) const NONE: LabelId = LabelId(0);
}

/// The names that annotations of one pipeline use. Fixed once the pipeline is loaded.
#[derive(Debug, Clone)]
pub(crate) struct Labels {
    names: Vec<Box<str>>,
    ids: HashMap<Box<str>, LabelId>,
    is_overfull: bool,
}

impl Labels {
    /// Only the empty name.
    pub(crate) fn new() -> Self {
        let mut labels = Labels { names: Vec::new(), ids: HashMap::new(), is_overfull: false };
        assert_eq!(labels.intern(""), LabelId::NONE);
        labels
    }

    /// The number of `name`, which is added where it is new. Beyond 65,535 names nothing is added, the
    /// empty name stands in, and [`Self::is_overfull`] tells.
    pub(crate) fn intern(&mut self, name: &str) -> LabelId {
        if let Some(&id) = self.ids.get(name) {
            return id;
        }
        let Ok(id) = u16::try_from(self.names.len()).map(LabelId) else {
            self.is_overfull = true;
            return LabelId::NONE;
        };
        self.names.push(name.into());
        self.ids.insert(name.into(), id);
        id
    }

    /// Whether there were more names than numbers: what was interned cannot be used.
    pub(crate) fn is_overfull(&self) -> bool {
        self.is_overfull
    }

    /// The name behind a number of this table.
    pub(crate) fn name(&self, id: LabelId) -> &str {
        &self.names[id.0 as usize]
    }

    /// All names, by their numbers.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|name| &**name)
    }
}
