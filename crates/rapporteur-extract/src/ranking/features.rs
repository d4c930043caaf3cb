//! Features: short texts that say something about a candidate, as "group.name=value|value".
//!
//! A feature is a text in the file of weights and in training, and only its hash when an article is
//! read. There its name, which is known beforehand and has no "=", is hashed in words of eight bytes and
//! its values byte by byte, so that the hash does not depend on where one value ends. The group before
//! the dot tells which evidence it draws on (`lex` the cue lists, `rule` what the rules would do, `word`
//! words, `tree` the parse, `quote` quotation marks, `shape` lengths and places), so that the worth of a
//! kind of evidence can be measured by leaving it out.

/// Takes features one by one.
pub(crate) trait Sink {
    /// Takes the feature `name` with its values.
    fn add(&mut self, name: &'static str, values: &[&str]);
}

/// A feature's hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct FeatureHash(u64);

impl FeatureHash {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;

    /// The hash of a feature as it is written in the file of weights.
    pub(crate) fn of_text(text: &str) -> Self {
        match text.split_once('=') {
            Some((name, values)) => Self::of(name, &[values]),
            None => Self::of(text, &[]),
        }
    }

    fn of(name: &str, values: &[&str]) -> Self {
        let words = name.as_bytes().chunks(8).map(|bytes| {
            let mut word = [0; 8];
            word[..bytes.len()].copy_from_slice(bytes);
            u64::from_le_bytes(word)
        });
        let mut hash = words.fold(Self::OFFSET, |hash, word| Self::extend(hash, word).rotate_left(23));
        for (n, value) in values.iter().enumerate() {
            hash = Self::extend(hash, u64::from(if n == 0 { b'=' } else { b'|' }));
            hash = value.bytes().fold(hash, |hash, byte| Self::extend(hash, u64::from(byte)));
        }
        FeatureHash(hash)
    }

    /// A step of FNV-1a (Fowler, Noll, Vo): short keys, one pass, no state.
    fn extend(hash: u64, bits: u64) -> u64 {
        (hash ^ bits).wrapping_mul(Self::PRIME)
    }
}

/// The hashes of an item's features.
#[derive(Debug, Clone)]
pub(crate) struct Hashes(pub(crate) Vec<FeatureHash>);

impl Default for Hashes {
    fn default() -> Self {
        // Most items have fewer features.
        Hashes(Vec::with_capacity(128))
    }
}

impl Sink for Hashes {
    fn add(&mut self, name: &'static str, values: &[&str]) {
        self.0.push(FeatureHash::of(name, values));
    }
}

/// The features of an item as texts.
#[cfg(any(test, feature = "training"))]
#[derive(Debug, Default, Clone)]
pub(crate) struct Texts(pub(crate) Vec<String>);

#[cfg(any(test, feature = "training"))]
impl Sink for Texts {
    fn add(&mut self, name: &'static str, values: &[&str]) {
        let mut text = name.to_string();
        for (n, value) in values.iter().enumerate() {
            text.push(if n == 0 { '=' } else { '|' });
            // Tabs and line breaks separate fields in the file of weights.
            text.extend(value.chars().map(|c| if c.is_control() { ' ' } else { c }));
        }
        self.0.push(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_has_the_hash_of_its_text() {
        let (mut hashes, mut texts) = (Hashes::default(), Texts::default());
        let sinks: [&mut dyn Sink; 2] = [&mut hashes, &mut texts];
        for sink in sinks {
            sink.add("word.lemma", &["say"]);
            sink.add("tree.place", &["ccomp", "VBD"]);
            sink.add("shape.bias", &[]);
        }
        assert_eq!(texts.0, ["word.lemma=say", "tree.place=ccomp|VBD", "shape.bias"]);
        let expected: Vec<FeatureHash> = texts.0.iter().map(|text| FeatureHash::of_text(text)).collect();
        assert_eq!(hashes.0, expected);
    }
}
