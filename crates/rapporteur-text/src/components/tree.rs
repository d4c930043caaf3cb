//! From arcs to trees: sentence boundaries, and relations that the parser marked as moved
//! (pseudo-projective parsing, Nivre & Nilsson 2005).

use super::parser::Arcs;
use crate::labels::{LabelId, Labels};
use hashbrown::HashMap;
use std::collections::VecDeque;

/// Rounds of edge propagation; spaCy gives up here too.
const MAX_ROUNDS: usize = 12;

/// A parsed document: arcs and the sentences that follow from them.
#[derive(Debug)]
pub(crate) struct Tree {
    pub(crate) heads: Vec<u32>,
    pub(crate) labels: Vec<LabelId>,
    pub(crate) is_sentence_start: Vec<bool>,
    left_edge: Vec<u32>,
    right_edge: Vec<u32>,
}

/// A relation that says where the token was moved from: `pobj||prep`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moved {
    /// The relation itself.
    pub(crate) label: LabelId,
    /// The relation of the true head.
    pub(crate) head_label: LabelId,
}

/// The moved relations among the names of a pipeline, by their number.
pub(crate) fn moved_relations(labels: &mut Labels) -> HashMap<LabelId, Moved> {
    let names: Vec<String> = labels.names().map(str::to_string).collect();
    let moved = names.iter().enumerate().filter_map(|(id, name)| {
        let (label, head_label) = name.split_once("||")?;
        Some((LabelId(id as u16), Moved { label: labels.intern(label), head_label: labels.intern(head_label) }))
    });
    moved.collect()
}

impl Tree {
    /// Completes the arcs of a document; `is_space` says which tokens are white space.
    pub(crate) fn build(
        arcs: Arcs,
        root: LabelId,
        moved: &HashMap<LabelId, Moved>,
        is_space: impl Fn(usize) -> bool,
    ) -> Tree {
        let Arcs { heads, mut labels } = arcs;
        let n = heads.len();
        for (token, label) in labels.iter_mut().enumerate() {
            if heads[token] as usize == token {
                *label = root;
            }
        }
        let mut tree =
            Tree { heads, labels, is_sentence_start: vec![false; n], left_edge: vec![0; n], right_edge: vec![0; n] };
        tree.find_edges();
        if tree.move_back(moved, is_space) {
            tree.find_edges();
        }
        tree.mark_sentences();
        tree
    }

    /// Finds the first and last token below each token.
    fn find_edges(&mut self) {
        for token in 0..self.heads.len() {
            self.left_edge[token] = token as u32;
            self.right_edge[token] = token as u32;
        }
        for _ in 0..MAX_ROUNDS {
            self.spread_edges();
            if self.is_settled() {
                break;
            }
        }
    }

    fn spread_edges(&mut self) {
        let n = self.heads.len();
        for token in (0..n).chain((0..n).rev()) {
            let head = self.heads[token] as usize;
            self.left_edge[head] = self.left_edge[head].min(self.left_edge[token]);
            self.right_edge[head] = self.right_edge[head].max(self.right_edge[token]);
        }
    }

    /// Whether every head lies in the stretch between sentence starts that its token lies in. The
    /// stretch is taken to include the token after it, and the last token is not looked at: so spaCy
    /// has it, and it decides when the rounds end.
    fn is_settled(&self) -> bool {
        let n = self.heads.len();
        let mut is_start = vec![false; n];
        for token in 0..n {
            if self.heads[token] as usize == token {
                is_start[self.left_edge[token] as usize] = true;
            }
        }
        let mut start = 0;
        for (end, &is_start) in is_start.iter().enumerate() {
            if (end > 0 && is_start) || end + 1 == n {
                let is_inside = |head: &u32| (start..=end).contains(&(*head as usize));
                if !self.heads[start..end].iter().all(is_inside) {
                    return false;
                }
                start = end;
            }
        }
        true
    }

    fn mark_sentences(&mut self) {
        self.is_sentence_start.fill(false);
        for token in 0..self.heads.len() {
            if self.heads[token] as usize == token && self.labels[token] != LabelId::NONE {
                self.is_sentence_start[self.left_edge[token] as usize] = true;
            }
        }
    }

    /// Attaches tokens with a moved relation to the head that the relation names: the first token with
    /// that relation below the present head, level by level. Gives whether there was any.
    fn move_back(&mut self, moved: &HashMap<LabelId, Moved>, is_space: impl Fn(usize) -> bool) -> bool {
        if !self.labels.iter().any(|label| moved.contains_key(label)) {
            return false;
        }
        let mut children: Vec<Vec<u32>> = vec![Vec::new(); self.heads.len()];
        for token in 0..self.heads.len() {
            let head = self.heads[token] as usize;
            if head != token {
                children[head].push(token as u32);
            }
        }
        for token in 0..self.heads.len() {
            let Some(&Moved { label, head_label }) = moved.get(&self.labels[token]) else { continue };
            let old = self.heads[token];
            let new = self.find_below(old, token as u32, head_label, &children, &is_space).unwrap_or(old);
            if new != old {
                self.heads[token] = new;
                children[old as usize].retain(|&child| child != token as u32);
                let siblings = &mut children[new as usize];
                siblings.insert(siblings.partition_point(|&child| child < token as u32), token as u32);
            }
            self.labels[token] = label;
        }
        true
    }

    fn find_below(
        &self,
        head: u32,
        token: u32,
        label: LabelId,
        children: &[Vec<u32>],
        is_space: &impl Fn(usize) -> bool,
    ) -> Option<u32> {
        let mut queue = VecDeque::from([head]);
        // A token is looked at once for each place it hangs at; a circle (which no tree has) must end too.
        let mut n_left = self.heads.len();
        while let Some(above) = queue.pop_front() {
            let edges = self.left_edge[above as usize]..=self.right_edge[above as usize];
            for &child in &children[above as usize] {
                if !edges.contains(&child) || is_space(child as usize) || child == token {
                    continue;
                }
                if self.labels[child as usize] == label {
                    return Some(child);
                }
                n_left = n_left.checked_sub(1)?;
                queue.push_back(child);
            }
        }
        None
    }
}
