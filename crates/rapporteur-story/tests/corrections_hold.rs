//! Does what people put right by hand still hold? All people and places are invented.

mod common;

use TargetLayer::{Happening as HappeningLayer, Utterance as UtteranceLayer};
use common::corrected::*;
use common::{NONE, reported_in};
use proptest::prelude::*;
use rapporteur_model::*;
use rapporteur_testkit::{Draft, anchor, correction, coverage, said, target};

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
