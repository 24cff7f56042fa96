// The way in for Node: the module is a file beside this one.

import { readFile } from "node:fs/promises";
import * as glue from "./byelaw_eval.js";
import { loader } from "./policy.js";

export { NotAPolicy } from "./policy.js";
export const load = loader(glue, async () => WebAssembly.compile(await readFile(new URL("./byelaw_eval_bg.wasm", import.meta.url))));
