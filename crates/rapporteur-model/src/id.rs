use crate::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// Ids stand in many places of a story: copies of one share its text.
macro_rules! string_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Wraps an id that was made elsewhere.
            pub fn new(id: impl AsRef<str>) -> Self {
                Self(id.as_ref().into())
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

string_id! {
    /// Names one input: a hash of its bytes and of where they came from, so that identical wire
    /// copies from two places stay apart.
    ArticleId
}
string_id! {
    /// Names a text: a hash of the decoded text, equal for identical copies.
    TextId
}
string_id! {
    /// A moment, in RFC 3339 and universal time: `2031-03-09T14:30:00Z`. Compares as moments do.
    Instant
}
string_id! {
    /// Names one statement in one article; made from the article and the statement's first span.
    StatementId
}
string_id! {
    /// Names an actor of a story; minted by the story stage from the actor's members.
    ActorId
}
string_id! {
    /// Names an utterance of a story; made from its first report.
    UtteranceId
}
string_id! {
    /// Names a happening of a story; made from its first report.
    HappeningId
}
string_id! {
    /// Names an issue of a story.
    IssueId
}
string_id! {
    /// Names a tension of a story; made from its kind and its first place.
    TensionId
}

string_id! {
    /// Names one entry of a log of corrections; made from what it says.
    CorrectionId
}

impl StatementId {
    /// The id of the statement of `article` whose content (or, without content, whose cue) begins
    /// with `span`; `n` tells apart statements that share it.
    pub fn of(article: &ArticleId, span: Span, n: usize) -> Self {
        let suffix = if n == 0 { String::new() } else { format!(".{n}") };
        StatementId::new(format!("{article}/s{}-{}{suffix}", span.start.0, span.end.0))
    }
}
