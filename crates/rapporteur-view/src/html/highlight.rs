//! A paragraph with everything that is marked in it, as a sequence that a template writes out.
//!
//! Marks nest, cross and continue in the next paragraph; HTML elements only nest. Where two marks
//! cross, the one that lasts longer is closed and opened again.

use crate::visible::visible;
use rapporteur_model::Span;
use std::borrow::Cow;
use std::cmp::Reverse;

/// What a stretch of text is marked as; of two that cover the same words, the earlier is outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Layer {
    Furniture,
    Evidence,
    /// The words of a statement.
    Statement,
    /// The words of an act report: there is no content to mark.
    Act,
    /// The words that show a stance.
    Stance,
    Source,
    Cue,
    Quoted,
    /// The words that tell an event.
    Trigger,
}

impl Layer {
    fn class(self) -> &'static str {
        match self {
            Layer::Furniture => "furniture",
            Layer::Evidence => "evidence",
            Layer::Statement => "statement",
            Layer::Act => "statement act",
            Layer::Source => "source",
            Layer::Cue => "cue",
            Layer::Quoted => "quoted",
            Layer::Stance => "stance",
            Layer::Trigger => "trigger",
        }
    }

    fn tag(self) -> &'static str {
        match self {
            Layer::Statement | Layer::Act => "mark",
            _ => "span",
        }
    }
}

/// A marked stretch.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    pub(super) span: Span,
    pub(super) layer: Layer,
    /// The anchor that the first piece bears.
    pub(super) id: Option<String>,
    /// What a reader is told who points at it.
    pub(super) title: Option<String>,
    /// The entry to link back to.
    pub(super) entry: Option<usize>,
}

/// What a template writes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Text(Cow<'a, str>),
    Open {
        tag: &'static str,
        class: &'static str,
        id: Option<String>,
        title: Option<String>,
    },
    Close(&'static str),
    /// A link back to the entry with this number.
    Entry(usize),
}

/// The words of `window` with those of `marks` that `here` names; they are clipped to it. A mark
/// gives its anchor to its first piece and loses it, so that an anchor is written once.
pub(super) fn pieces<'a>(text: &'a str, window: Span, marks: &mut [Mark], mut here: Vec<usize>) -> Vec<Piece<'a>> {
    let starts = |mark: &Mark| mark.span.start.max(window.start).get();
    let ends = |mark: &Mark| mark.span.end.min(window.end).get();
    // Nothing to see of a mark without words.
    here.retain(|&idx| starts(&marks[idx]) < ends(&marks[idx]));
    let outside_in = |mark: &Mark| (Reverse(ends(mark)), mark.layer, mark.entry);
    here.sort_by_key(|&idx| (starts(&marks[idx]), outside_in(&marks[idx])));
    let mut cuts: Vec<usize> = here.iter().flat_map(|&idx| [starts(&marks[idx]), ends(&marks[idx])]).collect();
    cuts.extend([window.start.get(), window.end.get()]);
    cuts.sort_unstable();
    cuts.dedup();

    let mut pieces = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut to_begin = here.into_iter().peekable();
    for (cut_idx, &at) in cuts.iter().enumerate() {
        let mut to_open = Vec::new();
        if let Some(first_done) = open.iter().position(|&idx| ends(&marks[idx]) <= at) {
            let mut entries = Vec::new();
            for idx in open.drain(first_done..).rev() {
                pieces.push(Piece::Close(marks[idx].layer.tag()));
                if ends(&marks[idx]) <= at {
                    entries.extend(marks[idx].entry);
                } else {
                    to_open.push(idx);
                }
            }
            pieces.extend(entries.into_iter().map(Piece::Entry));
        }
        while let Some(idx) = to_begin.next_if(|&idx| starts(&marks[idx]) == at) {
            to_open.push(idx);
        }
        to_open.sort_by_key(|&idx| outside_in(&marks[idx]));
        for idx in to_open {
            let mark = &mut marks[idx];
            let (tag, class) = (mark.layer.tag(), mark.layer.class());
            pieces.push(Piece::Open { tag, class, id: mark.id.take(), title: mark.title.clone() });
            open.push(idx);
        }
        if let Some(&next) = cuts.get(cut_idx + 1) {
            pieces.push(Piece::Text(visible(&text[at..next])));
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, window: Span, marks: &[(usize, usize, Layer)]) -> String {
        let mark = |&(start, end, layer): &(usize, usize, Layer)| Mark {
            span: Span::new(start, end),
            layer,
            id: Some(format!("{start}")),
            title: None,
            entry: matches!(layer, Layer::Statement).then_some(start),
        };
        let mut marks: Vec<Mark> = marks.iter().map(mark).collect();
        let here = (0..marks.len()).collect();
        let write = |piece: Piece<'_>| match piece {
            Piece::Text(text) => text.into_owned(),
            Piece::Open { class, id, .. } => format!("<{class}{}>", id.map(|id| format!("#{id}")).unwrap_or_default()),
            Piece::Close(_) => "</>".into(),
            Piece::Entry(n) => format!("[{n}]"),
        };
        pieces(text, window, &mut marks, here).into_iter().map(write).collect()
    }

    #[test]
    fn marks_nest() {
        let marks = [(2, 6, Layer::Statement), (3, 5, Layer::Quoted), (0, 6, Layer::Statement)];
        assert_eq!(
            shown("abcdefg", Span::new(0, 7), &marks),
            "<statement#0>ab<statement#2>c<quoted#3>de</>f</></>[2][0]g"
        );
    }

    #[test]
    fn crossing_marks_are_opened_again_without_their_anchor() {
        let marks = [(0, 4, Layer::Statement), (2, 6, Layer::Statement)];
        assert_eq!(
            shown("abcdef", Span::new(0, 6), &marks),
            "<statement#0>ab<statement#2>cd</></>[0]<statement>ef</>[2]"
        );
    }

    #[test]
    fn marks_are_clipped_to_the_window_and_empty_ones_left_out() {
        let marks = [(0, 9, Layer::Statement), (3, 3, Layer::Cue)];
        assert_eq!(shown("abcdefghi", Span::new(2, 4), &marks), "<statement#0>cd</>[0]");
        assert_eq!(shown("abc", Span::new(0, 3), &[]), "abc");
    }

    #[test]
    fn what_steers_is_made_visible() {
        assert_eq!(shown("a\u{202e}b", Span::new(0, 5), &[]), "a⟨U+202E⟩b");
    }
}
