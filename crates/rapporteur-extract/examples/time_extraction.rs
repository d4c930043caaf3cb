//! Times the text stage and the extraction on texts of one's own, each alone, on one thread.
//!
//! usage: `cargo run --release --package rapporteur-extract --example time_extraction -- MODEL TEXT...`
//!
//! MODEL is the folder of the language model, a TEXT a UTF-8 file. The texts are parsed first; then each line on
//! standard input asks for one round, and one line answers it: the seconds of the text stage, the seconds
//! of the extraction, and how many statements there are, between tabs. So another program can take turns with it
//! (`scripts/compare_textacy.py` does).

use rapporteur_extract::extract;
use rapporteur_model::Article;
use rapporteur_testkit::article;
use rapporteur_text::{Document, Pipeline};
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let model = arguments.next().ok_or("the folder of the language model is missing")?;
    let pipeline = Pipeline::load(Path::new(&model))?;
    let texts: Vec<String> = arguments.map(std::fs::read_to_string).collect::<Result<_, _>>()?;
    let parsed: Vec<(Article, Document)> =
        texts.iter().map(|text| (article("text", text), pipeline.annotate(text))).collect();
    for line in std::io::stdin().lines() {
        line?;
        let start = Instant::now();
        for text in &texts {
            black_box(pipeline.annotate(text));
        }
        let text_stage = start.elapsed();
        let start = Instant::now();
        let n_statements: usize = parsed.iter().map(|(article, doc)| extract(article, doc).statements.len()).sum();
        let extraction = start.elapsed();
        println!("{}\t{}\t{n_statements}", text_stage.as_secs_f64(), extraction.as_secs_f64());
    }
    Ok(())
}
