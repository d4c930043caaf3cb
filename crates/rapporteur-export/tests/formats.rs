//! The formats of other programs, read back.
#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

mod hostile;

use hostile::{NAMES, WORDS, case, exported, text};
use quick_xml::events::Event;
use rapporteur_export::{EventFormat, Export, Formulas, Graph, events};
use serde_json::Value;
use std::collections::BTreeMap;

fn sheet(bytes: &str, delimiter: u8) -> Vec<BTreeMap<String, String>> {
    let quoting = delimiter == b',';
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).quoting(quoting).from_reader(bytes.as_bytes());
    let names = reader.headers().unwrap().clone();
    let row = |row: csv::StringRecord| names.iter().map(str::to_string).zip(row.iter().map(str::to_string)).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

#[test]
fn event_tables_hold_who_did_what_to_whom() {
    let folder = tempfile::tempdir().unwrap();
    let path = case(&folder);
    let [person, state] = NAMES;
    let (plover, n) = text(&path, Export::Events(EventFormat::Plover));
    let rows = sheet(&plover, b',');
    assert_eq!(rows.len(), n);
    let assault = rows.iter().find(|row| row["event_type"] == "ASSAULT").unwrap();
    assert_eq!((assault["event_date"].as_str(), assault["status"].as_str()), ("2031-03-11", "happened"));
    assert_eq!((assault["source_names"].as_str(), assault["quad_class"].as_str()), (state, "4"));
    assert!(assault["target_names"].starts_with(&format!("'{person}; ")), "a formula: {assault:?}");
    assert_eq!((assault["words"].as_str(), assault["n_articles"].as_str()), ("shelled", "2"));
    let (cameo, n) = text(&path, Export::Events(EventFormat::Cameo));
    let rows = sheet(&cameo, b',');
    assert_eq!(rows.len(), n);
    let assault = rows.iter().find(|row| row["plover_type"] == "ASSAULT").unwrap();
    assert_eq!((assault["cameo_root"].as_str(), assault["goldstein"].as_str()), ("18", "-9.0"));
    let (gdelt, n) = text(&path, Export::Events(EventFormat::Gdelt));
    let rows = sheet(&gdelt, b'\t');
    assert_eq!((rows.len(), rows.iter().all(|row| row.len() == events::N_GDELT_COLUMNS)), (n, true));
    assert!(rows.iter().all(|row| row["EventRootCode"] != "04"), "what is planned has not taken place");
    let assault = rows.iter().find(|row| row["EventRootCode"] == "18").unwrap();
    assert_eq!((assault["SQLDATE"].as_str(), assault["DATEADDED"].as_str()), ("20310311", "20310312143000"));
    assert!(assault["GLOBALEVENTID"].parse::<i64>().unwrap() > 0);
}

#[test]
fn annotations_point_to_the_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = case(&folder);
    let (json, n) = text(&path, Export::Annotations);
    let collection: Value = serde_json::from_str(&json).unwrap();
    let items = collection["first"]["items"].as_array().unwrap();
    assert_eq!((items.len(), &collection["total"]), (n, &Value::from(n)));
    let case = rapporteur_store::Case::open(&path).unwrap();
    let mut ids: Vec<&str> = items.iter().map(|item| item["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), n);
    for item in items {
        let source = &item["target"]["source"];
        let (_, article) = case.article(source["rapporteur:article"].as_str().unwrap()).unwrap().unwrap();
        let points: Vec<char> = article.chars().collect();
        let [position, quote] = item["target"]["selector"].as_array().unwrap().as_slice() else { panic!() };
        let place = |name: &str| usize::try_from(position[name].as_u64().unwrap()).unwrap();
        let slice = |start: usize, end: usize| points[start..end].iter().collect::<String>();
        let (start, end) = (place("start"), place("end"));
        assert_eq!(quote["exact"], slice(start, end));
        assert_eq!(quote["prefix"], slice(start.saturating_sub(32), start));
        assert_eq!(quote["suffix"], slice(end, (end + 32).min(points.len())));
        assert!(source["id"].as_str().unwrap().starts_with("urn:x-rapporteur:article:"));
    }
    assert!(items.iter().any(|item| item["target"]["selector"][1]["exact"] == WORDS));
    assert!(items.iter().any(|item| item["body"][0]["value"] == "utterance: demand"));
}

/// Two texts that belong together.
type Pair = (String, String);

/// The elements of a graph: its nodes, its edges, and the data in them with their keys.
fn graph(xml: &str) -> (Vec<String>, Vec<Pair>, Vec<Pair>) {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut nodes, mut edges, mut data) = (Vec::new(), Vec::new(), Vec::new());
    let (mut keys, mut key): (Vec<String>, Option<String>) = (Vec::new(), None);
    let mut value = String::new();
    loop {
        let event = reader.read_event().unwrap();
        let attribute = |element: &quick_xml::events::BytesStart<'_>, name: &str| {
            let attribute = element.try_get_attribute(name).unwrap().unwrap();
            quick_xml::escape::unescape(&attribute.value).unwrap().into_owned()
        };
        match &event {
            Event::Empty(element) | Event::Start(element) => match element.name().as_ref() {
                "key" => keys.push(attribute(element, "id")),
                "node" => nodes.push(attribute(element, "id")),
                "edge" => edges.push((attribute(element, "source"), attribute(element, "target"))),
                "data" => {
                    key = Some(attribute(element, "key"));
                    value.clear();
                }
                _ => {}
            },
            Event::Text(text) => value.push_str(text),
            Event::GeneralRef(reference) => {
                let reference = format!("&{};", &**reference);
                value.push_str(&quick_xml::escape::unescape(&reference).unwrap());
            }
            Event::End(element) if element.name().as_ref() == "data" => {
                let key = key.take().unwrap();
                assert!(keys.contains(&key), "{key} is declared");
                data.push((key, value.clone()));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(edges.iter().all(|(from, to)| nodes.contains(from) && nodes.contains(to)));
    (nodes, edges, data)
}

#[test]
fn graphs_have_nodes_for_their_edges() {
    let folder = tempfile::tempdir().unwrap();
    let path = case(&folder);
    let (xml, n) = text(&path, Export::Graph(Graph::Positions));
    let (nodes, edges, data) = graph(&xml);
    assert!(n > 0 && edges.len() == n && nodes.len() > 1, "{xml}");
    assert!(data.contains(&("edge_stance".to_string(), "demand".to_string())));
    assert!(data.iter().any(|(key, value)| key == "node_name" && NAMES.contains(&value.as_str())), "{data:?}");
    let (xml, n) = text(&path, Export::Graph(Graph::Lineage));
    let (nodes, edges, data) = graph(&xml);
    assert_eq!((nodes.len(), edges.len()), (3, n));
    assert!(data.contains(&("edge_relation".to_string(), "verbatim".to_string())), "{data:?}");
    let is_xml = |c: char| matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && c != '\u{fffe}' && c != '\u{ffff}');
    assert!(xml.chars().all(is_xml));
}

#[test]
fn a_timeline_holds_text_and_no_markup_of_articles() {
    let folder = tempfile::tempdir().unwrap();
    let path = case(&folder);
    let (json, n) = text(&path, Export::TimelineJs);
    let timeline: Value = serde_json::from_str(&json).unwrap();
    let events = timeline["events"].as_array().unwrap();
    assert!(n > 0 && events.len() == n);
    let mut html = String::new();
    for event in events {
        assert!(event["start_date"]["year"].as_i64().unwrap() > 2000);
        html.push_str(event["text"]["headline"].as_str().unwrap());
        html.push_str(event["text"]["text"].as_str().unwrap());
    }
    let mut tags = Vec::new();
    for token in html5gum::Tokenizer::new(html.as_str()) {
        if let Ok(html5gum::Token::StartTag(tag)) = token {
            tags.push(String::from_utf8_lossy(&tag.name).into_owned());
        }
    }
    tags.sort();
    tags.dedup();
    assert_eq!(tags, ["bdi", "blockquote", "p"]);
}

#[test]
fn a_calendar_holds_what_lies_ahead() {
    let folder = tempfile::tempdir().unwrap();
    let path = case(&folder);
    let (ical, n) = text(&path, Export::Calendar);
    assert!(n > 0, "{ical}");
    assert!(ical.ends_with("END:VCALENDAR\r\n") && !ical.replace("\r\n", "").contains(['\r', '\n']));
    assert!(ical.split("\r\n").all(|line| line.len() <= 75), "{ical}");
    let unfolded = ical.replace("\r\n ", "");
    assert_eq!(unfolded.matches("BEGIN:VEVENT").count(), n);
    assert!(unfolded.contains("\r\nDTSTART:20310314T143000\r\n"), "{unfolded}");
    assert!(unfolded.contains("\r\nDTSTAMP:20310312T143000Z\r\n"), "{unfolded}");
    assert!(unfolded.contains("SUMMARY:The delegations 🙂\\, \"all\" of them\\; will meet on 14 March"), "{unfolded}");
    assert!(unfolded.lines().all(|line| line.contains(':')), "{unfolded}");
}

#[test]
fn the_same_case_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let path = case(&folder);
    for export in [
        Export::Events(EventFormat::Plover),
        Export::Events(EventFormat::Cameo),
        Export::Events(EventFormat::Gdelt),
        Export::Annotations,
        Export::Graph(Graph::Positions),
        Export::Graph(Graph::Lineage),
        Export::TimelineJs,
        Export::Calendar,
    ] {
        let (bytes, _) = exported(&path, export, Formulas::Inert);
        assert!(bytes == exported(&path, export, Formulas::Inert).0, "{export:?}");
        assert!(rapporteur_export::is_own(export, &bytes[..bytes.len().min(4096)], &[]), "{export:?}");
    }
}
