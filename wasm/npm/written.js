// A value as JSON text, or a refusal that says where it is no JSON.
//
// `JSON.stringify` asks another question than the caller meant: NaN becomes null, a Map becomes {}, `undefined` is left
// out, and `toJSON`, even one that somebody put on every object, has the last word. Here each value is read once, and
// whatever is not plain is refused.

/** The longest question, as the evaluator has it. */
export const LONGEST = 1 << 20;

/** The most brackets within each other, as the evaluator has it. */
const DEEPEST = 128;

/** Half a character: what a cut through an emoji leaves behind. No text in UTF-8 can hold it. */
const HALF = /\p{Surrogate}/u;

/** Why a value is no question: a code and a message as the evaluator's errors have, and where. */
export class Refusal extends Error {
  constructor(code, message, at = "") {
    super(message);
    this.code = code;
    this.at = at;
  }
}

export const tooLong = () => new Refusal("too_many", `a question may be at most ${LONGEST} bytes long`);
export const isWhole = (text) => !HALF.test(text);

/** The JSON text of a plain value. Throws a {@link Refusal}, or what a getter or a proxy throws. */
export function written(value) {
  // One value in many places is written many times: what counts is how long the text gets.
  let length = 0;
  const counted = (part) => {
    length += part.length;
    if (length > LONGEST) throw tooLong();
    return part;
  };
  const text = (value, at) => {
    if (!isWhole(value)) throw new Refusal("json", "this text has half a character (a lone surrogate) in it", at);
    return counted(JSON.stringify(value));
  };
  const list = (value, at, deep) => {
    const parts = [];
    for (let i = 0; i < value.length; i += 1) parts.push(one(value[i], `${at}[${i}]`, deep));
    return `[${parts.join(",")}]`;
  };
  const object = (value, at, deep) => {
    const parts = [];
    for (const key of Object.keys(value)) {
      const inner = at === "" ? key : `${at}.${key}`;
      parts.push(`${text(key, inner)}:${one(value[key], inner, deep)}`);
    }
    return `{${parts.join(",")}}`;
  };
  const one = (value, at, deep) => {
    counted("  ");
    if (value === null || typeof value === "boolean") return counted(String(value));
    if (typeof value === "string") return text(value, at);
    if (typeof value === "number" && Number.isFinite(value)) return counted(String(value));
    if (typeof value !== "object") throw new Refusal("type", `${named(value)} cannot be said in JSON; what is not known is null`, at);
    if (deep >= DEEPEST) throw new Refusal("json", `its brackets stand more than ${DEEPEST} deep`);
    if (Array.isArray(value)) return list(value, at, deep + 1);
    if (isPlain(value)) return object(value, at, deep + 1);
    throw new Refusal("type", "only plain objects and lists can be asked about; copy what is meant into one", at);
  };
  return one(value, "", 0);
}

const named = (value) => (typeof value === "number" ? String(value) : value === undefined ? "undefined" : `a ${typeof value}`);

/** Made by `{}`, by JSON, or without a prototype, here or in another window. What a class made is something else. */
function isPlain(value) {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "isPrototypeOf"));
}
