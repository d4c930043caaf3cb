//! Inputs that are broken, that lie, or that were made to harm: each is told with a hint, and the rest is read.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

mod common;

use common::{answer, gzip, held, held_at, held_with, pdf, pdf_of, record, stream, tar, zip};
use proptest::prelude::*;
use rapporteur_source::{ReadOptions, article, find};
use std::fs;

/// Small limits make small bombs.
fn small() -> ReadOptions {
    ReadOptions { max_entry_bytes: 64 * 1024, ..ReadOptions::default() }
}

#[test]
fn a_compressed_bomb_is_told_and_its_neighbours_are_read() {
    let zeros = vec![b'0'; 8 * 1024 * 1024];
    let bomb = gzip(&zeros);
    assert_eq!(held_with("a.txt.gz", &bomb, &small()).reasons(), ["a.txt.gz: longer than 65536 bytes"]);
    let archive = zip(&[("bomb.txt", &zeros), ("a.txt", b"Talks open.")]);
    let held = held_with("a.zip", &archive, &small());
    assert_eq!(
        (held.locations(), held.reasons()),
        (vec!["a.zip#a.txt".into()], vec!["a.zip#bomb.txt: longer than 65536 bytes".into()])
    );
    // A tape has to be read through: what it expands to is bounded as a whole.
    let tape = gzip(&tar(&[("a.txt", b"Talks open."), ("bomb.txt", &zeros), ("b.txt", b"Talks close.")]));
    let held = held_with("a.tgz", &tape, &small());
    assert_eq!(held.locations(), ["a.tgz#a.txt"]);
    assert!(
        held.reasons().last().unwrap().contains("expands to more than 200 times its length"),
        "{:?}",
        held.reasons()
    );
}

#[test]
fn many_bombs_in_one_archive_end_early() {
    let zeros = vec![b'0'; 1024 * 1024];
    let names: Vec<String> = (0..200).map(|idx| format!("{idx}.txt")).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), zeros.as_slice())).collect();
    let held = held_with("a.zip", &zip(&members), &small());
    assert!(held.entries.is_empty());
    assert!(
        held.reasons().last().unwrap().contains("longer than") || held.reasons().last().unwrap().contains("expands")
    );
}

#[test]
fn bombs_inside_bombs_count_together() {
    let mut bomb = gzip(&vec![b'0'; 16 * 1024 * 1024]);
    for _ in 0..3 {
        bomb = gzip(&bomb);
    }
    let held = held_with("a.gz", &bomb, &small());
    assert_eq!((held.entries.len(), held.skipped.len()), (0, 1), "{:?}", held.reasons());
}

#[test]
fn a_line_of_any_length_is_passed_over() {
    let mut lines = b"{\"text\": \"one\"}\n{\"text\": \"".to_vec();
    lines.resize(lines.len() + 1024 * 1024, b'x');
    lines.extend_from_slice(b"\"}\n{\"text\": \"three\"}\n");
    let held = held_with("a.jsonl", &lines, &small());
    assert_eq!(held.texts(), ["one", "three"]);
    assert_eq!(held.reasons(), ["a.jsonl#2: longer than 65536 bytes"]);
    let array = [b"[".as_slice(), &lines.replace_newlines(), b"]"].concat();
    let held = held_with("a.json", &array, &small());
    assert_eq!(
        (held.texts(), held.reasons()),
        (vec!["one".into(), "three".into()], vec!["a.json#2: longer than 65536 bytes".into()])
    );
}

trait Commas {
    fn replace_newlines(&self) -> Vec<u8>;
}

impl Commas for Vec<u8> {
    fn replace_newlines(&self) -> Vec<u8> {
        self.trim_ascii_end().iter().map(|byte| if *byte == b'\n' { b',' } else { *byte }).collect()
    }
}

#[test]
fn two_hundred_mebibytes_in_one_line_are_not_held() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl.gz");
    let mut encoder = flate2::write::GzEncoder::new(fs::File::create(&path).unwrap(), flate2::Compression::fast());
    let part = vec![b'x'; 1024 * 1024];
    std::io::Write::write_all(&mut encoder, b"{\"text\": \"one\"}\n{\"text\": \"").unwrap();
    for _ in 0..200 {
        std::io::Write::write_all(&mut encoder, &part).unwrap();
    }
    std::io::Write::write_all(&mut encoder, b"\"}\n{\"text\": \"three\"}\n").unwrap();
    encoder.finish().unwrap();
    let held = held_at(&folder, &path, &ReadOptions::default());
    assert_eq!(
        (held.texts(), held.reasons()),
        (vec!["one".into(), "three".into()], vec!["a.jsonl.gz#2: longer than 64 MiB".into()])
    );
}

#[test]
fn lines_that_are_no_json_do_not_stop_the_others() {
    let deep = format!("{{\"a\": {}1", "[".repeat(100_000));
    let lines = format!(
        "{{\"text\": \"one\"}}\n{{\"text\": \"two\nnonsense\n{deep}\n42\n{{\"text\": \"  \"}}\n{{\"text\": \"three\"}}"
    );
    let held = held("a.jsonl", lines.as_bytes());
    assert_eq!(held.texts(), ["one", "three"]);
    assert_eq!(
        held.reasons(),
        [
            "a.jsonl#2: JSON that is cut off",
            "a.jsonl#3: not valid JSON",
            "a.jsonl#4: JSON that is nested too deep",
            "a.jsonl#5: a value that is neither an object nor a text",
            "a.jsonl#6: the field that holds the text is empty"
        ]
    );
}

#[test]
fn json_of_any_depth_is_told() {
    for json in ["[".repeat(100_000), format!("{}{}", "{\"a\":".repeat(100_000), "}".repeat(100_000))] {
        let held = held("a.json", json.as_bytes());
        assert!(held.entries.is_empty());
        assert_eq!(
            held.reasons(),
            ["a.json#1: JSON that is nested too deep".to_string()]
                .map(|reason| { if json.starts_with('{') { reason.replace("#1", "") } else { reason } }),
            "{}",
            &json[..10]
        );
    }
}

#[test]
fn a_quotation_mark_that_never_closes_costs_one_row() {
    let mut table = "title,text\nOne,First.\nTwo,\"Second.\n".to_string();
    for idx in 0..100 {
        table.push_str(&format!("More,Row {idx}.\n"));
    }
    let held_whole = held("a.csv", table.as_bytes());
    assert_eq!(held_whole.reasons(), ["a.csv#3: a quotation mark that never closes"]);
    assert_eq!(held_whole.texts().len(), 101);
    assert_eq!(held_whole.locations()[1], "a.csv#4");
    // Where the table is longer than an entry may be.
    let held_long = held_with("a.csv", table.repeat(200).as_bytes(), &small());
    assert!(held_long.texts().len() > 1000, "{} {:?}", held_long.texts().len(), held_long.reasons());
    let all_open = format!("title,text\n{}", "a,\"b\n".repeat(10_001));
    assert!(held("a.csv", all_open.as_bytes()).skipped.len() <= 20);
}

#[test]
fn a_web_archive_that_is_cut_off_or_damaged_gives_what_is_whole() {
    let page = |name: &str| {
        record(
            "response",
            &format!("https://a.example/{name}"),
            &answer(200, "Content-Type: text/html\r\n", b"<p>Talks</p>"),
        )
    };
    let whole = [page("one"), page("two"), page("three")].concat();
    let cut = &whole[..whole.len() - 30];
    for (name, bytes) in [("a.warc", cut.to_vec()), ("a.warc.gz", gzip(cut))] {
        let held = held(name, &bytes);
        assert_eq!(held.entries.len(), 2);
        assert_eq!(held.reasons(), [format!("{name}#3: cut off: it ends in the middle")]);
    }
    let compressed = gzip(&whole);
    let held_cut = held("a.warc.gz", &compressed[..compressed.len() - 20]);
    assert!(
        held_cut.skipped.len() == 1 && held_cut.skipped[0].reason.starts_with("cut off"),
        "{:?}",
        held_cut.reasons()
    );
    let damaged = [
        page("one"),
        b"nonsense\r\nmore\r\n".to_vec(),
        page("two"),
        b"WARC/1.0\r\nWARC-Type: response\r\n\r\n".to_vec(),
        page("three"),
    ]
    .concat();
    let held = held("a.warc", &damaged);
    assert_eq!(held.locations(), ["a.warc#1", "a.warc#2", "a.warc#4"]);
    assert_eq!(
        held.reasons(),
        ["a.warc#2: damaged: no record begins here", "a.warc#3: a record that does not tell its length"]
    );
}

#[test]
fn lengths_that_lie_are_bounded() {
    let lying = format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {}\r\n\r\nx", u64::MAX);
    assert_eq!(held("a.warc", lying.as_bytes()).reasons(), ["a.warc#1: cut off: it ends in the middle"]);
    let chunks =
        answer(200, "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n", b"ffffffffffffffff\r\n<p>Talks</p>");
    assert_eq!(held("a.warc", &record("response", "https://a.example/", &chunks)).texts(), ["<p>Talks</p>"]);
    let mut tape = tar(&[("a.txt", b"Talks open."), ("b.txt", b"Talks close.")]);
    tape.truncate(1024 + 515);
    let held = held("a.tar", &tape);
    assert_eq!(held.locations(), ["a.tar#a.txt"]);
    assert_eq!(held.reasons()[0], "a.tar#b.txt: cut off: it ends in the middle");
}

#[test]
fn a_mail_that_is_attached_is_read_once() {
    let inner = |n: usize| format!("From: b@c.example\r\nSubject: Inner {n}\r\n\r\nTalks close on day {n}.\r\n");
    let mail = |n_attached: usize| {
        let parts = (0..n_attached).map(|n| format!("--B\r\nContent-Type: message/rfc822\r\n\r\n{}", inner(n)));
        format!(
            "From: a@b.example\r\nSubject: Outer\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n\
             --B\r\nContent-Type: text/plain\r\n\r\nTalks open.\r\n{}--B--\r\n",
            parts.collect::<String>()
        )
    };
    let forwarded = held("a.eml", mail(2).as_bytes());
    assert_eq!(forwarded.locations().len(), 3, "{:?}", forwarded.locations());
    let texts: Vec<String> = forwarded.texts().iter().map(|text| text.trim().to_string()).collect();
    assert_eq!(texts, ["Talks open.", "Talks close on day 0.", "Talks close on day 1."]);
    // 18 KB with 150 of them were three million.
    let many = held("a.eml", mail(150).as_bytes());
    assert_eq!((many.entries.len(), many.skipped.len()), (151, 0));
}

#[test]
fn a_web_archive_may_name_no_address() {
    let held = held("a.warc", &record("conversion", "", b"Talks open in Karsk."));
    assert_eq!((held.texts(), held.articles()[0].url.clone()), (vec!["Talks open in Karsk.".into()], None));
}

#[test]
fn a_body_that_is_a_bomb_is_told() {
    let bomb = gzip(&vec![b'0'; 4 * 1024 * 1024]);
    let headers = "Content-Type: text/html\r\nContent-Encoding: gzip\r\n";
    let archive = [
        record("response", "https://a.example/1", &answer(200, headers, &bomb)),
        record(
            "response",
            "https://a.example/2",
            &answer(200, "Content-Type: text/html\r\nContent-Encoding: zstd\r\n", b"x"),
        ),
        record("response", "https://a.example/3", &answer(200, headers, &gzip(b"<p>Talks</p>"))),
    ]
    .concat();
    let held = held_with("a.warc", &archive, &small());
    assert_eq!(held.texts(), ["<p>Talks</p>"]);
    assert_eq!(held.reasons(), ["a.warc#1: longer than 65536 bytes", "a.warc#2: a body in the encoding \"zstd\""]);
}

#[test]
fn names_in_archives_lead_nowhere_on_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("inner/a.zip");
    fs::create_dir(path.parent().unwrap()).unwrap();
    fs::write(
        &path,
        zip(&[("../../evil.txt", b"Talks open."), ("/etc/evil.txt", b"Talks open."), ("a\nb.txt", b"Talks open.")]),
    )
    .unwrap();
    let held = held_at(&folder, &path, &ReadOptions::default());
    assert_eq!(
        held.locations(),
        ["inner/a.zip#../../evil.txt", "inner/a.zip#/etc/evil.txt", "inner/a.zip#a\u{fffd}b.txt"]
    );
    assert_eq!(held.articles()[0].name, "evil");
    let files: Vec<_> = walk(folder.path());
    assert_eq!(files, [path], "nothing was written");
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(walk(&path)) } else { files.push(path) }
    }
    files
}

#[test]
fn archives_inside_archives_have_an_end() {
    let mut archive = zip(&[("a.txt", b"Talks open.")]);
    for _ in 0..3 {
        archive = zip(&[("inner.zip", &archive)]);
    }
    assert_eq!(held("a.zip", &archive).locations(), ["a.zip#inner.zip#inner.zip#inner.zip#a.txt"]);
    let archive = zip(&[("inner.zip", &archive), ("b.txt", b"Talks close.")]);
    let held = held("a.zip", &archive);
    assert_eq!(held.locations(), ["a.zip#b.txt"]);
    assert_eq!(
        held.reasons(),
        ["a.zip#inner.zip#inner.zip#inner.zip#inner.zip: stands in 4 archives, one inside the other"]
    );
}

#[test]
fn damaged_archives_are_told() {
    let archive = zip(&[("a.txt", b"Talks open."), ("b.txt", b"Talks close.")]);
    let held_cut = held("a.zip", &archive[..archive.len() - 30]);
    assert!(
        held_cut.reasons()[0].starts_with("a.zip: a zip archive whose list of members is damaged"),
        "{:?}",
        held_cut.reasons()
    );
    let mut damaged = archive.clone();
    damaged[35] ^= 0xff;
    let held_damaged = held("a.zip", &damaged);
    assert_eq!(
        (held_damaged.locations(), held_damaged.skipped.len()),
        (vec!["a.zip#b.txt".to_string()], 1),
        "{:?}",
        held_damaged.reasons()
    );
    assert_eq!(held("a.gz", b"\x1f\x8bnonsense").skipped.len(), 1);
}

#[test]
fn encodings_may_be_mixed_and_may_lie() {
    let lines = [b"{\"text\": \"caf\xe9\"}\n".as_slice(), "{\"text\": \"café\"}\n".as_bytes()].concat();
    assert_eq!(held("a.jsonl", &lines).texts(), ["caf\u{fffd}", "café"]);
    let mail = b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=nonsense\n\nTalks\xff open.\n";
    assert_eq!(held("a.eml", mail).entries.len(), 1);
    let feed = "<?xml version=\"1.0\" encoding=\"utf-16\"?><rss version=\"2.0\"><channel><item><description>Talks open.</description></item></channel></rss>";
    let held_feed = held("a.rss", feed.as_bytes());
    assert_eq!(held_feed.entries.len() + held_feed.skipped.len(), 1);
}

#[test]
fn of_a_feed_that_is_cut_off_the_whole_entries_are_read() {
    let feed = "<rss version=\"2.0\"><channel><title>x</title><item><description>One.</description></item><item><description>Two";
    let held = held("a.rss", feed.as_bytes());
    assert_eq!(
        (held.texts(), held.reasons()),
        (vec!["One.".to_string()], vec!["a.rss: a feed that is damaged or cut off".to_string()])
    );
}

#[test]
fn ten_thousand_empty_files_are_found_and_told() {
    let folder = tempfile::tempdir().unwrap();
    for idx in 0..10_000 {
        fs::write(folder.path().join(format!("{idx}.txt")), b"").unwrap();
    }
    let (locations, skipped) = find(&[folder.path()]);
    assert_eq!((locations.len(), skipped.len()), (10_000, 0));
    let mut n_told = 0;
    for location in &locations {
        rapporteur_source::entries(location, &ReadOptions::default(), &mut |entry| {
            n_told += usize::from(entry.and_then(|entry| article(&entry)).is_err());
            std::ops::ControlFlow::Continue(())
        });
    }
    assert_eq!(n_told, 10_000);
}

#[test]
fn documents_that_were_made_to_harm_are_told_in_time() {
    let reason = |bytes: &[u8]| {
        article(&held("a.pdf", bytes).entries[0]).map(|article| article.text).map_err(|skipped| skipped.reason)
    };
    let good = pdf(&[&["Talks open in Karsk on Sunday."]], true);
    assert_eq!(reason(&good).unwrap(), "Talks open in Karsk on Sunday.");
    assert_eq!(reason(&good[..good.len() / 2]).unwrap_err(), "a PDF document that is damaged or cut off");
    assert!(reason(b"%PDF-1.4\nnonsense").is_err());
    let page = |content: Vec<u8>, form: Vec<u8>| {
        pdf_of(&[
            b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 500 500] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>".to_vec(),
            content,
            form,
        ])
    };
    let bomb = stream(&vec![b' '; 80 * 1024 * 1024], "", true);
    assert_eq!(
        reason(&page(bomb, stream(b"", "", false))).unwrap_err(),
        "a PDF document that expands to far more than its length"
    );
    let circle = stream(b"/X Do", "/Type /XObject /Subtype /Form /Resources << /XObject << /X 5 0 R >> >>", false);
    assert_eq!(reason(&page(stream(b"/X Do", "", false), circle)).unwrap_err(), "a PDF document without text");
    let circle = stream(b"/X Do", "/Type /XObject /Subtype /Form", false);
    assert_eq!(reason(&page(stream(b"/X Do", "", false), circle)).unwrap_err(), "a PDF document without text");
    let own_parent = pdf_of(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Parent 2 0 R /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R >>".to_vec(),
    ]);
    assert!(reason(&own_parent).is_err());
}

#[test]
fn markup_of_any_depth_is_rendered() {
    for mark in [">", "* ", "[", "**", "`", "<b>", "![", "- > "] {
        let text = format!("{}Talks open.", mark.repeat(50_000));
        let held = held("a.md", text.as_bytes());
        assert_eq!(held.entries.len(), 1);
        let _ = article(&held.entries[0]);
    }
}

#[cfg(unix)]
#[test]
fn what_cannot_be_opened_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let held_missing = held_at(&folder, &folder.path().join("missing.zip"), &ReadOptions::default());
    assert_eq!(held_missing.reasons(), ["missing.zip: cannot be read: entity not found"]);
    let held_folder = held_at(&folder, folder.path(), &ReadOptions::default());
    assert_eq!(held_folder.skipped.len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever the bytes and the name: entries and what was skipped, no panic, the same each time.
    #[test]
    fn any_bytes_under_any_name_are_read_or_told(
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        start in prop::sample::select(vec![
            &b""[..], b"{", b"[{", b"WARC/1.0\r\n", b"%PDF-1.4\n", b"PK\x03\x04", b"\x1f\x8b\x08", b"From a\nb: c\n", b"<rss version=\"2.0\">",
            b"MIME-Version: 1.0\nFrom: a\nSubject: b\n\n", b"---\na: b\n---\n", b"text,a\n",
        ]),
        name in prop::sample::select(vec![
            "a", "a.txt", "a.md", "a.html", "a.mhtml", "a.eml", "a.mbox", "a.pdf", "a.jsonl", "a.json", "a.csv", "a.xml", "a.warc", "a.zip",
            "a.tar", "a.gz",
        ]),
    ) {
        let bytes = [start, &bytes].concat();
        let first = held_with(name, &bytes, &small());
        let second = held_with(name, &bytes, &small());
        prop_assert_eq!(first.reasons(), second.reasons());
        prop_assert_eq!(first.locations(), second.locations());
        for entry in &first.entries {
            let _ = article(entry);
        }
    }

    /// A whole archive with some bytes changed.
    #[test]
    fn damage_anywhere_is_survived(at in any::<prop::sample::Index>(), byte in any::<u8>(), kind in 0usize..5) {
        let mut bytes = match kind {
            0 => zip(&[("a.txt", b"Talks open."), ("b.jsonl", b"{\"text\": \"x\"}")]),
            1 => tar(&[("a.txt", b"Talks open."), ("b.txt", b"Talks close.")]),
            2 => gzip(&record("response", "https://a.example/", &answer(200, "Content-Type: text/html\r\n", b"<p>Talks</p>"))),
            3 => pdf(&[&["Talks open."], &["Talks close."]], true),
            _ => b"From a@b.example\nFrom: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n--B\n\nx\n--B--\n".to_vec(),
        };
        let idx = at.index(bytes.len());
        bytes[idx] = byte;
        for entry in &held("x", &bytes).entries {
            let _ = article(entry);
        }
    }
}

/// Each of these took minutes or gigabytes where the work grew with the square of the input.
#[test]
fn long_lists_of_small_things_are_read_in_time() {
    let start = std::time::Instant::now();
    let names = "a ".repeat(200_000);
    let page = format!("<meta itemprop=\"{names}\" content=\"{}\"><p>Talks open in Karsk today.</p>", "x".repeat(8000));
    let headings = "# a\n\n".repeat(200_000) + "Talks open in Karsk today.\n";
    let columns: String = (0..9_000).map(|n| format!("c{n},")).collect();
    let table = format!("text,{columns}\n{}", "Talks open in Karsk today.\n".repeat(20_000));
    let line = "Talks open. ".to_string() + &". ".repeat(4_000_000);
    let bars = "Share this\nTalks open in Karsk today.\n".repeat(100_000);
    let fields: String = (0..50_000).map(|n| format!("\"k{n}\":{n},")).collect();
    let record =
        format!("{{\"text\":\"Talks open in Karsk today.\",\"{}\":{{{fields}\"z\":1}}}}\n", "k".repeat(1 << 20));
    for (name, bytes) in
        [("a.jsonl", record), ("a.html", page), ("a.md", headings), ("a.csv", table), ("a.txt", line), ("b.txt", bars)]
    {
        let held = held(name, bytes.as_bytes());
        assert!(!held.entries.is_empty(), "{name}: {:?}", held.reasons());
        let read = held.entries.iter().take(3).map(article).collect::<Vec<_>>();
        assert!(read.iter().any(Result::is_ok), "{name}");
    }
    // Together they take seconds; any one of them took longer than this.
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
