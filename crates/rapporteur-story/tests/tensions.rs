//! Where can accounts not all stand? All people and places are invented.

mod common;

use common::{NONE, in_copies, names, sides, told};
use rapporteur_model::*;
use rapporteur_story::tell;
use rapporteur_testkit::{Done, Draft, event, said, stance};

/// An article of one line with a number in it, which ends with what is counted.
fn number(name: &str, line: &str, words: &str, value: &str, modifier: QuantityModifier) -> Draft {
    Draft::new(name, "2031-03-11").line(line).counts(words, value, modifier)
}

/// Karsk sent so many trucks over the bridge.
fn trucks(name: &str, words: &str, value: &str, modifier: QuantityModifier) -> Draft {
    number(name, &format!("Karsk sent {words} over the Amber bridge."), words, value, modifier)
}

#[test]
fn two_numbers_of_one_thing_clash() {
    let one = || trucks("a", "2,300 trucks", "2300", QuantityModifier::Exact);
    let line = "It was over the old bridge of Amber that 1,800 trucks were sent, Karsk noted.";
    let other = number("b", line, "1,800 trucks", "1800", QuantityModifier::Exact);
    let clash = ["2300 “2,300 trucks” in a / 1800 “1,800 trucks” in b"];
    assert_eq!(sides(TensionKind::Number, &[one(), other]), clash);
    for line in ["Bakers bought 1,800 trucks.", "Karsk sent 1,800 lorries over the Amber bridge."] {
        let words = line.split_whitespace().skip(2).take(2).collect::<Vec<_>>().join(" ");
        let other = number("b", line, words.trim_end_matches('.'), "1800", QuantityModifier::Exact);
        assert_eq!(sides(TensionKind::Number, &[one(), other]), NONE, "{line}");
    }
}

#[test]
fn numbers_of_one_thing_are_of_one_time() {
    let with = |published: &str| {
        let one = trucks("a", "2,300 trucks", "2300", QuantityModifier::Exact);
        let line = "Karsk sent 1,800 trucks over the Amber bridge.";
        let other = Draft::new("b", published).line(line).counts("1,800 trucks", "1800", QuantityModifier::Exact);
        sides(TensionKind::Number, &[one, other]).len()
    };
    assert_eq!(with("2031-04-11"), 1, "weeks later");
    assert_eq!(with(""), 1, "on a day that is not known");
    assert_eq!(with("2033-03-11"), 0, "years later");
}

#[test]
fn a_stretch_of_time_is_not_counted() {
    let with = |value: &str, is_time: bool| {
        let words = format!("{value} weeks");
        let draft =
            number(value, &format!("Karsk held the Amber bridge for {words}."), &words, value, QuantityModifier::Exact);
        if is_time { draft.lasts(&words, &format!("P{value}W")) } else { draft }
    };
    let both = |is_time| sides(TensionKind::Number, &[with("2", is_time), with("3", is_time)]).len();
    assert_eq!(both(false), 1);
    assert_eq!(both(true), 0);
}

#[test]
fn a_number_that_is_not_exact_leaves_room() {
    let with = |words: &str, value: &str, modifier| {
        let exact = trucks("a", "2,300 trucks", "2300", QuantityModifier::Exact);
        sides(TensionKind::Number, &[exact, trucks("b", words, value, modifier)]).len()
    };
    assert_eq!(with("more than 2,000 trucks", "2000", QuantityModifier::MoreThan), 0);
    assert_eq!(with("more than 2,400 trucks", "2400", QuantityModifier::MoreThan), 1);
    assert_eq!(with("fewer than 2,400 trucks", "2400", QuantityModifier::LessThan), 0);
    assert_eq!(with("fewer than 2,000 trucks", "2000", QuantityModifier::LessThan), 1);
    assert_eq!(with("about 2,200 trucks", "2200", QuantityModifier::Approximate), 0);
    assert_eq!(with("about 2,000 trucks", "2000", QuantityModifier::Approximate), 1);
    assert_eq!(with("the 7th of the trucks", "7", QuantityModifier::Ordinal), 0, "a place in an order");
}

#[test]
fn an_article_that_tells_both_numbers_tells_of_two_things() {
    let one = trucks("a", "2,300 trucks", "2300", QuantityModifier::Exact);
    let other = trucks("b", "1,800 trucks", "1800", QuantityModifier::Exact);
    assert_eq!(sides(TensionKind::Number, &[one.clone(), other.clone()]).len(), 1);
    let line = "A day later Karsk sent 2,300 trucks over the Amber bridge.";
    let both = other.line(line).counts("2,300 trucks", "2300", QuantityModifier::Exact);
    assert_eq!(sides(TensionKind::Number, &[one, both]), NONE);
}

#[test]
fn how_many_spoke_is_nobodys_claim() {
    let officials = |name: &str, words: &str, value: &str| {
        let line = format!("{words} said the Amber bridge was shut.");
        number(name, &line, words, value, QuantityModifier::Exact).unnamed(words)
    };
    let (two, three) = (officials("a", "Two officials", "2"), officials("b", "Three officials", "3"));
    assert_eq!(sides(TensionKind::Number, &[two.clone(), three.clone()]).len(), 1);
    let two = two.says(said("Two officials", "said", "the Amber bridge was shut"));
    let three = three.says(said("Three officials", "said", "the Amber bridge was shut"));
    assert_eq!(sides(TensionKind::Number, &[two, three]), NONE);
}

/// Karsk and Osmia talk in Brenhold on the tenth.
fn talks(name: &str, published: &str, line: &str, done: fn(Done) -> Done) -> Draft {
    let talks = event(EventType::Consult, "talks").by("Karsk").to("Osmia").at("Brenhold").on("Monday");
    let draft = Draft::new(name, published).state("Karsk", "state:karsk").state("Osmia", "state:osmia");
    draft.line(line).time("Monday", "2031-03-10").event(done(talks))
}

#[test]
fn how_long_a_meeting_took_stands_before_it() {
    let took = |line: &str, words: &str, value: &str| {
        let six = "On Monday Karsk and Osmia ended six hours of talks in Brenhold.";
        let six = talks("a", "2031-03-11", six, |done| done).lasts("six hours", "PT6H");
        let other = talks("b", "2031-03-11", line, |done| done).lasts(words, value);
        sides(TensionKind::Number, &[six, other])
    };
    let line = "On Monday it took Osmia four hours of talks to tire of Karsk in Brenhold.";
    assert_eq!(took(line, "four hours", "PT4H"), ["PT6H “six hours” in a / PT4H “four hours” in b"]);
    let line = "On Monday Osmia and Karsk held talks in Brenhold on a truce of four hours.";
    assert_eq!(took(line, "four hours", "PT4H"), NONE);
}

/// Somebody offers something for a time.
fn offer(name: &str, party: &str, offered: &str, words: &str, value: &str) -> Draft {
    let draft = Draft::new(name, "2031-03-11").state(party, &format!("state:{}", party.to_lowercase()));
    let draft = draft.line(&format!("In a letter {party} brings up {offered} {words}."));
    draft.lasts(words, value).holds(stance(StanceKind::Offer, party, &format!("{offered} {words}")))
}

#[test]
fn one_offer_has_one_length() {
    let with = |party: &str, offered: &str, words: &str, value: &str| {
        let six = offer("a", "Karsk", "a truce of", "six months", "P6M");
        sides(TensionKind::Number, &[six, offer("b", party, offered, words, value)])
    };
    let clash = ["P6M “six months” in a / P3M “three months” in b"];
    assert_eq!(with("Karsk", "a truce for", "three months", "P3M"), clash);
    assert_eq!(with("Osmia", "a truce for", "three months", "P3M"), NONE, "of another party");
    assert_eq!(with("Karsk", "a truce for", "half a year", "P6M"), NONE, "the same length");
    assert_eq!(with("Karsk", "free grain for", "three weeks", "P3W"), NONE, "another offer");
    assert_eq!(with("Karsk", "free grain for", "three months", "P3M"), NONE, "another offer, also in months");
}

/// Somebody wants something by a day, as an article of a day tells it.
fn wants(name: &str, published: &str, party: &str, until: &str, day: &str) -> Draft {
    let draft = Draft::new(name, published).state(party, &format!("state:{}", party.to_lowercase()));
    let words = until.split_once(' ').expect("a word and a day").1;
    let draft = draft.line(&format!("{party} demands an end of the toll {until}.")).time(words, day);
    draft.holds(stance(StanceKind::Demand, party, "demands"))
}

#[test]
fn one_party_sets_one_last_day() {
    let with = |published: &str, party: &str, until: &str, day: &str| {
        let first = wants("a", "2031-04-08", "Karsk", "by April 11", "2031-04-11");
        sides(TensionKind::Date, &[first, wants("b", published, party, until, day)])
    };
    let clash = ["2031-04-11 “April 11” in a / 2031-04-15 “15 April” in b"];
    assert_eq!(with("2031-04-09", "Karsk", "by 15 April", "2031-04-15"), clash);
    assert_eq!(with("2031-04-11", "Karsk", "until 15 April", "2031-04-15"), clash, "three days later");
    assert_eq!(with("2031-04-12", "Karsk", "by 15 April", "2031-04-15"), NONE, "four days later");
    assert_eq!(with("2031-03-18", "Karsk", "by 15 April", "2031-04-15"), NONE, "weeks before");
    assert_eq!(with("2031-04-09", "Karsk", "on 15 April", "2031-04-15"), NONE, "no last day");
    assert_eq!(with("2031-04-09", "Osmia", "by 15 April", "2031-04-15"), NONE, "of another party");
    assert_eq!(with("2031-04-09", "Karsk", "by 7 April", "2031-04-07"), NONE, "a day that is over");
}

#[test]
fn who_speaks_for_a_party_sets_its_last_day() {
    let with = |state: &str| {
        let first = wants("a", "2031-04-08", "Karsk", "by April 11", "2031-04-11");
        let said = said("Oren Vale", "said", "the toll had to go by 15 April");
        let line = "Oren Vale said the toll had to go by 15 April.";
        let second = Draft::new("b", "2031-04-09").person("Oren Vale", state).line(line);
        sides(TensionKind::Date, &[first, second.time("15 April", "2031-04-15").says(said)]).len()
    };
    assert_eq!(with("state:karsk"), 1);
    assert_eq!(with("state:osmia"), 0);
}

/// Karsk and Osmia are to meet.
fn ahead(name: &str, line: &str, trigger: &str, words: &str, day: &str) -> Draft {
    let done = event(EventType::Consult, trigger).by("Karsk").to("Osmia").on(words).status(Status::Planned);
    let draft = Draft::new(name, "2031-03-11").state("Karsk", "state:karsk").state("Osmia", "state:osmia");
    draft.line(line).time(words, day).event(done)
}

#[test]
fn parties_who_meet_again_have_one_next_day() {
    let with = |line: &str, trigger: &str, words: &str, day: &str| {
        let thursday = "Karsk and Osmia will meet again on Thursday.";
        let thursday = ahead("a", thursday, "meet", "Thursday", "2031-03-13");
        sides(TensionKind::Date, &[thursday, ahead("b", line, trigger, words, day)])
    };
    let line = "Envoys of Osmia and Karsk return to the talks on Friday.";
    let clash = ["2031-03-13 “Thursday” in a / 2031-03-14 “Friday” in b"];
    assert_eq!(with(line, "talks", "Friday", "2031-03-14"), clash);
    assert_eq!(with(line, "talks", "Friday", "2031-03-13"), NONE, "the same day");
    let line = "Envoys of Osmia and Karsk come to the talks on Friday.";
    assert_eq!(with(line, "talks", "Friday", "2031-03-14"), NONE, "perhaps yet another meeting");
}

#[test]
fn an_event_that_did_not_take_place_in_another_account() {
    let with = |line: &str, status: fn(Done) -> Done| {
        let held = "On Monday Karsk and Osmia held talks in Brenhold.";
        let other = talks("b", "2031-03-11", line, status);
        sides(TensionKind::Polarity, &[talks("a", "2031-03-11", held, |done| done), other])
    };
    let line = "No talks of Osmia with Karsk took place on Monday in Brenhold.";
    let clash = ["took place “talks” in a / did not “talks” in b"];
    assert_eq!(with(line, |done| done.status(Status::Denied)), clash);
    assert_eq!(with(line, |done| done.status(Status::Hypothetical)), NONE);
    assert_eq!(with(line, |done| done.status(Status::Denied).at("Karsk")), NONE, "elsewhere");
}

#[test]
fn what_lies_ahead_does_not_lie_behind() {
    let with = |published: &str, line: &str, done: fn(Done) -> Done| {
        let ahead = "Karsk and Osmia are to open talks in Brenhold on Monday.";
        let ahead = talks("a", "2031-03-10", ahead, |done| done.status(Status::Planned));
        sides(TensionKind::Order, &[ahead, talks("b", published, line, done)])
    };
    let line = "The talks of Osmia with Karsk in Brenhold ended on Monday.";
    let clash = ["ahead “talks” in a / behind “talks” in b"];
    assert_eq!(with("2031-03-10", line, |done| done), clash);
    assert_eq!(with("2031-03-10", line, |done| done.status(Status::Planned)), NONE);
    let both = "Karsk and Osmia open talks in Brenhold on Monday.";
    let both = talks("a", "2031-03-10", both, |done| done.status(Status::Planned));
    let both = both.line("On Monday the talks ended.").time("Monday", "2031-03-10");
    let ended = event(EventType::Consult, "talks").by("Karsk").to("Osmia").on("Monday");
    let other = talks("b", "2031-03-10", line, |done| done);
    assert_eq!(sides(TensionKind::Order, &[both.clone(), other.clone()]), clash);
    assert_eq!(sides(TensionKind::Order, &[both.event(ended), other]), NONE, "an article that goes with the day");
}

#[test]
fn what_comes_to_pass_is_a_change_and_an_altered_copy_is_none() {
    let is_change = |published: &str, change: fn(Draft) -> Draft| {
        let ahead = "Karsk and Osmia open talks in Brenhold on Monday.";
        let ahead = change(talks("a", "2031-03-09", ahead, |done| done.status(Status::Planned)));
        let behind = "Karsk and Osmia opened talks in Brenhold on Monday.";
        let behind = change(talks("b", published, behind, |done| done));
        let told = told(&[ahead, behind]);
        let [tension] = told.story.tensions.as_slice() else { panic!("{:?}", told.story.tensions) };
        assert_eq!(tension.kind, TensionKind::Order);
        tension.is_change
    };
    assert!(is_change("2031-03-11", |draft| draft));
    assert!(!is_change("2031-03-09", |draft| draft), "both were published on one day");
    assert!(!is_change("2031-03-11", in_copies));
}

#[test]
fn a_side_cites_three_places_and_rests_on_all() {
    let lines = [
        "Karsk sent 2,300 trucks over the Amber bridge.",
        "It was over the old bridge of Amber that 2,300 trucks were sent, Karsk noted.",
        "To the Amber and its bridge 2,300 trucks had to be sent out of Karsk.",
        "In Karsk, where the Amber has a bridge, sentries counted 2,300 trucks.",
    ];
    let of_lines = lines.iter().zip(["a", "b", "c", "d"]);
    let of_lines = of_lines.map(|(line, name)| number(name, line, "2,300 trucks", "2300", QuantityModifier::Exact));
    let other = trucks("e", "1,800 trucks", "1800", QuantityModifier::Exact);
    let told = told(&of_lines.chain([other]).collect::<Vec<_>>());
    let [tension] = told.story.tensions.as_slice() else { panic!("{:?}", told.story.tensions) };
    let shown: Vec<String> =
        tension.sides.iter().map(|side| names(side.places.iter().map(|place| &place.article))).collect();
    assert_eq!(shown, ["a b c", "e"], "the side with most articles first");
    let support: Vec<(String, usize, usize)> = tension
        .sides
        .iter()
        .map(|TensionSide { support, .. }| (names(&support.articles), support.n_origins_min, support.n_origins_max))
        .collect();
    assert_eq!(support, [("a b c d".to_string(), 4, 4), ("e".to_string(), 1, 1)]);
}

#[test]
fn a_side_in_copies_rests_on_one_origin() {
    let copy = |name| in_copies(trucks(name, "2,300 trucks", "2300", QuantityModifier::Exact));
    let told = told(&[copy("a"), copy("b"), trucks("c", "1,800 trucks", "1800", QuantityModifier::Exact)]);
    let support = &told.story.tensions[0].sides[0].support;
    assert_eq!((names(&support.articles).as_str(), support.n_origins_min, support.n_origins_max), ("a b", 1, 1));
}

#[test]
fn the_order_of_the_records_changes_nothing() {
    let drafts = [
        trucks("a", "2,300 trucks", "2300", QuantityModifier::Exact),
        trucks("b", "1,800 trucks", "1800", QuantityModifier::Exact),
        wants("c", "2031-04-08", "Karsk", "by April 11", "2031-04-11"),
        wants("d", "2031-04-09", "Karsk", "by 15 April", "2031-04-15"),
    ];
    let (articles, mut records): (Vec<Article>, Vec<Record>) = drafts.into_iter().map(Draft::build).unzip();
    let tensions = tell(&articles, &records).tensions;
    let kinds: Vec<TensionKind> = tensions.iter().map(|tension| tension.kind).collect();
    assert_eq!(kinds, [TensionKind::Number, TensionKind::Date]);
    for _ in 0..records.len() {
        records.rotate_left(1);
        assert_eq!(tell(&articles, &records).tensions, tensions);
    }
    records.reverse();
    assert_eq!(tell(&articles, &records).tensions, tensions);
}
