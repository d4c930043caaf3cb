//! An archive whose bytes depend on nothing but what is in it.

use anyhow::Result;
use flate2::{Compression, GzBuilder};
use tar::{Builder, EntryType, Header};

/// A file of an archive.
pub(super) struct Entry {
    /// Its path below the archive's folder.
    pub(super) path: String,
    pub(super) bytes: Vec<u8>,
    pub(super) is_program: bool,
}

/// A gzipped tar archive with all entries below the folder `name`, sorted, as files of nobody, of the year 1980.
pub(super) fn packed(name: &str, mut entries: Vec<Entry>) -> Result<Vec<u8>> {
    // The first moment that every format of archives can tell.
    const MOMENT: u64 = 315_532_800;
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    let gzip = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    let mut archive = Builder::new(gzip);
    for Entry { path, bytes, is_program } in &entries {
        let mut header = Header::new_gnu();
        header.set_entry_type(EntryType::Regular);
        header.set_size(bytes.len() as u64);
        header.set_mode(if *is_program { 0o755 } else { 0o644 });
        header.set_mtime(MOMENT);
        header.set_uid(0);
        header.set_gid(0);
        archive.append_data(&mut header, format!("{name}/{path}"), bytes.as_slice())?;
    }
    Ok(archive.into_inner()?.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_the_entries_does_not_show() {
        let entry = |path: &str| Entry { path: path.to_string(), bytes: path.into(), is_program: path == "a" };
        let one = packed("x", vec![entry("a"), entry("b/c"), entry("b/a")]).unwrap();
        assert_eq!(one, packed("x", vec![entry("b/a"), entry("b/c"), entry("a")]).unwrap());
        assert_ne!(one, packed("x", vec![entry("b/a"), entry("a")]).unwrap());
        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(one.as_slice()));
        let entries = archive.entries().unwrap().map(|entry| {
            let entry = entry.unwrap();
            let header = entry.header();
            (entry.path().unwrap().display().to_string(), header.mode().unwrap(), header.uid().unwrap())
        });
        let expected = [("x/a", 0o755, 0), ("x/b/a", 0o644, 0), ("x/b/c", 0o644, 0)];
        assert_eq!(entries.collect::<Vec<_>>(), expected.map(|(path, mode, owner)| (path.to_string(), mode, owner)));
    }
}
