//! Where phrases of a list stand in a text.

use rapporteur_model::Span;

/// Phrases, each of which begins with two letters from a to z.
pub(super) struct Phrases {
    /// In order.
    phrases: Vec<&'static str>,
    /// For each two letters where the phrases that begin with them begin, and at last where all end.
    starts: Vec<u16>,
}

const N_LETTERS: usize = 26;

/// The number of two letters from a to z.
fn number_of(pair: [u8; 2]) -> Option<usize> {
    let [first @ b'a'..=b'z', second @ b'a'..=b'z'] = pair else { return None };
    Some(usize::from(first - b'a') * N_LETTERS + usize::from(second - b'a'))
}

impl Phrases {
    pub(super) fn of(phrases: impl Iterator<Item = &'static str>) -> Self {
        let first = |phrase: &str| number_of(phrase.as_bytes().first_chunk().copied()?);
        let mut phrases: Vec<&str> = phrases.filter(|phrase| first(phrase).is_some()).collect();
        phrases.sort_unstable();
        let begins_before = |number: usize| phrases.partition_point(|phrase| first(phrase).is_some_and(|n| n < number));
        let starts = (0..=N_LETTERS * N_LETTERS).map(|number| begins_before(number) as u16).collect();
        Phrases { phrases, starts }
    }

    /// Where the phrases stand in a text, which is in lower case, as whole words.
    pub(super) fn in_text(&self, text: &str) -> Vec<Span> {
        let mut found = Vec::new();
        let mut is_inside = false;
        for (at, pair) in text.as_bytes().windows(2).enumerate() {
            let begins = !is_inside;
            is_inside = pair[0].is_ascii_alphanumeric();
            let Some(number) = number_of([pair[0], pair[1]]).filter(|_| begins) else { continue };
            let phrases = &self.phrases[usize::from(self.starts[number])..usize::from(self.starts[number + 1])];
            let here = phrases.iter().filter(|phrase| text[at..].starts_with(**phrase));
            let is_end = |at: usize| !text[at..].chars().next().is_some_and(char::is_alphanumeric);
            let spans = here.map(|phrase| Span::new(at, at + phrase.len())).filter(|span| is_end(span.end.get()));
            // A letter that is not ASCII may stand before them.
            if !phrases.is_empty() && !text[..at].chars().next_back().is_some_and(char::is_alphanumeric) {
                found.extend(spans);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_as_whole_words() {
        let phrases =
            Phrases::of(["deadlocked", "no agreement", "no deal", "stalled", "without agreement"].into_iter());
        for (text, expected) in [
            ("stalled", &["stalled"][..]),
            ("the talks stalled; no deal, no dealer", &["stalled", "no deal"]),
            ("éstalled installed stalledé deadlocked", &["deadlocked"]),
            ("no agreement without agreement s", &["no agreement", "without agreement"]),
            ("", &[]),
        ] {
            let found: Vec<&str> =
                phrases.in_text(text).into_iter().map(|span| &text[span.start.get()..span.end.get()]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
