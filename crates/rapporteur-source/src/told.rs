//! What an input tells beside the text, and how that goes together with what the article says itself.

use crate::dates::{Day, Reading};
use crate::entry::Told;
use crate::furniture::Layout;
use crate::moment::{Moment, told_date};
use rapporteur_model::{CivilDate, Diagnostic, Evidenced, FurnitureKind, Instant};

/// When an article was published and changed, as far as it is told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Publication {
    pub(crate) published: Option<Evidenced<CivilDate>>,
    /// The moment, where it is told with its zone.
    pub(crate) published_at: Option<Evidenced<Instant>>,
    pub(crate) modified: Option<Evidenced<CivilDate>>,
}

/// The dates of an article of which the input tells `told` and the article itself `own`. The input comes first: a
/// field of a feed or table is about publication, a date in a text may be about anything. When an archive took its
/// copy is no date of publication, but nothing later can be one.
pub(crate) fn with_told(told: &Told, own: Publication) -> (Publication, Vec<Diagnostic>) {
    let mut publication = own;
    let mut diagnostics = Vec::new();
    if let Some(field) = &told.fetched {
        publication = before(publication, field);
    }
    if let Some(field) = &told.published {
        if let Some(moment) = told_date(&field.value) {
            let own_date = publication.published.as_ref().map(|own| own.value);
            match settled(&moment, own_date) {
                Some(value) => {
                    publication.published = Some(Evidenced { value, evidence: field.evidence.clone() });
                    let at = moment.at.map(|value| Evidenced { value, evidence: field.evidence.clone() });
                    // The moment of another day is not that of this one.
                    let own_at = publication.published_at.take().filter(|_| own_date == Some(value));
                    publication.published_at = at.or(own_at);
                }
                None => diagnostics.push(open_order(&field.value)),
            }
        } else if !field.value.trim().is_empty() {
            diagnostics.push(unread(&field.value));
        }
    }
    let modified = told.modified.as_ref().and_then(|field| {
        let value = settled(&told_date(&field.value)?, None)?;
        Some(Evidenced { value, evidence: field.evidence.clone() })
    });
    publication.modified = modified.or(publication.modified);
    (publication, diagnostics)
}

/// Adds title, address and byline that were told to what was found in the text. A headline that was told stands; where the
/// text has the same one, its place there is kept.
pub(crate) fn add_told(layout: &mut Layout, told: &Told) {
    if let Some(title) = &told.title {
        let is_same = layout.title.as_ref().is_some_and(|found| fold(&found.value) == fold(&title.value));
        if !is_same {
            layout.furniture.retain(|furniture| furniture.kind != FurnitureKind::Title);
            layout.title = Some(title.clone());
        }
    }
    layout.url = layout.url.take().or_else(|| told.url.clone());
    layout.byline = layout.byline.take().or_else(|| told.byline.clone());
}

fn fold(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The date of a moment; of two readings the one that the article itself states.
fn settled(moment: &Moment, own: Option<CivilDate>) -> Option<CivilDate> {
    match moment.reading {
        Reading::Either { month_first, day_first } => {
            let readings = [month_first, day_first].map(Day::civil);
            readings.into_iter().flatten().find(|date| Some(*date) == own)
        }
        _ => moment.date(),
    }
}

/// Leaves out what is later than the archived copy. A day is granted for the zone.
fn before(publication: Publication, archived: &Evidenced<String>) -> Publication {
    let Some(Reading::Day(bound)) = told_date(&archived.value).map(|moment| moment.reading) else { return publication };
    let is_before = |date: CivilDate| {
        let (year, month, day) = date.parts();
        Day::new(year, month.unwrap_or(1), day.unwrap_or(1)).is_none_or(|day| day.number() <= bound.number() + 1)
    };
    let published = publication.published.filter(|published| is_before(published.value));
    let published_at = publication.published_at.filter(|_| published.is_some());
    let modified = publication.modified.filter(|modified| is_before(modified.value));
    Publication { published, published_at, modified }
}

fn open_order(words: &str) -> Diagnostic {
    Diagnostic {
        span: None,
        message: format!(
            "the order of day and month is not clear in {:?}, the date that the input tells",
            shown(words)
        ),
        hint: Some("left out; a date with the month's name, or year first, would be clear".to_string()),
    }
}

fn unread(words: &str) -> Diagnostic {
    Diagnostic {
        span: None,
        message: format!("no date can be read in {:?}, which the input tells as one", shown(words)),
        hint: Some("left out; year-month-day, as in 2031-03-09, is always read".to_string()),
    }
}

fn shown(words: &str) -> String {
    words.trim().chars().take(MAX_SHOWN_CHARS).collect()
}

const MAX_SHOWN_CHARS: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;
    use rapporteur_model::Evidence;

    fn field(place: &str, words: &str) -> Evidenced<String> {
        let evidence = Evidence::metadata(place, words);
        Evidenced { value: words.to_string(), evidence }
    }

    fn own(date: &str) -> Publication {
        let value = CivilDate::try_from(date.to_string()).unwrap();
        let published = Some(Evidenced { value, evidence: Evidence::Given });
        Publication { published, ..Publication::default() }
    }

    fn told(place: &str, words: &str, own: Publication) -> (String, String, usize) {
        let told = Told { published: Some(field(place, words)), ..Told::default() };
        let (publication, diagnostics) = with_told(&told, own);
        let date = publication.published.map_or(String::new(), |date| date.value.to_string());
        (date, publication.published_at.map_or(String::new(), |at| at.value.to_string()), diagnostics.len())
    }

    #[test]
    fn the_input_comes_before_the_text() {
        let found = told("field \"date\"", "Sun, 9 Mar 2031 10:30:00 +0100", own("2031-03-01"));
        assert_eq!(found, ("2031-03-09".into(), "2031-03-09T09:30:00Z".into(), 0));
        let found = told("field \"date\"", "last Sunday", own("2031-03-01"));
        assert_eq!(found, ("2031-03-01".into(), "".into(), 1));
    }

    #[test]
    fn an_open_date_is_settled_by_the_text() {
        assert_eq!(told("column \"date\"", "03/09/2031", own("2031-09-03")).0, "2031-09-03");
        let found = told("column \"date\"", "03/09/2031", Publication::default());
        assert_eq!(found, ("".into(), "".into(), 1));
    }

    #[test]
    fn an_archived_copy_is_a_bound() {
        let fetched = |own: Publication| {
            let told = Told { fetched: Some(field("header \"WARC-Date\"", "2031-03-09T10:00:00Z")), ..Told::default() };
            with_told(&told, own).0.published.map_or(String::new(), |date| date.value.to_string())
        };
        assert_eq!(fetched(Publication::default()), "");
        assert_eq!(fetched(own("2031-03-08")), "2031-03-08");
        assert_eq!(fetched(own("2031-04-08")), "");
    }

    #[test]
    fn a_headline_that_is_told_stands_and_the_line_that_looked_like_one_is_text() {
        let text = "Talks open in Karsk\n\n\
                    The envoy of Karsk said on Sunday that the talks over the port would go on until both sides agreed.";
        let lines = crate::lines::lines(text);
        let laid_out = |title: &str| {
            let mut layout = crate::furniture::lay_out(text, &lines, &[]);
            add_told(&mut layout, &Told { title: Some(field("column \"title\"", title)), ..Told::default() });
            let is_stated = matches!(layout.title.as_ref().map(|title| &title.evidence), Some(Evidence::Stated(_)));
            (layout.title.map(|title| title.value).unwrap_or_default(), is_stated, layout.furniture.len())
        };
        assert_eq!(laid_out("TALKS  open in Karsk"), ("Talks open in Karsk".to_string(), true, 1));
        assert_eq!(laid_out("Envoy leaves"), ("Envoy leaves".to_string(), false, 0));
    }
}
