//! `rapporteur explain`.

use crate::arguments::ExplainArguments;
use crate::failure::Failure;
use crate::{Outcome, terminal};
use rapporteur_view::explain::{Answer, Explanation, Place, explain};
use rapporteur_view::{layers, on_one_line};

/// What the explanation of one article comes to.
enum Found {
    Explained(String),
    NothingThere(String),
    NoSuchWords,
    PastEnd(usize),
}

pub(crate) fn run(arguments: &ExplainArguments) -> Result<Outcome, Failure> {
    let asked = arguments.place();
    let is_number = !asked.is_empty() && asked.bytes().all(|byte| byte.is_ascii_digit());
    // A number too large to be one is past the end of every article.
    let place =
        if is_number { Place::Offset(asked.parse().unwrap_or(usize::MAX)) } else { Place::Words(asked.as_str()) };
    let show = |explanation: &Explanation<'_>| -> Result<String, Failure> {
        let style = terminal::style();
        Ok(if arguments.json { explanation.to_json()? } else { explanation.to_text(style) })
    };
    let mut found = None;
    let skipped = rapporteur_engine::record_each(
        &[arguments.input()],
        &arguments.options(),
        |article, doc, record| -> Result<Found, Failure> {
            Ok(match explain(article, &layers::sentences(doc), record, place)? {
                Answer::Explained(explanation) => Found::Explained(show(&explanation)?),
                Answer::NothingThere(explanation) => Found::NothingThere(show(&explanation)?),
                Answer::NoSuchWords => Found::NoSuchWords,
                Answer::PastEnd(n_code_points) => Found::PastEnd(n_code_points),
            })
        },
        |answer| match found.replace(answer?) {
            None => Ok(()),
            Some(_) => Err(Failure::with_hint("there is more than one article", "name the file of one")),
        },
    )?;
    terminal::say_skipped(&skipped);
    match found {
        None if skipped.is_empty() => Ok(Outcome::NothingFound),
        None => Err(Failure::new("the article could not be read")),
        Some(Found::Explained(text)) => terminal::write_data(&text).map(|()| Outcome::Done),
        Some(Found::NothingThere(text)) => {
            terminal::write_data(&text)?;
            terminal::say("nothing was found at this place");
            Ok(Outcome::NothingFound)
        }
        Some(Found::NoSuchWords) => {
            terminal::say(&format!("the article does not have the words “{}”", on_one_line(&asked)));
            Ok(Outcome::NothingFound)
        }
        Some(Found::PastEnd(n)) => {
            let message = format!("the article has {n} code points; there is none with the number {asked}");
            Err(Failure::with_hint(message, "positions count code points from 0, as in `read --json`"))
        }
    }
}
