//! The processes of a cluster: a scheduler and executors that know the functions.

use crate::engine::{MAX_MESSAGE_BYTES, configured, state};
use crate::{Error, functions, roll};
use ballista::prelude::SessionConfigExt;
use ballista_core::config::TaskSchedulingPolicy;
use ballista_core::registry::BallistaFunctionRegistry;
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::SchedulerConfig;
use ballista_scheduler::scheduler_process::start_server;
use datafusion::execution::session_state::SessionStateBuilder;
use datafusion::prelude::SessionConfig;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

/// How long an executor may be silent before its work is given to others.
const MAX_SILENCE_SECONDS: u64 = 20;
/// How often executors tell that they are there.
const HEARTBEAT_SECONDS: u64 = 1;

/// Executors ask for work. Where the scheduler hands it out instead, what a lost executor had made is given to nobody when
/// all others are idle (Ballista 55.0).
const POLICY: TaskSchedulingPolicy = TaskSchedulingPolicy::PullStaged;

/// How an executor is run.
#[derive(Debug, Clone)]
pub struct Executor {
    /// Host and port of the scheduler.
    pub scheduler: (String, u16),
    /// Where it listens for other executors, and on the port after it for the scheduler.
    pub address: SocketAddr,
    /// The name under which others reach it.
    pub host: String,
    /// Tasks at a time.
    pub n_tasks: usize,
    /// Where it keeps what other executors fetch.
    pub folder: PathBuf,
}

/// Runs a scheduler until the process is ended. At the port behind its own it tells who is there.
///
/// # Errors
/// If it cannot listen at `address`.
pub async fn scheduler(address: SocketAddr, host: &str) -> Result<(), Error> {
    let session = |config: SessionConfig| Ok(state(SessionStateBuilder::new(), config));
    let config = SchedulerConfig {
        bind_host: address.ip().to_string(),
        bind_port: address.port(),
        external_host: host.to_string(),
        scheduling_policy: POLICY,
        executor_timeout_seconds: MAX_SILENCE_SECONDS,
        no_executors_grace_period_seconds: MAX_SILENCE_SECONDS * 3,
        expire_dead_executor_interval_seconds: HEARTBEAT_SECONDS,
        grpc_server_max_decoding_message_size: MAX_MESSAGE_BYTES as u32,
        grpc_server_max_encoding_message_size: MAX_MESSAGE_BYTES as u32,
        grpc_client_max_message_size: MAX_MESSAGE_BYTES as u32,
        override_config_producer: Some(Arc::new(|| configured(SessionConfig::new_with_ballista(), 2))),
        override_session_builder: Some(Arc::new(session)),
        ..SchedulerConfig::default()
    };
    let config = Arc::new(config);
    let cluster = BallistaCluster::new_from_config(&config).await?;
    roll::serve(SocketAddr::new(address.ip(), port_behind(address)?), cluster.cluster_state()).await?;
    Ok(start_server(cluster, address, config).await?)
}

/// Runs an executor until the process is ended.
///
/// # Errors
/// If it cannot listen at its address or cannot reach the scheduler.
pub async fn executor(executor: Executor) -> Result<(), Error> {
    let Executor { scheduler: (scheduler_host, scheduler_port), address, host, n_tasks, folder } = executor;
    std::fs::create_dir_all(&folder)?;
    let mut registry = BallistaFunctionRegistry::default();
    let functions = functions::all().into_iter().map(|function| (function.name().to_string(), function));
    registry.scalar_functions.extend(functions);
    let config = ExecutorProcessConfig {
        bind_host: address.ip().to_string(),
        external_host: Some(host),
        port: address.port(),
        grpc_port: port_behind(address)?,
        scheduler_host,
        scheduler_port,
        scheduler_connect_timeout_seconds: 30,
        vcores: n_tasks,
        work_dir: folder.to_str().map(str::to_string),
        task_scheduling_policy: POLICY,
        grpc_max_decoding_message_size: MAX_MESSAGE_BYTES as u32,
        grpc_max_encoding_message_size: MAX_MESSAGE_BYTES as u32,
        executor_heartbeat_interval_seconds: HEARTBEAT_SECONDS,
        override_function_registry: Some(Arc::new(registry)),
        override_config_producer: Some(Arc::new(|| configured(SessionConfig::new_with_ballista(), 2))),
        ..ExecutorProcessConfig::default()
    };
    Ok(start_executor_process(Arc::new(config)).await?)
}

/// Each of them listens at two ports, one behind the other.
fn port_behind(address: SocketAddr) -> Result<u16, Error> {
    address.port().checked_add(1).ok_or_else(|| {
        Error::new(format!("{address}: there is no port behind it"))
            .with_hint("give a lower port: the next one is used too")
    })
}
