//! What happened when? All people and places are invented.

mod common;

use common::{Told, names, told};
use rapporteur_model::*;
use rapporteur_testkit::{Draft, event, said};

/// Each entry as its value, its kind and the articles that date it.
fn entries(told: &Told) -> Vec<String> {
    let describe = |entry: &TimelineEntry| {
        let kind = match entry.kind {
            TimelineKind::Happening => "happening",
            TimelineKind::Utterance => "utterance",
            TimelineKind::Background => "background",
            TimelineKind::Publication => "published",
        };
        let planned = if entry.status == Some(Status::Planned) { "planned " } else { "" };
        format!("{} {planned}{kind} in {}", entry.value, names(&entry.support.articles))
    };
    told.story.timeline.iter().map(describe).collect()
}

/// An article of one line without an event in it.
fn dated(name: &str, line: &str, words: &str, value: &str) -> Draft {
    Draft::new(name, "2031-03-11").line(line).time(words, value)
}

/// An article of one line about talks between Karsk and Osmia in Brenhold.
fn talks(name: &str, published: &str, line: &str, time: (&str, &str), status: Status) -> Draft {
    let done = event(EventType::Consult, "talks").by("Karsk").to("Osmia").at("Brenhold").on(time.0).status(status);
    let draft = Draft::new(name, published).state("Karsk", "state:karsk").state("Osmia", "state:osmia");
    draft.line(line).time(time.0, time.1).event(done)
}

#[test]
fn a_time_stands_as_exactly_as_it_is_told() {
    let told = told(&[
        dated("a", "The old bridge burned down in 2014.", "2014", "2014"),
        dated("b", "A flood took the ferry in May 2019.", "May 2019", "2019-05"),
        dated("c", "The harvest fair opened on 3 September 2019.", "3 September 2019", "2019-09-03"),
        dated("d", "Nobody slept at noon on that day in the hills.", "noon on that day", "2031-03-10T12:00"),
        dated("e", "The strike of the millers began in the second week of the year.", "second week", "2031-W02"),
    ]);
    assert_eq!(
        entries(&told),
        [
            "2014 background in a",
            "2019-05 background in b",
            "2019-09-03 background in c",
            "2031-03-10T12:00 background in d",
            "2031-W02 background in e",
        ]
    );
}

#[test]
fn what_is_no_date_is_no_entry() {
    let is_entry = |value: &str| !told(&[dated("a", "It rained then.", "then", value)]).story.timeline.is_empty();
    assert!(is_entry("2031-03-10"));
    for value in ["P7D", "PRESENT_REF", "XXXX-WXX-1", "2031-XX", "20"] {
        assert!(!is_entry(value), "{value}");
    }
}

#[test]
fn what_is_planned_stays_so_until_an_article_tells_that_it_happened() {
    let friday = ("Friday", "2031-03-14");
    let before = || {
        talks(
            "a",
            "2031-03-11",
            "The talks between Karsk and Osmia open in Brenhold on Friday.",
            friday,
            Status::Planned,
        )
    };
    assert_eq!(entries(&told(&[before()])), ["2031-03-14 planned happening in a"]);
    let line = "On Friday, when snow fell on Brenhold, Osmia left the talks with Karsk early.";
    let after = |published: &str| talks("b", published, line, friday, Status::Happened);
    let both = told(&[before(), after("2031-03-15")]);
    assert_eq!(entries(&both), ["2031-03-14 happening in a b"]);
    assert_eq!(both.story.timeline[0].happenings, [both.story.happenings[0].id.clone()]);
    assert_eq!(entries(&told(&[before(), after("2031-03-10")])), ["2031-03-14 planned happening in a b"]);
}

#[test]
fn a_date_after_all_articles_lies_ahead() {
    let ahead =
        |value: &str| told(&[dated("a", "The truce runs out then.", "then", value)]).story.timeline[0].is_planned;
    for value in ["2031-03-12", "2031-04", "2032", "2031-03-12TMO"] {
        assert!(ahead(value), "{value}");
    }
    for value in ["2031-03-10", "2031-03-11", "2031-03-11TNI", "2031-03", "2031", "2031-W20"] {
        assert!(!ahead(value), "{value}");
    }
    let line = "The truce runs out on 12 March.";
    let later = Draft::new("b", "2031-03-12").line(line).time("12 March", "2031-03-12");
    let both = told(&[dated("a", line, "12 March", "2031-03-12"), later]);
    assert_eq!(entries(&both), ["2031-03-12 background in a b"], "the last article has reached it");
    let line = "There will be no talks in Brenhold on 12 March.";
    let denied = told(&[talks("a", "2031-03-11", line, ("12 March", "2031-03-12"), Status::Denied)]);
    assert_eq!(entries(&denied), ["2031-03-12 happening in a"]);
}

#[test]
fn a_meeting_tells_where_it_is_a_session_of() {
    let line = "The talks between Karsk and Osmia opened in Brenhold on Friday.";
    let told = told(&[talks("a", "2031-03-15", line, ("Friday", "2031-03-14"), Status::Happened)]);
    assert_eq!(told.story.timeline[0].forum.as_deref(), Some("Brenhold"));
    let march = event(EventType::Protest, "marched").by("Karsk").at("Brenhold").on("Friday");
    let no_meeting = Draft::new("a", "2031-03-15").state("Karsk", "state:karsk");
    let no_meeting = no_meeting.line("In Brenhold people of Karsk marched on Friday.").time("Friday", "2031-03-14");
    assert_eq!(common::told(&[no_meeting.event(march)]).story.timeline[0].forum, None);
}

#[test]
fn an_event_has_an_entry_for_each_precision_that_is_told_of_it() {
    let exact = talks(
        "a",
        "2031-03-15",
        "Talks of Karsk and Osmia were held in Brenhold on Friday; the talks went on.",
        ("Friday", "2031-03-14"),
        Status::Happened,
    );
    let coarse = talks(
        "b",
        "2031-04-15",
        "Nothing had come in March of the talks that Osmia had with Karsk at Brenhold.",
        ("March", "2031-03"),
        Status::Happened,
    );
    let told = told(&[exact, coarse]);
    assert_eq!(told.happenings(), ["a b"]);
    assert_eq!(told.story.happenings[0].time.as_deref(), Some("2031-03-14"));
    // FIXME: one event stands twice, by its day and by its month.
    assert_eq!(entries(&told), ["2031-03 happening in b", "2031-03-14 happening in a"]);
}

#[test]
fn what_lies_behind_is_one_entry_over_copies_and_rewordings() {
    let line = "The old bridge over the Amber burned down in 2014 during the spring flood.";
    let reworded = "In 2014 a fire burned the old Amber bridge down.";
    let other = "The guild of bakers was founded in 2014 by four widows.";
    let told = told(&[
        dated("a", line, "2014", "2014"),
        dated("b", line, "2014", "2014"),
        dated("c", reworded, "2014", "2014"),
        dated("d", other, "2014", "2014"),
    ]);
    assert_eq!(entries(&told), ["2014 background in a b c", "2014 background in d"]);
    let entry = &told.story.timeline[0];
    assert_eq!(
        told.words(&entry.words.article, entry.words.span),
        reworded.trim_end_matches('.'),
        "the shortest is shown"
    );
    let places: Vec<&str> = entry.places.iter().map(|place| told.words(&place.article, place.span)).collect();
    assert_eq!(places, [line, line, reworded].map(|sentence| sentence.trim_end_matches('.')));
}

#[test]
fn what_was_said_on_a_day_is_one_entry_for_each_speaker() {
    let says = |name: &str, speaker: &str, line: &str, content: &str| {
        let draft = Draft::new(name, "2031-03-11").person(speaker, "").line(line).time("Monday", "2031-03-10");
        draft.says(said(speaker, "said", content).on("Monday"))
    };
    let told = told(&[
        says("a", "Oren Vale", "Oren Vale said on Monday the toll would fall.", "the toll would fall"),
        says("b", "Oren Vale", "Bread was dear, Oren Vale said on Monday.", "Bread was dear"),
        says("c", "Mara Tellin", "Mara Tellin said on Monday nothing was wrong.", "nothing was wrong"),
    ]);
    assert_eq!(entries(&told), ["2031-03-10 utterance in a b", "2031-03-10 utterance in c"]);
    let sourcing: Vec<Sourcing> = told.story.timeline.iter().map(|entry| entry.support.sourcing).collect();
    assert_eq!(sourcing, [Sourcing::Named, Sourcing::Named]);
    assert_eq!(told.story.timeline[0].utterances.len(), 2);
}

#[test]
fn a_meeting_is_what_a_time_is_told_for_even_where_somebody_speaks() {
    let line = "After the talks between Karsk and Osmia on Friday Karsk said no.";
    let done = |kind| event(kind, "talks").by("Karsk").to("Osmia").on("Friday");
    let with = |kind| {
        let draft = Draft::new("a", "2031-03-15").state("Karsk", "state:karsk").state("Osmia", "state:osmia");
        let draft = draft.line(line).time("Friday", "2031-03-14").event(done(kind));
        entries(&told(&[draft.says(said("Karsk", "said", "no").on("Friday"))]))
    };
    assert_eq!(with(EventType::Consult), ["2031-03-14 happening in a"]);
    assert_eq!(with(EventType::Protest), ["2031-03-14 utterance in a"]);
}

#[test]
fn an_entry_in_copies_rests_on_one_origin() {
    let long = |name: &str| {
        dated(name, "The old bridge over the Amber burned down in 2014 during the spring flood.", "2014", "2014")
            .line("Lorries have been waiting at the bridge over the Lower Amber since the guards closed it in autumn.")
            .line("Heavy snow kept most members of the provincial assembly from reaching the capital on Sunday night.")
            .line("Only the small ferry still carries mail between the harbour and the islands further east.")
    };
    let support = told(&[long("a"), long("b")]).story.timeline[0].support.clone();
    assert_eq!((names(&support.articles).as_str(), support.n_origins_min, support.n_origins_max), ("a b", 1, 1));
    let own = dated("c", "In 2014 a fire burned the old Amber bridge down.", "2014", "2014");
    let support = told(&[long("a"), long("b"), own]).story.timeline[0].support.clone();
    assert_eq!((names(&support.articles).as_str(), support.n_origins_min, support.n_origins_max), ("a b c", 2, 2));
}
