//! The text of PDF documents.
//!
//! A PDF holds marks at places, not paragraphs. The library gives the lines of each page; [`pages`] makes paragraphs of
//! them. What a document may do to the library is limited first: see [`guard`].

mod guard;
mod pages;

use pages::joined;

use crate::decode::{Decoded, Refusal};
use pdf_extract::{Document, MediaBox, OutputDev, OutputError, PlainTextOutput, Transform};
use rapporteur_model::{Diagnostic, Encoding};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// Whether the bytes are a document: the first line may have some bytes before it (ISO 32000-1, annex H, note 13).
pub(crate) fn is_pdf(bytes: &[u8]) -> bool {
    let near = &bytes[..bytes.len().min(1024)];
    bytes.starts_with(b"%PDF-") || (near.contains(&0) && near.windows(5).any(|window| window == b"%PDF-"))
}

/// The longest document looked at, a manual of 36 pages, takes a third of a second without optimisation; a document that
/// takes this long was made to.
const MAX_TIME: Duration = Duration::from_secs(30);
/// More text than any book has.
const MAX_CHARS: usize = 8 * 1024 * 1024;
const MAX_PAGES: usize = 5000;
/// The library follows nested objects by calls.
const STACK_BYTES: usize = 64 * 1024 * 1024;
const THREAD_NAME: &str = "pdf";

/// Reads the text of a document.
///
/// # Errors
/// Where there is none: a scan, an encrypted or damaged document, or one that expands or takes too much.
pub(crate) fn text(bytes: &[u8]) -> Result<Decoded, Refusal> {
    let refusal = |reason: &str, hint: &str| (reason.to_string(), Some(hint.to_string()));
    if guard::expands_too_much(bytes) {
        return Err(refusal("a PDF document that expands to far more than its length", "save its text yourself"));
    }
    be_quiet_about_documents();
    let (sender, receiver) = channel();
    let owned = bytes.to_vec();
    let reader = thread::Builder::new().name(THREAD_NAME.to_string()).stack_size(STACK_BYTES).spawn(move || {
        let pages = catch_unwind(AssertUnwindSafe(|| read_pages(&owned))).unwrap_or(Err(Failure::Damaged));
        // Whoever asked may have given up.
        let _ = sender.send(pages);
    });
    if reader.is_err() {
        return Err(refusal("no memory to read a PDF document", "read it alone"));
    }
    // The reader stops soon after its own limit; what hangs in the library is left behind.
    let pages = match receiver.recv_timeout(MAX_TIME + Duration::from_secs(2)) {
        Ok(Ok(pages)) => pages,
        Ok(Err(Failure::Encrypted)) => {
            return Err(refusal("an encrypted PDF document", "open it with its password and save its text"));
        }
        Ok(Err(Failure::Damaged)) | Err(RecvTimeoutError::Disconnected) => {
            return Err(refusal("a PDF document that is damaged or cut off", "fetch it again, or save its text"));
        }
        Ok(Err(Failure::TooLong)) | Err(RecvTimeoutError::Timeout) => {
            return Err(refusal("a PDF document that takes too long to read", "save its text yourself"));
        }
    };
    let text = joined(&pages.texts);
    if text.trim().is_empty() {
        let hint = "it may be a scan: recognise its text first, for example with ocrmypdf";
        return Err(refusal("a PDF document without text", hint));
    }
    let mut diagnostics = Vec::new();
    if pages.n_lost > 0 {
        diagnostics.push(Diagnostic {
            span: None,
            message: format!("{} of {} pages of the document could not be read", pages.n_lost, pages.n_pages),
            hint: Some("look at the document itself".to_string()),
        });
    }
    Ok(Decoded { text, encoding: Encoding::Utf8, diagnostics })
}

struct Pages {
    texts: Vec<String>,
    n_pages: usize,
    n_lost: usize,
}

enum Failure {
    Encrypted,
    Damaged,
    TooLong,
}

fn read_pages(bytes: &[u8]) -> Result<Pages, Failure> {
    let deadline = Instant::now() + MAX_TIME;
    let mut document = Document::load_mem(bytes).map_err(|_| Failure::Damaged)?;
    if document.is_encrypted() && document.decrypt("").is_err() {
        return Err(Failure::Encrypted);
    }
    guard::make_safe(&mut document);
    let numbers: Vec<u32> = document.get_pages().into_keys().collect();
    let mut pages = Pages { texts: Vec::new(), n_pages: numbers.len(), n_lost: 0 };
    let mut n_chars_left = MAX_CHARS;
    for number in numbers.iter().take(MAX_PAGES) {
        let mut text = String::new();
        let read = catch_unwind(AssertUnwindSafe(|| {
            let output = PlainTextOutput::new(&mut text);
            let mut output = Bounded { output, n_chars_left: &mut n_chars_left, deadline };
            pdf_extract::output_doc_page(&document, &mut output, *number)
        }));
        // Of a page that breaks off, the text before the break is kept.
        pages.n_lost += usize::from(!matches!(read, Ok(Ok(()))));
        pages.texts.push(text);
    }
    pages.n_lost += numbers.len().saturating_sub(MAX_PAGES);
    // A document is read whole or not at all: how fast the machine is must not show in its text.
    if Instant::now() >= deadline { Err(Failure::TooLong) } else { Ok(pages) }
}

/// Stops writing when the text or the time is too much.
struct Bounded<'o> {
    output: PlainTextOutput<&'o mut String>,
    n_chars_left: &'o mut usize,
    deadline: Instant,
}

impl Bounded<'_> {
    fn check(&mut self) -> Result<(), OutputError> {
        *self.n_chars_left = self.n_chars_left.saturating_sub(1);
        if *self.n_chars_left == 0 || Instant::now() > self.deadline {
            return Err(OutputError::FormatError(std::fmt::Error));
        }
        Ok(())
    }
}

impl OutputDev for Bounded<'_> {
    fn begin_page(
        &mut self,
        number: u32,
        media: &MediaBox,
        art: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.output.begin_page(number, media, art)
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        self.output.end_page()
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        spacing: f64,
        size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        self.check()?;
        self.output.output_character(place, width, spacing, size, text)
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        self.check()?;
        self.output.begin_word()
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        self.output.end_word()
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        self.output.end_line()
    }
}

/// The library panics on odd documents, which is caught and told as a page that could not be read; the message of the
/// panic itself says nothing to a user.
fn be_quiet_about_documents() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if thread::current().name() != Some(THREAD_NAME) {
                usual(info);
            }
        }));
    });
}
