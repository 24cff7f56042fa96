//! Modules of WebAssembly in a Rust program, run by an interpreter that knows no JavaScript: the module of one policy, and
//! the whole evaluator. `cargo xtask wasm` makes both.

use byelaw_data::Outcome;
use byelaw_engine::Policy;
use byelaw_ir::Program;
use byelaw_tests::{Chance, Phraser, compiled_pack, pack_names, seed, times};
use serde_json::{Value, json};
use std::path::Path;
use wasmi::{Engine, Instance, Linker, Memory, Module, Store, WasmParams, WasmResults};

/// A module that was started.
struct Host {
    store: Store<()>,
    instance: Instance,
    memory: Memory,
}

impl Host {
    fn new(bytes: &[u8]) -> Host {
        let engine = Engine::default();
        let module = Module::new(&engine, bytes).expect("a module");
        assert_eq!(module.imports().count(), 0, "it imports something");
        let mut store = Store::new(&engine, ());
        let instance = Linker::new(&engine).instantiate_and_start(&mut store, &module).expect("it starts");
        let memory = instance.get_memory(&store, "memory").expect("its memory");
        Host { store, instance, memory }
    }

    fn call<P: WasmParams, R: WasmResults>(&mut self, name: &str, params: P) -> R {
        let function = self.instance.get_typed_func::<P, R>(&self.store, name).expect(name);
        function.call(&mut self.store, params).expect(name)
    }

    fn write(&mut self, at: u32, bytes: &[u8]) {
        self.memory.write(&mut self.store, at as usize, bytes).expect("room");
    }

    fn read(&self, at: u32, len: u32) -> Vec<u8> {
        let mut bytes = vec![0; len as usize];
        self.memory.read(&self.store, at as usize, &mut bytes).expect("within the memory");
        bytes
    }
}

/// What `cargo xtask wasm` made.
fn made(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/standalone").join(name);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}; run `cargo xtask wasm` first", path.display()))
}

fn program(pack: &str) -> Program {
    compiled_pack(pack).program.expect("the pack compiles")
}

/// A question about values from lists, in numbers and as JSON.
fn listed(numbers: &Value, chance: &mut Chance, unsaid: u64) -> (Vec<i64>, Value) {
    let (mut pairs, mut facts) = (vec![numbers["stamp"].as_i64().expect("a number")], json!({}));
    for fact in numbers["facts"].as_array().expect("facts") {
        let is_act = fact["kind"] == "acts";
        let Some(values) = fact["values"].as_array().filter(|_| fact["label_of"].is_null()) else { continue };
        if !is_act && chance.below(100) < unsaid {
            continue;
        }
        let value = chance.below(values.len() as u64);
        let name = fact["name"].as_str().expect("a name");
        let said = &values[usize::try_from(value).expect("a place")];
        facts[name] = if fact["kind"] == "yes_no" { json!(value == 1) } else { said.clone() };
        pairs.extend([fact["number"].as_i64().expect("a number"), i64::try_from(value).expect("small")]);
    }
    (pairs, json!({"assume": false, "would_change": false, "facts": facts}))
}

#[test]
fn a_policy_as_a_module_says_in_a_rust_program_what_the_whole_decision_says() {
    let core = made("core.wasm");
    let (mut yes, mut same, mut stricter) = (0, 0, 0);
    for pack in pack_names() {
        let program = program(&pack);
        let policy = Policy::new(program.clone()).expect("not too large");
        let packed = byelaw_standalone::pack(&program).expect("not too large");
        let mut host = Host::new(&byelaw_standalone::module(&core, &packed).expect("a module"));
        let numbers = serde_json::to_value(byelaw_standalone::describe(&program)).expect("JSON");
        let outcomes = numbers["outcomes"].as_array().expect("outcomes").clone();
        let mut chance = Chance::new(seed(20_261_132));
        for _ in 0..200 * times() {
            let unsaid = *chance.of(&[0, 20]);
            let (asked, json) = listed(&numbers, &mut chance, unsaid);
            let bytes: Vec<u8> = asked
                .iter()
                .flat_map(|n| u32::try_from(*n & 0xffff_ffff).expect("small").to_le_bytes())
                .collect();
            let len = u32::try_from(bytes.len()).expect("short");
            let at: u32 = host.call("question", len);
            assert_ne!(at, 0, "{pack}: no room");
            host.write(at, &bytes);
            let (allows, outcome): (u32, u32) =
                (host.call("allows", (at, len)), host.call("outcome", (at, len)));
            let decision: Value = serde_json::from_str(&policy.decide_json(&json.to_string())).expect("JSON");
            if !decision["error"].is_null() {
                assert_eq!(allows, 0, "{pack}: {json}");
                continue;
            }
            let unconditional = decision["unconditional"] == true;
            let outcome = &outcomes[usize::try_from(outcome).expect("small")];
            if *outcome == decision["outcome"] {
                assert_eq!(allows == 1, unconditional, "{pack}: {json}");
                same += 1;
            } else {
                assert_eq!((outcome, allows), (&json!("needs_facts"), 0), "{pack}: {json}");
                stricter += 1;
            }
            yes += allows;
        }
    }
    assert!(yes > 0 && same > 10 * stricter, "{yes} yes, {same} the same, {stricter} stricter");
}

#[test]
fn the_evaluator_as_a_module_writes_in_a_rust_program_the_bytes_that_this_program_writes() {
    let evaluator = made("byelaw.wasm");
    let mut permitted = 0;
    for pack in pack_names() {
        let program = program(&pack);
        let bytes = byelaw_ir::encode(&program);
        let mut host = Host::new(&evaluator);
        let lend = |host: &mut Host, bytes: &[u8]| -> (u32, u32) {
            let len = u32::try_from(bytes.len()).expect("short");
            let at: u32 = host.call("byelaw_bytes_new", len);
            assert_ne!(at, 0, "{pack}: no room");
            host.write(at, bytes);
            (at, len)
        };
        let (at, len) = lend(&mut host, &bytes);
        let policy: u32 = host.call("byelaw_load", (at, len, 0_u32));
        host.call::<_, ()>("byelaw_bytes_free", (at, len));
        assert_ne!(policy, 0, "{pack}: not loaded");
        let phraser = Phraser::of(&program);
        let mut chance = Chance::new(seed(20_261_133));
        for _ in 0..50 * times() {
            let unsaid = *chance.of(&[0, 5]);
            let mut question = phraser.question(&mut chance, unsaid);
            // An interpreter takes fifty times as long, and what would change an answer is most of it.
            question["would_change"] = false.into();
            let question = question.to_string();
            let (at, len) = lend(&mut host, question.as_bytes());
            let text: u32 = host.call("byelaw_decide", (policy, at, len));
            let allows: u32 = host.call("byelaw_allows", (policy, at, len, 0_u32));
            host.call::<_, ()>("byelaw_bytes_free", (at, len));
            let (at, len): (u32, u32) =
                (host.call("byelaw_text_data", text), host.call("byelaw_text_len", text));
            let told = String::from_utf8(host.read(at, len)).expect("UTF-8");
            host.call::<_, ()>("byelaw_text_free", text);
            assert_eq!(told, byelaw_wire::decide_text(&program, &question, None), "{pack}: {question}");
            let json: Value = serde_json::from_str(&told).expect("JSON");
            assert_eq!(allows == 1, json["unconditional"] == true, "{pack}: {question}");
            permitted += u32::from(json["outcome"] == json!(Outcome::Permitted.name()));
        }
    }
    assert!(permitted > 0, "nothing was permitted, so that this shows little");
}
