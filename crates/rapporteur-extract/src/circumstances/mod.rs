//! How, where, when and to whom was it said, who passes it on, and was it said at all?
//!
//! Takes the statements as they were found and looks at what stands around each: the *act* is the cue
//! with the words that tell of the act of saying and not of what was said ([`act`]). Each question has a
//! file of its own. Words that answer them are lists in `data/circumstances.txt`.
//!
//! The border between two of them is drawn by what the noun names: a *medium* is what the words went
//! through, be it a paper ("in a letter"), a channel ("on the radio") or a setting that is arranged for
//! speaking ("at a news conference"); an *occasion* is what else was going on ("after the talks", "during
//! a visit").

mod act;
mod addressee;
mod medium;
mod nesting;
mod occasion;
mod phrases;
mod relay;
mod time;
mod uttered;

use crate::analysis::Analysis;
use crate::statements::Draft;
use act::Act;
use rapporteur_model::{ArticleActor, Polarity, Span, Statement, Uttered};

/// What the text tells about one act of saying.
#[derive(Debug, Clone, Default)]
pub(crate) struct Circumstances {
    pub(crate) addressee: Option<Span>,
    pub(crate) medium: Option<Span>,
    pub(crate) occasion: Option<Span>,
    pub(crate) relay: Option<Span>,
    pub(crate) time: Option<Span>,
    pub(crate) polarity: Polarity,
    pub(crate) uttered: Uttered,
}

/// The circumstances of one statement, as far as it shows them by itself.
pub(crate) fn of(analysis: &Analysis<'_>, draft: &Draft) -> Circumstances {
    let (polarity, uttered) = uttered::find(analysis, draft);
    let Some(act) = Act::of(analysis, draft) else {
        return Circumstances { polarity, uttered, ..Circumstances::default() };
    };
    let addressee = addressee::find(&act);
    let medium = medium::find(&act);
    let occasion = occasion::find(&act);
    let time = time::find(&act).or(occasion.filter(|occasion| occasion.orders).map(|occasion| occasion.range));
    let span = |range| Some(analysis.bytes(range)).filter(|span| !span.is_empty());
    Circumstances {
        addressee: addressee.and_then(span),
        medium: medium.and_then(span),
        occasion: occasion.and_then(|occasion| span(occasion.range)),
        relay: relay::find(&act).and_then(span),
        time: time.and_then(span),
        polarity,
        uttered,
    }
}

/// Ties each of `statements`, made from `drafts` in their order, to the one whose content holds it, and lets
/// the source of that one relay it.
pub(crate) fn nest(
    analysis: &Analysis<'_>,
    drafts: &[Draft],
    statements: &mut [Option<Statement>],
    actors: &[ArticleActor],
) {
    let speaker = |idx: usize| statements[idx].as_ref().and_then(|statement| statement.speaker);
    let outer_of = nesting::find(analysis, drafts, speaker);
    for (idx, outer) in outer_of.into_iter().enumerate() {
        let Some(outer_idx) = outer else { continue };
        let Some(outer) = &statements[outer_idx] else { continue };
        let id = outer.id.clone();
        let is_published = outer.source.is_some_and(|source| relay::is_outlet(analysis, source));
        let is_passed_on = is_published || nesting::is_passed_on(analysis, &drafts[outer_idx], &drafts[idx]);
        let source = outer.source.filter(|_| is_passed_on);
        if let Some(statement) = &mut statements[idx] {
            statement.nested_in = Some(id);
            // What was not said or may be said one day is passed on by nobody.
            let is_said = matches!(statement.uttered, Uttered::Actual | Uttered::Negated);
            statement.relay = statement.relay.or(source.filter(|_| is_said));
        }
    }
    relay::carry_on(analysis, drafts, statements, actors);
}
