//! `rapporteur parse`.

use crate::arguments::{Format, ParseArguments};
use crate::failure::Failure;
use crate::{Outcome, terminal};
use rapporteur_view::{annotation, layers, layers::Layer};
use std::io::{self, Write};

/// Columns up to which marks under words are easy to follow.
const LAYERS_WIDTH_MAX: usize = 120;

pub(crate) fn run(arguments: &ParseArguments) -> Result<Outcome, Failure> {
    let layers = chosen_layers(&arguments.layers)?;
    let (inputs, options) = (arguments.inputs(), arguments.options());
    let mut stdout = io::stdout().lock();
    let mut n_written = 0usize;
    let mut write = |text: &str| {
        n_written += 1;
        let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
        written.map_err(|error| Failure::output(&error))
    };
    let skipped = match arguments.format {
        Some(Format::Jsonl | Format::Conllu) if !layers.is_empty() => {
            let hint = "leave --format out, or use `read --json` to have what was found as JSON";
            return Err(Failure::with_hint("--layers is a text to read and has no other format", hint));
        }
        _ if !layers.is_empty() => {
            let style = terminal::style_up_to(LAYERS_WIDTH_MAX);
            let mut is_first = true;
            rapporteur_engine::record_each(
                &inputs,
                &options,
                |article, doc, record| layers::to_text(article, &layers::sentences(doc), record, &layers, style),
                |text| {
                    let text = text?;
                    let space = if std::mem::take(&mut is_first) { "" } else { "\n" };
                    write(&format!("{space}{text}"))
                },
            )?
        }
        format => rapporteur_engine::annotate(
            &inputs,
            &options,
            |article, doc| match format {
                None | Some(Format::Jsonl) => annotation::jsonl_line(&article.name, doc) + "\n",
                Some(Format::Conllu) => annotation::conllu(&article.name, doc),
                Some(Format::Text) => annotation::text(&article.name, doc),
            },
            |annotation: String| write(&annotation),
        )?,
    };
    terminal::say_skipped(&skipped);
    match (n_written, skipped.len()) {
        (0, 0) => Ok(Outcome::NothingFound),
        (0, _) => Err(Failure::new("none of the inputs could be read")),
        _ => Ok(Outcome::Done),
    }
}

/// The layers of these names; none where none is named.
fn chosen_layers(names: &[String]) -> Result<Vec<Layer>, Failure> {
    let layer = |name: &String| {
        Layer::named(name.trim()).ok_or_else(|| {
            let known = Layer::ALL.map(Layer::name).join(", ");
            Failure::with_hint(format!("no layer is named {name:?}"), format!("the layers are: {known}"))
        })
    };
    names.iter().map(layer).collect()
}
