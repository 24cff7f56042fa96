//! The situations of one act: every combination of the values of the facts that its rules mention, where values that no
//! rule tells apart count as one.
//!
//! In: a program and the slice of the act. Out: situations by number, and questions in JSON that state them.

use crate::{Chance, value};
use byelaw_data::{Date, FactId};
use byelaw_ir::{AS_OF, Domain, FactKind, ON, Program, Slice};
use byelaw_reference::{Situation, Value};
use serde_json::{Map, json};

/// All situations of one act.
#[derive(Debug, Clone)]
pub struct Space {
    /// For each fact its values, those together that no row tells apart.
    classes: Vec<(FactId, Vec<Vec<Value>>)>,
}

impl Space {
    /// That of the act with this slice.
    ///
    /// # Panics
    /// If the slice is not one of the program.
    pub fn of(program: &Program, slice: &Slice) -> Self {
        let words = usize::from(slice.words);
        let mut found = Vec::new();
        for fact in &slice.facts {
            let domain = &program.facts[usize::from(fact.fact.0)].domain;
            let mut classes: Vec<(&[u64], Vec<Value>)> = Vec::new();
            for cell in 0..domain.width() {
                let row = &fact.rows[cell * words..(cell + 1) * words];
                let values = match domain {
                    // The ends of a stretch of numbers.
                    Domain::Cells { .. } => {
                        let (first, last) = domain.range(value(cell)).expect("a cell has bounds");
                        vec![Value::Number(first), Value::Number(last)]
                    }
                    _ => vec![Value::Listed(value(cell))],
                };
                match classes.iter_mut().find(|(r, _)| *r == row) {
                    Some((_, class)) => class.extend(values),
                    None => classes.push((row, values)),
                }
            }
            found.push((fact.fact, classes.into_iter().map(|(_, values)| values).collect()));
        }
        Self { classes: found }
    }

    /// How many there are.
    pub fn size(&self) -> u128 {
        self.classes.iter().map(|(_, classes)| classes.len() as u128).product()
    }

    /// The one with a number below [`Space::size`]; of values that count as one, any.
    ///
    /// # Panics
    /// Never: a remainder is below what it is divided by.
    pub fn situation(&self, number: u128, chance: &mut Chance) -> Situation {
        let mut rest = number;
        let mut situation = Situation::new();
        for (fact, classes) in &self.classes {
            let class = usize::try_from(rest % classes.len() as u128).expect("below a length");
            rest /= classes.len() as u128;
            situation.insert(*fact, *chance.of(&classes[class]));
        }
        situation
    }
}

/// The question in JSON about an act that states all of a situation and presumes nothing.
///
/// # Panics
/// If the situation is not one of the program.
pub fn stated(program: &Program, act: usize, situation: &Situation) -> serde_json::Value {
    let name = |fact: FactId| &program.names.facts[usize::from(fact.0)];
    let day = |days: i64| Date::from_days(days).map(|day| day.to_string());
    let mut facts = Map::new();
    let mut question = Map::new();
    facts.insert(name(program.act).word.name.clone(), json!(program.names.acts[act].word.name));
    for (fact, value) in situation {
        let this = name(*fact);
        let said = match (&this.kind, value) {
            (FactKind::Date, Value::Number(days)) => json!(day(*days)),
            (_, Value::Number(number)) => json!(number),
            (FactKind::YesNo, Value::Listed(value)) => json!(value.0 == 1),
            (_, Value::Listed(value)) => json!(this.values[usize::from(value.0)].name),
            (_, Value::AllOf(_)) => panic!("a situation has one value for each fact"),
        };
        match (*fact, program.facts[usize::from(fact.0)].member_of) {
            (ON, _) => drop(question.insert("on".to_owned(), said)),
            (AS_OF, _) => drop(question.insert("as_of".to_owned(), said)),
            (_, Some(several)) => {
                // A list is complete: what it leaves out is no.
                let of = facts.entry(name(several).word.name.clone()).or_insert_with(|| json!([]));
                if let (Some(list), true) = (of.as_array_mut(), said == json!(true)) {
                    list.push(json!(label(program, several, *fact)));
                }
            }
            (_, None) => drop(facts.insert(this.word.name.clone(), said)),
        }
    }
    question.insert("facts".to_owned(), serde_json::Value::Object(facts));
    question.insert("assume".to_owned(), json!(false));
    serde_json::Value::Object(question)
}

/// What a member of a several-at-once fact is called there.
fn label(program: &Program, several: FactId, member: FactId) -> &str {
    let several = &program.names.facts[usize::from(several.0)];
    let FactKind::SomeOf(members) = &several.kind else { panic!("only such facts have members") };
    let place = members.iter().position(|m| *m == member).expect("it is one of them");
    &several.values[place].name
}
