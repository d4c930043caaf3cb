//! What did people put right by hand, and does it still hold? All people and places are invented.

mod common;

use TargetLayer::{Happening as HappeningLayer, Utterance as UtteranceLayer};
use common::{NONE, Told, names, reported_in};
use proptest::prelude::*;
use rapporteur_model::*;
use rapporteur_story::{Corrections, Issues, tell, tell_corrected};
use rapporteur_testkit::{Draft, anchor, correction, coverage, event, said, stance, target};

const BRIDGE: &str = "the bridge over the Amber stays shut until spring";
const FERRY: &str = "the ferry to the islands will sail twice a day";

/// The pile after a log of corrections.
struct Put {
    told: Told,
    records: Vec<Record>,
    corrected: Corrected,
}

fn put(pile: &[(Article, Record)], log: &[Correction]) -> Put {
    let mut pile = pile.to_vec();
    pile.sort_by(|(a, _), (b, _)| (&a.location, &a.id).cmp(&(&b.location, &b.id)));
    let (articles, mut records): (Vec<Article>, Vec<Record>) = pile.into_iter().unzip();
    let corrections = Corrections::resolve(log, &articles, &records);
    corrections.correct(&mut records);
    let (story, corrected) = tell_corrected(&articles, &records, Issues::builtin(), &corrections);
    Put { told: Told { articles, story }, records, corrected }
}

impl Put {
    fn actors(&self) -> Vec<String> {
        let mut actors: Vec<String> = self
            .told
            .story
            .actors
            .iter()
            .map(|actor| format!("{}: {}", actor.name, names(actor.members.iter().map(|member| &member.article))))
            .collect();
        actors.sort();
        actors
    }

    /// The marks, each as the correction and the item.
    fn marks(&self) -> Vec<String> {
        self.corrected.marks.iter().map(|mark| format!("{} on {}", mark.correction, mark.item)).collect()
    }

    /// The corrections that hold nowhere.
    fn orphans(&self) -> Vec<String> {
        self.corrected.orphans.iter().map(|orphan| format!("{}: {}", orphan.correction, orphan.reason)).collect()
    }

    fn speakers(&self) -> Vec<&str> {
        self.told.story.utterances.iter().map(|utterance| self.told.name(utterance.speaker.as_ref())).collect()
    }
}

/// Oren Vale says that the bridge stays shut.
fn courier() -> Draft {
    Draft::new("courier", "2031-03-11")
        .person("Oren Vale", "state:karsk")
        .state("Karsk", "state:karsk")
        .line("Lorries queue for miles along the harbour road of Karsk.")
        .line(&format!("“For now {BRIDGE},” Oren Vale said on Monday."))
        .time("Monday", "2031-03-10")
        .says(said("Oren Vale", "said", BRIDGE).quoting(BRIDGE).on("Monday"))
}

/// A woman says it in other words of the article.
fn observer() -> Draft {
    Draft::new("observer", "2031-03-12")
        .person("Mara Tellin", "")
        .line(&format!("Fishermen cheered when Mara Tellin told a crowd that day: “{BRIDGE}”. Bakers did not."))
        .time("that day", "2031-03-10")
        .says(said("Mara Tellin", "told", BRIDGE).quoting(BRIDGE).on("that day"))
}

fn built(drafts: &[Draft]) -> Vec<(Article, Record)> {
    drafts.iter().cloned().map(Draft::build).collect()
}

fn of(layer: TargetLayer, places: &[(&Article, &str)]) -> Target {
    target(layer, "as it was", "as it was", places)
}

fn note(target: Target) -> CorrectionAct {
    CorrectionAct::Note { target, text: "Seen on paper as well.".into() }
}

fn actor(label: &str, places: &[(&Article, &str)]) -> Target {
    target(TargetLayer::Actor, "as it was", label, places)
}

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

/// The guards shut the bridge, and Karsk asks for a new one.
fn gazette(name: &str) -> Draft {
    Draft::new(name, "2031-03-11")
        .state("Karsk", "state:karsk")
        .state("Brenhold", "state:brenhold")
        .line("Karsk attacked a depot of Brenhold on Sunday.")
        .time("Sunday", "2031-03-09")
        .event(event(EventType::Assault, "attacked").by("Karsk").to("Brenhold").on("Sunday"))
        .line("Karsk demands a withdrawal of troops from the valley.")
        .holds(stance(StanceKind::Demand, "Karsk", "demands").about("a withdrawal of troops", "withdrawal"))
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

/// Somebody speaks of the ferry under one of her names.
fn on_the_ferry(name: &str, speaker: &str) -> Draft {
    Draft::new(name, "2031-03-11")
        .person(speaker, "")
        .line(&format!("As the {name} has it, {speaker} said that {FERRY}."))
        .says(said(speaker, "said", FERRY))
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

#[test]
fn what_is_undone_does_not_count_and_what_undoes_can_be_undone() {
    let pile = built(&[courier()]);
    let reject = correction(1, CorrectionAct::Reject { target: of(UtteranceLayer, &[(&pile[0].0, BRIDGE)]) });
    let undo = |n, of: &str| correction(n, CorrectionAct::Undo { correction: CorrectionId::new(of) });
    let n_utterances = |log: &[Correction]| put(&pile, log).told.story.utterances.len();
    assert_eq!(n_utterances(std::slice::from_ref(&reject)), 0);
    assert_eq!(n_utterances(&[undo(2, "c1"), reject.clone()]), 1);
    assert_eq!(n_utterances(&[undo(3, "c2"), undo(2, "c1"), reject.clone()]), 0);
    let unknown = put(&pile, &[reject, undo(2, "c7")]);
    assert_eq!(unknown.orphans(), ["c2: the log has no earlier entry of this id"]);
}

#[test]
fn words_are_found_again_in_an_article_that_was_read_anew() {
    let pile = built(&[courier()]);
    let log = [
        correction(1, note(of(UtteranceLayer, &[(&pile[0].0, BRIDGE)]))),
        correction(2, note(actor("", &[(&pile[0].0, "Oren Vale")]))),
    ];
    let draft = Draft::new("courier", "2031-03-11")
        .person("Oren Vale", "state:karsk")
        .line(
            "Updated at noon – “snow” is expected. It is said that the bridge over the Amber stays shut until spring.",
        )
        .line(&format!("“For now {BRIDGE},” Oren Vale said on Monday."))
        .says(said("Oren Vale", "said", BRIDGE).quoting(BRIDGE));
    let (mut article, mut record) = draft.build();
    article.id = ArticleId::new("id-anew");
    article.text_id = TextId::new("text-anew");
    record.article = article.id.clone();
    let anew = put(&[(article.clone(), record.clone())], &log);
    assert_eq!(anew.orphans(), NONE);
    assert_eq!(anew.marks()[0], format!("c1 on {}", anew.told.story.utterances[0].id));
    // Elsewhere, many words with their surroundings are known, and few are not.
    article.location = "moved.txt".into();
    let moved = put(&[(article, record)], &log);
    assert_eq!(
        moved.orphans(),
        ["c2: the words stand in no article of the case, and there is not one actor of this name"]
    );
    assert_eq!(moved.marks().len(), 1);
}

#[test]
fn words_that_are_cut_otherwise_fall_to_what_has_most_of_them() {
    let pile = built(&[courier()]);
    let cut = |words: &str| put(&pile, &[correction(1, note(of(UtteranceLayer, &[(&pile[0].0, words)])))]);
    assert_eq!(cut("For now the bridge over the Amber stays shut until spring").marks().len(), 1);
    assert_eq!(cut("spring,” Oren Vale said on Monday").orphans(), ["c1: no utterance stands at the words any more"]);
}

#[test]
fn marks_are_on_all_that_holds_the_words() {
    let mut pile = built(&[courier(), gazette("gazette")]);
    let outlet = Evidenced { value: "Amber Line".to_string(), evidence: Evidence::Given };
    pile[1].0.outlet = Some(outlet);
    let (courier, gazette) = (&pile[0].0, &pile[1].0);
    let story = put(&pile, &[]).told.story;
    let named = |layer, id: &str, places: &[(&Article, &str)]| target(layer, id, "", places);
    let targets = [
        of(UtteranceLayer, &[(courier, BRIDGE)]),
        of(HappeningLayer, &[(gazette, "attacked")]),
        actor("", &[(gazette, "Karsk")]),
        named(TargetLayer::Position, "", &[(gazette, "demands")]),
        named(TargetLayer::Timeline, &story.timeline[0].id(), &[(gazette, "attacked a depot")]),
        named(TargetLayer::Issue, story.issues[0].id.as_str(), &[]),
        named(TargetLayer::Article, "id-courier", &[]),
        named(TargetLayer::Article, "id-of-old", &[(courier, "harbour")]),
        named(TargetLayer::Outlet, "AMBER line", &[]),
    ];
    let log: Vec<Correction> = (1..).zip(targets).map(|(n, target)| correction(n, note(target))).collect();
    let karsk = story.actors.iter().find(|actor| actor.name == "Karsk").unwrap();
    let expected = [
        story.utterances[0].id.to_string(),
        story.happenings[0].id.to_string(),
        karsk.id.to_string(),
        story.positions[0].id(),
        story.timeline[0].id(),
        story.issues[0].id.to_string(),
        "id-courier".to_string(),
        "id-courier".to_string(),
        "Amber Line".to_string(),
    ];
    let expected: Vec<String> = (1..).zip(expected).map(|(n, id): (u32, String)| format!("c{n} on {id}")).collect();
    assert_eq!(put(&pile, &log).marks(), expected);
    let gone = put(&built(&[observer()]), &log);
    assert_eq!((gone.marks().len(), gone.orphans().len()), (0, 9));
}

#[test]
fn a_correction_holds_where_some_of_its_words_are_gone() {
    let pile = built(&[courier(), observer()]);
    let target = of(UtteranceLayer, &[(&pile[0].0, BRIDGE), (&pile[1].0, BRIDGE)]);
    let put = put(&pile[1..], &[correction(1, note(target))]);
    assert_eq!((put.marks().len(), put.orphans().len()), (1, 0));
    assert_eq!(reported_in(&put.told.story.utterances[0].reports), "observer");
}

/// A correction of what a drawn story has, by the first words of one of its items.
fn drawn(n: u32, articles: &[Article], records: &[Record], kind: u8, at: usize) -> Option<Correction> {
    let record = records.iter().cycle().skip(at).take(records.len()).find(|record| !record.statements.is_empty())?;
    let article = articles.iter().find(|article| article.id == record.article)?;
    let statement = &record.statements[at % record.statements.len()];
    let of = |layer, span: Span| Target {
        layer,
        id: "old".into(),
        label: "Oren Vale".into(),
        places: vec![anchored(article, span)],
    };
    let utterance = of(UtteranceLayer, *statement.content.first()?);
    let who = || Some(of(TargetLayer::Actor, record.mentions.get(at % record.mentions.len().max(1))?.span));
    let other = record.actors.iter().find_map(|actor| actor.mentions.last())?;
    let other = of(TargetLayer::Actor, record.mentions[other.0 as usize].span);
    let act = match kind {
        0 => CorrectionAct::Reject { target: utterance },
        1 => CorrectionAct::Attribute { target: utterance, speaker: Some(other) },
        2 => CorrectionAct::Split { target: utterance },
        3 => CorrectionAct::Merge { targets: vec![who()?, other] },
        4 => CorrectionAct::Split { target: who()? },
        5 => CorrectionAct::Rename { target: who()?, name: "The Speaker".into() },
        _ => CorrectionAct::Undo { correction: CorrectionId::new(format!("c{}", n / 2)) },
    };
    Some(correction(n, act))
}

fn anchored(article: &Article, span: Span) -> Anchor {
    let start = article.text[..span.start.get()].chars().count();
    let exact = span.of(&article.text);
    let end = start + exact.chars().count();
    Anchor { start: start as u32, end: end as u32, exact: exact.into(), ..anchor(article, exact) }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Whatever the order of the log, the story is the same; each entry that counts is told of; and all that the story
    /// names is there.
    #[test]
    fn any_order_of_the_log_gives_the_same_story(
        seed in 0..1000u64,
        acts in prop::collection::vec((0..7u8, 0..400usize), 1..12),
        order in Just((0..12usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let pile: Vec<(Article, Record)> = coverage(seed, 24).collect();
        let (articles, records): (Vec<Article>, Vec<Record>) = pile.iter().cloned().unzip();
        let log: Vec<Correction> =
            (1..).zip(&acts).filter_map(|(n, (kind, at))| drawn(n, &articles, &records, *kind, *at)).collect();
        let expected = put(&pile, &log);
        let shuffled: Vec<Correction> = order.iter().filter_map(|idx| log.get(*idx).cloned()).collect();
        let again = put(&pile, &shuffled);
        prop_assert_eq!(&again.told.story, &expected.told.story);
        prop_assert_eq!(&again.corrected, &expected.corrected);
        let n_events: usize = expected.records.iter().map(|record| record.events.len()).sum();
        let n_told: usize = expected.told.story.happenings.iter().map(|happening| happening.reports.len()).sum();
        prop_assert_eq!(n_events, n_told);
        for utterance in &expected.told.story.utterances {
            prop_assert_eq!(utterance.reasons.is_empty(), utterance.reports.len() == 1);
        }
        let n_members: usize = expected.told.story.actors.iter().map(|actor| actor.members.len()).sum();
        prop_assert_eq!(n_members, expected.records.iter().map(|record| record.actors.len()).sum::<usize>());
    }
}
