//! The shape of a GDELT 2.0 event table: its columns by its names, between tabs, those filled that a case can fill.
//!
//! A GDELT table has no column that tells whether something took place, so that only what did is in it.

use super::{Event, Participant};
use crate::Error;
use crate::tables::{Formulas, inert};
use sha2::{Digest, Sha256};
use std::io::Write;

/// How the line of names begins.
pub(crate) const GDELT_START: &str = "GLOBALEVENTID\tSQLDATE\tMonthYear\t";
/// How many columns a GDELT 2.0 event has.
pub const N_GDELT_COLUMNS: usize = 61;

const ACTOR: [&str; 10] = [
    "Code",
    "Name",
    "CountryCode",
    "KnownGroupCode",
    "EthnicCode",
    "Religion1Code",
    "Religion2Code",
    "Type1Code",
    "Type2Code",
    "Type3Code",
];
const EVENT: [&str; 10] = [
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
];
const GEO: [&str; 8] = ["Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"];

/// The names of the columns.
fn columns() -> Vec<String> {
    let mut columns: Vec<String> =
        ["GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"].map(str::to_string).to_vec();
    for actor in ["Actor1", "Actor2"] {
        columns.extend(ACTOR.map(|name| format!("{actor}{name}")));
    }
    columns.extend(EVENT.map(str::to_string));
    for place in ["Actor1Geo", "Actor2Geo", "ActionGeo"] {
        columns.extend(GEO.map(|name| format!("{place}_{name}")));
    }
    columns.extend(["DATEADDED", "SOURCEURL"].map(str::to_string));
    columns
}

pub(super) struct Gdelt<'o> {
    out: &'o mut (dyn Write + Send),
    columns: Vec<String>,
    formulas: Formulas,
    n_rows: usize,
}

impl<'o> Gdelt<'o> {
    pub(super) fn new(out: &'o mut (dyn Write + Send), formulas: Formulas) -> Result<Self, Error> {
        let columns = columns();
        writeln!(out, "{}", columns.join("\t"))?;
        Ok(Gdelt { out, columns, formulas, n_rows: 0 })
    }

    pub(super) fn row(&mut self, event: &Event) -> Result<(), Error> {
        if !matches!(event.status.as_str(), "happened" | "ongoing") {
            return Ok(());
        }
        for (source, target) in event.pairs() {
            let fields = self.columns.iter().map(|name| self.field(name, event, &source, &target));
            let line = fields.collect::<Vec<_>>().join("\t");
            writeln!(self.out, "{line}")?;
            self.n_rows += 1;
        }
        Ok(())
    }

    pub(super) fn end(self) -> Result<usize, Error> {
        self.out.flush()?;
        Ok(self.n_rows)
    }

    fn field(&self, name: &str, event: &Event, source: &Participant, target: &Participant) -> String {
        let [_, _, _, url, _] = &event.article;
        let code = super::cameo::code_of(&event.kind);
        if let Some(name) = name.strip_prefix("Actor1").filter(|name| !name.starts_with("Geo")) {
            return self.actor(name, source);
        }
        if let Some(name) = name.strip_prefix("Actor2").filter(|name| !name.starts_with("Geo")) {
            return self.actor(name, target);
        }
        match name {
            "GLOBALEVENTID" => number_of(&[&event.id, &source.id, &target.id]),
            "SQLDATE" => digits(&event.time, 8),
            "MonthYear" => digits(&event.time, 6),
            "Year" => digits(&event.time, 4),
            "EventCode" | "EventBaseCode" => code.map(|code| code.code).unwrap_or_default().to_string(),
            "EventRootCode" => code.map(|code| code.root).unwrap_or_default().to_string(),
            "QuadClass" => code.map(|code| code.gdelt_quad).unwrap_or_default().to_string(),
            "GoldsteinScale" => code.map(|code| code.goldstein).unwrap_or_default().to_string(),
            "NumMentions" => event.n_mentions.to_string(),
            "NumSources" => event.n_origins.0.to_string(),
            "NumArticles" => event.n_articles.to_string(),
            "ActionGeo_FullName" => self.text(&event.place),
            "DATEADDED" => event.added.chars().filter(char::is_ascii_digit).take(14).collect(),
            "SOURCEURL" => self.text(url),
            _ => String::new(),
        }
    }

    fn actor(&self, name: &str, actor: &Participant) -> String {
        match name {
            "Code" => actor.code(),
            "Name" => self.text(&actor.name),
            "CountryCode" => actor.country.clone().unwrap_or_default(),
            "Type1Code" => actor.role.clone().unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// GDELT knows no way to write a tab or a line break in a field: they are spaces here.
    fn text(&self, text: &str) -> String {
        let on_one_line: String = text.chars().map(|c| if c.is_control() || is_break(c) { ' ' } else { c }).collect();
        inert(&on_one_line, self.formulas).into_owned()
    }
}

fn is_break(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

/// The digits of a date down to the day (8), the month (6) or the year (4), where the value tells so much.
fn digits(value: &str, n: usize) -> String {
    let date = value.split('T').next().unwrap_or_default();
    let is_date =
        date.split('-').zip([4, 2, 2]).all(|(part, n)| part.len() == n && part.bytes().all(|b| b.is_ascii_digit()));
    let digits: String = date.chars().filter(char::is_ascii_digit).take(n).collect();
    // Weeks, seasons and quarters tell their year alone.
    let is_year = n == 4
        && date.split('-').next().is_some_and(|year| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()));
    if (is_date || is_year) && digits.len() == n { digits } else { String::new() }
}

/// A number of 62 bits that names a row: the first bytes of a hash.
fn number_of(parts: &[&str]) -> String {
    let hash = Sha256::digest(parts.join("\u{1f}").as_bytes());
    let first = hash.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    (first >> 2).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_as_many_columns_as_in_gdelt() {
        assert_eq!(columns().len(), N_GDELT_COLUMNS);
        assert!(columns().join("\t").starts_with(GDELT_START));
    }

    #[test]
    fn a_date_is_as_exact_as_it_is_told() {
        let all = |value| [8, 6, 4].map(|n| digits(value, n));
        assert_eq!(all("2024-03-12T10:00"), ["20240312", "202403", "2024"]);
        assert_eq!(all("2024-03"), ["", "202403", "2024"]);
        assert_eq!(all("2024-W11"), ["", "", "2024"]);
        assert_eq!(all("2024"), ["", "", "2024"]);
        assert_eq!(all("FUTURE_REF"), ["", "", ""]);
        assert_eq!(all("P2D"), ["", "", ""]);
        assert_eq!(all(""), ["", "", ""]);
    }
}
