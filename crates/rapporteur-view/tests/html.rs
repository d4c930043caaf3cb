//! The page as a browser takes it.

mod common;

use rapporteur_model::Reading;
use rapporteur_view::html::to_html;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Values of an attribute in the page, in order.
fn attributes<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    let opening = format!(" {name}=\"");
    page.match_indices(&opening).filter_map(|(at, _)| page[at + opening.len()..].split('"').next()).collect()
}

fn assert_anchored(page: &str) {
    let ids = attributes(page, "id");
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "an id is there twice: {ids:?}");
    for href in attributes(page, "href") {
        if let Some(id) = href.strip_prefix('#') {
            assert!(unique.contains(id), "nothing has the id {id}");
        } else {
            assert!(href.starts_with("https://"), "{href}");
        }
    }
    for id in attributes(page, "aria-labelledby") {
        assert!(unique.contains(id), "nothing has the id {id}");
    }
}

#[test]
fn every_link_inside_the_page_leads_somewhere() {
    for reading in [common::reading(), common::hostile(), Reading::default()] {
        assert_anchored(&to_html(&reading).unwrap());
    }
}

#[test]
fn a_statement_leads_to_its_words_and_back() {
    let page = to_html(&common::reading()).unwrap();
    // Voryabin's threat is entry 5: reported in the copy (article 0) and in the original (article 2).
    assert!(page.contains("<a href=\"#w0-0\">copy ¶1</a>") && page.contains("<a href=\"#w2-0\">wire ¶3</a>"));
    assert!(page.contains("<li id=\"s5\" value=\"5\">"));
    assert!(page.contains("wire ¶3</a> <span>single origin</span>"));
    assert!(page.contains("id=\"w2-0\" title=\"Alexei Voryabin: threat, direct\">"));
    assert_eq!(page.matches("href=\"#s5\"").count(), 2);
    assert!(page.contains("(<bdi>to the owners, on Friday, after the talks, in a letter, via the Courier</bdi>)"));
    assert!(page.contains("<span class=\"reservation\">planned</span>"));
}

#[test]
fn events_and_stances_lead_to_their_words() {
    let page = to_html(&common::reading()).unwrap();
    assert!(page.contains("<a href=\"#e0-0\">copy ¶2</a>") && page.contains("<a href=\"#e2-1\">wire ¶4</a>"));
    assert!(page.contains(
        "<span class=\"trigger\" id=\"e2-2\" title=\"CONSULT, hypothetical: Karsk → Mara Tellin\">attend</span>"
    ));
    assert!(page.contains("<a href=\"#h2-0\">wire ¶3</a>"));
    assert!(page.contains("id=\"h2-1\" title=\"refusal of Mara Tellin\">"));
    let without = to_html(&Reading::default()).unwrap();
    assert!(!without.contains("id=\"events\"") && !without.contains("id=\"stances\""));
}

#[test]
fn the_page_needs_nothing_from_outside_and_runs_nothing() {
    let page = to_html(&common::reading()).unwrap();
    for absent in ["<script", "<link", "<img", "<iframe", " src=", " style=", "@import", "url(", " onclick"] {
        assert!(!page.contains(absent), "{absent}");
    }
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn the_policy_allows_this_style_sheet_only() {
    let page = to_html(&Reading::default()).unwrap();
    let (_, after) = page.split_once("<style>").unwrap();
    let (style_sheet, _) = after.split_once("</style>").unwrap();
    let hash = base64(&Sha256::digest(style_sheet.as_bytes()));
    assert!(page.contains(&format!("'sha256-{hash}'")), "STYLE_SHEET_HASH should be {hash}");
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = bytes.chunks(3).flat_map(|chunk| {
        let bits = (0..3).fold(0u32, |bits, n| bits << 8 | u32::from(*chunk.get(n).unwrap_or(&0)));
        (0..4).map(move |n| if n <= chunk.len() { DIGITS[(bits >> (18 - 6 * n) & 63) as usize] as char } else { '=' })
    });
    digits.collect()
}

#[test]
fn hostile_text_is_only_ever_text() {
    let page = to_html(&common::hostile()).unwrap();
    let lower = page.to_lowercase();
    assert!(!lower.contains("<script") && !lower.contains("<img") && !lower.contains("<b>") && !lower.contains("<i>"));
    assert!(!lower.contains("href=\"javascript"));
    assert!(!page.contains(|c: char| c.is_control() && c != '\n'));
    assert!(!page.contains('\u{202e}') && !page.contains('\u{2066}'));
    assert!(page.contains("⟨U+202E⟩"));
    assert_eq!(page.matches("<mark").count(), page.matches("</mark>").count());
    assert_eq!(page.matches("<span").count(), page.matches("</span>").count());
}

#[test]
fn file_names_are_shown_and_do_not_steer() {
    let names =
        ["a\u{1b}[31m\nerror: b", "a\u{1b}[31m error: b", "c\u{202e}txt", "c\u{202e}txt (2)", "c\u{202e}txt", "\n"];
    let mut reading = Reading::default();
    for (n, name) in names.into_iter().enumerate() {
        let mut article = common::article(name, common::REPORT);
        article.id = rapporteur_model::ArticleId::new(format!("{n}"));
        reading.records.push(common::record(&article));
        reading.articles.push(article);
    }
    let brief = rapporteur_view::brief::brief(&reading).unwrap();
    let labels: Vec<&str> = brief.articles.iter().map(|article| article.label.as_str()).collect();
    // Two that look alike are shown by location, and where that is no help by number.
    assert_eq!(
        labels,
        [
            "a␛[31m error: b.txt",
            "a␛[31m error: b.txt (2)",
            "c⟨U+202E⟩txt.txt",
            "c⟨U+202E⟩txt (2)",
            "c⟨U+202E⟩txt.txt (2)",
            ".txt"
        ]
    );
    let style = rapporteur_view::brief::Style { width: 80, color: false };
    let text = rapporteur_view::brief::to_text(&brief, style);
    for shown in [text, to_html(&reading).unwrap()] {
        assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown}");
        assert!(!shown.lines().any(|line| line.starts_with("error:")), "{shown}");
    }
}

#[test]
fn headings_go_down_one_level_at_a_time() {
    let page = to_html(&common::reading()).unwrap();
    let levels: Vec<u32> =
        page.match_indices("<h").filter_map(|(at, _)| page[at + 2..].chars().next()?.to_digit(10)).collect();
    assert_eq!(levels.first(), Some(&1));
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    assert_eq!(levels.iter().filter(|&&level| level == 1).count(), 1);
}

#[test]
fn articles_stand_in_full() {
    let page = to_html(&common::reading()).unwrap();
    for words in [
        "Talks go on.",
        "stated in <a href=\"#a2p2\">¶2</a>",
        "inferred: the name of the file",
        "<time datetime=\"2024-03-12\">",
        "odd word",
    ] {
        assert!(page.contains(words), "{words}");
    }
}
