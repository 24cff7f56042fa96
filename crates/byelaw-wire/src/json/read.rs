//! From text to a value.
//!
//! An object that says a key twice says nothing certain, so it is refused.

use super::{Number, Value};
use byelaw_data::order;
use core::fmt;

/// How many brackets may stand in each other.
const DEEPEST: usize = 127;

/// Why a text is not JSON, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, from one.
    pub line: usize,
    /// How many bytes of the line were read.
    pub column: usize,
    why: Why,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Why {
    Expected(&'static str),
    Other(&'static str),
    Twice(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.why {
            Why::Expected(what) => {
                f.write_str("expected ")?;
                f.write_str(what)
            }
            Why::Other(why) => f.write_str(why),
            Why::Twice(key) => {
                f.write_str("the key `")?;
                f.write_str(key)?;
                f.write_str("` stands twice in one object")
            }
        }
    }
}

impl std::error::Error for Fault {}

const EARLY: Why = Why::Other("it ends too early");
const NO_NUMBER: Why = Why::Other("invalid number");
const TOO_LARGE: Why = Why::Other("number out of range");
const TRAILING_COMMA: Why = Why::Other("trailing comma");
const TRAILING: Why = Why::Other("trailing characters");
const NO_KEY: Why = Why::Other("key must be a string");
const NO_ESCAPE: Why = Why::Other("invalid escape");
const HALF: Why = Why::Other("lone leading surrogate in hex escape");
const NO_OTHER_HALF: Why = Why::Other("unexpected end of hex escape");
const CONTROL: Why = Why::Other("control character (\\u0000-\\u001F) found while parsing a string");
const TOO_DEEP: Why = Why::Other("its brackets stand more than 128 deep");

/// Reads a text that is one value.
pub(super) fn whole(text: &str) -> Result<Value, Fault> {
    let (value, at) = first(text)?;
    let mut reader = Reader { text, at };
    match reader.space() {
        Some(_) => Err(reader.behind(TRAILING)),
        None => Ok(value),
    }
}

/// Reads the value that a text begins with. Gives the place behind it, too, in bytes.
///
/// # Errors
/// If the text begins with no value, if one is nested deeper than 128 levels or names a key twice in one object.
pub fn first(text: &str) -> Result<(Value, usize), Fault> {
    let mut reader = Reader { text, at: 0 };
    reader.value(DEEPEST).map(|value| (value, reader.at))
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

type Read<T> = Result<T, Fault>;

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    fn next(&mut self) -> Read<u8> {
        match self.peek() {
            Some(byte) => {
                self.skip();
                Ok(byte)
            }
            None => Err(self.here(EARLY)),
        }
    }

    /// The next byte that is no space, left where it is.
    fn space(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.peek() {
            self.skip();
        }
        self.peek()
    }

    /// A fault of what was read last.
    #[cold]
    fn here(&self, why: Why) -> Fault {
        let read = self.text.as_bytes().get(..self.at).unwrap_or(self.text.as_bytes());
        let line = read.iter().filter(|byte| **byte == b'\n').count().saturating_add(1);
        let column = read.iter().rev().take_while(|byte| **byte != b'\n').count();
        Fault { line, column, why }
    }

    /// A fault of what comes next.
    #[cold]
    fn behind(&self, why: Why) -> Fault {
        Reader { text: self.text, at: self.at.saturating_add(1) }.here(why)
    }

    fn value(&mut self, depth: usize) -> Read<Value> {
        match self.space() {
            None => Err(self.behind(EARLY)),
            Some(b'n') => self.word("null").map(|()| Value::Null),
            Some(b't') => self.word("true").map(|()| Value::Bool(true)),
            Some(b'f') => self.word("false").map(|()| Value::Bool(false)),
            Some(b'"') => self.string().map(Value::String),
            Some(b'-' | b'0'..=b'9') => self.number().map(Value::Number),
            Some(b'[' | b'{') if depth == 0 => Err(self.behind(TOO_DEEP)),
            Some(b'[') => self.array(depth.saturating_sub(1)),
            Some(b'{') => self.object(depth.saturating_sub(1)),
            Some(_) => Err(self.behind(Why::Expected("value"))),
        }
    }

    fn word(&mut self, word: &str) -> Read<()> {
        for expected in word.bytes() {
            if self.next()? != expected {
                return Err(self.here(Why::Expected("ident")));
            }
        }
        Ok(())
    }

    fn array(&mut self, depth: usize) -> Read<Value> {
        let mut items = Vec::new();
        self.skip();
        loop {
            match self.space() {
                Some(b']') => {
                    self.skip();
                    return Ok(Value::Array(items));
                }
                None => return Err(self.behind(EARLY)),
                Some(_) if items.is_empty() => {}
                Some(b',') => {
                    self.skip();
                    if self.space() == Some(b']') {
                        return Err(self.behind(TRAILING_COMMA));
                    }
                }
                Some(_) => return Err(self.behind(Why::Expected("`,` or `]`"))),
            }
            items.push(self.value(depth)?);
        }
    }

    fn object(&mut self, depth: usize) -> Read<Value> {
        self.skip();
        let mut members = Vec::new();
        let ended = self.members(depth, &mut members);
        // Sorted once: a text of very many keys costs no more than reading it.
        order(&mut members);
        let twice = members.windows(2).filter_map(|pair| match pair {
            [(one, ..), (other, at, _)] if one == other => Some((at, other)),
            _ => None,
        });
        // It stands before whatever else is wrong behind it.
        if let Some((at, key)) = twice.min() {
            let mut reader = Reader { text: self.text, at: *at };
            if reader.space() == Some(b'}') {
                reader.skip();
            }
            return Err(reader.here(Why::Twice(key.clone())));
        }
        ended?;
        Ok(Value::Object(members.into_iter().map(|(key, _, value)| (key, value)).collect()))
    }

    /// The members of an object, each with the place behind it.
    fn members(&mut self, depth: usize, members: &mut Vec<(String, usize, Value)>) -> Read<()> {
        loop {
            match self.space() {
                Some(b'}') => {
                    self.skip();
                    return Ok(());
                }
                Some(b',') if !members.is_empty() => {
                    self.skip();
                    if self.space() == Some(b'}') {
                        return Err(self.behind(TRAILING_COMMA));
                    }
                }
                Some(_) if !members.is_empty() => return Err(self.behind(Why::Expected("`,` or `}`"))),
                _ => {}
            }
            match self.peek() {
                Some(b'"') => {}
                Some(_) => return Err(self.behind(NO_KEY)),
                None => return Err(self.behind(EARLY)),
            }
            let key = self.string()?;
            match self.space() {
                Some(b':') => self.skip(),
                Some(_) => return Err(self.behind(Why::Expected("`:`"))),
                None => return Err(self.behind(EARLY)),
            }
            let value = self.value(depth)?;
            members.push((key, self.at, value));
        }
    }

    fn string(&mut self) -> Read<String> {
        let mut string = String::new();
        self.skip();
        let mut from = self.at;
        loop {
            let byte = self.next()?;
            if !matches!(byte, b'"' | b'\\' | 0..=0x1f) {
                continue;
            }
            // What is between two of these bytes is whole characters.
            string.push_str(self.text.get(from..self.at.saturating_sub(1)).unwrap_or_default());
            match byte {
                b'"' => return Ok(string),
                b'\\' => string.push(self.escape()?),
                _ => return Err(self.here(CONTROL)),
            }
            from = self.at;
        }
    }

    fn escape(&mut self) -> Read<char> {
        Ok(match self.next()? {
            byte @ (b'"' | b'\\' | b'/') => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => return Err(self.here(NO_ESCAPE)),
        })
    }

    /// One character in hexadecimal digits, or two halves of one.
    fn unicode(&mut self) -> Read<char> {
        let mut code = self.four()?;
        if (0xd800..0xdc00).contains(&code) {
            for byte in [b'\\', b'u'] {
                if self.next()? != byte {
                    return Err(self.here(NO_OTHER_HALF));
                }
            }
            let low = self.four()?;
            if !(0xdc00..0xe000).contains(&low) {
                return Err(self.here(HALF));
            }
            code = 0x1_0000 + ((code & 0x3ff) << 10 | low & 0x3ff);
        }
        // What is left out is the second half of a character.
        char::from_u32(code).ok_or_else(|| self.here(HALF))
    }

    fn four(&mut self) -> Read<u32> {
        let bytes = self.text.as_bytes();
        let end = self.at.saturating_add(4);
        let Some(digits) = bytes.get(self.at..end) else {
            self.at = bytes.len();
            return Err(self.here(EARLY));
        };
        self.at = end;
        let mut code = 0;
        for digit in digits {
            match char::from(*digit).to_digit(16) {
                Some(digit) => code = code << 4 | digit,
                None => return Err(self.here(NO_ESCAPE)),
            }
        }
        Ok(code)
    }

    /// The digit that comes next, as a number.
    fn digit(&self) -> Option<u8> {
        self.peek().filter(u8::is_ascii_digit).map(|digit| digit - b'0')
    }

    /// A number. One that a double cannot hold is out of range; its first 19 digits or so count.
    fn number(&mut self) -> Read<Number> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.skip();
        }
        let (mut first, mut shift) = (0_u64, 0_i32);
        let mut is_full = false;
        let mut add = |digit: u8| {
            let next = first.checked_mul(10).and_then(|n| n.checked_add(u64::from(digit)));
            is_full |= next.is_none();
            if !is_full {
                first = next.unwrap_or(first);
            }
            is_full
        };
        match self.next()? {
            b'0' => {
                if self.digit().is_some() {
                    return Err(self.behind(NO_NUMBER));
                }
            }
            digit @ b'1'..=b'9' => {
                add(digit - b'0');
                while let Some(digit) = self.digit() {
                    shift = shift.saturating_add(i32::from(add(digit)));
                    self.skip();
                }
            }
            _ => return Err(self.here(NO_NUMBER)),
        }
        if self.peek() == Some(b'.') {
            self.skip();
            if self.digit().is_none() {
                return Err(self.behind(if self.peek().is_none() { EARLY } else { NO_NUMBER }));
            }
            while let Some(digit) = self.digit() {
                shift = shift.saturating_sub(i32::from(!add(digit)));
                self.skip();
            }
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.skip();
            let minus = self.peek() == Some(b'-');
            if let Some(b'+' | b'-') = self.peek() {
                self.skip();
            }
            if !self.next()?.is_ascii_digit() {
                return Err(self.here(NO_NUMBER));
            }
            self.at = self.at.saturating_sub(1);
            let mut power = 0_i32;
            while let Some(digit) = self.digit() {
                self.skip();
                let next = power.checked_mul(10).and_then(|n| n.checked_add(i32::from(digit)));
                if next.is_none() && !minus && first != 0 {
                    return Err(self.here(TOO_LARGE));
                }
                power = next.unwrap_or(i32::MAX);
            }
            shift = shift.saturating_add(if minus { power.saturating_neg() } else { power });
        }
        if !in_range(first, shift) {
            return Err(self.here(TOO_LARGE));
        }
        Ok(Number(self.text.get(start..self.at).unwrap_or_default().to_owned()))
    }
}

/// Whether a double holds a number with so many tens.
fn in_range(first: u64, tens: i32) -> bool {
    let mut number = first as f64;
    for _ in 0..tens {
        number *= 10.0;
        if number == 0.0 || number.is_infinite() {
            break;
        }
    }
    number.is_finite()
}
