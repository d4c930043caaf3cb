//! The words of many articles, and where a quotation stands in them.

use crate::differences::Difference;
use crate::form::{Kind, Unit, units};
use crate::near;
use hashbrown::HashMap;
use rapporteur_model::Span;

/// Between two parts of a quotation with an ellipsis so many words of the article may be left out.
const MAX_LEFT_OUT: usize = 120;
/// Occurrences that are told.
const MAX_OCCURRENCES: usize = 200;

/// The words of many articles.
#[derive(Debug, Default)]
pub struct Pile {
    pub(crate) articles: Vec<Article>,
    numbers: HashMap<String, u32>,
    /// Of each form where it stands: article and unit.
    pub(crate) places: Vec<Vec<(u32, u32)>>,
}

#[derive(Debug)]
pub(crate) struct Article {
    pub(crate) text: String,
    pub(crate) units: Vec<Unit>,
    /// The units as numbers of their forms.
    pub(crate) forms: Vec<u32>,
}

/// A quotation in units, those of its edge that are typography left out.
#[derive(Debug)]
pub(crate) struct Needle<'a> {
    pub(crate) text: &'a str,
    pub(crate) units: Vec<Unit>,
    /// The form of each unit; `None` for one that no article has.
    pub(crate) forms: Vec<Option<u32>>,
}

/// Words of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// Which article, in the order in which they were added.
    pub article: usize,
    /// The stretches, in the order of the text: several where an ellipsis stands between them.
    pub spans: Vec<Span>,
}

/// Where a quotation stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// Word for word, in these places, by article and position.
    Exact(Vec<Occurrence>),
    /// Nearly: the words it comes from, and what is different.
    Near(Vec<Occurrence>, Vec<Difference>),
    /// Nowhere.
    None,
}

impl Pile {
    /// Adds the text of an article.
    pub fn add(&mut self, text: String) {
        let units = units(&text);
        let article = u32::try_from(self.articles.len()).unwrap_or(u32::MAX);
        let mut forms = Vec::with_capacity(units.len());
        for (at, unit) in units.iter().enumerate() {
            let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
            let number = *self.numbers.entry_ref(unit.text.as_str()).or_insert(next);
            if number == next {
                self.places.push(Vec::new());
            }
            self.places[number as usize].push((article, u32::try_from(at).unwrap_or(u32::MAX)));
            forms.push(number);
        }
        self.articles.push(Article { text, units, forms });
    }

    /// The text of an article, by its number in the order in which they were added.
    pub(crate) fn text(&self, article: usize) -> &str {
        &self.articles[article].text
    }

    /// Where a quotation stands.
    pub fn compare(&self, quotation: &str) -> Match {
        let Some(needle) = self.needle(quotation) else { return Match::None };
        let exact = self.exact(&needle);
        if !exact.is_empty() {
            return Match::Exact(exact);
        }
        near::find(self, &needle)
    }

    /// The quotation as it is compared; `None` where it has no word.
    fn needle<'a>(&self, text: &'a str) -> Option<Needle<'a>> {
        let mut units = units(text);
        // An ellipsis or a dash at an edge says that the quotation goes on; the comma or the full stop before a closing
        // mark belongs to the sentence around it.
        let is_edge = |unit: &Unit| unit.kind == Kind::Ellipsis || unit.text == "-";
        let n_before = units.iter().take_while(|unit| is_edge(unit)).count();
        units.drain(..n_before);
        while units.last().is_some_and(|unit| is_edge(unit) || matches!(unit.text.as_str(), "," | "." | ";" | ":")) {
            units.pop();
        }
        if !units.iter().any(|unit| unit.kind == Kind::Word) {
            return None;
        }
        let forms = units.iter().map(|unit| self.numbers.get(unit.text.as_str()).copied()).collect();
        Some(Needle { text, units, forms })
    }

    /// Where all of it stands, as it is or with the words left out that its ellipses tell of.
    fn exact(&self, needle: &Needle<'_>) -> Vec<Occurrence> {
        let whole: Option<Vec<u32>> = needle.forms.iter().copied().collect();
        let as_it_is = whole.map(|forms| self.places_of(&forms)).unwrap_or_default();
        if !as_it_is.is_empty() {
            let one = |(article, start, end)| self.occurrence(article, &[(start, end)]);
            return as_it_is.into_iter().map(one).collect();
        }
        let parts: Vec<&[Option<u32>]> = parts(needle);
        if parts.len() < 2 {
            return Vec::new();
        }
        let forms: Option<Vec<Vec<u32>>> = parts.iter().map(|part| part.iter().copied().collect()).collect();
        let Some(forms) = forms else { return Vec::new() };
        let places: Vec<Vec<(usize, usize, usize)>> = forms.iter().map(|forms| self.places_of(forms)).collect();
        let mut found = Vec::new();
        for &(article, start, end) in &places[0] {
            let mut stretches = vec![(start, end)];
            for next in &places[1..] {
                let last = stretches[stretches.len() - 1].1;
                let follows = |&&(other, start, _): &&(usize, usize, usize)| {
                    other == article && (last..=last + MAX_LEFT_OUT).contains(&start)
                };
                let Some(&(_, start, end)) = next.iter().find(follows) else { break };
                stretches.push((start, end));
            }
            if stretches.len() == places.len() {
                found.push(self.occurrence(article, &stretches));
            }
        }
        found
    }

    /// Where a row of forms stands: article, first unit, unit after the last.
    pub(crate) fn places_of(&self, forms: &[u32]) -> Vec<(usize, usize, usize)> {
        let places = |form: u32| self.places[form as usize].as_slice();
        let Some((rarest, form)) = forms.iter().enumerate().min_by_key(|(_, form)| places(**form).len()) else {
            return Vec::new();
        };
        let fits = |&(article, at): &(u32, u32)| {
            let start = (at as usize).checked_sub(rarest)?;
            let there = self.articles[article as usize].forms.get(start..start + forms.len())?;
            (there == forms).then_some((article as usize, start, start + forms.len()))
        };
        places(*form).iter().filter_map(fits).take(MAX_OCCURRENCES).collect()
    }

    pub(crate) fn occurrence(&self, article: usize, stretches: &[(usize, usize)]) -> Occurrence {
        let units = &self.articles[article].units;
        let span = |&(start, end): &(usize, usize)| units[start].span.hull(units[end - 1].span);
        Occurrence { article, spans: stretches.iter().map(span).collect() }
    }
}

/// What stands between the ellipses of a quotation.
pub(crate) fn parts<'n>(needle: &'n Needle<'_>) -> Vec<&'n [Option<u32>]> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, unit) in needle.units.iter().enumerate() {
        if unit.kind == Kind::Ellipsis {
            parts.push(&needle.forms[start..at]);
            start = at + 1;
        }
    }
    parts.push(&needle.forms[start..]);
    parts.retain(|part| !part.is_empty());
    parts
}
