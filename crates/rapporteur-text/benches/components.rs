//! How fast is each component? Each bench annotates the same text with a pipeline that runs the
//! named components only (its `config.cfg` disables the others), so that the difference of two
//! neighbours is the cost of one component. The text is the example coverage, about 1,850 words in
//! five documents; words are known after the first round, as they are in a long run.
//!
//! Needs the language model: the folder that `RAPPORTEUR_MODEL` names, or else the installed one.

use divan::Bencher;
use divan::counter::ItemsCount;
use rapporteur_text::Pipeline;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

fn main() {
    if model().join("config.cfg").is_file() {
        divan::main();
    } else {
        eprintln!("no language model in {}: `cargo run --release -- model install` installs it", model().display());
    }
}

const TEXTS: [&str; 5] = [
    include_str!("../../../examples/coverage/daily-news-hub.txt"),
    include_str!("../../../examples/coverage/halsk-observer.txt"),
    include_str!("../../../examples/coverage/lysmar-courier.txt"),
    include_str!("../../../examples/coverage/meridian-press.txt"),
    include_str!("../../../examples/coverage/river-watch-blog.txt"),
];

/// The folder of the language model; where none is named, the binary says where it would be.
fn model() -> &'static Path {
    static MODEL: OnceLock<PathBuf> = OnceLock::new();
    MODEL.get_or_init(|| {
        let ask = || {
            let question = ["run", "--quiet", "--release", "--package", "rapporteur-cli", "--", "model", "path"];
            let answer = Command::new(env!("CARGO")).args(question).output().expect("cargo runs");
            String::from_utf8_lossy(&answer.stdout).trim_end().to_string()
        };
        std::env::var_os("RAPPORTEUR_MODEL").map_or_else(|| ask().into(), PathBuf::from)
    })
}

/// The model with only the given components.
fn pipeline_of(components: &[&str]) -> Pipeline {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(model(), folder.path());
    let config = std::fs::read_to_string(folder.path().join("config.cfg")).expect("the model has a config");
    let all = ["tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer", "ner"];
    let disabled: Vec<&str> = all.into_iter().filter(|name| !components.contains(name)).collect();
    let config = config.replace("disabled = [\"senter\"]", &format!("disabled = {disabled:?}"));
    std::fs::write(folder.path().join("config.cfg"), config).expect("the copy can be changed");
    Pipeline::load(folder.path()).expect("the model loads")
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder can be made");
    for entry in std::fs::read_dir(from).expect("the model folder can be read").flatten() {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).expect("a file can be copied");
        }
    }
}

fn annotate(bencher: Bencher<'_, '_>, components: &[&str]) {
    let pipeline = pipeline_of(components);
    let n_tokens: usize = TEXTS.iter().map(|text| pipeline.annotate(text).len()).sum();
    bencher.counter(ItemsCount::new(n_tokens)).bench(|| {
        for text in TEXTS {
            divan::black_box(pipeline.annotate(text));
        }
    });
}

#[divan::bench]
fn a_tokenizer(bencher: Bencher<'_, '_>) {
    annotate(bencher, &[]);
}

#[divan::bench]
fn b_tok2vec_tagger(bencher: Bencher<'_, '_>) {
    annotate(bencher, &["tok2vec", "tagger"]);
}

#[divan::bench]
fn c_parser(bencher: Bencher<'_, '_>) {
    annotate(bencher, &["tok2vec", "tagger", "parser"]);
}

#[divan::bench]
fn d_attribute_ruler(bencher: Bencher<'_, '_>) {
    annotate(bencher, &["tok2vec", "tagger", "parser", "attribute_ruler"]);
}

#[divan::bench]
fn e_lemmatizer(bencher: Bencher<'_, '_>) {
    annotate(bencher, &["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer"]);
}

#[divan::bench]
fn f_ner_whole_pipeline(bencher: Bencher<'_, '_>) {
    annotate(bencher, &["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"]);
}

/// The same without what earlier texts taught: each round starts with a fresh pipeline.
#[divan::bench(sample_count = 20)]
fn g_whole_pipeline_cold(bencher: Bencher<'_, '_>) {
    let n_tokens: usize = pipeline_of(&[]).annotate(TEXTS[3]).len();
    let load = || Pipeline::load(model()).expect("the model loads");
    bencher.counter(ItemsCount::new(n_tokens)).with_inputs(load).bench_values(|pipeline| pipeline.annotate(TEXTS[3]));
}

#[divan::bench(sample_count = 20)]
fn h_load(bencher: Bencher<'_, '_>) {
    bencher.bench(|| Pipeline::load(model()).expect("the model loads"));
}

/// The library that the runtime's own matrix product is measured against, on the product that most
/// of the time goes to: 512 rows of 288 numbers to 288. Compare its rate with [`j_own_product`].
#[divan::bench]
fn i_matrixmultiply_product(bencher: Bencher<'_, '_>) {
    let (x, w, mut y) = product_inputs();
    bencher.counter(ItemsCount::new(PRODUCT_FLOPS)).bench_local(|| {
        // SAFETY: the three arrays hold the rows and columns that the strides say.
        unsafe {
            let (x, w, y) = (divan::black_box(x.as_ptr()), divan::black_box(w.as_ptr()), y.as_mut_ptr());
            matrixmultiply::sgemm(ROWS, WIDTH, WIDTH, 1.0, x, 288, 1, w, 1, 288, 0.0, y, 288, 1);
        }
    });
}

const ROWS: usize = 512;
const WIDTH: usize = 288;
const PRODUCT_FLOPS: usize = 2 * ROWS * WIDTH * WIDTH;

fn product_inputs() -> (Vec<f32>, Vec<f32>, Vec<f32>) {
    let numbers = |n: usize| (0..n).map(|i| (i * 7919 % 1000) as f32 / 1000.0 - 0.5).collect();
    (numbers(ROWS * WIDTH), numbers(WIDTH * WIDTH), vec![0.0; ROWS * WIDTH])
}

#[divan::bench]
fn j_own_product(bencher: Bencher<'_, '_>) {
    let (x, w, _) = product_inputs();
    let mut product = rapporteur_text::bench::Product::new(&w, WIDTH, WIDTH);
    bencher.counter(ItemsCount::new(PRODUCT_FLOPS)).bench_local(|| {
        product.multiply(divan::black_box(&x), ROWS);
    });
}
