//! The reader and writer of JSON beside serde_json: the same texts, the same values, the same places of what is wrong.

use byelaw_wire::json::{Object, ToJson, Value, strict};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::Value as Other;

/// The same value; numbers by what a program makes of them.
fn same(ours: &Value, other: &Other) -> bool {
    match (ours, other) {
        (Value::Null, Other::Null) => true,
        (Value::Bool(a), Other::Bool(b)) => a == b,
        (Value::String(a), Other::String(b)) => a == b,
        (Value::Number(a), Other::Number(b)) => {
            let again: serde_json::Number = serde_json::from_str(a.as_str()).expect("a number");
            a.as_i64() == b.as_i64() && again == *b
        }
        (Value::Array(a), Other::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Other::Object(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|((k, a), (l, b))| k == l && same(a, b))
        }
        _ => false,
    }
}

/// Holds one text to the other reader. A key that stands twice is a fault to us alone.
fn compare(text: &str) {
    let other: Result<Other, _> = serde_json::from_str(text);
    match (strict(text), other) {
        (Ok(ours), Ok(other)) => {
            assert!(same(&ours, &other), "{text:?}: {ours:?}, {other:?}");
            assert_eq!(strict(&ours.to_json()).as_ref(), Ok(&ours), "{text:?}");
            if !text.contains(['.', 'e', 'E']) && !text.contains("-0") && strict(text).is_ok() {
                let large = |c: &[u8]| c.len() > 18 && c.iter().all(u8::is_ascii_digit);
                if !text.as_bytes().windows(19).any(large) {
                    assert_eq!(ours.to_json(), other.to_string(), "{text:?}");
                }
            }
        }
        (Err(ours), Err(other)) if !ours.message.contains("stands twice") => {
            let full = other.to_string();
            let words = match full.split(" at line ").next().unwrap_or_default() {
                _ if other.is_eof() => "it ends too early",
                "recursion limit exceeded" => "its brackets stand more than 128 deep",
                words => words,
            };
            let expected =
                format!("this is not a question in JSON: {words} (at character {})", other.column());
            assert_eq!(ours.message, expected, "{text:?}");
        }
        (Err(ours), _) => assert!(ours.message.contains("stands twice"), "{text:?}: {}", ours.message),
        (Ok(ours), Err(other)) => panic!("{text:?}: {ours:?}, {other}"),
    }
}

fn value() -> impl Strategy<Value = Other> {
    let leaf = prop_oneof![
        Just(Other::Null),
        any::<bool>().prop_map(Other::from),
        any::<i64>().prop_map(Other::from),
        any::<u64>().prop_map(Other::from),
        any::<f64>().prop_map(Other::from),
        "\\PC{0,6}".prop_map(Other::from),
        "[\"\\\\/\u{0}-\u{20}é\u{1f600}]{0,5}".prop_map(Other::from),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Other::from),
            btree_map("[a-c\"\\\\\u{1}]{0,2}", inner, 0..4)
                .prop_map(|map| Other::Object(map.into_iter().collect())),
        ]
    })
}

/// Texts made of what JSON is made of.
fn shreds() -> impl Strategy<Value = String> {
    let shred = prop_oneof![
        "[\\[\\]{}:,\"0-9eE+.\\- \n\\\\]{1,3}",
        prop_oneof![
            Just("true"),
            Just("false"),
            Just("null"),
            Just("\"a\""),
            Just("\"a\":"),
            Just("\\u00"),
            Just("\\ud83d"),
            Just("\\ude00"),
            Just("1e309"),
            Just("-0"),
            Just("18446744073709551616"),
            Just("9223372036854775808"),
            Just("1e99999999999"),
            Just("0e99999999999"),
            Just("1e-99999999999"),
            Just("é"),
            Just("\u{7f}"),
            Just("\u{1}"),
        ]
        .prop_map(str::to_owned),
    ];
    vec(shred, 0..8).prop_map(|all| all.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 3_000, ..ProptestConfig::default() })]

    #[test]
    fn values_are_read_and_written_alike(value in value(), wide in any::<bool>()) {
        let text = if wide { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
        compare(&text.expect("it can be written"));
    }

    #[test]
    fn what_is_cut_short_or_damaged_is_judged_alike(value in value(), at in any::<usize>(), bit in 0..7_u8) {
        let text = serde_json::to_string(&value).expect("it can be written");
        for end in 0..text.len() {
            if let Some(part) = text.get(..end) {
                compare(part);
            }
        }
        let mut bytes = text.into_bytes();
        let at = at % bytes.len();
        bytes[at] ^= 1 << bit;
        if let Ok(text) = String::from_utf8(bytes) {
            compare(&text);
        }
    }

    #[test]
    fn shreds_are_judged_alike(text in shreds()) {
        compare(&text);
    }

    #[test]
    fn any_text_is_judged_alike(text in any::<String>(), bytes in vec(any::<u8>(), 0..40)) {
        compare(&text);
        compare(&String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn deep_texts_are_refused_where_the_other_reader_refuses_them() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        for deep in [1, 126, 127, 128, 129, 100_000] {
            compare(&format!("{}1{}", open.repeat(deep), close.repeat(deep)));
            compare(&open.repeat(deep));
        }
    }
}

#[test]
fn numbers_are_exact_and_given_back_as_they_came() {
    for (text, number) in [
        ("9223372036854775807", Some(i64::MAX)),
        ("-9223372036854775808", Some(i64::MIN)),
        ("9223372036854775808", None),
        ("1.0", None),
        ("1e2", None),
        ("-0", None),
        ("0", Some(0)),
    ] {
        let value = strict(text).expect("a number");
        assert_eq!(value.as_i64(), number, "{text}");
        assert_eq!(value.to_json(), text);
        compare(text);
    }
    for text in [
        "1e308",
        "1e309",
        "17976931348623157e292",
        "1e-400",
        "01",
        "-",
        "1.",
        "1e",
        ".5",
        "+1",
        "-a",
        "1e+",
        "0x1",
    ] {
        compare(text);
    }
}

#[test]
fn a_key_that_stands_twice_is_named() {
    let told = |text| strict(text).expect_err("a key stands twice").message.clone();
    assert_eq!(
        told("{\"a\":1,\"b\":[{\"c\":1, \"c\":2 }]}"),
        "this is not a question in JSON: the key `c` stands twice in one object (at character 27)"
    );
    assert_eq!(
        told("{\n\"a\":1,\"\\u0061\":2"),
        "this is not a question in JSON: the key `a` stands twice in one object (at character 16)"
    );
}

#[test]
fn what_there_is_nothing_to_tell_of_is_left_out() {
    let mut out = String::new();
    let nothing: [&dyn ToJson; 4] = [&false, &None::<bool>, &String::new(), &Vec::<bool>::new()];
    let mut object = Object::new(&mut out);
    for value in nothing {
        object.told("left out", value);
    }
    object.field("a", &false).told("b", &true).told("c", &Some(false)).field("d", &None::<u64>).end();
    assert_eq!(out, "{\"a\":false,\"b\":true,\"c\":false,\"d\":null}");
}

/// The first key that stands twice is told, where its second value ends, before whatever is wrong behind it.
#[test]
fn a_key_that_stands_twice_is_told_where_it_does() {
    for (text, key, column) in [
        (r#"{"a":1,"a":2}"#, "a", 13),
        (r#"{"b":1,"a":1,"a":2,"b":3}"#, "a", 18),
        (r#"{"a":1,"a":2,"a":3}"#, "a", 12),
        (r#"{"a":1,"a":2,"b":x"#, "a", 12),
        (r#"{"a":{"b":1,"b":2},"a":1}"#, "b", 18),
        (r#"{"a":1,"a":2,"c":{"b":1,"b":2}}"#, "a", 12),
    ] {
        let error = strict(text).expect_err(text);
        let expected = format!("the key `{key}` stands twice in one object (at character {column})");
        assert!(error.message.ends_with(&expected), "{text}: {}", error.message);
    }
}
