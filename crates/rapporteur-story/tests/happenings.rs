//! Which reports are of one event? All people and places are invented.

mod common;

use common::{Told, told};
use rapporteur_model::*;
use rapporteur_testkit::{Done, Draft, event};

/// An article about Karsk, Osmia and Velmora, with one event in its only line.
fn tells(name: &str, published: &str, line: &str, day: (&str, &str), done: Done) -> Draft {
    Draft::new(name, published)
        .state("Karsk", "state:karsk")
        .state("Osmia", "state:osmia")
        .state("Velmora", "state:velmora")
        .line(line)
        .time(day.0, day.1)
        .event(done)
}

/// Envoys of Karsk and Osmia meet in Brenhold on the tenth.
fn meeting() -> Draft {
    let line = "Karsk and Osmia met in Brenhold on Monday to speak about the price of timber.";
    let done = event(EventType::Consult, "met").by("Karsk").to("Osmia").on("Monday").at("Brenhold");
    tells("a", "2031-03-11", line, ("Monday", "2031-03-10"), done)
}

/// Another article tells of a meeting; with whom, where and on which day is for the test to tell.
fn other_meeting(with: &str, place: &str, day: &str) -> Draft {
    let line = format!("Nobody smiled in {place} that day, when {with} met Karsk behind closed doors.");
    let done = event(EventType::Consult, "met").by(with).to("Karsk").on("that day").at(place);
    tells("b", "2031-03-12", &line, ("that day", day), done)
}

#[test]
fn one_meeting_in_two_papers_is_one_happening() {
    let told = told(&[meeting(), other_meeting("Osmia", "Brenhold", "2031-03-10")]);
    assert_eq!(told.happenings(), ["a b"]);
    let happening = &told.story.happenings[0];
    assert_eq!(happening.kind, EventType::Consult);
    assert_eq!(happening.time.as_deref(), Some("2031-03-10"));
    assert_eq!(happening.place.as_deref(), Some("Brenhold"));
    assert_eq!(happening.status, Status::Happened);
    assert_eq!((happening.support.n_origins_min, happening.support.n_origins_max), (2, 2));
    assert_eq!(happening.support.first, Some(ArticleId::new("id-a")));
}

#[test]
fn another_day_place_or_party_is_another_meeting() {
    for (with, place, day) in
        [("Osmia", "Brenhold", "2031-03-12"), ("Osmia", "Talmera", "2031-03-10"), ("Velmora", "Talmera", "2031-03-10")]
    {
        let told = told(&[meeting(), other_meeting(with, place, day)]);
        assert_eq!(told.happenings(), ["a", "b"], "{with}, {place}, {day}");
    }
}

#[test]
fn two_meetings_of_one_party_on_one_day_and_place_are_taken_for_one() {
    // FIXME: Karsk meets Osmia and then Velmora, and the two have nothing to do with each other; but an article that
    // names one of three who met together reads just so.
    let told = told(&[meeting(), other_meeting("Velmora", "Brenhold", "2031-03-10")]);
    assert_eq!(told.happenings(), ["a b"]);
}

#[test]
fn who_acts_and_to_whom_it_is_done_tell_events_apart() {
    let blow = |name: &str, line: &str, source: &str, target: &str| {
        let done = event(EventType::Assault, "shelled").by(source).to(target).on("Monday");
        tells(name, "2031-03-11", line, ("Monday", "2031-03-10"), done)
    };
    let first = || blow("a", "Karsk shelled Osmia on Monday across the river.", "Karsk", "Osmia");
    let again = blow("b", "It was on Monday that guns of Karsk shelled Osmia.", "Karsk", "Osmia");
    let back = blow("b", "It was on Monday that guns of Osmia shelled Karsk.", "Osmia", "Karsk");
    let third = blow("b", "It was on Monday that guns of Karsk shelled Velmora.", "Karsk", "Velmora");
    assert_eq!(told(&[first(), again]).happenings(), ["a b"]);
    assert_eq!(told(&[first(), back]).happenings(), ["a", "b"]);
    assert_eq!(told(&[first(), third]).happenings(), ["a", "b"]);
}

#[test]
fn events_of_other_types_stay_apart() {
    let line = "Karsk cut off the supply of gas to Osmia on Monday.";
    let cut = |kind| event(kind, "cut off").by("Karsk").to("Osmia").on("Monday");
    let told = |kind| {
        let again = "Since Monday no gas has reached Osmia, as Karsk cut off the line.";
        let first = tells("a", "2031-03-11", line, ("Monday", "2031-03-10"), cut(EventType::Sanction));
        told(&[first, tells("b", "2031-03-11", again, ("Monday", "2031-03-10"), cut(kind))])
    };
    assert_eq!(told(EventType::Sanction).happenings(), ["a b"]);
    assert_eq!(told(EventType::Coerce).happenings(), ["a", "b"]);
}

#[test]
fn the_same_verb_alone_joins_nothing() {
    let bare = |name: &str, line: &str| {
        tells(name, "2031-03-11", line, ("Monday", "XXXX-WXX-1"), event(EventType::Protest, "marched"))
    };
    let told =
        told(&[bare("a", "Hundreds marched on Monday through the snow."), bare("b", "They marched; it was a Monday.")]);
    assert_eq!(told.happenings(), ["a", "b"]);
}

/// Karsk threatens Osmia with a blockade on two days, in these words.
fn threats(second_day: &str, second_words: &str) -> Told {
    let threat = |name: &str, line: &str, words: &str, day: &str| {
        let done = event(EventType::Threaten, "threatened").by("Karsk").to("Osmia").about(words).on("that day");
        tells(name, "2031-03-14", line, ("that day", day), done)
    };
    let line = format!("Merchants fled that day as Karsk threatened Osmia with {second_words}.");
    told(&[
        threat("a", "Karsk threatened Osmia that day with a naval blockade.", "a naval blockade", "2031-03-10"),
        threat("b", &line, second_words, second_day),
    ])
}

#[test]
fn what_is_said_again_on_another_day_is_another_act() {
    assert_eq!(threats("2031-03-10", "a naval blockade").happenings(), ["a b"]);
    assert_eq!(threats("2031-03-12", "a naval blockade").happenings(), ["a", "b"]);
    assert_eq!(threats("2031-03-10", "new customs fees at every inland port").happenings(), ["a", "b"]);
}

#[test]
fn what_is_only_asked_for_does_not_join_what_took_place() {
    let retreat = |name: &str, line: &str, status| {
        let done = event(EventType::Retreat, "withdrew").by("Karsk").on("Monday").at("Talmera").status(status);
        tells(name, "2031-03-11", line, ("Monday", "2031-03-10"), done)
    };
    let second = |status| retreat("b", "On Monday, some say, Karsk withdrew its guards near Talmera.", status);
    let first = || retreat("a", "Karsk withdrew from Talmera on Monday.", Status::Happened);
    assert_eq!(told(&[first(), second(Status::Ongoing)]).happenings(), ["a b"]);
    assert_eq!(told(&[first(), second(Status::Denied)]).happenings(), ["a b"], "a denial is of the same event");
    assert_eq!(told(&[first(), second(Status::Demanded)]).happenings(), ["a", "b"]);
    assert_eq!(told(&[first(), second(Status::Hypothetical)]).happenings(), ["a", "b"]);
}

#[test]
fn the_latest_article_knows_whether_it_took_place() {
    let talks = |name: &str, published: &str, line: &str, status| {
        let done = event(EventType::Consult, "meet").by("Karsk").to("Osmia").on("Friday").at("Brenhold").status(status);
        tells(name, published, line, ("Friday", "2031-03-14"), done)
    };
    let before = talks("a", "2031-03-11", "Karsk and Osmia will meet in Brenhold on Friday.", Status::Planned);
    let after = "Snow did not keep Osmia from Brenhold, where it did meet Karsk on Friday.";
    let happened = told(&[before.clone(), talks("b", "2031-03-15", after, Status::Happened)]);
    assert_eq!((happened.happenings(), happened.story.happenings[0].status), (vec!["a b".into()], Status::Happened));
    let denied = told(&[before, talks("b", "2031-03-15", after, Status::Denied)]);
    assert_eq!((denied.happenings(), denied.story.happenings[0].status), (vec!["a b".into()], Status::Denied));
}

#[test]
fn a_copy_adds_a_report_and_no_origin() {
    let long = || {
        meeting()
            .line("Lorries have been waiting at the bridge over the Lower Amber since the guards closed it in autumn.")
            .line("Heavy snow kept most members of the provincial assembly from reaching the capital on Sunday night.")
            .line("Only the small ferry still carries mail between the harbour and the islands further east.")
    };
    let copied = told(&[long(), long().copied("c", "2031-03-12")]);
    assert_eq!(copied.happenings(), ["a c"]);
    let support = &copied.story.happenings[0].support;
    assert_eq!((support.n_origins_min, support.n_origins_max, support.is_single()), (1, 1, true));
    let of_two = told(&[long(), long().copied("c", "2031-03-12"), other_meeting("Osmia", "Brenhold", "2031-03-10")]);
    assert_eq!(of_two.happenings(), ["a b c"]);
    let support = &of_two.story.happenings[0].support;
    assert_eq!((support.n_origins_min, support.n_origins_max, support.is_single()), (2, 2, false));
}

#[test]
fn an_event_of_which_a_copy_tells_no_more_joins_by_its_wording() {
    let bare = |name: &str, done: Done| {
        Draft::new(name, "2031-03-11")
            .state("Karsk", "state:karsk")
            .line("Lorries have been waiting at the bridge over the Lower Amber since the guards closed it in autumn.")
            .line("On the northern bank the guards of Karsk fired at two fishing boats which had lost their way.")
            .event(done)
            .line("Heavy snow kept most members of the provincial assembly from reaching the capital on Sunday night.")
    };
    let fired = || event(EventType::Assault, "fired");
    let copied = told(&[bare("a", fired().by("Karsk")), bare("b", fired())]);
    assert_eq!(copied.happenings(), ["a b"]);
    assert_eq!(copied.name(copied.story.happenings[0].sources.first()), "Karsk");
}

#[test]
fn events_that_are_told_in_the_same_set_phrases_are_not_one() {
    let phrase = |name: &str, source: &str, target: &str, day: &str| {
        let line = format!("Late on that day came the news that {source} had sent forty trucks of relief to {target}.");
        let done = event(EventType::Aid, "sent").by(source).to(target).about("trucks of relief").on("that day");
        tells(name, "2031-03-20", &line, ("that day", day), done)
    };
    let first = || phrase("a", "Karsk", "Osmia", "2031-03-10");
    assert_eq!(told(&[first(), phrase("b", "Karsk", "Osmia", "2031-03-10")]).happenings(), ["a b"]);
    assert_eq!(told(&[first(), phrase("b", "Karsk", "Osmia", "2031-03-17")]).happenings(), ["a", "b"]);
    assert_eq!(told(&[first(), phrase("b", "Velmora", "Osmia", "2031-03-10")]).happenings(), ["a", "b"]);
}
