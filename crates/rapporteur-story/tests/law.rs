//! The law of a story: it depends on what was read, not on the order in which it came, and all that it names is there.

use proptest::prelude::*;
use rapporteur_model::*;
use rapporteur_story::{Alone, Issues, LineageIndex, Wording, Workers, tell};
use rapporteur_testkit::coverage;
use std::collections::{BTreeMap, BTreeSet};

/// Articles with their records, in the order in which a reading keeps the articles.
fn sorted(mut pile: Vec<(Article, Record)>) -> (Vec<Article>, Vec<Record>) {
    pile.sort_by(|(a, _), (b, _)| (&a.location, &a.id).cmp(&(&b.location, &b.id)));
    pile.into_iter().unzip()
}

fn bytes(story: &Story) -> String {
    serde_json::to_string(story).expect("a story can be written")
}

/// Asserts that each id of the story names something that was read or told, and that each span lies in its article.
fn assert_nothing_dangles(articles: &[Article], records: &[Record], story: &Story) {
    let texts: BTreeMap<&ArticleId, &str> =
        articles.iter().map(|article| (&article.id, article.text.as_str())).collect();
    let records: BTreeMap<&ArticleId, &Record> = records.iter().map(|record| (&record.article, record)).collect();
    let actors: BTreeSet<&ActorId> = story.actors.iter().map(|actor| &actor.id).collect();
    let issues: BTreeSet<&IssueId> = story.issues.iter().map(|issue| &issue.id).collect();
    let utterances: BTreeSet<&UtteranceId> = story.utterances.iter().map(|utterance| &utterance.id).collect();
    let happenings: BTreeSet<&HappeningId> = story.happenings.iter().map(|happening| &happening.id).collect();
    let statements: BTreeSet<&StatementId> =
        records.values().flat_map(|record| &record.statements).map(|statement| &statement.id).collect();
    let n_ids = [actors.len(), issues.len(), utterances.len(), happenings.len()];
    let n_things = [story.actors.len(), story.issues.len(), story.utterances.len(), story.happenings.len()];
    assert_eq!(n_ids, n_things, "an id names one thing");
    let is_place = |article: &ArticleId, span: Span| texts[article].get(span.start.get()..span.end.get()).is_some();
    let assert_support = |support: &Support| {
        assert!(!support.articles.is_empty() && support.articles.iter().all(|id| texts.contains_key(id)));
        let distinct: BTreeSet<&ArticleId> = support.articles.iter().collect();
        assert_eq!(distinct.len(), support.articles.len(), "an article carries a fact once");
        assert!(support.first.iter().all(|id| support.articles.contains(id)));
        assert!(1 <= support.n_origins_min && support.n_origins_min <= support.n_origins_max);
        assert!(support.n_origins_max <= support.articles.len());
    };
    for actor in &story.actors {
        let is_there = |member: &ActorMember| records[&member.article].actors.get(member.actor.0 as usize).is_some();
        assert!(!actor.members.is_empty() && actor.members.iter().all(is_there));
    }
    for passage in &story.passages {
        assert!([&passage.a, &passage.b].iter().all(|place| is_place(&place.article, place.span)));
    }
    for utterance in &story.utterances {
        assert!(utterance.speaker.iter().all(|speaker| actors.contains(speaker)));
        assert!(utterance.reports.iter().all(|id| statements.contains(id)));
        assert!(utterance.reports.contains(&utterance.fullest));
        assert!(utterance.earliest.iter().all(|id| utterance.reports.contains(id)));
        assert_eq!(utterance.reasons.is_empty(), utterance.reports.len() == 1);
        assert_support(&utterance.support);
    }
    for link in &story.utterance_links {
        assert!(utterances.contains(&link.a) && utterances.contains(&link.b) && link.a != link.b);
    }
    for happening in &story.happenings {
        assert!(happening.sources.iter().chain(&happening.targets).all(|id| actors.contains(id)));
        for report in &happening.reports {
            assert_eq!(records[&report.article].events[report.event.0 as usize].kind, happening.kind);
        }
        assert_eq!(happening.reasons.is_empty(), happening.reports.len() == 1);
        assert_support(&happening.support);
    }
    for position in &story.positions {
        assert!(actors.contains(&position.party) && issues.contains(&position.issue));
        assert!(!position.stances.is_empty());
        assert_support(&position.support);
        for stance in &position.stances {
            assert!(stance.voiced_by.iter().all(|id| actors.contains(id)));
            for report in &stance.reports {
                assert_eq!(records[&report.article].stances[report.stance.0 as usize].kind, stance.kind);
            }
            for condition in &stance.conditions {
                assert!(is_place(&condition.article, condition.span));
                assert!(condition.linked_issue.iter().all(|issue| *issue != position.issue));
            }
            assert_support(&stance.support);
        }
    }
    for entry in &story.timeline {
        assert!(entry.happenings.iter().all(|id| happenings.contains(id)));
        assert!(entry.utterances.iter().all(|id| utterances.contains(id)));
        assert!(entry.places.contains(&entry.words));
        assert!(entry.places.iter().all(|place| is_place(&place.article, place.span)));
        assert_support(&entry.support);
    }
    assert!(story.timeline.is_sorted_by_key(|entry| &entry.value));
}

/// Asserts that each statement that was uttered is in one utterance, and each event in one happening.
fn assert_all_is_told_once(records: &[Record], story: &Story) {
    let mut uttered: Vec<&StatementId> = records
        .iter()
        .flat_map(|record| &record.statements)
        .filter(|statement| statement.uttered == Uttered::Actual)
        .map(|statement| &statement.id)
        .collect();
    let mut reported: Vec<&StatementId> = story.utterances.iter().flat_map(|utterance| &utterance.reports).collect();
    uttered.sort();
    reported.sort();
    assert_eq!(uttered, reported);
    let event = |record: &Record, idx| EventRef { article: record.article.clone(), event: EventIdx(idx as u32) };
    let events = records.iter().flat_map(|record| (0..record.events.len()).map(move |idx| event(record, idx)));
    let mut events: Vec<EventRef> = events.collect();
    let mut told: Vec<EventRef> = story.happenings.iter().flat_map(|happening| happening.reports.clone()).collect();
    events.sort();
    told.sort();
    assert_eq!(events, told);
}

/// Two threads, of which one takes the later parts.
struct Two;

impl Workers for Two {
    fn each(&self, n_parts: usize, part: &(dyn Fn(usize) + Sync)) {
        std::thread::scope(|scope| {
            scope.spawn(|| (n_parts / 2..n_parts).rev().for_each(part));
            (0..n_parts / 2).for_each(part);
        });
    }

    fn n_threads(&self) -> usize {
        2
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever the order in which articles and records come, the story is the same.
    #[test]
    fn any_order_gives_the_same_story(
        seed in 0..1000u64,
        articles_order in Just((0..40usize).collect::<Vec<_>>()).prop_shuffle(),
        records_order in Just((0..40usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let pile: Vec<(Article, Record)> = coverage(seed, 40).collect();
        let (articles, records) = sorted(pile.clone());
        let expected = tell(&articles, &records);
        prop_assert!(!expected.positions.is_empty() && !expected.timeline.is_empty());
        let (again, _) = sorted(articles_order.iter().map(|idx| pile[*idx].clone()).collect());
        let shuffled: Vec<Record> = records_order.iter().map(|idx| pile[*idx].1.clone()).collect();
        prop_assert_eq!(bytes(&tell(&again, &shuffled)), bytes(&expected));
    }

    /// All that a story names is there, and nothing is lost or told twice, also of a pile of two.
    #[test]
    fn a_story_is_whole(seed in 0..1000u64, n_articles in 0..60usize, n_others in 0..30usize) {
        let pile: Vec<(Article, Record)> = coverage(seed, n_articles).chain(coverage(seed + 1000, n_others)).collect();
        let (articles, records) = sorted(pile);
        let story = tell(&articles, &records);
        assert_nothing_dangles(&articles, &records, &story);
        assert_all_is_told_once(&records, &story);
    }

    /// Records of articles that were not read leave no trace.
    #[test]
    fn records_of_strangers_are_left_aside(seed in 0..1000u64) {
        let (articles, mut records) = sorted(coverage(seed, 20).collect());
        let expected = tell(&articles, &records);
        records.extend(coverage(seed + 1000, 20).map(|(_, record)| record));
        prop_assert_eq!(bytes(&tell(&articles, &records)), bytes(&expected));
    }

    /// The wording may be compared, on several threads, before dates are known and records are made anew.
    #[test]
    fn wording_that_was_compared_before_gives_the_same_story(
        seed in 0..1000u64,
        is_made_anew in prop::collection::vec(any::<bool>(), 40),
    ) {
        let (articles, records) = sorted(coverage(seed, 40).collect());
        let (mut undated, mut first) = (articles.clone(), records.clone());
        for (idx, _) in is_made_anew.iter().enumerate().filter(|(_, is_made_anew)| **is_made_anew) {
            undated[idx].published = None;
            first[idx].statements.clear();
        }
        let told = Wording::of(&undated, &first, &Two).tell(&articles, &records, Issues::builtin());
        prop_assert_eq!(bytes(&told), bytes(&tell(&articles, &records)));
    }

    /// Articles without a record are read for their wording all the same.
    #[test]
    fn articles_without_records_break_nothing(seed in 0..1000u64, has_record in prop::collection::vec(any::<bool>(), 30)) {
        let (articles, records) = sorted(coverage(seed, 30).collect());
        let kept = records.into_iter().zip(has_record).filter(|(_, has_record)| *has_record);
        let kept: Vec<Record> = kept.map(|(record, _)| record).collect();
        let story = tell(&articles, &kept);
        assert_nothing_dangles(&articles, &kept, &story);
        assert_all_is_told_once(&kept, &story);
    }
}

#[test]
fn links_that_are_told_one_by_one_are_those_of_the_pile_and_tie_every_article_to_its_origin() {
    let index = || {
        let mut index = LineageIndex::default();
        for drawn in rapporteur_testkit::pile(11, 600) {
            index.add(rapporteur_testkit::article(&drawn.id, &drawn.text), None);
        }
        index
    };
    let (_, whole) = index().relate();
    let mut told: Vec<ArticleLink> = Vec::new();
    let (_, story) = index().relate_each(&Alone, &mut |link, passages| {
        assert_eq!(passages.is_empty(), link.n_passages == 0);
        told.push(link);
    });
    assert_eq!((&story.origins, &story.text_groups), (&whole.origins, &whole.text_groups));
    let bare = |link: &ArticleLink| {
        let mut link = link.clone();
        for evidence in &mut link.direction.evidence {
            (evidence.reason, evidence.places) = (String::new(), Vec::new());
        }
        link
    };
    let all: BTreeMap<(ArticleId, ArticleId), ArticleLink> =
        whole.links.iter().map(|link| ((link.a.clone(), link.b.clone()), bare(link))).collect();
    for link in &told {
        assert_eq!(&all[&(link.a.clone(), link.b.clone())], link);
    }
    assert!(told.len() * 2 < all.len(), "{} of {} links", told.len(), all.len());
    let tied: BTreeSet<(&ArticleId, &ArticleId)> =
        told.iter().flat_map(|link| [(&link.a, &link.b), (&link.b, &link.a)]).collect();
    let mut n_tied_to_first = 0;
    for origin in whole.origins.iter().filter(|origin| origin.articles.len() > 1) {
        let first = origin.first.as_ref().unwrap_or(&origin.articles[0]);
        for member in origin.articles.iter().filter(|member| *member != first) {
            let is_pair = all.contains_key(&(member.clone(), first.clone()))
                || all.contains_key(&(first.clone(), member.clone()));
            assert!(!is_pair || tied.contains(&(member, first)), "{member} has a pair with {first}");
            assert!(origin.articles.iter().any(|other| tied.contains(&(member, other))), "{member} is tied to nothing");
            n_tied_to_first += usize::from(is_pair);
        }
    }
    assert!(n_tied_to_first > 100);
    assert!(told.iter().any(|link| link.relation == Relation::Partial));
}
