//! From bytes to exports: whatever characters an article has and whatever it is stored as, each span that comes out leads to
//! its exact words, by code points of the article's text. Through the source, text, extract and story stages, the case, the
//! view and the exports of the real binary. Needs the language model.
#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use rapporteur_testkit::model_folder;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Articles of the daily run; `RAPPORTEUR_FUZZ_CASES` takes its place.
const N_ARTICLES: usize = 60;

/// What makes bytes, UTF-16 units, code points and what a reader sees differ.
const HOSTILE: [&str; 24] = [
    "é",
    "e\u{301}",
    "漢字",
    "🕊\u{fe0f}",
    "👩\u{200d}👩\u{200d}👧",
    "\u{202e}",
    "\u{200b}",
    "ﷺ",
    "İ",
    "ß",
    "\u{a0}",
    "&amp;",
    "<b>",
    "“",
    "”",
    "…",
    "\u{feff}",
    "🇩🇪",
    "ǅ",
    "\u{2028}",
    "a\u{308}\u{323}",
    "\\u00e9",
    "ﬃ",
    "\t",
];

const SENTENCES: [&str; 7] = [
    "Ministry~ spokesman Oren Vale~ said on 9 March that the~ strait “will stay~ shut until spring”~.",
    "Karsk~ demanded that Veldria~ withdraw 40~ ships by Friday, Mara Tellin~ told reporters.",
    "“We reject~ the offer,” she said~. “It is~ no offer.”",
    "Troops of~ Karsk shelled the port~ of Halsk on Tuesday~, killing at least 12 people.",
    "According to officials~ in Lysmar, the talks~ will resume on 14~ March.",
    "The envoy of~ Veldria denied~ that an agreement had been signed~ last week.",
    "If the blockade~ ends, Veldria will release~ 200 prisoners, Vale~ promised.",
];

/// How the bytes of an article are made of its lines.
#[derive(Debug, Clone, Copy)]
enum Form {
    Lines(&'static str),
    Utf16(fn(u16) -> [u8; 2]),
    Page,
    PageOfEntities,
    JsonLines,
    Markdown,
}

const FORMS: [Form; 9] = [
    Form::Lines("\n"),
    Form::Lines("\r\n"),
    Form::Lines("\n \n"),
    Form::Utf16(u16::to_le_bytes),
    Form::Utf16(u16::to_be_bytes),
    Form::Page,
    Form::PageOfEntities,
    Form::JsonLines,
    Form::Markdown,
];

/// A line in which each `~` gave way to something hostile or to nothing.
fn line() -> impl Strategy<Value = String> {
    let piece =
        prop_oneof![3 => Just(String::new()), 2 => select(HOSTILE.to_vec()).prop_map(String::from), 1 => "\\PC{1,2}"];
    (select(SENTENCES.to_vec()), proptest::collection::vec(piece, 4)).prop_map(|(sentence, pieces)| {
        let mut parts = sentence.split('~');
        let first = parts.next().unwrap_or_default().to_string();
        parts.zip(pieces.iter().cycle()).fold(first, |line, (part, piece)| line + piece + part)
    })
}

fn entities(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '“' => out.push_str("&ldquo;"),
            'é' => out.push_str("&eacute;"),
            c if c.is_ascii() => out.push(c),
            c => write!(out, "&#x{:x};", u32::from(c)).unwrap(),
        }
        out
    })
}

fn bytes(form: Form, lines: &[String]) -> (&'static str, Vec<u8>) {
    let page = |lines: Vec<String>| {
        format!(
            "<!doctype html><meta charset=utf-8><title>Talks</title><article><p>{}</p></article>",
            lines.join("</p>\n<p>")
        )
    };
    match form {
        Form::Lines(end) => ("txt", lines.join(end).into_bytes()),
        Form::Utf16(to_bytes) => {
            ("txt", format!("\u{feff}{}", lines.join("\r\n")).encode_utf16().flat_map(to_bytes).collect())
        }
        Form::Page => (
            "html",
            page(lines.iter().map(|line| line.replace('&', "&amp;").replace('<', "&lt;")).collect()).into_bytes(),
        ),
        Form::PageOfEntities => ("html", page(lines.iter().map(|line| entities(line)).collect()).into_bytes()),
        Form::JsonLines => {
            ("jsonl", serde_json::json!({ "text": lines.join("\n"), "date": "2031-03-11" }).to_string().into_bytes())
        }
        Form::Markdown => ("md", format!("# Talks\n\n{}\n", lines.join("\n\n")).into_bytes()),
    }
}

/// Runs the binary; what it writes to standard output.
fn ran(model: &Path, folder: &Path, arguments: &[&str]) -> Vec<u8> {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("rapporteur"));
    command.env_clear().env("HOME", folder).env("XDG_DATA_HOME", folder).env("USER", "Dana").current_dir(folder);
    let output = command.env("RAPPORTEUR_MODEL", model).args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// The text of each article as code points, by id.
type Texts = BTreeMap<String, Vec<char>>;

fn hold(texts: &Texts, article: &str, start: &Value, end: &Value, exact: &str, what: &str) {
    let text = &texts[article];
    let place = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let words: String = text[place(start)..place(end)].iter().collect();
    assert_eq!(words, exact, "{what} of {article}");
}

/// Holds every quotation of a reading; gives how many there are, by where they stand.
fn hold_reading(texts: &Texts, value: &Value, article: &str, path: &str, n: &mut BTreeMap<String, usize>) {
    match value {
        Value::Object(fields) => {
            let named =
                fields.get("article").or(fields.get("id").filter(|_| path == "/articles")).and_then(Value::as_str);
            let article = named.filter(|id| texts.contains_key(*id)).unwrap_or(article);
            if let Some(exact) = fields.get("exact").and_then(Value::as_str) {
                hold(texts, article, &fields["start"], &fields["end"], exact, path);
                let start = usize::try_from(fields["start"].as_u64().unwrap()).unwrap();
                let prefix: Vec<char> = fields["prefix"].as_str().unwrap().chars().collect();
                assert!(texts[article][..start].ends_with(&prefix), "{path}: other words stand before it");
                *n.entry(path.to_string()).or_default() += 1;
            }
            fields.iter().for_each(|(name, value)| hold_reading(texts, value, article, &format!("{path}/{name}"), n));
        }
        Value::Array(items) => items.iter().for_each(|value| hold_reading(texts, value, article, path, n)),
        _ => {}
    }
}

#[test]
fn every_span_that_comes_out_leads_to_its_words_with_the_model() {
    let Some(model) = model_folder("every_span_that_comes_out_leads_to_its_words_with_the_model") else { return };
    let n_articles = std::env::var("RAPPORTEUR_FUZZ_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(N_ARTICLES);
    let mut runner = TestRunner::deterministic();
    let articles = (select(FORMS.to_vec()), proptest::collection::vec(line(), 2..7));
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    for number in 0..n_articles {
        let (form, lines) = articles.new_tree(&mut runner).unwrap().current();
        let (extension, bytes) = bytes(form, &lines);
        fs::write(folder.path().join(format!("in/{number:05}.{extension}")), bytes).unwrap();
    }

    let reading: Value = serde_json::from_slice(&ran(&model, folder.path(), &["read", "in", "--json"])).unwrap();
    let articles = reading["articles"].as_array().unwrap();
    assert_eq!((articles.len(), reading["skipped"].as_array().unwrap().len()), (n_articles, 0));
    let id = |article: &Value| article["id"].as_str().unwrap().to_string();
    let texts: Texts = articles.iter().map(|it| (id(it), it["text"].as_str().unwrap().chars().collect())).collect();
    let mut n = BTreeMap::new();
    hold_reading(&texts, &reading, "", "", &mut n);
    for place in [
        "/records/statements/content",
        "/records/mentions/span",
        "/records/timexes/span",
        "/story/timeline/places/span",
        "/articles/paragraphs",
    ] {
        assert!(n.get(place).is_some_and(|n| *n >= n_articles / 4), "{place}: {n:?}");
    }

    // The same through a case and out of it.
    ran(&model, folder.path(), &["read", "in", "--case", "talks.case"]);
    let exported = ran(&model, folder.path(), &["export", "talks.case", "--format", "annotations"]);
    let annotations: Value = serde_json::from_slice(&exported).unwrap();
    let items = annotations["first"]["items"].as_array().unwrap();
    assert!(items.len() > n_articles);
    for target in items.iter().map(|item| &item["target"]) {
        let article = target["source"]["rapporteur:article"].as_str().unwrap();
        let [position, quote] = [&target["selector"][0], &target["selector"][1]];
        hold(&texts, article, &position["start"], &position["end"], quote["exact"].as_str().unwrap(), "an annotation");
    }
    let table = ran(&model, folder.path(), &["export", "talks.case", "--format", "jsonl", "--table", "place"]);
    let rows: Vec<Value> =
        table.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect();
    assert!(rows.len() >= items.len());
    for row in &rows {
        hold(
            &texts,
            row["article"].as_str().unwrap(),
            &row["start"],
            &row["end"],
            row["words"].as_str().unwrap(),
            "a row",
        );
    }
}
