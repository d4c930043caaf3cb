//! Does annotating hold for any text? Tokens spell the text, trees are trees, nothing depends on
//! what was annotated before or at the same time.

mod common;

use common::{pipeline, rows};
use proptest::prelude::*;
use rapporteur_text::Document;

fn check(doc: &Document, text: &str) {
    assert_eq!(doc.text(), text);
    let mut at = 0;
    for token in doc.tokens() {
        assert_eq!(token.span().start as usize, at);
        assert!(!token.text().is_empty());
        at = token.span().end as usize + usize::from(token.has_space_after());
        assert!(token.ancestors().count() < doc.len(), "heads lead to a root");
        assert!(token.sentence().contains(token.head().idx()), "a sentence holds its tree");
    }
    assert_eq!(at, text.len(), "tokens and spaces spell the text");
    assert_eq!(doc.sentences().map(|sentence| sentence.len()).sum::<usize>(), doc.len());
}

/// Pieces that tokenizers trip over, and any characters.
fn hostile_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-Z]{1,8}",
        "[.,;:!?'\"()\\[\\]{}<>/\\\\@#$%&*_+=|~`–—…“”‘’-]{1,6}",
        "[ \\t\\n\\r\u{a0}\u{2003}\u{1c}]{1,3}",
        "\\PC{1,4}",
        "[0-9]{1,4}(\\.[0-9]+)?(km|%|m/s|\\$|€)?",
        Just("can't've".to_string()),
        Just("http://u:p@example.org:80/a?b=c#d".to_string()),
        Just("(a.m.):)".to_string()),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_text_is_annotated(text in hostile_text()) {
        if let Some(pipeline) = pipeline("any_text_is_annotated") {
            check(&pipeline.annotate(&text), &text);
            check(&pipeline.annotate_paragraphs(&text), &text);
        }
    }
}

#[test]
fn extremes_of_length_are_annotated() {
    let Some(pipeline) = pipeline("extremes_of_length_are_annotated") else { return };
    assert!(pipeline.annotate("").is_empty());
    assert_eq!(pipeline.annotate("").n_sentences(), 0);
    assert_eq!(pipeline.annotate("Karsk").len(), 1);
    for piece in ["a", ")", "a:", "..)", "\n", "a ", "c@:", "\"", "a-"] {
        let text = piece.repeat(20_000);
        check(&pipeline.annotate(&text), &text);
    }
}

#[test]
fn a_text_is_annotated_alike_before_and_after_and_beside_others() {
    let Some(pipeline) = pipeline("a_text_is_annotated_alike_before_and_after_and_beside_others") else { return };
    let texts: Vec<String> = (0..12)
        .map(|n| {
            format!("Karsk rejected plan {n}. Veldria's minister, Oren Vale, said it was {n} days late. ")
                .repeat(n * 9 + 1)
        })
        .collect();
    let alone: Vec<_> = texts.iter().map(|text| rows(&pipeline.annotate(text))).collect();
    std::thread::scope(|scope| {
        for shift in 0..4 {
            let (texts, alone) = (&texts, &alone);
            scope.spawn(move || {
                for n in 0..texts.len() {
                    let n = (n * 5 + shift) % texts.len();
                    assert_eq!(rows(&pipeline.annotate(&texts[n])), alone[n]);
                }
            });
        }
    });
}

#[test]
fn a_paragraph_break_ends_a_sentence() {
    let Some(pipeline) = pipeline("a_paragraph_break_ends_a_sentence") else { return };
    let text = "Talks of the two\r\nsides\n \nbroke down on\u{2028}Monday";
    let doc = pipeline.annotate_paragraphs(text);
    for word in ["sides", "broke", "Monday"] {
        let token = doc.tokens().find(|token| token.text() == word);
        assert!(token.is_some_and(|token| token.is_sentence_start()), "{word}");
    }
}
