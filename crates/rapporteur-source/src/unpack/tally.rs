use super::{Flow, Place, Problem, Unpacker};
use std::ops::ControlFlow;

/// Reports the first of many equal problems and counts the others: a table of a million rows without text is told in
/// two lines.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// By reason, in the order in which they came.
    counted: Vec<(String, usize)>,
}

/// So many of one reason are reported one by one.
const N_SHOWN: usize = 3;
/// Messages that quote differ all; beyond so many reasons they are counted as one.
const MAX_REASONS: usize = 100;
const OTHER_REASONS: &str = "other reasons";

impl Tally {
    pub(super) fn skip(&mut self, unpacker: &mut Unpacker, place: &Place, problem: Problem) -> Flow {
        let known = self.counted.iter().position(|(reason, _)| *reason == problem.reason);
        let idx = known.unwrap_or_else(|| {
            match self.counted.len() {
                0..MAX_REASONS => self.counted.push((problem.reason.clone(), 0)),
                MAX_REASONS => self.counted.push((OTHER_REASONS.to_string(), 0)),
                _ => {}
            }
            self.counted.len() - 1
        });
        let (_, count) = &mut self.counted[idx];
        let n_before = *count;
        *count += 1;
        if n_before < N_SHOWN { unpacker.skip(place, problem) } else { ControlFlow::Continue(()) }
    }

    /// Tells how many were not reported.
    pub(super) fn finish(self, unpacker: &mut Unpacker, place: &Place, what: &str) -> Flow {
        for (reason, count) in self.counted.into_iter().filter(|(_, count)| *count > N_SHOWN) {
            let hint = format!("the first {N_SHOWN} are named");
            let reason = format!("{} more {what}: {reason}", count - N_SHOWN);
            unpacker.skip(place, Problem::new(reason, hint))?;
        }
        ControlFlow::Continue(())
    }
}
