//! The binary from the outside.
//!
//! Tests whose names end in `_with_the_model` need the language model, named by `RAPPORTEUR_MODEL`.
//! Where it is not they say so and pass.
#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

use assert_cmd::Command;
use rapporteur_testkit::model_folder;
use std::path::Path;

/// The binary in an environment of its own: no model, no colour settings, an empty data folder.
fn rapporteur(data_folder: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("rapporteur"));
    command.env_clear().env("HOME", data_folder).env("XDG_DATA_HOME", data_folder).current_dir(data_folder);
    command
}

struct Ran {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn run(command: &mut Command) -> Ran {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

fn empty_folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// Every command.
const COMMANDS: [&str; 31] = [
    "read",
    "brief",
    "who",
    "positions",
    "timeline",
    "tensions",
    "sources",
    "search",
    "show",
    "correct",
    "changes",
    "runs",
    "check",
    "purge",
    "articles",
    "fetch",
    "parse",
    "explain",
    "knowledge",
    "model",
    "demo",
    "serve",
    "sql",
    "verify",
    "mcp",
    "export",
    "bulk",
    "case",
    "schema",
    "completions",
    "man",
];

/// The words of a line as a shell takes them apart.
fn words_of(line: &str) -> Vec<String> {
    let (mut words, mut quote) = (vec![String::new()], None);
    for c in line.chars() {
        match c {
            '"' | '\'' if quote.is_none() => quote = Some(c),
            c if quote == Some(c) => quote = None,
            c if c.is_whitespace() && quote.is_none() => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn help_teaches_with_examples_that_parse() {
    let folder = empty_folder();
    for command in [""].into_iter().chain(COMMANDS) {
        let mut help = rapporteur(folder.path());
        help.args(command.split_whitespace()).arg("--help");
        let ran = run(&mut help);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
        assert!(ran.stdout.contains("Examples:\n  "), "{}", ran.stdout);
        assert!(!ran.stdout.contains('\x1b'), "{}", ran.stdout);
    }
}

#[test]
fn the_schemas_that_are_documented_are_those_of_the_program() {
    let folder = empty_folder();
    let list = run(rapporteur(folder.path()).arg("schema")).stdout;
    let documented = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema");
    let mut files: Vec<String> =
        std::fs::read_dir(&documented).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    files.retain(|file| file.ends_with(".json"));
    files.sort_unstable();
    let names: Vec<&str> = list.lines().map(|line| line.split_once(' ').unwrap().0).collect();
    assert_eq!(names.iter().map(|name| format!("{name}.json")).collect::<Vec<_>>(), files);
    for name in names {
        let schema = run(rapporteur(folder.path()).args(["schema", name])).stdout;
        let file = std::fs::read_to_string(documented.join(format!("{name}.json"))).unwrap();
        assert!(schema == file, "{name} is not what docs/schema has: run `rapporteur schema --out docs/schema`");
    }
    let unknown = run(rapporteur(folder.path()).args(["schema", "raeding"]));
    assert_eq!((unknown.code, unknown.stdout.as_str()), (Some(2), ""));
}

#[test]
fn shells_and_the_manual_know_every_command() {
    let folder = empty_folder();
    let manual = folder.path().join("man1");
    let ran = run(rapporteur(folder.path()).arg("man").arg(&manual));
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    for command in COMMANDS {
        let page = std::fs::read_to_string(manual.join(format!("rapporteur-{command}.1"))).unwrap();
        assert!(page.contains(".SH SYNOPSIS"), "{command}");
    }
    // Besides these there is a page of the program and those of commands of commands.
    let listed = run(rapporteur(folder.path()).arg("--help")).stdout;
    let listed = listed.lines().skip_while(|line| !line.starts_with("Commands:")).skip(1);
    let listed = listed.take_while(|line| line.starts_with("  "));
    let is_name = |line: &&str| !line.starts_with("   ");
    let mut listed: Vec<&str> = listed.filter(is_name).filter_map(|line| line.split_whitespace().next()).collect();
    listed.retain(|name| *name != "help");
    listed.sort_unstable();
    let mut known = COMMANDS;
    known.sort_unstable();
    assert_eq!(listed, known);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(rapporteur(folder.path()).args(["completions", shell])).stdout;
        assert!(COMMANDS.iter().all(|command| script.contains(command)), "{shell}");
    }
}

#[test]
fn each_example_of_the_help_is_understood() {
    let folder = empty_folder();
    let help = run(rapporteur(folder.path()).arg("--help")).stdout;
    for command in COMMANDS {
        let of_command = run(rapporteur(folder.path()).args([command, "--help"])).stdout;
        for line in help.lines().chain(of_command.lines()) {
            let Some((_, example)) = line.split_once("  rapporteur ") else { continue };
            // What follows is a shell's, or explains.
            let example = example.split(['|', '>']).next().unwrap().split("   ").next().unwrap();
            let example: Vec<String> =
                words_of(example).into_iter().take_while(|word| !word.starts_with('(')).collect();
            // `--help` after the arguments: clap checks what stands before it and runs nothing.
            let ran = run(rapporteur(folder.path()).args(&example).arg("--help"));
            assert_eq!(ran.code, Some(0), "{example:?}: {}", ran.stderr);
        }
    }
}

#[test]
fn wrong_usage_fails_on_standard_error() {
    let folder = empty_folder();
    for arguments in [
        vec![],
        vec!["read"],
        vec!["raed", "x"],
        vec!["parse", "--format", "xml", "x"],
        vec!["read", "--threads", "0", "x"],
        vec!["read", "--threads", "257", "x"],
        vec!["parse", "--threads", "99999999999", "x"],
    ] {
        let ran = run(rapporteur(folder.path()).args(&arguments));
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(!ran.stderr.is_empty());
        assert_eq!(ran.stderr.contains("is not in 1..=256"), arguments.contains(&"--threads"), "{}", ran.stderr);
    }
}

#[test]
fn an_input_that_is_not_there_is_named_with_a_reason() {
    let folder = empty_folder();
    for command in ["read", "parse"] {
        let ran = run(rapporteur(folder.path()).args([command, "no-such-file.txt"]));
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{}", ran.stderr);
        assert!(ran.stderr.contains("skipped: no-such-file.txt: "), "{}", ran.stderr);
        assert!(ran.stderr.contains("error: none of the inputs could be read"), "{}", ran.stderr);
    }
}

#[test]
fn a_page_that_cannot_be_written_fails_before_anything_is_read() {
    let folder = empty_folder();
    for page in [".", "missing/brief.html"] {
        let ran = run(rapporteur(folder.path()).args(["read", "a.txt", "--html", page]));
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
        assert!(ran.stderr.starts_with("error: ") && ran.stderr.contains("\nhint: "), "{}", ran.stderr);
    }
}

#[test]
fn a_page_replaces_no_article() {
    let folder = empty_folder();
    let page = "<!DOCTYPE html>\n<p>A page of another run.\n";
    std::fs::create_dir(folder.path().join("pages")).unwrap();
    for (name, content) in [("a.txt", ARTICLE), ("b.txt", ARTICLE), ("page.html", page), ("pages/page.txt", page)] {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    let cases: [&[&str]; 5] = [
        // The article that follows `--html` is taken for the page.
        &["read", "--html", "a.txt", "b.txt"],
        &["read", "a.txt", "b.txt", "--html", "./b.txt"],
        &["read", "a.txt", "page.html", "--html", "pages/../page.html"],
        &["read", "b.txt", "--html", "a.txt"],
        &["demo", "--html", "a.txt"],
    ];
    for arguments in cases {
        let ran = run(rapporteur(folder.path()).args(arguments));
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(ran.stderr.starts_with("error: ") && ran.stderr.contains("overwrit"), "{}", ran.stderr);
        assert!(ran.stderr.contains("\nhint: "), "{}", ran.stderr);
        assert_eq!(std::fs::read_to_string(folder.path().join("a.txt")).unwrap(), ARTICLE);
    }
}

#[test]
fn a_page_replaces_nothing_that_a_folder_led_to_with_the_model() {
    let Some(model) = model_folder("a_page_replaces_nothing_that_a_folder_led_to_with_the_model") else { return };
    let folder = empty_folder();
    let page = "<!DOCTYPE html>\n<p>“Not one barge will pass,” Alexei Voryabin said on Tuesday.\n";
    std::fs::write(folder.path().join("page.txt"), page).unwrap();
    let ran = run(rapporteur(folder.path()).args(["read", ".", "--html", "page.txt", "--model"]).arg(&model));
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{}", ran.stderr);
    assert!(ran.stderr.contains("page.txt is one of the inputs"), "{}", ran.stderr);
    assert_eq!(std::fs::read_to_string(folder.path().join("page.txt")).unwrap(), page);
}

#[test]
#[cfg(target_os = "linux")]
fn an_input_whose_name_is_not_utf8_is_read_with_the_model() {
    use std::os::unix::ffi::OsStrExt;
    let Some(model) = model_folder("an_input_whose_name_is_not_utf8_is_read_with_the_model") else { return };
    let name = std::ffi::OsStr::from_bytes(b"bad\xff.txt");
    let folder = empty_folder();
    std::fs::write(folder.path().join(name), ARTICLE).unwrap();
    let ran = run(rapporteur(folder.path()).args(["read", "--json"]).arg(name).arg("--model").arg(&model));
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(json["articles"][0]["name"], "bad\u{fffd}");
}

#[test]
#[cfg(unix)]
fn names_of_inputs_do_not_steer_the_terminal() {
    let folder = empty_folder();
    std::fs::write(folder.path().join("a\u{1b}[2K\nerror: b.txt"), "").unwrap();
    let ran = run(rapporteur(folder.path()).args(["read", "."]));
    assert!(!ran.stderr.contains('\u{1b}') && !ran.stderr.contains("\nerror: b"), "{}", ran.stderr);
}

#[test]
fn a_missing_model_is_an_error_with_a_hint() {
    let folder = empty_folder();
    std::fs::write(folder.path().join("a.txt"), "Nobody said a word about it.\n").unwrap();
    let ran = run(rapporteur(folder.path()).args(["read", "a.txt"]));
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert!(ran.stderr.starts_with("error: "), "{}", ran.stderr);
    assert!(ran.stderr.contains("\nhint: ") && ran.stderr.contains("rapporteur model install"), "{}", ran.stderr);
    assert!(!ran.stderr.contains('\x1b'));
}

#[test]
fn the_model_commands_tell_where_it_is() {
    let folder = empty_folder();
    let status = run(rapporteur(folder.path()).args(["model", "status"]));
    assert_eq!(status.code, Some(1), "{}", status.stderr);
    assert!(status.stdout.starts_with("missing: "), "{}", status.stdout);
    let path = run(rapporteur(folder.path()).args(["model", "path"]));
    assert_eq!(path.code, Some(0));
    assert!(Path::new(path.stdout.trim_end()).starts_with(folder.path()), "{}", path.stdout);
}

#[test]
fn a_model_folder_can_be_given_by_flag_and_by_environment() {
    let folder = empty_folder();
    let given = folder.path().join("given");
    let by_flag = run(rapporteur(folder.path()).args(["model", "path", "--model"]).arg(&given));
    let by_environment = run(rapporteur(folder.path()).args(["model", "path"]).env("RAPPORTEUR_MODEL", &given));
    assert_eq!(by_flag.stdout, format!("{}\n", given.display()));
    assert_eq!(by_flag.stdout, by_environment.stdout);
}

#[test]
fn an_empty_variable_names_no_model() {
    let folder = empty_folder();
    let unset = run(rapporteur(folder.path()).args(["model", "path"]));
    let empty = run(rapporteur(folder.path()).args(["model", "path"]).env("RAPPORTEUR_MODEL", ""));
    assert_eq!((empty.code, &empty.stdout), (Some(0), &unset.stdout), "{}", empty.stderr);
    let help = run(rapporteur(folder.path()).args(["read", "--help"])).stdout;
    assert!(help.contains("[env: RAPPORTEUR_MODEL]"), "{help}");
}

#[test]
fn install_is_not_offered_for_a_folder_of_the_users_own() {
    let folder = empty_folder();
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    for (given, code) in [("missing", 1), ("empty", 2)] {
        let status = run(rapporteur(folder.path()).args(["model", "status", "--model", given]));
        assert_eq!(status.code, Some(code), "{}", status.stderr);
        assert!(status.stderr.contains("hint: ") && !status.stderr.contains("install"), "{}", status.stderr);
    }
    let status = run(rapporteur(folder.path()).args(["model", "status"]));
    assert!(status.stderr.contains("hint: `rapporteur model install`"), "{}", status.stderr);
}

#[test]
fn the_demo_tells_a_missing_model_from_a_damaged_one() {
    let folder = empty_folder();
    // The path is empty: no installer is found, nothing is fetched.
    let demo = || run(rapporteur(folder.path()).arg("demo").env("PATH", folder.path()));
    let missing = demo();
    assert_eq!(missing.code, Some(2));
    assert!(missing.stderr.starts_with("the language model is not there: fetching "), "{}", missing.stderr);
    let path = run(rapporteur(folder.path()).args(["model", "path"])).stdout;
    std::fs::create_dir_all(path.trim_end()).unwrap();
    let damaged = demo();
    assert_eq!(damaged.code, Some(2));
    assert!(damaged.stderr.starts_with("the language model in ") && damaged.stderr.contains(" is damaged ("));
}

const ARTICLE: &str = "Talks fail\n\n“Not one barge will pass,” Alexei Voryabin said on Tuesday.\n";

#[test]
fn read_gives_brief_json_and_page_with_the_model() {
    let Some(model) = model_folder("read_gives_brief_json_and_page_with_the_model") else { return };
    let folder = empty_folder();
    std::fs::write(folder.path().join("talks.txt"), ARTICLE).unwrap();
    std::fs::write(folder.path().join("empty.txt"), "").unwrap();
    let arguments = ["read", "talks.txt", "empty.txt", "--html", "brief.html", "--model"];
    let brief = run(rapporteur(folder.path()).args(arguments).arg(&model));
    assert_eq!(brief.code, Some(0), "{}", brief.stderr);
    assert!(brief.stdout.starts_with("1 article, 1 independent origin."), "{}", brief.stdout);
    assert!(brief.stdout.contains("“Not one barge will pass"), "{}", brief.stdout);
    assert!(brief.stderr.contains("skipped: empty.txt: "), "{}", brief.stderr);
    let page = std::fs::read_to_string(folder.path().join("brief.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("Not one barge will pass"));
    let n_files = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(n_files, 3, "no temporary file is left");

    let json = run(rapporteur(folder.path())
        .args(["read", "-", "--json"])
        .env("RAPPORTEUR_MODEL", &model)
        .write_stdin(ARTICLE));
    let json: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(json["articles"][0]["text"], ARTICLE);
}

#[test]
fn read_of_rain_finds_nothing_with_the_model() {
    let Some(model) = model_folder("read_of_rain_finds_nothing_with_the_model") else { return };
    let folder = empty_folder();
    std::fs::write(folder.path().join("rain.txt"), "It rained all day.\n").unwrap();
    let ran = run(rapporteur(folder.path()).args(["read", "rain.txt", "--model"]).arg(&model));
    assert_eq!(ran.code, Some(1), "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn read_finds_something_in_an_event_alone_with_the_model() {
    let Some(model) = model_folder("read_finds_something_in_an_event_alone_with_the_model") else { return };
    let ran = run(rapporteur(empty_folder().path())
        .args(["read", "-"])
        .env("RAPPORTEUR_MODEL", &model)
        .write_stdin("Russian troops invaded Ukraine in February 2022.\n"));
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("ASSAULT") && ran.stdout.contains("\n0 statements.\n"), "{}", ran.stdout);
}

#[test]
fn parse_writes_each_format_in_input_order_with_the_model() {
    let Some(model) = model_folder("parse_writes_each_format_in_input_order_with_the_model") else { return };
    let folder = empty_folder();
    std::fs::write(folder.path().join("a.txt"), ARTICLE).unwrap();
    std::fs::write(folder.path().join("b.txt"), "It rained.\n").unwrap();
    let parse = |format: &str| {
        let ran =
            run(rapporteur(folder.path()).args(["parse", "a.txt", "b.txt", "--format", format, "--model"]).arg(&model));
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
        ran.stdout
    };
    let ids: Vec<serde_json::Value> = parse("jsonl")
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].clone())
        .collect();
    assert_eq!(ids, ["a", "b"]);
    assert!(parse("conllu").starts_with("# newdoc id = a\n# sent_id = a-1\n"));
    assert!(parse("text").starts_with("a: "));
}

#[test]
fn knowledge_lists_the_data_files_and_writes_each() {
    let folder = empty_folder();
    let list = run(rapporteur(folder.path()).arg("knowledge"));
    assert_eq!((list.code, list.stderr.as_str()), (Some(0), ""));
    let lines: Vec<(&str, &str)> = list.stdout.lines().map(|line| line.split_once("  ").unwrap()).collect();
    assert_eq!(lines.len(), 39, "{}", list.stdout);
    for (name, head) in lines {
        let file = run(rapporteur(folder.path()).args(["knowledge", name]));
        assert_eq!((file.code, file.stderr.as_str()), (Some(0), ""));
        let head = head.trim_start();
        // The first sentence may go on in the next line.
        let comment = file.stdout.lines().map_while(|line| line.strip_prefix("# "));
        let comment = comment.collect::<Vec<_>>().join(" ");
        assert!(head.ends_with('.') && comment.starts_with(head), "{name}: {head}");
    }
    let unknown = run(rapporteur(folder.path()).args(["knowledge", "verbs.txt"]));
    assert_eq!((unknown.code, unknown.stdout.as_str()), (Some(2), ""));
    assert_eq!(unknown.stderr, "error: no data file is named verbs.txt\nhint: `rapporteur knowledge` lists them\n");
}

#[test]
fn knowledge_that_cannot_be_used_fails_with_place_and_hint() {
    let folder = empty_folder();
    std::fs::write(folder.path().join("a.txt"), ARTICLE).unwrap();
    std::fs::create_dir(folder.path().join("words")).unwrap();
    let read = || run(rapporteur(folder.path()).args(["read", "a.txt", "--knowledge", "words"]));
    std::fs::write(folder.path().join("words/cue-verbs.txt"), "flag; announcement; sing\n").unwrap();
    let bad_line = read();
    assert_eq!((bad_line.code, bad_line.stdout.as_str()), (Some(2), ""));
    let place = Path::new("words").join("cue-verbs.txt");
    let message = format!("error: {}:1: unknown frame \"sing\"\nhint: the frames are: quote, ", place.display());
    assert!(bad_line.stderr.starts_with(&message), "{}", bad_line.stderr);
    std::fs::remove_dir_all(folder.path().join("words")).unwrap();
    let missing = read();
    assert_eq!((missing.code, missing.stdout.as_str()), (Some(2), ""));
    assert!(missing.stderr.starts_with("error: words: ") && missing.stderr.contains("\nhint: "), "{}", missing.stderr);
}

#[test]
fn words_of_ones_own_change_what_is_found_with_the_model() {
    let Some(model) = model_folder("words_of_ones_own_change_what_is_found_with_the_model") else { return };
    let folder = empty_folder();
    let words = folder.path().join("words");
    std::fs::create_dir(&words).unwrap();
    std::fs::write(folder.path().join("a.txt"), "Karsk flagged a new round of talks in May.\n").unwrap();
    let read = |flags: &[&str]| {
        let arguments = ["read", "a.txt", "--json"].iter().chain(flags);
        let ran = run(rapporteur(folder.path()).args(arguments).env("RAPPORTEUR_MODEL", &model));
        assert_eq!(ran.code, Some(0), "the talks are an event: {}", ran.stderr);
        serde_json::from_str::<serde_json::Value>(&ran.stdout).unwrap()["records"][0]["statements"].clone()
    };
    let nothing = serde_json::json!([]);
    assert_eq!(read(&[]), nothing);
    assert_eq!(read(&["--knowledge", "words"]), nothing, "an empty folder adds nothing");
    std::fs::write(words.join("cue-verbs.txt"), "flag; announcement; object\n").unwrap();
    let statements = read(&["--knowledge", "words"]);
    assert_eq!(statements.as_array().map(Vec::len), Some(1));
    assert_eq!(statements[0]["class"], "announcement");
    // Weights that make every statement improbable: the file replaces the built-in one.
    let thresholds = ["cue\t0", "statement\t1", "attitude\t1", "frame\t1", "noun-frame\t1"];
    let weights: String = thresholds.iter().map(|line| format!("threshold\t{line}\n")).collect();
    std::fs::write(words.join("statement-weights.tsv"), weights).unwrap();
    assert_eq!(read(&["--knowledge", "words"]), nothing);
}

#[test]
fn issues_of_ones_own_name_what_parties_take_stances_on_with_the_model() {
    let Some(model) = model_folder("issues_of_ones_own_name_what_parties_take_stances_on_with_the_model") else {
        return;
    };
    let folder = empty_folder();
    let words = folder.path().join("words");
    std::fs::create_dir(&words).unwrap();
    std::fs::write(folder.path().join("a.txt"), "Norway demanded the return of the lighthouse keepers.\n").unwrap();
    let read = || {
        let arguments = ["read", "a.txt", "--json", "--knowledge", "words"];
        run(rapporteur(folder.path()).args(arguments).env("RAPPORTEUR_MODEL", &model))
    };
    let issue = |ran: &Ran| {
        let story = &serde_json::from_str::<serde_json::Value>(&ran.stdout).unwrap()["story"];
        story["issues"][0]["id"].as_str().unwrap_or_default().to_string()
    };
    assert!(issue(&read()).starts_with("found/"));
    std::fs::write(words.join("issues.txt"), "keepers | the keepers | lighthouse keeper\n").unwrap();
    assert_eq!(issue(&read()), "keepers");
    std::fs::write(words.join("issues.txt"), "keepers | the keepers\n").unwrap();
    let ran = read();
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("issues.txt:1: not three fields between bars"), "{}", ran.stderr);
}

#[test]
fn a_date_that_is_none_is_refused() {
    let folder = empty_folder();
    std::fs::write(folder.path().join("a.txt"), ARTICLE).unwrap();
    let read = run(rapporteur(folder.path()).args(["read", "a.txt", "--date", "2023-02-29"]));
    assert_eq!((read.code, read.stdout.as_str()), (Some(2), ""));
    assert!(read.stderr.contains("write a day of the calendar as YYYY-MM-DD"), "{}", read.stderr);
}

#[test]
fn a_given_date_is_what_times_are_reckoned_from_with_the_model() {
    let Some(model) = model_folder("a_given_date_is_what_times_are_reckoned_from_with_the_model") else { return };
    let folder = empty_folder();
    std::fs::write(folder.path().join("a.txt"), "2001-05-08\n\nKarsk said last week that talks would begin.\n")
        .unwrap();
    let read = |flags: &[&str]| {
        let arguments = ["read", "a.txt", "--json"].iter().chain(flags);
        let ran = run(rapporteur(folder.path()).args(arguments).env("RAPPORTEUR_MODEL", &model));
        let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        let timexes = json["records"][0]["timexes"].as_array().unwrap();
        let last = timexes.last().unwrap()["value"].as_str().unwrap().to_string();
        (last, json["articles"][0]["published"]["given"].clone())
    };
    assert_eq!(read(&[]), ("2001-W18".to_string(), serde_json::json!(false)));
    assert_eq!(read(&["--date", "2024-03-13"]), ("2024-W10".to_string(), serde_json::json!(true)));
}

#[test]
#[cfg(unix)]
fn a_closed_pipe_is_no_error_with_the_model() {
    let Some(model) = model_folder("a_closed_pipe_is_no_error_with_the_model") else { return };
    let folder = empty_folder();
    std::fs::write(folder.path().join("long.txt"), ARTICLE.repeat(200)).unwrap();
    let mut parse = std::process::Command::new(assert_cmd::cargo::cargo_bin!("rapporteur"))
        .args(["parse", "long.txt"])
        .current_dir(folder.path())
        .env("RAPPORTEUR_MODEL", &model)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(parse.stdout.take());
    let output = parse.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_demo_reads_its_five_articles_with_the_model() {
    let Some(model) = model_folder("the_demo_reads_its_five_articles_with_the_model") else { return };
    let folder = empty_folder();
    let ran = run(rapporteur(folder.path()).args(["demo", "--model"]).arg(&model));
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stdout.starts_with("5 articles"), "{}", ran.stdout);
    assert!(ran.stdout.contains("Voryabin"), "{}", ran.stdout);
}
