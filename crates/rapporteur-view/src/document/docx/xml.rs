//! Text as XML holds it, and runs of it.

/// How a run of text is set off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Run {
    Plain,
    Strong,
    Soft,
    Warning,
    Quote,
    Raised,
}

/// A run of text.
pub(super) fn run(text: &str, kind: Run) -> String {
    let style = match kind {
        Run::Plain => "",
        Run::Strong => "<w:rPr><w:rStyle w:val=\"Strong\"/></w:rPr>",
        Run::Soft => "<w:rPr><w:rStyle w:val=\"Soft\"/></w:rPr>",
        Run::Warning => "<w:rPr><w:rStyle w:val=\"Warning\"/></w:rPr>",
        Run::Quote => "<w:rPr><w:rStyle w:val=\"Words\"/></w:rPr>",
        Run::Raised => "<w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr>",
    };
    format!("<w:r>{style}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text))
}

/// Text without markup, in which "\u{FFFD}" stands for characters that XML 1.0 does not have (section 2.2): a file with one
/// of them does not open.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_never_markup_and_always_xml() {
        assert_eq!(escaped("<w:t a=\"b\">&"), "&lt;w:t a=&quot;b&quot;&gt;&amp;");
        assert_eq!(escaped("a\u{0}b\u{ffff}c\u{fffe}\n漢🙂"), "a\u{fffd}b\u{fffd}c\u{fffd} 漢🙂");
    }
}
