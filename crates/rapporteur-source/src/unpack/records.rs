use super::tally::Tally;
use super::{About, Flow, Place, Problem, Unpacker};
use crate::fields::{Record, field_hint};

/// Hands on the article that a record holds. `word` is what its fields are called.
pub(super) fn give(
    unpacker: &mut Unpacker,
    tally: &mut Tally,
    place: &Place,
    mut record: Record,
    word: &'static str,
) -> Flow {
    let map = &unpacker.options.fields;
    let told = record.told(map, word);
    let is_named = record.names_text(map);
    match record.take_text(map) {
        Some(text) => {
            let media_type = text.is_page.then(|| "text/html".to_string());
            unpacker.give(place, text.bytes, About { media_type, told })
        }
        None if is_named => {
            let problem = Problem::new(format!("the {word} that holds the text is empty"), "nothing is lost");
            tally.skip(unpacker, place, problem)
        }
        None => {
            let reason = format!("no {word} that holds the text; there are: {}", record.shown_names());
            tally.skip(unpacker, place, Problem::new(reason, field_hint(word)))
        }
    }
}
