//! Byelaw beside its peers: one workload, the same requests, in one process.
//!
//! [`workload`] says what is asked and what the answers are; [`engines`] has everybody's adapter, and [`growth`] everybody's
//! policies of up to 100,000 rules; [`measure`] takes the times; [`sections`] are the tables; [`report`] writes them down.
//! Never here: a figure of an engine that does not agree with the rules written by hand.

pub mod engines;
pub mod growth;
pub mod measure;
pub mod pack;
pub mod question;
pub mod report;
pub mod sections;
pub mod workload;
