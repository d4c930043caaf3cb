//! Which patterns are worth trying at a place: told by its word and the next one, so that "the" does not set off
//! every pattern that may begin with it.

use super::atoms::Atom;
use super::rules::{Rule, Step};
use super::words::{DIGIT_CLASSES, WordId, Words};

/// The classes of numbers and years, which take any number of words.
const COUNTED: std::ops::RangeInclusive<u8> = 1..=2;

/// The patterns by the words that they can begin with.
#[derive(Debug)]
pub(super) struct Starts {
    /// By word.
    by_word: Vec<Box<[Start]>>,
    by_digits: Box<[u16]>,
    /// By pattern, what can stand second.
    seconds: Vec<Second>,
}

/// A pattern that can begin with some word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Start {
    rule: u16,
    /// Whether the word can be all of it.
    is_alone: bool,
}

/// What can stand second in a pattern.
#[derive(Debug, Clone, Default)]
struct Second {
    is_of: Vec<bool>,
    digits: bool,
    any: bool,
}

impl Starts {
    pub(super) fn of(rules: &[Rule], words: &Words) -> Self {
        let n_words = words.n_words();
        let mut by_word: Vec<Vec<Start>> = vec![Vec::new(); n_words];
        let mut by_digits = Vec::new();
        let mut seconds = Vec::with_capacity(rules.len());
        let counting = counting_words(words);
        let of_class = senses_by_class(words);
        for (rule_idx, rule) in rules.iter().enumerate() {
            let rule_idx = rule_idx as u16;
            let mut second = Second { is_of: vec![false; n_words], ..Second::default() };
            for step in closure(&rule.program, 0).consuming {
                let after = closure(&rule.program, step + 1);
                let mut begins = |word: WordId| {
                    by_word[usize::from(word.0)].push(Start { rule: rule_idx, is_alone: after.accepts });
                };
                match &rule.program[step] {
                    Step::Word(list) => list.iter().for_each(|&word| begins(word)),
                    Step::Class { class, .. } => {
                        if usize::from(class.0) < DIGIT_CLASSES.len() {
                            by_digits.push(rule_idx);
                        }
                        if COUNTED.contains(&class.0) {
                            counting.iter().for_each(|&word| begins(word));
                            second.any = true;
                        }
                        for &(word, next) in &of_class[usize::from(class.0)] {
                            begins(word);
                            if let Some(next) = next {
                                second.is_of[usize::from(next.0)] = true;
                            }
                        }
                    }
                    _ => {}
                }
                after.consuming.iter().for_each(|&step| second.add(&rule.program[step], &of_class, &counting));
            }
            seconds.push(second);
        }
        let tidy = |mut starts: Vec<Start>| {
            // Of two ways to begin with a word, the one that can be all of the match counts.
            starts.sort_unstable_by_key(|start| (start.rule, !start.is_alone));
            starts.dedup_by_key(|start| start.rule);
            starts.into_boxed_slice()
        };
        by_digits.sort_unstable();
        by_digits.dedup();
        Starts { by_word: by_word.into_iter().map(tidy).collect(), by_digits: by_digits.into(), seconds }
    }

    /// The patterns that can begin with the atom, given the one after it.
    pub(super) fn at<'s>(&'s self, atom: &Atom, next: Option<&Atom>) -> impl Iterator<Item = usize> + use<'s> {
        let of_word = if atom.word == WordId::default() { &[][..] } else { &self.by_word[usize::from(atom.word.0)] };
        let of_digits = if atom.n_digits > 0 { &self.by_digits[..] } else { &[] };
        let (next_word, next_is_digits) = next.map_or((0, false), |next| (usize::from(next.word.0), next.n_digits > 0));
        let of_word = of_word.iter().filter(move |start| {
            let second = &self.seconds[usize::from(start.rule)];
            start.is_alone || second.any || second.is_of[next_word] || next_is_digits && second.digits
        });
        of_word.map(|start| usize::from(start.rule)).chain(of_digits.iter().map(|&rule| usize::from(rule)))
    }
}

impl Second {
    fn add(&mut self, step: &Step, of_class: &[Vec<Sense>], counting: &[WordId]) {
        match step {
            Step::Word(list) => list.iter().for_each(|word| self.is_of[usize::from(word.0)] = true),
            Step::Class { class, .. } => {
                self.digits |= usize::from(class.0) < DIGIT_CLASSES.len();
                if COUNTED.contains(&class.0) {
                    counting.iter().for_each(|word| self.is_of[usize::from(word.0)] = true);
                }
                of_class[usize::from(class.0)].iter().for_each(|(word, _)| self.is_of[usize::from(word.0)] = true);
            }
            _ => {}
        }
    }
}

/// A word that a meaning of a class begins with, and the word after it where that is a phrase.
type Sense = (WordId, Option<WordId>);

/// The meanings of each class, by its number.
fn senses_by_class(words: &Words) -> Vec<Vec<Sense>> {
    let mut of_class = vec![Vec::new(); usize::from(u8::MAX) + 1];
    for word in (0..words.n_words()).map(|word| WordId(word as u16)) {
        for sense in words.senses(word) {
            of_class[usize::from(sense.class.0)].push((word, sense.rest.first().copied()));
        }
    }
    of_class
}

/// The words that numbers begin with.
fn counting_words(words: &Words) -> Vec<WordId> {
    let classes: Vec<_> = ["number-word", "scale"].iter().filter_map(|name| words.class(name)).collect();
    let all = (0..words.n_words()).map(|word| WordId(word as u16));
    all.filter(|&word| classes.iter().any(|&class| words.value(word, class).is_some())).collect()
}

/// Where a program can be after steps that take no word.
struct Closure {
    /// The steps that take a word.
    consuming: Vec<usize>,
    accepts: bool,
}

fn closure(program: &[Step], from: usize) -> Closure {
    let mut closure = Closure { consuming: Vec::new(), accepts: false };
    let mut is_seen = vec![false; program.len()];
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        if std::mem::replace(&mut is_seen[at], true) {
            continue;
        }
        match &program[at] {
            Step::Word(_) | Step::Class { .. } => closure.consuming.push(at),
            Step::Split(first, second) => open.extend([*first as usize, *second as usize]),
            Step::Jump(to) => open.push(*to as usize),
            Step::Set(..) | Step::Check(_) => open.push(at + 1),
            Step::Accept => closure.accepts = true,
        }
    }
    closure
}
