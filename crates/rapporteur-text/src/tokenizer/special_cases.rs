//! The pass that finds exceptions spelled over several tokens: `2010` `)` `:` becomes `2010` `):`.

use super::rules::spell;
use super::{RawToken, Tokenizer};
use hashbrown::HashMap;

impl Tokenizer<'_> {
    /// Replaces token sequences that spell an exception, the longest first.
    pub(super) fn apply_special_cases(&mut self, text: &str, tokens: Vec<RawToken>) -> Vec<RawToken> {
        let accepted = self.find_phrases(&tokens);
        if accepted.is_empty() {
            return tokens;
        }
        let mut replaced = Vec::with_capacity(tokens.len());
        let mut at = 0;
        while at < tokens.len() {
            let Some(&end) = accepted.get(&at) else {
                replaced.push(tokens[at]);
                at += 1;
                continue;
            };
            let last = tokens[end - 1];
            let spelled = &text[tokens[at].start as usize..last.end as usize];
            match self.rules.exception(spelled) {
                // The tokens were apart in the text: the exception is not there as it is written.
                None => replaced.extend_from_slice(&tokens[at..end]),
                Some(exception) => {
                    let mut start = tokens[at].start;
                    for (token, norm) in spell(spelled, exception) {
                        let type_id = self.lexicon.intern(token, norm, self.norms);
                        let end = start + token.len() as u32;
                        replaced.push(RawToken { type_id, start, end, has_space_after: false });
                        start = end;
                    }
                    if let Some(token) = replaced.last_mut() {
                        token.has_space_after = last.has_space_after;
                    }
                }
            }
            at = end;
        }
        replaced
    }

    /// The sequences to look at, as end by start: of overlapping ones the longest, then the first.
    /// A sequence that is turned down still blocks the tokens it covers.
    fn find_phrases(&self, tokens: &[RawToken]) -> HashMap<usize, usize> {
        let text_of = |token: &RawToken| &*self.lexicon.get(token.type_id).text;
        let mut found = Vec::new();
        for (start, token) in tokens.iter().enumerate() {
            if !self.begins_phrase[token.type_id.0 as usize] {
                continue;
            }
            for phrase in self.rules.phrases_from(text_of(token)).unwrap_or_default() {
                let is_here = tokens.len() - start >= phrase.len()
                    && phrase.iter().zip(&tokens[start..]).all(|(word, token)| &**word == text_of(token));
                if is_here {
                    found.push((start, start + phrase.len()));
                }
            }
        }
        found.sort_unstable_by_key(|&(start, end)| (std::cmp::Reverse(end - start), start));
        let mut is_seen = vec![false; if found.is_empty() { 0 } else { tokens.len() }];
        let mut accepted = HashMap::new();
        for (start, end) in found {
            if !is_seen[start] && !is_seen[end - 1] {
                accepted.insert(start, end);
            }
            is_seen[start..end].fill(true);
        }
        accepted
    }
}
