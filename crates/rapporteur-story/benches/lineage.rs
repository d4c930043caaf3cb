//! How fast are articles related? The pile is drawn by a grammar with a fixed seed; parsing and reading from disk are
//! not part of it.

use divan::Bencher;
use rapporteur_model::Article;
use rapporteur_story::LineageIndex;

fn main() {
    divan::main();
}

fn articles(n: usize) -> Vec<Article> {
    rapporteur_testkit::pile(5, n).map(|drawn| rapporteur_testkit::article(&drawn.id, &drawn.text)).collect()
}

/// Words, index, alignment, relation, direction and origins on one thread.
#[divan::bench(args = [500, 5000], sample_count = 10)]
fn lineage(bencher: Bencher, n: usize) {
    let articles = articles(n);
    bencher.counter(divan::counter::ItemsCount::new(n)).with_inputs(|| articles.clone()).bench_local_values(
        |articles| {
            let mut index = LineageIndex::default();
            articles.into_iter().for_each(|article| index.add(article, None));
            index.relate()
        },
    );
}
