//! The cases of `layout.md`: an article in, what was found in it out.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use rapporteur_model::{Article, Evidence, Evidenced};
use rapporteur_source::article_from_bytes;
use std::fmt::Write;

const CASES: &str = include_str!("layout.md");

#[test]
fn every_case_is_laid_out_as_written() {
    let mut n_cases = 0;
    let mut failures = String::new();
    for case in CASES.split("\n## ").skip(1) {
        let name = case.lines().next().unwrap();
        let text = fenced(case, "text");
        let expected = fenced(case, "found");
        let article = article_from_bytes("case.txt", text.as_bytes()).unwrap();
        let found = describe(&article);
        if found != expected {
            write!(failures, "\n## {name}\nexpected:\n{expected}found:\n{found}").unwrap();
        }
        n_cases += 1;
    }
    assert!(failures.is_empty(), "{failures}");
    assert!(n_cases > 10, "only {n_cases} cases were found");
}

fn fenced<'a>(case: &'a str, kind: &str) -> &'a str {
    let (_, rest) = case.split_once(&format!("```{kind}\n")).expect("each case has both blocks");
    let (block, _) = rest.split_once("```").expect("each block is closed");
    block
}

fn describe(article: &Article) -> String {
    let mut lines = Vec::new();
    let mut value = |name: &str, evidenced: &Option<Evidenced<String>>| {
        lines.extend(evidenced.iter().map(|evidenced| format!("{name}: {}", evidenced.value)));
    };
    value("title", &article.title);
    let published = article.published.as_ref().map(|published| match &published.evidence {
        Evidence::Stated(span) => format!("{} from \"{}\"", published.value, span.of(&article.text)),
        Evidence::Inferred(from) => format!("{} inferred from {from}", published.value),
        Evidence::Metadata(_) | Evidence::Given => panic!("a text has no metadata, and nobody gave a date"),
    });
    value("published", &published.map(|value| Evidenced { value, evidence: Evidence::Inferred(String::new()) }));
    value("url", &article.url);
    value("byline", &article.byline);
    value("dateline", &article.dateline);
    value("credit", &article.credit);
    lines.extend(article.furniture.iter().map(|f| format!("{:?}: {}", f.kind, f.span.of(&article.text))));
    lines.extend(article.diagnostics.iter().map(|diagnostic| format!("odd: {}", diagnostic.message)));
    lines.iter().map(|line| format!("{line}\n")).collect()
}
