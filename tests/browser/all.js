// Runs every test here: `node all.js`, or `node all.js FILE...` for some of them. One server for all that only ask it, two files at a
// time, the longest first so that neither processor waits at the end. `node --test FILE` runs a file on its own, with its own server.

import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { serve } from "./harness.js";

/** What takes longest, in that order; the others are short. */
const LONGEST = ["playground", "checker", "native", "access", "inert", "walks", "questions", "typed"];

const here = import.meta.dirname;
const rank = (file) => (LONGEST.indexOf(path.basename(file, ".test.js")) + LONGEST.length + 1) % (LONGEST.length + 1);
const named = process.argv.slice(2).map((file) => path.resolve(file));
const files = named.length > 0 ? named : readdirSync(here).filter((name) => name.endsWith(".test.js")).map((name) => path.join(here, name));
files.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));

const server = await serve();
process.env.BYELAW_AT = server.base;
const results = run({ files, concurrency: Math.max(2, Math.min(4, availableParallelism())) });
results.on("test:fail", () => { process.exitCode = 1; });
results.compose(new spec()).pipe(process.stdout);
results.on("end", () => server.stop());
