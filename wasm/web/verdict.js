// The verdict in words. The one place that says Yes, and it says it for the outcome `permitted` only.

import { phrase } from "./answer-phrases.js";
import { label, listed } from "./vocabulary.js";

/**
 * kind: yes, yes-if, approval, no, silent, depends, none (the look of the panel);
 * heading: the verdict; lead: one or two sentences under it.
 */
export function verdict(decision, vocabulary, approved = []) {
  if (decision.error) return noAnswer();
  switch (decision.outcome) {
    case "permitted":
      return decision.exact === false ? noAnswer() : yes(decision, vocabulary, approved);
    case "needs_approval":
      return approval(decision, vocabulary, approved);
    case "forbidden":
      return { kind: "no", heading: phrase("no"), lead: [phrase("no_below")] };
    case "not_covered":
      return silent(decision, vocabulary);
    case "needs_facts":
      return depends(decision, vocabulary);
    default:
      return noAnswer();
  }
}

function noAnswer() {
  return { kind: "none", heading: phrase("no_answer"), lead: [phrase("no_answer_below")] };
}

function yes(decision, vocabulary, approved) {
  const ways = waysOf(decision);
  const free = ways.filter((way) => missing(way, approved).length === 0);
  const usable = free.length ? free : ways;
  const conditions = usable.map((way) => way.provided);
  const needsNothing = usable.length === 0 || conditions.some((names) => names.length === 0);
  const lead = (decision.duties ?? []).length ? [phrase("as_well_below")] : [];
  const assumed = (decision.assumed ?? []).length > 0;
  if (!needsNothing) {
    if (assumed) lead.unshift(phrase("untold_below"));
    if (conditions.length > 1) return { kind: "yes-if", heading: phrase("yes_one_of"), lead };
    if (conditions[0].length > 2) return { kind: "yes-if", heading: phrase("yes_all_of", { count: conditions[0].length }), lead };
    const deeds = conditions[0].map((name) => textOf(decision, vocabulary, name));
    return { kind: "yes-if", heading: phrase("yes_if", { deeds: listed(deeds) }), lead };
  }
  if (assumed) return { kind: "yes-if", heading: phrase("yes_assumed"), lead: [phrase("check_assumed"), ...lead] };
  if ((decision.open ?? []).length) return { kind: "yes-if", heading: phrase("yes_open"), lead };
  if (decision.unconditional !== true) return { kind: "yes-if", heading: phrase("yes_conditions"), lead };
  return { kind: "yes", heading: phrase("yes"), lead };
}

function approval(decision, vocabulary, approved) {
  const ways = waysOf(decision);
  const wanted = ways.map((way) => {
    const left = missing(way, approved);
    return left.length ? left : way.approvals;
  });
  const lead = [phrase("approval_below")];
  if (wanted.length === 1 && wanted[0].length > 0 && wanted[0].length <= 2) {
    return { kind: "approval", heading: phrase("you_need", { approvals: listed(wanted[0].map((name) => approvalLabel(vocabulary, name))) }), lead };
  }
  // What every way needs is named; what only some need is below.
  const common = (wanted[0] ?? []).filter((name) => wanted.every((names) => names.includes(name)));
  const heading = common.length === 0 ? phrase("you_need_approval") : phrase("you_need_more", { approvals: common.slice(0, 2).map((name) => approvalLabel(vocabulary, name)).join(", ") });
  return { kind: "approval", heading, lead: [phrase("all_below"), ...lead] };
}

function silent(decision, vocabulary) {
  const { means = "ask", ask_whom: whom } = decision.by_silence ?? vocabulary.silence;
  if (means === "forbidden") {
    return { kind: "no", heading: phrase("silent_no"), lead: [phrase("silent_no_below")] };
  }
  if (means === phrase("allowed")) {
    return { kind: "silent", heading: phrase("silent"), lead: [phrase("silent_allowed_below")] };
  }
  const heading = whom ? phrase("silent_ask_whom", { person: theOne(vocabulary.person(whom)) }) : phrase("silent_ask");
  return { kind: "silent", heading, lead: [phrase("silent_below")] };
}

function depends(decision, vocabulary) {
  const names = (decision.needs ?? []).slice(0, 3).map((name) => (name === "on" ? phrase("the_date") : matter(vocabulary, name)));
  const more = (decision.needs ?? []).length > names.length;
  const lead = [];
  const possible = (decision.possible ?? []).map(outcomeWords).filter(Boolean);
  if (possible.length) lead.push(phrase("could_be", { outcomes: listed(possible, "or") }));
  lead.push(phrase("until_settled"));
  if (names.length === 0) {
    const open = (decision.open ?? []).map((each) => factLabel(vocabulary, each.name));
    const heading = open.length ? phrase("depends_on", { matters: listed(open.slice(0, 2)) }) : phrase("depends");
    return { kind: "depends", heading, lead };
  }
  return { kind: "depends", heading: more ? phrase("depends_more", { matters: names.join(", ") }) : phrase("depends_on", { matters: listed(names) }), lead };
}

/** An outcome that may come about, in a few words. */
export function outcomeWords(outcome) {
  return {
    permitted: "allowed",
    needs_approval: phrase("allowed_approval"),
    forbidden: phrase("not_allowed"),
    not_covered: phrase("not_covered"),
    needs_facts: phrase("it_depends"),
  }[outcome];
}

/** The alternatives, each `{approvals, provided}`. */
export function waysOf(decision) {
  const ways = (decision.ways ?? []).map((way) => ({ approvals: way.approvals ?? [], provided: way.provided ?? [] }));
  if (ways.length) return ways;
  const provided = (decision.provided ?? []).map((each) => each.name);
  const approvals = decision.approvals ?? [];
  if (approvals.length) return approvals.map((names) => ({ approvals: names, provided }));
  return provided.length ? [{ approvals: [], provided }] : [];
}

export function missing(way, approved) {
  return way.approvals.filter((name) => !approved.includes(name));
}

export function textOf(decision, vocabulary, name) {
  const given = (decision.provided ?? []).find((each) => each.name === name)?.text;
  return given || vocabulary.deed(name);
}

export function approvalLabel(vocabulary, name) {
  return label(vocabulary.approval(name) ?? { name });
}

export function factLabel(vocabulary, name) {
  const fact = vocabulary.fact(name) ?? { name };
  return label(fact);
}

/** A fact as what an answer can depend on. */
function matter(vocabulary, name) {
  return vocabulary.fact(name)?.kind === "yes_no" ? phrase("whether", { matter: factLabel(vocabulary, name) }) : factLabel(vocabulary, name);
}

/** Whom to ask: the one there is, so `a ...` is `the ...`. */
function theOne(person) {
  const bare = person.replace(/^(an?|the) /, "");
  return `the ${bare}`;
}

