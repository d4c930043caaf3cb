//! The words of `data/quantities.txt`.

use super::decimal::Decimal;
use crate::data_file::{DataFile, in_lower_case};
use crate::error::{Error, Mistake};
use hashbrown::HashMap;
use rapporteur_model::QuantityModifier;

/// What a word is beside or inside a number.
#[derive(Debug, Clone, Copy)]
pub(super) enum Sense {
    Number(u64),
    Scale(u64),
    Many(u64),
    Part(u64, u64),
    Ordinal(u64),
    Blur,
    Currency,
    Percent,
    Month,
    Clock,
    Date,
    Label,
    Pointing,
    Idiom,
    Place,
    Change,
    Ranging,
    Tally,
    Before(QuantityModifier),
    After(QuantityModifier),
}

/// The words of numbers, and phrases that tell how exact one is.
#[derive(Debug)]
pub(crate) struct QuantityWords {
    senses: HashMap<String, Vec<Sense>>,
    /// By the last word: the phrase, and what it makes of the number after it; the longest first.
    before: HashMap<String, Vec<(Vec<String>, QuantityModifier)>>,
    /// By the first word: the phrase, and what it makes of the number before it.
    after: HashMap<String, Vec<(Vec<String>, QuantityModifier)>>,
}

/// What an entry may be, for a hint.
const SENSES: &str = "number, scale, many, part, ordinal, blur, currency, percent, month, clock, date, label, pointing, \
                      idiom, place, change, ranging, tally, more-than, at-least, less-than, at-most, about, or-more, or-less, or-so";

impl QuantityWords {
    pub(crate) fn parse(file: DataFile<'_>) -> Result<Self, Error> {
        let mut words = QuantityWords { senses: HashMap::new(), before: HashMap::new(), after: HashMap::new() };
        for entry in file.entries(parse_entry)? {
            let (phrase, sense) = entry.value;
            let phrase: Vec<String> = phrase.split_whitespace().map(str::to_string).collect();
            let (Some(first), Some(last)) = (phrase.first().cloned(), phrase.last().cloned()) else { continue };
            match sense {
                Sense::Before(modifier) => words.before.entry(last).or_default().push((phrase, modifier)),
                Sense::After(modifier) => words.after.entry(first).or_default().push((phrase, modifier)),
                sense => words.senses.entry(phrase.join(" ")).or_default().push(sense),
            }
        }
        for phrases in words.before.values_mut().chain(words.after.values_mut()) {
            phrases.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
        }
        Ok(words)
    }

    /// What `word`, in lower case, may be.
    pub(super) fn senses(&self, word: &str) -> &[Sense] {
        self.senses.get(word).map_or(&[], Vec::as_slice)
    }

    /// Whether `word` may be what `is` asks for.
    pub(super) fn any(&self, word: &str, is: impl Fn(Sense) -> bool) -> bool {
        self.senses(word).iter().any(|sense| is(*sense))
    }

    /// Phrases that end in `word` and blur or bound the number after them.
    pub(super) fn before(&self, word: &str) -> &[(Vec<String>, QuantityModifier)] {
        self.before.get(word).map_or(&[], Vec::as_slice)
    }

    /// Phrases that begin with `word` and blur or bound the number before them.
    pub(super) fn after(&self, word: &str) -> &[(Vec<String>, QuantityModifier)] {
        self.after.get(word).map_or(&[], Vec::as_slice)
    }
}

/// An entry is told from others by its words and its sense: "this" has two.
fn parse_entry(line: &str) -> Result<(&str, (&str, Sense)), Mistake> {
    let fields: Vec<&str> = line.split(';').map(str::trim).collect();
    let (words, sense, value) = match fields[..] {
        [words, sense] => (words, sense, None),
        [words, sense, value] => (words, sense, Some(value)),
        _ => {
            return Err(Mistake::with_hint("not two or three fields between semicolons", "write: words; what; value"));
        }
    };
    let number = |value: Option<&str>| {
        let number = value.and_then(|value| value.parse().ok());
        number.ok_or_else(|| Mistake::with_hint(format!("{words:?} has no value"), "write a whole number"))
    };
    let sense_of = match sense {
        "number" => Sense::Number(number(value)?),
        "scale" => Sense::Scale(number(value)?),
        "many" => Sense::Many(number(value)?),
        "ordinal" => Sense::Ordinal(number(value)?),
        "part" => {
            let (part, whole) = value.and_then(|value| value.split_once('/')).unwrap_or_default();
            let (part, whole) = (number(Some(part))?, number(Some(whole))?);
            if Decimal::fraction(part, whole).is_none() {
                return Err(Mistake::new(format!("{words:?} is a part of nothing")));
            }
            Sense::Part(part, whole)
        }
        "blur" => Sense::Blur,
        "currency" => Sense::Currency,
        "percent" => Sense::Percent,
        "month" => Sense::Month,
        "clock" => Sense::Clock,
        "date" => Sense::Date,
        "label" => Sense::Label,
        "pointing" => Sense::Pointing,
        "idiom" => Sense::Idiom,
        "place" => Sense::Place,
        "change" => Sense::Change,
        "ranging" => Sense::Ranging,
        "tally" => Sense::Tally,
        "more-than" => Sense::Before(QuantityModifier::MoreThan),
        "at-least" => Sense::Before(QuantityModifier::AtLeast),
        "less-than" => Sense::Before(QuantityModifier::LessThan),
        "at-most" => Sense::Before(QuantityModifier::AtMost),
        "about" => Sense::Before(QuantityModifier::Approximate),
        "or-more" => Sense::After(QuantityModifier::AtLeast),
        "or-less" => Sense::After(QuantityModifier::AtMost),
        "or-so" => Sense::After(QuantityModifier::Approximate),
        _ => {
            let hint = format!("it is one of: {SENSES}");
            return Err(Mistake::with_hint(format!("unknown sense {sense:?} of {words:?}"), hint));
        }
    };
    let words = in_lower_case(words)?;
    let key = if value.is_some() { line.rsplit_once(';').map_or(line, |(key, _)| key.trim_end()) } else { line };
    Ok((if words.is_empty() { "" } else { key }, (words, sense_of)))
}
