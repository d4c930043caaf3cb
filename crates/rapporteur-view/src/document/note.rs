//! How a note reads, in every format alike.

use super::{Length, Note, NoteWords};
use crate::visible::on_one_line;
use crate::wording::day;

/// Where the words of a note stand: "“Talks stall” (Amber Line, 12 March 2024), paragraph 3: ", and the words in quotation
/// marks. A note on the case itself has no words.
pub(super) fn parts(note: &Note, length: Length) -> (String, Option<String>) {
    match note {
        Note::Log(told) => (told.clone(), None),
        Note::Words(words) => {
            (format!("{}, paragraph {}: ", source(words, length), words.paragraph), Some(quoted(words)))
        }
    }
}

/// The article, by its headline where it has one, with outlet and date; on a page by its name, so that it stays one.
fn source(words: &NoteWords, length: Length) -> String {
    let mut told: Vec<String> = Vec::new();
    let name = on_one_line(&words.name);
    let title = words.title.as_deref().filter(|_| length == Length::Full);
    if title.is_some() {
        told.push(name.clone());
    }
    told.extend(words.outlet.as_deref().map(on_one_line).filter(|outlet| *outlet != name));
    told.push(words.published.as_deref().map_or_else(|| "no date".to_string(), day));
    told.extend(words.flaws.as_deref().map(|flaws| format!("text {flaws}")));
    let called = title.map_or(name, |title| in_marks(&on_one_line(title)));
    format!("{called} ({})", told.join(", "))
}

/// Words in quotation marks: in single ones where they have double ones themselves, so that no word and no mark of an article
/// is changed.
pub(super) fn in_marks(words: &str) -> String {
    let has_marks = words.contains(['“', '”', '„', '"', '«', '»']) || words.contains("''");
    if has_marks { format!("‘{words}’") } else { format!("“{words}”") }
}

/// The words on one line in quotation marks, with "…" where the sentence begins before them or goes on.
fn quoted(words: &NoteWords) -> String {
    let [before, after] = [words.is_cut_before, words.is_cut_after].map(|is_cut| if is_cut { "…" } else { "" });
    let space = |mark: &str| if mark.is_empty() { "" } else { " " };
    format!("{before}{}{}{}{after}", space(before), in_marks(&on_one_line(&words.exact)), space(after))
}
