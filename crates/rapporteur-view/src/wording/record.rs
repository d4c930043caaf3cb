//! Words for what is told of one article.

use rapporteur_model::{
    Confidence, LinkReason, MentionForm, QuantityModifier, ReasonKind, Status, TimexKind, TimexModifier, Unresolved,
    Uttered,
};
use serde::Serialize;

/// A value of the model as JSON has it, for people who look closely: "same-name".
pub(crate) fn code(value: impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(String::from)).unwrap_or_default()
}

pub(crate) fn status(status: Status) -> &'static str {
    match status {
        Status::Happened => "happened",
        Status::Ongoing => "ongoing",
        Status::Planned => "planned",
        Status::Conditional => "conditional",
        Status::Hypothetical => "hypothetical",
        Status::Demanded => "demanded",
        Status::Denied => "denied",
    }
}

pub(crate) fn uttered(uttered: Uttered) -> &'static str {
    match uttered {
        Uttered::Actual => "said",
        Uttered::Planned => "planned",
        Uttered::Hypothetical => "hypothetical",
        Uttered::Negated => "not said",
    }
}

pub(crate) fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Low => "low",
        Confidence::Medium => "medium",
        Confidence::High => "high",
    }
}

pub(crate) fn reason(kind: ReasonKind) -> &'static str {
    match kind {
        ReasonKind::Status => "status",
        ReasonKind::Polarity => "polarity",
        ReasonKind::Object => "object",
        ReasonKind::Support => "support",
        ReasonKind::Antecedent => "antecedent",
        ReasonKind::Counterpart => "the other side",
    }
}

pub(crate) fn mention_form(form: MentionForm) -> &'static str {
    match form {
        MentionForm::Name => "name",
        MentionForm::Adjective => "adjective",
        MentionForm::Nominal => "noun",
        MentionForm::Pronoun => "pronoun",
    }
}

/// Why an expression refers to whom it does.
pub(crate) fn link_reason(reason: LinkReason) -> &'static str {
    match reason {
        LinkReason::SameName => "the name itself",
        LinkReason::ShortName => "a part of the name",
        LinkReason::SimilarSpelling => "a name spelled nearly alike",
        LinkReason::Acronym => "an acronym of the name",
        LinkReason::Table => "a name of the data files",
        LinkReason::Metonym => "a capital or seat of government that stands for its state",
        LinkReason::ShownState => "the article shows it to be a state",
        LinkReason::Apposition => "stands beside the name that it explains",
        LinkReason::Introduced => "brings in somebody without a name",
        LinkReason::SameDescription => "the same description as before",
        LinkReason::ShorterDescription => "a description from before, with words left out",
        LinkReason::Role => "a role that the text gives a person",
        LinkReason::GenericNoun => "a noun for a body or a state of its kind",
        LinkReason::Maker => "a paper or an act that speaks for whoever made it",
        LinkReason::Pronoun => "a pronoun that goes back to somebody before it",
    }
}

/// Why it is open to whom an expression refers.
pub(crate) fn unresolved(reason: Unresolved) -> &'static str {
    match reason {
        Unresolved::NoCandidate => "nobody before it fits",
        Unresolved::Ambiguous => "several fit equally well",
        Unresolved::OutOfOrder => "the paragraphs stand out of order",
    }
}

pub(crate) fn timex_kind(kind: TimexKind) -> &'static str {
    match kind {
        TimexKind::Date => "DATE",
        TimexKind::Time => "TIME",
        TimexKind::Duration => "DURATION",
        TimexKind::Set => "SET",
    }
}

pub(crate) fn timex_modifier(modifier: TimexModifier) -> &'static str {
    match modifier {
        TimexModifier::Before => "before",
        TimexModifier::After => "after",
        TimexModifier::OnOrBefore => "on or before",
        TimexModifier::OnOrAfter => "on or after",
        TimexModifier::LessThan => "less than",
        TimexModifier::MoreThan => "more than",
        TimexModifier::EqualOrLess => "at most",
        TimexModifier::EqualOrMore => "at least",
        TimexModifier::Start => "start of",
        TimexModifier::Mid => "middle of",
        TimexModifier::End => "end of",
        TimexModifier::Approx => "about",
    }
}

/// What stands before a number; nothing for an exact one.
pub(crate) fn quantity_modifier(modifier: QuantityModifier) -> &'static str {
    match modifier {
        QuantityModifier::Exact => "",
        QuantityModifier::Approximate => "about",
        QuantityModifier::MoreThan => "more than",
        QuantityModifier::AtLeast => "at least",
        QuantityModifier::LessThan => "less than",
        QuantityModifier::AtMost => "at most",
        QuantityModifier::Ordinal => "number",
    }
}
