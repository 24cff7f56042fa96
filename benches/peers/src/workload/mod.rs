//! The workload: 44 rules about technology at a made-up school, and requests to them.
//!
//! What a request is, the requests that are drawn at random, the JSON in which everybody gets them, and the rules written
//! by hand, which are the meaning that everybody has to agree with. Never here: an engine.

pub mod hand;
pub mod json;
pub mod random;
pub mod request;
pub mod scan;

pub use request::Request;
