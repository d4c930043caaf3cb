//! A seeded generator of piles of news with copies, for benchmarks and tests of scale.
//!
//! Base texts are drawn from a grammar: sentences of news English with invented names, places, numbers and a rest of
//! words that are made up of syllables, so that texts share what news texts share (function words, set phrases, names
//! that are in the news) and little else. Each base text has up to nineteen copies: whole, cut, shuffled, spun, or as
//! three sentences inside another text.

/// An article of a pile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// Names it: `a0000042`.
    pub id: String,
    /// Its text, a paragraph a line.
    pub text: String,
    /// The base text that it is a copy of, by its number; its own number where it is one.
    pub base: usize,
}

/// The articles of a pile of `n_articles`, always the same for the same seed; a longer pile of the same seed begins
/// with the shorter one.
pub fn pile(seed: u64, n_articles: usize) -> impl Iterator<Item = Drawn> {
    let words = Words::new();
    let mut random = Random(seed);
    let (mut base, mut n_copies_left, mut sentences) = (0, 0, Vec::new());
    (0..n_articles).map(move |number| {
        let text = if n_copies_left == 0 {
            base = number;
            sentences = words.article(&mut random);
            // Most texts stand alone; few are copied often.
            n_copies_left = match random.below(10) {
                0..6 => 0,
                6..9 => random.below(4),
                _ => random.below(MAX_COPIES),
            };
            sentences.join("\n")
        } else {
            n_copies_left -= 1;
            words.copy(&sentences, &mut random)
        };
        Drawn { id: format!("a{number:07}"), text, base }
    })
}

/// A group has at most twenty articles.
const MAX_COPIES: usize = 19;

/// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    pub(crate) fn of<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.below(list.len())]
    }

    /// A position that is small more often, as ranks of words are (Zipf's law, roughly).
    pub(crate) fn rank(&mut self, n: usize) -> usize {
        let unit = self.next() as f64 / u64::MAX as f64;
        ((n as f64).powf(unit) as usize).min(n - 1)
    }
}

pub(crate) struct Words {
    pub(crate) nouns: Vec<String>,
    verbs: Vec<String>,
    adjectives: Vec<String>,
    pub(crate) names: Vec<String>,
    pub(crate) places: Vec<String>,
}

impl Words {
    pub(crate) fn new() -> Self {
        // The words are the same whatever the seed of the pile.
        let mut random = Random(0x7261_7070);
        let mut made = |n: usize, endings: &[&str], n_syllables: usize| -> Vec<String> {
            let word = |random: &mut Random| {
                let syllables: String = (0..1 + random.below(n_syllables)).map(|_| *random.of(SYLLABLES)).collect();
                format!("{syllables}{}", random.of(endings))
            };
            (0..n).map(|_| word(&mut random)).collect()
        };
        let capital = |word: String| word[..1].to_uppercase() + &word[1..];
        Words {
            nouns: made(6000, &["tion", "ment", "er", "age", "ity", "or", "al", "um"], 3),
            verbs: made(1500, &["ed", "ated", "ised"], 2),
            adjectives: made(2000, &["al", "ic", "ous", "ive", "ary"], 3),
            names: made(20_000, &["ov", "sen", "ard", "ell", "ini", "ez"], 3).into_iter().map(capital).collect(),
            places: made(3000, &["sk", "burg", "ia", "mouth", "grad"], 2).into_iter().map(capital).collect(),
        }
    }

    /// The sentences of a base text about a few people and places of its own.
    fn article(&self, random: &mut Random) -> Vec<String> {
        let people: Vec<String> = (0..2 + random.below(4))
            .map(|_| format!("{} {}", random.of(&self.names), random.of(&self.names)))
            .collect();
        let places: Vec<&String> =
            (0..1 + random.below(3)).map(|_| &self.places[random.rank(self.places.len())]).collect();
        let n_sentences = 8 + random.below(16);
        (0..n_sentences).map(|_| self.sentence(random, &people, &places)).collect()
    }

    pub(crate) fn sentence(&self, random: &mut Random, people: &[String], places: &[&String]) -> String {
        let template = *random.of(TEMPLATES);
        let sentence = self.filled(template, random, people, places);
        sentence[..1].to_uppercase() + &sentence[1..]
    }

    /// A clause about things, with a small first letter and without a mark at its end.
    pub(crate) fn clause(&self, random: &mut Random) -> String {
        let clause = *random.of(CLAUSES);
        self.filled(clause, random, &[], &[])
    }

    fn filled(&self, template: &str, random: &mut Random, people: &[String], places: &[&String]) -> String {
        let mut sentence = String::new();
        for token in template.split(' ') {
            let mark = token.trim_start_matches(|c: char| c.is_alphabetic());
            let word = match token.trim_end_matches(|c: char| !c.is_alphabetic()) {
                "N" => self.nouns[random.rank(self.nouns.len())].clone(),
                "V" => self.verbs[random.rank(self.verbs.len())].clone(),
                "A" => self.adjectives[random.rank(self.adjectives.len())].clone(),
                "P" => random.of(people).clone(),
                "L" => (*random.of(places)).clone(),
                "D" => (2 + random.below(998)).to_string(),
                other => other.to_string(),
            };
            if !sentence.is_empty() {
                sentence.push(' ');
            }
            sentence.push_str(&word);
            sentence.push_str(mark);
        }
        sentence
    }

    fn copy(&self, sentences: &[String], random: &mut Random) -> String {
        let mut copy = sentences.to_vec();
        match random.below(5) {
            0 => copy.insert(0, "By staff and agencies.".to_string()),
            1 => copy.truncate((copy.len() * 2).div_ceil(5)),
            2 => shuffle(&mut copy, random),
            3 => copy.iter_mut().for_each(|sentence| *sentence = self.spun(sentence, random)),
            _ => {
                let first = random.below(copy.len().saturating_sub(3).max(1));
                let part: Vec<String> = copy.drain(first..(first + 3).min(copy.len())).collect();
                copy = self.article(random);
                let at = random.below(copy.len());
                copy.splice(at..at, part);
            }
        }
        copy.join("\n")
    }

    /// The sentence with a third of its small words left and the others replaced.
    fn spun(&self, sentence: &str, random: &mut Random) -> String {
        let words = sentence.split(' ').map(|word| {
            let is_plain = word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_lowercase());
            if is_plain && random.below(3) == 0 { random.of(&self.nouns).clone() } else { word.to_string() }
        });
        words.collect::<Vec<_>>().join(" ")
    }
}

fn shuffle(sentences: &mut [String], random: &mut Random) {
    for at in (1..sentences.len()).rev() {
        sentences.swap(at, random.below(at + 1));
    }
}

const SYLLABLES: &[&str] = &[
    "ka", "re", "mi", "to", "lan", "ver", "su", "pro", "den", "al", "gor", "fi", "nes", "tra", "bo", "chi", "mar",
    "ul", "pe", "sto", "con", "ri", "ba", "lev", "o", "dis", "ent", "qua", "ho", "zi",
];

/// N is a noun, V a verb, A an adjective, P a person, L a place, D a number; the rest stands as it is.
const TEMPLATES: &[&str] = &[
    "P said on Monday that the A N would be V before the N of L.",
    "The N in L was V by D people after a A N, officials said.",
    "\"We have V the N and the N,\" P told reporters in L.",
    "According to P, the A N has V D of the A N since the N.",
    "In L the N of the N remained A while P V a N.",
    "It was the first N that P had V in L for D years, and the N was A.",
    "A spokesman for P declined to say whether the A N had been V.",
    "The A N, which was V in L, is worth D million to the N.",
    "P and P V over the N, but both sides agreed that the A N was V.",
    "At least D N were V when the N of the A N reached L.",
    "\"There is no N without a A N,\" said P, who V the N last year.",
    "Critics of the N say that a A N and a N will be V by the N.",
    "The talks between P and P in L were V after D hours of A N.",
    "He also V that the N of D A N had been V to L.",
    "Under the A N the two sides would V the N and the A N in stages.",
];

/// As [`TEMPLATES`], without people and places.
const CLAUSES: &[&str] = &[
    "the A N would be V before the N and the A N",
    "every N of the N had been V by a A N",
    "no N can be V while the N of the A N is A",
    "the N was worth D million and the N was A",
    "there was a A N in the N that nobody had V",
    "a N without a A N would be V by D people",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longer_pile_begins_with_the_shorter_one() {
        let short: Vec<Drawn> = pile(7, 40).collect();
        let long: Vec<Drawn> = pile(7, 60).collect();
        assert_eq!(short[..], long[..40]);
        assert!(long.iter().any(|drawn| drawn.id != format!("a{:07}", drawn.base)));
    }
}
