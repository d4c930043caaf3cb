//! Words as the index tells them apart, and phrases as whole words.

use rusqlite::Connection;
use std::collections::HashMap;

/// The words of a text.
pub(super) fn words_of(text: &str) -> Vec<String> {
    // An accent that is written apart from its letter does not part the word.
    let words = text.split(|c: char| !c.is_alphanumeric() && !('\u{300}'..='\u{36f}').contains(&c));
    words.filter(|word| !word.is_empty()).map(str::to_string).collect()
}

/// Words as the index tells them apart. It knows other letters than Rust does: the vowels of some scripts part words there,
/// and a part of a word that has none would not be found, because without positions an index takes no two words at once.
pub(super) fn as_indexed(words: Vec<String>) -> Result<Vec<String>, rusqlite::Error> {
    if words.iter().all(|word| word.is_ascii()) {
        return Ok(words);
    }
    let probe = Connection::open_in_memory()?;
    probe.execute_batch(
        "CREATE VIRTUAL TABLE probe USING fts5 (c, tokenize = 'unicode61 remove_diacritics 2');
        CREATE VIRTUAL TABLE token USING fts5vocab (probe, instance)",
    )?;
    // A character that stands within a word leaves it one.
    let mut letters: HashMap<char, bool> = HashMap::new();
    let mut is_letter = |c: char| -> Result<bool, rusqlite::Error> {
        if c.is_ascii() {
            return Ok(true);
        }
        if let Some(known) = letters.get(&c) {
            return Ok(*known);
        }
        probe.execute("DELETE FROM probe", [])?;
        probe.execute("INSERT INTO probe VALUES (?1)", [format!("x{c}x")])?;
        let n_tokens: i64 = probe.query_row("SELECT count(*) FROM token", [], |row| row.get(0))?;
        letters.insert(c, n_tokens == 1);
        Ok(n_tokens == 1)
    };
    let mut indexed = Vec::new();
    for word in words {
        let mut part = String::new();
        for c in word.chars() {
            if is_letter(c)? {
                part.push(c);
            } else {
                indexed.push(std::mem::take(&mut part));
            }
        }
        indexed.push(part);
    }
    indexed.retain(|word| !word.is_empty());
    Ok(indexed)
}

/// Whether a phrase stands in a text as whole words.
pub(super) fn has_phrase(text: &str, phrase: &str) -> bool {
    let ends_with_word = |text: &str| text.chars().next_back().is_some_and(char::is_alphanumeric);
    let begins_with_word = |text: &str| text.chars().next().is_some_and(char::is_alphanumeric);
    text.match_indices(phrase).any(|(start, _)| {
        let (before, after) = (&text[..start], &text[start + phrase.len()..]);
        let is_begin = !(begins_with_word(phrase) && ends_with_word(before));
        is_begin && !(ends_with_word(phrase) && begins_with_word(after))
    })
}

/// Text in which phrases are compared: case, white space and the forms of quotation marks aside.
pub(super) fn plain(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ").replace(['’', '‘'], "'").replace(['“', '”', '„'], "\"")
}
