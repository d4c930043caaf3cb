//! How, where, when and to whom: the words of an entry's first place that tell it.

use crate::describe;
use crate::page::cut;
use crate::visible::on_one_line;
use rapporteur_model::{Article, Polarity, Span, Statement, Uttered};
use serde::Serialize;

/// Columns of one circumstance; its words stand in full in the article.
const WIDTH_MAX: usize = 60;

/// What the article tells about an act of saying, in its own words, each on one line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Circumstances {
    /// Who is spoken to.
    pub addressee: Option<String>,
    /// When it was said; `None` where the medium or the occasion holds these words.
    pub time: Option<String>,
    /// What else was going on.
    pub occasion: Option<String>,
    /// The channel or the setting.
    pub medium: Option<String>,
    /// Who passes it on.
    pub relay: Option<String>,
    /// Whether the cue is negated.
    pub polarity: Polarity,
    /// Whether the act took place.
    pub uttered: Uttered,
}

/// The circumstances of a statement.
pub(super) fn circumstances(article: &Article, statement: &Statement) -> Circumstances {
    let words = |span: Option<Span>| {
        let words = span.map(|span| on_one_line(span.of(&article.text)));
        words.filter(|words| !words.is_empty()).map(|words| cut(&words, WIDTH_MAX))
    };
    let is_told =
        |time: &Span| [statement.medium, statement.occasion].iter().flatten().any(|span| span.contains(*time));
    Circumstances {
        addressee: words(statement.addressee),
        time: words(statement.time.filter(|time| !is_told(time))),
        occasion: words(statement.occasion),
        medium: words(statement.medium),
        relay: words(statement.relay),
        polarity: statement.polarity,
        uttered: statement.uttered,
    }
}

impl Circumstances {
    /// "to reporters, on Friday, in a statement, via Meridian Press"; `None` where nothing is known.
    pub(crate) fn phrase(&self) -> Option<String> {
        let mut parts: Vec<String> = self.addressee.iter().map(|words| format!("to {words}")).collect();
        parts.extend([&self.time, &self.occasion, &self.medium].into_iter().flatten().cloned());
        parts.extend(self.relay.iter().map(|words| format!("via {words}")));
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// What a reader must not overlook: that it was not said, or not yet.
    pub(crate) fn reservation(&self) -> Option<&'static str> {
        describe::reservation(self.uttered, self.polarity)
    }
}
