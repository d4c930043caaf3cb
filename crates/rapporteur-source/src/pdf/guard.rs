//! What is done to a document before the library reads it, since the library trusts what it reads.

use flate2::bufread::ZlibDecoder;
use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

/// No stream of text is longer; those of pictures are not unpacked.
const MAX_STREAM_BYTES: u64 = 64 * 1024 * 1024;
const MAX_TOTAL_BYTES: u64 = 512 * 1024 * 1024;
/// A book has some thousands.
const MAX_STREAMS: usize = 200_000;
/// Compressed streams inside compressed streams: more than one is a trick.
const MAX_LAYERS: usize = 3;
/// Forms use forms two or three deep.
const MAX_FORM_DEPTH: usize = 12;

/// Whether a compressed stream of the document, or all together, expand to more than a document of news can hold. Looks
/// at the bytes alone, since loading a document unpacks streams already.
pub(super) fn expands_too_much(bytes: &[u8]) -> bool {
    let mut left = MAX_TOTAL_BYTES;
    let mut at = 0;
    let mut buffer = vec![0; 64 * 1024];
    let mut n_streams = 0;
    while let Some(found) = find(&bytes[at..], b"stream") {
        at += found + b"stream".len();
        let data = &bytes[at..];
        let data = data.strip_prefix(b"\r\n").or_else(|| data.strip_prefix(b"\n")).unwrap_or(data);
        if !is_zlib(data) {
            continue;
        }
        n_streams += 1;
        if n_streams > MAX_STREAMS {
            return true;
        }
        match expanded_len(data, left.min(MAX_STREAM_BYTES), 1, &mut buffer) {
            Some(len) => left = left.saturating_sub(len),
            None => return true,
        }
    }
    left == 0
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window == word)
}

/// The header of RFC 1950: the method, and a check sum over both bytes.
fn is_zlib(data: &[u8]) -> bool {
    matches!(data, [first, second, ..] if first & 0x0f == 8 && (u16::from(*first) << 8 | u16::from(*second)) % 31 == 0)
}

/// How many bytes the data expand to, those of streams inside it too; `None` where they are more than `limit`.
fn expanded_len(data: &[u8], limit: u64, layer: usize, buffer: &mut [u8]) -> Option<u64> {
    if layer > MAX_LAYERS {
        return None;
    }
    let mut decoder = ZlibDecoder::new(data).take(limit + 1);
    let mut start = Vec::new();
    let mut len = 0;
    // Data that are damaged end where the damage is.
    while let Ok(n_bytes @ 1..) = decoder.read(buffer) {
        if len == 0 {
            start.extend_from_slice(&buffer[..n_bytes.min(2)]);
        }
        len += n_bytes as u64;
        if len > limit {
            return None;
        }
    }
    if is_zlib(&start) {
        let mut inner = Vec::new();
        ZlibDecoder::new(data).take(len).read_to_end(&mut inner).ok();
        return Some(len + expanded_len(&inner, limit - len, layer + 1, buffer)?);
    }
    Some(len)
}

/// Takes out of a document what the library would not come through: pictures, which it takes for text, forms that hold
/// themselves, and pages that stand above themselves.
pub(super) fn make_safe(document: &mut Document) {
    let empty = || {
        let mut dictionary = Dictionary::new();
        dictionary.set("Subtype", Object::Name(b"Form".to_vec()));
        Object::Stream(Stream::new(dictionary, Vec::new()))
    };
    let is_picture = |object: &Object| match object {
        Object::Stream(stream) => {
            stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Image")
        }
        _ => false,
    };
    let pictures: Vec<ObjectId> =
        document.objects.iter().filter(|(_, object)| is_picture(object)).map(|(id, _)| *id).collect();
    for id in pictures {
        document.objects.insert(id, empty());
    }
    let forms = forms(document);
    for id in too_deep(&forms) {
        document.objects.insert(id, empty());
    }
    let ids: Vec<ObjectId> = document.objects.keys().copied().collect();
    for id in ids {
        if is_own_ancestor(document, id)
            && let Some(Object::Dictionary(dictionary)) = document.objects.get_mut(&id)
        {
            dictionary.remove(b"Parent");
        }
    }
}

/// The forms of a document with the streams that each can show.
fn forms(document: &Document) -> BTreeMap<ObjectId, BTreeSet<ObjectId>> {
    let mut named = BTreeSet::new();
    document.objects.values().for_each(|object| collect_named(document, object, &mut named));
    let mut forms = BTreeMap::new();
    for (id, object) in &document.objects {
        let Object::Stream(stream) = object else { continue };
        let resources = stream.dict.get(b"Resources").ok().and_then(|object| dictionary_of(document, object));
        let shown = match resources {
            Some(resources) => {
                let shown = resources.get(b"XObject").ok().and_then(|object| dictionary_of(document, object));
                shown
                    .into_iter()
                    .flat_map(|shown| shown.iter())
                    .filter_map(|(_, object)| target(document, object))
                    .collect()
            }
            // It shows what its page does, which may be itself.
            None if named.contains(id) && shows_something(stream) => BTreeSet::from([*id]),
            None => BTreeSet::new(),
        };
        forms.insert(*id, shown);
    }
    forms
}

/// The streams that some dictionary of resources names as something to show. The content of a page is none of them.
fn collect_named(document: &Document, object: &Object, named: &mut BTreeSet<ObjectId>) {
    let dictionary = match object {
        Object::Dictionary(dictionary) => dictionary,
        Object::Stream(stream) => &stream.dict,
        _ => return,
    };
    for (key, value) in dictionary.iter() {
        if key == b"XObject"
            && let Some(shown) = dictionary_of(document, value)
        {
            named.extend(shown.iter().filter_map(|(_, object)| target(document, object)));
        }
        // Dictionaries inside each other are as deep as the parser of the library goes.
        collect_named(document, value, named);
    }
}

/// Whether the content has the operator that shows a form. What was unpacked is bounded by then.
fn shows_something(stream: &Stream) -> bool {
    let content = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
    find(&content, b"Do").is_some()
}

/// What a reference leads to, over other references too.
fn target(document: &Document, object: &Object) -> Option<ObjectId> {
    let mut id = object.as_reference().ok()?;
    for _ in 0..MAX_REFERENCES {
        match document.objects.get(&id) {
            Some(Object::Reference(next)) => id = *next,
            _ => break,
        }
    }
    Some(id)
}

/// References to references are allowed and never seen.
const MAX_REFERENCES: usize = 16;

fn dictionary_of<'d>(document: &'d Document, object: &'d Object) -> Option<&'d Dictionary> {
    match object {
        Object::Reference(id) => document.get_object(*id).and_then(Object::as_dict).ok(),
        object => object.as_dict().ok(),
    }
}

/// The forms inside which others stand in a circle or too deep. Each round keeps those that show one of the last round.
fn too_deep(forms: &BTreeMap<ObjectId, BTreeSet<ObjectId>>) -> BTreeSet<ObjectId> {
    let mut left: BTreeSet<ObjectId> = forms.keys().copied().collect();
    for _ in 0..MAX_FORM_DEPTH {
        let shows_one = |id: &ObjectId| forms[id].iter().any(|shown| left.contains(shown));
        left = left.iter().filter(|id| shows_one(id)).copied().collect();
    }
    left
}

/// Whether following `Parent` from here leads nowhere in as many steps as page trees are deep.
fn is_own_ancestor(document: &Document, start: ObjectId) -> bool {
    let mut id = start;
    for _ in 0..MAX_PARENTS {
        let parent = document.objects.get(&id).and_then(|object| object.as_dict().ok());
        match parent.and_then(|dictionary| dictionary.get(b"Parent").ok()).and_then(|p| p.as_reference().ok()) {
            Some(parent) => id = parent,
            None => return false,
        }
    }
    true
}

/// Page trees are balanced: a million pages are 10 deep with four to a node.
const MAX_PARENTS: usize = 64;
