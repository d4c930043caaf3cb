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
}

impl Labels {
    /// Only the empty name.
    pub(crate) fn new() -> Self {
        let mut labels = Labels { names: Vec::new(), ids: HashMap::new() };
        assert_eq!(labels.intern(""), LabelId::NONE);
        labels
    }

    /// The number of `name`, which is added where it is new.
    ///
    /// # Panics
    /// If there are more than 65,535 names; loaders refuse such a model first.
    pub(crate) fn intern(&mut self, name: &str) -> LabelId {
        if let Some(&id) = self.ids.get(name) {
            return id;
        }
        let id = LabelId(u16::try_from(self.names.len()).expect("a pipeline has fewer than 65,536 labels"));
        self.names.push(name.into());
        self.ids.insert(name.into(), id);
        id
    }

    /// The name behind a number of this table.
    pub(crate) fn name(&self, id: LabelId) -> &str {
        &self.names[id.0 as usize]
    }

    /// Number of names.
    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }
}
