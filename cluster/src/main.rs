//! `rapporteur-cluster`: relates the articles of a folder by plans, here or on several machines.

use clap::{Parser, Subcommand};
use rapporteur_cluster::engine::Engine;
use rapporteur_cluster::{Error, PLANS, Progress, nodes, relate};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Relates the articles of a folder that `rapporteur bulk` has made: which share wording, and which count once.
#[derive(Parser)]
#[command(name = "rapporteur-cluster", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Relate the articles of a folder in this process
    Relate {
        /// The folder
        folder: PathBuf,
        /// Threads; all cores if left out
        #[arg(long)]
        threads: Option<usize>,
        /// Memory for joins and groups, in MiB; what is more goes to disk
        #[arg(long, default_value_t = 4096)]
        memory: usize,
        /// Print how each plan is run
        #[arg(long)]
        print_plans: bool,
    },
    /// Relate the articles of a folder on a cluster
    Submit {
        /// The folder, which all executors see under the same path
        folder: PathBuf,
        /// Address of the scheduler
        #[arg(long, value_name = "df://HOST:PORT")]
        scheduler: String,
        /// Parts of what is joined or grouped; two or three for each core of the cluster
        #[arg(long, default_value_t = 8)]
        partitions: usize,
        /// Print how each plan is run
        #[arg(long)]
        print_plans: bool,
    },
    /// Run the scheduler of a cluster
    Scheduler {
        /// Where to listen
        #[arg(long, default_value = "127.0.0.1:50050")]
        bind: SocketAddr,
        /// Name under which executors reach it
        #[arg(long, default_value = "localhost")]
        host: String,
    },
    /// Run an executor of a cluster
    Executor {
        /// Host and port of the scheduler
        #[arg(long, value_name = "HOST:PORT", default_value = "localhost:50050", value_parser = host_and_port)]
        scheduler: (String, u16),
        /// Where to listen; the port after it is taken too
        #[arg(long, default_value = "127.0.0.1:50060")]
        bind: SocketAddr,
        /// Name under which others reach it
        #[arg(long, default_value = "localhost")]
        host: String,
        /// Tasks at a time; all cores if left out
        #[arg(long)]
        tasks: Option<usize>,
        /// Folder for what other executors fetch
        #[arg(long)]
        work: PathBuf,
    },
    /// Print the plans in SQL
    Plans,
}

/// Writes what Ballista tells to standard error. It is no more than that: a logger with filters would have four hundred
/// crates compiled with other features.
struct Logger;

static LOGGER: Logger = Logger;

impl log::Log for Logger {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        eprintln!("{} {}: {}", record.level(), record.target(), record.args());
    }

    fn flush(&self) {}
}

/// The level that RUST_LOG names; warnings and errors without it.
fn wanted() -> log::LevelFilter {
    let named = std::env::var("RUST_LOG").ok().and_then(|level| level.parse().ok());
    named.unwrap_or(log::LevelFilter::Warn)
}

fn host_and_port(given: &str) -> Result<(String, u16), String> {
    let (host, port) = given.rsplit_once(':').ok_or("a host and a port are meant, `desk:50050`")?;
    Ok((host.to_string(), port.parse().map_err(|_| "the port is no number below 65536")?))
}

#[tokio::main]
async fn main() -> ExitCode {
    // What Ballista tells of its work, where RUST_LOG asks for it.
    log::set_logger(&LOGGER).map(|()| log::set_max_level(wanted())).ok();
    match run(Arguments::parse().command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

async fn run(command: Command) -> Result<(), Error> {
    match command {
        Command::Relate { folder, threads, memory, print_plans } => {
            let engine = Engine::Here { n_threads: threads.unwrap_or_else(n_cores), max_bytes: memory << 20 };
            relate_and_tell(&folder, &engine, print_plans).await
        }
        Command::Submit { folder, scheduler, partitions, print_plans } => {
            relate_and_tell(&folder, &Engine::Cluster { scheduler, n_partitions: partitions }, print_plans).await
        }
        Command::Scheduler { bind, host } => nodes::scheduler(bind, &host).await,
        Command::Executor { scheduler, bind, host, tasks, work } => {
            let n_tasks = tasks.unwrap_or_else(n_cores);
            nodes::executor(nodes::Executor { scheduler, address: bind, host, n_tasks, folder: work }).await
        }
        Command::Plans => {
            PLANS.iter().for_each(|plan| println!("-- {}\n{}", plan.name, plan.sql(0)));
            Ok(())
        }
    }
}

async fn relate_and_tell(folder: &Path, engine: &Engine, print_plans: bool) -> Result<(), Error> {
    let tell = |progress| match progress {
        Progress::Planned { name, plan } if print_plans => println!("plan {name}\n{plan}"),
        Progress::Planned { .. } => {}
        Progress::Again { name } => eprintln!("{name}: an executor was lost; it is run again"),
        Progress::Done { name, n_rows, took } => eprintln!("{name}: {n_rows} rows in {:.1} s", took.as_secs_f64()),
    };
    let related = relate(folder, engine, &tell).await?;
    eprintln!(
        "{} articles, {} independent origins, {} links, {} passages",
        related.n_articles, related.n_origins, related.n_links, related.n_passages
    );
    Ok(())
}

fn n_cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
