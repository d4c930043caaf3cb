//! The dependency parser: a non-monotonic arc-eager transition system (Honnibal & Johnson 2015, "An
//! Improved Non-monotonic Transition System for Dependency Parsing") with a BREAK action for
//! sentences.

use super::rows::Rows;
use crate::error::Error;
use crate::folder::moves::Move;
use crate::folder::thinc::Model;
use crate::labels::{LabelId, Labels};
use crate::layers::lane::Lane;
use crate::layers::transition::Scorer;
use std::ops::Range;

/// Tokens that a state is scored by.
const N_FEATURES: usize = 8;
/// No token.
const NONE: u32 = u32::MAX;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Shift,
    Reduce,
    Left,
    Right,
    Break,
}

const ACTIONS: [Action; 5] = [Action::Shift, Action::Reduce, Action::Left, Action::Right, Action::Break];

/// A loaded parser.
#[derive(Debug)]
pub(crate) struct Parser {
    pub(crate) scorer: Scorer,
    classes: Vec<(Action, LabelId)>,
    /// For each set of valid actions (bit `n` for `ACTIONS[n]`) the mask of its classes.
    masks: Vec<Vec<Lane>>,
}

/// What is known of a sentence start before parsing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Preset {
    #[default]
    Unknown,
    Start,
    NoStart,
}

impl Parser {
    pub(crate) fn new(model: &Model<'_>, moves: &[Move], labels: &mut Labels) -> Result<Self, Error> {
        let scorer = Scorer::from_model(model, N_FEATURES, moves)?;
        let class = |class: &Move| match ACTIONS.get(class.action as usize) {
            Some(_) if class.label == "subtok" => Err(Error::unsupported("a parser that joins tokens (subtok)")),
            Some(&action) => Ok((action, labels.intern(&class.label))),
            None => Err(Error::corrupt(format!("action {} is none of the parser's", class.action))),
        };
        let classes = moves.iter().map(class).collect::<Result<Vec<_>, _>>()?;
        let bit = |action: Action| 1usize << action as usize;
        let mask = |valid: usize| scorer.mask(|class| valid & bit(classes[class].0) != 0);
        let masks = (0..1 << ACTIONS.len()).map(mask).collect();
        Ok(Parser { scorer, classes, masks })
    }

    /// Parses a document. `presets` has an entry for each token; `on_vectors` is shown the token
    /// vectors as they are computed, window by window.
    pub(crate) fn parse(
        &self,
        rows: &mut Rows<'_, '_>,
        presets: &[Preset],
        mut on_vectors: impl FnMut(Range<usize>, &[Lane]),
    ) -> Arcs {
        let mut state = State::new(presets);
        while !state.is_final() {
            let window_end = rows.window().end;
            let n_tokens = presets.len();
            // The farthest token that the state sees is the second of the buffer.
            if state.next as usize + 1 >= window_end && window_end < n_tokens {
                rows.advance(|token| state.can_reach(token), &mut on_vectors);
                continue;
            }
            let Some(class) = rows.best(state.features(), &self.masks[state.valid_actions()]) else { break };
            let (action, label) = self.classes[class];
            state.apply(action, label);
        }
        // What the state never looked at still has vectors.
        while rows.window().end < presets.len() {
            rows.advance(|_| false, &mut on_vectors);
        }
        state.arcs
    }
}

/// Heads and relations.
#[derive(Debug)]
pub(crate) struct Arcs {
    /// The head of each token, itself where it has none.
    pub(crate) heads: Vec<u32>,
    pub(crate) labels: Vec<LabelId>,
}

/// A state of the transition system.
struct State<'p> {
    presets: &'p [Preset],
    stack: Vec<u32>,
    /// Tokens put back to the front of the buffer, the last first.
    put_back: Vec<u32>,
    /// First token of the buffer that was never shifted.
    next: u32,
    arcs: Arcs,
    has_head: Vec<bool>,
    cannot_be_shifted: Vec<bool>,
    is_start: Vec<bool>,
    /// Taken off the stack for good.
    is_done: Vec<bool>,
    /// Last added child on each side, and for each child the one that was last before it.
    last_left: Vec<u32>,
    last_right: Vec<u32>,
    child_before: Vec<u32>,
}

impl<'p> State<'p> {
    fn new(presets: &'p [Preset]) -> Self {
        let n = presets.len();
        State {
            presets,
            stack: Vec::new(),
            put_back: Vec::new(),
            next: 0,
            arcs: Arcs { heads: (0..n as u32).collect(), labels: vec![LabelId::NONE; n] },
            has_head: vec![false; n],
            cannot_be_shifted: vec![false; n],
            is_start: vec![false; n],
            is_done: vec![false; n],
            last_left: vec![NONE; n],
            last_right: vec![NONE; n],
            child_before: vec![NONE; n],
        }
    }

    fn n_buffered(&self) -> usize {
        self.presets.len() - self.next as usize + self.put_back.len()
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.n_buffered() == 0
    }

    fn buffer(&self, n: usize) -> Option<u32> {
        if let Some(at) = self.put_back.len().checked_sub(n + 1) {
            return Some(self.put_back[at]);
        }
        let token = self.next + (n - self.put_back.len()) as u32;
        ((token as usize) < self.presets.len()).then_some(token)
    }

    fn stack(&self, n: usize) -> Option<u32> {
        self.stack.len().checked_sub(n + 1).map(|at| self.stack[at])
    }

    fn features(&self) -> [Option<u32>; N_FEATURES] {
        let child =
            |last: &[u32], head: Option<u32>| head.map(|head| last[head as usize]).filter(|&child| child != NONE);
        let (b0, s0) = (self.buffer(0), self.stack(0));
        [
            b0,
            self.buffer(1),
            s0,
            self.stack(1),
            self.stack(2),
            child(&self.last_left, b0),
            child(&self.last_left, s0),
            child(&self.last_right, s0),
        ]
    }

    /// Whether a feature of this or a later state can be the given token: it is on the stack or in the
    /// buffer, or hangs below one that is.
    fn can_reach(&self, token: u32) -> bool {
        !self.is_done[token as usize] || !self.is_done[self.arcs.heads[token as usize] as usize]
    }

    fn starts_sentence(&self, token: Option<u32>) -> bool {
        token.is_some_and(|t| self.presets[t as usize] == Preset::Start || self.is_start[t as usize])
    }

    fn cannot_start(&self, token: Option<u32>) -> bool {
        token.is_some_and(|t| self.presets[t as usize] == Preset::NoStart)
    }

    /// The actions that may follow, as a set of bits.
    fn valid_actions(&self) -> usize {
        let (b0, b1) = (self.buffer(0), self.buffer(1));
        let n_buffered = self.n_buffered();
        let b0_starts = self.starts_sentence(b0);
        let is_shift = self.stack.is_empty()
            || (n_buffered >= 2 && !b0_starts && !b0.is_some_and(|t| self.cannot_be_shifted[t as usize]));
        let is_reduce =
            !self.stack.is_empty() && (n_buffered == 0 || !(self.stack.len() == 1 && self.cannot_start(b0)));
        let is_arc = !self.stack.is_empty() && n_buffered > 0 && !b0_starts;
        let is_neighbour = n_buffered >= 2 && b1 == b0.map(|b0| b0 + 1);
        let is_break = is_neighbour && !self.starts_sentence(b1) && !self.cannot_start(b1);
        let valid = [is_shift, is_reduce, is_arc, is_arc, is_break];
        valid.iter().enumerate().fold(0, |set, (n, &is_valid)| set | usize::from(is_valid) << n)
    }

    /// Applies a valid action.
    fn apply(&mut self, action: Action, label: LabelId) {
        match action {
            Action::Shift => self.shift(),
            Action::Reduce => {
                let Some(top) = self.stack.pop() else { return };
                if !self.has_head[top as usize] && !self.stack.is_empty() {
                    self.cannot_be_shifted[top as usize] = true;
                    self.put_back.push(top);
                } else {
                    self.is_done[top as usize] = true;
                }
            }
            Action::Left => {
                let (Some(top), Some(b0)) = (self.stack.pop(), self.buffer(0)) else { return };
                self.add_arc(b0, top, label);
                self.is_done[top as usize] = true;
                self.cannot_be_shifted[b0 as usize] = false;
            }
            Action::Right => {
                let (Some(top), Some(b0)) = (self.stack(0), self.buffer(0)) else { return };
                self.add_arc(top, b0, label);
                self.shift();
            }
            Action::Break => {
                if let Some(b1) = self.buffer(1) {
                    self.is_start[b1 as usize] = true;
                }
            }
        }
    }

    fn shift(&mut self) {
        let token = self.put_back.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(token);
    }

    fn add_arc(&mut self, head: u32, child: u32, label: LabelId) {
        let c = child as usize;
        if self.has_head[c] {
            let old = self.arcs.heads[c];
            let last = if old > child { &mut self.last_left } else { &mut self.last_right };
            // A child that loses its head was always the last to be added to it.
            if last[old as usize] == child {
                last[old as usize] = self.child_before[c];
            }
        }
        let last = if head > child { &mut self.last_left } else { &mut self.last_right };
        self.child_before[c] = last[head as usize];
        last[head as usize] = child;
        self.has_head[c] = true;
        self.arcs.heads[c] = head;
        self.arcs.labels[c] = label;
    }
}
