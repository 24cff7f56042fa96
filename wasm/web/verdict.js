// The verdict in words. The one place that says Yes, and it says it for the outcome `permitted` only.

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
      return { kind: "no", heading: "No", lead: ["This policy does not allow it."] };
    case "not_covered":
      return silent(decision, vocabulary);
    case "needs_facts":
      return depends(decision, vocabulary);
    default:
      return noAnswer();
  }
}

function noAnswer() {
  return { kind: "none", heading: "No answer", lead: ["We could not work out an answer. Do not take this as a yes."] };
}

function yes(decision, vocabulary, approved) {
  const ways = waysOf(decision);
  const free = ways.filter((way) => missing(way, approved).length === 0);
  const usable = free.length ? free : ways;
  const conditions = usable.map((way) => way.provided);
  const needsNothing = usable.length === 0 || conditions.some((names) => names.length === 0);
  const lead = (decision.duties ?? []).length ? ["There is something that must be done as well. It is set out below."] : [];
  const assumed = (decision.assumed ?? []).length > 0;
  if (!needsNothing) {
    if (assumed) lead.unshift("This also rests on things that you have not told us. Check them below.");
    if (conditions.length > 1) return { kind: "yes-if", heading: "Yes, if you do one of these", lead };
    if (conditions[0].length > 2) return { kind: "yes-if", heading: `Yes, if you do these ${conditions[0].length} things`, lead };
    const deeds = conditions[0].map((name) => textOf(decision, vocabulary, name));
    return { kind: "yes-if", heading: `Yes, if you ${listed(deeds)}`, lead };
  }
  if (assumed) return { kind: "yes-if", heading: "Yes, if what we assume is right", lead: ["Check what we assume below.", ...lead] };
  if ((decision.open ?? []).length) return { kind: "yes-if", heading: "Yes, but part of it is left open", lead };
  if (decision.unconditional !== true) return { kind: "yes-if", heading: "Yes, on the conditions below", lead };
  return { kind: "yes", heading: "Yes", lead };
}

function approval(decision, vocabulary, approved) {
  const ways = waysOf(decision);
  const wanted = ways.map((way) => {
    const left = missing(way, approved);
    return left.length ? left : way.approvals;
  });
  const lead = ["Do not go ahead until you have it."];
  if (wanted.length === 1 && wanted[0].length > 0 && wanted[0].length <= 2) {
    return { kind: "approval", heading: `You need ${listed(wanted[0].map((name) => approvalLabel(vocabulary, name)))}`, lead };
  }
  // What every way needs is named; what only some need is below.
  const common = (wanted[0] ?? []).filter((name) => wanted.every((names) => names.includes(name)));
  const heading = common.length === 0 ? "You need approval" : `You need ${common.slice(0, 2).map((name) => approvalLabel(vocabulary, name)).join(", ")} and more`;
  return { kind: "approval", heading, lead: ["All that you need is set out below.", ...lead] };
}

function silent(decision, vocabulary) {
  const { means = "ask", ask_whom: whom } = decision.by_silence ?? vocabulary.silence;
  if (means === "forbidden") {
    return { kind: "no", heading: "The policy does not say, so no", lead: ["What this policy does not mention, it does not allow."] };
  }
  if (means === "allowed") {
    return { kind: "silent", heading: "The policy does not say", lead: ["This policy leaves alone what it does not mention. That is not a permission: other rules may still apply."] };
  }
  const heading = whom ? `The policy does not say: ask ${theOne(vocabulary.person(whom))}` : "The policy does not say: ask first";
  return { kind: "silent", heading, lead: ["Nothing in this policy speaks about it. That is not a yes."] };
}

function depends(decision, vocabulary) {
  const names = (decision.needs ?? []).slice(0, 3).map((name) => (name === "on" ? "the date" : matter(vocabulary, name)));
  const more = (decision.needs ?? []).length > names.length;
  const lead = [];
  const possible = (decision.possible ?? []).map(outcomeWords).filter(Boolean);
  if (possible.length) lead.push(`The answer could be: ${listed(possible, "or")}.`);
  lead.push("Until it is settled, this is not a yes.");
  if (names.length === 0) {
    const open = (decision.open ?? []).map((each) => factLabel(vocabulary, each.name));
    const heading = open.length ? `It depends on ${listed(open.slice(0, 2))}` : "It depends";
    return { kind: "depends", heading, lead };
  }
  return { kind: "depends", heading: `It depends on ${more ? `${names.join(", ")} and more` : listed(names)}`, lead };
}

/** An outcome that may come about, in a few words. */
export function outcomeWords(outcome) {
  return {
    permitted: "allowed",
    needs_approval: "allowed with somebody’s approval",
    forbidden: "not allowed",
    not_covered: "not covered by the policy",
    needs_facts: "it depends",
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
  return `${vocabulary.fact(name)?.kind === "yes_no" ? "whether " : ""}${factLabel(vocabulary, name)}`;
}

/** Whom to ask: the one there is, so `a ...` is `the ...`. */
function theOne(person) {
  const bare = person.replace(/^(an?|the) /, "");
  return `the ${bare}`;
}

