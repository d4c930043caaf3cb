//! Can two ways of naming a speaker be of one?

use crate::words::is_small;
use hashbrown::HashSet;

/// Whether somebody whom a text calls by one of `given` can be the one whom articles call by one of `known`: all words of one
/// name stand in the other. "Voryabin" is "Deputy Foreign Minister Alexei Voryabin"; "the minister" is too, if his roles are
/// among the known names.
pub(crate) fn is_same_speaker<'a>(given: impl IntoIterator<Item = &'a str>, known: &[&str]) -> bool {
    let known: Vec<HashSet<String>> = known.iter().map(|name| words(name)).collect();
    given.into_iter().map(words).any(|given| {
        let fits = |known: &HashSet<String>| {
            !known.is_empty() && !given.is_empty() && (given.is_subset(known) || known.is_subset(&given))
        };
        known.iter().any(fits)
    })
}

fn words(name: &str) -> HashSet<String> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase);
    words.filter(|word| !is_small(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_fit() {
        let known = ["Alexei Voryabin", "Voriabin", "deputy foreign minister", "Karsk"];
        for given in
            ["Voryabin", "Mr. Voryabin", "Deputy Foreign Minister Alexei Voryabin", "the foreign minister", "Karsk"]
        {
            assert!(is_same_speaker([given], &known), "{given}");
        }
        for given in ["Mara Tellin", "Alexei Tellin", "the finance minister", "Veldria", "", "the"] {
            assert!(!is_same_speaker([given], &known), "{given}");
        }
    }
}
