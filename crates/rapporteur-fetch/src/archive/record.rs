//! How a record is written.

use crate::client::{Answer, USER_AGENT};
use flate2::{Compression, GzBuilder};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::io::Write;
use std::time::SystemTime;

/// The header in which the server's own value of a mended header is kept.
const ORIGINAL: &str = "x-archive-orig-";

/// A record before it is compressed.
pub(super) struct Record {
    /// Its id, a URN.
    pub(super) id: String,
    bytes: Vec<u8>,
}

impl Record {
    /// The record that an archive begins with.
    pub(super) fn info(now: SystemTime) -> Record {
        let block = format!(
            "software: {USER_AGENT}\r\nformat: WARC File Format 1.1\r\nrobots: obey\r\nhttp-header-user-agent: {USER_AGENT}\r\n"
        );
        Record::new("warcinfo", now, &[("Content-Type", "application/warc-fields")], block.as_bytes())
    }

    /// The record of a response. `payload_digest` is that of the body.
    pub(super) fn response(url: &str, answer: &Answer, payload_digest: &str, now: SystemTime) -> Record {
        let mut block = format!("{}\r\n", answer.status_line).into_bytes();
        for (name, value) in &answer.headers {
            let is_mended = matches!(name.as_str(), "content-encoding" | "transfer-encoding" | "content-length");
            block.extend_from_slice(if is_mended { ORIGINAL.as_bytes() } else { b"" });
            block.extend_from_slice(name.as_bytes());
            block.extend_from_slice(b": ");
            // The client accepts no control characters but the tab; a line must not end early whatever it accepts.
            block.extend(value.iter().map(|&byte| if byte == b'\r' || byte == b'\n' { b' ' } else { byte }));
            block.extend_from_slice(b"\r\n");
        }
        block.extend_from_slice(format!("content-length: {}\r\n\r\n", answer.body.len()).as_bytes());
        block.extend_from_slice(&answer.body);
        let mut fields = vec![
            ("WARC-Target-URI", url),
            ("WARC-Payload-Digest", payload_digest),
            ("Content-Type", "application/http; msgtype=response"),
        ];
        if answer.is_cut {
            fields.push(("WARC-Truncated", "length"));
        }
        Record::new("response", now, &fields, &block)
    }

    fn new(kind: &str, now: SystemTime, fields: &[(&str, &str)], block: &[u8]) -> Record {
        let date = date(now);
        let block_digest = digest(block);
        let target = fields.first().map(|(_, value)| *value).unwrap_or_default();
        let id = id(&[kind, &date, target, &block_digest]);
        let mut head = format!(
            "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <{id}>\r\nWARC-Date: {date}\r\nWARC-Block-Digest: {block_digest}\r\n"
        );
        for (name, value) in fields {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("Content-Length: {}\r\n\r\n", block.len()));
        let mut bytes = head.into_bytes();
        bytes.extend_from_slice(block);
        bytes.extend_from_slice(b"\r\n\r\n");
        Record { id, bytes }
    }

    /// The record as one gzip member, without a time in its head, so that the same record gives the same bytes.
    pub(super) fn compressed(&self) -> Vec<u8> {
        let mut encoder = GzBuilder::new().mtime(0).write(Vec::new(), Compression::default());
        encoder.write_all(&self.bytes).and_then(|()| encoder.finish()).expect("memory takes all bytes")
    }
}

/// A digest as WARC writes it.
pub(super) fn digest(bytes: &[u8]) -> String {
    format!("sha256:{}", hex(&Sha256::digest(bytes)))
}

/// An id made of what the record says, as a UUID of version 8 (RFC 9562): no randomness is needed, as two records that
/// say the same of the same second are one.
fn id(parts: &[&str]) -> String {
    let hash = Sha256::digest(parts.join("\n").as_bytes());
    let mut bytes: Vec<u8> = hash.iter().copied().take(16).collect();
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = hex(&bytes);
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The time in UTC, to the second. A clock outside the years that can be written gives the epoch.
fn date(now: SystemTime) -> String {
    Timestamp::try_from(now).unwrap_or_default().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
