//! Where do the words of two accounts not go together? All people and places are invented.

mod common;

use common::{NONE, in_copies, sides};
use rapporteur_model::*;
use rapporteur_testkit::{Draft, Saying, said};

/// A line after others that stand in every copy of the article.
fn report(name: &str, line: &str) -> Draft {
    in_copies(Draft::new(name, "2031-03-11")).line(line)
}

/// Somebody says, at any length, or denies that ships crossed a line.
fn on_ships(name: &str, speaker: &str, content: &str, class: StatementClass) -> Draft {
    let cue = if class == StatementClass::Denial { "denied" } else { "said" };
    let draft = Draft::new(name, "2031-03-11").person(speaker, "").line(&format!("{speaker} {cue} that {content}."));
    draft.says(said(speaker, cue, content).class(class))
}

#[test]
fn what_is_denied_is_told_elsewhere() {
    let denial = "ships had crossed the median line";
    let with = |speaker: &str, content: &str| {
        let denied = on_ships("a", "Oren Vale", denial, StatementClass::Denial);
        sides(TensionKind::Polarity, &[denied, on_ships("b", speaker, content, StatementClass::Speech)])
    };
    let content = "four ships crossed the median line at dawn";
    let clash = [format!("denied “{denial}” in a / told “{content}” in b")];
    assert_eq!(with("Mara Tellin", content), clash);
    assert_eq!(with("Oren Vale", content), clash, "he contradicts himself");
    assert_eq!(with("Mara Tellin", "ships of median size crossed a line"), NONE, "common words alone");
    assert_eq!(with("Mara Tellin", "their ships had crossed the median line"), NONE, "the same words and no more");
    let denied = on_ships("a", "Oren Vale", denial, StatementClass::Denial);
    let also_denied = on_ships("b", "Mara Tellin", content, StatementClass::Denial);
    assert_eq!(sides(TensionKind::Polarity, &[denied, also_denied]), NONE, "both deny it");
}

#[test]
fn what_is_denied_is_of_its_weeks() {
    let with = |published: &str| {
        let denied = on_ships("a", "Oren Vale", "ships had crossed the median line", StatementClass::Denial);
        let told = "four ships crossed the median line at dawn";
        let told = Draft::new("b", published)
            .person("Mara Tellin", "")
            .line(&format!("Mara Tellin said {told}."))
            .says(said("Mara Tellin", "said", told));
        sides(TensionKind::Polarity, &[denied, told]).len()
    };
    assert_eq!(with("2031-02-08"), 1, "weeks before");
    assert_eq!(with("2031-04-11"), 1, "weeks later");
    assert_eq!(with(""), 1, "on a day that is not known");
    assert_eq!(with("2029-03-11"), 0, "years before");
}

#[test]
fn a_phrase_of_a_denial_is_too_little() {
    let with = |denial: &str| {
        let denied = on_ships("a", "Oren Vale", denial, StatementClass::Denial);
        let told = on_ships("b", "Mara Tellin", "the median line was drawn badly", StatementClass::Speech);
        sides(TensionKind::Polarity, &[denied, told]).len()
    };
    assert_eq!(with("there were ships on the median line"), 1);
    assert_eq!(with("ships had crossed the median line carrying weapons"), 0);
}

#[test]
fn a_long_denial_is_found_by_what_others_tell_of_it() {
    let denial = "ships crossed the median line at dawn in fog with grain, salt, timber, cattle and wool";
    let denied = on_ships("a", "Oren Vale", denial, StatementClass::Denial);
    let told = on_ships("b", "Mara Tellin", "ships crossed the median line at dawn in fog", StatementClass::Speech);
    assert_eq!(sides(TensionKind::Polarity, &[denied, told]).len(), 1);
}

#[test]
fn the_same_words_with_and_without_a_negation_clash() {
    let with = |content: &str, change: fn(Saying) -> Saying| {
        let told = |name: &str, content: &str| {
            let draft =
                report(name, &format!("Mara Tellin said the bridge {content} before the harvest in the valley."));
            let content = format!("the bridge {content} before the harvest in the valley");
            (draft.person("Mara Tellin", ""), said("Mara Tellin", "said", &content))
        };
        let ((a, of_a), (b, of_b)) = (told("a", "would open again"), told("b", content));
        sides(TensionKind::Polarity, &[a.says(of_a), b.says(change(of_b))])
    };
    let affirmed = "affirmed “the bridge would open again before the harvest in the valley” in a";
    for negated in ["would not open again", "wouldn’t open again", "would never open again"] {
        let clash = format!("{affirmed} / negated “the bridge {negated} before the harvest in the valley” in b");
        assert_eq!(with(negated, |saying| saying), [clash]);
    }
    assert_eq!(with("would soon open again", |saying| saying), NONE);
    assert_eq!(with("would never not open again", |saying| saying), NONE, "two negations");
}

const SHUT: &str = "the old bridge over the Amber will stay shut until the spring";

/// Somebody says that the bridge stays shut.
fn on_bridge(name: &str, draft: Draft, speaker: Option<&str>) -> Draft {
    let line = format!("“{SHUT},” {} said.", speaker.unwrap_or("it was"));
    draft.copied(name, "2031-03-11").line(&line).says(said(speaker, "said", SHUT).quoting(SHUT))
}

#[test]
fn one_act_of_speech_has_one_speaker() {
    let person = |name: &str, who: &str| on_bridge(name, Draft::new("", "").person(who, ""), Some(who));
    let nobody = || on_bridge("b", Draft::new("", ""), None);
    let clash = ["Oren Vale “Oren Vale” in a / Mara Tellin “Mara Tellin” in c"];
    let with = |drafts: &[Draft]| sides(TensionKind::Attribution, drafts);
    assert_eq!(with(&[person("a", "Oren Vale"), nobody(), person("c", "Mara Tellin")]), clash);
    assert_eq!(with(&[person("a", "Oren Vale"), nobody(), person("c", "Oren Vale")]), NONE);
    assert_eq!(with(&[person("a", "Oren Vale"), person("c", "Mara Tellin")]), NONE, "nothing shows them to be one act");
}

#[test]
fn a_source_without_a_name_is_described_in_one_way() {
    let with = |one: &str, other: &str| {
        let source = |name: &str, words: &str| on_bridge(name, Draft::new("", "").unnamed(words), Some(words));
        sides(TensionKind::Attribution, &[source("a", one), source("b", other)])
    };
    assert_eq!(with("others", "other analysts"), ["others “others” in a / other analysts “other analysts” in b"]);
    assert_eq!(with("the analyst", "analysts"), NONE);
    assert_eq!(with("the official", "a senior official"), NONE);
}

#[test]
fn a_word_that_judges_stands_in_one_of_two_copies() {
    let with = |words: &str| {
        let line = |words: &str| {
            format!("The assembly of Karsk spoke on Sunday night about the {words} of the islands by Osmia.")
        };
        sides(TensionKind::Emphasis, &[report("a", &line("annexation")), report("b", &line(words))])
    };
    assert_eq!(with("illegal annexation"), ["without “annexation” in a / with “illegal annexation” in b"]);
    assert_eq!(with("recent annexation"), NONE, "it does not judge");
    assert_eq!(with("annexation"), NONE);
    assert_eq!(with("illegal sale"), NONE, "another thing");
    let own = Draft::new("a", "").line("Karsk speaks of the annexation.");
    let other = Draft::new("b", "").line("An illegal annexation is what envoys call it.");
    assert_eq!(sides(TensionKind::Emphasis, &[own, other]), NONE, "in words of their own");
}

#[test]
fn talks_of_one_day_went_one_way() {
    let with = |published: &str, line: &str| {
        let stuck = Draft::new("a", "2031-03-11").line("The talks in Brenhold ended without a breakthrough.");
        sides(TensionKind::Interpretation, &[stuck, Draft::new("b", published).line(line)])
    };
    let line = "Both sides narrowed their differences, envoys said.";
    let clash = ["no progress “without a breakthrough” in a / a way forward “narrowed their differences” in b"];
    assert_eq!(with("2031-03-11", line), clash);
    assert_eq!(with("2031-03-12", line), NONE, "on another day");
    assert_eq!(with("2031-03-11", "The envoys of Osmia were not optimistic."), NONE);
    assert_eq!(with("2031-03-11", "Both sides shook hands."), NONE);
}

#[test]
fn a_copy_tells_how_talks_went_on_the_day_of_its_original() {
    let stuck = "The talks in Brenhold ended without a breakthrough.";
    let moving = || Draft::new("c", "2031-03-12").line("Both sides narrowed their differences, envoys said.");
    let copies = [report("a", stuck), report("b", stuck).copied("b", "2031-03-12"), moving()];
    assert_eq!(sides(TensionKind::Interpretation, &copies), NONE);
    let of_the_day = [Draft::new("b", "2031-03-12").line(stuck), moving()];
    assert_eq!(sides(TensionKind::Interpretation, &of_the_day).len(), 1);
}

#[test]
fn other_voices_read_it_otherwise() {
    let with = |who: &str, between: &str| {
        let first = "Officials fear the toll will ruin the millers.";
        let second = format!("{who} contend it will fill the granaries.");
        let draft = Draft::new("a", "2031-03-11").unnamed("Officials").unnamed(who);
        let fear = said("Officials", "fear", "the toll will ruin the millers");
        let contend = said(who, "contend", "it will fill the granaries");
        let draft = match between {
            "\n" => draft.line(first).says(fear).line(&second).says(contend),
            _ => draft.line(&format!("{first}{between}{second}")).says(fear).says(contend),
        };
        sides(TensionKind::Interpretation, &[draft])
    };
    let clash = ["one “the toll will ruin the millers” in a / other “it will fill the granaries” in a"];
    assert_eq!(with("Others", " "), clash);
    assert_eq!(with("Critics at home", " "), clash);
    assert_eq!(with("Others", "\n"), NONE, "in a paragraph of their own");
    assert_eq!(with("Bakers", " "), NONE, "they may agree");
}

#[test]
fn other_voices_that_agree_or_ask_for_something_read_nothing_otherwise() {
    let with = |cue: &str, class| {
        let draft = Draft::new("a", "2031-03-11").unnamed("Officials").unnamed("Other officials");
        let line =
            format!("Officials fear the toll will ruin the millers. Other officials {cue} it will fill the granaries.");
        let fear = said("Officials", "fear", "the toll will ruin the millers").class(class);
        let other = said("Other officials", cue, "it will fill the granaries");
        sides(TensionKind::Interpretation, &[draft.line(&line).says(fear).says(other)]).len()
    };
    assert_eq!(with("contend", StatementClass::Speech), 1);
    assert_eq!(with("also contend", StatementClass::Speech), 0, "they agree");
    assert_eq!(with("contend", StatementClass::Demand), 0, "no reading");
}

#[test]
fn a_source_points_back_to_nobody_where_paragraphs_are_out_of_order() {
    let draft = |line: &str| {
        let draft = Draft::new("a", "2031-03-11").person("Oren Vale", "").unnamed("That official");
        draft.line(line).says(said("That official", "said", "the bridge was shut"))
    };
    let corruption = |draft: Draft| sides(TensionKind::Corruption, &[draft]);
    let alone = || draft("That official said the bridge was shut.");
    assert_eq!(corruption(alone().out_of_order()), ["“That official” in a"]);
    assert_eq!(corruption(alone()), NONE, "in order");
    assert_eq!(corruption(draft("Oren Vale spoke. That official said the bridge was shut.").out_of_order()), NONE);
}

#[test]
fn words_that_a_program_for_synonyms_altered_stand_against_the_original() {
    let original = Draft::new("a", "2031-03-11")
        .line("The garrison at the river mouth will stay where it is until the assembly has voted on the treaty.")
        .line("Vale told reporters in Karsk that the government would not open the bridge before the vote.")
        .line("Foreign Minister Mara Tellin called the delay a serious problem for the towns along the river.")
        .line("Tellin will meet the envoys of Velmora again in the old customs house at the end of the month.");
    let spun = Draft::new("b", "2031-03-12")
        .line("The garrison at the stream mouth will remain where it is until the gathering has balloted on the treaty.")
        .line("Vale advised newshounds in Karsk that the administration would not unlock the bridge before the ballot.")
        .line("Overseas Clergyman Mara Tellin named the delay a grave conundrum for the townships along the river.")
        .line("Tellin will encounter the emissaries of Velmora again in the aged customs dwelling at the conclude of the month.");
    assert_eq!(
        sides(TensionKind::Corruption, &[original.clone(), spun]),
        ["elsewhere “river” in a / altered “stream” in b"]
    );
    assert_eq!(sides(TensionKind::Corruption, &[original.clone(), original.copied("b", "2031-03-12")]), NONE);
}
