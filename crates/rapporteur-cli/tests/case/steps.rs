//! However articles come, a case says the same.

use crate::desk::{Desk, five_more};

#[test]
fn a_case_does_not_show_how_its_articles_came_with_the_model() {
    let Some(desk) = Desk::new("a_case_does_not_show_how_its_articles_came_with_the_model") else { return };
    five_more(&desk);
    let names = desk.names();
    let read = |case: &str, names: &[String], more: &[&str]| {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        desk.run(&[&["read", "--case", case], more, names.as_slice()].concat());
    };
    read("at-once.case", &names, &[]);
    let backward: Vec<String> = names.iter().rev().cloned().collect();
    read("alone.case", &backward, &["--threads", "1"]);
    // 7 and 10 have no divisor in common: each of ten articles comes once.
    for step in 0..names.len() {
        read("in-steps.case", &names[step * 7 % names.len()..][..1], &["--threads", "2"]);
    }
    let at_once = desk.answers("at-once.case");
    assert!(at_once == desk.answers("alone.case"));
    assert!(at_once == desk.answers("in-steps.case"));
    for case in ["at-once.case", "alone.case", "in-steps.case"] {
        assert_eq!(desk.run(&["check", case]), ("the case is whole\n".to_string(), 0), "{case}");
    }
    // Nothing is read twice.
    let again = desk.json(&["read", &names[0], &names[1], "--case", "at-once.case"])["answer"]["counts"].clone();
    assert_eq!((&again["known"], &again["added"]), (&2.into(), &0.into()), "{again}");
}
