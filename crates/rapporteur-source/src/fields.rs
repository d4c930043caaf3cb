//! Records: names with values, of which one is the text of an article and others tell of it.
//!
//! Rows of tables, objects of JSON and the front matter of a text are records. Which name means what is in
//! `data/fields.txt`, and a user can add to it.

use crate::entry::Told;
use crate::lexicon::sections;
use crate::options::FieldMap;
use rapporteur_model::{Evidence, Evidenced};
use std::sync::LazyLock;

const FIELDS: &str = include_str!("../data/fields.txt");

/// What a field can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Text,
    Html,
    Summary,
    Title,
    Published,
    Fetched,
    Modified,
    Url,
    Outlet,
    Byline,
    Language,
    Name,
}

impl Role {
    pub(crate) const ALL: [Role; 12] = [
        Role::Text,
        Role::Html,
        Role::Summary,
        Role::Title,
        Role::Published,
        Role::Fetched,
        Role::Modified,
        Role::Url,
        Role::Outlet,
        Role::Byline,
        Role::Language,
        Role::Name,
    ];

    /// Its section in the data file, and how a user calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Role::Text => "text",
            Role::Html => "html",
            Role::Summary => "summary",
            Role::Title => "title",
            Role::Published => "published",
            Role::Fetched => "fetched",
            Role::Modified => "modified",
            Role::Url => "url",
            Role::Outlet => "outlet",
            Role::Byline => "byline",
            Role::Language => "language",
            Role::Name => "name",
        }
    }

    /// The names that are known for it, the clearest first.
    fn names(self) -> &'static [&'static str] {
        static NAMES: LazyLock<Vec<Vec<&'static str>>> = LazyLock::new(|| {
            let sections = sections(FIELDS);
            Role::ALL.iter().map(|role| sections.get(role.name()).cloned().unwrap_or_default()).collect()
        });
        Role::ALL.iter().position(|role| *role == self).map_or(&[], |idx| NAMES[idx].as_slice())
    }
}

/// What can be the text of an article, the best first.
const TEXT_ROLES: [Role; 3] = [Role::Text, Role::Html, Role::Summary];

/// A record: its fields in the order in which they stand.
#[derive(Debug, Default)]
pub(crate) struct Record {
    fields: Vec<Field>,
}

#[derive(Debug)]
struct Field {
    name: String,
    folded: String,
    value: Vec<u8>,
}

/// The text of a record.
pub(crate) struct RecordText {
    pub(crate) bytes: Vec<u8>,
    pub(crate) is_page: bool,
}

impl Record {
    /// Adds a field; `name` has dots where it stands in an object within the object.
    pub(crate) fn push(&mut self, name: &str, value: Vec<u8>) {
        self.fields.push(Field { name: name.to_string(), folded: fold(name), value });
    }

    /// Takes the text out of the record; `None` where no field holds it. A field that the user told goes before any other.
    pub(crate) fn take_text(&mut self, map: &FieldMap) -> Option<RecordText> {
        let told = TEXT_ROLES.into_iter().flat_map(|role| self.told_by_user(role, map).map(move |idx| (role, idx)));
        let known = TEXT_ROLES.into_iter().flat_map(|role| self.known(role).map(move |idx| (role, idx)));
        let is_filled = |(_, idx): &(Role, usize)| !is_blank(&self.fields[*idx].value);
        let (role, idx) = told.chain(known).find(is_filled)?;
        Some(RecordText { bytes: std::mem::take(&mut self.fields[idx].value), is_page: role == Role::Html })
    }

    /// Whether a field could hold the text, even if it is empty here.
    pub(crate) fn names_text(&self, map: &FieldMap) -> bool {
        TEXT_ROLES.into_iter().any(|role| self.candidates(role, map).next().is_some())
    }

    /// What the other fields tell. `word` is what a field is called: `column`, `field`.
    pub(crate) fn told(&self, map: &FieldMap, word: &str) -> Told {
        let get = |role: Role| {
            let field = &self.fields[self.find(role, map)?];
            let words = decoded(&field.value);
            let evidence = Evidence::metadata(format!("{word} \"{}\"", field.name), &words);
            Some(Evidenced { value: words, evidence })
        };
        Told {
            title: get(Role::Title),
            published: get(Role::Published),
            modified: get(Role::Modified),
            url: get(Role::Url),
            outlet: get(Role::Outlet),
            byline: get(Role::Byline),
            language: get(Role::Language),
            fetched: get(Role::Fetched),
            name: get(Role::Name),
        }
    }

    /// The names of its fields, for a message: the first of them where they are many.
    pub(crate) fn shown_names(&self) -> String {
        let names = self.fields.iter().take(MAX_SHOWN_NAMES).map(|field| {
            let shown: String = field.name.chars().take(MAX_NAME_CHARS).collect();
            if shown.trim().is_empty() { "(no name)".to_string() } else { shown }
        });
        let shown = names.collect::<Vec<_>>().join(", ");
        match self.fields.len() {
            0 => "none".to_string(),
            n if n > MAX_SHOWN_NAMES => format!("{shown} and {} more", n - MAX_SHOWN_NAMES),
            _ => shown,
        }
    }

    fn find(&self, role: Role, map: &FieldMap) -> Option<usize> {
        self.candidates(role, map).find(|idx| !is_blank(&self.fields[*idx].value))
    }

    /// The fields whose names mean this role: those that the user told, then those that are known.
    fn candidates<'r>(&'r self, role: Role, map: &'r FieldMap) -> impl Iterator<Item = usize> + 'r {
        self.told_by_user(role, map).chain(self.known(role))
    }

    fn told_by_user<'r>(&'r self, role: Role, map: &'r FieldMap) -> impl Iterator<Item = usize> + 'r {
        map.names_of(role).flat_map(|name| {
            let folded = fold(name);
            self.positions(move |field| field.name == name || field.folded == folded)
        })
    }

    /// The fields whose names the data file has for this role, the clearest first; then, of names with dots, those whose
    /// last part it has.
    fn known(&self, role: Role) -> impl Iterator<Item = usize> {
        let known = role.names().iter().flat_map(|name| self.positions(move |field| field.folded == *name));
        let is_of_article = role == Role::Title || TEXT_ROLES.contains(&role);
        let inner = role.names().iter().filter(move |_| is_of_article).flat_map(|name| {
            self.positions(move |field| field.folded.rsplit_once('.').is_some_and(|(_, last)| last == *name))
        });
        known.chain(inner)
    }

    fn positions(&self, is_meant: impl Fn(&Field) -> bool) -> impl Iterator<Item = usize> {
        self.fields.iter().enumerate().filter(move |(_, field)| is_meant(field)).map(|(idx, _)| idx)
    }
}

/// Tables of surveys have hundreds of columns; a message names enough of them to find the right one.
const MAX_SHOWN_NAMES: usize = 20;
const MAX_NAME_CHARS: usize = 40;

/// What a user can do where no field holds the text.
pub(crate) fn field_hint(word: &str) -> String {
    format!("name the {word} that holds the text: --field text={}", word.to_uppercase())
}

fn fold(name: &str) -> String {
    let kept = name.chars().filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-' | '\u{feff}'));
    kept.flat_map(char::to_lowercase).collect()
}

fn is_blank(value: &[u8]) -> bool {
    value.iter().all(u8::is_ascii_whitespace)
}

/// A short value as text: UTF-8, or else Windows-1252, which all bytes are.
pub(crate) fn decoded(value: &[u8]) -> String {
    match std::str::from_utf8(value) {
        Ok(text) => text.trim().to_string(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(value).0.trim().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_file_has_a_section_for_each_role_and_its_names_are_folded() {
        let known = sections(FIELDS);
        assert_eq!(known.len(), Role::ALL.len());
        for role in Role::ALL {
            assert!(!role.names().is_empty(), "{role:?}");
            for name in role.names() {
                assert_eq!(*name, fold(name), "{role:?}");
            }
        }
    }

    #[test]
    fn what_the_user_told_goes_before_what_is_known() {
        let mut record = Record::default();
        record.push("text", b"short".to_vec());
        record.push("Full Body", b"long".to_vec());
        let map = FieldMap::parse(&["text=full_body"]).unwrap();
        assert_eq!(record.take_text(&map).unwrap().bytes, b"long");
        assert_eq!(record.take_text(&FieldMap::default()).unwrap().bytes, b"short");
        let mut record = Record::default();
        record.push("text", b"short".to_vec());
        record.push("source code", b"<p>long</p>".to_vec());
        let text = record.take_text(&FieldMap::parse(&["html=source code"]).unwrap()).unwrap();
        assert_eq!((text.bytes.as_slice(), text.is_page), (&b"<p>long</p>"[..], true));
    }

    #[test]
    fn an_empty_field_gives_way_to_the_next() {
        let mut record = Record::default();
        record.push("Content", b"  ".to_vec());
        record.push("description", b"in short".to_vec());
        record.push("source.name", b"Karsk Courier".to_vec());
        let map = FieldMap::default();
        assert_eq!(record.told(&map, "field").outlet.unwrap().value, "Karsk Courier");
        assert_eq!(record.take_text(&map).unwrap().bytes, b"in short");
    }
}
