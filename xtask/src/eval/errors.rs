//! `--errors N`: which errors cost most of each figure, and N examples of them.
//!
//! `scripts/eval_errors` runs the scorer, asks its functions what belongs to what, and says how many errors of which kind there are, which
//! groups of alike errors cost most, and where. Here its answer becomes lines for a reader.

use super::Figures;
use super::lines::{cut, figure, push_wrapped};
use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde_json::Value;
use std::fmt::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// Kinds of data, as their folders are called.
pub(super) const KINDS: [&str; 7] = ["text", "statements", "time", "events", "reuse", "extraction", "seeds"];

/// What the script prints.
#[derive(Debug, Deserialize)]
pub(super) struct Answer {
    /// The scorer's own figures.
    pub(super) figures: std::collections::BTreeMap<String, Option<f64>>,
    layers: Vec<Value>,
    left_out: Vec<LeftOut>,
}

/// A layer that has annotation and no predictions.
#[derive(Debug, Deserialize, serde::Serialize)]
struct LeftOut {
    layer: String,
    why: String,
}

/// The errors of a set, or of one kind of answer about the seeds.
#[derive(Debug, Deserialize)]
struct Layer {
    layer: String,
    n_errors: usize,
    note: Option<String>,
    kinds: Vec<Sum>,
    groups: Vec<Group>,
}

/// Errors that cost one figure, and what it would be without them.
#[derive(Debug, Deserialize)]
struct Sum {
    kind: String,
    n_errors: usize,
    /// Of all errors of the layer.
    share: f64,
    figure: String,
    /// The figure is a number of mistakes or lines, of which less is better.
    is_count: bool,
    now: f64,
    if_right: f64,
    gain: f64,
}

#[derive(Debug, Deserialize)]
struct Group {
    #[serde(flatten)]
    sum: Sum,
    group: String,
    examples: Vec<Example>,
}

#[derive(Debug, Deserialize)]
struct Example {
    id: String,
    start: Option<usize>,
    end: Option<usize>,
    expected: String,
    given: String,
    text: String,
}

/// Makes sure, before anything runs, that the flags ask for something that is there.
pub(super) fn check(n_errors: usize, layers: &[String], data: &Path) -> Result<()> {
    ensure!(
        n_errors > 0,
        "--errors 0 lists no errors\n  hint: give the number of examples for each layer, as in --errors 20"
    );
    for layer in layers {
        let mut parts = layer.split('/');
        let kind = parts.next().unwrap_or_default();
        let is_there = match parts.next().filter(|name| !name.is_empty()) {
            _ if !KINDS.contains(&kind) => false,
            Some(name) if kind != "seeds" => data.join(kind).join(format!("{name}.jsonl.gz")).is_file(),
            _ => data.join(kind).is_dir(),
        };
        ensure!(
            is_there,
            "no layer {layer:?} in {}\n  hint: name a kind of data ({}), or a set of it as in --layer statements/wikinews",
            data.display(),
            KINDS.join(", ")
        );
    }
    Ok(())
}

/// Runs the scorer through the script over predictions.
pub(super) fn find(
    script: &Path,
    scorer: &Path,
    data: &Path,
    out: &Path,
    n_errors: usize,
    layers: &[String],
) -> Result<Answer> {
    let mut command = Command::new("python3");
    // -B: nothing is left behind in the repository.
    command.arg("-B").arg(script).arg(scorer).arg(data).arg(out).args(["--errors", &n_errors.to_string()]);
    for layer in layers {
        command.args(["--layer", layer]);
    }
    let output = command.stderr(Stdio::piped()).output();
    let output = output.context("cannot run python3\n  hint: the scorer needs Python 3.9 or later")?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        let reason = said.find("error: ").map_or(said.trim(), |start| said[start + "error: ".len()..].trim());
        bail!("{reason}");
    }
    eprint!("{said}");
    serde_json::from_slice(&output.stdout).context("the output of scripts/eval_errors is not as expected")
}

impl Answer {
    /// The figures that the scorer could give.
    pub(super) fn figures(&self) -> Figures {
        self.figures.iter().filter_map(|(key, figure)| Some((key.clone(), (*figure)?))).collect()
    }

    /// The layers as the script tells them.
    pub(super) fn json(&self) -> Value {
        serde_json::json!({ "layers": self.layers, "left_out": self.left_out })
    }

    /// Kinds, groups and examples of each layer, at 120 columns.
    pub(super) fn render(&self) -> Result<String> {
        let mut out = String::new();
        push_wrapped(
            &mut out,
            "",
            "Errors. \"if right\" is what the figure would be if all errors of the row were put right. Kinds and groups that \
             cost most come first: by what their figure would gain, times the cases it is measured on. Extents are code \
             points of the record's text; ⟦ ⟧ marks the place.",
        );
        for layer in &self.layers {
            let layer = Layer::deserialize(layer).context("a layer of scripts/eval_errors is not as expected")?;
            out.push('\n');
            layer.render(&mut out);
        }
        for left_out in &self.left_out {
            out.push('\n');
            push_wrapped(&mut out, &format!("{}: ", left_out.layer), &format!("left out, {}", left_out.why));
        }
        Ok(out)
    }
}

/// "1 error", "2 errors".
fn errors(n: usize) -> String {
    format!("{n} error{}", if n == 1 { "" } else { "s" })
}

impl Sum {
    /// A value of the figure.
    fn told(&self, value: f64) -> String {
        if self.is_count { format!("{value:.0}") } else { figure(value) }
    }
}

impl Layer {
    /// A figure's name without that of the layer.
    fn short<'f>(&self, figure: &'f str) -> &'f str {
        let rest = figure.strip_prefix(self.layer.as_str()).and_then(|rest| rest.strip_prefix('/'));
        rest.or(figure.strip_prefix("seeds/")).unwrap_or(figure)
    }

    fn render(&self, out: &mut String) {
        let head = format!("━━ {}: {} ", self.layer, errors(self.n_errors));
        let _ = writeln!(out, "{head}{}", "━".repeat(super::lines::WIDTH.saturating_sub(head.chars().count())));
        if let Some(note) = &self.note {
            push_wrapped(out, "  ", note);
        }
        if self.kinds.is_empty() {
            return;
        }
        let _ = writeln!(
            out,
            "  {:52} {:>6} {:>6}  {:24} {:>9}  {:>9}",
            "kind", "errors", "share", "figure", "now", "if right"
        );
        for kind in &self.kinds {
            let _ = writeln!(
                out,
                "  {:52} {:>6} {:>5.1}%  {:24} {:>9}  {:>9}",
                cut(&kind.kind, 52),
                kind.n_errors,
                kind.share * 100.0,
                self.short(&kind.figure),
                kind.told(kind.now),
                kind.told(kind.if_right)
            );
        }
        for group in self.groups.iter().filter(|group| !group.examples.is_empty()) {
            out.push('\n');
            let sum = &group.sum;
            let gain = if sum.is_count { format!("{:+.0}", sum.gain) } else { format!("{:+.5}", sum.gain) };
            let text =
                format!("{} · {}: {}, {} {gain}", sum.kind, group.group, errors(sum.n_errors), self.short(&sum.figure));
            push_wrapped(out, "  ▸ ", &text);
            for example in &group.examples {
                example.render(out);
            }
        }
        let rest = self.groups.iter().filter(|group| group.examples.is_empty());
        let (n_groups, n_errors) = rest.fold((0, 0), |(n, sum), group| (n + 1, sum + group.sum.n_errors));
        if n_groups > 0 {
            let groups = if n_groups == 1 { "one smaller group" } else { "smaller groups" };
            let number = if n_groups == 1 { String::new() } else { format!("{n_groups} ") };
            let _ = writeln!(out, "\n  … and {number}{groups} with {}", errors(n_errors));
        }
    }
}

impl Example {
    fn render(&self, out: &mut String) {
        let place = match (self.start, self.end) {
            (Some(start), Some(end)) => format!(" {start}–{end}"),
            _ => String::new(),
        };
        let _ = writeln!(out, "    {}{place}", self.id);
        for (what, text) in [("expected", &self.expected), ("given", &self.given), ("text", &self.text)] {
            if !text.is_empty() {
                push_wrapped(out, &format!("      {what:8}  "), text);
            }
        }
    }
}

#[cfg(test)]
#[path = "errors_tests.rs"]
mod tests;
