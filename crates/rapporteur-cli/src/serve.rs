//! `rapporteur serve`: a case in a browser.

use crate::arguments::ServeArguments;
use crate::failure::Failure;
use crate::{Outcome, case, demo, terminal};
use rapporteur_web::{Settings, serve};

pub(crate) fn run(arguments: &ServeArguments) -> Result<Outcome, Failure> {
    let address = arguments.address();
    let settings = Settings {
        case: arguments.case.clone(),
        listen: address,
        hosts: arguments.hosts.clone(),
        author: case::author(arguments.author.as_deref())?,
        options: arguments.options(),
        examples: demo::coverage(),
        now: case::now,
    };
    if !address.ip().is_loopback() {
        terminal::say(&format!("whoever reaches {} can read and change the case", address.ip()));
    }
    let name = arguments.case.display().to_string();
    serve(settings, &|address| terminal::say(&format!("serving {name} at http://{address}/")))?;
    Ok(Outcome::Done)
}
