//! `rapporteur demo`: `read` on articles that come with the program.

use crate::arguments::DemoArguments;
use crate::failure::Failure;
use crate::{Outcome, read, terminal};
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

pub(crate) fn run(arguments: &DemoArguments) -> Result<Outcome, Failure> {
    let given = arguments.model.model.as_deref();
    if let Status::Missing { folder } | Status::Damaged { folder, .. } = language_model::status(given)?
        && given.is_none()
    {
        terminal::say(&format!(
            "the language model is not there: fetching {PACKAGE} {VERSION} into {}",
            folder.display()
        ));
        language_model::install(&terminal::say)?;
    }
    terminal::say("reading five invented articles about talks that never were");
    let inputs = COVERAGE.map(|(name, bytes)| Input::Bytes { name: name.into(), bytes: bytes.into() });
    let options = Options { model: arguments.model.model.clone(), ..Options::default() };
    let page = arguments.html.as_deref();
    let reading = read::read(&inputs, &options, page)?;
    read::show(&reading, false, page)
}
