//! Addresses and what they answer.

use crate::{Pack, Site, page};
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, Method, Response, StatusCode, header::HOST};
use byelaw::wire::{Answer, answer_in as decide, vocabulary};
use byelaw_zone::Zones;
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The largest question that is read.
const LARGEST: usize = 64 * 1024;

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; \
frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types byelaw-sw";

struct Reply {
    status: u16,
    kind: &'static str,
    body: Vec<u8>,
}

impl Reply {
    fn json(status: u16, body: String) -> Self {
        Self { status, kind: "application/json", body: body.into_bytes() }
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

pub(crate) async fn answer(request: Request, site: Arc<Site>) -> Response<Body> {
    let reply = reply(request, &site).await;
    let mut response = Response::new(Body::from(reply.body));
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in [
        ("content-type", reply.kind),
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

async fn reply(request: Request, site: &Site) -> Reply {
    if !local(&request) {
        return Reply::refused(403, "host", "this server answers under a loopback address only");
    }
    let path = request.uri().path().to_owned();
    let method = request.method().clone();
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    let packs = &site.packs;
    let pack = |name: &str| packs.iter().find(|p| p.program.names.pack == name);
    match (&method, parts.as_slice()) {
        (&Method::GET | &Method::HEAD, ["packs.json"]) => {
            let list: Vec<_> = packs
                .iter()
                .map(|p| {
                    let names = &p.program.names;
                    json!({"name": names.pack, "title": names.title, "edition": names.edition,
                           "file": format!("/packs/{}.polc", names.pack), "digest": names.digest,
                           "tables": p.tables.as_ref().map(|tables| json!({
                               "file": format!("/tables/{}.json", names.pack), "titles": tables.titles})),
                           "sources": p.sources.as_ref().map(|_| format!("/sources/{}.json", names.pack))})
                })
                .collect();
            Reply::json(200, json!(list).to_string())
        }
        (&Method::GET | &Method::HEAD, ["packs", file]) => match file.strip_suffix(".polc").and_then(pack) {
            Some(pack) => Reply { status: 200, kind: "application/octet-stream", body: pack.bytes.clone() },
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
            Some(pack) => Reply::of(&vocabulary(&pack.program), "the vocabulary"),
            None => Reply::refused(404, "unknown_pack", "no such pack is served here"),
        },
        (&Method::POST, ["v1", "decide", name]) => match pack(name) {
            Some(pack) => question(request, pack).await,
            None => Reply::refused(404, "unknown_pack", "no such pack is served here"),
        },
        (_, ["v1", "decide", _]) => Reply::refused(405, "method", "a question is sent with POST"),
        (&Method::GET | &Method::HEAD, _) => match page::asset(&path) {
            Some(asset) if asset.path == "/sw.js" => {
                // A new page or a new policy is a new version of what is kept for use without the server.
                let text = String::from_utf8_lossy(asset.bytes).replace("__VERSION__", &site.version);
                Reply { status: 200, kind: asset.kind, body: text.into_bytes() }
            }
            Some(asset) => {
                let themed = site.themed.iter().find(|(at, _)| *at == asset.path);
                let body = themed.map_or_else(|| asset.bytes.to_vec(), |(_, bytes)| bytes.clone());
                Reply { status: 200, kind: asset.kind, body }
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
