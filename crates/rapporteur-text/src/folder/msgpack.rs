//! MessagePack maps and arrays with checked access.

use crate::error::Error;
use rmpv::ValueRef;

/// Decodes one value that fills `bytes`.
pub(crate) fn decode(bytes: &[u8]) -> Result<ValueRef<'_>, Error> {
    let mut rest = bytes;
    let value = rmpv::decode::read_value_ref(&mut rest).map_err(|error| Error::corrupt(error.to_string()))?;
    if !rest.is_empty() {
        return Err(Error::corrupt(format!("{} bytes after the end", rest.len())));
    }
    Ok(value)
}

/// Access that says what is wrong.
pub(crate) trait Access<'a>: Sized {
    /// The pairs of a map.
    fn pairs(&self) -> Result<&[(ValueRef<'a>, ValueRef<'a>)], Error>;
    /// The items of an array.
    fn items(&self) -> Result<&[ValueRef<'a>], Error>;
    /// A string, or binary data that is one.
    fn string(&self) -> Result<&'a str, Error>;
    /// Binary data.
    fn binary(&self) -> Result<&'a [u8], Error>;
    /// A number that is not negative.
    fn number(&self) -> Result<u64, Error>;
    /// The value under `key`; `None` where there is none or it is nil.
    fn get(&self, key: &str) -> Result<Option<&ValueRef<'a>>, Error>;

    /// The value under `key`.
    fn require(&self, key: &str) -> Result<&ValueRef<'a>, Error> {
        self.get(key)?.ok_or_else(|| Error::corrupt(format!("no entry {key:?}")))
    }
}

impl<'a> Access<'a> for ValueRef<'a> {
    fn pairs(&self) -> Result<&[(ValueRef<'a>, ValueRef<'a>)], Error> {
        if let ValueRef::Map(pairs) = self { Ok(pairs) } else { Err(Error::corrupt("a map is expected")) }
    }

    fn items(&self) -> Result<&[ValueRef<'a>], Error> {
        if let ValueRef::Array(items) = self { Ok(items) } else { Err(Error::corrupt("a list is expected")) }
    }

    fn string(&self) -> Result<&'a str, Error> {
        let string = match self {
            ValueRef::String(string) => string.into_str(),
            ValueRef::Binary(bytes) => std::str::from_utf8(bytes).ok(),
            _ => None,
        };
        string.ok_or_else(|| Error::corrupt("a string is expected"))
    }

    fn binary(&self) -> Result<&'a [u8], Error> {
        if let ValueRef::Binary(bytes) = self { Ok(bytes) } else { Err(Error::corrupt("binary data is expected")) }
    }

    fn number(&self) -> Result<u64, Error> {
        let number = if let ValueRef::Integer(number) = self { number.as_u64() } else { None };
        number.ok_or_else(|| Error::corrupt("a number is expected"))
    }

    fn get(&self, key: &str) -> Result<Option<&ValueRef<'a>>, Error> {
        let found = self.pairs()?.iter().find(|(name, _)| name.string().is_ok_and(|name| name == key));
        Ok(found.map(|(_, value)| value).filter(|value| !matches!(value, ValueRef::Nil)))
    }
}
