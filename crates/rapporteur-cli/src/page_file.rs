//! A file that is there whole or not at all.

use crate::failure::Failure;
use rapporteur_view::document;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// What a file holds. It may replace an empty file and one of its own kind, and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A page of HTML.
    Page,
    /// A brief as Markdown.
    Markdown,
    /// A brief as DOCX; one that a word processor has saved since is somebody's work, and another thing.
    Docx,
    /// A brief as JSON.
    Json,
    /// An answer as text, which nothing tells from other text.
    Text,
}

impl Kind {
    fn called(self) -> &'static str {
        match self {
            Kind::Page => "page",
            Kind::Markdown => "brief in Markdown",
            Kind::Docx => "brief in DOCX as it was written",
            Kind::Json => "brief in JSON",
            Kind::Text => "empty file",
        }
    }

    fn example(self) -> &'static str {
        match self {
            Kind::Page => "brief.html",
            Kind::Markdown => "brief.md",
            Kind::Docx => "brief.docx",
            Kind::Json => "brief.json",
            Kind::Text => "brief.txt",
        }
    }
}

/// How every page begins.
const PAGE_START: &str = "<!DOCTYPE html>";
/// Bytes at either end of a file that tell of which kind it is.
const N_EDGE_BYTES: u64 = 64;

/// Fails where a file at `path` cannot be, or would replace something of another kind: better before
/// a long run than after it.
pub(crate) fn check(path: &Path, kind: Kind) -> Result<(), Failure> {
    if path.is_dir() {
        let hint = format!("name a file, such as {}", kind.example());
        return Err(Failure::with_hint(format!("{} is a folder", path.display()), hint));
    }
    let target = real_path(path);
    let folder = folder_of(&target);
    if !folder.is_dir() {
        return Err(Failure::with_hint(format!("there is no folder {}", folder.display()), "make it first"));
    }
    if is_special(&target) {
        return Ok(());
    }
    if target.exists() && !may_replace(&target, kind).map_err(|error| cannot_write(path, &error))? {
        let article = if kind == Kind::Text { "an" } else { "a" };
        return Err(Failure::with_hint(
            format!("{} is there and is not {article} {}: it would be overwritten", path.display(), kind.called()),
            "name another file, or move that one away",
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
pub(crate) fn write(path: &Path, content: &[u8]) -> Result<(), Failure> {
    let fail = |error: io::Error| cannot_write(path, &error);
    let target = real_path(path);
    if is_special(&target) {
        return fs::write(&target, content).map_err(fail);
    }
    let mut file = temporary_file(folder_of(&target)).map_err(fail)?;
    file.write_all(content).map_err(fail)?;
    file.as_file().sync_all().map_err(fail)?;
    file.persist(&target).map_err(|error| fail(error.error))?;
    Ok(())
}

/// Where the page goes: a link keeps pointing to what it points to.
pub(crate) fn real_path(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf())
}

pub(crate) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Whether it is a pipe or a device, which is written to and not replaced.
pub(crate) fn is_special(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| !metadata.is_file())
}

/// Whether the file is of the kind, or holds nothing that could be lost.
fn may_replace(path: &Path, kind: Kind) -> io::Result<bool> {
    let (mut start, mut end) = (Vec::new(), Vec::new());
    let mut file = File::open(path)?;
    Read::by_ref(&mut file).take(N_EDGE_BYTES).read_to_end(&mut start)?;
    let n_bytes = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(n_bytes.saturating_sub(N_EDGE_BYTES)))?;
    file.read_to_end(&mut end)?;
    let begins = |mark: &str| start.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark.as_bytes()));
    Ok(start.is_empty()
        || match kind {
            Kind::Page => begins(PAGE_START),
            Kind::Markdown => begins(document::MARKDOWN_START),
            Kind::Docx => begins("PK") && end.ends_with(document::DOCX_END.as_bytes()),
            Kind::Json => begins(document::JSON_START),
            Kind::Text => false,
        })
}

pub(crate) fn temporary_file(folder: &Path) -> io::Result<NamedTempFile> {
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

pub(crate) fn cannot_write(path: &Path, error: &io::Error) -> Failure {
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
        check(&path, Kind::Page).unwrap();
        write(&path, b"old").unwrap();
        write(&path, b"new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn folders_are_refused_before_anything_is_done() {
        let folder = tempfile::tempdir().unwrap();
        assert!(check(folder.path(), Kind::Page).is_err());
        assert!(check(&folder.path().join("missing/page.html"), Kind::Page).is_err());
        assert!(check(&folder.path().join("page.html"), Kind::Page).is_ok());
        assert!(check(Path::new("page.html"), Kind::Page).is_ok());
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
            assert_eq!(check(&path, Kind::Page).is_ok(), is_replaced, "{content:?}");
        }
    }

    #[test]
    fn a_brief_replaces_a_brief_of_its_kind_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("brief");
        let docx = format!("PK\u{3}\u{4}content{}", document::DOCX_END);
        for (content, kind) in [
            (document::MARKDOWN_START, Kind::Markdown),
            (docx.as_str(), Kind::Docx),
            (document::JSON_START, Kind::Json),
            ("PK\u{3}\u{4}saved by a word processor", Kind::Page),
            ("3 articles", Kind::Page),
        ] {
            fs::write(&path, content).unwrap();
            for other in [Kind::Markdown, Kind::Docx, Kind::Json, Kind::Text] {
                assert_eq!(check(&path, other).is_ok(), other == kind, "{content:?} by {other:?}");
            }
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_folder_in_which_no_file_can_be_made_is_found_out_first() {
        // Not even root can make a file there.
        let failure = check(Path::new("/proc/page.html"), Kind::Page).unwrap_err();
        assert!(matches!(failure, Failure::Told { hint: Some(_), .. }), "{failure}");
        assert!(!failure.to_string().contains(".rapporteur-"), "{failure}");
    }

    #[test]
    #[cfg(unix)]
    fn a_link_keeps_pointing_and_a_device_stays_a_device() {
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("page.html"), folder.path().join("link.html"));
        write(&path, b"old").unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        write(&link, b"new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        write(Path::new("/dev/null"), b"x").unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }
}
