//! Bytes in, text or a reason out; and what holds for any bytes at all.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use proptest::prelude::*;
use rapporteur_model::{Article, Encoding, Evidence};
use rapporteur_source::{Entry, Told, article, article_from_bytes};

fn of_bytes(bytes: &[u8]) -> Article {
    article_from_bytes("pile/karsk.txt", bytes).unwrap()
}

fn reason(bytes: &[u8]) -> String {
    let skipped = article_from_bytes("karsk.txt", bytes).unwrap_err();
    assert!(skipped.hint.is_some(), "{}", skipped.reason);
    skipped.reason
}

fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

const TEXT: &str = "Karsk’s envoy said “no”. The talks in Ostrava Minor went on without him.";

#[test]
fn text_is_decoded_from_the_encodings_it_comes_in() {
    let cases = [
        (TEXT.as_bytes().to_vec(), Encoding::Utf8),
        ([b"\xEF\xBB\xBF", TEXT.as_bytes()].concat(), Encoding::Utf8),
        (utf16(&format!("\u{feff}{TEXT}"), u16::to_le_bytes), Encoding::Utf16Le),
        (utf16(&format!("\u{feff}{TEXT}"), u16::to_be_bytes), Encoding::Utf16Be),
        (utf16(TEXT, u16::to_le_bytes), Encoding::Utf16Le),
        (utf16(TEXT, u16::to_be_bytes), Encoding::Utf16Be),
        (
            TEXT.replace('’', "\u{92}")
                .replace('“', "\u{93}")
                .replace('”', "\u{94}")
                .chars()
                .map(|c| c as u8)
                .collect(),
            Encoding::Windows1252,
        ),
    ];
    for (bytes, encoding) in cases {
        let article = of_bytes(&bytes);
        assert_eq!((article.text.as_str(), &article.encoding), (TEXT, &encoding));
        assert_eq!(article.diagnostics.is_empty(), encoding != Encoding::Windows1252);
    }
}

fn encoded(text: &str, label: &str) -> Vec<u8> {
    let (bytes, _, has_failed) = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().encode(text);
    assert!(!has_failed);
    bytes.into_owned()
}

fn told(bytes: &[u8], media_type: &str) -> Article {
    article(&Entry {
        location: "karsk".to_string(),
        raw_location: b"karsk".to_vec(),
        bytes: bytes.to_vec(),
        media_type: Some(media_type.to_string()),
        told: Told::default(),
    })
    .unwrap()
}

const RUSSIAN: &str = "Представители обеих сторон встретились в воскресенье в старой ратуше. \"Нам нечего бояться договора\", - \
    сказал посланник журналистам. Губернатор назвала это решение ошибкой и отказалась подписать бумаги.";
const CHINESE: &str = "两国特使星期日在旧市政厅会面，这是大桥关闭以来的首次会谈。官员表示，双方谈了七个小时，没有签署任何文件。\
    总督说，她不会屈服于来自首都的压力，驻军必须在冬天之前离开。";
const POLISH: &str = "Wysłannicy obu państw spotkali się w niedzielę w starym ratuszu. „Nie ma się czego bać”, powiedział \
    wysłannik dziennikarzom, zanim pożegnał się i wrócił łodzią na wyspę, gdzie już na niego czekano.";

#[test]
fn texts_in_older_encodings_are_told_by_their_bytes() {
    for (text, label) in [(RUSSIAN, "windows-1251"), (RUSSIAN, "koi8-u"), (CHINESE, "gbk"), (POLISH, "windows-1250")] {
        let article = of_bytes(&encoded(text, label));
        assert_eq!(article.text, text, "{label}");
        assert_eq!(article.encoding, Encoding::Other(label.to_string()));
        assert!(article.diagnostics[0].message.contains("not valid UTF-8"), "{label}");
    }
}

#[test]
fn a_declaration_counts_where_the_bytes_do_not_speak_against_it() {
    let russian = encoded(RUSSIAN, "windows-1251");
    // Beside the bytes.
    let article = told(&russian, "text/plain; charset=\"Windows-1251\"");
    assert_eq!((article.text.as_str(), article.diagnostics.len()), (RUSSIAN, 0));
    // Inside a page.
    for (declaration, text, label) in [
        ("<meta charset=windows-1251>", RUSSIAN, "windows-1251"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=koi8-r'>", RUSSIAN, "koi8-r"),
        ("<?xml version=\"1.0\" encoding=\"gbk\"?><html>", CHINESE, "gbk"),
        (
            "<!-- long --><META CHARSET='shift_jis' >",
            "会談は日曜日に古い市庁舎で行われた。調印はされなかった。",
            "shift_jis",
        ),
        ("<meta charset=\"iso-2022-jp\">", "会談は日曜日に古い市庁舎で行われた。調印はされなかった。", "iso-2022-jp"),
    ] {
        let page = encoded(&format!("{declaration}<p>{text}</p>"), label);
        let article = told(&page, "text/html");
        assert_eq!((article.text.as_str(), article.diagnostics.len()), (text, 0), "{label}");
        assert_eq!(article.encoding, Encoding::Other(label.to_string()));
    }
    // UTF-8 is known by its form, and what is not UTF-8 is not read as such.
    assert_eq!(told(RUSSIAN.as_bytes(), "text/plain; charset=iso-8859-1").text, RUSSIAN);
    let page = format!("<meta charset=windows-1252><p>{RUSSIAN}</p>");
    assert_eq!(told(page.as_bytes(), "text/html").text, RUSSIAN);
    let lying = [b"<meta charset=utf-8><p>".as_slice(), &russian, b"</p>"].concat();
    assert_eq!(told(&lying, "text/html; charset=utf-8").text, RUSSIAN);
    assert_eq!(told(&russian, "text/plain; charset=utf-16").text, RUSSIAN);
    assert_eq!(told(&russian, "text/plain; charset=nonsense").text, RUSSIAN);
}

#[test]
fn damaged_utf8_stays_utf8_and_says_so() {
    let mut bytes = "The envoy said “no” – twice – and left “for good”".as_bytes().to_vec();
    bytes.pop();
    let article = of_bytes(&bytes);
    assert_eq!(article.encoding, Encoding::Utf8);
    assert!(article.text.ends_with("“for good\u{fffd}"));
    assert!(article.diagnostics[0].message.contains("U+FFFD"));
}

#[test]
fn what_is_not_text_is_skipped_with_a_reason() {
    assert_eq!(reason(b""), "empty: no words in it");
    assert_eq!(reason(" \r\n\u{a0}\u{feff}\t".as_bytes()), "empty: no words in it");
    assert_eq!(reason(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0"), "not text: a binary file");
    assert_eq!(
        reason(&(1..=200u8).map(|b| b % 32).chain([b'a'; 20]).filter(|b| *b != 0).collect::<Vec<u8>>()),
        "not text: a binary file"
    );
    assert_eq!(reason(b"%PDF-1.7 and so on"), "a PDF document that is damaged or cut off");
    assert_eq!(reason(b"\xFF\xFE\0\0K\0\0\0"), "text in UTF-32");
}

#[test]
fn some_nuls_in_a_text_are_damage_and_many_are_another_kind_of_file() {
    let damaged = TEXT.replace("said", "sa\0id");
    let windows_1252 = b"The caf\xe9 of Karsk was closed, the\0 owner said on Monday.".to_vec();
    for (bytes, encoding) in [
        (damaged.clone().into_bytes(), Encoding::Utf8),
        (utf16(&format!("\u{feff}{damaged}"), u16::to_le_bytes), Encoding::Utf16Le),
        (windows_1252, Encoding::Windows1252),
    ] {
        let article = of_bytes(&bytes);
        assert_eq!(article.encoding, encoding);
        assert!(article.text.contains('\0'), "the text is never altered");
        assert!(article.diagnostics.iter().any(|diagnostic| diagnostic.message.contains("NUL")), "{encoding:?}");
    }
    assert!(of_bytes(TEXT.as_bytes()).diagnostics.is_empty());
    // UTF-16 without a byte order mark in a script in which it cannot be told.
    let chinese = "卡尔斯克的谈判代表星期一表示，会谈没有结果。他说：\"我们不会签署。\" ".repeat(20);
    for bytes in [
        utf16(&chinese, u16::to_le_bytes),
        utf16(&"Переговоры в Карске не дали результата. ".repeat(20), u16::to_be_bytes),
        [TEXT.as_bytes(), &[0; 20]].concat(),
        (0..5000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect(),
    ] {
        assert_eq!(reason(&bytes), "not text: a binary file");
    }
}

#[test]
fn every_kind_of_line_end_separates_paragraphs_and_stays_in_the_text() {
    let text = "One.\nTwo.\r\nThree.\rFour.\u{2028}Five.\u{85} \u{a0}Six. \r\n\r\n\tSeven.";
    let article = of_bytes(text.as_bytes());
    assert_eq!(article.text, text);
    let paragraphs: Vec<&str> = article.paragraphs.iter().map(|span| span.of(text)).collect();
    assert_eq!(paragraphs, ["One.", "Two.", "Three.", "Four.", "Five.", "Six.", "Seven."]);
}

#[test]
fn ids_tell_places_apart_and_find_copies() {
    let here = article_from_bytes("a.txt", TEXT.as_bytes()).unwrap();
    let there = article_from_bytes("b.txt", &utf16(TEXT, u16::to_le_bytes)).unwrap();
    assert_ne!(here.id, there.id);
    assert_eq!(here.text_id, there.text_id);
    assert_eq!(here.id.as_str().len(), 16);
    assert_eq!(here, article_from_bytes("a.txt", TEXT.as_bytes()).unwrap());
    assert_eq!(article_from_bytes("-", TEXT.as_bytes()).unwrap().name, "stdin");
}

/// What holds for every article, whatever its text.
fn check(article: &Article) {
    let text = &article.text;
    let is_inside = |span: rapporteur_model::Span| text.get(span.start.get()..span.end.get()).is_some();
    for pair in article.paragraphs.windows(2) {
        assert!(pair[0].end <= pair[1].start);
    }
    for span in &article.paragraphs {
        assert!(is_inside(*span) && !span.is_empty());
        assert_eq!(span.of(text).trim(), span.of(text));
    }
    for pair in article.furniture.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start, "{:?}", article.furniture);
    }
    for furniture in &article.furniture {
        assert!(is_inside(furniture.span) && !furniture.span.is_empty());
    }
    for evidenced in [&article.title, &article.url, &article.credit].into_iter().flatten() {
        match &evidenced.evidence {
            Evidence::Stated(span) => assert_eq!(span.of(text), evidenced.value),
            other => panic!("only dates are inferred or given: {other:?}"),
        }
    }
    if let Some(Evidence::Stated(span)) = article.published.as_ref().map(|published| &published.evidence) {
        assert!(is_inside(*span));
    }
    for diagnostic in &article.diagnostics {
        assert!(diagnostic.span.is_none_or(is_inside));
    }
}

/// Pieces of which news text consists, so that the rules have something to bite on.
fn piece() -> impl Strategy<Value = String> {
    let known = [
        "date 2031-03-09",
        "March 9, 2031",
        "03/09/2031",
        "6:21 PM",
        "Published:",
        "Updated",
        "By Oren Vale",
        "KARSK (AP) — ",
        "(Reuters)",
        "AP",
        "/ AFP",
        "Photo:",
        "Read more: ",
        "Share this:",
        "attend talks",
        "“",
        "”",
        "''",
        "(",
        ")",
        "\n",
        "\r\n",
        "\n\n",
        " ",
        ". ",
        "?",
        "Jan.",
        "The envoy said no.",
        "http://karsk.example/2031/03/09/x",
        "é",
        "İ",
        "ǅ",
        "\u{2028}",
        "\u{feff}",
        "— ",
        "9",
        "²",
    ];
    prop_oneof![4 => proptest::sample::select(known.to_vec()).prop_map(str::to_string), 1 => "\\PC{0,6}", 1 => any::<char>().prop_map(String::from)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_give_an_article_or_a_reason(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(article) = article_from_bytes("x", &bytes) {
            check(&article);
        }
    }

    #[test]
    fn any_text_gives_spans_inside_it(pieces in proptest::collection::vec(piece(), 0..40)) {
        // Text full of NULs may be UTF-16 as well.
        let text = pieces.concat().replace('\0', "");
        if let Ok(article) = article_from_bytes("x", text.as_bytes()) {
            prop_assert_eq!(article.text.as_str(), text.strip_prefix('\u{feff}').unwrap_or(&text));
            check(&article);
        }
    }
}
