//! How fast is a story told of articles and their records? Both are drawn by a grammar with a fixed seed; parsing,
//! extraction and reading from disk are not part of it. What lineage takes of it is measured in `lineage.rs`.

use divan::Bencher;
use rapporteur_model::{Article, Record};
use rapporteur_story::tell;

fn main() {
    divan::main();
}

/// Lineage, actors, utterances, happenings, positions and the timeline on one thread.
#[divan::bench(args = [1_000, 10_000], sample_count = 3)]
fn story(bencher: Bencher, n: usize) {
    let mut drawn: Vec<(Article, Record)> = rapporteur_testkit::coverage(5, n).collect();
    drawn.sort_by(|(a, _), (b, _)| a.location.cmp(&b.location));
    let (articles, records): (Vec<Article>, Vec<Record>) = drawn.into_iter().unzip();
    bencher.counter(divan::counter::ItemsCount::new(n)).bench_local(|| tell(&articles, &records));
}
