//! JSON text, strictly: an object that says a key twice says nothing certain, so it is refused.

use crate::WireError;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Reads a question as a JSON value.
///
/// # Errors
/// `json` if the text is not JSON, is nested deeper than 128 levels, or names a key twice in one object.
pub fn strict(text: &str) -> Result<Value, WireError> {
    strict_as("a question", text)
}

/// As [`strict`], for something else than a question, which the error names.
pub(crate) fn strict_as(what: &str, text: &str) -> Result<Value, WireError> {
    serde_json::from_str::<Strict>(text).map(|s| s.0).map_err(|e| {
        let place = if e.line() > 0 { format!(" (at character {})", e.column()) } else { String::new() };
        let full = e.to_string();
        let words = match full.split(" at line ").next().unwrap_or_default() {
            _ if e.is_eof() => "it ends too early",
            "recursion limit exceeded" => "its brackets stand more than 128 deep",
            words => words,
        };
        WireError::new("json", "", format!("this is not {what} in JSON: {words}{place}"))
    })
}

struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Strict)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("a JSON value")
    }
    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }
    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("a number that is not finite"))
    }
    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element::<Strict>()? {
            list.push(item.0);
        }
        Ok(Value::Array(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some((key, value)) = entries.next_entry::<String, Strict>()? {
            if map.contains_key(&key) {
                return Err(A::Error::custom(format!("the key `{key}` stands twice in one object")));
            }
            map.insert(key, value.0);
        }
        Ok(Value::Object(map))
    }
}
