//! The limit of packages: a policy that compiles never drops one, and where nothing hides behind an exception a policy
//! is refused only if a situation really has too many.
//!
//! For each random policy the reference judges every situation, and with that the program and the refusal are compared.

use byelaw_data::{AtomId, FactId, NO, YES};
use byelaw_hir::{AS_OF, Atom, Condition, Kind, Model, NormKind, ON, Price};
use byelaw_ir::MAX_PACKAGES;
use byelaw_reference::{Situation, Value};
use byelaw_tests::{
    Chance, acts, compiled_point, empty_model, fact, norm, reference_point, seed, times, value, word,
};
use std::collections::BTreeSet;

const WHO: FactId = FactId(2);
const ACT: FactId = FactId(3);
/// Yes-or-no facts, from this one on.
const FIRST: u16 = 4;
const FACTS: u16 = 3;

/// A policy about one act, with prices of up to five packages. A plain one has no exceptions, and no undertaking twice.
fn policy(chance: &mut Chance, plain: bool) -> Model {
    let mut model = empty_model();
    model.subject = Some(WHO);
    model.facts.push(fact("who", Kind::OneOf(vec![word("wibble"), word("wobble")])));
    model.facts.push(fact("act", Kind::Acts));
    acts(&mut model, ACT, ["fizzle".to_owned()]);
    for place in 0..FACTS {
        model.facts.push(fact(&format!("fact-{place}"), Kind::YesNo));
    }
    if plain {
        norm(&mut model, "free", NormKind::May, Condition::Always, Price::free());
    }
    for place in 0..2 + chance.below(5) {
        let kind = match chance.below(4) {
            0 if !plain => NormKind::May,
            1 if !plain => NormKind::MustNot,
            _ => NormKind::Only,
        };
        let when = Condition::All((0..FACTS).filter_map(|fact| guard(chance, fact)).collect());
        let price = if kind == NormKind::MustNot { Price::never() } else { price(chance, &mut model, plain) };
        norm(&mut model, &format!("rule-{place}"), kind, when, price);
    }
    for stronger in 0..model.norms.len() {
        for weaker in stronger + 1..model.norms.len() {
            use NormKind::{May, MustNot, Only};
            let opposed = matches!(
                (model.norms[stronger].kind, model.norms[weaker].kind),
                (May, MustNot | Only) | (MustNot, May | Only) | (Only, May | MustNot | Only)
            );
            if !plain && opposed && chance.percent(20) {
                model.precedence.insert((stronger, weaker));
            }
        }
    }
    model
}

fn guard(chance: &mut Chance, fact: u16) -> Option<Condition> {
    let wanted = if chance.percent(50) { YES } else { NO };
    chance.percent(30).then(|| Condition::In(FactId(FIRST + fact), vec![wanted]))
}

/// Up to five packages of one or two undertakings, of which none holds another.
fn price(chance: &mut Chance, model: &mut Model, fresh: bool) -> Price {
    let mut packages: BTreeSet<BTreeSet<AtomId>> = BTreeSet::new();
    for _ in 0..1 + chance.below(5) {
        let mut package = BTreeSet::new();
        for _ in 0..1 + chance.below(2) {
            let new = model.atoms.len();
            let known = if fresh { new } else { usize::try_from(chance.below(14)).expect("few") };
            while model.atoms.len() <= known {
                let name = format!("hop-{}", model.atoms.len());
                model.atoms.push(Atom { word: word(&name), approval: None });
            }
            package.insert(AtomId(u16::try_from(known).expect("few")));
        }
        packages.insert(package);
    }
    let holds_another = |p: &BTreeSet<AtomId>| packages.iter().any(|q| q != p && q.is_subset(p));
    Price(packages.iter().filter(|p| !holds_another(p)).cloned().collect())
}

/// Everything that can be the case.
fn situations() -> impl Iterator<Item = Situation> {
    (0..2_usize << FACTS).map(|number| {
        let mut situation = Situation::from([
            (ON, Value::Number(18_000)),
            (AS_OF, Value::Number(18_000)),
            (WHO, Value::Listed(value(number & 1))),
            (ACT, Value::Listed(value(0))),
        ]);
        for fact in 0..FACTS {
            let yes = number >> (fact + 1) & 1;
            situation.insert(FactId(FIRST + fact), Value::Listed(value(yes)));
        }
        situation
    })
}

#[test]
fn no_program_drops_a_package_and_no_plain_policy_is_refused_without_need() {
    let mut chance = Chance::new(seed(3_900));
    let (mut full, mut needed, mut needless) = (0, 0, 0);
    for number in 0..2_000 * times() {
        let plain = number % 2 == 0;
        let model = policy(&mut chance, plain);
        let judged =
            |situation: &Situation| reference_point(&model, situation).expect("nothing is impossible");
        let most = situations().map(|s| judged(&s).verdict.len()).max().expect("there are situations");
        match byelaw_compiler::lower(&model) {
            Ok(program) => {
                assert!(most <= MAX_PACKAGES, "{most} packages in a policy that compiles: {model:#?}");
                full += u32::from(most > MAX_PACKAGES / 2);
                for situation in situations() {
                    let point = compiled_point(&program, 0, &situation).expect("nothing is impossible");
                    assert_eq!(point.verdict, judged(&situation).verdict, "{situation:?}\n{model:#?}");
                }
            }
            Err(why) => {
                assert!(why.iter().all(|d| d.code == "B0039"), "{why:?}");
                assert!(!plain || most > MAX_PACKAGES, "{most} packages are not too many: {model:#?}");
                needed += u32::from(most > MAX_PACKAGES);
                needless += u32::from(most <= MAX_PACKAGES);
            }
        }
    }
    println!(
        "counted: {full} policies with more than half of the packages, {needed} refused with need, {needless} without"
    );
    // Or the policies are too tame to say anything.
    assert!(full > 20 && needed > 20 && needless > 0, "{full} {needed} {needless}");
}
