//! Who is who: actors of single articles in, actors of the pile out. All people are invented.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

mod common;

use common::{PERSON, Who, record};
use rapporteur_model::{Actor, ActorKind, Article, Merge, MergeKind, Record, Story};
use rapporteur_story::tell;
use rapporteur_testkit::article;

/// The story of a pile in which each article has only its actors.
fn story(pile: &[&[Who]]) -> Story {
    let articles: Vec<Article> = (0..pile.len()).map(|n| article(&format!("{n}"), "x")).collect();
    let records: Vec<Record> = articles.iter().zip(pile).map(|(article, who)| record(article, who)).collect();
    tell(&articles, &records)
}

/// Each actor as its name and the articles it is in.
fn summary(story: &Story) -> Vec<String> {
    let describe = |actor: &Actor| {
        let articles: Vec<&str> = actor.members.iter().map(|m| m.article.as_str().trim_start_matches("id-")).collect();
        format!("{} in {}", actor.name, articles.join(" "))
    };
    story.actors.iter().map(describe).collect()
}

/// What joined the members of an actor, with the articles.
fn merges(actor: &Actor) -> Vec<String> {
    let describe = |merge: &Merge| {
        let articles: Vec<&str> = merge.articles.iter().map(|id| id.as_str().trim_start_matches("id-")).collect();
        format!("{} ({})", merge.reason, articles.join(" "))
    };
    actor.merges.iter().map(describe).collect()
}

const fn person(name: &'static str) -> Who {
    Who { name, ..PERSON }
}

#[test]
fn one_person_in_several_spellings_is_one_actor() {
    let story = story(&[
        &[person("Sergey Karlovsky")],
        &[person("Sergei Karlovskiy")],
        &[person("Sergei Karlovskiy")],
        &[person("Karlovsky")],
        &[person("S. Karlovsky")],
        &[person("Sergei A. Karlovsky")],
    ]);
    assert_eq!(summary(&story), ["Sergei Karlovskiy in 0 1 2 3 4 5"]);
    assert_eq!(story.actors[0].id.as_str(), "person/sergei-karlovski");
}

#[test]
fn people_who_share_a_family_name_stay_apart() {
    let story = story(&[
        &[Who { mentions: &["x"], ..person("Marta Ilves") }, person("Tomas Ilves")],
        &[person("Ilves")],
        &[Who { allegiance: Some("KRS"), ..person("Marta Ilves") }],
        &[Who { allegiance: Some("KRS"), ..person("Ilves") }],
    ]);
    assert_eq!(summary(&story), ["Marta Ilves in 0 2 3", "Ilves in 1", "Tomas Ilves in 0"]);
}

#[test]
fn a_family_name_alone_joins_nobody_of_another_side() {
    let story = story(&[
        &[Who { allegiance: Some("KRS"), ..person("Oren Vale") }],
        &[Who { allegiance: Some("OSM"), ..person("Vale") }],
        &[Who { allegiance: Some("OSM"), ..person("Vale") }],
        &[person("Vale")],
    ]);
    assert_eq!(summary(&story), ["Oren Vale in 0 3", "Vale in 1 2"].map(str::to_string).to_vec().as_slice());
}

#[test]
fn a_role_decides_between_two_of_one_name() {
    let story = story(&[
        &[
            Who { roles: &["trade minister"], ..person("Marta Ilves") },
            Who { roles: &["governor"], ..person("Tomas Ilves") },
        ],
        &[Who { roles: &["Governor"], ..person("Ilves") }],
    ]);
    assert_eq!(summary(&story), ["Marta Ilves in 0", "Tomas Ilves in 0 1"]);
}

#[test]
fn a_rare_misspelling_joins_the_right_name() {
    let story = story(&[
        &[
            Who { mentions: &["x", "x", "x", "x", "x", "x"], ..person("Ilse Brandtner") },
            Who { mentions: &["x"], ..person("Brandtnr") },
        ],
        &[Who { mentions: &["x"], ..person("Ilse Brantner") }],
        &[Who { mentions: &["x", "x", "x", "x"], ..person("Brandtnes") }],
    ]);
    assert_eq!(
        summary(&story),
        ["Ilse Brandtner in 0 0 1", "Brandtnes in 2"],
        "a name that is used often is no misspelling"
    );
}

#[test]
fn a_family_name_that_comes_first_is_found() {
    let story = story(&[&[person("Sun Weiyan")], &[person("Sun")], &[person("Weiyan")]]);
    assert_eq!(summary(&story), ["Sun Weiyan in 0 1 2"]);
}

#[test]
fn middle_names_tell_people_apart_initials_do_not() {
    let story = story(&[
        &[person("Paul Henrik Roe")],
        &[person("Paul Otto Roe")],
        &[person("Paul O. Roe")],
        &[Who { mentions: &["x", "x"], ..person("Paul Otto Roe") }],
    ]);
    assert_eq!(summary(&story), ["Paul Otto Roe in 1 2 3", "Paul Henrik Roe in 0"]);
}

const fn body(name: &'static str, kind: ActorKind) -> Who {
    Who { name, kind, ..PERSON }
}

#[test]
fn known_entities_join_by_key_and_named_bodies_by_name() {
    let story = story(&[
        &[
            Who { key: Some("KRS"), mentions: &["x", "x"], ..body("Karsk", ActorKind::State) },
            body("the Amber Council", ActorKind::Organisation),
        ],
        &[
            Who { key: Some("KRS"), ..body("the Winter Palace", ActorKind::State) },
            Who { mentions: &["x"], ..body("Amber Council", ActorKind::Group) },
        ],
        &[body("Winter Palace", ActorKind::Organisation)],
    ]);
    assert_eq!(summary(&story), ["Karsk in 0 1 2", "Amber Council in 0 1"]);
    assert_eq!(story.actors[0].id.as_str(), "state/KRS");
    assert_eq!(story.actors[0].entity_key.as_deref(), Some("KRS"));
}

#[test]
fn an_actor_has_its_names_roles_and_side_from_all_articles() {
    let text = "Envoy Oren Vale left. Vale's car was late. Oren Vale smiled.";
    let articles = [article("a", text), article("b", "Vale spoke. Vale left.")];
    let records = [
        record(
            &articles[0],
            &[Who {
                roles: &["envoy", "lawyer"],
                allegiance: Some("KRS"),
                mentions: &["Oren Vale", "Vale's", "Oren Vale"],
                n_statements: 1,
                ..person("Oren Vale")
            }],
        ),
        record(
            &articles[1],
            &[Who {
                roles: &["Lawyer"],
                allegiance: Some("KRS"),
                mentions: &["Vale", "Vale"],
                n_statements: 2,
                ..person("Vale")
            }],
        ),
    ];
    let story = tell(&articles, &records);
    let actor = &story.actors[0];
    let aliases: Vec<(&str, usize)> = actor.aliases.iter().map(|a| (a.text.as_str(), a.n_mentions)).collect();
    assert_eq!(actor.name, "Oren Vale");
    assert_eq!(aliases, [("Vale", 3), ("Oren Vale", 2)]);
    let roles: Vec<&str> = actor.roles.iter().map(|role| role.text.as_str()).collect();
    assert_eq!(roles, ["Lawyer", "envoy"]);
    assert_eq!(actor.allegiance.as_deref(), Some("KRS"));
}

#[test]
fn who_speaks_most_comes_first() {
    let story = story(&[
        &[Who { mentions: &["x", "x", "x"], ..person("Ada Roe") }, Who { n_statements: 1, ..person("Zoe Ilves") }],
        &[Who { mentions: &["x"], ..person("Ben Vale") }],
    ]);
    assert_eq!(summary(&story), ["Zoe Ilves in 0", "Ada Roe in 0", "Ben Vale in 1"]);
}

const fn unnamed(words: &'static [&'static str]) -> Who {
    Who { name: "officials", kind: ActorKind::Group, is_named: false, mentions: words, ..PERSON }
}

#[test]
fn unnamed_actors_stay_in_their_article_unless_the_words_were_copied() {
    let shared = "Border officials fear that the bridge over the Lower Amber will not open before the next winter.";
    let articles = [
        article("a", &format!("{shared}\nOther officials were silent.")),
        article("b", &format!("It snowed in Karsk on Sunday.\n{shared}")),
        article("c", "Border officials in Ostrava Minor went home."),
    ];
    let records = [
        record(&articles[0], &[unnamed(&["Border officials"]), unnamed(&["Other officials"])]),
        record(&articles[1], &[unnamed(&["Border officials"])]),
        record(&articles[2], &[unnamed(&["Border officials"])]),
    ];
    let story = tell(&articles, &records);
    assert_eq!(summary(&story), ["officials in a b", "officials in a", "officials in c"]);
    assert_eq!(story.actors[0].aliases[0].text, "Border officials");
    assert_eq!(story.actors[0].aliases[0].n_mentions, 2);
    assert_eq!(merges(&story.actors[0]), ["the same words in wording that the articles share (a b)"]);
}

#[test]
fn the_order_of_records_does_not_matter_and_strangers_are_left_aside() {
    let articles = [article("a", "x"), article("b", "x")];
    let stranger = record(&article("z", "x"), &[person("Nobody Here")]);
    let mut records =
        vec![record(&articles[0], &[person("Oren Vale")]), record(&articles[1], &[person("Vale")]), stranger];
    let forward = tell(&articles, &records);
    records.reverse();
    assert_eq!(tell(&articles, &records), forward);
    assert_eq!(summary(&forward), ["Oren Vale in a b"]);
}

const fn state(name: &'static str, key: &'static str) -> Who {
    Who { key: Some(key), ..body(name, ActorKind::State) }
}

#[test]
fn a_state_found_in_one_article_is_one_in_all() {
    let articles = [
        article("a", "Brenhold, the Orvathian capital, waited. Orvath did not."),
        article("b", "Orvath left. Brenhold stayed."),
        article("c", "Orvath left."),
    ];
    let orvath = Who { mentions: &["Brenhold", "Orvath did"], ..state("Orvath", "state:orvath") };
    let records = [
        record(&articles[0], &[orvath]),
        record(&articles[1], &[Who { mentions: &["Orvath"], ..person("Orvath") }, person("Brenhold")]),
        record(&articles[2], &[body("Orvath", ActorKind::Organisation)]),
    ];
    let story = tell(&articles, &records);
    assert_eq!(summary(&story), ["Orvath in a b b c"]);
    assert_eq!(story.actors[0].kind, ActorKind::State);
    assert_eq!(story.actors[0].id.as_str(), "state/orvath");
}

#[test]
fn no_person_becomes_a_state() {
    let story = story(&[
        &[state("Orvath", "state:orvath"), state("Selmaria", "state:selmar")],
        &[Who { roles: &["envoy"], ..person("Orvath") }, person("Oren Orvath")],
        &[Who { allegiance: Some("NOR"), ..person("Selmaria") }],
        &[person("Orvath")],
    ]);
    assert_eq!(summary(&story), ["Oren Orvath in 1 1 3", "Orvath in 0", "Selmaria in 2", "Selmaria in 0"]);
}

#[test]
fn a_state_is_called_by_its_name_where_an_article_has_it() {
    let articles = [article("a", "The Selmarian side left."), article("b", "Selmaria won.")];
    let by_adjective = Who { mentions: &[], ..state("Selmarian", "state:selmar") };
    let records = [
        record(&articles[0], &[by_adjective]),
        record(&articles[1], &[Who { mentions: &["Selmaria"], ..state("Selmaria", "state:selmar") }]),
    ];
    assert_eq!(summary(&tell(&articles, &records)), ["Selmaria in a b"]);
}

#[test]
fn a_body_found_in_one_article_is_one_in_all() {
    let story = story(&[
        &[Who { mentions: &["x"], ..body("Amber League", ActorKind::Organisation) }],
        &[Who { mentions: &["x", "x", "x"], ..person("Amber League") }],
        &[body("the Amber Leagues", ActorKind::Organisation)],
        &[body("Fennians", ActorKind::Group)],
        &[person("Fennians")],
    ]);
    assert_eq!(summary(&story), ["Amber League in 0 1 2", "Fennians in 3", "Fennians in 4"]);
    assert_eq!(story.actors[0].kind, ActorKind::Organisation);
}

#[test]
fn words_before_a_full_name_are_a_damaged_title() {
    let story = story(&[
        &[Who { mentions: &["x", "x", "x"], ..person("Overseas Priest Oren Vale") }],
        &[person("Oren Vale")],
        &[person("Maria Oren Vale")],
        &[Who { allegiance: Some("KRS"), ..person("General Commerce Ada Roe") }],
        &[Who { allegiance: Some("OSM"), ..person("Ada Roe") }],
    ]);
    assert_eq!(
        summary(&story),
        ["Oren Vale in 0 1", "Ada Roe in 4", "General Commerce Ada Roe in 3", "Maria Oren Vale in 2"]
    );
}

#[test]
fn what_joined_a_person_is_told_with_the_articles() {
    let story = story(&[
        &[Who { mentions: &["x", "x", "x", "x"], ..person("Sergey Karlovsky") }],
        &[person("Sergei Karlovskiy")],
        &[person("Karlovsky")],
        &[Who { mentions: &["x", "x"], ..person("Sergei Karlovskiy") }],
        &[person("S. Karlovsky")],
        &[person("Sergey Karvovsky")],
        &[person("Ada Roe")],
        &[person("Sergey A. Karlovsky")],
    ]);
    assert_eq!(summary(&story), ["Sergey Karlovsky in 0 1 2 3 4 5 7", "Ada Roe in 6"]);
    assert_eq!(
        merges(&story.actors[0]),
        [
            "the same full name (0 1 3 7)",
            "another spelling or form of the name: Sergei Karlovskiy, Sergey A. Karlovsky (0 1 3 7)",
            "a rarer name that differs from it in one letter: Sergey Karvovsky (5)",
            "a family name that only one person of the pile bears: Karlovsky (2)",
            "an initial and a family name that fit only one person of the pile: S. Karlovsky (4)",
        ]
    );
    assert!(story.actors[1].merges.is_empty(), "whom one article has, nothing was joined for");
}

#[test]
fn what_singled_one_out_of_several_is_told() {
    let story = story(&[
        &[Who { roles: &["governor"], mentions: &["x", "x"], ..person("Marta Ilves") }, person("Tomas Ilves")],
        &[Who { allegiance: Some("KRS"), ..person("Tomas Ilves") }],
        &[Who { roles: &["governor"], ..person("Ilves") }],
        &[Who { allegiance: Some("KRS"), ..person("Ilves") }],
        &[person("Vale")],
        &[Who { allegiance: Some("OSM"), ..person("Vale") }],
    ]);
    assert_eq!(summary(&story), ["Marta Ilves in 0 2", "Tomas Ilves in 0 1 3", "Vale in 4 5"]);
    let kinds = |actor: &Actor| actor.merges.iter().map(|merge| merge.kind).collect::<Vec<_>>();
    assert_eq!(kinds(&story.actors[0]), [MergeKind::FamilyNameAndRole]);
    assert_eq!(kinds(&story.actors[1]), [MergeKind::FullName, MergeKind::FamilyNameAndSide]);
    assert_eq!(merges(&story.actors[2]), ["the same short name of somebody whom no article names in full: Vale (4 5)"]);
}

#[test]
fn what_joined_a_body_is_told() {
    let palace = Who { key: Some("KRS"), mentions: &["Winter Palace"], ..body("Karsk", ActorKind::State) };
    let articles = [article("0", "The Winter Palace."), article("1", "x"), article("2", "x"), article("3", "x")];
    let records = [
        record(&articles[0], &[palace]),
        record(&articles[1], &[Who { key: Some("KRS"), ..body("Karsk", ActorKind::State) }]),
        record(&articles[2], &[body("Winter Palace", ActorKind::Organisation)]),
        record(&articles[3], &[body("the Winter Palace", ActorKind::Organisation), person("Winter Palace")]),
    ];
    assert_eq!(
        merges(&tell(&articles, &records).actors[0]),
        [
            "the same known entity (0 1)",
            "a name of the known entity: Winter Palace, the Winter Palace (2 3)",
            "the same name (2 3)",
            "a bare name that elsewhere is that of a state or a body: Winter Palace (3)",
        ]
    );
}
