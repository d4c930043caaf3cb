//! Events, in the terms of PLOVER and CAMEO.

use crate::{Polarity, PredicationIdx, Status};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who did what to whom: a predication with its code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its trigger, participants, status, time and place.
    pub predication: PredicationIdx,
    /// The PLOVER type.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// The PLOVER mode, or another word for how it was done: "offer", "military".
    pub mode: Option<String>,
    /// The entry of the frames that it was told by, with its file: `frames-assault.txt: verb open + fire`.
    pub frame: String,
}

/// Index into [`crate::Record::events`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct EventIdx(pub u32);

/// What kind of thing was done: the types of PLOVER.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "the names are the field's own words")]
pub enum EventType {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
}

impl EventType {
    /// All types, from the most cooperative to the most hostile.
    pub const ALL: [EventType; 16] = [
        EventType::Agree,
        EventType::Consult,
        EventType::Support,
        EventType::Concede,
        EventType::Cooperate,
        EventType::Aid,
        EventType::Retreat,
        EventType::Request,
        EventType::Accuse,
        EventType::Reject,
        EventType::Threaten,
        EventType::Protest,
        EventType::Sanction,
        EventType::Mobilize,
        EventType::Coerce,
        EventType::Assault,
    ];

    /// The name, as it is written in JSON and shown.
    pub fn name(self) -> &'static str {
        match self {
            EventType::Agree => "AGREE",
            EventType::Consult => "CONSULT",
            EventType::Support => "SUPPORT",
            EventType::Concede => "CONCEDE",
            EventType::Cooperate => "COOPERATE",
            EventType::Aid => "AID",
            EventType::Retreat => "RETREAT",
            EventType::Request => "REQUEST",
            EventType::Accuse => "ACCUSE",
            EventType::Reject => "REJECT",
            EventType::Threaten => "THREATEN",
            EventType::Protest => "PROTEST",
            EventType::Sanction => "SANCTION",
            EventType::Mobilize => "MOBILIZE",
            EventType::Coerce => "COERCE",
            EventType::Assault => "ASSAULT",
        }
    }

    /// The root of the CAMEO code, two digits as CAMEO writes it.
    ///
    /// PLOVER was made by joining roots of CAMEO, so that several may stand behind one type. This is the root
    /// that names most of what the type holds: 01 (make a statement) and 02 (appeal) have no type of their
    /// own, CONCEDE and RETREAT share 08 (yield), and 20 (unconventional mass violence) is part of ASSAULT.
    pub fn cameo_root(self) -> &'static str {
        match self {
            EventType::Agree => "03",
            EventType::Consult => "04",
            EventType::Support => "05",
            EventType::Cooperate => "06",
            EventType::Aid => "07",
            EventType::Concede | EventType::Retreat => "08",
            EventType::Request => "10",
            EventType::Accuse => "11",
            EventType::Reject => "12",
            EventType::Threaten => "13",
            EventType::Protest => "14",
            EventType::Mobilize => "15",
            EventType::Sanction => "16",
            EventType::Coerce => "17",
            EventType::Assault => "18",
        }
    }

    /// The type that a coder who follows the codebook of PLOVER gives to a report of such an event: cooperation that
    /// lies ahead is an intent (AGREE), and cooperation that somebody will not give is a refusal (REJECT).
    pub fn coded(self, status: Status, polarity: Polarity) -> Self {
        let is_cooperative = matches!(
            self,
            EventType::Agree
                | EventType::Consult
                | EventType::Support
                | EventType::Cooperate
                | EventType::Aid
                | EventType::Concede
                | EventType::Retreat
        );
        match (status, polarity) {
            (Status::Denied, _) | (Status::Hypothetical | Status::Planned, Polarity::Negative) if is_cooperative => {
                EventType::Reject
            }
            (Status::Planned, Polarity::Positive) if is_cooperative => EventType::Agree,
            _ => self,
        }
    }

    /// The quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    ///
    /// DIFFERENCE: PLOVER counts CONCEDE as verbal; CAMEO's root 08 (yield), which it shares with RETREAT, is
    /// material, and so it is here.
    pub fn quad(self) -> u8 {
        match self {
            EventType::Agree | EventType::Consult | EventType::Support => 1,
            EventType::Concede | EventType::Cooperate | EventType::Aid | EventType::Retreat => 2,
            EventType::Request | EventType::Accuse | EventType::Reject | EventType::Threaten => 3,
            EventType::Protest | EventType::Sanction | EventType::Mobilize | EventType::Coerce | EventType::Assault => {
                4
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_ahead_is_coded_as_intent_and_what_is_not_given_as_refusal() {
        let coded = |kind: EventType, status, polarity| kind.coded(status, polarity);
        assert_eq!(coded(EventType::Retreat, Status::Planned, Polarity::Positive), EventType::Agree);
        assert_eq!(coded(EventType::Retreat, Status::Hypothetical, Polarity::Negative), EventType::Reject);
        assert_eq!(coded(EventType::Retreat, Status::Happened, Polarity::Positive), EventType::Retreat);
        assert_eq!(coded(EventType::Assault, Status::Planned, Polarity::Positive), EventType::Assault);
    }

    #[test]
    fn a_type_is_named_as_it_is_written() {
        for kind in EventType::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
    }
}
