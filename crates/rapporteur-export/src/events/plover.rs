//! PLOVER: a row for each happening, with all that take part.

use super::{Event, Participant, number, place};
use crate::Error;
use crate::tables::{Formulas, Sheet, inert};
use std::borrow::Cow;
use std::io::Write;

pub(super) const COLUMNS: [&str; 26] = [
    "event_id",
    "event_date",
    "event_type",
    "event_mode",
    "quad_class",
    "status",
    "source_ids",
    "source_names",
    "source_codes",
    "source_kinds",
    "target_ids",
    "target_names",
    "target_codes",
    "target_kinds",
    "location",
    "n_articles",
    "n_origins_min",
    "n_origins_max",
    "published",
    "words",
    "article",
    "article_name",
    "article_location",
    "article_url",
    "start",
    "end",
];

/// Writes the row of an event.
pub(super) fn row(event: &Event, formulas: Formulas, sheet: &mut Sheet<impl Write>) -> Result<(), Error> {
    let text = |text| inert(text, formulas);
    // "; " stands between several, as in the data sets of this ontology.
    let all = |list: &[Participant], part: fn(&Participant) -> String| {
        let joined = list.iter().map(part).collect::<Vec<_>>().join("; ");
        Cow::Owned(inert(&joined, formulas).into_owned())
    };
    let quad = super::cameo::code_of(&event.kind).map(|code| code.quad).unwrap_or_default();
    let [article, name, location, url, published] = &event.article;
    let fields = [
        text(&event.id),
        text(&event.time),
        text(&event.kind),
        Cow::Borrowed(""),
        Cow::Borrowed(quad),
        text(&event.status),
        all(&event.sources, |who| who.id.clone()),
        all(&event.sources, |who| who.name.clone()),
        all(&event.sources, Participant::own_code),
        all(&event.sources, |who| who.kind.clone()),
        all(&event.targets, |who| who.id.clone()),
        all(&event.targets, |who| who.name.clone()),
        all(&event.targets, Participant::own_code),
        all(&event.targets, |who| who.kind.clone()),
        text(&event.place),
        number(event.n_articles),
        number(event.n_origins.0),
        number(event.n_origins.1),
        text(published),
        text(&event.words),
        text(article),
        text(name),
        text(location),
        text(url),
        place(event.start),
        place(event.end),
    ];
    sheet.line(fields)?;
    Ok(())
}
