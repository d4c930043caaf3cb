use crate::Location;
use crate::kinds::uncompressed_name;

/// Where in an input something stands, and how it is called there.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    shown: String,
    raw: Vec<u8>,
    /// What tells its kind: the last part of its path, without the ending of a compressed file.
    name: String,
    /// In how many archives and compressed files it stands.
    depth: usize,
}

impl Place {
    pub(crate) fn of(location: &Location) -> Self {
        let name = location.path().and_then(|path| path.file_name());
        Place {
            shown: location.as_str().to_string(),
            raw: location.raw().to_vec(),
            name: name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            depth: 0,
        }
    }

    pub(crate) fn shown(&self) -> &str {
        &self.shown
    }

    pub(crate) fn raw(&self) -> &[u8] {
        &self.raw
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn depth(&self) -> usize {
        self.depth
    }

    /// The member of an archive that has this name. Control characters are not shown.
    pub(crate) fn member(&self, name: &[u8]) -> Place {
        let shown: String =
            String::from_utf8_lossy(name).chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
        let raw = [self.raw.as_slice(), b"#", name].concat();
        let own = shown.rsplit(['/', '\\']).next().unwrap_or_default().to_string();
        Place { shown: format!("{}#{shown}", self.shown), raw, name: own, depth: self.depth + 1 }
    }

    /// The record with this number, counted from one.
    pub(crate) fn numbered(&self, number: usize) -> Place {
        let raw = [self.raw.as_slice(), b"#", number.to_string().as_bytes()].concat();
        Place { shown: format!("{}#{number}", self.shown), raw, name: String::new(), depth: self.depth + 1 }
    }

    /// What is compressed here: it stands at the same place.
    pub(crate) fn uncompressed(&self) -> Place {
        Place { name: uncompressed_name(&self.name), depth: self.depth + 1, ..self.clone() }
    }
}
