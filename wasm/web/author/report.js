// A report of the compiler as elements: the same sentences as everywhere, each of them text.

import { el } from "../dom.js";

/** `{title, about, summary, sections}` as the compiler gives it in its parts. */
export function reportOf(page) {
  let below = false;
  return [
    el("div", { class: "report-summary" }, page.summary.map((line) => el("p", {}, line))),
    page.sections.map(({ above, heading, blocks }) => {
      below ||= above;
      return [el(below && !above ? "h4" : "h3", {}, heading), blocks.map(blockOf)];
    }),
  ];
}

function blockOf(block) {
  if (block.paragraph !== undefined) return el("p", {}, block.paragraph);
  if (block.list) return folded(block.list.lines, block.list.shown, (lines) => el("ul", {}, lines.map((line) => el("li", {}, line))));
  return folded(block.entries.entries, block.entries.shown, (entries, start) => el("ol", { class: "report-entries", start: start + 1 }, entries.map(entryOf)));
}

/** The first of them, and the rest folded away. `make(items, start)` makes a list of those from `start` on. */
export function folded(all, shown, make) {
  const rest = all.slice(shown);
  return [
    make(all.slice(0, shown), 0),
    rest.length > 0 && el("details", { class: "more" }, el("summary", {}, `${rest.length} more`), make(rest, shown)),
  ];
}

function entryOf(entry) {
  return el("li", {},
    el("p", { class: "report-title" }, entry.title),
    entry.lines.map((line) => el("p", { class: "small" }, line)),
    entry.items.length > 0 && folded(entry.items, entry.shown, (items) => el("div", {}, items.map(itemOf))),
    entry.example.map(lineOf));
}

function itemOf(item) {
  const count = item.count && [el("dt", {}, "Kinds of situation"), el("dd", { "data-count": item.count }, item.count)];
  return el("div", { class: "report-item" },
    el("p", { class: "report-about" }, item.about),
    el("dl", {}, el("dt", {}, "Before"), el("dd", {}, item.before), el("dt", {}, "Now"), el("dd", {}, item.now), count),
    item.lines.map(lineOf));
}

function lineOf(line) {
  if (line.note !== undefined) return el("p", {}, line.note);
  if (line.more !== undefined) return el("p", { class: "small" }, line.more);
  return el("p", { class: "small" }, el("code", {}, line.command));
}
