// Puts the editor into one file: `node build.js FILE`. The same versions give the same bytes.

import { build } from "esbuild";
import { readFileSync } from "node:fs";

const [outfile] = process.argv.slice(2);
const here = new URL(".", import.meta.url).pathname;

// Its authors ask that their names and the words of the licence go along.
const licence = readFileSync(`${here}node_modules/@codemirror/view/LICENSE`, "utf8").trim();
const { dependencies } = JSON.parse(readFileSync(`${here}package.json`, "utf8"));
const versions = Object.entries(dependencies).map(([name, version]) => `${name} ${version}`).join(", ");
const banner = `/*
Made by \`cargo xtask editor\` from wasm/editor; not to be changed by hand.
${versions}

${licence}
*/`;

await build({
  entryPoints: [`${here}editor.js`],
  outfile,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  alias: { "style-mod": `${here}style-mod.js` },
  banner: { js: banner },
});
