//! The archived answers of web servers: headers, and a body that may be chunked and compressed.

use super::chunked;
use super::meter::Meter;
use super::problem::Problem;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::io::{BufReader, Cursor, Read};

/// An answer without its body.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) content_type: Option<String>,
    /// The encodings of the body, in the order in which they were applied.
    encodings: Vec<String>,
    is_chunked: bool,
}

/// Servers send fewer.
const MAX_HEADERS: usize = 1000;

/// Reads status and headers; the rest of the bytes is the body. `None` where the bytes are no answer.
pub(crate) fn response(bytes: &[u8]) -> Option<(Response, &[u8])> {
    let mut lines = Lines(bytes);
    let status = lines.next()?;
    let status = std::str::from_utf8(status.get(..status.len().min(64))?).ok()?;
    let mut words = status.split_whitespace();
    if !words.next()?.starts_with("HTTP/") {
        return None;
    }
    let mut response = Response { status: words.next()?.parse().ok()?, ..Response::default() };
    for _ in 0..MAX_HEADERS {
        let Some(line) = lines.next().filter(|line| !line.trim_ascii().is_empty()) else { break };
        let Some(at) = line.iter().position(|byte| *byte == b':') else { continue };
        let value = String::from_utf8_lossy(line[at + 1..].trim_ascii()).into_owned();
        let listed = || value.split(',').map(|one| one.trim().to_ascii_lowercase()).filter(|one| !one.is_empty());
        match line[..at].trim_ascii().to_ascii_lowercase().as_slice() {
            b"content-type" => response.content_type = Some(value),
            b"content-encoding" => response.encodings.extend(listed().take(MAX_ENCODINGS)),
            b"transfer-encoding" => response.is_chunked |= listed().any(|one| one == "chunked"),
            _ => {}
        }
    }
    Some((response, lines.0))
}

/// More than one is hardly ever applied.
const MAX_ENCODINGS: usize = 4;

struct Lines<'b>(&'b [u8]);

impl<'b> Iterator for Lines<'b> {
    type Item = &'b [u8];

    fn next(&mut self) -> Option<&'b [u8]> {
        if self.0.is_empty() {
            return None;
        }
        let end = self.0.iter().position(|byte| *byte == b'\n').map_or(self.0.len(), |at| at + 1);
        let (line, rest) = self.0.split_at(end);
        self.0 = rest;
        Some(line.trim_ascii_end())
    }
}

/// The body as the server meant it. Archives keep bodies as they came, or undone with the headers left as they were:
/// an encoding that the bytes do not have is taken for undone.
pub(crate) fn body(response: &Response, bytes: &[u8], meter: &Meter, limit: usize) -> Result<Vec<u8>, Problem> {
    let mut body = match response.is_chunked.then(|| chunked::joined(bytes)).flatten() {
        Some(joined) => joined,
        None => bytes.to_vec(),
    };
    for encoding in response.encodings.iter().rev() {
        body = match encoding.as_str() {
            "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => {
                undone(&mut MultiGzDecoder::new(Cursor::new(body)), meter, limit)?
            }
            "deflate" if !is_markup(&body) => {
                // The standard means zlib; some servers send bare deflate.
                let is_zlib = body.first().is_some_and(|byte| byte & 0x0f == 8);
                let reader = BufReader::new(Cursor::new(body));
                if is_zlib {
                    undone(&mut ZlibDecoder::new(reader), meter, limit)?
                } else {
                    undone(&mut DeflateDecoder::new(reader), meter, limit)?
                }
            }
            "br" if !is_markup(&body) => {
                let mut decoder = brotli_decompressor::Decompressor::new(Cursor::new(body), BUFFER_BYTES);
                undone(&mut decoder, meter, limit)?
            }
            "gzip" | "x-gzip" | "deflate" | "br" | "identity" => body,
            other => {
                let shown: String = other.chars().take(20).collect();
                let hint = "read an archive of the decoded pages (WET) instead";
                return Err(Problem::new(format!("a body in the encoding {shown:?}"), hint));
            }
        };
    }
    Ok(body)
}

const BUFFER_BYTES: usize = 16 * 1024;

fn undone(decoder: &mut dyn Read, meter: &Meter, limit: usize) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let result = meter.expanded(decoder).take(limit as u64 + 1).read_to_end(&mut bytes);
    match result {
        Ok(_) if bytes.len() > limit => Err(Problem::too_long(limit)),
        // Of a body that was cut off, what came is as good as a page that was cut off.
        Err(_) if !bytes.is_empty() && !meter.is_exceeded() => Ok(bytes),
        Err(error) => Err(error.into()),
        Ok(_) => Ok(bytes),
    }
}

fn is_markup(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn headers_are_read_whatever_their_line_ends() {
        let bytes =
            b"HTTP/1.1 200 OK\nContent-Type: text/html; charset=koi8-r\r\nTRANSFER-ENCODING: Chunked\r\n\r\n<p>";
        let (response, body) = response(bytes).unwrap();
        assert_eq!((response.status, response.is_chunked), (200, true));
        assert_eq!(response.content_type.as_deref(), Some("text/html; charset=koi8-r"));
        assert_eq!(body, b"<p>");
    }

    proptest! {
        #[test]
        fn any_answer_has_a_body_or_a_problem(bytes in prop::collection::vec(any::<u8>(), 0..300), kind in 0usize..5) {
            let encoding = ["gzip", "deflate", "br", "zstd", "gzip, br"][kind];
            let head = format!("HTTP/1.1 200\r\nContent-Encoding: {encoding}\r\nTransfer-Encoding: chunked\r\n\r\n");
            let answer = [head.as_bytes(), &bytes].concat();
            let (response, rest) = response(&answer).unwrap();
            prop_assert_eq!(rest, &bytes[..]);
            let meter = Meter::new(1 << 20, 200);
            let body = body(&response, rest, &meter, 1000);
            prop_assert!(body.is_err() || body.unwrap().len() <= 1000);
        }
    }
}
