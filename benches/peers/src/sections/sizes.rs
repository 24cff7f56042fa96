//! Sizes: compiled policies, and the modules for the browser that `cargo xtask wasm` has built.

use super::packs::Pack;
use crate::growth::rules;
use crate::pack;
use crate::report::{Table, bytes};
use byelaw::ir::{Program, encode};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::path::Path;

/// The table. `root` is the folder of the project.
pub fn table(root: &Path, packs: &[Pack]) -> Table {
    let mut rows = Vec::new();
    let mut row = |name: String, content: Option<Vec<u8>>| {
        let told = content.map(|content| (bytes(content.len() as f64), bytes(zipped(&content) as f64)));
        let (plain, zipped) = told.unwrap_or_else(|| ("not built".to_owned(), String::new()));
        rows.push(vec![name, plain, zipped]);
    };
    let artifact = |program: &Program| Some(encode(program));
    row("workload, 44 rules".to_owned(), pack::tech().ok().as_ref().and_then(artifact));
    for many in [1_000, 10_000] {
        let (sizes, rules) = rules(many);
        let program = pack::made(&pack::text(sizes, &rules)).ok();
        row(format!("made policy, {many} rules"), program.as_ref().and_then(artifact));
    }
    for pack in packs {
        row(format!("pack {}, {} rules", pack.name, pack.rules), artifact(&pack.program));
    }
    for module in ["byelaw_eval_bg.wasm", "byelaw_checker_bg.wasm"] {
        row(format!("module {module}"), std::fs::read(root.join("target/web").join(module)).ok());
    }
    Table {
        title: "Sizes".to_owned(),
        note: "Compiled policies (`byelaw build`), and the modules for the browser; `not built`: run `cargo xtask wasm` \
               first."
            .to_owned(),
        columns: vec!["what", "size", "gzipped"],
        rows,
    }
}

fn zipped(content: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing to memory does not fail.
    let _ = encoder.write_all(content);
    encoder.finish().map_or(0, |zipped| zipped.len())
}
