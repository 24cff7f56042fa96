// The evaluator: loading it and the packs, and asking it. Whatever goes wrong here is "no answer", never a yes.

import { draftOffered } from "./draft.js";
import { Later } from "./later.js";
import { Vocabulary } from "./vocabulary.js";

const OUTCOMES = new Set(["permitted", "needs_approval", "forbidden", "not_covered", "needs_facts"]);
const opened = new Map();
let glue = null;
let instances = 0;

async function evaluator() {
  glue ??= load();
  return glue;
}

/** Begins to load the evaluator, for what will be asked soon. */
export function getReady() {
  // What fails here is said when it is needed.
  evaluator().catch(() => {});
}

async function load() {
  // A module under another address is another instance: after a failure nothing of the failed one is used again.
  const address = instances === 0 ? "./byelaw_eval.js" : `./byelaw_eval.js?instance=${instances}`;
  const module = await import(address);
  await module.default();
  return module;
}

async function fetched(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} could not be loaded (${response.status}).`);
  return response;
}

const bytesAt = (address) => fetched(address).then((response) => response.arrayBuffer());

let listing = null;

/** The policies on offer: `[{name, title, edition, answers, reasons, words, tables}]`; answers: what it takes to ask and to decide; reasons: what it takes besides to tell why; words: to read people's own. */
export async function packs() {
  listing ??= fetched("packs.json").then((response) => response.json());
  try {
    return [...(await listing), ...(await draftOffered())];
  } catch (failure) {
    listing = null;
    throw failure;
  }
}

/** A policy ready to be asked: the evaluator that holds it, its vocabulary, and the sentences that tell why (`reasons`). */
export async function open(pack) {
  if (!opened.has(pack.name)) {
    const file = pack.bytes ? pack.bytes() : bytesAt(pack.answers);
    const [module, compiled] = await Promise.all([evaluator(), file]);
    const bytes = new Uint8Array(compiled);
    const policy = pack.bytes ? new module.Policy(bytes) : module.Policy.withoutTexts(bytes);
    /** Learns a part of the policy that is elsewhere. A policy that says nothing of it has none to learn. */
    const learn = async (address) => {
      const part = address ? new Uint8Array(await bytesAt(address)) : [];
      if (part.length > 0) policy.learn(part);
    };
    const words = new Later(() => learn(pack.words).then(() => JSON.parse(policy.vocabulary())));
    opened.set(pack.name, { policy, vocabulary: new Vocabulary(JSON.parse(policy.vocabulary()), words), reasons: new Later(() => learn(pack.reasons)) });
  }
  return opened.get(pack.name);
}

const tables = new Map();

/** The tables of a policy on all days, `{stretches: [{from, matrices}]}`; null if none of them is here. */
export async function tablesOf(pack) {
  if (!pack.tables) return null;
  if (!tables.has(pack.name)) tables.set(pack.name, await (await fetched(pack.tables.file)).json());
  return tables.get(pack.name);
}

/** The decision, or `{error}`. Never throws. */
export function decide(policy, question) {
  let decision;
  try {
    decision = JSON.parse(policy.decide(JSON.stringify(question)));
  } catch {
    opened.clear();
    glue = null;
    instances += 1;
    return broken("The evaluator stopped before it had an answer.");
  }
  if (decision && typeof decision.error === "object" && decision.error !== null) return { error: decision.error };
  if (!decision || decision.v !== 1 || !OUTCOMES.has(decision.outcome)) return broken("The evaluator gave something that is not an answer.");
  return decision;
}

function broken(message) {
  return { error: { code: "no-answer", message } };
}
