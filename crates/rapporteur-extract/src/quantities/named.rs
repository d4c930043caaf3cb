//! Which numbers are part of a name or a date, and count nothing?

use super::number::{Number, Reader};
use super::words::Sense;
use crate::analysis::TokenRange;
use rapporteur_model::{Timex, TimexKind};

/// Whole numbers that are years where nothing else is said.
const YEARS: std::ops::RangeInclusive<u32> = 1500..=2100;
/// Entities whose numbers are names.
const NAMES: [&str; 7] = ["ORG", "PRODUCT", "LAW", "EVENT", "FAC", "WORK_OF_ART", "PERSON"];

impl Reader<'_, '_> {
    /// Whether the number is part of a name: "Channel Nine", "Resolution 2254", "page 5". `noun` is what it
    /// counts, if it counts something.
    pub(super) fn is_in_name(&self, number: Number, noun: Option<usize>) -> bool {
        let analysis = self.analysis;
        let token = analysis.token(number.start);
        let is_word = token.text().starts_with(char::is_alphabetic);
        let is_capital = token.text().starts_with(char::is_uppercase);
        let counts_many = noun.is_some_and(|noun| matches!(analysis.token(noun).tag(), "NNS" | "NNPS"));
        let in_name = NAMES.contains(&token.entity_type());
        if in_name && (number.start > 0 && analysis.token(number.start - 1).entity_type() == token.entity_type()) {
            return number.currency.is_none();
        }
        let Some(before) = number.start.checked_sub(1).map(|before| analysis.token(before)) else {
            return in_name && !counts_many && noun.is_some();
        };
        let opens = token.is_sentence_start() || analysis.is_mark(before.idx()) || before.is_space();
        if is_word && is_capital && !opens && !analysis.is_title(token.idx()) {
            return true;
        }
        if number.currency.is_some() || self.is(number.end, |sense| matches!(sense, Sense::Percent)) {
            return false;
        }
        if in_name && !counts_many && !is_word {
            return true;
        }
        let follows_letters = before.whitespace().is_empty()
            && (matches!(before.text(), "#" | "№" | "/" | "@" | "_")
                || matches!(before.text(), "-" | "–")
                    && before.previous().is_some_and(|word| word.text().ends_with(char::is_alphanumeric)));
        if follows_letters {
            return true;
        }
        let has_capital = before.text().chars().any(char::is_uppercase);
        let is_inner = before.text().starts_with(char::is_lowercase) && has_capital;
        let is_proper = before.tag().starts_with("NNP") && has_capital || is_inner;
        let is_label = self.is(before.idx(), |sense| matches!(sense, Sense::Label));
        if is_label && (is_proper || !counts_many) {
            return true;
        }
        // "the iPhone 4 owners", "Standard & Poor's 500 index"
        let leads_on = matches!(before.dep(), "compound" | "nmod" | "poss" | "nummod") || before.tag() == "POS";
        if !is_word
            && leads_on
            && (is_proper || before.tag() == "POS" && !counts_many && number.value.is_below(10_000))
            && noun.is_some()
        {
            return before.head().idx() >= number.start || before.tag() == "POS";
        }
        // "3G", "737-800"
        let next = number.end;
        let is_letter =
            |idx: usize| self.lower(idx).len() == 1 && analysis.token(idx).text().starts_with(char::is_uppercase);
        if self.is_joined(next - 1) && is_letter(next) || number.upper.is_some() && number.is_code(self, counts_many) {
            return true;
        }
        // A number that hangs on the noun before it tells which one: "gate 5", "Boeing 737".
        let hangs_before = token.dep() == "nummod" && token.head().idx() == before.idx();
        (is_proper || hangs_before) && noun.is_none()
    }

    /// Whether the number belongs to a date or a time of day.
    pub(super) fn is_in_date(&self, number: Number, noun: Option<usize>, timexes: &[Timex]) -> bool {
        let analysis = self.analysis;
        let span = analysis.bytes(TokenRange::new(number.start, number.end));
        let first = timexes.partition_point(|timex| timex.span.end <= span.start);
        if timexes.get(first).is_some_and(|timex| timex.span.start < span.end && timex.kind != TimexKind::Duration) {
            return true;
        }
        let is_month = |idx: usize| {
            idx < analysis.doc.len()
                && analysis.token(idx).text().starts_with(char::is_uppercase)
                && self.is(idx, |sense| matches!(sense, Sense::Month))
        };
        let beside = |idx: usize| is_month(idx) && number.value.is_below(32);
        let before = number.start.checked_sub(1);
        if beside(number.end) || before.is_some_and(beside) {
            return true;
        }
        if self.lower(number.end) == "of" && is_month(number.end + 1) {
            return true;
        }
        if self.is(number.end, |sense| matches!(sense, Sense::Clock)) {
            return true;
        }
        let token = analysis.token(number.start);
        let counts_many = noun.is_some_and(|noun| analysis.token(noun).tag() == "NNS");
        let year = token.text().get(..4).filter(|_| token.text().len() == 4 || token.text().len() == 9);
        let is_year = year.is_some_and(|year| year.parse().is_ok_and(|year| YEARS.contains(&year)));
        if is_year && number.currency.is_none() && !(counts_many && token.entity_type() != "DATE") {
            return true;
        }
        self.entity(number.start, &["DATE", "TIME"])
            .is_some_and(|range| (range.start..range.end).any(|idx| self.dates(idx) || is_month(idx)))
    }

    fn dates(&self, idx: usize) -> bool {
        self.is(idx, |sense| matches!(sense, Sense::Date | Sense::Clock))
    }

    /// The tokens with the same one of `labels` around a token, a few on either side.
    fn entity(&self, idx: usize, labels: &[&str]) -> Option<TokenRange> {
        const FAR: usize = 6;
        let label = self.analysis.token(idx).entity_type();
        if !labels.contains(&label) {
            return None;
        }
        let is_same = |idx: &usize| self.analysis.token(*idx).entity_type() == label;
        let start = (idx.saturating_sub(FAR)..idx).rev().take_while(is_same).last().unwrap_or(idx);
        let end = (idx..self.analysis.doc.len().min(idx + FAR)).take_while(is_same).last().unwrap_or(idx);
        Some(TokenRange::new(start, end + 1))
    }
}
