//! A user's own data files: whatever stands in them, they are taken or the line that is wrong is named.
#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

use rapporteur_extract::Knowledge;
use rapporteur_testkit::Fuzz;
use std::cell::Cell;

#[test]
fn fuzz_knowledge() {
    let files: Vec<(&str, &str)> = Knowledge::files().filter(|(name, _)| !name.ends_with(".md")).collect();
    // The first lines of each file, with those of its comments that show how entries are written.
    let starts = files.iter().map(|(_, text)| text.lines().take(40).collect::<Vec<_>>().join("\n"));
    let words = [
        "- ",
        ", ",
        " | ",
        ": ",
        "= ",
        "[",
        "]",
        "(",
        ")",
        "{",
        "}",
        "*",
        "+",
        "?",
        "#",
        "\n",
        "\t",
        "->",
        "$1",
        "é",
        "\u{301}",
        "99999999999999999999",
        "1e999",
        "NaN",
    ];
    let number = Cell::new(0);
    Fuzz::new("knowledge", starts).words(&words).cases(150).hold(|bytes| {
        let text = String::from_utf8_lossy(bytes);
        let (name, _) = files[number.replace(number.get() + 1) % files.len()];
        if let Err(error) = Knowledge::extended(&[(name, &text)]) {
            assert!(!error.message().is_empty() && !error.file().is_empty(), "{error}");
            let n_lines = text.lines().count().max(1);
            assert!(error.line().is_none_or(|line| line >= 1 && (line <= n_lines || error.file() != name)), "{error}");
        }
    });
}
