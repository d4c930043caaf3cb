//! The pages of `pages/`: a page in, the article beside it out.
//!
//! `NAME.txt` has what is known about the article of `NAME.html`, with the place where it does not stand in the text,
//! then its lines, furniture with its kind before. `RAPPORTEUR_WRITE_PAGES=1` writes these files anew, to be read before
//! they are committed.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use rapporteur_model::{Article, Evidence, Evidenced, Format};
use rapporteur_source::article_from_bytes;
use std::fmt::Write;
use std::fs;
use std::path::Path;

#[test]
fn every_page_gives_the_article_beside_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut pages: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.retain(|path| path.extension().is_some_and(|extension| extension == "html"));
    pages.sort();
    let mut failures = String::new();
    for path in &pages {
        let article = article_from_bytes("page.html", &fs::read(path).unwrap()).unwrap();
        assert_eq!(article.format, Format::Html);
        let found = describe(&article);
        let expected_path = path.with_extension("txt");
        if std::env::var_os("RAPPORTEUR_WRITE_PAGES").is_some() {
            fs::write(&expected_path, &found).unwrap();
        }
        let expected = fs::read_to_string(&expected_path).unwrap();
        if found != expected {
            let name = path.file_name().unwrap().to_string_lossy();
            write!(failures, "\n## {name}\nexpected:\n{expected}\nfound:\n{found}").unwrap();
        }
    }
    assert!(failures.is_empty(), "{failures}");
    assert!(pages.len() >= 8, "only {} pages were found", pages.len());
}

fn describe(article: &Article) -> String {
    let mut described = String::new();
    let mut value = |name: &str, value: &Option<Evidenced<String>>| {
        let Some(Evidenced { value, evidence }) = value else { return };
        match evidence {
            Evidence::Stated(span) => {
                assert_eq!(span.of(&article.text), value);
                writeln!(described, "{name}: {value}").unwrap();
            }
            Evidence::Metadata(told) => writeln!(described, "{name}: {value} ({})", told.place).unwrap(),
            other => panic!("{name} is neither stated nor told: {other:?}"),
        }
    };
    let place = |evidence: &Evidence| match evidence {
        Evidence::Stated(span) => format!("“{}”", span.of(&article.text)),
        Evidence::Metadata(told) => told.place.clone(),
        Evidence::Inferred(from) => from.clone(),
        Evidence::Given => panic!("nobody gave anything"),
    };
    value("title", &article.title);
    value("byline", &article.byline);
    value("outlet", &article.outlet);
    value("url", &article.url);
    value("dateline", &article.dateline);
    value("credit", &article.credit);
    if let Some(published) = &article.published {
        writeln!(described, "published: {} ({})", published.value, place(&published.evidence)).unwrap();
    }
    if let Some(language) = &article.language {
        writeln!(described, "language: {} ({})", language.value, place(&language.evidence)).unwrap();
    }
    for diagnostic in &article.diagnostics {
        writeln!(described, "odd: {}", diagnostic.message).unwrap();
    }
    described.push('\n');
    for paragraph in &article.paragraphs {
        let kind = article.furniture.iter().find(|furniture| furniture.span == *paragraph);
        let kind = kind.map_or(String::new(), |furniture| format!("{:?}: ", furniture.kind));
        writeln!(described, "{kind}{}", paragraph.of(&article.text)).unwrap();
    }
    described
}
