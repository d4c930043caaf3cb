//! All plans, one after the other.

use crate::engine::Engine;
use crate::output::write;
use crate::plans::{PLANS, Plan};
use crate::tables::{Tables, register};
use crate::{Error, output, roll};
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
    /// An executor was lost while a plan ran, which is run again.
    Again {
        /// The plan.
        name: &'static str,
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

/// Runs of one plan, each but the last with a lost executor.
const MAX_RUNS: usize = 5;

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
    // What this process reads of the tables between it reads itself.
    let own = SessionContext::new();
    let mut n_articles = 0;
    for plan in &PLANS {
        if plan.name == "gathered" {
            tables.register(&own, "ties").await?;
            keep_groups(&session, &own, &tables, n_articles).await?;
        }
        let begun = Instant::now();
        let n_rows = kept(&session, engine, &tables, plan, n_articles, on_progress).await?;
        if plan.name == "numbers" {
            n_articles = n_rows;
        }
        on_progress(Progress::Done { name: plan.name, n_rows, took: begun.elapsed() });
    }
    for name in ["gathered", "links"] {
        tables.register(&own, name).await?;
    }
    let origins = output::origins(&own).await?;
    let links = own.sql("SELECT link, passages FROM links ORDER BY a, b").await?;
    let related = write(&folder, links, &origins).await?;
    tables.end()?;
    Ok(related)
}

/// Runs a plan and keeps its table; runs it again where an executor was lost meanwhile, since rows can come twice then.
/// Gives the number of rows.
async fn kept(
    session: &SessionContext,
    engine: &Engine,
    tables: &Tables,
    plan: &'static Plan,
    n_articles: usize,
    on_progress: &dyn Fn(Progress),
) -> Result<usize, Error> {
    let roll = engine.roll_address();
    for _ in 0..MAX_RUNS {
        let before = match &roll {
            Some(address) => Some(roll::ask(address).await?),
            None => None,
        };
        let answer = planned(session, plan, n_articles, on_progress).await?;
        let n_rows = tables.write(plan.name, &answer).await?;
        let is_sound = match (&roll, &before) {
            (Some(address), Some(before)) => roll::are_all_there(address, before).await?,
            _ => true,
        };
        if is_sound {
            tables.register_kept(session, plan.name, &answer, n_rows).await?;
            return Ok(n_rows);
        }
        on_progress(Progress::Again { name: plan.name });
    }
    Err(Error::new(format!("{}: executors were lost {MAX_RUNS} times while it ran", plan.name))
        .with_hint("see why they end, and start them again"))
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
async fn keep_groups(
    session: &SessionContext,
    own: &SessionContext,
    tables: &Tables,
    n_articles: usize,
) -> Result<(), Error> {
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    let mut batches = own.sql("SELECT a, b FROM ties").await?.execute_stream().await?;
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
