//! Modules of the page put together: one file in place of each tree of imports. The build of this crate uses this file;
//! the crate itself only tests it.
//!
//! In: the modules by their addresses. Out: the modules that are served, by theirs. A module within a file stands in a
//! function of its own, so that what it keeps to itself stays its own; what it offers has a name that no other module in
//! the file offers. Files that import a module from such a file import it from the file: each module is there once.

use std::collections::{BTreeMap, BTreeSet};

/// Puts the modules that each root needs into the root, in the order of the roots. `apart`: the folder of modules that
/// stay as they are, with all that they import.
///
/// # Panics
/// If the modules are not written as this file reads them: it runs when the crate is built.
pub(crate) fn bundled(
    modules: &BTreeMap<String, String>,
    roots: &[&str],
    apart: &str,
) -> BTreeMap<String, String> {
    let read: BTreeMap<&str, Module<'_>> =
        modules.iter().map(|(address, text)| (address.as_str(), Module::of(address, text))).collect();
    let mut home: BTreeMap<&str, &str> = BTreeMap::new();
    let mut out = BTreeMap::new();
    for root in roots {
        let mut order = Vec::new();
        walk(&read, root, &mut Vec::new(), &mut order);
        order.retain(|each| !home.contains_key(each));
        home.extend(order.iter().map(|each| (*each, *root)));
        out.insert((*root).to_owned(), together(&read, root, &order, &home));
    }
    let mut kept = Vec::new();
    for address in read.keys().filter(|each| each.starts_with(apart)) {
        walk(&read, address, &mut Vec::new(), &mut kept);
    }
    for (address, module) in &read {
        if kept.contains(address) && !roots.contains(address) {
            out.insert((*address).to_owned(), modules[*address].clone());
        } else if !home.contains_key(address) {
            out.insert((*address).to_owned(), imports(address, &[module], &home) + &module.body(true));
        }
    }
    out
}

struct Module<'a> {
    /// Where each import is from, and the names.
    imports: Vec<(String, Vec<&'a str>)>,
    /// All other lines, and the name that each of them offers.
    lines: Vec<(&'a str, Option<&'a str>)>,
}

impl<'a> Module<'a> {
    fn of(address: &str, text: &'a str) -> Self {
        let (mut imports, mut lines) = (Vec::new(), Vec::new());
        for line in text.lines() {
            if let Some(import) = line.strip_prefix("import {").and_then(|rest| rest.strip_suffix("\";")) {
                let (names, from) = import.split_once("} from \"").expect("names and a place");
                assert!(!names.contains(" as "), "{address} gives another name: {line}");
                imports.push((resolved(address, from), names.split(',').map(str::trim).collect()));
            } else {
                lines.push((line, offered(line)));
            }
        }
        Self { imports, lines }
    }

    fn offers(&self) -> Vec<&'a str> {
        self.lines.iter().filter_map(|(_, name)| *name).collect()
    }

    fn body(&self, offering: bool) -> String {
        let line = |(line, name): &(&str, Option<&str>)| {
            let bare = line.strip_prefix("export ").filter(|_| !offering && name.is_some());
            format!("{}\n", bare.unwrap_or(line))
        };
        self.lines.iter().map(line).collect()
    }
}

/// The name that a line offers. A name that may change would not change for others, so only what cannot is offered.
fn offered(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("export ")?;
    let rest = rest.strip_prefix("async ").unwrap_or(rest);
    let name = ["function ", "const ", "class "].iter().find_map(|word| rest.strip_prefix(word))?;
    name.split(|sign: char| !sign.is_alphanumeric() && sign != '_').next().filter(|name| !name.is_empty())
}

/// The address of what a module names in its own folder or in one below or above it.
fn resolved(address: &str, from: &str) -> String {
    let mut parts: Vec<&str> = address.split('/').collect();
    parts.pop();
    for part in from.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// All that a module imports, and then the module. What is no file of the page is left out.
fn walk<'a>(
    read: &BTreeMap<&'a str, Module<'a>>,
    address: &str,
    above: &mut Vec<String>,
    order: &mut Vec<&'a str>,
) {
    assert!(!above.iter().any(|each| each == address), "{address} imports itself by way of {above:?}");
    let Some((name, module)) = read.get_key_value(address) else { return };
    if order.contains(name) {
        return;
    }
    above.push(address.to_owned());
    for (from, _) in &module.imports {
        walk(read, from, above, order);
    }
    above.pop();
    order.push(name);
}

fn together<'a>(
    read: &BTreeMap<&'a str, Module<'a>>,
    root: &'a str,
    order: &[&'a str],
    home: &BTreeMap<&'a str, &'a str>,
) -> String {
    let all: Vec<&Module<'_>> = order.iter().map(|each| &read[each]).collect();
    let mut text = imports(root, &all, home);
    let mut offered = BTreeSet::new();
    for module in &all {
        let names = module.offers();
        for name in &names {
            assert!(offered.insert(*name), "two modules in {root} offer {name}");
        }
        let (names, body) = (names.join(", "), module.body(false));
        if names.is_empty() {
            text += &format!("{{\n{body}}}\n");
        } else {
            text += &format!("const {{ {names} }} = (() => {{\n{body}return {{ {names} }};\n}})();\n");
        }
    }
    let names: Vec<&str> = offered.into_iter().collect();
    text + &format!("export {{ {} }};\n", names.join(", "))
}

/// What modules in one file import from other files.
fn imports(address: &str, modules: &[&Module<'_>], home: &BTreeMap<&str, &str>) -> String {
    let mut from: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (file, names) in modules.iter().flat_map(|module| &module.imports) {
        let place = home.get(file.as_str()).copied().unwrap_or(file);
        if place != address {
            from.entry(place).or_default().extend(names);
        }
    }
    let deep = address.matches('/').count() - 1;
    let up = if deep == 0 { "./".to_owned() } else { "../".repeat(deep) };
    let one = |(place, names): (&str, BTreeSet<&str>)| {
        let names: Vec<&str> = names.into_iter().collect();
        format!("import {{ {} }} from \"{up}{}\";\n", names.join(", "), place.trim_start_matches('/'))
    };
    from.into_iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn modules(files: &[(&str, &str)]) -> BTreeMap<String, String> {
        files.iter().map(|(address, text)| ((*address).to_owned(), (*text).to_owned())).collect()
    }

    const FILES: [(&str, &str); 6] = [
        ("/app.js", "import { say } from \"./say.js\";\nconst own = 1;\nsay(own);\n"),
        ("/say.js", "import { LIMIT } from \"./in/limit.js\";\nlet own = LIMIT;\nexport function say() {}\n"),
        ("/in/limit.js", "export const LIMIT = 3;\n"),
        ("/in/read.js", "import { LIMIT } from \"./limit.js\";\nexport const read = LIMIT;\n"),
        ("/late.js", "import { say } from \"./say.js\";\nexport const late = say;\n"),
        ("/apart/app.js", "import { LIMIT } from \"../in/limit.js\";\n"),
    ];

    #[test]
    fn each_module_is_in_one_file_and_keeps_its_own_names() {
        let out = bundled(&modules(&FILES), &["/app.js", "/in/read.js"], "/apart/");
        assert_eq!(
            out["/app.js"],
            "const { LIMIT } = (() => {\nconst LIMIT = 3;\nreturn { LIMIT };\n})();\n\
             const { say } = (() => {\nlet own = LIMIT;\nfunction say() {}\nreturn { say };\n})();\n\
             {\nconst own = 1;\nsay(own);\n}\nexport { LIMIT, say };\n"
        );
        assert!(out["/in/read.js"].starts_with("import { LIMIT } from \"../app.js\";\n"));
        assert_eq!(out["/late.js"], "import { say } from \"./app.js\";\nexport const late = say;\n");
        assert!(!out.contains_key("/say.js"));
        // What stays apart is served as it is, with all that it imports.
        assert_eq!(out["/apart/app.js"], FILES[5].1);
        assert_eq!(out["/in/limit.js"], FILES[2].1);
    }

    #[test]
    #[should_panic(expected = "offer say")]
    fn two_modules_that_offer_a_name_are_refused() {
        let mut files = modules(&FILES);
        files.insert("/in/limit.js".to_owned(), "export const say = 3;\n".to_owned());
        bundled(&files, &["/app.js"], "/apart/");
    }

    #[test]
    #[should_panic(expected = "imports itself")]
    fn a_circle_is_refused() {
        let mut files = modules(&FILES);
        files.insert("/in/limit.js".to_owned(), "import { say } from \"../say.js\";\n".to_owned());
        bundled(&files, &["/app.js"], "/apart/");
    }
}
