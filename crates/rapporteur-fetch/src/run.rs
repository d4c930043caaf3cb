//! A run over addresses: whose turn it is, how long to wait, and where redirects lead.

use crate::address::is_public;
use crate::archive::Archive;
use crate::client::{Answer, Ask, Client, Failure};
use crate::report::Refusal;
use crate::robots::{self, Rules};
use crate::{Error, Options, Outcome, Progress, Report, Visit, feed, media_type};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant, SystemTime};
use url::Url;

/// How many redirects are followed: RFC 9309, section 2.3.1.2, asks for five for `robots.txt`; pages get as many.
const N_REDIRECTS_MAX: usize = 5;

/// Fetches addresses (http or https) into an archive, which is begun or continued. Addresses that fail are in the
/// report with the reason. `clock` gives the dates of the records.
///
/// Hosts are asked one after the other, each with its own pauses; while one pauses another is asked.
///
/// # Errors
/// The archive cannot be opened, is damaged in the middle, or cannot be written.
pub fn fetch(
    requests: &[String],
    options: &Options,
    archive: &Path,
    clock: &dyn Fn() -> SystemTime,
    on_progress: &dyn Fn(Progress<'_>),
) -> Result<Report, Error> {
    let (archive, mended) = Archive::open(archive, clock())?;
    let named = requests.iter().filter_map(|request| Url::parse(request.trim()).ok());
    let named = named.filter(is_local).filter_map(|url| place_of(&url)).collect();
    let client = Client::new(options);
    let mut run = Run {
        options,
        archive,
        clock,
        client,
        named,
        first_hop: None,
        ready_at: BTreeMap::new(),
        rules: BTreeMap::new(),
    };
    let mut jobs: VecDeque<Job> = VecDeque::new();
    let mut asked = BTreeSet::new();
    for (idx, request) in requests.iter().enumerate() {
        let url = request.trim().to_string();
        if asked.insert(address_key(&url)) {
            jobs.push_back(Job { url, feed: None, order: (idx, 0) });
        }
    }
    let mut done: Vec<((usize, usize), Visit)> = Vec::new();
    while let Some(job) = run.take_next(&mut jobs) {
        let n_known = done.len() + jobs.len() + 1;
        on_progress(Progress::Started { url: &job.url, n_done: done.len(), n_known });
        let (outcome, items) = run.visit(&job)?;
        for (idx, item) in items.into_iter().enumerate() {
            if asked.insert(item.to_string()) {
                let order = (job.order.0, idx + 1);
                jobs.push_back(Job { url: item.to_string(), feed: Some(job.url.clone()), order });
            }
        }
        done.push((job.order, Visit { url: job.url, feed: job.feed, outcome }));
        on_progress(Progress::Finished { n_done: done.len(), n_known: done.len() + jobs.len() });
    }
    done.sort_by_key(|(order, _)| *order);
    Ok(Report { visits: done.into_iter().map(|(_, visit)| visit).collect(), mended })
}

/// What two spellings of an address have in common.
fn address_key(text: &str) -> String {
    let Ok(mut url) = Url::parse(text) else { return text.to_string() };
    url.set_fragment(None);
    url.to_string()
}

/// Host and port of an address.
fn place_of(url: &Url) -> Option<(String, u16)> {
    Some((url.host_str()?.to_string(), url.port_or_known_default()?))
}

/// Whether an address names a place of the local network by its number, or this machine by its usual name.
fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(address)) => !is_public(address.into()),
        Some(url::Host::Ipv6(address)) => !is_public(address.into()),
        None => false,
    }
}

/// An address that is to be fetched.
struct Job {
    url: String,
    /// The feed that names it.
    feed: Option<String>,
    /// The place in the report: request, then item.
    order: (usize, usize),
}

struct Run<'a> {
    options: &'a Options,
    archive: Archive,
    clock: &'a dyn Fn() -> SystemTime,
    client: Client,
    /// The places of the local network that the user names as such, by host and port.
    named: BTreeSet<(String, u16)>,
    /// The place of the user's own address, while that is followed: its name may be one of the local network.
    first_hop: Option<(String, u16)>,
    /// When each host may be asked again.
    ready_at: BTreeMap<String, Instant>,
    /// The rules of each origin.
    rules: BTreeMap<String, Rules>,
}

/// Where an address led to.
enum Arrival {
    Answer(Url, Answer),
    NotModified(Url),
}

impl Run<'_> {
    /// The first job whose host may be asked now, or else the one whose host may be asked first.
    fn take_next(&self, jobs: &mut VecDeque<Job>) -> Option<Job> {
        let now = Instant::now();
        let wait = |job: &Job| {
            let host = Url::parse(&job.url).ok()?.host_str()?.to_string();
            Some(self.ready_at.get(&host)?.saturating_duration_since(now))
        };
        let (idx, _) =
            jobs.iter().map(|job| wait(job).unwrap_or_default()).enumerate().min_by_key(|(_, wait)| *wait)?;
        jobs.remove(idx)
    }

    /// What comes of a job, with the addresses of its items where it is a feed that was asked for.
    fn visit(&mut self, job: &Job) -> Result<(Outcome, Vec<Url>), Error> {
        let (final_url, answer) = match self.arrive(job) {
            Ok(Arrival::Answer(url, answer)) => (url, answer),
            Ok(Arrival::NotModified(url)) => {
                return Ok((Outcome::NotModified { final_url: url.to_string() }, Vec::new()));
            }
            Err(refusal) => return Ok((refusal.into(), Vec::new())),
        };
        let is_wanted_feed = job.feed.is_none() && self.options.are_feeds;
        let is_feed = is_wanted_feed || answer.header("content-type").is_some_and(media_type::is_feed);
        let mut items = Vec::new();
        if job.feed.is_none() && is_feed {
            match feed::item_links(&answer.body, &final_url, self.options.n_items_max) {
                Some(links) => items = links,
                None if is_wanted_feed => {
                    let refusal = Refusal::new("is not a feed", "leave --feed out to fetch it as a page");
                    return Ok((refusal.into(), items));
                }
                None => {}
            }
        }
        let record = self.archive.store(&final_url, &answer, (self.clock)())?;
        let final_url = final_url.to_string();
        let outcome = match record {
            Some(record) => Outcome::Fetched {
                status: answer.status,
                len_bytes: answer.body.len(),
                final_url,
                record,
                is_cut: answer.is_cut,
            },
            None => Outcome::NotModified { final_url },
        };
        Ok((outcome, items))
    }

    /// Follows redirects from a job's address to an answer that can be stored.
    fn arrive(&mut self, job: &Job) -> Result<Arrival, Refusal> {
        let mut url = Url::parse(&job.url)
            .map_err(|error| Refusal::new(format!("is no address: {error}"), "write it in full: https://host/page"))?;
        self.first_hop = job.feed.is_none().then(|| place_of(&url)).flatten();
        for _ in 0..=N_REDIRECTS_MAX {
            check_address(&url)?;
            url.set_fragment(None);
            self.check_rules(&url)?;
            let conditions = self.archive.conditions(&url, self.options.are_feeds && job.feed.is_none());
            let answer = self.get(&url, &conditions, self.options.len_bytes_max, true)?;
            match answer.status {
                200 => return Ok(Arrival::Answer(url, answer)),
                304 if !conditions.is_empty() => return Ok(Arrival::NotModified(url)),
                301..=303 | 307 | 308 => url = redirect(&url, &answer)?,
                status => return Err(status_refusal(status)),
            }
        }
        Err(Refusal::new(
            format!("redirects more than {N_REDIRECTS_MAX} times"),
            "open it in a browser and name the address that it ends at",
        ))
    }

    /// Whether the host lets the address be fetched; asks for its rules where they are not known yet.
    fn check_rules(&mut self, url: &Url) -> Result<(), Refusal> {
        let origin = url.origin().ascii_serialization();
        if !self.rules.contains_key(&origin) {
            let rules = self.ask_rules(url)?;
            self.rules.insert(origin.clone(), rules);
        }
        let rules = &self.rules[&origin];
        rules.check(url)?;
        match rules.delay() {
            Some(delay) if delay > self.options.wait_max => Err(Refusal::new(
                format!("the host asks for {} s between two requests", delay.as_secs()),
                "save the page with a browser and read the file",
            )),
            _ => Ok(()),
        }
    }

    fn ask_rules(&mut self, url: &Url) -> Result<Rules, Refusal> {
        let mut place = url.join("/robots.txt").map_err(|_| Refusal::new("has no host", "check the address"))?;
        for _ in 0..=N_REDIRECTS_MAX {
            check_address(&place)?;
            let answer = match self.get(&place, &[], robots::LEN_BYTES_MAX, false) {
                Ok(answer) => answer,
                Err(refusal) => return Ok(Rules::Unknown(refusal.reason)),
            };
            match answer.status {
                200 => return Ok(Rules::read(&answer.body)),
                301..=303 | 307 | 308 => {
                    match redirect(&place, &answer).and_then(|next| check_address(&next).map(|()| next)) {
                        Ok(next) => place = next,
                        Err(refusal) => return Ok(Rules::Unknown(refusal.reason)),
                    }
                }
                429 => return Ok(Rules::Unknown("status 429".to_string())),
                400..=499 => return Ok(Rules::Absent),
                status => return Ok(Rules::Unknown(format!("status {status}"))),
            }
        }
        // Section 2.3.1.2: after five redirects the rules may be taken as unavailable.
        Ok(Rules::Absent)
    }

    /// Asks until there is an answer or no hope of one, with the pauses that are due.
    fn get(
        &mut self,
        url: &Url,
        conditions: &[(&'static str, String)],
        len_bytes_max: usize,
        is_typed: bool,
    ) -> Result<Answer, Refusal> {
        let host = url.host_str().unwrap_or_default().to_string();
        let place = place_of(url);
        let is_named = place.is_some() && (place == self.first_hop || place.is_some_and(|p| self.named.contains(&p)));
        let mut backoff = self.options.backoff;
        let mut n_left = self.options.n_retries;
        loop {
            if let Some(ready_at) = self.ready_at.get(&host) {
                thread::sleep(ready_at.saturating_duration_since(Instant::now()));
            }
            let result = self.client.get(&Ask { url, conditions, is_named, len_bytes_max, is_typed });
            self.pause(&host, self.delay_of(url));
            let pause = match result {
                Ok(answer) if is_passing(answer.status) => {
                    let asked = self.retry_after(&answer);
                    // Whatever becomes of this address, the host has asked for quiet.
                    self.pause(&host, asked.unwrap_or_default().min(self.options.wait_max));
                    if asked.is_some_and(|asked| asked > self.options.wait_max) || n_left == 0 {
                        return Ok(answer);
                    }
                    asked.unwrap_or(backoff)
                }
                Ok(answer) => return Ok(answer),
                Err(Failure::Passing(refusal)) if n_left == 0 => return Err(refusal),
                Err(Failure::Passing(_)) => backoff,
                Err(Failure::Lasting(refusal)) => return Err(refusal),
            };
            self.pause(&host, pause);
            n_left -= 1;
            backoff = backoff.saturating_mul(2).min(self.options.wait_max);
        }
    }

    /// Leaves a host alone for at least this long.
    fn pause(&mut self, host: &str, pause: Duration) {
        let now = Instant::now();
        let until = now.checked_add(pause).unwrap_or(now);
        let ready_at = self.ready_at.entry(host.to_string()).or_insert(until);
        *ready_at = until.max(*ready_at);
    }

    fn delay_of(&self, url: &Url) -> Duration {
        let rules = self.rules.get(&url.origin().ascii_serialization());
        let asked = rules.and_then(Rules::delay).unwrap_or_default();
        self.options.delay.max(asked.min(self.options.wait_max))
    }

    /// How long the server asks to be left alone: seconds or a date (RFC 9110, section 10.2.3).
    fn retry_after(&self, answer: &Answer) -> Option<Duration> {
        let value = answer.header("retry-after")?.trim();
        if let Ok(seconds) = value.parse() {
            return Some(Duration::from_secs(seconds));
        }
        let until = jiff::fmt::rfc2822::parse(value).ok()?.timestamp();
        let now = Timestamp::try_from((self.clock)()).ok()?;
        Some(Duration::try_from(until.duration_since(now)).unwrap_or_default())
    }
}

/// Whether a status may change when asked again.
fn is_passing(status: u16) -> bool {
    matches!(status, 429 | 500 | 502..=504)
}

fn status_refusal(status: u16) -> Refusal {
    let hint = match status {
        404 | 410 => "check the address; the page may be gone",
        401 | 403 => "the site wants a login or no programs; save the page with a browser and read the file",
        429 | 500..=599 => "try again later",
        _ => "save the page with a browser and read the file",
    };
    Refusal::new(format!("the server answers with status {status}"), hint)
}

/// Whether an address is one that can be asked at all.
fn check_address(url: &Url) -> Result<(), Refusal> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Refusal::new(
            format!("leads to {}:, which is not fetched", url.scheme()),
            "only http and https are",
        ));
    }
    if !url.username().is_empty() || url.password().is_some() {
        let hint = "leave them out; they would be stored with the page";
        return Err(Refusal::new("the address holds a name or password", hint));
    }
    Ok(())
}

fn redirect(from: &Url, answer: &Answer) -> Result<Url, Refusal> {
    let hint = "open it in a browser and name the address that it ends at";
    let place = answer.header("location").ok_or_else(|| Refusal::new("redirects to nowhere", hint))?;
    from.join(place).map_err(|_| Refusal::new("redirects to what is no address", hint))
}
