//! A folder of many articles, and a case out of it.

use crate::desk::Desk;

#[test]
fn a_case_out_of_a_folder_answers_as_one_that_reads_with_the_model() {
    let Some(desk) = Desk::new("a_case_out_of_a_folder_answers_as_one_that_reads_with_the_model") else { return };
    let names = desk.names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let bulk = [&["bulk", "--out", "news", "--partition", "2"], names.as_slice()].concat();
    let (told, code) = desk.run(&bulk);
    assert!(code == 0 && told.contains("3 partitions: 5 articles") && told.contains("2 independent origins"), "{told}");
    assert!(desk.run(&bulk).0.contains("3 of them known"));
    desk.run(&["case", "cut.case", "--from", "news"]);
    desk.run(&[&["read", "--case", "read.case", "--hash-only"], names.as_slice()].concat());
    assert!(desk.answers("cut.case") == desk.answers("read.case"));
    assert_eq!(desk.run(&["check", "cut.case"]).1, 0);

    assert_eq!(desk.run(&["case", "late.case", "--from", "news", "--where", "published > '2024-03-13'"]).1, 0);
    assert_eq!(desk.json(&["sources", "late.case"])["answer"]["n_articles"], 1);
    assert_eq!(desk.run(&["case", "none.case", "--from", "news", "--where", "published > '2025'"]).1, 1);
    for (arguments, told) in [
        (&["case", "x.case", "--from", "news", "--where", "day > 3"][..], "no such column: day"),
        (&["case", "x.case", "--from", "news", "--scope", "attitude"], "other words"),
        (&["case", "x.case", "--from", "."], "manifest"),
        (&["bulk", "--out", ".", "lysmar-courier.txt"], "something else"),
        (&["bulk", "--out", "news", "lysmar-courier.txt"], "other inputs"),
    ] {
        let (_, stderr, code) = desk.attempt(arguments);
        assert!(code == 2 && stderr.contains(told) && stderr.contains("hint: "), "{arguments:?}: {stderr}");
    }
}
