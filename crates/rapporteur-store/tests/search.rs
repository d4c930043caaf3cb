//! Words in, places out.
#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

mod told;

use rapporteur_model::{ArticleId, StatementClass, TargetLayer};
use rapporteur_store::{Case, ItemPlace, ItemQuery, LinkRow, SearchQuery, Shown};
use rapporteur_testkit::{Draft, coverage, said};
use told::told;

/// A case with three short articles.
fn case(folder: &tempfile::TempDir) -> Case {
    let drafts = [
        Draft::new("amber", "2031-03-09")
            .line("Old Vale boats — ça va?")
            .line("“The sanctions will stay for six months,” Oren Vale said on Sunday.")
            .state("Karsk", "state:karsk")
            .person("Oren Vale", "state:karsk")
            .says(said("Oren Vale", "said", "The sanctions will stay for six months")),
        Draft::new("bluff", "2031-03-12")
            .line("Mara Tellin demanded that the boats leave 漢字 within six long months.")
            .state("Veldria", "state:veldria")
            .person("Mara Tellin", "state:veldria")
            .says(
                said("Mara Tellin", "demanded", "the boats leave 漢字 within six long months")
                    .class(StatementClass::Demand),
            ),
        Draft::new("cove", "2031-04-02").line("Nothing was said of boats. OR NEAR\u{301} AND “quoted”."),
    ];
    written(folder, &drafts)
}

/// A case with articles and their story.
fn written(folder: &tempfile::TempDir, drafts: &[Draft]) -> Case {
    told(folder, drafts.iter().cloned().map(Draft::build))
}

/// The names of the articles in which a query finds an act of speech, and those in which it finds a paragraph.
fn found(case: &Case, query: &str) -> (Vec<String>, Vec<String>) {
    let query: SearchQuery = query.parse().unwrap();
    let said = case.search_utterances(&query, 100, 0, 3).unwrap();
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
    let cases: [(&str, &[&str], &[&str]); 25] = [
        ("sanction", &["amber"], &["amber"]),
        ("SANCTIONS stay", &["amber"], &["amber"]),
        ("boats", &["bluff"], &["cove", "bluff", "amber"]),
        ("\"six months\"", &["amber"], &["amber"]),
        ("\"six  MONTHS\"", &["amber"], &["amber"]),
        // Phrases are neither stemmed nor parts of words.
        ("\"six month\"", &[], &[]),
        ("\"ix months\"", &[], &[]),
        ("\"sanction will\"", &[], &[]),
        ("漢字", &["bluff"], &["bluff"]),
        ("speaker:vale", &["amber"], &[]),
        ("speaker:\"Mara Tellin\" boats", &["bluff"], &[]),
        ("party:Karsk", &["amber"], &[]),
        ("party:karsk class:demand", &[], &[]),
        ("party:Veldria \"the boats\"", &["bluff"], &[]),
        ("class:demand", &["bluff"], &[]),
        ("class:DEMAND speaker:Vale", &[], &[]),
        ("boats from:2031-03-10 to:2031-03-31", &["bluff"], &["bluff"]),
        ("boats date:2031-04", &[], &["cove"]),
        ("boats date:2031-4", &[], &["cove"]),
        ("boats from:2031-3-10 to:2031-3-31", &["bluff"], &["bluff"]),
        ("near and or", &[], &["cove"]),
        ("ça", &[], &["amber"]),
        ("ca", &[], &["amber"]),
        ("c\u{327}a", &[], &["amber"]),
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
        // Letters to Rust, but not all of them to the index.
        "हिन्दी",
        "كِتَاب",
        "aⒶb",
        "\u{1e900}\u{1e901}",
        "a\u{0}b",
        "\u{1}boats\u{2}",
        "👩\u{200d}🚀 boats",
        "\u{301}",
        "boats OR",
        "boats*",
        "words:boats",
        "speaker:\"",
        "speaker:% class:'",
        "from:9999 to:0000",
    ];
    for line in odd {
        let Ok(query) = line.parse::<SearchQuery>() else { continue };
        case.search_utterances(&query, 10, 0, 1).unwrap_or_else(|error| panic!("{line:?}: {error}"));
        case.search_texts(&query, 10).unwrap_or_else(|error| panic!("{line:?}: {error}"));
    }
    assert_eq!(case.check().unwrap(), []);
}

#[test]
fn words_are_found_in_every_script_as_the_index_tells_them_apart() {
    let folder = tempfile::tempdir().unwrap();
    let case = written(
        &folder,
        &[Draft::new("scripts", "2031-03-09").line("Says हिन्दी and كِتَاب and aⒶb and NE\u{301}AR and naïve’s end.")],
    );
    for query in
        ["हिन्दी", "كِتَاب", "aⒶb", "ne\u{301}ar", "near", "naïve", "nai\u{308}ve’s", "\"naïve’s end\"", "\"naïve's END\""]
    {
        assert_eq!(found(&case, query).1, ["scripts"], "{query}");
    }
    for query in ["aⒶc", "nea"] {
        assert_eq!(found(&case, query).1, [""; 0], "{query}");
    }
}

#[test]
fn a_limit_says_how_many_there_are() {
    let folder = tempfile::tempdir().unwrap();
    let contents = [
        "the ship would sail to Halsk at dawn",
        "no ship had ever paid its harbour dues",
        "grain rots in every ship of the river line",
        "insurers refuse a ship with such an engine",
        "sailors left their ship over unpaid wages",
        "customs officers searched one ship for weapons",
        "divers found a sunken ship below the bridge",
    ];
    let drafts: Vec<Draft> = contents
        .iter()
        .zip(1..)
        .map(|(content, day)| {
            Draft::new(&format!("report-{day}"), &format!("2031-03-0{day}"))
                .line(&format!("Oren Vale said that {content}."))
                .person("Oren Vale", "state:karsk")
                .says(said("Oren Vale", "said", content))
        })
        .collect();
    let case = written(&folder, &drafts);
    let query: SearchQuery = "ships".parse().unwrap();
    let all = case.search_utterances(&query, 100, 0, 1).unwrap();
    assert_eq!((all.items.len(), all.n_total), (7, 7));
    for limit in [0, 1, 6, 7, usize::MAX] {
        let some = case.search_utterances(&query, limit, 0, 1).unwrap();
        assert_eq!((&some.items[..], some.n_total), (&all.items[..limit.min(7)], 7), "{limit}");
        let (texts, is_more) = case.search_texts(&query, limit).unwrap();
        assert_eq!((texts.len(), is_more), (limit.min(7), limit < 7), "{limit}");
    }
    let names: Vec<String> = case.search_texts(&query, 2).unwrap().0.into_iter().map(|hit| hit.article.name).collect();
    assert_eq!(names, ["report-7", "report-6"], "the latest first");
    // Lists as well, from wherever they begin.
    let listed = |limit, offset| {
        let query = ItemQuery { limit, offset, n_places: 1, ..ItemQuery::default() };
        let items = case.items(TargetLayer::Utterance, &query).unwrap();
        (items.items.len(), items.n_total)
    };
    for (limit, offset, n) in
        [(3, 0, 3), (3, 5, 2), (3, 7, 0), (usize::MAX, 0, 7), (usize::MAX, 2, 5), (3, usize::MAX, 0)]
    {
        assert_eq!(listed(limit, offset), (n, 7), "{limit} {offset}");
    }
}

#[test]
fn positions_are_code_points_whatever_stands_before() {
    let folder = tempfile::tempdir().unwrap();
    let words = "the e\u{301}clair 🙂 sank 漢字";
    let case = written(
        &folder,
        &[Draft::new("points", "2031-03-09")
            .line("👩\u{200d}🚀 ﬁrst — 𝔘nder")
            .line(&format!("🙂🙂 Oren Vale said {words}."))
            .person("Oren Vale", "state:karsk")
            .says(said("Oren Vale", "said", words))],
    );
    let (_, text) = case.source_with_text("points").unwrap().unwrap();
    let slice =
        |start: u32, end: u32| text.chars().skip(start as usize).take((end - start) as usize).collect::<String>();
    let said = case.search_utterances(&"sank".parse().unwrap(), 1, 0, 1).unwrap();
    let place = &said.items[0].places[0];
    assert_eq!((slice(place.start, place.end).as_str(), place.exact.as_str()), (words, words));
    assert_eq!(place.paragraph, 2);
    let source = &said.items[0].facts["source"];
    let at = |name: &str| source[name].as_u64().unwrap() as u32;
    assert_eq!((slice(at("start"), at("end")).as_str(), source["exact"].as_str()), ("Oren Vale", Some("Oren Vale")));
    assert_eq!(source["article"].as_str(), Some(place.article.id.as_str()));
    assert!(text.contains(&format!("{}{}{}", place.prefix, place.exact, place.suffix)));
    let hit = case.search_texts(&"eclair sank".parse().unwrap(), 1).unwrap().0.remove(0);
    assert_eq!(slice(hit.start, hit.start + hit.exact.chars().count() as u32), hit.exact);
    let found: Vec<&str> = hit.found.iter().map(|(start, end)| &hit.exact[*start..*end]).collect();
    assert_eq!(found, ["e\u{301}clair", "sank"]);
    assert_eq!(hit.paragraph, 2);
}

#[test]
fn what_rests_on_words_of_an_article_stands_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let case = told(&folder, coverage(5, 12));
    let pile = case.pile().unwrap();
    let by_article = case.by_article().unwrap();
    let all_links = case.sources(None, 10_000).unwrap().links;
    let mut n_items = 0;
    for (article, record) in pile.articles.iter().zip(&pile.records) {
        assert_eq!(case.article_and_record(&article.id).unwrap().unwrap(), (article.clone(), record.clone()));
        assert_eq!(case.article_as_read(&article.id).unwrap().as_ref(), Some(article));
        let of_article: Vec<&LinkRow> =
            all_links.iter().filter(|link| [&link.a, &link.b].contains(&&article.id.to_string())).collect();
        assert_eq!(
            case.links_of(article.id.as_str(), &by_article, 100).unwrap().iter().collect::<Vec<_>>(),
            of_article
        );
        let (row, text) = case.article(article.id.as_str()).unwrap().unwrap();
        assert_eq!((row.id.as_str(), &text), (article.id.as_str(), &article.text));
        let mut before = 0;
        for item in case.items_in(article.id.as_str(), &by_article).unwrap() {
            let Shown::Item(shown) = case.show(&item.id, 100).unwrap().unwrap() else { panic!("{item:?}") };
            let is_its_place = |place: &ItemPlace| {
                place.article.id == article.id.as_str()
                    && (place.part, place.start, place.end) == (item.part, item.start, item.end)
            };
            assert!(shown.places.iter().any(is_its_place), "{item:?}");
            assert_eq!((shown.layer, &shown.kind), (item.layer, &item.kind));
            assert!(before <= item.start, "in the order of the text");
            before = item.start;
            n_items += 1;
        }
    }
    assert!(n_items > 100, "{n_items}");
    assert!(!all_links.is_empty());
    let first = case.items(TargetLayer::Actor, &ItemQuery { limit: 3, ..ItemQuery::default() }).unwrap().items;
    let names: Vec<String> = first.into_iter().filter_map(|actor| actor.label).collect();
    assert_eq!(case.first_actors(3).unwrap(), names);
    let timeline = case.items(TargetLayer::Timeline, &ItemQuery { limit: 100, ..ItemQuery::default() }).unwrap();
    let mut told: Vec<_> =
        timeline.items.iter().filter_map(|item| Some((item.value.clone()?, item.is_planned()))).collect();
    let mut days: Vec<_> = case.timeline_days().unwrap().into_iter().map(|day| (day.value, day.is_planned)).collect();
    told.sort();
    days.sort();
    assert!(!days.is_empty());
    assert_eq!(days, told);
    assert!(
        case.items_in("none", &by_article).unwrap().is_empty()
            && case.article_and_record(&ArticleId::new("none")).unwrap().is_none()
    );
}

#[test]
fn utterances_are_found_in_pages() {
    let folder = tempfile::tempdir().unwrap();
    let case = case(&folder);
    let by_months: SearchQuery = "months".parse().unwrap();
    let all = case.search_utterances(&by_months, 10, 0, 1).unwrap();
    assert_eq!(all.n_total, 2);
    for offset in 0..3 {
        let page = case.search_utterances(&by_months, 1, offset, 1).unwrap();
        assert_eq!((&page.items[..], page.n_total), (&all.items[offset.min(2)..(offset + 1).min(2)], 2));
    }
}
