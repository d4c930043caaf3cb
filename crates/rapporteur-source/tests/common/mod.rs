//! What the tests of formats share: inputs made in memory or in a folder, and what was read of them.

#![allow(clippy::unwrap_used, dead_code, unreachable_pub, reason = "a test may stop at what it did not expect")]

use rapporteur_model::{Article, Skipped};
use rapporteur_source::{Entry, Location, ReadOptions, article, entries};
use std::fs;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use tempfile::TempDir;

/// What an input held.
pub struct Held {
    pub entries: Vec<Entry>,
    pub skipped: Vec<Skipped>,
    folder: String,
}

/// Reads a file of this name with these bytes.
pub fn held(name: &str, bytes: &[u8]) -> Held {
    held_with(name, bytes, &ReadOptions::default())
}

pub fn held_with(name: &str, bytes: &[u8], options: &ReadOptions) -> Held {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    held_at(&folder, &path, options)
}

pub fn held_at(folder: &TempDir, path: &Path, options: &ReadOptions) -> Held {
    let mut held =
        Held { entries: Vec::new(), skipped: Vec::new(), folder: folder.path().to_str().unwrap().to_string() };
    entries(&Location::file(path), options, &mut |entry| {
        match entry {
            Ok(entry) => held.entries.push(entry),
            Err(skipped) => {
                assert!(skipped.hint.as_ref().is_some_and(|hint| !hint.is_empty()), "{skipped:?}");
                assert!(
                    !skipped.reason.starts_with(char::is_uppercase)
                        || skipped.reason.starts_with("JSON")
                        || skipped.reason.starts_with("XML"),
                    "{skipped:?}"
                );
                held.skipped.push(skipped);
            }
        }
        ControlFlow::Continue(())
    });
    held
}

impl Held {
    /// Where the entries stand, without the folder.
    pub fn locations(&self) -> Vec<String> {
        self.entries.iter().map(|entry| self.short(&entry.location)).collect()
    }

    /// What was skipped: place and reason.
    pub fn reasons(&self) -> Vec<String> {
        self.skipped.iter().map(|skipped| format!("{}: {}", self.short(&skipped.location), skipped.reason)).collect()
    }

    pub fn articles(&self) -> Vec<Article> {
        self.entries.iter().map(|entry| article(entry).unwrap()).collect()
    }

    pub fn texts(&self) -> Vec<String> {
        self.entries.iter().map(|entry| String::from_utf8(entry.bytes.clone()).unwrap()).collect()
    }

    fn short(&self, location: &str) -> String {
        location.strip_prefix(&self.folder).unwrap_or(location).trim_start_matches('/').to_string()
    }
}

/// What an article says of itself, a line for each value.
pub fn said(article: &Article) -> Vec<String> {
    let mut lines = vec![format!("name: {}", article.name)];
    let values =
        [("title", &article.title), ("url", &article.url), ("outlet", &article.outlet), ("byline", &article.byline)];
    for (name, value) in values {
        lines.extend(value.iter().map(|value| format!("{name}: {}", value.value)));
    }
    lines.extend(article.published.iter().map(|date| format!("published: {}", date.value)));
    lines
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

/// A record of a web archive.
pub fn record(kind: &str, url: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-03-10T04:05:06Z\r\n\
         Content-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// The answer of a server.
pub fn answer(status: u16, headers: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 {status} X\r\n{headers}\r\n").as_bytes(), body].concat()
}

/// A document with one page for each text, its lines apart; streams are compressed where asked.
pub fn pdf(pages: &[&[&str]], is_compressed: bool) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|idx| format!("{} 0 R", 4 + 2 * idx)).collect();
    let mut objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()).into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
    ];
    for (idx, lines) in pages.iter().enumerate() {
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>",
                5 + 2 * idx
            )
            .into_bytes(),
        );
        let mut content = "BT /F1 11 Tf 14 TL 60 780 Td\n".to_string();
        for line in *lines {
            let escaped = line.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
            content.push_str(&if line.is_empty() { "T*\n".to_string() } else { format!("({escaped}) Tj T*\n") });
        }
        content.push_str("ET");
        objects.push(stream(content.as_bytes(), "", is_compressed));
    }
    pdf_of(&objects)
}

pub fn stream(content: &[u8], entries: &str, is_compressed: bool) -> Vec<u8> {
    let (content, filter) = if is_compressed {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(content).unwrap();
        (encoder.finish().unwrap(), "/Filter /FlateDecode")
    } else {
        (content.to_vec(), "")
    };
    let head = format!("<< /Length {} {filter} {entries} >>\nstream\n", content.len());
    [head.as_bytes(), &content, b"\nendstream"].concat()
}

/// A document of these objects; the first is its root.
pub fn pdf_of(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (idx, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend_from_slice(format!("{} 0 obj\n", idx + 1).as_bytes());
        bytes.extend_from_slice(object);
        bytes.extend_from_slice(b"\nendobj\n");
    }
    let table = bytes.len();
    bytes.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    for place in places {
        bytes.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
    }
    let trailer = format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF", objects.len() + 1);
    bytes.extend_from_slice(trailer.as_bytes());
    bytes
}
