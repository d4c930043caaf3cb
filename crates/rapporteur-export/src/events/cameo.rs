//! CAMEO: a row for each pair, with root, quad class and Goldstein value of the type.

use super::{Event, number, place};
use crate::Error;
use crate::tables::{Formulas, Sheet, inert};
use std::borrow::Cow;
use std::io::Write;
use std::sync::LazyLock;

/// A line of `data/cameo.tsv`.
#[derive(Debug)]
pub(super) struct Code {
    pub(super) plover: &'static str,
    pub(super) root: &'static str,
    pub(super) code: &'static str,
    pub(super) quad: &'static str,
    pub(super) gdelt_quad: &'static str,
    pub(super) goldstein: &'static str,
}

static CODES: LazyLock<Vec<Code>> = LazyLock::new(|| {
    let lines = include_str!("../../data/cameo.tsv").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| match line.split('\t').collect::<Vec<_>>()[..] {
            [plover, root, code, quad, gdelt_quad, goldstein] => {
                Some(Code { plover, root, code, quad, gdelt_quad, goldstein })
            }
            _ => None,
        })
        .collect()
});

/// What a PLOVER type is in CAMEO.
pub(super) fn code_of(plover: &str) -> Option<&'static Code> {
    CODES.iter().find(|code| code.plover == plover)
}

/// Whether three letters are a role and no state.
pub(super) fn is_role(code: &str) -> bool {
    include_str!("../../data/roles.txt").lines().any(|line| line == code)
}

pub(super) const COLUMNS: [&str; 24] = [
    "event_id",
    "event_date",
    "source_code",
    "source_id",
    "source_name",
    "target_code",
    "target_id",
    "target_name",
    "plover_type",
    "cameo_root",
    "cameo_code",
    "quad_class",
    "goldstein",
    "status",
    "location",
    "n_articles",
    "n_origins_min",
    "n_origins_max",
    "published",
    "words",
    "article",
    "article_name",
    "start",
    "end",
];

/// Writes the rows of an event.
pub(super) fn row(event: &Event, formulas: Formulas, sheet: &mut Sheet<impl Write>) -> Result<(), Error> {
    let code = code_of(&event.kind);
    let of_code = |part: fn(&Code) -> &'static str| Cow::Borrowed(code.map(part).unwrap_or_default());
    for (source, target) in event.pairs() {
        let (source_code, target_code) = (source.code(), target.code());
        let text = |text| inert(text, formulas);
        let [article, name, _, _, published] = &event.article;
        let fields = [
            text(&event.id),
            text(&event.time),
            text(&source_code),
            text(&source.id),
            text(&source.name),
            text(&target_code),
            text(&target.id),
            text(&target.name),
            text(&event.kind),
            of_code(|code| code.root),
            of_code(|code| code.code),
            of_code(|code| code.quad),
            of_code(|code| code.goldstein),
            text(&event.status),
            text(&event.place),
            number(event.n_articles),
            number(event.n_origins.0),
            number(event.n_origins.1),
            text(published),
            text(&event.words),
            text(article),
            text(name),
            place(event.start),
            place(event.end),
        ];
        sheet.line(fields)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapporteur_model::EventType;

    #[test]
    fn every_type_has_a_line_that_agrees_with_the_model() {
        assert_eq!(CODES.len(), EventType::ALL.len());
        for kind in EventType::ALL {
            let code = code_of(kind.name()).unwrap();
            assert_eq!(code.root, kind.cameo_root(), "{kind:?}");
            assert_eq!(code.quad, kind.quad().to_string(), "{kind:?}");
            assert_eq!(code.code, format!("{}0", code.root), "{kind:?}");
            let root: u8 = code.root.parse().unwrap();
            let of_gdelt = [(5, "1"), (9, "2"), (14, "3"), (20, "4")].into_iter().find(|(last, _)| root <= *last);
            assert_eq!(code.gdelt_quad, of_gdelt.unwrap().1, "{kind:?}");
            let goldstein: f64 = code.goldstein.parse().unwrap();
            assert!((-10.0..=10.0).contains(&goldstein) && (goldstein > 0.0) == (root < 9), "{kind:?}");
        }
    }
}
