//! The canonical spelling, as it looks.

mod support;

use byelaw_syntax::ast::{Item, RuleBody};
use byelaw_syntax::dump;
use support::read;

fn format(text: &str) -> String {
    byelaw_syntax::format(&read(text), text).unwrap()
}

#[test]
fn rules() {
    insta::assert_snapshot!(format(
        "rule  x cites d/1,d/2 and d/3 :the Wibblers or A wobbler MAY only wibble A thing on the wobble when ((x)) unless (y is a or b) or z if approved by (p).
rule y cites d/1: Rule x does not apply when x.
rule z cites d/1: anyone except x or y or z must a,b and c, within 1 calendar day when they wibble.
rule long cites d/1: despite x, y, wibblers may wibble a wobble or wobble or wobble or wobble or wobble on a thing during wibble or wobble or wibble provided they wobble."
    ), @r#"
rule x cites d/1, d/2 and d/3:
  The wibblers or a wobbler may only wibble a thing on the wobble when x unless (y is a or b) or z
    if approved by p.
rule y cites d/1:
  Rule x does not apply when x.
rule z cites d/1:
  Anyone except x, y or z must a, b and c, within 1 calendar day, when they wibble.
rule long cites d/1:
  Despite x, y, wibblers may wibble a wobble or wobble or wobble or wobble or wobble on a thing
    during wibble or wobble or wibble provided they wobble.
"#);
}

/// What a policy quotes of itself: as above, but on one line, whatever the author's lines and comments are.
#[test]
fn parts_on_one_line() {
    let text = "rule long cites d/1: DESPITE x,\n THE wibblers  or a wobbler # who else?\n may wibble a wobble,wobble or the wobble during wibble or wobble or wibble when ((x)) if approved by (p) provided they wobble.";
    let parsed = read(text);
    let spelling = byelaw_syntax::Spelling::new(text);
    let Item::Rule(rule) = &parsed.sentences[0].item else { panic!("{parsed:?}") };
    let RuleBody::Norm(norm) = &rule.body else { panic!("{rule:?}") };
    assert_eq!(
        spelling.body(&rule.body),
        "Despite x, the wibblers or a wobbler may wibble a wobble, wobble or the wobble during wibble or wobble or wibble when x if approved by p provided they wobble."
    );
    assert_eq!(
        spelling.sentence(&parsed.sentences[0].item),
        format!("rule long cites d/1: {}", spelling.body(&rule.body))
    );
    assert_eq!(spelling.who(&norm.who), "the wibblers or a wobbler");
    assert_eq!(spelling.clauses(&norm.clauses), "when x if approved by p provided they wobble");
    assert_eq!(
        spelling.act(&norm.act),
        "wibble a wobble, wobble or the wobble during wibble or wobble or wibble"
    );
}

#[test]
fn words() {
    insta::assert_snapshot!(format(
        "fact x \"x\" of the Act, asked \"what?\", one of: a \"A\", b also \"c\",\"d\" or \"e\" meaning \"f\" or c.
add to x: d \"D\". add to x: e, f.
act x: wibble the <x> on a <y>.
policy p \"p\", silence means ask wobbler, in force from 2020-01-01.
parameter q left to the wobbler, one of: a, b, taken as b because \"x\".
matrix m \"m\" for a: x,y or z|b: anyone,row 1 cites d/1: wibble|yes|only during x,row 2 cites d/1: wobble | when x if approved by y | no."
    ), @r#"
fact x "x" of the act, asked "what?", one of:
  a "A",
  b also "c", "d" or "e" meaning "f",
  c.
add to x: d "D".
add to x:
  e,
  f.
act x: wibble the <x> on a <y>.
policy p "p", silence means ask the wobbler, in force from 2020-01-01.
parameter q left to the wobbler, one of:
  a,
  b,
  taken as b because "x".
matrix m "m" for a: x, y or z | b: anyone,
  row 1 cites d/1: wibble | yes | only during x,
  row 2 cites d/1: wobble | when x if approved by y | no.
"#);
}

#[test]
fn comments_and_blank_lines() {
    let text = "\n\n# head\n\n# of x\ndeed # inside\n x \"x\"   .   # behind \ndeed y.\n\n\n\n# of z\ndeed z. deed w. # behind w\n\n# end";
    insta::assert_snapshot!(format(text), @r#"
# head

# of x
# inside
deed x "x". # behind
deed y.

# of z
deed z.
deed w. # behind w

# end
"#);
}

#[test]
fn examples() {
    insta::assert_snapshot!(format(
        "check \"x\": a wibbler wants to wibble when x and y is 3, will not z, on 2020-01-01, approved by the a or b; expect needs approval, because r, provided z."
    ), @r#"
check "x": a wibbler wants to wibble when x and y is 3, on 2020-01-01, approved by the a and b, will
    not z;
  expect needs approval, provided z, because r.
"#);
}

#[test]
fn the_tree() {
    insta::assert_snapshot!(dump(&read(
        "rule x cites d/1: Despite y, wibblers may wibble a thing, thong or thung only on x when a and not (b is c or d) provided they e.
fact x of the act, the acts. deed"
    )), @r#"
rule x cites [d/1]
  despite: [y]
  who: [wibblers]
  modal: May
  act: wibble thing , thong +or thung +only on x
  when: (and a (not (is b [c, d])))
  provided: e
fact x
  side: act
  kind: acts
broken
"#);
}

#[test]
fn calendars() {
    insta::assert_snapshot!(format(
        "calendar x \"X\" in \"A/B\" telling the y, closed days are the wib, days beyond are wob, counting z days, open o \"O\" from 2020-01-01 until 2020-02-01, closed p on 2020-01-03,2020-01-04 or 2020-01-05 as c, closed q from 2020-01-06 until 2020-01-08, on monday or tuesday: wib until 08:40 and from 10:00, wob from 08:40 until 10:00, on 2020-01-02: wib from 00:00.
rule r cites d/1: anyone may wibble when (t is at or after 18:00 or t is before 08:00) and not (u is from 18:00 until 20:00) and v is 12:00.
check \"x\": a wibbler wants to wibble when t is 12:00, assuming nothing, on 2020-01-01 at 08:05; expect permitted."
    ), @r#"
calendar x "X" in "A/B" telling the y,
  closed days are the wib,
  days beyond are wob,
  counting z days,
  open o "O" from 2020-01-01 until 2020-02-01,
  closed p on 2020-01-03, 2020-01-04 or 2020-01-05 as c,
  closed q from 2020-01-06 until 2020-01-08,
  on monday or tuesday:
    wib until 08:40 and from 10:00,
    wob from 08:40 until 10:00,
  on 2020-01-02:
    wib from 00:00.
rule r cites d/1:
  Anyone may wibble when (t is at or after 18:00 or t is before 08:00) and not (u is from 18:00
    until 20:00) and v is 12:00.
check "x": a wibbler wants to wibble when t is 12:00, on 2020-01-01 at 08:05, assuming nothing;
  expect permitted.
"#);
}
