//! How fast is a story told of articles and their records? Both are drawn by a grammar with a fixed seed; parsing,
//! extraction and reading from disk are not part of it. What lineage takes of it is measured in `lineage.rs`.

use divan::Bencher;
use rapporteur_model::{Article, Correction, CorrectionAct, Record, TargetLayer};
use rapporteur_story::{Corrections, tell};
use rapporteur_testkit::{correction, target};

fn main() {
    divan::main();
}

/// Lineage, actors, utterances, happenings, positions and the timeline on one thread.
#[divan::bench(args = [1_000, 10_000], sample_count = 3)]
fn story(bencher: Bencher, n: usize) {
    let (articles, records) = drawn(n);
    bencher.counter(divan::counter::ItemsCount::new(n)).bench_local(|| tell(&articles, &records));
}

/// A log of a thousand corrections found on so many articles: a third takes statements out, and of the rest some were held
/// by articles that are at another place by now.
#[divan::bench(args = [10_000], sample_count = 5)]
fn corrections(bencher: Bencher, n: usize) {
    let (articles, records) = drawn(n);
    let log: Vec<Correction> = (0..1_000).filter_map(|idx| correction_of(idx, &articles, &records)).collect();
    bencher.counter(divan::counter::ItemsCount::new(n)).bench_local(|| Corrections::resolve(&log, &articles, &records));
}

fn correction_of(idx: usize, articles: &[Article], records: &[Record]) -> Option<Correction> {
    let at = idx * 7 % articles.len();
    let (article, record) = (&articles[at], &records[at]);
    let words = record.statements.first()?.content.first()?.of(&article.text);
    let mut target = target(TargetLayer::Utterance, "", "", &[(article, words)]);
    if idx % 3 == 1 {
        let anchor = &mut target.places[0];
        (anchor.article, anchor.text) = (rapporteur_model::ArticleId::new(""), rapporteur_model::TextId::new(""));
        anchor.location.clear();
    }
    let act = match idx % 3 {
        0 => CorrectionAct::Reject { target },
        1 => CorrectionAct::Accept { target },
        _ => CorrectionAct::Split { target },
    };
    Some(correction(idx as u32, act))
}

fn drawn(n: usize) -> (Vec<Article>, Vec<Record>) {
    let mut drawn: Vec<(Article, Record)> = rapporteur_testkit::coverage(5, n).collect();
    drawn.sort_by(|(a, _), (b, _)| a.location.cmp(&b.location));
    drawn.into_iter().unzip()
}
