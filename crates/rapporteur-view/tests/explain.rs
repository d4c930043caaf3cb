//! The reasons for what stands at a place.
#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

mod common;

use rapporteur_model::{Article, Reading, Record};
use rapporteur_view::Style;
use rapporteur_view::explain::{Answer, Place, explain};

fn answer<'a>(article: &'a Article, record: &'a Record, place: Place<'_>) -> Answer<'a> {
    explain(article, &article.paragraphs, record, place).unwrap()
}

fn wire() -> (Article, Record) {
    let mut reading = common::reading();
    (reading.articles.pop().unwrap(), reading.records.pop().unwrap())
}

/// The explanation of the first occurrence of `words`.
fn explained(words: &str) -> String {
    let (article, record) = wire();
    match answer(&article, &record, Place::Words(words)) {
        Answer::Explained(explanation) => explanation.to_text(Style::default()),
        other => panic!("{words}: {other:?}"),
    }
}

#[test]
fn an_explanation_reads_as_expected() {
    common::compare("explain-deadline.txt", &explained("April 11"));
    common::compare("explain-refusal.txt", &explained("never trade"));
}

#[test]
fn an_event_is_told_by_its_frame_and_the_words_of_its_status() {
    let text = explained("attend");
    for line in [
        "event: CONSULT (the place is in its trigger)\n",
        "  type      CONSULT\n",
        "  coded as  CONSULT: CAMEO root 04, verbal cooperation\n",
        "  frame     frames-consult.txt: attend\n",
        "  source    “Karsk”, who or which is no actor of the article\n",
        "  target    “Mara Tellin” = Mara Tellin (person, VEL GOV): the name itself\n",
        "  status    hypothetical, by “whether”\n",
        "  place     “shipping lane”\n",
    ] {
        assert!(text.contains(line), "{line}{text}");
    }
}

#[test]
fn positions_count_code_points() {
    let (article, record) = wire();
    let byte = article.text.find("naïvely").unwrap();
    let offset = article.text[..byte].chars().count();
    let by_offset = match answer(&article, &record, Place::Offset(offset)) {
        Answer::Explained(explanation) => explanation.to_text(Style::default()),
        other => panic!("{other:?}"),
    };
    assert!(by_offset.starts_with(&format!("wire ¶4, code point {offset}\n")), "{by_offset}");
    assert!(by_offset.contains("statement: refusal, mixed (the place is in its content)"), "{by_offset}");
    let n_code_points = article.text.chars().count();
    assert!(
        matches!(answer(&article, &record, Place::Offset(n_code_points)), Answer::PastEnd(n) if n == n_code_points)
    );
    assert!(matches!(answer(&article, &record, Place::Words("no such words")), Answer::NoSuchWords));
    assert!(matches!(answer(&article, &record, Place::Words(" ")), Answer::NoSuchWords));
}

#[test]
fn a_place_without_anything_still_shows_its_sentence() {
    let (article, record) = wire();
    match answer(&article, &record, Place::Words("Asked")) {
        Answer::NothingThere(explanation) => {
            let text = explanation.to_text(Style::default());
            assert!(text.contains("  Asked whether Karsk would attend") && text.contains("\n  ^^^^^\n"), "{text}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn hostile_text_steers_no_terminal() {
    let Reading { articles, records, .. } = common::hostile();
    for place in [Place::Words("said"), Place::Words("<script>alert(1)</script>"), Place::Words("bold")] {
        let (Answer::Explained(explanation) | Answer::NothingThere(explanation)) =
            answer(&articles[0], &records[0], place)
        else {
            panic!("{place:?}")
        };
        let text = explanation.to_text(Style::default());
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
        assert!(!text.contains(['\u{202e}', '\u{2066}']), "{text}");
    }
}
