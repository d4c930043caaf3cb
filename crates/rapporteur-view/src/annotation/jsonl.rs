use rapporteur_text::{Document, Token};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::ser::{Serialize, SerializeSeq, SerializeStruct, Serializer};

/// The annotation of one document as one line of JSON, without a line break at the end.
///
/// `{"id": …, "tokens": [[text, whitespace, norm, tag, pos, morph, lemma, dep, head, sentence start,
/// ent_iob, ent_type], …]}`: the whitespace is `" "` or `""`, the head is the index of the head
/// token (of the token itself for a root), the sentence start is 1 or 0, and `ent_iob` is `I`, `O`,
/// `B`, or empty where no entity recogniser ran.
pub fn jsonl_line(id: &str, doc: &Document) -> String {
    serde_json::to_string(&Line { id, doc }).expect("strings and numbers are JSON")
}

/// What [`jsonl_line`] writes, which does so without making anything first.
#[derive(JsonSchema)]
#[schemars(rename = "Annotation")]
#[expect(dead_code, reason = "it only tells the shape")]
struct Shape {
    id: String,
    tokens: Vec<TokenShape>,
}

/// Text, whitespace, norm, tag, pos, morph, lemma, dep, head, sentence start, ent_iob, ent_type.
type TokenShape =
    (String, String, String, String, String, String, String, String, usize, SentenceStart, String, String);

/// 1 where a sentence starts, else 0.
#[derive(JsonSchema)]
#[schemars(inline, extend("minimum" = 0, "maximum" = 1))]
#[expect(dead_code, reason = "it only tells the shape")]
struct SentenceStart(u8);

/// The schema of an annotation.
pub fn schema(generator: SchemaGenerator) -> Schema {
    generator.into_root_schema_for::<Shape>()
}

struct Line<'d> {
    id: &'d str,
    doc: &'d Document,
}

struct Tokens<'d>(&'d Document);

struct Row<'d>(Token<'d>);

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut line = serializer.serialize_struct("Line", 2)?;
        line.serialize_field("id", self.id)?;
        line.serialize_field("tokens", &Tokens(self.doc))?;
        line.end()
    }
}

impl Serialize for Tokens<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.tokens().map(Row))
    }
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let token = self.0;
        let mut row = serializer.serialize_seq(Some(12))?;
        let strings = [
            token.text(),
            token.whitespace(),
            token.norm(),
            token.tag(),
            token.pos(),
            token.morph(),
            token.lemma(),
            token.dep(),
        ];
        for string in strings {
            row.serialize_element(string)?;
        }
        row.serialize_element(&token.head().idx())?;
        row.serialize_element(&u8::from(token.idx() == 0 || token.is_sentence_start()))?;
        row.serialize_element(token.entity_tag().as_str())?;
        row.serialize_element(token.entity_type())?;
        row.end()
    }
}
