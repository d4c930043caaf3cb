//! What an act of speech is in each of the views on it: the table of `data/predications.txt`.

use crate::data_file::DataFile;
use crate::error::{Error, Mistake};
use rapporteur_model::{EventType, StanceKind, StatementClass};

/// What the statements of a class show.
#[derive(Debug)]
pub(crate) struct ClassRow<'t> {
    pub(crate) class: StatementClass,
    pub(crate) event: Option<EventType>,
    pub(crate) mode: Option<&'t str>,
    pub(crate) stance: Option<StanceKind>,
}

/// The rows of the table, a user's own in place of built-in ones of the same class.
pub(crate) fn parse(file: DataFile<'_>) -> Result<Vec<ClassRow<'_>>, Error> {
    let entries = file.entries(|line| {
        let fields: Vec<&str> = line.split(';').map(str::trim).collect();
        let [class, event, mode, stance] = fields[..] else {
            let hint = "write: class; type of event; mode; kind of stance; all but the class may be empty";
            return Err(Mistake::with_hint("not four fields between semicolons", hint));
        };
        let known = StatementClass::ALL.into_iter().find(|known| known.name() == class);
        let row = ClassRow {
            class: known.ok_or_else(|| Mistake::new(format!("unknown class {class:?}")))?,
            event: told(event).map(event_type).transpose()?,
            mode: told(mode),
            stance: told(stance).map(stance_kind).transpose()?,
        };
        Ok((class, row))
    })?;
    Ok(entries.into_iter().map(|entry| entry.value).collect())
}

/// A field that says something.
fn told(field: &str) -> Option<&str> {
    Some(field).filter(|field| !matches!(*field, "" | "-"))
}

/// The type of event of this name, in capitals as it is written or not.
pub(crate) fn event_type(name: &str) -> Result<EventType, Mistake> {
    let known = EventType::ALL.into_iter().find(|event| event.name().eq_ignore_ascii_case(name));
    known.ok_or_else(|| {
        let hint = format!("the types are: {}", EventType::ALL.map(EventType::name).join(", "));
        Mistake::with_hint(format!("unknown type {name:?}"), hint)
    })
}

/// The kind of stance of this name.
pub(crate) fn stance_kind(name: &str) -> Result<StanceKind, Mistake> {
    let known = StanceKind::ALL.into_iter().find(|kind| kind.name() == name);
    known.ok_or_else(|| {
        let hint = format!("the kinds are: {}", StanceKind::ALL.map(StanceKind::name).join(", "));
        Mistake::with_hint(format!("unknown kind of stance {name:?}"), hint)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(builtin: &'static str) -> Result<Vec<ClassRow<'static>>, Error> {
        parse(DataFile { name: "predications.txt", builtin, own: None })
    }

    #[test]
    fn a_class_is_told_in_every_view() {
        let rows = table("demand; REQUEST; demand; demand\nspeech; ; ;").unwrap();
        assert_eq!(
            (rows[0].event, rows[0].mode, rows[0].stance),
            (Some(EventType::Request), Some("demand"), Some(StanceKind::Demand))
        );
        assert_eq!((rows[1].event, rows[1].mode, rows[1].stance), (None, None, None));
    }

    #[test]
    fn mistakes_are_told() {
        for (text, expected) in [
            ("demand; REQUEST", "not four fields between semicolons"),
            ("noise; ; ;", "unknown class \"noise\""),
            ("demand; NOISE; ; demand", "unknown type \"NOISE\""),
            ("demand; REQUEST; ; noise", "unknown kind of stance \"noise\""),
        ] {
            assert_eq!(table(text).unwrap_err().message(), expected);
        }
    }
}
