//! Sentences of rules in the words of the vocabulary.

use byelaw::diagnostic::Source;
use byelaw::{PackSources, SourceFile, compile_sources, spelled_out};

const POLICY: &str = r#"
policy wugs "Wugs", edition "1".
fact who of the asker, the subject, one of: wug "a wug", other-folk.
group folk "small folk" of who: wug or other-folk.
fact does of the act, the acts.
fact tool "the tool" of the thing, one of: big-saw "a big saw", other-tool.
fact spot "the spot" of the circumstances, said in <spot>, one of: den "at the den", other-spot.
fact wet "it is wet" of the circumstances, yes or no.
fact late "there is no time" of the circumstances, yes or no.
define rusty "it may rust": wet and tool is big-saw.
define sodden-late: wet and late.
act glorp "glorp": glorp <tool>.
approval chief "the nod of the chief" given by wug.
approval elder given by wug.
undertaking tidy-up "tidy up".
deed mend "mend it".
"#;

#[test]
fn names_give_way_to_what_things_are_called() {
    let source = Source { path: "wugs.pol".to_owned(), text: POLICY.to_owned() };
    let compiled = compile_sources(PackSources {
        files: vec![SourceFile { source, folder: 0 }],
        diagnostics: Vec::new(),
    });
    let program = compiled.program.as_ref().unwrap_or_else(|| panic!("{:?}", compiled.diagnostics));
    for (written, said) in [
        (
            "Despite a-b, c.d and e, folk may glorp a big-saw in den when wet provided they tidy-up.",
            "Small folk may glorp a big saw at the den when it is wet provided you tidy up.",
        ),
        (
            "Wug may only glorp when not wet and not late and tool is not big-saw if approved by chief.",
            "A wug may only glorp when it is not wet and it is not so that there is no time and the tool is not a big \
             saw with the nod of the chief.",
        ),
        (
            "Wug must mend, by \"a \\\"wug-x\\\"\", after they glorp.",
            "A wug must mend it, by \"a \\\"wug-x\\\"\", after they glorp.",
        ),
        ("Rule a-b does not apply when wet.", "Another rule does not apply when it is wet."),
        ("Other-one may glorp é.", "Other one may glorp é."),
        // An approval without words is somebody who approves.
        (
            "Wug may glorp if approved by elder and the chief.",
            "A wug may glorp if approved by elder and the nod of the chief.",
        ),
        (
            "Wug may glorp if approved by (the chief or elder).",
            "A wug may glorp with (the nod of the chief or elder).",
        ),
        // A definition is called what its author says, else by its name.
        (
            "Wug must not glorp when not rusty and sodden-late.",
            "A wug must not glorp when it may not rust and sodden late.",
        ),
    ] {
        assert_eq!(spelled_out(program, written), said);
    }
}
