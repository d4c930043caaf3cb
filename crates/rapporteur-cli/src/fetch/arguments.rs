//! The arguments of `rapporteur fetch`.

use clap::Args;
use rapporteur_engine::fetch::Options;
use std::path::PathBuf;
use std::time::Duration;

pub(crate) const EXAMPLES: &str = "\
Asks each URL and appends what it answers to an archive in the WARC format, as libraries keep pages. \
Redirects are followed; of a feed (RSS, Atom, JSON Feed) the pages that it lists are fetched too.

It is polite: it obeys the robots.txt of each host, waits between two requests to a host, and does \
what a busy server asks for. Only pages, plain text, PDF, JSON and feeds are fetched. Certificates are \
checked against those that the system trusts; proxies are not used. A host that no URL of yours \
names may not lead to an address of the local network.

With an archive that is there already it asks for what has changed since, and adds only that. What could \
not be fetched is named on standard error with the reason.

Examples:
  rapporteur fetch https://news.example/talks -o talks.warc.gz
  rapporteur fetch --feed https://news.example/feed.xml -o talks.warc.gz
  rapporteur fetch --list urls.txt --delay 5 -o talks.warc.gz
  rapporteur fetch --list urls.txt --json | jq 'select(.outcome == \"skipped\")'

Exit codes: 0 done, 1 nothing could be fetched, 2 failed.";

/// The most seconds that a flag may ask for: an hour. More is a slip more often than a wish.
const SECONDS_MAX: f64 = 3600.0;

#[derive(Debug, Args)]
pub(crate) struct FetchArguments {
    /// Addresses of pages or feeds, beginning with http:// or https://
    #[arg(value_name = "URL", required_unless_present = "list")]
    pub(crate) urls: Vec<String>,
    /// The archive; one that is there already is continued
    #[arg(short, long, value_name = "FILE", default_value = "fetched.warc.gz")]
    pub(crate) output: PathBuf,
    /// Take each URL for a feed and fetch the pages that it lists, whatever the server calls it
    #[arg(long)]
    feed: bool,
    /// Fetch the URLs that FILE names too, one a line; lines that begin with # are comments
    #[arg(long, value_name = "FILE")]
    pub(crate) list: Option<PathBuf>,
    /// Least time between two requests to one host; a longer wish of the host wins
    #[arg(long, value_name = "SECONDS", default_value = "1", value_parser = seconds)]
    delay: Duration,
    /// Keep at most N bytes of a page; the rest is cut, and the report says so
    #[arg(long, value_name = "N", default_value_t = 16 << 20, value_parser = clap::value_parser!(u32).range(1..))]
    max_bytes: u32,
    /// Most time for one request
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    timeout: Duration,
    /// Write what came of each URL as JSON Lines (docs/JSON.md describes it)
    #[arg(long)]
    pub(crate) json: bool,
}

impl FetchArguments {
    pub(crate) fn options(&self) -> Options {
        Options {
            are_feeds: self.feed,
            delay: self.delay,
            timeout: self.timeout,
            len_bytes_max: usize::try_from(self.max_bytes).unwrap_or(usize::MAX),
            ..Options::default()
        }
    }
}

/// A time as the user writes it.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().filter(|seconds| (0.0..=SECONDS_MAX).contains(seconds));
    let time = seconds.and_then(|seconds: f64| Duration::try_from_secs_f64(seconds).ok());
    time.ok_or_else(|| format!("write seconds from 0 to {SECONDS_MAX}, like 2 or 0.5"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_seconds_within_bounds() {
        assert_eq!(seconds("0.5"), Ok(Duration::from_millis(500)));
        for text in ["-1", "NaN", "1e9", "soon"] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }
}
