//! `rapporteur export`: a case in the formats of other programs.

mod arguments;
mod files;

pub(crate) use arguments::{EXAMPLES, ExportArguments};

use crate::failure::Failure;
use crate::{Outcome, terminal};
use arguments::{ExportFormat, GraphName};
use rapporteur_export::tables::{TABLES, Table};
use rapporteur_export::{EventFormat, Export, Exporter, Formulas, Graph, TableFormat};
use std::path::Path;

/// What is asked for.
enum Asked {
    /// One file.
    One(Export),
    /// All tables.
    All(TableFormat),
}

pub(crate) fn run(arguments: &ExportArguments) -> Result<Outcome, Failure> {
    let formulas = if arguments.raw { Formulas::Raw } else { Formulas::Inert };
    let out = arguments.out.as_deref();
    match (asked(arguments)?, out) {
        (Asked::All(format), Some(folder)) => all(&arguments.case, format, formulas, folder),
        (Asked::All(_), None) => Err(Failure::with_hint(
            "all tables are more than one output",
            "name a folder, as in `--out tables`, or one table: `--table utterance`",
        )),
        (Asked::One(Export::Table(_, TableFormat::Parquet)), None) if terminal::is_watched() => {
            let hint = "name a file: `--out utterance.parquet`";
            Err(Failure::with_hint("a terminal cannot show a Parquet file", hint))
        }
        (Asked::One(export), out) => one(&arguments.case, export, formulas, out),
    }
}

fn asked(arguments: &ExportArguments) -> Result<Asked, Failure> {
    let table = |format: TableFormat| match &arguments.table {
        Some(name) => Table::named(name).map(|table| Asked::One(Export::Table(table, format))),
        None => Some(Asked::All(format)),
    };
    let graph = match arguments.graph {
        Some(GraphName::Lineage) => Graph::Lineage,
        Some(GraphName::Positions) | None => Graph::Positions,
    };
    let format = arguments.format;
    let is_table = matches!(format, ExportFormat::Csv | ExportFormat::Jsonl | ExportFormat::Parquet);
    let is_sheet =
        matches!(format, ExportFormat::Csv | ExportFormat::Plover | ExportFormat::Cameo | ExportFormat::Gdelt);
    for (is_given, fits, told) in [
        (arguments.table.is_some(), is_table, "--table goes with csv, jsonl and parquet"),
        (arguments.graph.is_some(), format == ExportFormat::Graphml, "--graph goes with graphml"),
        (arguments.raw, is_sheet, "--raw goes with csv, plover, cameo and gdelt"),
    ] {
        if is_given && !fits {
            return Err(Failure::with_hint(told, "leave it out, or name another format"));
        }
    }
    let asked = match format {
        ExportFormat::Csv => table(TableFormat::Csv),
        ExportFormat::Jsonl => table(TableFormat::Jsonl),
        ExportFormat::Parquet => table(TableFormat::Parquet),
        ExportFormat::Plover => Some(Asked::One(Export::Events(EventFormat::Plover))),
        ExportFormat::Cameo => Some(Asked::One(Export::Events(EventFormat::Cameo))),
        ExportFormat::Gdelt => Some(Asked::One(Export::Events(EventFormat::Gdelt))),
        ExportFormat::Annotations => Some(Asked::One(Export::Annotations)),
        ExportFormat::Graphml => Some(Asked::One(Export::Graph(graph))),
        ExportFormat::Timelinejs => Some(Asked::One(Export::TimelineJs)),
        ExportFormat::Ical => Some(Asked::One(Export::Calendar)),
    };
    asked.ok_or_else(|| Failure::with_hint("there is no such table", "docs/EXPORT.md lists the tables"))
}

fn one(case: &Path, export: Export, formulas: Formulas, out: Option<&Path>) -> Result<Outcome, Failure> {
    if let Some(path) = out {
        files::check(path, export)?;
    }
    let mut exporter = Exporter::open(case)?;
    let mut file = files::Part::beside(out)?;
    let n = exporter.at_one_moment(|moment| moment.write(export, formulas, &mut file))?;
    if n == 0 {
        terminal::say("the case has nothing of this kind to export");
        return Ok(Outcome::NothingFound);
    }
    match out {
        Some(path) => {
            file.take_name(path)?;
            terminal::say(&format!("wrote {}", path.display()));
        }
        None => file.show()?,
    }
    Ok(Outcome::Done)
}

/// Writes all tables into a folder: all of them or none.
fn all(case: &Path, format: TableFormat, formulas: Formulas, folder: &Path) -> Result<Outcome, Failure> {
    let named = |table: &Table| folder.join(format!("{}.{}", table.name, format.extension()));
    let mut exporter = Exporter::open(case)?;
    let folder = files::Folder::open(folder)?;
    for table in &TABLES {
        files::check(&named(table), Export::Table(table, format))?;
    }
    let mut parts = Vec::new();
    let mut n_all = 0;
    for table in &TABLES {
        parts.push((files::Part::beside(Some(&named(table)))?, named(table)));
    }
    exporter.at_one_moment(|moment| {
        for (table, (part, _)) in TABLES.iter().zip(&mut parts) {
            n_all += moment.write(Export::Table(table, format), formulas, part)?;
        }
        Ok(())
    })?;
    if n_all == 0 {
        terminal::say("the case holds nothing to export");
        return Ok(Outcome::NothingFound);
    }
    for (part, path) in parts {
        part.take_name(&path)?;
    }
    folder.keep();
    terminal::say(&format!("wrote {} tables to {}", TABLES.len(), folder.path().display()));
    Ok(Outcome::Done)
}
