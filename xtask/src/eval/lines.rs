//! Lines of a terminal that is 120 columns wide.

/// What fits beside another window and into the log of a CI.
pub(super) const WIDTH: usize = 120;

/// Adds text behind `head`, broken between words; further lines begin under the first one's text.
pub(super) fn push_wrapped(out: &mut String, head: &str, text: &str) {
    let indent = head.chars().count();
    let mut line = head.to_owned();
    let mut n_chars = indent;
    for word in text.split_whitespace() {
        let len = word.chars().count();
        if n_chars > indent && n_chars + 1 + len > WIDTH {
            out.push_str(line.trim_end());
            out.push('\n');
            line = " ".repeat(indent);
            n_chars = indent;
        }
        if n_chars > indent {
            line.push(' ');
            n_chars += 1;
        }
        line.push_str(word);
        n_chars += len;
    }
    out.push_str(line.trim_end());
    out.push('\n');
}

/// Text cut to so many columns.
pub(super) fn cut(text: &str, n_columns: usize) -> String {
    if text.chars().count() <= n_columns {
        return text.to_owned();
    }
    text.chars().take(n_columns.saturating_sub(1)).chain(['…']).collect()
}

/// A figure as the scorer rounds it; a number without decimals.
pub(super) fn figure(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() > 1.0 { format!("{value:.0}") } else { format!("{value:.5}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_broken_between_words_and_stays_in_its_column() {
        let mut out = String::new();
        push_wrapped(&mut out, "  head  ", &"word ".repeat(30));
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!(lines.len(), 2);
        assert!(lines[0].starts_with("  head  word") && lines[1].starts_with("        word"));
        assert!(lines.iter().all(|line| line.chars().count() <= WIDTH));
        assert_eq!(cut("naïveté", 4), "naï…");
    }
}
