//! How long does it take to read a web page? Each bench reads one invented page again and again on one thread, from bytes
//! to the article; the counter is in bytes of source. `a_small` are the pages of the tests as they are; `b_large` has a
//! menu, a report of two hundred paragraphs and comments of the same length, with as much markup as news sites have:
//! six bytes of source for each byte of text.

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use rapporteur_source::article_from_bytes;

fn main() {
    divan::main();
}

const PAGES: [&str; 4] = [
    include_str!("../tests/pages/news.html"),
    include_str!("../tests/pages/tables.html"),
    include_str!("../tests/pages/live.html"),
    include_str!("../tests/pages/boxes.html"),
];

#[divan::bench]
fn a_small(bencher: Bencher<'_, '_>) {
    let n_bytes: usize = PAGES.iter().map(|page| page.len()).sum();
    bencher.counter(BytesCount::new(n_bytes)).counter(ItemsCount::new(PAGES.len())).bench(|| {
        for page in PAGES {
            divan::black_box(article_from_bytes("page.html", page.as_bytes())).expect("the page has a report");
        }
    });
}

#[divan::bench]
fn b_large(bencher: Bencher<'_, '_>) {
    let page = large();
    bencher.counter(BytesCount::new(page.len())).counter(ItemsCount::new(1usize)).bench(|| {
        divan::black_box(article_from_bytes("page.html", page.as_bytes())).expect("the page has a report");
    });
}

fn large() -> String {
    let link = |n: usize| {
        format!(
            "<li class=\"menu-item menu-item-type-custom menu-item-{n}\"><a class=\"menu-link nav-{n}\" \
             href=\"https://karskcourier.example/section/{n}\" data-position=\"{n}\"><span>Section {n}</span></a></li>"
        )
    };
    let paragraph = |n: usize| {
        format!(
            "<p class=\"story-paragraph css-{n}x\" data-component=\"text-block\">Envoy number {n} told reporters in Ostrava \
             on Sunday: “The garrison leaves before <a href=\"/winter/{n}\">winter {n}</a>, or there will be nothing to \
             sign.” The governor answered within the hour and called that a mistake.</p>\
             <div class=\"ad-slot ad-{n}\" id=\"slot-{n}\"><script>show({n}, \"{}\")</script></div>",
            "x".repeat(600)
        )
    };
    let comment = |n: usize| {
        format!(
            "<div class=\"comment depth-{}\"><span class=\"comment-author\">reader {n}</span><p>Nobody believes number {n}, \
             and I do not know why the paper prints all of this, day after day.</p></div>",
            n % 3
        )
    };
    let many = |n: usize, one: &dyn Fn(usize) -> String| (0..n).map(one).collect::<String>();
    format!(
        "<!doctype html><html><head><title>Envoys meet again | Courier</title></head><body><nav><ul>{}</ul></nav>\
         <main><article><h1>Envoys meet again</h1>{}</article><section class=\"comments\">{}</section></main></body></html>",
        many(200, &link),
        many(200, &paragraph),
        many(200, &comment)
    )
}
