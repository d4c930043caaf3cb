//! Which number do the tokens from here on make?

use super::decimal::Decimal;
use super::words::{QuantityWords, Sense};
use crate::analysis::Analysis;
use std::cmp::Ordering;

/// A number and the tokens that make it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) value: Decimal,
    /// The upper end of a range.
    pub(super) upper: Option<Decimal>,
    /// The token of a currency's sign.
    pub(super) currency: Option<usize>,
    /// An order of magnitude: "tens of thousands".
    pub(super) is_vague: bool,
    /// Its words of magnitude multiplied: a million for "1.5 million".
    scale: Decimal,
}

/// What numbers are read with.
#[derive(Clone, Copy)]
pub(super) struct Reader<'r, 'a> {
    pub(super) analysis: &'r Analysis<'a>,
    pub(super) words: &'r QuantityWords,
}

/// What stands at a place where a number may begin.
pub(super) enum Read {
    /// A number or a range.
    Number(Number),
    /// Two numbers that make no range, as the score of a game does: "2-1"; with the token after it.
    Score(usize),
    Nothing,
}

/// A small number before it is multiplied, with the token after it.
type Simple = (Decimal, usize);

impl Number {
    /// "737-800": two numbers in digits that are joined and count nothing.
    pub(super) fn is_code(&self, reader: &Reader<'_, '_>, counts_many: bool) -> bool {
        let is_digits = |idx: usize| reader.lower(idx).starts_with(|c: char| c.is_ascii_digit());
        let is_joined = reader.is_joined(self.start) && is_digits(self.start) && is_digits(self.end - 1);
        let is_measure = reader.is(self.end, |sense| matches!(sense, Sense::Percent)) || reader.lower(self.end) == "-";
        is_joined && !counts_many && !is_measure && self.currency.is_none()
    }
}

impl Reader<'_, '_> {
    pub(super) fn lower(&self, idx: usize) -> &str {
        if idx < self.analysis.doc.len() { self.analysis.lower(idx) } else { "" }
    }

    /// Whether the word at a token may be what `is` asks for.
    pub(super) fn is(&self, idx: usize, is: impl Fn(Sense) -> bool) -> bool {
        self.words.any(self.lower(idx), is)
    }

    /// Whether nothing stands between a token and the next.
    pub(super) fn is_joined(&self, idx: usize) -> bool {
        idx + 1 < self.analysis.doc.len() && self.analysis.token(idx).whitespace().is_empty()
    }

    fn is_hyphen(&self, idx: usize) -> bool {
        matches!(self.lower(idx), "-" | "–" | "—" | "‑")
    }

    /// The number or the range that begins at a token.
    pub(super) fn read(&self, start: usize) -> Read {
        if let Some((lower, upper)) = self.range_in_token(start) {
            return self.range(start, start + 1, self.amount(start, start + 1, lower), upper);
        }
        let Some(number) = self.number(start) else { return Read::Nothing };
        let joint = number.end;
        let is_hyphen = self.is_hyphen(joint) && self.is_joined(joint - 1) && self.is_joined(joint);
        let before = if start > 0 { self.lower(start - 1) } else { "" };
        let joins = match self.lower(joint) {
            "or" => true,
            // "fell to", "from 5 to 10" tell of two states, "ranges from 5 to 10" of one range.
            "to" if before == "from" => start > 1 && self.is(start - 2, |sense| matches!(sense, Sense::Ranging)),
            "to" => start == 0 || !self.is(start - 1, |sense| matches!(sense, Sense::Change)),
            "and" => before == "between",
            _ => is_hyphen,
        };
        let at = joint + 1;
        let Some(second) = self.number(at).filter(|_| joins) else { return Read::Number(number) };
        if second.is_vague || number.is_vague || second.currency.is_some() && number.currency.is_none() {
            return Read::Number(number);
        }
        match self.range(start, second.end, number, second) {
            Read::Score(_) if !is_hyphen => Read::Number(number),
            // "five-four-three" is no range and no score.
            Read::Number(_) if self.is_hyphen(second.end) && self.number(second.end + 1).is_some() => {
                Read::Score(second.end)
            }
            read => read,
        }
    }

    fn range(&self, start: usize, end: usize, lower: Number, upper: Number) -> Read {
        let one = Decimal::whole(1);
        let mut low = lower.value;
        // "two to three million" means two million.
        if lower.scale.order(one) == Ordering::Equal
            && upper.scale.order(one) == Ordering::Greater
            && let Some(lifted) = low.times(upper.scale)
            && lifted.order(upper.value) == Ordering::Less
        {
            low = lifted;
        }
        if low.order(upper.value) != Ordering::Less {
            return Read::Score(end);
        }
        Read::Number(Number { start, end, value: low, upper: Some(upper.value), ..lower })
    }

    /// "20–30", which the tokenizer leaves in one piece.
    fn range_in_token(&self, idx: usize) -> Option<(Decimal, Number)> {
        let (lower, upper) = self.lower(idx).split_once(['–', '—'])?;
        let (lower, upper) = (Decimal::parse(lower)?, Decimal::parse(upper)?);
        Some((lower, self.amount(idx, idx + 1, upper)))
    }

    fn amount(&self, start: usize, end: usize, value: Decimal) -> Number {
        let scale = Decimal::whole(1);
        Number { start, end, value, upper: None, currency: None, is_vague: false, scale }
    }

    /// One number, with the sign of a currency before it.
    fn number(&self, start: usize) -> Option<Number> {
        let has_currency = self.is(start, |sense| matches!(sense, Sense::Currency));
        let first = start + usize::from(has_currency);
        let number = self.vague(first).or_else(|| self.one_of_a_kind(first)).or_else(|| {
            let (simple, end) = self.simple(first, has_currency)?;
            self.multiplied(first, simple, end, has_currency)
        })?;
        Some(Number { start, currency: has_currency.then_some(start), ..number })
    }

    /// "tens of thousands", "several hundred", "a few million".
    fn vague(&self, start: usize) -> Option<Number> {
        let mut at = start + usize::from(self.lower(start) == "a");
        let is_blurred = self.is(at, |sense| matches!(sense, Sense::Blur));
        at += usize::from(is_blurred);
        let mut value = Decimal::whole(1);
        let first = at;
        loop {
            let factor = self.words.senses(self.lower(at)).iter().find_map(|&sense| match sense {
                Sense::Many(many) => Some(many),
                // "several hundred", "several hundred thousand"
                Sense::Scale(scale @ 12..) if is_blurred && self.is_scale_word(at) => Some(scale),
                _ => None,
            });
            let Some(factor) = factor else { break };
            value = value.times(Decimal::whole(factor))?;
            at += 1;
            let goes_on = self.lower(at) == "of" && self.is(at + 1, |sense| matches!(sense, Sense::Many(_)));
            at += usize::from(goes_on);
        }
        let is_number = at > first && (is_blurred || first == start);
        is_number.then(|| Number { is_vague: true, ..self.amount(start, at, value) })
    }

    /// "a hundred", "a dozen", "a couple of", "a third of", "half a million", "half of".
    fn one_of_a_kind(&self, start: usize) -> Option<Number> {
        let is_article = matches!(self.lower(start), "a" | "an" | "one");
        let noun = start + usize::from(is_article);
        let of_follows = self.lower(noun + 1) == "of";
        for &sense in self.words.senses(self.lower(noun)) {
            match sense {
                Sense::Scale(2) if is_article && of_follows && self.lower(start) == "a" => {
                    return Some(self.amount(start, noun + 1, Decimal::whole(2)));
                }
                Sense::Scale(scale @ 12..) if is_article && self.is_scale_word(noun) => {
                    return if scale == 12 {
                        Some(self.amount(start, noun + 1, Decimal::whole(scale)))
                    } else {
                        self.multiplied(start, Decimal::whole(1), noun, false)
                    };
                }
                Sense::Part(part, whole) if is_article && of_follows || part_stands_alone(self.lower(noun)) => {
                    return self.part(start, noun, Decimal::fraction(part, whole)?);
                }
                Sense::Ordinal(whole @ 4..) if is_article && of_follows => {
                    return Some(self.amount(start, noun + 1, Decimal::fraction(1, whole)?));
                }
                _ => {}
            }
        }
        None
    }

    /// A part of something: "half of the fleet", "half a million", "half an hour", "a half-dozen".
    fn part(&self, start: usize, noun: usize, value: Decimal) -> Option<Number> {
        let next = noun + 1 + usize::from(self.is_hyphen(noun + 1));
        let is_article = matches!(self.lower(next), "a" | "an");
        let scale_at = next + usize::from(is_article);
        if self.lower(next) == "of" && self.lower(next + 1) == "a" && self.is_scale_word(next + 2) {
            return self.multiplied(start, value, next + 2, false);
        }
        if self.is_scale_word(scale_at) && (is_article || next > noun + 1) {
            return self.multiplied(start, value, scale_at, false);
        }
        let whole = ["of", "the", "a", "an", "its", "their", "his", "her", "our", "that", "this"];
        if self.is_hyphen(noun + 1) || !(whole.contains(&self.lower(noun + 1)) || start > 0 && self.is_bounded(start)) {
            return None;
        }
        Some(self.amount(start, noun + 1 + usize::from(is_article), value))
    }

    /// "more than half", "about half"
    fn is_bounded(&self, start: usize) -> bool {
        !self.words.before(self.lower(start - 1)).is_empty()
    }

    /// A word of magnitude that may stand by itself; "m" may not.
    fn is_scale_word(&self, idx: usize) -> bool {
        self.lower(idx).len() > 1 && self.is(idx, |sense| matches!(sense, Sense::Scale(scale) if scale >= 12))
    }

    /// A number in digits or a word for one below a hundred.
    fn simple(&self, start: usize, has_currency: bool) -> Option<Simple> {
        let lower = self.lower(start);
        if lower.starts_with(|c: char| c.is_ascii_digit()) {
            return self.digits(start, has_currency);
        }
        for &sense in self.words.senses(lower) {
            let Sense::Number(number) = sense else { continue };
            let value = Decimal::whole(number);
            if !(20..100).contains(&number) {
                return Some((value, start + 1));
            }
            let unit_at = start + 1 + usize::from(self.is_hyphen(start + 1));
            let unit = self.words.senses(self.lower(unit_at)).iter().find_map(|sense| match sense {
                Sense::Number(unit @ 1..=9) => Some(*unit),
                _ => None,
            });
            return Some(unit.map_or((value, start + 1), |unit| (Decimal::whole(number + unit), unit_at + 1)));
        }
        None
    }

    fn digits(&self, start: usize, has_currency: bool) -> Option<Simple> {
        let lower = self.lower(start);
        if lower.contains('/') {
            return self.digits_part(start);
        }
        // "3bn"
        let letters = lower.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.'));
        let value = Decimal::parse(&lower[..lower.len() - letters.len()])?;
        if !letters.is_empty() {
            let scale = scale_of(self.words.senses(letters)).filter(|_| has_currency || letters.len() > 1)?;
            return Some((value.times(Decimal::whole(scale))?, start + 1));
        }
        // "6 3/8"
        if let Some((part, end)) = self.digits_part(start + 1) {
            return Some((value.plus(part)?, end));
        }
        // "100 000" has a space where others have a comma.
        let (mut value, mut at) = (value, start + 1);
        while self.lower(at) == "000" && self.lower(at - 1).len() <= 3 && self.lower(start) != "000" {
            value = value.times(Decimal::whole(1000))?;
            at += 1;
        }
        Some((value, at))
    }

    /// "3/8"
    fn digits_part(&self, at: usize) -> Option<Simple> {
        let (part, whole) = self.lower(at).split_once('/')?;
        let (part, whole) = (part.parse().ok()?, whole.parse().ok()?);
        let is_part = part < whole && matches!(whole, 2..=8 | 10 | 16 | 32 | 64);
        is_part.then(|| Decimal::fraction(part, whole)).flatten().map(|value| (value, at + 1))
    }

    /// What words of magnitude and further words make of a number: "two hundred and fifty thousand".
    fn multiplied(&self, start: usize, simple: Decimal, end: usize, has_currency: bool) -> Option<Number> {
        let (mut total, mut group, mut at) = (Decimal::whole(0), Some(simple), end);
        let (mut factor, mut least) = (Decimal::whole(1), u64::MAX);
        if let Some((value, end)) = self.fraction_of(simple, at) {
            return Some(self.amount(start, end, value));
        }
        // "23 hundreds"
        let many = self.words.senses(self.lower(at)).iter().find_map(|sense| match sense {
            Sense::Many(many) => Some(*many),
            _ => None,
        });
        if let Some(many) = many {
            return simple.times(Decimal::whole(many)).map(|value| self.amount(start, at + 1, value));
        }
        let is_digits = self.lower(start).starts_with(|c: char| c.is_ascii_digit());
        let and_a_half = |at: usize| [0, 1, 2].map(|n| self.lower(at + n)) == ["and", "a", "half"];
        if and_a_half(at) {
            group = Some(simple.plus(Decimal::fraction(1, 2)?)?);
            at += 3;
        }
        while let Some(number) = group {
            let scale_at = at + usize::from(self.is_hyphen(at) && self.is_scale_word(at + 1));
            let is_letter = has_currency && self.lower(at).len() == 1 && self.is_joined(at - 1);
            let scale = scale_of(self.words.senses(self.lower(scale_at)));
            let Some(scale) = scale.filter(|_| is_letter || self.is_scale_word(scale_at)) else { break };
            if scale >= least {
                break;
            }
            let by = Decimal::whole(scale);
            (at, factor) = (scale_at + 1, factor.times(by)?);
            if scale <= 100 {
                let more = self.below_hundred(at).filter(|_| scale == 100);
                let number = number.times(by)?;
                group = Some(more.map_or(Some(number), |(more, _)| number.plus(more))?);
                at = more.map_or(at, |(_, end)| end);
                least = least.min(if scale == 100 { least } else { 0 });
                if scale == 100 && !self.is_scale_word(at) || scale < 100 {
                    break;
                }
            } else {
                (total, least) = (total.plus(number.times(by)?)?, scale);
                let more = self.below_hundred(at).filter(|_| !is_digits);
                group = more.map(|(more, _)| more);
                at = more.map_or(at, |(_, end)| end);
            }
        }
        let value = group.map_or(Some(total), |group| total.plus(group))?;
        Some(Number { scale: factor, ..self.amount(start, at, value) })
    }

    /// A number in words that goes on after "hundred" or "thousand", with or without "and".
    fn below_hundred(&self, at: usize) -> Option<Simple> {
        let first = at + usize::from(self.lower(at) == "and");
        let is_digits = self.lower(first).starts_with(|c: char| c.is_ascii_digit());
        // "five thousand and one of them" counts two things.
        if is_digits || self.lower(first + 1) == "of" {
            return None;
        }
        self.simple(first, false)
    }

    /// "two thirds", "three-quarters".
    fn fraction_of(&self, number: Decimal, at: usize) -> Option<Simple> {
        let noun = at + usize::from(self.is_hyphen(at));
        let (part, whole) = self.words.senses(self.lower(noun)).iter().find_map(|sense| match sense {
            Sense::Part(part, whole) => Some((*part, *whole)),
            _ => None,
        })?;
        let is_fraction = self.lower(noun).ends_with('s') && number.is_below(whole)
            || self.lower(noun).starts_with(|c: char| !c.is_alphabetic());
        if !is_fraction {
            return None;
        }
        // "3½"
        let is_sign = !self.lower(noun).ends_with('s');
        let value = if is_sign { number.plus(Decimal::fraction(part, whole)?) } else { number.parts(part, whole) };
        value.map(|value| (value, noun + 1))
    }
}

/// Parts that need no article: "half the fleet".
fn part_stands_alone(word: &str) -> bool {
    word == "half" || !word.starts_with(char::is_alphabetic)
}

fn scale_of(senses: &[Sense]) -> Option<u64> {
    senses.iter().find_map(|sense| match sense {
        Sense::Scale(scale @ 12..) => Some(*scale),
        _ => None,
    })
}
