// The way to the tables of a policy. What shows them is loaded once somebody goes there.

import { empty, having, write } from "./address.js";
import { el } from "./dom.js";
import { phrase } from "./phrases.js";

/** The way to the tables of a policy that has some. */
export function tablesLine(pack, state) {
  const titles = pack.tables?.titles ?? [];
  if (titles.length === 0) return null;
  const text = titles.length === 1 ? phrase("see_table", { title: titles[0] }) : phrase("see_tables");
  return el("p", { class: "as-of" }, el("a", { href: write(having(empty(), { pack: state.pack, on: state.on, matrix: true })) }, text));
}
