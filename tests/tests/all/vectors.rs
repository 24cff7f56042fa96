//! The golden vectors of the semantics: both judges must say what each of them says, in all five respects.

use byelaw_data::{AtomId, FactId};
use byelaw_hir::{Atom, Condition, Giving, Kind, Model, NormKind, Price};
use byelaw_reference::{Situation, Value};
use byelaw_tests::{PointView, acts, compiled_point, empty_model, fact, norm, reference_point, value, word};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

const VECTORS: &str = include_str!("../../vectors/semantics.json");

/// The fact that bounds of time speak about.
const DATE: &str = "date";

/// A policy of the vectors with the numbers that its words became.
struct Policy {
    model: Model,
    facts: BTreeMap<String, FactId>,
    values: BTreeMap<(String, String), usize>,
}

fn text(json: &Json) -> String {
    json.as_str().expect("a text").to_owned()
}

fn texts(json: &Json) -> Vec<String> {
    json.as_array().expect("a list").iter().map(text).collect()
}

fn policy(json: &Json, atoms: &[(String, Option<String>)]) -> Policy {
    let facts = json["facts"].as_object().expect("facts");
    let rules = json["rules"].as_array().expect("rules");
    // The acts are the values of the fact that most rules mention.
    let mentions = |name: &str| rules.iter().filter(|r| r["guard"].get(name).is_some()).count();
    let act = facts.keys().max_by_key(|name| (mentions(name), name.len(), *name)).expect("a fact").clone();
    let subject = facts.keys().find(|name| **name != act && *name != DATE).expect("a second fact").clone();

    let mut model = empty_model();
    let (mut ids, mut values) = (BTreeMap::new(), BTreeMap::new());
    for (name, listed) in facts {
        let id = FactId(u16::try_from(model.facts.len()).expect("few facts"));
        ids.insert(name.clone(), id);
        if name == DATE {
            model
                .facts
                .push(fact(name, Kind::Number { unit: "days".to_owned(), from: 0, to: 1_000_000_000 }));
            continue;
        }
        let listed = texts(listed);
        for (place, one) in listed.iter().enumerate() {
            values.insert((name.clone(), one.clone()), place);
        }
        if *name == act {
            model.facts.push(fact(name, Kind::Acts));
            acts(&mut model, id, listed);
        } else {
            model.facts.push(fact(name, Kind::OneOf(listed.iter().map(|v| word(v)).collect())));
        }
        if *name == subject {
            model.subject = Some(id);
        }
    }
    model.atoms = atoms
        .iter()
        .map(|(name, class)| Atom {
            word: word(name),
            approval: class.as_ref().map(|c| Giving { class: Some(c.clone()), ..Giving::default() }),
        })
        .collect();

    let mut places = BTreeMap::new();
    for rule in rules {
        let mut guard = Vec::new();
        for (name, allowed) in rule["guard"].as_object().expect("a guard") {
            let mut allowed: Vec<_> =
                texts(allowed).into_iter().map(|v| value(values[&(name.clone(), v)])).collect();
            allowed.sort();
            guard.push(Condition::In(ids[name], allowed));
        }
        if let (Some(from), Some(until)) = (rule["from"].as_i64(), rule["until"].as_i64()) {
            guard.push(Condition::Between(ids[DATE], from, until - 1));
        }
        let kind = match rule["kind"].as_str().expect("a kind") {
            "may" => NormKind::May,
            "mustnot" => NormKind::MustNot,
            "only" => NormKind::Only,
            other => panic!("no kind {other}"),
        };
        let price = Price(packages(&rule["lift"], atoms).into_iter().collect());
        let place = norm(&mut model, &text(&rule["id"]), kind, Condition::All(guard), price);
        places.insert(text(&rule["id"]), place);
    }
    for rule in rules {
        for weaker in texts(&rule["defeats"]) {
            model.precedence.insert((places[&text(&rule["id"])], places[&weaker]));
        }
    }
    Policy { model, facts: ids, values }
}

fn packages(json: &Json, atoms: &[(String, Option<String>)]) -> BTreeSet<BTreeSet<AtomId>> {
    let atom = |name: String| {
        let place = atoms.iter().position(|(a, _)| *a == name).expect("a known atom");
        AtomId(u16::try_from(place).expect("few atoms"))
    };
    json.as_array().expect("packages").iter().map(|p| texts(p).into_iter().map(atom).collect()).collect()
}

/// What a judge said, in the words of the vectors.
fn told(model: &Model, view: &PointView) -> Told {
    let name = |r: &byelaw_data::RuleId| model.names[r.place()].name.clone();
    Told {
        verdict: view.verdict.clone(),
        silent: view.silent,
        standing: view.standing.iter().map(|(r, _)| name(r)).collect(),
        defeated: view.defeated.iter().map(|(r, _)| name(r)).collect(),
        clashes: view.clashes.iter().map(|(a, b)| pair(model, name(a), name(b))).collect(),
    }
}

/// A clash. Of two conditions neither is the promise, so that their order says nothing.
fn pair(model: &Model, a: String, b: String) -> (String, String) {
    let condition = |name: &String| {
        let norm = model.norms.iter().find(|n| model.names[n.rule.place()].name == *name);
        norm.is_some_and(|n| n.kind == NormKind::Only)
    };
    if condition(&a) && condition(&b) && b < a { (b, a) } else { (a, b) }
}

/// A judgement in the words of the vectors.
#[derive(Debug, PartialEq, Eq)]
struct Told {
    verdict: BTreeSet<BTreeSet<AtomId>>,
    silent: bool,
    standing: BTreeSet<String>,
    defeated: BTreeSet<String>,
    clashes: BTreeSet<(String, String)>,
}

#[test]
fn both_judges_reproduce_every_vector() {
    let json: Json = serde_json::from_str(VECTORS).expect("the vectors are JSON");
    let classes = json["atom_class"].as_object().expect("classes");
    let atoms: Vec<(String, Option<String>)> =
        classes.iter().map(|(name, class)| (name.clone(), class.as_str().map(str::to_owned))).collect();
    let policies: BTreeMap<String, Policy> = json["policies"]
        .as_object()
        .expect("policies")
        .iter()
        .map(|(name, p)| (name.clone(), policy(p, &atoms)))
        .collect();
    let programs: BTreeMap<&String, byelaw_ir::Program> = policies
        .iter()
        .map(|(name, p)| (name, byelaw_compiler::lower(&p.model).expect("the policy is within the limits")))
        .collect();

    let (mut count, mut wrong) = (0, Vec::new());
    for (place, vector) in json["vectors"].as_array().expect("vectors").iter().enumerate() {
        count += 1;
        let name = text(&vector["policy"]);
        let policy = &policies[&name];
        let mut situation = Situation::new();
        for (fact, stated) in vector["facts"].as_object().expect("facts") {
            let stated = match stated.as_i64() {
                Some(number) => Value::Number(number),
                None => Value::Listed(value(policy.values[&(fact.clone(), text(stated))])),
            };
            situation.insert(policy.facts[fact], stated);
        }
        let act = policy.model.act.expect("there are acts");
        let Some(Value::Listed(act)) = situation.get(&act) else { panic!("vector {place} states no act") };
        let expected = Told {
            verdict: packages(&vector["verdict"], &atoms),
            silent: vector["silent"].as_bool().expect("silent"),
            standing: texts(&vector["standing"]).into_iter().collect(),
            defeated: texts(&vector["defeated"]).into_iter().collect(),
            clashes: vector["clashes"]
                .as_array()
                .expect("clashes")
                .iter()
                .map(|two| pair(&policy.model, text(&two[0]), text(&two[1])))
                .collect(),
        };
        let views = [
            ("reference", reference_point(&policy.model, &situation)),
            ("compiled", compiled_point(&programs[&name], usize::from(act.0), &situation)),
        ];
        for (judge, view) in views {
            let got = told(&policy.model, &view.expect("every situation can be"));
            if got != expected {
                wrong.push(format!("vector {place}, {judge}:\n  {got:?}\n  expected\n  {expected:?}"));
            }
        }
    }
    assert_eq!(count, 446);
    assert!(
        wrong.is_empty(),
        "{} differ\n{}",
        wrong.len(),
        wrong.iter().take(5).cloned().collect::<Vec<_>>().join("\n")
    );
}
