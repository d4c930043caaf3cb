//! The brief that a reading gives, as types and as text.

mod common;

use rapporteur_model::{Reading, Span, StatementId, Uttered};
use rapporteur_view::brief::{Identity, Style, brief, to_text};

#[test]
fn the_brief_reads_as_expected() {
    let brief = brief(&common::reading()).unwrap();
    common::compare("brief-80.txt", &to_text(&brief, Style { width: 80, color: false }));
    common::compare("brief-40.txt", &to_text(&brief, Style { width: 40, color: false }));
}

#[test]
fn copies_of_one_text_are_one_entry_with_every_place() {
    let brief = brief(&common::reading()).unwrap();
    assert_eq!((brief.n_texts, brief.n_entries, brief.n_reports), (2, 9, 10));
    let voryabin = &brief.speakers[1];
    assert!(matches!(&voryabin.identity, Identity::Actor { name, .. } if name == "Alexei Voryabin"));
    let threat = &voryabin.entries[0];
    // The fullest report is that of the wire.
    assert_eq!(threat.words, "“If there is no answer by April 11, not one barge will pass”");
    let places: Vec<_> =
        threat.places.iter().map(|p| (p.article_idx, p.paragraph, p.unresolved_source.as_deref())).collect();
    assert_eq!(places, [(0, Some(1), Some("he")), (2, Some(3), None)]);
}

#[test]
fn each_line_tells_how_many_origins_it_has() {
    let mut reading = common::reading();
    let text = |reading: &Reading| to_text(&brief(reading).unwrap(), Style { width: 200, color: false });
    let one = text(&reading);
    assert!(one.contains("copy ¶1 (as “he”), wire ¶3; single origin"), "{one}");
    assert!(one.contains("All of them may rest on a single origin"), "{one}");
    for utterance in &mut reading.story.utterances {
        (utterance.support.n_origins_min, utterance.support.n_origins_max) = (2, 3);
    }
    let several = text(&reading);
    assert!(several.contains("; 2 to 3 origins"), "{several}");
    assert!(several.contains("Every statement rests on two or more independent origins."), "{several}");
}

#[test]
fn a_report_in_other_words_is_told_as_one() {
    let mut reading = common::reading();
    let same = to_text(&brief(&reading).unwrap(), Style { width: 200, color: false });
    assert!(!same.contains("in other words"), "{same}");
    let copied = &mut reading.records[0].statements[0];
    let first = copied.content[0];
    copied.content = vec![Span::new(first.start.get(), first.start.get() + 30)];
    copied.quoted.clear();
    let reworded = to_text(&brief(&reading).unwrap(), Style { width: 200, color: false });
    assert!(reworded.contains("in other words copy ¶1"), "{reworded}");
}

#[test]
fn two_reports_in_one_paragraph_are_one_place() {
    let mut reading = common::reading();
    let mut again = reading.records[2].statements[0].clone();
    again.id = StatementId::new("again");
    reading.story.utterances[0].reports.push(again.id.clone());
    reading.records[2].statements.push(again);
    let text = to_text(&brief(&reading).unwrap(), Style { width: 200, color: false });
    assert!(text.contains("copy ¶1 (as “he”), wire ¶3; single origin"), "{text}");
}

#[test]
fn what_the_story_says_of_something_that_is_not_there_is_an_error() {
    let mut reading = common::reading();
    reading.story.positions[0].stances[0].reports[0].stance = rapporteur_model::StanceIdx(99);
    let message = brief(&reading).unwrap_err().to_string();
    assert!(message.contains("the stance of a position leads nowhere"), "{message}");
    let mut reading = common::reading();
    reading.story.timeline[0].words.span = Span::new(0, 1_000_000);
    assert!(brief(&reading).is_err());
    let mut reading = common::reading();
    reading.story.positions[0].party = rapporteur_model::ActorId::new("nobody");
    assert!(brief(&reading).unwrap_err().to_string().contains("there is no actor nobody"));
}

#[test]
fn circumstances_are_told_once_and_in_the_articles_words() {
    let reading = common::reading();
    let text = to_text(&brief(&reading).unwrap(), Style { width: 200, color: false });
    let told = "“will tell” (to the owners, on Friday, after the talks, in a letter, via the Courier): announcement, indirect, planned; report ¶5";
    assert!(text.contains(told), "{text}");
    let mut reading = reading;
    let statement = reading.records[1].statements.last_mut().unwrap();
    (statement.time, statement.uttered) = (statement.occasion, Uttered::Negated);
    (statement.medium, statement.relay, statement.addressee) = (None, None, None);
    let text = to_text(&brief(&reading).unwrap(), Style { width: 200, color: false });
    assert!(text.contains("“will tell” (after the talks): announcement, indirect, not said;"), "{text}");
}

#[test]
fn a_statement_inside_one_that_is_not_there_is_an_error() {
    let mut reading = common::reading();
    reading.records[1].statements.last_mut().unwrap().nested_in = Some(StatementId::new("elsewhere"));
    assert!(brief(&reading).unwrap_err().to_string().contains("leads nowhere"));
}

#[test]
fn a_spokesperson_is_shown_with_whom_it_speaks_for() {
    let mut reading = common::reading();
    reading.story.actors[1].spokesperson_of = Some(reading.story.actors[2].id.clone());
    let text = to_text(&brief(&reading).unwrap(), Style { width: 120, color: false });
    assert!(text.contains("\nAlexei Voryabin (Deputy Foreign Minister, speaks for Veldria, KSK)\n"), "{text}");
    assert!(text.contains("\nMara Tellin (speaks for Veldria)\n"), "{text}");
    reading.story.actors[1].spokesperson_of = Some(rapporteur_model::ActorId::new("nobody"));
    assert!(brief(&reading).unwrap_err().to_string().contains("no actor nobody"));
}

#[test]
fn quotation_marks_come_back_where_the_article_has_them() {
    let brief = brief(&common::reading()).unwrap();
    let words: Vec<&str> = brief.speakers[0].entries.iter().map(|entry| entry.words.as_str()).collect();
    assert_eq!(words[0], "her government would ''never trade sovereignty for a shipping lane,'' naïvely");
    assert_eq!(words[1], "“Let us see what the numbers say” … “and then talk”");
    assert_eq!(words[3], "her government would “never trade sovereignty for a shipping lane,” naïvely — 漢字 🙂");
}

#[test]
fn copies_of_an_event_and_of_a_stance_are_one_entry_with_every_place() {
    let brief = brief(&common::reading()).unwrap();
    let events: Vec<_> = brief.events.iter().map(|event| (event.kind.name(), event.places.len())).collect();
    assert_eq!(events, [("CONSULT", 1), ("REJECT", 2), ("THREATEN", 1)]);
    // Who speaks for an actor of the story voices what that one holds.
    let party = |sought: &str| {
        let is_sought = |identity: &Identity| matches!(identity, Identity::Actor { name, .. } if name == sought);
        brief.parties.iter().find(|party| is_sought(&party.identity)).unwrap()
    };
    let (veldria, voryabin) = (party("Veldria"), party("Alexei Voryabin"));
    assert_eq!((veldria.entries.len(), veldria.entries[0].places.len()), (1, 2));
    assert_eq!(veldria.entries[0].voice.as_deref(), Some("Mara Tellin"));
    assert_eq!(voryabin.entries[0].condition.as_deref(), Some("If there is no answer by April 11"));
}

#[test]
fn one_happening_told_in_other_words_is_one_entry_unless_it_may_be_another_day() {
    let n_threats = |change: fn(&mut rapporteur_model::Predication)| {
        let mut reading = common::reading();
        let record = &mut reading.records[2];
        let mut predication = record.predications[0].clone();
        predication.object = None;
        change(&mut predication);
        let idx = rapporteur_model::PredicationIdx(record.predications.len() as u32);
        record.predications.push(predication);
        record.events.push(rapporteur_model::Event { predication: idx, ..record.events[0].clone() });
        let brief = brief(&reading).unwrap();
        brief.events.iter().filter(|event| event.kind.name() == "THREATEN").count()
    };
    assert_eq!(n_threats(|_| ()), 1, "the same frame on the same day");
    assert_eq!(n_threats(|predication| predication.time = None), 2, "on an unknown day");
    assert_eq!(n_threats(|predication| predication.status = rapporteur_model::Status::Planned), 2, "still to come");
    assert_eq!(n_threats(|predication| predication.sources.clear()), 2, "by nobody who is told");
}

#[test]
fn what_is_denied_comes_after_what_is_told_as_fact() {
    let mut reading = common::reading();
    let record = &mut reading.records[2];
    for event in &mut record.events {
        event.kind = rapporteur_model::EventType::Reject;
    }
    let brief = brief(&reading).unwrap();
    let statuses: Vec<&str> = brief.events.iter().map(|event| event.status.as_str()).collect();
    assert_eq!(statuses, ["happened", "hypothetical", "denied"]);
}

#[test]
fn an_offer_is_not_counted_among_the_agreements() {
    use rapporteur_model::EventType;
    let mut reading = common::reading();
    let event = reading.records[2].events[2].clone();
    for (mode, kind) in [(None, EventType::Agree), (Some("offer".to_string()), EventType::Agree)] {
        reading.records[2].events.push(rapporteur_model::Event { mode, kind, ..event.clone() });
    }
    let text = to_text(&brief(&reading).unwrap(), Style::default());
    assert!(text.contains("\n  AGREE 1 ") && text.contains("\n  AGREE offers 1 "), "{text}");
}

#[test]
fn nothing_is_dropped_without_a_word() {
    let mut reading = common::reading();
    let template = reading.records[1].statements[2].clone();
    let text = "x ".repeat(200) + &reading.articles[1].text;
    reading.articles[1] = common::article("report", &text);
    reading.records[1].statements = (0..100)
        .map(|n| {
            let span = Span::new(2 * n, 2 * n + 1 + n % 2);
            rapporteur_model::Statement {
                content: vec![Span::new(0, span.end.get())],
                quoted: vec![],
                ..template.clone()
            }
        })
        .collect();
    reading.story.passages.clear();
    let brief = brief(&reading).unwrap();
    assert_eq!(brief.speakers.last().unwrap().entries.len(), 100);
    let text = to_text(&brief, Style::default());
    assert!(text.contains("… and 20 more (--json has all)"), "{text}");
}

#[test]
fn colour_comes_only_when_asked_for() {
    let brief = brief(&common::reading()).unwrap();
    assert!(!to_text(&brief, Style::default()).contains('\x1b'));
    assert!(to_text(&brief, Style { color: true, ..Style::default() }).contains("\x1b[1mARTICLES\x1b[0m"));
}

#[test]
fn hostile_text_steers_no_terminal() {
    let text = to_text(&brief(&common::hostile()).unwrap(), Style::default());
    assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
    assert!(!text.contains('\u{202e}') && !text.contains('\u{2066}'));
}

#[test]
fn an_empty_reading_is_said_to_be_empty() {
    let text = to_text(&brief(&Reading::default()).unwrap(), Style::default());
    assert_eq!(text, "0 articles.\n");
}

#[test]
fn a_span_of_another_text_is_an_error() {
    let mut reading = common::reading();
    reading.records[0].statements[0].content[0] = Span::new(3, 100_000);
    let error = brief(&reading).unwrap_err().to_string();
    assert!(error.contains("id-copy") && error.contains("3..100000"), "{error}");
}

#[test]
fn articles_in_other_languages_are_said_not_to_be_analysed() {
    let mut reading = common::reading();
    let evidence = rapporteur_model::Evidence::Inferred("its letters and words".into());
    reading.articles[0].language = Some(rapporteur_model::Evidenced { value: "de".into(), evidence });
    reading.records[0].is_analysed = false;
    let text = to_text(&brief(&reading).unwrap(), Style::default());
    assert!(text.contains("1 article in another language (de) was not analysed."), "{text}");
}
