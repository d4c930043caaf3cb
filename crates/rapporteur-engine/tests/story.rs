//! Does the story of the example coverage say what a careful reader finds in it? What the reader finds is told in
//! `examples/STORY.md`, line by line.

mod expected;

use expected::Expected;
use rapporteur_engine::{Input, Options, read};
use rapporteur_testkit::model_folder;
use std::path::PathBuf;

#[test]
fn the_story_is_what_a_careful_reader_finds() {
    let Some(model) = model_folder("the_story_is_what_a_careful_reader_finds") else { return };
    let examples = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let page = std::fs::read_to_string(examples.join("STORY.md")).expect("the page can be read");
    let options = Options { model: Some(model), ..Options::default() };
    let input = Input::Location(examples.join("coverage").into());
    let reading = read(&[input], &options, &|_| ()).expect("the run goes through");
    let mut wrong = Vec::new();
    let (mut n_hold, mut n_in_part, mut n_not_yet) = (0, 0, 0);
    for line in expected::lines(&page) {
        let holds = Expected { reading: &reading }.holds(&line);
        match (holds, line.is_marked) {
            (true, false) if line.is_in_part() => n_in_part += 1,
            (true, false) => n_hold += 1,
            (false, true) => n_not_yet += 1,
            (false, false) => wrong.push(format!("{}: is not so in the story: {}", line.number, line.words)),
            (true, true) => wrong.push(format!("{}: holds now, take the mark away: {}", line.number, line.words)),
        }
    }
    println!("examples/STORY.md: {n_hold} lines hold, {n_in_part} but for some articles, {n_not_yet} not yet");
    assert!(wrong.is_empty(), "examples/STORY.md:\n{}", wrong.join("\n"));
}
