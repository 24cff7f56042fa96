//! HTTP only: the page, the packs and the decisions, on a loopback address.
//!
//! In: compiled programs, and the files they were written in. Out: responses. Everything served is inside the binary.
//! Never here: decisions of its own, words of any policy, or a listener that another machine can reach.

#[cfg(test)]
mod bundle;
mod compress;
mod content;
mod page;
mod plain;
mod routes;
#[cfg(test)]
mod smaller;
mod theme;

use crate::content::Kept;
use axum::Router;
use byelaw::MatricesOfAllDays;
use byelaw::ir::{Program, parts};
use std::fmt;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, LazyLock, OnceLock};

pub use theme::{Theme, ThemeError};

/// Threads that answer.
const THREADS: usize = 2;

/// A bound server.
pub struct Server {
    listener: TcpListener,
    all: Arc<Everything>,
    address: String,
}

/// All that is served.
pub(crate) struct Everything {
    pub packs: Vec<Pack>,
    /// Files of the page that are others than in the binary.
    pub themed: Vec<(&'static str, Vec<u8>)>,
    /// By what it is known that something else is served now.
    pub version: String,
    /// What was sent before and is the same for every reader.
    pub kept: Kept,
}

impl Everything {
    /// A file of the page that is another one than in the binary.
    pub fn file(&self, address: &str) -> Option<&[u8]> {
        self.themed.iter().find(|(at, _)| *at == address).map(|(_, bytes)| bytes.as_slice())
    }
}

/// A policy to serve.
pub struct Served {
    /// What answers.
    pub program: Program,
    /// What it was written in, for the page of its authors; absent if only the compiled file is there.
    pub sources: Option<Sources>,
    /// Its tables; absent if it has none, or if only the compiled file is there.
    pub tables: Option<Tables>,
}

/// The tables of a policy.
pub struct Tables {
    /// Their titles.
    pub titles: Vec<String>,
    /// Decides them for all days. Called once, when somebody first wants them.
    pub decided: Box<dyn FnOnce() -> MatricesOfAllDays + Send>,
}

/// The files that a policy was written in, with those it uses.
pub struct Sources {
    /// Its folder.
    pub folder: String,
    /// Path and text of each file. Paths go out as they are, so they say nothing of where on this machine they lie.
    pub files: Vec<(String, String)>,
}

/// A policy as it is served.
pub(crate) struct Pack {
    pub program: Program,
    /// Its file.
    pub bytes: Vec<u8>,
    /// Where in it that begins which a page needs only to tell why.
    pub reasons: usize,
    /// Where in it that begins which a page needs only to read people's own words.
    pub other_words: usize,
    pub sources: Option<Sources>,
    pub tables: Option<Decided>,
    /// Its words for the page without JavaScript, once somebody reads that.
    pub words: OnceLock<plain::Vocabulary>,
    /// By what it is known that something else is served now: the policy, or a word of what it was written in.
    pub stamp: String,
}

/// Tables with their titles, decided when somebody first wants them.
pub(crate) struct Decided {
    pub titles: Vec<String>,
    pub on_all_days: LazyLock<MatricesOfAllDays, Box<dyn FnOnce() -> MatricesOfAllDays + Send>>,
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
    pub fn bind(served: Vec<Served>, theme: Option<&Theme>, port: u16) -> Result<Self, ServeError> {
        let mut packs: Vec<Pack> = Vec::new();
        for Served { program, sources, tables } in served {
            if packs.iter().any(|p| p.program.names.pack == program.names.pack) {
                return Err(ServeError::Twice(program.names.pack));
            }
            let stamp = format!("{:.16}-{:x}", program.names.digest, written(sources.as_ref()));
            let tables = tables
                .map(|Tables { titles, decided }| Decided { titles, on_all_days: LazyLock::new(decided) });
            let file = parts(&program);
            let [hot, names, why, _] = file.each_ref().map(Vec::len);
            let (reasons, other_words) = (hot + names, hot + names + why);
            let (bytes, words) = (file.concat(), OnceLock::new());
            packs.push(Pack { program, bytes, reasons, other_words, sources, tables, words, stamp });
        }
        let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).and_then(|listener| {
            // The runtime waits for connections itself.
            listener.set_nonblocking(true)?;
            Ok((format!("http://{}/", listener.local_addr()?), listener))
        });
        let (address, listener) = bound.map_err(|e| ServeError::Bind(e.to_string()))?;
        let themed = theme::themed(theme);
        let files = themed.iter().flat_map(|(_, bytes)| bytes.iter().copied().chain([0]));
        let files = format!("{:x}", sum(files));
        let stamps = packs.iter().map(|pack| pack.stamp.as_str());
        let version: Vec<&str> = [page::VERSION, files.as_str()].into_iter().chain(stamps).collect();
        let version = version.join("-");
        Ok(Self {
            listener,
            all: Arc::new(Everything { packs, themed, version, kept: Kept::default() }),
            address,
        })
    }

    /// Where the page is.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Answers requests until the process ends.
    ///
    /// # Errors
    /// If no connection can be taken any more.
    pub fn run(self) -> io::Result<()> {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(THREADS).enable_io().build()?;
        let all = self.all;
        let router = Router::new().fallback(move |request| routes::answer(request, Arc::clone(&all)));
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            axum::serve(listener, router).await
        })
    }
}

/// A number for what files say.
fn written(sources: Option<&Sources>) -> u64 {
    let texts = sources.iter().flat_map(|sources| &sources.files).flat_map(|(path, text)| [path, text]);
    sum(texts.flat_map(|text| text.bytes().chain([0])))
}

/// A number for bytes; it guards against nothing but a forgotten change (FNV-1a).
pub(crate) fn sum(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
