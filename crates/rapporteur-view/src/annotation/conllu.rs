use super::entity_label;
use rapporteur_text::{Document, Token, TokenSpan};
use std::fmt::Write;

/// The document in CoNLL-U (<https://universaldependencies.org/format.html>), each sentence with an
/// empty line after it.
///
/// White-space tokens have no place in the format: they are left out, ids are counted anew in each
/// sentence, and what depended on one depends on its head. Named entities are `NER=B-PERSON` in the
/// last column.
///
/// DIFFERENCE: the relations are those of the language model, not the inventory of Universal
/// Dependencies; only `ROOT` is written as the format demands.
pub fn conllu(id: &str, doc: &Document) -> String {
    let id = without_space(id);
    let mut out = format!("# newdoc id = {id}\n");
    let mut n_sentences = 0;
    for sentence in doc.sentences() {
        let words: Vec<Token<'_>> = sentence.tokens().filter(|token| !token.is_space()).collect();
        if words.is_empty() {
            continue;
        }
        n_sentences += 1;
        // Writing to a string does not fail.
        let _ = writeln!(out, "# sent_id = {id}-{n_sentences}");
        write_sentence(&mut out, sentence, &words);
        out.push('\n');
    }
    if n_sentences == 0 {
        out.push('\n');
    }
    out
}

fn write_sentence(out: &mut String, sentence: TokenSpan<'_>, words: &[Token<'_>]) {
    let forms: Vec<String> = words.iter().map(|word| field(word.text())).collect();
    let mut text = String::new();
    for (form, word) in forms.iter().zip(words) {
        text.push_str(form);
        if is_space_after(*word) {
            text.push(' ');
        }
    }
    let _ = writeln!(out, "# text = {}", text.trim_end());

    let heads: Vec<Option<usize>> = words.iter().map(|word| head_among(*word, sentence, words)).collect();
    // The format wants one root a sentence: where leaving out tokens made several, the others
    // depend on the first.
    let root = heads.iter().position(Option::is_none).unwrap_or(0);
    for (idx, (word, form)) in words.iter().zip(&forms).enumerate() {
        let (head, dep) = match heads[idx] {
            Some(head) => (head + 1, label(word.dep())),
            None if idx == root => (0, "root".into()),
            None if word.dep() == "ROOT" => (root + 1, "dep".into()),
            None => (root + 1, label(word.dep())),
        };
        let mut misc: Vec<String> = entity_label(*word).map(|entity| format!("NER={entity}")).into_iter().collect();
        if !is_space_after(*word) {
            misc.push("SpaceAfter=No".into());
        }
        let misc = if misc.is_empty() { "_".into() } else { misc.join("|") };
        let lemma = label(&field(word.lemma()));
        let (upos, xpos, feats) = (label(word.pos()), label(word.tag()), features(word.morph()));
        let _ = writeln!(out, "{}\t{form}\t{lemma}\t{upos}\t{xpos}\t{feats}\t{head}\t{dep}\t_\t{misc}", idx + 1);
    }
}

/// The position among `words` of the nearest head that is a word; `None` where there is none in the
/// sentence.
fn head_among(word: Token<'_>, sentence: TokenSpan<'_>, words: &[Token<'_>]) -> Option<usize> {
    let mut heads = word.ancestors().take_while(|head| sentence.contains(head.idx()));
    let head = heads.find(|head| !head.is_space())?;
    words.binary_search_by_key(&head.idx(), |word| word.idx()).ok()
}

/// Whether a space or a white-space token follows; nothing needs to follow the last token.
fn is_space_after(word: Token<'_>) -> bool {
    word.has_space_after() || word.next().is_none_or(Token::is_space)
}

/// Features sorted by name without regard to case, as the format wants them.
fn features(morph: &str) -> String {
    let mut features: Vec<&str> = morph.split('|').filter(|feature| !feature.is_empty()).collect();
    features.sort_by_key(|feature| feature.to_lowercase());
    label(&features.join("|"))
}

/// A field that must not be empty.
fn label(value: &str) -> String {
    if value.is_empty() { "_".into() } else { value.into() }
}

/// A field may hold no tab, line break or other control; the format knows no escape for them.
fn field(value: &str) -> String {
    value.chars().map(|c| if c.is_whitespace() || c.is_control() { '\u{FFFD}' } else { c }).collect()
}

fn without_space(id: &str) -> String {
    id.chars().map(|c| if c.is_whitespace() || c.is_control() { '_' } else { c }).collect()
}
