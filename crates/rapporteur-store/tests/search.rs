//! Words in, places out.
#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

use rapporteur_model::{Instant, StatementClass};
use rapporteur_store::{Case, Incoming, KeepBytes, RunKind, SearchQuery, Telling};
use rapporteur_testkit::{Draft, said};
use std::collections::BTreeMap;

/// A case with three short articles.
fn case(folder: &tempfile::TempDir) -> Case {
    let drafts = [
        Draft::new("amber", "2031-03-09")
            .line("Old Vale boats — ça va?")
            .line("“The sanctions will stay for six months,” Oren Vale said on Sunday.")
            .person("Oren Vale", "state:karsk")
            .says(said("Oren Vale", "said", "The sanctions will stay for six months")),
        Draft::new("bluff", "2031-03-12")
            .line("Mara Tellin demanded that the boats leave 漢字 within six long months.")
            .person("Mara Tellin", "state:veldria")
            .says(
                said("Mara Tellin", "demanded", "the boats leave 漢字 within six long months")
                    .class(StatementClass::Demand),
            ),
        Draft::new("cove", "2031-04-02").line("Nothing was said of boats. OR NEAR\u{301} AND “quoted”."),
    ];
    let (articles, records): (Vec<_>, Vec<_>) = drafts.into_iter().map(Draft::build).unzip();
    let story = rapporteur_story::tell(&articles, &records);
    let mut case = Case::open_or_create(&folder.path().join("a.case")).unwrap();
    let run = case.begin(RunKind::Read, &Instant::new("2031-03-09T14:30:00Z"), &BTreeMap::new()).unwrap();
    let incoming: Vec<Incoming> = articles
        .iter()
        .zip(&records)
        .map(|(a, r)| Incoming { article: a.clone(), bytes: a.text.clone().into_bytes(), record: r.clone() })
        .collect();
    case.add(run, &incoming, KeepBytes::Yes).unwrap();
    let telling = Telling {
        articles: &articles,
        records: &records,
        story: &story,
        corrected: &Default::default(),
        rejections: &Default::default(),
    };
    case.tell(run, &telling).unwrap();
    case
}

/// The names of the articles in which a query finds an act of speech, and those in which it finds a paragraph.
fn found(case: &Case, query: &str) -> (Vec<String>, Vec<String>) {
    let query: SearchQuery = query.parse().unwrap();
    let said = case.search_utterances(&query, 100, 3).unwrap();
    let said = said.items.iter().map(|item| item.places[0].article.name.clone()).collect();
    let (texts, is_more) = case.search_texts(&query, 100).unwrap();
    assert!(!is_more);
    (said, texts.into_iter().map(|hit| hit.article.name).collect())
}

#[test]
fn words_phrases_and_fields_find_what_has_them() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(&folder);
    let names = |names: &[&str]| names.iter().map(|name| name.to_string()).collect::<Vec<_>>();
    let cases: [(&str, &[&str], &[&str]); 18] = [
        ("sanction", &["amber"], &["amber"]),
        ("SANCTIONS stay", &["amber"], &["amber"]),
        ("boats", &["bluff"], &["cove", "bluff", "amber"]),
        ("\"six months\"", &["amber"], &["amber"]),
        ("\"six  MONTHS\"", &["amber"], &["amber"]),
        ("\"six month\"", &["amber"], &["amber"]),
        ("\"sanction will\"", &[], &[]),
        ("漢字", &["bluff"], &["bluff"]),
        ("speaker:vale", &["amber"], &[]),
        ("speaker:\"Mara Tellin\" boats", &["bluff"], &[]),
        ("class:demand", &["bluff"], &[]),
        ("class:DEMAND speaker:Vale", &[], &[]),
        ("boats from:2031-03-10 to:2031-03-31", &["bluff"], &["bluff"]),
        ("boats date:2031-04", &[], &["cove"]),
        ("near and or", &[], &["cove"]),
        ("ça", &[], &["amber"]),
        ("ca", &[], &["amber"]),
        ("nothing-there", &[], &[]),
    ];
    for (query, said, texts) in cases {
        assert_eq!(found(&case, query), (names(said), names(texts)), "{query}");
    }
}

#[test]
fn a_paragraph_that_is_found_stands_where_it_says() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(&folder);
    let (hits, _) = case.search_texts(&"months".parse().unwrap(), 10).unwrap();
    assert_eq!(hits.len(), 2);
    for hit in hits {
        let (_, text) = case.source_with_text(&hit.article.id).unwrap().unwrap();
        let words: String = text.chars().skip(hit.start as usize).take(hit.exact.chars().count()).collect();
        assert_eq!(words, hit.exact);
        let paragraph = text.lines().filter(|line| !line.trim().is_empty()).nth(hit.paragraph - 1);
        assert_eq!(paragraph, Some(hit.exact.as_str()));
        assert!(hit.found.iter().all(|(start, end)| hit.exact[*start..*end].to_lowercase().starts_with("month")));
    }
}

#[test]
fn odd_queries_find_nothing_and_break_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(&folder);
    let long = "word ".repeat(2_000);
    let odd = [
        "\"",
        "\"\"\"",
        "a\"b",
        "* ^ ( ) -",
        "🙂",
        "x:\"",
        "e\u{301}",
        "'; DROP TABLE _text; --",
        &long,
        "NEAR(boats, 2)",
    ];
    for line in odd {
        let Ok(query) = line.parse::<SearchQuery>() else { continue };
        case.search_utterances(&query, 10, 1).unwrap();
        case.search_texts(&query, 10).unwrap();
    }
    assert_eq!(case.check().unwrap(), []);
}
