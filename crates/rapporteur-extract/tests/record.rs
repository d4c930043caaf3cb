//! Linguistic cases: text in, record out. The cases stand in Markdown files beside this one.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use rapporteur_extract::{Knowledge, Scope, extract, extract_with};
use rapporteur_model::{Article, CivilDate, Evidence, Evidenced, Furniture, FurnitureKind, Record, Span, TimexAnchor};
use rapporteur_testkit::article;
use rapporteur_text::{Document, EntityTag, TokenAnnotation};
use serde_json::Value;
use std::collections::HashMap;
use std::fmt::Write;

/// The kept parses by their texts.
fn parses() -> HashMap<String, Document> {
    include_str!("parses.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).map(document).collect()
}

fn document(parse: Value) -> (String, Document) {
    let text = parse["text"].as_str().unwrap().to_string();
    let mut builder = Document::builder(&text);
    for row in parse["tokens"].as_array().unwrap() {
        let column = |n: usize| row[n].as_str().unwrap();
        builder.push(TokenAnnotation {
            text: column(0),
            whitespace: column(1) == " ",
            norm: column(2),
            tag: column(3),
            pos: column(4),
            morph: column(5),
            lemma: column(6),
            dep: column(7),
            head: usize::try_from(row[8].as_u64().unwrap()).unwrap(),
            is_sentence_start: row[9] == 1,
            entity_tag: match column(10) {
                "B" => EntityTag::Begin,
                "I" => EntityTag::Inside,
                _ => EntityTag::Outside,
            },
            entity_type: column(11),
        });
    }
    let doc = builder.finish().unwrap();
    (text, doc)
}

/// A case of a Markdown file: heading, quoted text, lines of it that are furniture, expected lines.
struct Case {
    heading: String,
    text: String,
    /// The day that the article states, for the cases of time.
    published: Option<CivilDate>,
    furniture: Vec<String>,
    expected: Vec<String>,
}

fn cases(file: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in file.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            cases.push(Case {
                heading: heading.into(),
                text: String::new(),
                published: None,
                furniture: Vec::new(),
                expected: Vec::new(),
            });
        } else if let (Some(case), Some(quoted)) = (cases.last_mut(), line.strip_prefix('>')) {
            if !case.text.is_empty() {
                case.text.push('\n');
            }
            case.text.push_str(quoted.strip_prefix(' ').unwrap_or(quoted));
        } else if let (Some(case), Some(date)) = (cases.last_mut(), line.strip_prefix("Published: ")) {
            case.published = Some(CivilDate::try_from(date.to_string()).unwrap());
        } else if let (Some(case), Some(expected)) = (cases.last_mut(), line.strip_prefix("- ")) {
            case.expected.push(expected.into());
        } else if let (Some(case), Some(furniture)) = (cases.last_mut(), line.strip_prefix("* ")) {
            case.furniture.push(furniture.into());
        }
    }
    cases
}

/// The article of a case, with its furniture.
fn article_of(case: &Case) -> Article {
    let mut article = article("a", &case.text);
    article.published = case.published.map(|value| Evidenced { value, evidence: Evidence::Given });
    for line in &case.furniture {
        let is_line = |span: &&Span| span.of(&case.text) == line;
        let span = *article.paragraphs.iter().find(is_line).expect("furniture repeats a line of its text");
        article.furniture.push(Furniture { span, kind: FurnitureKind::Caption });
    }
    article
}

fn word(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_string()
}

fn statement_lines(record: &Record, text: &str) -> Vec<String> {
    let words = |span: Option<Span>| span.map_or("", |span| span.of(text)).to_string();
    let line = |statement: &rapporteur_model::Statement| {
        let content: Vec<&str> = statement.content.iter().map(|span| span.of(text)).collect();
        let speaker = statement.speaker.map_or("", |idx| record.actors[idx.0 as usize].name.as_str());
        let kind = format!("{}, {}", word(statement.kind), word(statement.class));
        format!(
            "{kind} | {} | {} | {} | {speaker}",
            words(statement.source),
            words(statement.cue),
            content.join(" // ")
        )
    };
    record.statements.iter().map(line).collect()
}

fn event_lines(record: &Record, text: &str) -> Vec<String> {
    let line = |event: &rapporteur_model::Event| {
        let predication = &record.predications[event.predication.0 as usize];
        let names = |arguments: &[rapporteur_model::Argument]| {
            arguments.iter().map(|argument| argument.span.of(text)).collect::<Vec<_>>().join(", ")
        };
        let mode = event.mode.as_ref().map_or(String::new(), |mode| format!(" {mode}"));
        let what = format!("{}{mode}, {}", event.kind.name(), word(predication.status));
        let (sources, targets) = (names(&predication.sources), names(&predication.targets));
        let mut line = format!("{what} | {sources} | {} | {targets}", predication.trigger.of(text));
        if predication.polarity == rapporteur_model::Polarity::Negative {
            line += " | no";
        }
        for (name, span) in [("place", predication.place), ("condition", predication.condition)] {
            if let Some(span) = span {
                line += &format!(" | {name}: {}", span.of(text));
            }
        }
        line
    };
    record.events.iter().map(line).collect()
}

fn stance_lines(record: &Record, text: &str) -> Vec<String> {
    let line = |stance: &rapporteur_model::Stance| {
        let parties: Vec<&str> =
            stance.parties.iter().map(|party| record.actors[party.0 as usize].name.as_str()).collect();
        let object = stance.object.as_ref().map_or(String::new(), |object| {
            let not = if object.is_negated { "not " } else { "" };
            format!("{not}{} ({})", object.head, object.arguments.join(", "))
        });
        let mut line = format!("{} | {} | {object}", stance.kind.name(), parties.join(", "));
        if let Some(condition) = stance.condition {
            line += &format!(" | condition: {}", condition.of(text));
        }
        format!("{line} | {}", stance.evidence.of(text))
    };
    record.stances.iter().map(line).collect()
}

fn circumstance_lines(record: &Record, text: &str) -> Vec<String> {
    let line = |statement: &rapporteur_model::Statement| {
        let told = [
            ("addressee", statement.addressee),
            ("medium", statement.medium),
            ("occasion", statement.occasion),
            ("relay", statement.relay),
            ("time", statement.time),
        ];
        let words = |(name, span): (&str, Option<Span>)| span.map(|span| format!("{name}: {}", span.of(text)));
        let mut parts: Vec<String> = told.into_iter().filter_map(words).collect();
        parts.extend(Some(word(statement.polarity)).filter(|polarity| polarity != "pos"));
        parts.extend(Some(word(statement.uttered)).filter(|uttered| uttered != "actual"));
        let outer = record.statements.iter().find(|outer| Some(&outer.id) == statement.nested_in.as_ref());
        let cue = |statement: &rapporteur_model::Statement| statement.cue.map_or("", |cue| cue.of(text));
        parts.extend(outer.map(|outer| format!("in {}", cue(outer))));
        format!("{} | {}", cue(statement), parts.join(", "))
    };
    record.statements.iter().map(line).collect()
}

fn actor_lines(record: &Record, text: &str) -> Vec<String> {
    let line = |actor: &rapporteur_model::ArticleActor| {
        let mention = |idx: &rapporteur_model::MentionIdx| record.mentions[idx.0 as usize].span.of(text);
        let mentions: Vec<&str> = actor.mentions.iter().map(mention).collect();
        let [key, allegiance] = [&actor.entity_key, &actor.allegiance].map(|key| key.as_deref().unwrap_or(""));
        let name = if actor.is_named { actor.name.clone() } else { format!("({})", actor.name) };
        format!(
            "{}, {name} | {key} | {} | {allegiance} | {}",
            word(actor.kind),
            actor.roles.join(", "),
            mentions.join(", ")
        )
    };
    record.actors.iter().map(line).collect()
}

/// One line for each mention, and one for what was odd about the text.
fn link_lines(record: &Record, text: &str) -> Vec<String> {
    let line = |mention: &rapporteur_model::Mention| {
        let words = mention.span.of(text);
        let actor = mention.actor.map(|idx| record.actors[idx.0 as usize].name.as_str());
        match (actor, mention.link, mention.unresolved) {
            (Some(actor), Some(link), None) => {
                format!("{words} | {actor} | {} | {}", word(link.reason), word(link.confidence))
            }
            (None, None, Some(unresolved)) => format!("{words} | ({})", word(unresolved)),
            other => panic!("neither linked nor open: {other:?}"),
        }
    };
    let odd = |diagnostic: &rapporteur_model::Diagnostic| {
        format!("! {}: {}", diagnostic.span.map_or("", |span| span.of(text)), diagnostic.message)
    };
    record.mentions.iter().map(line).chain(record.diagnostics.iter().map(odd)).collect()
}

fn quantity_lines(record: &Record, text: &str) -> Vec<String> {
    let line = |quantity: &rapporteur_model::Quantity| {
        let words = |span: Option<Span>| span.map_or("", |span| span.of(text));
        let upper = quantity.upper.as_ref().map_or(String::new(), |upper| format!(" to {upper}"));
        let modifier = word(quantity.modifier);
        let modifier = if modifier == "exact" { String::new() } else { format!(", {modifier}") };
        let value = format!("{}{upper}{modifier}", quantity.value);
        format!("{} | {value} | {} | {}", quantity.span.of(text), words(quantity.unit), words(quantity.referent))
    };
    record.quantities.iter().map(line).collect()
}

fn code_lines(record: &Record, _text: &str) -> Vec<String> {
    let line = |actor: &rapporteur_model::ArticleActor| {
        let part = |part: fn(&rapporteur_model::ActorCode) -> &Option<String>| {
            actor.code.as_ref().and_then(|code| part(code).as_deref()).unwrap_or("---")
        };
        format!("{} | {} {}", actor.name, part(|code| &code.affiliation), part(|code| &code.role))
    };
    record.actors.iter().map(line).collect()
}

/// One line for each expression of time, and one for a date that the text forces.
fn time_lines(record: &Record, text: &str) -> Vec<String> {
    let line = |timex: &rapporteur_model::Timex| {
        let mut parts = vec![timex.span.of(text).to_string(), word(timex.kind), timex.value.clone()];
        parts.extend(timex.modifier.map(word));
        parts.extend(timex.quantifier.clone());
        parts.extend(timex.frequency.clone());
        parts.extend(match timex.anchor {
            TimexAnchor::Own => None,
            TimexAnchor::Published => Some("published".to_string()),
            TimexAnchor::Timex(idx) => Some(record.timexes[idx.0 as usize].span.of(text).to_string()),
        });
        parts.join(" | ")
    };
    let forced = record.inferred_date.iter().map(|date| match &date.evidence {
        Evidence::Inferred(reason) => format!("! {}: {reason}", date.value),
        other => panic!("a date that is not inferred: {other:?}"),
    });
    record.timexes.iter().map(line).chain(forced).collect()
}

/// Runs the cases of a file; tells every difference at once.
fn check(file: &str, lines_of: impl Fn(&Record, &str) -> Vec<String>) {
    let parses = parses();
    let mut differences = String::new();
    for case in cases(file) {
        let article = article_of(&case);
        let doc =
            parses.get(&case.text).unwrap_or_else(|| panic!("no parse of {:?}: run parse_cases.py", case.heading));
        let found = lines_of(&extract(&article, doc), &case.text);
        let found: Vec<String> = found.iter().map(|line| line.trim_end().replace('\n', "¶")).collect();
        if found != case.expected {
            writeln!(differences, "\n## {}\n- {}", case.heading, found.join("\n- ")).unwrap();
        }
    }
    assert!(differences.is_empty(), "other than expected:{differences}");
}

#[test]
fn statements() {
    check(include_str!("statements.md"), statement_lines);
}

#[test]
fn quotations() {
    check(include_str!("quotations.md"), statement_lines);
}

#[test]
fn circumstances() {
    check(include_str!("circumstances.md"), circumstance_lines);
}

#[test]
fn times() {
    check(include_str!("times.md"), time_lines);
}

#[test]
fn stances() {
    check(include_str!("stances.md"), stance_lines);
}

#[test]
fn events() {
    check(include_str!("events.md"), event_lines);
}

#[test]
fn actors() {
    check(include_str!("actors.md"), actor_lines);
}

#[test]
fn links() {
    check(include_str!("links.md"), link_lines);
}

#[test]
fn quantities() {
    check(include_str!("quantities.md"), quantity_lines);
}

#[test]
fn codes() {
    check(include_str!("codes.md"), code_lines);
}

#[test]
fn furniture_holds_no_statement_but_a_title_does() {
    let text = "Karsk says canal will stay closed\n\nThe canal was closed on Monday after a storm damaged two locks.";
    let doc = &parses()[text];
    let mut article = article("a", text);
    let title = article.paragraphs[0];
    article.title = Some(Evidenced { value: title.of(text).into(), evidence: Evidence::Stated(title) });
    article.furniture = vec![Furniture { span: title, kind: FurnitureKind::Title }];
    assert_eq!(extract(&article, doc).statements.len(), 1);
    article.furniture = vec![Furniture { span: title, kind: FurnitureKind::LinkBox }];
    assert!(extract(&article, doc).statements.is_empty());
}

#[test]
fn a_parse_of_another_text_gives_an_empty_record() {
    let parses = parses();
    let doc = parses.values().next().unwrap();
    let record = extract(&article("a", "Something else."), doc);
    assert!(record.statements.is_empty() && record.mentions.is_empty());
    assert_eq!(record.diagnostics.len(), 1);
}

/// Pseudo-random numbers with a fixed seed (xorshift, Marsaglia 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }

    fn pick<'p>(&mut self, from: &[&'p str]) -> &'p str {
        from[self.below(from.len())]
    }
}

const WORDS: [&str; 64] = [
    "said",
    "says",
    "Vale",
    "Oren",
    "he",
    "she",
    "they",
    "it",
    "that",
    "to",
    "warned",
    "accused",
    "of",
    "for",
    "according",
    "Norway",
    "Norwegian",
    "Oslo",
    "minister",
    "the",
    "officials",
    "demand",
    "\"",
    "“",
    "”",
    "''",
    "'",
    "’",
    "«",
    "»",
    ",",
    ".",
    ":",
    "\n",
    "\n\n",
    "—",
    "(",
    ")",
    "is",
    "日本🙂",
    "two",
    "hundred",
    "and",
    "thousands",
    "billion",
    "-",
    "half",
    "a",
    "100,000",
    "1,,,2",
    "１２",
    "99999999999999999999999999999999999999",
    "999999999999999999",
    "3/8",
    "20–30",
    "$",
    "%",
    "per",
    "one",
    "first",
    "troops",
    "more",
    "than",
    "twenty",
];
const TAGS: [&str; 14] = ["VBD", "VBZ", "VBG", "VBN", "VB", "NN", "NNS", "NNP", "PRP", "PRP$", "DT", "CC", "TO", "JJ"];
const PARTS: [&str; 11] = ["VERB", "AUX", "NOUN", "PROPN", "PRON", "DET", "ADJ", "ADP", "PUNCT", "CCONJ", "SPACE"];
const RELATIONS: [&str; 22] = [
    "nsubj",
    "nsubjpass",
    "dobj",
    "ccomp",
    "xcomp",
    "advcl",
    "conj",
    "cc",
    "prep",
    "pobj",
    "appos",
    "relcl",
    "acl",
    "aux",
    "auxpass",
    "mark",
    "poss",
    "compound",
    "punct",
    "parataxis",
    "oprd",
    "acomp",
];
const ENTITIES: [&str; 6] = ["PERSON", "ORG", "GPE", "NORP", "DATE", ""];

/// How the heads of a random tree lie.
#[derive(Clone, Copy)]
enum Shape {
    Chain,
    Any,
    Star,
}

/// Words in any order with any labels, heads anywhere before or after without circles.
fn garbage(random: &mut Random, n_tokens: usize, shape: Shape, words: &[&str]) -> (String, Document) {
    let words: Vec<&str> = (0..n_tokens).map(|_| random.pick(words)).collect();
    let spaces: Vec<bool> = words.iter().map(|_| random.below(4) > 0).collect();
    let text: String =
        words.iter().zip(&spaces).map(|(word, space)| format!("{word}{}", if *space { " " } else { "" })).collect();
    let mut builder = Document::builder(&text);
    let falls = random.below(2) == 0;
    for (idx, word) in words.iter().enumerate() {
        let head = match (shape, falls) {
            (Shape::Star, _) => n_tokens / 2,
            (Shape::Chain, true) => idx.saturating_sub(1),
            (Shape::Chain, false) => (idx + 1).min(n_tokens - 1),
            (Shape::Any, true) => random.below(idx + 1),
            (Shape::Any, false) => idx + random.below(n_tokens - idx),
        };
        builder.push(TokenAnnotation {
            text: word,
            whitespace: spaces[idx],
            tag: random.pick(&TAGS),
            pos: random.pick(&PARTS),
            dep: random.pick(&RELATIONS),
            head,
            is_sentence_start: n_tokens < 1000 && random.below(12) == 0,
            entity_tag: [EntityTag::Begin, EntityTag::Inside, EntityTag::Outside][random.below(3)],
            entity_type: random.pick(&ENTITIES),
            ..Default::default()
        });
    }
    let doc = builder.finish().unwrap();
    (text, doc)
}

#[test]
fn no_text_and_no_tree_makes_it_panic() {
    let mut random = Random(1_815);
    for round in 0..4_000 {
        let n_tokens = 1 + random.below(120);
        let (text, doc) = garbage(
            &mut random,
            n_tokens,
            [Shape::Any, Shape::Any, Shape::Any, Shape::Chain, Shape::Star][round % 5],
            &WORDS,
        );
        let scope = [Scope::Statement, Scope::Attitude][round % 2];
        let record = extract_with(&article("a", &text), &doc, Knowledge::builtin(), scope);
        for statement in &record.statements {
            let circumstances =
                [statement.addressee, statement.medium, statement.occasion, statement.relay, statement.time];
            let spans = statement.content.iter().chain(&statement.quoted).chain(&statement.source);
            let mut spans = spans.chain(&statement.cue).copied().chain(circumstances.into_iter().flatten());
            assert!(spans.all(|span| !span.of(&text).is_empty()), "{statement:?}");
            assert!(statement.content.is_sorted_by(|a, b| a.end <= b.start), "{:?}", statement.content);
        }
        let ids: std::collections::HashSet<_> = record.statements.iter().map(|statement| &statement.id).collect();
        assert_eq!(ids.len(), record.statements.len());
        assert_nested_without_circles(&record);
        for quantity in &record.quantities {
            let parts = [quantity.unit, quantity.referent];
            assert!(parts.into_iter().flatten().all(|span| !span.of(&text).is_empty()), "{quantity:?}");
        }
        assert!(record.quantities.is_sorted_by(|a, b| a.span.end <= b.span.start), "{:?}", record.quantities);
        assert!(record.mentions.is_sorted_by(|a, b| a.span.end <= b.span.start));
        assert!(record.mentions.iter().all(|mention| mention.span.contains(mention.head)));
        let is_told = |mention: &rapporteur_model::Mention| {
            mention.actor.is_some() == mention.link.is_some() && mention.actor.is_none() == mention.unresolved.is_some()
        };
        assert!(record.mentions.iter().all(is_told));
    }
}

/// Each chain of statements inside statements ends.
fn assert_nested_without_circles(record: &Record) {
    let outer_of: HashMap<_, _> =
        record.statements.iter().map(|statement| (&statement.id, statement.nested_in.as_ref())).collect();
    for statement in &record.statements {
        let mut at = Some(&statement.id);
        for _ in 0..=record.statements.len() {
            at = at.and_then(|id| outer_of[id]);
        }
        assert_eq!(at, None, "{statement:?}");
    }
}

/// Finishes at once, or not before the test runner gives up: work must not grow with the square of the length.
#[test]
fn long_hostile_trees_are_read() {
    let mut random = Random(7);
    for shape in [Shape::Chain, Shape::Any, Shape::Star] {
        let (text, doc) = garbage(&mut random, 60_000, shape, &WORDS);
        let record = extract(&article("a", &text), &doc);
        assert_eq!(record.n_tokens, 60_000);
    }
}

/// Words of events, of those who take part, and of what tells whether they happened.
const EVENT_WORDS: [&str; 44] = [
    "attack",
    "attacked",
    "attacks",
    "talks",
    "held",
    "hold",
    "meeting",
    "threatened",
    "threat",
    "of",
    "for",
    "on",
    "against",
    "between",
    "and",
    "with",
    "to",
    "if",
    "would",
    "must",
    "not",
    "demanded",
    "demand",
    "sanctions",
    "imposed",
    "lifted",
    "troops",
    "withdrew",
    "Norway",
    "Norwegian",
    "Fiji",
    "Vale",
    "it",
    "they",
    "said",
    "we",
    "agreed",
    "rejected",
    "offer",
    "Monday",
    "red",
    "line",
    ",",
    ".",
];

/// As above, with triggers, slots and conditions at every other word.
#[test]
fn long_hostile_events_are_read() {
    let mut random = Random(11);
    for shape in [Shape::Chain, Shape::Any, Shape::Star] {
        let (text, doc) = garbage(&mut random, 60_000, shape, &EVENT_WORDS);
        let record = extract(&article("a", &text), &doc);
        assert_eq!(record.n_tokens, 60_000);
    }
}

/// Words and figures of time.
const TIME_WORDS: [&str; 60] = [
    "Monday",
    "May",
    "March",
    "second",
    "the",
    "last",
    "next",
    "this",
    "of",
    "year",
    "years",
    "week",
    "quarter",
    "day",
    "ago",
    "later",
    "earlier",
    "early",
    "end",
    "first",
    "twenty",
    "-",
    "four",
    "hundred",
    "nineteen",
    "1996",
    "0",
    "99999999999999999999",
    "2022/01/10",
    "2022-02-30",
    "29/02/1900",
    "12:60",
    "24:00",
    "9:15",
    "a.m.",
    "'96",
    "1990s",
    "century",
    "fiscal",
    "every",
    "daily",
    "today",
    "yesterday",
    "night",
    "Easter",
    "weekend",
    "until",
    "since",
    "'s",
    "about",
    "or",
    "million",
    "2999",
    "12",
    "31",
    "Dec.",
    "decades",
    "31st",
    "İ12",
    "٣",
];

#[test]
fn no_text_of_times_makes_it_panic() {
    let mut random = Random(1_582);
    for round in 0..3_000 {
        let n_tokens = 1 + random.below(60);
        let shape = [Shape::Any, Shape::Chain, Shape::Star][round % 3];
        let (text, doc) = garbage(&mut random, n_tokens, shape, &TIME_WORDS);
        let mut article = article("a", &text);
        let dates = [
            None,
            CivilDate::day(1, 1, 1),
            CivilDate::day(9999, 12, 31),
            CivilDate::day(2024, 2, 29),
            CivilDate::month(1998, 3),
        ];
        article.published = dates[round % 5].map(|value| Evidenced { value, evidence: Evidence::Given });
        let record = extract(&article, &doc);
        assert!(record.timexes.is_sorted_by(|a, b| a.span.end <= b.span.start));
        for timex in &record.timexes {
            assert!(!timex.span.of(&text).is_empty() && (1..60).contains(&timex.value.len()), "{timex:?}");
        }
    }
}

/// However long a text of times is and whatever its tree, each is looked at a bounded number of times.
#[test]
fn long_texts_of_times_are_read() {
    let mut random = Random(11);
    let runs: [&[&str]; 4] = [&["Monday"], &["Monday", "'s", "12", "March"], &["twenty", "-"], &TIME_WORDS];
    for (words, shape) in runs.into_iter().zip([Shape::Star, Shape::Star, Shape::Chain, Shape::Any]) {
        let (text, doc) = garbage(&mut random, 100_000, shape, words);
        let record = extract(&article("a", &text), &doc);
        assert!(record.timexes.len() > 1_000 || words.len() == 2, "{}", record.timexes.len());
    }
}

/// Many statements must not cost the square of their number.
#[test]
fn an_article_of_many_statements_is_read() {
    let line = include_str!("parses.jsonl").lines().next().unwrap();
    let mut parse: Value = serde_json::from_str(line).unwrap();
    let (sentence, tokens) = (parse["text"].as_str().unwrap().to_string(), parse["tokens"].as_array().unwrap().clone());
    let n = 20_000;
    let mut rows = Vec::with_capacity(n * tokens.len());
    for nth in 0..n {
        for row in &tokens {
            let mut row = row.clone();
            row[8] = (row[8].as_u64().unwrap() + (nth * tokens.len()) as u64).into();
            rows.push(row);
        }
        rows.last_mut().unwrap()[1] = " ".into();
    }
    parse["tokens"] = rows.into();
    parse["text"] = format!("{sentence} ").repeat(n).into();
    let (text, doc) = document(parse);
    assert_eq!(extract(&article("a", &text), &doc).statements.len(), n);
}

#[test]
fn the_same_text_gives_the_same_record() {
    for (text, doc) in parses() {
        let article = article("a", &text);
        assert_eq!(extract(&article, &doc), extract(&article, &doc));
    }
}
