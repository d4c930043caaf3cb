//! Which article descends from which, what counts once, and which texts are altered. All texts are invented.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use proptest::prelude::*;
use rapporteur_model::*;
use rapporteur_story::{Alone, LineageIndex, mask_repeated, tell};
use rapporteur_testkit::article;

const REPORT: [&str; 8] = [
    "The garrison at the river mouth will stay where it is until the assembly has voted on the treaty, Governor Oren Vale said on Sunday.",
    "Lorries have been waiting at the bridge over the Lower Amber since the guards closed it in autumn.",
    "Vale told reporters in Karsk that the government would not open the bridge before the vote.",
    "Heavy snow kept most members of the provincial assembly from reaching the capital on Sunday night.",
    "A vote on the treaty may come in May or later, depending on how fast the two sides can agree.",
    "Foreign Minister Mara Tellin called the delay a serious problem for the towns along the river.",
    "Only the small ferry still carries mail between the harbour of Karsk and the islands further east.",
    "Tellin will meet the envoys of Velmora again in the old customs house at the end of the month.",
];

/// The report after a program for synonyms has gone over it.
const SPUN: [&str; 8] = [
    "The garrison at the stream mouth will remain where it is until the gathering has balloted on the treaty, Governor Oren Vale stated on Sunday.",
    "Lorries have been lingering at the bridge over the Lower Amber since the sentinels shuttered it in autumn.",
    "Vale advised newshounds in Karsk that the administration would not unlock the bridge before the ballot.",
    "Weighty snow kept most associates of the provincial gathering from attaining the capital on Sunday night.",
    "A ballot on the treaty may arrive in May or later, counting on how swiftly the two sides can concur.",
    "Overseas Clergyman Mara Tellin named the delay a grave conundrum for the townships along the river.",
    "Only the tiny ferry still conveys mail between the anchorage of Karsk and the isles further east.",
    "Tellin will encounter the emissaries of Velmora again in the aged customs dwelling at the conclude of the month.",
];

const OTHER: [&str; 4] = [
    "Farmers in the hills above Talmera have brought in the smallest harvest of barley for eleven years.",
    "The chamber of agriculture blames a wet spring and a new beetle that came with seed from abroad.",
    "Bread will cost a tenth more by winter, the millers expect, unless grain can be bought elsewhere.",
    "A committee of the council is to report on the beetle and on stores of grain before the autumn fair.",
];

fn text(sentences: &[&str]) -> String {
    sentences.join("\n\n")
}

fn named(name: &str, text: &str) -> Article {
    article(name, text)
}

fn on(mut article: Article, date: &str) -> Article {
    let value = CivilDate::try_from(date.to_string()).unwrap();
    let evidence = Evidence::metadata("field \"date\"", date);
    article.published = Some(Evidenced { value, evidence });
    article
}

fn told(value: &str) -> Option<Evidenced<String>> {
    let evidence = Evidence::metadata("field", value);
    Some(Evidenced { value: value.into(), evidence })
}

/// The articles as a reading has them.
fn sorted(mut articles: Vec<Article>) -> Vec<Article> {
    articles.sort_by(|a, b| a.location.cmp(&b.location));
    articles
}

fn id(name: &str) -> ArticleId {
    ArticleId::new(format!("id-{name}"))
}

fn kinds(link: &ArticleLink) -> Vec<DirectionKind> {
    link.direction.evidence.iter().map(|evidence| evidence.kind).collect()
}

#[test]
fn a_spun_copy_is_told_by_its_wording_and_shows_its_replacements() {
    let articles = [named("a", &text(&SPUN)), named("b", &text(&REPORT))];
    let story = tell(&articles, &[]);
    let link = &story.links[0];
    assert_eq!((link.relation, link.direction.derived.clone()), (Relation::Spun, Some(id("a"))));
    assert_eq!(kinds(link), [DirectionKind::Wording]);
    assert!(link.prose.greater() >= 85, "{:?}", link.prose);
    let flaw = &story.text_flaws[0];
    assert_eq!((flaw.kind, &flaw.article), (TextFlawKind::Spun, &id("a")));
    let examples: Vec<(&str, &str)> = flaw
        .examples
        .iter()
        .map(|e| (e.place.span.of(&articles[0].text), e.instead_of.as_ref().unwrap().span.of(&articles[1].text)))
        .collect();
    assert!(examples.contains(&("advised newshounds", "told reporters")), "{examples:?}");
}

#[test]
fn a_few_edits_do_not_make_a_text_spun() {
    let edited = text(&REPORT).replace("Lorries", "Trucks").replace("a serious problem", "very serious");
    let story = tell(&[named("a", &text(&REPORT)), named("b", &edited)], &[]);
    assert_eq!(story.links[0].relation, Relation::Verbatim);
    assert_eq!(story.text_flaws, []);
}

#[test]
fn a_shuffled_copy_names_people_too_early_and_gets_an_order_back() {
    let order = [5, 2, 7, 0, 6, 1, 4, 3];
    let shuffled: Vec<&str> = order.iter().map(|idx| REPORT[*idx]).collect();
    let story = tell(&[named("a", &text(&REPORT)), named("b", &text(&shuffled))], &[]);
    let link = &story.links[0];
    assert_eq!((link.relation, link.direction.derived.clone()), (Relation::Shuffled, Some(id("b"))));
    assert_eq!(kinds(link), [DirectionKind::MentionOrder]);
    let flaw = &story.text_flaws[0];
    assert_eq!((flaw.kind, &flaw.article), (TextFlawKind::Shuffled, &id("b")));
    let restored: Vec<usize> = flaw.proposed_order.iter().map(|number| order[number - 1]).collect();
    assert_eq!(restored, [0, 1, 2, 3, 4, 5, 6, 7]);
}

#[test]
fn an_excerpt_is_one_stretch_and_a_compilation_none() {
    let whole = text(&REPORT);
    let relation = |articles: &[Article]| {
        let story = tell(articles, &[]);
        let link = story.links.iter().find(|link| link.a == id("a") && link.b == id("b")).unwrap().clone();
        (link.relation, link.direction.derived)
    };
    let excerpt = named("b", &text(&REPORT[2..5]));
    assert_eq!(relation(&[named("a", &whole), excerpt]), (Relation::Excerpt, Some(id("b"))));
    let picked = named("b", &text(&[REPORT[0], REPORT[3], REPORT[6]]));
    assert_eq!(relation(&[named("a", &whole), picked]).0, Relation::Partial);
    let both = format!("{whole}\n\n{}", text(&OTHER));
    assert_eq!(relation(&[named("a", &whole), named("b", &both)]).0, Relation::Excerpt);
    // The rest of the longer one is told by a third that has nothing of the shorter.
    let pile = [named("a", &whole), named("b", &both), named("c", &text(&OTHER))];
    assert_eq!(relation(&pile).0, Relation::Partial);
}

#[test]
fn a_credit_outweighs_a_date_and_a_date_alone_decides() {
    let mut copy = on(named("a", &text(&REPORT)), "2031-03-09");
    let mut wire = on(named("b", &text(&REPORT)), "2031-03-10");
    let link = |copy: &Article, wire: &Article| tell(&[copy.clone(), wire.clone()], &[]).links[0].clone();
    assert_eq!(link(&copy, &wire).direction.derived, Some(id("b")));
    wire.outlet = told("Meridian Press Agency");
    copy.credit = told("Meridian Press");
    let link = link(&copy, &wire);
    assert_eq!(
        (link.direction.derived.clone(), kinds(&link)),
        (Some(id("a")), vec![DirectionKind::Credit, DirectionKind::Date])
    );
}

#[test]
fn without_evidence_the_direction_is_unknown() {
    let story = tell(&[named("a", &text(&REPORT)), named("b", &text(&REPORT))], &[]);
    assert_eq!(story.links[0].direction, Direction::default());
    assert_eq!(story.origins[0].first, None);
}

#[test]
fn a_date_that_was_taken_from_a_copy_is_no_evidence() {
    let mut b = named("b", &text(&REPORT));
    let evidence = Evidence::Inferred("shares 2 passages that name days with a".into());
    b.published = Some(Evidenced { value: CivilDate::day(2031, 3, 10).unwrap(), evidence });
    let story = tell(&[on(named("a", &text(&REPORT)), "2031-03-09"), b], &[]);
    assert_eq!(story.links[0].direction, Direction::default());
}

#[test]
fn articles_of_one_origin_count_once() {
    let articles = [
        on(named("a", &text(&REPORT)), "2031-03-09"),
        on(named("b", &text(&REPORT[1..6])), "2031-03-10"),
        named("c", &text(&OTHER)),
        named("d", &format!("{}\n\n{}", text(&OTHER[..3]), REPORT[1..3].join(" "))),
    ];
    let story = tell(&articles, &[]);
    let members: Vec<Vec<&str>> =
        story.origins.iter().map(|origin| origin.articles.iter().map(ArticleId::as_str).collect()).collect();
    assert_eq!(members, [vec!["id-a", "id-b"], vec!["id-c", "id-d"]]);
    assert_eq!((&story.origins[0].first, &story.origins[0].overlaps), (&Some(id("a")), &vec![1]));
    let n_origins = |names: &[&str]| {
        let ids: Vec<ArticleId> = names.iter().map(|name| id(name)).collect();
        Independence::of(&story).n_origins(&ids)
    };
    assert_eq!(n_origins(&["a", "b"]), 1..=1);
    // What d has from a and b counts once with them; what it has from c does not.
    assert_eq!(n_origins(&["b", "d"]), 1..=2);
}

#[test]
fn a_source_that_all_credit_and_none_is_stands_outside() {
    let credited = |name: &str, outlet: &str| {
        let mut article = named(name, &text(&REPORT));
        article.outlet = told(outlet);
        article.credit = told("ANL");
        article
    };
    let unseen = |articles: &[Article]| tell(articles, &[]).origins[0].unseen_source.clone();
    let source = unseen(&[credited("a", "Karsk Courier"), credited("b", "Halsk Observer")]).unwrap();
    assert_eq!((source.name.as_deref(), source.reason.as_str()), (Some("ANL"), "2 articles credit it"));
    assert_eq!(unseen(&[credited("a", "Karsk Courier"), credited("b", "Halsk Observer"), credited("c", "ANL")]), None);
}

#[test]
fn three_that_share_two_by_two_have_a_hidden_source() {
    // Each pair shares four or more of six or seven sentences that the third lacks a part of.
    let of = |sentences: &[usize]| text(&sentences.iter().map(|idx| REPORT[*idx]).collect::<Vec<_>>());
    let articles = [
        named("a", &of(&[0, 1, 2, 3, 6, 7])),
        named("b", &of(&[2, 3, 4, 5, 6, 7])),
        named("c", &of(&[4, 5, 0, 1, 6, 7])),
    ];
    let story = tell(&articles, &[]);
    assert_eq!((story.origins.len(), &story.origins[0].first), (1, &None));
    let source = story.origins[0].unseen_source.as_ref().unwrap();
    assert_eq!(source.reason, "three articles share wording two by two that the third lacks");
    // Two of them alone show nothing.
    assert_eq!(tell(&articles[..2], &[]).origins[0].unseen_source, None);
}

#[test]
fn a_name_of_an_office_is_altered_where_others_have_it_whole() {
    let odd = "Secretary of Point Oren Vale met Prime Clergyman Mara Tellin in Karsk to speak of barley and of bread.";
    let good =
        "Secretary of State Oren Vale and Prime Minister Mara Tellin were in Velmora, where the harvest was small.";
    let altered = |articles: &[Article]| {
        let story = tell(articles, &[]);
        let flaw = story.text_flaws.iter().find(|flaw| flaw.kind == TextFlawKind::AlteredNames)?.clone();
        let words = |e: &FlawExample| e.place.span.of(odd).to_string();
        Some((flaw.article, flaw.examples.iter().map(words).collect::<Vec<_>>()))
    };
    let found = altered(&[named("a", odd), named("b", good)]);
    assert_eq!(found, Some((id("a"), vec!["Secretary of Point".to_string(), "Prime Clergyman".to_string()])));
    assert_eq!(altered(&[named("a", odd)]), None);
}

#[test]
fn a_short_phrase_makes_no_copy() {
    let quote =
        "“We shall not give up a single stone of the old fort, and nobody should wait for that day to come soon,”";
    let story = tell(&[named("a", "Subscribe now"), named("b", "Subscribe now")], &[]);
    assert_eq!((story.links.len(), story.origins.len()), (0, 2));
    let story = tell(
        &[named("a", &format!("{quote} he said.")), named("b", &format!("{} {quote} he said.", text(&REPORT)))],
        &[],
    );
    assert_eq!(story.links[0].relation, Relation::QuoteOnly);
}

#[test]
fn a_dozen_identical_copies_have_a_first() {
    let copies: Vec<Article> = (0..12)
        .map(|n| on(named(&format!("{}", (b'a' + n) as char), &text(&REPORT)), &format!("2031-03-{:02}", 20 - n)))
        .collect();
    let story = tell(&copies, &[]);
    assert_eq!((story.origins.len(), story.origins[0].first.clone()), (1, Some(id("l"))));
}

#[test]
fn odd_phrases_and_altered_offices_show_a_spun_text_by_itself() {
    let odd = "Secretary of Point out Oren Vale mentioned the talks. He went with out pauses, a number of several hours \
               on each sides. In accordance to him an settlement is near.";
    let good = "Secretary of State Oren Vale spoke in Karsk about barley.";
    let articles = [named("a", odd), named("b", good)];
    let story = tell(&articles, &[]);
    let flaw = story.text_flaws.iter().find(|flaw| flaw.kind == TextFlawKind::Spun).unwrap();
    assert_eq!(flaw.article, id("a"));
    let found: Vec<(&str, &str)> =
        flaw.examples.iter().map(|e| (e.place.span.of(odd), e.usual.as_deref().unwrap())).collect();
    assert!(found.contains(&("with out", "without")) && found.contains(&("an settlement", "a …")), "{found:?}");
}

#[test]
fn a_later_text_at_the_same_address_is_a_version() {
    let at = |name: &str, text: &str, date: &str| {
        let mut article = on(named(name, text), date);
        article.text_id = TextId::new(format!("text of {name}"));
        article.url = told("https://www.karsk.example/talks/?utm_source=x");
        article
    };
    let articles = [at("a", &text(&REPORT[..6]), "2031-03-10"), at("b", &text(&REPORT), "2031-03-11")];
    let versions = tell(&articles, &[]).versions;
    assert_eq!(versions.len(), 1);
    assert_eq!((&versions[0].article, &versions[0].version_of), (&id("b"), &id("a")));
    assert_eq!(tell(&[articles[0].clone(), at("c", &text(&OTHER), "2031-03-12")], &[]).versions, []);
}

#[test]
fn what_a_site_repeats_is_furniture() {
    let notice = "Readers support our reporting from Karsk: become a member of the Courier today.";
    let page = |name: &str, sentences: &[&str], site: &str| {
        let mut article = named(name, &format!("{}\n\n{notice}", text(sentences)));
        article.url = told(&format!("https://{site}/{name}"));
        article
    };
    let mut articles = vec![
        page("a", &REPORT[..4], "courier.example"),
        page("b", &OTHER, "courier.example"),
        page("c", &REPORT[4..], "courier.example"),
        page("d", &SPUN, "elsewhere.example"),
    ];
    let original = articles.clone();
    mask_repeated(&mut articles, &Alone);
    for article in &articles[..3] {
        assert_eq!(article.furniture.len(), 1);
        assert_eq!(article.furniture[0].kind, FurnitureKind::Repeated);
        assert_eq!(article.furniture[0].span.of(&article.text), notice);
    }
    assert_eq!(articles[3], original[3]);
    // Three copies of one text repeat all of it, and it is their report.
    let mut copies: Vec<Article> = ["a", "b", "c"].map(|name| page(name, &REPORT, "courier.example")).to_vec();
    mask_repeated(&mut copies, &Alone);
    assert!(copies.iter().all(|article| article.furniture.is_empty()));
}

#[test]
fn text_without_spaces_is_compared_sign_by_sign() {
    let chinese = "两国代表星期天在卡尔斯克的旧市政厅会晤，讨论关于河口驻军和桥梁开放的条约草案。";
    let story = tell(
        &[named("a", &format!("{chinese}会谈持续了六个小时。")), named("b", &format!("星期一消息：{chinese}"))],
        &[],
    );
    assert_eq!(story.links.len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// The order in which articles are added does not show, and an index gives what a reading gives.
    #[test]
    fn any_order_gives_the_same_lineage(order in Just((0..24usize).collect::<Vec<_>>()).prop_shuffle()) {
        let at_one_site = |drawn: rapporteur_testkit::Drawn| {
            let notice = "Readers support our reporting from Karsk: become a member of the Courier today.";
            let mut article = article(&drawn.id, &format!("{}\n{notice}", drawn.text));
            article.url = told(&format!("https://courier.example/{}", drawn.id));
            article
        };
        let drawn: Vec<Article> = rapporteur_testkit::pile(11, 24).map(at_one_site).collect();
        let mut masked = sorted(drawn.clone());
        mask_repeated(&mut masked, &Alone);
        let whole = tell(&masked, &[]);
        let mut index = LineageIndex::default();
        order.iter().for_each(|idx| index.add(drawn[*idx].clone(), None));
        let (_, story) = index.relate();
        prop_assert_eq!(&story.links, &whole.links);
        prop_assert_eq!(&story.origins, &whole.origins);
        prop_assert_eq!(&story.text_flaws, &whole.text_flaws);
    }
}
