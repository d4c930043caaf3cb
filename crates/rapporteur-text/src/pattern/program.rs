//! Runs a pattern: a list of instructions and a backtracking machine over characters.

use super::syntax::{Class, Node};
use crate::error::Error;

/// Longest program; counted repeats are written out.
const MAX_INSTRUCTIONS: usize = 200_000;
/// Steps without a record of the states that were seen, for each character of the text: enough for
/// every pattern that does not explode.
const FREE_STEPS_PER_CHAR: usize = 1_000;
/// Largest record of seen states, in bits. A text that needs more does not match.
///
/// DIFFERENCE: Python's engine goes on, for exponential time if need be. Only stretches of more than
/// about 100,000 characters without white space are concerned.
const MAX_SEEN_BITS: usize = 1 << 28;

#[derive(Debug)]
enum Instruction {
    /// Consume one character of the class.
    Class(Class),
    /// Go on at all of these, first to last.
    Branch(Box<Dispatch>),
    /// Go on at the first; if that fails, at the second.
    Split(usize, usize),
    Jump(usize),
    Start,
    End,
    /// Run the instructions up to `after` from here, or from `n_chars_behind` before; then go on at `after`.
    Look {
        n_chars_behind: usize,
        is_negative: bool,
        after: usize,
    },
    Match,
}

/// The branches of an alternative, by the ASCII character that stands next.
#[derive(Debug)]
struct Dispatch {
    /// For each ASCII character, the branches that can begin with it.
    by_ascii: [Box<[usize]>; 128],
    /// All branches that can begin with another character.
    by_other: Box<[usize]>,
    /// The branches that need no character: at the end of the text.
    at_end: Box<[usize]>,
}

impl Dispatch {
    fn branches(&self, next: Option<char>) -> &[usize] {
        match next {
            None => &self.at_end,
            Some(c) if c.is_ascii() => &self.by_ascii[c as usize],
            Some(_) => &self.by_other,
        }
    }
}

#[derive(Debug)]
pub(super) struct Program {
    instructions: Vec<Instruction>,
}

impl Program {
    pub(super) fn compile(node: &Node) -> Result<Self, Error> {
        let mut program = Program { instructions: Vec::new() };
        program.emit(node)?;
        program.push(Instruction::Match)?;
        Ok(program)
    }

    fn push(&mut self, instruction: Instruction) -> Result<usize, Error> {
        if self.instructions.len() >= MAX_INSTRUCTIONS {
            return Err(Error::unsupported("a pattern of more than 200,000 instructions"));
        }
        self.instructions.push(instruction);
        Ok(self.instructions.len() - 1)
    }

    fn emit(&mut self, node: &Node) -> Result<(), Error> {
        match node {
            Node::Class(class) => self.push(Instruction::Class(class.clone())).map(drop),
            Node::Start => self.push(Instruction::Start).map(drop),
            Node::End => self.push(Instruction::End).map(drop),
            Node::Sequence(nodes) => nodes.iter().try_for_each(|node| self.emit(node)),
            Node::Alternatives(nodes) => self.emit_alternatives(nodes),
            Node::Repeat { node, min, max, is_greedy } => self.emit_repeat(node, *min, *max, *is_greedy),
            Node::Look { node, is_behind, is_negative } => {
                let n_chars_behind = if *is_behind { node.min_chars() } else { 0 };
                let look = Instruction::Look { n_chars_behind, is_negative: *is_negative, after: 0 };
                let at = self.push(look)?;
                self.emit(node)?;
                let end = self.push(Instruction::Match)?;
                if let Instruction::Look { after, .. } = &mut self.instructions[at] {
                    *after = end + 1;
                }
                Ok(())
            }
        }
    }

    fn emit_alternatives(&mut self, nodes: &[Node]) -> Result<(), Error> {
        let branch = self.push(Instruction::Jump(0))?;
        let mut starts = Vec::new();
        let mut jumps = Vec::new();
        for node in nodes {
            starts.push(self.instructions.len());
            self.emit(node)?;
            jumps.push(self.push(Instruction::Jump(0))?);
        }
        let after = self.instructions.len();
        for jump in jumps {
            self.instructions[jump] = Instruction::Jump(after);
        }
        let select = |can_begin: &dyn Fn(&Option<Vec<&Class>>) -> bool| -> Box<[usize]> {
            let firsts = nodes.iter().map(first_classes);
            firsts.zip(&starts).filter(|(first, _)| can_begin(first)).map(|(_, &start)| start).collect()
        };
        let by_ascii = std::array::from_fn(|c| {
            select(&|first| first.as_ref().is_none_or(|classes| classes.iter().any(|k| k.contains_ascii(c as u8))))
        });
        let dispatch = Dispatch { by_ascii, by_other: select(&|_| true), at_end: select(&|first| first.is_none()) };
        self.instructions[branch] = Instruction::Branch(Box::new(dispatch));
        Ok(())
    }

    fn emit_repeat(&mut self, node: &Node, min: u32, max: Option<u32>, is_greedy: bool) -> Result<(), Error> {
        for _ in 0..min {
            self.emit(node)?;
        }
        let split = |inside, after| {
            if is_greedy { Instruction::Split(inside, after) } else { Instruction::Split(after, inside) }
        };
        match max {
            None => {
                let at = self.push(Instruction::Jump(0))?;
                self.emit(node)?;
                let back = self.push(Instruction::Jump(at))?;
                self.instructions[at] = split(at + 1, back + 1);
            }
            Some(max) => {
                let mut splits = Vec::new();
                for _ in min..max {
                    splits.push(self.push(Instruction::Jump(0))?);
                    self.emit(node)?;
                }
                let after = self.instructions.len();
                for at in splits {
                    self.instructions[at] = split(at + 1, after);
                }
            }
        }
        Ok(())
    }

    /// The end of the match that begins at `start`, in characters; the first in the order of the alternatives.
    pub(super) fn match_at(&self, text: &[char], start: usize) -> Option<usize> {
        // A first look at the next character settles most questions.
        if let Instruction::Branch(dispatch) = &self.instructions[0]
            && dispatch.branches(text.get(start).copied()).is_empty()
        {
            return None;
        }
        let n_free_steps = FREE_STEPS_PER_CHAR.saturating_mul(text.len() - start + 16);
        let mut machine = Machine { program: self, text, n_steps_left: n_free_steps, seen: None, is_exhausted: false };
        let end = machine.run(0, start);
        if !machine.is_exhausted {
            return end;
        }
        let n_states = self.instructions.len().checked_mul(text.len() + 1).filter(|&n| n <= MAX_SEEN_BITS)?;
        let seen = Some(vec![0u64; n_states.div_ceil(64)]);
        Machine { program: self, text, n_steps_left: usize::MAX, seen, is_exhausted: false }.run(0, start)
    }
}

/// The classes one of which the first character of a match must be in; `None` if a match may be empty or
/// begins with an assertion.
fn first_classes(node: &Node) -> Option<Vec<&Class>> {
    match node {
        Node::Class(class) => Some(vec![class]),
        Node::Sequence(nodes) => {
            let mut solid = nodes.iter().skip_while(|node| matches!(node, Node::Start | Node::Look { .. }));
            first_classes(solid.next()?)
        }
        Node::Alternatives(nodes) => {
            let mut classes = Vec::new();
            for node in nodes {
                classes.extend(first_classes(node)?);
            }
            Some(classes)
        }
        Node::Repeat { node, min, .. } if *min > 0 => first_classes(node),
        _ => None,
    }
}

struct Machine<'a> {
    program: &'a Program,
    text: &'a [char],
    n_steps_left: usize,
    /// States (instruction, position) that are known to fail, one bit each.
    seen: Option<Vec<u64>>,
    is_exhausted: bool,
}

impl Machine<'_> {
    /// Runs from an instruction and a position to `Match`; gives the position there.
    fn run(&mut self, instruction: usize, position: usize) -> Option<usize> {
        let mut pending = vec![(instruction, position)];
        while let Some((mut pc, mut at)) = pending.pop() {
            loop {
                if self.n_steps_left == 0 {
                    self.is_exhausted = true;
                    return None;
                }
                self.n_steps_left -= 1;
                if let Some(seen) = &mut self.seen {
                    let state = pc * (self.text.len() + 1) + at;
                    let bit = 1u64 << (state % 64);
                    if seen[state / 64] & bit != 0 {
                        break;
                    }
                    seen[state / 64] |= bit;
                }
                match &self.program.instructions[pc] {
                    Instruction::Match => return Some(at),
                    Instruction::Class(class) => match self.text.get(at) {
                        Some(&c) if class.contains(c) => {
                            at += 1;
                            pc += 1;
                        }
                        _ => break,
                    },
                    Instruction::Branch(dispatch) => {
                        let branches = dispatch.branches(self.text.get(at).copied());
                        let Some((&first, rest)) = branches.split_first() else { break };
                        pending.extend(rest.iter().rev().map(|&branch| (branch, at)));
                        pc = first;
                    }
                    &Instruction::Split(first, second) => {
                        pending.push((second, at));
                        pc = first;
                    }
                    &Instruction::Jump(to) => pc = to,
                    Instruction::Start if at == 0 => pc += 1,
                    Instruction::End if is_at_end(self.text, at) => pc += 1,
                    Instruction::Start | Instruction::End => break,
                    &Instruction::Look { n_chars_behind, is_negative, after } => {
                        let is_found = at.checked_sub(n_chars_behind).is_some_and(|from| self.look(pc + 1, from));
                        if self.is_exhausted {
                            return None;
                        }
                        if is_found == is_negative {
                            break;
                        }
                        pc = after;
                    }
                }
                // An empty round of a repeat leads back to a state that is already under way.
                if pending.len() > self.text.len().saturating_mul(64) + 100_000 {
                    self.is_exhausted = true;
                    return None;
                }
            }
        }
        None
    }

    /// Whether the look-around that begins at an instruction holds at a position. Its states are not
    /// recorded: it succeeds or fails as a whole, and it is short.
    fn look(&mut self, pc: usize, at: usize) -> bool {
        let mut inner =
            Machine { program: self.program, text: self.text, n_steps_left: self.n_steps_left, seen: None, ..*self };
        let is_found = inner.run(pc, at).is_some();
        let (n_steps_left, is_exhausted) = (inner.n_steps_left, inner.is_exhausted);
        (self.n_steps_left, self.is_exhausted) = (n_steps_left, is_exhausted);
        is_found
    }
}

/// `$`: at the end, or before a line break that ends the text.
fn is_at_end(text: &[char], at: usize) -> bool {
    at == text.len() || (at + 1 == text.len() && text[at] == '\n')
}
