//! Each format that is read: text in, articles out.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

mod common;

use common::{answer, gzip, held, held_with, pdf, pdf_of, record, said, stream, tar, zip};
use rapporteur_model::{Evidence, Format, FurnitureKind};
use rapporteur_source::{FieldMap, ReadOptions};

const REPORT: &str = "The envoy of Karsk said on Sunday that the talks would go on.";

#[test]
fn plain_text_is_one_entry_with_its_bytes() {
    let held = held("talks.txt", REPORT.as_bytes());
    assert_eq!((held.locations(), held.texts()), (vec!["talks.txt".to_string()], vec![REPORT.to_string()]));
    assert_eq!((held.entries[0].media_type.as_ref(), held.skipped.len()), (None, 0));
}

#[test]
fn markdown_loses_its_marks_and_tells_what_its_head_says() {
    let text = format!(
        "---\ntitle: Talks open in Karsk\ndate: 2031-03-09\nauthor: Mara Tellin\nlink: https://courier.example/a\n---\n\n\
         {REPORT} It was *their* [third round](https://a.example) of talks.\n\n## What is next\n\nVelmora will answer on Monday.\n"
    );
    let article = held("talks.md", text.as_bytes()).articles().remove(0);
    assert_eq!(article.format, Format::Markdown);
    assert_eq!(
        article.text,
        format!("{REPORT} It was their third round of talks.\n\nWhat is next\n\nVelmora will answer on Monday.")
    );
    assert_eq!(
        said(&article),
        [
            "name: talks",
            "title: Talks open in Karsk",
            "url: https://courier.example/a",
            "byline: Mara Tellin",
            "published: 2031-03-09"
        ]
    );
    let furniture: Vec<_> = article.furniture.iter().map(|f| (f.kind, f.span.of(&article.text))).collect();
    assert_eq!(furniture, [(FurnitureKind::Heading, "What is next")]);
}

#[test]
fn the_first_heading_of_markdown_is_its_headline() {
    let text = format!("# Talks open\n\n{REPORT}\n\n# Aftermath\n\nVelmora will answer on Monday.\n");
    let article = held("talks.markdown", text.as_bytes()).articles().remove(0);
    let title = article.title.unwrap();
    assert_eq!(title.value, "Talks open");
    assert!(matches!(title.evidence, Evidence::Stated(_)));
    let kinds: Vec<FurnitureKind> = article.furniture.iter().map(|f| f.kind).collect();
    assert_eq!(kinds, [FurnitureKind::Title, FurnitureKind::Heading]);
}

#[test]
fn pages_are_handed_on_as_they_are() {
    let page = format!("<html><body><p>{REPORT}</p></body></html>");
    let held = held("talks.html", page.as_bytes());
    assert_eq!(held.texts(), [page]);
}

#[test]
fn lines_of_json_are_articles_with_what_their_fields_tell() {
    let lines = format!(
        "{{\"headline\": \"Talks open\", \"body\": \"{REPORT}\", \"date\": \"2031-03-09T08:00:00Z\", \"source\": {{\"name\": \"Karsk Courier\"}}}}\n\n\
         {{\"text\": \"Second.\\nWith two lines.\", \"authors\": [\"M. Tellin\", {{\"name\": \"A. Sole\"}}], \"url\": \"https://a.example/b\"}}\n"
    );
    for name in ["pile.jsonl", "pile.ndjson", "pile.txt"] {
        let held = held(name, lines.as_bytes());
        assert_eq!(held.locations(), [format!("{name}#1"), format!("{name}#3")]);
        let articles = held.articles();
        assert_eq!(
            said(&articles[0]),
            ["name: pile-1", "title: Talks open", "outlet: Karsk Courier", "published: 2031-03-09"]
        );
        assert_eq!(
            said(&articles[1]),
            ["name: a.example/b", "title: Second.", "url: https://a.example/b", "byline: M. Tellin, A. Sole"]
        );
        assert_eq!(articles[1].text, "Second.\nWith two lines.");
        let Some(Evidence::Metadata(told)) = articles[0].title.as_ref().map(|title| &title.evidence) else {
            panic!("the title was told");
        };
        assert_eq!((told.place.as_str(), told.words.as_str()), ("field \"headline\"", "Talks open"));
    }
}

#[test]
fn json_is_an_object_an_array_or_an_object_that_holds_one() {
    let object = format!("{{\n \"title\": \"Talks\",\n \"content\": \"{REPORT}\"\n}}");
    for (json, places) in [
        (object.clone(), vec!["x.json"]),
        (format!("[{object}, {object}]"), vec!["x.json#1", "x.json#2"]),
        (format!("{object}\n{object}"), vec!["x.json#1", "x.json#2"]),
        (format!("{{\"status\": \"ok\", \"totalResults\": 1, \"articles\": [{object}]}}"), vec!["x.json#1"]),
        (format!("{{\"response\": {{\"tags\": [{{\"id\": 1}}], \"docs\": [{object}]}}}}"), vec!["x.json#1"]),
        (format!("[\"{REPORT}\"]"), vec!["x.json#1"]),
    ] {
        let held = held("x.json", json.as_bytes());
        assert_eq!(held.locations(), places, "{json}");
        assert_eq!((held.texts()[0].as_str(), held.skipped.len()), (REPORT, 0), "{json}");
    }
}

#[test]
fn fields_inside_an_object_are_found_by_their_last_name() {
    let json = format!("{{\"results\": [{{\"webTitle\": \"Talks\", \"fields\": {{\"bodyText\": \"{REPORT}\"}}}}]}}");
    let article = held("x.json", json.as_bytes()).articles().remove(0);
    assert_eq!((article.title.unwrap().value.as_str(), article.text.as_str()), ("Talks", REPORT));
}

#[test]
fn tables_are_read_whatever_stands_between_their_fields() {
    for (name, delimiter) in [("x.csv", ","), ("x.csv", ";"), ("x.tsv", "\t"), ("x.csv", "|")] {
        let table = format!(
            "Title,Publication Date,Full-Text\n\"Talks, they; open\",2031-03-09,\"{REPORT}\n\nHe said \"\"no\"\".\"\nSecond,,Short.\n"
        );
        let table = table.replace(',', "\u{1}").replace("Talks\u{1}", "Talks,").replace('\u{1}', delimiter);
        let held = held(name, table.as_bytes());
        assert_eq!(held.reasons(), Vec::<String>::new(), "{table}");
        assert_eq!(held.locations(), [format!("{name}#2"), format!("{name}#5")], "{delimiter:?}");
        let articles = held.articles();
        assert_eq!(said(&articles[0]), ["name: x-2", "title: Talks, they; open", "published: 2031-03-09"]);
        assert_eq!(articles[0].text, format!("{REPORT}\n\nHe said \"no\"."));
    }
}

#[test]
fn tables_of_spreadsheets_are_read() {
    let table = format!("title\ttext\nTalks\t{REPORT}\n");
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(table.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(held("x.csv", &utf16).texts(), [REPORT]);
    assert_eq!(held("x.csv", format!("\u{feff}{table}").as_bytes()).texts(), [REPORT]);
    assert_eq!(held("x.csv", format!("sep=;\r\ntext;n\r\n{REPORT};1\r\n").as_bytes()).texts(), [REPORT]);
    let latin = [b"text,author\n".as_slice(), b"The caf\xe9 was full.,Ren\xe9e\n"].concat();
    let article = held("x.csv", &latin).articles().remove(0);
    assert_eq!((article.text.as_str(), article.byline.unwrap().value.as_str()), ("The café was full.", "Renée"));
}

#[test]
fn a_column_can_be_named_and_the_message_says_how() {
    let table = format!("id,Volltext,Tag\n1,{REPORT},2031-03-09\n2,{REPORT},2031-03-09\n");
    let held = held("x.csv", table.as_bytes());
    assert_eq!(held.reasons()[0], "x.csv#2: no column that holds the text; there are: id, Volltext, Tag");
    assert_eq!(held.skipped[0].hint.as_deref(), Some("name the column that holds the text: --field text=COLUMN"));
    let fields = FieldMap::parse(&["text=Volltext", "published=tag"]).unwrap();
    let held = held_with("x.csv", table.as_bytes(), &ReadOptions { fields, ..ReadOptions::default() });
    assert_eq!(held.articles()[1].published.as_ref().unwrap().value.to_string(), "2031-03-09");
    assert!(FieldMap::parse(&["body"]).unwrap_err().contains("hint: write text=COLUMN"));
    assert!(FieldMap::parse(&["nonsense=x"]).unwrap_err().contains("hint: one of text"));
}

#[test]
fn many_rows_without_text_are_told_in_a_few_lines() {
    let table = format!("id,name\n{}", "1,a\n".repeat(1000));
    let held = held("x.csv", table.as_bytes());
    assert_eq!(held.skipped.len(), 4);
    assert_eq!(held.reasons()[3], "x.csv: 997 more rows: no column that holds the text; there are: id, name");
}

#[test]
fn feeds_give_their_entries() {
    let rss = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Karsk Courier</title>\
         <item><title>Talks &amp; more</title><link>https://courier.example/talks</link><pubDate>Sun, 09 Mar 2031 08:00:00 GMT</pubDate>\
         <description>Short.</description><content:encoded><![CDATA[<p>{REPORT}</p>]]></content:encoded></item>\
         <item><title>Only a summary</title><description>{REPORT}</description></item>\
         <item><title>Nothing</title></item></channel></rss>"
    );
    let held_rss = held("feed.xml", rss.as_bytes());
    assert_eq!(held_rss.texts(), [format!("<p>{REPORT}</p>"), REPORT.to_string()]);
    assert_eq!(held_rss.reasons(), ["feed.xml#3: an entry without text"]);
    assert!(held_rss.entries[0].media_type.as_ref().unwrap().starts_with("text/html"));
    let told = &held_rss.entries[0].told;
    let value = |value: &Option<rapporteur_model::Evidenced<String>>| value.as_ref().unwrap().value.clone();
    assert_eq!(value(&told.title), "Talks & more");
    assert_eq!(value(&told.outlet), "Karsk Courier");
    assert_eq!(value(&told.url), "https://courier.example/talks");
    assert!(value(&told.published).starts_with("2031-03-09T08:00:00"));
    assert_eq!(held_rss.articles()[1].name, "feed-2");

    let atom = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Courier</title><id>a</id><updated>2031-03-09T08:00:00Z</updated>\
         <entry><title>Talks</title><id>b</id><updated>2031-03-09T08:00:00Z</updated><author><name>M. Tellin</name></author>\
         <content type=\"html\">&lt;p&gt;{REPORT}&lt;/p&gt;</content></entry></feed>"
    );
    let held_atom = held("feed", atom.as_bytes());
    assert_eq!(held_atom.texts(), [format!("<p>{REPORT}</p>")]);
    assert_eq!(value(&held_atom.entries[0].told.byline), "M. Tellin");

    let json = format!(
        "{{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Courier\", \"items\": [{{\"id\": \"1\", \"content_text\": \"{REPORT}\"}}]}}"
    );
    assert_eq!(held("feed.json", json.as_bytes()).texts(), [REPORT]);
    assert_eq!(held("x.xml", b"<?xml version=\"1.0\"?><urlset></urlset>").reasons(), ["x.xml: XML that is no feed"]);
}

#[test]
fn mails_give_their_text_and_what_is_attached() {
    let mail = format!(
        "From: Mara Tellin <m@courier.example>\r\nSubject: =?utf-8?Q?Talks_open_=E2=80=93_at_last?=\r\n\
         Date: Sun, 9 Mar 2031 08:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n\
         --B\r\nContent-Type: multipart/alternative; boundary=A\r\n\r\n\
         --A\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{REPORT}\r\n\
         --A\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>{REPORT}</p>\r\n--A--\r\n\
         --B\r\nContent-Type: text/csv; name=x.csv\r\nContent-Disposition: attachment; filename=x.csv\r\n\r\ntext,n\r\nIn the table.,1\r\n\
         --B\r\nContent-Type: image/png; name=x.png\r\nContent-Disposition: attachment; filename=x.png\r\n\r\nxx\r\n--B--\r\n"
    );
    let held = held("talks.eml", mail.as_bytes());
    assert_eq!(held.locations(), ["talks.eml", "talks.eml#x.csv#2"]);
    let articles = held.articles();
    assert_eq!(articles[0].text.trim(), REPORT);
    assert_eq!(
        said(&articles[0]),
        ["name: talks", "title: Talks open – at last", "byline: Mara Tellin", "published: 2031-03-09"]
    );
    assert_eq!(articles[1].text, "In the table.");
}

#[test]
fn a_mail_whose_text_says_less_than_its_page_is_the_page() {
    let mail = format!(
        "From: a@b.example\r\nSubject: Talks\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=A\r\n\r\n\
         --A\r\nContent-Type: text/plain\r\n\r\nView in browser\r\n\
         --A\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>{REPORT} {REPORT} Caf=E9.</p>\r\n--A--\r\n"
    );
    let held = held("talks.eml", mail.as_bytes());
    assert!(held.texts()[0].contains("Café.</p>"), "{:?}", held.texts());
    assert_eq!(held.entries[0].media_type.as_deref(), Some("text/html; charset=utf-8"));
}

#[test]
fn lines_of_a_flowed_mail_are_paragraphs() {
    let mail = "From: a@b.example\nSubject: Talks\nMIME-Version: 1.0\nContent-Type: text/plain; format=flowed\n\n\
                The envoy of \nKarsk left.\nThe other stayed.\n";
    assert_eq!(held("x.eml", mail.as_bytes()).texts(), ["The envoy of Karsk left.\nThe other stayed.\n"]);
}

#[test]
fn each_mail_of_a_mailbox_is_an_article() {
    let mailbox = "From a@b.example Sun Mar  9 08:00:00 2031\nFrom: a@b.example\nSubject: One\n\nFirst.\n>From here on it went well.\n\n\
                   From c@d.example Mon Mar 10 08:00:00 2031\nSubject: Two\nFrom: c@d.example\n\nSecond.\n";
    let held = held("pile.mbox", mailbox.as_bytes());
    assert_eq!(held.locations(), ["pile.mbox#1", "pile.mbox#2"]);
    let texts: Vec<String> = held.texts().iter().map(|text| text.trim().to_string()).collect();
    assert_eq!(texts, ["First.\nFrom here on it went well.", "Second."]);
    assert_eq!(held.articles()[1].title.as_ref().unwrap().value, "Two");
}

#[test]
fn an_archived_page_is_its_page_with_its_address() {
    let page = format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://courier.example/talks\r\nSubject: Talks\r\n\
         Date: Mon, 10 Mar 2031 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"B\"\r\n\r\n\
         --B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://courier.example/talks\r\n\r\n<p>{REPORT}</p>\r\n\
         --B\r\nContent-Type: text/css\r\nContent-Location: https://courier.example/a.css\r\n\r\np {{}}\r\n--B--\r\n"
    );
    for name in ["talks.mhtml", "talks.eml", "talks"] {
        let held = held(name, page.as_bytes());
        assert_eq!((held.locations(), held.skipped.len()), (vec![name.to_string()], 0));
        assert_eq!(held.texts()[0].trim(), format!("<p>{REPORT}</p>"));
        let told = &held.entries[0].told;
        assert_eq!(told.url.as_ref().unwrap().value, "https://courier.example/talks");
        assert!(told.published.is_none() && told.fetched.is_some(), "the page was saved on that day");
    }
}

#[test]
fn web_archives_give_pages_and_texts() {
    let page = format!("<html><p>{REPORT}</p></html>");
    let html = "Content-Type: text/html; charset=utf-8\r\n";
    let chunks = format!("5\r\n{}\r\n{:x}\r\n{}\r\n0\r\n\r\n", &page[..5], page.len() - 5, &page[5..]);
    let warc = [
        record("warcinfo", "", b"software: x"),
        record("request", "https://a.example/", b"GET / HTTP/1.1\r\n\r\n"),
        record("response", "https://a.example/one", &answer(200, html, page.as_bytes())),
        record(
            "response",
            "https://a.example/two",
            &answer(200, &format!("{html}Content-Encoding: gzip\r\n"), &gzip(page.as_bytes())),
        ),
        record(
            "response",
            "https://a.example/three",
            &answer(200, &format!("{html}Transfer-Encoding: chunked\r\n"), chunks.as_bytes()),
        ),
        record(
            "response",
            "https://a.example/undone",
            &answer(200, &format!("{html}Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"), page.as_bytes()),
        ),
        record("response", "https://a.example/moved", &answer(301, "Location: /\r\n", b"x")),
        record("response", "https://a.example/x.png", &answer(200, "Content-Type: image/png\r\n", b"x")),
        record("conversion", "https://a.example/text", REPORT.as_bytes()),
    ]
    .concat();
    let members: Vec<u8> = [gzip(&warc[..40]), gzip(&warc[40..])].concat();
    for (name, bytes) in [("crawl.warc", &warc), ("crawl.warc.gz", &members)] {
        let held = held(name, bytes);
        assert_eq!(held.locations(), [3, 4, 5, 6, 9].map(|number| format!("{name}#{number}")));
        assert_eq!(held.texts()[..4], [page.clone(), page.clone(), page.clone(), page.clone()]);
        assert_eq!(held.texts()[4], REPORT);
        assert_eq!(
            held.reasons(),
            [format!("{name}: 2 of its answers hold no text: redirects, errors, pictures, scripts")]
        );
        assert_eq!(held.entries[0].told.url.as_ref().unwrap().value, "https://a.example/one");
        assert_eq!(held.articles()[4].name, "a.example/text");
        assert!(held.articles()[4].published.is_none(), "the day of the crawl is not that of publication");
    }
}

#[test]
fn archives_are_opened_one_inside_the_other() {
    let lines = format!("{{\"text\": \"{REPORT}\"}}\n");
    let inner = zip(&[("b.jsonl", lines.as_bytes())]);
    let members: &[(&str, &[u8])] = &[
        ("talks/a.txt", REPORT.as_bytes()),
        ("inner.zip", &inner),
        ("talks/c.md.gz", &gzip(b"# Talks")),
        ("x.png", b"x"),
        ("x.css", b"x"),
        ("x.exe", b"x"),
        (".hidden.txt", b"x"),
        ("__MACOSX/a.txt", b"x"),
    ];
    for (name, bytes) in [
        ("pile.zip", zip(members)),
        ("pile.tar", tar(members)),
        ("pile.tar.gz", gzip(&tar(members))),
        ("pile.tgz", gzip(&tar(members))),
        ("pile", zip(members)),
    ] {
        let held = held(name, &bytes);
        assert_eq!(
            held.locations(),
            [format!("{name}#talks/a.txt"), format!("{name}#inner.zip#b.jsonl#1"), format!("{name}#talks/c.md.gz")]
        );
        assert_eq!(
            held.reasons(),
            [
                format!("{name}#x.exe: not a text file by its extension"),
                format!("{name}: 2 files in it without text: pictures, styles, scripts")
            ]
        );
        let names: Vec<String> = held.articles().into_iter().map(|article| article.name).collect();
        assert_eq!(names, ["a", "b-1", "c"]);
        assert_eq!(held.articles()[2].format, Format::Markdown);
    }
}

#[test]
fn of_a_wacz_the_records_are_read_and_its_lists_are_not() {
    let warc =
        record("response", "https://a.example/one", &answer(200, "Content-Type: text/html\r\n", b"<p>Talks</p>"));
    let wacz = zip(&[
        ("datapackage.json", b"{\"profile\": \"data-package\"}"),
        ("pages/pages.jsonl", b"{\"format\": \"json-pages-1.0\"}\n"),
        ("archive/data.warc.gz", &gzip(&warc)),
        ("indexes/index.cdx.gz", &gzip(b"x")),
    ]);
    let held = held("crawl.wacz", &wacz);
    assert_eq!((held.locations(), held.reasons()), (vec!["crawl.wacz#archive/data.warc.gz#1".to_string()], vec![]));
}

#[test]
fn an_office_document_is_named_as_what_it_is() {
    let office = zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")]);
    assert_eq!(held("a.docx", &office).reasons(), ["a.docx: an office document"]);
}

#[test]
fn documents_give_their_paragraphs() {
    let first: &[&str] = &[
        "The Meridian Press",
        "",
        "Talks open in Karsk",
        "",
        "The envoy of Karsk said on Sunday that the nego-",
        "tiations over the port would go on until all sides",
        "agreed on a date for the",
    ];
    let second: &[&str] =
        &["The Meridian Press", "", "next round in the town hall of Lysmar.", "", "Velmora will answer on Monday."];
    for is_compressed in [false, true] {
        let held = held("talks.pdf", &pdf(&[first, second], is_compressed));
        let article = held.articles().remove(0);
        assert_eq!(article.format, Format::Pdf);
        assert_eq!(
            article.text,
            "Talks open in Karsk\n\nThe envoy of Karsk said on Sunday that the negotiations over the port would go on until all \
             sides agreed on a date for the next round in the town hall of Lysmar.\n\nVelmora will answer on Monday."
        );
        assert_eq!(article.title.unwrap().value, "Talks open in Karsk");
    }
}

#[test]
fn pictures_in_a_document_do_not_disturb_its_text() {
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> \
          /XObject << /Im 6 0 R /Fm 7 0 R >> >> >>"
            .to_vec(),
        stream(b"q /Im Do Q BT /F1 11 Tf 60 700 Td (Talks open in Karsk.) Tj ET /Fm Do", "", true),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
        stream(
            &[0xff; 500],
            "/Type /XObject /Subtype /Image /Width 10 /Height 50 /BitsPerComponent 8 /ColorSpace /DeviceGray",
            true,
        ),
        stream(b"BT /F1 11 Tf 60 600 Td (The envoy left early.) Tj ET", "/Type /XObject /Subtype /Form", true),
    ];
    let article = held("talks.pdf", &pdf_of(&objects)).articles().remove(0);
    assert_eq!(article.text, "Talks open in Karsk.\n\nThe envoy left early.");
    assert_eq!(article.diagnostics, []);
}

#[test]
fn the_reader_can_break_off() {
    let lines = "{\"text\": \"x\"}\n".repeat(10);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.jsonl");
    std::fs::write(&path, zip(&[("a.jsonl", lines.as_bytes()), ("b.jsonl", lines.as_bytes())])).unwrap();
    let mut n_taken = 0;
    rapporteur_source::entries(&rapporteur_source::Location::file(path), &ReadOptions::default(), &mut |_| {
        n_taken += 1;
        if n_taken == 3 { std::ops::ControlFlow::Break(()) } else { std::ops::ControlFlow::Continue(()) }
    });
    assert_eq!(n_taken, 3);
}

#[test]
fn entries_can_go_to_other_threads() {
    fn is_send<T: Send>() {}
    is_send::<rapporteur_source::Entry>();
}

/// A Parquet file with a title, a text and a date a row.
fn columns(rows: &[[Option<&str>; 3]]) -> Vec<u8> {
    use rapporteur_columns::{Column, Value, Writer};
    let names = ["headline", "body", "date"].map(Column::text);
    let mut writer = Writer::new("news", &names, "a test", Vec::new()).unwrap();
    for row in rows {
        writer.row(row.iter().map(|text| text.map(|text| Value::Text(text.to_string()))).collect()).unwrap();
    }
    writer.end().unwrap()
}

#[test]
fn each_row_of_a_parquet_file_is_an_article() {
    let file = columns(&[
        [Some("Talks open"), Some(REPORT), Some("2031-03-09")],
        [Some("No text"), None, None],
        [None, Some("Velmora will answer on Monday, its envoy said."), None],
    ]);
    for (held, place) in [
        (held("news.parquet", &file), "news.parquet"),
        (held("news.bin", &file), "news.bin"),
        (held("pile.zip", &zip(&[("a/news.parquet", &file)])), "pile.zip#a/news.parquet"),
        (held("news.parquet.gz", &gzip(&file)), "news.parquet.gz"),
    ] {
        assert_eq!(held.locations(), [format!("{place}#1"), format!("{place}#3")]);
        let article = held.articles().remove(0);
        assert_eq!(said(&article)[1..], ["title: Talks open", "published: 2031-03-09"], "{place}");
        assert_eq!(article.text, REPORT);
        assert_eq!(held.skipped.len(), 1, "{place}: {:?}", held.skipped);
    }
}

#[test]
fn a_damaged_parquet_file_is_told_and_what_stands_beside_it_is_read() {
    let file = columns(&[[Some("Talks open"), Some(REPORT), None]; 50]);
    let cut = held("news.parquet", &file[..file.len() - 9]);
    assert!(cut.entries.is_empty() && cut.skipped[0].reason.contains("Parquet"), "{:?}", cut.skipped);
    let beside = zip(&[("a.parquet", &file[..100]), ("b.txt", REPORT.as_bytes())]);
    let held = held("pile.zip", &beside);
    assert_eq!((held.texts(), held.skipped.len()), (vec![REPORT.to_string()], 1));
}
