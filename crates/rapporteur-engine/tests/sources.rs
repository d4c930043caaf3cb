//! What needs no language model: articles out of their inputs, and where their texts come from.

use rapporteur_engine::{Error, Input, Options, Progress, articles, lineage};
use rapporteur_model::{Article, Place, Relation, Story};
use std::num::NonZeroUsize;
use std::sync::Mutex;

const REPORT: &str = "The garrison at the river mouth will stay where it is until the assembly has voted on the treaty. Lorries \
    have been waiting at the bridge over the Lower Amber since the guards closed it in autumn. Heavy snow kept most members \
    of the provincial assembly from reaching the capital on Sunday night.";

/// A pile in JSON Lines: a report, a copy with a quotation before it, and a line that is no article.
fn pile() -> Vec<Input> {
    let lines = format!(
        "{{\"text\": \"{REPORT}\", \"date\": \"2031-03-09\"}}\nnot json\n{{\"text\": \"By our own staff. {REPORT}\"}}\n"
    );
    vec![Input::Bytes { name: "pile.jsonl".into(), bytes: lines.into_bytes() }]
}

fn quoted(story: &Story) -> Vec<Place> {
    let evidence = story.links.iter().flat_map(|link| &link.direction.evidence);
    evidence.flat_map(|evidence| evidence.places.clone()).collect()
}

#[test]
fn a_pile_in_one_file_is_related_without_a_language_model() {
    let options = Options { model: Some("no/such/folder".into()), ..Options::default() };
    let found = lineage(&pile(), &options, quoted, &|_| {}).expect("nothing but the inputs is needed");
    let locations: Vec<&str> = found.articles.iter().map(|article| article.location.as_str()).collect();
    assert_eq!(locations, ["pile.jsonl#1", "pile.jsonl#3"]);
    assert_eq!(found.story.links[0].relation, Relation::Verbatim);
    assert_eq!(found.story.origins.len(), 1);
    assert_eq!(found.skipped.len(), 1);
    assert!(found.skipped[0].location.starts_with("pile.jsonl#2") && found.skipped[0].hint.is_some());
}

#[test]
fn threads_and_order_do_not_show() {
    let mut backward = pile();
    backward.push(Input::Bytes { name: "a.txt".into(), bytes: REPORT.as_bytes().to_vec() });
    let forward: Vec<Input> = backward.iter().rev().cloned().collect();
    let run = |inputs: &[Input], n_threads| {
        let options = Options { n_threads: NonZeroUsize::new(n_threads), ..Options::default() };
        let found = lineage(inputs, &options, quoted, &|_| {}).expect("the run goes through");
        (found.articles, found.story, found.skipped)
    };
    assert_eq!(run(&forward, 1), run(&backward, 2));
}

#[test]
fn articles_come_in_the_order_of_the_inputs_and_progress_counts_them() {
    let (mut names, seen) = (Vec::new(), Mutex::new(0));
    let on_progress = |progress: Progress| {
        let mut most = seen.lock().expect("no test thread panics");
        *most = progress.n_done.max(*most);
    };
    let render = |article: Article| (article.name, article.text.len());
    let write = |(name, len_bytes): (String, usize)| -> Result<(), Error> {
        names.push(name);
        assert!(len_bytes > 0);
        Ok(())
    };
    let skipped = articles(&pile(), &Options::default(), render, &on_progress, write).expect("the run goes through");
    assert_eq!((names.len(), skipped.len()), (2, 1));
    assert_eq!(seen.into_inner().expect("no test thread panics"), 3);
}
