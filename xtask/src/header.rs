//! The header of the C interface, written from the crate that it describes.

use crate::run::root;
use std::fs;

const CRATE: &str = "crates/byelaw-c";
const HEADER: &str = "crates/byelaw-c/include/byelaw.h";

/// Writes the header.
pub(crate) fn write() -> Result<(), String> {
    fs::write(root().join(HEADER), header()?).map_err(|e| format!("`{HEADER}` could not be written: {e}"))
}

/// Says if the header is not what the crate says now.
pub(crate) fn stale() -> Result<Vec<String>, String> {
    let written = fs::read_to_string(root().join(HEADER)).unwrap_or_default();
    let stale = format!("{HEADER} is not what {CRATE} says; run `cargo xtask header`");
    Ok(if written == header()? { Vec::new() } else { vec![stale] })
}

fn header() -> Result<String, String> {
    let mut config = cbindgen::Config {
        language: cbindgen::Language::C,
        cpp_compat: true,
        include_guard: Some("BYELAW_H".to_owned()),
        header: Some(HEAD.to_owned()),
        style: cbindgen::Style::Both,
        usize_is_size_t: true,
        no_includes: true,
        sys_includes: ["stdbool.h", "stddef.h", "stdint.h"].map(str::to_owned).to_vec(),
        documentation_style: cbindgen::DocumentationStyle::C,
        ..cbindgen::Config::default()
    };
    for (name, in_c) in [("ByelawPolicy", "byelaw_policy"), ("ByelawText", "byelaw_text")] {
        config.export.rename.insert(name.to_owned(), in_c.to_owned());
    }
    let mut bytes = Vec::new();
    cbindgen::Builder::new()
        .with_config(config)
        .with_src(root().join(CRATE).join("src/door.rs"))
        .generate()
        .map_err(|e| format!("the header could not be made from {CRATE}: {e}"))?
        .write(&mut bytes);
    String::from_utf8(bytes).map_err(|e| format!("the header is no text: {e}"))
}

const HEAD: &str = "\
/* Byelaw: asks a compiled policy, \"may I do this?\".
 *
 * Questions and answers are JSON; docs/hosts.md has an example. Whoever enforces asks byelaw_allows, which is true for
 * a yes without conditions and false for all else: an error, a null pointer, what is not known.
 * Made by `cargo xtask header`; do not change it by hand. */";
