//! `rapporteur fetch`.

mod arguments;

use crate::failure::Failure;
use crate::{Outcome, terminal};
pub(crate) use arguments::{EXAMPLES, FetchArguments};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rapporteur_engine::fetch::{self, Progress, Report};
use rapporteur_view::on_one_line;
use std::fs;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::time::SystemTime;

pub(crate) fn run(arguments: &FetchArguments) -> Result<Outcome, Failure> {
    let mut urls = arguments.urls.clone();
    if let Some(list) = &arguments.list {
        urls.extend(listed(list)?);
    }
    if urls.is_empty() {
        return Err(Failure::with_hint("the list names no URL", "write one a line, beginning with https://"));
    }
    let bar = progress_bar();
    let on_progress = |progress: Progress<'_>| match progress {
        Progress::Started { url, n_done, n_known } => {
            bar.set_length(n_known as u64);
            bar.set_position(n_done as u64);
            bar.set_message(on_one_line(url));
        }
        Progress::Finished { n_done, n_known } => {
            bar.set_length(n_known as u64);
            bar.set_position(n_done as u64);
        }
    };
    let report = fetch::fetch(&urls, &arguments.options(), &arguments.output, &SystemTime::now, &on_progress);
    bar.finish_and_clear();
    let report = report.map_err(|error| match error.hint() {
        Some(hint) => Failure::with_hint(error.to_string(), hint),
        None => Failure::new(error.to_string()),
    })?;
    tell(&report, &arguments.output);
    if arguments.json {
        terminal::write_data(&report.json_lines())?;
    }
    let is_skipped = report.skipped().len() == report.visits.len();
    Ok(if is_skipped { Outcome::NothingFound } else { Outcome::Done })
}

/// The URLs of a list.
fn listed(path: &Path) -> Result<Vec<String>, Failure> {
    let text = fs::read_to_string(path).map_err(|error| {
        let hint = "the list is a text file with one URL a line";
        Failure::with_hint(format!("cannot read {}: {}", path.display(), error.kind()), hint)
    })?;
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    Ok(lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_string).collect())
}

/// Says on standard error what came of the run.
fn tell(report: &Report, archive: &Path) {
    if let Some(mended) = &report.mended {
        terminal::say(&format!("mended: {}: {}", on_one_line(&mended.location), mended.reason));
    }
    terminal::say_skipped(&report.skipped());
    let (mut n_fetched, mut n_unchanged, mut n_skipped) = (0, 0, 0);
    for visit in &report.visits {
        match &visit.outcome {
            fetch::Outcome::Fetched { is_cut, len_bytes, .. } => {
                n_fetched += 1;
                if *is_cut {
                    terminal::say(&format!("cut: {}: kept {len_bytes} bytes", on_one_line(&visit.url)));
                    terminal::say_hint("raise the limit with --max-bytes");
                }
            }
            fetch::Outcome::NotModified { .. } => n_unchanged += 1,
            fetch::Outcome::Skipped { .. } => n_skipped += 1,
        }
    }
    let archive = archive.display().to_string();
    terminal::say(&format!(
        "{n_fetched} fetched into {}, {n_unchanged} unchanged, {n_skipped} skipped",
        on_one_line(&archive)
    ));
}

fn progress_bar() -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("fetching {bar:20} {pos} of {len} {wide_msg}");
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
