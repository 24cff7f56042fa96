//! Addresses and what they answer.

use crate::content::{Content, Sent};
use crate::{Everything, Pack, page, plain};
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{CONTENT_ENCODING, ETAG, HOST, LOCATION, VARY};
use axum::http::{HeaderValue, Method, Response, StatusCode};
use byelaw::wire::{Answer, ToJson as _, answer_in as decide, vocabulary};
use byelaw_zone::Zones;
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The largest question that is read.
const LARGEST: usize = 64 * 1024;

/// What the page's own address may be, without the first stroke.
const PAGE: [&str; 3] = ["", "index", "index.html"];

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; \
frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types byelaw-sw";

struct Reply {
    status: u16,
    content: Content,
    /// Where to go instead.
    location: Option<String>,
    /// Whether every reader of this address gets the same.
    fixed: bool,
}

impl Reply {
    fn fine(content: Content) -> Self {
        Self { status: 200, content, location: None, fixed: true }
    }

    fn json(status: u16, body: String) -> Self {
        Self { status, ..Self::fine(Content::made("application/json", body.into_bytes())) }
    }

    /// A page for one state.
    fn page(body: String, fixed: bool) -> Self {
        Self { fixed, ..Self::fine(Content::made("text/html; charset=utf-8", body.into_bytes())) }
    }

    fn elsewhere(location: String) -> Self {
        let content = Content::made("text/plain; charset=utf-8", Vec::new());
        Self { status: 303, content, location: Some(location), fixed: false }
    }

    /// Something written as JSON.
    fn of(what: &impl Serialize, name: &str) -> Self {
        match serde_json::to_string(what) {
            Ok(text) => Self::json(200, text),
            Err(_) => Self::refused(500, "internal", &format!("{name} could not be written")),
        }
    }

    fn refused(status: u16, code: &str, message: &str) -> Self {
        Self::json(status, json!({"error": {"code": code, "message": message}}).to_string())
    }
}

pub(crate) async fn answer(request: Request, all: Arc<Everything>) -> Response<Body> {
    if !local(&request) {
        let refused = Reply::refused(403, "host", "this server answers under a loopback address only");
        return response(refused.status, refused.content.kind, Body::from(refused.content.plain()));
    }
    let asked = request.headers().clone();
    let read = matches!(*request.method(), Method::GET | Method::HEAD);
    let address = request.uri().path().trim_start_matches('/').to_owned();
    // The page says what its query asks.
    let bare = !PAGE.contains(&address.as_str()) || request.uri().query().is_none();
    let content = match (read && bare).then(|| all.kept.get(&address)).flatten() {
        Some(content) => content,
        None => {
            let reply = reply(request, &all).await;
            if !read || reply.status != 200 {
                let mut response =
                    response(reply.status, reply.content.kind, Body::from(reply.content.plain()));
                if let Some(place) = reply.location.and_then(|place| HeaderValue::from_str(&place).ok()) {
                    response.headers_mut().insert(LOCATION, place);
                }
                return response;
            }
            if reply.fixed { all.kept.keep(address, reply.content) } else { Arc::new(reply.content) }
        }
    };
    let Sent { encoding, tag, bytes } = content.sent(&asked);
    let status = if bytes.is_some() { 200 } else { 304 };
    let mut response = response(status, content.kind, bytes.map_or_else(Body::empty, Body::from));
    let headers = response.headers_mut();
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(ETAG, tag);
    }
    if let Some(encoding) = encoding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// A response with what every one of them says.
fn response(status: u16, kind: &'static str, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in [
        ("content-type", kind),
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cache-control", "no-cache"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// A compiled policy, or what of it asks and decides, or what tells why, or the other words for things in it, by the name
/// of the file.
fn part<'a>(file: &str, pack: impl Fn(&str) -> Option<&'a Pack>) -> Option<&'a [u8]> {
    let (name, kind) = file.rsplit_once('.')?;
    let Pack { bytes, reasons, other_words, .. } = pack(name)?;
    match kind {
        "polc" => Some(bytes),
        "answers" => bytes.get(..*reasons),
        "reasons" => bytes.get(*reasons..*other_words),
        "words" => bytes.get(*other_words..),
        _ => None,
    }
}

async fn reply(request: Request, all: &Everything) -> Reply {
    let path = request.uri().path().to_owned();
    let method = request.method().clone();
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    let packs = &all.packs;
    let pack = |name: &str| packs.iter().find(|p| p.program.names.pack == name);
    match (&method, parts.as_slice()) {
        (&Method::GET | &Method::HEAD, ["packs.json"]) => {
            let list: Vec<_> = packs
                .iter()
                .map(|p| {
                    let names = &p.program.names;
                    json!({"name": names.pack, "title": names.title, "edition": names.edition,
                           "file": format!("/packs/{}.polc", names.pack), "digest": names.digest,
                           "answers": format!("/packs/{}.answers", names.pack),
                           "reasons": format!("/packs/{}.reasons", names.pack),
                           "words": format!("/packs/{}.words", names.pack),
                           "tables": p.tables.as_ref().map(|tables| json!({
                               "file": format!("/tables/{}.json", names.pack), "titles": tables.titles})),
                           "sources": p.sources.as_ref().map(|_| format!("/sources/{}.json", names.pack))})
                })
                .collect();
            Reply::json(200, json!(list).to_string())
        }
        (&Method::GET | &Method::HEAD, ["packs", file]) => match part(file, pack) {
            Some(bytes) => Reply::fine(Content::small("application/octet-stream", bytes.to_vec())),
            None => Reply::refused(404, "unknown_pack", "no such pack is served here"),
        },
        (&Method::GET | &Method::HEAD, ["sources", file]) => {
            match file.strip_suffix(".json").and_then(pack).and_then(|pack| pack.sources.as_ref()) {
                Some(sources) => {
                    let files: BTreeMap<&String, &String> =
                        sources.files.iter().map(|(path, text)| (path, text)).collect();
                    Reply::json(200, json!({"pack": sources.folder, "files": files}).to_string())
                }
                None => Reply::refused(404, "unknown_pack", "no sources of such a pack are served here"),
            }
        }
        (&Method::GET | &Method::HEAD, ["tables", file]) => {
            match file.strip_suffix(".json").and_then(pack).and_then(|pack| pack.tables.as_ref()) {
                Some(tables) => Reply::of(&*tables.on_all_days, "the tables"),
                None => Reply::refused(404, "unknown_pack", "no tables of such a pack are served here"),
            }
        }
        (&Method::GET | &Method::HEAD, ["v1", "vocabulary", name]) => match pack(name) {
            Some(pack) => Reply::json(200, vocabulary(&pack.program).to_json()),
            None => Reply::refused(404, "unknown_pack", "no such pack is served here"),
        },
        (&Method::POST, ["v1", "decide", name]) => match pack(name) {
            Some(pack) => question(request, pack).await,
            None => Reply::refused(404, "unknown_pack", "no such pack is served here"),
        },
        (_, ["v1", "decide", _]) => Reply::refused(405, "method", "a question is sent with POST"),
        (&Method::GET | &Method::HEAD, ["" | "index" | "index.html" | "step"]) => {
            let query = request.uri().query().unwrap_or_default();
            let Some(file) = all.file("/index.html").and_then(|bytes| std::str::from_utf8(bytes).ok()) else {
                return Reply::refused(500, "internal", "the page was not built in");
            };
            let today = chrono::Local::now().format("%Y-%m-%d").to_string();
            if parts != ["step"] {
                let bare = request.uri().query().is_none();
                return Reply::page(plain::page(file, packs, query, &today), bare);
            }
            match plain::sent(file, packs, query, &today) {
                Ok(place) => Reply::elsewhere(place),
                Err(again) => Reply::page(again, false),
            }
        }
        (&Method::GET | &Method::HEAD, _) => match page::asset(&path) {
            Some(asset) if asset.path == "/sw.js" => {
                // A new page or a new policy is a new version of what is kept for use without the server.
                let text = String::from_utf8_lossy(asset.bytes).replace("__VERSION__", &all.version);
                Reply::fine(Content::made(asset.kind, text.into_bytes()))
            }
            Some(asset) => {
                let themed = all.file(asset.path).map(|bytes| Content::made(asset.kind, bytes.to_vec()));
                Reply::fine(themed.unwrap_or_else(|| Content::of(asset)))
            }
            None => Reply::refused(404, "not_found", "there is nothing at this address"),
        },
        _ => Reply::refused(405, "method", "this address is only read"),
    }
}

/// Whether the request was meant for a loopback name: a page elsewhere that points its own name at this machine is
/// not answered.
fn local(request: &Request) -> bool {
    let host = request.headers().get(HOST).and_then(|h| h.to_str().ok());
    let name = host.map(|h| h.rsplit_once(':').map_or(h, |(name, _)| name));
    matches!(name, Some("127.0.0.1" | "localhost"))
}

async fn question(request: Request, pack: &Pack) -> Reply {
    // Reading stops at the limit: a longer question is refused, never cut.
    let Ok(body) = to_bytes(request.into_body(), LARGEST).await else {
        return Reply::refused(
            413,
            "too_large",
            "a question may be at most 64 KiB long, and must arrive whole",
        );
    };
    let Ok(text) = std::str::from_utf8(&body) else {
        return Reply::refused(400, "json", "the question is not UTF-8 text");
    };
    match decide(&pack.program, text, Some(&Zones)) {
        decided @ Answer::Decided(_) => Reply::json(200, decided.to_json(None)),
        refused @ Answer::Refused { .. } => Reply::json(400, refused.to_json(None)),
    }
}
