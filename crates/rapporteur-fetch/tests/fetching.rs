//! Addresses in, an archive and a report out, against servers on loopback.
#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

mod common;

use common::{Reply, Server, page, status, with_headers};
use flate2::read::MultiGzDecoder;
use rapporteur_fetch::{Options, Outcome, Report, fetch};
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

fn options() -> Options {
    Options {
        delay: Duration::from_millis(1),
        backoff: Duration::from_millis(1),
        timeout: Duration::from_secs(5),
        wait_max: Duration::from_secs(2),
        ..Options::default()
    }
}

fn folder() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let archive = folder.path().join("talks.warc.gz");
    (folder, archive)
}

fn run(urls: &[String], options: &Options, archive: &Path) -> Report {
    let clock = || SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    fetch(urls, options, archive, &clock, &|_| {}).unwrap()
}

fn run_once(server: &Server, path: &str) -> Outcome {
    let (_folder, archive) = folder();
    run(&[server.url(path)], &options(), &archive).visits.remove(0).outcome
}

fn reason(outcome: &Outcome) -> &str {
    match outcome {
        Outcome::Skipped { reason, .. } => reason,
        other => panic!("not skipped: {other:?}"),
    }
}

fn is_fetched(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Fetched { .. })
}

fn text_of(archive: &Path) -> String {
    let mut bytes = Vec::new();
    MultiGzDecoder::new(fs::File::open(archive).unwrap()).read_to_end(&mut bytes).unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A server without rules.
fn server(answer: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Server {
    Server::start(move |head| match head.starts_with("GET /robots.txt ") {
        true => status("404 Not Found", ""),
        false => answer(head),
    })
}

#[test]
fn a_page_is_stored_with_its_headers() {
    let server = server(|_| with_headers("Content-Type: text/html\r\nX-Note: a\tb", b"<p>Karsk and Velmora met.</p>"));
    let (_folder, archive) = folder();
    let report = run(&[server.url("/a#part")], &options(), &archive);
    let Outcome::Fetched { status: 200, len_bytes: 29, is_cut: false, ref final_url, .. } = report.visits[0].outcome
    else {
        panic!("{report:?}")
    };
    assert_eq!(final_url, &server.url("/a"));
    let text = text_of(&archive);
    assert!(text.starts_with("WARC/1.1\r\nWARC-Type: warcinfo\r\n"));
    assert!(text.contains(&format!("WARC-Target-URI: {}\r\n", server.url("/a"))));
    assert!(text.contains("WARC-Date: 2001-09-09T01:46:40Z\r\n"));
    assert!(text.contains("HTTP/1.1 200 OK\r\n") && text.contains("x-note: a\tb\r\n"));
    assert!(text.ends_with("\r\n\r\n<p>Karsk and Velmora met.</p>\r\n\r\n"));
    assert!(server.requests("/a")[0].to_lowercase().contains("user-agent: rapporteur/"));
}

#[test]
fn redirects_are_followed_up_to_a_limit() {
    let server = server(|head| match head.split(' ').nth(1) {
        Some("/1") => status("301 Moved Permanently", "Location: /2\r\n"),
        Some("/2") => status("302 Found", "Location: /3\r\n"),
        Some("/3") => page("text/plain", "Here."),
        Some("/file") => status("302 Found", "Location: file:///etc/hosts\r\n"),
        _ => status("302 Found", "Location: /loop\r\n"),
    });
    assert!(is_fetched(&run_once(&server, "/1")));
    assert!(reason(&run_once(&server, "/loop")).contains("redirects more than 5 times"));
    assert_eq!(server.requests("/loop").len(), 6);
    assert!(reason(&run_once(&server, "/file")).contains("file:"));
}

#[test]
fn no_server_leads_to_a_private_address_that_nobody_named() {
    let server = Server::start(|head| match head.starts_with("GET /robots.txt ") {
        true => status("404 Not Found", ""),
        false => {
            let host =
                head.lines().find_map(|line| line.to_lowercase().strip_prefix("host: 127.0.0.1:").map(str::to_string));
            status("302 Found", &format!("Location: http://localhost:{}/inside\r\n", host.unwrap_or_default()))
        }
    });
    let outcome = run_once(&server, "/a");
    assert!(reason(&outcome).contains("robots.txt") && reason(&outcome).contains("private"), "{outcome:?}");
    assert!(server.requests("/inside").is_empty());
}

#[test]
fn a_named_place_of_the_local_network_opens_no_other_port() {
    let inner = server(|_| page("text/plain", "Inside."));
    let inside = inner.url("/inside");
    let outer = Server::start(move |head| match head.starts_with("GET /robots.txt ") {
        true => status("404 Not Found", ""),
        false => status("302 Found", &format!("Location: {inside}\r\n")),
    });
    let outcome = run_once(&outer, "/a");
    assert!(reason(&outcome).contains("private"), "{outcome:?}");
    assert!(inner.requests("/inside").is_empty());
}

#[test]
fn rules_of_the_host_are_obeyed() {
    let server = Server::start(|head| match head.starts_with("GET /robots.txt ") {
        true => page("text/plain", "User-agent: rapporteur\nDisallow: /closed\nCrawl-delay: 0.01\n"),
        false => page("text/plain", "Words."),
    });
    assert!(reason(&run_once(&server, "/closed/a")).contains("does not allow"));
    assert!(server.requests("/closed/a").is_empty());
    assert!(is_fetched(&run_once(&server, "/open")));
}

#[test]
fn rules_that_cannot_be_read_forbid_everything() {
    let server = Server::start(|head| match head.starts_with("GET /robots.txt ") {
        true => status("500 Internal Server Error", ""),
        false => page("text/plain", "Words."),
    });
    assert!(reason(&run_once(&server, "/a")).contains("status 500"));
    assert!(server.requests("/a").is_empty());
}

#[test]
fn a_slow_server_is_left() {
    let server = server(|_| Reply::Silence);
    let (_folder, archive) = folder();
    let options = Options { timeout: Duration::from_millis(200), n_retries: 1, ..options() };
    let report = run(&[server.url("/a")], &options, &archive);
    assert!(reason(&report.visits[0].outcome).contains("too long"));
    assert_eq!(server.requests("/a").len(), 2);
}

#[test]
fn a_body_that_does_not_end_is_cut() {
    let server = server(|_| Reply::Endless);
    let (_folder, archive) = folder();
    let options = Options { len_bytes_max: 10_000, ..options() };
    let report = run(&[server.url("/a")], &options, &archive);
    assert!(matches!(report.visits[0].outcome, Outcome::Fetched { len_bytes: 10_000, is_cut: true, .. }));
    assert!(text_of(&archive).contains("WARC-Truncated: length\r\n"));
}

#[test]
fn what_is_broken_or_no_text_is_skipped_and_the_rest_goes_on() {
    let server = server(|head| match head.split(' ').nth(1) {
        Some("/short") => {
            Reply::Bytes(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nWords".to_vec())
        }
        Some("/picture") => page("image/png", "png"),
        Some("/control") => with_headers("Content-Type: text/plain\r\nX-Bad: a\x01b", b"Words."),
        Some("/gone") => status("404 Not Found", ""),
        _ => page("text/plain", "Words."),
    });
    let (_folder, archive) = folder();
    let paths = ["/short", "/picture", "/control", "/gone", "/good"];
    let mut urls: Vec<String> = paths.iter().map(|path| server.url(path)).collect();
    urls.push("no address".to_string());
    urls.push("http://me:secret@127.0.0.1/".to_string());
    let report = run(&urls, &options(), &archive);
    let outcomes: Vec<_> = report.visits.iter().map(|visit| &visit.outcome).collect();
    assert!(reason(outcomes[0]).contains("connection failed"), "{outcomes:?}");
    assert!(reason(outcomes[1]).contains("image/png"));
    assert!(reason(outcomes[2]).contains("cannot be understood"), "{outcomes:?}");
    assert!(reason(outcomes[3]).contains("404"));
    assert!(is_fetched(outcomes[4]));
    assert!(reason(outcomes[5]).contains("no address"));
    assert!(reason(outcomes[6]).contains("password"));
    assert_eq!(report.skipped().len(), 6);
    assert_eq!(report.json_lines().lines().count(), 7);
}

#[test]
fn a_compressed_body_is_stored_as_text() {
    let server = server(|_| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(b"Velmora agreed.").unwrap();
        with_headers("Content-Type: text/plain\r\nContent-Encoding: gzip", &encoder.finish().unwrap())
    });
    let (_folder, archive) = folder();
    run(&[server.url("/a")], &options(), &archive);
    let text = text_of(&archive);
    assert!(text.contains("\r\ncontent-length: 15\r\n\r\nVelmora agreed."), "{text}");
    assert!(!text.contains("\r\ncontent-encoding:"));
}

#[test]
fn what_has_not_changed_is_not_stored_again() {
    let server = server(|head| match head.split(' ').nth(1) {
        Some("/tagged") if head.to_lowercase().contains("if-none-match: \"one\"") => status("304 Not Modified", ""),
        Some("/tagged") => with_headers("Content-Type: text/plain\r\nETag: \"one\"", b"Words."),
        _ => page("text/plain", "Others."),
    });
    let (_folder, archive) = folder();
    let urls = [server.url("/tagged"), server.url("/plain")];
    assert!(run(&urls, &options(), &archive).visits.iter().all(|visit| is_fetched(&visit.outcome)));
    let before = fs::read(&archive).unwrap();
    let report = run(&urls, &options(), &archive);
    assert!(report.visits.iter().all(|visit| matches!(visit.outcome, Outcome::NotModified { .. })), "{report:?}");
    assert_eq!(fs::read(&archive).unwrap(), before);
}

#[test]
fn a_busy_server_is_asked_again_when_it_says_so() {
    let n_asked = std::sync::atomic::AtomicUsize::new(0);
    let server = server(move |head| match head.split(' ').nth(1) {
        Some("/busy") if n_asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst) == 0 => {
            status("429 Too Many Requests", "Retry-After: 1\r\n")
        }
        Some("/long") => status("429 Too Many Requests", "Retry-After: 9999\r\n"),
        _ => page("text/plain", "Words."),
    });
    let started = std::time::Instant::now();
    assert!(is_fetched(&run_once(&server, "/busy")));
    assert!(started.elapsed() >= Duration::from_millis(900));
    assert!(reason(&run_once(&server, "/long")).contains("429"));
    assert_eq!(server.requests("/long").len(), 1);
}

#[test]
fn the_items_of_a_feed_are_fetched_too() {
    let server = server(|head| match head.split(' ').nth(1) {
        Some("/feed") => page(
            "application/rss+xml",
            "<rss version=\"2.0\"><channel><title>Amber Line</title>\
             <item><title>A</title><link>/a</link></item><item><title>B</title><link>/b</link></item>\
             <item><title>C</title><link>/c</link></item></channel></rss>",
        ),
        Some(path) => page("text/plain", path),
        None => status("400 Bad Request", ""),
    });
    let (_folder, archive) = folder();
    let report = run(&[server.url("/feed"), server.url("/z")], &options(), &archive);
    let urls: Vec<_> = report.visits.iter().map(|visit| visit.url.clone()).collect();
    assert_eq!(urls, ["/feed", "/a", "/b", "/c", "/z"].map(|path| server.url(path)));
    assert!(report.visits.iter().all(|visit| is_fetched(&visit.outcome)), "{report:?}");
    assert_eq!(report.visits[1].feed.as_deref(), Some(server.url("/feed").as_str()));
    let two = Options { n_items_max: 2, are_feeds: true, ..options() };
    assert_eq!(run(&[server.url("/feed")], &two, &archive).visits.len(), 3);
}

#[test]
fn each_host_has_its_own_rules() {
    let server = Server::start(|head| match head.starts_with("GET /robots.txt ") {
        true if head.to_lowercase().contains("host: localhost") => page("text/plain", "User-agent: *\nDisallow: /\n"),
        true => status("404 Not Found", ""),
        false => page("text/plain", "Words."),
    });
    let (_folder, archive) = folder();
    let urls = [server.url("/a"), format!("http://localhost:{}/a", server.port)];
    let report = run(&urls, &options(), &archive);
    assert!(is_fetched(&report.visits[0].outcome), "{report:?}");
    assert!(reason(&report.visits[1].outcome).contains("does not allow"));
}

#[test]
fn a_damaged_tail_is_cut_and_other_damage_is_left() {
    let server = server(|_| page("text/plain", "Words."));
    let (_folder, archive) = folder();
    run(&[server.url("/a"), server.url("/b")], &options(), &archive);
    let whole = fs::read(&archive).unwrap();
    fs::write(&archive, &whole[..whole.len() - 9]).unwrap();
    let report = run(&[server.url("/a"), server.url("/b")], &options(), &archive);
    assert!(report.mended.unwrap().reason.contains("incomplete"));
    assert_eq!(report.visits.iter().filter(|visit| is_fetched(&visit.outcome)).count(), 1);
    assert_eq!(text_of(&archive).matches("WARC-Type: response").count(), 2);

    let mut damaged = whole.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0xff;
    for bytes in [damaged, b"no archive".to_vec()] {
        fs::write(&archive, &bytes).unwrap();
        assert!(fetch(&[], &options(), &archive, &SystemTime::now, &|_| {}).is_err());
        assert_eq!(fs::read(&archive).unwrap(), bytes);
    }
}
