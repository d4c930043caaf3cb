//! A text in paragraphs, with links over the words that items rest on.
//!
//! Marks nest and cross, links do neither: the text is cut where a mark begins or ends, and each piece leads to the
//! shortest of the marks over it. A reader who wants another one finds it in the list beside the text.

use rapporteur_view::visible;

/// Words that something rests on, in bytes of the text.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) class: &'static str,
    pub(super) href: Option<String>,
    pub(super) title: String,
    /// By which the words are found from elsewhere; stands where they begin.
    pub(super) anchor: Option<String>,
}

/// A paragraph of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// Counted from one.
    pub(super) number: usize,
    pub(super) pieces: Vec<Piece>,
}

/// A stretch over which the marks are the same.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Anchors that begin with it.
    pub(super) anchors: Vec<String>,
    pub(super) text: String,
    pub(super) class: String,
    pub(super) href: Option<String>,
    pub(super) title: String,
}

/// The paragraphs of `text`: lines that are not blank.
pub(super) fn paragraphs(text: &str, marks: &[Mark]) -> Vec<Paragraph> {
    let mut marks: Vec<&Mark> = marks
        .iter()
        .filter(|mark| mark.start < mark.end && text.is_char_boundary(mark.start) && text.is_char_boundary(mark.end))
        .collect();
    marks.sort_by_key(|mark| (mark.start, mark.end));
    let mut cuts: Vec<usize> = marks.iter().flat_map(|mark| [mark.start, mark.end]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let (mut paragraphs, mut at) = (Vec::new(), 0);
    // Marks that begin before the place reached, those that are over left out.
    let (mut open, mut next, mut next_cut): (Vec<&Mark>, usize, usize) = (Vec::new(), 0, 0);
    for line in text.split_inclusive('\n') {
        let (begin, end) = (at, at + line.trim_end_matches(['\n', '\r']).len());
        at += line.len();
        if line.trim().is_empty() {
            continue;
        }
        let mut pieces = Vec::new();
        let mut from = begin;
        while from < end {
            while cuts.get(next_cut).is_some_and(|cut| *cut <= from) {
                next_cut += 1;
            }
            let to = cuts.get(next_cut).copied().unwrap_or(end).min(end);
            let mut anchors = Vec::new();
            while let Some(mark) = marks.get(next).filter(|mark| mark.start <= from) {
                anchors.extend(mark.anchor.clone());
                open.push(mark);
                next += 1;
            }
            open.retain(|mark| mark.end > from);
            anchors.dedup();
            pieces.push(piece(&text[from..to], anchors, &open));
            from = to;
        }
        paragraphs.push(Paragraph { number: paragraphs.len() + 1, pieces });
    }
    paragraphs
}

fn piece(text: &str, anchors: Vec<String>, open: &[&Mark]) -> Piece {
    let nearest = open.iter().filter(|mark| mark.href.is_some()).min_by_key(|mark| mark.end - mark.start);
    let mut classes: Vec<&str> = open.iter().map(|mark| mark.class).collect();
    classes.sort_unstable();
    classes.dedup();
    Piece {
        anchors,
        text: visible(text).into_owned(),
        class: classes.join(" ").trim().to_string(),
        href: nearest.and_then(|mark| mark.href.clone()),
        title: nearest.map(|mark| mark.title.clone()).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: usize, end: usize, name: &'static str) -> Mark {
        let anchor = Some(format!("w-{start}-{end}"));
        Mark { start, end, class: name, href: Some(format!("/{name}")), title: String::new(), anchor }
    }

    #[test]
    fn marks_that_cross_are_cut_and_lead_to_the_shorter() {
        let text = "one two three\n\nfour five";
        let found = paragraphs(text, &[mark(0, 7, "a"), mark(4, 19, "b")]);
        let told = |paragraph: &Paragraph| -> Vec<(String, String, Option<String>)> {
            let pieces = paragraph.pieces.iter();
            pieces.map(|piece| (piece.text.clone(), piece.class.clone(), piece.href.clone())).collect()
        };
        let piece = |text: &str, class: &str, href: &str| {
            (text.to_string(), class.to_string(), Some(href.to_string()).filter(|href| !href.is_empty()))
        };
        assert_eq!(
            found.iter().map(told).collect::<Vec<_>>(),
            [
                vec![piece("one ", "a", "/a"), piece("two", "a b", "/a"), piece(" three", "b", "/b")],
                vec![piece("four", "b", "/b"), piece(" five", "", "")],
            ]
        );
        assert_eq!(found[0].pieces[1].anchors, ["w-4-19"]);
        assert_eq!((found[0].number, found[1].number), (1, 2));
    }

    #[test]
    fn all_text_is_there_once_whatever_the_marks() {
        let text = "Ä b\u{202e}c\r\n\n  \nd é";
        for (start, end) in [(0, 1), (0, 2), (1, 3), (3, 99), (5, 5), (0, text.len())] {
            let found = paragraphs(text, &[Mark { end, ..mark(start, text.len(), "a") }, mark(2, 4, "b")]);
            let whole: Vec<String> = found
                .iter()
                .map(|paragraph| paragraph.pieces.iter().map(|piece| piece.text.as_str()).collect())
                .collect();
            assert_eq!(whole, ["Ä b⟨U+202E⟩c", "d é"]);
        }
    }
}
