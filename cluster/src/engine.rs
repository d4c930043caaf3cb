//! Where plans are run: in this process, or on a cluster.

use crate::{Error, functions};
use ballista::prelude::{SessionConfigExt, SessionContextExt};
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::execution::session_state::{SessionState, SessionStateBuilder};
use datafusion::prelude::{SessionConfig, SessionContext};
use std::sync::Arc;

/// Where plans are run.
#[derive(Debug, Clone)]
pub enum Engine {
    /// In this process, on so many threads and with so many bytes for what joins and groups hold; what is more goes to disk.
    Here {
        /// Threads.
        n_threads: usize,
        /// Bytes.
        max_bytes: usize,
    },
    /// On the cluster whose scheduler has this address, `df://HOST:PORT`, in so many partitions.
    Cluster {
        /// The address.
        scheduler: String,
        /// Partitions of what is joined or grouped: two or three for each core of the cluster.
        n_partitions: usize,
    },
}

impl Engine {
    /// A session that knows the functions.
    ///
    /// # Errors
    /// If the scheduler does not answer.
    pub async fn session(&self) -> Result<SessionContext, Error> {
        match self {
            Engine::Here { n_threads, max_bytes } => {
                let pool = Arc::new(FairSpillPool::new(*max_bytes));
                let runtime = RuntimeEnvBuilder::new().with_memory_pool(pool).build_arc()?;
                let builder = SessionStateBuilder::new().with_runtime_env(runtime);
                Ok(SessionContext::new_with_state(state(builder, configured(SessionConfig::new(), *n_threads))))
            }
            Engine::Cluster { scheduler, n_partitions } => {
                let config = configured(SessionConfig::new_with_ballista(), *n_partitions)
                    .with_ballista_grpc_client_max_message_size(MAX_MESSAGE_BYTES)
                    // Plans that change while they run wait for ever for what a lost executor had made (Ballista 55.0).
                    .with_ballista_adaptive_query_planner(false)
                    .with_ballista_job_name("rapporteur lineage");
                let state = state(SessionStateBuilder::new(), config);
                let unreachable = |error: datafusion::error::DataFusionError| {
                    Error::new(format!("{scheduler}: {}", error.strip_backtrace()))
                        .with_hint("start a scheduler and executors first, see the manual of the cluster")
                };
                let session = SessionContext::remote_with_state(scheduler, state).await.map_err(unreachable)?;
                // Ballista has put its own functions in the place of those of the state.
                functions::all().into_iter().for_each(|function| session.register_udf(function.as_ref().clone()));
                Ok(session)
            }
        }
    }
}

impl Engine {
    /// Where the scheduler tells who is there; none for this process, which cannot lose a part of itself.
    pub(crate) fn roll_address(&self) -> Option<String> {
        let Engine::Cluster { scheduler, .. } = self else { return None };
        let (host, port) = scheduler.trim_start_matches("df://").rsplit_once(':')?;
        Some(format!("{host}:{}", port.parse::<u16>().ok()?.checked_add(1)?))
    }
}

/// Messages between the processes of a cluster: a row of the widest table is a group of articles.
pub(crate) const MAX_MESSAGE_BYTES: usize = 1 << 28;

/// What all sessions have in common, those of schedulers and executors too.
pub(crate) fn configured(config: SessionConfig, n_partitions: usize) -> SessionConfig {
    let mut config = config.with_target_partitions(n_partitions);
    // The functions take texts and bytes as plain columns.
    config.options_mut().execution.parquet.schema_force_view_types = false;
    // Rows are articles: a few thousand are megabytes.
    config.with_batch_size(1024)
}

/// A session state with the functions.
pub(crate) fn state(builder: SessionStateBuilder, config: SessionConfig) -> SessionState {
    let mut builder = builder.with_config(config).with_default_features();
    builder.scalar_functions().get_or_insert_default().extend(functions::all());
    builder.build()
}
