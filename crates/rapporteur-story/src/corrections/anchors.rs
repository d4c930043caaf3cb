//! Where do the words of an anchor stand now?
//!
//! At their position in the article or in a copy of its text; else at the same location, where the article was read anew,
//! by the words and those around them; else, if they are many enough to be known by, anywhere in the pile.

use super::Place;
use hashbrown::HashMap;
use rapporteur_model::{Anchor, Article, ArticleId, Span, Target, TextId};

/// Fewer words recur in other articles by chance.
pub(super) const MIN_WORDS: usize = 5;

/// The articles by what anchors name them by.
pub(super) struct Register<'a> {
    articles: &'a [Article],
    by_id: HashMap<&'a ArticleId, usize>,
    by_text: HashMap<&'a TextId, Vec<usize>>,
    by_location: HashMap<&'a str, Vec<usize>>,
    /// For articles that were asked for, where every so many code points of the text begin.
    marks: HashMap<usize, Vec<u32>>,
    /// Outlets in lower case, once somebody asks for one.
    outlets: Option<HashMap<String, &'a str>>,
}

/// So many code points lie between two marks.
const STEP: usize = 256;

impl<'a> Register<'a> {
    pub(super) fn new(articles: &'a [Article]) -> Self {
        let (mut by_id, mut by_text, mut by_location) = (HashMap::new(), HashMap::new(), HashMap::new());
        for (idx, article) in articles.iter().enumerate() {
            by_id.entry(&article.id).or_insert(idx);
            by_text.entry(&article.text_id).or_insert_with(Vec::new).push(idx);
            by_location.entry(article.location.as_str()).or_insert_with(Vec::new).push(idx);
        }
        Register { articles, by_id, by_text, by_location, marks: HashMap::new(), outlets: None }
    }

    /// Where each of `anchors` stands; `None` where its words are gone.
    pub(super) fn find_all(&mut self, anchors: &[&Anchor]) -> Vec<Option<Place>> {
        let mut places: Vec<Option<Place>> = anchors.iter().map(|anchor| self.find(anchor)).collect();
        let is_lost =
            |idx: &usize| places[*idx].is_none() && anchors[*idx].exact.split_whitespace().nth(MIN_WORDS - 1).is_some();
        let lost: Vec<usize> = (0..anchors.len()).filter(is_lost).collect();
        if !lost.is_empty() {
            find_anywhere(self.articles, anchors, &lost, &mut places);
        }
        places
    }

    /// The article that a target names: by its id, else where its words or their locations are, else by its location.
    pub(super) fn article_of(&self, target: &Target, places: &[Place]) -> Option<usize> {
        let by_id = self.by_id.get(&ArticleId::new(target.id.as_str())).copied();
        let of_words = || places.first().map(|(article_idx, _)| *article_idx);
        let locations = target.places.iter().map(|anchor| &anchor.location).chain([&target.id, &target.label]);
        let mut at = locations.filter_map(|location| self.by_location.get(location.as_str())?.first().copied());
        by_id.or_else(of_words).or_else(|| at.next())
    }

    /// The outlet that a target names, whatever its case, as the first article of it spells it.
    pub(super) fn outlet_of(&mut self, target: &Target) -> Option<String> {
        let outlets = self.outlets.get_or_insert_with(|| {
            let mut outlets = HashMap::new();
            for outlet in self.articles.iter().filter_map(|article| article.outlet.as_ref()) {
                outlets.entry(outlet.value.to_lowercase()).or_insert(outlet.value.as_str());
            }
            outlets
        });
        let known = [&target.id, &target.label].into_iter().find_map(|name| outlets.get(&name.to_lowercase()));
        known.map(|name| name.to_string())
    }

    fn find(&mut self, anchor: &Anchor) -> Option<Place> {
        if anchor.exact.is_empty() {
            return None;
        }
        let copies = || self.by_text.get(&anchor.text).into_iter().flatten();
        let at_location = copies().filter(|idx| self.articles[**idx].location == anchor.location);
        let of_id = self.by_id.get(&anchor.article);
        let at_position: Vec<usize> = of_id.into_iter().chain(at_location).chain(copies()).copied().collect();
        let found = at_position.into_iter().find_map(|idx| Some((idx, self.at_position(idx, anchor)?)));
        let read_anew = || self.by_location.get(anchor.location.as_str()).into_iter().flatten();
        found.or_else(|| read_anew().find_map(|idx| Some((*idx, by_words(&self.articles[*idx].text, anchor)?))))
    }

    /// The stretch from code point `start` to `end`, where it has the words.
    fn at_position(&mut self, article_idx: usize, anchor: &Anchor) -> Option<Span> {
        let text = &self.articles[article_idx].text;
        let marks = self
            .marks
            .entry(article_idx)
            .or_insert_with(|| text.char_indices().step_by(STEP).map(|(at, _)| at as u32).collect());
        let n = anchor.start as usize;
        let near = *marks.get(n / STEP)? as usize;
        let start = near + text[near..].char_indices().nth(n % STEP)?.0;
        let n_points = anchor.end.checked_sub(anchor.start)? as usize;
        let is_there = text[start..].starts_with(&anchor.exact) && anchor.exact.chars().count() == n_points;
        is_there.then(|| Span::new(start, start + anchor.exact.len()))
    }
}

/// The place of `text` that has the words of `anchor` and is most like it in what stands around them.
fn by_words(text: &str, anchor: &Anchor) -> Option<Span> {
    let mut occurrences: Vec<(bool, usize, usize)> = text
        .match_indices(&anchor.exact)
        .map(|(at, _)| {
            let (n_before, n_after) = agreement(text, at, anchor);
            (is_full(text, at, anchor), n_before + n_after, at)
        })
        .collect();
    let is_only = occurrences.len() == 1;
    occurrences.sort_by_key(|(is_full, n_agreeing, at)| (!is_full, std::cmp::Reverse(*n_agreeing), *at));
    let (is_full, _, at) = *occurrences.first()?;
    (is_only || is_full).then(|| Span::new(at, at + anchor.exact.len()))
}

/// How many code points before and after the words at `at` are those of the anchor.
fn agreement(text: &str, at: usize, anchor: &Anchor) -> (usize, usize) {
    let before = text[..at].chars().rev().zip(anchor.prefix.chars().rev());
    let after = text[at + anchor.exact.len()..].chars().zip(anchor.suffix.chars());
    (before.take_while(|(a, b)| a == b).count(), after.take_while(|(a, b)| a == b).count())
}

/// Whether all that stood before the words or all that stood after them is there; a text that began or ended with them
/// still does.
fn is_full(text: &str, at: usize, anchor: &Anchor) -> bool {
    let (before, after) = (&text[..at], &text[at + anchor.exact.len()..]);
    let is_same = |side: &str, known: &str, agrees: bool| if known.is_empty() { side.is_empty() } else { agrees };
    is_same(before, &anchor.prefix, before.ends_with(&anchor.prefix))
        || is_same(after, &anchor.suffix, after.starts_with(&anchor.suffix))
}

/// Bytes by which a place is looked up; five words have more.
const N_KEY_BYTES: usize = 8;

/// Finds those of `anchors` that are `lost` in the first article that has their words, with what stood before or after
/// them, exactly once. One pass over all texts, however many there are.
fn find_anywhere(articles: &[Article], anchors: &[&Anchor], lost: &[usize], places: &mut [Option<Place>]) {
    let key_of = |bytes: &[u8]| bytes.try_into().map_or(0, u64::from_le_bytes);
    let mut by_key: HashMap<u64, Vec<usize>> = HashMap::new();
    // A table of bits tells for nearly all positions that nothing begins there.
    let mut may_begin = vec![false; 1 << 16];
    let bit_of = |key: u64| (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48) as usize;
    for idx in lost {
        let key = key_of(&anchors[*idx].exact.as_bytes()[..N_KEY_BYTES]);
        by_key.entry(key).or_default().push(*idx);
        may_begin[bit_of(key)] = true;
    }
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (article_idx, article) in articles.iter().enumerate() {
        found.clear();
        let text = article.text.as_str();
        for (at, bytes) in text.as_bytes().windows(N_KEY_BYTES).enumerate() {
            let key = key_of(bytes);
            if !may_begin[bit_of(key)] {
                continue;
            }
            let begun = by_key.get(&key).into_iter().flatten().copied();
            let is_there = |idx: &usize| {
                let anchor = anchors[*idx];
                places[*idx].is_none()
                    && text.as_bytes()[at..].starts_with(anchor.exact.as_bytes())
                    && is_full(text, at, anchor)
            };
            found.extend(begun.filter(is_there).map(|idx| (idx, at)));
        }
        found.sort_unstable();
        for of_anchor in found.chunk_by(|(a, _), (b, _)| a == b) {
            if let [(idx, at)] = of_anchor {
                places[*idx] = Some((article_idx, Span::new(*at, at + anchors[*idx].exact.len())));
            }
        }
    }
}
