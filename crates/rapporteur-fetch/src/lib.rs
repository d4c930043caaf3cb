//! Fetches pages and feeds politely into a WARC archive.
//!
//! This is the one place of the product that touches the network, and it does so only when it is asked: [`fetch`] takes
//! addresses and appends what they answer to an archive. A *hop* is one request; an address may take several, because
//! servers redirect. Each hop is checked alone: its scheme, the host's `robots.txt` (RFC 9309), and whether it leads
//! to an address of the private network that nobody named.
//!
//! It knows nothing about articles or the terminal. The clock for the archive's dates is a parameter.

mod address;
mod archive;
mod client;
mod error;
mod feed;
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "in tests a panic is the message")]
mod fuzz;
mod media_type;
mod report;
mod robots;
mod run;

pub use error::Error;
pub use report::{Outcome, Progress, Report, Visit, schema};
pub use run::fetch;

use std::time::Duration;

/// How addresses are fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Whether each address is a feed, whatever media type it is sent with. A feed that is sent with a feed's media
    /// type is noticed anyway.
    pub are_feeds: bool,
    /// How many items of one feed are fetched at most.
    pub n_items_max: usize,
    /// The least time between two requests to one host. A longer `Crawl-delay` of the host wins.
    pub delay: Duration,
    /// The most time one request may take, from the look-up of the name to the last byte.
    pub timeout: Duration,
    /// The longest wait that a host may ask for, by `Retry-After` or `Crawl-delay`; who asks for more is skipped.
    pub wait_max: Duration,
    /// How often a request is repeated that failed on the way or at the server.
    pub n_retries: u32,
    /// The wait before the first repetition; it doubles with each.
    pub backoff: Duration,
    /// How much of a body is kept, in bytes without content coding.
    pub len_bytes_max: usize,
}

impl Default for Options {
    /// One second between requests and two repetitions are what crawlers commonly do; 16 MiB holds every article and
    /// most reports as PDF. The waits are a choice: nobody watches a terminal for much longer.
    fn default() -> Self {
        Options {
            are_feeds: false,
            n_items_max: 100,
            delay: Duration::from_secs(1),
            timeout: Duration::from_secs(30),
            wait_max: Duration::from_secs(60),
            n_retries: 2,
            backoff: Duration::from_secs(2),
            len_bytes_max: 16 << 20,
        }
    }
}
