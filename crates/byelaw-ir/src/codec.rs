//! Bytes of a program: written field by field, lengths before contents; read back with every length checked against what
//! is left. The file around them is in `file`.
//!
//! Numbers have seven bits in a byte, low ones first; sets of boxes have all their bytes, low ones first. Each text
//! stands once, before what uses it.
//!
//! The content that a digest names is written in a form of its own, which stays as it is: whole numbers, texts in place.

mod file;
mod rules;
mod slices;

pub use file::{content, decode, decode_without_texts, encode, learn, parts};

use crate::{
    ActName, Atom, AtomName, Box, BoxClash, BoxKind, CalendarName, ClauseName, DaysName, DocumentName,
    Domain, DutyName, Fact, FactKind, FactName, FillingName, GroupName, InstrumentName, Names, Program,
    ReadingName, RuleName, Slice, SliceFact, Word,
};
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use byelaw_data::{
    AtomId, Calendar, Cycle, Date, Days, DeedId, Due, FactId, Listed as _, Minute, Occasion, Presumption,
    RuleId, Says, Silence, Stretch, Timetable, Turn, Unit, ValueId,
};
use core::fmt;

/// Why bytes are not a compiled policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecodeError {
    /// The bytes do not begin as a compiled policy of this version does.
    NotAPolicy,
    /// The bytes end too early or too late.
    Length,
    /// The content does not match its checksum.
    Checksum,
    /// A number or text that no compiler writes.
    Content,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAPolicy => "this is not a compiled policy of this version",
            Self::Length => "the compiled policy is cut short, or has bytes behind its end",
            Self::Checksum => "the compiled policy was damaged: its checksum does not match",
            Self::Content => "the compiled policy holds something no compiler writes",
        })
    }
}

impl core::error::Error for DecodeError {}

/// What it takes to decide: a program without names.
struct Hot {
    facts: Vec<Fact>,
    subject: FactId,
    act: FactId,
    no_act: Option<ValueId>,
    event: Option<FactId>,
    readings: Vec<FactId>,
    several: bool,
    clock: Option<FactId>,
    weekday: Option<FactId>,
    calendars: Vec<Calendar>,
    slices: Vec<Slice>,
    atoms: Vec<Atom>,
}

impl Hot {
    /// Of the contradictions those of at least a share.
    fn of(program: &Program, least: u16) -> Self {
        let told = |slice: &Slice| Slice {
            words: slice.words,
            facts: slice.facts.clone(),
            boxes: slice.boxes.clone(),
            atoms: slice.atoms.clone(),
            approvals: slice.approvals,
            clashes: slice.clashes.iter().filter(|clash| clash.share >= least).copied().list(),
        };
        Self {
            facts: program.facts.clone(),
            subject: program.subject,
            act: program.act,
            no_act: program.no_act,
            event: program.event,
            readings: program.readings.clone(),
            several: program.several,
            clock: program.clock,
            weekday: program.weekday,
            calendars: program.calendars.clone(),
            slices: program.slices.iter().map(told).list(),
            atoms: program.atoms.clone(),
        }
    }

    fn with(self, names: Names) -> Program {
        Program {
            facts: self.facts,
            subject: self.subject,
            act: self.act,
            no_act: self.no_act,
            event: self.event,
            readings: self.readings,
            several: self.several,
            clock: self.clock,
            weekday: self.weekday,
            calendars: self.calendars,
            slices: self.slices,
            atoms: self.atoms,
            names,
        }
    }
}

/// Bytes that are being written.
struct Writer {
    bytes: Vec<u8>,
    /// The texts so far; none in the form for digests, in which each stands where it is used.
    texts: Option<Texts>,
}

/// Each text that was written, once, in the order in which they came.
#[derive(Default)]
struct Texts {
    places: BTreeMap<String, u64>,
    bytes: Vec<u8>,
}

/// What ends a text in a file: no byte of UTF-8.
const END: u8 = 0xff;

impl Writer {
    fn small() -> Self {
        Self { bytes: Vec::new(), texts: Some(Texts::default()) }
    }

    /// A number of so many bytes in the form for digests.
    fn number(&mut self, number: u64, bytes: usize) {
        match self.texts {
            Some(_) => small(&mut self.bytes, number),
            None => self.bytes.extend(number.to_le_bytes().iter().take(bytes)),
        }
    }

    fn length(&mut self, number: usize) {
        self.number(u64::try_from(number).unwrap_or(u64::MAX), size_of::<u64>());
    }

    /// Ascending numbers, each as what it is more than the one before.
    fn ascending(&mut self, numbers: &[usize]) {
        self.length(numbers.len());
        let mut before = 0;
        for number in numbers {
            self.length(number.saturating_sub(before));
            before = *number;
        }
    }

    /// A text: 0 for one that has not come yet, 1 for the empty one, or the place of another one and two.
    fn text(&mut self, text: &str) {
        let Some(texts) = &mut self.texts else {
            // A text longer than u32::MAX cannot be built from a source within its limits.
            self.number(u64::try_from(text.len()).unwrap_or(u64::MAX), size_of::<u32>());
            self.bytes.extend_from_slice(text.as_bytes());
            return;
        };
        let next = u64::try_from(texts.places.len()).unwrap_or(u64::MAX).saturating_add(2);
        let number = if text.is_empty() {
            1
        } else if let Some(place) = texts.places.get(text) {
            *place
        } else {
            texts.places.insert(String::from(text), next);
            texts.bytes.extend_from_slice(text.as_bytes());
            texts.bytes.push(END);
            0
        };
        small(&mut self.bytes, number);
    }

    /// How many texts there are, each of them, then what was written.
    fn with_texts(self) -> Vec<u8> {
        let texts = self.texts.unwrap_or_default();
        let mut bytes = Vec::new();
        small(&mut bytes, u64::try_from(texts.places.len()).unwrap_or(u64::MAX));
        [bytes, texts.bytes, self.bytes].concat()
    }
}

/// Seven bits in a byte, low ones first; all bytes but the last have the eighth.
fn small(bytes: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        bytes.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    bytes.push(number.to_le_bytes()[0]);
}

/// The most bytes that all texts have together, each as often as it is used: texts that are used often take little room in
/// a file, and should not take all memory.
const MOST_TEXT: usize = 1 << 26;

/// Reads on after a fault: from then on there is nothing left, numbers are zero, and texts and lists are empty. The first
/// fault is told once, at the end. So no half of a record has to be taken back at each of its fields, which would be most
/// of the code here.
struct Reader<'a> {
    left: &'a [u8],
    texts: Vec<&'a str>,
    /// How many of the texts have come.
    told: usize,
    /// How many bytes of texts may still come.
    room: usize,
    /// What was wrong first.
    fault: Option<DecodeError>,
}

impl<'a> Reader<'a> {
    fn of(left: &'a [u8]) -> Self {
        Self { left, texts: Vec::new(), told: 0, room: 0, fault: None }
    }

    /// Reads the texts that stand before a part.
    fn with_texts(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader { room: MOST_TEXT, ..Self::of(bytes) };
        for _ in 0..reader.many() {
            let end = reader.left.iter().position(|byte| *byte == END).ok_or(DecodeError::Length)?;
            let (text, left) = reader.left.split_at_checked(end).ok_or(DecodeError::Length)?;
            reader.left = left.get(1..).unwrap_or_default();
            reader.texts.push(core::str::from_utf8(text).map_err(|_| DecodeError::Content)?);
        }
        reader.sound()?;
        Ok(reader)
    }

    /// Whether all was in order so far.
    fn sound(&self) -> Result<(), DecodeError> {
        self.fault.map_or(Ok(()), Err)
    }

    /// Whether all was in order, nothing is left, and each text has come.
    fn ended(&self) -> Result<(), DecodeError> {
        self.sound()?;
        let whole = self.left.is_empty() && self.told == self.texts.len();
        if whole { Ok(()) } else { Err(DecodeError::Length) }
    }

    #[inline(never)]
    fn fail(&mut self, fault: DecodeError) {
        self.fault.get_or_insert(fault);
        self.left = &[];
    }

    /// What no compiler writes; the answer is what is read in its place.
    fn refused<T>(&mut self, instead: T) -> T {
        self.fail(DecodeError::Content);
        instead
    }

    #[inline(never)]
    fn array<const N: usize>(&mut self) -> [u8; N] {
        match self.left.split_first_chunk::<N>() {
            Some((head, tail)) => {
                self.left = tail;
                *head
            }
            None => {
                self.fail(DecodeError::Length);
                [0; N]
            }
        }
    }

    #[inline(never)]
    fn number(&mut self) -> u64 {
        let (mut number, mut shift) = (0_u64, 0_u32);
        loop {
            let [byte] = self.array();
            let bits = u64::from(byte & 0x7f);
            let placed = bits.checked_shl(shift).unwrap_or(0);
            // Nothing beyond 64 bits, and no byte that says nothing: each number has one form.
            if placed.checked_shr(shift) != Some(bits) || byte == 0 && shift > 0 {
                return self.refused(0);
            }
            number |= placed;
            if byte & 0x80 == 0 {
                return number;
            }
            shift = shift.saturating_add(7);
        }
    }

    #[inline(never)]
    fn length(&mut self) -> usize {
        let number = self.number();
        usize::try_from(number).unwrap_or_else(|_| {
            self.fail(DecodeError::Length);
            0
        })
    }

    /// How many of something there are, each of which takes so many bytes at least.
    #[inline(never)]
    fn many_of(&mut self, least: usize) -> usize {
        let many = self.length();
        if many.checked_mul(least).is_none_or(|least| least > self.left.len()) {
            self.fail(DecodeError::Length);
            return 0;
        }
        many
    }

    /// How many of something there are, each of which takes a byte at least.
    fn many(&mut self) -> usize {
        self.many_of(1)
    }

    #[inline(never)]
    fn ascending(&mut self) -> Vec<usize> {
        let mut numbers = Vec::new();
        let mut before = 0_usize;
        for place in 0..self.many() {
            let step = self.length();
            // Each is greater than the one before.
            if place > 0 && step == 0 {
                return self.refused(Vec::new());
            }
            before = before.saturating_add(step);
            numbers.push(before);
        }
        numbers
    }

    #[inline(never)]
    fn text(&mut self) -> String {
        let number = self.length();
        if self.fault.is_some() || number == 1 {
            return String::new();
        }
        let place = if number == 0 {
            let next = self.told;
            self.told = next.saturating_add(1);
            Some(next)
        } else {
            number.checked_sub(2).filter(|place| *place < self.told)
        };
        let Some(text) = place.and_then(|place| self.texts.get(place).copied()) else {
            return self.refused(String::new());
        };
        let Some(room) = self.room.checked_sub(text.len()) else {
            self.fail(DecodeError::Length);
            return String::new();
        };
        self.room = room;
        String::from(text)
    }
}

/// What is written.
trait Put {
    fn put(&self, out: &mut Writer);
}

/// What is also read, as it was written in a file.
trait Field: Put + Sized {
    /// The fewest bytes one of these takes: bounds how many a list can claim to have.
    const LEAST: usize;
    fn take(reader: &mut Reader<'_>) -> Self;
}

macro_rules! number {
    ($($type:ty),*) => {$(
        impl Put for $type {
            fn put(&self, out: &mut Writer) {
                out.number(u64::from(*self), size_of::<$type>());
            }
        }
        impl Field for $type {
            const LEAST: usize = 1;
            fn take(reader: &mut Reader<'_>) -> Self {
                <$type>::try_from(reader.number()).unwrap_or_else(|_| reader.refused(0))
            }
        }
    )*};
}
number!(u16, u32);

impl Put for u8 {
    fn put(&self, out: &mut Writer) {
        out.bytes.push(*self);
    }
}
impl Field for u8 {
    const LEAST: usize = 1;
    fn take(reader: &mut Reader<'_>) -> Self {
        u8::from_le_bytes(reader.array())
    }
}

/// A set: whole in both forms, since what is alike in two of them then stands in the same bytes.
impl Put for u64 {
    fn put(&self, out: &mut Writer) {
        out.bytes.extend_from_slice(&self.to_le_bytes());
    }
}
impl Field for u64 {
    const LEAST: usize = 8;
    fn take(reader: &mut Reader<'_>) -> Self {
        u64::from_le_bytes(reader.array())
    }
}

/// In a file its sign is the lowest bit, so that small numbers are short.
impl Put for i64 {
    fn put(&self, out: &mut Writer) {
        let signed = (self.cast_unsigned() << 1) ^ (self >> 63).cast_unsigned();
        let number = if out.texts.is_some() { signed } else { self.cast_unsigned() };
        out.number(number, size_of::<i64>());
    }
}
impl Field for i64 {
    const LEAST: usize = 1;
    fn take(reader: &mut Reader<'_>) -> Self {
        let number = reader.number();
        (number >> 1).cast_signed() ^ 0_i64.wrapping_sub((number & 1).cast_signed())
    }
}

macro_rules! id {
    ($($type:ident: $number:ty),*) => {$(
        impl Put for $type {
            fn put(&self, out: &mut Writer) {
                self.0.put(out);
            }
        }
        impl Field for $type {
            const LEAST: usize = 1;
            fn take(reader: &mut Reader<'_>) -> Self {
                Self(<$number>::take(reader))
            }
        }
    )*};
}
id!(FactId: u16, ValueId: u16, AtomId: u16, DeedId: u16, RuleId: u32);

/// A record that is only written field by field, for digests: a file has it in a form of its own.
macro_rules! written {
    ($type:ident { $($field:ident),* }) => {
        impl Put for $type {
            fn put(&self, out: &mut Writer) {
                $(self.$field.put(out);)*
            }
        }
    };
}

macro_rules! record {
    ($type:ident { $($field:ident),* }) => {
        written!($type { $($field),* });
        impl Field for $type {
            const LEAST: usize = 1;
            fn take(reader: &mut Reader<'_>) -> Self {
                $(let $field = Field::take(reader);)*
                Self { $($field),* }
            }
        }
    };
}

/// A record of which a file has one field elsewhere, and a digest has it in its place.
macro_rules! apart {
    ($type:ident { $($before:ident),*; $apart:ident; $($behind:ident),* }) => {
        impl Put for $type {
            fn put(&self, out: &mut Writer) {
                $(self.$before.put(out);)*
                if out.texts.is_none() {
                    self.$apart.put(out);
                }
                $(self.$behind.put(out);)*
            }
        }
        impl Field for $type {
            const LEAST: usize = 1;
            fn take(reader: &mut Reader<'_>) -> Self {
                $(let $before = Field::take(reader);)*
                $(let $behind = Field::take(reader);)*
                Self { $($before,)* $apart: Default::default(), $($behind),* }
            }
        }
    };
}

/// Enumerations without content: one byte, the place in this list.
macro_rules! letter {
    ($type:ident: $first:ident = 0, $($variant:ident = $byte:literal),*) => {
        impl Put for $type {
            fn put(&self, out: &mut Writer) {
                out.bytes.push(match self { Self::$first => 0, $(Self::$variant => $byte),* });
            }
        }
        impl Field for $type {
            const LEAST: usize = 1;
            fn take(reader: &mut Reader<'_>) -> Self {
                match u8::take(reader) {
                    0 => Self::$first,
                    $($byte => Self::$variant,)*
                    _ => reader.refused(Self::$first),
                }
            }
        }
    };
}

letter!(BoxKind: May = 0, MayInGeneral = 1, MustNot = 2, Only = 3, Duty = 4, Disapply = 5, Impossible = 6, Advice = 7, Standing = 8);
letter!(Turn: Before = 0, With = 1, After = 2);
letter!(Says: May = 0, MustNot = 1, MayOnly = 2, Must = 3, Should = 4);

impl Put for bool {
    fn put(&self, out: &mut Writer) {
        out.bytes.push(u8::from(*self));
    }
}
impl Field for bool {
    const LEAST: usize = 1;
    fn take(reader: &mut Reader<'_>) -> Self {
        match u8::take(reader) {
            0 => false,
            1 => true,
            _ => reader.refused(false),
        }
    }
}

impl<T: Put> Put for Option<T> {
    fn put(&self, out: &mut Writer) {
        self.is_some().put(out);
        if let Some(value) = self {
            value.put(out);
        }
    }
}
impl<T: Field> Field for Option<T> {
    const LEAST: usize = 1;
    fn take(reader: &mut Reader<'_>) -> Self {
        if bool::take(reader) { Some(T::take(reader)) } else { None }
    }
}

impl<T: Put> Put for Vec<T> {
    fn put(&self, out: &mut Writer) {
        // A list longer than u32::MAX cannot be built from a source within its limits.
        u32::try_from(self.len()).unwrap_or(u32::MAX).put(out);
        for item in self {
            item.put(out);
        }
    }
}
impl<T: Field> Field for Vec<T> {
    const LEAST: usize = 1;
    fn take(reader: &mut Reader<'_>) -> Self {
        // A length that the rest of the bytes cannot hold is refused before any memory is asked for.
        let length = reader.many_of(T::LEAST);
        let mut list = Vec::with_capacity(length);
        for _ in 0..length {
            list.push(T::take(reader));
            if reader.fault.is_some() {
                break;
            }
        }
        list
    }
}

impl Put for String {
    fn put(&self, out: &mut Writer) {
        out.text(self);
    }
}
impl Field for String {
    const LEAST: usize = 1;
    fn take(reader: &mut Reader<'_>) -> Self {
        reader.text()
    }
}

impl<A: Put, B: Put> Put for (A, B) {
    fn put(&self, out: &mut Writer) {
        self.0.put(out);
        self.1.put(out);
    }
}
impl<A: Field, B: Field> Field for (A, B) {
    const LEAST: usize = 2;
    fn take(reader: &mut Reader<'_>) -> Self {
        (A::take(reader), B::take(reader))
    }
}

impl Put for Domain {
    fn put(&self, out: &mut Writer) {
        match self {
            Self::Values(n) => {
                out.bytes.push(0);
                n.put(out);
            }
            Self::Cells { from, to, cuts } => {
                out.bytes.push(1);
                from.put(out);
                to.put(out);
                cuts.put(out);
            }
            Self::Several => out.bytes.push(2),
        }
    }
}
impl Field for Domain {
    const LEAST: usize = 1;
    fn take(reader: &mut Reader<'_>) -> Self {
        match u8::take(reader) {
            0 => Self::Values(u16::take(reader)),
            1 => Self::Cells { from: i64::take(reader), to: i64::take(reader), cuts: Vec::take(reader) },
            2 => Self::Several,
            _ => reader.refused(Self::Several),
        }
    }
}

impl Put for FactKind {
    fn put(&self, out: &mut Writer) {
        match self {
            Self::YesNo => out.bytes.push(0),
            Self::OneOf => out.bytes.push(1),
            Self::SomeOf(members) => {
                out.bytes.push(2);
                members.put(out);
            }
            Self::Number(unit) => {
                out.bytes.push(3);
                unit.put(out);
            }
            Self::Date => out.bytes.push(4),
            Self::Acts => out.bytes.push(5),
            Self::Time => out.bytes.push(6),
            Self::Weekday => out.bytes.push(7),
        }
    }
}
impl Field for FactKind {
    const LEAST: usize = 1;
    fn take(reader: &mut Reader<'_>) -> Self {
        match u8::take(reader) {
            0 => Self::YesNo,
            1 => Self::OneOf,
            2 => Self::SomeOf(Vec::take(reader)),
            3 => Self::Number(String::take(reader)),
            4 => Self::Date,
            5 => Self::Acts,
            6 => Self::Time,
            7 => Self::Weekday,
            _ => reader.refused(Self::YesNo),
        }
    }
}

impl Put for Occasion {
    fn put(&self, out: &mut Writer) {
        match self {
            Self::Always => out.bytes.push(0),
            Self::Act(turn) => {
                out.bytes.push(1);
                turn.put(out);
            }
            Self::Event(turn, event) => {
                out.bytes.push(2);
                turn.put(out);
                event.put(out);
            }
        }
    }
}
impl Field for Occasion {
    const LEAST: usize = 1;
    fn take(reader: &mut Reader<'_>) -> Self {
        match u8::take(reader) {
            0 => Self::Always,
            1 => Self::Act(Turn::take(reader)),
            2 => Self::Event(Turn::take(reader), ValueId::take(reader)),
            _ => reader.refused(Self::Always),
        }
    }
}

impl Put for Unit {
    fn put(&self, out: &mut Writer) {
        match self {
            Self::Hours => out.bytes.push(0),
            Self::Days => out.bytes.push(1),
            Self::OpenDays(calendar) => {
                out.bytes.push(2);
                calendar.put(out);
            }
            Self::Weeks => out.bytes.push(3),
            Self::Months => out.bytes.push(4),
            Self::Years => out.bytes.push(5),
        }
    }
}
impl Field for Unit {
    const LEAST: usize = 1;
    fn take(reader: &mut Reader<'_>) -> Self {
        match u8::take(reader) {
            0 => Self::Hours,
            1 => Self::Days,
            2 => Self::OpenDays(u16::take(reader)),
            3 => Self::Weeks,
            4 => Self::Months,
            5 => Self::Years,
            _ => reader.refused(Self::Hours),
        }
    }
}

impl Put for Cycle {
    fn put(&self, out: &mut Writer) {
        match self {
            Self::Week => out.bytes.push(0),
            Self::Month => out.bytes.push(1),
            Self::Year => out.bytes.push(2),
            Self::Stretch(calendar) => {
                out.bytes.push(3);
                calendar.put(out);
            }
        }
    }
}
impl Field for Cycle {
    const LEAST: usize = 1;
    fn take(reader: &mut Reader<'_>) -> Self {
        match u8::take(reader) {
            0 => Self::Week,
            1 => Self::Month,
            2 => Self::Year,
            3 => Self::Stretch(u16::take(reader)),
            _ => reader.refused(Self::Week),
        }
    }
}

impl Put for Due {
    fn put(&self, out: &mut Writer) {
        match self {
            Self::Unsaid => out.bytes.push(0),
            Self::Immediately => out.bytes.push(1),
            Self::Soon => out.bytes.push(2),
            Self::Within { count, unit, of } => {
                out.bytes.push(3);
                count.put(out);
                unit.put(out);
                of.put(out);
            }
            Self::Every { count, unit } => {
                out.bytes.push(4);
                count.put(out);
                unit.put(out);
            }
            Self::OncePer(cycle) => {
                out.bytes.push(5);
                cycle.put(out);
            }
        }
    }
}
impl Field for Due {
    const LEAST: usize = 1;
    fn take(reader: &mut Reader<'_>) -> Self {
        match u8::take(reader) {
            0 => Self::Unsaid,
            1 => Self::Immediately,
            2 => Self::Soon,
            3 => Self::Within { count: u16::take(reader), unit: Unit::take(reader), of: Field::take(reader) },
            4 => Self::Every { count: u16::take(reader), unit: Unit::take(reader) },
            5 => Self::OncePer(Cycle::take(reader)),
            _ => reader.refused(Self::Unsaid),
        }
    }
}

impl Put for Date {
    fn put(&self, out: &mut Writer) {
        self.days().put(out);
    }
}
impl Field for Date {
    const LEAST: usize = 1;
    fn take(reader: &mut Reader<'_>) -> Self {
        Date::from_days(i64::take(reader)).unwrap_or_else(|| reader.refused(Date::LAST))
    }
}

impl Put for Minute {
    fn put(&self, out: &mut Writer) {
        self.minutes().put(out);
    }
}
impl Field for Minute {
    const LEAST: usize = 1;
    fn take(reader: &mut Reader<'_>) -> Self {
        Minute::new(u16::take(reader)).unwrap_or_else(|| reader.refused(Minute::FIRST))
    }
}

impl Put for Days {
    fn put(&self, out: &mut Writer) {
        match self {
            Self::Open => out.bytes.push(0),
            Self::Closed(value) => {
                out.bytes.push(1);
                value.put(out);
            }
            Self::Special(timetable) => {
                out.bytes.push(2);
                timetable.put(out);
            }
        }
    }
}
impl Field for Days {
    const LEAST: usize = 1;
    fn take(reader: &mut Reader<'_>) -> Self {
        match u8::take(reader) {
            0 => Self::Open,
            1 => Self::Closed(Field::take(reader)),
            2 => Self::Special(u16::take(reader)),
            _ => reader.refused(Self::Open),
        }
    }
}

/// The seven days of a week.
impl<T: Put> Put for [T; 7] {
    fn put(&self, out: &mut Writer) {
        for one in self {
            one.put(out);
        }
    }
}
impl<T: Field + Copy + Default> Field for [T; 7] {
    const LEAST: usize = 7;
    fn take(reader: &mut Reader<'_>) -> Self {
        let mut week = [T::default(); 7];
        for day in &mut week {
            *day = T::take(reader);
        }
        week
    }
}

impl Put for Silence {
    fn put(&self, out: &mut Writer) {
        match self {
            Self::Unsaid => out.bytes.push(0),
            Self::Forbidden => out.bytes.push(1),
            Self::Allowed => out.bytes.push(2),
            Self::Ask(value) => {
                out.bytes.push(3);
                value.put(out);
            }
        }
    }
}
impl Field for Silence {
    const LEAST: usize = 1;
    fn take(reader: &mut Reader<'_>) -> Self {
        match u8::take(reader) {
            0 => Self::Unsaid,
            1 => Self::Forbidden,
            2 => Self::Allowed,
            3 => Self::Ask(Field::take(reader)),
            _ => reader.refused(Self::Unsaid),
        }
    }
}

/// Slices come last: their rows are as many as the values of the facts.
impl Put for Hot {
    fn put(&self, out: &mut Writer) {
        self.facts.put(out);
        self.subject.put(out);
        self.act.put(out);
        self.no_act.put(out);
        self.event.put(out);
        self.readings.put(out);
        self.several.put(out);
        self.clock.put(out);
        self.weekday.put(out);
        self.calendars.put(out);
        if out.texts.is_some() {
            self.atoms.put(out);
            slices::put(&self.slices, out);
        } else {
            self.slices.put(out);
            self.atoms.put(out);
        }
    }
}
impl Field for Hot {
    const LEAST: usize = 1;
    fn take(reader: &mut Reader<'_>) -> Self {
        let mut hot = Self {
            facts: Field::take(reader),
            subject: Field::take(reader),
            act: Field::take(reader),
            no_act: Field::take(reader),
            event: Field::take(reader),
            readings: Field::take(reader),
            several: Field::take(reader),
            clock: Field::take(reader),
            weekday: Field::take(reader),
            calendars: Field::take(reader),
            slices: Vec::new(),
            atoms: Field::take(reader),
        };
        match slices::take(reader, &hot.facts) {
            Ok(slices) => hot.slices = slices,
            Err(fault) => reader.fail(fault),
        }
        hot
    }
}
record!(Fact { domain, presumed, taken_as, left_open, member_of, period });
record!(Atom { approval, givers, held_roles, not_by_asker });
record!(Presumption { values, not_for, when });
written!(Slice { words, facts, boxes, atoms, approvals, clashes });
written!(SliceFact { fact, rows, said, spared });
written!(Box { rule, kind, says, price, beats, deeds });
record!(BoxClash { promising, restricting, share });
/// In a file rules come first, without their names and sentences.
impl Put for Names {
    fn put(&self, out: &mut Writer) {
        self.digest.put(out);
        self.pack.put(out);
        self.title.put(out);
        self.edition.put(out);
        self.silence.put(out);
        let in_file = out.texts.is_some();
        if in_file {
            rules::put(&self.rules, out);
        }
        self.facts.put(out);
        self.acts.put(out);
        self.atoms.put(out);
        self.deeds.put(out);
        self.definitions.put(out);
        if !in_file {
            self.rules.put(out);
        }
        self.calendars.put(out);
        self.documents.put(out);
        self.clauses.put(out);
        self.readings.put(out);
        self.fillings.put(out);
        self.instruments.put(out);
    }
}
impl Field for Names {
    const LEAST: usize = 1;
    fn take(reader: &mut Reader<'_>) -> Self {
        Self {
            digest: Field::take(reader),
            pack: Field::take(reader),
            title: Field::take(reader),
            edition: Field::take(reader),
            silence: Field::take(reader),
            rules: rules::take(reader),
            facts: Field::take(reader),
            acts: Field::take(reader),
            atoms: Field::take(reader),
            deeds: Field::take(reader),
            definitions: Field::take(reader),
            calendars: Field::take(reader),
            documents: Field::take(reader),
            clauses: Field::take(reader),
            readings: Field::take(reader),
            fillings: Field::take(reader),
            instruments: Field::take(reader),
        }
    }
}
// A file has the other words of everything together, and what clauses say, in parts of their own.
apart!(Word { name, label; also; formerly, meaning });
apart!(ClauseName { document, name, locator; paraphrase; });
record!(FactName { word, kind, side, asked, judged_by, left_to, set_by_pack, values, groups, held, cost });
record!(GroupName { word, members, ordinarily });
record!(ActName { word, verb, gaps });
record!(AtomName { word, given_by, class });
written!(RuleName { name, sentence, bearer, duty, advice, cites, instrument });
record!(DutyName { deeds, occasion, due, words, otherwise, otherwise_deed });
record!(ReadingName { fact, clause });
record!(FillingName { fact, values, number, because, decided_by, on });
record!(InstrumentName { name, title, amends, under, replaces });
record!(CalendarName { name, title, zone, counts, days });
record!(DaysName { name, label, from, until, open });
record!(Calendar { fact, from, until, stretches, closed, beyond, week, timetables });
record!(Stretch { from, until, days });
record!(Timetable { begins });
record!(DocumentName { name, title, edition });
