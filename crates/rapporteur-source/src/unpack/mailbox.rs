//! Mailboxes: one mail after the other, each behind a line that begins with `From ` (RFC 4155).

use super::bounded::{self, Line};
use super::{Flow, Place, Problem, Unpacker, mail};
use std::io::BufRead;
use std::ops::ControlFlow;

pub(super) fn read(unpacker: &mut Unpacker, place: &Place, reader: &mut dyn BufRead) -> Flow {
    let limit = unpacker.options.max_entry_bytes;
    let mut number = 0;
    let mut mail = Vec::new();
    let mut is_too_long = false;
    let mut is_after_blank = true;
    loop {
        let line = match bounded::line(reader, limit) {
            Ok(line) => line,
            Err(error) => {
                finish(unpacker, place, number, std::mem::take(&mut mail), is_too_long)?;
                return unpacker.skip(&place.numbered(number + 1), error.into());
            }
        };
        match line {
            Line::End => return finish(unpacker, place, number, mail, is_too_long),
            Line::TooLong => is_too_long = true,
            Line::Whole(line) if is_after_blank && line.starts_with(b"From ") => {
                finish(unpacker, place, number, std::mem::take(&mut mail), is_too_long)?;
                number += 1;
                is_too_long = false;
            }
            Line::Whole(line) => {
                is_after_blank = line.trim_ascii().is_empty();
                is_too_long |= mail.len() + line.len() > limit;
                if is_too_long {
                    mail = Vec::new();
                } else {
                    mail.extend_from_slice(unquoted(&line));
                }
            }
        }
    }
}

fn finish(unpacker: &mut Unpacker, place: &Place, number: usize, mail: Vec<u8>, is_too_long: bool) -> Flow {
    let own_place = place.numbered(number);
    if is_too_long {
        return unpacker.skip(&own_place, Problem::too_long(unpacker.options.max_entry_bytes));
    }
    if mail.trim_ascii().is_empty() {
        return ControlFlow::Continue(());
    }
    mail::read_held(unpacker, &own_place, false, &mail)
}

/// Lines of a mail that begin with `From `, whatever marks stand before it, are written with one more mark.
fn unquoted(line: &[u8]) -> &[u8] {
    let n_marks = line.iter().take_while(|byte| **byte == b'>').count();
    if n_marks > 0 && line[n_marks..].starts_with(b"From ") { &line[1..] } else { line }
}
