//! Does a case obey its law? The same articles and corrections give the same bytes of every answer and of the whole
//! reading, whatever the threads, the order of the articles, the number of runs, and whether corrections came first.
//!
//! The articles are the example coverage and more that are drawn over its sentences, with a seed: some state no date but
//! share the wording of one that does, and one site puts the same lines under all of its own.
//!
//! Tests whose names end in `_with_the_model` need the language model, named by `RAPPORTEUR_MODEL`.
//! Where it is not they say so and pass. They write cases in this process, and so stand apart from tests that start others:
//! a child has the locks of its parent until it has begun.
#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

use rapporteur_engine::case::{self, Case, Draft, ItemQuery, ReadInto};
use rapporteur_engine::{Input, Options};
use rapporteur_model::{Correction, Instant, StatementClass, TargetLayer};
use rapporteur_testkit::model_folder;
use rapporteur_view::case::{Answer, Question, ask, to_json};
use std::collections::BTreeMap;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

const N_DRAWN: usize = 25;
/// Of the second a date line and what is said in its sentence stand on the same words of the timeline for a while.
const SEEDS: [u64; 2] = [11, 17];

/// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// The example coverage, by name.
fn examples() -> BTreeMap<String, String> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/coverage"));
    let entry = |entry: std::io::Result<fs::DirEntry>| {
        let path = entry.unwrap().path();
        (path.file_name().unwrap().to_str().unwrap().to_string(), fs::read_to_string(&path).unwrap())
    };
    fs::read_dir(folder).unwrap().map(entry).collect()
}

const FOOTER: &str = "The Orlava Daily is owned by the boatmen of Zellwick.\n\nAnton Pell, the publisher, said that readers may copy what they like.\n";

/// A sentence that stands in no example, about its people and things.
fn sentence(random: &mut Random) -> String {
    let speakers =
        ["Mara Tellin", "Alexei Voryabin", "Henrik Sole", "Foreign Minister Celia Ansgar", "Karsk", "Veldria"];
    let cues = ["said", "warned", "denied", "demanded", "promised"];
    let things = ["the patrol boats", "the port of Halsk", "a joint commission", "the October ceasefire", "sanctions"];
    let acts = ["would be discussed again", "would cost 40 lives", "had been agreed", "must end within three weeks"];
    let days = ["on Monday", "on Friday", "last week", "on 16 March", "two days later"];
    let thing = random.of(&things);
    let (speaker, cue, act, day) = (random.of(&speakers), random.of(&cues), random.of(&acts), random.of(&days));
    format!("{speaker} {cue} {day} that {thing} {act}.")
}

/// All articles by name. Of five drawn ones two state a date, one is an undated copy of a part of a dated one, one is of a
/// site with a footer, and one has no date and new words alone.
fn articles(seed: u64) -> Vec<(String, String)> {
    let examples = examples();
    let paragraphs = |name: &str| -> Vec<String> {
        let lines = examples[name].lines().skip(6).filter(|line| line.len() > 80);
        lines.map(|line| line.replace('’', "'")).collect()
    };
    let pool = [paragraphs("meridian-press.txt"), paragraphs("lysmar-courier.txt")].concat();
    let mut random = Random(seed);
    let mut dated: Vec<Vec<String>> = Vec::new();
    let mut drawn = Vec::new();
    for number in 0..N_DRAWN {
        let first = random.below(pool.len() - 3);
        let mut body: Vec<String> = pool[first..first + 2].to_vec();
        body.insert(random.below(3), sentence(&mut random));
        body.push(sentence(&mut random));
        let day = format!("{} March 2024", 12 + random.below(7));
        let title = format!("River talks, report {number}");
        let text = match number % 5 {
            0 | 1 => {
                dated.push(body.clone());
                format!("{title}\n\n{day}\n\n{}\n", body.join("\n\n"))
            }
            2 => {
                let of = random.of(&dated).clone();
                format!("{}\n", of[..3].join("\n\n"))
            }
            3 => {
                let url = format!("http://www.orlava-daily.example/world/{number}.html");
                let own: Vec<String> = (0..9).map(|_| sentence(&mut random)).collect();
                format!("{title}\n\n{day}\n{url}\n\n{}\n\n{FOOTER}", own.join("\n\n"))
            }
            _ => format!("{}\n\n{}\n", sentence(&mut random), sentence(&mut random)),
        };
        // An odd factor mixes the names, so that their order is not that in which they are drawn.
        let site = if number % 5 == 3 { "orlava-daily" } else { "drawn" };
        drawn.push((format!("{site}-{:02}.txt", number * 7 % N_DRAWN), text));
    }
    examples.into_iter().chain(drawn).collect()
}

fn inputs(articles: &[(String, String)]) -> Vec<Input> {
    let input = |(name, text): &(String, String)| Input::Bytes { name: name.clone(), bytes: text.clone().into_bytes() };
    articles.iter().map(input).collect()
}

fn at() -> Instant {
    Instant::new("2031-03-09T14:30:00.000000Z")
}

/// Options with the language model, where there is one.
fn options(test: &str) -> Option<Options> {
    model_folder(test).map(|model| Options { model: Some(model), ..Options::default() })
}

/// A folder with cases.
struct Room {
    folder: tempfile::TempDir,
    options: Options,
}

impl Room {
    fn new(test: &str) -> Option<Room> {
        Some(Room { options: options(test)?, folder: tempfile::tempdir().unwrap() })
    }

    fn path(&self, case: &str) -> PathBuf {
        self.folder.path().join(case)
    }

    fn read(&self, case: &str, articles: &[(String, String)], n_threads: usize) {
        let options = Options { n_threads: NonZeroUsize::new(n_threads), ..self.options.clone() };
        let into = ReadInto::default();
        case::read_into(&self.path(case), &inputs(articles), &options, into, &at, &|_| ()).unwrap();
    }

    fn correct(&self, case: &str, entries: &[Correction]) {
        case::correct(&self.path(case), entries, &self.options, &at).unwrap();
    }

    /// All answers of a case by their questions, and the whole reading.
    fn answers(&self, case: &str) -> BTreeMap<String, String> {
        let case = Case::open(&self.path(case)).unwrap();
        assert_eq!(case.check().unwrap(), []);
        let mut answers = BTreeMap::new();
        let mut put = |name: &str, question: &Question| {
            let answer = ask(&case, question).unwrap();
            answers.insert(name.to_string(), to_json(&answer).unwrap());
            answer
        };
        put("brief", &Question::Brief);
        put("log", &Question::Corrections { is_orphaned: false });
        let sources = put("sources", &Question::Sources { article: None, limit: 1_000 });
        let Answer::Sources(sources) = sources else { unreachable!("sources are asked for") };
        let mut ids: Vec<String> = sources.articles.into_iter().map(|article| article.id).collect();
        for id in &ids {
            put(&format!("sources of {id}"), &Question::Sources { article: Some(id.clone()), limit: 1_000 });
        }
        for layer in TargetLayer::OF_STORY {
            let query = ItemQuery { limit: 10_000, ..ItemQuery::default() };
            let items = put(layer.name(), &Question::Items(layer, query));
            let Answer::Items(_, items) = items else { unreachable!("items are asked for") };
            ids.extend(items.items.into_iter().map(|item| item.id));
        }
        let n_ids = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), n_ids, "an id names one thing");
        for id in ids {
            put(&format!("show {id}"), &Question::Show(id));
        }
        let searches = [
            "boats",
            "the",
            "class:demand",
            "party:Karsk class:threat",
            "speaker:Tellin",
            "\"six months\"",
            "\"joint commission\" from:2024-03-13",
            "date:2024-03-12",
            "40 lives",
        ];
        for search in searches {
            put(&format!("search {search}"), &Question::Search { query: search.parse().unwrap(), limit: 1_000 });
        }
        let reading = case::reading(&case, &self.options).unwrap();
        answers.insert("reading".to_string(), rapporteur_view::json::to_json(&reading).unwrap());
        answers
    }
}

/// The same answers to the same questions; else the first line that differs.
fn assert_same(name: &str, one: &BTreeMap<String, String>, other: &BTreeMap<String, String>) {
    for (question, answer) in one {
        let lines = answer.lines().zip(other.get(question).map_or("", String::as_str).lines());
        if let Some((line, (a, b))) = lines.enumerate().find(|(_, (a, b))| a != b) {
            panic!("{name}: {question}, line {}: {a} / {b}", line + 1);
        }
        assert_eq!(other.get(question).map(String::len), Some(answer.len()), "{name}: {question}");
    }
    assert_eq!(one.len(), other.len(), "{name}");
}

fn assert_law(room: &Room, seed: u64) {
    let name = |case: &str| format!("{case}-{seed}");
    let articles = articles(seed);
    room.read(&name("at-once"), &articles, 2);
    let at_once = room.answers(&name("at-once"));
    let reading: serde_json::Value = serde_json::from_str(&at_once["reading"]).unwrap();
    let text = reading.to_string();
    assert!(text.contains("\"repeated\"") && text.contains("\"inferred\":\""), "the drawn articles test too little");

    let backward: Vec<_> = articles.iter().rev().cloned().collect();
    room.read(&name("alone"), &backward, 1);
    assert_same("one thread, backward", &at_once, &room.answers(&name("alone")));

    room.read(&name("again"), &articles, 2);
    assert_same("a second run", &at_once, &room.answers(&name("again")));

    let mut shuffled = articles.clone();
    let mut random = Random(5);
    (1..shuffled.len()).rev().for_each(|last| shuffled.swap(last, random.below(last + 1)));
    for step in shuffled.chunks(3) {
        room.read(&name("in-steps"), step, 2);
    }
    assert_same("ten runs", &at_once, &room.answers(&name("in-steps")));

    let read = rapporteur_engine::read(&inputs(&articles), &room.options, &|_| ()).unwrap();
    let case = Case::open(&room.path(&name("in-steps"))).unwrap();
    assert!(case::reading(&case, &room.options).unwrap() == read);
    assert!(rapporteur_view::json::to_json(&read).unwrap() == at_once["reading"]);
}

#[test]
fn every_answer_is_the_same_however_the_articles_came_with_the_model() {
    let Some(room) = Room::new("every_answer_is_the_same_however_the_articles_came_with_the_model") else { return };
    for seed in SEEDS {
        assert_law(&room, seed);
    }
}

/// Corrections of several kinds, as somebody makes them who sees a case.
fn corrections(case: &Case) -> Vec<Correction> {
    let id_of = |search: &str| {
        let found = case.search_utterances(&search.parse().unwrap(), 1, 0, 1).unwrap();
        found.items.into_iter().next().unwrap().id
    };
    let drafts = [
        Draft::Merge(vec!["person/henrik-sole".into(), "person/celia-ansgar".into()]),
        Draft::Rename("state/karsk".into(), "Republic of Karsk".into()),
        Draft::Reject(id_of("class:demand")),
        Draft::Attribute(id_of("class:refusal"), Some("Jonas Hallek".into())),
        Draft::Tag("state/veldria".into(), "core".into()),
        Draft::Split("person/mara-telin".into(), vec!["lysmar-courier".into()]),
        Draft::Note("meridian-press".into(), "the wire".into()),
        Draft::Add(
            "lysmar-courier".into(),
            "Veldria would attend only if the boats were gone".into(),
            None,
            StatementClass::Demand,
        ),
    ];
    let entry = |(number, draft): (usize, &Draft)| {
        let at = Instant::new(format!("2031-03-09T15:{number:02}:00.000000Z"));
        draft.entry(case, "Dana", &at, None).unwrap()
    };
    drafts.iter().enumerate().map(entry).collect()
}

#[test]
fn corrections_give_the_same_before_and_after_articles_came_with_the_model() {
    let Some(room) = Room::new("corrections_give_the_same_before_and_after_articles_came_with_the_model") else {
        return;
    };
    let articles = articles(SEEDS[0]);
    let (examples, drawn) = articles.split_at(articles.len() - N_DRAWN);
    room.read("before", examples, 2);
    let entries = corrections(&Case::open(&room.path("before")).unwrap());
    for entry in &entries {
        room.correct("before", std::slice::from_ref(entry));
    }
    for step in drawn.chunks(9) {
        room.read("before", step, 2);
    }
    room.read("after", &articles, 2);
    room.correct("after", &entries);
    // The log is there before most of the articles that it speaks of.
    room.read("between", &drawn[..5], 2);
    room.correct("between", &entries);
    room.read("between", &articles, 2);
    let after = room.answers("after");
    assert_same("before", &after, &room.answers("before"));
    assert_same("between", &after, &room.answers("between"));
}
