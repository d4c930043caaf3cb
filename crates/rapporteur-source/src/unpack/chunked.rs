//! Bodies in chunks (RFC 9112, section 7.1).

/// The body that the chunks make; `None` where the bytes are no chunks. Where they are cut off, what came.
pub(crate) fn joined(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    let mut rest = bytes;
    let mut is_first = true;
    while !rest.is_empty() {
        let line_end = rest.iter().take(MAX_LINE_BYTES).position(|byte| *byte == b'\n');
        let len = line_end.and_then(|end| chunk_len(&rest[..end]));
        let Some((end, len)) = line_end.zip(len) else {
            return if is_first { None } else { Some(body) };
        };
        is_first = false;
        if len == 0 {
            break;
        }
        let chunk = &rest[end + 1..];
        let n_bytes = len.min(chunk.len());
        body.extend_from_slice(&chunk[..n_bytes]);
        rest = &chunk[n_bytes..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
    Some(body)
}

/// A length, and extensions that nobody uses.
const MAX_LINE_BYTES: usize = 256;

fn chunk_len(line: &[u8]) -> Option<usize> {
    let digits = line.split(|byte| *byte == b';').next()?.trim_ascii();
    usize::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn chunks_are_joined_and_what_is_none_is_left() {
        assert_eq!(joined(b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n").unwrap(), b"abcde");
        assert_eq!(joined(b"5\r\nabc").unwrap(), b"abc");
        assert_eq!(joined(b"<html>\n<p>"), None);
        assert_eq!(joined(b""), Some(Vec::new()));
    }

    proptest! {
        #[test]
        fn any_bytes_are_chunks_or_none(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(joined(&bytes).is_none_or(|body| body.len() <= bytes.len()));
        }

        #[test]
        fn what_is_cut_into_chunks_comes_back(body in prop::collection::vec(any::<u8>(), 0..200), len in 1usize..50) {
            let mut bytes = Vec::new();
            for chunk in body.chunks(len) {
                bytes.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
                bytes.extend_from_slice(chunk);
                bytes.extend_from_slice(b"\r\n");
            }
            bytes.extend_from_slice(b"0\r\n\r\n");
            prop_assert_eq!(joined(&bytes).unwrap(), body);
        }
    }
}
