//! Containers in UTF-16 are read as UTF-8; a byte order mark before one is dropped.

use crate::kinds::Kind;
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::io::{self, Read};

/// What has to be undone before a container can be read. Articles keep their bytes.
pub(super) fn encoding_to_undo(head: &[u8], kind: Kind) -> Option<&'static Encoding> {
    let is_text_container =
        matches!(kind, Kind::JsonLines | Kind::Json | Kind::Table | Kind::Mail | Kind::ArchivedPage);
    let (encoding, _) = Encoding::for_bom(head)?;
    // The reader of feeds knows its encodings.
    (is_text_container && [UTF_8, UTF_16LE, UTF_16BE].contains(&encoding)).then_some(encoding)
}

/// A reader of UTF-8 over one of another encoding.
pub(super) struct Transcoded<R> {
    reader: R,
    decoder: Decoder,
    read: Vec<u8>,
    n_read: usize,
    is_end: bool,
    decoded: Vec<u8>,
    n_given: usize,
}

const BUFFER_BYTES: usize = 16 * 1024;
/// A code unit of UTF-16 gives up to three bytes of UTF-8; the decoder asks for some more.
const DECODED_BYTES: usize = 2 * BUFFER_BYTES;

impl<R: Read> Transcoded<R> {
    pub(super) fn new(reader: R, encoding: &'static Encoding) -> Self {
        Transcoded {
            reader,
            decoder: encoding.new_decoder(),
            read: vec![0; BUFFER_BYTES],
            n_read: 0,
            is_end: false,
            decoded: Vec::with_capacity(DECODED_BYTES),
            n_given: 0,
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        while self.n_given == self.decoded.len() && !self.is_end {
            let n_bytes = self.reader.read(&mut self.read[self.n_read..])?;
            self.is_end = n_bytes == 0;
            let n_held = self.n_read + n_bytes;
            self.decoded.resize(DECODED_BYTES, 0);
            let (_, n_used, n_decoded, _) =
                self.decoder.decode_to_utf8(&self.read[..n_held], &mut self.decoded, self.is_end);
            self.decoded.truncate(n_decoded);
            self.n_given = 0;
            self.read.copy_within(n_used..n_held, 0);
            self.n_read = n_held - n_used;
        }
        Ok(())
    }
}

impl<R: Read> Read for Transcoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.fill()?;
        let given = &self.decoded[self.n_given..];
        let n_bytes = given.len().min(buffer.len());
        buffer[..n_bytes].copy_from_slice(&given[..n_bytes]);
        self.n_given += n_bytes;
        Ok(n_bytes)
    }
}
