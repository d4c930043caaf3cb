use super::super::lines::WIDTH;
use super::*;
use crate::workspace::Workspace;
use flate2::{Compression, write::GzEncoder};
use serde_json::json;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// A folder of annotation and one of predictions, with the scorer that is kept beside the repository.
struct Made {
    folder: TempDir,
    script: PathBuf,
    scorer: PathBuf,
}

impl Made {
    /// `None` where the scorer is not there.
    fn new(test: &str) -> Option<Made> {
        let workspace = Workspace::find().unwrap();
        let scorer = workspace.shared().map(|shared| shared.join("eval/score.py")).filter(|scorer| scorer.is_file());
        if scorer.is_none() {
            println!("skipped: {test} (the scorer is not beside the repository)");
        }
        let made = Made {
            folder: tempfile::tempdir().unwrap(),
            script: workspace.file("scripts/eval_errors"),
            scorer: scorer?,
        };
        fs::create_dir(made.predictions()).unwrap();
        fs::create_dir(made.data()).unwrap();
        Some(made)
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn predictions(&self) -> PathBuf {
        self.folder.path().join("predictions")
    }

    fn set(&self, name: &str, gold: &[Value], predicted: &[Value]) {
        let lines = |rows: &[Value]| rows.iter().map(|row| format!("{row}\n")).collect::<String>();
        let path = self.data().join(format!("{name}.jsonl.gz"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let mut encoder = GzEncoder::new(fs::File::create(path).unwrap(), Compression::fast());
        std::io::Write::write_all(&mut encoder, lines(gold).as_bytes()).unwrap();
        encoder.finish().unwrap();
        let path = self.predictions().join(format!("{name}.jsonl"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, lines(predicted)).unwrap();
    }

    fn find(&self, n_errors: usize, layers: &[&str]) -> Result<Answer> {
        let layers: Vec<String> = layers.iter().map(ToString::to_string).collect();
        find(&self.script, &self.scorer, &self.data(), &self.predictions(), n_errors, &layers)
    }
}

/// (kind, number of errors, figure) of each kind of a layer, in order.
fn kinds(answer: &Answer, name: &str) -> Vec<(String, u64, String)> {
    let layer = answer.layers.iter().find(|layer| layer["layer"] == name).unwrap();
    let string = |value: &Value| value.as_str().unwrap().to_owned();
    let told = |kind: &Value| (string(&kind["kind"]), kind["n_errors"].as_u64().unwrap(), string(&kind["figure"]));
    layer["kinds"].as_array().unwrap().iter().map(told).collect()
}

fn kind(kind: &str, n_errors: u64, figure: &str) -> (String, u64, String) {
    (kind.to_owned(), n_errors, figure.to_owned())
}

/// Extent of words in a text, in code points.
fn at(text: &str, words: &str) -> (usize, usize) {
    let start = text[..text.find(words).unwrap()].chars().count();
    (start, start + words.chars().count())
}

const TIMES: &str =
    "Déjà vu in Karsk: on Monday, May 3, 2027 the mill shut. It had opened a year ago, said Vale last week.";

fn times(made: &Made) {
    let gold = |words, value| {
        let (start, end) = at(TIMES, words);
        json!({ "start": start, "end": end, "text": words, "type": "DATE", "value": value, "mod": null })
    };
    let given = |words, value| {
        let (start, end) = at(TIMES, words);
        json!({ "start": start, "end": end, "value": value })
    };
    let annotated =
        [gold("Monday, May 3, 2027", "2027-05-03"), gold("a year ago", "2026"), gold("last week", "2027-W17")];
    // Cut short; of another value; not found; and one that is none.
    let found = [given("May 3, 2027", "2027-05-03"), given("a year ago", "P1Y"), given("Déjà vu", "PAST_REF")];
    let row = json!({ "id": "t1", "dct": "2027-05-04", "text": TIMES, "timex": annotated });
    made.set("time/made", &[row], &[json!({ "id": "t1", "timex": found })]);
}

#[test]
fn each_kind_of_error_in_time_is_told_once_with_its_place() {
    let Some(made) = Made::new("each_kind_of_error_in_time_is_told_once_with_its_place") else { return };
    times(&made);
    let answer = made.find(10, &[]).unwrap();
    let mut found = kinds(&answer, "time/made");
    found.sort();
    let expected = [
        kind("missed", 1, "time/made/relaxed_f"),
        kind("superfluous", 1, "time/made/relaxed_f"),
        kind("wrong extent: too short", 1, "time/made/strict_f"),
        kind("wrong value", 1, "time/made/value_f"),
    ];
    assert_eq!(found, expected);
    let text = answer.render().unwrap();
    assert!(text.contains("    t1 21–40\n      expected  2027-05-03 for “Monday, May 3, 2027” 21–40\n"), "{text}");
    assert!(text.contains("wrong value · 0000 → P0Y: 1 error, value_f +0.33333"), "{text}");
    assert!(text.contains("It had opened ⟦a year ago⟧, said"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= WIDTH));
}

#[test]
fn the_same_figures_come_with_and_without_errors() {
    let Some(made) = Made::new("the_same_figures_come_with_and_without_errors") else { return };
    times(&made);
    let alone = Command::new("python3").arg(&made.scorer).arg(made.data()).arg(made.predictions()).output().unwrap();
    let alone: std::collections::BTreeMap<String, Option<f64>> = serde_json::from_slice(&alone.stdout).unwrap();
    assert_eq!(made.find(1, &[]).unwrap().figures, alone);
    assert_eq!(alone["time/made/relaxed_f"], Some(0.66667));
}

const SPEECH: &str =
    "The mill will close, Vale said. “We are sad,” he said. Oren promised to pay. Karsk denied the claim.";

#[test]
fn statements_are_missed_superfluous_or_wrong_in_a_part() {
    let Some(made) = Made::new("statements_are_missed_superfluous_or_wrong_in_a_part") else { return };
    let span = |words: &str| json!({ "start": at(SPEECH, words).0, "end": at(SPEECH, words).1, "text": words });
    let pair = |words: &str| json!([at(SPEECH, words).0, at(SPEECH, words).1]);
    let gold = |id: &str, content: &str, source: &str, cue: &str, class: &str| {
        json!({ "id": id, "kind": "indirect", "class": class, "content": [span(content)], "source": span(source), "cue": span(cue),
                "source_type": "name", "speaker": source })
    };
    let given = |content: &str, source: &str, cue: &str, class: &str| json!({ "kind": "indirect", "class": class, "content": [pair(content)], "source": pair(source), "cue": pair(cue), "speaker": source });
    let annotated = [
        gold("s1", "The mill will close", "Vale", "said", "announcement"),
        gold("s2", "to pay", "Oren", "promised", "promise"),
        gold("s3", "We are sad", "he", "said", "speech"),
    ];
    let found = [
        given("mill will close", "Oren", "said", "speech"),
        given("We are sad", "he", "said", "speech"),
        given("the claim", "Karsk", "denied", "denial"),
    ];
    made.set(
        "statements/made",
        &[json!({ "id": "a1", "text": SPEECH, "statements": annotated })],
        &[json!({ "id": "a1", "statements": found })],
    );
    let answer = made.find(10, &["statements"]).unwrap();
    let mut told = kinds(&answer, "statements/made");
    told.sort();
    let expected = [
        kind("class: speech for a stance", 1, "statements/made/class_accuracy"),
        kind("content too short", 1, "statements/made/content_exact_f"),
        kind("missed: a stance", 1, "statements/made/attr_f"),
        kind("source: another one", 1, "statements/made/attr_src_f"),
        kind("superfluous: a stance", 1, "statements/made/attr_f"),
        kind("wrong source, so wrong speaker behind a name", 1, "statements/made/speaker_name"),
    ];
    assert_eq!(told, expected);
    // The cue without its ending makes the group.
    let text = answer.render().unwrap();
    assert!(text.contains("missed: a stance · “promis”: 1 error"), "{text}");
}

#[test]
fn the_largest_group_comes_first_and_n_bounds_the_examples() {
    let Some(made) = Made::new("the_largest_group_comes_first_and_n_bounds_the_examples") else { return };
    let row = |id: &str, root: &str| {
        json!({ "id": id, "sentence": "Karsk met Molv.", "marked": "<s>Karsk</s> met <t>Molv</t>.", "source": "Karsk", "target": "Molv",
                "root": root, "quad": "1" })
    };
    // Of the half that may be looked at; "e1" is of the other.
    let ids = ["e0", "e2", "e3", "e4", "e5", "e6", "e7", "e8", "e9", "e10", "e11", "e12", "e13", "e14"];
    let seen: Vec<&str> = ids.into_iter().filter(|id| sha2_first(id).is_multiple_of(2)).collect();
    let unseen = ids.into_iter().find(|id| !sha2_first(id).is_multiple_of(2)).unwrap();
    assert!(seen.len() >= 5, "{seen:?}");
    let mut gold: Vec<Value> = seen.iter().map(|id| row(id, "CONSULT")).collect();
    gold[0]["root"] = "AID".into();
    gold.push(row(unseen, "CONSULT"));
    let predicted: Vec<Value> =
        gold.iter().map(|row| json!({ "id": row["id"], "root": "AGREE", "quad": "1" })).collect();
    made.set("events/made", &gold, &predicted);
    let answer = made.find(3, &[]).unwrap();
    let groups = answer.layers[0]["groups"].as_array().unwrap();
    let told: Vec<_> = groups
        .iter()
        .map(|group| (group["group"].as_str().unwrap(), group["examples"].as_array().unwrap().len()))
        .collect();
    assert_eq!(told, [("CONSULT → AGREE", 2), ("AID → AGREE", 1)]);
    assert!(!answer.json().to_string().contains(&format!("\"{unseen}\"")), "the unseen half stays unseen");
    assert_eq!(groups[0]["n_errors"], seen.len() - 1);
}

fn sha2_first(id: &str) -> u8 {
    use sha2::{Digest, Sha256};
    Sha256::digest(id.as_bytes())[0]
}

#[test]
fn pages_copies_and_tokens_have_errors_too() {
    let Some(made) = Made::new("pages_copies_and_tokens_have_errors_too") else { return };
    let page = json!({ "id": "p1", "url": "https://a.example/1", "html": "", "title": "Mill shuts", "date": "2027-05-03",
                       "text": "The mill in Karsk shut its doors on Monday." });
    let given = json!({ "id": "p1", "title": "Mill shuts - The Daily Karsk", "date": "2027-03-05",
                        "text": "The mill in Karsk shut its doors on Monday.\nSubscribe to our newsletter and never miss a story." });
    made.set("extraction/made", &[page], &[given]);
    let base = json!({ "id": "b/1", "text": "one two three four five six", "copy_of": null });
    let copy = json!({ "id": "c/1", "text": "one two three four five six", "copy_of": "b/1", "kind": "shuffle" });
    let other = json!({ "id": "b/2", "text": "seven eight nine ten eleven twelve", "copy_of": null });
    made.set("reuse/made", &[base, copy, other], &[json!({ "a": "c/1", "b": "b/2", "relation": "verbatim" })]);
    let token = |text: &str, tag: &str| json!([text, " ", text, tag, "X", "", text, "dep", 0, 1, "O", ""]);
    made.set(
        "text/made",
        &[json!({ "id": "g1", "text": "Karsk shut", "tokens": [token("Karsk", "NNP"), token("shut", "VBD")] })],
        &[json!({ "id": "g1", "tokens": [token("Karsk", "NNP"), token("shut", "VBN")] })],
    );
    let answer = made.find(5, &[]).unwrap();
    let mut pages = kinds(&answer, "extraction/made");
    pages.sort();
    let expected = [
        kind("date: wrong", 1, "extraction/made/date_f"),
        kind("text: too much", 1, "extraction/made/text_f"),
        kind("title: too long", 1, "extraction/made/title_accuracy"),
    ];
    assert_eq!(pages, expected);
    let text = answer.render().unwrap();
    assert!(text.contains("date: wrong · day and month exchanged"), "{text}");
    assert!(text.contains("⟦Subscribe to our newsletter"), "{text}");
    let mut links = kinds(&answer, "reuse/made");
    links.sort();
    let expected = [
        kind("false link: unexplained", 1, "reuse/made/false_unexplained"),
        kind("missed: shuffle", 1, "reuse/made/recall_shuffle"),
    ];
    assert_eq!(links, expected);
    assert_eq!(kinds(&answer, "text/made"), [kind("another tag", 1, "text/made/tokens_equal")]);
    assert!(text.contains("g1 6–10\n"), "{text}");
}

#[test]
fn what_is_asked_for_and_not_there_is_said_with_a_hint() {
    let Some(made) = Made::new("what_is_asked_for_and_not_there_is_said_with_a_hint") else { return };
    times(&made);
    let said = |result: Result<()>| format!("{:#}", result.unwrap_err());
    let none = said(check(0, &[], &made.data()));
    assert!(none.contains("--errors 0") && none.contains("hint: "), "{none}");
    for layer in ["times", "time/other", "seeds", ""] {
        let said = said(check(20, &[layer.to_owned()], &made.data()));
        assert!(said.contains("no layer") && said.contains("hint: "), "{layer}: {said}");
    }
    assert!(check(20, &["time".to_owned(), "time/made".to_owned()], &made.data()).is_ok());

    fs::remove_file(made.predictions().join("time/made.jsonl")).unwrap();
    let left_out = made.find(5, &[]).unwrap().render().unwrap();
    assert!(left_out.contains("time/made: left out, no predictions"), "{left_out}");
    let asked_for = format!("{:#}", made.find(5, &["time"]).unwrap_err());
    assert!(asked_for.contains("time/made: no predictions") && asked_for.contains("hint: "), "{asked_for}");

    fs::write(made.predictions().join("time/made.jsonl"), "{\"id\": \"t1\"}\n").unwrap();
    let damaged = format!("{:#}", made.find(5, &[]).unwrap_err());
    assert!(damaged.contains("KeyError") && damaged.contains("hint: "), "{damaged}");
    fs::remove_dir_all(made.predictions()).unwrap();
    let no_folder = format!("{:#}", made.find(5, &[]).unwrap_err());
    assert!(no_folder.contains("no folder"), "{no_folder}");
}

/// Two sentences, of which the second tells of an event and a statement.
const SEED: &str = "Talks open on Monday. Vale said two barges left Karsk.";

#[test]
fn the_seeds_have_layers_of_their_own() {
    let Some(made) = Made::new("the_seeds_have_layers_of_their_own") else { return };
    let place = |words: &str| json!({ "doc": "d", "start": at(SEED, words).0, "end": at(SEED, words).1 });
    let seeds = |folder: PathBuf, name: &str, rows: &[Value]| {
        let path = folder.join(format!("seeds/{name}.jsonl"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, rows.iter().map(|row| format!("{row}\n")).collect::<String>()).unwrap();
    };
    fs::create_dir_all(made.data().join("seeds/text")).unwrap();
    fs::write(made.data().join("seeds/text/d.txt"), SEED).unwrap();
    let sentences = [("s0", "Talks open on Monday."), ("s1", "Vale said two barges left Karsk.")];
    let sentences = sentences.map(|(id, words)| {
        let mut row = place(words);
        row["id"] = id.into();
        row
    });
    let event = json!({ "id": "E1", "doc": "d", "type": "CONSULT", "trigger": place("Talks open"), "actors": [], "recipients": [],
                        "status": "planned", "cluster": "EC1" });
    let statement = json!({ "id": "S1", "doc": "d", "kind": "indirect", "content": [place("two barges left Karsk")], "cue": place("said"),
                            "speaker_mention": place("Vale"), "speaker_mention_type": "name", "speaker_actors": ["VALE"] });
    let position = json!({ "id": "P1", "party": ["VALE"], "issue": "barges", "stance": "demand", "evidence": [place("two barges left Karsk")] });
    let annotated = [
        ("sentences", &sentences[..]),
        ("statements", &[statement]),
        ("statement_clusters", &[]),
        ("actors", &[json!({ "id": "VALE", "canonical": "Vale", "mentions": [place("Vale")] })]),
        ("events", &[event]),
        ("event_clusters", &[]),
        ("positions", &[position]),
        (
            "timeline",
            &[
                json!({ "id": "T1", "doc": "d", "expression": place("Monday"), "value": "2027-05-03", "evidence": place("Talks open on Monday.") }),
            ],
        ),
        ("timeline_facts", &[json!({ "id": "F1", "label": "talks", "value": "2027-05-03", "members": ["T1"] })]),
        ("quantities", &[json!({ "doc": "d", "expression": place("two barges"), "value": 2, "unit": "barges" })]),
        (
            "tensions",
            &[
                json!({ "id": "X1", "type": "number", "label": "barges", "evidence": [place("two barges"), place("Talks open")] }),
            ],
        ),
    ];
    for (name, rows) in annotated {
        seeds(made.data(), name, rows);
    }
    let with = |words: &str, field: &str, value: Value| {
        let mut row = place(words);
        row[field] = value;
        row
    };
    let mut given =
        json!({ "id": "e0", "doc": "d", "type": "CONSULT", "actors": ["p/v"], "recipients": [], "status": "happened" });
    given["trigger"] = place("open");
    let predicted = [
        ("statements", vec![]),
        ("actors", vec![json!({ "id": "p/v", "mentions": [place("Vale")] })]),
        ("events", vec![given]),
        ("utterances", vec![]),
        ("happenings", vec![]),
        (
            "positions",
            vec![
                json!({ "parties": ["p/v"], "issue": "barges", "stance": "refusal", "evidence": [place("two barges")] }),
            ],
        ),
        ("timex", vec![with("Monday", "value", "2027-05-10".into())]),
        ("timeline", vec![json!({ "value": "2027-05-10", "evidence": [place("Monday")] })]),
        ("quantities", vec![with("two barges", "value", 3.into())]),
    ];
    for (name, rows) in &predicted {
        seeds(made.predictions(), name, rows);
    }
    let answer = made.find(5, &["seeds"]).unwrap();
    let first = |layer: &str| kinds(&answer, layer)[0].0.clone();
    assert_eq!(first("seeds/statements"), "missed: indirect speech");
    assert_eq!(first("seeds/quantities"), "wrong value");
    assert_eq!(first("seeds/time"), "wrong value");
    assert_eq!(kinds(&answer, "seeds/actors"), []);
    let mut events: Vec<String> = kinds(&answer, "seeds/events").into_iter().map(|(kind, ..)| kind).collect();
    events.sort();
    assert_eq!(events, ["who did it: told of nobody", "wrong status"]);
    let mut positions: Vec<String> = kinds(&answer, "seeds/positions").into_iter().map(|(kind, ..)| kind).collect();
    positions.sort();
    assert_eq!(positions, ["missed: another stance", "superfluous: its sentences show another position"]);
    assert_eq!(kinds(&answer, "seeds/stances"), []);
    let mut timeline: Vec<String> = kinds(&answer, "seeds/timeline").into_iter().map(|(kind, ..)| kind).collect();
    timeline.sort();
    assert_eq!(timeline, ["entry of no fact that is wanted", "missed: its sentences have another date"]);
    assert!(answer.render().unwrap().contains("seeds/tensions: left out, no predictions of tensions"));
}

#[test]
fn the_list_is_kept_beside_the_predictions_and_never_in_the_repository() {
    let workspace = Workspace::find().unwrap();
    let answer: Answer = serde_json::from_value(json!({ "figures": {}, "layers": [], "left_out": [] })).unwrap();
    let out = tempfile::tempdir().unwrap();
    crate::eval::keep(&workspace, out.path(), &answer).unwrap();
    assert!(fs::read_to_string(out.path().join("errors.txt")).unwrap().starts_with("Errors. "));
    assert!(out.path().join("errors.json").is_file());
    let inside = tempfile::tempdir_in(workspace.file("xtask")).unwrap();
    crate::eval::keep(&workspace, inside.path(), &answer).unwrap();
    assert_eq!(fs::read_dir(inside.path()).unwrap().count(), 0);
}
