//! A progress bar on a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rapporteur_engine::Progress;
use std::io::{self, IsTerminal};

/// Shows how far a run is, how fast, and how long the rest will take; nothing where standard error is no terminal.
pub(crate) struct Bar(ProgressBar);

impl Bar {
    /// `what` says what is done: "reading".
    pub(crate) fn new(what: &'static str) -> Self {
        if !io::stderr().is_terminal() {
            return Bar(ProgressBar::hidden());
        }
        let template = "{prefix} {wide_bar} {msg} · {bytes_per_sec} · {eta} left";
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        Bar(bar.with_style(style).with_prefix(what))
    }

    pub(crate) fn show(&self, progress: Progress) {
        self.0.set_length(progress.n_bytes_total);
        self.0.set_position(progress.n_bytes_done);
        self.0.set_message(format!("{} articles", progress.n_done));
    }

    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}
