//! Which reports are of one act of speech? All people and places are invented.

mod common;

use common::{Told, reported_in, told};
use rapporteur_model::*;
use rapporteur_testkit::{Draft, Saying, said};

const QUOTATION: &str = "the bridge over the Amber stays shut until spring";

/// Oren Vale says on Monday, the tenth, that the bridge stays shut.
fn courier() -> Draft {
    Draft::new("courier", "2031-03-11")
        .person("Oren Vale", "")
        .line("Lorries queue for miles along the harbour road of Karsk.")
        .line("“For now the bridge over the Amber stays shut until spring,” Oren Vale said on Monday.")
        .time("Monday", "2031-03-10")
        .says(said("Oren Vale", "said", QUOTATION).quoting(QUOTATION).on("Monday"))
}

/// Another article has the same words; who says them and on which day is for the test to tell.
fn observer(speaker: &str, day: &str) -> Draft {
    Draft::new("observer", "2031-03-12")
        .person(speaker, "")
        .line(&format!("Fishermen cheered when {speaker} told a crowd that day: “{QUOTATION}”. Bakers did not."))
        .time("that day", day)
        .says(said(speaker, "told", QUOTATION).quoting(QUOTATION).on("that day"))
}

/// The words of one report of the utterance.
fn words<'t>(told: &'t Told, statement: &StatementId) -> &'t str {
    let bounds = statement.as_str().rsplit_once("/s").expect("an id tells its span").1;
    let (start, end) = bounds.split_once('-').expect("an id tells its span");
    let span = Span::new(start.parse().expect("a number"), end.parse().expect("a number"));
    told.words(&ArticleId::new(statement.as_str().split('/').next().unwrap_or_default()), span)
}

#[test]
fn one_speaker_who_is_quoted_by_two_papers_spoke_once() {
    let told = told(&[courier(), observer("Oren Vale", "2031-03-10")]);
    assert_eq!(told.utterances(), ["courier observer"]);
    let utterance = &told.story.utterances[0];
    assert_eq!(told.name(utterance.speaker.as_ref()), "Oren Vale");
    assert_eq!(utterance.time.as_deref(), Some("2031-03-10"));
    assert_eq!((utterance.support.n_origins_min, utterance.support.n_origins_max), (2, 2));
    assert_eq!(utterance.support.sourcing, Sourcing::Named);
    assert!(utterance.reasons.iter().any(|reason| reason == "the same quoted words of one speaker"));
}

#[test]
fn two_people_who_say_the_same_words_spoke_twice() {
    let told = told(&[courier(), observer("Mara Tellin", "2031-03-10")]);
    assert_eq!(told.utterances(), ["courier", "observer"]);
    assert!(told.story.utterances.iter().all(|utterance| utterance.reasons.is_empty()));
}

#[test]
fn the_same_words_on_another_day_are_another_act() {
    assert_eq!(told(&[courier(), observer("Oren Vale", "2031-03-09")]).utterances(), ["courier", "observer"]);
    assert_eq!(
        told(&[courier(), observer("Oren Vale", "2031-03")]).utterances(),
        ["courier observer"],
        "a day fits its month"
    );
    assert_eq!(told(&[courier(), observer("Oren Vale", "PRESENT_REF")]).utterances(), ["courier observer"]);
}

/// What Oren Vale says of the toll, in words of the article's own.
fn on_the_toll(name: &str, line: &str, saying: Saying) -> Draft {
    Draft::new(name, "2031-03-11").person("Oren Vale", "").line(line).says(saying)
}

const TOLL: &str = "the new toll hurts small farmers in the valley";

#[test]
fn what_is_held_and_what_is_denied_are_two_acts() {
    let held = || on_the_toll("a", &format!("Oren Vale says {TOLL}."), said("Oren Vale", "says", TOLL));
    let other = |cue: &str, change: fn(Saying) -> Saying| {
        let line = format!("In a letter to the guild of millers Oren Vale {cue} that {TOLL}.");
        let saying = change(said("Oren Vale", cue, TOLL));
        told(&[held(), on_the_toll("b", &line, saying)]).utterances().len()
    };
    assert_eq!(other("repeats", |saying| saying), 1);
    assert_eq!(other("denies", |saying| saying.class(StatementClass::Denial)), 2);
    assert_eq!(other("no longer thinks", Saying::negated), 2);
    assert_eq!(other("does not deny", |saying| saying.class(StatementClass::Denial).negated()), 1);
}

#[test]
fn words_that_differ_in_form_alone_are_the_same_words() {
    let told = told(&[
        on_the_toll(
            "a",
            "Oren Vale says the new toll hurts small farmers.",
            said("Oren Vale", "says", "the new toll hurts small farmers"),
        ),
        on_the_toll(
            "b",
            "Small farmers, Oren Vale finds, are hurting from new tolls.",
            said("Oren Vale", "finds", "Small farmers"),
        ),
        on_the_toll(
            "c",
            "Asked by the guild, Oren Vale replied that a small farmer was hurting under new tolls.",
            said("Oren Vale", "replied", "a small farmer was hurting under new tolls"),
        ),
    ]);
    assert_eq!(told.utterances(), ["a c", "b"], "two words recur by chance");
}

#[test]
fn other_words_of_one_speaker_are_another_act() {
    let told = told(&[
        on_the_toll("a", &format!("Oren Vale says {TOLL}."), said("Oren Vale", "says", TOLL)),
        on_the_toll(
            "b",
            "Oren Vale says the new ferry will carry timber from the valley to Brenhold.",
            said("Oren Vale", "says", "the new ferry will carry timber from the valley to Brenhold"),
        ),
    ]);
    assert_eq!(told.utterances(), ["a", "b"]);
}

#[test]
fn a_government_and_its_minister_who_say_one_thing_spoke_once() {
    let minister = || {
        Draft::new("a", "2031-03-11")
            .person("Oren Vale", "state:karsk")
            .line(&format!("Oren Vale says {TOLL}."))
            .says(said("Oren Vale", "says", TOLL))
    };
    let government = |name: &str, key: &str| {
        let line = format!("According to {name}, {TOLL}. Nobody else in the town hall agreed.");
        Draft::new("b", "2031-03-11").state(name, key).line(&line).says(said(name, "According to", TOLL))
    };
    let story = told(&[minister(), government("Karsk", "state:karsk")]);
    assert_eq!(story.utterances(), ["a b"]);
    let more = told(&[minister(), minister().copied("c", "2031-03-12"), government("Karsk", "state:karsk")]);
    assert_eq!(more.utterances(), ["a b c"]);
    assert_eq!(more.name(more.story.utterances[0].speaker.as_ref()), "Oren Vale", "as most reports have it");
    assert_eq!(told(&[minister(), government("Osmia", "state:osmia")]).utterances(), ["a", "b"]);
}

/// A report of five lines, of which one is a statement.
fn report() -> Draft {
    Draft::new("a", "2031-03-11")
        .person("Mara Tellin", "")
        .line("Lorries have been waiting at the bridge over the Lower Amber since the guards closed it in autumn.")
        .line("Heavy snow kept most members of the provincial assembly from reaching the capital on Sunday night.")
        .line("Mara Tellin called the delay a serious problem for the towns along the river.")
        .says(
            said("Mara Tellin", "called", "the delay a serious problem for the towns along the river")
                .class(StatementClass::Criticism),
        )
        .line("Only the small ferry still carries mail between the harbour of Karsk and the islands further east.")
        .line("A vote on the treaty may come in May or later, depending on how fast the two sides can agree.")
}

#[test]
fn a_copied_statement_is_one_act_of_one_origin() {
    let story = told(&[report(), report().copied("b", "2031-03-12")]);
    assert_eq!(story.utterances(), ["a b"]);
    let utterance = &story.story.utterances[0];
    assert_eq!((utterance.support.n_origins_min, utterance.support.n_origins_max), (1, 1));
    assert_eq!(utterance.support.first, Some(ArticleId::new("id-a")));
    assert_eq!(utterance.class, StatementClass::Criticism);
    assert_eq!(utterance.reasons[0], "they stand in wording that the articles share");
}

#[test]
fn a_copied_statement_joins_where_the_copy_does_not_tell_who_speaks() {
    let line = "Mara Tellin called the delay a serious problem for the towns along the river.";
    let content = "the delay a serious problem for the towns along the river";
    let copy = Draft::new("b", "2031-03-12")
        .line("Lorries have been waiting at the bridge over the Lower Amber since the guards closed it in autumn.")
        .line("Heavy snow kept most members of the provincial assembly from reaching the capital on Sunday night.")
        .line(line)
        .says(said(None, "called", content).class(StatementClass::Criticism));
    let story = told(&[report(), copy]);
    assert_eq!(story.utterances(), ["a b"]);
    assert_eq!(story.name(story.story.utterances[0].speaker.as_ref()), "Mara Tellin");
}

#[test]
fn a_time_that_is_reckoned_from_another_date_keeps_no_copies_apart() {
    let told_on = |name: &str, published: &str, words: &str, day: &str| {
        Draft::new(name, published)
            .person("Mara Tellin", "")
            .line("Lorries have been waiting at the bridge over the Lower Amber since the guards closed it in autumn.")
            .line(&format!(
                "Mara Tellin said {words} that the delay was a serious problem for the towns along the river."
            ))
            .time(words, day)
            .says(
                said("Mara Tellin", "said", "the delay was a serious problem for the towns along the river").on(words),
            )
            .line("Heavy snow kept most members of the provincial assembly from reaching the capital on Sunday night.")
    };
    let original = || told_on("a", "2031-03-11", "two days earlier", "2031-03-09");
    let copy = told_on("b", "2031-03-12", "two days earlier", "2031-03-10");
    assert_eq!(told(&[original(), copy]).utterances(), ["a b"]);
    let week_later = told_on("b", "2031-03-18", "two days earlier", "2031-03-16");
    assert_eq!(told(&[original(), week_later]).utterances(), ["a", "b"], "it may have been said again");
    let update = told_on("b", "2031-03-12", "on Monday", "2031-03-10");
    assert_eq!(told(&[original(), update]).utterances(), ["a", "b"], "other words tell of another day");
}

#[test]
fn the_fullest_report_quotes_most_and_the_earliest_was_published_first() {
    let long = "the new toll hurts small farmers in the valley and will be withdrawn before the harvest";
    let story = told(&[
        on_the_toll("a", &format!("Oren Vale says {long}."), said("Oren Vale", "says", long)),
        Draft::new("b", "2031-03-09")
            .person("Oren Vale", "")
            .line(&format!("“{TOLL}”, wrote Oren Vale to the millers of Karsk."))
            .says(said("Oren Vale", "wrote", TOLL).quoting(TOLL)),
    ]);
    let [utterance] = story.story.utterances.as_slice() else { panic!("{:?}", story.utterances()) };
    assert_eq!(words(&story, &utterance.fullest), TOLL, "quoted words count before others");
    assert_eq!(utterance.earliest.as_ref().map(|id| reported_in(std::slice::from_ref(id))).as_deref(), Some("b"));
    let same_day = told(&[courier(), observer("Oren Vale", "2031-03-10").copied("observer", "2031-03-11")]);
    assert_eq!(same_day.utterances(), ["courier observer"]);
    assert_eq!(same_day.story.utterances[0].earliest, None, "two of one day: nobody knows");
}

#[test]
fn what_was_not_uttered_is_no_act_of_speech() {
    for (uttered, n) in [(Uttered::Actual, 1), (Uttered::Planned, 0), (Uttered::Hypothetical, 0), (Uttered::Negated, 0)]
    {
        let draft =
            on_the_toll("a", &format!("Oren Vale says {TOLL}."), said("Oren Vale", "says", TOLL).uttered(uttered));
        assert_eq!(told(&[draft]).story.utterances.len(), n, "{uttered:?}");
    }
}

/// Oren Vale on two subjects; where and when the second was said is for the test to tell.
fn two_subjects(speaker: &str, medium: &str, day: &str) -> Told {
    let line = format!("Grain prices fell for a third week, {speaker} said that day {medium}.");
    told(&[
        Draft::new("a", "2031-03-11")
            .person("Oren Vale", "")
            .line(&format!("At a news conference on Monday Oren Vale warned that {TOLL}."))
            .time("Monday", "2031-03-10")
            .says(said("Oren Vale", "warned", TOLL).on("Monday").through("At a news conference")),
        Draft::new("b", "2031-03-11")
            .person(speaker, "")
            .line(&line)
            .time("that day", day)
            .says(said(speaker, "said", "Grain prices fell for a third week").on("that day").through(medium)),
    ])
}

#[test]
fn what_was_said_on_one_occasion_belongs_together() {
    let story = two_subjects("Oren Vale", "at the news conference", "2031-03-10");
    assert_eq!(story.utterances(), ["a", "b"]);
    let [link] = story.story.utterance_links.as_slice() else { panic!("{:?}", story.story.utterance_links) };
    assert_eq!(link.relation, UtteranceRelation::SameOccasion);
    let ids: Vec<&UtteranceId> = story.story.utterances.iter().map(|utterance| &utterance.id).collect();
    assert_eq!([&link.a, &link.b], ids.as_slice());
    for (speaker, medium, day) in [
        ("Mara Tellin", "at the news conference", "2031-03-10"),
        ("Oren Vale", "on Channel Nine", "2031-03-10"),
        ("Oren Vale", "at the news conference", "2031-03-08"),
    ] {
        assert_eq!(two_subjects(speaker, medium, day).story.utterance_links, [], "{speaker}, {medium}, {day}");
    }
}

/// What two people say of the toll, with the links between their utterances; the second says `words`.
fn on_one_matter(who: &[(&str, &str, &str)], words: &[&str]) -> Vec<String> {
    let drafts: Vec<Draft> = who
        .iter()
        .zip(words)
        .zip('a'..)
        .map(|(((speaker, state, day), words), name)| {
            Draft::new(&name.to_string(), "2031-03-20")
                .person(speaker, state)
                .state("Karsk", "state:karsk")
                .state("Osmia", "state:osmia")
                .line(&format!("On {day} {speaker} of the ministry in a letter said {words}."))
                .time(day, day)
                .says(said(*speaker, "said", words).on(day))
        })
        .collect();
    let told = told(&drafts);
    assert_eq!(told.utterances().len(), who.len(), "none of them are one: {:?}", told.utterances());
    let of =
        |id: &UtteranceId| told.story.utterances.iter().find(|utterance| utterance.id == *id).expect("it is known");
    let describe = |link: &UtteranceLink| {
        assert_eq!(link.relation, UtteranceRelation::SameMessage);
        let (a, b) = (reported_in(&of(&link.a).reports), reported_in(&of(&link.b).reports));
        format!("{a} {b}: {}", link.reason)
    };
    told.story.utterance_links.iter().map(describe).collect()
}

const TOLL_AGAIN: &str = "small farmers of the whole valley are hurt by a new toll on their carts";

#[test]
fn two_who_speak_for_one_state_give_one_message() {
    let (vale, quist) = (("Oren Vale", "state:karsk", "2031-03-10"), ("Lena Quist", "state:karsk", "2031-03-10"));
    let shown = ["a b: two speakers of one party, and many words in common"];
    assert_eq!(on_one_matter(&[vale, quist], &[TOLL, TOLL_AGAIN]), shown);
    let other_state = ("Lena Quist", "state:osmia", "2031-03-10");
    assert_eq!(on_one_matter(&[vale, other_state], &[TOLL, TOLL_AGAIN]), [""; 0], "of two states");
    let (nobodys, other) = (("Oren Vale", "", "2031-03-10"), ("Lena Quist", "", "2031-03-10"));
    assert_eq!(on_one_matter(&[nobodys, other], &[TOLL, TOLL_AGAIN]), [""; 0], "they speak for themselves");
    let ferry = "the new ferry will carry timber from the valley to Brenhold";
    assert_eq!(on_one_matter(&[vale, quist], &[TOLL, ferry]), [""; 0], "another subject");
}

#[test]
fn one_speaker_who_says_it_again_on_another_day_gives_one_message() {
    let on = |day| ("Oren Vale", "state:karsk", day);
    let shown = ["a b: one speaker at another time, and many words in common"];
    assert_eq!(on_one_matter(&[on("2031-03-10"), on("2031-03-14")], &[TOLL, TOLL]), shown);
}

#[test]
fn a_message_is_linked_with_the_few_that_are_most_like_it() {
    let days: Vec<String> = (10..19).map(|day| format!("2031-03-{day}")).collect();
    let who: Vec<(&str, &str, &str)> = days.iter().map(|day| ("Oren Vale", "state:karsk", day.as_str())).collect();
    let links = on_one_matter(&who, &[TOLL; 9]);
    for name in 'a'..='i' {
        let n = links.iter().filter(|link| link[..3].contains(name)).count();
        assert!((1..=3).contains(&n), "{name}: {links:?}");
    }
}

#[test]
fn a_lead_and_its_body_tell_one_act() {
    let body = |words: &str| {
        Draft::new("a", "2031-03-11")
            .person("Oren Vale", "")
            .line("The new toll hurts small farmers, says Oren Vale.")
            .says(said("Oren Vale", "says", "The new toll hurts small farmers"))
            .line("The weather was fine.")
            .line(&format!("Oren Vale said {words}."))
            .says(said("Oren Vale", "said", words))
    };
    assert_eq!(told(&[body(TOLL)]).utterances(), ["a a"]);
    assert_eq!(told(&[body("the toll helps farmers with large orchards")]).utterances(), ["a", "a"]);
}
