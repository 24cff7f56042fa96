//! What is found out about packs, as JSON text or as a page.

use crate::Checked;
use crate::input::{Comparison, Side};
use byelaw::data::Date;
use byelaw::diagnostic::place;
use byelaw::hir::{Example, Model};
use byelaw::ir::Program;
use byelaw::page::Page;
use byelaw::{
    Compiled, DIFF_STEPS, ExampleResult, InvariantResult, Proofs, Shown, certify, check_invariants, effect,
    effects, example_reports, invariant_reports, matrices_report, run_example, run_examples, silences,
    verify,
};
use serde::Serialize;
use serde_json::json;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
impl Checked {
    /// The messages with those about cases of which no rule speaks, as JSON text.
    pub fn gaps(&self) -> String {
        self.with(|compiled| {
            let mut all = compiled.diagnostics.clone();
            all.extend(compiled.program.iter().flat_map(|program| silences(&compiled.model, program)));
            self.messages(compiled, &all)
        })
    }

    /// What became of the examples and invariants of the pack, as JSON text.
    pub fn tests(&self) -> String {
        self.with(|compiled| {
            let (model, program) = (&compiled.model, compiled.program.as_ref());
            let examples = program.map(|program| run_examples(model, program)).unwrap_or_default();
            let invariants = program.map(|program| check_invariants(model, program)).unwrap_or_default();
            self.tests_json(compiled, &examples, &invariants)
        })
    }

    /// The same of the examples in one file alone, so that whoever waits sees how far it is.
    pub fn examples_in(&self, path: &str) -> String {
        self.with(|compiled| {
            let results = compiled.program.iter().flat_map(|program| {
                let here = |e: &&(usize, &Example)| {
                    place(e.1.span, &compiled.sources).is_some_and(|place| place.path == path)
                };
                let examples = compiled.model.examples.iter().enumerate().collect::<Vec<_>>();
                let run = |(at, e): &(usize, &Example)| run_example(&compiled.model, program, *at, e);
                examples.iter().filter(here).map(run).collect::<Vec<_>>()
            });
            self.tests_json(compiled, &results.collect::<Vec<_>>(), &[])
        })
    }

    /// The same of the invariants alone.
    pub fn invariants(&self) -> String {
        self.with(|compiled| {
            let program = compiled.program.as_ref();
            let invariants = program.map(|program| check_invariants(&compiled.model, program));
            self.tests_json(compiled, &[], &invariants.unwrap_or_default())
        })
    }

    /// The matrices of the pack as it decides them on a day, such as 2020-05-11, as JSON text.
    pub fn matrix(&self, on: &str) -> String {
        let on = Date::parse(on).ok_or("the day has to be a date such as 2020-05-11");
        told("json", || {
            let (on, (model, program)) = (on?, self.answering()?);
            Ok((Page::default(), matrices_report(model, program, on)))
        })
    }

    /// What this pack answers differently from an older one, as `json` or as a page in `html` or `page`; the same as
    /// [`diff`] of both without a day, without compiling anything again.
    pub fn changes(&self, old: &Checked, form: &str) -> String {
        told(form, || {
            let (_, before) = old.answering().map_err(|why| format!("`old`: {why}"))?;
            let (_, after) = self.answering().map_err(|why| format!("`new`: {why}"))?;
            let report = byelaw::diff((before, None), (after, None), DIFF_STEPS);
            Ok((report.page([&old.pack, &self.pack], false), report))
        })
    }

    /// What each rule does, as `json` or as a page in `html`.
    pub fn effects(&self, form: &str) -> String {
        self.told(form, |model, program| {
            let report = effects(model, program, DIFF_STEPS, &mut |_, _| {});
            Ok((report.page(), report))
        })
    }

    /// What one rule does, and what would be otherwise without it.
    pub fn effect(&self, rule: &str, form: &str) -> String {
        self.told(form, |model, program| {
            let report = effect(model, program, rule, DIFF_STEPS).map_err(|why| why.to_string())?;
            Ok((report.page(&self.pack, false), report))
        })
    }

    /// What the addenda of the pack do, or the one that is named.
    pub fn addendum(&self, name: Option<String>, form: &str) -> String {
        self.told(form, |model, program| {
            let report = byelaw::addendum(model, program, name.as_deref(), DIFF_STEPS)
                .map_err(|why| why.to_string())?;
            Ok((report.page(&self.pack, false), report))
        })
    }

    /// What is proved of the pack in at most `most` steps for each proof, as `json` or as a page in `html`; as `proofs` the
    /// proofs themselves, which [`Checked::verify`] reads.
    pub fn prove(&self, most: u32, form: &str) -> String {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        if form == "proofs" {
            return self.told("json", |model, program| {
                Ok((Page::default(), certify(model, program, most, &mut |_, _| {})))
            });
        }
        self.told(form, |model, program| {
            let proofs = certify(model, program, most, &mut |_, _| {});
            shown(model, program, &proofs)
        })
    }

    /// What proofs that were written down show of the pack, as `json` or as a page in `html`.
    pub fn verify(&self, proofs: &str, form: &str) -> String {
        self.told(form, |model, program| {
            let proofs: Proofs =
                serde_json::from_str(proofs).map_err(|why| format!("these are no proofs: {why}"))?;
            shown(model, program, &proofs)
        })
    }

    fn tests_json(
        &self,
        compiled: &Compiled,
        examples: &[ExampleResult],
        invariants: &[InvariantResult],
    ) -> String {
        let errors: &[&str] = if compiled.has_errors() { &[&self.pack] } else { &[] };
        let examples = example_reports(&self.pack, compiled, examples);
        let invariants = invariant_reports(&self.pack, compiled, invariants);
        json!({"v": 1, "errors": errors, "examples": examples, "invariants": invariants, "measures": []})
            .to_string()
    }

    fn told<T: Serialize>(
        &self,
        form: &str,
        report: impl FnOnce(&Model, &Program) -> Result<(Page, T), String>,
    ) -> String {
        told(form, || self.answering().and_then(|(model, program)| report(model, program)))
    }

    /// The pack as one that answers questions, or why it does not.
    fn answering(&self) -> Result<(&Model, &Program), String> {
        let compiled = self.compiled.as_ref().map_err(Clone::clone)?;
        match &compiled.program {
            Some(program) => Ok((&compiled.model, program)),
            None if compiled.has_errors() => Err("this pack has errors and answers no question".to_owned()),
            None => Err("this pack only lends words to other packs and answers no question".to_owned()),
        }
    }
}

/// What two policies answer differently, as `json` or as a page in `html` or `page`. The input is JSON text:
/// `{"old": {"pack": ..., "files": ..., "on": "2020-05-11"}, "new": {...}}`, with `gate`, `except` and `pass_uncompared`
/// as the command line has them. `{"error": ...}` if they cannot be compared.
#[wasm_bindgen]
pub fn diff(input: &str, form: &str) -> String {
    told(form, || {
        let input = Comparison::read(input)?;
        let (old, new) = (program(&input.old, "old")?, program(&input.new, "new")?);
        let sides = ((&old, input.old.on), (&new, input.new.on));
        let report = match &input.gate {
            None => byelaw::diff(sides.0, sides.1, DIFF_STEPS),
            Some(gate) => {
                byelaw::diff_gated(sides.0, sides.1, gate, DIFF_STEPS).map_err(|why| why.to_string())?
            }
        };
        Ok((report.page([&input.old.pack.folder, &input.new.pack.folder], false), report))
    })
}

fn shown(model: &Model, program: &Program, proofs: &Proofs) -> Result<(Page, Shown), String> {
    let shown = verify(model, &program.names.digest, proofs).map_err(|why| why.to_string())?;
    Ok((shown.page(false), shown))
}

fn program(side: &Side, name: &str) -> Result<Program, String> {
    let compiled = side.pack.compile().map_err(|why| format!("`{name}`: {why}"))?;
    compiled.program.ok_or_else(|| format!("`{name}` has errors or only lends words; it answers no question"))
}

/// A report in a form. `page` is what the other two say for people, in its parts, for a host that lays it out itself.
fn told<T: Serialize>(form: &str, report: impl FnOnce() -> Result<(Page, T), String>) -> String {
    if !["json", "html", "page"].contains(&form) {
        let why = format!("there is no form `{}`; it is `json`, `html` or `page`", form.escape_default());
        return failed(&why);
    }
    match report() {
        Ok((page, _)) if form == "html" => page.html(),
        Ok((page, _)) if form == "page" => json_text(&page),
        Ok((_, report)) => json_text(&report),
        Err(why) => failed(&why),
    }
}

fn json_text(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|why| failed(&why.to_string()))
}

/// Why there is nothing to tell.
pub fn failed(why: &str) -> String {
    json!({"error": why}).to_string()
}
