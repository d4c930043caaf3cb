//! All plans, one after the other.

use crate::engine::Engine;
use crate::output::write;
use crate::plans::{PLANS, Plan};
use crate::tables::{Tables, register};
use crate::{Error, output};
use datafusion::arrow::array::{ArrayRef, AsArray, RecordBatch, UInt32Array};
use datafusion::arrow::datatypes::UInt32Type;
use datafusion::physical_plan::displayable;
use datafusion::prelude::SessionContext;
use futures::StreamExt;
use rapporteur_bulk::{Related, article_folder};
use rapporteur_story::steps::groups;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What is told while plans are run.
#[derive(Debug)]
pub enum Progress {
    /// How a plan will be run: its physical plan.
    Planned {
        /// The plan.
        name: &'static str,
        /// A line an operator.
        plan: String,
    },
    /// A plan was run.
    Done {
        /// The plan.
        name: &'static str,
        /// Rows of its table.
        n_rows: usize,
        /// How long it took.
        took: Duration,
    },
}

/// The folder for what is kept between the plans.
const BETWEEN: &str = "between-plans";

/// Relates the articles of a folder that `rapporteur bulk` has made and writes its tables of origins, links and passages.
/// The tables of an earlier run stay until all plans are done.
///
/// # Errors
/// If the folder is none or is not finished, or a plan cannot be run.
pub async fn relate(folder: &Path, engine: &Engine, on_progress: &dyn Fn(Progress)) -> Result<Related, Error> {
    // Executors have working directories of their own.
    let folder = std::fs::canonicalize(folder).map_err(|error| {
        Error::new(format!("{}: {error}", folder.display())).with_hint("name a folder that `rapporteur bulk` has made")
    })?;
    let articles = article_folder(&folder)?;
    let session = engine.session().await?;
    register(&session, "articles", &articles).await?;
    let tables = Tables::begin(folder.join(BETWEEN))?;
    let mut n_articles = 0;
    let (last, kept) = PLANS.split_last().ok_or_else(|| Error::new("there are no plans"))?;
    for plan in kept {
        if plan.name == "gathered" {
            keep_groups(&session, &tables, n_articles).await?;
        }
        let begun = Instant::now();
        let answer = planned(&session, plan, n_articles, on_progress).await?;
        let n_rows = tables.keep(&session, plan.name, answer).await?;
        if plan.name == "numbers" {
            n_articles = n_rows;
        }
        on_progress(Progress::Done { name: plan.name, n_rows, took: begun.elapsed() });
    }
    let begun = Instant::now();
    let links = planned(&session, last, n_articles, on_progress).await?;
    let origins = output::origins(&session).await?;
    let related = write(&folder, links, &origins).await?;
    on_progress(Progress::Done { name: last.name, n_rows: related.n_links, took: begun.elapsed() });
    tables.end()?;
    Ok(related)
}

async fn planned(
    session: &SessionContext,
    plan: &'static Plan,
    n_articles: usize,
    on_progress: &dyn Fn(Progress),
) -> Result<datafusion::dataframe::DataFrame, Error> {
    let asked = session.sql(&plan.sql(n_articles)).await?;
    let physical = asked.clone().create_physical_plan().await?;
    let shown = displayable(physical.as_ref()).indent(false).to_string();
    on_progress(Progress::Planned { name: plan.name, plan: shown });
    Ok(asked)
}

/// Tells for each article the first one of those that anything ties together, and keeps it as a table.
async fn keep_groups(session: &SessionContext, tables: &Tables, n_articles: usize) -> Result<(), Error> {
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    let mut batches = session.sql("SELECT a, b FROM ties").await?.execute_stream().await?;
    while let Some(batch) = batches.next().await {
        let batch = batch?;
        let [a, b] = [0, 1].map(|at| batch.column(at).as_primitive::<UInt32Type>().values().iter().copied());
        pairs.extend(a.zip(b));
    }
    let firsts = groups(n_articles, pairs.iter().map(|(a, b)| (*a as usize, *b as usize)));
    let numbers: ArrayRef = Arc::new((0..n_articles as u32).collect::<UInt32Array>());
    let firsts: ArrayRef = Arc::new(firsts.into_iter().map(|first| first as u32).collect::<UInt32Array>());
    let rows = RecordBatch::try_from_iter([("number", numbers), ("first", firsts)])
        .map_err(|error| Error::new(error.to_string()))?;
    tables.keep_rows(session, "groups", &rows).await
}
