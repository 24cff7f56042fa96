// The sentence of a rule in the words of the vocabulary: names give way to what people call things.
//
// Only names are replaced; the words between them stay, so that nothing is said that the rule does not say. The server
// and the command line do the same (`crates/byelaw/src/sentence.rs`).

import { phrase } from "./answer-phrases.js";
import { capital, label, words } from "./vocabulary.js";

const PARTS = /"(?:\\.|[^"\\])*"?|[a-zA-Z0-9]+(?:[-.][a-zA-Z0-9]+)*|\s+|./gsu;
const WORD = /^[a-zA-Z0-9]/;
/** What begins a part of a sentence, and what is named there. */
const BEGINS = { may: "act", must: "act", should: "act", after: "act", before: "act", when: "facts", unless: "facts", approved: "approvals", provided: "deeds", otherwise: "deeds" };

/** The sentence for people. What the vocabulary has no words for stands as written, without its hyphens. */
export function spelledOut(vocabulary, sentence) {
  const parts = alone(vocabulary, sentence).match(PARTS) ?? [];
  let part = "who";
  let about = null;
  let out = "";
  parts.forEach((word, at) => {
    const name = word.toLowerCase();
    const next = parts.slice(at + 1, at + 3).find((each) => each.trim()) ?? "";
    const compared = next === "is" || next === "includes";
    if (!WORD.test(word)) {
      out += word;
      return;
    }
    if (Object.hasOwn(BEGINS, name)) {
      // A duty is `must` and a deed, a bar `must not` and an act.
      part = (name === "must" || name === "should") && !/^(not|never)$/.test(next) ? "deeds" : BEGINS[name];
      about = null;
    }
    if (part === "facts" && compared) about = vocabulary.fact(name);
    const value = part === "facts" && about && !compared ? valueOf(vocabulary, about, name) : null;
    const said = value ?? named(vocabulary, part, name);
    // Somebody's permission comes with a thing; somebody whose permission has no words approves.
    if (said && part === "approvals" && said !== words(name)) out = out.replace(/ if approved by (?=\(*((an?|the) )?$)/, " with ");
    if (said) out = value || part !== "facts" ? joined(out, said) : stated(out, said);
    else out += part === "deeds" && name === "they" ? "you" : words(word);
  });
  return capital(out);
}

/** What a name is called in its part of the sentence; nothing if it is no name there. */
function named(vocabulary, part, name) {
  if (part === "who") return vocabulary.subject && valueOf(vocabulary, vocabulary.subject, name);
  if (part === "approvals") return labelOf(vocabulary.approval(name));
  if (part === "deeds") return labelOf(vocabulary.undertaking(name) ?? vocabulary.duty(name));
  if (part === "facts") return labelOf(vocabulary.fact(name) ?? vocabulary.definition(name));
  if (vocabulary.act(name)) return null;
  // What an act is about: several facts can have one name, of which only one is meant.
  const found = new Set(vocabulary.facts.map((fact) => valueOf(vocabulary, fact, name)).filter(Boolean));
  return found.size === 1 ? [...found][0] : labelOf(vocabulary.duty(name));
}

const labelOf = (thing) => (thing ? label(thing) : null);

function valueOf(vocabulary, fact, name) {
  return fact.kind === "acts" ? null : labelOf(vocabulary.choices(fact).find((value) => value.name === name) ?? vocabulary.group(fact, name));
}

/** What is called so stands behind what was said: with its own article or `at`, another is one too many. */
function joined(out, said) {
  if (/^(an?|the|your|somebody|something|one) /i.test(said)) return out.replace(/\b(an?|the) $/i, "") + said;
  return (/^(in|on|at) /.test(said) ? out.replace(/\b(in|on|at) $/, "") : out) + said;
}

/** What holds, or does not hold where `not` was said before it. */
function stated(out, said) {
  const before = out.replace(/\bnot $/, "");
  if (before === out) return joined(out, said);
  const verb = /^((?:it|there|[a-z]+) (?:is|are|has|have|can|could|may|will|would)) /;
  if (verb.test(said) && !/\b(no|not|never)\b/.test(said)) return before + said.replace(verb, "$1 not ");
  return /^(it|they|there|you|somebody|the|an?) /.test(said) ? before + phrase("not_so_that", { what: said }) : out + said;
}

/** The sentence without the names of other rules, which have no words: those that it goes before are told apart. */
function alone(vocabulary, sentence) {
  const aside = sentence.replace(/^Rule \S+ does not apply /, `${phrase("other_rule_aside")} `);
  const people = (name) => /^anyone$/i.test(name) || (vocabulary.subject && valueOf(vocabulary, vocabulary.subject, name.toLowerCase()));
  let left = aside.replace(/^Despite /, "");
  if (left === aside) return aside;
  for (let one = /^(\S+?)(?:,| and) /.exec(left); one && !people(one[1]); one = /^(\S+?)(?:,| and) /.exec(left)) left = left.slice(one[0].length);
  return left;
}
