//! Small inputs of every kind that is read, made here. `{REPORT}` stands for a sentence.

use crate::common::{answer, gzip, pdf, record, tar, zip};

const REPORT: &str = "The envoy of Karsk said on Sunday that “the talks” would go on; Velmora’s café stayed open.";

/// A text with all that the rules look for.
pub(crate) fn text() -> Vec<Vec<u8>> {
    let text = format!(
        "Talks open in Karsk\n\nBy Mara Tellin\nThe Karsk Courier\nPublished: 9 March 2031, 08:00\n\nKARSK, March 9 (ANL) - {REPORT}\n\n\
         Photo: Ana Lind\n\nhttps://courier.example/talks\n\nRelated articles\nRead more\n"
    );
    let utf16 = |to_bytes: fn(u16) -> [u8; 2]| format!("\u{feff}{text}").encode_utf16().flat_map(to_bytes).collect();
    vec![
        text.clone().into_bytes(),
        text.replace('\n', "\r\n").into_bytes(),
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
        b"Talks\n\n\x93No,\x94 the caf\xe9 said on Sunday.".to_vec(),
        "Переговоры в Карске\n\nПосланник сказал «нет».\n卡尔斯克的谈判代表表示，会谈没有结果。\ne\u{301}\u{202e}\u{200b}🕊️".into(),
    ]
}

pub(crate) fn markdown() -> Vec<Vec<u8>> {
    vec![
        format!(
            "---\ntitle: \"Talks: open\"\ndate: 2031-03-09\nauthor: [Mara Tellin, Ana]\nlink: https://courier.example/a\n---\n\n# Talks\n\n\
             {REPORT} It was *their* [third **round**](https://a.example \"x\") of `talks`.\n\n## Next\n\n- one\n  1. two\n\n> {REPORT}\n\n\
             | a | b |\n|---|---|\n| c | d |\n\n```\ncode\n```\n\n<p>inline &amp; page</p>\n\n![picture](a.png)\n\n[a]: https://b.example\n"
        )
        .into_bytes(),
    ]
}

pub(crate) fn page() -> Vec<Vec<u8>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "html"));
    paths.sort();
    paths.into_iter().map(|path| std::fs::read(path).unwrap()).collect()
}

pub(crate) fn mail() -> Vec<Vec<u8>> {
    let mail = format!(
        "From: Mara Tellin <m@courier.example>\r\nSubject: =?utf-8?Q?Talks_open_=E2=80=93_at_last?= =?iso-8859-1?B?Y2Fm6Q==?=\r\n\
         Date: Sun, 9 Mar 2031 08:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n\
         --B\r\nContent-Type: multipart/alternative; boundary=\"A\"\r\n\r\n\
         --A\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n{REPORT} \r\nMore.\r\n\
         --A\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>Caf=E9 {REPORT}</p>=\r\n\r\n--A--\r\n\
         --B\r\nContent-Type: text/csv; name=x.csv\r\nContent-Disposition: attachment; filename*=utf-8''x%2Ecsv\r\nContent-Transfer-Encoding: base64\r\n\r\n\
         dGV4dCxuDQpJbiB0aGUgdGFibGUuLDENCg==\r\n\
         --B\r\nContent-Type: message/rfc822\r\n\r\nFrom: a@b.example\r\nSubject: Inner\r\n\r\n{REPORT}\r\n--B--\r\n"
    );
    let archived = format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://courier.example/talks\r\nSubject: Talks\r\n\
         Date: Mon, 10 Mar 2031 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"B\"\r\n\r\n\
         --B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://courier.example/talks\r\n\r\n<p>{REPORT}</p>\r\n\
         --B\r\nContent-Type: text/css\r\nContent-Location: https://courier.example/a.css\r\n\r\np {{}}\r\n--B--\r\n"
    );
    vec![mail.into_bytes(), archived.into_bytes()]
}

pub(crate) fn mailbox() -> Vec<Vec<u8>> {
    let [first, second] = [&mail()[0], &mail()[1]].map(|mail| String::from_utf8(mail.clone()).unwrap());
    vec![
        format!("From a@b.example Sun Mar  9 08:00:00 2031\n{first}\n>From here on it went well.\n\nFrom c@d.example Mon Mar 10 08:00:00 2031\n{second}\n")
            .into_bytes(),
    ]
}

pub(crate) fn json() -> Vec<Vec<u8>> {
    let object = format!(
        "{{\"headline\": \"Talks \\u2013 open\", \"body\": \"{REPORT}\\n\\ud83d\\udd4a\", \"date\": \"2031-03-09T08:00:00Z\", \
         \"source\": {{\"name\": \"Courier\"}}, \"authors\": [\"M. Tellin\", {{\"name\": \"A. Sole\"}}], \"n\": -1.5e3, \"b\": null}}"
    );
    vec![
        object.clone().into_bytes(),
        format!("[{object}, {object}]").into_bytes(),
        format!("{{\"response\": {{\"tags\": [{{\"id\": 1}}], \"docs\": [{object}]}}}}").into_bytes(),
        format!("{object}\n\n{object}\n\"{REPORT}\"\n").into_bytes(),
        format!("{{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Courier\", \"items\": [{{\"id\": \"1\", \"content_text\": \"{REPORT}\"}}]}}")
            .into_bytes(),
    ]
}

pub(crate) fn table() -> Vec<Vec<u8>> {
    let table = format!(
        "Title,Publication Date,Full-Text,Author\n\"Talks, they; open\",2031-03-09,\"{REPORT}\n\nHe said \"\"no\"\".\",Ana\nSecond,,Short.,\n"
    );
    let utf16: Vec<u8> =
        format!("\u{feff}{}", table.replace(',', "\t")).encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        table.clone().into_bytes(),
        table.replace(',', ";").replace('\n', "\r\n").into_bytes(),
        format!("sep=|\r\n{}", table.replace(',', "|")).into_bytes(),
        utf16,
    ]
}

pub(crate) fn feed() -> Vec<Vec<u8>> {
    let rss = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Courier</title>\
         <item><title>Talks &amp; more</title><link>https://courier.example/talks</link><pubDate>Sun, 09 Mar 2031 08:00:00 GMT</pubDate>\
         <description>Short.</description><content:encoded><![CDATA[<p>{REPORT}</p>]]></content:encoded></item>\
         <item><title>Only a summary</title><description>{REPORT}</description></item></channel></rss>"
    );
    let atom = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Courier</title><id>a</id><updated>2031-03-09T08:00:00Z</updated>\
         <entry><title>Talks</title><id>b</id><updated>2031-03-09T08:00:00Z</updated><author><name>M. Tellin</name></author>\
         <content type=\"html\">&lt;p&gt;{REPORT}&lt;/p&gt;</content></entry></feed>"
    );
    vec![rss.into_bytes(), atom.into_bytes()]
}

pub(crate) fn document() -> Vec<Vec<u8>> {
    let lines = ["Talks open in Karsk", "By Mara Tellin", "", "The envoy said (on Sunday) that the talks would go on."];
    vec![pdf(&[&lines, &["Talks close."]], false), pdf(&[&lines], true)]
}

pub(crate) fn web_archive() -> Vec<Vec<u8>> {
    let page = format!("<html><p>{REPORT}</p></html>");
    let html = "Content-Type: text/html; charset=utf-8\r\n";
    let chunks = format!("5\r\n{}\r\n{:x}\r\n{}\r\n0\r\n\r\n", &page[..5], page.len() - 5, &page[5..]);
    // Brotli (RFC 7932): a stored block of five bytes.
    let brotli = b"\x0b\x02\x80Hello\x03";
    let response = |name: &str, headers: &str, body: &[u8]| {
        record("response", &format!("https://a.example/{name}"), &answer(200, &format!("{html}{headers}"), body))
    };
    let warc = [
        record("warcinfo", "", b"software: x"),
        record("request", "https://a.example/", b"GET / HTTP/1.1\r\n\r\n"),
        response("one", "", page.as_bytes()),
        response("two", "Content-Encoding: gzip\r\n", &gzip(page.as_bytes())),
        response("three", "Transfer-Encoding: chunked\r\n", chunks.as_bytes()),
        response("four", "Content-Encoding: br\r\n", brotli),
        record("conversion", "https://a.example/text", REPORT.as_bytes()),
    ]
    .concat();
    let wet = record("conversion", "https://a.example/text", text()[0].as_slice());
    vec![[gzip(&warc[..40]), gzip(&warc[40..])].concat(), warc, wet]
}

pub(crate) fn archive() -> Vec<Vec<u8>> {
    let members: Vec<(&str, Vec<u8>)> = vec![
        ("a.txt", text().remove(0)),
        ("b/c.jsonl", json().remove(0)),
        ("d.csv.gz", gzip(&table()[0])),
        ("e.zip", zip(&[("f.html", page()[0].as_slice())])),
    ];
    let members: Vec<(&str, &[u8])> = members.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    vec![zip(&members), tar(&members), gzip(&tar(&members)), gzip(&text()[0])]
}

pub(crate) fn columns() -> Vec<Vec<u8>> {
    use rapporteur_columns::{Column, ColumnType, Value, Writer};
    let names = [
        Column::text("headline"),
        Column::text("body"),
        Column::text("date"),
        Column { name: "n", holds: ColumnType::Integer },
        Column { name: "raw", holds: ColumnType::Bytes },
    ];
    let mut writer = Writer::new("news", &names, "a test", Vec::new()).unwrap();
    let some = |text: &str| Some(Value::Text(text.to_string()));
    writer
        .row(vec![
            some("Talks"),
            some(REPORT),
            some("2031-03-09"),
            Some(Value::Integer(7)),
            Some(Value::Bytes(vec![0, 255])),
        ])
        .unwrap();
    writer.row(vec![None, some("Velmora will answer on Monday."), None, None, None]).unwrap();
    vec![writer.end().unwrap()]
}
