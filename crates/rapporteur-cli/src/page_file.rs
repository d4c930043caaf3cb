//! A file that is there whole or not at all.

use crate::failure::Failure;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// How every page begins, and a file that it may replace.
const PAGE_START: &str = "<!DOCTYPE html>";

/// Fails where a page at `path` cannot be, or would replace something that is no page: better before
/// a long run than after it.
pub(crate) fn check(path: &Path) -> Result<(), Failure> {
    if path.is_dir() {
        return Err(Failure::with_hint(format!("{} is a folder", path.display()), "name a file, such as brief.html"));
    }
    let target = real_path(path);
    let folder = folder_of(&target);
    if !folder.is_dir() {
        return Err(Failure::with_hint(format!("there is no folder {}", folder.display()), "make it first"));
    }
    if is_special(&target) {
        return Ok(());
    }
    if target.exists() && !is_page(&target).map_err(|error| cannot_write(path, &error))? {
        return Err(Failure::with_hint(
            format!("{} is there and is not a page: it would be overwritten", path.display()),
            "name another file for the page, or move that one away",
        ));
    }
    // Whether a file can be made is known when one is made. It is not kept through the run: a run that
    // is killed would leave it behind.
    temporary_file(folder).map(drop).map_err(|error| cannot_write(path, &error))
}

/// Fails where the page at `path` would overwrite one of `inputs`.
pub(crate) fn check_is_no_input<'p>(path: &Path, inputs: impl IntoIterator<Item = &'p Path>) -> Result<(), Failure> {
    let Ok(target) = fs::canonicalize(path) else { return Ok(()) };
    if !is_special(&target)
        && inputs.into_iter().any(|input| fs::canonicalize(input).is_ok_and(|input| input == target))
    {
        return Err(Failure::with_hint(
            format!("{} is one of the inputs: the page would overwrite it", path.display()),
            "name another file for the page: `--html brief.html`",
        ));
    }
    Ok(())
}

/// Writes `content` to `path`. A reader of the path sees the old file or the new one, never a part:
/// the content goes to a temporary file beside it, which then takes its name.
pub(crate) fn write(path: &Path, content: &str) -> Result<(), Failure> {
    let fail = |error: io::Error| cannot_write(path, &error);
    let target = real_path(path);
    if is_special(&target) {
        return fs::write(&target, content).map_err(fail);
    }
    let mut file = temporary_file(folder_of(&target)).map_err(fail)?;
    file.write_all(content.as_bytes()).map_err(fail)?;
    file.as_file().sync_all().map_err(fail)?;
    file.persist(&target).map_err(|error| fail(error.error))?;
    Ok(())
}

/// Where the page goes: a link keeps pointing to what it points to.
fn real_path(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf())
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Whether it is a pipe or a device, which is written to and not replaced.
fn is_special(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| !metadata.is_file())
}

/// Whether the file holds a page, or nothing that could be lost.
fn is_page(path: &Path) -> io::Result<bool> {
    let mut start = Vec::new();
    File::open(path)?.take(PAGE_START.len() as u64).read_to_end(&mut start)?;
    Ok(start.is_empty() || start.eq_ignore_ascii_case(PAGE_START.as_bytes()))
}

fn temporary_file(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".rapporteur-").suffix(".tmp");
    #[cfg(unix)]
    {
        // The mask of the process applies, as to any new file.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    // The library that makes temporary files adds the name of its own to what the system says.
    let reason = error.get_ref().map_or_else(|| error.to_string(), |_| error.kind().to_string());
    Failure::with_hint(
        format!("cannot write {}: {reason}", path.display()),
        "check the permissions of its folder and the space on the disk, or name a file elsewhere",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("page.html");
        check(&path).unwrap();
        write(&path, "old").unwrap();
        write(&path, "new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn folders_are_refused_before_anything_is_done() {
        let folder = tempfile::tempdir().unwrap();
        assert!(check(folder.path()).is_err());
        assert!(check(&folder.path().join("missing/page.html")).is_err());
        assert!(check(&folder.path().join("page.html")).is_ok());
        assert!(check(Path::new("page.html")).is_ok());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "the check leaves nothing behind");
    }

    #[test]
    fn only_pages_and_empty_files_are_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("page.html");
        for (content, is_replaced) in
            [("", true), ("<!doctype HTML>\n<p>old", true), ("The talks", false), ("<!DOC", false)]
        {
            fs::write(&path, content).unwrap();
            assert_eq!(check(&path).is_ok(), is_replaced, "{content:?}");
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_folder_in_which_no_file_can_be_made_is_found_out_first() {
        // Not even root can make a file there.
        let failure = check(Path::new("/proc/page.html")).unwrap_err();
        assert!(matches!(failure, Failure::Told { hint: Some(_), .. }), "{failure}");
        assert!(!failure.to_string().contains(".rapporteur-"), "{failure}");
    }

    #[test]
    #[cfg(unix)]
    fn a_link_keeps_pointing_and_a_device_stays_a_device() {
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("page.html"), folder.path().join("link.html"));
        write(&path, "old").unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        write(&link, "new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        write(Path::new("/dev/null"), "x").unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }
}
