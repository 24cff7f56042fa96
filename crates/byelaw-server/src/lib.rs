//! HTTP only: the page, the packs and the decisions, on a loopback address.
//!
//! In: compiled programs. Out: responses. Everything served is inside the binary.
//! Never here: decisions of its own, words of any policy, or a listener that another machine can reach.

mod page;
mod routes;

use byelaw::ir::{Program, encode};
use std::fmt;
use std::io;
use std::sync::Arc;

/// The most threads that answer at once.
const THREADS: usize = 4;

/// A bound server.
pub struct Server {
    http: Arc<tiny_http::Server>,
    packs: Arc<Vec<Pack>>,
    address: String,
}

/// A policy as it is served.
pub(crate) struct Pack {
    pub program: Program,
    pub bytes: Vec<u8>,
}

/// Why a server could not start.
#[derive(Debug)]
pub enum ServeError {
    /// Two packs have the same name.
    Twice(String),
    /// The port cannot be had.
    Bind(String),
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Twice(name) => write!(f, "two of these packs are called `{name}`; serve one of them"),
            Self::Bind(why) => write!(f, "no address to serve on: {why}; try another `--port`, or none"),
        }
    }
}

impl std::error::Error for ServeError {}

impl Server {
    /// Binds to a loopback port; 0 takes a free one.
    ///
    /// # Errors
    /// See [`ServeError`].
    pub fn bind(programs: Vec<Program>, port: u16) -> Result<Self, ServeError> {
        let mut packs: Vec<Pack> = Vec::new();
        for program in programs {
            if packs.iter().any(|p| p.program.names.pack == program.names.pack) {
                return Err(ServeError::Twice(program.names.pack));
            }
            packs.push(Pack { bytes: encode(&program), program });
        }
        let http = tiny_http::Server::http(("127.0.0.1", port)).map_err(|e| ServeError::Bind(e.to_string()))?;
        let address = match http.server_addr().to_ip() {
            Some(address) => format!("http://{address}/"),
            None => return Err(ServeError::Bind("no loopback address".to_owned())),
        };
        Ok(Self { http: Arc::new(http), packs: Arc::new(packs), address })
    }

    /// Where the page is.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Answers requests until the process ends.
    ///
    /// # Errors
    /// If no request can be received any more.
    pub fn run(&self) -> io::Result<()> {
        let threads: Vec<_> = (0..THREADS)
            .map(|_| {
                let (http, packs) = (Arc::clone(&self.http), Arc::clone(&self.packs));
                std::thread::spawn(move || -> io::Result<()> {
                    loop {
                        let request = http.recv()?;
                        // A client that went away is its own affair.
                        let _ = routes::answer(request, &packs);
                    }
                })
            })
            .collect();
        for thread in threads {
            match thread.join() {
                Ok(result) => result?,
                Err(_) => return Err(io::Error::other("a serving thread ended")),
            }
        }
        Ok(())
    }
}
