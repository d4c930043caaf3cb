use super::{Document, TokenSpan};

/// Relations that a noun phrase as a whole can have.
const PHRASE_DEPS: [&str; 9] = ["oprd", "nsubj", "dobj", "nsubjpass", "pcomp", "pobj", "dative", "appos", "attr"];

/// English base noun phrases: for each noun, proper noun or pronoun with a phrase relation (or one
/// coordinated with such), the tokens from its left edge to itself; overlapping ones are dropped.
pub(super) fn noun_chunks(doc: &Document) -> impl Iterator<Item = TokenSpan<'_>> {
    let left_edges = left_edges(doc);
    let mut last_end = 0;
    doc.tokens().filter_map(move |token| {
        if !matches!(token.pos(), "NOUN" | "PROPN" | "PRON") {
            return None;
        }
        let start = left_edges[token.idx()] as usize;
        if start < last_end {
            return None;
        }
        let is_phrase = |dep: &str| PHRASE_DEPS.contains(&dep) || dep == "ROOT";
        let is_chunk = is_phrase(token.dep()) || {
            let conjunct_of = |t: super::Token<'_>| t.dep() == "conj" && t.head().idx() < t.idx();
            token.dep() == "conj" && {
                let mut head = token.head();
                while conjunct_of(head) {
                    head = head.head();
                }
                is_phrase(head.dep())
            }
        };
        is_chunk.then(|| {
            last_end = token.idx() + 1;
            doc.span(start, token.idx() + 1)
        })
    })
}

/// For each token the first token of its subtree.
fn left_edges(doc: &Document) -> Vec<u32> {
    const UNKNOWN: u32 = u32::MAX;
    let mut edges = vec![UNKNOWN; doc.len()];
    // The first token that reaches an ancestor on its way up is that ancestor's left edge; whoever comes
    // later need not go on from there.
    for idx in 0..doc.len() {
        let mut token = idx;
        while edges[token] == UNKNOWN {
            edges[token] = idx as u32;
            token = doc.tokens[token].head as usize;
        }
    }
    edges
}
