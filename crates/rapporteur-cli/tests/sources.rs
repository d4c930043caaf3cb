//! `sources` and `articles` from the outside: they need no language model.
#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

use assert_cmd::Command;
use std::path::Path;

const REPORT: &str = "The garrison at the river mouth will stay where it is until the assembly has voted on the treaty, the \
    governor said on Sunday. Lorries have been waiting at the bridge over the Lower Amber since the guards closed it in \
    autumn. Heavy snow kept most members of the provincial assembly from reaching the capital on Sunday night.";

struct Ran {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn run(folder: &Path, arguments: &[&str], stdin: &str) -> Ran {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("rapporteur"));
    command.env_clear().env("HOME", folder).env("XDG_DATA_HOME", folder).current_dir(folder);
    let output = command.args(arguments).write_stdin(stdin).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// A page, a table with columns of its own, and a file that is none.
fn pile() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let page = format!(
        "<html lang=en><head><title>Bridge stays closed - Karsk Courier</title>\
         <meta property=og:site_name content='Karsk Courier'>\
         <meta property=article:published_time content='2031-03-09T10:00:00Z'></head>\
         <body><nav>Home News</nav><article><h1>Bridge stays closed</h1><p>{REPORT}</p></article></body></html>"
    );
    write("courier.html", &page);
    write("export.csv", &format!("day;what\n2031-03-10;\"{REPORT}\"\n2031-03-11;\"{REPORT}\"\n"));
    write("empty.txt", "");
    folder
}

#[test]
fn sources_tell_what_counts_once_and_who_is_derived() {
    let folder = pile();
    let ran = run(folder.path(), &["sources", ".", "--field", "text=what", "--field", "published=day"], "");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stdout.starts_with("3 articles, 1 independent origin.\n"), "{}", ran.stdout);
    assert!(ran.stdout.contains("first told by courier"), "{}", ran.stdout);
    assert!(ran.stderr.contains("3 articles read, 1 input skipped"), "{}", ran.stderr);
    assert!(ran.stderr.contains("empty.txt") && ran.stderr.contains("hint: "), "{}", ran.stderr);
}

#[test]
fn sources_as_json_lead_from_links_to_articles() {
    let folder = pile();
    let arguments = ["sources", ".", "--json", "--field", "text=what", "--field", "published=day"];
    let one = run(folder.path(), &arguments, "").stdout;
    let json: serde_json::Value = serde_json::from_str(&one).unwrap();
    assert_eq!((&json["format"], &json["version"]), (&"rapporteur.sources".into(), &1.into()));
    assert_eq!(json["links"][0]["relation"], "verbatim");
    let derived = json["links"][0]["derived"].as_u64().unwrap() as usize;
    assert!(json["articles"][derived]["location"].as_str().unwrap().contains("export.csv#"));
    // The same bytes, whatever the number of threads.
    for threads in ["1", "3"] {
        let again: Vec<&str> = arguments.iter().copied().chain(["--threads", threads]).collect();
        assert_eq!(run(folder.path(), &again, "").stdout, one);
    }
}

#[test]
fn articles_show_what_became_of_the_inputs() {
    let folder = pile();
    let ran = run(folder.path(), &["articles", "courier.html"], "");
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    for part in ["2031-03-09", "en", "Karsk Courier: Bridge stays closed", "courier.html"] {
        assert!(ran.stdout.contains(part), "{}", ran.stdout);
    }
    let json = run(folder.path(), &["articles", "--json", "courier.html"], "").stdout;
    let article: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(article["body"], format!("{REPORT}\n"));
    assert_eq!(article["published"]["metadata"]["words"], "2031-03-09T10:00:00Z");
}

#[test]
fn standard_input_holds_many_articles() {
    let folder = tempfile::tempdir().unwrap();
    let lines = format!("{{\"text\": \"{REPORT}\"}}\n{{\"text\": \"{REPORT}\"}}\n");
    let ran = run(folder.path(), &["articles", "-"], &lines);
    assert_eq!((ran.code, ran.stdout.matches("-#").count()), (Some(0), 2), "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn a_field_that_means_nothing_is_refused_with_what_there_is() {
    let folder = pile();
    let ran = run(folder.path(), &["articles", "export.csv", "--field", "words=what"], "");
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("title") && ran.stderr.contains("published"), "{}", ran.stderr);
    // A table without a known column names those that it has.
    let ran = run(folder.path(), &["articles", "export.csv"], "");
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("what") && ran.stderr.contains("--field"), "{}", ran.stderr);
}

#[test]
fn a_thousand_skipped_inputs_are_told_in_few_lines() {
    let folder = tempfile::tempdir().unwrap();
    (0..1000).for_each(|n| std::fs::write(folder.path().join(format!("{n:04}.txt")), "").unwrap());
    std::fs::write(folder.path().join("report.txt"), REPORT).unwrap();
    let ran = run(folder.path(), &["articles", "."], "");
    assert_eq!(ran.code, Some(0));
    assert!(ran.stderr.lines().count() < 120, "{}", ran.stderr.lines().count());
    assert!(ran.stderr.contains("1 article read, 1000 inputs skipped"), "{}", ran.stderr);
    assert!(ran.stderr.contains("950 more: empty: no words in it"), "{}", ran.stderr);
}
