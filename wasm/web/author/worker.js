// The compiler, in a thread of its own, so that typing never waits for it.
//
// In: `open` with the files of a pack, `edit` with what is otherwise in them, and jobs about the result.
// Out: `{id, result}` or `{id, error}`; never an exception. One job at a time: whoever does not want to wait for one that
// is no longer wanted ends the worker and begins another.

import * as checker from "../byelaw_checker.js";

let ready = null;
let start = null;
let base = null;
let edited = null;
let compiled = null;
let compiledBase = null;

const input = ({ pack, files }) => JSON.stringify({ pack, files });

function current() {
  compiled ??= checker.compile(input(edited));
  return compiled;
}

/** The text is another one: what was compiled of the old one gives its room back. */
function forget() {
  compiled?.free();
  compiled = null;
}

function published() {
  compiledBase ??= checker.compile(input(base));
  return compiledBase;
}

/** How many messages of one kind of note go over at first: there can be thousands. */
const FEW = 20;

/** The messages, with those that only inform grouped by what they are about. */
function sorted(text) {
  const report = JSON.parse(text);
  if (report.error) return { error: report.error };
  const [{ diagnostics, name }] = report.packs;
  const notes = new Map();
  for (const message of diagnostics.filter((each) => each.severity === "note")) {
    if (!notes.has(message.code)) notes.set(message.code, { code: message.code, title: titleOf(message.code), count: 0, first: [] });
    const group = notes.get(message.code);
    group.count += 1;
    if (group.first.length < FEW) group.first.push(message);
  }
  return {
    name,
    errors: diagnostics.filter((each) => each.severity === "error"),
    warnings: diagnostics.filter((each) => each.severity === "warning"),
    notes: [...notes.values()],
  };
}

function titleOf(code) {
  return JSON.parse(checker.explain(code)).title ?? code;
}

/** The most steps for each proof, as the command line has it. */
const STEPS = 20_000;

const JOBS = {
  open(message) {
    base = { pack: message.pack, files: message.files };
    edited = base;
    forget();
    compiledBase?.free();
    compiledBase = null;
  },
  edit({ changed }) {
    // A file that was deleted has no text.
    const files = Object.entries({ ...base.files, ...changed }).filter(([, text]) => text !== null);
    edited = { pack: base.pack, files: Object.fromEntries(files) };
    forget();
  },
  language: () => JSON.parse(checker.language()),
  template: ({ name }) => checker.template(name),
  read() {
    const quick = checker.read(input(edited));
    try {
      return { messages: sorted(quick.diagnostics()), declared: JSON.parse(quick.declared()) };
    } finally {
      quick.free();
    }
  },
  format: ({ text }) => JSON.parse(checker.format(text)),
  explain: ({ code }) => JSON.parse(checker.explain(code)),
  check: () => sorted(current().diagnostics()),
  examples: ({ path }) => JSON.parse(current().examples_in(path)),
  invariants: () => JSON.parse(current().invariants()),
  matrix: ({ on }) => JSON.parse(current().matrix(on)),
  effects: () => JSON.parse(current().effects("page")),
  effect: ({ rule }) => JSON.parse(current().effect(rule, "page")),
  prove: () => JSON.parse(current().prove(STEPS, "page")),
  proofs: () => current().prove(STEPS, "proofs"),
  changes: () => JSON.parse(current().changes(published(), "page")),
  addendum: () => JSON.parse(current().addendum(undefined, "page")),
  artifact: () => current().artifact() ?? null,
};

self.addEventListener("message", async ({ data }) => {
  const { id, job } = data;
  if (job === "start") {
    start = data.module;
    return;
  }
  try {
    ready ??= checker.default({ module_or_path: start });
    await ready;
    const result = JOBS[job](data);
    if (id !== undefined) self.postMessage({ id, result });
  } catch (failure) {
    // After a fault nothing of this instance is used again: the page begins another worker.
    self.postMessage({ id, error: String(failure?.message ?? failure), broken: true });
  }
});
