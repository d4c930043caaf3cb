//! Finds where patterns fit: at each place the longest match, and of equals the first pattern of the file.

use super::atoms::Atom;
use super::fields::{Field, Fields};
use super::knowledge::TimeKnowledge;
use super::rules::{Check, Rule, Step, What};
use super::words::{ClassId, DIGIT_CLASSES, WordId};
use crate::analysis::Analysis;

/// A stretch that a pattern fits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Match {
    /// Index of the rule.
    pub(super) rule: usize,
    /// The atoms it covers.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) fields: Fields,
}

/// Steps that one pattern may take at one place. Patterns take some hundreds; alternatives inside
/// alternatives of a user's own could take very many.
const MAX_STEPS: usize = 20_000;

/// Runs patterns over the pieces of a text.
pub(super) struct Matcher<'m> {
    analysis: &'m Analysis<'m>,
    atoms: &'m [Atom],
    knowledge: &'m TimeKnowledge,
    captures: Vec<(Field, i32)>,
    /// Where to go on if the way taken leads nowhere: step, atom, captures.
    open: Vec<(u32, usize, usize)>,
}

impl<'m> Matcher<'m> {
    pub(super) fn new(analysis: &'m Analysis<'m>, atoms: &'m [Atom], knowledge: &'m TimeKnowledge) -> Self {
        Matcher { analysis, atoms, knowledge, captures: Vec::new(), open: Vec::new() }
    }

    /// The best match that begins at the atom.
    pub(super) fn at(&mut self, start: usize) -> Option<Match> {
        let atom = &self.atoms[start];
        let knowledge = self.knowledge;
        let mut best: Option<Match> = None;
        for rule_idx in knowledge.rules.starts.at(atom, self.atoms.get(start + 1)) {
            let is_better =
                |end: usize| best.as_ref().is_none_or(|best| end > best.end || end == best.end && rule_idx < best.rule);
            if let Some((end, fields)) = self.run(&knowledge.rules.rules[rule_idx], start)
                && is_better(end)
            {
                best = Some(Match { rule: rule_idx, start, end, fields });
            }
        }
        best
    }

    /// The longest way through the pattern from the atom on.
    fn run(&mut self, rule: &Rule, start: usize) -> Option<(usize, Fields)> {
        self.captures.clear();
        self.open.clear();
        self.open.push((0, start, 0));
        let mut best: Option<(usize, Fields)> = None;
        let mut n_steps = 0;
        while let Some((step, at, n_captures)) = self.open.pop() {
            self.captures.truncate(n_captures);
            let (mut step, mut at) = (step as usize, at);
            loop {
                n_steps += 1;
                if n_steps > MAX_STEPS {
                    return best;
                }
                match &rule.program[step] {
                    Step::Word(words) => {
                        if !self.atoms.get(at).is_some_and(|atom| words.contains(&atom.word)) {
                            break;
                        }
                        at += 1;
                    }
                    Step::Class { class, field, only } => {
                        let Some((value, n)) = self.class_at(*class, at) else { break };
                        if only.is_some_and(|only| only != value) || field.is_some_and(|field| !field.takes(value)) {
                            break;
                        }
                        self.captures.extend(field.map(|field| (field, value)));
                        at += n;
                    }
                    Step::Set(field, value) => self.captures.push((*field, *value)),
                    Step::Split(first, second) => {
                        self.open.push((*second, at, self.captures.len()));
                        step = *first as usize;
                        continue;
                    }
                    Step::Jump(to) => {
                        step = *to as usize;
                        continue;
                    }
                    Step::Check(check) => {
                        if !self.holds(check, start, at) {
                            break;
                        }
                    }
                    Step::Accept => {
                        if at > start && best.as_ref().is_none_or(|(end, _)| at > *end) {
                            best = Some((at, Fields::of(&self.captures)));
                        }
                        break;
                    }
                }
                step += 1;
            }
        }
        best
    }

    /// The value of what stands at the atom in the class, and how many atoms it takes.
    fn class_at(&self, class: ClassId, at: usize) -> Option<(i32, usize)> {
        let atom = self.atoms.get(at)?;
        let TimeKnowledge { words, numbers, .. } = self.knowledge;
        match class.0 {
            0 => atom.number().map(|number| (number, 1)),
            1 => numbers.number_at(words, self.atoms, at),
            2 => numbers.year_at(words, self.atoms, at),
            3 | 4 if atom.ordinal().is_some() => atom.ordinal().map(|ordinal| (ordinal, 1)),
            _ => {
                let fits = |rest: &[WordId]| {
                    rest.iter()
                        .enumerate()
                        .all(|(n, word)| self.atoms.get(at + 1 + n).is_some_and(|atom| atom.word == *word))
                };
                let senses = words.senses(atom.word);
                let sense = senses.iter().find(|sense| sense.class == class && fits(&sense.rest))?;
                (!self.is_another_word(atom, class)).then_some((sense.value, 1 + sense.rest.len()))
            }
        }
    }

    /// Whether the word is one that names a time only with a capital letter ("May", "Sun") or only as a noun
    /// ("fall", "spring"), and here is not.
    fn is_another_word(&self, atom: &Atom, class: ClassId) -> bool {
        let TimeKnowledge { words, capital, noun, .. } = self.knowledge;
        // "second" is another word as a number.
        if usize::from(class.0) < DIGIT_CLASSES.len() {
            return false;
        }
        if capital.is_some_and(|class| words.value(atom.word, class).is_some()) {
            return !self.is_capital(atom);
        }
        noun.is_some_and(|class| words.value(atom.word, class).is_some())
            && !self.analysis.token(atom.token as usize).tag().starts_with("NN")
            && !self.is_capital(atom)
    }

    fn is_capital(&self, atom: &Atom) -> bool {
        let text = self.analysis.doc.text();
        text.get(atom.start as usize..atom.end as usize).is_some_and(|text| text.starts_with(char::is_uppercase))
    }

    fn holds(&self, check: &Check, start: usize, at: usize) -> bool {
        let last = at.checked_sub(1).filter(|_| at > start).map(|last| &self.atoms[last]);
        let is_one_of = |idx: Option<usize>, words: &[WordId], classes: &[ClassId]| {
            let Some(idx) = idx.filter(|idx| *idx < self.atoms.len()) else { return false };
            words.contains(&self.atoms[idx].word) || classes.iter().any(|class| self.class_at(*class, idx).is_some())
        };
        let has_tag = |atom: Option<&Atom>, tags: &[Box<str>]| {
            let tag = atom.map_or("", |atom| self.analysis.token(atom.token as usize).tag());
            tags.iter().any(|wanted| tag.starts_with(&**wanted))
        };
        let next = self.atoms.get(at).filter(|atom| !atom.is_break);
        let holds = match &check.what {
            What::Before(words, classes) => is_one_of(start.checked_sub(1), words, classes),
            What::Next(words, classes) => is_one_of(Some(at), words, classes),
            What::Tag(tags) => has_tag(last, tags),
            What::NextTag(tags) => has_tag(next, tags),
            What::Entity(label) => {
                last.is_some_and(|atom| self.analysis.token(atom.token as usize).entity_type() == &**label)
            }
            What::Capital => last.is_some_and(|atom| self.is_capital(atom)),
            What::Glued => next.is_some_and(|atom| atom.is_glued),
            What::SentenceStart => self.analysis.token(self.atoms[start].token as usize).is_sentence_start(),
        };
        holds != check.is_negated
    }
}
