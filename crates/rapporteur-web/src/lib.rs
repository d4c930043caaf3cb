//! The room: a case in a browser.
//!
//! Pages are made on the server and read without a script; what a reader can do with the mouse can be done with keys.
//! The server listens on this machine alone unless it is told otherwise, asks no other host for anything, and shows
//! whatever articles say as text; `guard` tells what keeps it so.
//!
//! It knows nothing about how records and stories are made or how the case is stored: it asks the engine and the views.

mod actions;
mod api;
mod assets;
mod cards;
mod frame;
mod guard;
mod kept;
mod links;
mod pages;
mod room;
mod router;
mod text;

use rapporteur_engine::{Error, Input, Options};
use rapporteur_model::Instant;
use room::Room;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

/// What answers under `/api/v1/`, in OpenAPI 3.1.
pub const DESCRIPTION: &str = include_str!("../assets/openapi.json");

/// What is served, where, and for whom.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The file of the case; it is made where there is none.
    pub case: PathBuf,
    /// Where to listen; port 0 takes any that is free.
    pub listen: SocketAddr,
    /// Names beside those of this machine by which a browser may call the server.
    pub hosts: Vec<String>,
    /// Who signs corrections.
    pub author: String,
    /// How articles are read that are dropped in.
    pub options: Options,
    /// The example coverage, which an empty case offers.
    pub examples: Vec<Input>,
    /// Tells the time of runs and corrections.
    pub now: fn() -> Instant,
}

/// Serves a case until the process is told to stop. `on_ready` gets the address once it can be called.
///
/// # Errors
/// If the case cannot be opened or made, or nobody can listen at the address.
pub fn serve(settings: Settings, on_ready: &dyn Fn(SocketAddr)) -> Result<(), Error> {
    let listen = settings.listen;
    let failed = |what: &str| {
        let what = what.to_string();
        move |error: std::io::Error| Error::new(format!("{what}: {error}"))
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(failed("threads could not be started"))?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(listen).await;
        let listener = listener
            .map_err(failed(&format!("nobody can listen at {listen}")))
            .map_err(|error| error.with_hint("give another port, or `--port 0` for any that is free"))?;
        let address = listener.local_addr().map_err(failed("the address is not known"))?;
        let room = Arc::new(Room::open(settings, address)?);
        on_ready(address);
        // Whoever opens the first article need not wait for it.
        let first = Arc::clone(&room);
        tokio::task::spawn_blocking(move || first.ask(|case| case.items_in("")));
        let stop = async {
            // Where nothing can tell to stop, it goes on until it is killed.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        let served = axum::serve(listener, router::router(room)).with_graceful_shutdown(stop).await;
        served.map_err(failed("the server stopped"))
    })
}
