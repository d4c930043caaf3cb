//! Whatever bytes come in under whatever name: an article whose spans lead to its words, or a reason with a hint; in bounded
//! time and memory; and what stands beside them is read all the same. See `rapporteur_testkit::Fuzz` for longer runs.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

#[path = "../common/mod.rs"]
mod common;
mod law;
mod seeds;

use rapporteur_testkit::Fuzz;
use std::cell::Cell;

const NEIGHBOUR: &str = "Velmora will answer on Monday, its envoy said.";

/// Holds the law of bytes that are called one of `names`, alone and between two texts on a tape.
fn holds(names: &[&str], fuzz: Fuzz) {
    let number = Cell::new(0);
    fuzz.hold(|bytes| {
        // Each name in turn, so that no run depends on chance.
        let name = names[number.replace(number.get() + 1) % names.len()];
        let (articles, skipped) = law::read(name, bytes);
        let (again, skipped_again) = law::read(name, bytes);
        assert!(articles == again && skipped == skipped_again, "the same bytes are read otherwise");

        let tape = common::tar(&[("a.txt", NEIGHBOUR.as_bytes()), (name, bytes), ("z.txt", NEIGHBOUR.as_bytes())]);
        let (beside, _) = law::read("tape.tar", &tape);
        for neighbour in ["tape.tar#a.txt", "tape.tar#z.txt"] {
            let is_there = beside.iter().any(|article| article.location == neighbour && article.text == NEIGHBOUR);
            assert!(is_there, "what stands beside it is gone");
        }
    });
}

const OF_TEXT: [&str; 14] = [
    "By ",
    "KARSK, March 9 (ANL) — ",
    "Published: ",
    "9 March 2031",
    "Photo: ",
    "Related articles",
    "\n\n",
    "\r\n",
    "\u{2028}",
    "\u{202e}",
    "\u{feff}",
    "e\u{301}",
    "©",
    "\0",
];
const OF_PAGES: [&str; 27] = [
    "<p>",
    "</p>",
    "<div class=\"related\">",
    "</div>",
    "<table><tr><td>",
    "</table>",
    "<article>",
    "<pre>",
    "<br>",
    "<a href=x>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<script type=\"application/ld+json\">",
    "</script>",
    "{\"@type\":\"NewsArticle\",\"headline\":\"Talks\"}",
    "<meta property='og:title' content='",
    "<title>",
    "<template>",
    "<svg>",
    "<noscript>",
    "&amp;",
    "&#x1F54A;",
    "&notit;",
    "<time datetime='2031-03-09'>",
    "<base href=//a>",
    "<h1>",
];
const OF_JSON: [&str; 14] = [
    "{",
    "}",
    "[",
    "]",
    "\"text\":",
    "\"body\":",
    "\"",
    "\\u",
    "\\ud83d",
    "null",
    "1e999",
    "\n",
    ",",
    "[[[[[[[[[[[[[[[[",
];
const OF_MAIL: [&str; 14] = [
    "\r\n\r\n",
    "--B",
    "--B--",
    "Content-Type: ",
    "multipart/mixed; boundary=B",
    "text/html",
    "charset=utf-7",
    "base64",
    "quoted-printable",
    "=?utf-8?B?",
    "From ",
    ">From ",
    "message/rfc822",
    "filename=\"../x.zip\"",
];
const OF_ARCHIVES: [&[u8]; 9] = [
    b"PK\x01\x02",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"PK\x06\x06",
    b"\x1f\x8b\x08",
    b"ustar",
    b"../",
    b"\0\0\0\0",
    b"777777777777",
];

#[test]
fn seeds_are_read() {
    for (name, seeds) in [
        ("a.txt", seeds::text()),
        ("a.md", seeds::markdown()),
        ("a.html", seeds::page()),
        ("a.eml", seeds::mail()),
        ("a.mbox", seeds::mailbox()),
        ("a.json", seeds::json()),
        ("a.csv", seeds::table()),
        ("a.xml", seeds::feed()),
        ("a.pdf", seeds::document()),
        ("a.warc", seeds::web_archive()),
        ("a.zip", seeds::archive()),
        ("a.parquet", seeds::columns()),
    ] {
        for (number, seed) in seeds.iter().enumerate() {
            let (articles, skipped) = law::read(name, seed);
            assert!(!articles.is_empty(), "seed {number} of {name}: {skipped:?}");
        }
    }
}

#[test]
fn fuzz_sniffing() {
    let all = [
        seeds::text(),
        seeds::markdown(),
        seeds::page(),
        seeds::mail(),
        seeds::json(),
        seeds::table(),
        seeds::feed(),
        seeds::web_archive(),
        seeds::archive(),
        seeds::columns(),
    ];
    let fuzz = Fuzz::new("sniffing", all.concat())
        .words(&OF_TEXT)
        .words(&OF_PAGES)
        .words(&OF_JSON)
        .words(&OF_MAIL)
        .words(&OF_ARCHIVES);
    holds(&["a", "a.bin", "a.txt", "a.html", "a.json", "a.csv", "a.xml", "a.zip", "a.eml"], fuzz);
}

#[test]
fn fuzz_text() {
    holds(&["a.txt", "a"], Fuzz::new("text", seeds::text()).words(&OF_TEXT));
}

#[test]
fn fuzz_markdown() {
    let words = ["---\n", "# ", "> ", "- ", "```", "[a](b)", "**", "|", "\n\n", "<p>", "![", "title: ", "    "];
    holds(&["a.md"], Fuzz::new("markdown", seeds::markdown()).words(&words).words(&OF_TEXT));
}

#[test]
fn fuzz_page() {
    holds(&["a.html"], Fuzz::new("page", seeds::page()).words(&OF_PAGES).words(&OF_TEXT));
}

#[test]
fn fuzz_mail() {
    holds(&["a.eml", "a.mhtml"], Fuzz::new("mail", seeds::mail()).words(&OF_MAIL));
}

#[test]
fn fuzz_mailbox() {
    holds(&["a.mbox"], Fuzz::new("mailbox", seeds::mailbox()).words(&OF_MAIL));
}

#[test]
fn fuzz_json() {
    holds(&["a.json", "a.jsonl"], Fuzz::new("json", seeds::json()).words(&OF_JSON));
}

#[test]
fn fuzz_table() {
    let words = ["\"", "\"\"", ",", ";", "\t", "|", "\n", "\r\n", "sep=;", "text", "title", "\u{feff}"];
    holds(&["a.csv", "a.tsv"], Fuzz::new("table", seeds::table()).words(&words));
}

#[test]
fn fuzz_feed() {
    let words = [
        "<item>",
        "</item>",
        "<entry>",
        "<description>",
        "<![CDATA[",
        "]]>",
        "&amp;",
        "&#0;",
        "<!DOCTYPE a [<!ENTITY b \"c\">]>",
        "&b;",
        "xmlns=",
        "<a:b>",
    ];
    holds(&["a.xml", "a.rss", "a.atom"], Fuzz::new("feed", seeds::feed()).words(&words));
}

#[test]
fn fuzz_document() {
    let words = [
        "<<",
        ">>",
        "obj",
        "endobj",
        "stream\n",
        "endstream",
        "/Length 99999",
        "/Filter /FlateDecode",
        "/Kids [2 0 R]",
        "/Parent 2 0 R",
        "1 0 R",
        "xref",
        "trailer",
        "/Encrypt 3 0 R",
        "/ObjStm",
        "Tj",
        "BT",
        "/Prev 9",
    ];
    holds(&["a.pdf"], Fuzz::new("document", seeds::document()).words(&words).cases(60));
}

#[test]
fn fuzz_web_archive() {
    let words = [
        "WARC/1.0\r\n",
        "WARC-Type: response\r\n",
        "Content-Length: ",
        "\r\n\r\n",
        "HTTP/1.1 200 OK\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Content-Encoding: br\r\n",
        "Content-Encoding: gzip\r\n",
        "ffffffffffffffff\r\n",
        "-1",
    ];
    holds(&["a.warc", "a.wet", "a.warc.gz"], Fuzz::new("web-archive", seeds::web_archive()).words(&words));
}

#[test]
fn fuzz_archive() {
    holds(&["a.zip", "a.tar", "a.tgz", "a.gz", "a.wacz"], Fuzz::new("archive", seeds::archive()).words(&OF_ARCHIVES));
}

#[test]
fn fuzz_columns() {
    holds(
        &["a.parquet"],
        Fuzz::new("columns", seeds::columns()).words(&[b"PAR1".as_slice(), b"\0\0\0\0", b"\xff", b"body"]),
    );
}
