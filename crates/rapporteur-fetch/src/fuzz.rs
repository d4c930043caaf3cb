//! What hosts answer and what stands in an archive, mutated: links of a feed, `robots.txt`, an archive that is gone on with.

use crate::archive::Archive;
use crate::feed::item_links;
use crate::robots::Rules;
use flate2::Compression;
use flate2::write::GzEncoder;
use rapporteur_testkit::Fuzz;
use std::io::Write;
use std::time::SystemTime;
use url::Url;

fn base() -> Url {
    Url::parse("https://courier.example/feed/").unwrap()
}

#[test]
fn fuzz_feed_links() {
    let seeds = [
        "<rss version=\"2.0\"><channel><title>a</title><item><title>b</title><link>https://courier.example/talks#x</link></item></channel></rss>",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>a</id><title>b</title><entry><id>c</id><link rel=\"alternate\" href=\"../b?c=d\"/></entry></feed>",
        "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"a\", \"items\": [{\"id\": \"1\", \"url\": \"/x\"}]}",
    ];
    let words = [
        "<item>",
        "<link>",
        "href=\"",
        "file:///etc/passwd",
        "//x",
        "http://[::1",
        "\\",
        "&amp;",
        "<![CDATA[",
        "xml:base=\"",
        "\0",
    ];
    Fuzz::new("feed-links", seeds).words(&words).hold(|bytes| {
        for link in item_links(bytes, &base(), 10).unwrap_or_default() {
            assert!(link.fragment().is_none());
        }
    });
}

#[test]
fn fuzz_robots() {
    let seeds = [
        "User-agent: *\nDisallow: /a*b$\nAllow: /\nCrawl-delay: 2\n\nUser-agent: rapporteur\nDisallow: /c\nSitemap: https://a.example/s.xml\n",
    ];
    let words = [
        "User-agent: *",
        "Disallow: /",
        "Allow: *",
        "$",
        "*****",
        "%",
        "%zz",
        "Crawl-delay: -1",
        "Crawl-delay: 1e40",
        "NaN",
        "\u{feff}",
        "\r",
    ];
    Fuzz::new("robots", seeds).words(&words).hold(|bytes| {
        let rules = Rules::read(bytes);
        let _ = rules.check(&base());
        assert!(rules.delay().is_none_or(|delay| delay.as_secs_f64() >= 0.0));
    });
}

#[test]
fn fuzz_archive_gone_on_with() {
    let member = |text: String| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let block = "HTTP/1.1 200 OK\r\nETag: \"x\"\r\nContent-Type: text/html\r\n\r\n<p>Talks</p>";
    let record = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.warc.gz");
    let whole = [member(record.clone()), member(record)].concat();
    Fuzz::new("archive-gone-on-with", [whole]).words(&[b"\x1f\x8b\x08".as_slice(), b"WARC/1.1\r\n"]).hold(|bytes| {
        std::fs::write(&path, bytes).unwrap();
        match Archive::open(&path, SystemTime::UNIX_EPOCH) {
            // What is whole stays; only the end may go.
            Ok(_) => assert!(
                std::fs::read(&path).unwrap().iter().zip(bytes).all(|(now, then)| now == then) || bytes.is_empty()
            ),
            Err(error) => {
                assert!(error.hint().is_some());
                assert_eq!(std::fs::read(&path).unwrap(), bytes, "a file that is refused is left as it is");
            }
        }
    });
}
