//! Messages in the exchange format of static analysis, SARIF 2.1.0, for the tools that show findings beside a change.

use byelaw::Compiled;
use byelaw::diagnostic::{Diagnostic, Source, Span, codes, explained, page, place};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// One run over all packs.
pub(crate) fn sarif(packs: &[Compiled]) -> Value {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let mut results = Vec::new();
    for compiled in packs {
        for diagnostic in &compiled.diagnostics {
            results.push(result(diagnostic, &compiled.sources, &mut seen));
        }
    }
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "byelaw",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes().iter().map(|code| rule(code)).collect::<Vec<_>>(),
            }},
            // Ours are characters, and not the units of another encoding.
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn rule(code: &str) -> Value {
    let markdown = page(code).unwrap_or_default().trim_end();
    let explained = explained(code);
    json!({
        "id": code,
        "shortDescription": {"text": explained.map_or("", |e| e.title)},
        "fullDescription": {"text": explained.map_or("", |e| e.summary)},
        "help": {"text": markdown, "markdown": markdown},
    })
}

fn result(diagnostic: &Diagnostic, sources: &[Source], seen: &mut BTreeMap<String, u32>) -> Value {
    let mut text = diagnostic.message.clone();
    for line in diagnostic.notes.iter().chain(&diagnostic.help) {
        text.push('\n');
        text.push_str(line);
    }
    let locations: Vec<Value> = diagnostic.span.iter().filter_map(|span| location(*span, sources)).collect();
    let related: Vec<Value> = diagnostic
        .related
        .iter()
        .filter_map(|(span, words)| {
            let mut related = location(*span, sources)?;
            related["message"] = json!({"text": if words.is_empty() { "belongs to it" } else { words }});
            Some(related)
        })
        .collect();
    let path = diagnostic.span.and_then(|span| place(span, sources)).map(|p| p.path).unwrap_or_default();
    // Lines are left out, so that a message is the same one after a line was added above it.
    let what = format!("{}\n{path}\n{}", diagnostic.code, diagnostic.message);
    let count = seen.entry(what.clone()).or_insert(0);
    *count += 1;
    json!({
        "ruleId": diagnostic.code,
        "ruleIndex": codes().iter().position(|code| *code == diagnostic.code),
        "level": diagnostic.severity.as_str(),
        "message": {"text": text},
        "locations": locations,
        "relatedLocations": related,
        "partialFingerprints": {"byelaw/v1": format!("{:016x}:{count}", fnv(what.as_bytes()))},
    })
}

fn location(span: Span, sources: &[Source]) -> Option<Value> {
    let place = place(span, sources)?;
    Some(json!({"physicalLocation": {
        "artifactLocation": {"uri": uri(&place.path)},
        "region": {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        },
    }}))
}

/// A path as a URI: relative to where the command ran, or with its scheme if it is absolute.
fn uri(path: &str) -> String {
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

/// A short hash that is the same everywhere (FNV-1a); it only tells messages apart.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
