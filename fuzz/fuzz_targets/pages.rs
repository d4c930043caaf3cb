//! Any bytes as a web page: an article or a reason comes out, and every span lies inside the text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rapporteur_source::article_from_bytes;

fuzz_target!(|bytes: &[u8]| {
    let Ok(article) = article_from_bytes("page.html", bytes) else { return };
    for span in article.paragraphs.iter().copied().chain(article.furniture.iter().map(|furniture| furniture.span)) {
        assert!(!span.of(&article.text).is_empty());
    }
    for pair in article.segments.windows(2) {
        assert!(pair[0].text < pair[1].text);
    }
});
