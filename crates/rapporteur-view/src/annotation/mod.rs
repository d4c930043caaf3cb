//! What the text stage saw, written down: one JSON line a document ([`jsonl_line`]), CoNLL-U
//! ([`conllu`]), or a table to read ([`text`]).

mod conllu;
mod jsonl;
mod table;

pub use conllu::conllu;
pub use jsonl::{jsonl_line, schema};
pub use table::text;

use rapporteur_text::{EntityTag, Token};

/// `B-PERSON`, `I-PERSON`; `None` outside of entities.
fn entity_label(token: Token<'_>) -> Option<String> {
    let is_inside = matches!(token.entity_tag(), EntityTag::Begin | EntityTag::Inside);
    is_inside.then(|| format!("{}-{}", token.entity_tag().as_str(), token.entity_type()))
}
