//! What an address asks: parameters that are known, each once, each with a value that makes sense.

use super::Problem;
use percent_encoding::percent_decode_str;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// Code points of a name, an id or a line of a search.
const MAX_TEXT: usize = 1_000;

/// The parameters of an address by name.
#[derive(Debug)]
pub(super) struct Parameters(BTreeMap<String, String>);

impl Parameters {
    /// Takes a query string apart.
    ///
    /// # Errors
    /// If a parameter is none of the `known` ones or comes twice, or something is not percent-encoded UTF-8.
    pub(super) fn of(query: Option<&str>, known: &[&str]) -> Result<Self, Problem> {
        let mut parameters = BTreeMap::new();
        for one in query.unwrap_or_default().split('&').filter(|one| !one.is_empty()) {
            let (name, value) = one.split_once('=').unwrap_or((one, ""));
            let name = decoded(&name.replace('+', " "))?;
            if !known.contains(&name.as_str()) {
                let known = if known.is_empty() { "none here".to_string() } else { known.join(", ") };
                return Err(Problem::bad(
                    format!("no parameter is called {}", rapporteur_view::on_one_line(&name)),
                    format!("there are {known}"),
                ));
            }
            let value = decoded(&value.replace('+', " "))?;
            if parameters.insert(name.clone(), value).is_some() {
                return Err(Problem::bad(format!("{name} is given twice"), "give each parameter once"));
            }
        }
        Ok(Parameters(parameters))
    }

    /// A text that is not empty.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Problem> {
        self.text_up_to(name, MAX_TEXT)
    }

    pub(super) fn text_up_to(&mut self, name: &str, max: usize) -> Result<Option<String>, Problem> {
        let Some(value) = self.0.remove(name) else { return Ok(None) };
        if value.is_empty() || value.chars().count() > max {
            return Err(Problem::bad(
                format!("{name} is empty or too long"),
                format!("give it from 1 to {max} characters, or leave it out"),
            ));
        }
        Ok(Some(value))
    }

    /// One of a list of words.
    pub(super) fn one_of(&mut self, name: &str, words: &[&str]) -> Result<Option<String>, Problem> {
        let Some(value) = self.0.remove(name) else { return Ok(None) };
        if !words.contains(&value.as_str()) {
            return Err(Problem::bad(
                format!("{name} is none of its values"),
                format!("give one of {}", words.join(", ")),
            ));
        }
        Ok(Some(value))
    }

    /// A whole number in decimal digits.
    pub(super) fn number<T: FromStr + PartialOrd + Display>(
        &mut self,
        name: &str,
        range: RangeInclusive<T>,
    ) -> Result<Option<T>, Problem> {
        let Some(value) = self.0.remove(name) else { return Ok(None) };
        let is_plain = value.bytes().all(|byte| byte.is_ascii_digit()) && (value == "0" || !value.starts_with('0'));
        let number = value.parse::<T>().ok().filter(|number| is_plain && range.contains(number));
        let no_number = || {
            let hint = format!("give a whole number from {} to {}", range.start(), range.end());
            Problem::bad(format!("{name} is no such number"), hint)
        };
        number.map(Some).ok_or_else(no_number)
    }

    /// True or false.
    pub(super) fn flag(&mut self, name: &str) -> Result<bool, Problem> {
        Ok(self.one_of(name, &["true", "false"])?.as_deref() == Some("true"))
    }

    /// The first and the last day of a year, a month or a day.
    pub(super) fn days(&mut self, name: &str) -> Result<Option<(String, String)>, Problem> {
        let Some(value) = self.0.remove(name) else { return Ok(None) };
        let days = rapporteur_engine::case::days_of(&value).filter(|_| is_date(&value));
        let no_date = || {
            let hint = "write a year, a month or a day: 2024, 2024-03, 2024-03-12";
            Problem::bad(format!("{name} is no date"), hint)
        };
        days.map(Some).ok_or_else(no_date)
    }
}

/// Whether a text is written as a year, a month or a day with all of its digits.
fn is_date(text: &str) -> bool {
    let is_number = |text: &str, n_digits| text.len() == n_digits && text.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').collect();
    (1..=3).contains(&parts.len()) && is_number(parts[0], 4) && parts[1..].iter().all(|part| is_number(part, 2))
}

/// Text out of an address.
pub(super) fn decoded(encoded: &str) -> Result<String, Problem> {
    let bad = |what: &str| Problem::bad(what, "write bytes beyond letters and digits as % and two hexadecimal digits");
    let mut rest = encoded;
    while let Some((_, after)) = rest.split_once('%') {
        if !after.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) {
            return Err(bad("a percent sign of the address encodes nothing"));
        }
        rest = after;
    }
    let text = percent_decode_str(encoded).decode_utf8();
    text.map(|text| text.into_owned()).map_err(|_| bad("the address is not UTF-8"))
}

/// The id that a path ends in.
pub(super) fn id(path: &str, before: &str) -> Result<String, Problem> {
    let id = decoded(path.strip_prefix(before).unwrap_or_default())?;
    if id.chars().count() > MAX_TEXT {
        return Err(Problem::bad("the id is too long", format!("an id has at most {MAX_TEXT} characters")));
    }
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_taken() {
        let mut asked = Parameters::of(Some("who=Oren+Vale&limit=7&&from=2024-03"), &["who", "limit", "from"]).unwrap();
        assert_eq!(asked.text("who").unwrap().as_deref(), Some("Oren Vale"));
        assert_eq!(asked.number("limit", 0..=1_000_usize).unwrap(), Some(7));
        assert_eq!(asked.days("from").unwrap().unwrap().1, "2024-03-31");
        assert_eq!(asked.text("to").unwrap(), None);
    }

    #[test]
    fn what_is_not_known_is_a_problem_with_a_hint() {
        for query in ["x=1", "limit", "limit=1&limit=2", "limit=%", "limit=%g0", "li%mit=1", "who=%ff", "%00=1", "who="]
        {
            let taken = Parameters::of(Some(query), &["limit", "who"])
                .and_then(|mut asked| Ok((asked.number("limit", 0..=9_usize)?, asked.text("who")?)));
            assert!(taken.is_err(), "{query}");
        }
    }

    #[test]
    fn numbers_and_dates_are_written_in_one_way() {
        for value in ["+1", "01", "1.0", "1e3", "-1", "10", "", " 1", "٣", "99999999999999999999999"] {
            let mut asked = Parameters(BTreeMap::from([("n".to_string(), value.to_string())]));
            assert!(asked.number("n", 0..=9_usize).is_err(), "{value}");
        }
        for value in [
            "24",
            "2024-3",
            "2024-13",
            "2024-00",
            "2024-01-32",
            "2024-W03",
            "2024-",
            "20240",
            "２０２４",
            "2024-01-01-01",
        ] {
            let mut asked = Parameters(BTreeMap::from([("day".to_string(), value.to_string())]));
            assert!(asked.days("day").is_err(), "{value}");
        }
    }
}
