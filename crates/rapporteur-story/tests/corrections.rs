//! What did people put right by hand? All people and places are invented.

mod common;

use TargetLayer::{Happening as HappeningLayer, Utterance as UtteranceLayer};
use common::corrected::*;
use rapporteur_model::*;
use rapporteur_story::tell;
use rapporteur_testkit::{Draft, anchor, correction, coverage, said, target};

#[test]
fn without_corrections_the_story_is_the_same_to_the_byte() {
    let mut pile: Vec<(Article, Record)> = coverage(7, 60).collect();
    pile.sort_by(|(a, _), (b, _)| a.location.cmp(&b.location));
    let (articles, records): (Vec<Article>, Vec<Record>) = pile.iter().cloned().unzip();
    let put = put(&pile, &[]);
    let bytes = |story: &Story| serde_json::to_string(story).unwrap();
    assert_eq!(bytes(&put.told.story), bytes(&tell(&articles, &records)));
    assert_eq!(put.corrected, Corrected::default());
}

#[test]
fn a_rejected_utterance_goes_with_its_copies_and_with_what_was_read_from_it() {
    let mut pile = built(&[courier(), observer(), courier().copied("dispatch", "2031-03-12")]);
    let record = &mut pile[0].1;
    record.predications.push(Predication {
        trigger: record.statements[0].cue.unwrap(),
        sources: Vec::new(),
        targets: Vec::new(),
        object: None,
        polarity: Polarity::Positive,
        status: Status::Happened,
        condition: None,
        time: None,
        place: None,
        reasons: Vec::new(),
    });
    record.statements[0].predication = Some(PredicationIdx(0));
    let frame = "drawn".to_string();
    record.events.push(Event { predication: PredicationIdx(0), kind: EventType::Reject, mode: None, frame });
    let nested = Statement {
        id: StatementId::new("id-courier/nested"),
        nested_in: Some(record.statements[0].id.clone()),
        predication: None,
        content: vec![record.statements[0].content[0].hull(record.statements[0].cue.unwrap())],
        ..record.statements[0].clone()
    };
    record.statements.push(nested);

    let log = [correction(1, CorrectionAct::Reject { target: of(UtteranceLayer, &[(&pile[0].0, BRIDGE)]) })];
    let put = put(&pile, &log);
    assert_eq!(put.told.utterances(), ["courier"], "the copies would bring it back; what it held stays");
    assert_eq!(put.records.iter().map(|record| record.events.len()).sum::<usize>(), 0);
    assert_eq!(put.records[0].statements[0].nested_in, None);
    assert_eq!(put.records[0].predications.len(), 1, "what others point to keeps its place");
    assert_eq!(put.marks(), ["c1 on as it was"]);
}

#[test]
fn few_words_are_rejected_where_they_stand_only() {
    let saying = |name: &str| {
        Draft::new(name, "2031-03-11").person("Oren Vale", "").line("Oren Vale said no.").says(said(
            "Oren Vale",
            "said",
            "no",
        ))
    };
    let pile = built(&[saying("courier"), saying("observer")]);
    let log = [correction(1, CorrectionAct::Reject { target: of(UtteranceLayer, &[(&pile[0].0, "no")]) })];
    assert_eq!(put(&pile, &log).told.utterances(), ["observer"]);
}

#[test]
fn events_stances_issues_and_entries_of_the_timeline_are_rejected_each_in_its_way() {
    let pile = built(&[gazette("gazette")]);
    let article = &pile[0].0;
    let before = put(&pile, &[]).told.story;
    let rejected = |target: Target| {
        let put = put(&pile, &[correction(1, CorrectionAct::Reject { target })]);
        assert_eq!(put.marks().len(), 1);
        let story = &put.told.story;
        let n = [&story.happenings.len(), &story.issues.len(), &story.positions.len(), &story.timeline.len()];
        n.map(|n| *n)
    };
    assert_eq!(rejected(actor("Karsk", &[(article, "Karsk")])), [1, 1, 1, 1], "an actor stays");
    assert_eq!(rejected(of(HappeningLayer, &[(article, "attacked")])), [0, 1, 1, 1]);
    assert_eq!(rejected(of(TargetLayer::Position, &[(article, "demands")])), [1, 0, 0, 1]);
    assert_eq!(rejected(target(TargetLayer::Issue, before.issues[0].id.as_str(), "", &[])), [1, 0, 0, 1]);
    let entry = target(TargetLayer::Timeline, "timeline/2031-03-09/of-old.1", "", &[(article, "attacked a depot")]);
    assert_eq!(rejected(entry), [1, 1, 1, 0]);
    let other_day = target(TargetLayer::Timeline, "timeline/2031-03-08/of-old.1", "", &[(article, "attacked a depot")]);
    let put = put(&pile, &[correction(1, CorrectionAct::Reject { target: other_day })]);
    assert_eq!((put.told.story.timeline.len(), put.orphans().len()), (1, 1));
}

#[test]
fn a_statement_gets_another_speaker_and_what_is_held_by_it_too() {
    let pile = built(&[courier().person("Mara Tellin", ""), observer()]);
    let (courier, observer) = (&pile[0].0, &pile[1].0);
    let by = |speaker: Option<Target>| {
        let target = of(UtteranceLayer, &[(courier, BRIDGE)]);
        put(&pile, &[correction(1, CorrectionAct::Attribute { target, speaker })])
    };
    assert_eq!(put(&pile, &[]).speakers(), ["Oren Vale", "Mara Tellin"]);
    let known = by(Some(actor("Mara  TELLIN", &[])));
    assert_eq!((known.speakers(), known.records[0].actors.len()), (vec!["Mara Tellin"], 3));
    assert_eq!(known.marks(), [format!("c1 on {}", known.told.story.utterances[0].id)]);
    let elsewhere = by(Some(actor("the mayor", &[(observer, "Mara Tellin")])));
    assert_eq!(elsewhere.speakers(), ["Mara Tellin"]);
    let stranger = by(Some(actor("Ivo Brandt", &[])));
    assert_eq!(stranger.speakers(), ["Ivo Brandt", "Mara Tellin"]);
    let nobody = by(None);
    assert_eq!(nobody.records[0].statements[0].source, None);
    assert_eq!(nobody.speakers(), ["Mara Tellin"], "words that nobody is told to say fit those of one who does");
}

#[test]
fn a_statement_that_was_not_found_is_brought_in() {
    let draft =
        courier().line(&format!("“And,” he went on, “{FERRY}.”")).line("The toll will be halved in May, he added.");
    let pile = built(&[draft]);
    let article = &pile[0].0;
    let add = |n: u32, words: &str, speaker: Option<&str>| {
        let speaker = speaker.map(|name| actor(name, &[]));
        correction(n, CorrectionAct::Add { words: anchor(article, words), speaker, class: StatementClass::Promise })
    };
    let log = [
        add(1, FERRY, Some("Oren Vale")),
        add(2, "The toll will be halved in May", None),
        correction(3, note(of(UtteranceLayer, &[(article, FERRY)]))),
    ];
    let put = put(&pile, &log);
    let statements = &put.records[0].statements;
    let words: Vec<&str> = statements.iter().map(|statement| statement.content[0].of(&article.text)).collect();
    assert_eq!(words, [BRIDGE, FERRY, "The toll will be halved in May"]);
    assert_eq!(statements[1].kind, StatementKind::Direct);
    assert_eq!(statements[1].id, StatementId::of(&article.id, statements[1].content[0], 0));
    assert_eq!((statements[2].kind, statements[2].speaker), (StatementKind::Indirect, None));
    assert_eq!(put.told.story.utterances.len(), 3);
    let ferry = &put.told.story.utterances[1];
    assert_eq!((put.told.name(ferry.speaker.as_ref()), ferry.class), ("Oren Vale", StatementClass::Promise));
    assert_eq!(put.marks()[2], format!("c3 on {}", ferry.id));
}

#[test]
fn what_the_program_finds_by_now_is_not_brought_in_twice() {
    let pile = built(&[courier()]);
    let act = CorrectionAct::Add { words: anchor(&pile[0].0, BRIDGE), speaker: None, class: StatementClass::Promise };
    let put = put(&pile, &[correction(1, act)]);
    assert_eq!(put.told.story.utterances.len(), 1);
    assert_eq!(put.told.story.utterances[0].class, StatementClass::Promise);
    assert_eq!(put.speakers(), ["Oren Vale"]);
}

#[test]
fn actors_that_were_put_together_stay_so_when_articles_are_added() {
    let mut pile = built(&[on_the_ferry("a", "Anna Reed"), on_the_ferry("b", "Joan Holt")]);
    assert_eq!(put(&pile, &[]).told.utterances(), ["a", "b"]);
    let (a, b) = (pile[0].0.clone(), pile[1].0.clone());
    let targets = vec![actor("Anna Reed", &[(&a, "Anna Reed")]), actor("Joan Holt", &[(&b, "Joan Holt")])];
    let log = [correction(1, CorrectionAct::Merge { targets })];
    pile.extend(built(&[on_the_ferry("c", "Joan Holt")]));
    let put = put(&pile, &log);
    assert_eq!(put.actors(), ["Joan Holt: a b c"]);
    assert_eq!(put.told.utterances(), ["a b c"], "one speaker by now");
    let merges = &put.told.story.actors[0].merges;
    assert_eq!(merges.iter().map(|merge| merge.kind).collect::<Vec<_>>(), [MergeKind::FullName, MergeKind::ByHand]);
    assert_eq!(merges[1].reason, "put together by hand: Anna Reed, Joan Holt");
    assert_eq!(put.marks(), [format!("c1 on {}", put.told.story.actors[0].id)]);
}

#[test]
fn an_actor_without_words_is_told_by_its_name_where_one_bears_it() {
    let pile = built(&[on_the_ferry("a", "Anna Reed"), on_the_ferry("b", "Joan Holt")]);
    let merge = |label: &str| {
        let targets = vec![actor("Anna Reed", &[]), actor(label, &[])];
        put(&pile, &[correction(1, CorrectionAct::Merge { targets })])
    };
    assert_eq!(merge("Joan Holt").actors(), ["Anna Reed: a b"]);
    let gone = merge("Ivo Brandt");
    assert_eq!(gone.actors().len(), 2);
    assert_eq!(gone.orphans(), ["c1: fewer than two of what was put together are there"]);
}

#[test]
fn two_actors_of_one_article_are_one_by_hand() {
    let pile = built(&[on_the_ferry("a", "Anna Reed").person("Joan Holt", "").line("Joan Holt nodded.")]);
    let a = &pile[0].0;
    let targets = vec![actor("", &[(a, "Anna Reed")]), actor("", &[(a, "Joan Holt")])];
    let put = put(&pile, &[correction(1, CorrectionAct::Merge { targets })]);
    assert_eq!(put.actors(), ["Anna Reed: a a"]);
}

#[test]
fn the_log_is_replayed_in_the_order_of_time() {
    let pile = built(&[on_the_ferry("a", "Anna Reed"), on_the_ferry("b", "Joan Holt"), on_the_ferry("c", "Anna Reed")]);
    let (a, b, c) = (&pile[0].0, &pile[1].0, &pile[2].0);
    let targets = vec![actor("", &[(a, "Anna Reed")]), actor("", &[(b, "Joan Holt")])];
    let merge = correction(1, CorrectionAct::Merge { targets });
    let split = correction(2, CorrectionAct::Split { target: actor("", &[(b, "Joan Holt"), (c, "Anna Reed")]) });
    let renamed = CorrectionAct::Rename { target: actor("", &[(a, "Anna Reed")]), name: "Lady Reed".into() };
    let log = [merge, split, correction(3, renamed)];
    let expected = ["Anna Reed: b c", "Lady Reed: a"];
    for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0], [2, 1, 0]] {
        let shuffled: Vec<Correction> = order.iter().map(|idx| log[*idx].clone()).collect();
        assert_eq!(put(&pile, &shuffled).actors(), expected);
    }
    let named = put(&pile, &log);
    assert_eq!(named.told.utterances(), ["a", "b c"]);
    let renamed = named.told.story.actors.iter().find(|actor| actor.name == "Lady Reed").unwrap();
    let unnamed = put(&pile, &log[..2]).told.story.actors;
    assert!(unnamed.iter().any(|actor| actor.id == renamed.id), "the name makes no other id");
    assert!(renamed.merges.is_empty());
}

#[test]
fn utterances_and_happenings_are_put_together_and_apart() {
    let pile = built(&[on_the_ferry("a", "Anna Reed"), on_the_ferry("b", "Anna Reed"), gazette("c"), gazette("d")]);
    let [a, b, c, d] = [0, 1, 2, 3].map(|idx: usize| &pile[idx].0);
    let split = |layer, place| CorrectionAct::Split { target: of(layer, &[place]) };
    let apart =
        [correction(1, split(UtteranceLayer, (b, FERRY))), correction(2, split(HappeningLayer, (d, "attacked")))];
    let once = put(&pile, &apart);
    assert_eq!(once.told.utterances(), ["a", "b"]);
    assert_eq!(once.told.happenings(), ["c", "d"]);
    assert!(once.told.story.utterances.iter().all(|utterance| utterance.reasons.is_empty()));
    let merge = |layer, x, y| CorrectionAct::Merge { targets: vec![of(layer, &[x]), of(layer, &[y])] };
    let together = [
        correction(3, merge(UtteranceLayer, (a, FERRY), (b, FERRY))),
        correction(4, merge(HappeningLayer, (c, "attacked"), (d, "attacked"))),
    ];
    let twice = put(&pile, &[apart, together].concat());
    assert_eq!((twice.told.utterances(), twice.told.happenings()), (vec!["a b".to_string()], vec!["c d".to_string()]));
    assert_eq!(twice.told.story.happenings[0].reasons, ["put together or taken apart by hand"]);
    assert_eq!(twice.marks().len(), 4);
    let mixed =
        CorrectionAct::Merge { targets: vec![of(UtteranceLayer, &[(a, FERRY)]), actor("", &[(a, "Anna Reed")])] };
    let none = CorrectionAct::Merge { targets: Vec::new() };
    assert_eq!(put(&pile, &[correction(1, mixed), correction(2, none)]).orphans().len(), 2);
}

#[test]
fn an_issue_bears_its_name() {
    let pile = built(&[gazette("a")]);
    let id = put(&pile, &[]).told.story.issues[0].id.to_string();
    let rename = |id: &str| {
        let target = target(TargetLayer::Issue, id, "", &[]);
        put(&pile, &[correction(1, CorrectionAct::Rename { target, name: "Who leaves first".into() })])
    };
    assert_eq!(rename(&id).told.story.issues[0].name, "Who leaves first");
    assert_eq!(rename("found/toll").orphans(), ["c1: no issue of the story has this id"]);
}
