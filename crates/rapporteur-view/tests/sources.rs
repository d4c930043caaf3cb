//! Where the texts of a reading come from, in words; and what became of its inputs, line by line.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

mod common;

use rapporteur_model::{Furniture, FurnitureKind, Place, Reading};
use rapporteur_view::sources::{Sources, cited_places, sources, to_text};
use rapporteur_view::{Style, articles};

fn told(reading: &Reading) -> Sources {
    let words = |place: &Place| {
        let article = reading.articles.iter().find(|article| article.id == place.article)?;
        article.text.get(place.span.start.get()..place.span.end.get()).map(String::from)
    };
    sources(&reading.articles, &reading.story, &reading.skipped, &words).unwrap()
}

#[test]
fn the_sources_read_as_expected() {
    common::compare("sources-80.txt", &to_text(&told(&common::reading()), Style::default()));
}

#[test]
fn every_place_whose_words_are_shown_is_named_beforehand() {
    let reading = common::reading();
    let cited: Vec<&Place> = cited_places(&reading.story).collect();
    let asked = std::cell::RefCell::new(Vec::new());
    let words = |place: &Place| {
        asked.borrow_mut().push(place.clone());
        Some("words".to_string())
    };
    sources(&reading.articles, &reading.story, &[], &words).unwrap();
    assert!(!asked.borrow().is_empty());
    assert!(asked.borrow().iter().all(|place| cited.contains(&place)));
}

#[test]
fn a_story_of_other_articles_is_an_error() {
    let mut reading = common::reading();
    reading.articles.pop();
    reading.records.pop();
    assert!(sources(&reading.articles, &reading.story, &[], &|_| Some(String::new())).is_err());
}

#[test]
fn the_body_is_the_report_without_furniture() {
    let mut article =
        common::article("a", "Share this\nKarsk (ANL) The bridge is open.\n\nMore news\nThe end. (ANL)\n");
    let at = |words: &str, kind| Furniture { span: common::at(&article, words), kind };
    let credit = article.text.rfind("(ANL)").unwrap();
    article.furniture = vec![
        at("Share this", FurnitureKind::ShareBar),
        at("More news", FurnitureKind::LinkBox),
        Furniture { span: rapporteur_model::Span::new(credit, credit + 5), kind: FurnitureKind::Credit },
    ];
    assert_eq!(articles::body(&article), "Karsk (ANL) The bridge is open.\nThe end.\n");
}

#[test]
fn a_line_tells_date_language_length_and_title() {
    let reading = common::reading();
    let wire = reading.articles.iter().find(|article| article.name == "wire").unwrap();
    let line = articles::line(wire, 100);
    for part in ["2024-03-12", "??", "Meridian Press: Karsk sets a deadline", "wire"] {
        assert!(line.contains(part), "{line}");
    }
    let hostile = &common::hostile().articles[0];
    let line = articles::line(hostile, 80);
    assert!(!line.contains('\u{1b}') && !line.contains('\u{202e}'), "{line:?}");
}
