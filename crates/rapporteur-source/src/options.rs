use crate::fields::Role;
use crate::read::MAX_INPUT_BYTES;

/// How inputs are read: which columns hold what, and what is too much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadOptions {
    /// Which columns or fields hold the text and what is known of it, beside the names that are known anyway.
    pub fields: FieldMap,
    /// The longest article, record or row, in bytes; also the longest file inside an archive that has to be held as a
    /// whole. 64 MiB, which is also the most that [`article`](crate::article) takes.
    pub max_entry_bytes: usize,
    /// How many archives, compressed files and mails may stand inside each other: 4. A page in a web archive in a
    /// compressed file in a zip archive needs 3.
    pub max_depth: usize,
    /// How many times its own length an input may expand to, beyond what sixteen of the longest entries take: 200.
    /// Compressed text expands 3 to 10 times, a crawl of nearly equal pages up to 100 times; a bomb 1000 times and more.
    pub max_ratio: u64,
}

impl Default for ReadOptions {
    fn default() -> Self {
        ReadOptions { fields: FieldMap::default(), max_entry_bytes: MAX_INPUT_BYTES, max_depth: 4, max_ratio: 200 }
    }
}

/// Which column or field of a table, a record or a front matter holds what, as a user tells it.
///
/// # Example
/// ```
/// use rapporteur_source::FieldMap;
/// assert!(FieldMap::parse(&["text=Volltext", "published=Erscheinungstag"]).is_ok());
/// assert!(FieldMap::parse(&["text"]).is_err());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldMap {
    names: Vec<FieldName>,
}

/// `text=body` says that the column `body` holds the text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct FieldName {
    role: Role,
    name: String,
}

impl std::str::FromStr for FieldName {
    type Err = String;

    /// # Errors
    /// A message with a hint where there is no `=`, no name, or no such role.
    fn from_str(text: &str) -> Result<Self, String> {
        let roles = || Role::ALL.map(Role::name).join(", ");
        let Some((role, name)) = text.split_once('=').filter(|(_, name)| !name.trim().is_empty()) else {
            return Err(format!(
                "{text:?} names no column; hint: write text=COLUMN, with one of {} before it",
                roles()
            ));
        };
        match Role::ALL.into_iter().find(|known| known.name() == role.trim().to_lowercase()) {
            Some(role) => Ok(FieldName { role, name: name.trim().to_string() }),
            None => Err(format!("{role:?} is nothing that is known of an article; hint: one of {}", roles())),
        }
    }
}

impl FieldMap {
    /// The map of lines such as `text=body`.
    ///
    /// # Errors
    /// A message with a hint about the first line that says nothing.
    pub fn parse<S: AsRef<str>>(lines: &[S]) -> Result<Self, String> {
        let names = lines.iter().map(|line| line.as_ref().parse()).collect::<Result<_, _>>()?;
        Ok(FieldMap { names })
    }

    /// The columns that the user told for a role, in order.
    pub(crate) fn names_of(&self, role: Role) -> impl Iterator<Item = &str> {
        self.names.iter().filter(move |known| known.role == role).map(|known| known.name.as_str())
    }
}
