//! Who is there: the executors of a cluster, with when they were last heard.
//!
//! Ballista 55.0 goes on when an executor is lost, but rows can come twice then: of three runs with a killed executor one gave
//! four times as many ties. So the scheduler answers a second question, at the port behind its own, and whoever asks a plan
//! asks it again where somebody was lost meanwhile.

use crate::Error;
use ballista_scheduler::cluster::ClusterState;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// An executor that is there is heard within so many seconds.
const MAX_WAIT_SECONDS: u64 = 10;

/// What the scheduler knows at one moment: seconds by its own clock.
#[derive(Debug)]
pub(crate) struct Roll {
    now: u64,
    last_heard: BTreeMap<String, u64>,
}

/// Answers whoever connects to `address`, until the process ends.
///
/// # Errors
/// If it cannot listen there.
pub(crate) async fn serve(address: SocketAddr, state: Arc<dyn ClusterState>) -> Result<(), Error> {
    let listener = TcpListener::bind(address).await?;
    tokio::spawn(async move {
        loop {
            let Ok((mut stream, _)) = listener.accept().await else { continue };
            let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
            let heard = state.executor_heartbeats().into_values();
            let lines: Vec<String> =
                heard.map(|heartbeat| format!("{}\t{}\n", heartbeat.executor_id, heartbeat.timestamp)).collect();
            // Who hangs up does not want to know.
            let _ = stream.write_all(format!("{now}\n{}", lines.concat()).as_bytes()).await;
        }
    });
    Ok(())
}

/// Asks at the address of a roll.
///
/// # Errors
/// If nobody answers, or what answers is no scheduler of this program.
pub(crate) async fn ask(address: &str) -> Result<Roll, Error> {
    let unreachable = |error: std::io::Error| {
        Error::new(format!("{address}: {error}")).with_hint(
            "start the scheduler by `rapporteur-cluster scheduler`, which answers at the port behind its own too",
        )
    };
    let mut stream = TcpStream::connect(address).await.map_err(unreachable)?;
    let mut told = String::new();
    stream.read_to_string(&mut told).await.map_err(unreachable)?;
    let mut lines = told.lines();
    let now = lines.next().and_then(|now| now.parse().ok());
    let now = now.ok_or_else(|| Error::new(format!("{address}: no scheduler of this program answers there")))?;
    let last_heard = lines.filter_map(|line| {
        let (id, heard) = line.split_once('\t')?;
        Some((id.to_string(), heard.parse().ok()?))
    });
    Ok(Roll { now, last_heard: last_heard.collect() })
}

/// Whether all executors of an earlier roll are still there: each is heard anew, or the wait for it ends.
///
/// # Errors
/// As [`ask`].
pub(crate) async fn are_all_there(address: &str, before: &Roll) -> Result<bool, Error> {
    let end = ask(address).await?;
    let mut roll = ask(address).await?;
    while roll.now <= end.now + MAX_WAIT_SECONDS {
        let is_heard = |id: &String| roll.last_heard.get(id).is_some_and(|heard| *heard > end.now);
        if before.last_heard.keys().all(is_heard) {
            return Ok(true);
        }
        if before.last_heard.keys().any(|id| !roll.last_heard.contains_key(id)) {
            return Ok(false);
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
        roll = ask(address).await?;
    }
    Ok(false)
}
