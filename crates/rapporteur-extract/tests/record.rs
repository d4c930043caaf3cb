//! Linguistic cases: text in, record out. The cases stand in Markdown files beside this one.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use common::parses;
use rapporteur_extract::extract;
use rapporteur_model::{Article, CivilDate, Evidence, Evidenced, Furniture, FurnitureKind, Record, Span, TimexAnchor};
use rapporteur_testkit::article;
use std::fmt::Write;

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
