//! Times the stage of time expressions on dated texts of one's own, beside the text stage and the whole extraction, on
//! one thread, and gives what was found.
//!
//! usage: `cargo run --release --package rapporteur-extract --example time_expressions -- MODEL TEXTS`
//!
//! MODEL is the folder of the language model, TEXTS a file of JSON lines `{"id", "dct", "text"}`. The texts are parsed
//! first; then one line on standard output is what was found, `{id: [{"start", "end", "value"}]}` in code points.
//! After that each line on standard input asks for one round, and one line answers it: the seconds of the text
//! stage, of the time stage and of the whole extraction, between tabs (`scripts/compare_recognizers.py` takes turns with it).

use rapporteur_extract::{Knowledge, Scope, Stage, extract_in_stages};
use rapporteur_model::{Article, CivilDate, Evidence, Evidenced, Record, Timex};
use rapporteur_testkit::article;
use rapporteur_text::{Document, Pipeline};
use serde_json::{Map, Value, json};
use std::hint::black_box;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let model = arguments.next().ok_or("the folder of the language model is missing")?;
    let texts = arguments.next().ok_or("the file of texts is missing")?;
    let pipeline = Pipeline::load(Path::new(&model))?;
    let mut articles = Vec::new();
    for line in std::fs::read_to_string(texts)?.lines() {
        articles.push(read(&serde_json::from_str(line)?)?);
    }
    let parsed: Vec<(Article, Document)> = articles
        .into_iter()
        .map(|article| {
            let doc = pipeline.annotate(&article.text);
            (article, doc)
        })
        .collect();
    let found: Map<String, Value> = parsed
        .iter()
        .map(|(article, doc)| (article.name.clone(), timexes(article, &extract(article, doc).0)))
        .collect();
    println!("{}", Value::Object(found));
    for line in std::io::stdin().lines() {
        line?;
        let start = Instant::now();
        for (article, _) in &parsed {
            black_box(pipeline.annotate(&article.text));
        }
        let text_stage = start.elapsed();
        let start = Instant::now();
        let time_stage: Duration = parsed.iter().map(|(article, doc)| black_box(extract(article, doc)).1).sum();
        let extraction = start.elapsed();
        println!("{}\t{}\t{}", text_stage.as_secs_f64(), time_stage.as_secs_f64(), extraction.as_secs_f64());
    }
    Ok(())
}

fn read(line: &Value) -> Result<Article, Box<dyn std::error::Error>> {
    let field = |name: &str| line[name].as_str().ok_or(format!("no {name} in a line of the texts"));
    let published = CivilDate::try_from(field("dct")?.to_string())?;
    let mut article = article(field("id")?, field("text")?);
    article.published = Some(Evidenced { value: published, evidence: Evidence::Given });
    Ok(article)
}

/// The record, and how long the stage of time expressions took.
fn extract(article: &Article, doc: &Document) -> (Record, Duration) {
    let (mut last, mut time_stage) = (Instant::now(), Duration::ZERO);
    let record = extract_in_stages(article, doc, Knowledge::builtin(), Scope::default(), |stage| {
        if stage == Stage::Time {
            time_stage = last.elapsed();
        }
        last = Instant::now();
        ControlFlow::Continue(())
    });
    (record, time_stage)
}

fn timexes(article: &Article, record: &Record) -> Value {
    let point = |byte: usize| article.text[..byte].chars().count();
    let timex = |timex: &Timex| {
        let (start, end) = (point(timex.span.start.get()), point(timex.span.end.get()));
        json!({ "start": start, "end": end, "value": timex.value })
    };
    record.timexes.iter().map(timex).collect()
}
