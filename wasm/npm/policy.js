// A policy that is asked: the one class behind all ways into this package.
//
// In: the evaluator's glue, bytes of compiled policies, questions. Out: `{ ok: true, decision }` or `{ ok: false, error }`.
// Never here: a rule, or anything but the evaluator's own decision that could be taken for a yes.

import { isWhole, LONGEST, Refusal, tooLong, written } from "./written.js";

const OUTCOMES = new Set(["permitted", "needs_approval", "forbidden", "not_covered", "needs_facts"]);

const told = ({ code, message, at }) => (at === "" ? { code, message } : { code, message, at });
const refused = (refusal) => ({ ok: false, error: told(refusal) });
const said = (refusal) => written({ error: told(refusal) });

/** The evaluator, one instance at a time. What broke is never used again. */
class Engine {
  #glue;
  /** Whether a call has begun and not come to its end. */
  #begun = false;
  /** Which instance this is: what belongs to an earlier one is gone. */
  instance = 0;

  constructor(glue, module) {
    this.#glue = glue;
    glue.initSync({ module });
  }

  /** Runs one call. If it does not come to its end, whatever the reason, the next call gets a fresh instance. */
  run(call) {
    if (this.#begun) {
      this.#glue.__wbg_reset_state();
      this.instance += 1;
    }
    this.#begun = true;
    const result = call(this.#glue);
    this.#begun = false;
    return result;
  }
}

/** Why bytes are no policy. */
export class NotAPolicy extends Error {
  name = "NotAPolicy";
}

class Policy {
  #engine;
  #bytes;
  #loaded = null;
  #instance = -1;

  constructor(engine, bytes) {
    this.#engine = engine;
    this.#bytes = bytes;
    let wrong = null;
    engine.run((glue) => {
      try {
        this.#load(glue);
      } catch (thrown) {
        // The evaluator says what is wrong as a text; all else is a failure of the evaluator.
        if (typeof thrown !== "string") throw thrown;
        wrong = thrown;
      }
    });
    if (wrong !== null) throw new NotAPolicy(wrong);
  }

  #load(glue) {
    this.#loaded = new glue.Policy(this.#bytes);
    this.#instance = this.#engine.instance;
  }

  /** Asks the evaluator; after a fresh start the policy is loaded once more from its bytes. */
  #ask(call) {
    return this.#engine.run((glue) => {
      if (this.#instance !== this.#engine.instance) this.#load(glue);
      return call(this.#loaded);
    });
  }

  decide(question) {
    let text;
    try {
      text = written(question);
    } catch (thrown) {
      return unwritten(thrown);
    }
    return read(this.decideText(text));
  }

  allows(question) {
    try {
      const asked = JSON.parse(written(question));
      // What would change the answer takes long to find, and is not looked at.
      asked.would_change = false;
      return read(this.decideText(written(asked))).decision?.unconditional === true;
    } catch {
      return false;
    }
  }

  decideText(text) {
    try {
      if (typeof text !== "string") return said(new Refusal("type", "a question is a text in JSON"));
      // Half characters take a byte or more each: what is longer than this need not be copied to be refused.
      if (text.length > LONGEST) return said(tooLong());
      if (!isWhole(text)) return said(new Refusal("json", "the text has half a character (a lone surrogate) in it"));
      if (this.#bytes === null) return said(new Refusal("internal", "this policy was freed"));
      return this.#ask((policy) => policy.decide(text));
    } catch {
      return '{"error":{"code":"internal","message":"the evaluator stopped before it had an answer"}}';
    }
  }

  vocabulary() {
    if (this.#bytes === null) throw new Error("this policy was freed");
    return JSON.parse(this.#ask((policy) => policy.vocabulary()));
  }

  free() {
    if (this.#bytes === null) return;
    this.#bytes = null;
    const loaded = this.#loaded;
    this.#loaded = null;
    try {
      if (this.#instance === this.#engine.instance) this.#engine.run(() => loaded.free());
    } catch {
      // The instance is replaced before it is used again, and its memory goes with it.
    }
  }
}
if (Symbol.dispose) Policy.prototype[Symbol.dispose] = Policy.prototype.free;

/** An answer's text as an object. What is not a decision in every respect that a caller acts on is none. */
function read(text) {
  try {
    const answer = JSON.parse(text);
    if (Object.hasOwn(answer, "error")) return { ok: false, ...answer };
    const sound = answer.v === 1 && OUTCOMES.has(answer.outcome) && typeof answer.unconditional === "boolean";
    if (sound && (answer.outcome === "permitted" || !answer.unconditional)) return { ok: true, decision: answer };
  } catch {
    // Said below.
  }
  return refused(new Refusal("internal", "the evaluator gave something that is not an answer"));
}

/** Why a value is no question. A getter or a proxy may have thrown anything. */
function unwritten(thrown) {
  const wrong = thrown instanceof Refusal ? thrown : new Refusal("type", "the question could not be read: something in it threw an error");
  return refused(wrong);
}

/** The way in for one target: `module` gives the compiled WebAssembly module, and is asked once if it succeeds. */
export function loader(glue, module) {
  let engine = null;
  return async (bytes) => {
    const own = copied(bytes);
    engine ??= Promise.resolve(module()).then((compiled) => new Engine(glue, compiled));
    let ready;
    try {
      ready = await engine;
    } catch (failure) {
      engine = null;
      throw failure;
    }
    return new Policy(ready, own);
  };
}

/** The bytes are kept for a fresh start; a caller that changes its own changes nothing here. */
function copied(bytes) {
  if (ArrayBuffer.isView(bytes)) return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength).slice();
  if (bytes instanceof ArrayBuffer) return new Uint8Array(bytes).slice();
  throw new TypeError("a compiled policy is a Uint8Array or an ArrayBuffer");
}
