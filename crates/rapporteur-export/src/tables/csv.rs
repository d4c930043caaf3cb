//! Comma-separated values (RFC 4180), without what a spreadsheet would run.

use super::{Rows, Table, Value, hex};
use crate::Error;
use std::borrow::Cow;
use std::io::Write;

/// What becomes of text that a spreadsheet would take for a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Formulas {
    /// It gets an apostrophe in front.
    #[default]
    Inert,
    /// It stays as it is.
    Raw,
}

/// What formulas begin with; spreadsheets take the wide forms for the narrow ones.
const STARTS: [char; 8] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// The text with an apostrophe in front where a spreadsheet may take it for a formula: where the first character is a tab or
/// a carriage return, or the first one behind white space, controls and apostrophes begins a formula. Who drops one
/// apostrophe from the front of a text of which this holds has the text as it was.
pub(crate) fn inert(text: &str, formulas: Formulas) -> Cow<'_, str> {
    let is_before = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\'' | '\u{feff}' | '\u{200b}');
    let is_formula = text.trim_start_matches('\'').starts_with(['\t', '\r'])
        || text.trim_start_matches(is_before).starts_with(STARTS);
    if is_formula && formulas == Formulas::Inert { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Lines of fields, whatever stands in them.
pub(crate) struct Sheet<W: Write> {
    writer: csv::Writer<W>,
    n_lines: usize,
}

impl<W: Write> Sheet<W> {
    pub(crate) fn new(out: W, names: &[&str]) -> Result<Self, Error> {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        writer.write_record(names)?;
        Ok(Sheet { writer, n_lines: 0 })
    }

    pub(crate) fn line<'f>(&mut self, fields: impl IntoIterator<Item = Cow<'f, str>>) -> Result<(), Error> {
        for field in fields {
            self.writer.write_field(field.as_bytes())?;
        }
        self.writer.write_record(None::<&[u8]>)?;
        self.n_lines += 1;
        Ok(())
    }

    /// The number of lines below the names.
    pub(crate) fn end(mut self) -> Result<usize, Error> {
        self.writer.flush()?;
        Ok(self.n_lines)
    }
}

pub(super) struct Csv<'o> {
    sheet: Sheet<&'o mut (dyn Write + Send)>,
    formulas: Formulas,
}

impl<'o> Csv<'o> {
    pub(super) fn new(table: &Table, formulas: Formulas, out: &'o mut (dyn Write + Send)) -> Result<Self, Error> {
        let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        Ok(Csv { sheet: Sheet::new(out, &names)?, formulas })
    }
}

impl Rows for Csv<'_> {
    fn row(&mut self, values: Vec<Option<Value>>) -> Result<(), Error> {
        let formulas = self.formulas;
        self.sheet.line(values.iter().map(|value| match value {
            None => Cow::Borrowed(""),
            Some(Value::Text(text) | Value::Json(text)) => inert(text, formulas),
            Some(Value::Bytes(bytes)) => Cow::Owned(hex(bytes)),
            Some(Value::Integer(number)) => Cow::Owned(number.to_string()),
            Some(Value::Boolean(is)) => Cow::Borrowed(if *is { "true" } else { "false" }),
        }))
    }

    fn end(self: Box<Self>) -> Result<(), Error> {
        self.sheet.end().map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_inert_and_can_be_had_back() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "  =1", "\n=1", "\u{a0}@x", "'=1", "＝1", "\u{0}=1"]
        {
            let shown = inert(text, Formulas::Inert);
            assert_eq!(shown, format!("'{text}"), "{text:?}");
            assert_eq!(inert(&shown[1..], Formulas::Inert), shown, "one apostrophe is one");
            assert_eq!(inert(text, Formulas::Raw), text);
        }
        for text in ["", "a=1", "'a'", "1-2", "“-”", "[\"=1\"]", " a"] {
            assert_eq!(inert(text, Formulas::Inert), text);
        }
    }
}
