//! Laws over random text: nothing panics, no byte is lost, the canonical spelling keeps the meaning.

mod support;

use byelaw_diagnostic::{Source, render_text};
use byelaw_syntax::{MAX_SENTENCE, decode, dump, tokenize};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use support::{file, read, sentence, shape};

/// Everything that can be done with a text, which must not panic.
fn everything(text: &str) {
    let parsed = read(text);
    let together: String = tokenize(text).map(|token| token.text(text)).collect();
    assert_eq!(together, text, "a byte was lost");
    let sources = [Source { path: "x.pol".to_owned(), text: text.to_owned() }];
    for diagnostic in &parsed.diagnostics {
        render_text(diagnostic, &sources);
        let span = diagnostic.span.expect("a message about text has a place");
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "{diagnostic:?}");
    }
    let broken = |s: &&byelaw_syntax::ast::Sentence| matches!(s.item, byelaw_syntax::ast::Item::Broken(_));
    assert!(parsed.sentences.iter().filter(broken).count() <= parsed.diagnostics.len());
    dump(&parsed);
    if let Some(formatted) = byelaw_syntax::format(&parsed, text) {
        let again = read(&formatted);
        assert_eq!(again.diagnostics, [], "{formatted}");
        assert_eq!(shape(&again), shape(&parsed), "from:\n{text}\nto:\n{formatted}");
        assert_eq!(dump(&again), dump(&parsed));
        assert_eq!(byelaw_syntax::format(&again, &formatted).as_deref(), Some(formatted.as_str()));
    }
}

proptest! {
    // The same texts in every run, so that a red run is about the change at hand.
    #![proptest_config(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_161_122),
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        match decode(&bytes) {
            Ok(text) => everything(&text),
            Err(error) => prop_assert!(error.valid_up_to <= bytes.len()),
        }
    }

    #[test]
    fn any_text(text in any::<String>()) {
        everything(&text);
    }

    #[test]
    fn any_words(words in proptest::collection::vec(proptest::sample::select(vec![
        "rule", "x", "cites", "a/1", ":", "Wibbles", "may", "must", "not", "only", "when", "(", ")", "and", "or", ",", ".", "\n",
        "check", "\"t\"", "\"", "#", "fact", "of", "the", "is", "2020-01-01", "7", "/", "|", ";", "<", ">", "unless", "approved", "by",
    ]), 0..40)) {
        everything(&words.join(" "));
    }

    #[test]
    fn any_file(text in file()) {
        everything(&text);
    }

    /// A sentence with a piece cut out of it gives at most one message.
    #[test]
    fn one_message(text in sentence(), at in any::<prop::sample::Index>(), length in 0_usize..10) {
        let text = text.replace('\n', " ") + ".";
        let start = at.index(text.len());
        let cut: String = text.char_indices().filter(|(i, _)| !(start..start + length).contains(i)).map(|(_, c)| c).collect();
        let parsed = read(&cut);
        prop_assert!(parsed.diagnostics.len() <= parsed.sentences.len(), "{cut}\n{:#?}", parsed.diagnostics);
        everything(&cut);
    }

    /// The generator writes sentences, or the laws above say nothing.
    #[test]
    fn most_sentences_can_be_read(sentences in proptest::collection::vec(sentence(), 40)) {
        let read = sentences.iter().filter(|s| s.len() > MAX_SENTENCE as usize || read(&format!("{s}.")).diagnostics.is_empty()).count();
        prop_assert!(read >= 25, "{read} of 40 can be read");
    }
}

#[test]
fn tokens_of_an_empty_file() {
    assert!(tokenize("").next().is_none());
    assert_eq!(byelaw_syntax::format(&read(""), "").as_deref(), Some(""));
}
