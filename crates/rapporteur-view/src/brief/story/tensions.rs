//! Where accounts cannot all stand, in the few words that clash.

use super::{SupportLine, WordPlace};
use crate::Error;
use crate::lookup::Lookup;
use crate::visible::on_one_line;
use rapporteur_model::{Tension, TensionKind, TensionSide};
use serde::Serialize;

/// Readings that cannot all stand, or that show a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TensionLine {
    /// What clashes.
    pub kind: TensionKind,
    /// Whether it is a change over time.
    pub is_change: bool,
    /// What it is about.
    pub reason: String,
    /// The readings.
    pub sides: Vec<SideLine>,
}

/// One of the readings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SideLine {
    /// Its value, where it has one.
    pub value: String,
    /// The exact words at some places, each on one line and once.
    pub words: Vec<String>,
    /// Where they stand.
    pub places: Vec<WordPlace>,
    /// On what it rests.
    pub support: SupportLine,
}

/// The tensions, in the order of the story.
pub(in crate::brief) fn tensions(lookup: &Lookup<'_>) -> Result<Vec<TensionLine>, Error> {
    let line = |tension: &Tension| {
        Ok(TensionLine {
            kind: tension.kind,
            is_change: tension.is_change,
            reason: on_one_line(&tension.reason),
            sides: tension.sides.iter().map(|side| side_line(lookup, side)).collect::<Result<_, Error>>()?,
        })
    };
    lookup.reading.story.tensions.iter().map(line).collect()
}

fn side_line(lookup: &Lookup<'_>, side: &TensionSide) -> Result<SideLine, Error> {
    let mut words: Vec<String> = Vec::new();
    for place in &side.places {
        let here = on_one_line(lookup.place_words(place)?.1);
        if !words.contains(&here) {
            words.push(here);
        }
    }
    Ok(SideLine {
        value: on_one_line(&side.value),
        words,
        places: side.places.iter().map(|place| WordPlace::new(lookup, place)).collect::<Result<_, Error>>()?,
        support: SupportLine::new(lookup, &side.support)?,
    })
}
