//! The core of a module that holds one policy and imports nothing.
//!
//! In: a question in numbers (`byelaw-standalone` says how), written by the host into the memory of the module. Out:
//! numbers. `byelaw build --target wasm` puts a policy into it; without one every answer is no.
//! Never here: text, an import, an allocation, or a yes for anything but a yes.

#[cfg(target_arch = "wasm32")]
mod door;
