//! The brief of a case as a document: every line leads to exact words, and no words of an article are markup in any format.

#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

mod common;

use quick_xml::events::Event;
use rapporteur_model::{Instant, Reading};
use rapporteur_store::{Case, Incoming, KeepBytes, RunKind, Telling};
use rapporteur_view::document::{
    Block, DOCX_END, Document, Inline, JSON_START, Length, MARKDOWN_START, Note, compose, to_docx, to_html, to_json,
    to_markdown,
};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

/// A case into which readings went one after the other.
fn case_of(folder: &tempfile::TempDir, readings: &[Reading]) -> Case {
    let mut case = Case::open_or_create(&folder.path().join("talks.case")).unwrap();
    for reading in readings {
        let run = case.begin(RunKind::Read, &Instant::new("2031-03-09T14:30:00Z"), &BTreeMap::new()).unwrap();
        let incoming = reading.articles.iter().zip(&reading.records).map(|(article, record)| Incoming {
            article: article.clone(),
            original: article.text.clone().into_bytes().into(),
            record: record.clone(),
        });
        case.add(run, &incoming.collect::<Vec<_>>(), KeepBytes::Yes).unwrap();
        let telling = Telling {
            articles: &reading.articles,
            records: &reading.records,
            story: &reading.story,
            corrected: &Default::default(),
            rejections: &Default::default(),
        };
        case.tell(run, &telling).unwrap();
        case.end(run, &Instant::new("2031-03-09T14:30:01Z"), &BTreeMap::new()).unwrap();
    }
    case
}

fn documents(reading: &Reading) -> [Document; 2] {
    let folder = tempfile::tempdir().unwrap();
    let case = case_of(&folder, std::slice::from_ref(reading));
    [Length::Page, Length::Full].map(|length| compose(&case, length).unwrap())
}

/// The hostile reading with its words in every place of a story.
fn hostile() -> Reading {
    let mut reading = common::hostile();
    let article = reading.articles[0].clone();
    let mut story = common::reading().story;
    let words = "</mark></p><img src=x onerror=alert(1)> said: “<b>bold</b> &lt; \u{7}”";
    let place = rapporteur_model::Place { article: article.id.clone(), span: common::at(&article, words) };
    let steering =
        "\u{202e}txt\u{2066} <script>alert(1)</script> | [x](javascript:alert(1)) `c` *e* _f_ ~~g~~ $h$ \u{fffe}\u{1}";
    for actor in &mut story.actors {
        actor.name = steering.into();
        actor.members.clear();
        actor.roles.clear();
    }
    for issue in &mut story.issues {
        issue.name = format!("# {steering}");
        issue.is_common = true;
    }
    for said in &mut story.utterances {
        said.reports = vec![reading.records[0].statements[0].id.clone()];
        said.fullest = said.reports[0].clone();
        said.earliest = None;
    }
    for tension in &mut story.tensions {
        tension.kind = rapporteur_model::TensionKind::Number;
        tension.reason = format!("1. {steering}");
        for side in &mut tension.sides {
            side.places = vec![place.clone()];
            side.value = format!("- {steering}");
        }
    }
    for entry in &mut story.timeline {
        entry.words = place.clone();
        entry.places = vec![place.clone()];
        entry.value = steering.into();
    }
    let articles = |support: &mut rapporteur_model::Support| {
        support.articles = vec![article.id.clone()];
        support.first = Some(article.id.clone());
    };
    story.utterances.iter_mut().for_each(|said| articles(&mut said.support));
    story.timeline.iter_mut().for_each(|entry| articles(&mut entry.support));
    story.tensions.iter_mut().flat_map(|tension| &mut tension.sides).for_each(|side| articles(&mut side.support));
    (story.happenings, story.positions, story.links, story.text_groups) = Default::default();
    (story.origins, story.text_flaws, story.versions) = Default::default();
    let article = &mut reading.articles[0];
    article.outlet = Some(rapporteur_model::Evidenced {
        value: steering.into(),
        evidence: rapporteur_model::Evidence::Inferred("a test".into()),
    });
    Reading { story, ..reading }
}

#[test]
fn every_line_has_a_note_and_every_note_has_a_line() {
    for document in documents(&common::reading()).iter().chain(&documents(&hostile())) {
        let mut cited = BTreeSet::new();
        assert!(document.lines().count() > 5, "{document:?}");
        for line in document.lines() {
            let notes: Vec<usize> = line
                .iter()
                .filter_map(|inline| if let Inline::Note(note) = inline { Some(note.0) } else { None })
                .collect();
            assert!(!notes.is_empty(), "{line:?}");
            cited.extend(notes);
        }
        assert_eq!(cited, (0..document.notes.len()).collect());
        let first: Vec<usize> = {
            let mut seen = BTreeSet::new();
            let of_line = |inline: &&Inline| if let Inline::Note(note) = inline { Some(note.0) } else { None };
            document
                .lines()
                .flat_map(|line| line.iter().filter_map(of_line).collect::<Vec<_>>())
                .filter(|note| seen.insert(*note))
                .collect()
        };
        assert!(first.is_sorted(), "notes are numbered as they are met: {first:?}");
        let unique: BTreeSet<String> = document.notes.iter().map(|note| format!("{note:?}")).collect();
        assert_eq!(unique.len(), document.notes.len());
    }
}

#[test]
fn the_words_of_every_note_and_every_quotation_stand_in_an_article() {
    for reading in [common::reading(), hostile()] {
        for document in documents(&reading) {
            for note in &document.notes {
                let Note::Words(words) = note else { continue };
                let article = reading.articles.iter().find(|article| article.id.as_str() == words.article).unwrap();
                let text: String =
                    article.text.chars().skip(words.start as usize).take((words.end - words.start) as usize).collect();
                assert_eq!(text, words.exact);
                assert!(!words.exact.is_empty());
                let before: usize = article.text.chars().take(words.start as usize).map(char::len_utf8).sum();
                let span = rapporteur_model::Span::new(before, before + words.exact.len());
                assert_eq!(article.paragraph_number(span), Some(words.paragraph), "{words:?}");
                assert_eq!(words.name, article.name);
            }
            let texts: Vec<String> =
                reading.articles.iter().map(|article| rapporteur_view::on_one_line(&article.text)).collect();
            let names: Vec<String> =
                reading.story.issues.iter().map(|issue| rapporteur_view::on_one_line(&issue.name)).collect();
            for inline in document.lines().flatten() {
                let Inline::Quote(words) = inline else { continue };
                let words = words.trim_start_matches("… ").trim_end_matches(" …");
                assert!(
                    texts.iter().any(|text| text.contains(words)) || names.iter().any(|name| name == words),
                    "{words}"
                );
            }
        }
    }
}

#[test]
fn the_sections_stand_in_their_order() {
    let [page, full] = documents(&common::reading());
    let headings =
        |document: &Document| document.sections.iter().map(|section| section.heading.clone()).collect::<Vec<_>>();
    let expected = [
        "State of play",
        "Parties and positions",
        "Who said what",
        "Meetings and timeline",
        "What changed since the last run",
        "Where accounts differ, and what rests on one origin",
        "Sources and their lineage",
    ];
    assert_eq!(headings(&full), expected);
    assert_eq!(headings(&page), expected);
    assert_eq!(full.title, "Brief: talks, 12 March 2024");
    let text = to_markdown(&full);
    for told in [
        "**3 articles** of 2 independent origins",
        "text machine-spun",
        "on condition: “If there is no answer",
        "changed from refusal to openness, 8 March 2031",
        "the first run of the case",
    ] {
        assert!(text.contains(told), "{told}\n{text}");
    }
}

#[test]
fn a_page_has_its_bounds() {
    for reading in [common::reading(), hostile()] {
        let [page, full] = documents(&reading);
        let n_lines = |document: &Document, heading: &str| {
            let section = document.sections.iter().find(|section| section.heading == heading).unwrap();
            section.blocks.iter().filter(|block| matches!(block, Block::Line(_))).count()
        };
        for document in [&page, &full] {
            assert!(n_lines(document, "State of play") <= 10);
        }
        assert!(page.lines().count() <= 30, "{}", page.lines().count());
        assert!(page.notes.len() <= 30);
        for note in &page.notes {
            if let Note::Words(words) = note {
                assert!(words.exact.chars().count() <= 110, "{words:?}");
            }
        }
    }
}

#[test]
fn an_empty_case_gives_a_document_that_says_so() {
    for document in documents(&Reading::default()) {
        assert_eq!(document.lines().count(), 0);
        let markdown = to_markdown(&document);
        assert!(markdown.contains("The case holds no articles"), "{markdown}");
        assert!(to_html(&document).unwrap().contains("The case holds no articles"));
        assert!(part(&to_docx(&document).unwrap(), "word/document.xml").contains("The case holds no articles"));
        serde_json::from_str::<Value>(&to_json(&document).unwrap()).unwrap();
    }
}

#[test]
fn the_same_case_gives_the_same_bytes() {
    for reading in [common::reading(), hostile()] {
        let (once, again) = (documents(&reading), documents(&reading));
        for (once, again) in once.iter().zip(&again) {
            assert_eq!(to_markdown(once), to_markdown(again));
            assert_eq!(to_html(once).unwrap(), to_html(again).unwrap());
            assert_eq!(to_json(once).unwrap(), to_json(again).unwrap());
            assert!(to_docx(once).unwrap() == to_docx(again).unwrap());
        }
    }
}

#[test]
fn a_file_begins_or_ends_as_its_kind_does() {
    let [_, document] = documents(&common::reading());
    assert!(to_markdown(&document).starts_with(MARKDOWN_START));
    assert!(to_json(&document).unwrap().starts_with(JSON_START));
    assert!(to_html(&document).unwrap().starts_with("<!DOCTYPE html>"));
    assert!(to_docx(&document).unwrap().ends_with(DOCX_END.as_bytes()));
}

#[test]
fn what_changed_is_told_with_its_words() {
    let folder = tempfile::tempdir().unwrap();
    let (mut before, after) = (common::reading(), common::reading());
    before.story.tensions.clear();
    before.story.utterances.clear();
    let case = case_of(&folder, &[before, after]);
    let document = compose(&case, Length::Full).unwrap();
    let markdown = to_markdown(&document);
    let changes = markdown.split("## What changed").nth(1).unwrap().split("\n## ").next().unwrap();
    assert!(changes.contains("2 new") && changes.contains("**said:**"), "{changes}");
    assert!(markdown.contains("own list of changes: run 2 (read)"), "{markdown}");
}

#[test]
fn in_markdown_no_words_are_markup() {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    for document in documents(&hostile()) {
        let markdown = to_markdown(&document);
        let options =
            Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH;
        let (mut n_notes, mut n_references, mut n_rows) = (0, BTreeSet::new(), 0);
        for event in Parser::new_ext(&markdown, options) {
            match event {
                Event::Html(_)
                | Event::InlineHtml(_)
                | Event::Code(_)
                | Event::InlineMath(_)
                | Event::DisplayMath(_) => {
                    panic!("{event:?}\n{markdown}")
                }
                Event::Start(
                    Tag::Link { .. }
                    | Tag::Image { .. }
                    | Tag::CodeBlock(_)
                    | Tag::Strikethrough
                    | Tag::BlockQuote(_)
                    | Tag::HtmlBlock,
                ) => {
                    panic!("{event:?}\n{markdown}")
                }
                Event::Start(Tag::List(Some(_))) => panic!("a numbered list\n{markdown}"),
                Event::Start(Tag::FootnoteDefinition(_)) => n_notes += 1,
                Event::Start(Tag::TableRow) => n_rows += 1,
                Event::FootnoteReference(name) => drop(n_references.insert(name.to_string())),
                _ => {}
            }
        }
        assert_eq!(n_notes, document.notes.len());
        assert_eq!(n_references.len(), document.notes.len());
        let tables = document.sections.iter().flat_map(|section| &section.blocks);
        let rows =
            tables.map(|block| if let Block::Table(table) = block { table.rows.len() } else { 0 }).sum::<usize>();
        assert_eq!(n_rows, rows, "no words part a cell\n{markdown}");
        assert_inert(&markdown);
    }
}

/// No character steers what shows it.
fn assert_inert(text: &str) {
    assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
    assert!(!text.contains(|c| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')), "{text:?}");
}

#[test]
fn in_html_no_words_are_markup_and_every_link_leads_somewhere() {
    for document in documents(&hostile()).iter().chain(&documents(&common::reading())) {
        let page = to_html(document).unwrap();
        for tag in page.split('<').skip(1).map(|tag| tag.split('>').next().unwrap()) {
            let mut words = tag.trim_start_matches('/').split(' ');
            let name = words.next().unwrap();
            let known = [
                "!DOCTYPE", "html", "head", "meta", "title", "style", "body", "header", "nav", "main", "section", "h1",
                "h2", "h3", "p", "a", "b", "bdi", "span", "sup", "ul", "ol", "li", "div", "table", "thead", "tbody",
                "tr", "th", "td",
            ];
            assert!(known.contains(&name), "<{tag}>");
            let steers = |word: &str| {
                word.starts_with("src=") || word.starts_with("style=") || (word.starts_with("on") && word.contains('='))
            };
            assert!(!words.any(steers), "<{tag}>");
        }
        assert!(!page.contains("@import") && !page.contains("url("));
        assert_inert(&page);
        let attributes = |name: &str| -> Vec<String> {
            let opening = format!(" {name}=\"");
            page.match_indices(&opening)
                .filter_map(|(at, _)| page[at + opening.len()..].split('"').next())
                .map(str::to_string)
                .collect()
        };
        let ids = attributes("id");
        let unique: BTreeSet<&String> = ids.iter().collect();
        assert_eq!(ids.len(), unique.len(), "an id is there twice");
        for href in attributes("href") {
            match href.strip_prefix('#') {
                Some(id) => assert!(unique.contains(&id.to_string()), "nothing has the id {id}"),
                None => assert!(href.starts_with("https://") || href.starts_with("http://"), "{href}"),
            }
        }
        for tag in ["bdi", "b", "sup", "span", "li", "ul", "td", "th", "tr", "table", "section"] {
            let (open, close) = (
                page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count(),
                page.matches(&format!("</{tag}>")).count(),
            );
            assert_eq!(open, close, "{tag}");
        }
        let style_sheet = page.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
        let hash = base64(&Sha256::digest(style_sheet.as_bytes()));
        assert!(page.contains(&format!("'sha256-{hash}'")), "STYLE_SHEET_HASH should be {hash}");
        assert!(page.contains("default-src 'none'"));
    }
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = bytes.chunks(3).flat_map(|chunk| {
        let bits = (0..3).fold(0u32, |bits, n| bits << 8 | u32::from(*chunk.get(n).unwrap_or(&0)));
        (0..4).map(move |n| if n <= chunk.len() { DIGITS[(bits >> (18 - 6 * n) & 63) as usize] as char } else { '=' })
    });
    digits.collect()
}

/// A part of a DOCX file.
fn part(docx: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Elements of a part by name, each with its attribute `w:id` where it has one; fails where the part is not XML.
fn elements(xml: &str) -> Vec<(String, Option<String>)> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut found, mut depth) = (Vec::new(), 0);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) => {
                depth += 1;
                found.push(element.into_owned());
            }
            Event::Empty(element) => found.push(element.into_owned()),
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    let id = |element: &quick_xml::events::BytesStart<'_>| {
        let attribute = element.attributes().map(Result::unwrap).find(|attribute| attribute.key.as_ref() == "w:id");
        attribute.map(|attribute| attribute.value.to_string())
    };
    found.iter().map(|element| (element.name().as_ref().to_string(), id(element))).collect()
}

#[test]
fn a_docx_has_footnotes_of_its_own_and_no_words_are_markup() {
    for document in documents(&hostile()).iter().chain(&documents(&common::reading())) {
        let docx = to_docx(document).unwrap();
        let names: Vec<String> = zip::ZipArchive::new(Cursor::new(&docx))
            .unwrap()
            .file_names()
            .map(|name| name.unwrap().into_owned())
            .collect();
        for name in &names {
            let xml = part(&docx, name);
            elements(&xml);
            let is_xml =
                |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
            assert!(xml.chars().all(is_xml), "{name}");
            assert_inert(&xml);
        }
        let with_id = |xml: &str, name: &str| -> Vec<String> {
            elements(xml).into_iter().filter(|(element, _)| element == name).filter_map(|(_, id)| id).collect()
        };
        let (body, notes) = (part(&docx, "word/document.xml"), part(&docx, "word/footnotes.xml"));
        let references = with_id(&body, "w:footnoteReference");
        let defined = with_id(&notes, "w:footnote");
        assert_eq!(references.len(), document.notes.len());
        assert_eq!(defined[2..], references, "two separators, then a note for each reference, in order");
        assert_eq!(notes.matches("<w:footnoteRef/>").count(), document.notes.len());
        // Further references are fields that name a bookmark of a first one.
        for named in body.split("NOTEREF ").skip(1) {
            let name = named.split(' ').next().unwrap();
            assert!(body.contains(&format!("w:name=\"{name}\"")), "{name}");
        }
        assert!(!body.contains("w:hyperlink"));
        assert!(elements(&body).iter().all(|(name, _)| name.starts_with("w:")));
    }
}

#[test]
fn the_documentation_names_the_fields_of_the_json() {
    let documentation = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/DOCUMENT.md");
    let documentation = std::fs::read_to_string(documentation).unwrap();
    fn walk(value: &Value, documentation: &str) {
        match value {
            Value::Object(fields) => fields.iter().for_each(|(name, value)| {
                assert!(documentation.contains(&format!("`{name}`")), "{name}");
                walk(value, documentation);
            }),
            Value::Array(values) => values.iter().for_each(|value| walk(value, documentation)),
            _ => {}
        }
    }
    for document in documents(&common::reading()) {
        walk(&serde_json::from_str(&to_json(&document).unwrap()).unwrap(), &documentation);
    }
}
