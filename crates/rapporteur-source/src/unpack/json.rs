//! JSON Lines and JSON: one object, an array of them, or an object that holds one.

use super::bounded::{self, Line};
use super::tally::Tally;
use super::{About, Flow, Place, Problem, Unpacker, feed, records};
use crate::fields::Record;
use serde_json::Value;
use std::io::{self, BufRead};
use std::ops::ControlFlow;

/// A line for each article. A line that cannot be read is told, and the next is read.
pub(super) fn read_lines(unpacker: &mut Unpacker, place: &Place, reader: &mut dyn BufRead) -> Flow {
    let mut tally = Tally::default();
    let limit = unpacker.options.max_entry_bytes;
    for number in 1.. {
        let line = match bounded::line(reader, limit) {
            Ok(Line::End) => break,
            Ok(line) => line,
            Err(error) => {
                unpacker.skip(&place.numbered(number), error.into())?;
                break;
            }
        };
        let own_place = place.numbered(number);
        match line {
            Line::Whole(line) if line.trim_ascii().is_empty() => {}
            Line::Whole(line) => give(unpacker, &mut tally, &own_place, line.trim_ascii())?,
            Line::TooLong | Line::End => tally.skip(unpacker, &own_place, Problem::too_long(limit))?,
        }
    }
    tally.finish(unpacker, place, "lines")
}

/// Values one after the other, or the elements of an array. A single object may be an article or hold an array of them.
pub(super) fn read(unpacker: &mut Unpacker, place: &Place, reader: &mut dyn BufRead) -> Flow {
    let mut tally = Tally::default();
    let mut values = Values::new(reader, unpacker.options.max_entry_bytes);
    let mut next = values.next();
    for number in 1.. {
        let Some(value) = next.take() else { break };
        next = values.next();
        let is_only = number == 1 && next.is_none() && !values.is_array;
        let own_place = if is_only { place.clone() } else { place.numbered(number) };
        match value {
            Ok(value) if is_only => read_object(unpacker, &mut tally, place, value)?,
            Ok(value) => give(unpacker, &mut tally, &own_place, &value)?,
            Err(problem) => tally.skip(unpacker, &own_place, problem)?,
        }
    }
    tally.finish(unpacker, place, "records")
}

fn give(unpacker: &mut Unpacker, tally: &mut Tally, place: &Place, bytes: &[u8]) -> Flow {
    match parse(bytes) {
        Ok(value) => give_value(unpacker, tally, place, value),
        Err(problem) => tally.skip(unpacker, place, problem),
    }
}

/// Hands on a value that is an article.
pub(super) fn give_value(unpacker: &mut Unpacker, tally: &mut Tally, place: &Place, value: Value) -> Flow {
    match value {
        Value::Object(_) => records::give(unpacker, tally, place, record_of(value), "field"),
        // A list of texts is a list of articles.
        Value::String(text) if !text.trim().is_empty() => unpacker.give(place, text.into_bytes(), About::default()),
        _ => {
            let problem = Problem::new("a value that is neither an object nor a text", "an article is an object");
            tally.skip(unpacker, place, problem)
        }
    }
}

/// A single object: a feed, an article, or one that holds an array of articles, as the answers of news services do.
fn read_object(unpacker: &mut Unpacker, tally: &mut Tally, place: &Place, bytes: Vec<u8>) -> Flow {
    let value = match parse(&bytes) {
        Ok(value) => value,
        Err(problem) => return unpacker.skip(place, problem),
    };
    let version = value.get("version").and_then(Value::as_str).unwrap_or_default();
    if version.contains("jsonfeed.org") {
        return feed::read_held(unpacker, place, &bytes);
    }
    drop(bytes);
    let holds_text = |value: &Value| shape_of(value).names_text(&unpacker.options.fields);
    match array_of_records(&value, &holds_text) {
        Some(path) if !holds_text(&value) => {
            let records = path.into_iter().try_fold(value, |value, key| match value {
                Value::Object(mut object) => object.remove(&key),
                _ => None,
            });
            let Some(Value::Array(records)) = records else { return ControlFlow::Continue(()) };
            for (idx, record) in records.into_iter().enumerate() {
                give_value(unpacker, tally, &place.numbered(idx + 1), record)?;
            }
            ControlFlow::Continue(())
        }
        _ => give_value(unpacker, tally, place, value),
    }
}

/// Where in an object the array of articles stands, as the keys that lead there: the nearest one whose first object has
/// a text, or else the nearest one with objects.
fn array_of_records(value: &Value, holds_text: &dyn Fn(&Value) -> bool) -> Option<Vec<String>> {
    let mut level: Vec<(Vec<String>, &Value)> = vec![(Vec::new(), value)];
    let mut fallback = None;
    for _ in 0..MAX_ARRAY_DEPTH {
        let mut below = Vec::new();
        for (path, value) in level {
            let Value::Object(object) = value else { continue };
            for (key, value) in object.iter().filter(|(key, _)| is_name(key)).take(MAX_FIELDS) {
                let path: Vec<String> = path.iter().chain([key]).cloned().collect();
                match value {
                    Value::Array(values) => match values.iter().find(|value| value.is_object()) {
                        Some(first) if holds_text(first) => return Some(path),
                        Some(_) if fallback.is_none() => fallback = Some(path),
                        _ => {}
                    },
                    Value::Object(_) => below.push((path, value)),
                    _ => {}
                }
            }
        }
        level = below;
    }
    fallback
}

/// Services wrap their answers once or twice: `{"response": {"docs": […]}}`.
const MAX_ARRAY_DEPTH: usize = 3;

fn parse(bytes: &[u8]) -> Result<Value, Problem> {
    let text = String::from_utf8_lossy(bytes);
    serde_json::from_str(&text).map_err(|error| {
        let hint = "check how the file was written; one object a line is safest";
        match error.classify() {
            serde_json::error::Category::Eof => Problem::new("JSON that is cut off", hint),
            _ if error.to_string().contains("recursion") => Problem::new("JSON that is nested too deep", hint),
            _ => Problem::new("not valid JSON", format!("{hint}; it fails at {}", place_in(&error))),
        }
    })
}

fn place_in(error: &serde_json::Error) -> String {
    format!("line {}, column {}", error.line(), error.column())
}

/// The fields of an object, those of objects inside with names such as `source.name`.
fn record_of(value: Value) -> Record {
    let mut record = Record::default();
    push_fields(&mut record, "", value, 0);
    record
}

/// The names alone.
fn shape_of(value: &Value) -> Record {
    let mut record = Record::default();
    push_names(&mut record, "", value, 0);
    record
}

/// Deeper fields are no longer about the article.
const MAX_FIELD_DEPTH: usize = 3;

fn push_fields(record: &mut Record, name: &str, value: Value, depth: usize) {
    match value {
        Value::Object(object) if depth < MAX_FIELD_DEPTH => {
            for (key, value) in object.into_iter().filter(|(key, _)| is_name(key)).take(MAX_FIELDS) {
                push_fields(record, &joined(name, &key), value, depth + 1);
            }
        }
        value => record.push(name, text_of(value).into_bytes()),
    }
}

fn push_names(record: &mut Record, name: &str, value: &Value, depth: usize) {
    match value {
        Value::Object(object) if depth < MAX_FIELD_DEPTH => {
            for (key, value) in object.iter().filter(|(key, _)| is_name(key)).take(MAX_FIELDS) {
                push_names(record, &joined(name, key), value, depth + 1);
            }
        }
        Value::Array(_) => {}
        _ => record.push(name, Vec::new()),
    }
}

/// So many fields of an object are looked at; records of news have some dozens.
const MAX_FIELDS: usize = 10_000;
/// What is longer is no name of a field, and would be repeated in those of all fields inside it.
const MAX_KEY_BYTES: usize = 256;

fn is_name(key: &str) -> bool {
    key.len() <= MAX_KEY_BYTES
}

fn joined(name: &str, key: &str) -> String {
    if name.is_empty() { key.to_string() } else { format!("{name}.{key}") }
}

/// A value as text: the parts of an array are names, or paragraphs where they are long.
fn text_of(value: Value) -> String {
    match value {
        Value::String(text) => text,
        Value::Number(number) => number.to_string(),
        Value::Array(values) => {
            let parts: Vec<String> = values
                .into_iter()
                .map(|value| match value {
                    Value::Object(mut object) => object.remove("name").map(text_of).unwrap_or_default(),
                    Value::String(text) => text,
                    _ => String::new(),
                })
                .filter(|part| !part.trim().is_empty())
                .collect();
            let are_long = parts.iter().any(|part| part.len() > MAX_NAME_BYTES);
            parts.join(if are_long { "\n\n" } else { ", " })
        }
        Value::Null | Value::Bool(_) | Value::Object(_) => String::new(),
    }
}

/// Names of authors are shorter.
const MAX_NAME_BYTES: usize = 80;

/// The values of a stream one after the other, or the elements of the array that it holds, each as its bytes. The
/// nesting is counted and not followed, so that it may be of any depth.
pub(crate) struct Values<'r> {
    reader: &'r mut dyn BufRead,
    limit: usize,
    is_begun: bool,
    is_array: bool,
    is_over: bool,
}

impl<'r> Values<'r> {
    pub(crate) fn new(reader: &'r mut dyn BufRead, limit: usize) -> Self {
        Values { reader, limit, is_begun: false, is_array: false, is_over: false }
    }

    /// The next value; `None` at the end. What is too long is passed over.
    pub(crate) fn next(&mut self) -> Option<Result<Vec<u8>, Problem>> {
        if self.is_over {
            return None;
        }
        match self.find_value() {
            Ok(value) => {
                self.is_over = value.is_none();
                value
            }
            Err(error) => {
                self.is_over = true;
                Some(Err(error.into()))
            }
        }
    }

    fn find_value(&mut self) -> io::Result<Option<Result<Vec<u8>, Problem>>> {
        loop {
            let Some(byte) = self.peek()? else { return Ok(None) };
            match byte {
                b'[' if !self.is_begun => {
                    self.is_array = true;
                    self.reader.consume(1);
                }
                b']' if self.is_array => return Ok(None),
                b',' | b' ' | b'\t' | b'\r' | b'\n' | b']' | b'}' | 0xef | 0xbb | 0xbf => self.reader.consume(1),
                _ => {
                    self.is_begun = true;
                    return self.value().map(Some);
                }
            }
            self.is_begun |= byte == b'[';
        }
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.reader.fill_buf()?.first().copied())
    }

    /// The value that begins here.
    fn value(&mut self) -> io::Result<Result<Vec<u8>, Problem>> {
        let mut scan = Scan::default();
        let mut value = Vec::new();
        let mut is_too_long = false;
        loop {
            let buffer = self.reader.fill_buf()?;
            let (n_bytes, is_end) = match buffer.iter().position(|byte| scan.ends_before(*byte)) {
                _ if buffer.is_empty() => (0, true),
                Some(at) => (at, true),
                None => (buffer.len(), false),
            };
            is_too_long |= value.len() + n_bytes > self.limit;
            if is_too_long {
                value = Vec::new();
            } else {
                value.extend_from_slice(&buffer[..n_bytes]);
            }
            self.reader.consume(n_bytes);
            if is_end {
                return Ok(if is_too_long { Err(Problem::too_long(self.limit)) } else { Ok(value) });
            }
        }
    }
}

/// How far a value has been read.
#[derive(Debug, Default)]
struct Scan {
    depth: u64,
    in_string: bool,
    is_escaped: bool,
    is_closed: bool,
}

impl Scan {
    /// Whether the value ends before this byte.
    fn ends_before(&mut self, byte: u8) -> bool {
        if self.is_closed {
            return true;
        }
        if self.in_string {
            match byte {
                _ if self.is_escaped => self.is_escaped = false,
                b'\\' => self.is_escaped = true,
                b'"' => {
                    self.in_string = false;
                    self.is_closed = self.depth == 0;
                }
                _ => {}
            }
            return false;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' if self.depth == 0 => return true,
            b'}' | b']' => {
                self.depth -= 1;
                self.is_closed = self.depth == 0;
            }
            b',' | b' ' | b'\t' | b'\r' | b'\n' if self.depth == 0 => return true,
            _ => {}
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::BufReader;

    fn values(bytes: &[u8], capacity: usize) -> Vec<Option<Vec<u8>>> {
        let mut reader = BufReader::with_capacity(capacity, bytes);
        let mut values = Values::new(&mut reader, 1000);
        std::iter::from_fn(|| values.next()).map(Result::ok).collect()
    }

    #[test]
    fn values_are_cut_where_they_end() {
        for (text, expected) in [
            ("[{\"a\": \"]}\"}, [1, [2]], \"x\\\"y\", 3 ]", vec!["{\"a\": \"]}\"}", "[1, [2]]", "\"x\\\"y\"", "3"]),
            ("{\"a\": 1}\n{\"b\": 2}", vec!["{\"a\": 1}", "{\"b\": 2}"]),
            ("{\"a\": [1", vec!["{\"a\": [1"]),
            ("]] }", vec![]),
            ("[]", vec![]),
        ] {
            let expected: Vec<_> = expected.into_iter().map(|value| Some(value.as_bytes().to_vec())).collect();
            assert_eq!(values(text.as_bytes(), 64), expected, "{text}");
            assert_eq!(values(text.as_bytes(), 1), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in prop::collection::vec(any::<u8>(), 0..200), capacity in 1usize..20) {
            let found = values(&bytes, capacity);
            prop_assert!(found.len() <= bytes.len());
            prop_assert_eq!(found, values(&bytes, 1000));
        }

        #[test]
        fn an_array_gives_back_its_elements(texts in prop::collection::vec(".{0,20}", 0..10)) {
            let array = serde_json::to_vec(&texts).unwrap();
            let found: Vec<String> =
                values(&array, 7).into_iter().map(|value| serde_json::from_slice(&value.unwrap()).unwrap()).collect();
            prop_assert_eq!(found, texts);
        }
    }
}
