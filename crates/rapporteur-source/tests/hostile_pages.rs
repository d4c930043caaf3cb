//! Pages that mean harm, or were broken on the way: an article or a reason comes out, in time that grows with the page.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use proptest::prelude::*;
use rapporteur_model::{Article, Evidence, Skipped};
use rapporteur_source::article_from_bytes;
use std::time::{Duration, Instant};

const REPORT: &str = "<h1>Envoys meet again</h1><p>The envoys of both states met on Sunday, for the first time since the \
    bridge was closed, officials said.</p>";

fn read(source: &str) -> Result<Article, Skipped> {
    article_from_bytes("page.html", source.as_bytes())
}

/// What takes a second in a test that is not optimised takes a tenth of it in the product; what is not linear takes
/// hours.
const MAX_DURATION: Duration = Duration::from_secs(60);

#[test]
fn a_million_of_anything_is_read_in_time() {
    let n = 300_000;
    let attributes: String = (0..n).map(|n| format!(" a{n}=b")).collect();
    let classes: String = (0..n).map(|n| format!("related{n} ")).collect();
    for (name, source) in [
        ("empty elements", format!("{REPORT}{}", "<div></div>".repeat(n))),
        ("tiny lines", format!("{REPORT}{}", "<p>x</p>".repeat(n))),
        ("breaks", format!("{REPORT}{}", "x<br>".repeat(n))),
        ("items that are not closed", format!("{REPORT}<ul>{}", "<li>x".repeat(n))),
        ("cells", format!("{REPORT}<table><tr>{}", "<td>x".repeat(n))),
        ("rows", format!("{REPORT}<table>{}", "<tr><td>x<td>y".repeat(n / 2))),
        ("links", format!("{REPORT}<p>{}", "<a href=x>link </a>".repeat(n))),
        ("headings", format!("{REPORT}{}", "<h1>Envoys meet again</h1>".repeat(n))),
        ("attributes", format!("{REPORT}<p{attributes}>")),
        ("names", format!("{REPORT}<p class='{classes}'>")),
        ("elements in an element", format!("{REPORT}{}{}", "<div class=related>".repeat(n), "words ".repeat(n))),
        ("figures in figures", format!("{REPORT}{}{}", "<figure>".repeat(n), "<p>x".repeat(n))),
        ("end tags", format!("{REPORT}{}", "</div></p></table>".repeat(n))),
        ("brackets", format!("{REPORT}{}", "<".repeat(n))),
        ("tags that do not end", format!("{REPORT}{}", "<p ".repeat(n))),
        ("comments that do not end", format!("{REPORT}{}", "<!--".repeat(n))),
        ("references", format!("{REPORT}<p>{}", "&amp;&#x26;&".repeat(n))),
        ("one line", format!("{REPORT}<p>{}", "word, ".repeat(n))),
        ("dashes", format!("{REPORT}<p>{}", "A - (B) — ".repeat(n))),
        ("titles", format!("<title>{}</title>{REPORT}", "Envoys | ".repeat(n))),
        ("metadata", format!("{}{REPORT}", "<meta name=author content='Ana Lind'>".repeat(n))),
        ("brackets of JSON", format!("<script type=application/ld+json>{}</script>{REPORT}", "[{\"a\":".repeat(n))),
    ] {
        let start = Instant::now();
        let article = read(&source);
        assert!(start.elapsed() < MAX_DURATION, "{name}: {:?}", start.elapsed());
        if let Ok(article) = article {
            check(&article);
        }
    }
}

#[test]
fn a_report_survives_what_stands_around_it() {
    let deep = "<div>".repeat(100_000);
    let long = "x".repeat(1_000_000);
    for source in [
        format!("{deep}{REPORT}"),
        format!("<!-- {long} -->{REPORT}"),
        format!("<script>{long}</script>{REPORT}"),
        format!("{REPORT}<style>{long}"),
        format!("<p title='{long}'></p>{REPORT}"),
        format!("{REPORT}</body></html></html><script>'<p>'</script>"),
        REPORT.replace("<p>", "<p>\u{0}\u{1}\u{202e}\u{200b}"),
        REPORT.replace("</p>", "").replace("</h1>", ""),
    ] {
        let article = read(&source).unwrap();
        check(&article);
        assert!(article.text.contains("The envoys of both states met on Sunday"), "{:.200}", article.text);
    }
}

#[test]
fn marks_of_direction_and_control_characters_do_not_enter_the_text() {
    let article = read(
        "<p>The env\u{ad}oy\u{202e} said \u{200f}no\u{7}, and the talks in the old town hall went on without him.</p>",
    );
    assert_eq!(article.unwrap().text, "The envoy said no, and the talks in the old town hall went on without him.");
}

#[test]
fn a_page_without_text_is_skipped_with_a_hint() {
    for source in ["<html></html>", "<html><body><script>start()</script><img src=x></body></html>", "<!doctype html>"]
    {
        let skipped = read(source).unwrap_err();
        assert_eq!(skipped.reason, "a page without running text");
        assert!(skipped.hint.is_some());
    }
}

/// What holds for every article, whatever its page.
fn check(article: &Article) {
    let text = &article.text;
    assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
    for pair in article.paragraphs.windows(2) {
        assert!(pair[0].end <= pair[1].start);
    }
    for span in &article.paragraphs {
        assert_eq!(span.of(text).trim(), span.of(text));
        assert!(!span.of(text).contains('\n') && !span.is_empty());
    }
    for pair in article.furniture.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start);
    }
    for evidenced in
        [&article.title, &article.url, &article.credit, &article.byline, &article.dateline].into_iter().flatten()
    {
        if let Evidence::Stated(span) = evidenced.evidence {
            assert_eq!(span.of(text), evidenced.value);
        }
    }
    for pair in article.segments.windows(2) {
        assert!(pair[0].text < pair[1].text);
    }
}

/// Pieces of which pages consist, so that the rules have something to bite on.
fn piece() -> impl Strategy<Value = String> {
    let known = [
        "<p>",
        "</p>",
        "<div class=\"related\">",
        "</div>",
        "<h1>",
        "</h1>",
        "<h2>",
        "<ul>",
        "<li>",
        "</ul>",
        "<a href=x>",
        "</a>",
        "<br>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<article>",
        "<figure>",
        "<figcaption>",
        "<blockquote>",
        "<b>",
        "</b>",
        "<pre>",
        "<aside>",
        "<nav>",
        "<span hidden>",
        "<title>Envoys meet | Courier</title>",
        "<meta name=author content=\"By Ana Lind\">",
        "<meta property='og:title' content='Envoys meet'>",
        "<script type=\"application/ld+json\">{\"@type\":\"Article\",\"headline\":\"Envoys meet\"}</script>",
        "Envoys meet",
        "By Ana Lind",
        "KARSK (ANL) — ",
        "Related articles",
        "Read more",
        "Share this",
        "9 March 2031",
        "Photo: Ana Lind",
        "The envoys of both states met on Sunday in the old town hall, officials said. ",
        "“No,” he said. ",
        "\n",
        " ",
        "&amp;",
        "&nbsp;",
        "<",
        ">",
        "\"",
        "\u{200b}",
        "\u{202e}",
        "é",
        "卡尔斯克的谈判代表表示，会谈没有结果。",
        "\u{2028}",
        "ǅ",
        "İ",
        "\0",
    ];
    prop_oneof![6 => proptest::sample::select(known.to_vec()).prop_map(str::to_string), 1 => "\\PC{0,6}", 1 => any::<char>().prop_map(String::from)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_page_gives_an_article_or_a_reason(pieces in proptest::collection::vec(piece(), 0..60)) {
        if let Ok(article) = read(&format!("<body>{}", pieces.concat())) {
            check(&article);
        }
    }
}
