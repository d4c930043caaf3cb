//! Which wording articles share and what it makes of them. All texts are invented.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

mod common;

use common::{PERSON, Who, record};
use proptest::prelude::*;
use rapporteur_model::*;
use rapporteur_story::tell;
use rapporteur_testkit::article;

const GARRISON: &str =
    "The garrison at the river mouth will stay where it is until the assembly has voted on the treaty.";
const BRIDGE: &str =
    "Lorries have been waiting at the bridge over the Lower Amber since the guards closed it in autumn.";
const SNOW: &str = "Heavy snow kept most members of the provincial assembly from reaching the capital on Sunday night.";
const VOTE: &str = "A vote on the treaty may come in May or later, depending on how fast the two sides can agree.";
const FERRY: &str =
    "Only the small ferry still carries mail between the harbour of Karsk and the islands further east.";
const QUOTE: &str = "“We shall not give up a single stone of the old fort, and nobody should wait for that day,”";

fn pile(texts: &[&str]) -> Vec<Article> {
    texts.iter().enumerate().map(|(n, text)| article(&format!("{n}"), text)).collect()
}

fn story(texts: &[&str]) -> Story {
    tell(&pile(texts), &[])
}

fn links(story: &Story) -> Vec<(&str, &str, Relation)> {
    let short = |id: &'_ ArticleId| -> &'static str {
        ["0", "1", "2", "3"].into_iter().find(|n| id.as_str() == format!("id-{n}")).unwrap()
    };
    story.links.iter().map(|link| (short(&link.a), short(&link.b), link.relation)).collect()
}

fn lines(lines: &[&str]) -> String {
    lines.join("\n\n")
}

#[test]
fn a_copy_is_verbatim_whatever_its_marks_and_line_ends() {
    let first = lines(&[GARRISON, BRIDGE, SNOW]);
    let second = format!("{GARRISON} {BRIDGE}\r\n{}", SNOW.to_uppercase());
    let story = story(&[&first, &second]);
    assert_eq!(links(&story), [("0", "1", Relation::Verbatim)]);
    assert_eq!(
        (story.links[0].prose.percent_of_a, story.links[0].prose.percent_of_b, story.links[0].n_passages),
        (100, 100, 3)
    );
    assert!(story.passages.iter().all(|p| p.wording == PassageWording::Verbatim && !p.is_quotation));
    assert_eq!(story.passages[1].a.span.of(&first), BRIDGE.trim_end_matches('.'));
    assert_eq!(story.text_groups.len(), 1);
}

#[test]
fn relations_are_told_apart_by_share_and_order() {
    let whole = lines(&[GARRISON, BRIDGE, SNOW, VOTE]);
    let relation = |other: &str| links(&story(&[&whole, other])).first().map(|link| link.2);
    assert_eq!(relation(&lines(&[BRIDGE, SNOW])), Some(Relation::Excerpt));
    assert_eq!(relation(&lines(&[VOTE, SNOW, GARRISON, BRIDGE])), Some(Relation::Shuffled));
    assert_eq!(
        relation(&lines(&[FERRY, BRIDGE, SNOW, &FERRY.replace("mail", "sheep and very old men")])),
        Some(Relation::Partial)
    );
    assert_eq!(relation(FERRY), None);
}

#[test]
fn an_edited_sentence_is_a_near_verbatim_passage() {
    let edited = BRIDGE.replace("bridge over the Lower Amber", "Amber bridge").replace("closed it", "shut it down");
    let story = story(&[&lines(&[FERRY, BRIDGE]), &lines(&[&edited, SNOW])]);
    assert_eq!(story.passages.len(), 1);
    assert_eq!(story.passages[0].wording, PassageWording::NearVerbatim);
    assert_eq!(story.passages[0].a.span.of(&lines(&[FERRY, BRIDGE])), BRIDGE.split_once(" closed").unwrap().0);
    assert_eq!(story.passages[0].n_shared_words, 10);
}

#[test]
fn one_short_sentence_of_background_is_no_link() {
    let background = "The bridge was closed three years ago after a quarrel about salt.";
    let story = story(&[&lines(&[GARRISON, background]), &lines(&[FERRY, background, SNOW])]);
    assert_eq!(story.passages.len(), 1);
    assert_eq!((links(&story).len(), story.text_groups.len()), (0, 0));
}

#[test]
fn a_shared_quotation_is_a_common_speaker_not_a_copy() {
    let story = story(&[
        &lines(&[GARRISON, &format!("{QUOTE} said the governor.")]),
        &lines(&[&format!("The governor told reporters: {QUOTE} and left."), SNOW]),
    ]);
    assert_eq!(links(&story), [("0", "1", Relation::QuoteOnly)]);
    assert!(story.passages[0].is_quotation);
    assert_eq!(story.text_groups, []);
    assert_eq!(story.links[0].prose.percent_of_a, 0);
}

#[test]
fn a_quotation_is_one_in_whatever_marks() {
    let words = QUOTE.trim_matches(['“', '”', ',']);
    for (open, close) in
        [("``", "''"), ("'", "'"), ("‘", "’"), ("»", "«"), ("›", "‹"), ("‹", "›"), ("„", "“"), ("’’", "’’")]
    {
        let quote = format!("{open}{words}{close}");
        let story = story(&[
            &lines(&[GARRISON, &format!("{quote} said the governor.")]),
            &lines(&[&format!("The governor told reporters: {quote} and left."), SNOW]),
        ]);
        assert_eq!(links(&story), [("0", "1", Relation::QuoteOnly)], "{quote}");
    }
}

#[test]
fn what_a_statement_quotes_is_quoted_whatever_its_marks() {
    let speech = format!("{BRIDGE} {VOTE}");
    let articles = pile(&[&lines(&[GARRISON, &format!("“{speech}”")]), &lines(&[&format!("|{speech}|"), SNOW, FERRY])]);
    let mut records: Vec<Record> =
        articles.iter().map(|article| record(article, &[Who { n_statements: 1, ..PERSON }])).collect();
    let relation = |records: &[Record]| tell(&articles, records).links.first().map(|link| link.relation);
    let before = relation(&records);
    records[1].statements[0].quoted = vec![Span::new(1, 1 + speech.len())];
    assert_eq!((before, relation(&records)), (Some(Relation::Partial), Some(Relation::QuoteOnly)));
}

/// A sentence that begins with words which the article has more often later on.
#[test]
fn a_copy_that_begins_with_an_idiom_of_the_article_is_found_whole() {
    let copied = format!("The envoy of the state {BRIDGE}");
    for (n_later, refrain) in
        [(9, "Again the envoy of the state {} spoke."), (40, "The envoy of the state {} lorries have been waiting at")]
    {
        let later: Vec<String> = (0..n_later).map(|n| refrain.replace("{}", &format!("n{n}"))).collect();
        let first = format!("{copied} {}", later.join(" "));
        for texts in [[&*first, &copied], [&*copied, &first]] {
            let story = story(&texts);
            assert_eq!(story.passages.len(), 1, "{refrain}");
            assert_eq!(story.passages[0].n_shared_words, copied.split_whitespace().count(), "{refrain}");
        }
    }
}

/// Finishes at once, or not before the test runner gives up: work must not grow with the square of the length.
#[test]
fn text_that_repeats_itself_without_end_is_compared_in_time() {
    for (first, second) in [("the envoy of ", "envoy of the "), ("a ", "a a "), ("a b a c ", "a c a b ")] {
        let story = story(&[&first.repeat(60_000), &format!("{SNOW} {}", second.repeat(40_000))]);
        assert_eq!(story.links.len(), 1);
    }
}

#[test]
fn a_speech_that_two_articles_give_in_full_is_a_copy() {
    let speech = format!("“{BRIDGE}\n“{GARRISON}\n“{VOTE}”");
    assert_eq!(links(&story(&[&speech, &speech.replace('“', "\"")])), [("0", "1", Relation::Verbatim)]);
}

#[test]
fn wording_that_only_one_article_quotes_is_prose() {
    let story = story(&[&lines(&[&format!("“{BRIDGE}”"), &format!("“{VOTE}”")]), &lines(&[BRIDGE, VOTE, SNOW])]);
    assert_eq!(links(&story), [("0", "1", Relation::Excerpt)]);
}

#[test]
fn furniture_is_not_shared_wording_but_a_title_is() {
    let mut articles = pile(&[&lines(&[BRIDGE, SNOW]), &lines(&[BRIDGE, FERRY])]);
    for article in &mut articles {
        article.furniture = vec![Furniture { span: article.paragraphs[0], kind: FurnitureKind::ShareBar }];
    }
    assert_eq!(tell(&articles, &[]).passages, []);
    for article in &mut articles {
        article.furniture[0].kind = FurnitureKind::Title;
    }
    assert_eq!(tell(&articles, &[]).passages.len(), 1);
}

#[test]
fn a_text_that_many_carry_is_one_group_with_few_links() {
    let text = lines(&[GARRISON, BRIDGE]);
    let mut texts = vec![text.as_str(); 30];
    let excerpt = lines(&[GARRISON, BRIDGE, SNOW, VOTE]);
    texts.push(&excerpt);
    let articles: Vec<Article> = texts.iter().enumerate().map(|(n, text)| article(&format!("{n:02}"), text)).collect();
    let story = tell(&articles, &[]);
    assert_eq!(story.text_groups.len(), 1);
    assert_eq!(story.text_groups[0].articles.len(), 31);
    assert_eq!(story.links.len(), 30 + 29);
}

#[test]
fn groups_hold_what_is_connected() {
    let story =
        story(&[&lines(&[GARRISON, BRIDGE]), &lines(&[BRIDGE, GARRISON, SNOW, VOTE]), FERRY, &lines(&[SNOW, VOTE])]);
    let groups: Vec<Vec<&str>> =
        story.text_groups.iter().map(|g| g.articles.iter().map(ArticleId::as_str).collect()).collect();
    assert_eq!(groups, [["id-0", "id-1", "id-3"]]);
}

fn any_article(n: usize, pieces: &[String], kinds: &[FurnitureKind]) -> Article {
    let mut article = article(&format!("{n}"), &pieces.concat());
    let spans = article.paragraphs.iter().step_by(2).zip(kinds);
    article.furniture = spans.map(|(span, kind)| Furniture { span: *span, kind: *kind }).collect();
    article
}

fn piece() -> impl Strategy<Value = String> {
    let known = [
        GARRISON,
        BRIDGE,
        QUOTE,
        "\n",
        " ",
        "the envoy of the state of the envoy ",
        "“",
        "\"",
        "''",
        "a a a a a a a a a a ",
        "İé’s ",
    ];
    prop_oneof![4 => proptest::sample::select(known.to_vec()).prop_map(str::to_string), 1 => "\\PC{0,8}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_pile_gives_spans_inside_its_texts(texts in proptest::collection::vec(proptest::collection::vec(piece(), 0..12), 0..6)) {
        let kinds = [FurnitureKind::Title, FurnitureKind::Caption, FurnitureKind::Credit];
        let articles: Vec<Article> = texts.iter().enumerate().map(|(n, pieces)| any_article(n, pieces, &kinds[..n.min(3)])).collect();
        let who = [Who { name: "İs’s", mentions: &["the envoy", "the envoy", "a"], ..PERSON }, Who { is_named: false, mentions: &["the envoy"], kind: ActorKind::Group, ..PERSON }];
        let records: Vec<Record> = articles.iter().map(|article| record(article, &who)).collect();
        let story = tell(&articles, &records);
        prop_assert_eq!(&tell(&articles, &records), &story);
        let text_of = |id: &ArticleId| &articles.iter().find(|article| article.id == *id).unwrap().text;
        for passage in &story.passages {
            prop_assert!(passage.a.article < passage.b.article);
            for place in [&passage.a, &passage.b] {
                prop_assert!(text_of(&place.article).get(place.span.start.get()..place.span.end.get()).is_some());
                prop_assert!(!place.span.is_empty());
            }
        }
        let n_members: usize = story.actors.iter().map(|actor| actor.members.len()).sum();
        prop_assert_eq!(n_members, records.iter().map(|record| record.actors.len()).sum::<usize>());
        let mut ids: Vec<&ActorId> = story.actors.iter().map(|actor| &actor.id).collect();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), story.actors.len());
    }
}
