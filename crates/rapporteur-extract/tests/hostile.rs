//! Texts and trees that nobody wrote in good faith: nothing panics, and work grows with the length of the text.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use common::{document, parses};
use rapporteur_extract::{Knowledge, Scope, extract, extract_with};
use rapporteur_model::{CivilDate, Evidence, Evidenced, Record};
use rapporteur_testkit::article;
use rapporteur_text::{Document, EntityTag, TokenAnnotation};
use serde_json::Value;
use std::collections::HashMap;

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
        // Clauses inside clauses would else give the square of the text.
        let clauses = record.predications.iter().flat_map(|predication| [predication.object, predication.condition]);
        let evidence = record.stances.iter().map(|stance| stance.evidence);
        assert!(clauses.flatten().chain(evidence).all(|span| span.len_bytes() < 20_000));
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
