//! From what a user names to the files that are meant.

use crate::lexicon::lexicon;
use globset::{GlobBuilder, GlobMatcher};
use ignore::WalkBuilder;
use rapporteur_model::Skipped;
use std::collections::{BTreeMap, BTreeSet};
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

    /// The file to open; `None` for standard input.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }
}

/// Finds the inputs that `inputs` name, and says which of them lead nowhere.
///
/// An input is a file, a folder, `-` for standard input, or, where it holds one of `*?[` and no such
/// file exists, a pattern (`news/2022-*/**/*.txt`; `*` does not cross folders). A folder stands for
/// all text files in it and below it: `.txt`, `.text`, `.md` and files without extension; others are
/// reported as skipped, hidden ones (names that begin with a dot) are passed over in silence.
/// A file that is named, or matched by a pattern, is taken whatever its extension.
///
/// Each file comes once, however many inputs and links lead to it, and the result is sorted: it does
/// not depend on the order of `inputs` or of the disk.
pub fn find(inputs: &[String]) -> (Vec<Location>, Vec<Skipped>) {
    let mut finder = Finder::default();
    for input in inputs {
        finder.add_input(input);
    }
    finder.finish()
}

#[derive(Default)]
struct Finder {
    has_standard_input: bool,
    /// Files by their real path, so that two ways to one file give one location.
    files: BTreeMap<PathBuf, PathBuf>,
    /// Files left out for their extension, by their real path: another input may still name them.
    left_out: BTreeMap<PathBuf, PathBuf>,
    skipped: BTreeSet<Skipped>,
}

impl Finder {
    fn add_input(&mut self, input: &str) {
        if input == "-" {
            self.has_standard_input = true;
            return;
        }
        let path = Path::new(input);
        match path.metadata() {
            Ok(metadata) if metadata.is_dir() => self.add_folder(path),
            Ok(_) => self.add_file(path),
            Err(_) if is_pattern(input) => self.add_pattern(input),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let hint =
                    "check the spelling; give files, folders, patterns such as 'news/*.txt', or - for standard input";
                self.skip(input, "no such file or folder", Some(hint));
            }
            Err(error) => self.skip(input, &format!("cannot be opened: {}", error.kind()), None),
        }
    }

    fn add_file(&mut self, path: &Path) {
        let shown = self.files.entry(real_path(path)).or_insert_with(|| path.to_path_buf());
        // Of several ways to one file the shortest is shown, whichever input came first.
        if path_rank(path) < path_rank(shown) {
            *shown = path.to_path_buf();
        }
    }

    fn add_folder(&mut self, folder: &Path) {
        let n_before = self.files.len() + self.left_out.len() + self.skipped.len();
        for (path, is_file) in self.walk(folder, None) {
            if !is_file {
                self.skip(&path.to_string_lossy(), "not a regular file", None);
            } else if has_text_extension(&path) {
                self.add_file(&path);
            } else {
                self.left_out.insert(real_path(&path), path);
            }
        }
        let found_nothing = n_before == self.files.len() + self.left_out.len() + self.skipped.len();
        if found_nothing && !self.holds_known_files(folder) {
            self.skip(&folder.to_string_lossy(), "no text files in this folder", Some(&extension_hint()));
        }
    }

    /// Whether files of the folder came in through an earlier input already.
    fn holds_known_files(&self, folder: &Path) -> bool {
        let real_folder = real_path(folder);
        self.files.keys().chain(self.left_out.keys()).any(|file| file.starts_with(&real_folder))
    }

    fn add_pattern(&mut self, pattern: &str) {
        let Ok(matcher) = compile(pattern) else {
            self.skip(pattern, "not a valid pattern", Some("brackets must be closed: 'news/[0-9]*.txt'"));
            return;
        };
        let (base, max_depth) = pattern_base(pattern);
        let start = if base.as_os_str().is_empty() { Path::new(".") } else { &base };
        if !start.is_dir() {
            self.skip(pattern, "nothing matches this pattern", Some("its folder does not exist"));
            return;
        }
        let mut n_matches = 0;
        for entry in walker(start, max_depth).filter_map(Result::ok) {
            let path = if base.as_os_str().is_empty() {
                entry.path().strip_prefix(".").unwrap_or(entry.path())
            } else {
                entry.path()
            };
            if entry.depth() == 0 || !matcher.is_match(path) {
                continue;
            }
            n_matches += 1;
            if entry.file_type().is_some_and(|kind| kind.is_dir()) {
                self.add_folder(path);
            } else {
                self.add_file(path);
            }
        }
        if n_matches == 0 {
            self.skip(pattern, "nothing matches this pattern", Some("* does not cross folders; ** does"));
        }
    }

    /// The files below `folder`, each with whether it is a regular file. What cannot be entered is
    /// reported.
    fn walk(&mut self, folder: &Path, max_depth: Option<usize>) -> Vec<(PathBuf, bool)> {
        let mut files = Vec::new();
        for entry in walker(folder, max_depth) {
            match entry {
                Ok(entry) => match entry.file_type() {
                    Some(kind) if kind.is_dir() => {}
                    kind => files.push((entry.into_path(), kind.is_some_and(|kind| kind.is_file()))),
                },
                Err(error) => self.skip_walk_error(folder, &error),
            }
        }
        files
    }

    fn skip_walk_error(&mut self, folder: &Path, error: &ignore::Error) {
        let shown = error_path(error).unwrap_or(folder).to_string_lossy().into_owned();
        if is_loop(error) {
            self.skip(&shown, "a link that leads back to a folder above it", None);
        } else {
            let reason = match error.io_error() {
                Some(io_error) => format!("cannot be opened: {}", io_error.kind()),
                None => "cannot be opened".to_string(),
            };
            self.skip(&shown, &reason, None);
        }
    }

    fn skip(&mut self, location: &str, reason: &str, hint: Option<&str>) {
        self.skipped.insert(Skipped {
            location: location.to_string(),
            reason: reason.to_string(),
            hint: hint.map(str::to_string),
        });
    }

    fn finish(mut self) -> (Vec<Location>, Vec<Skipped>) {
        for (real, path) in std::mem::take(&mut self.left_out) {
            if !self.files.contains_key(&real) {
                self.skip(&path.to_string_lossy(), "not a text file by its extension", Some(&extension_hint()));
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

fn walker(start: &Path, max_depth: Option<usize>) -> ignore::Walk {
    WalkBuilder::new(start)
        .standard_filters(false)
        .hidden(true)
        .follow_links(true)
        .max_depth(max_depth)
        .sort_by_file_name(std::cmp::Ord::cmp)
        .build()
}

fn extension_hint() -> String {
    let extensions: Vec<String> = lexicon().text_extensions.iter().map(|e| format!(".{e}")).collect();
    format!(
        "folders are searched for {} and files without extension; name a file to read it anyway",
        extensions.join(", ")
    )
}

fn has_text_extension(path: &Path) -> bool {
    match path.extension() {
        None => true,
        Some(extension) => {
            let extension = extension.to_string_lossy().to_lowercase();
            lexicon().text_extensions.iter().any(|known| *known == extension)
        }
    }
}

/// The path that all ways to one file share; the path itself where the system gives none, as for a
/// pipe.
fn real_path(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

fn path_rank(path: &Path) -> (usize, &Path) {
    (path.as_os_str().len(), path)
}

fn is_pattern(input: &str) -> bool {
    input.contains(['*', '?', '['])
}

fn compile(pattern: &str) -> Result<GlobMatcher, globset::Error> {
    GlobBuilder::new(pattern.strip_prefix("./").unwrap_or(pattern))
        .literal_separator(true)
        .build()
        .map(|glob| glob.compile_matcher())
}

/// The folder that a pattern is searched from, and how deep: the parts before the first one with a
/// pattern sign, and the number of parts after it unless one of them is `**`.
fn pattern_base(pattern: &str) -> (PathBuf, Option<usize>) {
    let parts: Vec<Component> =
        Path::new(pattern).components().filter(|part| !matches!(part, Component::CurDir)).collect();
    let n_plain = parts.iter().take_while(|part| !is_pattern(&part.as_os_str().to_string_lossy())).count();
    let base = parts[..n_plain].iter().collect();
    let is_deep = parts[n_plain..].iter().any(|part| part.as_os_str().to_string_lossy().contains("**"));
    (base, (!is_deep).then_some(parts.len() - n_plain))
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
