//! The export as another program reads it.
#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

mod common;

use rapporteur_view::json::{FORMAT, VERSION, to_json};
use serde_json::Value;
use std::collections::BTreeSet;

const SPAN_FIELDS: [&str; 5] = ["start", "end", "exact", "prefix", "suffix"];

fn export() -> Value {
    serde_json::from_str(&to_json(&common::reading()).unwrap()).unwrap()
}

fn is_span(value: &Value) -> bool {
    value.as_object().is_some_and(|object| object.keys().eq(SPAN_FIELDS))
}

/// Calls `each` with every span below `value`.
fn for_each_span(value: &Value, each: &mut dyn FnMut(&Value)) {
    match value {
        Value::Object(_) if is_span(value) => each(value),
        Value::Object(object) => object.values().for_each(|value| for_each_span(value, each)),
        Value::Array(items) => items.iter().for_each(|value| for_each_span(value, each)),
        _ => {}
    }
}

fn assert_quotes(span: &Value, text: &[char]) {
    let [start, end] = ["start", "end"].map(|field| span[field].as_u64().unwrap() as usize);
    let slice = |from: usize, to: usize| text[from..to].iter().collect::<String>();
    assert_eq!(span["exact"], slice(start, end));
    assert_eq!(span["prefix"], slice(start.saturating_sub(32), start));
    assert_eq!(span["suffix"], slice(end, text.len().min(end + 32)));
}

#[test]
fn every_span_quotes_its_article_in_code_points() {
    let export = export();
    let mut n_spans = 0;
    for (idx, article) in export["articles"].as_array().unwrap().iter().enumerate() {
        let text: Vec<char> = article["text"].as_str().unwrap().chars().collect();
        for part in [article, &export["records"][idx]] {
            for_each_span(part, &mut |span| {
                assert_quotes(span, &text);
                n_spans += 1;
            });
        }
    }
    assert!(n_spans > 40, "{n_spans}");
    let text_of = |id: &Value| {
        let articles = export["articles"].as_array().unwrap();
        articles.iter().find(|article| article["id"] == *id).unwrap()["text"]
            .as_str()
            .unwrap()
            .chars()
            .collect::<Vec<_>>()
    };
    for passage in export["story"]["passages"].as_array().unwrap() {
        for place in [&passage["a"], &passage["b"]] {
            assert_quotes(&place["span"], &text_of(&place["article"]));
        }
    }
}

#[test]
fn the_export_says_what_it_is_and_holds_everything() {
    let export = export();
    assert_eq!((&export["format"], &export["version"]), (&Value::from(FORMAT), &Value::from(VERSION)));
    let reading = common::reading();
    for (article, exported) in reading.articles.iter().zip(export["articles"].as_array().unwrap()) {
        assert_eq!(exported["text"], article.text);
    }
    let statement = &export["records"][2]["statements"][0];
    assert_eq!(statement["kind"], "direct");
    assert_eq!(statement["actor"], "alexei-voryabin");
    assert_eq!(statement["paragraph"], 3);
    assert_eq!((&statement["polarity"], &statement["uttered"]), (&Value::from("pos"), &Value::from("actual")));
    let relayed = export["records"][1]["statements"].as_array().unwrap();
    let [.., outer, inner] = relayed.as_slice() else { panic!("{relayed:?}") };
    assert_eq!((&inner["addressee"]["exact"], &inner["nested_in"]), (&Value::from("the owners"), &outer["id"]));
    assert_eq!((&inner["relay"]["exact"], &inner["uttered"]), (&Value::from("the Courier"), &Value::from("planned")));
    assert_eq!(export["articles"][2]["published"]["value"], "2024-03-12");
    assert_eq!(export["articles"][2]["published"]["stated"]["start"], 22);
    assert_eq!(export["articles"][2]["url"]["inferred"], "the name of the file");
    assert_eq!(export["articles"][2]["furniture"][0]["kind"], "title");
    let timex = &export["records"][0]["timexes"][0];
    assert_eq!(
        (&timex["type"], &timex["value"], &timex["mod"]),
        (&"DATE".into(), &"2024-04-11".into(), &"ON_OR_BEFORE".into())
    );
    assert_eq!(export["records"][0]["inferred_date"]["inferred"], "the dateline");
    assert_eq!(export["records"][1]["quantities"][0]["unit"]["exact"], "numbers");
    assert_eq!(export["skipped"][0]["reason"], "empty file");
}

#[test]
fn events_and_stances_lead_to_their_predication_and_to_the_actors_of_the_story() {
    let export = export();
    let record = &export["records"][2];
    let [threat, refusal] = [0, 1].map(|idx| &record["events"][idx]);
    assert_eq!(
        (&threat["type"], &threat["cameo_root"], &threat["quad"]),
        (&"THREATEN".into(), &"13".into(), &3.into())
    );
    assert_eq!((&refusal["mode"], &refusal["frame"]), (&"yield".into(), &"frames-reject.txt: trade".into()));
    let predication = &record["predications"][refusal["predication"].as_u64().unwrap() as usize];
    assert_eq!((&predication["trigger"]["exact"], &predication["paragraph"]), (&"trade".into(), &4.into()));
    assert_eq!((&predication["status"], &predication["polarity"]), (&"denied".into(), &"neg".into()));
    let source = &predication["sources"][0];
    assert_eq!((&source["actor"], &source["story_actor"]), (&1.into(), &"mara-tellin".into()));
    assert_eq!((&predication["reasons"][0]["shows"]), &Value::from("polarity"));
    let stance = &record["stances"][1];
    assert_eq!((&stance["kind"], &stance["parties"][0]["story_actor"]), (&"refusal".into(), &"mara-tellin".into()));
    assert_eq!(stance["object"]["arguments"], serde_json::json!(["sovereignty", "lane"]));
    assert_eq!(record["stances"][0]["statement"], record["statements"][0]["id"]);
    assert_eq!(record["statements"][0]["predication"], 0);
}

#[test]
fn what_leads_nowhere_is_an_error() {
    use rapporteur_model::{ArticleActorIdx, PredicationIdx, Reading, Span, StatementId, TimexIdx};
    let breaks: [fn(&mut Reading); 7] = [
        |reading| reading.records[2].events[0].predication = PredicationIdx(9),
        |reading| reading.records[2].stances[0].parties[0] = ArticleActorIdx(9),
        |reading| reading.records[2].stances[0].statement = Some(StatementId::new("elsewhere")),
        |reading| reading.records[2].stances[0].evidence = Span::new(3, 100_000),
        |reading| reading.records[2].predications[0].time = Some(TimexIdx(1)),
        |reading| reading.records[2].predications[1].reasons[0].span = Span::new(3, 100_000),
        |reading| reading.records[2].statements[0].predication = Some(PredicationIdx(3)),
    ];
    for break_it in breaks {
        let mut reading = common::reading();
        break_it(&mut reading);
        assert!(to_json(&reading).unwrap_err().to_string().contains("id-wire"));
    }
}

/// Paths of all fields, such as `articles[].name`; a span ends its path, an evidenced value goes on under a path of
/// its own.
fn field_paths(value: &Value, path: &str, paths: &mut BTreeSet<String>) {
    match value {
        Value::Object(_) if is_span(value) => {}
        Value::Object(object) => {
            let path = if object.contains_key("stated") { "evidenced" } else { path };
            for (name, value) in object {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                paths.insert(path.clone());
                field_paths(value, &path, paths);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| field_paths(item, &format!("{path}[]"), paths)),
        _ => {}
    }
}

/// The explanation of a place of the third article.
fn explanation() -> Value {
    use rapporteur_view::explain::{Answer, Place, explain};
    let reading = common::reading();
    let (article, record) = (&reading.articles[2], &reading.records[2]);
    let answer = explain(article, &article.paragraphs, record, Place::Words("never  trade")).unwrap();
    let Answer::Explained(explanation) = answer else { panic!("{answer:?}") };
    serde_json::from_str(&explanation.to_json().unwrap()).unwrap()
}

/// Where the texts come from.
fn sources() -> Value {
    use rapporteur_view::sources::{sources, to_json};
    let reading = common::reading();
    let told = sources(&reading.articles, &reading.story, &reading.skipped, &|_| Some("words".into())).unwrap();
    serde_json::from_str(&to_json(&told).unwrap()).unwrap()
}

/// What a quotation comes to.
fn verified() -> Value {
    use rapporteur_verify::{Check, CheckKind, Difference, DifferenceKind, Verdict, Verified};
    let article = common::reading().articles[2].clone();
    let check = Check {
        kind: CheckKind::Quotation,
        span: article.paragraphs[1],
        speaker: Some("Oren Vale".to_string()),
        verdict: Verdict::Altered,
        places: Vec::new(),
        said_by: Vec::new(),
        differences: vec![Difference { kind: DifferenceKind::Word, was: "a".to_string(), is: "b".to_string() }],
        original: None,
    };
    let json = rapporteur_view::verified::to_json(&[Verified { article, checks: vec![check] }], &[], false).unwrap();
    serde_json::from_str(&json).unwrap()
}

/// An article on a line of its own.
fn article_line() -> Value {
    let line = rapporteur_view::json::article_line(&common::reading().articles[2]).unwrap();
    assert_eq!(line.find('\n'), Some(line.len() - 1));
    serde_json::from_str(&line).unwrap()
}

#[test]
fn an_explanation_leads_to_the_items_of_the_export() {
    let (export, explanation) = (export(), explanation());
    let text: Vec<char> = export["articles"][2]["text"].as_str().unwrap().chars().collect();
    for_each_span(&explanation, &mut |span| assert_quotes(span, &text));
    assert_eq!((&explanation["place"]["exact"], &explanation["paragraph"]), (&"never trade".into(), &4.into()));
    let items = explanation["items"].as_array().unwrap();
    let lists: Vec<&Value> = items.iter().map(|item| &item["list"]).collect();
    assert_eq!(lists, ["statements", "events", "stances"]);
    assert_eq!(export["records"][2]["events"][items[1]["index"].as_u64().unwrap() as usize]["type"], "REJECT");
    let facts = items[1]["facts"].as_array().unwrap();
    let polarity = facts.iter().find(|fact| fact["name"] == "polarity").unwrap();
    assert_eq!((&polarity["value"], &polarity["span"]["exact"]), (&"negated, by “never”".into(), &"never".into()));
}

#[test]
fn the_documentation_names_the_fields_that_there_are() {
    let documentation = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/JSON.md");
    let documentation = std::fs::read_to_string(documentation).unwrap();
    let first_cell = |line: &str| line.strip_prefix("| `")?.split_once('`').map(|(path, _)| path.to_string());
    let documented: BTreeSet<String> = documentation.lines().filter_map(first_cell).collect();
    let mut produced = BTreeSet::new();
    field_paths(&export(), "", &mut produced);
    let produced_in_reading = produced.clone();
    field_paths(&explanation(), "explanation", &mut produced);
    field_paths(&sources(), "sources", &mut produced);
    field_paths(&verified(), "verified", &mut produced);
    field_paths(&article_line(), "article", &mut produced);
    produced.retain(|path| {
        !path.starts_with("article.") || !produced_in_reading.contains(&path.replacen("article.", "articles[].", 1))
    });
    produced.extend(SPAN_FIELDS.map(|field| format!("span.{field}")));
    let missing: Vec<_> = produced.difference(&documented).collect();
    let surplus: Vec<_> = documented.difference(&produced).collect();
    assert!(missing.is_empty() && surplus.is_empty(), "not documented: {missing:#?}\nnot produced: {surplus:#?}");
}

#[test]
fn hostile_text_comes_out_as_it_went_in() {
    let export: Value = serde_json::from_str(&to_json(&common::hostile()).unwrap()).unwrap();
    assert_eq!(export["articles"][0]["text"], common::HOSTILE);
}

#[test]
fn a_long_article_is_exported_in_linear_time() {
    let mut reading = common::reading();
    let text = "“Wörter” 漢字 ".repeat(60_000);
    reading.articles[1] = common::article("report", &text);
    reading.articles[1].paragraphs =
        text.match_indices("“").map(|(at, _)| rapporteur_model::Span::new(at, at + 3)).collect();
    reading.records[1].statements.clear();
    reading.records[1].mentions.clear();
    reading.records[1].actors.clear();
    let start = std::time::Instant::now();
    to_json(&reading).unwrap();
    // 60,000 spans in 1.3 MB take well under a second; counted from the start each they would take minutes.
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
