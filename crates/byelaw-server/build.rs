//! Puts the files of the page into the binary: those in `wasm/web`, and the evaluator that `cargo xtask wasm` built
//! into `target/web`; each as it is served and compressed. What everybody loads is put together and without comments,
//! what only authors load is as it was written. Without the evaluator the page says how to build it.

#[path = "src/bundle.rs"]
mod bundle;
#[path = "src/compress.rs"]
mod compress;
#[path = "src/smaller.rs"]
mod smaller;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let root = here.join("../..");
    // By the address each is served at.
    let mut files = BTreeMap::new();
    for folder in [root.join("wasm/web"), root.join("target/web")] {
        println!("cargo::rerun-if-changed={}", folder.display());
        collect(&folder, "", &mut files);
    }
    let files = served(files);
    // What the service worker keeps is named by what it holds, so that a new build is a new version.
    let mut version = START;
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    let mut list = String::from("pub(crate) static ASSETS: &[Asset] = &[\n");
    for (address, bytes) in &files {
        version = fold(version, bytes);
        let kind = kind(Path::new(address)).expect("files of other kinds were left out");
        let path = once(&out, bytes, "plain", <[u8]>::to_vec);
        let brotli = once(&out, bytes, "br", |bytes| {
            compress::brotli(bytes, if bytes.len() < LARGE { 11 } else { 9 })
        });
        let gzip = once(&out, bytes, "gz", compress::gzip);
        writeln!(
            list,
            "    Asset {{ path: {address:?}, kind: {kind:?}, bytes: include_bytes!({path:?}), \
             brotli: include_bytes!({brotli:?}), gzip: include_bytes!({gzip:?}) }},",
        )
        .expect("writing to a string");
    }
    list.push_str("];\n");
    writeln!(list, "pub(crate) const VERSION: &str = \"{version:016x}\";").expect("writing to a string");
    let phrases: String = PHRASES.iter().map(|file| phrases(&root.join("wasm/web").join(file))).collect();
    fs::write(out.join("phrases.rs"), phrases).expect("OUT_DIR can be written");
    fs::write(out.join("assets.rs"), list).expect("OUT_DIR can be written");
}

/// Files, by their addresses.
type Files = BTreeMap<String, Vec<u8>>;

/// The folder of the authors' page.
const AUTHOR: &str = "/author/";

/// What is loaded by itself: the page, what writes an answer, and what reads words once somebody writes some.
const ROOTS: [&str; 3] = ["/app.js", "/answer.js", "/words/read.js"];

/// The files as they are served.
fn served(files: Files) -> Files {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the page is text");
    let is_module =
        |address: &str| address.ends_with(".js") && address != "/sw.js" && !address.starts_with("/byelaw_");
    let (modules, mut files): (Files, Files) = files.into_iter().partition(|(address, _)| is_module(address));
    let modules: BTreeMap<String, String> =
        modules.into_iter().map(|(address, bytes)| (address, text(bytes))).collect();
    let bundled = bundle::bundled(&modules, &ROOTS, AUTHOR);
    // What is served as it was written is there for authors alone.
    let of_authors: BTreeSet<String> =
        bundled.keys().filter(|each| modules.get(*each) == bundled.get(*each)).cloned().collect();
    files.extend(bundled.into_iter().map(|(address, text)| (address, text.into_bytes())));
    let for_authors = |address: &String| {
        of_authors.contains(address)
            || address.starts_with("/author")
            || address.starts_with("/byelaw_checker")
    };
    let [authors, all]: [Vec<String>; 2] = [true, false].map(|wanted| {
        let those = files.keys().filter(|each| *each != "/sw.js" && for_authors(each) == wanted);
        those.map(|each| each.trim_end_matches("index.html").trim_end_matches(".html").to_owned()).collect()
    });
    if let Some(worker) = files.get_mut("/sw.js") {
        let written = text(std::mem::take(worker));
        let listed = |text: String, mark: &str, addresses: &[String]| {
            assert!(text.contains(mark), "sw.js has no {mark}");
            text.replace(mark, &addresses.join("\", \""))
        };
        let written = listed(listed(written, "__EVERYBODY__", &all), "__AUTHORS__", &authors);
        *worker = written.into_bytes();
    }
    for (address, bytes) in &mut files {
        let smaller = match address.rsplit_once('.').map(|(_, ending)| ending) {
            Some("js") => smaller::script,
            Some("css") => smaller::style,
            _ => continue,
        };
        if !for_authors(address) {
            *bytes = smaller(&text(std::mem::take(bytes))).into_bytes();
        }
    }
    files
}

/// From here on, the last few percent would take a minute of every build that changes the file.
const LARGE: usize = 1 << 21;

/// Where FNV-1a begins.
const START: u64 = 0xcbf2_9ce4_8422_2325;

/// A number for bytes after others (FNV-1a); it guards against nothing but a forgotten change.
fn fold(sum: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(sum, |v, b| (v ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}

/// The file of what was made of these bytes; an earlier build's if they are the same, for the smallest takes seconds.
fn once(out: &Path, bytes: &[u8], ending: &str, make: impl Fn(&[u8]) -> Vec<u8>) -> PathBuf {
    let file = out.join(format!("{:016x}-{}.{ending}", fold(START, bytes), bytes.len()));
    if !file.exists() {
        // Under its name it is only ever whole.
        let part = file.with_extension("part");
        fs::write(&part, make(bytes)).expect("OUT_DIR can be written");
        fs::rename(&part, &file).expect("OUT_DIR can be written");
    }
    file
}

/// Where the page has its phrases.
const PHRASES: [&str; 2] = ["phrases.js", "answer-phrases.js"];

/// The phrases of a file as constants: what stands between the braces of their file is JSON.
fn phrases(file: &Path) -> String {
    let text = fs::read_to_string(file).expect("the page has its phrases");
    let begin = text.find("= {").expect("the phrases begin") + 2;
    let end = text.find("\n};").expect("the phrases end") + 2;
    let phrases: BTreeMap<String, String> =
        serde_json::from_str(&text[begin..end]).expect("the phrases are JSON");
    let constant = |(name, phrase): (&String, &String)| {
        format!("pub(crate) const {}: &str = {phrase:?};\n", name.to_uppercase())
    };
    phrases.iter().map(constant).collect()
}

/// The files in a folder and in the folders within it.
fn collect(folder: &Path, above: &str, files: &mut Files) {
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()) {
        let Some(name) = path.file_name().map(|name| name.to_string_lossy().into_owned()) else { continue };
        let address = format!("{above}/{name}");
        if path.is_dir() {
            collect(&path, &address, files);
        } else if kind(&path).is_some() {
            files.insert(address, fs::read(&path).expect("the file was just listed"));
        }
    }
}

fn kind(path: &Path) -> Option<&'static str> {
    Some(match path.extension()?.to_str()? {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        _ => return None,
    })
}
