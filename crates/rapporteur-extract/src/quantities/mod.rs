//! How many, and how much?
//!
//! A *number* is read from the tokens ("two hundred and fifty", "$3.5 billion", "four or five"); what is
//! part of a name or a date is none. What it *counts* are the nouns after it, and words beside it tell how
//! *exact* it is. The words are in `data/quantities.txt`. Each step looks a bounded number of tokens around.

mod counted;
mod decimal;
mod named;
mod number;
mod words;

pub(crate) use words::QuantityWords;

use crate::analysis::{Analysis, TokenRange};
use counted::Counted;
use number::{Number, Read, Reader};
use rapporteur_model::{Quantity, QuantityModifier, Timex};
use words::Sense;

/// The quantities of an article, in text order; a number that belongs to one of `timexes` is none, unless
/// that is a stretch of time.
pub(crate) fn find(analysis: &Analysis<'_>, timexes: &[Timex]) -> Vec<Quantity> {
    let reader = Reader { analysis, words: &analysis.lexicon.quantities };
    let mut quantities = Vec::new();
    // The last number above one, which "One is …" goes back to.
    let mut last_of_many = None;
    let (mut idx, mut floor) = (0, 0);
    while idx < analysis.doc.len() {
        if analysis.is_masked(idx) || !reader.may_begin(idx) {
            idx += 1;
            continue;
        }
        if let Some((quantity, end)) = reader.ordinal(idx, floor) {
            quantities.push(quantity);
            (idx, floor) = (end, end);
            continue;
        }
        match reader.read(idx) {
            Read::Nothing => idx += 1,
            Read::Score(end) => idx = end.max(idx + 1),
            Read::Number(number) => {
                let counted = reader.counted(number);
                idx = number.end;
                if reader.is_quantity(number, &counted, timexes, last_of_many) {
                    if !number.value.is_below(2) {
                        last_of_many = Some(number.start);
                    }
                    let (quantity, end) = reader.quantity(number, &counted, floor);
                    quantities.push(quantity);
                    (idx, floor) = (end.max(number.end), end);
                }
            }
        }
    }
    quantities
}

/// "One is …" goes back over so many tokens at most.
const MAX_BACK: usize = 80;

impl Reader<'_, '_> {
    /// Whether a number may begin at a token.
    fn may_begin(&self, idx: usize) -> bool {
        let token = self.analysis.token(idx);
        let may = |sense| {
            use Sense::{Blur, Currency, Many, Number, Ordinal, Part};
            matches!(sense, Number(_) | Many(_) | Part(..) | Ordinal(_) | Blur | Currency)
        };
        token.text().starts_with(|c: char| c.is_ascii_digit())
            || matches!(self.lower(idx), "a" | "an")
            || self.is(idx, may)
    }

    /// "the first of a series", "for the third time": a place in an order that tells how many there are.
    fn ordinal(&self, idx: usize, floor: usize) -> Option<(Quantity, usize)> {
        let rank = self.words.senses(self.lower(idx)).iter().find_map(|sense| match sense {
            Sense::Ordinal(rank) => Some(*rank),
            // "third" is a part first.
            Sense::Part(1, whole @ 3) if self.lower(idx) == "third" => Some(*whole),
            _ => None,
        })?;
        let has_article = idx > floor && self.lower(idx - 1) == "the";
        let start = idx - usize::from(has_article);
        let sentence = self.analysis.sentence(idx);
        let (unit, referent, end) = match self.lower(idx + 1) {
            "of" if has_article && idx + 2 < sentence.end => {
                // "the first of its kind" counts nothing.
                let is_own = self.analysis.token(idx + 2).tag() == "PRP$";
                let is_date = self.is(idx + 2, |sense| matches!(sense, Sense::Month));
                let referent = self.noun_phrase(idx + 2, sentence.end).filter(|_| !is_own && !is_date)?;
                (None, Some(referent), referent.end)
            }
            "time" if has_article && idx >= sentence.start + 2 && self.lower(idx - 2) == "for" && rank > 1 => {
                (Some(TokenRange::new(idx + 1, idx + 2)), None, idx + 2)
            }
            _ => return None,
        };
        let bytes = |range: TokenRange| self.analysis.bytes(range);
        let quantity = Quantity {
            span: bytes(TokenRange::new(start, end)),
            value: rank.to_string(),
            upper: None,
            unit: unit.map(bytes),
            modifier: QuantityModifier::Ordinal,
            referent: referent.map(bytes),
        };
        Some((quantity, end))
    }

    /// Whether a number counts or measures something here.
    fn is_quantity(&self, number: Number, counted: &Counted, timexes: &[Timex], last_of_many: Option<usize>) -> bool {
        if self.is_in_name(number, counted.noun) || self.is_in_date(number, counted.noun, timexes) {
            return false;
        }
        if self.lower(number.start) == "one" && number.end == number.start + 1 {
            return self.is_one(number, counted, last_of_many);
        }
        let is_nothing = number.value.is_below(1) && counted.referent.is_none();
        number.is_vague || counted.noun.is_some() || self.stands_alone(number) && !is_nothing
    }

    /// Whether "one" is a number.
    fn is_one(&self, number: Number, counted: &Counted, last_of_many: Option<usize>) -> bool {
        let (one, next) = (self.analysis.token(number.start), number.end);
        let before = number.start.checked_sub(1).filter(|_| !one.is_sentence_start());
        let is_pointed_at = before.is_some_and(|before| {
            self.is(before, |sense| matches!(sense, Sense::Pointing))
                || self.analysis.token(before).tag().starts_with("JJ")
                || self.lower(before) == "the" && counted.noun.is_none()
        });
        let is_idiom = self.is(next, |sense| matches!(sense, Sense::Idiom));
        if is_pointed_at || is_idiom {
            return false;
        }
        if self.lower(next) == "of" {
            // "one of the largest" praises and does not count.
            let is_superlative =
                |idx: usize| idx < self.analysis.doc.len() && matches!(self.analysis.token(idx).tag(), "JJS" | "RBS");
            return counted.noun.is_some() && !(next + 1..next + 4).any(is_superlative);
        }
        if counted.noun.is_some() {
            return number.upper.is_some() || one.tag() == "CD" || one.dep() == "nummod";
        }
        let is_subject = matches!(one.dep(), "nsubj" | "nsubjpass");
        is_subject && last_of_many.is_some_and(|many| number.start - many <= MAX_BACK)
    }

    /// Whether a number without a noun counts all the same: "killed 12", "rose to 130", "the two agreed".
    fn stands_alone(&self, number: Number) -> bool {
        let token = self.analysis.token(number.end - 1);
        let is_listed = number.start > 0
            && self.analysis.token(number.start).is_sentence_start()
            && matches!(self.lower(number.end), "." | ")" | ":");
        let is_free = match token.dep() {
            "nsubj" | "nsubjpass" | "dobj" | "attr" => true,
            "pobj" => matches!(self.lower(token.head().idx()), "to" | "of" | "from" | "by" | "than"),
            _ => false,
        };
        // "from 70 to 50 dollars"
        let is_first = number.start > 0 && self.lower(number.start - 1) == "from" && self.lower(number.end) == "to";
        let is_free = is_free || is_first;
        let label = token.entity_type();
        is_free && !is_listed && matches!(label, "" | "CARDINAL" | "QUANTITY" | "MONEY")
    }

    /// The quantity with the words that blur or bound it, not before token `floor`; and the token after it.
    fn quantity(&self, number: Number, counted: &Counted, floor: usize) -> (Quantity, usize) {
        let before = self.modifier_before(number, counted, floor);
        let after = self.modifier_after(number.end).or_else(|| self.modifier_after(counted.end));
        let start = before.map_or(number.start, |(start, _)| start);
        let end = after.map_or(counted.end, |(end, _)| end.max(counted.end));
        let modifier = after.or(before).map(|(_, modifier)| modifier);
        let unsaid = if number.is_vague { QuantityModifier::Approximate } else { QuantityModifier::Exact };
        let bytes = |range: TokenRange| self.analysis.bytes(range);
        let quantity = Quantity {
            span: bytes(TokenRange::new(start, end)),
            value: number.value.to_string(),
            upper: number.upper.map(|upper| upper.to_string()),
            unit: counted.unit.map(bytes),
            modifier: modifier.unwrap_or(unsaid),
            referent: counted.referent.map(bytes),
        };
        (quantity, end)
    }

    /// "more than", "about": where it begins and what it makes of the number.
    fn modifier_before(&self, number: Number, counted: &Counted, floor: usize) -> Option<(usize, QuantityModifier)> {
        let last = number.start.checked_sub(1)?;
        let lowest = floor.max(self.analysis.sentence(number.start).start);
        let phrases = self.words.before(self.lower(last)).iter();
        let fits = |(phrase, modifier): &(Vec<String>, QuantityModifier)| {
            let start = number.start.checked_sub(phrase.len()).filter(|&start| start >= lowest)?;
            let is_there = phrase.iter().zip(start..).all(|(word, idx)| self.lower(idx) == word);
            // "over two weeks" and "talks about two ships" are prepositions, "over 100" is not.
            let head = self.analysis.token(last).head().idx();
            let is_of_number = head >= number.start && head < counted.end.max(number.end);
            (is_there && (phrase.len() > 1 || is_of_number)).then_some((start, *modifier))
        };
        phrases.into_iter().find_map(fits)
    }

    /// "or more", "or so": the token after it and what it makes of the number before `at`.
    fn modifier_after(&self, at: usize) -> Option<(usize, QuantityModifier)> {
        let first = at + usize::from(self.lower(at) == "-");
        if self.lower(at) == "+" && self.is_joined(at.checked_sub(1)?) {
            return Some((at + 1, QuantityModifier::AtLeast));
        }
        self.words.after(self.lower(first)).iter().find_map(|(phrase, modifier)| {
            let is_there = phrase.iter().zip(first..).all(|(word, idx)| self.lower(idx) == word);
            is_there.then_some((first + phrase.len(), *modifier))
        })
    }
}
