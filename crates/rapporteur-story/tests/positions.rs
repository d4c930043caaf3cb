//! What does each party hold, and on which issues? All people and places are invented.

mod common;

use common::{Told, names, told};
use rapporteur_model::*;
use rapporteur_testkit::{Done, Draft, Holding, event, stance};

/// An article about Karsk and Osmia and those who speak for them, with nothing in it yet.
fn article(name: &str, published: &str) -> Draft {
    Draft::new(name, published)
        .state("Karsk", "state:karsk")
        .state("Osmia", "state:osmia")
        .person("Oren Vale", "state:karsk")
        .person("Mara Tellin", "")
}

/// An article of one line in which somebody holds something.
fn holds(name: &str, published: &str, line: &str, holding: Holding) -> Draft {
    article(name, published).line(line).holds(holding)
}

/// Karsk demands that troops leave.
fn demand() -> Draft {
    let held = stance(StanceKind::Demand, "Karsk", "demands the withdrawal of all troops");
    let held = held.about("the withdrawal of all troops", "withdrawal");
    holds("a", "2031-03-10", "Karsk demands the withdrawal of all troops.", held)
}

/// What Osmia answers.
fn answer(kind: StanceKind) -> Draft {
    let held = stance(kind, "Osmia", "on withdrawing its troops").about("withdrawing its troops", "withdraw");
    holds("b", "2031-03-11", "Osmia has made up its mind on withdrawing its troops.", held)
}

/// Each position as its party, its issue and the kinds of its stances.
fn positions(told: &Told) -> Vec<String> {
    let describe = |position: &Position| {
        let kinds: Vec<&str> = position.stances.iter().map(|stance| stance.kind.name()).collect();
        format!("{} on {}: {}", told.name(Some(&position.party)), position.issue, kinds.join(" "))
    };
    told.story.positions.iter().map(describe).collect()
}

#[test]
fn each_party_has_a_position_on_an_issue_of_the_list() {
    let told = told(&[demand(), answer(StanceKind::Refusal)]);
    assert_eq!(positions(&told), ["Karsk on troop-withdrawal: demand", "Osmia on troop-withdrawal: refusal"]);
    let [issue] = told.story.issues.as_slice() else { panic!("{:?}", told.story.issues) };
    assert!(issue.is_common);
    assert_eq!(issue.name, "withdrawal and level of foreign troops");
    assert_eq!(
        issue.wordings,
        ["withdrawing its troops", "the withdrawal of all troops"],
        "the shorter of equals first"
    );
}

#[test]
fn an_object_that_the_list_has_not_is_an_issue_by_its_head() {
    let bells = |name: &str, party: &str, kind, object: &str| {
        let line = format!("{party} is firm on {object} of the cathedral.");
        holds(name, "2031-03-10", &line, stance(kind, party, "is firm").about(object, "bell"))
    };
    let told = told(&[
        bells("a", "Karsk", StanceKind::Demand, "the return of the old bells"),
        bells("b", "Osmia", StanceKind::Refusal, "the old bells"),
        bells("c", "Karsk", StanceKind::Demand, "the old bells"),
    ]);
    let [issue] = told.story.issues.as_slice() else { panic!("{:?}", told.story.issues) };
    assert_eq!((issue.is_common, issue.name.as_str(), issue.id.as_str()), (false, "the old bells", "found/bell"));
    assert_eq!(positions(&told), ["Karsk on found/bell: demand", "Osmia on found/bell: refusal"]);
    assert_eq!(names(&told.story.positions[0].support.articles), "a c");
}

#[test]
fn who_speaks_for_a_state_voices_its_position() {
    let voiced = |who: &str| {
        let line = format!("{who} wants a quick withdrawal of troops.");
        let held = stance(StanceKind::Demand, who, "wants").about("a quick withdrawal of troops", "withdrawal");
        told(&[holds("a", "2031-03-10", &line, held)])
    };
    let minister = voiced("Oren Vale");
    assert_eq!(positions(&minister), ["Karsk on troop-withdrawal: demand"]);
    let stance = &minister.story.positions[0].stances[0];
    let voices: Vec<&str> = stance.voiced_by.iter().map(|voice| minister.name(Some(voice))).collect();
    assert_eq!(voices, ["Oren Vale"]);
    assert_eq!(stance.support.sourcing, Sourcing::Named);
    let nobodys = voiced("Mara Tellin");
    assert_eq!(positions(&nobodys), ["Mara Tellin on troop-withdrawal: demand"]);
    assert!(nobodys.story.positions[0].stances[0].voiced_by.is_empty(), "who speaks for himself is no other");
    assert_eq!(voiced("Karsk").story.positions[0].stances[0].support.sourcing, Sourcing::Official);
}

#[test]
fn a_pledge_that_is_demanded_is_no_promise() {
    let promise =
        || stance(StanceKind::Promise, "Osmia", "never expand the alliance").about("the alliance", "alliance");
    let line = "Karsk demands that Osmia never expand the alliance.";
    let told_with = |promise: Holding| {
        let held = stance(StanceKind::Demand, "Karsk", "demands that Osmia never expand the alliance");
        let held = held.about("never expand the alliance", "expand");
        told(&[article("a", "2031-03-10").line(line).holds(held).holds(promise)])
    };
    assert_eq!(positions(&told_with(promise().status(Status::Demanded))), ["Karsk on alliance-enlargement: demand"]);
    assert_eq!(
        positions(&told_with(promise())),
        ["Karsk on alliance-enlargement: demand", "Osmia on alliance-enlargement: promise"],
        "one that was given is"
    );
}

#[test]
fn what_a_party_might_concede_is_no_openness() {
    let open = |status| {
        let held = stance(StanceKind::Openness, "Osmia", "is ready").about("withdrawing its troops", "withdraw");
        let line = "Osmia is ready to talk about withdrawing its troops.";
        positions(&told(&[holds("a", "2031-03-10", line, held.status(status))]))
    };
    assert_eq!(open(Status::Happened), ["Osmia on troop-withdrawal: openness"]);
    assert_eq!(open(Status::Hypothetical), [""; 0]);
}

#[test]
fn a_warning_of_what_one_does_oneself_is_a_threat() {
    let line = "Karsk warns that it will answer with an embargo.";
    let warning = stance(StanceKind::Warning, "Karsk", "warns that it will answer with an embargo")
        .about("an embargo", "embargo");
    let threat = stance(StanceKind::Threat, "Karsk", "will answer with an embargo").about("an embargo", "embargo");
    let alone = told(&[article("a", "2031-03-10").line(line).holds(warning.clone())]);
    assert_eq!(positions(&alone), ["Karsk on sanctions: warning"]);
    let both = told(&[article("a", "2031-03-10").line(line).holds(warning).holds(threat)]);
    assert_eq!(positions(&both), ["Karsk on sanctions: threat"]);
}

/// Osmia on its troops, on a day that the line tells.
fn on_day(name: &str, kind: StanceKind, day: &str) -> Draft {
    let held = stance(kind, "Osmia", "spoke").about("withdrawing its troops", "withdraw").on("that day");
    article(name, "2031-03-20")
        .line("Osmia spoke that day on withdrawing its troops.")
        .time("that day", day)
        .holds(held)
}

#[test]
fn a_party_that_comes_to_be_open_has_changed() {
    let told_on = |refused: &str, opened: &str| {
        told(&[on_day("a", StanceKind::Refusal, refused), on_day("b", StanceKind::Openness, opened)])
    };
    let change = |from, to, time: &str| PositionChange { from, to, time: time.into() };
    let opened = told_on("2031-03-10", "2031-03-14");
    let [position] = opened.story.positions.as_slice() else { panic!("{:?}", positions(&opened)) };
    assert_eq!(position.changes, [change(StanceKind::Refusal, StanceKind::Openness, "2031-03-14")]);
    assert_eq!(position.stances[0].first_time.as_deref(), Some("2031-03-10"));
    let shut = told_on("2031-03-14", "2031-03-10");
    let expected = [change(StanceKind::Openness, StanceKind::Refusal, "2031-03-14")];
    assert_eq!(shut.story.positions[0].changes, expected, "or the other way round");
    assert_eq!(told_on("2031-03-10", "2031-03-10").story.positions[0].changes, [], "both on one day");
    assert_eq!(told_on("2031-03", "2031-03-14").story.positions[0].changes, [], "the month may be later than its day");
}

#[test]
fn a_party_that_goes_on_refusing_has_not_changed() {
    let told = told(&[
        on_day("a", StanceKind::Refusal, "2031-03-10"),
        on_day("b", StanceKind::Openness, "2031-03-12"),
        on_day("c", StanceKind::Refusal, "2031-03-14"),
    ]);
    let [position] = told.story.positions.as_slice() else { panic!("{:?}", positions(&told)) };
    let refusal = &position.stances[0];
    assert_eq!((refusal.kind, refusal.reports.len()), (StanceKind::Refusal, 2));
    assert_eq!((refusal.first_time.as_deref(), refusal.last_time.as_deref()), (Some("2031-03-10"), Some("2031-03-14")));
    assert_eq!(position.changes, []);
}

#[test]
fn a_stance_without_a_time_is_of_the_day_of_its_article() {
    let told = told(&[demand()]);
    assert_eq!(told.story.positions[0].stances[0].first_time.as_deref(), Some("2031-03-10"));
}

#[test]
fn a_condition_links_two_issues() {
    let linked = |condition: &str| {
        let line = format!("Osmia would withdraw its troops if {condition}.");
        let held = stance(StanceKind::Openness, "Osmia", "would withdraw its troops");
        let held = held.about("withdraw its troops", "withdraw").given(&format!("if {condition}"));
        let told = told(&[holds("a", "2031-03-10", &line, held)]);
        let condition = told.story.positions[0].stances[0].conditions[0].clone();
        assert!(told.words(&condition.article, condition.span).starts_with("if "));
        condition.linked_issue
    };
    assert_eq!(linked("the sanctions and the embargo end"), Some(IssueId::new("sanctions")));
    assert_eq!(linked("others withdraw their troops as well"), None, "the same issue is no other");
    assert_eq!(linked("the weather is fine"), None);
}

#[test]
fn where_the_parties_stand_depends_on_what_each_of_them_holds() {
    let standing = |drafts: &[Draft]| {
        let told = told(drafts);
        let [issue] = told.story.issues.as_slice() else { panic!("{:?}", told.story.issues) };
        (issue.standing, issue.reason.clone())
    };
    assert_eq!(standing(&[demand()]), (Standing::Unanswered, "a stance of Karsk alone".into()));
    let (refused, reason) = standing(&[demand(), answer(StanceKind::Refusal)]);
    assert_eq!((refused, reason.as_str()), (Standing::Blocked, "a demand of Karsk against a refusal of Osmia"));
    assert_eq!(standing(&[demand(), answer(StanceKind::RedLine)]).0, Standing::Blocked);
    let (opened, reason) = standing(&[demand(), answer(StanceKind::Openness)]);
    assert_eq!((opened, reason.as_str()), (Standing::Negotiable, "an openness of Osmia toward a demand of Karsk"));
    assert_eq!(standing(&[demand(), answer(StanceKind::Hope)]).0, Standing::Unanswered);
}

/// An article that tells of an agreement on troops.
fn agreement(name: &str, published: &str, change: fn(Done) -> Done) -> Draft {
    let agreed = change(event(EventType::Agree, "agreed")).about("withdrawing the troops");
    article(name, published)
        .line("Karsk and Osmia, for which Oren Vale spoke, agreed on withdrawing the troops.")
        .event(agreed)
        .shows(StanceKind::Openness, "withdraw")
}

#[test]
fn an_issue_is_agreed_where_two_parties_made_an_agreement_on_it() {
    let standing = |drafts: &[Draft]| told(drafts).story.issues[0].standing;
    let both = || agreement("c", "2031-03-12", |done| done.by("Karsk").by("Osmia"));
    let agreed = told(&[both()]);
    assert_eq!(positions(&agreed), ["Karsk on troop-withdrawal: openness", "Osmia on troop-withdrawal: openness"]);
    assert_eq!(agreed.story.issues[0].standing, Standing::Agreed);
    assert_eq!(agreed.story.issues[0].reason, "an agreement of Karsk and Osmia");
    let minister = agreement("c", "2031-03-12", |done| done.by("Oren Vale").by("Osmia"));
    assert_eq!(standing(&[minister]), Standing::Agreed, "who speaks for a state agrees for it");
    let own_minister = agreement("c", "2031-03-12", |done| done.by("Oren Vale").by("Karsk"));
    assert_eq!(standing(&[own_minister]), Standing::Unanswered, "two of one state are one party");
    let of_one = |name| agreement(name, "2031-03-12", |done| done.by("Karsk").to("Osmia"));
    let of_other = agreement("d", "2031-03-12", |done| done.by("Osmia").to("Karsk"));
    assert_eq!(standing(&[of_one("c")]), Standing::Unanswered, "one side alone says that it agrees");
    assert_eq!(standing(&[of_one("c"), of_other]), Standing::Agreed);
    let planned = agreement("c", "2031-03-12", |done| done.by("Karsk").by("Osmia").status(Status::Planned));
    assert_eq!(standing(&[planned]), Standing::Negotiable, "it lies ahead");
    assert_eq!(standing(&[demand(), answer(StanceKind::Refusal), both()]), Standing::Agreed, "it was refused before");
}

#[test]
fn an_agreement_that_is_refused_later_does_not_stand() {
    let both = agreement("a", "2031-03-10", |done| done.by("Karsk").by("Osmia"));
    for kind in [StanceKind::Refusal, StanceKind::RedLine] {
        let told = told(&[both.clone(), answer(kind)]);
        assert_eq!(told.story.issues[0].standing, Standing::Blocked, "{kind:?}");
    }
    assert_eq!(told(&[both, answer(StanceKind::Complaint)]).story.issues[0].standing, Standing::Agreed);
}

#[test]
fn a_position_in_two_copies_rests_on_one_origin() {
    let long = |name: &str| {
        demand()
            .line("Lorries have been waiting at the bridge over the Lower Amber since the guards closed it in autumn.")
            .line("Heavy snow kept most members of the provincial assembly from reaching the capital on Sunday night.")
            .line("Only the small ferry still carries mail between the harbour and the islands further east.")
            .copied(name, "2031-03-10")
    };
    let of_one = told(&[long("a"), long("b")]);
    let support = &of_one.story.positions[0].support;
    assert_eq!((names(&support.articles).as_str(), support.n_origins_min, support.n_origins_max), ("a b", 1, 1));
    let held = stance(StanceKind::Demand, "Karsk", "insists").about("troops to withdraw", "withdraw");
    let own = holds("c", "2031-03-11", "For troops to withdraw is what Karsk insists on.", held);
    let of_two = told(&[long("a"), long("b"), own]);
    let support = &of_two.story.positions[0].support;
    assert_eq!((names(&support.articles).as_str(), support.n_origins_min, support.n_origins_max), ("a b c", 2, 2));
}

#[test]
fn issues_that_most_articles_tell_of_come_first() {
    let held = stance(StanceKind::Demand, "Karsk", "wants").about("a ceasefire", "ceasefire");
    let other = holds("c", "2031-03-10", "Karsk wants a ceasefire.", held);
    let told = told(&[demand(), answer(StanceKind::Refusal), other]);
    let ids: Vec<&str> = told.story.issues.iter().map(|issue| issue.id.as_str()).collect();
    assert_eq!(ids, ["troop-withdrawal", "ceasefire"]);
}
