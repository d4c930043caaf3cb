//! Standard output and standard error, and what kind of terminal they are.

use crate::failure::Failure;
use rapporteur_model::Skipped;
use rapporteur_view::{Style, on_one_line, visible};
use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};

/// Lines longer than this are hard to follow, however wide the terminal is.
const WIDTH_MAX: usize = 100;

/// How text on standard output is laid out: as wide as the terminal, up to 100 columns, and 80 where
/// there is none.
pub(crate) fn style() -> Style {
    style_up_to(WIDTH_MAX)
}

/// The same for a text that may be up to `width_max` columns wide.
pub(crate) fn style_up_to(width_max: usize) -> Style {
    let stdout = io::stdout();
    let columns = terminal_size::terminal_size_of(&stdout).map(|(width, _)| usize::from(width.0));
    // Some terminals do not know their size and say 0.
    let width = columns.filter(|&columns| columns > 0).map_or(80, |columns| columns.min(width_max));
    Style { width, color: stdout.is_terminal() && is_color_wanted() }
}

/// Whether somebody looks at standard output, whom bytes that are no text would only confuse.
pub(crate) fn is_watched() -> bool {
    io::stdout().is_terminal()
}

/// Whether the environment allows colour (<https://no-color.org>).
fn is_color_wanted() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !is_set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Writes data to standard output.
pub(crate) fn write_data(data: &str) -> Result<(), Failure> {
    write_bytes(data.as_bytes())
}

/// Writes data that is no text to standard output.
pub(crate) fn write_bytes(data: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(data).and_then(|()| stdout.flush()).map_err(|error| Failure::output(&error))
}

/// Tells the user something on standard error.
pub(crate) fn say(line: &str) {
    // Nobody can be told that standard error is closed.
    let _ = writeln!(io::stderr(), "{line}");
}

pub(crate) fn say_failure(failure: &Failure) {
    let bold_red = "1;31";
    // Messages name files.
    say(&format!("{} {}", label("error:", bold_red), visible(&failure.to_string())));
    if let Failure::Told { hint: Some(hint), .. } = failure {
        say_hint(hint);
    }
}

/// A screen has room for so many; a folder can hold ten thousand empty files.
const N_SKIPPED_MAX: usize = 50;

/// Names the inputs that were not read, with the reasons; of more than some dozens the rest is counted by reason.
pub(crate) fn say_skipped(skipped: &[Skipped]) {
    let yellow = "33";
    for Skipped { location, reason, hint } in skipped.iter().take(N_SKIPPED_MAX) {
        // Names of files and columns come from outside too.
        say(&format!("{} {}: {}", label("skipped:", yellow), on_one_line(location), on_one_line(reason)));
        if let Some(hint) = hint {
            say_hint(&on_one_line(hint));
        }
    }
    let mut more: BTreeMap<&str, usize> = BTreeMap::new();
    skipped.iter().skip(N_SKIPPED_MAX).for_each(|skipped| *more.entry(&skipped.reason).or_default() += 1);
    for (reason, n_inputs) in more {
        say(&format!("{} {n_inputs} more: {}", label("skipped:", yellow), on_one_line(reason)));
    }
}

pub(crate) fn say_hint(hint: &str) {
    let cyan = "36";
    say(&format!("{} {hint}", label("hint:", cyan)));
}

fn label(label: &str, color: &str) -> String {
    if io::stderr().is_terminal() && is_color_wanted() { format!("\x1b[{color}m{label}\x1b[0m") } else { label.into() }
}
