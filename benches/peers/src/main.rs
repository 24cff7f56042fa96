//! The benchmark's commands.

use byelaw_peers::{growth, pack};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["made", rules] => match rules.parse() {
            Ok(rules) => {
                let (sizes, rules) = growth::rules(rules);
                print!("{}", pack::text(sizes, &rules));
                ExitCode::SUCCESS
            }
            Err(_) => ExitCode::from(2),
        },
        _ => ExitCode::from(2),
    }
}
