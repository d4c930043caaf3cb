//! What does a number count or measure?

use super::number::{Number, Reader};
use super::words::Sense;
use crate::analysis::TokenRange;

/// What a number counts.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counted {
    /// The noun: "troops", "draft treaties", "%".
    pub(super) unit: Option<TokenRange>,
    /// The noun with what tells it apart, where that is more: "Russian troops near the border".
    pub(super) referent: Option<TokenRange>,
    /// The token of the noun.
    pub(super) noun: Option<usize>,
    /// The token after the expression.
    pub(super) end: usize,
}

/// A noun stands so many tokens after its number at most.
const MAX_APART: usize = 8;
/// A tally stands so many tokens before its number at most.
const MAX_BEFORE: usize = 20;
/// A phrase that tells a noun apart has so many tokens at most.
const MAX_PHRASE: usize = 9;

impl Reader<'_, '_> {
    /// What `number` counts, with the end of the whole expression.
    pub(super) fn counted(&self, number: Number) -> Counted {
        let (analysis, end) = (self.analysis, number.end);
        let sentence_end = analysis.sentence(number.start).end;
        if let Some(unit) = self.percent(end) {
            let referent = self.measured(unit.end, sentence_end);
            let noun = Some(unit.end - 1);
            return Counted { unit: Some(unit), referent, noun, end: unit.end };
        }
        if let Some(currency) = number.currency {
            let unit = Some(TokenRange::new(currency, currency + 1));
            let is_joined = self.lower(end) == "-" && self.is_joined(end) && end + 1 < sentence_end;
            let skipped = end + usize::from(is_joined && self.is_noun(end + 1));
            let referent = self.measured(skipped, sentence_end);
            return Counted { unit, referent, noun: Some(currency), end };
        }
        if let Some(counted) = self.compound(end, sentence_end) {
            return counted;
        }
        let is_of = self.lower(end) == "of" && end < sentence_end;
        let start = end + usize::from(is_of);
        let by_tree = (number.start..end).find_map(|idx| {
            let head = analysis.token(idx).head().idx();
            let is_near = head >= end && head < end + MAX_APART && head < sentence_end;
            (is_near && !is_of && self.is_run(end, head) && self.is_noun(head)).then_some(head)
        });
        let noun = by_tree.or_else(|| self.last_noun(start, sentence_end));
        let Some(noun) = noun else {
            return self.tallied(number).unwrap_or(Counted { end, ..Counted::default() });
        };
        let unit = self.unit(start, noun);
        let phrase = TokenRange::new(self.without_determiners(start, noun), self.phrase_end(noun, sentence_end));
        let takes_of = number.is_vague || self.lower(number.start) == "a" || !number.value.is_below(12);
        let end = if is_of && !takes_of { end } else { noun + 1 };
        if number.value.is_below(1) && is_of {
            return Counted { unit: None, referent: Some(phrase), noun: Some(noun), end };
        }
        Counted { unit: Some(unit), referent: (phrase != unit).then_some(phrase), noun: Some(noun), end }
    }

    /// "the number of trucks waiting outside at 1,800": what a bare number counts stands before it.
    fn tallied(&self, number: Number) -> Option<Counted> {
        let is_bare = matches!(self.analysis.token(number.end - 1).dep(), "pobj" | "attr" | "dobj");
        let before = number.start.checked_sub(1).map(|last| self.lower(last));
        let is_put = matches!(before, Some("at" | "to" | "is" | "was" | "reached" | "of"));
        let first = self.analysis.sentence(number.start).start.max(number.start.saturating_sub(MAX_BEFORE));
        let is_tally =
            |idx: &usize| self.is(*idx, |sense| matches!(sense, Sense::Tally)) && self.lower(idx + 1) == "of";
        let tally = (first..number.start).rev().find(is_tally).filter(|_| is_bare && is_put)?;
        let noun = self.last_noun(tally + 2, number.start)?;
        Some(Counted { unit: Some(self.unit(tally + 2, noun)), referent: None, noun: Some(noun), end: number.end })
    }

    /// "seven-hour meeting": the unit is joined to the number, what it is said of comes after it.
    fn compound(&self, end: usize, sentence_end: usize) -> Option<Counted> {
        let noun = end + 1;
        let is_joined = self.lower(end) == "-" && self.is_joined(end) && noun < sentence_end;
        if !is_joined || !matches!(self.analysis.token(noun).tag(), "NN" | "NNS") || !self.is_word(noun) {
            return None;
        }
        let mut rest = noun + 1;
        if self.lower(rest) == "-" && rest + 1 < sentence_end {
            rest += 2;
        }
        let referent = self.last_noun(rest, sentence_end).map(|last| TokenRange::new(rest, last + 1));
        let unit = TokenRange::new(noun, noun + 1);
        let end = referent.map_or(rest, |referent| referent.end);
        Some(Counted { unit: Some(unit), referent, noun: Some(noun), end })
    }

    /// "%", "percent", "per cent", "percentage points".
    fn percent(&self, at: usize) -> Option<TokenRange> {
        if !self.is(at, |sense| matches!(sense, Sense::Percent)) {
            return None;
        }
        let n_words = match (self.lower(at), self.lower(at + 1)) {
            ("per", "cent") | ("percentage", "point" | "points") => 2,
            ("per" | "percentage", _) => return None,
            _ => 1,
        };
        Some(TokenRange::new(at, at + n_words))
    }

    /// What a share or a sum is of: "40 percent of the grain", "$5 million in aid", "a $5 million deal". A place
    /// or a time tells where or when.
    fn measured(&self, at: usize, sentence_end: usize) -> Option<TokenRange> {
        let at = at + usize::from(self.lower(at) == "worth");
        let is_linked = matches!(self.lower(at), "of" | "in");
        let label = |phrase: TokenRange| self.analysis.token(phrase.end - 1).entity_type();
        let phrase = self.noun_phrase(at + usize::from(is_linked), sentence_end)?;
        let is_circumstance = match label(phrase) {
            "DATE" | "TIME" | "GPE" | "LOC" | "FAC" => true,
            "ORG" => self.lower(at) == "in",
            _ => false,
        };
        let is_rate = matches!(self.lower(at), "a" | "an" | "per" | "each");
        (!is_circumstance && !is_rate).then_some(phrase)
    }

    /// The noun phrase that begins at `start`, without a determiner at its beginning.
    pub(super) fn noun_phrase(&self, start: usize, sentence_end: usize) -> Option<TokenRange> {
        let noun = self.last_noun(start, sentence_end)?;
        Some(TokenRange::new(self.without_determiners(start, noun), noun + 1))
    }

    /// The last noun of the words from `start` on that may make one noun phrase.
    fn last_noun(&self, start: usize, sentence_end: usize) -> Option<usize> {
        let end = sentence_end.min(start + MAX_APART);
        let run = (start..end).take_while(|&idx| self.may_stand_before_noun(idx, start) || self.is_noun(idx));
        run.filter(|&idx| self.is_noun(idx)).last()
    }

    fn is_run(&self, start: usize, end: usize) -> bool {
        (start..end).all(|idx| self.may_stand_before_noun(idx, start) || self.is_noun(idx))
    }

    fn is_word(&self, idx: usize) -> bool {
        self.analysis.token(idx).text().starts_with(char::is_alphabetic)
    }

    fn is_noun(&self, idx: usize) -> bool {
        let token = self.analysis.token(idx);
        matches!(token.tag(), "NN" | "NNS" | "NNP" | "NNPS") && self.is_word(idx)
    }

    fn may_stand_before_noun(&self, idx: usize, start: usize) -> bool {
        let token = self.analysis.token(idx);
        match token.tag() {
            "JJ" | "JJR" | "JJS" | "HYPH" | "POS" => !token.is_space(),
            "VBN" | "VBG" => matches!(token.dep(), "amod" | "compound"),
            // "two a month", "the one the others want"
            "DT" if matches!(self.lower(idx), "a" | "an") => idx == start && start > 0 && self.lower(start - 1) == "of",
            "DT" | "PRP$" | "PDT" => idx == start,
            "CD" => idx <= start + 1 || token.entity_type() == "DATE" || self.analysis.token(idx - 1).tag() == "POS",
            "RB" | "RBR" | "RBS" => token.dep() == "advmod" && !self.analysis.is_mark(idx),
            _ => false,
        }
    }

    /// The noun with the common nouns joined to it: "draft treaties".
    fn unit(&self, start: usize, noun: usize) -> TokenRange {
        let is_part = |idx: &usize| {
            let follows_hyphen = *idx > start && self.lower(idx - 1) == "-";
            self.analysis.token(*idx).tag() == "NN" && self.is_word(*idx) && !follows_hyphen
        };
        let first = (start..noun).rev().take_while(is_part).last().unwrap_or(noun);
        TokenRange::new(first, noun + 1)
    }

    fn without_determiners(&self, start: usize, noun: usize) -> usize {
        let is_determiner = |idx: &usize| matches!(self.analysis.token(*idx).tag(), "DT" | "PDT" | "PRP$" | "POS");
        (start..noun).find(|idx| !is_determiner(idx)).unwrap_or(noun)
    }

    /// The end of a noun phrase with the prepositional phrase right after it that tells it apart.
    fn phrase_end(&self, noun: usize, sentence_end: usize) -> usize {
        let at = noun + 1;
        if at >= sentence_end {
            return at;
        }
        let preposition = self.analysis.token(at);
        let is_place = self.is(at, |sense| matches!(sense, Sense::Place));
        let belongs = preposition.tag() == "IN" && is_place && preposition.dep() == "prep";
        let below = self.analysis.below(at);
        if !belongs || below.start < at || below.end > sentence_end || below.len() < 2 {
            return at;
        }
        let is_break = |idx: &usize| self.analysis.is_mark(*idx) && self.lower(*idx) != "-";
        let end = (at..below.end.min(at + MAX_PHRASE)).find(is_break).unwrap_or(below.end);
        let is_whole = end <= at + MAX_PHRASE && end > at + 1 && self.is_noun(end - 1);
        if is_whole { end } else { at }
    }
}
