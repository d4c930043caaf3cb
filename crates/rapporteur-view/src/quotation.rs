//! The exact words of a statement as one line, with the quotation marks that belong to them.
//!
//! A statement's content leaves out the marks at its edges. Shown alone, the words need them back:
//! they tell what was quoted from what the reporter put into words.

use crate::visible::on_one_line;
use rapporteur_model::{Article, Span, Statement, StatementKind};
use serde::Serialize;

/// Pairs of opening and closing marks as texts write them; longer ones first.
const MARKS: [(&str, &str); 9] =
    [("''", "''"), ("``", "''"), ("“", "”"), ("„", "“"), ("«", "»"), ("»", "«"), ("‘", "’"), ("\"", "\""), ("'", "'")];

/// A stretch of a statement's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stretch {
    /// The words on one line, with the quotation marks where they are quoted.
    pub text: String,
    /// Whether they stand in quotation marks.
    pub is_quoted: bool,
}

/// The words of the statement: its content, with " … " where other words stand between; for a
/// report of the act alone, the words that report it.
pub(crate) fn quotation(article: &Article, statement: &Statement) -> Vec<Stretch> {
    let plain = |text: String| Stretch { text, is_quoted: false };
    if statement.kind == StatementKind::ActReport || statement.content.is_empty() {
        let words = act(article, statement);
        return if words.is_empty() { Vec::new() } else { vec![plain(words)] };
    }
    let mut stretches = Vec::new();
    for (n, &span) in statement.content.iter().enumerate() {
        if n > 0 {
            stretches.push(plain(" … ".into()));
        }
        content_stretches(article, span, &statement.quoted, &mut stretches);
    }
    stretches
}

/// The letters and digits of `words` in lower case, one space between words: equal for copies that
/// differ in marks, case or white space.
pub(crate) fn letters_and_digits(words: &str) -> String {
    let is_mark = |c: char| !c.is_alphanumeric();
    let words: Vec<String> = words.split(is_mark).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    words.join(" ")
}

/// The words as one string.
pub(crate) fn joined(stretches: &[Stretch]) -> String {
    stretches.iter().map(|stretch| stretch.text.as_str()).collect()
}

/// The cue with what follows from it, "declined to comment"; the cue alone where they stand far apart.
fn act(article: &Article, statement: &Statement) -> String {
    let close = |span: &Span| span.len_bytes() <= 240 && !span.of(&article.text).contains('\n');
    let whole = statement.cue.into_iter().chain(statement.content.iter().copied()).reduce(Span::hull).filter(close);
    let span = whole.or(statement.cue).or(statement.content.first().copied()).or(statement.source);
    span.map(|span| on_one_line(span.of(&article.text))).unwrap_or_default()
}

/// Adds one contiguous stretch of content, cut where its quoted parts begin and end. Marks inside
/// the content stand in the text; those at its edges are put back.
fn content_stretches(article: &Article, content: Span, quoted: &[Span], stretches: &mut Vec<Stretch>) {
    let text = article.text.as_str();
    let mut at = content.start.get();
    let inside = quoted.iter().filter(|q| content.contains(**q) && !q.is_empty());
    for quoted in inside {
        let (opening, closing) = marks_before(text, *quoted);
        let (start, end) = (quoted.start.get(), quoted.end.get());
        if start < at {
            continue;
        }
        // The mark belongs to what is quoted, not to the words before.
        let mark_start = if text[at..start].ends_with(opening) { start - opening.len() } else { start };
        let mark_end = if text[end..content.end.get()].starts_with(closing) { end + closing.len() } else { end };
        push(stretches, &text[at..mark_start], false, ("", ""));
        let opening = if start == content.start.get() { opening } else { "" };
        let closing = if end == content.end.get() { closing } else { "" };
        push(stretches, &text[mark_start..mark_end], true, (opening, closing));
        at = mark_end;
    }
    push(stretches, &text[at..content.end.get()], false, ("", ""));
}

fn push(stretches: &mut Vec<Stretch>, words: &str, is_quoted: bool, (opening, closing): (&str, &str)) {
    if words.is_empty() {
        return;
    }
    let space = |is_space: bool| if is_space { " " } else { "" };
    let line = on_one_line(words);
    let [before, after] = [words.starts_with(char::is_whitespace), words.ends_with(char::is_whitespace)].map(space);
    let after = if line.is_empty() { "" } else { after };
    stretches.push(Stretch { text: format!("{opening}{before}{line}{after}{closing}"), is_quoted });
}

/// The mark that opens a quotation and the one that closes it, as the article writes them.
fn marks_before(text: &str, quoted: Span) -> (&'static str, &'static str) {
    let before = &text[..quoted.start.get()];
    MARKS.into_iter().find(|(opening, _)| before.ends_with(opening)).unwrap_or(("“", "”"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapporteur_model::{Confidence, Polarity, StatementClass, StatementId, Uttered};

    /// The words of a statement over `text`, quoted stretches in brackets.
    fn shown(text: &str, content: &[&str], quoted: &[&str]) -> String {
        let at = |words: &&str| {
            let start = text.find(words).unwrap();
            Span::new(start, start + words.len())
        };
        let article = rapporteur_testkit::article("a", text);
        let statement = Statement {
            id: StatementId::new("s"),
            kind: StatementKind::Mixed,
            class: StatementClass::Speech,
            content: content.iter().map(at).collect(),
            quoted: quoted.iter().map(at).collect(),
            source: None,
            cue: None,
            speaker: None,
            addressee: None,
            medium: None,
            occasion: None,
            relay: None,
            time: None,
            polarity: Polarity::default(),
            uttered: Uttered::default(),
            nested_in: None,
            predication: None,
            confidence: Confidence::High,
        };
        let stretches = quotation(&article, &statement);
        let show = |s: &Stretch| if s.is_quoted { format!("[{}]", s.text) } else { s.text.clone() };
        stretches.iter().map(show).collect()
    }

    #[test]
    fn marks_at_the_edges_come_back_as_the_article_writes_them() {
        assert_eq!(shown("“Go,” he said.", &["Go,"], &["Go,"]), "[“Go,”]");
        assert_eq!(shown("''Go,'' he said.", &["Go"], &["Go"]), "[''Go'']");
        assert_eq!(shown("«Go» he said.", &["Go"], &["Go"]), "[«Go»]");
        assert_eq!(shown("Go on, he said.", &["Go on"], &["Go on"]), "[“Go on”]");
    }

    #[test]
    fn marks_inside_stay_once() {
        let text = "He said it was “bad\r\n news” and “sad”.";
        assert_eq!(
            shown(text, &["it was “bad\r\n news” and “sad"], &["bad\r\n news", "sad"]),
            "it was [“bad news”] and [“sad”]"
        );
        assert_eq!(shown("“bad news” came, he said", &["bad news” came"], &["bad news"]), "[“bad news”] came");
    }

    #[test]
    fn other_words_between_are_shown_as_left_out() {
        assert_eq!(shown("“One,” he said, “two.”", &["One,", "two."], &["One,", "two."]), "[“One,”] … [“two.”]");
    }
}
