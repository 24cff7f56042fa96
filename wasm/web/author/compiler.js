// The compiler as the page sees it: two workers, one that is always quick to answer while somebody types, one for what
// takes long. What is asked of a text that is no longer the text is dropped.

import { ownScript } from "../trusted.js";

let module = null;

/** The compiled WASM, fetched once and given to every worker. */
function wasm() {
  module ??= WebAssembly.compileStreaming(fetch("/byelaw_checker_bg.wasm"));
  return module;
}

/** A job that was dropped because the text changed or its author stopped it. */
export class Dropped extends Error {}

class Thread {
  #worker = null;
  #waiting = new Map();
  #next = 0;
  #base = null;
  #changed = {};

  /** The files as they were opened. */
  open(base) {
    this.stop();
    this.#base = base;
    this.#changed = {};
  }

  /** What is otherwise in them now: texts by path. */
  edit(changed) {
    this.#changed = changed;
    this.#worker?.postMessage({ job: "edit", changed });
  }

  get busy() {
    return this.#waiting.size > 0;
  }

  /** Ends whatever is being worked out. */
  stop() {
    this.#worker?.terminate();
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(new Dropped());
    this.#waiting.clear();
  }

  async ask(job, details = {}) {
    const compiled = await wasm();
    this.#begin(compiled);
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ ...details, id, job });
    });
  }

  #begin(compiled) {
    if (this.#worker) return;
    const worker = new Worker(ownScript("/author/worker.js"), { type: "module" });
    this.#worker = worker;
    worker.addEventListener("message", ({ data }) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if (data.broken) {
        waiting?.reject(new Error(data.error));
        if (this.#worker === worker) this.stop();
      } else {
        waiting?.resolve(data.result);
      }
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      for (const { reject } of this.#waiting.values()) reject(new Error(event.message || "The compiler could not be started."));
      this.#waiting.clear();
      if (this.#worker === worker) this.stop();
    });
    worker.postMessage({ job: "start", module: compiled });
    if (this.#base) {
      worker.postMessage({ job: "open", ...this.#base });
      if (Object.keys(this.#changed).length > 0) worker.postMessage({ job: "edit", changed: this.#changed });
    }
  }
}

const quick = new Thread();
const thorough = new Thread();

/** Begins with the files of a pack: `{pack, files}`. */
export function open(base) {
  quick.open(base);
  thorough.open(base);
}

/** The text has changed. Whatever was being worked out about the old one is dropped. */
export function edit(changed) {
  quick.edit(changed);
  if (thorough.busy) thorough.stop();
  thorough.edit(changed);
}

/** Stops what takes long. */
export function stop() {
  thorough.stop();
}

export const language = () => quick.ask("language");
export const template = (name) => quick.ask("template", { name });
export const format = (text) => quick.ask("format", { text });
export const explain = (code) => quick.ask("explain", { code });
/** Messages about text and words, and every declared name. */
export const read = () => quick.ask("read");
/** `check`, `examples` of a path, `invariants`, `matrix` on a day, `changes`, `addendum` or `artifact`. */
export const workOut = (job, details) => thorough.ask(job, details);
