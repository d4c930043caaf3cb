//! The annotation formats, on a document made by hand.
#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

use rapporteur_text::{Document, EntityTag, TokenAnnotation};
use rapporteur_view::annotation::{conllu, jsonl_line, text};
use serde_json::{Value, json};

/// "Mara Tellin" on one line, then "didn't\tagree." with a tab token that something depends on.
fn document() -> Document {
    let mut builder = Document::builder("Mara  Tellin\n\nShe didn't \"agree\".");
    let empty = TokenAnnotation::default();
    let person = |entity_tag| TokenAnnotation {
        tag: "NNP",
        pos: "PROPN",
        morph: "Number=Sing",
        entity_tag,
        entity_type: "PERSON",
        ..empty
    };
    let space = |text, head| TokenAnnotation {
        text,
        norm: text,
        lemma: text,
        tag: "_SP",
        pos: "SPACE",
        dep: "dep",
        head,
        entity_tag: EntityTag::Outside,
        ..empty
    };
    let word = |text, tag, pos, dep, head| TokenAnnotation {
        text,
        tag,
        pos,
        dep,
        head,
        entity_tag: EntityTag::Outside,
        ..empty
    };
    builder
        .push(TokenAnnotation {
            text: "Mara",
            whitespace: true,
            lemma: "Mara",
            dep: "compound",
            head: 1,
            is_sentence_start: true,
            ..person(EntityTag::Begin)
        })
        .push(TokenAnnotation { ..space(" ", 2) })
        .push(TokenAnnotation { text: "Tellin", lemma: "Tellin", dep: "ROOT", head: 2, ..person(EntityTag::Inside) })
        .push(space("\n\n", 2))
        .push(TokenAnnotation {
            whitespace: true,
            is_sentence_start: true,
            morph: "Person=3|Case=Nom",
            lemma: "she",
            ..word("She", "PRP", "PRON", "nsubj", 8)
        })
        .push(word("did", "VBD", "AUX", "aux", 8))
        .push(TokenAnnotation { whitespace: true, norm: "not", lemma: "not", ..word("n't", "RB", "PART", "neg", 8) })
        .push(word("\"", "``", "PUNCT", "punct", 8))
        .push(word("agree", "VB", "VERB", "ROOT", 8))
        .push(word("\"", "''", "PUNCT", "punct", 8))
        .push(word(".", ".", "PUNCT", "punct", 8));
    builder.finish().unwrap()
}

#[test]
fn a_json_line_has_twelve_columns_a_token() {
    let line = jsonl_line("a \"name\"", &document());
    assert!(!line.contains('\n'));
    let value: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(value["id"], "a \"name\"");
    assert_eq!(
        value["tokens"][0],
        json!(["Mara", " ", "mara", "NNP", "PROPN", "Number=Sing", "Mara", "compound", 1, 1, "B", "PERSON"])
    );
    assert_eq!(value["tokens"][3], json!(["\n\n", "", "\n\n", "_SP", "SPACE", "", "\n\n", "dep", 2, 0, "O", ""]));
    assert_eq!(value["tokens"][6], json!(["n't", " ", "not", "RB", "PART", "", "not", "neg", 8, 0, "O", ""]));
    assert_eq!(value["tokens"].as_array().unwrap().len(), document().len());
}

#[test]
fn conllu_leaves_out_white_space_and_counts_anew() {
    let expected = "\
# newdoc id = two_words
# sent_id = two_words-1
# text = Mara Tellin
1\tMara\tMara\tPROPN\tNNP\tNumber=Sing\t2\tcompound\t_\tNER=B-PERSON
2\tTellin\tTellin\tPROPN\tNNP\tNumber=Sing\t0\troot\t_\tNER=I-PERSON

# sent_id = two_words-2
# text = She didn't \"agree\".
1\tShe\tshe\tPRON\tPRP\tCase=Nom|Person=3\t5\tnsubj\t_\t_
2\tdid\tdid\tAUX\tVBD\t_\t5\taux\t_\tSpaceAfter=No
3\tn't\tnot\tPART\tRB\t_\t5\tneg\t_\t_
4\t\"\t\"\tPUNCT\t``\t_\t5\tpunct\t_\tSpaceAfter=No
5\tagree\tagree\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
6\t\"\t\"\tPUNCT\t''\t_\t5\tpunct\t_\tSpaceAfter=No
7\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_

";
    assert_eq!(conllu("two words", &document()), expected);
}

#[test]
fn conllu_keeps_one_root_where_the_root_was_white_space() {
    let mut builder = Document::builder("\na b");
    builder.push(TokenAnnotation { text: "\n", dep: "ROOT", head: 0, is_sentence_start: true, ..Default::default() });
    builder.push(TokenAnnotation { text: "a", whitespace: true, dep: "nsubj", head: 0, ..Default::default() });
    builder.push(TokenAnnotation { text: "b", dep: "dobj", head: 0, ..Default::default() });
    let conllu = conllu("x", &builder.finish().unwrap());
    assert!(conllu.contains("1\ta\ta\t_\t_\t_\t0\troot\t_\t_\n2\tb\tb\t_\t_\t_\t1\tdobj\t_\t_\n"), "{conllu}");
}

#[test]
fn an_empty_document_is_written_too() {
    let doc = Document::builder("").finish().unwrap();
    assert_eq!(jsonl_line("x", &doc), r#"{"id":"x","tokens":[]}"#);
    assert_eq!(conllu("x", &doc), "# newdoc id = x\n\n");
    assert!(text("x", &doc).starts_with("x: 0 tokens, 0 sentences"));
}

#[test]
fn the_table_reads_as_a_table() {
    let expected = "\
two words: 11 tokens, 2 sentences

sentence 1: Mara Tellin

  #  token   lemma   pos    tag  relation  head  entity
  0  Mara    Mara    PROPN  NNP  compound  1     B-PERSON
  2  Tellin  Tellin  PROPN  NNP  ROOT            I-PERSON

sentence 2: She didn't \"agree\".
";
    let table = text("two words", &document());
    assert!(table.starts_with(expected), "{table}");
}
