//! A file that is there whole or not at all.

use crate::failure::Failure;
use std::fs;
use std::io::Write;
use std::path::Path;

/// Fails where a file at `path` cannot be: better before a long run than after it.
pub(crate) fn check(path: &Path) -> Result<(), Failure> {
    if path.is_dir() {
        return Err(Failure::with_hint(format!("{} is a folder", path.display()), "name a file, such as brief.html"));
    }
    let folder = folder_of(path);
    if !folder.is_dir() {
        return Err(Failure::with_hint(format!("there is no folder {}", folder.display()), "make it first"));
    }
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes `content` to `path`. A reader of the path sees the old file or the new one, never a part:
/// the content goes to a temporary file beside it, which then takes its name.
pub(crate) fn write(path: &Path, content: &str) -> Result<(), Failure> {
    let fail = |error: std::io::Error| Failure::writing(path, &error);
    // A link keeps pointing to what it points to.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    if fs::metadata(&target).is_ok_and(|metadata| !metadata.is_file()) {
        // A pipe or a device is written to, not replaced.
        return fs::write(&target, content).map_err(fail);
    }
    let folder = folder_of(&target);
    let mut builder = tempfile::Builder::new();
    builder.prefix(".rapporteur-").suffix(".tmp");
    #[cfg(unix)]
    {
        // The mask of the process applies, as to any new file.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder).map_err(fail)?;
    file.write_all(content.as_bytes()).map_err(fail)?;
    file.as_file().sync_all().map_err(fail)?;
    file.persist(&target).map_err(|error| fail(error.error))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("page.html");
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
