//! All situations of a pack as questions in JSON, one a line: those of each act that has no more than so many. What
//! each question is about is told apart as the rules do, so that one situation stands for many.
//!
//! `situations PACK MOST`; standard error says how many acts and questions they were. `tests/browser/whole.js` asks
//! them of the evaluator in WASM and of the binary.

use byelaw_tests::{Chance, Space, compiled_pack, stated};
use std::io::{BufWriter, Write as _, stdout};

fn main() -> Result<(), String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [pack, most] = arguments.as_slice() else { return Err("wanted: PACK MOST".to_owned()) };
    let most: u128 = most.parse().map_err(|_| format!("`{most}` is no number"))?;
    let program = compiled_pack(pack).program.ok_or_else(|| format!("`{pack}` does not compile"))?;
    let mut out = BufWriter::new(stdout().lock());
    let (mut acts, mut questions) = (0, 0_u128);
    for (act, slice) in program.slices.iter().enumerate().take(program.names.acts.len()) {
        let space = Space::of(&program, slice);
        if space.size() > most {
            continue;
        }
        let mut chance = Chance::new(act as u64);
        for number in 0..space.size() {
            let mut question = stated(&program, act, &space.situation(number, &mut chance));
            // What would change an answer is compared on fewer questions: it takes far longer than the answer.
            question["would_change"] = false.into();
            if writeln!(out, "{question}").is_err() {
                return Err("whoever reads the questions has gone".to_owned());
            }
        }
        acts += 1;
        questions += space.size();
    }
    eprintln!("{acts} of {} acts, {questions} questions", program.names.acts.len());
    Ok(())
}
