//! What holds of any bytes under any name. The targets of `fuzz/` hold the same.

use rapporteur_model::{Article, Evidence, Evidenced, Skipped, Span};
use rapporteur_source::{ReadOptions, article, entries_from_bytes};
use std::ops::ControlFlow;

/// What is read of bytes: articles, and what was skipped. Each article keeps its law, each reason has a hint.
pub(crate) fn read(name: &str, bytes: &[u8]) -> (Vec<Article>, Vec<Skipped>) {
    // A megabyte is more than any seed grows to; what unpacks to more is told.
    let options = ReadOptions { max_entry_bytes: 1 << 20, ..ReadOptions::default() };
    let (mut articles, mut skipped) = (Vec::new(), Vec::new());
    entries_from_bytes(name, bytes, &options, &mut |entry| {
        match entry.and_then(|entry| article(&entry).inspect(|article| hold(article, entry.bytes.len()))) {
            Ok(article) => articles.push(article),
            Err(reason) => skipped.push(reason),
        }
        ControlFlow::Continue(())
    });
    for skipped in &skipped {
        assert!(!skipped.reason.is_empty() && skipped.location.starts_with(name), "{skipped:?}");
        assert!(skipped.hint.as_ref().is_some_and(|hint| !hint.is_empty()), "{skipped:?}");
    }
    (articles, skipped)
}

/// Every span leads to words of the text, in order, and every line of a page to its source.
fn hold(article: &Article, n_source_bytes: usize) {
    let text = &article.text;
    // `of` fails where a span cuts a character or goes beyond the text.
    let ordered = |spans: Vec<Span>| spans.windows(2).all(|pair| pair[0].end <= pair[1].start);
    assert!(article.paragraphs.iter().all(|span| !span.is_empty() && span.of(text).trim() == span.of(text)));
    assert!(ordered(article.paragraphs.clone()), "paragraphs are out of order");
    let furniture: Vec<Span> = article.furniture.iter().map(|furniture| furniture.span).collect();
    assert!(furniture.iter().all(|span| !span.of(text).is_empty()), "furniture without words");
    assert!(ordered(furniture), "furniture is out of order");
    for Evidenced { value, evidence } in article.told_in_words() {
        assert!(!value.is_empty(), "a value without words");
        if let Evidence::Stated(span) = evidence {
            assert!(span.of(text).contains(value.as_str()), "{value:?} does not stand in {:?}", span.of(text));
        }
    }
    for evidence in [&article.published, &article.modified].into_iter().flatten().map(|date| &date.evidence) {
        if let Evidence::Stated(span) = evidence {
            assert!(!span.of(text).is_empty());
        }
    }
    for span in article.diagnostics.iter().filter_map(|diagnostic| diagnostic.span) {
        let _ = span.of(text);
    }
    for pair in article.segments.windows(2) {
        assert!(pair[0].text < pair[1].text, "lines of a page are out of order");
    }
    // A byte becomes at most three of UTF-8.
    let reach = 3 * n_source_bytes + 3;
    assert!(article.segments.iter().all(|segment| text.is_char_boundary(segment.text.get())));
    assert!(article.segments.iter().all(|segment| segment.source.get() <= reach));
}
