//! Exact decimal numbers, small enough to be sums of money and counts of things.

use std::cmp::Ordering;

/// A number of so many `digits`, the last `places` of them behind the point.
#[derive(Debug, Clone, Copy)]
pub(super) struct Decimal {
    digits: u128,
    places: u32,
}

/// Longer numbers are codes and no counts.
const MAX_DIGITS: usize = 18;
/// How many places of a fraction are kept: a third is 0.3333.
const FRACTION_PLACES: u32 = 4;
/// Products stay under the square of the longest number.
const MAX_VALUE: u128 = 10_u128.pow(30);

impl Decimal {
    /// A whole number.
    pub(super) fn whole(number: u64) -> Self {
        Decimal { digits: u128::from(number), places: 0 }
    }

    /// `part` of `whole`, to four places; `None` for a part of nothing.
    pub(super) fn fraction(part: u64, whole: u64) -> Option<Self> {
        let digits = u128::from(part) * 10_u128.pow(FRACTION_PLACES);
        let whole = u128::from(whole);
        Some(Decimal { digits: (digits + whole / 2).checked_div(whole)?, places: FRACTION_PLACES }.levelled())
    }

    /// A number as it is written in digits: "2,500", "3.5", "1.234.567"; `None` for anything else.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !text.starts_with(|c: char| c.is_ascii_digit()) || text.len() > 2 * MAX_DIGITS {
            return None;
        }
        let grouped = |separator: char, text: &str| {
            let mut groups = text.split(separator);
            let first = groups.next().is_some_and(|group| is_digits(group) && group.len() <= 3);
            first && groups.all(|group| is_digits(group) && group.len() == 3)
        };
        let (whole, places) = match text.split_once('.') {
            Some((whole, rest)) if !rest.contains('.') => (whole, rest),
            // Points that group thousands come in twos at least; one alone is a decimal point.
            Some(_) if grouped('.', text) => (text, ""),
            Some(_) => return None,
            None => (text, ""),
        };
        let is_whole = is_digits(whole) || grouped(',', whole) || places.is_empty() && grouped('.', whole);
        if !is_whole || !(places.is_empty() && !text.ends_with('.') || is_digits(places)) {
            return None;
        }
        let digits: String = whole.chars().chain(places.chars()).filter(char::is_ascii_digit).collect();
        if digits.len() > MAX_DIGITS {
            return None;
        }
        let places = u32::try_from(places.len()).ok()?;
        Some(Decimal { digits: digits.parse().ok()?, places }.levelled())
    }

    /// Without zeros at the end of the places.
    fn levelled(self) -> Self {
        let Decimal { mut digits, mut places } = self;
        while places > 0 && digits % 10 == 0 {
            digits /= 10;
            places -= 1;
        }
        Decimal { digits, places }
    }

    /// Both numbers in digits of the same places.
    fn aligned(self, other: Self) -> Option<(u128, u128, u32)> {
        let places = self.places.max(other.places);
        let lift = |number: Self| number.digits.checked_mul(10_u128.checked_pow(places - number.places)?);
        Some((lift(self)?, lift(other)?, places))
    }

    /// The sum; `None` where it is beyond measure.
    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let (a, b, places) = self.aligned(other)?;
        a.checked_add(b).and_then(|digits| Decimal { digits, places }.bounded())
    }

    /// So many parts of a whole: two thirds.
    pub(super) fn parts(self, part: u64, whole: u64) -> Option<Self> {
        let digits = self.digits.checked_mul(u128::from(part))?.checked_mul(10_u128.pow(FRACTION_PLACES))?;
        let whole = u128::from(whole);
        let digits = digits.checked_add(whole / 2)?.checked_div(whole)?;
        Decimal { digits, places: self.places + FRACTION_PLACES }.bounded()
    }

    /// The product; `None` where it is beyond measure.
    pub(super) fn times(self, other: Self) -> Option<Self> {
        let digits = self.digits.checked_mul(other.digits)?;
        Decimal { digits, places: self.places + other.places }.bounded()
    }

    fn bounded(self) -> Option<Self> {
        (self.digits < MAX_VALUE).then(|| self.levelled())
    }

    /// The order of two numbers.
    pub(super) fn order(self, other: Self) -> Ordering {
        self.aligned(other).map_or(Ordering::Equal, |(a, b, _)| a.cmp(&b))
    }

    /// Whether it is below a whole number.
    pub(super) fn is_below(self, number: u64) -> bool {
        self.order(Decimal::whole(number)) == Ordering::Less
    }
}

impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let places = self.places as usize;
        let digits = format!("{:0>width$}", self.digits, width = places + 1);
        let (whole, rest) = digits.split_at(digits.len() - places);
        if rest.is_empty() { f.write_str(whole) } else { write!(f, "{whole}.{rest}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        Decimal::parse(text).map(|number| number.to_string())
    }

    #[test]
    fn digits_are_read_as_they_are_written() {
        for (text, value) in [
            ("0", "0"),
            ("100,000", "100000"),
            ("1,234,567.50", "1234567.5"),
            ("2.5", "2.5"),
            ("0.25", "0.25"),
            ("1.234.567", "1234567"),
            ("007", "7"),
            ("999999999999999999", "999999999999999999"),
        ] {
            assert_eq!(read(text).as_deref(), Some(value), "{text}");
        }
        for text in ["", "1,,,2", "1,5", "1.2.3", ".5", "5.", "１２", "1,2345", "1e9", "12a", "9999999999999999999"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn arithmetic_is_exact_and_bounded() {
        let number = |text| Decimal::parse(text).unwrap();
        assert_eq!(number("1.5").times(number("1,000,000")).unwrap().to_string(), "1500000");
        assert_eq!(number("1").plus(Decimal::fraction(1, 2).unwrap()).unwrap().to_string(), "1.5");
        assert_eq!(Decimal::fraction(2, 3).unwrap().to_string(), "0.6667");
        assert!(Decimal::fraction(1, 0).is_none());
        let most = number("999999999999999999");
        assert!(most.times(most).is_none() && most.times(number("1000")).is_some());
        assert!(number("4").is_below(5) && !number("5.0").is_below(5));
    }
}
