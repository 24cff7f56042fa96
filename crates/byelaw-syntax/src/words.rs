//! The words of the language, as the grammar has them.
//!
//! Here: which words there are, for whoever shows a text with its words told apart. Not here: what a word means, or whether
//! one is a name where it stands: a pack may use most of them as names, too.

use byelaw_grammar::Rule;

/// Every word of the language, in small letters and in the order of the alphabet, each once.
///
/// They are the grammar's own rules for words, so a word that the grammar learns is here, too.
pub fn words() -> Vec<String> {
    let rules = Rule::all_rules().iter().map(|rule| format!("{rule:?}"));
    let mut words: Vec<String> =
        rules.filter_map(|name| name.strip_prefix("k_").map(str::to_owned)).collect();
    words.sort();
    words.dedup();
    words
}
