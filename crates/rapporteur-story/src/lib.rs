//! The story stage: what many articles give together.
//!
//! [`tell`] asks these questions of a pile of articles and of the records of what is in them:
//!
//! - *who is who*: the actors of single articles are joined where the pile shows that they are one
//!   ([`Story::actors`]);
//! - *which wording do articles share*: stretches that stand word for word, or nearly so, in two of
//!   them, wherever they stand ([`Story::passages`]);
//! - *which articles tell the same text*: what the shared wording makes of each pair
//!   ([`Story::links`]) and of all together ([`Story::text_groups`]);
//! - *what was said and what happened*: reports of one act of speech ([`Story::utterances`]) and of one event
//!   ([`Story::happenings`]) are joined;
//! - *who holds what*: stances by party and issue ([`Story::positions`]);
//! - *when*: all that has a date ([`Story::timeline`]);
//! - *where accounts cannot all stand*: numbers, dates, denials, sources, order, words that judge, outcomes, altered text
//!   ([`Story::tensions`]).
//!
//! [`tell_corrected`] tells the same with what people put right by hand ([`Corrections`]).
//!
//! [`Wording`] does so in two steps, between which it tells when articles without a date were written, from dated ones that
//! share their wording, and on as many threads as it is lent ([`Workers`]).
//!
//! This crate knows nothing about how text was parsed: it splits the text into words and sentences
//! itself, coarsely. It knows nothing about how a case is stored, and touches neither disk nor clock.

mod actors;
mod address;
mod bodies;
mod corrections;
mod data_file;
mod dates;
mod happenings;
mod lineage;
mod merging;
mod names;
mod persons;
mod pile;
mod positions;
mod repeated;
mod roles;
mod roster;
mod spokespersons;
mod stems;
mod tensions;
mod timeline;
mod times;
mod unions;
mod utterances;
mod wording;
mod workers;

pub use corrections::{Corrections, undone_by};
pub use lineage::{LineageIndex, steps};
pub use positions::{Issues, IssuesError};
pub use repeated::{mask_repeated, without_repeated};
pub use wording::Wording;
pub use workers::{Alone, Workers};

use rapporteur_model::{Article, Corrected, Record, Story};

/// Tells the story of `articles` and of what was found in them.
///
/// `articles` are sorted by location and then id, as a reading keeps them; of the places of a
/// passage and of the articles of a link the one that comes first in this order is `a`. `records`
/// are matched to articles by their ids and may come in any order; those of other articles are left
/// aside.
///
/// Pure: the same input gives the same story, byte for byte. The time it takes grows with the length
/// of the texts and with the number of pairs that share wording, not with the number of all pairs.
pub fn tell(articles: &[Article], records: &[Record]) -> Story {
    tell_with(articles, records, Issues::builtin())
}

/// [`tell`] with a list of common issues of one's own.
pub fn tell_with(articles: &[Article], records: &[Record], issues: &Issues) -> Story {
    tell_corrected(articles, records, issues, &Corrections::none()).0
}

/// [`tell_with`] and what people put right by hand, of which it also gives what bears it and what is gone.
///
/// `corrections` were resolved on these `articles` and on the records as they were extracted; `records` have those that
/// it changes in their places ([`Corrections::correct`]).
pub fn tell_corrected(
    articles: &[Article],
    records: &[Record],
    issues: &Issues,
    corrections: &Corrections,
) -> (Story, Corrected) {
    Wording::of(articles, records, &Alone).tell_corrected(articles, records, issues, corrections)
}
