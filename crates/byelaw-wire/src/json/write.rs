//! From plain structures to text.

use super::Value;
use byelaw_data::Map;

/// What can be written as JSON.
pub trait ToJson {
    /// Adds the text of this to a text.
    fn write(&self, out: &mut String);

    /// Whether there is nothing to tell, so that a field may be left out.
    fn is_nothing(&self) -> bool {
        false
    }

    /// The text of this, on one line.
    fn to_json(&self) -> String
    where
        Self: Sized,
    {
        let mut out = String::new();
        self.write(&mut out);
        out
    }
}

/// An object that is being written.
pub struct Object<'a> {
    out: &'a mut String,
    is_first: bool,
}

impl<'a> Object<'a> {
    /// Begins an object.
    pub fn new(out: &'a mut String) -> Self {
        out.push('{');
        Self { out, is_first: true }
    }

    /// Adds a field.
    pub fn field(&mut self, name: &str, value: &dyn ToJson) -> &mut Self {
        if !self.is_first {
            self.out.push(',');
        }
        self.is_first = false;
        text(name, self.out);
        self.out.push(':');
        value.write(self.out);
        self
    }

    /// Adds a field if there is something to tell.
    pub fn told(&mut self, name: &str, value: &dyn ToJson) -> &mut Self {
        if value.is_nothing() { self } else { self.field(name, value) }
    }

    /// Ends the object.
    pub fn end(&mut self) {
        self.out.push('}');
    }
}

/// Writes a list.
pub fn list(items: &mut dyn Iterator<Item = &dyn ToJson>, out: &mut String) {
    let mut next = '[';
    for item in items {
        out.push(next);
        item.write(out);
        next = ',';
    }
    out.push_str(if next == '[' { "[]" } else { "]" });
}

/// Writes a text in quotes.
fn text(text: &str, out: &mut String) {
    out.push('"');
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escape = match byte {
            b'"' | b'\\' => char::from(byte),
            8 => 'b',
            9 => 't',
            10 => 'n',
            12 => 'f',
            13 => 'r',
            0..=0x1f => 'u',
            _ => continue,
        };
        out.push_str(text.get(from..at).unwrap_or_default());
        from = at.saturating_add(1);
        out.push('\\');
        out.push(escape);
        if escape == 'u' {
            out.push_str("00");
            for digit in [byte >> 4, byte & 15] {
                out.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
            }
        }
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out.push('"');
}

impl ToJson for &'static str {
    fn write(&self, out: &mut String) {
        text(self, out);
    }
}

impl ToJson for String {
    fn write(&self, out: &mut String) {
        text(self, out);
    }

    fn is_nothing(&self) -> bool {
        self.is_empty()
    }
}

impl ToJson for bool {
    fn write(&self, out: &mut String) {
        out.push_str(if *self { "true" } else { "false" });
    }

    fn is_nothing(&self) -> bool {
        !*self
    }
}

/// Writes whole numbers.
macro_rules! whole {
    ($($number:ty)*) => {$(
        impl ToJson for $number {
            fn write(&self, out: &mut String) {
                out.push_str(&self.to_string());
            }
        }
    )*};
}

whole!(u8 u32 u64 i64 usize);

impl<T: ToJson> ToJson for Option<T> {
    fn write(&self, out: &mut String) {
        match self {
            Some(value) => value.write(out),
            None => out.push_str("null"),
        }
    }

    fn is_nothing(&self) -> bool {
        self.is_none()
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn write(&self, out: &mut String) {
        list(&mut self.iter().map(|item| item as &dyn ToJson), out);
    }

    fn is_nothing(&self) -> bool {
        self.is_empty()
    }
}

impl<T: ToJson> ToJson for Map<String, T> {
    fn write(&self, out: &mut String) {
        let mut object = Object::new(out);
        for (key, value) in self {
            object.field(key, value);
        }
        object.end();
    }

    fn is_nothing(&self) -> bool {
        self.is_empty()
    }
}

impl ToJson for Value {
    fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(yes) => yes.write(out),
            Self::Number(number) => out.push_str(number.as_str()),
            Self::String(string) => text(string, out),
            Self::Array(items) => items.write(out),
            Self::Object(entries) => entries.write(out),
        }
    }
}
