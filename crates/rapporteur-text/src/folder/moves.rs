//! `moves`: the classes of a transition system, in the order of the rows of its output layer.

use super::msgpack::{self, Access};
use crate::error::Error;
use serde_json::Value;

/// One class: an action (a number that the system gives meaning to) with a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Move {
    pub(crate) action: u8,
    pub(crate) label: String,
}

/// Reads the classes: for each action, by its name as a string, labels by falling frequency, then by
/// falling name; labels with a negative count were added after training and come last.
pub(crate) fn parse(bytes: &[u8]) -> Result<Vec<Move>, Error> {
    let value = msgpack::decode(bytes)?;
    let json = value.require("moves")?.string()?;
    let moves: Value = serde_json::from_str(json).map_err(|error| Error::corrupt(error.to_string()))?;
    let actions = moves.as_object().ok_or_else(|| Error::corrupt("moves is not a map"))?;
    let mut actions: Vec<_> = actions.iter().collect();
    actions.sort_by_key(|(name, _)| *name);

    let mut classes = Vec::new();
    let mut added: Vec<(i64, String, Vec<u8>)> = Vec::new();
    for (name, labels) in actions {
        let action: u8 = name.parse().map_err(|_| Error::corrupt(format!("action {name:?} is not a number")))?;
        let labels = labels.as_object().ok_or_else(|| Error::corrupt("labels are not a map"))?;
        let counts = labels.iter().map(|(label, count)| Some((count.as_i64()?, label.clone())));
        let mut counts = counts.collect::<Option<Vec<_>>>().ok_or_else(|| Error::corrupt("a count is not a number"))?;
        counts.sort_unstable_by(|a, b| b.cmp(a));
        for (count, label) in counts {
            if count >= 0 {
                classes.push(Move { action, label });
            } else if let Some((_, _, actions)) = added.iter_mut().find(|entry| entry.1 == label) {
                actions.push(action);
            } else {
                added.push((count, label, vec![action]));
            }
        }
    }
    added.sort_unstable_by(|a, b| b.cmp(a));
    for (_, label, actions) in added {
        for action in actions {
            let class = Move { action, label: label.clone() };
            if !classes.contains(&class) {
                classes.push(class);
            }
        }
    }
    Ok(classes)
}
