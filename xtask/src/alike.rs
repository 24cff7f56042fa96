//! The functions of a module in another order: those that are alike stand side by side. What the module does is the same.
//!
//! Brotli tells a piece of code that came before by how far back it came, and guesses a byte from those before it. With a
//! function next to the one that it has most in common with, the evaluator is a twenty-fifth smaller on its way.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{CodeSectionReader, FunctionBody, FunctionSectionReader, Parser, Payload, TypeRef};

/// How many bytes make a piece of code.
const PIECE: usize = 5;

/// A piece that stands in more functions than these says nothing of which are alike, and takes long to count.
const COMMON: usize = 100;

/// The module with its functions in that order.
pub(crate) fn side_by_side(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut module = Module::new();
    Reordered::of(bytes)
        .and_then(|mut reordered| reordered.parse_core_module(&mut module, Parser::new(0), bytes))
        .map_err(|e| format!("the functions of the module could not be put in order: {e}"))?;
    Ok(module.finish())
}

struct Reordered {
    /// How many functions are imported; their numbers come first and stay.
    imported: u32,
    /// Which of the module's own functions comes first, and so on.
    order: Vec<usize>,
    /// The place of each in that order.
    places: Vec<u32>,
}

impl Reordered {
    fn of(bytes: &[u8]) -> Result<Self, Error<Infallible>> {
        let (mut imported, mut bodies) = (0, Vec::new());
        for payload in Parser::new(0).parse_all(bytes) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
                _ => {}
            }
        }
        let order = alike(&bodies);
        let mut places = vec![0; order.len()];
        for (place, function) in (0..).zip(&order) {
            places[*function] = place;
        }
        Ok(Self { imported, order, places })
    }
}

impl Reencode for Reordered {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        let own = function.checked_sub(self.imported).and_then(|own| self.places.get(own as usize));
        Ok(own.map_or(function, |place| self.imported + place))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let types = section.into_iter().collect::<Result<Vec<u32>, _>>()?;
        for function in &self.order {
            functions.function(types[*function]);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let bodies = section.into_iter().collect::<Result<Vec<FunctionBody<'_>>, _>>()?;
        for function in self.order.clone() {
            utils::parse_function_body(self, code, bodies[function].clone())?;
        }
        Ok(())
    }
}

/// An order of functions: after the first, each is the one of those left that has the most pieces in common with the one
/// before it.
fn alike(bodies: &[&[u8]]) -> Vec<usize> {
    let pieces: Vec<BTreeSet<&[u8]>> = bodies.iter().map(|body| body.windows(PIECE).collect()).collect();
    let mut with: BTreeMap<&[u8], Vec<usize>> = BTreeMap::new();
    for (function, pieces) in pieces.iter().enumerate() {
        for piece in pieces {
            with.entry(piece).or_default().push(function);
        }
    }
    with.retain(|_, functions| functions.len() <= COMMON);
    let mut left: BTreeSet<usize> = (0..bodies.len()).collect();
    let mut order = Vec::new();
    let mut next = left.pop_first();
    while let Some(function) = next {
        order.push(function);
        let mut common: BTreeMap<usize, usize> = BTreeMap::new();
        for other in pieces[function].iter().filter_map(|piece| with.get(piece)).flatten() {
            if left.contains(other) {
                *common.entry(*other).or_default() += 1;
            }
        }
        // Of several the first.
        let nearest = common.into_iter().rev().max_by_key(|(_, pieces)| *pieces).map(|(other, _)| other);
        next = nearest.or_else(|| left.first().copied());
        if let Some(next) = next {
            left.remove(&next);
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        ConstExpr, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function, ImportSection,
        Instruction, RefType, TableSection, TableType, TypeSection,
    };

    /// A module with one import and four functions, each with a call of the one before it; the first and the third are alike.
    fn module() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        types.ty().function([], [wasm_encoder::ValType::I64]);
        let mut imports = ImportSection::new();
        imports.import("a", "b", EntityType::Function(0));
        let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
        for (own, number) in [(0, 0x1234_5678_9abc), (1, 77), (2, 0x1234_5678_9abc), (3, 99)] {
            functions.function(own % 2);
            let mut function = Function::new([]);
            function.instruction(&Instruction::Call(own));
            function.instruction(&Instruction::I64Const(number));
            function.instruction(&Instruction::Drop);
            function.instruction(&Instruction::End);
            code.function(&function);
        }
        let mut tables = TableSection::new();
        tables.table(TableType {
            element_type: RefType::FUNCREF,
            table64: false,
            minimum: 1,
            maximum: None,
            shared: false,
        });
        let mut elements = ElementSection::new();
        elements.active(None, &ConstExpr::i32_const(0), Elements::Functions([4].as_slice().into()));
        let mut exports = ExportSection::new();
        for (name, own) in [("one", 1), ("two", 2), ("three", 3), ("four", 4)] {
            exports.export(name, ExportKind::Func, own);
        }
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&tables);
        module.section(&exports).section(&elements).section(&code);
        module.finish()
    }

    /// Of each export: the type and the code of its function, in which a call has the name of the export that it is of; then what is
    /// in the table.
    fn told(bytes: &[u8]) -> (Vec<String>, Vec<String>) {
        let (mut names, mut types, mut bodies, mut table) =
            (BTreeMap::new(), Vec::new(), Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(bytes) {
            match payload.expect("a module") {
                Payload::FunctionSection(section) => {
                    types.extend(section.into_iter().map(|one| one.expect("a type")))
                }
                Payload::ExportSection(section) => {
                    names.extend(
                        section
                            .into_iter()
                            .map(|one| one.expect("an export"))
                            .map(|one| (one.index, one.name.to_owned())),
                    );
                }
                Payload::ElementSection(section) => {
                    for element in section {
                        if let wasmparser::ElementItems::Functions(all) = element.expect("an element").items {
                            table.extend(all.into_iter().map(|one| one.expect("a function")));
                        }
                    }
                }
                Payload::CodeSectionEntry(body) => bodies.push(body),
                _ => {}
            }
        }
        let name = |function: u32| names.get(&function).cloned().unwrap_or_else(|| "imported".to_owned());
        let each = (1..).zip(types.iter().zip(&bodies)).map(|(function, (ty, body))| {
            let code: Vec<String> = body
                .get_operators_reader()
                .expect("code")
                .into_iter()
                .map(|one| match one.expect("an instruction") {
                    wasmparser::Operator::Call { function_index } => format!("call {}", name(function_index)),
                    other => format!("{other:?}"),
                })
                .collect();
            format!("{}: {ty} {code:?}", name(function))
        });
        let mut each: Vec<String> = each.collect();
        each.sort();
        (each, table.into_iter().map(name).collect())
    }

    #[test]
    fn functions_that_are_alike_come_together_and_do_what_they_did() {
        let (before, after) = (module(), side_by_side(&module()).expect("it is a module"));
        assert_eq!(told(&before), told(&after));
        assert_eq!(Reordered::of(&before).expect("it is a module").order, [0, 2, 1, 3]);
        assert_ne!(before, after);
        // What is in order stays as it is.
        assert_eq!(side_by_side(&after).expect("it is a module"), after);
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert!(side_by_side(b"no module").is_err());
        let module = module();
        assert!(side_by_side(&module[..module.len() - 1]).is_err());
    }
}
