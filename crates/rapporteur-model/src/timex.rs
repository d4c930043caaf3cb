//! Time expressions, in the terms of TIMEX3 (ISO 24617-1).

use crate::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An expression that names a time, a stretch of time or how often something happens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timex {
    /// The expression without a preposition: "Monday", "the next two weeks".
    pub span: Span,
    /// What it names.
    pub kind: TimexKind,
    /// Its TIMEX3 value: `2022-01-10`, `2022-W02`, `P7D`, `PRESENT_REF`. Digits that the article does not tell
    /// are `X`: `XXXX-WXX-1` for a Monday of an article without a date.
    pub value: String,
    /// What narrows or blurs the value: "early", "about", "more than".
    pub modifier: Option<TimexModifier>,
    /// For a set how many of it are meant, as written: "every", "each".
    pub quantifier: Option<String>,
    /// For a set how often in each stretch: `2X`.
    pub frequency: Option<String>,
    /// What the value was reckoned from.
    pub anchor: TimexAnchor,
    /// The rule of the data files that found it.
    pub rule: String,
}

/// Index into [`crate::Record::timexes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct TimexIdx(pub u32);

/// What a time expression names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimexKind {
    /// A day or something longer: "Monday", "last year".
    Date,
    /// A time of day: "9 a.m. Tuesday", "last night".
    Time,
    /// A stretch of time: "seven hours".
    Duration,
    /// Something that comes again: "every Monday".
    Set,
}

/// The `mod` of TIMEX3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TimexModifier {
    /// "before 1997"
    Before,
    /// "after 1997"
    After,
    /// "by 1997"
    OnOrBefore,
    /// "since 1997"
    OnOrAfter,
    /// "less than a year"
    LessThan,
    /// "more than a year"
    MoreThan,
    /// "up to a year"
    EqualOrLess,
    /// "at least a year"
    EqualOrMore,
    /// "early 1997"
    Start,
    /// "mid-1997"
    Mid,
    /// "late 1997"
    End,
    /// "about a year"
    Approx,
}

/// What the value of a time expression was reckoned from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimexAnchor {
    /// Nothing: the words say all of it, or nothing that it hangs on is known.
    Own,
    /// The date of the article.
    Published,
    /// Another expression of the same article.
    Timex(TimexIdx),
}
