//! Addresses and what they answer.

use crate::{Pack, page};
use byelaw::wire::{Answer, answer as decide, vocabulary};
use serde_json::json;
use std::io::{self, Read as _};
use tiny_http::{Header, Method, Request, Response};

/// The largest question that is read.
const LARGEST: u64 = 64 * 1024;

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

    fn refused(status: u16, code: &str, message: &str) -> Self {
        Self::json(status, json!({"error": {"code": code, "message": message}}).to_string())
    }
}

pub(crate) fn answer(mut request: Request, packs: &[Pack]) -> io::Result<()> {
    let reply = reply(&mut request, packs);
    let mut response = Response::from_data(reply.body).with_status_code(reply.status);
    for (name, value) in [
        ("Content-Type", reply.kind),
        ("Content-Security-Policy", POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cache-Control", "no-cache"),
    ] {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    request.respond(response)
}

fn reply(request: &mut Request, packs: &[Pack]) -> Reply {
    if !local(request) {
        return Reply::refused(403, "host", "this server answers under a loopback address only");
    }
    let path = request.url().split(['?', '#']).next().unwrap_or("/").to_owned();
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    let pack = |name: &str| packs.iter().find(|p| p.program.names.pack == name);
    match (request.method(), parts.as_slice()) {
        (Method::Get | Method::Head, ["packs.json"]) => {
            let list: Vec<_> = packs
                .iter()
                .map(|p| {
                    let names = &p.program.names;
                    json!({"name": names.pack, "title": names.title, "edition": names.edition,
                           "file": format!("/packs/{}.polc", names.pack), "digest": names.digest})
                })
                .collect();
            Reply::json(200, json!(list).to_string())
        }
        (Method::Get | Method::Head, ["packs", file]) => match file.strip_suffix(".polc").and_then(pack) {
            Some(pack) => Reply { status: 200, kind: "application/octet-stream", body: pack.bytes.clone() },
            None => Reply::refused(404, "unknown_pack", "no such pack is served here"),
        },
        (Method::Get | Method::Head, ["v1", "vocabulary", name]) => match pack(name) {
            Some(pack) => match serde_json::to_string(&vocabulary(&pack.program)) {
                Ok(text) => Reply::json(200, text),
                Err(_) => Reply::refused(500, "internal", "the vocabulary could not be written"),
            },
            None => Reply::refused(404, "unknown_pack", "no such pack is served here"),
        },
        (Method::Post, ["v1", "decide", name]) => match pack(name) {
            Some(pack) => question(request, pack),
            None => Reply::refused(404, "unknown_pack", "no such pack is served here"),
        },
        (_, ["v1", "decide", _]) => Reply::refused(405, "method", "a question is sent with POST"),
        (Method::Get | Method::Head, _) => match page::asset(&path) {
            Some(asset) if asset.path == "/sw.js" => {
                // A new page or a new policy is a new version of what is kept for use without the server.
                let version: String = std::iter::once(page::VERSION)
                    .chain(packs.iter().map(|p| p.program.names.digest.as_str()))
                    .map(|s| s.chars().take(16).collect::<String>())
                    .collect::<Vec<_>>()
                    .join("-");
                let text = String::from_utf8_lossy(asset.bytes).replace("__VERSION__", &version);
                Reply { status: 200, kind: asset.kind, body: text.into_bytes() }
            }
            Some(asset) => Reply { status: 200, kind: asset.kind, body: asset.bytes.to_vec() },
            None => Reply::refused(404, "not_found", "there is nothing at this address"),
        },
        _ => Reply::refused(405, "method", "this address is only read"),
    }
}

/// Whether the request was meant for a loopback name: a page elsewhere that points its own name at this machine is
/// not answered.
fn local(request: &Request) -> bool {
    let host = request.headers().iter().find(|h| h.field.equiv("Host")).map(|h| h.value.as_str());
    let name = host.map(|h| h.rsplit_once(':').map_or(h, |(name, _)| name));
    matches!(name, Some("127.0.0.1" | "localhost" | "[::1]"))
}

fn question(request: &mut Request, pack: &Pack) -> Reply {
    let mut body = Vec::new();
    let read = request.as_reader().take(LARGEST + 1).read_to_end(&mut body);
    if read.is_err() {
        return Reply::refused(400, "body", "the question did not arrive whole");
    }
    if body.len() as u64 > LARGEST {
        return Reply::refused(413, "too_large", "a question may be at most 64 KiB long");
    }
    let Ok(text) = String::from_utf8(body) else {
        return Reply::refused(400, "json", "the question is not UTF-8 text");
    };
    match decide(&pack.program, &text) {
        decided @ Answer::Decided(_) => Reply::json(200, decided.to_json(None)),
        refused @ Answer::Refused { .. } => Reply::json(400, refused.to_json(None)),
    }
}
