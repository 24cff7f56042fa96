// The way in for bundlers: the module is text within a script, so that no bundler needs to be told about it.

import * as glue from "./byelaw_eval.js";
import { MODULE } from "./byelaw_eval_text.js";
import { loader } from "./policy.js";

export { NotAPolicy } from "./policy.js";
export const load = loader(glue, () => WebAssembly.compile(Uint8Array.from(atob(MODULE), (letter) => letter.charCodeAt(0))));
