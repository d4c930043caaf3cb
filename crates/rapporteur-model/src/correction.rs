//! What people put right by hand: entries of a log that is only ever added to, and replayed over every story.

use crate::{ArticleId, CorrectionId, Instant, StatementClass, TextId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One entry of the log of corrections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Correction {
    /// Names the entry: a hash of everything else in it, so that one entry in two logs is one.
    pub id: CorrectionId,
    /// When it was made.
    pub at: Instant,
    /// Who made it, as the person signs.
    pub author: String,
    /// What it does.
    #[serde(flatten)]
    pub act: CorrectionAct,
    /// Why, in the author's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What a correction does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum CorrectionAct {
    /// Actors, utterances or happenings are one; all of one layer.
    Merge {
        /// Those that are one, two or more.
        targets: Vec<Target>,
    },
    /// An actor, an utterance or a happening is two: its members at the given places are apart from the rest.
    Split {
        /// What it was, with the places of what is apart.
        target: Target,
    },
    /// An actor or an issue bears this name.
    Rename {
        /// Which.
        target: Target,
        /// Its name.
        name: String,
    },
    /// Somebody else says it, or nobody that can be told.
    Attribute {
        /// A statement or an utterance.
        target: Target,
        /// The actor who says it; one without places is brought in by its name. `None` for nobody.
        speaker: Option<Target>,
    },
    /// It is wrong, and counts no more.
    Reject {
        /// What.
        target: Target,
    },
    /// It was looked at and is right.
    Accept {
        /// What.
        target: Target,
    },
    /// A remark.
    Note {
        /// On what.
        target: Target,
        /// The remark.
        text: String,
    },
    /// A word of one's own to find it by.
    Tag {
        /// What.
        target: Target,
        /// The word.
        tag: String,
    },
    /// How far a source or what it reports can be relied on: the two axes of the Admiralty system (NATO AJP-2.1), which
    /// are judged apart.
    Rate {
        /// An article or an outlet, for reliability; an item of the story, for credibility.
        target: Target,
        /// How reliable the source is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reliability: Option<Reliability>,
        /// How credible the information is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        credibility: Option<Credibility>,
    },
    /// A statement that the program did not find, by the words that say it.
    Add {
        /// The reported words.
        words: Anchor,
        /// Who says it; `None` where the article does not tell.
        speaker: Option<Target>,
        /// What kind of act it is.
        class: StatementClass,
    },
    /// An earlier entry no longer holds.
    Undo {
        /// Which.
        correction: CorrectionId,
    },
}

impl CorrectionAct {
    /// The name, as it is written in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            CorrectionAct::Merge { .. } => "merge",
            CorrectionAct::Split { .. } => "split",
            CorrectionAct::Rename { .. } => "rename",
            CorrectionAct::Attribute { .. } => "attribute",
            CorrectionAct::Reject { .. } => "reject",
            CorrectionAct::Accept { .. } => "accept",
            CorrectionAct::Note { .. } => "note",
            CorrectionAct::Tag { .. } => "tag",
            CorrectionAct::Rate { .. } => "rate",
            CorrectionAct::Add { .. } => "add",
            CorrectionAct::Undo { .. } => "undo",
        }
    }

    /// What it is about, a speaker last.
    pub fn targets(&self) -> Vec<&Target> {
        match self {
            CorrectionAct::Merge { targets } => targets.iter().collect(),
            CorrectionAct::Attribute { target, speaker } => [target].into_iter().chain(speaker).collect(),
            CorrectionAct::Add { speaker, .. } => speaker.iter().collect(),
            CorrectionAct::Split { target }
            | CorrectionAct::Rename { target, .. }
            | CorrectionAct::Reject { target }
            | CorrectionAct::Accept { target }
            | CorrectionAct::Note { target, .. }
            | CorrectionAct::Tag { target, .. }
            | CorrectionAct::Rate { target, .. } => vec![target],
            CorrectionAct::Undo { .. } => Vec::new(),
        }
    }

    /// [`Self::targets`], to be changed.
    pub fn targets_mut(&mut self) -> Vec<&mut Target> {
        match self {
            CorrectionAct::Merge { targets } => targets.iter_mut().collect(),
            CorrectionAct::Attribute { target, speaker } => [target].into_iter().chain(speaker).collect(),
            CorrectionAct::Add { speaker, .. } => speaker.iter_mut().collect(),
            CorrectionAct::Split { target }
            | CorrectionAct::Rename { target, .. }
            | CorrectionAct::Reject { target }
            | CorrectionAct::Accept { target }
            | CorrectionAct::Note { target, .. }
            | CorrectionAct::Tag { target, .. }
            | CorrectionAct::Rate { target, .. } => vec![target],
            CorrectionAct::Undo { .. } => Vec::new(),
        }
    }
}

/// What a correction is about: named as it was when it was made, and held by words of articles, so that it is found again
/// in another story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Target {
    /// What sort of thing it is.
    pub layer: TargetLayer,
    /// Its id when the correction was made.
    pub id: String,
    /// What a reader knows it by: a name, or its words.
    pub label: String,
    /// Where it stands: mentions of an actor, the reported words of a statement, the trigger of an event, the evidence of
    /// a stance.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Anchor>,
}

/// What sort of thing a correction is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the glossary has the words")]
pub enum TargetLayer {
    Actor,
    Utterance,
    Happening,
    Issue,
    Position,
    Timeline,
    Tension,
    Article,
    Outlet,
}

impl TargetLayer {
    /// All layers.
    pub const ALL: [TargetLayer; 9] = [
        TargetLayer::Actor,
        TargetLayer::Utterance,
        TargetLayer::Happening,
        TargetLayer::Issue,
        TargetLayer::Position,
        TargetLayer::Timeline,
        TargetLayer::Tension,
        TargetLayer::Article,
        TargetLayer::Outlet,
    ];

    /// The layers of a story, in the order in which a case has them.
    pub const OF_STORY: [TargetLayer; 7] = [
        TargetLayer::Actor,
        TargetLayer::Utterance,
        TargetLayer::Happening,
        TargetLayer::Issue,
        TargetLayer::Position,
        TargetLayer::Timeline,
        TargetLayer::Tension,
    ];

    /// The name, as it is written in JSON.
    pub fn name(self) -> &'static str {
        match self {
            TargetLayer::Actor => "actor",
            TargetLayer::Utterance => "utterance",
            TargetLayer::Happening => "happening",
            TargetLayer::Issue => "issue",
            TargetLayer::Position => "position",
            TargetLayer::Timeline => "timeline",
            TargetLayer::Tension => "tension",
            TargetLayer::Article => "article",
            TargetLayer::Outlet => "outlet",
        }
    }
}

/// Words of an article that hold a correction: found again by their position, and where the article was read anew by the
/// words and those around them. The fields of the quotation are a TextPositionSelector and a TextQuoteSelector of the W3C
/// Web Annotation Data Model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Anchor {
    /// The article.
    pub article: ArticleId,
    /// Its text.
    pub text: TextId,
    /// Where it came from.
    pub location: String,
    /// Position of the first code point in the text.
    pub start: u32,
    /// Position after the last.
    pub end: u32,
    /// The words.
    pub exact: String,
    /// Up to 32 code points before them.
    pub prefix: String,
    /// Up to 32 code points after them.
    pub suffix: String,
}

/// How reliable a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Reliability {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Cannot be judged.
    F,
}

/// How credible information is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(into = "u8", try_from = "u8")]
#[schemars(extend("minimum" = 1, "maximum" = 6))]
pub enum Credibility {
    /// Confirmed by other sources.
    Confirmed = 1,
    /// Probably true.
    Probable = 2,
    /// Possibly true.
    Possible = 3,
    /// Doubtful.
    Doubtful = 4,
    /// Improbable.
    Improbable = 5,
    /// Cannot be judged.
    Unknown = 6,
}

impl From<Credibility> for u8 {
    fn from(credibility: Credibility) -> u8 {
        credibility as u8
    }
}

impl TryFrom<u8> for Credibility {
    type Error = String;

    fn try_from(number: u8) -> Result<Self, String> {
        Ok(match number {
            1 => Credibility::Confirmed,
            2 => Credibility::Probable,
            3 => Credibility::Possible,
            4 => Credibility::Doubtful,
            5 => Credibility::Improbable,
            6 => Credibility::Unknown,
            _ => return Err(format!("{number} is no credibility: write 1 to 6")),
        })
    }
}

/// What corrections leave on a story beside what they change in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Corrected {
    /// Which items bear which corrections, in the order of the log and then of the items.
    pub marks: Vec<Mark>,
    /// Corrections whose words or items are gone, in the order of the log, with the reason.
    pub orphans: Vec<Orphan>,
}

/// A correction on an item of the story as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The correction.
    pub correction: CorrectionId,
    /// What sort of thing bears it.
    pub layer: TargetLayer,
    /// The item's id in this story; of a rejected item the one it had when the correction was made.
    pub item: String,
}

/// A correction that holds on nothing any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Orphan {
    /// The correction.
    pub correction: CorrectionId,
    /// What is gone, as a lowercase fragment: "the words stand in no article of the case".
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correction_is_one_flat_object() {
        let rated = CorrectionAct::Rate {
            target: Target {
                layer: TargetLayer::Outlet,
                id: "Amber Line".to_string(),
                label: "Amber Line".to_string(),
                places: Vec::new(),
            },
            reliability: Some(Reliability::B),
            credibility: None,
        };
        let correction = Correction {
            id: CorrectionId::new("c1"),
            at: Instant::new("2031-03-09T14:30:00Z"),
            author: "Dana".to_string(),
            act: rated,
            reason: None,
        };
        let json = serde_json::to_string(&correction).unwrap();
        assert_eq!(
            json,
            r#"{"id":"c1","at":"2031-03-09T14:30:00Z","author":"Dana","act":"rate","target":{"layer":"outlet","id":"Amber Line","label":"Amber Line"},"reliability":"B"}"#
        );
        assert_eq!(serde_json::from_str::<Correction>(&json).unwrap(), correction);
        assert!(json.contains(&format!("\"act\":\"{}\"", correction.act.name())));
        let mut act = correction.act.clone();
        assert_eq!(act.targets_mut().len(), correction.act.targets().len());
    }

    #[test]
    fn a_credibility_is_a_number_from_one_to_six() {
        assert_eq!(serde_json::from_str::<Credibility>("2").unwrap(), Credibility::Probable);
        assert!(serde_json::from_str::<Credibility>("7").is_err());
    }
}
