//! What an actor is, over all articles: titles with their articles and days. All people are invented.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

mod common;

use common::{PERSON, Who, record};
use rapporteur_model::{Actor, ActorFact, ActorKind, Article, CivilDate, Evidence, Evidenced, Record, Story};
use rapporteur_story::tell;
use rapporteur_testkit::article;

/// The story of articles that have only their actors, each published on the day of March 2031 that stands before
/// them, or on none where that is zero.
fn story(pile: &[(u8, &[Who])]) -> Story {
    let dated = |(n, (day, _)): (usize, &(u8, &[Who]))| {
        let mut article = article(&n.to_string(), "x");
        let evidence = Evidence::Inferred("the test".into());
        article.published = CivilDate::day(2031, 3, *day).map(|value| Evidenced { value, evidence });
        article
    };
    let articles: Vec<Article> = pile.iter().enumerate().map(dated).collect();
    let records: Vec<Record> = articles.iter().zip(pile).map(|(article, (_, who))| record(article, who)).collect();
    tell(&articles, &records)
}

/// Each title with its articles, and the days between which they were published.
fn roles(actor: &Actor) -> Vec<String> {
    let day = |date: Option<CivilDate>| date.map_or("?".to_string(), |date| date.to_string());
    let roles = actor.roles.iter().map(|role| {
        let articles: Vec<&str> = role.articles.iter().map(|id| id.as_str().trim_start_matches("id-")).collect();
        let days = format!("{} to {}", day(role.first_published), day(role.last_published));
        let former = if role.is_former { "former: " } else { "" };
        format!("{former}{} in {}, {days}", role.text, articles.join(" "))
    });
    roles.collect()
}

const fn person(name: &'static str, roles: &'static [&'static str]) -> Who {
    Who { name, roles, ..PERSON }
}

#[test]
fn a_title_has_its_articles_and_the_days_on_which_they_were_published() {
    let story = story(&[
        (9, &[person("Oren Vale", &["trade minister"])]),
        (0, &[person("Oren Vale", &["Trade Minister"])]),
        (4, &[person("Oren Vale", &["trade minister"])]),
        (12, &[person("Oren Vale", &["head of the Amber Bank"])]),
        (0, &[person("Oren Vale", &["lawyer"])]),
    ]);
    assert_eq!(
        roles(&story.actors[0]),
        [
            "Trade Minister in 0 1 2, 2031-03-04 to 2031-03-09",
            "head of the Amber Bank in 3, 2031-03-12 to 2031-03-12",
            "lawyer in 4, ? to ?",
        ]
    );
}

#[test]
fn a_role_that_a_fuller_one_says_is_left_out() {
    let story = story(&[
        (1, &[person("Oren Vale", &["deputy trade minister", "deputy"])]),
        (2, &[person("Oren Vale", &["deputy trade minister", "Trade Minister", "party leader"])]),
    ]);
    assert_eq!(
        roles(&story.actors[0]),
        ["deputy trade minister in 0 1, 2031-03-01 to 2031-03-02", "party leader in 1, 2031-03-02 to 2031-03-02"]
    );
}

#[test]
fn what_somebody_was_does_not_hide_what_he_is_in_other_articles() {
    let story = story(&[
        (1, &[person("Oren Vale", &["adviser"])]),
        (2, &[person("Oren Vale", &["former top adviser"])]),
        (3, &[person("Oren Vale", &["former top adviser", "top adviser"])]),
    ]);
    assert_eq!(
        roles(&story.actors[0]),
        ["former: former top adviser in 1 2, 2031-03-02 to 2031-03-03", "adviser in 0, 2031-03-01 to 2031-03-01"]
    );
}

const fn body(name: &'static str, kind: ActorKind) -> Who {
    Who { name, kind, ..PERSON }
}

const KARSK: Who = Who { key: Some("KRS"), ..body("Karsk", ActorKind::State) };
const COUNCIL: Who = body("the Amber Council", ActorKind::Organisation);

/// For whom the actor of this name speaks, by the id.
fn principal<'s>(story: &'s Story, name: &str) -> Option<&'s str> {
    let actor = story.actors.iter().find(|actor| actor.name == name).unwrap();
    actor.spokesperson_of.as_ref().map(|id| id.as_str())
}

#[test]
fn a_spokesperson_speaks_for_whom_the_title_names() {
    let story = story(&[
        (0, &[KARSK, COUNCIL, person("Oren Vale", &[])]),
        (0, &[person("Ada Roe", &["Amber Council spokeswoman"])]),
        (0, &[person("Tomas Ilves", &["deputy press secretary to the Amber Council in Karsk"])]),
        (0, &[person("Zoe Brandt", &["lawyer", "Vale's spokesperson"])]),
    ]);
    assert_eq!(principal(&story, "Ada Roe"), Some("organisation/amber-council"));
    assert_eq!(principal(&story, "Tomas Ilves"), Some("organisation/amber-council"), "not for where it sits");
    assert_eq!(principal(&story, "Zoe Brandt"), None, "nobody of the pile is called by the family name alone");
    let vale = Who { mentions: &["Vale"], ..person("Oren Vale", &[]) };
    let articles = [article("a", "Vale left."), article("b", "x")];
    let records =
        [record(&articles[0], &[vale]), record(&articles[1], &[person("Zoe Brandt", &["Vale’s spokesperson"])])];
    assert_eq!(principal(&tell(&articles, &records), "Zoe Brandt"), Some("person/oren-vale"));
}

#[test]
fn a_spokesperson_whose_title_names_nobody_speaks_for_the_side() {
    let story = story(&[
        (0, &[KARSK]),
        (0, &[Who { allegiance: Some("KRS"), ..person("Ada Roe", &["spokesman for the harbour office"]) }]),
        (0, &[Who { allegiance: Some("OSM"), ..person("Oren Vale", &["spokesman"]) }]),
    ]);
    assert_eq!(principal(&story, "Ada Roe"), Some("state/KRS"));
    assert_eq!(principal(&story, "Oren Vale"), None, "its side is no actor of the story");
}

#[test]
fn who_is_no_spokesperson_now_speaks_for_nobody() {
    let story = story(&[
        (0, &[KARSK]),
        (0, &[Who { allegiance: Some("KRS"), ..person("Ada Roe", &["trade minister of Karsk"]) }]),
        (0, &[Who { allegiance: Some("KRS"), ..person("Oren Vale", &["former Karsk spokesman"]) }]),
    ]);
    assert_eq!(story.actors.iter().filter(|actor| actor.spokesperson_of.is_some()).count(), 0);
}

#[test]
fn a_name_that_several_bear_tells_nobody_but_a_known_entity_comes_first() {
    let spokesman = person("Zoe Brandt", &["Winter Palace spokeswoman"]);
    let palace = Who { mentions: &["Winter Palace"], ..KARSK };
    let articles = [article("a", "The Winter Palace spoke."), article("b", "x")];
    let records = [record(&articles[0], &[palace]), record(&articles[1], &[spokesman])];
    assert_eq!(principal(&tell(&articles, &records), "Zoe Brandt"), Some("state/KRS"));
    let story = story(&[
        (0, &[Who { allegiance: Some("KRS"), ..person("Vale", &[]) }]),
        (0, &[Who { allegiance: Some("OSM"), ..person("Vale", &[]) }]),
        (0, &[person("Zoe Brandt", &["spokeswoman for Vale"])]),
    ]);
    assert_eq!(principal(&story, "Zoe Brandt"), None);
}

#[test]
fn an_unnamed_spokesperson_speaks_for_whom_the_description_names() {
    let unnamed = Who { is_named: false, ..person("a spokesman for the Amber Council", &[]) };
    let story = story(&[(0, &[COUNCIL, unnamed])]);
    assert_eq!(principal(&story, "a spokesman for the Amber Council"), Some("organisation/amber-council"));
}

#[test]
fn what_an_article_lacks_and_others_tell_is_marked() {
    let in_full = Who { allegiance: Some("KRS"), ..person("Oren Vale", &["envoy"]) };
    let story = story(&[
        (0, &[in_full]),
        (0, &[Who { allegiance: Some("KRS"), ..person("Vale", &[]) }]),
        (0, &[person("Oren Vale", &["Envoy"]), person("Vale", &[])]),
        (0, &[person("Oren Vale", &[]), person("Ada Roe", &[])]),
    ]);
    let borrowed = |name: &str| {
        let actor = story.actors.iter().find(|actor| actor.name == name).unwrap();
        actor.members.iter().map(|member| member.borrowed.clone()).collect::<Vec<_>>()
    };
    let (role, side) = (ActorFact::Role, ActorFact::Allegiance);
    // Both members of the third article are one, and the one has the title for the other.
    assert_eq!(borrowed("Oren Vale"), [vec![], vec![role], vec![side], vec![side], vec![role, side]]);
    assert_eq!(borrowed("Ada Roe"), [vec![]], "nobody tells it");
}
