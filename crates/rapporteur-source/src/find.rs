//! From what a user names to the files that are meant.

use crate::kinds::{is_read, listed_extensions, page_of_folder};
use crate::read::hint_for;
use globset::{GlobBuilder, GlobMatcher};
use ignore::{DirEntry, WalkBuilder};
use rapporteur_model::Skipped;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::io;
use std::path::{Component, Path, PathBuf};

/// One input that can be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    shown: String,
    path: Option<PathBuf>,
}

impl Location {
    /// The file at `path`.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        Location { shown: path.to_string_lossy().into_owned(), path: Some(path) }
    }

    /// Standard input.
    pub fn standard_input() -> Self {
        Location { shown: "-".to_string(), path: None }
    }

    /// How the location is shown and recorded: the path as the user's input leads to it, or `-`.
    pub fn as_str(&self) -> &str {
        &self.shown
    }

    /// The location as the system names it.
    pub(crate) fn raw(&self) -> &[u8] {
        self.path().map_or(self.shown.as_bytes(), |path| path.as_os_str().as_encoded_bytes())
    }

    /// The file to open; `None` for standard input.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }
}

/// Finds the inputs that `inputs` name, and says which of them lead nowhere.
///
/// An input is a file, a folder, `-` for standard input, or, where it holds one of `*?[` and no such
/// file exists, a pattern (`news/2022-*/**/*.txt`; `*` does not cross folders). A folder stands for
/// all files in it and below it whose extension is one of those that are read (the description of this
/// crate lists them), and files without extension; others are reported as skipped. Hidden ones (names
/// that begin with a dot) are passed over in silence, and so is what browsers save beside a page in a
/// folder of the page's name (`talks_files` beside `talks.html`).
/// A file that is named, or matched by a pattern, is taken whatever its extension. Pipes and devices
/// are taken where they are named only: reading one that merely lies there could wait for ever.
///
/// Each file comes once, however many inputs and links lead to it, and the result is sorted: it does
/// not depend on the order of `inputs` or of the disk.
pub fn find<S: AsRef<OsStr>>(inputs: &[S]) -> (Vec<Location>, Vec<Skipped>) {
    let mut finder = Finder::default();
    for input in inputs {
        finder.add_input(input.as_ref());
    }
    finder.finish()
}

#[derive(Default)]
struct Finder {
    has_standard_input: bool,
    /// Files by their real path, so that two ways to one file give one location.
    files: BTreeMap<PathBuf, PathBuf>,
    /// What was met and left out, by real path, and why: another input may still name it.
    left_out: BTreeMap<PathBuf, (PathBuf, LeftOut)>,
    skipped: BTreeSet<Skipped>,
}

/// Why something is left out unless it is named.
#[derive(Debug, Clone, Copy)]
enum LeftOut {
    Extension,
    /// A pipe, a device, a socket.
    Irregular,
}

impl Finder {
    fn add_input(&mut self, input: &OsStr) {
        if input == "-" {
            self.has_standard_input = true;
            return;
        }
        let path = Path::new(input);
        match path.metadata() {
            Ok(metadata) if metadata.is_dir() => self.add_folder(path, path),
            Ok(_) => self.add_file(path),
            Err(_) if is_pattern(input) => self.add_pattern(input),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let hint =
                    "check the spelling; give files, folders, patterns such as 'news/*.txt', or - for standard input";
                self.skip(path, "no such file or folder", hint);
            }
            Err(error) => self.skip_unopened(path, &error),
        }
    }

    fn add_file(&mut self, path: &Path) {
        let shown = self.files.entry(real_path(path)).or_insert_with(|| path.to_path_buf());
        // Of several ways to one file the shortest is shown, whichever input came first.
        if path_rank(path) < path_rank(shown) {
            *shown = path.to_path_buf();
        }
    }

    fn leave_out(&mut self, path: &Path, why: LeftOut) {
        let (shown, _) = self.left_out.entry(real_path(path)).or_insert_with(|| (path.to_path_buf(), why));
        if path_rank(path) < path_rank(shown) {
            *shown = path.to_path_buf();
        }
    }

    /// Adds what is in `folder` and below it. What cannot be entered is reported. `named` is the part of the path that the
    /// user wrote out.
    fn add_folder(&mut self, folder: &Path, named: &Path) {
        let mut is_empty = true;
        for entry in walker(folder).build() {
            let entry = match entry {
                Ok(entry) if is_folder(&entry) => continue,
                entry => entry,
            };
            is_empty = false;
            match entry {
                Err(error) => self.skip_walk_error(error_path(&error).unwrap_or(folder), &error),
                Ok(entry) if !is_file(&entry) => self.leave_out(entry.path(), LeftOut::Irregular),
                Ok(entry) if belongs_to_page(entry.path(), named) => {}
                Ok(entry) if is_read(entry.path()) => self.add_file(entry.path()),
                Ok(entry) => self.leave_out(entry.path(), LeftOut::Extension),
            }
        }
        if is_empty {
            self.skip(folder, "no text files in this folder", &extension_hint());
        }
    }

    fn add_pattern(&mut self, input: &OsStr) {
        let Some((pattern, matcher)) = input.to_str().and_then(|pattern| Some((pattern, compile(pattern).ok()?)))
        else {
            self.skip(Path::new(input), "not a valid pattern", "brackets must be closed: 'news/[0-9]*.txt'");
            return;
        };
        let nothing_matches = "nothing matches this pattern";
        let (base, parts) = split_pattern(pattern);
        let start = if base.as_os_str().is_empty() { Path::new(".") } else { &base };
        match start.metadata() {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => return self.skip(Path::new(pattern), nothing_matches, "its folder is a file"),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return self.skip(Path::new(pattern), nothing_matches, "its folder does not exist");
            }
            Err(error) => return self.skip_unopened(start, &error),
        }
        let mut n_matches = 0;
        // The depth of the matched folder that the walk is in. What is below it came with it; to add
        // each folder below once more would be quadratic in the depth.
        let mut added_depth: Option<usize> = None;
        for entry in pattern_walker(start, &parts) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = without_dot(error_path(&error).unwrap_or(start), &base);
                    // Of folders only those are entered in which something could match.
                    let is_meant = matcher.is_match(path) || (!is_loop(&error) && path.is_dir());
                    if is_meant {
                        self.skip_walk_error(path, &error);
                    }
                    continue;
                }
            };
            if added_depth.is_some_and(|depth| entry.depth() <= depth) {
                added_depth = None;
            }
            let path = without_dot(entry.path(), &base);
            if entry.depth() == 0 || !matcher.is_match(path) {
                continue;
            }
            n_matches += 1;
            if is_folder(&entry) {
                if added_depth.is_none() {
                    added_depth = Some(entry.depth());
                    self.add_folder(path, &base);
                }
            } else if is_file(&entry) {
                self.add_file(path);
            } else {
                self.leave_out(path, LeftOut::Irregular);
            }
        }
        if n_matches == 0 {
            self.skip(Path::new(pattern), nothing_matches, "* does not cross folders; ** does");
        }
    }

    fn skip_walk_error(&mut self, path: &Path, error: &ignore::Error) {
        if is_loop(error) {
            let hint = "nothing is lost: what it leads to is read where it is";
            self.skip(path, "a link that leads back to a folder above it", hint);
            return;
        }
        match error.io_error() {
            Some(error) => self.skip_unopened(path, error),
            None => self.skip(path, "cannot be opened", hint_for(io::ErrorKind::Other)),
        }
    }

    fn skip_unopened(&mut self, path: &Path, error: &io::Error) {
        self.skip(path, &format!("cannot be opened: {}", error.kind()), hint_for(error.kind()));
    }

    fn skip(&mut self, location: &Path, reason: &str, hint: &str) {
        self.skipped.insert(Skipped {
            location: location.to_string_lossy().into_owned(),
            reason: reason.to_string(),
            hint: Some(hint.to_string()),
        });
    }

    fn finish(mut self) -> (Vec<Location>, Vec<Skipped>) {
        for (real, (path, why)) in std::mem::take(&mut self.left_out) {
            if self.files.contains_key(&real) {
                continue;
            }
            match why {
                LeftOut::Extension => self.skip(&path, "not a text file by its extension", &extension_hint()),
                LeftOut::Irregular => {
                    let hint = "pipes and devices are read where they are named themselves";
                    self.skip(&path, "not a regular file", hint);
                }
            }
        }
        let mut locations: Vec<Location> = self.files.into_values().map(Location::file).collect();
        if self.has_standard_input {
            locations.push(Location::standard_input());
        }
        locations.sort();
        (locations, self.skipped.into_iter().collect())
    }
}

fn walker(start: &Path) -> WalkBuilder {
    let mut builder = WalkBuilder::new(start);
    builder.standard_filters(false).hidden(true).follow_links(true).sort_by_file_name(std::cmp::Ord::cmp);
    builder
}

/// Walks what a pattern with these parts below `start` could match.
fn pattern_walker(start: &Path, parts: &[String]) -> ignore::Walk {
    let is_deep = |part: &String| part.contains("**");
    // Folders whose names do not match their part of the pattern are not entered. A part that is no
    // pattern by itself, as of `{a/b,c}`, ends what can be told by single names.
    let folder_parts = parts.iter().take(parts.len().saturating_sub(1)).take_while(|part| !is_deep(part));
    let folders: Vec<GlobMatcher> = folder_parts.map_while(|part| compile(part).ok()).collect();
    walker(start)
        .max_depth((!parts.iter().any(is_deep)).then_some(parts.len()))
        .filter_entry(move |entry| {
            let of_folder = entry.depth().checked_sub(1).and_then(|idx| folders.get(idx));
            of_folder.is_none_or(|matcher| matcher.is_match(entry.file_name()))
        })
        .build()
}

/// The path as the pattern is written: a pattern without a folder is searched from `.`.
fn without_dot<'p>(path: &'p Path, base: &Path) -> &'p Path {
    let is_below = base.as_os_str().is_empty() && path != Path::new(".");
    if is_below { path.strip_prefix(".").unwrap_or(path) } else { path }
}

fn is_folder(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_dir())
}

fn is_file(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_file())
}

fn extension_hint() -> String {
    format!(
        "folders are searched for {} and files without extension; name a file to read it anyway",
        listed_extensions()
    )
}

/// Whether the file, or a folder below `named` that holds it, belongs to a page that was saved beside it.
fn belongs_to_page(path: &Path, named: &Path) -> bool {
    let below = path.strip_prefix(named).unwrap_or(path);
    let n_parents = below.components().count().saturating_sub(1);
    path.ancestors().skip(1).take(n_parents).any(|parent| {
        let name = parent.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        let page = page_of_folder(&name);
        page.is_some_and(|page| PAGE_ENDS.iter().any(|end| parent.with_file_name(format!("{page}{end}")).is_file()))
    })
}

/// How the pages that browsers save end.
const PAGE_ENDS: [&str; 3] = [".html", ".htm", ".xhtml"];

/// The path that all ways to one file share; the path itself where the system gives none, as for a
/// pipe.
fn real_path(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

fn path_rank(path: &Path) -> (usize, &Path) {
    (path.as_os_str().len(), path)
}

fn is_pattern(input: &OsStr) -> bool {
    input.as_encoded_bytes().iter().any(|byte| matches!(byte, b'*' | b'?' | b'['))
}

fn compile(pattern: &str) -> Result<GlobMatcher, globset::Error> {
    GlobBuilder::new(pattern.strip_prefix("./").unwrap_or(pattern))
        .literal_separator(true)
        .build()
        .map(|glob| glob.compile_matcher())
}

/// The folder that a pattern is searched from, and the parts of the pattern below it, of which the
/// first has a pattern sign.
fn split_pattern(pattern: &str) -> (PathBuf, Vec<String>) {
    let parts: Vec<Component> =
        Path::new(pattern).components().filter(|part| !matches!(part, Component::CurDir)).collect();
    let n_plain = parts.iter().take_while(|part| !is_pattern(part.as_os_str())).count();
    let base = parts[..n_plain].iter().collect();
    let below = parts[n_plain..].iter().map(|part| part.as_os_str().to_string_lossy().into_owned());
    (base, below.collect())
}

fn is_loop(error: &ignore::Error) -> bool {
    match error {
        ignore::Error::Loop { .. } => true,
        ignore::Error::WithPath { err, .. } | ignore::Error::WithDepth { err, .. } => is_loop(err),
        _ => false,
    }
}

fn error_path(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::Loop { child, .. } => Some(child),
        ignore::Error::WithDepth { err, .. } => error_path(err),
        _ => None,
    }
}
