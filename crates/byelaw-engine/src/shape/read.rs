//! Reading one request.

use super::{Field, Leaf, Named, Shape, ShapeError};
use crate::{NotAsked, Outcome, Policy};
use byelaw_data::{AtomId, FactId, NO, Question as Asked, Stated, ValueId, YES};
use byelaw_image::{Situation, UNKNOWN};
use byelaw_ir::Domain;
use byelaw_wire::json::{Value, first};

/// What was read of a request, in numbers. Made once for a policy and filled again and again.
#[derive(Debug, Clone)]
pub struct Filled {
    stamp: u32,
    /// Whether a request was read to its end: what is left of one that was not is no question.
    is_whole: bool,
    act: u16,
    values: Vec<u16>,
    /// Numbers as they were stated.
    numbers: Vec<i64>,
    /// The facts that were stated, one bit each; `null` states that a fact is unknown.
    stated: Vec<u64>,
    granted: Vec<u16>,
    /// What `values` begin with: what is taken for granted whatever the act.
    presumed: Vec<u16>,
}

/// The deepest object of a request that is looked into.
const DEEPEST: usize = 16;

impl Policy {
    /// Room for what is read of requests.
    pub fn filled(&self) -> Filled {
        let presumed = self.presumed();
        Filled {
            stamp: self.stamp,
            is_whole: false,
            act: UNKNOWN,
            values: presumed.clone(),
            numbers: vec![0; presumed.len()],
            stated: vec![0; presumed.len().div_ceil(64)],
            granted: vec![0; self.program.atoms.len().div_ceil(16)],
            presumed,
        }
    }

    /// Reads a request in the caller's shape. Afterwards [`Policy::outcome_of`] answers it; after an error it answers
    /// nothing.
    ///
    /// # Errors
    /// What is no JSON, a field that the shape does not name, a field that comes twice, a value that its fact does not
    /// have, with the place; also where shape or room are another policy's.
    pub fn read(&self, shape: &Shape, request: &str, into: &mut Filled) -> Result<(), ShapeError> {
        into.clear();
        if shape.stamp != self.stamp || into.stamp != self.stamp {
            return Err(ShapeError { at: 0, message: NotAsked::OtherPolicy.to_string() });
        }
        let mut reader = Reader { text: request, bytes: request.as_bytes(), at: 0 };
        reader.request(self, shape, into).map_err(|message| ShapeError { at: reader.at, message })?;
        into.is_whole = true;
        Ok(())
    }

    /// The outcome of a request that was read; [`Outcome::NeedsFacts`] if none was.
    #[inline]
    pub fn outcome_of(&self, filled: &Filled) -> Outcome {
        if !self.has_read(filled) {
            return Outcome::NeedsFacts;
        }
        if self.is_told(filled)
            && let Some(outcome) = self.read_outcome(&filled.situation())
        {
            return outcome;
        }
        self.whole_of(filled)
    }

    /// Whether a request that was read is permitted, nothing is left to be done for it and nothing is taken for granted:
    /// as [`Policy::allows`].
    pub fn allows_of(&self, filled: &Filled) -> bool {
        if !self.has_read(filled) {
            return false;
        }
        let may_be = |fact: &byelaw_ir::Fact| !fact.presumed.is_empty() && fact.taken_as.is_none();
        let mut facts = self.program.facts.iter().zip((0_u16..).map(FactId));
        let presumes = facts.any(|(fact, id)| may_be(fact) && !filled.is_stated(id));
        let read = (!presumes && self.is_told(filled)).then(|| self.allowed(&filled.situation())).flatten();
        read.unwrap_or_else(|| self.encode_asked(filled.asked(self)).is_ok_and(|ready| self.allows(&ready)))
    }

    /// Whether a request to this policy was read, and whole.
    #[inline]
    fn has_read(&self, filled: &Filled) -> bool {
        filled.stamp == self.stamp && filled.is_whole
    }

    /// Whether every fact has the one value that it takes where nobody states it.
    #[inline]
    fn is_told(&self, filled: &Filled) -> bool {
        self.needs_more(filled.act).iter().all(|fact| filled.is_stated(*fact))
    }

    #[cold]
    fn whole_of(&self, filled: &Filled) -> Outcome {
        let asked = filled.asked(self);
        byelaw_question::decide(&self.program, &asked).map_or(Outcome::NeedsFacts, |d| d.outcome)
    }
}

impl Filled {
    #[inline]
    fn situation(&self) -> Situation<'_> {
        Situation { act: self.act, values: &self.values, granted: &self.granted, refused: &[] }
    }

    fn clear(&mut self) {
        self.is_whole = false;
        self.act = UNKNOWN;
        self.values.copy_from_slice(&self.presumed);
        self.stated.fill(0);
        self.granted.fill(0);
    }

    #[inline]
    fn is_stated(&self, fact: FactId) -> bool {
        self.stated.get(usize::from(fact.0 / 64)).is_some_and(|word| word >> (fact.0 % 64) & 1 == 1)
    }

    #[inline]
    fn state(&mut self, fact: FactId, value: u16) {
        if let Some(word) = self.stated.get_mut(usize::from(fact.0 / 64)) {
            *word |= 1 << (fact.0 % 64);
        }
        if let Some(slot) = self.values.get_mut(usize::from(fact.0)) {
            *slot = value;
        }
    }

    fn give(&mut self, atom: u16) {
        if let Some(word) = self.granted.get_mut(usize::from(atom / 16)) {
            *word |= 1 << (atom % 16);
        }
    }

    /// The whole question, for what the table cannot tell.
    fn asked(&self, policy: &Policy) -> Asked {
        let mut asked = Asked { assume: true, ..Asked::default() };
        let facts = policy.program.facts.iter().zip(&self.values).zip(&self.numbers);
        for (place, ((fact, value), number)) in facts.enumerate() {
            let Ok(id) = u16::try_from(place).map(FactId) else { continue };
            if !self.is_stated(id) {
                continue;
            }
            let stated = match &fact.domain {
                _ if *value == UNKNOWN => Stated::Unknown,
                Domain::Cells { .. } => Stated::Number(*number),
                _ => Stated::Value(ValueId(*value)),
            };
            asked.facts.insert(id, stated);
        }
        for place in 0..policy.program.atoms.len() {
            let Ok(atom) = u16::try_from(place) else { continue };
            if self.granted.get(place / 16).is_some_and(|word| word >> (place % 16) & 1 == 1) {
                asked.granted.insert(AtomId(atom));
            }
        }
        asked
    }
}

/// What is wrong, in words; the place is where the reader stands.
type Read<T> = Result<T, String>;

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn request(&mut self, policy: &Policy, shape: &Shape, into: &mut Filled) -> Read<()> {
        // For each object that is open: its place in the shape, and the field that is likely to come next.
        let mut open = [(0_usize, 0_usize); DEEPEST];
        let mut depth = 0_usize;
        let mut seen = 0_u64;
        self.expect(b'{')?;
        let mut first = true;
        loop {
            self.space();
            let next = self.peek();
            if next == Some(b'}') {
                self.at += 1;
                first = false;
                match depth.checked_sub(1) {
                    Some(above) => {
                        depth = above;
                        continue;
                    }
                    None => break,
                }
            }
            if !first {
                if next != Some(b',') {
                    return Err("a comma or the end of the object is expected here".to_owned());
                }
                self.at += 1;
                self.space();
            }
            let Some((object, likely)) = open.get_mut(depth) else { return Err(too_deep()) };
            let start = self.at;
            let fields = shape.objects.get(*object).map(Vec::as_slice).unwrap_or_default();
            let guess = fields.get(*likely).filter(|likely| self.skips(&likely.written));
            let field = match guess {
                Some(likely) => likely.field,
                None => self.field(fields, start)?,
            };
            *likely += 1;
            self.space();
            self.expect(b':')?;
            self.space();
            match field {
                Field::Object(below) => {
                    self.expect(b'{')?;
                    depth += 1;
                    *open.get_mut(depth).ok_or_else(too_deep)? = (below, 0);
                    first = true;
                }
                Field::Leaf(place) => {
                    let bit = 1_u64.checked_shl(u32::try_from(place).unwrap_or(u32::MAX)).unwrap_or(0);
                    if seen & bit != 0 || bit == 0 {
                        self.at = start;
                        return Err("this field comes twice".to_owned());
                    }
                    seen |= bit;
                    let Some(leaf) = shape.leaves.get(place) else { return Err(too_deep()) };
                    self.leaf(policy, leaf, into)?;
                    first = false;
                }
            }
        }
        self.space();
        if self.at == self.bytes.len() { Ok(()) } else { Err("nothing may follow the request".to_owned()) }
    }

    /// Steps over a key, if it stands here as it is written: most requests have their fields in one order.
    #[inline]
    fn skips(&mut self, written: &str) -> bool {
        let is_there = self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(written.as_bytes()));
        if is_there {
            self.at += written.len();
        }
        is_there
    }

    /// The field that is called as the key here, wherever it stands in the shape.
    fn field(&mut self, fields: &[Named], start: usize) -> Read<Field> {
        let key = self.string()?;
        let found = fields.iter().find(|known| known.name.as_bytes() == &*key);
        found.map(|known| known.field).ok_or_else(|| {
            self.at = start;
            format!("the shape names no field `{}` here", String::from_utf8_lossy(&key))
        })
    }

    #[inline]
    fn leaf(&mut self, policy: &Policy, leaf: &Leaf, into: &mut Filled) -> Read<()> {
        let null = self.peek() == Some(b'n');
        match leaf {
            Leaf::Ignored => self.skip(),
            Leaf::YesNo(fact) | Leaf::OneOf(fact, _) | Leaf::Number(fact, _) if into.is_stated(*fact) => {
                Err(format!("another field has said `{}` already", policy.fact_name(*fact)))
            }
            Leaf::YesNo(fact) | Leaf::OneOf(fact, _) | Leaf::Number(fact, _) if null => {
                self.word(b"null")?;
                into.state(*fact, UNKNOWN);
                Ok(())
            }
            Leaf::YesNo(fact) => {
                let yes = self.peek() == Some(b't');
                self.word(if yes { b"true" } else { b"false" })?;
                into.state(*fact, if yes { YES.0 } else { NO.0 });
                Ok(())
            }
            Leaf::OneOf(fact, names) => {
                let start = self.at;
                let name = self.string()?;
                let Some(value) = names.get(&name) else {
                    self.at = start;
                    return Err(unknown(policy.fact_name(*fact), &name, names.all()));
                };
                into.state(*fact, value);
                if *fact == policy.program.act {
                    into.act = value;
                }
                Ok(())
            }
            Leaf::Number(fact, domain) => {
                let start = self.at;
                let number = self.number()?;
                let Some(cell) = domain.cell(number) else {
                    self.at = start;
                    return Err(match domain {
                        Domain::Cells { from, to, .. } => format!("{number} lies outside {from} to {to}"),
                        _ => "no number is expected here".to_owned(),
                    });
                };
                into.state(*fact, cell.0);
                if let Some(slot) = into.numbers.get_mut(usize::from(fact.0)) {
                    *slot = number;
                }
                Ok(())
            }
            Leaf::Given(names) => {
                self.expect(b'[')?;
                let mut first = true;
                loop {
                    self.space();
                    if self.peek() == Some(b']') {
                        self.at += 1;
                        return Ok(());
                    }
                    if !first {
                        self.expect(b',')?;
                        self.space();
                    }
                    first = false;
                    let start = self.at;
                    let name = self.string()?;
                    let Some(atom) = names.get(&name) else {
                        self.at = start;
                        return Err(unknown("what can be given", &name, names.all()));
                    };
                    into.give(atom);
                }
            }
        }
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    #[inline]
    fn space(&mut self) {
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    #[inline]
    fn expect(&mut self, byte: u8) -> Read<()> {
        if self.peek() == Some(byte) {
            self.at += 1;
            return Ok(());
        }
        Err(format!("`{}` is expected here", char::from(byte)))
    }

    #[inline]
    fn word(&mut self, word: &[u8]) -> Read<()> {
        if self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
            self.at += word.len();
            return Ok(());
        }
        Err("true, false or null is expected here".to_owned())
    }

    /// A string. One without an escape is not copied.
    #[inline]
    fn string(&mut self) -> Read<std::borrow::Cow<'a, [u8]>> {
        let start = self.at;
        self.expect(b'"')?;
        let from = self.at;
        self.at += plain(self.bytes.get(from..).unwrap_or_default());
        match self.peek() {
            Some(b'"') => {
                let text = self.bytes.get(from..self.at).unwrap_or_default();
                self.at += 1;
                Ok(text.into())
            }
            Some(b'\\') => {
                self.at = start;
                self.escaped()
            }
            _ => Err("a text that has an end is expected here".to_owned()),
        }
    }

    /// A string with escapes, as questions have them.
    #[cold]
    fn escaped(&mut self) -> Read<std::borrow::Cow<'a, [u8]>> {
        match self.value()? {
            Value::String(text) => Ok(text.into_bytes().into()),
            _ => Err("a text is expected here".to_owned()),
        }
    }

    /// Any JSON value, checked and left out.
    fn skip(&mut self) -> Read<()> {
        if self.peek() == Some(b'"') {
            return self.string().map(|_| ());
        }
        self.value().map(|_| ())
    }

    fn value(&mut self) -> Read<Value> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let (value, read) = first(rest).map_err(|fault| format!("no JSON: {fault}"))?;
        self.at += read;
        Ok(value)
    }

    /// A whole number, as JSON writes it.
    #[inline]
    fn number(&mut self) -> Read<i64> {
        let minus = self.peek() == Some(b'-');
        let start = self.at + usize::from(minus);
        let mut at = start;
        let mut number = 0_i64;
        while let Some(digit @ b'0'..=b'9') = self.bytes.get(at) {
            let next = number.checked_mul(10).and_then(|n| n.checked_add(i64::from(*digit - b'0')));
            number = next.ok_or("this number is too large")?;
            at += 1;
        }
        let leading_zero = at - start > 1 && self.bytes.get(start) == Some(&b'0');
        if at == start || leading_zero || matches!(self.bytes.get(at), Some(b'.' | b'e' | b'E')) {
            return Err("a whole number is expected here".to_owned());
        }
        self.at = at;
        Ok(if minus { -number } else { number })
    }
}

fn too_deep() -> String {
    format!("objects lie in each other more than {DEEPEST} deep here")
}

#[cold]
fn unknown(what: &str, name: &[u8], known: Vec<&str>) -> String {
    let name = String::from_utf8_lossy(name);
    let near = byelaw_diagnostic::nearest(&name, known);
    let hint = near.first().map_or_else(String::new, |first| format!("; did you mean `{first}`?"));
    format!("`{what}` has no value called `{name}`{hint}")
}

/// How many bytes there are before the first quotation mark, backslash or control character. Eight are looked at together:
/// taking one from each byte borrows from the next only where a byte was nothing, so the lowest that is found is one.
#[inline]
fn plain(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    let below = |word: u64, byte: u8| word.wrapping_sub(ONES.wrapping_mul(u64::from(byte))) & !word & HIGH;
    let is = |word: u64, byte: u8| below(word ^ ONES.wrapping_mul(u64::from(byte)), 1);
    let (eights, rest) = bytes.as_chunks::<8>();
    let mut before = 0_usize;
    for eight in eights {
        let word = u64::from_le_bytes(*eight);
        let found = below(word, 0x20) | is(word, b'"') | is(word, b'\\');
        if found != 0 {
            return before + usize::try_from(found.trailing_zeros() / 8).unwrap_or(0);
        }
        before += 8;
    }
    let ends = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..=0x1f);
    before + rest.iter().position(ends).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn what_ends_a_text_is_found_at_every_place() {
        let is_end = |byte: u8| byte == b'"' || byte == b'\\' || byte < 0x20;
        for length in 0..20 {
            for place in 0..length {
                for byte in 0..=u8::MAX {
                    for around in [b'a', 0x21, 0x7f, 0x80, 0xa2, 0xff] {
                        let mut bytes = vec![around; length];
                        bytes[place] = byte;
                        let found = if is_end(byte) { place } else { length };
                        assert_eq!(plain(&bytes), found, "{byte} at {place} of {length} among {around}");
                    }
                }
            }
        }
    }
}
