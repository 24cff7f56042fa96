//! The functions for C. The only unsafe code of this crate: each function checks for null, makes slices and
//! references of what it was given, and leaves the rest to safe code.
#![expect(unsafe_code, reason = "pointers from C cannot be read, nor memory given back, without it")]

use crate::inside;
use byelaw_engine::Policy;
use std::ffi::c_char;
use std::ptr::{null, null_mut};
use std::slice;

/// A policy that answers questions. It never changes: any number of threads may ask it at once.
pub struct ByelawPolicy {
    policy: Policy,
}

/// A text in UTF-8 that the library made. Whoever gets one gives it back with `byelaw_text_free`.
pub struct ByelawText {
    /// Its bytes, and a zero byte behind them.
    bytes: Vec<u8>,
}

impl ByelawText {
    fn give(text: String) -> *mut ByelawText {
        let mut bytes = text.into_bytes();
        bytes.push(0);
        Box::into_raw(Box::new(ByelawText { bytes }))
    }
}

/// The bytes at a pointer; none if it is null and something should be there, or if there cannot be so many.
///
/// # Safety
/// If `data` is not null, `len` bytes can be read there until the caller is done with them.
unsafe fn bytes<'a>(data: *const u8, len: usize) -> Option<&'a [u8]> {
    match (data.is_null(), isize::try_from(len)) {
        (true, Ok(0)) => Some(&[]),
        // SAFETY: not null, no longer than any object can be, and readable as the caller promises.
        (false, Ok(_)) => Some(unsafe { slice::from_raw_parts(data, len) }),
        _ => None,
    }
}

/// Writes what went wrong, or that nothing did, for a caller who wants to know.
///
/// # Safety
/// `error` is null or can be written.
unsafe fn tell(error: *mut *mut ByelawText, why: Option<String>) {
    if !error.is_null() {
        // A name that was not understood may have any character in it.
        let give = |why: String| ByelawText::give(why.replace('\0', "\\0"));
        // SAFETY: not null, and writable as the caller promises. What was there before is not read.
        unsafe { error.write(why.map_or(null_mut(), give)) };
    }
}

const NO_BYTES: &str = "there is nothing to read: the pointer is null, or the length is impossible";
const NO_POLICY: &str = "there is no policy: the pointer is null";

/// Loads a compiled policy: `len` bytes at `data`, which are not needed afterwards.
///
/// The result is null if they are no policy, or are damaged; then a text that says why is written to `error`. If all is
/// well `error` becomes null. `error` may be null itself. Give the policy back with `byelaw_policy_free`, the text with
/// `byelaw_text_free`.
///
/// # Safety
/// `data` is null or has `len` bytes to read; `error` is null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn byelaw_load(
    data: *const u8,
    len: usize,
    error: *mut *mut ByelawText,
) -> *mut ByelawPolicy {
    // SAFETY: what the caller promises of `data` and `len`.
    let loaded = unsafe { bytes(data, len) }.ok_or_else(|| NO_BYTES.to_owned()).and_then(inside::load);
    let (policy, why) = match loaded {
        Ok(policy) => (Box::into_raw(Box::new(ByelawPolicy { policy })), None),
        Err(why) => (null_mut(), Some(why)),
    };
    // SAFETY: what the caller promises of `error`.
    unsafe { tell(error, why) };
    policy
}

/// Whether what is asked is allowed without any condition: true for the contract's `unconditional` and for nothing else.
/// Whoever enforces uses only this.
///
/// `question` is `len` bytes of JSON in UTF-8. If the question could not be asked the result is false, and a text that
/// says why is written to `error`; otherwise `error` becomes null. `error` may be null itself.
///
/// # Safety
/// `policy` is null or came from `byelaw_load` and was not given back; `question` is null or has `len` bytes to read;
/// `error` is null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn byelaw_allows(
    policy: *const ByelawPolicy,
    question: *const c_char,
    len: usize,
    error: *mut *mut ByelawText,
) -> bool {
    // SAFETY: null, or a policy that lives, and nobody changes a policy.
    let policy = unsafe { policy.as_ref() };
    // SAFETY: what the caller promises of `question` and `len`.
    let allowed = match (policy, unsafe { bytes(question.cast(), len) }) {
        (Some(policy), Some(question)) => inside::allows(&policy.policy, question),
        (None, _) => Err(NO_POLICY.to_owned()),
        (_, None) => Err(NO_BYTES.to_owned()),
    };
    // SAFETY: what the caller promises of `error`.
    unsafe { tell(error, allowed.as_ref().err().cloned()) };
    allowed == Ok(true)
}

/// Answers a question: `len` bytes of JSON in UTF-8 at `question`.
///
/// The result is a decision as JSON, or `{"error": ...}` with what is wrong; never null. Give it back with
/// `byelaw_text_free`.
///
/// # Safety
/// `policy` is null or came from `byelaw_load` and was not given back; `question` is null or has `len` bytes to read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn byelaw_decide(
    policy: *const ByelawPolicy,
    question: *const c_char,
    len: usize,
) -> *mut ByelawText {
    // SAFETY: null, or a policy that lives, and nobody changes a policy.
    let policy = unsafe { policy.as_ref() };
    // SAFETY: what the caller promises of `question` and `len`.
    ByelawText::give(match (policy, unsafe { bytes(question.cast(), len) }) {
        (Some(policy), Some(question)) => inside::decide(&policy.policy, question),
        (None, _) => inside::refused("internal", NO_POLICY),
        (_, None) => inside::refused("internal", NO_BYTES),
    })
}

/// Every word that a question may use, as JSON; `{"error": ...}` if `policy` is null; never null. Give it back with
/// `byelaw_text_free`.
///
/// # Safety
/// `policy` is null or came from `byelaw_load` and was not given back.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn byelaw_vocabulary(policy: *const ByelawPolicy) -> *mut ByelawText {
    // SAFETY: null, or a policy that lives, and nobody changes a policy.
    ByelawText::give(match unsafe { policy.as_ref() } {
        Some(policy) => inside::words(&policy.policy),
        None => inside::refused("internal", NO_POLICY),
    })
}

/// Gives a policy back. Null is left alone. No thread may be asking it.
///
/// # Safety
/// `policy` is null or came from `byelaw_load`, and is given back once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn byelaw_policy_free(policy: *mut ByelawPolicy) {
    if !policy.is_null() {
        // SAFETY: `byelaw_load` made it of a box, and it is given back once.
        drop(unsafe { Box::from_raw(policy) });
    }
}

/// The bytes of a text, with a zero byte behind them and none within. They stay until the text is given
/// back. Null for null.
///
/// # Safety
/// `text` is null or came from this library and was not given back.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn byelaw_text_data(text: *const ByelawText) -> *const c_char {
    // SAFETY: null, or a text that lives, and nobody changes a text.
    unsafe { text.as_ref() }.map_or(null(), |text| text.bytes.as_ptr().cast())
}

/// How many bytes a text has, the zero byte behind them left out. 0 for null.
///
/// # Safety
/// `text` is null or came from this library and was not given back.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn byelaw_text_len(text: *const ByelawText) -> usize {
    // SAFETY: null, or a text that lives, and nobody changes a text.
    unsafe { text.as_ref() }.map_or(0, |text| text.bytes.len().saturating_sub(1))
}

/// Room for `len` bytes, all zero, for a host that has no memory of its own to point at: one that holds this library as a
/// WebAssembly module. Null if there is no such room. Give it back with `byelaw_bytes_free`.
#[unsafe(no_mangle)]
pub extern "C" fn byelaw_bytes_new(len: usize) -> *mut u8 {
    let mut bytes: Vec<u8> = Vec::new();
    if bytes.try_reserve_exact(len).is_err() {
        return null_mut();
    }
    bytes.resize(len, 0);
    Box::into_raw(bytes.into_boxed_slice()).cast()
}

/// Gives room for bytes back. Null is left alone.
///
/// # Safety
/// `data` is null or came from `byelaw_bytes_new` with the same `len`, and is given back once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn byelaw_bytes_free(data: *mut u8, len: usize) {
    if !data.is_null() {
        // SAFETY: `byelaw_bytes_new` made it of a boxed slice of this length, and it is given back once.
        drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(data, len)) });
    }
}

/// Gives a text back. Null is left alone.
///
/// # Safety
/// `text` is null or came from this library, and is given back once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn byelaw_text_free(text: *mut ByelawText) {
    if !text.is_null() {
        // SAFETY: `ByelawText::give` made it of a box, and it is given back once.
        drop(unsafe { Box::from_raw(text) });
    }
}
