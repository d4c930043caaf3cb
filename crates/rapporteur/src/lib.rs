//! Rapporteur as a library: a pile of news coverage goes in, a record of who said what comes out.
//!
//! [`read`] gives everything that was found in a pile as one value. A [`Case`] keeps it in a file, or for as long as the
//! value lives, and can be asked: questions as the commands put them, SQL, exports, and whether a text quotes it rightly.
//!
//! ```no_run
//! use rapporteur::{Case, ItemQuery, Options, TargetLayer};
//!
//! fn main() -> Result<(), rapporteur::Error> {
//!     let (case, _) = Case::of_pile(&["examples/coverage".into()], &Options::default())?;
//!     for position in case.items(TargetLayer::Position, &ItemQuery::first(20))?.items {
//!         let (Some(party), Some(issue)) = (position.party, position.issue) else { continue };
//!         println!("{} on {}: {}", party.label, issue.label, position.kind.unwrap_or_default());
//!         position.places.iter().for_each(|place| println!("  {}: “{}”", place.article.name, place.exact));
//!     }
//!     Ok(())
//! }
//! ```
//!
//! The text stage runs a language model, which [`language_model::install`] fetches once. Articles are data of strangers:
//! words that come out of a case are exactly those of the article, so escape them where they are shown.
//!
//! This crate adds nothing to what the others do: it is the one name to depend on. What it gives is documented where it
//! is made; docs/JSON.md, docs/CASE.md and docs/EXPORT.md describe what is written.

mod error;
mod opened;

pub use error::Error;
pub use opened::Case;
pub use rapporteur_engine::case::{
    Cell, Done, Draft, Item, ItemPlace, ItemQuery, Items, SearchQuery, SqlLimits, SqlTable,
};
pub use rapporteur_engine::{Input, Options, Scope, case, language_model, verify};
pub use rapporteur_export::{self as export, Export};
pub use rapporteur_model::{self as model, Reading, TargetLayer};
pub use rapporteur_view::case::{Answer, Question};

/// What a value is written as, for people and for other programs.
pub mod view {
    pub use rapporteur_view::case::{sql_json, to_json as answer_json};
    pub use rapporteur_view::html::to_html as reading_html;
    pub use rapporteur_view::json::to_json as reading_json;
    pub use rapporteur_view::verified::to_json as verified_json;
}

/// Reads everything that `inputs` name and puts it together. The result does not depend on the order of the inputs or on
/// the number of threads. An input that cannot be read is listed in [`Reading::skipped`].
///
/// # Errors
/// If the language model is missing or damaged, or a file of the knowledge folder cannot be used.
pub fn read(inputs: &[Input], options: &Options) -> Result<Reading, Error> {
    Ok(rapporteur_engine::read(inputs, options, &|_| {})?)
}
