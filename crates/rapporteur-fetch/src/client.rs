//! One request and its answer.

use crate::Options;
use crate::address::{NotPublic, PublicResolver};
use crate::media_type;
use crate::report::Refusal;
use std::io::Read;
use std::sync::Arc;
use std::time::Duration;
use ureq::http::Response;
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

/// The name that this program gives itself.
pub(crate) const USER_AGENT: &str = concat!("rapporteur/", env!("CARGO_PKG_VERSION"));

/// The most time for a connection: TCP repeats its first packet after 1 s, 3 s and 7 s (RFC 6298), so three have been
/// tried by then.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How requests are made.
pub(crate) struct Client {
    /// Connects to any address; for hosts that the user names.
    open: Agent,
    /// Connects to public addresses only; for hosts that a server names.
    guarded: Agent,
}

/// What a server answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Version, status and phrase, as they begin a response.
    pub(crate) status_line: String,
    /// Names in lower case, values as received.
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    /// The body without transfer and content coding; empty where the status is not 200.
    pub(crate) body: Vec<u8>,
    /// Whether the body was longer than allowed.
    pub(crate) is_cut: bool,
}

/// Why there is no answer.
pub(crate) enum Failure {
    /// Asking again may help.
    Passing(Refusal),
    /// Asking again does not help.
    Lasting(Refusal),
}

/// What one request asks for.
pub(crate) struct Ask<'a> {
    pub(crate) url: &'a Url,
    /// Headers of a conditional request.
    pub(crate) conditions: &'a [(&'static str, String)],
    /// Whether the user named the host.
    pub(crate) is_named: bool,
    pub(crate) len_bytes_max: usize,
    /// Whether only media types count that may hold an article.
    pub(crate) is_typed: bool,
}

impl Client {
    pub(crate) fn new(options: &Options) -> Client {
        let tls = tls();
        let config = || {
            Agent::config_builder()
                .user_agent(USER_AGENT)
                .http_status_as_error(false)
                .max_redirects(0)
                .max_redirects_will_error(false)
                // A proxy would come from the environment, and would look up the names that are checked here.
                .proxy(None)
                .tls_config(tls.clone())
                .timeout_global(Some(options.timeout))
                .timeout_connect(Some(options.timeout.min(CONNECT_TIMEOUT)))
                .build()
        };
        Client {
            open: Agent::with_parts(config(), DefaultConnector::default(), DefaultResolver::default()),
            guarded: Agent::with_parts(config(), DefaultConnector::default(), PublicResolver::default()),
        }
    }

    /// Asks once and follows nothing.
    pub(crate) fn get(&self, ask: &Ask<'_>) -> Result<Answer, Failure> {
        let agent = if ask.is_named { &self.open } else { &self.guarded };
        let mut request = agent.get(ask.url.as_str());
        for (name, value) in ask.conditions {
            request = request.header(*name, value);
        }
        let response = request.call().map_err(failure)?;
        answer(response, ask)
    }
}

impl Answer {
    /// The value of a header as text; `None` where it is missing or is no text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(header, _)| header == name)?;
        std::str::from_utf8(value).ok()
    }
}

/// Certificates are checked against those that the system trusts, as its browsers do.
fn tls() -> TlsConfig {
    // Where none can be loaded every https address is skipped with the reason.
    let trusted = rustls_native_certs::load_native_certs().certs;
    let trusted = trusted.iter().map(|certificate| Certificate::from_der(certificate).to_owned());
    TlsConfig::builder()
        .root_certs(RootCerts::from(trusted))
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .build()
}

fn answer(response: Response<Body>, ask: &Ask<'_>) -> Result<Answer, Failure> {
    let status = response.status();
    let phrase = status.canonical_reason().unwrap_or_default();
    let status_line = format!("{:?} {} {phrase}", response.version(), status.as_u16());
    let headers = response.headers().iter();
    let headers = headers.map(|(name, value)| (name.as_str().to_string(), value.as_bytes().to_vec())).collect();
    let mut answer = Answer { status: status.as_u16(), status_line, headers, body: Vec::new(), is_cut: false };
    if answer.status != 200 {
        return Ok(answer);
    }
    if ask.is_typed {
        check_type(&answer).map_err(Failure::Lasting)?;
    }
    // The client takes the codings away that it asked for, and their header with them.
    if let Some(coding) = answer.header("content-encoding").filter(|coding| !coding.eq_ignore_ascii_case("identity")) {
        let reason = format!("the body has the content coding {}, which was not asked for", coding.escape_debug());
        return Err(Failure::Lasting(Refusal::new(reason, "save the page with a browser and read the file")));
    }
    let limit = u64::try_from(ask.len_bytes_max).unwrap_or(u64::MAX);
    let mut body = response.into_body().into_reader().take(limit.saturating_add(1));
    body.read_to_end(&mut answer.body).map_err(|error| failure(ureq::Error::from(error)))?;
    if answer.body.len() > ask.len_bytes_max {
        answer.body.truncate(ask.len_bytes_max);
        answer.is_cut = true;
    }
    Ok(answer)
}

fn check_type(answer: &Answer) -> Result<(), Refusal> {
    let hint = "only pages, plain text, PDF, JSON and feeds are fetched";
    match answer.header("content-type") {
        Some(content_type) if media_type::is_wanted(content_type) => Ok(()),
        Some(content_type) => Err(Refusal::new(format!("is {}, which is not text", content_type.escape_debug()), hint)),
        None => Err(Refusal::new("the server does not say what type it is", hint)),
    }
}

fn failure(error: ureq::Error) -> Failure {
    match error {
        ureq::Error::Io(error) if error.get_ref().is_some_and(|inner| inner.is::<NotPublic>()) => {
            Failure::Lasting(Refusal::new(NotPublic.to_string(), "name the address itself where that is what you want"))
        }
        ureq::Error::Timeout(_) => {
            Failure::Passing(Refusal::new("the server took too long", "raise the time with --timeout"))
        }
        ureq::Error::HostNotFound => Failure::Lasting(Refusal::new("the host is not known", "check the address")),
        ureq::Error::Io(error) => Failure::Passing(Refusal::new(
            format!("the connection failed: {}", error.to_string().to_lowercase()),
            "check the address and the network",
        )),
        error => Failure::Lasting(Refusal::new(
            format!("the answer cannot be understood: {}", error.to_string().to_lowercase()),
            "save the page with a browser and read the file",
        )),
    }
}
