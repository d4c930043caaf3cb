//! The types of the record: what the stages hand to each other and what a reader is shown.
//!
//! An [`Article`] is what the source stage makes of one input. A [`Record`] is what is found in one
//! article: [`Mention`]s, [`ArticleActor`]s, [`Statement`]s, [`Timex`]es, [`Quantity`]s, and [`Predication`]s with
//! the [`Event`]s and [`Stance`]s that they show. A [`Story`] is what many articles give
//! together: [`Actor`]s, shared [`Passage`]s and how articles relate ([`ArticleLink`]), [`Utterance`]s and
//! [`Happening`]s, [`Issue`]s and [`Position`]s, a timeline of [`TimelineEntry`]s.
//! A [`Reading`] is all of it. A [`Correction`] is what somebody put right by hand.
//!
//! This crate knows nothing about input and output, about algorithms, or about how text is parsed.
//! Every text position is a byte offset into [`Article::text`], which never changes once read.

mod actor;
mod article;
mod code_points;
mod correction;
mod date;
mod diagnostic;
mod event;
mod happening;
mod id;
mod independence;
mod lineage;
mod link;
mod position;
mod predication;
mod quantity;
mod reading;
mod record;
mod span;
mod stance;
mod story;
mod support;
mod tension;
mod timeline;
mod timex;
mod utterance;

pub use actor::{Actor, ActorFact, ActorMember, Alias, Merge, MergeKind, Role};
pub use article::{Article, Encoding, Evidence, Evidenced, Format, Furniture, FurnitureKind, Metadata, Segment};
pub use code_points::{CodePoints, Quote};
pub use correction::{
    Anchor, Corrected, Correction, CorrectionAct, Credibility, Mark, Orphan, Reliability, Target, TargetLayer,
};
pub use date::CivilDate;
pub use diagnostic::Diagnostic;
pub use event::{Event, EventIdx, EventType};
pub use happening::{EventRef, Happening};
pub use id::{
    ActorId, ArticleId, CorrectionId, HappeningId, Instant, IssueId, StatementId, TensionId, TextId, UtteranceId,
};
pub use independence::Independence;
pub use lineage::{
    ArticleLink, Direction, DirectionEvidence, DirectionKind, FlawExample, Origin, Passage, PassageWording, Relation,
    Shares, TextFlaw, TextFlawKind, TextGroup, UnseenSource, Version,
};
pub use link::{Confidence, Link, LinkReason, Unresolved};
pub use position::{Issue, Position, PositionChange, PositionCondition, PositionStance, StanceRef, Standing};
pub use predication::{Argument, Predication, PredicationIdx, Reason, ReasonKind, Status};
pub use quantity::{Quantity, QuantityModifier};
pub use reading::{Reading, Skipped};
pub use record::{
    ActorCode, ActorKind, ArticleActor, ArticleActorIdx, Mention, MentionForm, MentionIdx, Polarity, Record, Statement,
    StatementClass, StatementKind, Uttered,
};
pub use span::{ByteOffset, Span};
pub use stance::{Stance, StanceIdx, StanceKind, StanceObject};
pub use story::{Place, Story};
pub use support::{Sourcing, Support};
pub use tension::{Tension, TensionKind, TensionSide};
pub use timeline::{TimelineEntry, TimelineKind};
pub use timex::{Timex, TimexAnchor, TimexIdx, TimexKind, TimexModifier};
pub use utterance::{Utterance, UtteranceLink, UtteranceRelation};
