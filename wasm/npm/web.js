// The way in for a page without a bundler: the module is fetched from beside this script.

import * as glue from "./byelaw_eval.js";
import { loader } from "./policy.js";

export { NotAPolicy } from "./policy.js";
export const load = loader(glue, async () => {
  const response = await fetch(new URL("./byelaw_eval_bg.wasm", import.meta.url));
  if (!response.ok) throw new Error(`the evaluator could not be fetched from ${response.url} (${response.status})`);
  return WebAssembly.compile(await response.arrayBuffer());
});
