//! What the input says of an article beside its text, put beside what the text says.

use crate::dates::{Reading, dates_in};
use crate::entry::Told;
use crate::furniture::Layout;
use rapporteur_model::{CivilDate, Evidenced, FurnitureKind};

/// Adds what was told to what was found in the text. A headline or a date that was told stands; where the text has the
/// same headline, its place there is kept.
pub(crate) fn add_told(layout: &mut Layout, told: &Told) {
    if let Some(title) = &told.title {
        let is_same = layout.title.as_ref().is_some_and(|found| fold(&found.value) == fold(&title.value));
        if !is_same {
            // The line that looked like the headline is none, then.
            layout.furniture.retain(|furniture| furniture.kind != FurnitureKind::Title);
            layout.title = Some(title.clone());
        }
    }
    let published = told.published.as_ref().and_then(date_of);
    layout.published = published.or(layout.published.take());
    layout.url = layout.url.take().or_else(|| told.url.clone());
}

/// The day that is told; `None` where it cannot be read.
pub(crate) fn date_of(told: &Evidenced<String>) -> Option<Evidenced<CivilDate>> {
    // The letter between day and time of ISO 8601 would make one word of both.
    let words: String = told.value.replace(['T', 't'], " t");
    let words = if told.value.starts_with(|c: char| c.is_ascii_digit()) { &words } else { &told.value };
    let value = dates_in(words).into_iter().find_map(|(reading, ..)| match reading {
        Reading::Day(day) => day.civil(),
        Reading::Month(year, month) => CivilDate::month(year, month),
        Reading::Either { .. } => None,
    })?;
    Some(Evidenced { value, evidence: told.evidence.clone() })
}

fn fold(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapporteur_model::Evidence;

    #[test]
    fn dates_are_read_in_the_forms_that_containers_use() {
        for (words, expected) in [
            ("2031-03-09T23:30:00Z", Some("2031-03-09")),
            ("2031-03-09 08:00", Some("2031-03-09")),
            ("2031-03-09", Some("2031-03-09")),
            ("Sun, 9 Mar 2031 08:00:00 +0100", Some("2031-03-09")),
            ("March 9, 2031", Some("2031-03-09")),
            ("9. March 2031", Some("2031-03-09")),
            ("soon", None),
        ] {
            let told = Evidenced { value: words.to_string(), evidence: Evidence::Given };
            assert_eq!(date_of(&told).map(|date| date.value.to_string()).as_deref(), expected, "{words}");
        }
    }
}
