//! `config.cfg`: sections of JSON values.

use crate::error::Error;
use hashbrown::HashMap;
use serde_json::Value;

/// The configuration of a pipeline: values by section and name.
#[derive(Debug, Default)]
pub(crate) struct Config {
    values: HashMap<(String, String), String>,
}

/// References to references are followed this far.
const MAX_REFERENCES: usize = 16;

impl Config {
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let text = std::str::from_utf8(bytes).map_err(|_| Error::corrupt("not UTF-8"))?;
        let mut config = Config::default();
        let mut section = String::new();
        for (line_idx, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with(['#', ';']) {
                continue;
            }
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section = name.to_string();
            } else if let Some((name, value)) = line.split_once('=') {
                config.values.insert((section.clone(), name.trim().to_string()), value.trim().to_string());
            } else {
                return Err(Error::corrupt(format!("line {}: neither a section nor a value", line_idx + 1)));
            }
        }
        Ok(config)
    }

    /// The value of `name` in `section`, references followed; `None` where it is absent.
    pub(crate) fn get(&self, section: &str, name: &str) -> Result<Option<Value>, Error> {
        let mut raw = match self.values.get(&(section.to_string(), name.to_string())) {
            Some(raw) => raw,
            None => return Ok(None),
        };
        for _ in 0..MAX_REFERENCES {
            let Some(path) = raw.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')) else {
                let value = serde_json::from_str(raw);
                return value.map(Some).map_err(|error| Error::corrupt(format!("[{section}] {name} = {raw}: {error}")));
            };
            let (section, name) = path.split_once(':').or_else(|| path.rsplit_once('.')).unwrap_or(("", path));
            raw = self
                .values
                .get(&(section.to_string(), name.to_string()))
                .ok_or_else(|| Error::corrupt(format!("reference to {path}, which is not there")))?;
        }
        Err(Error::corrupt(format!("[{section}] {name}: references without end")))
    }

    /// The string `name` in `section`.
    pub(crate) fn string(&self, section: &str, name: &str) -> Result<String, Error> {
        match self.get(section, name)? {
            Some(Value::String(string)) => Ok(string),
            _ => Err(Error::corrupt(format!("[{section}] has no string {name}"))),
        }
    }

    /// The list of strings `name` in `section`; empty where it is absent.
    pub(crate) fn strings(&self, section: &str, name: &str) -> Result<Vec<String>, Error> {
        let values = match self.get(section, name)? {
            None | Some(Value::Null) => return Ok(Vec::new()),
            Some(Value::Array(values)) => values,
            Some(_) => return Err(Error::corrupt(format!("[{section}] {name} is not a list"))),
        };
        let strings = values.into_iter().map(|value| value.as_str().map(str::to_string));
        strings
            .collect::<Option<_>>()
            .ok_or_else(|| Error::corrupt(format!("[{section}] {name} is not a list of names")))
    }

    /// Whether `name` in `section` is true; absent is false.
    pub(crate) fn flag(&self, section: &str, name: &str) -> Result<bool, Error> {
        Ok(self.get(section, name)?.and_then(|value| value.as_bool()).unwrap_or(false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_json_and_references_are_followed() {
        let config =
            Config::parse(b"[a.b]\nx = 3\n# note\n[c]\ny = ${a.b:x}\nz = ${c.y}\nl = [\"p\",\"q\"]\n").unwrap();
        assert_eq!(config.get("c", "z").unwrap(), Some(Value::from(3)));
        assert_eq!(config.strings("c", "l").unwrap(), ["p", "q"]);
        assert_eq!(config.get("c", "none").unwrap(), None);
    }

    #[test]
    fn circles_and_gaps_are_errors() {
        let config = Config::parse(b"[a]\nx = ${a.y}\ny = ${a.x}\nz = ${b.q}\nj = {\n").unwrap();
        assert!(config.get("a", "x").is_err() && config.get("a", "z").is_err() && config.get("a", "j").is_err());
        assert!(Config::parse(b"no section, no value").unwrap_err().is_corrupt());
    }
}
