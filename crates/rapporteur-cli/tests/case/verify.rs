//! Quotations are checked against a case: their words, and who says them; and questions in SQL.

use crate::desk::Desk;
use serde_json::Value;

/// The texts of `verify.tsv` as files, with what is to be said of the quotation of each.
fn texts(desk: &Desk) -> (Vec<String>, Vec<&'static str>) {
    let lines = include_str!("verify.tsv").lines().filter(|line| !line.starts_with('#'));
    let text = |(at, line): (usize, &'static str)| {
        let (verdict, text) = line.split_once('\t').unwrap();
        let name = format!("draft-{at:03}.txt");
        desk.write(&name, &format!("{text}\n"));
        (name, verdict)
    };
    lines.enumerate().map(text).unzip()
}

#[test]
fn quotations_and_their_speakers_are_told() {
    let Some(desk) = Desk::new("quotations_and_their_speakers_are_told") else { return };
    desk.run(&[
        "read",
        "meridian-press.txt",
        "halsk-observer.txt",
        "daily-news-hub.txt",
        "river-watch-blog.txt",
        "lysmar-courier.txt",
        "--case",
        "talks.case",
    ]);
    let (names, expected) = texts(&desk);
    let mut arguments = vec!["verify"];
    arguments.extend(names.iter().map(String::as_str));
    arguments.extend(["--case", "talks.case", "--json"]);
    let (json, _, code) = desk.attempt(&arguments);
    assert_eq!(code, 3, "not all of it holds");
    let told: Value = serde_json::from_str(&json).unwrap();
    let mut wrong = Vec::new();
    for (at, (text, expected)) in told["texts"].as_array().unwrap().iter().zip(&expected).enumerate() {
        assert_eq!(text["location"].as_str(), Some(names[at].as_str()));
        let quotations = text["checks"].as_array().unwrap().iter().filter(|check| check["kind"] == "quotation");
        let verdicts: Vec<&str> = quotations.map(|check| check["verdict"].as_str().unwrap()).collect();
        if verdicts != [*expected] {
            wrong.push(format!("{verdicts:?} is not {expected}: {text:#}"));
        }
        for place in text["checks"].as_array().unwrap().iter().flat_map(|check| check["places"].as_array().unwrap()) {
            let article = desk.text(place["article"]["name"].as_str().unwrap());
            let at = |name: &str| place["span"][name].as_u64().unwrap() as usize;
            let words: String = article.chars().skip(at("start")).take(at("end") - at("start")).collect();
            assert_eq!(place["span"]["exact"], words.as_str());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(expected.len(), told["texts"].as_array().unwrap().len());
}

#[test]
fn the_exit_code_tells() {
    let Some(desk) = Desk::new("the_exit_code_tells") else { return };
    desk.write("right.txt", "“Nobody signs away a port under threat,” Mara Tellin said.\n");
    desk.write("wrong.txt", "“Nobody signs away a port under pressure,” Mara Tellin said.\n");
    desk.write("own.txt", "Mara Tellin said that the ferries would be painted green next year.\n");
    desk.write("none.txt", "The river is long.\n");
    desk.write("empty.txt", "");
    let code = |arguments: &[&str]| {
        let all: Vec<&str> = ["verify"].iter().chain(arguments).copied().collect();
        desk.attempt(&all).2
    };
    assert_eq!(code(&["right.txt", "--pile", "lysmar-courier.txt"]), 0);
    assert_eq!(code(&["wrong.txt", "--pile", "lysmar-courier.txt"]), 3);
    assert_eq!(code(&["right.txt", "wrong.txt", "--pile", "lysmar-courier.txt"]), 3);
    assert_eq!(code(&["own.txt", "--pile", "lysmar-courier.txt"]), 0);
    assert_eq!(code(&["own.txt", "--pile", "lysmar-courier.txt", "--strict"]), 3);
    assert_eq!(code(&["none.txt", "--pile", "lysmar-courier.txt"]), 1);
    assert_eq!(code(&["right.txt", "--case", "nowhere.case"]), 2);
    assert_eq!(code(&["right.txt"]), 2);
    let (text, _, _) = desk.attempt(&["verify", "wrong.txt", "--pile", "lysmar-courier.txt"]);
    assert!(text.contains("word: “pressure” for “threat”"), "{text}");
}

#[test]
fn questions_in_sql_are_answered() {
    let Some(desk) = Desk::new("questions_in_sql_are_answered") else { return };
    desk.run(&["read", "lysmar-courier.txt", "--case", "talks.case"]);
    let question = "SELECT speaker, words FROM utterance WHERE words LIKE '%pencil%'";
    let (text, code) = desk.run(&["sql", "talks.case", question]);
    assert!(code == 0 && text.starts_with("speaker") && text.contains("pencil line"), "{text}");
    let (json, _) = desk.run(&["sql", "talks.case", question, "--json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["answer"]["columns"], serde_json::json!(["speaker", "words"]));
    assert_eq!(desk.run(&["sql", "talks.case", "SELECT * FROM gap"]).1, 1);
    for wrong in ["DROP TABLE _entry", "SELECT * FROM nowhere", "SELECT 1; SELECT 2"] {
        let (_, stderr, code) = desk.attempt(&["sql", "talks.case", wrong]);
        assert!(code == 2 && stderr.contains("hint:"), "{stderr}");
    }
    let forever = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n";
    let (_, stderr, code) = desk.attempt(&["sql", "talks.case", forever, "--time", "1"]);
    assert!(code == 2 && stderr.contains("longer than 1 s"), "{stderr}");
}
