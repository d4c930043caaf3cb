//! W3C Web Annotations (<https://www.w3.org/TR/annotation-model/>): each place that an item of the story rests on, as an
//! annotation of its article with its position and its words.

use crate::Error;
use crate::source::{Texts, each_row, integer, text};
use rapporteur_store::{Cell, SqlReader};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::Write;

/// How a file of annotations begins.
pub const ANNOTATIONS_START: &str =
    "{\"@context\":[\"http://www.w3.org/ns/anno.jsonld\",{\"rapporteur\":\"urn:x-rapporteur:term:\"}]";
/// Code points beside the words that tell their place where the article has changed.
const N_AROUND: usize = 32;
const ALL_PLACES: &str = "SELECT DISTINCT item, layer, part, article, start, \"end\", words FROM place";
/// What an item is, by the view it stands in.
const KINDS: &str = "SELECT id, kind FROM actor UNION ALL SELECT id, class FROM utterance UNION ALL
    SELECT id, type FROM happening UNION ALL SELECT id, standing FROM issue UNION ALL SELECT id, stance FROM position
    UNION ALL SELECT id, kind FROM timeline UNION ALL SELECT id, kind FROM tension";

/// Writes all annotations and gives their number.
pub(crate) fn write((sql, texts): (&mut SqlReader, &mut Texts), out: &mut (dyn Write + Send)) -> Result<usize, Error> {
    let mut kinds: HashMap<String, String> = HashMap::new();
    each_row(sql, KINDS, &mut |row| {
        if let [Cell::Text(id), Cell::Text(kind)] = &row[..] {
            kinds.insert(id.clone(), kind.clone());
        }
        Ok(())
    })?;
    let mut articles: HashMap<String, Value> = HashMap::new();
    each_row(sql, "SELECT id, name, title, outlet, url, published, location, language FROM article", &mut |row| {
        let id = text(&row[0]).unwrap_or_default();
        articles.insert(id.to_string(), source(id, &row));
        Ok(())
    })?;
    let mut n_all = 0;
    each_row(sql, &format!("SELECT count(*) FROM ({ALL_PLACES})"), &mut |row| {
        n_all = integer(&row[0]).unwrap_or_default();
        Ok(())
    })?;
    let collection = "urn:x-rapporteur:annotations";
    write!(
        out,
        "{ANNOTATIONS_START},\"id\":\"{collection}\",\"type\":\"AnnotationCollection\",\"total\":{n_all},\n\
        \"first\":{{\"id\":\"{collection}:1\",\"type\":\"AnnotationPage\",\"partOf\":\"{collection}\",\"startIndex\":0,\n\"items\":["
    )?;
    let mut n_written = 0;
    let question = format!("{ALL_PLACES} ORDER BY article, start, \"end\", layer, item, part");
    each_row(sql, &question, &mut |row| {
        out.write_all(if n_written == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &annotation(&row, &kinds, &articles, texts)?)?;
        n_written += 1;
        Ok(())
    })?;
    out.write_all(b"\n]}}\n")?;
    out.flush()?;
    Ok(n_written)
}

/// The article that is annotated. Positions are those of its text as the case has it, and not of the page that it was read
/// from, so that the address of the page is not what names it.
fn source(id: &str, row: &[Cell]) -> Value {
    let mut source = json!({
        "id": format!("urn:x-rapporteur:article:{}", name(id)), "type": "Text", "format": "text/plain",
        "rapporteur:article": id,
    });
    for (field, at) in [("name", 1), ("title", 2), ("outlet", 3), ("url", 4), ("published", 5), ("location", 6)] {
        if let Some(value) = text(&row[at]) {
            source[format!("rapporteur:{field}")] = json!(value);
        }
    }
    if let Some(language) = text(&row[7]) {
        source["language"] = json!(language);
    }
    source
}

fn annotation(
    row: &[Cell],
    kinds: &HashMap<String, String>,
    articles: &HashMap<String, Value>,
    texts: &mut Texts,
) -> Result<Value, Error> {
    let [item, layer, part, article, start, end, words] = row else {
        return Err(Error::defect("a place lacks a column"));
    };
    let (Some(item), Some(layer), Some(article), Some(words)) = (text(item), text(layer), text(article), text(words))
    else {
        return Err(Error::defect("a place has no item, article or words"));
    };
    let number = |cell| integer(cell).unwrap_or_default();
    let (part, start, end) = (number(part), number(start), number(end));
    texts.check(article, start, end, words)?;
    let place = |position: i64| usize::try_from(position).unwrap_or_default();
    let (prefix, suffix) = texts.of(article)?.around(place(start), place(end), N_AROUND);
    let kind = kinds.get(item);
    let tag = kind.map_or_else(|| layer.to_string(), |kind| format!("{layer}: {kind}"));
    Ok(json!({
        "id": format!("urn:x-rapporteur:place:{}:{}:{start}-{end}:{part}", name(item), name(article)),
        "type": "Annotation",
        "motivation": "identifying",
        "body": [
            { "type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": tag },
            {
                "type": "SpecificResource", "purpose": "identifying",
                "source": format!("urn:x-rapporteur:item:{}", name(item)),
                "rapporteur:item": item, "rapporteur:layer": layer, "rapporteur:kind": kind, "rapporteur:part": part,
            },
        ],
        "target": {
            "type": "SpecificResource",
            "source": articles.get(article),
            "selector": [
                { "type": "TextPositionSelector", "start": start, "end": end },
                { "type": "TextQuoteSelector", "exact": words, "prefix": prefix, "suffix": suffix },
            ],
        },
    }))
}

/// An id as a part of a URN (RFC 8141): what may not stand there is percent-encoded, the colon as well, which parts.
pub(crate) fn name(id: &str) -> String {
    let mut name = String::with_capacity(id.len());
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => name.push(char::from(byte)),
            _ => name.push_str(&format!("%{byte:02X}")),
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn ids_are_parts_of_a_urn() {
        assert_eq!(name("utterance/36/s1-2"), "utterance/36/s1-2");
        assert_eq!(name("person/o'é:?#\" <"), "person/o%27%C3%A9%3A%3F%23%22%20%3C");
    }
}
