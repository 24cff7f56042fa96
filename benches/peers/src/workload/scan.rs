//! The requests' JSON read by hand in one pass: no library, nothing allocated. The limit of what JSON can cost.

use super::hand::decide;
use super::json::{ALLOW, DENY};
use super::request::{Action, Approver, Channel, Device, Group, Location, Period, Request, Target};

/// The answer to a request in JSON; what cannot be read is no permission.
pub fn answer(text: &[u8]) -> &'static str {
    match scan(text) {
        Some(request) if decide(&request) => ALLOW,
        _ => DENY,
    }
}

/// A request from its JSON, whatever the order of keys and the white space. Keys that nobody knows may be there.
#[inline(never)]
pub fn scan(text: &[u8]) -> Option<Request> {
    let mut request = Request {
        date: 0,
        minute: 0,
        age: 0,
        approvals: 0,
        group: Group::Pupil,
        action: Action::Print,
        device: Device::Personal,
        target: Target::None,
        channel: Channel::Post,
        period: Period::Lesson,
        location: Location::Classroom,
        selected: false,
        consent: false,
        unavoidable: false,
        number_withheld: false,
        equal_setting: false,
    };
    let mut at = 0;
    loop {
        while let Some(b'{' | b'}' | b',' | b' ' | b'\n' | b'\t' | b'\r') = text.get(at) {
            at += 1;
        }
        if at >= text.len() {
            return Some(request);
        }
        if text[at] != b'"' {
            return None;
        }
        let key = string(text, &mut at)?;
        while let Some(b' ' | b':' | b'\n' | b'\t' | b'\r') = text.get(at) {
            at += 1;
        }
        match *text.get(at)? {
            b'{' => {}
            b'"' => word(&mut request, key, string(text, &mut at)?)?,
            b'[' => request.approvals |= approvers(text, &mut at, key)?,
            begin @ (b't' | b'f') => {
                at += if begin == b't' { 4 } else { 5 };
                flag(&mut request, key, begin == b't');
            }
            b'0'..=b'9' => number(&mut request, key, digits(text, &mut at)),
            _ => return None,
        }
    }
}

fn string<'a>(text: &'a [u8], at: &mut usize) -> Option<&'a [u8]> {
    let start = *at + 1;
    let mut end = start;
    while *text.get(end)? != b'"' {
        // None of the words has an escape; it only must not end the string.
        end += if text[end] == b'\\' { 2 } else { 1 };
    }
    *at = end + 1;
    Some(&text[start..end])
}

fn digits(text: &[u8], at: &mut usize) -> u32 {
    let mut value = 0_u32;
    while let Some(digit @ b'0'..=b'9') = text.get(*at) {
        value = value.wrapping_mul(10).wrapping_add(u32::from(digit - b'0'));
        *at += 1;
    }
    value
}

fn approvers(text: &[u8], at: &mut usize, key: &[u8]) -> Option<u8> {
    let mut bits = 0;
    *at += 1;
    loop {
        match *text.get(*at)? {
            b'"' => {
                let name = string(text, at)?;
                if key == b"approvals" {
                    bits |= 1 << (Approver::of(name)? as u8);
                }
            }
            b']' => {
                *at += 1;
                return Some(bits);
            }
            _ => *at += 1,
        }
    }
}

fn word(request: &mut Request, key: &[u8], value: &[u8]) -> Option<()> {
    match key {
        b"group" => request.group = Group::of(value)?,
        b"action" => request.action = Action::of(value)?,
        b"device" => request.device = Device::of(value)?,
        b"target" => request.target = Target::of(value)?,
        b"channel" => request.channel = Channel::of(value)?,
        b"period" => request.period = Period::of(value)?,
        b"location" => request.location = Location::of(value)?,
        _ => {}
    }
    Some(())
}

fn flag(request: &mut Request, key: &[u8], value: bool) {
    match key {
        b"selected" => request.selected = value,
        b"consent" => request.consent = value,
        b"unavoidable" => request.unavoidable = value,
        b"number_withheld" => request.number_withheld = value,
        b"equal_setting" => request.equal_setting = value,
        _ => {}
    }
}

fn number(request: &mut Request, key: &[u8], value: u32) {
    match key {
        b"date" => request.date = value,
        b"minute" => request.minute = value as u16,
        b"age" => request.age = value as u8,
        _ => {}
    }
}
