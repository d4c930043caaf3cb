//! What a host's `robots.txt` allows (RFC 9309).

use crate::report::Refusal;
use std::time::Duration;
use texting_robots::Robot;
use url::Url;

/// The name that rules are looked up by.
const AGENT: &str = "rapporteur";

/// How much of a `robots.txt` is read: RFC 9309, section 2.5, asks for 500 KiB at least.
pub(crate) const LEN_BYTES_MAX: usize = 512 << 10;

/// The rules of one origin.
pub(crate) enum Rules {
    /// There are none, so everything is allowed (section 2.3.1.3).
    Absent,
    /// They cannot be known, so nothing is allowed (section 2.3.1.4).
    Unknown(String),
    /// They are these.
    Known(Box<Robot>),
}

impl Rules {
    /// Reads the rules.
    pub(crate) fn read(bytes: &[u8]) -> Rules {
        match Robot::new(AGENT, bytes) {
            Ok(robot) => Rules::Known(Box::new(robot)),
            Err(_) => Rules::Unknown("it cannot be understood".to_string()),
        }
    }

    /// Whether the address may be asked.
    pub(crate) fn check(&self, url: &Url) -> Result<(), Refusal> {
        match self {
            Rules::Absent => Ok(()),
            Rules::Known(robot) if robot.allowed(url.as_str()) => Ok(()),
            Rules::Known(_) => Err(Refusal::new(
                "robots.txt of the host does not allow it",
                "save the page with a browser and read the file",
            )),
            Rules::Unknown(why) => Err(Refusal::new(
                format!("robots.txt of the host cannot be read ({why}), which forbids fetching"),
                "try again later",
            )),
        }
    }

    /// The least time between two requests that the host asks for.
    pub(crate) fn delay(&self) -> Option<Duration> {
        let Rules::Known(robot) = self else { return None };
        robot.delay.and_then(|seconds| Duration::try_from_secs_f32(seconds).ok())
    }
}
