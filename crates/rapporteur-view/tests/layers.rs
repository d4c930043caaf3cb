//! What was found, under the words, as a terminal shows it.
#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

mod common;

use rapporteur_model::{Article, Furniture, FurnitureKind, Record, Span};
use rapporteur_view::Style;
use rapporteur_view::layers::{Layer, to_text};

/// The paragraphs as sentences: good enough for texts of one sentence a line.
fn shown(article: &Article, record: &Record, layers: &[Layer], width: usize) -> String {
    to_text(article, &article.paragraphs, record, layers, Style { width, color: false }).unwrap()
}

fn wire() -> (Article, Record) {
    let mut reading = common::reading();
    (reading.articles.pop().unwrap(), reading.records.pop().unwrap())
}

#[test]
fn the_layers_read_as_expected() {
    let (article, record) = wire();
    common::compare("layers-80.txt", &shown(&article, &record, &Layer::ALL, 80));
    common::compare("layers-120.txt", &shown(&article, &record, &[Layer::Time, Layer::Events], 120));
}

#[test]
fn lines_are_as_wide_as_they_may_be_and_marks_stand_under_their_words() {
    let (article, record) = wire();
    for width in [40, 57, 80, 100, 120] {
        let text = shown(&article, &record, &Layer::ALL, width);
        for line in text.lines() {
            let n_columns = unicode_width::UnicodeWidthStr::width(line);
            assert!(n_columns <= width, "{width}: {line}");
        }
        let lines: Vec<&str> = text.lines().collect();
        let trigger = lines.iter().position(|line| line.contains("event CONSULT")).unwrap();
        let row = lines[..trigger].iter().rfind(|line| line.contains("attend")).unwrap();
        let column = |line: &str| line.find("^^^^^^").map(|at| line[..at].chars().count());
        let marks = column(lines[trigger]).or_else(|| column(lines[trigger - 1])).unwrap();
        assert_eq!(row.chars().skip(marks).take(6).collect::<String>(), "attend", "{text}");
    }
}

#[test]
fn only_what_was_asked_for_is_shown() {
    let (article, record) = wire();
    let text = shown(&article, &record, &[Layer::Events], 100);
    assert!(text.starts_with("wire: 6 sentences; 3 events\n2024-03-12 · Karsk sets a deadline\n"), "{text}");
    assert!(!text.contains("stance ") && !text.contains("time ") && !text.contains("statement "), "{text}");
}

#[test]
fn wide_and_combining_characters_keep_marks_aligned() {
    let text = "漢字 naïve cafe\u{301} 👩‍👩‍👧 said no\n";
    let article = common::article("wide", text);
    let mut record = common::record(&article);
    let said = common::Said {
        content: &["no"],
        quoted: &[],
        source: "cafe\u{301}",
        cue: "said",
        kind: rapporteur_model::StatementKind::Indirect,
        class: rapporteur_model::StatementClass::Speech,
        speaker: None,
    };
    common::say(&article, &mut record, said);
    let text = shown(&article, &record, &[Layer::Statements], 80);
    let marks = text.lines().find(|line| line.contains("^^^^")).unwrap();
    // Four columns of margin; the characters take 4, the family 2.
    assert!(marks.starts_with("  │            ----    ^^^^ ~~"), "{text}");
}

#[test]
fn hostile_text_steers_no_terminal() {
    let reading = common::hostile();
    let (article, record) = (&reading.articles[0], &reading.records[0]);
    let text = shown(article, record, &Layer::ALL, 80);
    assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
    assert!(!text.contains(['\u{202e}', '\u{2066}']), "{text}");
    assert!(text.contains("␛[31m␀⟨U+202E⟩txt⟨U+2066⟩"), "{text}");
    let colored = to_text(article, &article.paragraphs, record, &Layer::ALL, Style { width: 80, color: true }).unwrap();
    let codes: std::collections::BTreeSet<&str> =
        colored.split('\x1b').skip(1).filter_map(|after| after.split('m').next()).collect();
    assert!(codes.iter().all(|code| ["[0", "[1", "[2", "[31", "[32"].contains(code)), "{codes:?}");
}

#[test]
fn furniture_is_told_from_the_report() {
    let mut article = common::article("f", "Talks fail\nIt rained. It did not stop.\n");
    article.furniture = vec![Furniture { span: article.paragraphs[0], kind: FurnitureKind::Title }];
    let (one, two) = (Span::new(11, 21), Span::new(22, 38));
    let record = common::record(&article);
    let sentences = [article.paragraphs[0], one, two];
    let text = to_text(&article, &sentences, &record, &[Layer::Time], Style::default()).unwrap();
    let expected = "f: 3 sentences; 0 time expressions\nno date\n\n\
                    ¶1  Talks fail  [title]\n\n¶2  It rained.\n    It did not stop.\n";
    assert_eq!(text, expected);
}

#[test]
fn what_does_not_fit_together_is_an_error() {
    let (article, mut record) = wire();
    record.events[0].predication = rapporteur_model::PredicationIdx(9);
    assert!(to_text(&article, &[], &record, &Layer::ALL, Style::default()).is_err());
    let (article, record) = wire();
    assert!(to_text(&article, &[Span::new(0, 9_999)], &record, &Layer::ALL, Style::default()).is_err());
}

#[test]
fn many_items_take_linear_time() {
    let line = "Karsk demanded an answer by Monday, and Veldria refused to give one before the talks.\n";
    let article = common::article("long", &line.repeat(5_000));
    let mut record = common::record(&article);
    for paragraph in &article.paragraphs {
        let start = paragraph.start.get();
        for word in 0..8 {
            record.mentions.push(rapporteur_model::Mention {
                span: Span::new(start + word * 8, start + word * 8 + 5),
                head: Span::new(start + word * 8, start + word * 8 + 5),
                form: rapporteur_model::MentionForm::Name,
                actor: None,
                link: None,
                unresolved: None,
            });
        }
    }
    let start = std::time::Instant::now();
    assert!(shown(&article, &record, &[Layer::Actors], 80).lines().count() > 40_000);
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}
