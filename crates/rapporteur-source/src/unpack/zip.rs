//! Zip archives, and web archives in them (WACZ 1.1.1: the records stand in its folder `archive`).

use super::{About, Flow, Place, Problem, Unpacker, bounded};
use crate::kinds::{Kind, is_companion, is_read, kind_by_name};
use std::io::{BufRead, Cursor, Read, Seek};
use std::ops::ControlFlow;
use std::path::Path;
use zip::ZipArchive;

/// A zip archive that does not lie on the disk: its list of members stands at its end, so that it has to be held.
pub(super) fn read_held(unpacker: &mut Unpacker, place: &Place, reader: &mut dyn BufRead) -> Flow {
    match bounded::whole(reader, unpacker.options.max_entry_bytes) {
        Ok(bytes) => read(unpacker, place, Cursor::new(bytes)),
        Err(Problem { reason, .. }) => {
            unpacker.skip(place, Problem::new(reason, "save the inner archive as a file of its own and read that"))
        }
    }
}

/// Reads the members in the order of the archive's list.
pub(super) fn read<R: Read + Seek>(unpacker: &mut Unpacker, place: &Place, reader: R) -> Flow {
    let mut archive = match ZipArchive::new(reader) {
        Ok(archive) => archive,
        Err(error) => {
            let reason = format!("a zip archive whose list of members is damaged or cut off: {error}");
            return unpacker.skip(place, Problem::new(reason, "fetch it again if it can be had whole"));
        }
    };
    let has = |archive: &ZipArchive<R>, name: &str| archive.index_for_name(name).is_some();
    if has(&archive, "[Content_Types].xml") || (has(&archive, "mimetype") && has(&archive, "content.xml")) {
        return unpacker.skip(place, Problem::new("an office document", "save it as plain text or as a web page"));
    }
    let is_wacz = has(&archive, "datapackage.json")
        && archive.file_names().any(|name| name.is_ok_and(|name| name.starts_with("archive/")));
    let mut n_companions = 0;
    for idx in 0..archive.len() {
        let Ok(member) = archive.by_index_raw(idx).map(|file| Member {
            name: file.name_raw().to_vec(),
            is_dir: file.is_dir(),
            is_encrypted: file.encrypted(),
        }) else {
            let problem = Problem::new("its entry in the archive is damaged", "fetch the archive again");
            unpacker.skip(&place.numbered(idx + 1), problem)?;
            continue;
        };
        let shown = String::from_utf8_lossy(&member.name).into_owned();
        let own_place = place.member(&member.name);
        match fate_of_member(&shown, member.is_dir, is_wacz) {
            Fate::Read => {}
            Fate::Companion => {
                n_companions += 1;
                continue;
            }
            Fate::Silent => continue,
            Fate::Unknown => {
                unpacker.skip(&own_place, unknown_kind())?;
                continue;
            }
        }
        if member.is_encrypted {
            unpacker.skip(&own_place, Problem::new("encrypted", "unpack the archive with its password first"))?;
            continue;
        }
        let meter = unpacker.meter;
        match archive.by_index(idx) {
            Ok(file) => unpacker.open(own_place, About::default(), &mut meter.expanded(file))?,
            Err(error) => {
                let problem = Problem::new(format!("cannot be unpacked: {error}"), "unpack the archive first");
                unpacker.skip(&own_place, problem)?;
            }
        }
        if unpacker.meter.is_exceeded() {
            return ControlFlow::Continue(());
        }
    }
    count_companions(unpacker, place, n_companions)
}

struct Member {
    name: Vec<u8>,
    is_dir: bool,
    is_encrypted: bool,
}

/// What is done with a member of an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Read,
    /// A picture, a style, a script.
    Companion,
    /// Folders, hidden files, lists of what the archive holds.
    Silent,
    Unknown,
}

pub(super) fn fate_of_member(name: &str, is_dir: bool, is_wacz: bool) -> Fate {
    let path = Path::new(name);
    let is_hidden = name
        .split(['/', '\\'])
        .any(|part| (part.starts_with('.') && !part.trim_start_matches('.').is_empty()) || part == "__MACOSX");
    let is_record = name.starts_with("archive/") && kind_by_name(name).is_some();
    if is_dir || name.ends_with('/') || is_hidden || (is_wacz && !is_record) {
        Fate::Silent
    } else if is_companion(path) {
        Fate::Companion
    } else if is_read(path) || kind_by_name(name) == Some(Kind::Tar) {
        Fate::Read
    } else {
        Fate::Unknown
    }
}

pub(super) fn unknown_kind() -> Problem {
    Problem::new("not a text file by its extension", "unpack the archive and name the file to read it anyway")
}

pub(super) fn count_companions(unpacker: &mut Unpacker, place: &Place, n_companions: usize) -> Flow {
    if n_companions == 0 {
        return ControlFlow::Continue(());
    }
    let files = if n_companions == 1 { "1 file" } else { &format!("{n_companions} files") };
    let reason = format!("{files} in it without text: pictures, styles, scripts");
    unpacker.skip(place, Problem::new(reason, "nothing is lost: the rest was read"))
}
