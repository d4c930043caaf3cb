//! From the lines of pages to paragraphs.

use std::collections::BTreeMap;

/// Lines at the top or the foot of this many pages, or of half of them, belong to the pages, not to the text.
const MIN_REPEATS: usize = 2;
/// How many lines at an edge of a page can be its header or footer.
const N_EDGE_LINES: usize = 3;
/// A line that ends well before the right margin ends its paragraph: at most this share of a full line.
const MAX_LAST_LINE: f64 = 0.8;

/// The text of a document: paragraphs as lines, with blank lines between them. Lines that repeat at the edges of pages
/// are left out, a paragraph that goes on over a page is one, and words that were cut at the end of a line are whole.
pub(crate) fn joined(pages: &[String]) -> String {
    let pages: Vec<Vec<&str>> = pages.iter().map(|page| page.lines().map(str::trim).collect()).collect();
    let repeated = repeated_at_edges(&pages);
    let mut blocks: Vec<Vec<String>> = Vec::new();
    for page in &pages {
        let edges = edge_lines(page);
        let mut block = Vec::new();
        let mut is_first_of_page = true;
        for (idx, line) in page.iter().enumerate() {
            let is_left_out = edges.contains(&idx) && (repeated.contains_key(&pattern(line)) || is_page_number(line));
            if line.is_empty() || is_left_out {
                push_block(&mut blocks, std::mem::take(&mut block), &mut is_first_of_page);
            } else {
                block.push(with_plain_letters(line));
            }
        }
        push_block(&mut blocks, block, &mut is_first_of_page);
    }
    let width = full_width(&blocks);
    let paragraphs: Vec<String> = blocks.iter().flat_map(|block| paragraphs_of(block, width)).collect();
    paragraphs.join("\n\n")
}

/// Adds a block; the first of a page goes on with the last of the page before where that breaks off in a sentence.
fn push_block(blocks: &mut Vec<Vec<String>>, block: Vec<String>, is_first_of_page: &mut bool) {
    let Some(first) = block.first() else { return };
    if *is_first_of_page
        && let Some(last) = blocks.last_mut()
        && last.len() + block.len() > 2
        && first.starts_with(|c: char| c.is_lowercase())
        && last.last().is_some_and(|line| !ends_sentence(line))
    {
        last.extend(block);
    } else {
        blocks.push(block);
    }
    *is_first_of_page = false;
}

/// The patterns of the lines that stand at the edges of several pages, with how many pages have each.
fn repeated_at_edges(pages: &[Vec<&str>]) -> BTreeMap<String, usize> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for page in pages {
        let mut patterns: Vec<String> = edge_lines(page).iter().map(|idx| pattern(page[*idx])).collect();
        patterns.sort();
        patterns.dedup();
        patterns.into_iter().for_each(|pattern| *counts.entry(pattern).or_default() += 1);
    }
    counts.retain(|_, count| *count >= MIN_REPEATS && 2 * *count >= pages.len());
    counts
}

/// The first and last lines of a page that are not blank.
fn edge_lines(page: &[&str]) -> Vec<usize> {
    let filled: Vec<usize> = (0..page.len()).filter(|idx| !page[*idx].is_empty()).collect();
    if filled.len() <= 2 * N_EDGE_LINES {
        return filled;
    }
    let (first, last) = (&filled[..N_EDGE_LINES], &filled[filled.len() - N_EDGE_LINES..]);
    [first, last].concat()
}

/// The line with its numbers left open: "Page 3 of 12" is one pattern on all pages.
fn pattern(line: &str) -> String {
    let mut pattern = String::new();
    for c in line.chars() {
        let c = if c.is_ascii_digit() { '#' } else { c };
        let is_repeated = (c == '#' || c == ' ') && pattern.ends_with(c);
        if !is_repeated {
            pattern.push(c);
        }
    }
    pattern
}

/// Whether the line is a number alone, as "3", "- 3 -" or "3/12".
fn is_page_number(line: &str) -> bool {
    line.contains(|c: char| c.is_ascii_digit())
        && line.len() <= MAX_NUMBER_BYTES
        && line.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '–' | '/' | '|' | '[' | ']'))
}

/// Longer numbers at the edge of a page are no page numbers.
const MAX_NUMBER_BYTES: usize = 11;

/// The length of a full line: nine in ten lines are not longer.
fn full_width(blocks: &[Vec<String>]) -> usize {
    let mut lens: Vec<usize> = blocks.iter().flatten().map(|line| line.chars().count()).collect();
    lens.sort_unstable();
    lens.get(lens.len() * 9 / 10).copied().unwrap_or(0)
}

/// The paragraphs of lines that stand together: a short line that ends a sentence ends one, unless all lines are short,
/// as in columns.
fn paragraphs_of(lines: &[String], width: usize) -> Vec<String> {
    let own_width = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0).min(width);
    let mut paragraphs = Vec::new();
    let mut paragraph = String::new();
    for (idx, line) in lines.iter().enumerate() {
        append(&mut paragraph, line);
        let is_short = (line.chars().count() as f64) < MAX_LAST_LINE * own_width as f64;
        let next_begins = lines.get(idx + 1).is_some_and(|next| next.starts_with(|c: char| !c.is_lowercase()));
        if is_short && ends_sentence(line) && next_begins {
            paragraphs.push(std::mem::take(&mut paragraph));
        }
    }
    if !paragraph.is_empty() {
        paragraphs.push(paragraph);
    }
    paragraphs
}

/// Adds a line to its paragraph. A word that was cut with a hyphen is joined, unless what follows has a capital or the
/// hyphen stands after a number, where it belongs to the word.
fn append(paragraph: &mut String, line: &str) {
    if let Some(cut) = paragraph.strip_suffix(['-', '\u{ad}', '‐']) {
        let is_soft = paragraph.ends_with('\u{ad}');
        let is_word = cut.ends_with(char::is_lowercase) && line.starts_with(char::is_lowercase);
        if is_soft || is_word {
            let len = cut.len();
            paragraph.truncate(len);
        }
    } else if !paragraph.is_empty() {
        paragraph.push(' ');
    }
    paragraph.push_str(line);
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', '\'', ')', '»']).ends_with(['.', '!', '?', '…', ':'])
}

/// Fonts draw some pairs of letters as one sign, which is no letter of its own (Unicode chart FB00); spaces of any width
/// and number are one.
fn with_plain_letters(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            '\u{fb00}' => text.push_str("ff"),
            '\u{fb01}' => text.push_str("fi"),
            '\u{fb02}' => text.push_str("fl"),
            '\u{fb03}' => text.push_str("ffi"),
            '\u{fb04}' => text.push_str("ffl"),
            c if c.is_whitespace() && text.ends_with(' ') => {}
            c if c.is_whitespace() => text.push(' '),
            c if c.is_control() => {}
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_become_paragraphs_and_pages_leave_no_trace() {
        let pages = [
            "The Meridian Press\n\nTalks open\n\nThe envoy of Karsk came to the nego-\ntiations on Sunday with a pre-2030\n\
             draft. She left.\nVelmora’s side was late and the o\u{fb03}cial\nlist of guests was not\n\nPage 1",
            "The Meridian Press\n\nready on Monday, as many had said that\nit would be.\n\nPage 2",
        ]
        .map(str::to_string);
        assert_eq!(
            joined(&pages),
            "Talks open\n\nThe envoy of Karsk came to the negotiations on Sunday with a pre-2030 draft. She left.\n\n\
             Velmora’s side was late and the official list of guests was not ready on Monday, as many had said that it would be."
        );
    }

    #[test]
    fn one_page_has_no_lines_that_repeat() {
        assert_eq!(joined(&["Karsk\n\nKarsk\n\nKarsk".to_string()]), "Karsk\n\nKarsk\n\nKarsk");
        assert_eq!(joined(&[]), "");
    }

    proptest! {
        #[test]
        fn any_lines_are_joined(pages in prop::collection::vec("[a-zA-Z0-9 .\\-\n]{0,100}", 0..5)) {
            let n_letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
            let n_before: usize = pages.iter().map(|page| n_letters(page)).sum();
            prop_assert!(n_letters(&joined(&pages)) <= n_before);
        }
    }
}
