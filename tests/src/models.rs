//! Plain models, to put rules into without going through sentences.

use byelaw_data::{FactId, RuleId, Says, ValueId};
use byelaw_diagnostic::{FileId, Span};
use byelaw_hir::{
    Act, Condition, Fact, Instrument, Kind, Model, Norm, NormKind, Price, RuleName, Side, Word,
};

/// A value by its place.
///
/// # Panics
/// If there are more values than a model can have.
pub fn value(place: usize) -> ValueId {
    ValueId(u16::try_from(place).expect("few values"))
}

/// A word that is only a name.
pub fn word(name: &str) -> Word {
    Word::named(name)
}

/// A fact of which nothing is presumed.
pub fn fact(name: &str, kind: Kind) -> Fact {
    Fact::new(word(name), Side::Circumstances, kind)
}

/// A model with the two dates that every model has, one instrument that is always in force, and no rules.
pub fn empty_model() -> Model {
    Model {
        name: "wibble".to_owned(),
        answers: true,
        facts: vec![fact("on", Kind::Date), fact("as-of", Kind::Date)],
        instruments: vec![Instrument {
            name: "wibble".to_owned(),
            title: String::new(),
            edition: None,
            amends: None,
            under: None,
            replaces: None,
            adopted: None,
            in_force: Vec::new(),
            review: None,
            prevails_over_all: false,
            span: nowhere(),
        }],
        ..Model::default()
    }
}

/// Adds a named rule to a model that makes one norm, and gives the place of the norm.
///
/// # Panics
/// If there are more rules than a model can have.
pub fn norm(model: &mut Model, name: &str, kind: NormKind, guard: Condition, price: Price) -> usize {
    let rule = RuleId::at(model.names.len()).expect("few rules");
    model.names.push(RuleName {
        name: name.to_owned(),
        cites: Vec::new(),
        sentence: String::new(),
        who: String::new(),
        advice: None,
        duty: None,
        span: nowhere(),
    });
    let says = match kind {
        NormKind::May | NormKind::MayInGeneral | NormKind::Disapply => Says::May,
        NormKind::MustNot => Says::MustNot,
        NormKind::Only => Says::MayOnly,
        NormKind::Duty | NormKind::Standing => Says::Must,
        NormKind::Advice => Says::Should,
    };
    model.norms.push(Norm {
        rule,
        kind,
        says,
        guard,
        price,
        instrument: 0,
        deeds: Vec::new(),
        never: false,
        undecided: false,
    });
    model.norms.len() - 1
}

/// Makes the values of a fact the acts of the model.
pub fn acts(model: &mut Model, id: FactId, names: impl IntoIterator<Item = String>) {
    model.act = Some(id);
    model.acts =
        names.into_iter().map(|name| Act { word: word(&name), verb: vec![name], gaps: Vec::new() }).collect();
}

fn nowhere() -> Span {
    Span::new(FileId(0), 0, 0)
}
