//! The verdict in words. The one place here that says yes, and it says it for the outcome `permitted` only.

use super::told::{Decision, Vocabulary, Way};
use super::words::{fill, listed, phrases as p};

/// The look of the panel, the verdict, and what stands under it.
pub(crate) struct Verdict {
    pub kind: &'static str,
    pub heading: String,
    pub below: Vec<String>,
}

fn verdict_of(kind: &'static str, heading: impl Into<String>, below: &[&str]) -> Verdict {
    Verdict { kind, heading: heading.into(), below: below.iter().map(|text| (*text).to_owned()).collect() }
}

pub(crate) fn verdict(decision: &Decision, vocabulary: &Vocabulary, approved: &[String]) -> Verdict {
    let none = || verdict_of("none", p::NO_ANSWER, &[p::NO_ANSWER_BELOW]);
    if decision.error.is_some() {
        return none();
    }
    match decision.outcome.as_str() {
        "permitted" if decision.exact => yes(decision, vocabulary, approved),
        "needs_approval" => approval(decision, vocabulary, approved),
        "forbidden" => verdict_of("no", p::NO, &[p::NO_BELOW]),
        "not_covered" => silent(decision, vocabulary),
        "needs_facts" => depends(decision, vocabulary),
        _ => none(),
    }
}

fn yes(decision: &Decision, vocabulary: &Vocabulary, approved: &[String]) -> Verdict {
    let free: Vec<&Way> = decision.ways.iter().filter(|way| missing(way, approved).is_empty()).collect();
    let usable = if free.is_empty() { decision.ways.iter().collect() } else { free };
    let needs_nothing = usable.is_empty() || usable.iter().any(|way| way.provided.is_empty());
    let mut below = Vec::new();
    if !decision.duties.is_empty() {
        below.push(p::AS_WELL_BELOW);
    }
    let assumed = !decision.assumed.is_empty();
    if !needs_nothing {
        if assumed {
            below.insert(0, p::UNTOLD_BELOW);
        }
        let heading = match usable.as_slice() {
            [one] if one.provided.len() > 2 => {
                fill(p::YES_ALL_OF, &[("count", &one.provided.len().to_string())])
            }
            [one] => {
                let deeds: Vec<String> =
                    one.provided.iter().map(|name| decision.text_of(vocabulary, name)).collect();
                fill(p::YES_IF, &[("deeds", &listed(&deeds, "and"))])
            }
            _ => p::YES_ONE_OF.to_owned(),
        };
        return verdict_of("yes-if", heading, &below);
    }
    if assumed {
        below.insert(0, p::CHECK_ASSUMED);
        return verdict_of("yes-if", p::YES_ASSUMED, &below);
    }
    if !decision.open.is_empty() {
        return verdict_of("yes-if", p::YES_OPEN, &below);
    }
    if !decision.unconditional {
        return verdict_of("yes-if", p::YES_CONDITIONS, &below);
    }
    verdict_of("yes", p::YES, &below)
}

fn approval(decision: &Decision, vocabulary: &Vocabulary, approved: &[String]) -> Verdict {
    let wanted: Vec<Vec<&String>> = decision
        .ways
        .iter()
        .map(|way| {
            let left = missing(way, approved);
            if left.is_empty() { way.approvals.iter().collect() } else { left }
        })
        .collect();
    let labels = |names: &[&String]| -> Vec<String> {
        names.iter().map(|name| vocabulary.approval_label(name)).collect()
    };
    if let [only] = wanted.as_slice()
        && (1..=2).contains(&only.len())
    {
        let approvals = listed(&labels(only), "and");
        return verdict_of("approval", fill(p::YOU_NEED, &[("approvals", &approvals)]), &[p::APPROVAL_BELOW]);
    }
    // What every way needs is named; what only some need is below.
    let first = wanted.first().map(Vec::as_slice).unwrap_or_default();
    let common: Vec<&String> = first
        .iter()
        .copied()
        .filter(|name| wanted.iter().all(|names| names.contains(name)))
        .take(2)
        .collect();
    let heading = if common.is_empty() {
        p::YOU_NEED_APPROVAL.to_owned()
    } else {
        fill(p::YOU_NEED_MORE, &[("approvals", &labels(&common).join(", "))])
    };
    verdict_of("approval", heading, &[p::ALL_BELOW, p::APPROVAL_BELOW])
}

fn silent(decision: &Decision, vocabulary: &Vocabulary) -> Verdict {
    let silence = decision.by_silence.as_ref().unwrap_or(&vocabulary.silence);
    match silence.means.as_str() {
        "forbidden" => verdict_of("no", p::SILENT_NO, &[p::SILENT_NO_BELOW]),
        "allowed" => verdict_of("silent", p::SILENT, &[p::SILENT_ALLOWED_BELOW]),
        _ => {
            let whom = silence.ask_whom.as_deref().filter(|whom| !whom.is_empty());
            let heading = whom.map_or(p::SILENT_ASK.to_owned(), |whom| {
                fill(p::SILENT_ASK_WHOM, &[("person", &the_one(&vocabulary.person(whom)))])
            });
            verdict_of("silent", heading, &[p::SILENT_BELOW])
        }
    }
}

fn depends(decision: &Decision, vocabulary: &Vocabulary) -> Verdict {
    let matter = |name: &String| match (name.as_str(), vocabulary.fact(name)) {
        ("on", _) => p::THE_DATE.to_owned(),
        (_, Some(fact)) if fact.kind == "yes_no" => fill(p::WHETHER, &[("matter", &fact.word.label())]),
        _ => vocabulary.fact_label(name),
    };
    let names: Vec<String> = decision.needs.iter().take(3).map(matter).collect();
    let possible: Vec<&str> = decision.possible.iter().filter_map(|each| outcome_words(each)).collect();
    let could_be = fill(p::COULD_BE, &[("outcomes", &listed(&possible, "or"))]);
    let below = [could_be.as_str(), p::UNTIL_SETTLED];
    let below = if possible.is_empty() { below.get(1..).unwrap_or_default() } else { &below };
    let heading = if names.is_empty() {
        let open: Vec<String> =
            decision.open.iter().take(2).map(|each| vocabulary.fact_label(&each.name)).collect();
        if open.is_empty() {
            p::DEPENDS.to_owned()
        } else {
            fill(p::DEPENDS_ON, &[("matters", &listed(&open, "and"))])
        }
    } else if decision.needs.len() > names.len() {
        fill(p::DEPENDS_MORE, &[("matters", &names.join(", "))])
    } else {
        fill(p::DEPENDS_ON, &[("matters", &listed(&names, "and"))])
    };
    verdict_of("depends", heading, below)
}

/// An outcome that may come about, in a few words.
pub(crate) fn outcome_words(outcome: &str) -> Option<&'static str> {
    Some(match outcome {
        "permitted" => p::ALLOWED,
        "needs_approval" => p::ALLOWED_APPROVAL,
        "forbidden" => p::NOT_ALLOWED,
        "not_covered" => p::NOT_COVERED,
        "needs_facts" => p::IT_DEPENDS,
        _ => return None,
    })
}

/// The approvals of a way that nobody has given yet.
pub(crate) fn missing<'a>(way: &'a Way, approved: &[String]) -> Vec<&'a String> {
    way.approvals.iter().filter(|name| !approved.contains(name)).collect()
}

/// Whom to ask: the one there is, so `a ...` is `the ...`.
fn the_one(person: &str) -> String {
    let bare = ["a ", "an ", "the "].iter().find_map(|article| person.strip_prefix(article));
    format!("the {}", bare.unwrap_or(person))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_exact_permission_is_a_yes() {
        let vocabulary = Vocabulary::default();
        for outcome in
            ["permitted", "needs_approval", "forbidden", "not_covered", "needs_facts", "", "Permitted", "yes"]
        {
            for exact in [true, false] {
                for error in [None, Some(super::super::told::Wrong::default())] {
                    let fails = error.is_some();
                    let decision = Decision {
                        outcome: outcome.to_owned(),
                        exact,
                        unconditional: true,
                        error,
                        ..Decision::default()
                    };
                    let said = verdict(&decision, &vocabulary, &[]);
                    let yes = outcome == "permitted" && exact && !fails;
                    assert_eq!(said.heading == p::YES, yes, "{outcome} {exact} {fails}");
                    assert_eq!(said.kind.starts_with("yes"), yes, "{outcome} {exact} {fails}");
                }
            }
        }
    }

    #[test]
    fn a_permission_with_something_beside_it_is_no_bare_yes() {
        let vocabulary = Vocabulary::default();
        let bare = || Decision {
            outcome: "permitted".to_owned(),
            exact: true,
            unconditional: true,
            ..Decision::default()
        };
        let way = |deeds: &[&str]| Way {
            approvals: Vec::new(),
            provided: deeds.iter().map(|deed| (*deed).to_owned()).collect(),
        };
        let said = |decision: &Decision| verdict(decision, &vocabulary, &[]).heading;
        assert_eq!(said(&bare()), p::YES);
        assert_ne!(said(&Decision { unconditional: false, ..bare() }), p::YES);
        assert_ne!(said(&Decision { assumed: vec![Default::default()], ..bare() }), p::YES);
        assert_ne!(said(&Decision { open: vec![Default::default()], ..bare() }), p::YES);
        assert_eq!(said(&Decision { ways: vec![way(&["tidy-up"])], ..bare() }), "Yes, if you tidy up");
        let three = Decision { ways: vec![way(&["a", "b", "c"])], ..bare() };
        assert_eq!(said(&three), "Yes, if you do these 3 things");
        let either = Decision { ways: vec![way(&["a"]), way(&["b"])], ..bare() };
        assert_eq!(said(&either), p::YES_ONE_OF);
    }
}
